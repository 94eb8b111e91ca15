"""How large a workbook may be, and how one stray cell far from its table is kept from making it so."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape

from loaders.formats.excel_shown import cells_of, column_of
from loaders.formats.office import Package, Unsound

ROWS = 200_000
"""The most rows that a sheet may have."""

CELLS = 4_000_000
"""The most cells that a sheet may span, filled or not."""

TEXT = 200_000_000
"""The most characters that the cells of a workbook may hold together."""

FAR = 1_000
"""Cells this many rows, or columns, beyond all others are no part of the table, if they are few."""

FEW = 20
"""How many cells far from all others may be passed over, and said."""

_CELL = re.compile(rb"<(?:\w+:)?c\b[^<>]*?\sr=[\"']\$?([A-Za-z]+)\$?(\d+)[\"'][^<>]*(?<!/)>")
_TEXT_CELL = re.compile(rb"<(?:\w+:)?c\b[^<>]*?\st=[\"']s[\"'][^<>]*>\s*<(?:\w+:)?v\b[^<>]*>\s*(\d+)")
_ANY_ROW = re.compile(rb"<(?:\w+:)?row\b")
_ANY_CELL = re.compile(rb"<(?:\w+:)?c[ />]")
_STRING = re.compile(rb"<(?:\w+:)?si\b.*?</(?:\w+:)?si>|<(?:\w+:)?si\s*/>", re.DOTALL)
_DIMENSION = re.compile(rb"<(?:\w+:)?dimension\b[^<>]*?(?:/>|>\s*</(?:\w+:)?dimension>)")
_TABLE = re.compile(rb"(<(?:\w+:)?sheetData\b[^<>]*>)(.*)(</(?:\w+:)?sheetData>)", re.DOTALL)
_HELD = re.compile(rb"<(?:\w+:)?(?:v|t|f)\b[^<>]*>(.*?)<", re.DOTALL)


def within_limits(package: Package) -> tuple[Package, dict[str, list[str]]]:
    """The workbook with each sheet as large as its table, and the words of stray cells by the name of their part.

    What a sheet says of its own size is not believed. Raises Unsound where the cells would not fit into memory, since a
    sheet is laid out whole between its first and last cell.
    """
    parts = dict(package.parts)
    stray: dict[str, list[str]] = {}
    lengths: list[int] = []
    for name, data in parts.items():
        if name.endswith("sharedStrings.xml"):
            lengths = [len(string) for string in _STRING.findall(data)]
    longest, total = max(lengths, default=0), 0
    for name, data in package.parts.items():
        if b"sheetData" not in data:
            continue
        data = _DIMENSION.sub(b"", data, count=1)
        if _spans_too_much(data):
            data, stray[name] = _without_strays(data, package)
            if _spans_too_much(data):
                raise _too_wide()
        parts[name] = data
        if longest * len(data) > TEXT and longest * len(_ANY_CELL.findall(data)) > TEXT:
            total += sum(lengths[int(at)] for at in _TEXT_CELL.findall(data) if len(at) < 9 and int(at) < len(lengths))
            if total > TEXT:
                raise _too_wide()
    return replace(package, parts=parts), stray


def _spans_too_much(data: bytes) -> bool:
    places = _CELL.findall(data)
    rows, filled = len(_ANY_ROW.findall(data)), len(_ANY_CELL.findall(data))
    height = max(rows, max((int(number[:9]) for _, number in places), default=0))
    width = max((column_of(letters[:9]) + 1 for letters in {letters for letters, _ in places}), default=0)
    width = max(width, filled - len(places))
    return rows > ROWS or height * width > CELLS


def _without_strays(data: bytes, package: Package) -> tuple[bytes, list[str]]:
    """A sheet without its blank cells and rows, and without a few cells that stand far from all others."""
    table = _TABLE.search(data)
    if table is None:
        return data, []
    cells = [cell for cell in cells_of(data) if (held := _HELD.search(cell[3])) and held[1].strip()]
    if len(cells) > CELLS:
        raise _too_wide()
    last_row, last_column = _edge([cell[0] for cell in cells]), _edge([cell[1] for cell in cells])
    kept: dict[int, list[bytes]] = {}
    far = []
    for row, column, about, inner in cells:
        if row > last_row or column > last_column:
            far.append(f"{_letters(column)}{row + 1}: {_said(about, inner, package)}")
            continue
        about = re.sub(rb"\sr=[\"'][^\"']*[\"']", b"", about)
        at = f"{_letters(column)}{row + 1}".encode()
        kept.setdefault(row, []).append(b'<c r="%s"%s>%s</c>' % (at, about, inner))
    rows = (b'<row r="%d">%s</row>' % (row + 1, b"".join(those)) for row, those in sorted(kept.items()))
    if _prefixed(table[1]):
        return data, []
    if not far:
        far.append(_last(data))
    return data[: table.start()] + table[1] + b"".join(rows) + table[3] + data[table.end() :], far


def _last(data: bytes) -> str:
    """The blank cell or row that stands farthest from the table, for a person to find it."""
    places = [(int(number[:9]), letters.decode().upper()) for letters, number in _CELL.findall(data)]
    row, letters = max(places, default=(len(_ANY_ROW.findall(data)), "A"))
    return f"{letters}{row}: blank, but kept in the file"


def _prefixed(tag: bytes) -> bool:
    return b":" in tag.split(b" ")[0]


def _edge(places: list[int]) -> int:
    """The last row or column of the table: before a wide gap, if only few cells stand beyond it."""
    ordered = sorted(places)
    for back in range(1, min(FEW, len(ordered) - 1) + 1):
        if ordered[-back] - ordered[-back - 1] >= FAR:
            return ordered[-back - 1]
    return ordered[-1] if ordered else 0


def _letters(column: int) -> str:
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _said(about: bytes, inner: bytes, package: Package) -> str:
    held = _HELD.search(inner)
    words = unescape(held[1].decode("utf-8", "replace")) if held else ""
    if b't="s"' in about and words.isdecimal():
        strings = next((data for name, data in package.parts.items() if name.endswith("sharedStrings.xml")), b"")
        found = _STRING.findall(strings)
        whole = found[int(words)] if len(words) < 9 and int(words) < len(found) else b""
        words = unescape(re.sub(rb"<[^>]*>", b"", whole).decode("utf-8", "replace"))
    return f'"{words[:80]}"'


def _too_wide() -> Unsound:
    return Unsound(
        "a sheet is too large",
        f"it spans more than {ROWS:,} rows or {CELLS:,} cells, or repeats a long text too often",
        "Delete what stands far below or beside the table, and save it again; or save each table as CSV UTF-8.",
    )
