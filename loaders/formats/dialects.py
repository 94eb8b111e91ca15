"""Odd ways in which programs write tables of text: quoted otherwise, guarded against spreadsheets, joined end to end."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from typing import Any

from kg.model.problem import Place, Problem
from loaders.formats.tables import Row

_SEP = re.compile(r'"?sep=(.)"?[ \t]*(?:\r\n|\n|\r)', re.IGNORECASE)
_GUARDED = re.compile(r'="([^"]*)"')
_SAMPLE = 100_000
"""How much of a text, in signs, is searched for ways of writing that hold for whole columns."""

_APOSTROPHE = re.compile(r"'(?=[^' ]*\d)[^' ]{3,}")


def named_sign(text: str) -> str:
    """The sign between cells that a first line "sep=;" names, as Excel writes it; "" where there is no such line."""
    found = _SEP.match(text)
    return found[1] if found else ""


def rows_of(text: str, sign: str, **options: Any) -> list[Row]:
    """The rows of a text, each with the line on which it starts."""
    rows: list[Row] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=sign, **options)
    start = 1
    for cells in reader:
        rows.append((start, cells))
        start = reader.line_num + 1
    return rows


def regular_rows(text: str, sign: str, file: str, problems: list[Problem]) -> list[Row]:
    """The rows of a text as the usual rules of quoting read them, or other rules where those fit its lines better."""
    rows = rows_of(text, sign)
    if _SEP.match(text) and rows:
        rows = rows[1:]
    if rows and len(rows[0][1]) == 1 and sign in rows[0][1][0] and all(len(cells) < 2 for _, cells in rows):
        inner = [(line, next(iter(csv.reader([cells[0]], delimiter=sign)), [])) for line, cells in rows if cells]
        problems.append(_said(file, "each line is quoted as a whole", "as if it were one cell"))
        return inner
    tries: list[tuple[dict[str, Any], str]] = []
    if f'{sign} "' in text[:_SAMPLE]:
        tries.append(({"skipinitialspace": True}, "spaces stand before the quotation marks of its cells"))
    if "\\" in text and '\\"' in text:
        tries.append(({"escapechar": "\\"}, "quotation marks inside its cells follow a backslash"))
        tries.append(({"escapechar": "\\", "doublequote": False}, tries[-1][1]))
    best = _misfits(rows) if tries else 0
    for options, why in tries:
        try:
            other = rows_of(text, sign, **options)
        except csv.Error:
            continue
        if (found := _misfits(other)) < best:
            best, rows = found, other
            problems.append(_said(file, "its cells are quoted in an unusual way", why))
    return rows


def _misfits(rows: list[Row]) -> int:
    """How many rows are not as wide as most; rows that swallowed lines count for each of them."""
    widths = Counter(len(cells) for _, cells in rows if cells)
    usual = widths.most_common(1)[0][0] if widths else 0
    swallowed = sum(cell.count("\n") for _, cells in rows for cell in cells)
    return sum(number for width, number in widths.items() if width != usual) + swallowed


def _said(file: str, what: str, why: str) -> Problem:
    return Problem(
        Place(file), "note", what, why, "It is read so, because its lines then have equally many cells.",
        "Look whether the first rows came out right; if not, ask for the file saved as CSV UTF-8 from a spreadsheet.",
    )  # fmt: skip


def unguarded(rows: list[Row], text: str, sign: str, file: str) -> list[Problem]:
    """Take off what keeps a spreadsheet from changing a number: ="00123" and '00123 are 00123.

    Prose that begins so keeps its signs, unless its whole column is guarded.
    """
    top = text[:_SAMPLE]
    if '="' not in top and not any(f"{before}'" in top for before in (sign, "\n", '"')):
        return []
    guarded = Counter(at for _, cells in rows for at, cell in enumerate(cells) if _GUARDED.fullmatch(cell))
    filled = Counter(at for _, cells in rows[1:] for at, cell in enumerate(cells) if cell.strip()) if guarded else {}
    found: list[tuple[int, str, str]] = []
    for line, cells in rows:
        for at, cell in enumerate(cells):
            if cell[:1] == "=":
                match = _GUARDED.fullmatch(cell)
                whole = guarded[at] > 1 and guarded[at] >= filled.get(at, 0)
                if match is None or not (whole or any(each.isdigit() for each in match[1])):
                    continue
                cells[at] = match[1]
            elif cell[:1] == "'" and _APOSTROPHE.fullmatch(cell):
                cells[at] = cell[1:]
            else:
                continue
            found.append((line, cell, cells[at]))
    if not found:
        return []
    line, was, now = found[0]
    return [
        Problem(
            Place(file, row=line),
            "note",
            f"{len(found)} cell{'s are' if len(found) > 1 else ' is'} guarded against a spreadsheet",
            f"a program wrote {was} so that its noughts are kept",
            f'The guard is taken off: "{now}".',
            "Nothing needs doing.",
        )
    ]


def parted(text: str, file: str, problems: list[Problem]) -> str:
    """The text without the marks that stand where one file was joined to another."""
    at = text.find("\ufeff")
    if at < 0:
        return text
    joins = [match.start() for match in re.finditer("(?<=[\n\r])\ufeff", text)]
    if not joins:
        return text
    lines = [text.count("\n", 0, join) + 1 for join in joins]
    problems.append(
        Problem(
            Place(file, row=lines[0]),
            "warning",
            f"{len(joins) + 1} files are joined in this one",
            f"a mark that begins a file stands in row {', '.join(map(str, lines[:8]))}",
            "They are read one after another, each under its own headings where it has any.",
            "Look whether a part stands twice.",
        )
    )
    return re.sub("(?<=[\n\r])\ufeff", "", text)
