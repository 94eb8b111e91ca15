"""Word documents: each table with its true cells, and the words around it.

Inserted text is text and deleted text is not, wherever changes were tracked; comments and footnotes travel with their
row. Both ways in which Word writes its files are read (the usual and the strict one).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree.ElementTree import Element

from kg.model.problem import Place, Problem
from loaders.formats.grid import Beside, Grid, Joined, best_row
from loaders.formats.office import Package, Unsound, comments_lost, damaged, open_package, said_of_macros
from loaders.formats.struck import Struck
from loaders.formats.tables import Score, Sheet
from loaders.formats.word_beside import said_beside
from loaders.formats.word_marks import (
    SYMBOL_FONTS,
    Numbers,
    attribute,
    field_said,
    name_of,
    on,
    sign,
    symbol,
    without_prompts,
)
from loaders.rows.roster import short

_ROWS = 200_000
_CELLS = 2_000_000
_SPAN = 200
_SKIPPED = frozenset((
    "pPr", "rPr", "tblPr", "tblGrid", "trPr", "tcPr", "sectPr", "sdtPr", "instrText", "delInstrText", "delText", "proofErr",
))  # fmt: skip
_GONE = frozenset(("del", "moveFrom"))
_CAME = frozenset(("ins", "moveTo"))
_WRITTEN = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_NOTED = {"commentReference": "comment", "footnoteReference": "footnote", "endnoteReference": "endnote"}


@dataclass(slots=True)
class _Beside:
    """What stands beside the words of a cell: comments and notes, and words that are struck out."""

    notes: list[str] = field(default_factory=list)
    struck: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Cell:
    start: int
    span: int
    words: str
    below: bool
    noted: _Beside
    number: str = ""


@dataclass(slots=True)
class _Table:
    rows: list[list[_Cell]] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)


def read_word(path: Path, file: str, score: Score) -> tuple[tuple[Sheet, ...], list[Problem]]:
    """The tables of a Word document, "table 1" on, with the lines above and below them.

    At most 50 MB unpacked and 200,000 rows are read. A file that cannot be read gives no table and a Problem. Raises
    OSError where the file may not be opened.
    """
    try:
        package = open_package(path, "Word", ("[Content_Types]", "_rels/", "word/"))
        return _Reading(package, file, score).read()
    except Unsound as reason:
        return (), [reason.at(file)]
    except RecursionError:
        return (), [damaged("its tables are nested deeper than can be followed").at(file)]


class _Reading:
    """One document being read: the notes it refers to, and what was met on the way."""

    def __init__(self, package: Package, file: str, score: Score) -> None:
        self.package = package
        self.file = file
        self.score = score
        self.met: Counter[str] = Counter()
        self.cells = 0
        self.main = package.main("word/document.xml")
        self.numbers = Numbers(package, self.main)
        self.notes: dict[tuple[str, str], str] = {}
        try:
            self.notes = dict(self._notes())
        except Unsound:
            self.met["notes lost"] = 1

    def read(self) -> tuple[tuple[Sheet, ...], list[Problem]]:
        root = self.package.root(self.main)
        body = next((each for each in root if name_of(each) == "body"), None) if root is not None else None
        if body is None:
            raise damaged("it holds no text")
        problems = [said_of_macros(self.file)] if self.package.macros else []
        if b"showingPlcHdr" in self.package.parts[self.main]:
            self.met["prompts"] = without_prompts(body)
        drawn: list[tuple[list[str], _Table]] = []
        around: list[str] = []
        loose = _Beside()
        for block in _blocks(body):
            if name_of(block) == "tbl":
                table = self._table(block)
                if any(cell.words.strip() or cell.noted.struck for row in table.rows for cell in row):
                    drawn.append((around, table))
                    around = []
            else:
                words = self._text(block, loose).strip()
                if words:
                    around.append(words)
        if not drawn:
            problems += said_beside(body, self.package, self.main, self.file)
            return (), [*problems, _no_table(self.file, around)]
        sheets = []
        for number, (above, table) in enumerate(drawn, 1):
            name = f"table {number}"
            rows, found = _grid(table, self.score).rows(self.score, self.file, name)
            problems += found
            below = tuple(around) if number == len(drawn) else ()
            sheets.append(Sheet(name, rows, tuple(above), below))
        problems += said_beside(body, self.package, self.main, self.file)
        return tuple(sheets), problems + self._met(loose)

    # --- tables ---------------------------------------------------------------------------------------------------

    def _table(self, tbl: Element) -> _Table:
        table = _Table()
        for number, tr in enumerate(_children(tbl, "tr"), 1):
            if number > _ROWS:
                raise Unsound("the table is too long", f"more than {_ROWS:,} rows", "Part it into several files.")
            row, at = [], 0
            properties = _child(tr, "trPr")
            if properties is not None:
                at = min(_number(_child(properties, "gridBefore"), 0), _SPAN)
            for tc in _children(tr, "tc"):
                noted = _Beside()
                own = _child(tc, "tcPr")
                span = min(max(_number(_child(own, "gridSpan"), 1), 1), _SPAN)
                merge = _child(own, "vMerge")
                below = merge is not None and attribute(merge, "val") != "restart"
                gone = _child(own, "cellDel") is not None
                words, counted = ("", "") if gone else self._cell_numbered(tc, noted)
                self.met["tracked"] += gone
                row.append(_Cell(at, span, words, below and not words.strip(), noted, counted))
                at += span
                self.cells += span
            if self.cells > _CELLS:
                raise _too_large()
            if properties is not None and _child(properties, "del") is not None:
                self.met["tracked"] += 1
                if not any(cell.words.strip() for cell in row):
                    self.met["deleted rows"] += 1
                    continue
            self._set_numbers(row)
            table.rows.append(row)
            table.lines.append(number)
        return table

    def _set_numbers(self, row: list[_Cell]) -> None:
        """Give cells that hold nothing but a number counted by Word that number, where the row says anything else."""
        counted = [cell for cell in row if cell.number]
        if counted and any(cell.words.strip() or cell.noted.struck for cell in row):
            for cell in counted:
                cell.words = cell.number
                self.met["numbered"] += 1

    def _cell_numbered(self, tc: Element, noted: _Beside) -> tuple[str, str]:
        """The words of a cell, and the number that Word counts for it if it holds nothing else."""
        self._counted: list[str] = []
        words = self._cell(tc, noted)
        number = self._counted[0] if len(self._counted) == 1 else ""
        return words, "" if words.strip() or noted.struck else number

    def _cell(self, tc: Element, noted: _Beside) -> str:
        said = []
        for block in _blocks(tc):
            if name_of(block) == "tbl":
                self.met["nested"] += 1
                for tr in _children(block, "tr"):
                    said.append(" | ".join(self._cell(inner, noted) for inner in _children(tr, "tc")))
            else:
                number = self.numbers.next(block)
                if number:
                    self._counted.append(number)
                said.append(self._text(block, noted))
        return "\n".join(said).rstrip("\n")

    # --- text -----------------------------------------------------------------------------------------------------

    def _text(self, element: Element, noted: _Beside) -> str:
        """The text of a paragraph as it would stand if every tracked change were accepted."""
        out: list[str] = []
        self._gather(element, out, noted)
        return "".join(out)

    def _gather(self, element: Element, out: list[str], noted: _Beside) -> None:
        for each in element:
            name = name_of(each)
            if name == "r":
                self._run(each, out, noted)
            elif name == "t":
                out.append(each.text or "")
            elif name == "sym":
                out.append(symbol(each))
            elif name == "fldChar":
                out.append(field_said(each))
            elif name in _WRITTEN:
                out.append(_WRITTEN[name])
            elif name in _SKIPPED:
                if name == "rPr" and _child(each, "vanish") is not None:
                    self.met["hidden"] += 1
            elif name in _GONE:
                self.met["tracked"] += 1
            elif name in _NOTED:
                words = self.notes.get((_NOTED[name], attribute(each, "id")))
                if words:
                    noted.notes.append(words)
            elif name == "AlternateContent":
                chosen = _child(each, "Choice")
                chosen = _child(each, "Fallback") if chosen is None or not len(chosen) else chosen
                if chosen is not None:
                    self._gather(chosen, out, noted)
            elif name == "txbxContent":
                out.append("\n" + "\n".join(self._text(block, noted) for block in _paragraphs(each)))
            else:
                self.met["tracked"] += name in _CAME
                self._gather(each, out, noted)

    def _run(self, run: Element, out: list[str], noted: _Beside) -> None:
        """The words of one run: signs where its font has signs for letters, set apart where it is struck through."""
        about = run[0] if len(run) else None  # where a run has properties, they stand first
        if about is None or not about.tag.endswith("}rPr"):
            self._gather(run, out, noted)
            return
        said: list[str] = []
        self._gather(run, said, noted)
        words = "".join(said)
        fonts = _child(about, "rFonts")
        font = (attribute(fonts, "ascii") or attribute(fonts, "hAnsi")) if fonts is not None else ""
        if font.casefold() in SYMBOL_FONTS and _child(run, "t") is not None:
            words = "".join(letter if letter.isspace() else sign(font, ord(letter)) for letter in words)
        struck = on(_child(about, "strike")) or on(_child(about, "dstrike"))
        (noted.struck if struck else out).append(words)

    def _notes(self) -> Iterator[tuple[tuple[str, str], str]]:
        """Comments, footnotes and endnotes: by kind and id, their words (and who wrote a comment)."""
        for _, kind, part in self.package.related(self.main):
            one = kind.removesuffix("s")
            if one not in _NOTED.values():
                continue
            root = self.package.root(part)
            for each in root if root is not None else ():
                words = "\n".join(self._text(p, _Beside()) for p in each.iter() if name_of(p) == "p").strip()
                if not words or attribute(each, "type") in ("separator", "continuationSeparator"):
                    continue
                author = attribute(each, "author") if one == "comment" else ""
                yield (one, attribute(each, "id")), f"{words} ({author})" if author else words

    # --- what was met ---------------------------------------------------------------------------------------------

    def _met(self, loose: _Beside) -> list[Problem]:
        found = [comments_lost(self.file)] if self.met["notes lost"] else []
        if changes := self.met["tracked"]:
            rows = self.met["deleted rows"]
            struck = f" Rows struck out whole, which are no entries: {rows}." if rows else ""
            found.append(
                self._note(
                    "warning",
                    f"{changes} change{'s are' if changes > 1 else ' is'} tracked in the document and not yet accepted",
                    "what was inserted or struck out may still be in dispute",
                    f"Inserted words are read; words struck out are not.{struck}",
                    "Ask the agency for its final version, or accept the changes in Word.",
                )
            )
        if self.met["hidden"]:
            found.append(
                self._note(
                    "note",
                    "some words are formatted as hidden",
                    "they do not show on the page, but they are in the document",
                    "They are read as text.",
                    "Ask the agency whether they belong to its return.",
                )
            )
        found += self._filled_in()
        if nested := self.met["nested"]:
            found.append(
                self._note(
                    "note",
                    f"{nested} table{'s stand' if nested > 1 else ' stands'} inside a cell of a table",
                    "a cell holds words, not rows",
                    'The words are kept in their cell, columns parted by "|".',
                    "If the inner rows are entries of their own, move them into the outer table.",
                )
            )
        if loose.notes or loose.struck:
            out = "".join(loose.struck).strip()
            said = "; ".join(short(words, 300) for words in [*loose.notes, *([f"struck out: {out}"] if out else [])])
            found.append(
                self._note(
                    "note",
                    "comments, footnotes or struck words stand outside the tables",
                    said,
                    "They belong to no entry, and are shown here only.",
                    "Read them.",
                )
            )
        return found

    def _filled_in(self) -> Iterator[Problem]:
        if numbered := self.met["numbered"]:
            yield self._note(
                "note",
                f"Word counts {numbered} cell{'s' if numbered > 1 else ''} of the tables itself",
                "the numbers stand on the page, but are not written in the document; they change when a row is added",
                "They are read as the page shows them, without the dot behind them.",
                "Nothing needs doing; ask for typed numbers if others refer to them.",
            )
        if prompts := self.met["prompts"]:
            yield self._note(
                "note",
                f"{prompts} field{'s were' if prompts > 1 else ' was'} never filled in",
                'only the prompt that Word shows stands there, such as "Choose an item."',
                "They are read as blank.",
                "Nothing needs doing.",
            )

    def _note(self, severity: str, what: str, why: str, done: str, remedy: str) -> Problem:
        return Problem(Place(self.file), severity, what, why, done, remedy)


def _grid(table: _Table, score: Score) -> Grid:
    """The table with each cell under its heading.

    Rows of as many cells as the headings follow these one by one, however the borders were dragged; other rows are laid
    out by where their cells begin.
    """
    top = best_row([[cell.words for cell in row] for row in table.rows], score)
    heads = table.rows[top] if top >= 0 else []
    starts = [cell.start for cell in heads]
    width = max((cell.start + cell.span for row in table.rows for cell in row), default=0)
    if width * len(table.rows) > _CELLS:
        raise _too_large()
    cells, joined, beside, struck = [], [], [], []
    open_below: dict[int, tuple[int, int]] = {}
    for at, row in enumerate(table.rows):
        words = [""] * width
        columns = starts if len(row) == len(heads) else _columns(row, starts, width)
        for cell, column in zip(row, columns, strict=True):
            words[column] = cell.words
            beside += [Beside(at, column, note) for note in cell.noted.notes]
            if cell.noted.struck:
                struck.append(Struck(at, column, cell.words, "".join(cell.noted.struck)))
            if cell.below and column in open_below:
                first, _ = open_below[column]
                open_below[column] = (first, at)
            else:
                if column in open_below and open_below[column][1] > open_below[column][0]:
                    first, last = open_below[column]
                    joined.append(Joined(first, column, last, column))
                open_below[column] = (at, at)
            if cell.span > 1:
                joined.append(Joined(at, column, at, min(column + cell.span, width) - 1))
        if len(row) == 1 and width > 1:
            joined.append(Joined(at, 0, at, width - 1))
        cells.append(words)
    joined += [Joined(first, column, last, column) for column, (first, last) in open_below.items() if last > first]
    return Grid(table.lines, cells, joined, beside, struck)


def _columns(row: list[_Cell], starts: list[int], width: int) -> list[int]:
    columns: list[int] = []
    for place, cell in enumerate(row):
        under = max((start for start in starts if start <= cell.start), default=cell.start)
        column = under if not columns or under > columns[-1] else columns[-1] + 1
        columns.append(min(column, width - len(row) + place))
    return columns


def _blocks(element: Element) -> Iterator[Element]:
    """The paragraphs and tables within, in their order, through every wrapping but not into each other."""
    for each in element:
        name = name_of(each)
        if name in ("p", "tbl"):
            yield each
        elif name == "AlternateContent":
            chosen = _child(each, "Choice")
            if chosen is not None:
                yield from _blocks(chosen)
        elif name not in _SKIPPED and name not in _GONE:
            yield from _blocks(each)


def _paragraphs(element: Element) -> Iterator[Element]:
    """Every paragraph within, those of tables too, but none that stands within another: a box drawn in one is part of it."""
    for each in element:
        if name_of(each) == "p":
            yield each
        elif name_of(each) != "Fallback":
            yield from _paragraphs(each)


def _children(element: Element, name: str) -> Iterator[Element]:
    """The rows of a table, or the cells of a row, through every wrapping but into no other table."""
    for each in element:
        own = name_of(each)
        if own == name:
            yield each
        elif own not in _SKIPPED and own not in ("tbl", "tr", "tc", "p"):
            yield from _children(each, name)


def _child(element: Element | None, name: str) -> Element | None:
    return next((each for each in element if name_of(each) == name), None) if element is not None else None


def _number(element: Element | None, default: int) -> int:
    words = attribute(element, "val") if element is not None else ""
    return int(words) if re.fullmatch(r"\d{1,6}", words, re.ASCII) else default


def _too_large() -> Unsound:
    return Unsound("the tables are too large", f"more than {_CELLS:,} cells", "Part them into several files.")


def _no_table(file: str, around: list[str]) -> Problem:
    words = sum(len(each) for each in around)
    return Problem(
        Place(file),
        "error",
        "the document holds no table",
        f"its {words:,} characters of running text have no rows" if words else "it holds no text at all",
        "None of it is an entry; the agency's silence says nothing.",
        "Ask the agency for a table with one row for each contact; the template has one.",
    )
