"""Files of rows, as agencies send them: which bytes, which signs, which line holds the headings.

A reader takes a file and gives ``Sheet``s of rows, each with the line on which it starts, and the problems met. Nothing
is interpreted here and no cell is changed. ``loaders.formats.readers`` says which reader serves which kind of file.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.base.files import bytes_of
from kg.model.problem import Place, Problem
from loaders.formats.older_bytes import older_text

Row = tuple[int, list[str]]
"""Where a row starts in its file or sheet (lines counted from 1), and its cells as written."""

Score = Callable[[Sequence[str]], int]
"""How many headings of a return a row holds."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table of a file: its name ("" in a CSV file), its rows, headings and all, and the lines around it."""

    name: str
    rows: list[Row]
    above: tuple[str, ...] = ()
    below: tuple[str, ...] = ()


SIGNS = (",", ";", "\t", "|")
"""What may stand between two cells, in the order tried."""

LOOKED_AT = 30
"""How many rows from the top are searched for the headings."""

_LARGE = 200_000
_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"PK\x03\x04", "an Excel or Word file, or another zip archive"),
    (b"\xd0\xcf\x11\xe0", "an old Excel or Word file"),
    (b"%PDF", "a PDF"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"BM", "a picture"),
    (b"II*\x00", "a picture"),
    (b"MM\x00*", "a picture"),
    (b"{\\rtf", "a word processor's file"),
)
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def read_csv(path: Path, file: str, score: Score) -> tuple[tuple[Sheet, ...], list[Problem]]:
    """The rows of a CSV file, whatever sign stands between its cells. Raises OSError where it may not be read.

    UTF-8 and UTF-16 are recognised; other bytes are read as Windows-1252 and a Problem says so. A file that is no text
    gives no sheet and a Problem.
    """
    problems: list[Problem] = []
    data = bytes_of(path)
    text = decoded(data, file, problems)
    if text is None:
        return (), problems
    from loaders.formats.dialects import named_sign, parted, regular_rows, unguarded
    from loaders.formats.signs import mended, rare_signs

    text = parted(text, file, problems)
    sign = named_sign(text) or _sign(text, score)
    limit = csv.field_size_limit()
    csv.field_size_limit(max(limit, len(text) + 1))
    try:
        rows = regular_rows(text, sign, file, problems)
    finally:
        csv.field_size_limit(limit)
    if rows and '"' in text and text.count('"') % 2 and len(rows[-1][1]) and any("\n" in c for c in rows[-1][1]):
        problems.append(
            Problem(
                Place(file, row=rows[-1][0]),
                "error",
                "a quotation mark opens here or above and is never closed",
                "everything after it, to the end of the file, then belongs to one cell",
                "The lines are kept, word for word, in that one entry.",
                'Close the quotation mark, or double it ("") where it belongs to the text.',
            )
        )
    if len(text) > _LARGE:
        problems += _large_cells(rows, file)
    problems += unguarded(rows, text, sign, file)
    if f"{sign}=" in text or "\n=" in text or '"=' in text:
        problems += _formulas(rows, file)
    sheets, found = mended((Sheet("", rows),), file, text, rare_signs(data))
    return sheets, problems + found


def decoded(data: bytes, file: str, problems: list[Problem]) -> str | None:
    """The text of a file, or None if it holds none; what had to be assumed is added to ``problems``."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            try:
                return data.decode(encoding).lstrip("\ufeff")
            except UnicodeDecodeError:
                return _damaged(data.decode(encoding, "replace").lstrip("\ufeff"), file, problems)
    for signature, what in _SIGNATURES:
        if data.startswith(signature) and (b"\0" in data[:4096] or signature != b"BM"):
            problems.append(_no_text(file, f"the file is {what}, whatever its name says"))
            return None
    if b"\0" in data:
        encoding = _unmarked_utf16(data)
        if encoding:
            return _damaged(data.decode(encoding, "replace"), file, problems, "has no mark that says how it is written")
        if data.count(0) > len(data) // 200:
            problems.append(_no_text(file, "the file holds bytes that belong to no text"))
            return None
        problems.append(_stray(file, data))
        data = data.replace(b"\0", b"?")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as reason:
        line = data.count(b"\n", 0, reason.start) + 1
    text, way = older_text(data)
    problems.append(
        Problem(
            Place(file, row=line),
            "note",
            "the file is not written in UTF-8",
            "it holds signs as older programs write them, first on this line",
            f"It was read as {way if way[0].isupper() else 'text as ' + way + ' it'}."
            + (" Some signs could not be read." if "\ufffd" in text else ""),
            "Look whether names, pound signs and quotation marks came out right; if not, save it as CSV UTF-8.",
        )
    )
    return text


def _damaged(text: str, file: str, problems: list[Problem], what: str = "is damaged in places") -> str:
    problems.append(
        Problem(
            Place(file),
            "warning",
            f"the file {what}",
            "its text is UTF-16, and not all of it is sure",
            "It was read as UTF-16; signs that could not be read show as \ufffd.",
            "Save it again as CSV UTF-8.",
        )
    )
    return text


def _stray(file: str, data: bytes) -> Problem:
    return Problem(
        Place(file, row=data.count(b"\n", 0, data.index(0)) + 1),
        "warning",
        "the file holds bytes that stand for no sign",
        "they come from damage on the way, first on this line",
        "Each is shown as a question mark; everything else is read.",
        "Ask the agency to send the file again.",
    )


def _unmarked_utf16(data: bytes) -> str:
    sample = data[:4000]
    half = len(sample) // 2
    if half and sample[1::2].count(0) > 0.7 * half and not sample[0::2].count(0):
        return "utf-16-le"
    if half and sample[0::2].count(0) > 0.7 * half and not sample[1::2].count(0):
        return "utf-16-be"
    return ""


def _no_text(file: str, why: str) -> Problem:
    return Problem(
        Place(file),
        "error",
        "this file is not a table of text",
        why,
        "Nothing was read from it; the agency's silence says nothing.",
        "Ask the agency for the table itself, saved as CSV UTF-8.",
    )


def _sign(text: str, score: Score) -> str:
    """What stands between cells: the sign under which the rows at the top hold most headings."""
    end = text.find("\n")
    first = text[:end] if 0 < end < 4000 else text[:4000]
    if '"' not in first:
        for sign in SIGNS[:3]:
            if sign in first and score(first.rstrip("\r").split(sign)) >= 3:
                return sign
    best, chosen = (0, 0, 0), SIGNS[0]
    for sign in SIGNS:
        rows = _top(text, sign)
        widths = Counter(len(cells) for cells in rows if len(cells) > 1)
        width, alike = max(widths.items(), key=lambda each: (each[1], each[0]), default=(0, 0))
        found = max(map(score, rows), default=0), alike, width
        if found > best and (found[0] or width):
            best, chosen = found, sign
    return chosen


def _top(text: str, sign: str) -> list[list[str]]:
    rows: list[list[str]] = []
    try:
        for cells in csv.reader(io.StringIO(text[:60_000], newline=""), delimiter=sign):
            rows.append(cells)
            if len(rows) >= LOOKED_AT:
                break
    except csv.Error:
        pass
    return rows


def _large_cells(rows: list[Row], file: str) -> list[Problem]:
    return [
        Problem(
            Place(file, row=line),
            "warning",
            f"a cell holds {max(map(len, cells)):,} characters",
            "so long a text is seldom one contact; perhaps a quotation mark is missing or a whole file was pasted",
            "It is kept, word for word.",
            "Look at the row, and part it into entries if it holds several.",
        )
        for line, cells in rows
        if cells and max(map(len, cells)) > _LARGE
    ]


def _formulas(rows: list[Row], file: str) -> list[Problem]:
    found = [(line, cell) for line, cells in rows for cell in cells if cell.startswith("=") and cell.strip("= ")]
    if not found:
        return []
    line, cell = found[0]
    more = f" The same holds for {len(found) - 1} more cells." if len(found) > 1 else ""
    shown = cell if len(cell) <= 60 else f"{cell[:59]}…"
    return [
        Problem(
            Place(file, row=line),
            "warning",
            f'"{shown}" is a formula',
            "what a spreadsheet would show for it is not in the file",
            f"The formula is kept as text and never calculated.{more}",
            "In the spreadsheet, copy the column and paste it as values, then save again.",
        )
    ]
