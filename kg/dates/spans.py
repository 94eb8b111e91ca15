"""What single days, months and years span, and the parts of them: early, mid, late, the seasons.

Each reader takes a match of the form that it serves and gives the ``Span`` it means. The forms stand in ``kg.dates.reader``.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from kg.dates.when import BEGINNING, DAY, END, day_of, minute_of

Years = tuple[int, int] | None
"""The first and last year of the review's period, by which two-digit years are read; None where it is not known."""

MONTHS: Final = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
WEEKDAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
SEASONS: Final = {"spring": 3, "summer": 6, "autumn": 9}
MARKED: Final = "its own question mark says so"
"""The reason given where the writer, and nothing else, calls a date doubtful."""

NEAR_YEARS: Final = 10
"""Two-digit years are read only within so many years of the review's period."""


class Unreadable(Exception):
    """Words shaped like a date that cannot be one; its text is the reason, for people."""


@dataclass(frozen=True, slots=True)
class Span:
    """What some words mean: inclusive bounds, the unit each end was written in, and the doubt expressed."""

    first: int
    last: int
    units: tuple[str, str] = ("day", "day")
    hedge: str = ""
    timed: bool = False
    slack: bool = False
    doubt: str = ""
    lasts: bool = False


Reader = Callable[[re.Match[str], Years], Span | None]
"""Reads what fits a form: a span, or None where it is not that form after all."""


def year_of(digits: str, about: Years) -> int:
    """The year that two or four digits name. Raises Unreadable where no one year does."""
    year = int(digits)
    if len(digits) == 4:
        if not 1000 <= year <= 2999:
            raise Unreadable(f"{digits} is not a year that a chronology can reach")
        return year
    if about is None:
        raise Unreadable(f'the year "{digits}" has two digits, and the review gives no period to place it by')
    near = [y for y in range(about[0] - NEAR_YEARS, about[1] + NEAR_YEARS + 1) if y % 100 == year]
    if len(near) > 1:
        near = [y for y in near if about[0] <= y <= about[1]]
    if len(near) != 1:
        raise Unreadable(f'no one year "{digits}" lies within {NEAR_YEARS} years of the review\'s period')
    return near[0]


def month_of(words: str) -> int:
    """The number of a month from its name, in small letters and whole or cut short."""
    return next(n for n, name in enumerate(MONTHS, 1) if name.casefold().startswith(words[:3]))


def calendar_day(year: int, month: int, day: int) -> date:
    """A day of the calendar. Raises Unreadable, with what is wrong, where there was none."""
    if not 1 <= month <= 12:
        raise Unreadable(f"there is no {_ordinal(month)} month, and the day is always read first")
    if day < 1:
        raise Unreadable("no month has a day 0")
    last = (first_of(year, month + 1) - timedelta(days=1)).day
    if day > last:
        raise Unreadable(f"{MONTHS[month - 1]} {year} ended on the {_ordinal(last)}")
    return date(year, month, day)


def first_of(year: int, month: int) -> date:
    """The first day of a month, months being counted on past the end of the year, or back before it."""
    return date(year + (month - 1) // 12, (month - 1) % 12 + 1, 1)


def days(first: date, last: date, unit: str, hedge: str = "") -> Span:
    """From the start of one day to the end of another."""
    return Span(minute_of(first), minute_of(last, DAY - 1), (unit, unit), hedge)


def whole_months(year: int, month: int, count: int, unit: str, hedge: str = "") -> Span:
    """So many whole months from the one given."""
    return days(first_of(year, month), first_of(year, month + count) - timedelta(days=1), unit, hedge)


def numeric_day(m: re.Match[str], about: Years) -> Span:
    day = calendar_day(year_of(m["y"], about), int(m["m"]), int(m["d"]))
    return days(day, day, "day")


def named_day(m: re.Match[str], about: Years) -> Span:
    day = calendar_day(year_of(m["y"], about), month_of(m["m"]), int(m["d"]))
    return days(day, day, "day")


def numeric_month(m: re.Match[str], about: Years) -> Span:
    year, month = year_of(m["y"], about), int(m["m"])
    calendar_day(year, month, 1)
    return whole_months(year, month, 1, "month")


def iso_month(m: re.Match[str], about: Years) -> Span | None:
    """2018-03, 2018/03: a month; but 2018/19, 2018-19 and 2011/12 are years, or may be."""
    year, month = year_of(m["y"], about), int(m["m"])
    until = year - year % 100 + month + (100 if year % 100 == 99 and month == 0 else 0)
    may_be_month = 1 <= month <= 12
    if until == year + 1:
        span = two_years(year)
        if may_be_month:
            doubt = f"it may mean {MONTHS[month - 1]} {year}, or the two years; all are allowed for"
            return replace(span, first=whole_months(year, 1, 1, "year").first, doubt=doubt)
        return span
    if until > year and m["sep"] == "-" and may_be_month:
        doubt = f"it may mean {MONTHS[month - 1]} {year} or {year} to {until}; both are allowed for"
        return replace(whole_months(year, 1, 12 * (until - year + 1), "year", "range"), doubt=doubt)
    if until > year and not may_be_month:
        return whole_months(year, 1, 12 * (until - year + 1), "year", "range")
    return numeric_month(m, about)


def two_years(year: int) -> Span:
    """2024/25: a school year, a year of account, or both years whole; wide enough for each."""
    doubt = f"{year} and the year after may be a school year, a year of account or two whole years; all are allowed for"
    return replace(whole_months(year, 1, 24, "year", "range"), doubt=doubt)


def years_side_by_side(m: re.Match[str], about: Years) -> Span | None:
    """2024/2025: the same as 2024/25 where the years follow each other; else no form of its own."""
    year, until = year_of(m["y"], about), year_of(m["z"], about)
    return two_years(year) if until == year + 1 else None


def named_month(m: re.Match[str], about: Years) -> Span:
    return whole_months(year_of(m["y"], about), month_of(m["m"]), 1, "month")


def whole_year(m: re.Match[str], about: Years) -> Span:
    return whole_months(year_of(m["y"], about), 1, 12, "year")


def refuse(reason: str) -> Reader:
    """A reader of shapes that look like a date and are none."""

    def refuse(m: re.Match[str], about: Years) -> Span:
        raise Unreadable(reason)

    return refuse


def month_and_small_number(m: re.Match[str], about: Years) -> Span:
    raise Unreadable(f'"{m["n"]}" may be a day without a year, or a year')


# --- parts of months and years ------------------------------------------------------------------------------------

_PART = {"early": 0, "start": 0, "beginning": 0, "beg": 0, "mid": 1, "middle": 1, "late": 2, "latter": 2, "end": 2}
"""Which third is meant, by the first word of what says so."""


def part_of_month(m: re.Match[str], about: Years) -> Span:
    year, month, part = year_of(m["y"], about), month_of(m["m"]), _PART[m["part"].split()[0].rstrip(".")]
    first = date(year, month, 1 + 10 * part)
    last = first + timedelta(days=9) if part < 2 else first_of(year, month + 1) - timedelta(days=1)
    return days(first, last, "part of a month", "part")


def part_of_year(m: re.Match[str], about: Years) -> Span:
    return whole_months(
        year_of(m["y"], about), 1 + 4 * _PART[m["part"].split()[0].rstrip(".")], 4, "part of a year", "part"
    )


def season(m: re.Match[str], about: Years) -> Span:
    year = year_of(m["y"], about)
    if m["s"] == "winter":
        return whole_months(year, 0, 15, "season", "part")
    return whole_months(year, SEASONS[m["s"]], 3, "season", "part")


def winter_of_two_years(m: re.Match[str], about: Years) -> Span:
    year = year_of(m["y"], about)
    if int(m["z"]) % 100 != (year + 1) % 100 or (len(m["z"]) == 4 and int(m["z"]) != year + 1):
        raise Unreadable(f"a winter spans two years that follow each other, and {m['z']} does not follow {year}")
    return whole_months(year, 12, 3, "season", "part")


# --- widening and words -------------------------------------------------------------------------------------------

_UNIT_DAYS = {"day": 7, "week": 7, "part of a month": 10, "holiday": 7}
_UNIT_MONTHS = {"month": 1, "season": 3, "part of a year": 4, "year": 12}


def widened(moment: int, unit: str, sign: int) -> int:
    """A bound moved outward by its own unit; an open bound stays open."""
    if moment <= BEGINNING or moment >= END:
        return moment
    if unit in _UNIT_DAYS:
        return (moment // DAY + sign * _UNIT_DAYS[unit]) * DAY
    day = day_of(moment)
    return minute_of(first_of(day.year, day.month + sign * _UNIT_MONTHS[unit]))


def _ordinal(number: int) -> str:
    ending = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"
