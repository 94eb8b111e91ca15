"""How old somebody was: on a day, and as marks along a line of days."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import date

from kg.base.grammar import count
from kg.dates.when import When, day_of

BEFORE_BIRTH = "before birth"
"""What is said in place of an age."""


def whole_years(born: date, day: date) -> int:
    """Someone's age in whole years on a day; below 0 before birth."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def age_on(born: date, day: date) -> tuple[int, int]:
    """Years and whole months of age on a day; both 0 before birth."""
    months = (day.year - born.year) * 12 + day.month - born.month - (day.day < min(born.day, _last(day)))
    return divmod(max(0, months), 12)


def say_age(age: tuple[int, int]) -> str:
    """An age in words: "8 years 3 months", "5 months"."""
    years, months = age
    said = [count(years, "year")] if years else []
    if months or not years:
        said.append(count(months, "month"))
    return " ".join(said)


def age_at(born: When | None, when: When) -> str:
    """The age at an uncertain date of somebody whose birth may be uncertain too: one age, or from one to another.

    It is "" where either date is open, and "before birth" where the date surely lies before it.
    """
    if born is None or not born.closed or not when.closed:
        return ""
    if when.latest < born.earliest:
        return BEFORE_BIRTH
    least = say_age(age_on(day_of(born.latest), day_of(when.earliest)))
    most = say_age(age_on(day_of(born.earliest), day_of(when.latest)))
    return least if least == most else f"{least} to {most}"


def age_marks(born: When, first: int, last: int) -> Iterator[tuple[int, str, int]]:
    """Days (ordinals) from ``first`` to ``last`` on which somebody turned a month older: (day, label, weight).

    The weight is 0 for a birthday, 1 for a half, 2 for a quarter of a year, 3 for any other month, so that a drawing
    may leave out what does not fit. Where the birth is known to a month or less exactly, only birthdays are given.
    """
    if not born.closed:
        return
    start = day_of(born.earliest)
    rough = born.latest // 1440 - born.earliest // 1440
    for months in range((date.fromordinal(max(1, last)).year - start.year + 1) * 12 + 1):
        year, month = divmod(start.month - 1 + months, 12)
        at = date(start.year + year, month + 1, 1)
        day = at.replace(day=min(start.day, _last(at))).toordinal()
        if day > last:
            return
        weight = 0 if months % 12 == 0 else 1 if months % 6 == 0 else 2 if months % 3 == 0 else 3
        if day < first or (rough and weight):
            continue
        yield day, _short(months, about=bool(rough)), weight


def _short(months: int, *, about: bool) -> str:
    if months == 0:
        return "born"
    years, rest = divmod(months, 12)
    text = f"{years} y" if years and not rest else f"{years} y {rest} m" if years else f"{rest} m"
    return f"c. {text}" if about else text


def _last(day: date) -> int:
    return monthrange(day.year, day.month)[1]
