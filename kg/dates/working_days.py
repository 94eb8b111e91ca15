"""Working days, by the bank holidays of each nation: Monday to Friday, less the days the nation keeps."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

from kg.dates.when import BEGINNING, DAY, END, day_of, minute_of

SUBDIVISIONS = {"England": "ENG", "Wales": "WLS", "Scotland": "SCT", "Northern Ireland": "NIR"}
"""The nations whose bank holidays are known, by the name written as ``jurisdiction`` in review.toml."""


@lru_cache(maxsize=4096)
def _kept(nation: str, year: int) -> frozenset[date]:
    import holidays

    # An unknown nation is reported when review.toml is read; England's days are used meanwhile, and said so there.
    return frozenset(holidays.country_holidays("GB", subdiv=SUBDIVISIONS.get(nation, "ENG"), years=year))


@lru_cache(maxsize=65536)
def is_working_day(day: date, nation: str) -> bool:
    """Whether a day is Monday to Friday and no bank holiday in the nation."""
    return day.weekday() < 5 and day not in _kept(nation, day.year)


@lru_cache(maxsize=65536)
def add_working_days(day: date, number: int, nation: str) -> date:
    """The day that lies ``number`` working days after ``day``; the first working day after it is 1."""
    while number > 0:
        day += timedelta(days=1)
        if is_working_day(day, nation):
            number -= 1
    return day


@lru_cache(maxsize=1 << 17)
def _ripe_day(day: date, nation: str) -> date:
    while not is_working_day(day, nation):
        day += timedelta(days=1)
    return day + timedelta(days=1)


def after_a_working_day(moment: int, nation: str) -> int:
    """The first moment by which something held at ``moment`` (minutes) has been held for a whole working day.

    The working day is one that begins at or after ``moment``; the answer is the midnight that ends it. Something written
    on a Friday without a time is held for a whole working day from Tuesday on. Open bounds stay open.
    """
    if moment <= BEGINNING or moment >= END:
        return moment
    day = day_of(moment)
    if moment % DAY:
        day += timedelta(days=1)
    return minute_of(_ripe_day(day, nation))
