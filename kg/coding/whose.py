"""Whose the thing is that some words say: the subject's, a carer's or someone else's.

The person inside the words comes first, then one joined to them ("a burn to his hand, of Ann"), then the nearest one
named before them in the sentence, then the one of whom the sentence before spoke, then whom the row names.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kg.coding.naming import People

_JOINS = frozenset({"on", "of", "to", "in", "for"})
_BESIDE = frozenset(
    {
        "with",
        "w",
        "about",
        "by",
        "from",
        "to",
        "at",
        "for",
        "of",
        "and",
        "his",
        "her",
        "their",
        "re",
        "inc",
        "including",
    }
)
_HURT = frozenset(
    {"hit", "hits", "kicked", "bit", "punched", "pushed", "slapped", "hurt", "attacked", "assaulted", "threatened"}
)
_ANOTHER = frozenset({"another", "other", "different", "unrelated", "cousin's", "neighbour's", "friend's"})


@dataclass(frozen=True, slots=True)
class Whose:
    """A kind of person ("s", "c", "o", "" if nobody is named), the word that names them, and whether the words leave
    no doubt that it is someone outside the family ("another pupil", "the neighbour's son").
    """

    kind: str
    word: str
    outside: bool = False


def whose(people: People, words: Sequence[str], first: int, last: int, before: Whose) -> Whose:
    """Whose the thing is that the words from ``first`` up to ``last`` say; ``before`` is of whom was spoken before."""
    for at in range(max(0, first - 2), min(first + 1, len(words))):
        if people.kind(words[at]) == "o" and words[at].endswith(("'s", "s'")):
            return Whose("o", words[at], outside=True)
    places = [
        *range(last - 1, first - 1, -1),
        *(range(last + 1, min(last + 5, len(words))) if last < len(words) and words[last] in _JOINS else ()),
        *range(first - 1, -1, -1),
    ]
    for at in places:
        kind = people.kind(words[at])
        if kind and not _done_to(words, at):
            return Whose(kind, words[at], _outside(people, words, at))
    return before


def spoken_of(people: People, words: Sequence[str], before: Whose) -> Whose:
    """Of whom a sentence speaks, for the next one: the first person named in it, and not in passing ("with Dad")."""
    for at, word in enumerate(words):
        kind = people.kind(word)
        if kind in ("s", "c") and not _in_passing(words, at):
            return Whose(kind, word, _outside(people, words, at))
    return before


def _done_to(words: Sequence[str], at: int) -> bool:
    """Whether somebody else is the one to whom it was done: "hit another boy"."""
    return at > 1 and words[at - 1] in _ANOTHER and words[at - 2] in _HURT


def _in_passing(words: Sequence[str], at: int) -> bool:
    """Whether somebody is named only beside the one of whom a sentence speaks: "since his dad died", "dad's voice"."""
    return words[at].endswith("'s") or (at > 0 and words[at - 1] in _BESIDE)


def _outside(people: People, words: Sequence[str], at: int) -> bool:
    if at and words[at - 1] in _ANOTHER:
        return True
    return at > 0 and people.kind(words[at - 1]) == "o" and words[at - 1].endswith(("'s", "s'"))
