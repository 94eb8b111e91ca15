"""A blank return as an Excel workbook: drop-downs, checks, guidance and the words to choose from.

Cells are text, whatever sign they begin with: nothing is ever a formula or a link. The same review gives the same bytes.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from kg.handling.marking import MARKING
from kg.model.review import Agency, Review
from kg.office.form import INDISPENSABLE, MADE, WORKED, Column, Filled, columns, guidance, steady, worked
from kg.terms.tables import Terms

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

HEAD = 4
"""The row of the headings, counted from 0; above it stand marking, agency, what each column means, and a worked example."""

SCREEN = 178
"""How wide the first columns may be together, in Excel's units, to fit a laptop's screen of 1366 dots."""

ROWS = 3000
"""How many rows have drop-downs and checks."""

CELL = 32_767
"""The most characters that an Excel cell can hold."""

_WIDTHS = {
    "ref": 7, "date": 11, "time": 7, "learnt": 11, "written": 11, "source": 13, "people": 14, "about": 12,
    "professional": 14, "unit": 12, "contact": 14, "what-happened": 44, "seen": 7, "said": 17, "indicators": 16,
    "response": 17, "shared-with": 14, "shared-what": 12, "received-from": 14, "answers": 12, "comment": 22,
}  # fmt: skip


_ESCAPED = re.compile(r"[\x00-\x08\x0b-\x1f]|_x[0-9a-fA-F]{4}_")


def stored(words: str) -> int:
    """How many characters a cell takes in the file: a sign that steers a machine takes seven, a rare letter two."""
    if words.isascii() and words.isprintable() and "_x" not in words:
        return len(words)
    return len(words.encode("utf-16-le", "surrogatepass")) // 2 + 6 * len(_ESCAPED.findall(words))


def fitting(words: str, most: int = CELL) -> str:
    """As much of some words, from their beginning, as a cell takes in ``most`` characters of the file."""
    if stored(words) <= most:
        return words
    low, high = 0, min(len(words), most)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if stored(words[:middle]) <= most else (low, middle - 1)
    return words[:low]


class TooLong(ValueError):
    """A cell that Excel cannot hold; the message says which and what to do, for people."""


def workbook_template(review: Review, terms: Terms, agency: Agency, filled: Filled = ()) -> bytes:
    """A return for one agency as an Excel workbook, blank or with rows already in it. Its bytes depend on nothing else.

    Raises TooLong where a cell of ``filled`` holds more than Excel allows.
    """
    book, out = new_workbook(f"Chronology of {agency.name}", review.title)
    shown = _those_in_use_first(columns(review, terms, agency, filled))
    sheet = book.add_worksheet("Return")
    advice = book.add_worksheet("Guidance")
    lists = book.add_worksheet("Words")
    places = _write_words(book, lists, shown)
    _write_guidance(book, advice, review, terms, agency)
    _write_return(book, sheet, shown, places, filled)
    _write_above(book, sheet, review, agency, shown, worked(terms, shown))
    print_setup(sheet)
    print_setup(advice, landscape=False, down=1)
    print_setup(lists, across=2)
    sheet.repeat_rows(HEAD)
    lists.repeat_rows(2)
    book.close()
    return steady(out.getvalue())


def _those_in_use_first(shown: Sequence[Column]) -> tuple[Column, ...]:
    """The columns that nearly every row needs, on the first screen; the others to the right of them, in their order."""
    first = [name for name, _ in WORKED]
    return tuple(sorted(shown, key=lambda column: column.notation not in first))


def new_workbook(title: str, subject: str) -> tuple[Workbook, io.BytesIO]:
    """An empty workbook in memory in which no text ever becomes a formula, a number or a link."""
    from xlsxwriter import Workbook

    out = io.BytesIO()
    book = Workbook(
        out,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "default_format_properties": {"font_name": "Arial", "font_size": 10},
        },
    )
    book.set_properties({"title": title, "subject": subject, "comments": MARKING, "created": MADE})
    return book, out


def print_setup(sheet: Worksheet, *, landscape: bool = True, across: int = 1, down: int = 0) -> None:
    """A3 pages across the table (portrait: A4), with the marking at the head and the page's number at the foot."""
    if landscape:
        sheet.set_landscape()
    sheet.set_paper(8 if landscape else 9)
    sheet.set_margins(left=0.4, right=0.4, top=0.7, bottom=0.6)
    sheet.fit_to_pages(across, down)
    sheet.set_header(f"&C&B{MARKING}")
    sheet.set_footer("&L&A&RPage &P of &N")


def height_of(cells: Sequence[tuple[str, float]], size: float = 10) -> float:
    """How high a row must be, in points, to show texts in columns of these widths: Excel's most is 409."""
    lines = max((_lines(words, width) for words, width in cells), default=1)
    return min(409.0, lines * size * 1.28 + 3)


def _lines(words: str, width: float) -> int:
    """On how many lines words will stand: narrow columns break more often than their width alone says."""
    room = max(1, int(width * (1.17 if width > 24 else 0.95)))
    return sum(max(1, -(-len(line) // room)) for line in words.split("\n"))


def _write_return(
    book: Workbook,
    sheet: Worksheet,
    shown: Sequence[Column],
    places: dict[str, str],
    filled: Filled,
) -> None:
    head = {"bold": True, "text_wrap": True, "valign": "vcenter", "border": 1, "font_color": "#FFFFFF"}
    usual = book.add_format({**head, "bg_color": "#1F3864"})
    needed = book.add_format({**head, "bg_color": "#7B2D00"})
    text = book.add_format(
        {"num_format": "@", "text_wrap": True, "valign": "top", "border": 1, "border_color": "#BFBFBF"}
    )
    for at, column in enumerate(shown):
        sheet.set_column(at, at, _WIDTHS.get(column.notation, 18), text)
        sheet.write_string(HEAD, at, column.label, needed if column.notation in INDISPENSABLE else usual)
        sheet.data_validation(HEAD + 1, at, HEAD + ROWS, at, _validation(column, places))
    sheet.set_row(HEAD, 30)
    sheet.freeze_panes(HEAD + 1, 2)
    sheet.autofilter(HEAD, 0, HEAD + max(ROWS, len(filled)), len(shown) - 1)
    _write_checks(book, sheet, shown)
    widths = [float(_WIDTHS.get(column.notation, 18)) for column in shown]
    for row, cells in enumerate(filled, HEAD + 1):
        words_of = [cells.get(column.notation, "") for column in shown]
        sheet.set_row(row, height_of([*zip(words_of, widths, strict=True)]))
        for at, column in enumerate(shown):
            if words := cells.get(column.notation, ""):
                if (long := len(words)) > CELL or (long := stored(words)) > CELL:
                    raise TooLong(
                        f"{cells.get('ref') or f'row {row + 1}'}, {column.label}: the cell holds {long:,} characters, "
                        f"and Excel allows {CELL:,}. Write a Word document (.docx) instead."
                    )
                sheet.write_string(row, at, words, text)


def _write_above(
    book: Workbook,
    sheet: Worksheet,
    review: Review,
    agency: Agency,
    shown: Sequence[Column],
    example: Mapping[str, str],
) -> None:
    """Above the headings: whose return it is, how to fill it in, and one worked example that is never read."""
    plain = book.add_format()
    made = book.add_format(
        {
            "italic": True,
            "text_wrap": True,
            "valign": "top",
            "font_color": "#404040",
            "bg_color": "#EFEFEF",
            "top": 3,
            "bottom": 3,
        }
    )
    sheet.write_string(
        0, 0, f"{MARKING} · Review: {review.title}", book.add_format({"bold": True, "font_color": "#9C0006"})
    )
    sheet.write_string(1, 0, f"Return of: {agency.name}", book.add_format({"bold": True, "font_size": 14}))
    sheet.write_string(
        2, 0,
        "Fill in from below the headings, one row a contact; only Date and What happened are needed. Choose a cell to see what "
        "it is for. The grey row shows how: it is made up, and is not read.",
        book.add_format({"italic": True, "font_color": "#404040"}),
    )  # fmt: skip
    for row, height in enumerate((None, 20, None)):
        sheet.set_row(row, height, plain)
    widths = [float(_WIDTHS.get(column.notation, 18)) for column in shown]
    cells = [example.get(column.notation, "") for column in shown]
    sheet.set_row(HEAD - 1, height_of([*zip(cells, widths, strict=True)]), plain)
    for at, words in enumerate(cells):
        if words:
            sheet.write_string(HEAD - 1, at, words, made)
        elif shown[at].notation in dict(WORKED):
            sheet.write_blank(HEAD - 1, at, None, made)


def _write_checks(book: Workbook, sheet: Worksheet, shown: Sequence[Column]) -> None:
    """Colours for what is missing where a row has been begun, and for a Ref that stands twice."""
    from xlsxwriter.utility import xl_col_to_name

    missing = book.add_format({"bg_color": "#FFC7CE"})
    twice = book.add_format({"bg_color": "#FFEB9C"})
    last = xl_col_to_name(len(shown) - 1)
    first = HEAD + 2
    for at, column in enumerate(shown):
        name = xl_col_to_name(at)
        if column.notation in INDISPENSABLE:
            formula = f'=AND(COUNTA($A{first}:${last}{first})>0,TRIM(${name}{first})="")'
            rule = {"type": "formula", "criteria": formula, "format": missing}
            sheet.conditional_format(HEAD + 1, at, HEAD + ROWS, at, rule)
        if column.notation == "ref":
            sheet.conditional_format(HEAD + 1, at, HEAD + ROWS, at, {"type": "duplicate", "format": twice})


def _validation(column: Column, places: dict[str, str]) -> dict[str, Any]:
    """What Excel says when a cell is chosen, its drop-down, and what it asks about a word that is not on the list."""
    message = f"{column.definition} For example: {column.example}" if column.example else column.definition
    told: dict[str, Any] = {"input_title": column.label[:32], "input_message": _cut(message, 255)}
    if column.notation not in places:
        return {"validate": "any", **told}
    return {
        "validate": "list",
        "source": places[column.notation],
        **told,
        "show_error": column.strict,
        "error_type": "warning",
        "error_title": column.label[:32],
        "error_message": "This word is not on the list. Keep it only if no word of the list fits.",
    }


def _write_guidance(book: Workbook, sheet: Worksheet, review: Review, terms: Terms, agency: Agency) -> None:
    title = book.add_format({"bold": True, "font_size": 14})
    heading = book.add_format({"bold": True, "font_size": 11, "font_color": "#1F3864"})
    words = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 92)
    sheet.write_string(0, 0, "How to fill in the sheet called Return, in plain words", title)
    row = 2
    for section in guidance(review, terms, agency):
        sheet.write_string(row, 0, f"{section.title}.", heading)
        for at, line in enumerate(section.lines, row + 1):
            sheet.set_row(at, height_of([(line, 92)]))
            sheet.write_string(at, 0, line, words)
        row += len(section.lines) + 2


def _write_words(book: Workbook, sheet: Worksheet, shown: Sequence[Column]) -> dict[str, str]:
    """The lists of words side by side, each with meanings; answers where each column's list stands, for its drop-down."""
    from xlsxwriter.utility import xl_range_abs

    heading = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    word = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
    quiet = book.add_format({"text_wrap": True, "valign": "top", "font_size": 9, "font_color": "#404040"})
    title = book.add_format({"bold": True, "font_size": 12})
    sheet.write_string(0, 0, "The words that the drop-downs offer. Please do not change this sheet.", title)
    heights: dict[int, float] = {}
    sheet.freeze_panes(3, 0)
    places: dict[str, str] = {}
    known: dict[tuple[tuple[str, str], ...], str] = {}
    at = 0
    for column in shown:
        if not column.words:
            continue
        if column.words not in known:
            meanings = any(meaning for _, meaning in column.words)
            sheet.set_column(at, at, 28)
            sheet.write_string(2, at, f"Words for the column {column.label}", heading)
            if meanings:
                sheet.set_column(at + 1, at + 1, 44)
                sheet.write_string(2, at + 1, "What each of them means", heading)
            for row, (words, meaning) in enumerate(column.words, 3):
                heights[row] = max(heights.get(row, 0), height_of([(words, 28), (meaning, 50)]))
                sheet.write_string(row, at, words, word)
                if meaning:
                    sheet.write_string(row, at + 1, meaning, quiet)
            known[column.words] = f"=Words!{xl_range_abs(3, at, 2 + len(column.words), at)}"
            at += 2 if meanings else 1
        places[column.notation] = known[column.words]
    for row, height in heights.items():
        sheet.set_row(row, height)
    return places


def _cut(words: str, length: int) -> str:
    return words if len(words) <= length else f"{words[: length - 1]}…"
