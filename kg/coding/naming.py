"""Who and which agency a narrative names: the listed people by kind, and agencies by name or by the words for them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kg.coding.notation import words_of
from kg.coding.sentences import Marks, Sentence
from kg.coding.word_forms import forms
from kg.model.record import Entry
from kg.model.review import Person, Review
from kg.people.kinship import alike, kin_in
from kg.terms.lexicon import Lexicon
from kg.terms.reader import Terms

_Names = dict[str, list[tuple[tuple[str, ...], str]]]


def kind_of(person: Person, review: Review, terms: Terms) -> str:
    """What a listed person is to the review: "s" a subject (or child of the family), "c" a carer, "p" a professional,
    "o" anyone else. In an adult review the relatives listed are counted as carers only where their role says so.
    """
    if person.name in review.subjects:
        return "s"
    role = terms.match("role", person.role) or person.role
    if role in terms.marked("role", "carer") or "carer" in person.role.lower().split():
        return "c"
    if role in terms.marked("role", "child") and review.kind == "child":
        return "s"
    return "p" if role == "professional" else "o"


def marks_of(review: Review, terms: Terms) -> Marks:
    """Marks for every listed person's name, aliases and given name (where only one person bears it)."""
    names: _Names = {}
    given: dict[str, set[int]] = {}
    for at, person in enumerate(review.people):
        given.setdefault(person.name.split()[0].lower(), set()).add(at)
    for at, person in enumerate(review.people):
        mark = f"{kind_of(person, review, terms)}:{at}"
        said = [person.name, *person.aliases]
        first = person.name.split()[0]
        if len(given[first.lower()]) == 1 and first.lower().rstrip(".") not in ("mr", "mrs", "ms", "miss", "dr"):
            said.append(first)
        for words in (tuple(word.lower() for word in words_of(name)) for name in said):
            if words and not (len(words) == 1 and kin_in(words[0])[0] is not None):
                names.setdefault(words[0], []).append((words[1:], mark))
    return Marks(
        {first: tuple(sorted(set(rest), key=lambda each: (-len(each[0]), each))) for first, rest in names.items()}
    )


@dataclass(slots=True)
class AgencyWords:
    """The words for agencies: by first word, the rest and what they mean (an agency's name, or "=" and a type)."""

    words: Mapping[str, tuple[tuple[tuple[str, ...], int], ...]]
    meaning: tuple[str, ...]
    review: Review

    def mark(self, sentence: Sentence) -> Sentence:
        """The sentence with every word for an agency replaced by a mark of it."""
        words = list(sentence.words)
        at = 0
        hit = False
        while at < len(words):
            for rest, number in self.words.get(words[at], ()):
                if not rest or tuple(words[at + 1 : at + 1 + len(rest)]) == rest:
                    words[at : at + 1 + len(rest)] = [f"@a:{number}"] * (1 + len(rest))
                    at += len(rest)
                    hit = True
                    break
            at += 1
        if not hit:
            return sentence
        starts: list[int] = []
        length = 0
        for word in words:
            starts.append(length)
            length += len(word) + 1
        return Sentence(tuple(words), sentence.spans, " ".join(words) + " ", tuple(starts))

    def named(self, word: str, own: str) -> str:
        """What a mark means to an agency: another agency of the review, a type where none or several fit, "" if itself."""
        said = self.meaning[int(word[3:])]
        if not said.startswith("="):
            return "" if said == own else said
        kind = said[1:]
        if self.review.agency(own).type == kind and own:
            return ""
        fitting = [agency.name for agency in self.review.agencies if agency.type == kind and agency.name != own]
        return fitting[0] if len(fitting) == 1 else kind


def agency_words(review: Review, terms: Terms, lexicon: Lexicon, capitals: frozenset[str]) -> AgencyWords:
    """The words for agencies in a review: their names and aliases first, then the lexicon's words for each type."""
    words: dict[str, dict[tuple[str, ...], int]] = {}
    meaning: list[str] = []

    def add(said: Iterable[str], means: str) -> None:
        number = len(meaning)
        meaning.append(means)
        for each in said:
            parts = [word if word in capitals else word.lower() for word in words_of(each)]
            for last in forms(parts[-1]) if parts else ():
                whole = (*parts[:-1], last)
                words.setdefault(whole[0], {}).setdefault(whole[1:], number)

    for agency in review.agencies:
        add((agency.name, *agency.aliases), agency.name)
    held = {agency.type for agency in review.agencies}
    for kind, said in sorted(lexicon.agencies.items(), key=lambda each: each[0] not in held):
        if kind != "community" or any(agency.type == kind for agency in review.agencies):
            add(said, f"={kind}")
    ranked = {
        first: tuple(sorted(rest.items(), key=lambda each: (-len(each[0]), each))) for first, rest in words.items()
    }
    return AgencyWords(ranked, tuple(meaning), review)


@dataclass(slots=True)
class People:
    """The words for people in narratives of one review: which kind each word is, and how to say whose something is."""

    kinds: Mapping[str, str]
    review: Review
    listed: tuple[str, ...]
    roles: Mapping[str, tuple[int, ...]]

    def kind(self, word: str) -> str:
        """ "s", "c", "o", or "" for a word that names nobody; a professional counts as nobody."""
        if word.startswith("@"):
            return word[1] if word[1] in "sco" else ""
        return self.kinds.get(word, "")

    def name(self, word: str, entry: Entry) -> str:
        """The listed person whom a word names, if it can only be one (of those in the row, else of all), or the word."""
        if word.startswith("@"):
            return self.review.people[int(word[3:].removesuffix("'s"))].name
        plain = word.removesuffix("'s").removesuffix("'")
        fitting = [self.review.people[at].name for at in self.roles.get(plain, ())]
        here = [name for name in fitting if name in entry.people or name in entry.about]
        return here[0] if len(here) == 1 else fitting[0] if len(fitting) == 1 else plain

    def of_row(self, entry: Entry) -> str:
        """The kind of the people whom the row names, if they are all of one kind.

        A row of an adult's review that names nobody is about the adult; a child's may be about who cares for the child.
        """
        kinds = {self.listed[at] for at, person in enumerate(self.review.people) if person.name in entry.people}
        if not kinds and self.review.kind == "adult":
            return "s"
        return kinds.pop() if len(kinds) == 1 else ""


def people_of(review: Review, terms: Terms, lexicon: Lexicon) -> People:
    """The words for people in a review. In an adult review "son" is a relative, in a child review the subject."""
    adult = review.kind == "adult"
    sorts = (
        {"s": ("adult",), "c": ("carer", "child"), "o": ("other",)}
        if adult
        else {
            "s": ("child",),
            "c": ("carer",),
            "o": ("other",),
        }
    )
    kinds: dict[str, str] = {}
    for kind, groups in sorts.items():
        for group in groups:
            for said in lexicon.groups.get(group, ()):
                parts = words_of(said.removeprefix("="))
                if len(parts) == 1 and parts[0] not in ("he", "she", "him", "her", "they", "them", "his"):
                    kinds.update((form, kind) for form in forms(parts[0]))
    roles: dict[str, list[int]] = {}
    for at, person in enumerate(review.people):
        for word in {person.role.lower(), *(alias.lower() for alias in person.aliases)}:
            roles.setdefault(word, []).append(at)
            for same in alike(word):
                roles.setdefault(same, []).append(at)
    listed = tuple(kind_of(person, review, terms) for person in review.people)
    return People(kinds, review, listed, {word: tuple(dict.fromkeys(each)) for word, each in roles.items()})
