"""Excel returns: every row of every sheet, cells as they show, dates as days, and nothing run or calculated."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest
from helpers.office_files import body, changed, workbook
from helpers.returns import TOML, entry, said

import loaders
from loaders.formats import excel_limits, office

HEAD = ["Ref", "Date", "Time", "People", "Contact", "What happened", "Seen", "Indicators"]
ROW = [7, date(1999, 7, 14), time(13, 45), "Kit", "home-visit", "He was well", "yes", "bruising"]
Read = Callable[..., loaders.Loaded]


@pytest.fixture
def read(write_review: Callable[..., Path]) -> Read:
    """A function that reads one workbook of the police."""

    def read(data: bytes, file: str = "town-police.xlsx", toml: str = TOML) -> loaders.Loaded:
        return loaders.load(write_review(toml, {file: data}))

    return read


def one_sheet(*rows: list[Any], more: Callable[[Any], None] | None = None) -> bytes:
    return workbook({"Return": rows}, more)


def test_numbers_dates_and_times_come_out_as_people_write_them(read: Read) -> None:
    found = entry(read(one_sheet(HEAD, ROW)))
    assert (found.ref, found.cells["date"], found.cells["time"]) == ("7", "14/07/1999", "13:45")
    assert (found.when.plain(), found.when.timed) == ("14 July 1999 13:45", True)
    assert (found.place.sheet, found.place.row) == ("Return", 2)


def test_real_dates_stand_beside_dates_in_words(read: Read) -> None:
    rows = [[n, when, None, "Kit", None, "Seen"] for n, when in enumerate([datetime(1999, 7, 14, 9, 5), "July 1999"])]
    loaded = read(one_sheet(HEAD, *rows))
    assert [e.when.plain() for e in loaded.review.entries] == ["14 July 1999 09:05", "July 1999"]


def test_a_day_stored_with_midnight_is_a_day_without_a_time(read: Read) -> None:
    found = entry(read(one_sheet(HEAD, [1, datetime(1999, 7, 14), None, "Kit", None, "Seen"])))
    assert not found.when.timed


@pytest.mark.parametrize(
    ("value", "shown"),
    [(3.5, "3.5"), (True, "TRUE"), (1234567, "1234567"), ("007", "007"), ("=1+1", "=1+1"), ("@x", "@x")],
)
def test_cells_keep_what_they_show(read: Read, value: object, shown: str) -> None:
    assert entry(read(one_sheet(HEAD, [*ROW[:5], value]))).narrative == shown


def test_dates_and_times_that_lost_their_format_are_restored_and_said(read: Read) -> None:
    loaded = read(one_sheet(HEAD, [1, 36355, 0.5, "Kit", None, "Seen"]))
    found = entry(loaded)
    assert found.when.plain() == "14 July 1999 12:00"
    assert said(loaded, '"36355"').severity == "note"
    assert said(loaded, '"0.5"').severity == "note"


def test_titles_above_and_a_signature_below_are_no_entries(read: Read) -> None:
    loaded = read(one_sheet(["Town Police: chronology"], [], HEAD, ROW, [], ["Signed off by the head, 1 May 2000"]))
    assert entry(loaded).place.row == 4
    assert loaded.review.returns[0].signed_off == "Signed off by the head, 1 May 2000"


def test_every_sheet_is_read_and_a_cover_is_said(read: Read) -> None:
    data = workbook(
        {"Cover": [["Town Police"], ["Approved by: the head"]], "1998": [HEAD, ROW], "1999": [HEAD, [8, *ROW[1:]]]}
    )
    loaded = read(data)
    assert [(e.place.sheet, e.ref) for e in loaded.review.entries] == [("1998", "7"), ("1999", "8")]
    assert '"Town Police; Approved by: the head"' in said(loaded, "no chronology").why
    assert loaded.review.returns[0].signed_off == "Approved by: the head"


def test_tables_one_below_another_each_have_their_own_headings(read: Read) -> None:
    other = ["Date", "Ref", "Event"]
    loaded = read(one_sheet(["1998"], HEAD, ROW, [], ["1999"], other, ["15/07/1999", "8", "He was seen again"]))
    assert [(e.ref, e.narrative) for e in loaded.review.entries] == [("7", "He was well"), ("8", "He was seen again")]


def test_a_cell_drawn_over_two_rows_belongs_to_both(read: Read) -> None:
    def join(book: Any) -> None:
        book.worksheets()[0].merge_range("B2:B3", "14/07/1999")

    loaded = read(
        one_sheet(HEAD, [1, None, None, "Kit", None, "Seen"], [2, None, None, "Kit", None, "Seen"], more=join)
    )
    assert [e.when.plain() for e in loaded.review.entries] == ["14 July 1999"] * 2
    assert "2 rows" in said(loaded, "is drawn across").what


def test_headings_on_two_lines_are_one_row_of_headings(read: Read) -> None:
    def join(book: Any) -> None:
        sheet = book.worksheets()[0]
        for cells, words in (("A1:A2", "Ref"), ("B1:C1", "When it was"), ("D1:D2", "What happened")):
            sheet.merge_range(cells, words)

    loaded = read(one_sheet([], [None, "Date", "Time"], [1, "14/07/1999", "13:45", "He was seen"], more=join))
    found = entry(loaded)
    assert (found.ref, found.when.plain(), found.narrative) == ("1", "14 July 1999 13:45", "He was seen")
    assert said(loaded, "stand on 2 lines")


def test_a_line_across_the_table_is_a_caption(read: Read) -> None:
    def join(book: Any) -> None:
        book.worksheets()[0].merge_range("A2:H2", "1999")

    loaded = read(one_sheet(HEAD, [], ROW, more=join))
    assert entry(loaded).ref == "7"
    assert '"1999" (row 2)' in said(loaded, "across the whole table").why


def test_hidden_rows_columns_and_sheets_are_read_and_said(read: Read) -> None:
    def hide(book: Any) -> None:
        first, second = book.worksheets()
        first.set_row(1, None, None, {"hidden": True})
        first.set_column("D:D", None, None, {"hidden": True})
        second.hide()

    loaded = read(workbook({"Open": [HEAD, ROW], "Shut": [HEAD, [8, *ROW[1:]]]}, hide))
    assert [e.ref for e in loaded.review.entries] == ["7", "8"]
    assert said(loaded, "1 row is hidden (row 2)").severity == "warning"
    assert said(loaded, 'the sheet "Shut" is hidden').severity == "warning"
    assert said(loaded, "columns are hidden")


def test_comments_travel_with_their_row(read: Read) -> None:
    def comment(book: Any) -> None:
        sheet = book.worksheets()[0]
        sheet.write_comment("B2", "Perhaps the 15th")
        sheet.write_comment("A1", "Our own numbers")

    loaded = read(one_sheet(HEAD, ROW, more=comment))
    assert entry(loaded).cells["margin"] == "Date: Perhaps the 15th"
    assert said(loaded, "stands beside the rows").severity == "note"
    assert "Our own numbers" in said(loaded, "beside no row").why


def test_formulas_are_not_calculated_and_said(read: Read) -> None:
    def formula(book: Any) -> None:
        book.worksheets()[0].write_formula("F2", '="He was "&"well"', None, "He was well")

    loaded = read(one_sheet(HEAD, ROW, more=formula))
    assert entry(loaded).narrative == "He was well"
    assert said(loaded, "calculated by a formula")


def test_macros_are_left_alone_and_said(read: Read) -> None:
    data = changed(one_sheet(HEAD, ROW), "xl/vbaProject.bin", lambda _: b"\0" * 99)
    loaded = read(data, "town-police.xlsm")
    assert entry(loaded).ref == "7"
    assert "not run" in said(loaded, "holds macros").done


# --- files that are refused -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "the file is empty"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "an older Excel file"),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "protected by a password"),
        (b"%PDF-1.7", "it is a PDF"),
        (b"Ref,Date\n1,2\n", "not an Excel file"),
        (b"<html><table></table></html>", "it is a web page"),
        (b"PK\x03\x04" + b"\0" * 50, "damaged"),
    ],
)
def test_what_is_no_workbook_is_refused_in_words(read: Read, data: bytes, words: str) -> None:
    loaded = read(data)
    assert loaded.review.entries == ()
    assert said(loaded, words).severity == "error"


def test_a_file_that_would_swell_is_refused(read: Read) -> None:
    swollen = changed(one_sheet(HEAD, ROW), "xl/media/a.xml", lambda _: b" " * (office.SMALL * 3))
    assert said(read(swollen), "packed as no honest table").severity == "error"


def test_a_file_too_large_is_refused(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "UNPACKED", 5_000)
    assert said(read(one_sheet(HEAD, ROW)), "too large").severity == "error"


def test_one_cell_far_from_the_table_does_not_cost_the_sheet(read: Read) -> None:
    loaded = read(one_sheet(HEAD, ROW, more=lambda book: book.worksheets()[0].write("XFD1048576", "far")))
    assert entry(loaded).ref == "7"
    assert 'XFD1048576: "far"' in said(loaded, "far from the table").why


def test_a_sheet_whose_cells_lie_too_far_apart_is_refused(read: Read) -> None:
    def scatter(book: Any) -> None:
        for at in range(30):
            book.worksheets()[0].write(at * 30_000, at * 500, "far")

    assert said(read(one_sheet(HEAD, ROW, more=scatter)), "a sheet is too large").severity == "error"


def test_a_text_repeated_beyond_measure_is_refused(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(excel_limits, "TEXT", 50_000)
    loaded = read(one_sheet(HEAD, *[[n, *ROW[1:5], "word " * 2_000] for n in range(9)]))
    assert said(loaded, "a sheet is too large").severity == "error"


def test_entities_are_never_followed(read: Read, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("not for reading")
    declared = f'<!DOCTYPE sst [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'
    data = changed(
        one_sheet(HEAD, ROW),
        "xl/sharedStrings.xml",
        body(lambda text: text.replace("<sst", f"{declared}<sst", 1).replace("He was well", "&x;")),
    )
    loaded = read(data)
    assert said(loaded, "entities of its own").severity == "error"
    assert "not for reading" not in str(loaded)


def test_a_workbook_without_words_is_said_to_be_empty(read: Read) -> None:
    assert said(read(one_sheet()), "the workbook is empty").severity == "error"
