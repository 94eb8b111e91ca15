"""Whom an entry is about, and on which subjects a fact about somebody bears.

An indicator in a row may concern the child, the child's carers or the whole household. The rules here say which, and say
"possibly" where a row names several people and does not tell them apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kg.dates.ages import whole_years
from kg.dates.when import BEGINNING, END, day_of
from kg.model.record import Entry
from kg.model.review import Person, Review
from kg.terms.reader import Terms

ADULT_AT = 18
"""Years of age from which a person with a date of birth counts as an adult."""


@dataclass(frozen=True, slots=True)
class Concern:
    """One person whom an indicator of an entry is about. ``sure`` is false where the row names several and leaves it open."""

    person: str
    sure: bool


class Household:
    """The people of a review as the rules see them: who is a subject, who is a child, on whom each person bears.

    A fact about a subject, or about someone of the household, a carer or a sibling, bears on every subject; what is known
    of a friend, a neighbour or an associate bears on nobody. ``bears_on`` in review.toml overrules both. Roles that the
    vocabulary does not know, or none, bear. A fact about somebody not listed bears on none, and is kept.
    """

    def __init__(self, review: Review, terms: Terms) -> None:
        self.subjects = review.subjects
        self._terms = terms
        self._adult_review = review.kind == "adult"
        self._listed = {person.name: person for person in review.people}
        self._children = {
            person.name for person in review.people if not self._adult_review and _is_child(person, review, terms)
        }
        self._everyone = frozenset(self.subjects)
        self._distant = {person.name for person in review.people if _is_distant(person, terms)}
        self._concerns: dict[tuple[tuple[str, ...], tuple[str, ...], str], tuple[Concern, ...]] = {}
        self._named: dict[tuple[tuple[str, ...], tuple[str, ...]], frozenset[str]] = {}

    def bears_on(self, person: str) -> frozenset[str]:
        """The subjects on whom a fact about ``person`` bears."""
        listed = self._listed.get(person)
        if listed is None:
            return self._everyone & {person}
        if listed.bears_on is None:
            return self._everyone & {person} if person in self._distant else self._everyone
        return self._everyone & ({*listed.bears_on, person})

    def may_concern(self, entry: Entry) -> frozenset[str]:
        """The subjects for whom an entry may be a decision: those it names, or all where it names none of them.

        What is decided of one child is not decided of another.
        """
        return self.subjects_named(entry) or self._everyone

    def subjects_named(self, entry: Entry) -> frozenset[str]:
        """The subjects an entry names in People or About; all of them where both cells are blank."""
        key = (entry.people, entry.about)
        named = self._named.get(key)
        if named is None:
            people = {*entry.people, *entry.about}
            named = self._everyone & people if people else self._everyone
            self._named[key] = named
        return named

    def unborn(self, subject: str, moment: int) -> bool:
        """Whether a subject was surely not yet born at a moment (minutes); false where no date of birth is given."""
        listed = self._listed.get(subject)
        return listed is not None and listed.born is not None and moment < listed.born.earliest

    def surely_born(self, subject: str, moment: int) -> bool:
        """Whether a subject was surely born by a moment (minutes); false where no date of birth is given."""
        listed = self._listed.get(subject)
        return listed is not None and listed.born is not None and listed.born.latest < moment

    def concerns(self, entry: Entry, indicator: str) -> tuple[Concern, ...]:
        """The people whom one indicator of an entry is about.

        The person in a suggestion that the reviewer accepted decides, else ``About`` where it is filled in. Otherwise
        concepts about carers concern the other adults named (the subjects, if none is); concepts about the household each
        subject named, or those on whom the named bear, or all if People is blank; concepts about the subject the subjects
        named (all, if nobody is), surely if that is one, else possibly each. A row that names people and no subject does
        not say whose these are: possibly each named person's, possibly each subject's on whom one of them bears, and surely
        no one's.
        """
        whose = tuple(person for notation, person in entry.of_whom if notation == indicator)
        if whose:
            return tuple(Concern(person, True) for person in _once(whose))
        key = (entry.people, entry.about, indicator)
        found = self._concerns.get(key)
        if found is None:
            found = self._concerns[key] = self._decide(entry.people, entry.about, indicator)
        return found

    def _decide(self, people: tuple[str, ...], about: tuple[str, ...], indicator: str) -> tuple[Concern, ...]:
        if about:
            return tuple(Concern(person, True) for person in _once(about))
        concept = self._terms.concept("indicator", indicator)
        scope = concept.about if concept else "subject"
        if scope == "carer" and self._adult_review:
            scope = "".join(concept.said("about-in-adult-review") if concept else ()) or "subject"
        if scope == "carer":
            adults = [name for name in people if name not in self.subjects and name not in self._children]
            if adults:
                return tuple(Concern(person, True) for person in _once(adults))
        persons = self._subjects_concerned(people)
        if scope == "subject" and people and self._everyone.isdisjoint(people):
            return tuple(Concern(person, False) for person in _once((*people, *persons)))
        if scope == "subject" and len(persons) > 1:
            return tuple(Concern(person, False) for person in persons)
        return tuple(Concern(person, True) for person in persons)

    def speaks_of_subject(self, indicator: str) -> bool:
        """Whether an indicator is a word about the subject alone: of somebody else, it asks nothing for the subject."""
        concept = self._terms.concept("indicator", indicator)
        return concept is None or concept.about not in ("carer", "household")

    def bears_word(self, person: str, indicator: str, subject: str) -> bool:
        """Whether a fact of a concept about somebody can open what is owed to a subject."""
        return person == subject or (not self.speaks_of_subject(indicator) and subject in self.bears_on(person))

    def months(self, subject: str, moment: int) -> int | None:
        """A subject's age in whole months at a moment (minutes), the most it can have been; None where it is not known."""
        listed = self._listed.get(subject)
        if listed is None or listed.born is None or listed.born.earliest == BEGINNING or not 0 < moment < END:
            return None
        born, then = day_of(listed.born.earliest), day_of(moment)
        return (then.year - born.year) * 12 + then.month - born.month - (then.day < born.day)

    def born(self, subject: str) -> int | None:
        """The earliest moment at which a subject can have been born, or None where it is not known."""
        listed = self._listed.get(subject)
        return None if listed is None or listed.born is None or not listed.born.closed else listed.born.earliest

    def _subjects_concerned(self, people: tuple[str, ...]) -> Sequence[str]:
        named = [subject for subject in self.subjects if subject in people]
        if named:
            return named
        if not people:
            return self.subjects
        borne = [subject for subject in self.subjects if any(subject in self.bears_on(name) for name in people)]
        # Nobody named is tied to the review: the fact is kept, about those it names.
        return borne or _once(people)


def _is_distant(person: Person, terms: Terms) -> bool:
    """Whether somebody's role is one of those whose affairs do not bear on the subjects unless the review says so."""
    role = terms.match("role", person.role) if person.role else None
    concept = terms.concept("role", role) if role else None
    return concept is not None and "bears-by-default" not in concept.flags


def _is_child(person: Person, review: Review, terms: Terms) -> bool:
    if person.born is not None and person.born.closed and review.incident.earliest != BEGINNING:
        born, then = day_of(person.born.earliest), day_of(review.incident.earliest)
        return whole_years(born, then) < ADULT_AT
    role = terms.match("role", person.role) if person.role else None
    concept = terms.concept("role", role) if role else None
    return concept is not None and "child" in concept.flags


def _once(names: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))
