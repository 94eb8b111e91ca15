"""Until when a response was due: the limit of a duty in its own unit."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from kg.dates.when import DAY, day_of, minute_of
from kg.dates.working_days import add_working_days
from kg.terms.reader import Limit


def due(limit: Limit, moment: int, nation: str) -> int:
    """The last minute of a limit that runs from a moment (minutes).

    Hours run from the minute. Everything else ends with its last day: working days by the nation's bank holidays (a
    school day is taken as one, since no calendar of terms is to be had), days, weeks and months by the calendar.
    """
    if limit.unit in ("hour", "hours"):
        return moment + limit.number * 60
    day = day_of(moment)
    return minute_of(last_day(limit, day, nation), DAY - 1)


def last_day(limit: Limit, day: date, nation: str) -> date:
    """The last day of a limit counted from a day."""
    unit = limit.unit.removesuffix("s")
    if unit in ("working day", "school day"):
        return add_working_days(day, limit.number, nation)
    if "same" in unit:  # "the same day" and "immediately" are one working day here, and said so
        return add_working_days(day, 1, nation)
    if unit == "week":
        return day + timedelta(weeks=limit.number)
    if unit == "month":
        months = day.month - 1 + limit.number
        year, month = day.year + months // 12, months % 12 + 1
        return date(year, month, min(day.day, monthrange(year, month)[1]))
    return day + timedelta(days=limit.number)


def before(limit: Limit, moment: int) -> int:
    """The first minute of a window that ends at a moment, by the calendar."""
    day = day_of(moment)
    unit = limit.unit.removesuffix("s")
    if unit == "month":
        months = day.year * 12 + day.month - 1 - limit.number
        year, month = divmod(months, 12)
        return minute_of(date(year, month + 1, min(day.day, monthrange(year, month + 1)[1])))
    days = limit.number * (7 if unit == "week" else 1)
    return minute_of(day - timedelta(days=days))
