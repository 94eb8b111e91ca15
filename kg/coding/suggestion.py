"""A code suggested from a narrative, with everything it rests on."""

from __future__ import annotations

from dataclasses import dataclass

REMOVES = ("negated", "plan", "someone else's", "asked and not found", "history")
"""What, heard around words, means that the thing is not recorded as present."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One code that a row's words suggest; it counts for nothing until a reviewer accepts it.

    ``field`` is a field of an entry ("indicators", "responses", "contact", "seen", "said", "shared_with",
    "received_from"); ``value`` what would stand in it: a notation, the name of an agency of the review (or a type of
    agency where none is of that type), or for "said" the words. ``words`` stand in the narrative from ``start`` up to
    ``end``; ``pattern`` is the line of the lexicon. ``heard`` says what was heard around them, ``strength`` is the
    class: "sure", "likely" or "look". ``whose`` names the people it seems to be about, as the row or the review names
    them, or by the word used. ``also`` holds further places in the row with the same meaning. ``repeats`` is the first
    row that suggested a lasting condition of that person, where this row only says it again.
    """

    entry: str
    field: str
    value: str
    words: str
    start: int
    end: int
    pattern: str
    strength: str
    heard: tuple[str, ...] = ()
    whose: tuple[str, ...] = ()
    also: tuple[tuple[int, int], ...] = ()
    repeats: str = ""
    lasting: bool = False

    @property
    def present(self) -> bool:
        """Whether the words say that it is so: not denied, only planned, long past, or someone else's."""
        return not any(each in REMOVES for each in self.heard)
