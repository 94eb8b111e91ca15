"""Times of day as agencies write them, and the one spelling that date and time forms are matched against."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from kg.dates.when import DAY

LONGEST: Final = 120
"""A cell longer than this, in characters, is prose and neither a date nor a time."""


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day: inclusive bounds in minutes after midnight, and the hedge of ``When`` where they are wide."""

    first: int
    last: int
    hedge: str = ""


def plain_spelling(words: str) -> str:
    """The words in small letters, with one kind of dash, quotation mark and space."""
    text = words.casefold().translate(SAME_SIGN)
    return " ".join(text.split()).strip(" .,;")


SAME_SIGN = str.maketrans({"–": "-", "—": "-", "‐": "-", "‑": "-", "−": "-", "’": "'", "‘": "'", "\u00a0": " "})  # noqa: RUF001


ONE_CLOCK = (
    r"(?:[01]?\d|2[0-4])[:.;]\d\d(?::\d\d(?:\.\d+)?)?\s?(?:(?:hrs?|hours|h|a\.?m|p\.?m)\b\.?)?"
    r"|\d{4}\s?(?:(?:hrs?|hours|h)\b\.?)?|(?:1[0-2]|0?\d)\s?(?:a\.?m|p\.?m)\b\.?|(?:12\s)?(?:noon|midday)"
)
NIGHTFALL: Final = 20 * 60
"""When a night begins, in minutes after midnight: our own convention."""

PARTS_OF_DAY: Final = {
    "am": (0, DAY // 2 - 1),
    "pm": (DAY // 2, DAY - 1),
    "early hours": (0, 6 * 60 - 1),
    "small hours": (0, 6 * 60 - 1),
    "morning": (5 * 60, DAY // 2 - 1),
    "lunchtime": (11 * 60, 15 * 60 - 1),
    "afternoon": (DAY // 2, 18 * 60 - 1),
    "evening": (17 * 60, DAY - 1),
    "night": (0, DAY + 8 * 60 - 1),
    "overnight": (NIGHTFALL - DAY, DAY + 8 * 60 - 1),
}
"""Parts of a day, in minutes after its midnight: our own convention, wide where people mean different things.

A night may be the one that ends on the day written or the one that begins on it, so it reaches beyond the day.
"""

_PART = rf"(?:in the |during the |at |that )?(?:(?:late|mid|early)[ -])?(?P<part>{'|'.join(PARTS_OF_DAY)})"
A_PART_OF_DAY = re.sub(r"\?P<\w+>", "?:", _PART)
CLOCKS = rf"(?:{A_PART_OF_DAY})|(?:{ONE_CLOCK})(?:\s?(?:-|to|until)\s?(?:{ONE_CLOCK}))?"
_TIME = re.compile(
    r"(?P<h>\d{1,2})(?:[:.;]?(?P<m>\d\d))?(?::\d\d(?:\.\d+)?)?\s?(?:hrs?|hours|h|(?P<half>[ap])\.?m)?\.?"
)


@lru_cache(maxsize=1 << 13)
def read_clock(words: str) -> Clock | None:
    """A time of day, or two with "-" between: 13:45, 1.45pm, 0930, 22:30hrs, pm, evening. None if the words are no time."""
    text = plain_spelling(words) if len(words) <= LONGEST else ""
    part = re.fullmatch(_PART, text)
    if part is not None:
        return Clock(*PARTS_OF_DAY[part["part"]], "part")
    if not re.fullmatch(CLOCKS, text):
        return None
    parts = re.split(r"\s?(?:-|to|until)\s?", text)
    minutes = [_minute(part) for part in parts]
    first, last = minutes[0], minutes[-1]
    if first is None or last is None or first > last:
        return None
    return Clock(first, last, "range" if last > first else "")


def _minute(text: str) -> int | None:
    if text.endswith(("noon", "midday")):
        return DAY // 2
    m = _TIME.fullmatch(text)
    if m is None:
        return None
    hour, minute, half = int(m["h"]), int(m["m"] or 0), m["half"]
    if minute > 59 or hour > 24 or (hour == 24 and minute):
        return None
    if half and 1 <= hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    elif half and (hour == 0 or (hour > 12 and half == "a")):
        return None
    return min(hour * 60 + minute, DAY - 1)
