"""The known word that a slip of the hand may have meant: one way to say "did you mean"."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher, get_close_matches

LIKE = 0.6
"""How alike two words must be, of 1, to be offered for each other."""

LONGEST = 80
"""Letters of a word that are looked at: enough for any name, and no page of prose makes the search slow."""

FEW = 100
"""So many words are looked through one by one."""

_HAIR = 1e-9


def nearest(words: str, known: Iterable[str], *, like: float = LIKE) -> str | None:
    """The known word most like these, or None where none is like enough; letters' case is minded.

    ``like`` is a likeness between 0 and 1; 1 is the same word.
    """
    found = nearest_few(words, known, 1, like=like)
    return found[0] if found else None


def nearest_few(words: str, known: Iterable[str], most: int, *, like: float = LIKE) -> Sequence[str]:
    """As ``nearest``, the ``most`` likest first."""
    words, these = words[:LONGEST], list(known)
    if len(these) > FEW:
        from rapidfuzz.distance import Indel
        from rapidfuzz.process import extract

        # No two words are more alike than by the letters that they have in common in their order: what is less like than
        # that is left out at once, and nothing else.
        near = extract(words, these, scorer=Indel.normalized_similarity, score_cutoff=like - _HAIR, limit=None)
        these = [word for word, _, _ in near]
    return get_close_matches(words, these, n=most, cutoff=like)


def meant(words: str, known: Iterable[str], *, like: float = LIKE) -> str:
    """A question to add behind a refusal: " Did you mean bruising?", or nothing where no known word is like it."""
    found = nearest(words, known, like=like)
    return f" Did you mean {found}?" if found else ""


def aside(words: str, known: Iterable[str], *, like: float = LIKE) -> str:
    """The same question in the midst of a sentence: '; did you mean "bruising"?'."""
    return perhaps(nearest(words, known, like=like))


def perhaps(found: str | None) -> str:
    """The question in the midst of a sentence, of a word that was found to be near; nothing where none was."""
    return f'; did you mean "{found}"?' if found else ""


def likeness(one: str, other: str) -> float:
    """How alike two words are: 1 is the same word, 0 has no letter in common."""
    return SequenceMatcher(None, one, other).ratio()
