"""Days and times of Excel that lost their format, and show as its own count of days: restored where they stand for one.

A column holds days where its heading says so, or where other cells of it are real dates; a column of times likewise.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from kg.base.folding import spelling
from kg.model.problem import Place, Problem
from kg.terms.reader import load
from loaders.formats.grid import best_row
from loaders.formats.number_formats import clock, day, general, moment
from loaders.formats.tables import Score

_COUNTS = (20_000, 60_000)
"""Counts of days from 1954 to 2064 (1958 to 2068 where they begin in 1904); other numbers are left as numbers."""

Values = Sequence[Sequence[bool | int | float | str | date | datetime | time | timedelta]]


def bare_numbers(
    values: Values, cells: list[list[str]], lines: Sequence[int], score: Score, first: date, place: Place
) -> list[Problem]:
    """Write the day or time for each bare number that stands for one, and say so once for each column.

    ``values`` are the cells as the workbook holds them, ``first`` the day from which it counts.
    """
    top = best_row(cells, score)
    if top < 0:
        return []
    problems = []
    kinds = load().columns(cells[top])
    for column, (heading, known) in enumerate(zip(cells[top], kinds, strict=True)):
        below = [row[column] if column < len(row) else "" for row in values[top + 1 :]]
        types = set(map(type, below))
        if types.isdisjoint((int, float)):
            continue
        named = set(spelling(heading).split())
        clocks = known.kind == "time" if known else "time" in named and "date" not in named
        days = known.kind == "when" if known else "date" in named or date in types
        if not clocks and not days:
            continue
        found = []
        for at, value in enumerate(below, top + 1):
            if not isinstance(value, (int, float)) or isinstance(value, bool) or cells[at][column] != general(value):
                continue  # drawn by a format, and so shown as it should be
            restored = _clock(value) if clocks else _day(value, first)
            if restored and restored != cells[at][column]:
                found.append((lines[at], cells[at][column], restored))
                cells[at][column] = restored
        if found:
            problems.append(_said(found, heading, place))
    return problems


def _day(value: float, first: date) -> str:
    when = moment(value, first) if _COUNTS[0] <= value < _COUNTS[1] else None
    if when is None:
        return ""
    return day(when) if float(value).is_integer() else f"{day(when)} {clock(when.time())}"


def _clock(value: float) -> str:
    """The time that a number in a column of times stands for: a part of a day, or 9.3 and 915 as people type them."""
    if 0 < value < 1:
        when = moment(value)
        return clock(when.time()) if when else ""
    hours, minutes = divmod(round(value * 100), 100)
    if not float(value).is_integer() and hours < 24 and minutes < 60 and abs(value * 100 - round(value * 100)) < 1e-6:
        return f"{hours}.{minutes:02d}"
    hours, minutes = divmod(int(value), 100)
    return f"{hours:02d}{minutes:02d}" if float(value).is_integer() and 100 <= value < 1000 and minutes < 60 else ""


def _said(found: list[tuple[int, str, str]], heading: str, place: Place) -> Problem:
    line, written, restored = found[0]
    more = f" The same holds for {len(found) - 1} more cells." if len(found) > 1 else ""
    typed = restored.replace(".", "").isdigit()
    return Problem(
        Place(place.file, place.sheet, line, heading),
        "note",
        f'"{written}" is a time that lost a nought' if typed else f'"{written}" is Excel\'s own count of days',
        "Excel takes what is typed for a number" if typed else "the cell lost its format as a date or a time",
        f'It is read as "{restored}".{more}',
        "Nothing needs doing, unless the cell was meant as a number.",
    )
