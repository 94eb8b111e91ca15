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
    ``timed`` is true when a clock time narrows the day. ``lasts`` is true where the words say that it went on from the
    first bound to the last (a stay, "from 1 to 10 August"); else it happened at some time between the two.
    """

    words: str
    earliest: int
    latest: int
    hedge: str = ""
    timed: bool = False
    lasts: bool = False

    @property
    def undated(self) -> bool:
        """Both ends open: the entry has no place in time, and none is invented for it."""
        return self.earliest == BEGINNING and self.latest == END

    @property
    def closed(self) -> bool:
        """Both ends known, however far apart."""
        return self.earliest != BEGINNING and self.latest != END

    @property
    def perhaps_a_slip(self) -> bool:
        """Whether it stands so far from its neighbours (a year or more) that a slip of the pen is likelier: it was widened to
        them, without a word of doubt by whoever wrote it. It places nothing in time, as if it were undated."""
        return self.hedge == "doubtful" and "?" not in self.words and self.latest - self.earliest > 366 * DAY

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
            self.lasts and other.lasts,
        )

    def until(self, end: When) -> When:
        """What lasted from this date until another one, as a start and an end column say together.

        The other must not begin before this one, nor end before it; whoever asks has looked.
        """
        timed = (self.timed and end.timed) or (self.timed and self.earliest // DAY != end.latest // DAY)
        words = f"{self.words} to {end.words}"
        lasts = (self.earliest, self.latest) != (end.earliest, end.latest)
        return When(words, self.earliest, end.latest, self.hedge or "range", timed, lasts)

    def edtf(self) -> str:
        """The date in EDTF (ISO 8601-2, levels 0 to 2), for exchange between programs; "" when undated.

        Some day of early August is ``[1999-08-01..1999-08-10]``; a stay of those ten days is ``1999-08-01/1999-08-10``.
        A clock time is written only where it is one minute, since EDTF knows no stretch of hours: the day says less.
        """
        if self.undated:
            return ""
        if self.timed and self.earliest == self.latest:
            return _stamp(self.earliest)
        lo = "" if self.earliest == BEGINNING else day_of(self.earliest).isoformat()
        hi = "" if self.latest == END else day_of(self.latest).isoformat()
        if lo and lo == hi:
            return lo
        if self.lasts:
            return f"{lo or '..'}/{hi or '..'}"
        whole = _whole(day_of(self.earliest), day_of(self.latest)) if lo and hi else ""
        return whole or f"[{lo}..{hi}]"

    def plain(self) -> str:
        """The date for a reader: "14 July 1999", "14-16 July 1999", "before 3 August 1999"; a stay, "14 to 16 July 1999"."""
        if self.undated:
            return "undated"
        if self.lasts and not self.closed:
            return self._going_on()
        if self.latest == END:
            return f"after {say_day(day_of(self.earliest) - timedelta(days=1))}"
        if self.earliest == BEGINNING:
            return f"before {say_day(day_of(self.latest) + timedelta(days=1))}"
        first, last = day_of(self.earliest), day_of(self.latest)
        if first == last:
            until = (
                f"{'-' if not self.lasts else ' to '}{say_clock(self.latest)}" if self.latest > self.earliest else ""
            )
            clock = f" {say_clock(self.earliest)}{until}" if self.timed else ""
            return say_day(first) + clock
        whole = "" if self.lasts else _whole(first, last)
        if len(whole) == 7:
            return f"{first:%B %Y}"
        if len(whole) == 4:
            return whole
        if (first.year, first.month) == (last.year, last.month):
            return f"{first.day}{' to ' if self.lasts else '-'}{say_day(last)}"
        return f"{say_day(first)} {'to' if self.lasts else '-'} {say_day(last)}"

    def _going_on(self) -> str:
        """What lasted from or until a day, its other end open."""
        if self.latest == END:
            return f"from {say_day(day_of(self.earliest))}"
        return f"until {say_day(day_of(self.latest))}"


UNDATED = When("", BEGINNING, END, "none")
"""The date of an entry that gives none."""


def say_day(day: date) -> str:
    """A day as people here write it: "14 July 1999"."""
    return f"{day.day} {day:%B %Y}"


def say_clock(moment: int) -> str:
    """The clock time of a bound: "13:45"."""
    return f"{moment % DAY // 60:02d}:{moment % 60:02d}"


def _stamp(moment: int) -> str:
    day = day_of(moment)
    return (datetime(day.year, day.month, day.day) + timedelta(minutes=moment % DAY)).isoformat()


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
