"""Small pieces of sentences that every report uses: counts, lists, ordinals, letters."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    pass


def letter(number: int) -> str:
    """The letters that stand for the agency at a position: A to Z, then AA, AB and so on."""
    return letter(number // 26 - 1) + chr(65 + number % 26) if number >= 26 else chr(65 + number)


def count(number: int, one: str, many: str = "") -> str:
    """A number with its noun: "1 contact", "3 contacts"."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def listed(words: Sequence[str], last: str = "and") -> str:
    """Words as a list in a sentence: "a, b and c"."""
    return f"{', '.join(words[:-1])} {last} {words[-1]}" if len(words) > 1 else "".join(words)


def nth(number: int) -> str:
    """An ordinal: "1st", "2nd", "11th"."""
    if number % 100 in (11, 12, 13):
        return f"{number}th"
    return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th') }"
