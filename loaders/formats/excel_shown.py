"""What the cells of a sheet show beyond their values: number formats, errors, and words that are struck through.

Values alone come from the library that reads workbooks; here the sheet's own XML says how they are drawn. It is only
read where a workbook has anything drawn that way.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from html import unescape
from typing import NamedTuple

from kg.model.problem import Place, Problem
from loaders.formats.number_formats import BUILT_IN, FROM_1900, FROM_1904, parsed, shown, shown_text
from loaders.formats.office import Package, Unsound
from loaders.formats.struck import Struck
from loaders.rows.roster import short

_ROW = re.compile(rb"<(?:\w+:)?row\b([^<>]*?)(?:/>|>(.*?)</(?:\w+:)?row>)", re.DOTALL)
_CELL = re.compile(rb"<(?:\w+:)?c(?=[\s/>])([^<>]*?)(?:/>|>(.*?)</(?:\w+:)?c>)", re.DOTALL)
_AT = re.compile(rb"\br=[\"']\$?([A-Za-z]*)\$?(\d*)[\"']")
_STYLE = re.compile(rb"\ss=[\"'](\d{1,6})[\"']")
_TYPE = re.compile(rb"\st=[\"'](\w+)[\"']")
_VALUE = re.compile(rb"<(?:\w+:)?v\b[^<>]*>(.*?)</(?:\w+:)?v>", re.DOTALL)
_FORMULA = re.compile(rb"<(?:\w+:)?f\b[^<>]*>(.*?)</(?:\w+:)?f>", re.DOTALL)
_INLINE = re.compile(rb"<(?:\w+:)?is\b[^<>]*>(.*?)</(?:\w+:)?is>", re.DOTALL)
_STRING = re.compile(rb"<(?:\w+:)?si\b[^<>]*?(?:/>|>(.*?)</(?:\w+:)?si>)", re.DOTALL)
_RUN = re.compile(rb"<(?:\w+:)?r>(.*?)</(?:\w+:)?r>", re.DOTALL)
_TEXT = re.compile(rb"<(?:\w+:)?t(?=[\s>])[^<>]*>(.*?)</(?:\w+:)?t>", re.DOTALL)
_READING_AID = re.compile(rb"<(?:\w+:)?rPh\b.*?</(?:\w+:)?rPh>", re.DOTALL)
_STRIKE = re.compile(rb"<(?:\w+:)?strike(?:\s+val=[\"'](\w+)[\"'])?\s*/>")
_ERROR = re.compile(rb"\st=[\"']e[\"']")


class Wrong(NamedTuple):
    """A cell that shows an error: where (counted from 0), which, and what was typed there."""

    row: int
    column: int
    error: str
    typed: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """How the cells of a workbook may be drawn: the number format and the strike of each style, and its first day.

    ``strings`` are the workbook's shared texts as XML, for those that are struck in part; () where none is.
    """

    codes: tuple[str, ...] = ()
    struck: frozenset[int] = frozenset()
    first: date = FROM_1900
    strings: tuple[bytes, ...] = ()


@dataclass(slots=True)
class Shown:
    """What the cells of one sheet show otherwise than their values: by row and column, counted from 0."""

    words: dict[tuple[int, int], str] = field(default_factory=dict)
    struck: list[Struck] = field(default_factory=list)
    wrong: list[Wrong] = field(default_factory=list)


def drawing(package: Package, main: str) -> Drawing:
    """How this workbook draws its cells; what cannot be read of it is as if it were not there."""
    book = package.parts.get(main, b"")
    early = re.search(rb"date1904=[\"'](?:1|true)[\"']", book) is not None
    strings: tuple[bytes, ...] = ()
    styles = b""
    for _, kind, part in package.related(main):
        data = package.parts.get(part, b"")
        if kind == "sharedStrings" and b"strike" in data:
            strings = tuple(found or b"" for found in _STRING.findall(data))
        elif kind == "styles":
            styles = data
    codes, struck = _styles(package, main) if styles else ((), frozenset())
    return Drawing(codes, struck, FROM_1904 if early else FROM_1900, strings)


def _styles(package: Package, main: str) -> tuple[tuple[str, ...], frozenset[int]]:
    part = next(part for _, kind, part in package.related(main) if kind == "styles")
    try:
        root = package.root(part)
    except Unsound:
        return (), frozenset()
    own: dict[str, str] = {}
    fonts: list[bool] = []
    codes: list[str] = []
    struck: set[int] = set()
    for group in root if root is not None else ():
        name = group.tag.rpartition("}")[2]
        for each in group:
            if name == "numFmts":
                own[each.get("numFmtId", "")] = each.get("formatCode", "")
            elif name == "fonts":
                strike = next((it for it in each if it.tag.rpartition("}")[2] == "strike"), None)
                fonts.append(strike is not None and strike.get("val", "1") not in ("0", "false", "off"))
            elif name == "cellXfs":
                id, font = each.get("numFmtId", "0"), each.get("fontId", "0")
                if font.isdecimal() and int(font) < len(fonts) and fonts[int(font)]:
                    struck.add(len(codes))
                codes.append(own.get(id) or (BUILT_IN.get(int(id), "") if id.isdecimal() else ""))
    return tuple(codes), frozenset(struck)


def shown_on(data: bytes, how: Drawing, *, timed: bool) -> Shown:
    """What the cells of a sheet show; ``timed``: some of its values hold a day and a time, so whole days matter too."""
    found = Shown()
    styles = {
        at
        for at, code in enumerate(how.codes)
        if at in how.struck or (code and not parsed(code).plain) or (timed and code and parsed(code).dated)
    }
    errors = _ERROR.search(data) is not None
    inline = b"strike" in data
    if not errors and not inline and not how.strings and not any(b's="%d"' % at in data for at in styles):
        return found
    for row, column, about, inner in cells_of(data):
        style, kind = _STYLE.search(about), _TYPE.search(about)
        at, kind_of = int(style[1]) if style else 0, kind[1] if kind else b"n"
        if kind_of == b"e":
            found.wrong.append(_wrong(row, column, inner))
        elif kind_of in (b"s", b"inlineStr") and (how.strings or inline or at in how.struck):
            _text_struck(found, row, column, _runs(kind_of, inner, how), struck=at in how.struck)
        elif at in styles:
            _drawn(found, row, column, kind_of, inner, how, at)
    return found


def cells_of(data: bytes) -> Iterator[tuple[int, int, bytes, bytes]]:
    """The cells of a sheet that hold anything: row and column counted from 0, their attributes and what is inside."""
    row = -1
    for line in _ROW.finditer(data):
        own = _AT.search(line[1])
        row = int(own[2]) - 1 if own and own[2] else row + 1
        column = -1
        for cell in _CELL.finditer(line[2] or b""):
            at = _AT.search(cell[1])
            column = column_of(at[1]) if at and at[1] else column + 1
            if cell[2]:
                yield row, column, cell[1], cell[2]


def column_of(letters: bytes) -> int:
    """The number of a column, counted from 0: A is 0, AA is 26."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number - 1


def _plain(data: bytes) -> str:
    return unescape(data.decode("utf-8", "replace"))


def _wrong(row: int, column: int, inner: bytes) -> Wrong:
    value, formula = _VALUE.search(inner), _FORMULA.search(inner)
    return Wrong(row, column, _plain(value[1]) if value else "an error", _plain(formula[1]) if formula else "")


def _drawn(found: Shown, row: int, column: int, kind: bytes, inner: bytes, how: Drawing, style: int) -> None:
    value = _VALUE.search(inner)
    if value is None or kind not in (b"n", b"str"):
        return
    code = how.codes[style]
    words: str | None = _plain(value[1])
    if kind == b"str":
        words = shown_text(words or "", code) if code else words
    else:
        try:
            words = shown(float(value[1]), code, how.first) if code else None
        except (ValueError, OverflowError):
            words = None
    if words is not None:
        found.words[row, column] = words
    if style in how.struck:
        found.struck.append(Struck(row, column, "", words))


def _runs(kind: bytes, inner: bytes, how: Drawing) -> bytes:
    if kind == b"inlineStr":
        text = _INLINE.search(inner)
        return text[1] if text else b""
    value = _VALUE.search(inner)
    at = int(value[1]) if value and value[1].strip().isdigit() and len(value[1]) < 9 else -1
    return how.strings[at] if 0 <= at < len(how.strings) else b""


def _text_struck(found: Shown, row: int, column: int, text: bytes, *, struck: bool) -> None:
    """A text, part of which may be struck: what stands, and what is struck out."""
    runs = _RUN.findall(_READING_AID.sub(b"", text)) if b"strike" in text else []
    if not runs:
        if struck:
            found.struck.append(Struck(row, column, "", None))
        return
    stands: list[str] = []
    out: list[str] = []
    for run in runs:
        strike = _STRIKE.search(run)
        through = struck if b"rPr" not in run else strike is not None and strike[1] not in (b"0", b"false")
        (out if through else stands).append("".join(_plain(each) for each in _TEXT.findall(run)))
    if "".join(out).strip():
        found.struck.append(Struck(row, column, "".join(stands), "".join(out)))


def errors_said(
    wrong: list[Wrong], cells: list[list[str]], lines: Mapping[int, int], headings: list[str], place: Place
) -> list[Problem]:
    """Put into each cell what it shows, with what was typed there, and say so: one Problem for each column and error."""
    alike: dict[tuple[int, str], list[Wrong]] = {}
    for each in wrong:
        row, column, error, typed = each
        if row not in lines or not 0 <= column < len(cells[lines[row]]):
            continue
        name = error == "#NAME?" and typed
        cells[lines[row]][column] = f'{error} (typed "{typed}")' if name else error
        alike.setdefault((column, error), []).append(each)
    problems = []
    for (column, error), those in alike.items():
        rows = ", ".join(str(each.row + 1) for each in those[:8])
        more = f" and {len(those) - 8} more" if len(those) > 8 else ""
        typed = next((each.typed for each in those if each.typed), "")
        heading = headings[column] if column < len(headings) else ""
        problems.append(
            Problem(
                Place(place.file, place.sheet, those[0].row + 1, " ".join(heading.split())),
                "warning",
                f"{len(those)} cell{'s show' if len(those) > 1 else ' shows'} the error {error} (row {rows}{more})",
                f"Excel could not work out what was typed: {short(typed)}" if typed else "Excel shows no value there",
                "What was meant is not known. The error is kept as the cell's words, with what was typed where it is no"
                " formula; no rule reads it.",
                "Open the file, write what was meant as plain words, and save it again.",
            )
        )
    return problems
