"""Times of the year that people name by custom: feasts, school terms and half terms, quarters. England's, and flagged.

No calendar fixes these for every school or office, so their bounds are our own convention, drawn wide, and each date read
so says that it is. Easter is computed; it is the Easter of the western churches.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from kg.dates.patterns import M, Y, bare
from kg.dates.spans import MONTHS, Reader, Span, Unreadable, Years, days, month_of, whole_months, year_of
from kg.dates.when import BEGINNING, END, minute_of

CUSTOM: Final = "its bounds are England's custom, drawn wide by our own convention"
"""The reason given where a date rests on custom alone."""

_DAYS: Final = {
    "christmas eve": (12, 24),
    "christmas day": (12, 25),
    "boxing day": (12, 26),
    "new year's eve": (12, 31),
    "new years eve": (12, 31),
    "new year's day": (1, 1),
    "new years day": (1, 1),
}

_TERMS: Final = {
    "autumn": (9, 1, 12, 31),
    "christmas": (9, 1, 12, 31),
    "spring": (1, 1, 4, 30),
    "easter": (1, 1, 4, 30),
    "summer": (4, 1, 7, 31),
}
"""The first and last day of each school term: (month, day, month, day)."""

_HALF_TERMS: Final = {"february": (2, 8, 3, 1), "may": (5, 22, 6, 8), "october": (10, 14, 11, 6)}
"""Where half-term weeks fall in England: (month, day, month, day), a few days to either side."""

_HALF_OF: Final = {"spring": "february", "summer": "may", "autumn": "october"}
_HALF_IN: Final = {2: "february", 3: "february", 5: "may", 6: "may", 10: "october", 11: "october"}


def named_feast_day(m: re.Match[str], about: Years) -> Span:
    """Christmas Day 2016, Boxing Day 2016, Good Friday 2017: days that every calendar has."""
    year = year_of(m["y"], about)
    if m["name"] in _DAYS:
        day = date(year, *_DAYS[m["name"]])
    else:
        day = easter(year) + timedelta(days={"good friday": -2, "easter sunday": 0, "easter monday": 1}[m["name"]])
    return days(day, day, "day")


def feast(m: re.Match[str], about: Years) -> Span:
    """Xmas 2016, Christmas week 2016, Easter 2017, the Easter holidays 2017, New Year 2017."""
    return _custom(*_around(m["feast"], year_of(m["y"], about), bool(m["long"])), "holiday")


def beside_feast(m: re.Match[str], about: Years) -> Span:
    """Before or after a feast: up to the day before it, or from the day after it, and open at the other end."""
    year = year_of(m["y"], about)
    first, last = _heart(m["feast"], year)
    if m["long"]:
        first, last = _around(m["feast"], year, True)
    if m["way"] == "after":
        return Span(minute_of(last + timedelta(days=1)), END, ("day", "day"), "after")
    return Span(BEGINNING, minute_of(first) - 1, ("day", "day"), "before")


def quarter(m: re.Match[str], about: Years) -> Span:
    """Q1 2017: January to March, or April to June where years of account are meant; both are allowed for."""
    year, number = year_of(m["y"], about), int(m["q"])
    if m["z"]:
        _next_year(year, m["z"])
        return whole_months(year, 3 * number + 1, 3, "season", "part")
    first = 3 * number - 2
    doubt = f"it may be the quarter from {MONTHS[first - 1]} or, by years of account, from {MONTHS[(first + 2) % 12]}"
    return replace(whole_months(year, first, 6, "season", "part"), doubt=f"{doubt}; both are allowed for")


def term(m: re.Match[str], about: Years) -> Span:
    """The autumn, spring or summer term, of a year or of a school year (2016/17)."""
    name, year = m["s"], year_of(m["y"], about)
    if m["z"]:
        _next_year(year, m["z"])
        year += name not in ("autumn", "christmas")
    a, b, c, d = _TERMS[name]
    return _custom(date(year, a, b), date(year, c, d), "season")


def half_term(m: re.Match[str], about: Years) -> Span:
    """A half-term week: which one, where the words say; else any of the year's three."""
    year = year_of(m["y"], about)
    words = m["which"]
    if not words:
        return _custom(_half("february", year)[0], _half("october", year)[1], "season")
    which = _HALF_OF.get(words) or _HALF_IN.get(month_of(words))
    if which is None:
        raise Unreadable("half terms lie in February, May and October")
    return _custom(*_half(which, year), "holiday")


def summer_holidays(m: re.Match[str], about: Years) -> Span:
    """The long holidays between two school years."""
    year = year_of(m["y"], about)
    return _custom(date(year, 7, 15), date(year, 9, 10), "season")


def easter(year: int) -> date:
    """Easter Sunday of the western churches, by the Gregorian rule (golden number, century, full moon, Sunday)."""
    golden, century = year % 19, year // 100
    moon = (century - century // 4 - (8 * century + 13) // 25 + 19 * golden + 15) % 30
    moon -= (moon // 28) * (1 - (29 // (moon + 1)) * ((21 - golden) // 11))
    weekday = (year + year // 4 + moon + 2 - century + century // 4) % 7
    distance = moon - weekday
    month = 3 + (distance + 40) // 44
    return date(year, month, distance + 28 - 31 * (month // 4))


def _heart(name: str, year: int) -> tuple[date, date]:
    if name == "easter":
        return easter(year), easter(year)
    if name == "new year":
        return date(year, 1, 1), date(year, 1, 1)
    return date(year, 12, 25), date(year, 12, 25)


def _around(name: str, year: int, long: bool) -> tuple[date, date]:
    first, last = _heart(name, year)
    if name == "easter":
        return first - timedelta(days=16 if long else 7), last + timedelta(days=16 if long else 7)
    if name == "new year":
        return first - timedelta(days=3), last + timedelta(days=6)
    return first - timedelta(days=7), last + timedelta(days=13 if long else 7)


def _half(which: str, year: int) -> tuple[date, date]:
    a, b, c, d = _HALF_TERMS[which]
    return date(year, a, b), date(year, c, d)


def _custom(first: date, last: date, unit: str) -> Span:
    return replace(days(first, last, unit, "part"), doubt=CUSTOM)


def _next_year(year: int, digits: str) -> None:
    if int(digits) % 100 != (year + 1) % 100:
        raise Unreadable(f"a year of account or of school ends in the year after it began, and {digits} does not")


_FEAST = r"(?P<feast>christmas|xmas|x-mas|easter|new year)"
_NAMED = "|".join(sorted(_DAYS, key=len, reverse=True))
_HOLIDAYS = r"\s(?:school\s)?(?:holidays?|break)"
_HALF = rf"(?P<which>autumn|spring|summer|{bare(M)})"
_HALF_TERM = r"half[ -]?term(?:\s(?:week|holidays?|break))?"
_SCHOOL_YEAR = rf"{Y}(?:\s?[-/]\s?(?P<z>\d{{4}}|\d\d))?"
_WHEN = r"(?:(?:in|on|at|over|around|during)\s)?(?:the\s)?"

CUSTOMARY: Final[tuple[tuple[str, Reader], ...]] = (
    (rf"(?:on\s)?(?P<name>{_NAMED}|good friday|easter sunday|easter monday),?\s{Y}", named_feast_day),
    (rf"(?P<way>before|prior to|after)\s(?:the\s)?{_FEAST}(?P<long>{_HOLIDAYS})?,?\s{Y}", beside_feast),
    (rf"{_WHEN}{_FEAST}(?:(?P<long>{_HOLIDAYS})|\sweek|\stime|\speriod)?,?\s{Y}", feast),
    (rf"{_WHEN}(?:school\s)?summer{_HOLIDAYS},?\s{Y}", summer_holidays),
    (rf"{_WHEN}(?P<s>{'|'.join(_TERMS)})\sterm,?\s(?:of\s)?{_SCHOOL_YEAR}", term),
    (rf"{_WHEN}(?:{_HALF}\s)?{_HALF_TERM},?\s(?:of\s)?{Y}", half_term),
    (rf"{_WHEN}{_HALF_TERM},?\s(?:in\s)?{_HALF},?\s{Y}", half_term),
    (r"q(?:uarter\s)?(?P<q>[1-4])[ ,/-]\s?(?P<y>\d{4})(?:\s?[-/]\s?(?P<z>\d{4}|\d\d))?", quarter),
)
"""Ways of naming a time of the year by custom, each with its reader, for the table of forms in ``kg.dates.reader``."""
