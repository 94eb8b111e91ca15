"""When something happened, as far as anyone wrote it down: two bounds in minutes, and the words.

A chronology seldom knows the minute. ``When`` keeps what was written beside the earliest and the latest moment it can
mean, and compares honestly: *surely* before, *possibly* before, or not.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

DAY = 1440
"""Minutes in a day."""

BEGINNING = -(1 << 40)
"""The earliest bound of a date whose start is open: before anything written."""

END = 1 << 40
"""The latest bound of a date whose end is open: after anything written."""


def minute_of(day: date, minute: int = 0) -> int:
    """The moment ``minute`` minutes after midnight of ``day``, counted in minutes as every bound is."""
    return day.toordinal() * DAY + minute


def day_of(moment: int) -> date:
    """The calendar day that contains a closed bound. Raises ValueError for an open one."""
    return date.fromordinal(moment // DAY)


@dataclass(frozen=True, slots=True)
class When:
    """A date as an agency wrote it, and the earliest and latest moment it can mean.

    ``words`` is the text as written (time included); ``earliest`` and ``latest`` are inclusive bounds in minutes, a day
    without a time being 00:00 to 23:59; an open end is ``BEGINNING`` or ``END``. ``hedge`` says what kind of doubt the
    writer expressed: "" (none), "about" (c.), "doubtful" (?), "before", "after", "by", "range", "part" (early, mid, late,
    a season), "unread" (words that are not a date), or "none" (no words at all).
    ``timed`` is true when a clock time narrows the day.
    """

    words: str
    earliest: int
    latest: int
    hedge: str = ""
    timed: bool = False

    @property
    def undated(self) -> bool:
        """Both ends open: the entry has no place in time, and none is invented for it."""
        return self.earliest == BEGINNING and self.latest == END

    @property
    def closed(self) -> bool:
        """Both ends known, however far apart."""
        return self.earliest != BEGINNING and self.latest != END

    def surely_before(self, other: When) -> bool:
        """In every reading this lies before ``other``."""
        return self.latest < other.earliest

    def possibly_before(self, other: When) -> bool:
        """In some reading this lies before ``other``."""
        return self.earliest < other.latest

    def later_of(self, other: When) -> When:
        """The later of two dates, bound by bound: when both have come to pass."""
        if other.earliest <= self.earliest and other.latest <= self.latest:
            return self
        if self.earliest <= other.earliest and self.latest <= other.latest:
            return other
        return When(
            f"{self.words}; {other.words}",
            max(self.earliest, other.earliest),
            max(self.latest, other.latest),
            self.hedge or other.hedge,
            self.timed and other.timed,
        )

    def edtf(self) -> str:
        """The date in EDTF (ISO 8601-2), for exchange between programs; "" when undated."""
        if self.undated:
            return ""
        lo = "" if self.earliest == BEGINNING else _stamp(self.earliest, self.timed)
        hi = "" if self.latest == END else _stamp(self.latest, self.timed)
        if not lo or not hi:
            return f"{lo or '..'}/{hi or '..'}"
        mark = {"about": "~", "doubtful": "?"}.get(self.hedge, "")
        first, last = day_of(self.earliest), day_of(self.latest)
        if self.timed:
            return lo if lo == hi else f"{lo}/{hi}"
        if mark:
            return f"{_whole(first, last) or f'{lo}/{hi}'}{mark}" if _whole(first, last) else f"{lo}{mark}/{hi}{mark}"
        return _whole(first, last) or f"{lo}/{hi}"

    def plain(self) -> str:
        """The date for a reader, from its bounds: "14 July 1999", "14-16 July 1999", "before 3 August 1999"."""
        if self.undated:
            return "undated"
        if self.latest == END:
            return f"after {say_day(day_of(self.earliest) - timedelta(days=1))}"
        if self.earliest == BEGINNING:
            return f"before {say_day(day_of(self.latest) + timedelta(days=1))}"
        first, last = day_of(self.earliest), day_of(self.latest)
        if first == last:
            until = f"-{say_clock(self.latest)}" if self.latest > self.earliest else ""
            clock = f" {say_clock(self.earliest)}{until}" if self.timed else ""
            return say_day(first) + clock
        whole = _whole(first, last)
        if len(whole) == 7:
            return f"{first:%B %Y}"
        if len(whole) == 4:
            return whole
        if (first.year, first.month) == (last.year, last.month):
            return f"{first.day}-{say_day(last)}"
        return f"{say_day(first)} - {say_day(last)}"


UNDATED = When("", BEGINNING, END, "none")
"""The date of an entry that gives none."""


def say_day(day: date) -> str:
    """A day as people here write it: "14 July 1999"."""
    return f"{day.day} {day:%B %Y}"


def say_clock(moment: int) -> str:
    """The clock time of a bound: "13:45"."""
    return f"{moment % DAY // 60:02d}:{moment % 60:02d}"


def _stamp(moment: int, timed: bool) -> str:
    day = day_of(moment)
    if not timed:
        return day.isoformat()
    return (datetime(day.year, day.month, day.day) + timedelta(minutes=moment % DAY)).isoformat(timespec="minutes")


def _whole(first: date, last: date) -> str:
    """The ISO name of the day, month or year that two days span exactly, or ""."""
    if first == last:
        return first.isoformat()
    after = last + timedelta(days=1)
    if first.day == 1 and after.day == 1:
        if (first.year, first.month) == (last.year, last.month):
            return f"{first.year:04d}-{first.month:02d}"
        if first.month == 1 and after.month == 1 and after.year == first.year + 1:
            return f"{first.year:04d}"
    return ""
