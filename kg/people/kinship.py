"""The words by which returns name people through the family: Mum, MGM, step-dad, "unborn baby", "girl about 4".

Each word says a tie, and often a sex and whether a child or a grown person is meant. The words stand in the ontology
(``ontology/relations.ttl``), and so does what is known of each: a table of the language, not of any family.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from kg.base.folding import spelling
from kg.terms.reader import load
from kg.terms.tables import Concept, Terms

RELATION = "relation"
"""The vocabulary of what people are to one another."""


@dataclass(frozen=True, slots=True)
class Kin:
    """What a family word says: the tie, the sex ("f", "m" or ""), and the generation counted up from a child (None: any).

    ``tie`` is in words ("maternal grandmother"), the same for words of either sex that say one tie. ``marks`` are what the
    vocabulary says of it; ``above`` the ties of which it is a case, and itself; ``means`` ties that the same person may be
    called by, ``called`` those by which families call the person though they are others. ``side`` is "maternal", "paternal"
    or "". ``of_a_parent``: whoever is this to somebody has a parent in them.
    """

    tie: str
    sex: str = ""
    generation: int | None = None
    side: str = field(default="", compare=False)
    marks: frozenset[str] = field(default=frozenset(), compare=False)
    above: frozenset[str] = field(default=frozenset(), compare=False)
    means: frozenset[str] = field(default=frozenset(), compare=False)
    called: frozenset[str] = field(default=frozenset(), compare=False)
    of_a_parent: bool = field(default=False, compare=False)


@dataclass(frozen=True, slots=True)
class _Words:
    """Each family word in plain spelling with what it says, the words for several people, and how long words are."""

    kin: Mapping[str, Kin]
    several: re.Pattern[str]
    longest: int


@cache
def _words() -> _Words:
    terms = load()
    found: dict[str, Kin] = {}
    several: list[str] = []
    for concept in terms.schemes[RELATION].concepts:
        several += [spelling(words) for words in concept.said("severally")]
        kin = _kin(concept, terms)
        for words in (concept.label, *concept.alt):
            found.setdefault(spelling(words), kin)
    parts = []
    for words in several:  # "family", but not in "family friend", who is one person
        longer = [word.removeprefix(words) for word in found if word.startswith(f"{words} ")]
        parts.append(words + (f"(?!{'|'.join(longer)})" if longer else ""))
    return _Words(found, re.compile(rf"\b(?:{'|'.join(parts)})\b"), max(word.count(" ") + 1 for word in found))


def _kin(concept: Concept, terms: Terms) -> Kin:
    up = "".join(concept.said("generations-up"))
    tie = "".join(concept.said("said-as")) or concept.notation
    return Kin(
        tie=_in_words(tie),
        sex="".join(concept.said("sex-said")),
        generation=int(up) if up.isdecimal() else None,
        side="".join(concept.said("family-side")),
        marks=concept.flags,
        above=frozenset(map(_in_words, terms.broader(RELATION, concept.notation))),
        means=frozenset(map(_in_words, concept.said("may-mean"))),
        called=frozenset(map(_in_words, concept.said("also-called"))),
        of_a_parent=any(other in terms.marked(RELATION, "parent") for other in concept.said("inverse")),
    )


def _in_words(notation: str) -> str:
    return notation.replace("-", " ")


def says_several(words: str) -> bool:
    """Whether words in plain spelling are for more than one person, who are nobody in particular: "siblings"."""
    return _words().several.search(words) is not None


def kin_in(words: str) -> tuple[Kin | None, str, str]:
    """The first family word among some words in plain spelling, the word itself, and the words without it."""
    known = _words()
    pieces = words.split()
    for length in range(min(known.longest, len(pieces)), 0, -1):
        for at in range(len(pieces) - length + 1):
            word = " ".join(pieces[at : at + length])
            if word in known.kin:
                return known.kin[word], word, " ".join(pieces[:at] + pieces[at + length :])
    return None, "", words


def says_parent(words: str, sex: str = "") -> bool:
    """Whether words say a mother or father (or the one of a ``sex``), and nothing else."""
    kin, _, rest = kin_in(spelling(words))
    return kin is not None and not rest and "parent" in kin.marks and sex in ("", kin.sex)


def alike(word: str) -> tuple[str, ...]:
    """The other family words of one word that say the same of the same sex: mum, mam and mom of mother."""
    known = _words().kin
    kin = known.get(word)
    return tuple(other for other, said in known.items() if said == kin and other != word and " " not in other)


def relation_in(words: str, terms: Terms) -> str:
    """What a relation of review.toml says that somebody is ("older half-sister of Ann"), as a word of the vocabulary, or "".

    What stands before " of " counts: as a whole, else the longest run of words in it that the vocabulary knows, the last
    of several, since what comes before only describes it. Words said of several people ("children of Ann") count as
    said of each.
    """
    pieces = spelling(words.partition(" of ")[0]).split()
    each = {
        spelling(said): concept.notation
        for concept in terms.schemes[RELATION].concepts
        for said in (*concept.said("severally"), *concept.alt, concept.label)
    }
    for length in range(len(pieces), 0, -1):
        for at in range(len(pieces) - length, -1, -1):
            found = each.get(" ".join(pieces[at : at + length]))
            if found:
                return found
    return ""


def clash(one: Kin, other: Kin) -> str:
    """Why two family words cannot mean one person, in a few words, or ""."""
    if one.sex and other.sex and one.sex != other.sex:
        return "one is a man or boy, the other a woman or girl"
    if one.generation is not None and other.generation is not None and one.generation != other.generation:
        return "they belong to different generations"
    called = one.tie in other.called or other.tie in one.called
    if one.tie != other.tie and "one-place" in one.marks & other.marks and not called:
        return "the ties differ"
    return "they are of different sides of the family" if one.side and other.side and one.side != other.side else ""


def same_tie(one: Kin, other: Kin) -> bool:
    """Whether two family words name one tie, one of them perhaps more closely: "nan" and "maternal grandmother"."""
    if one.tie == other.tie:
        return True
    if one.sex and other.sex and one.sex != other.sex:
        return False
    return one.tie in other.above | other.means or other.tie in one.above | one.means
