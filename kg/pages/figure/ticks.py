"""The months and years beneath a drawing on paper, as many as leave room for their words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def ticks(first: int, last: int, scale: float) -> Iterator[tuple[int, str, bool]]:
    """Each tick between two days (ordinals): its day, its words, and whether a year begins. ``scale`` is units for a day."""
    month = scale * 30.4
    step = next(step for step, least in ((1, 34), (3, 14), (6, 7), (12, 3.4), (60, 0.7), (120, 0)) if month >= least)
    year, at = date.fromordinal(max(1, first)).year, 0
    while True:
        day = date(year, at + 1, 1).toordinal()
        if day > last or year > 9990:
            return
        if day >= first and (step <= 12 or year % (step // 12) == 0):
            words = str(year) if step >= 12 else f"{MONTHS[at]} {year}" if at == 0 or month > 62 else MONTHS[at]
            yield day, words, at == 0
        at += min(step, 12)
        if at >= 12:
            year, at = year + 1, 0
