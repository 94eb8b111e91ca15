"""What a column of days shows that no single cell does: days that stand for none, years slipped, day and month swapped.

A date doubted here keeps its words, and its bounds are drawn so wide that nothing rests on it surely: a system's zero date
is undated, a date far from its neighbours may lie where they lie, and a swapped day may be either of the two.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, MutableSequence, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from typing import Final

from kg.dates.when import BEGINNING, DAY, END, When, day_of, minute_of, say_day
from kg.model.problem import Place, Problem
from kg.model.record import Entry
from loaders.rows.roster import short

FAR: Final = 2 * 365 * DAY
"""So many minutes from both neighbours, and outside the period, a date is far away."""

NEARLY_A_YEAR: Final = 300 * DAY
CLOSE: Final = 60 * DAY

ZERO_DAYS: Final = frozenset(
    minute_of(date(*day)) // DAY
    for day in (
        (1, 1, 1), (1111, 11, 11), (1582, 10, 15), (1601, 1, 1), (1753, 1, 1), (1899, 12, 30), (1899, 12, 31), (1900, 1, 1),
        (1900, 1, 2), (1901, 1, 1), (1904, 1, 1), (1904, 1, 2), (1970, 1, 1), (1980, 1, 1), (2079, 6, 6), (2099, 1, 1),
        (2099, 12, 31), (2100, 1, 1), (2199, 12, 31), (2222, 2, 2), (2999, 12, 31),
    )
)  # fmt: skip
"""Days that computer systems write where they know none: the first or the last day that they can count."""

_FIGURES = re.compile(r"(?P<a>\d{1,2})(?P<sep>[/.-])(?P<b>\d{1,2})(?P=sep)(?P<y>\d{4}|\d\d)(?:\s+\d.*)?")
_DAWN: Final = 7 * 60
_DUSK: Final = 21 * 60
_SMALL_HOURS: Final = 6 * 60
_DAYS_TO_A_NIGHT: Final = 8
"""A service that writes so many times of the day for each of the small hours hardly works at night."""

_FEW: Final = 3
"""Fewer rows out of order than this prove nothing of a column."""


def doubted(entries: MutableSequence[Entry], period: When, heading: str) -> Iterator[Problem]:
    """The doubts of one table's dates, in the order of its rows; the entries doubted are put back with wider bounds."""
    seen = _survey(entries)
    if seen.zero:
        yield from _zero_days(entries, period, heading)
    if seen.disorder:
        yield from _swapped(entries, heading)
    if seen.far:
        yield from _years(entries, period, heading)
    if seen.night:
        yield from _nights(entries, heading)


@dataclass(slots=True)
class _Seen:
    """What one look at a table's dates gives reason to look at more closely."""

    zero: bool = False
    disorder: bool = False
    far: bool = False
    night: bool = False


def _survey(entries: Sequence[Entry]) -> _Seen:
    """One pass over all rows, so that a table in order, as nearly all are, costs no more than that."""
    seen = _Seen()
    back = forth = unread = 0
    before, end_before = -1, -1
    for entry in entries:
        when = entry.when
        earliest, latest = when.earliest, when.latest
        if earliest == BEGINNING or latest == END:
            unread += when.hedge == "unread"
            continue
        day = earliest // DAY
        if before >= 0:
            if day < before:
                back += 1
            elif day > before:
                forth += 1
            if not earliest - NEARLY_A_YEAR < end_before < latest + NEARLY_A_YEAR:
                seen.far = True
        before, end_before = day, latest
        if day in ZERO_DAYS:
            seen.zero = True
        if when.timed and 0 < earliest % DAY < _SMALL_HOURS:
            seen.night = True
    seen.disorder = min(back, forth) >= _FEW or unread >= _FEW
    return seen


# --- a system's zero dates ----------------------------------------------------------------------------------------


def _zero_days(entries: MutableSequence[Entry], period: When, heading: str) -> Iterator[Problem]:
    """Days that stand for none, where they lie years outside the period: they are undated, once for each day written."""
    found: dict[str, list[int]] = {}
    for at, entry in enumerate(entries):
        when = entry.when
        if when.earliest // DAY in ZERO_DAYS and when.latest - when.earliest < DAY and _outside(when, period):
            found.setdefault(when.words, []).append(at)
    for words, places in found.items():
        read = entries[places[0]].when.plain()
        for at in places:
            entries[at] = replace(entries[at], when=When(entries[at].when.words, BEGINNING, END, "unread"))
        yield _of_rows(
            [entries[at] for at in places],
            heading,
            f"{short(words)} is perhaps no date at all",
            f"many systems write {read} where they know no day, and it lies years outside the period of the review",
            "It is kept as written and left undated; no finding rests on it.",
            "Ask the agency for the day, or for the month or year; it may be an old diagnosis whose day nobody knows.",
        )


def _outside(when: When, period: When) -> bool:
    return when.latest < period.earliest - FAR or when.earliest > period.latest + FAR


# --- years that slipped -------------------------------------------------------------------------------------------


def _years(entries: MutableSequence[Entry], period: When, heading: str) -> Iterator[Problem]:
    """Dates that stand years from the rows around them and outside the period, or a year from two that agree."""
    dated = [at for at, entry in enumerate(entries) if entry.when.closed]
    whens = [entries[at].when for at in dated]
    for place, when in enumerate(whens):
        before = whens[place - 1] if place else None
        after = whens[place + 1] if place + 1 < len(whens) else None
        gaps = [_gap(when, other) for other in (before, after) if other is not None]
        if not gaps or min(gaps) < NEARLY_A_YEAR:
            continue
        outside = when.latest < period.earliest or when.earliest > period.latest
        agree = before is not None and after is not None and _gap(before, after) <= CLOSE
        if not agree and not (outside and min(gaps) > FAR):
            continue
        near = before if before is not None and (after is None or gaps[0] <= gaps[-1]) else after
        if near is not None:
            at = dated[place]
            entries[at] = replace(entries[at], when=_either(when, near))
        yield _of_rows(
            [entries[dated[place]]],
            heading,
            f"{short(when.words)} stands far from the dates around it",
            f"the nearest row beside it is {near.plain() if near else 'undated'}; perhaps the year slipped",
            "It is kept as written, and may lie as near as that row: nothing rests on it surely.",
            "Ask the agency, and correct the cell if the year is wrong.",
        )


def _gap(one: When, other: When) -> int:
    """Minutes between two dates at their nearest; 0 or less where they overlap."""
    before, after = one.earliest - other.latest, other.earliest - one.latest
    return before if before > after else after


def _either(when: When, other: When) -> When:
    """A date that may lie as written or where another does: its bounds hold both."""
    return When(when.words, min(when.earliest, other.earliest), max(when.latest, other.latest), "doubtful")


# --- day and month swapped ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Day:
    """A row's day as read and as it would be with day and month swapped; ``read`` is None where it was unread."""

    at: int
    read: int | None
    swapped: int | None


def _swapped(entries: MutableSequence[Entry], heading: str) -> Iterator[Problem]:
    """Days to the twelfth out of order, which stand in order with day and month swapped: a spreadsheet read them so.

    A spreadsheet set to the month first turns round every date that can be turned round, and leaves the others as text. It
    is said only where the swap mends what is out of order; a column in no order tells nothing.
    """
    days = [day for at, entry in enumerate(entries) if (day := _day(at, entry)) is not None]
    both = [day for day in days if day.swapped is not None and day.swapped != day.read]
    refused = [day for day in both if day.read is None]
    as_read = [day.read for day in days if day.read is not None]
    turned = [day.swapped if day.swapped is not None else day.read for day in days]
    before, after = _disorder(as_read), _disorder([day for day in turned if day is not None])
    only_small = len(refused) >= _FEW and all(day.swapped is not None for day in days)
    mended = before >= _FEW and after * 4 <= before and len(both) >= _FEW
    if not mended and not only_small:
        return
    doubtful = [day for day in both if day.read is not None]
    for day in doubtful:
        entry, other = entries[day.at], (day.swapped or 0) * DAY
        near = When("", other, other + DAY - 1)
        entries[day.at] = replace(entry, when=_either(entry.when, near))
    if doubtful:
        first = doubtful[0]
        yield _of_rows(
            [entries[day.at] for day in doubtful],
            heading,
            f"{len(doubtful)} dates may have day and month swapped",
            "they are out of order as written and in order the other way round"
            if mended
            else "other cells of the column have the month first",
            f"Each may be either day, as {_two_days(first)} in the first of them; nothing rests on them surely.",
            "Ask the agency how the column was made; perhaps a spreadsheet set to the month first turned these dates round.",
        )


def _two_days(day: _Day) -> str:
    return f"{say_day(day_of((day.read or 0) * DAY))} or {say_day(day_of((day.swapped or 0) * DAY))}"


def _disorder(days: Sequence[int]) -> int:
    """How many rows go against the order that most of them keep, which may be the latest first."""
    back = sum(1 for one, two in pairwise(days) if two < one)
    forth = sum(1 for one, two in pairwise(days) if two > one)
    return min(back, forth)


def _day(at: int, entry: Entry) -> _Day | None:
    found = _FIGURES.match(entry.when.words)
    if found is None:
        return None
    a, b, year = int(found["a"]), int(found["b"]), int(found["y"])
    when = entry.when
    if when.closed and when.latest - when.earliest < DAY:
        read: int | None = when.earliest // DAY
        year = day_of(when.earliest).year
    elif when.hedge == "unread" and b > 12 and year > 999:
        read = None
    else:
        return None
    try:
        swapped: int | None = date(year, a, b).toordinal()
    except ValueError:
        swapped = None
    return _Day(at, read, swapped) if read is not None or swapped is not None else None


# --- times of day that a service hardly means -----------------------------------------------------------------------


def _nights(entries: Sequence[Entry], heading: str) -> Iterator[Problem]:
    """Times in the small hours of a service that otherwise writes of days only: perhaps the afternoon is meant."""
    night: list[Entry] = []
    by_day = 0
    for entry in entries:
        when = entry.when
        if not when.timed or when.earliest != when.latest:
            continue
        minute = when.earliest % DAY
        if _DAWN <= minute < _DUSK:
            by_day += 1
        elif 0 < minute < _SMALL_HOURS:
            night.append(entry)
        elif minute:
            return
    if night and by_day >= _DAYS_TO_A_NIGHT * len(night):
        yield _of_rows(
            night,
            heading,
            f"{short(night[0].when.words)} lies in the small hours",
            f"{by_day} other rows of the table give a time, all between 7 in the morning and 9 in the evening",
            "It is read as written.",
            "Ask the agency whether the afternoon is meant, and write the time as 14:30 or 2.30pm.",
        )


# --- what is said -------------------------------------------------------------------------------------------------

_SHOWN: Final = 8


def _of_rows(entries: Sequence[Entry], heading: str, what: str, why: str, done: str, remedy: str) -> Problem:
    """One warning for rows that have one thing wrong, naming them."""
    place = entries[0].place
    more = [entry.place.row for entry in entries[1:]]
    if more:
        shown = ", ".join(str(row) for row in more[:_SHOWN])
        rest = f" and {len(more) - _SHOWN} more" if len(more) > _SHOWN else ""
        done = f"{done} The same stands in row{'s' if len(more) > 1 else ''} {shown}{rest}."
    return Problem(
        Place(place.file, place.sheet, place.row, heading, entries[0].name), "warning", what, why, done, remedy
    )
