"""Excel workbooks: every sheet with its cells as they show, dates as days and numbers as they were written.

Real dates come out as day/month/year, so that they read as text dates do. Rows and sheets that are hidden are read and
said to be hidden; comments travel with their row. Formulas give what Excel last showed for them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from kg.model.problem import Place, Problem
from loaders.formats.excel_beside import said_beside
from loaders.formats.excel_counts import bare_numbers
from loaders.formats.excel_limits import within_limits
from loaders.formats.excel_shown import Drawing, Shown, column_of, drawing, errors_said, shown_on
from loaders.formats.grid import Beside, Grid, Joined, best_row
from loaders.formats.number_formats import clock, day, general
from loaders.formats.office import Package, Unsound, comments_lost, damaged, open_package, said_of_macros
from loaders.formats.tables import Score, Sheet
from loaders.rows.roster import short

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

Value = bool | int | float | str | date | datetime | time | timedelta

_HIDDEN_ROW = re.compile(rb"<(?:\w+:)?row\b(?=[^<>]*\shidden=[\"'](?:1|true)[\"'])[^<>]*?\sr=[\"'](\d+)[\"']")
_HIDDEN_COLUMN = re.compile(rb"<(?:\w+:)?col\b[^<>]*\shidden=[\"'](?:1|true)[\"']")
_FORMULA = re.compile(rb"<(?:\w+:)?f[ />]")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_THREADED = "[Threaded comment]"


@dataclass(frozen=True, slots=True)
class _Part:
    """What the XML of a sheet says beside its values."""

    name: str = ""
    data: bytes = b""
    comments: tuple[tuple[int, int, str], ...] = ()
    lost: bool = False


def read_excel(path: Path, file: str, score: Score) -> tuple[tuple[Sheet, ...], list[Problem]]:
    """The sheets of a workbook, by their own names.

    At most 50 MB unpacked, and 200,000 rows a sheet, are read. A file that cannot be read gives no sheet and a Problem.
    Raises OSError where the file may not be opened.
    """
    try:
        package = open_package(path, "Excel", ("[Content_Types]", "_rels/", "xl/"))
        return _read(package, file, score)
    except Unsound as reason:
        return (), [reason.at(file)]


def _read(package: Package, file: str, score: Score) -> tuple[tuple[Sheet, ...], list[Problem]]:
    main = package.main("xl/workbook.xml")
    parts = _parts(package, main)
    package, stray = within_limits(package)
    how = drawing(package, main)
    problems = [said_of_macros(file)] if package.macros else []
    problems += _stray(stray, parts, file)
    if any(part.lost for part in parts.values()):
        problems.append(comments_lost(file))
    sheets = []
    met: dict[str, str] = {}
    from python_calamine import SheetTypeEnum, SheetVisibleEnum

    workbook = _opened(package)
    for about in workbook.sheets_metadata:
        if about.typ != SheetTypeEnum.WorkSheet:
            continue
        part = parts.get(about.name, _Part())
        if part.name and met.setdefault(part.name, about.name) != about.name:
            continue
        grid, found = _grid(workbook, about.name, part, how, score, file)
        found += said_beside(package, part.name, Place(file, about.name), empty=grid is None)
        if grid is None:
            problems += found
            continue
        rows, drawn = grid.rows(score, file, about.name)
        if about.visible != SheetVisibleEnum.Visible:
            problems.append(_hidden_sheet(file, about.name))
        problems += found + drawn
        sheets.append(Sheet(about.name, rows))
    problems += _renamed([(name, part.name) for name, part in parts.items()], met, file)
    if not sheets:
        problems.append(
            Problem(
                Place(file),
                "error",
                "the workbook is empty",
                "none of its sheets holds a filled cell",
                "The agency's silence says nothing.",
                "Ask the agency to send its return again.",
            )
        )
    return tuple(sheets), problems


def _opened(package: Package) -> CalamineWorkbook:
    from python_calamine import CalamineWorkbook

    try:
        return CalamineWorkbook.from_filelike(package.repacked())
    except BaseException as reason:  # the library stops with exceptions of its own beside Python's
        raise _not_followed(reason) from None


def _not_followed(reason: BaseException) -> BaseException:
    """A library's exception as an Unsound file; what is no fault of the file is left as it is."""
    if isinstance(reason, (KeyboardInterrupt, SystemExit, GeneratorExit, MemoryError, Unsound)):
        return reason
    return damaged("its sheets contradict one another or break off")


# --- what the XML says beside the values --------------------------------------------------------------------------


def _parts(package: Package, main: str) -> dict[str, _Part]:
    """The sheets of a workbook by name, each with its XML and its comments."""
    root = package.root(main)
    if root is None:
        raise damaged("it holds no list of its sheets")
    names = {id: part for id, kind, part in package.related(main) if kind in ("worksheet", "")}
    found: dict[str, _Part] = {}
    met: dict[str, _Part] = {}
    for sheet in root.iter():
        if sheet.tag.rpartition("}")[2] != "sheet":
            continue
        id = next((value for key, value in sheet.attrib.items() if key.rpartition("}")[2] == "id"), "")
        part = names.get(id, "")
        data = package.parts.get(part, b"")
        if part in met:
            found[sheet.get("name", "")] = met[part]
            continue
        try:
            found[sheet.get("name", "")] = _Part(part, data, tuple(_comments(package, part)))
        except Unsound:
            found[sheet.get("name", "")] = _Part(part, data, lost=True)
        if part:
            met[part] = found[sheet.get("name", "")]
    return found


def _renamed(names: Iterable[tuple[str, str]], met: Mapping[str, str], file: str) -> Iterator[Problem]:
    """Say which names lead to a sheet that was read under another name already."""
    again = [name for name, part in names if part in met and met[part] != name]
    if again:
        yield Problem(
            Place(file, again[0]),
            "warning",
            f"{len(again)} name{'s lead' if len(again) > 1 else ' leads'} to a sheet that has another name already",
            "; ".join(short(name) for name in again[:8]) + (f" and {len(again) - 8} more" if len(again) > 8 else ""),
            "The sheet was read once.",
            "Open the workbook in Excel and save it again; if a sheet is missing then, ask the agency for it.",
        )


def _comments(package: Package, part: str) -> Iterator[tuple[int, int, str]]:
    """The comments of a sheet: row and column counted from 0, and the words. Threads replace the note that stands in."""
    if not part:
        return
    for _, kind, name in package.related(part):
        if kind not in ("comments", "threadedComment"):
            continue
        root = package.root(name)
        for comment in root.iter() if root is not None else ():
            if comment.tag.rpartition("}")[2] not in ("comment", "threadedComment"):
                continue
            at = re.fullmatch(r"\$?([A-Za-z]{1,3})\$?(\d{1,7})", comment.get("ref", ""), re.ASCII)
            said = (each.text or "" for each in comment.iter() if each.tag.rpartition("}")[2] in ("t", "text"))
            words = "".join(said).strip()
            if at and words and not words.startswith(_THREADED):
                yield int(at[2]) - 1, column_of(at[1].encode()), words


# --- cells --------------------------------------------------------------------------------------------------------


def _grid(
    workbook: CalamineWorkbook, name: str, part: _Part, how: Drawing, score: Score, file: str
) -> tuple[Grid | None, list[Problem]]:
    try:
        sheet = workbook.get_sheet_by_name(name)
        values = sheet.to_python()
        first_row, first_column = sheet.start or (0, 0)
        merged = sheet.merged_cell_ranges or []
    except BaseException as reason:
        raise _not_followed(reason) from None
    if not values:
        return None, []
    timed = any(isinstance(value, datetime) for row in values for value in row)
    shown = shown_on(part.data, how, timed=timed)
    far = max((max(each.column for each in shown.wrong) + 1 - first_column) if shown.wrong else 0, 0)
    width = max(*map(len, values), far) if len(values) > 1 else max(len(values[0]), far)
    cells = [[_words(value) for value in row] + [""] * (width - len(row)) for row in values]
    for (row, column), words in shown.words.items():
        if 0 <= row - first_row < len(cells) and 0 <= column - first_column < width:
            cells[row - first_row][column - first_column] = words
    lines = [first_row + at + 1 for at in range(len(cells))]
    problems = _errors(shown, cells, first_row, first_column, score, Place(file, name))
    if not any(any(row) for row in cells):
        return None, []
    joined = [
        Joined(max(top - first_row, 0), max(left - first_column, 0), min(bottom - first_row, len(cells) - 1),
               min(right - first_column, width - 1))
        for (top, left), (bottom, right) in merged[:20_000]
        if first_row <= top <= bottom and first_column <= left <= right
    ]  # fmt: skip
    beside = [Beside(row - first_row, column - first_column, words) for row, column, words in part.comments]
    problems += bare_numbers(values, cells, lines, score, how.first, Place(file, name))
    problems += _hidden(part, lines, cells, Place(file, name))
    struck = [each._replace(row=each.row - first_row, column=each.column - first_column) for each in shown.struck]
    return Grid(lines, cells, joined, beside, struck), problems


def _errors(
    shown: Shown, cells: list[list[str]], first_row: int, first_column: int, score: Score, place: Place
) -> list[Problem]:
    if not shown.wrong:
        return []
    top = best_row(cells, score)
    at = {first_row + row: row for row in range(len(cells))}
    wrong = [each._replace(column=each.column - first_column) for each in shown.wrong]
    return errors_said(wrong, cells, at, cells[top] if top >= 0 else [], place)


def _stray(stray: dict[str, list[str]], parts: dict[str, _Part], file: str) -> list[Problem]:
    """Say which cells far from their tables were passed over, with their words."""
    return [
        Problem(
            Place(file, name),
            "warning",
            "cells stand far from the table",
            "; ".join(stray[part.name][:20]),
            "The table is read without them; their words are shown here only.",
            "Delete what stands far below or beside the table, and save it again.",
        )
        for name, part in parts.items()
        if stray.get(part.name)
    ]


def _words(value: Value) -> str:
    """A value as a person would write it: 7.0 is "7", a date day/month/year, a time hours and minutes."""
    if isinstance(value, str):
        return _ESCAPED.sub(_sign, value) if "_x" in value else value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return general(value)
    if isinstance(value, datetime):
        value = _rounded(value)
        said = clock(value.time())
        return f"{day(value)} {said if said != '00:00' else '00:00:00'}"  # midnight: most likely no time at all
    if isinstance(value, date):
        return day(value)
    if isinstance(value, time):
        return clock(_rounded(datetime.combine(date(2000, 1, 1), value)).time())
    if isinstance(value, timedelta):
        minutes, seconds = divmod(round(value.total_seconds()), 60)
        return f"{minutes // 60:02d}:{minutes % 60:02d}" + (f":{seconds:02d}" if seconds else "")
    return str(value)


def _sign(found: re.Match[str]) -> str:
    code = int(found[1], 16)
    return found[0] if 0xD800 <= code <= 0xDFFF or not code else chr(code)


def _rounded(value: datetime) -> datetime:
    """A moment to the second: Excel counts in fractions of a day, which miss the second by a little."""
    if not value.microsecond:
        return value
    down = value.replace(microsecond=0)
    return down + timedelta(seconds=1) if value.microsecond >= 500_000 and down.year < 9999 else down


# --- what a person does not see -----------------------------------------------------------------------------------


def _hidden(part: _Part, lines: list[int], cells: list[list[str]], place: Place) -> list[Problem]:
    problems = []
    if b"hidden" in part.data:
        filled = {line for line, row in zip(lines, cells, strict=True) if any(cell.strip() for cell in row)}
        rows = sorted({int(number[:9]) for number in _HIDDEN_ROW.findall(part.data)} & filled)
        if rows:
            shown = ", ".join(map(str, rows[:8])) + (f" and {len(rows) - 8} more" if len(rows) > 8 else "")
            problems.append(
                Problem(
                    Place(place.file, place.sheet, rows[0]),
                    "warning",
                    f"{len(rows)} row{'s are' if len(rows) > 1 else ' is'} hidden (row {shown})",
                    "a filter or a person hid them; they do not show in Excel, but they are in the file",
                    "They are read like every other row.",
                    "Ask the agency whether they belong to its return.",
                )
            )
        if _HIDDEN_COLUMN.search(part.data):
            problems.append(
                Problem(
                    place,
                    "note",
                    "columns are hidden",
                    "they do not show in Excel, but they are in the file",
                    "They are read like every other column.",
                    "Ask the agency whether they belong to its return.",
                )
            )
    if formulas := len(_FORMULA.findall(part.data)):
        problems.append(
            Problem(
                place,
                "note",
                f"{formulas} cell{'s are' if formulas > 1 else ' is'} calculated by a formula",
                "nothing is calculated here",
                "What Excel last showed for them is read; blank or 0 where it never showed anything.",
                "In Excel, copy the columns and paste them as values, then save again.",
            )
        )
    return problems


def _hidden_sheet(file: str, name: str) -> Problem:
    return Problem(
        Place(file, name),
        "warning",
        f"the sheet {short(name)} is hidden",
        "it does not show in Excel, but it is in the file",
        "It is read like every other sheet.",
        "Ask the agency whether it belongs to its return.",
    )
