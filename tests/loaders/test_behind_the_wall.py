"""No file in a review hangs or fills the machine: it is one Problem, and the others are read."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from helpers.office_files import body, changed, document, workbook
from helpers.returns import HEAD, ROW, TOML, Read, Write, said

import loaders
from kg.base import wall
from kg.base.wall import Limits

OTHER = {"town hospital.csv": f"{HEAD}\n{ROW}\n"}
SOON = 5.0
"""Seconds: far more than any of these takes, far less than what grows with the square of the file would."""


def within(seconds: float, work: Callable[[], loaders.Loaded]) -> loaders.Loaded:
    begun = time.monotonic()
    loaded = work()
    assert time.monotonic() - begun < seconds
    return loaded


def rows(number: int, change: Callable[[int], tuple[str, str]]) -> str:
    made = [ROW.replace("7,", f"{at},", 1).replace(*change(at)) for at in range(number)]
    return "\n".join([HEAD, *made])


# --- what is no ordinary file -------------------------------------------------------------------------------------


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes with a name here")
@pytest.mark.parametrize("name", ["town police.csv", "town police.xlsx", "town police.docx"])
def test_a_pipe_among_the_returns_is_not_waited_for(write_review: Write, name: str) -> None:
    folder = write_review(TOML, OTHER)
    os.mkfifo(folder / "returns" / name)
    loaded = within(SOON, lambda: loaders.load(folder))
    assert [entry.agency for entry in loaded.review.entries] == ["Town Hospital"]
    assert said(loaded, "it is a pipe, and no file").place.file == f"returns/{name}"


@pytest.mark.skipif(not os.path.exists("/dev/zero"), reason="there are no devices with a name here")
@pytest.mark.parametrize("leads_to", ["/dev/zero", "/dev/tty", "itself"])
def test_a_link_that_leads_to_no_file_is_said(write_review: Write, leads_to: str) -> None:
    folder = write_review(TOML, OTHER)
    link = folder / "returns" / "town police.csv"
    link.symlink_to(link if leads_to == "itself" else leads_to)
    loaded = within(SOON, lambda: loaders.load(folder))
    assert len(loaded.review.entries) == 1
    (problem,) = [each for each in loaded.problems if each.place.file == "returns/town police.csv"]
    assert problem.severity == "error"
    assert "Put the table itself" in problem.remedy


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes with a name here")
@pytest.mark.parametrize(
    "name", ["codes.csv", "judgements.csv", "episodes.csv", "pairs.csv", "notes.csv", "findings.csv"]
)
def test_a_pipe_beside_the_returns_is_not_waited_for(write_review: Write, name: str) -> None:
    folder = write_review(TOML, OTHER)
    os.mkfifo(folder / name)
    assert said(within(SOON, lambda: loaders.load(folder)), "it is a pipe").place.file == name


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes with a name here")
def test_a_review_toml_that_is_a_pipe_or_endless_is_refused_in_words(write_review: Write) -> None:
    folder = write_review(TOML)
    (folder / "review.toml").unlink()
    os.mkfifo(folder / "review.toml")
    with pytest.raises(loaders.NotAReview, match="pipe"):
        loaders.load(folder)
    (folder / "review.toml").unlink()
    (folder / "review.toml").write_bytes(b"#" * 3_000_000)
    with pytest.raises(loaders.NotAReview, match="more than 2 mb"):
        loaders.load(folder)


def test_a_file_of_more_bytes_than_any_table_needs_is_not_read(write_review: Write) -> None:
    folder = write_review(TOML, OTHER)
    with (folder / "returns" / "town police.csv").open("wb") as file:
        file.truncate(60_000_000)  # no room is taken on the disk
    loaded = within(SOON, lambda: loaders.load(folder))
    assert said(loaded, "more than 50 mb").place.file == "returns/town police.csv"
    assert len(loaded.review.entries) == 1


# --- the limits ---------------------------------------------------------------------------------------------------


def test_a_return_that_takes_too_long_is_one_problem_and_the_others_are_read(
    write_review: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wall, "LIMITS", Limits(seconds=0.4))
    slow = rows(30_000, lambda at: ("14/07/1999", f"{at} {at} {at}"))
    folder = write_review(TOML, {"a police.csv": slow, "town hospital.csv": f"{HEAD}\n{ROW}\n", "town police.csv": ROW})
    loaded = within(SOON, lambda: loaders.load(folder))
    assert [entry.ref for entry in loaded.review.entries] == ["row-1", "7"]
    problem = said(loaded, "after 0.4 seconds")
    assert (problem.place.file, problem.severity) == ("returns/a police.csv", "error")


def test_refs_read_before_a_return_that_was_given_up_are_still_known(
    write_review: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wall, "LIMITS", Limits(seconds=0.4))
    slow = rows(30_000, lambda at: ("14/07/1999", f"{at} {at} {at}"))
    same = f"{HEAD}\n{ROW}\n"
    folder = write_review(TOML, {"town police 1.csv": same, "town police 2.csv": slow, "town police 3.csv": same})
    assert [entry.ref for entry in loaders.load(folder).review.entries] == ["7", "7~2"]


def test_a_return_that_asks_for_too_much_memory_is_one_problem(
    write_review: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wall, "LIMITS", Limits(memory=100 << 20))
    folder = write_review(TOML, {**OTHER, "town police.csv": f"{HEAD}\n{ROW}{'x' * 45_000_000}\n"})
    loaded = loaders.load(folder)
    assert len(loaded.review.entries) == 1
    assert said(loaded, "memory").place.file == "returns/town police.csv"


def test_a_table_beside_that_takes_too_long_is_one_problem(
    write_review: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wall, "LIMITS", Limits(seconds=0.4))
    folder = write_review(TOML, OTHER)
    made = (f"F{at},{at} {at} {at},Town {at},kind,words,Report" for at in range(40_000))
    (folder / "findings.csv").write_text("\n".join(["Id,Date,Agency,Kind,Finding,Source", *made]))
    loaded = within(SOON, lambda: loaders.load(folder))
    assert said(loaded, "0.4 seconds").place.file == "findings.csv"
    assert len(loaded.review.entries) == 1


def test_what_the_program_does_not_expect_in_a_file_is_one_problem(
    write_review: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    from loaders.formats import readers

    def mistaken(*_: object) -> None:
        raise LookupError("a slip of the program")

    monkeypatch.setitem(readers.READERS, ".tsv", mistaken)
    loaded = loaders.load(write_review(TOML, {**OTHER, "town police.tsv": "x"}))
    assert said(loaded, "does not expect").place.file == "returns/town police.tsv"
    assert len(loaded.review.entries) == 1


# --- what grew with the square of a file --------------------------------------------------------------------------


def test_ten_thousand_rows_of_one_ref_are_told_apart(read: Read) -> None:
    again = [ROW.replace("7,", "A/1,", 1)] * 10_000
    loaded = within(20, lambda: read("\n".join([HEAD, *again])))
    assert loaded.review.entries[-1].ref == "A/1~10000"


def test_a_number_that_somebody_wrote_is_not_given_again(read: Read) -> None:
    refs = ["7", "7~3", "7", "7", "7"]
    loaded = read("\n".join([HEAD, *(ROW.replace("7,", f"{ref},", 1) for ref in refs)]))
    assert [entry.ref for entry in loaded.review.entries] == ["7", "7~3", "7~2", "7~4", "7~5"]


@pytest.mark.parametrize(
    "change",
    [
        lambda at: ("bruising", f"fractoor{at}"),
        lambda at: ("home-visit", f"clinick{at}"),
        lambda at: ("Town Hospital", f"Towne Hosp{at}"),
    ],
)
def test_thousands_of_unknown_words_are_read(read: Read, change: Callable[[int], tuple[str, str]]) -> None:
    assert len(within(20, lambda: read(rows(3_000, change))).review.entries) == 3_000


def test_hints_are_the_same_however_many_words_are_known() -> None:
    from difflib import get_close_matches
    from random import Random

    from kg.base.nearest import nearest_few

    chance = Random(3)
    known = ["".join(chance.choices("abcde ", k=chance.randint(1, 12))) for _ in range(400)]
    for word in known[:60]:
        slip = word[1:] + "a"
        assert nearest_few(slip, known, 3) == get_close_matches(slip, known, n=3, cutoff=0.6)


SHEET, HEADINGS, CELLS = "xl/worksheets/sheet1.xml", HEAD.split(","), ROW.split(",")


@pytest.mark.parametrize("piece", [b"<row ", b"<x:c ", b"<v ", b"<col ", b"<oleObject ", b"<t "])
def test_a_long_run_of_tags_that_never_end_is_read_past(read: Read, piece: bytes) -> None:
    run = b"<!-- " + piece * (900_000 // len(piece)) + b"--><sheetData>"
    data = changed(workbook({"S": [HEADINGS, CELLS]}), SHEET, lambda part: part.replace(b"<sheetData>", run))
    loaded = within(SOON, lambda: read({"town police.xlsx": data}))
    assert len(loaded.review.entries) == 1


def test_a_sheet_of_many_names_is_read_once(read: Read) -> None:
    def renamed(part: bytes) -> bytes:
        found = re.search(rb"<sheet [^>]*/>", part)
        assert found is not None
        return part.replace(
            found[0], b"".join(found[0].replace(b'name="S"', b'name="S%d"' % at) for at in range(3_000))
        )

    data = changed(workbook({"S": [HEADINGS, *[CELLS] * 100]}), "xl/workbook.xml", renamed)
    loaded = within(SOON, lambda: read({"town police.xlsx": data}))
    assert len(loaded.review.entries) == 100
    assert said(loaded, "2999 names lead to a sheet").severity == "warning"


def test_a_long_text_repeated_under_marks_of_space_is_counted(read: Read) -> None:
    long = [*CELLS[:5], "y" * 32_000, *CELLS[6:]]
    data = changed(
        workbook({"S": [HEADINGS, *[long] * 8_000]}),
        SHEET,
        lambda part: part.replace(b"<v>", b'<v xml:space="default"> '),
    )
    assert said(within(SOON, lambda: read({"town police.xlsx": data})), "repeats a long text").severity == "error"


def test_boxes_within_boxes_say_their_words_once(read: Read) -> None:
    inner = ""
    for depth in range(40):
        words = f"<w:p><w:r><w:t>word{depth}</w:t></w:r>{inner}</w:p>"
        inner = f"<w:r><w:pict><w:txbxContent>{words}</w:txbxContent></w:pict></w:r>"
    data = changed(
        document([[HEADINGS, CELLS]]),
        "word/document.xml",
        body(lambda text: text.replace("<w:t>He was well</w:t></w:r>", f"<w:t>He was well</w:t></w:r>{inner}", 1)),
    )
    loaded = within(SOON, lambda: read({"town police.docx": data}))
    assert loaded.review.entries[0].narrative.count("word0") == 1


def test_a_table_that_is_wide_in_one_row_and_long_in_others_is_too_large(read: Read) -> None:
    wide = "<w:tr>" + '<w:tc><w:tcPr><w:gridSpan w:val="150"/></w:tcPr><w:p/></w:tc>' * 1_000 + "</w:tr>"
    long = "<w:tr><w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc></w:tr>" * 1_000
    data = changed(
        document([[HEADINGS, CELLS]]),
        "word/document.xml",
        body(lambda text: text.replace("</w:tbl>", f"{wide}{long}</w:tbl>", 1)),
    )
    assert said(within(SOON, lambda: read({"town police.docx": data})), "too large").severity == "error"


def test_the_reading_is_the_same_however_the_process_was_begun(training: Path) -> None:
    import threading

    wall.end_wall()
    before = loaders.load(training)
    wall.end_wall()
    wait = threading.Event()
    beside = threading.Thread(target=wait.wait)
    beside.start()
    try:
        assert loaders.load(training) == before
    finally:
        wait.set()
        beside.join()
        wall.end_wall()
