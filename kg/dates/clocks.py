"""Times of day as agencies write them, and the one spelling that date and time forms are matched against."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from typing import Final

from kg.dates.when import DAY

LONGEST: Final = 120
"""A cell longer than this, in characters, is prose and neither a date nor a time."""


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day: inclusive bounds in minutes after midnight, and the hedge of ``When`` where they are wide.

    ``lasts`` where the words say that it went on from the one to the other; ``doubt`` says why a reading is not plain.
    """

    first: int
    last: int
    hedge: str = ""
    lasts: bool = False
    doubt: str = ""


def plain_spelling(words: str) -> str:
    """The words in small letters, with one kind of dash, quotation mark and space."""
    text = words.casefold().translate(SAME_SIGN)
    return " ".join(text.split()).strip(" .,;")


SAME_SIGN = str.maketrans({"–": "-", "—": "-", "‐": "-", "‑": "-", "−": "-", "’": "'", "‘": "'", "\u00a0": " "})  # noqa: RUF001

_HALF = r"[ap]\.?\s?m\b\.?"
_HOURS = r"(?:hrs?|hours|h)\b\.?"
_SECONDS = r"(?::\d\d(?:[.,]\d+)?)?"
SURE_CLOCK: Final = (
    rf"(?:[01]?\d|2[0-4])(?:[:;]\d\d{_SECONDS}\s?(?:{_HOURS}|{_HALF})?|[.](?:1[3-9]|[2-5]\d|00)\s?(?:{_HOURS}|{_HALF})?"
    rf"|[.]\d\d\s?(?:{_HOURS}|{_HALF})|h\d\d\b)"
    rf"|\d{{3,4}}\s?{_HOURS}|(?:0?\d|1[0-2])[0-5]\d\s?{_HALF}|(?:1[0-2]|0?\d)\s?{_HALF}|(?:1[0-2]|0?\d)\s?o'?clock|(?:12\s)?(?:noon|midday)"
)
"""One time of day that can be nothing else: no year, and no day and month parted by a point."""

ONE_CLOCK = rf"{SURE_CLOCK}|(?:[01]?\d|2[0-4])\.\d\d{_SECONDS}|\d{{4}}"
NIGHTFALL: Final = 20 * 60
"""When a night begins, in minutes after midnight: our own convention."""

PARTS_OF_DAY: Final = {
    "am": (0, DAY // 2 - 1),
    "a.m": (0, DAY // 2 - 1),
    "pm": (DAY // 2, DAY - 1),
    "p.m": (DAY // 2, DAY - 1),
    "early hours": (0, 6 * 60 - 1),
    "small hours": (0, 6 * 60 - 1),
    "before school": (5 * 60, 10 * 60 - 1),
    "after school": (14 * 60, 21 * 60 - 1),
    "breakfast": (5 * 60, DAY // 2 - 1),
    "morning": (5 * 60, DAY // 2 - 1),
    "lunchtime": (11 * 60, 15 * 60 - 1),
    "lunch time": (11 * 60, 15 * 60 - 1),
    "lunch": (11 * 60, 15 * 60 - 1),
    "afternoon": (DAY // 2, 18 * 60 - 1),
    "daytime": (6 * 60, 21 * 60 - 1),
    "evening": (17 * 60, DAY - 1),
    "eve": (17 * 60, DAY - 1),
    "midnight": (0, DAY - 1),
    "night": (0, DAY + 8 * 60 - 1),
    "overnight": (NIGHTFALL - DAY, DAY + 8 * 60 - 1),
    "o/n": (NIGHTFALL - DAY, DAY + 8 * 60 - 1),
}
"""Parts of a day, in minutes after its midnight: our own convention, wide where people mean different things.

A night may be the one that ends on the day written or the one that begins on it, so it reaches beyond the day. A
midnight may be the one that begins the day or the one that ends it.
"""

_PARTS = "|".join(re.escape(part) for part in sorted(PARTS_OF_DAY, key=len, reverse=True))
_PART = rf"(?:in the |during the |at |that )?(?:(?:late|mid|early)[ -])?(?P<part>{_PARTS})\.?"
A_PART_OF_DAY = re.sub(r"\?P<\w+>", "?:", _PART)
_ABOUT = r"(?:circa|c\.?|ca\.?|approx(?:imately)?\.?|about|around|roughly|~)"
_ISH = r"(?:-?\s?ish|\(?approx(?:imately|\.)?\)?|or so)"
_BOUND = r"(?:before|after|by|from|since|until|till)"
_PARTING = r"(?:\s?-\s?|\s?/\s?|\s?(?:to|until|till)\s?)"
_HOUR = rf"(?:{ONE_CLOCK}|1[0-2]|0?[1-9])"
_STRETCH = (
    rf"(?:{ONE_CLOCK}){_PARTING}(?:{ONE_CLOCK})|(?:{ONE_CLOCK}){_PARTING}{_HOUR}(?![\d/.])"
    rf"|{_HOUR}{_PARTING}(?:{ONE_CLOCK})|between\s{_HOUR}\s?(?:and|-)\s?(?:{ONE_CLOCK})"
)
CLOCKS = (
    rf"(?:{A_PART_OF_DAY})|(?:from\s)?(?:{_STRETCH})|(?:(?:{_ABOUT}|{_BOUND})\s?)?(?:{ONE_CLOCK})(?:\s?{_ISH})?"
    rf"|(?:{SURE_CLOCK}|\d\d?\.\d\d)\s(?:{A_PART_OF_DAY})"
)
"""Every time of day that stands by itself or behind a day."""

FIRST_CLOCKS = (
    rf"(?:{SURE_CLOCK}){_PARTING}(?:{SURE_CLOCK})|(?:(?:{_ABOUT}|{_BOUND})\s?)?(?:{SURE_CLOCK})(?:\s?{_ISH})?"
    rf"|(?:1[0-2]|0?[1-9]){_PARTING}(?:1[0-2]|0?[1-9])\s?{_HALF}"
)
"""Times of day that may stand before a day, or behind it parted by a dash: none that could be a day, a month or a year."""

_TIME = re.compile(
    r"(?P<h>\d{1,2})(?:[:.;h]?(?P<m>\d\d))?(?::\d\d(?:[.,]\d+)?)?"
    r"\s?(?:hrs?|hours|h|(?P<half>[ap])\.?\s?m|(?P<clock>o'?clock))?\.?"
)
NO_TIME: Final = re.compile(
    r"(?:time )?(?:not (?:known|recorded|stated|given|noted|documented|specified|available)|unknown|unspecified|n/?[ka]|n\.[ka]"
    r"|none|-+|\?+|tbc|x+|blank|time (?:unknown|unclear))\.?"
)
"""Words in a Time cell that give no time: as good as a blank."""

TWELVE: Final = "it gives neither am nor pm; both are allowed for"
BACKWARDS: Final = "its end is read as afternoon"
NOON: Final = DAY // 2
_LOOSE: Final = 60
"""So many minutes to either side is a time that the writer calls about."""


@dataclass(frozen=True, slots=True)
class _End:
    """One written time: its minute as written, whether its half of the day is sure, and whether it is said outright."""

    minute: int
    sure: bool
    half: bool

    @property
    def later(self) -> int:
        return self.minute + NOON if self.minute < NOON else self.minute


@lru_cache(maxsize=1 << 13)
def read_clock(words: str) -> Clock | None:
    """A time of day, or two with "-" between: 13:45, 1.45pm, 0930, 22:30hrs, pm, evening. None if the words are no time.

    Two times may share one am or pm ("1.30-2pm" is afternoon). A single-figure hour before 8 with neither may be either
    half of the day: its bounds allow for both, and it says so.
    """
    text = plain_spelling(words) if len(words) <= LONGEST else ""
    text = re.sub(r"^(?:time(?: of \w+)?\s?[:-]\s?|@\s?|at\s)", "", text)
    if text.startswith("(") and text.endswith(")"):
        text = text[1:-1].strip()
    part = re.fullmatch(_PART, text)
    if part is not None:
        return Clock(*PARTS_OF_DAY[part["part"]], "part")
    if not re.fullmatch(CLOCKS, text):
        return None
    if re.fullmatch(rf"(?:from\s)?(?:{_STRETCH})", text):
        return _stretch(text)
    within = re.fullmatch(rf"(?P<t>{ONE_CLOCK})\s{_PART}", text)
    if within is not None:
        return _within(within["t"], PARTS_OF_DAY[within["part"]])
    return _bounded(text)


def _bounded(text: str) -> Clock | None:
    """One time, perhaps with a word that makes it wide: about, before, after, by."""
    found = re.fullmatch(rf"(?:(?P<about>{_ABOUT})\s?|(?P<way>{_BOUND})\s)?(?P<t>{ONE_CLOCK})(?P<ish>\s?{_ISH})?", text)
    end = _end(found["t"]) if found is not None else None
    if found is None or end is None:
        return None
    clock = Clock(end.minute, end.minute)
    if not end.sure:
        clock = Clock(end.minute, end.later, "range", doubt=TWELVE)
    if found["about"] or found["ish"]:
        return replace(clock, first=max(clock.first - _LOOSE, 0), last=min(clock.last + _LOOSE, DAY - 1), hedge="about")
    way = found["way"]
    if way in ("before", "by", "until", "till"):
        return replace(clock, first=0, hedge="before" if way == "before" else "by")
    if way:
        return replace(clock, last=DAY - 1, hedge="after")
    return clock


def _within(text: str, part: tuple[int, int]) -> Clock | None:
    """A time that the part of the day beside it places: 2.30 in the afternoon, 9.15 evening."""
    end = _end(text)
    if end is None:
        return None
    fits = [minute for minute in dict.fromkeys((end.minute, end.later)) if part[0] <= minute <= part[1]]
    return Clock(fits[0], fits[0]) if len(fits) == 1 else None


def _stretch(text: str) -> Clock | None:
    lasts = text.startswith("from ")
    text = re.sub(r"^(?:from|between)\s", "", text)
    parts = re.split(r"\s?(?:-|/|to|until|till|and)\s?", text)
    if len(parts) != 2:
        return None
    a, b = _end(parts[0], bare=True), _end(parts[1], bare=True)
    if a is None or b is None:
        return None
    first, last, doubt = a.minute, b.minute, ""
    if b.half and not a.half and not (a.sure and parts[0].startswith("0")):
        fits = [minute for minute in (a.minute, a.later) if minute <= last and (a.minute < 13 * 60)]
        first = max(fits, default=first)
    elif a.half and not b.half and b.minute < 13 * 60 and last < first:
        last = b.later
    elif not a.half and not b.half and not parts[1].startswith("0"):
        if not a.sure and not b.sure and first <= last:
            return Clock(first, b.later, "range", lasts, TWELVE)
        if last < first and b.minute < 8 * 60 and first < 13 * 60:
            last, doubt = b.later, BACKWARDS
    if last < first and first >= 18 * 60 and last <= NOON:  # past midnight
        last += DAY
    if last < first:
        return None
    return Clock(first, last, "range" if last > first else "", lasts, doubt)


def _end(text: str, *, bare: bool = False) -> _End | None:
    if text.endswith(("noon", "midday")):
        return _End(NOON, True, True)
    m = _TIME.fullmatch(text)
    if m is None or (len(text) <= 2 and not bare):
        return None
    hour, minute, half = int(m["h"]), int(m["m"] or 0), m["half"]
    if minute > 59 or hour > 24 or (hour == 24 and minute):
        return None
    if half and 1 <= hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    elif half and (hour == 0 or (hour > 12 and half == "a")):
        return None
    loose = m["clock"] is not None or (len(m["h"]) == 1 and re.search(r"h|\d{3}", text) is None and 1 <= hour < 8)
    return _End(min(hour * 60 + minute, DAY - 1), bool(half) or not loose, bool(half))


CLOCK_IN_WORDS = re.compile(rf"(?<![\d/.:-])(?:{SURE_CLOCK})(?![\d/:-])")


def clocks_beside(words: str) -> Clock | None:
    """The times that stand among other words of a Time cell: one, or the stretch from the first of several to the last."""
    text = plain_spelling(words) if len(words) <= LONGEST else ""
    read = [clock for clock in map(read_clock, CLOCK_IN_WORDS.findall(text)) if clock is not None]
    if not read or any(one.first > two.first for one, two in pairwise(read)):
        return None
    if re.search(r"\b(?:not|before|after|by|until|till|from|since|or|about|around|approx\w*|c|circa)\b", text):
        return None
    if re.search(r"\d", CLOCK_IN_WORDS.sub("", text)):
        return None
    doubt = "other words stand beside the time"
    return Clock(read[0].first, read[-1].last, "range" if read[-1].last > read[0].first else "", doubt=doubt)
