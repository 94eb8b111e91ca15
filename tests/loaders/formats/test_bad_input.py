"""What goes wrong with returns: each slip is a Problem in five parts, and no row is lost."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from helpers.returns import HEAD, ROW, TOML, Read, entry, said

import loaders

Write = Callable[..., Path]


@pytest.mark.parametrize("content", ["", "\n\n", "\ufeff", ",,,\n,,,\n"])
def test_an_empty_file_says_nothing(read: Read, content: str) -> None:
    loaded = read(content)
    assert loaded.review.entries == ()
    assert not loaded.review.agencies[0].has_return
    assert said(loaded, "the file is empty").severity == "error"


def test_headings_alone_say_nothing(read: Read) -> None:
    loaded = read(f"{HEAD}\n")
    assert not loaded.review.agencies[0].has_return
    assert loaded.review.returns[0].rows == 0
    assert said(loaded, "headings but no entries")


def test_a_table_without_headings_keeps_every_row(read: Read) -> None:
    loaded = read("7,14/07/1999,he was well\n8,15/07/1999,he was seen again\n")
    assert [e.cells["column 3"] for e in loaded.review.entries] == ["he was well", "he was seen again"]
    assert said(loaded, "no row of headings")


def test_without_a_date_column_entries_are_undated(read: Read) -> None:
    loaded = read("Ref,What happened\n7,He was well\n")
    assert entry(loaded).when.undated
    assert said(loaded, 'no column "Date"').severity == "error"


@pytest.mark.parametrize(("cell", "reason"), [("31/02/1999", "ended on the 28th"), ("soon", "no known way")])
def test_a_date_that_cannot_be_read_leaves_the_entry_undated(read: Read, cell: str, reason: str) -> None:
    loaded = read(f"{HEAD}\n{ROW.replace('14/07/1999', cell)}\n")
    assert entry(loaded).when.undated
    problem = said(loaded, reason)
    assert (problem.severity, problem.place.row, problem.place.column) == ("error", 2, "Date")
    assert (problem.place.entry, cell in problem.what) == ("Town Police/7", True)


def test_an_undated_row_never_borrows_a_date(read: Read) -> None:
    loaded = read(f"{HEAD}\n{ROW}\n{ROW.replace('14/07/1999', '').replace('7,', '8,', 1)}\n")
    assert loaded.review.entries[1].when.undated
    assert said(loaded, "there is no date").place.row == 3


@pytest.mark.parametrize("slip", ["14/07/1989", "14/07/2019"])
def test_a_slipped_year_is_kept_as_written_and_flagged(read: Read, slip: str) -> None:
    rows = [f"{n},{day},,,,He was seen,,,," for n, day in enumerate(("13/07/1999", slip, "15/07/1999"))]
    loaded = read("\n".join([HEAD, *rows]))
    assert loaded.review.entries[1].when.words == slip
    assert said(loaded, "far from the dates around it").place.row == 3


def test_a_year_between_two_rows_that_agree_is_flagged_within_the_period(read: Read) -> None:
    toml = TOML.replace("1999-01-01", "1997-01-01")
    rows = [f"{n},{day},,,,He was seen,,,," for n, day in enumerate(("03/01/1999", "04/01/1998", "05/01/1999"))]
    assert said(read("\n".join([HEAD, *rows]), toml), "far from the dates around it").place.row == 3


def test_a_history_told_in_order_is_no_slip(read: Read) -> None:
    rows = [f"{n},{day},,,,He was seen,,,," for n, day in enumerate(("1997", "1998", "05/01/1999"))]
    assert not [p for p in read("\n".join([HEAD, *rows])).problems if "far from" in p.what]


def test_blank_and_repeated_refs_still_name_each_entry_once(read: Read) -> None:
    rows = [ROW, ROW, ROW.replace("7,", ",", 1), ROW.replace("7,", "7~2,", 1)]
    loaded = read("\n".join([HEAD, *rows]))
    assert [e.ref for e in loaded.review.entries] == ["7", "7~2", "row-4", "7~2~2"]
    assert said(loaded, 'the Ref "7" stands').place.row == 3


def test_an_unknown_agency_is_asked_about(read: Read) -> None:
    loaded = read(f"{HEAD}\n{ROW.replace('Town Hospital', 'Town Hopsital; the GP')}\n")
    assert entry(loaded).shared_with == ()
    assert entry(loaded).cells["shared-with"] == "Town Hopsital; the GP"
    assert 'did you mean "Town Hospital"?' in said(loaded, "Hopsital").why
    assert said(loaded, "the GP")


def test_unknown_words_are_asked_about_once_with_all_their_rows(read: Read) -> None:
    rows = [ROW.replace("7,", f"{n},", 1).replace("bruising", "brusing; bruising") for n in range(3)]
    loaded = read("\n".join([HEAD, *rows]))
    assert {e.indicators for e in loaded.review.entries} == {("bruising",)}
    problem = said(loaded, '"brusing"')
    assert 'did you mean "bruising"?' in problem.why
    assert "rows 3, 4" in problem.done


def test_two_kinds_of_contact_are_one_and_a_question(read: Read) -> None:
    loaded = read(f"{HEAD}\n{ROW.replace('home-visit', 'home-visit; telephone-call')}\n")
    assert entry(loaded).contact == "home-visit"
    assert said(loaded, "names 2 kinds")


def test_a_very_long_cell_is_kept(read: Read) -> None:
    words = "He was seen. " * 80_000
    loaded = read(f"{HEAD}\n{ROW.replace('He was well', words)}\n")
    assert entry(loaded).narrative == words
    assert said(loaded, "characters")


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n\0\0", b"\xff\xd8\xff\xe0\0", b"GIF89a\0\0", b"PK\x03\x04zip", b"%PDF-1.4",
        b"\xd0\xcf\x11\xe0", b"BM\0\0\0\0", b"Ref\0\0\0\0\0,\0\0\0",
    ],
)  # fmt: skip
def test_a_picture_named_csv_is_no_table(read: Read, data: bytes) -> None:
    loaded = read(data)
    assert loaded.review.entries == ()
    assert not loaded.review.agencies[0].has_return
    assert said(loaded, "not a table of text")


def test_a_few_damaged_bytes_cost_no_row(read: Read) -> None:
    loaded = read(f"{HEAD}\n{ROW}\n".encode().replace(b"well", b"w\0ll") + b"8,,,,," + b"x" * 400 + b",,,,\n")
    assert [e.narrative[:11] for e in loaded.review.entries] == ["He was w?ll", "x" * 11]
    assert said(loaded, "stand for no sign").place.row == 2


def test_older_windows_text_is_read_and_said(read: Read) -> None:
    words = "£20 \N{EN DASH} “well”"
    loaded = read(f"{HEAD}\n{ROW.replace('well', words)}\n".encode("cp1252"))
    assert entry(loaded).narrative == f"He was {words}"
    assert said(loaded, "not written in UTF-8").place.row == 2


@pytest.mark.parametrize("cell", ["=SUM(A1:A9)", '"=HYPERLINK(""x"")"'])
def test_formulas_stay_text(read: Read, cell: str) -> None:
    loaded = read(f"{HEAD}\n{ROW.replace('He was well', cell)}\n")
    assert entry(loaded).narrative.startswith("=")
    assert said(loaded, "is a formula")


def test_a_quotation_mark_left_open_loses_no_line(read: Read) -> None:
    loaded = read(f'{HEAD}\n{ROW}\n8,,,,,"He was seen,,,,\n9,,,,,And again,,,,\n')
    assert "And again" in loaded.review.entries[1].narrative
    assert said(loaded, "never closed").place.row == 3


def test_cells_beyond_the_headings_are_kept(read: Read) -> None:
    loaded = read("Ref,Date,What happened\n7,14/07/1999,He was seen, and well\n")
    assert entry(loaded).cells["column 4"] == " and well"
    assert said(loaded, "4 cells under 3 headings")


def test_a_file_no_agency_claims_is_kept_as_an_agencys(read: Read) -> None:
    loaded = read({"town hopsital.csv": f"{HEAD}\n{ROW}\n"})
    assert entry(loaded).agency == "town hopsital"
    assert 'did you mean "Town Hospital"?' in said(loaded, "no agency claims this file").why


@pytest.mark.parametrize(
    "file", ["town police.xls", "town police.odt", "town police.pdf", "town police.doc", "town police"]
)
def test_kinds_of_file_that_are_not_read_are_named_with_what_to_do(read: Read, file: str) -> None:
    loaded = read({file: b"anything"})
    assert loaded.review.entries == ()
    assert re.search("CSV|Word|Excel", said(loaded, "was not read").remedy)


def test_what_spreadsheets_leave_about_is_passed_over(read: Read) -> None:
    loaded = read(
        {".DS_Store": b"\0", "~$town police.xlsx": b"\0", "Thumbs.db": b"\0", "town police.csv": f"{HEAD}\n{ROW}\n"}
    )
    assert entry(loaded).ref == "7"
    assert all(problem.severity == "note" for problem in loaded.problems)


def test_a_folder_within_returns_is_named(write_review: Write) -> None:
    folder = write_review(TOML, {"town police.csv": f"{HEAD}\n{ROW}\n"})
    (folder / "returns" / "old").mkdir()
    assert said(loaders.load(folder), "folder within returns/").place.file == "returns/old"


def test_a_review_without_returns_opens_empty(write_review: Write) -> None:
    folder = write_review(TOML)
    (folder / "returns").rmdir()
    loaded = loaders.load(folder)
    assert loaded.review.entries == ()
    assert said(loaded, "no folder returns/")


def test_a_folder_that_is_no_review_is_refused_in_words(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "none"):
        with pytest.raises(loaders.NotAReview, match="kg new"):
            loaders.load(folder)
    (tmp_path / "file").write_text("x")
    with pytest.raises(loaders.NotAReview, match="is a file"):
        loaders.load(tmp_path / "file")


class _Locked:
    """A file system on which one file may not be read, whoever asks."""

    def __init__(self, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
        whole = os.open

        def opened(path: Path, *given: Any) -> int:
            if Path(path).name == name:
                raise PermissionError(13, "Permission denied", os.fspath(path))
            return whole(path, *given)

        monkeypatch.setattr(os, "open", opened)


def test_a_return_that_may_not_be_opened_is_named_and_the_rest_read(
    read: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    _Locked("town hospital.csv", monkeypatch)
    loaded = read({"town hospital.csv": "x", "town police.csv": f"{HEAD}\n{ROW}\n"})
    assert entry(loaded).agency == "Town Police"
    assert said(loaded, "no permission").place.file == "returns/town hospital.csv"


def test_a_review_that_may_not_be_opened_is_refused_in_words(
    write_review: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    _Locked("review.toml", monkeypatch)
    with pytest.raises(loaders.NotAReview, match="no permission"):
        loaders.load(write_review(TOML))


def test_findings_with_unknown_words_are_kept(write_review: Write) -> None:
    folder = write_review(TOML, {"town police.csv": f"{HEAD}\n{ROW}\n"})
    (folder / "findings.csv").write_text(
        "Id,Date,Agency,Kind,Finding,Source\nF1,14/07/1999,Town Polcie,missed-oportunity,No record,Report\n"
    )
    loaded = loaders.load(folder)
    (finding,) = loaded.published
    assert (finding.agency, finding.kind, finding.when.words) == ("Town Polcie", "other", "14/07/1999")
    assert 'did you mean "Town Police"?' in said(loaded, "Polcie").why
    assert 'did you mean "missed-opportunity"?' in said(loaded, "oportunity").why
