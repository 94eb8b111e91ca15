"""A cell of Excel is what Excel shows: its number format, its errors, its struck words, and what stands beside it."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date, datetime, time
from itertools import count
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from helpers.office_files import body, changed, workbook
from helpers.returns import TOML, entry, said

import loaders
from loaders.formats.number_formats import FROM_1904, shown, shown_text

HEAD = ["Ref", "Date", "Time", "People", "Contact", "What happened", "Seen", "Indicators"]
ROW = [7, date(1999, 7, 14), time(13, 45), "Kit", "home-visit", "He was well", "yes", "bruising"]
SHEET = "xl/worksheets/sheet1.xml"
Read = Callable[..., loaders.Loaded]


@pytest.fixture
def read(write_review: Callable[..., Path]) -> Read:
    number = count()

    def read(data: bytes) -> loaders.Loaded:
        return loaders.load(write_review(TOML, {"town-police.xlsx": data}, name=f"review {next(number)}"))

    return read


def drawn(*cells: tuple[int, int, object, str], early: bool = False) -> bytes:
    """A workbook with one row below the headings, in which these cells (row, column, value) have a number format."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True, "date_1904": early})
    sheet = book.add_worksheet("Return")
    sheet.write_row(0, 0, HEAD)
    sheet.write_row(1, 0, ["P1", "", "", "Kit", "home-visit", "He was well", "yes", "bruising"])
    for row, column, value, code in cells:
        sheet.write(row, column, value, book.add_format({"num_format": code} if code else {}))
    book.close()
    return stream.getvalue()


@pytest.mark.parametrize(
    ("value", "code", "words"),
    [
        (43525, "mmm-yy", "March 2019"),
        (43525, "mmmm yyyy", "March 2019"),
        (43525, "yyyy", "2019"),
        (43525, '"circa" yyyy', "circa 2019"),
        (46095, "d-mmm", "14 March"),
        (46095, "dd mmm", "14 March"),
        (43544, '"w/c" dd/mm/yyyy', "w/c 20/03/2019"),
        (43544.6, "[$-809]d mmmm yyyy", "20/03/2019"),
        (43544, "mm/dd/yyyy", "20/03/2019"),
        (43544.6, "yyyy-mm-ddThh:mm:ss", "20/03/2019 14:24"),
        (43544.6, 'dd/mm/yyyy "at" hh:mm', "20/03/2019 at 14:24"),
        (43525.572916667, "hh:mm", "13:45"),
        (0.572916667, "h:mm AM/PM", "13:45"),
        (0.572916667, "[h]:mm", "13:45"),
        (1.5, "[h]:mm", "36:00"),
        (123, "00000", "00123"),
        (7, '"TH-"000', "TH-007"),
        (7, "\\R0", "R7"),
        (9.300000000000001, "0.00", "9.30"),
        (915, "0000", "0915"),
        (7911123456, "00000 000000", "07911 123456"),
        (0.125, "0.0%", "12.5%"),
        (1234567.891, "#,##0.00", "1,234,567.89"),
        (-5, '"£"#,##0.00', "-£5.00"),
        (-5, "0;(0)", "(5)"),
        (0, '0;-0;"nil"', "nil"),
        (2.25, "# ?/?", "2 1/4"),
    ],
)
def test_a_number_reads_as_its_format_shows_it(value: float, code: str, words: str) -> None:
    assert shown(value, code) == words


@pytest.mark.parametrize(("value", "code"), [(12, "General"), (12, "@"), (1234567890123, "0.00E+00"), (12, ";;;")])
def test_a_format_never_costs_digits(value: float, code: str) -> None:
    assert shown(value, code) is None


def test_texts_and_early_workbooks_have_formats_too() -> None:
    assert shown_text("007", '"TH-"@') == "TH-007"
    assert shown(42064, "dd/mm/yyyy", FROM_1904) == "02/03/2019"


def test_a_month_is_no_day_and_a_day_without_a_year_no_date(read: Read) -> None:
    assert entry(read(drawn((1, 1, 36340, "mmm-yy")))).when.plain() == "June 1999"
    assert entry(read(drawn((1, 1, 36340, "d-mmm")))).when.undated


def test_refs_keep_their_noughts_and_letters(read: Read) -> None:
    assert entry(read(drawn((1, 0, 123, "00000")))).ref == "00123"
    assert entry(read(drawn((1, 0, 7, '"TH-"000')))).ref == "TH-007"


def test_a_time_that_holds_a_whole_moment_shows_its_time_alone(read: Read) -> None:
    found = entry(read(drawn((1, 1, 36355, "dd/mm/yyyy"), (1, 2, 36355.572916667, "hh:mm"))))
    assert found.when.plain() == "14 July 1999 13:45"


def test_counts_of_days_are_restored_from_the_workbooks_own_first_day(read: Read) -> None:
    assert entry(read(drawn((1, 1, 36355, ""), early=False))).when.plain() == "14 July 1999"
    assert entry(read(drawn((1, 1, 36355 - 1462, ""), early=True))).when.plain() == "14 July 1999"


def test_counts_of_days_are_restored_in_every_column_of_days(read: Read) -> None:
    head = ["Ref", "When", "Learnt", "Written", "What happened", "Odd day"]
    rows = [[1, 36355, 36356, 36357, "Seen", 36358], [2, 36355, "", "", "36359", date(1999, 7, 18)]]
    first, second = read(workbook({"Return": [head, *rows]})).review.entries
    assert first.learnt is not None
    assert first.written is not None
    assert (first.when.plain(), first.learnt.plain(), first.written.plain()) == (
        "14 July 1999", "15 July 1999", "16 July 1999",
    )  # fmt: skip
    assert first.cells["Odd day"] == "17/07/1999"
    assert second.narrative == "36359"


@pytest.mark.parametrize(("typed", "shown"), [(9.3, "9.30"), (915, "0915"), (1345, "1345"), (0.5, "12:00")])
def test_times_typed_as_numbers_get_their_noughts_back(read: Read, typed: float, shown: str) -> None:
    assert entry(read(drawn((1, 1, 36355, "dd/mm/yyyy"), (1, 2, typed, "")))).cells["time"] == shown


def test_an_error_keeps_what_was_typed_and_is_no_blank(read: Read) -> None:
    def spoil(text: str) -> str:
        text = text.replace('<c r="F2" t="s"><v>', '<c r="F2" t="e"><f>-rang mother</f><v>#NAME?</v></c><!--')
        return text.replace('<c r="G2"', '--><c r="G2"', 1)

    loaded = read(changed(workbook({"Return": [HEAD, ROW]}), SHEET, body(spoil)))
    assert entry(loaded).narrative == '#NAME? (typed "-rang mother")'
    assert "row 2" in said(loaded, "the error #NAME?").what


@pytest.mark.parametrize("error", ["#N/A", "#REF!", "#VALUE!", "#DIV/0!"])
def test_a_cell_that_shows_an_error_is_neither_blank_nor_read(read: Read, error: str) -> None:
    def spoil(book: Any) -> None:
        book.worksheets()[0].write_formula("G2", "=NA()", None, error)

    loaded = read(workbook({"Return": [HEAD, ROW]}, spoil))
    assert (entry(loaded).cells["seen"], entry(loaded).seen) == (error, "")
    assert said(loaded, f"the error {error}").severity == "warning"


def test_struck_words_are_set_apart_and_struck_codes_are_not_read(read: Read) -> None:
    def strike(book: Any) -> None:
        through = book.add_format({"font_strikeout": True})
        sheet = book.worksheets()[0]
        sheet.write("H2", "bruising", through)
        sheet.write_rich_string("F2", "He came in ", through, "with a bruise", " late")

    loaded = read(workbook({"Return": [HEAD, ROW]}, strike))
    found = entry(loaded)
    assert (found.narrative, found.indicators) == ("He came in late", ())
    assert 'What happened: struck out: "with a bruise"' in found.cells["margin"]
    assert '"bruising" (row 2)' in said(loaded, "struck out").why


def test_a_row_struck_out_whole_keeps_its_place_and_says_nothing(read: Read) -> None:
    def strike(book: Any) -> None:
        through = book.add_format({"font_strikeout": True})
        for column, value in enumerate(["P8", "15/07/1999", "", "Kit", "home-visit", "Another child", "yes", "hunger"]):
            book.worksheets()[0].write(2, column, value, through)

    loaded = read(workbook({"Return": [HEAD, ROW]}, strike))
    _, struck = loaded.review.entries
    assert (struck.ref, struck.when.plain(), struck.people, struck.seen, struck.indicators) == (
        "P8", "15 July 1999", (), "", (),
    )  # fmt: skip
    assert "Struck out whole: row 3" in said(loaded, "struck out").done


def test_boxes_pictures_and_page_headers_are_said_with_their_words(read: Read, tmp_path: Path) -> None:
    (tmp_path / "dot.png").write_bytes(
        bytes.fromhex("89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000a49444154789c6360000002"
                      "0001e221bc330000000049454e44ae426082")
    )  # fmt: skip

    def draw(book: Any) -> None:
        sheet = book.worksheets()[0]
        sheet.insert_textbox("K2", "Row 1 is withdrawn")
        sheet.set_header('&C&"Arial"DRAFT &P')
        book.worksheets()[1].insert_image("A1", str(tmp_path / "dot.png"), {"description": "page two"})

    loaded = read(workbook({"Return": [HEAD, ROW], "Scan": []}, draw))
    assert "Row 1 is withdrawn" in said(loaded, "text box").why
    assert "DRAFT" in said(loaded, "header or footer").why
    assert "page two" in said(loaded, "holds only a picture").why


@pytest.mark.parametrize("size", ["1:2", "A1:XFD1048576", "A1", "nonsense"])
def test_what_a_sheet_says_of_its_size_is_not_believed(read: Read, size: str) -> None:
    data = workbook({"Return": [HEAD, ROW]})
    odd = changed(data, SHEET, body(lambda text: text.replace('ref="A1:H2"', f'ref="{size}"', 1)))
    assert entry(read(odd)).ref == "7"


def test_blank_cells_far_away_do_not_cost_the_sheet(read: Read) -> None:
    def scatter(text: str) -> str:
        far = '<row r="1048576"><c r="XFD1048576" s="1" t="inlineStr"></c></row></sheetData>'
        return text.replace("</sheetData>", far, 1)

    loaded = read(changed(workbook({"Return": [HEAD, ROW]}), SHEET, body(scatter)))
    assert entry(loaded).ref == "7"
    assert "XFD1048576" in said(loaded, "far from the table").why


def test_real_moments_are_read_as_before(read: Read) -> None:
    rows = [[1, datetime(1999, 7, 14, 9, 5), None, "Kit", None, "Seen"], [2, date(1999, 7, 15), time(9, 5), "Kit"]]
    found = read(workbook({"Return": [HEAD, *rows]})).review.entries
    assert [each.when.plain() for each in found] == ["14 July 1999 09:05", "15 July 1999 09:05"]
