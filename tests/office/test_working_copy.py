"""The working copy: everything is in it, it can be read by everybody, and notes written in it come back once."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from helpers.asking import study
from helpers.small import day, row
from python_calamine import CalamineWorkbook

import loaders
from kg.base.grammar import letter
from kg.chronology.order import in_order
from kg.commands.decide import note
from kg.commands.find import chronology
from kg.decisions.notes import entry_mark
from kg.findings.study import Study, find_gaps
from kg.model.problem import Place
from kg.model.reviewer import Note
from kg.office.form_workbook import CELL
from kg.office.said_at_a_row import NAMED
from kg.office.working_copy import COLOURS, ENTRY, HEAD, IDS, INK, NOTE, SO_FAR, notes_written, said, working_copy
from kg.terms.reader import load

HELD = row("Hospital/H1", day(1), "bruising")
VISIT = row("Care/C1", day(10), seen="yes")
UNDATED = row("School/S1")


def sheet_of(data: bytes, name: str = "Chronology") -> list[list[object]]:
    rows: list[list[object]] = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_name(name).to_python()
    return rows


def table(gaps: Study, notes: tuple[Note, ...] = ()) -> list[dict[str, object]]:
    rows = sheet_of(working_copy(gaps, in_order(gaps.review), notes))
    return [dict(zip(map(str, rows[HEAD]), cells, strict=False)) for cells in rows[HEAD + 1 :]]


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("colour", COLOURS)
def test_writing_on_every_colour_can_be_read_by_people_with_weak_sight(colour: str) -> None:
    assert (luminance(colour) + 0.05) / (luminance(INK) + 0.05) >= 7


def test_no_two_agencies_share_a_letter() -> None:
    assert [letter(0), letter(25), letter(26), letter(27), letter(52)] == ["A", "Z", "AA", "AB", "BA"]
    assert len({letter(at) for at in range(800)}) == 800


def test_every_entry_is_there_in_one_order_and_the_undated_last() -> None:
    rows = table(study(UNDATED, VISIT, HELD))
    assert [each[ENTRY] for each in rows] == ["Hospital/H1", "Care/C1", "School/S1"]
    assert [each["Order"] for each in rows] == [1.0, 2.0, 3.0]
    assert [each["Key"] for each in rows] == ["C", "A", "D"]
    assert (rows[2]["Date as read"], rows[2]["Earliest day"]) == ("undated", "")


def test_a_date_stands_as_read_beside_as_written() -> None:
    (only,) = table(study(HELD))
    assert (only["Date as read"], only["Date as written"]) == ("2 February 2021", "day 1-1")
    assert only["Earliest day"] == date(2021, 2, 2)


def test_findings_are_named_at_every_row_they_judge() -> None:
    gaps = study(HELD, VISIT)
    rows = {each[ENTRY]: str(each[IDS]) for each in table(gaps)}
    missed = next(each for each in gaps.findings if each.kind == "missed-share")
    assert missed.id in rows["Care/C1"]
    assert missed.id not in rows["Hospital/H1"]
    listed = sheet_of(working_copy(gaps, in_order(gaps.review)), "Findings")
    assert missed.id in [cells[-1] for cells in listed]


def test_everything_an_agency_wrote_is_in_the_sheet(climbie: Path) -> None:
    review = loaders.load(climbie).review
    gaps = find_gaps(review, load())
    rows = {each[ENTRY]: each for each in table(gaps)}
    assert len(rows) == len(review.entries)
    for at, entry in enumerate(review.entries):
        shown = rows[entry_mark(review, at)]
        assert shown["What happened"] == entry.narrative
        assert shown["Comment"] == entry.cells.get("comment", "")


def test_the_same_review_gives_the_same_bytes() -> None:
    gaps = study(HELD, VISIT)
    assert working_copy(gaps, in_order(gaps.review)) == working_copy(gaps, in_order(gaps.review))


def test_nothing_in_it_is_calculated() -> None:
    gaps = study(HELD)
    with zipfile.ZipFile(io.BytesIO(working_copy(gaps, [0]))) as archive:
        assert not [name for name in archive.namelist() if b"<f>" in archive.read(name)]


def test_a_cell_longer_than_excel_allows_is_cut_and_says_where_the_whole_stands() -> None:
    from dataclasses import replace

    (only,) = table(study(replace(HELD, narrative="x" * (CELL + 5))))
    words = str(only["What happened"])
    assert len(words) == CELL
    assert words.endswith("returns/Hospital.csv, row 2)") or "the whole stands in returns/Hospital.csv" in words


def back(gaps: Study, *written: tuple[str, str], notes: tuple[Note, ...] = ()) -> list[tuple[int, list[str]]]:
    return [(3, ["Order", SO_FAR, NOTE, ENTRY])] + [
        (4 + at, ["1", "", words, name]) for at, (name, words) in enumerate(written)
    ]


def test_a_note_written_in_it_is_new_once() -> None:
    gaps = study(HELD, VISIT)
    found = notes_written(gaps, (), back(gaps, ("Care/C1", "Who went?"), ("Hospital/H1", " ")))
    assert found is not None
    assert (found.new, found.known, found.lost) == ((("Care/C1", "Who went?"),), 0, ())
    kept = (Note("Care/C1", "Who  went?", "A", date(2021, 3, 1), Place("notes.csv")),)
    again = notes_written(gaps, kept, back(gaps, ("Care/C1", "Who went?")))
    assert again is not None
    assert (again.new, again.known) == ((), 1)


def test_a_note_beside_no_entry_is_said_and_not_lost_in_silence() -> None:
    found = notes_written(study(HELD), (), back(study(HELD), ("Care/C9", "Who went?")))
    assert found is not None
    assert found.new == ()
    assert "Who went?" in found.lost[0]


def test_words_put_among_older_notes_are_said_not_to_be_read() -> None:
    kept = Note("Care/C1", "Who went?", "A", date(2021, 3, 1), Place("notes.csv"))
    gaps = study(VISIT)
    rows = [(3, [SO_FAR, NOTE, ENTRY]), (4, [f"{said(kept)}\nAnd why?", "", "Care/C1"])]
    found = notes_written(gaps, (kept,), rows)
    assert found is not None
    assert "And why?" in found.lost[0]
    assert notes_written(gaps, (kept,), [rows[0], (4, [said(kept), "", "Care/C1"])]) is not None


def test_another_table_is_no_working_copy() -> None:
    assert notes_written(study(HELD), (), [(1, ["Ref", "Date"]), (2, ["1", "2"])]) is None


TOML = """
title = "Small"
jurisdiction = "England"
period = ["2021-02-01", "2021-04-02"]
subjects = ["Sam"]
[[people]]
name = "Sam"
[[agencies]]
name = "Police"
type = "police"
"""
RETURN = "Ref,Date,People,What happened\nP1,14/02/2021,Sam,A call.\n,15/02/2021,Sam,A second call.\n"


def test_notes_go_out_and_come_back_through_the_file(tmp_path: Path) -> None:
    from xlsxwriter import Workbook

    folder = tmp_path / "r"
    (folder / "returns").mkdir(parents=True)
    (folder / "review.toml").write_text(TOML, encoding="utf-8")
    (folder / "returns" / "police.csv").write_text(RETURN, encoding="utf-8")
    copy = tmp_path / "copy.xlsx"
    run = CliRunner()
    made = run.invoke(chronology, [str(folder), "-o", str(copy)])
    assert made.exit_code == 0, made.output
    assert run.invoke(chronology, [str(folder), "-o", str(copy)]).exit_code == 2, "it may hold notes by now"
    rows = [[str(cell) for cell in cells] for cells in sheet_of(copy.read_bytes())]
    at = rows[HEAD].index(NOTE)
    marked = tmp_path / "marked.xlsx"
    book = Workbook(marked, {"strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet("Chronology")
    notes = ["=Ask who rang.", "Two\nlines"]
    for line, cells in enumerate(rows):
        for column, words in enumerate(cells):
            sheet.write_string(line, column, words if line <= HEAD or column != at else notes[line - HEAD - 1])
    book.close()
    took = run.invoke(note, [str(folder), "--from", str(marked), "--by", "A. Reviewer", "--on", "01/05/2021"])
    assert took.exit_code == 0, took.output
    assert "2 notes added" in took.output
    kept = loaders.load(folder)
    assert [(each.note, each.by, each.on) for each in kept.notes] == [
        (words, "A. Reviewer", date(2021, 5, 1)) for words in notes
    ]
    again = run.invoke(note, [str(folder), "--from", str(marked), "--by", "A. Reviewer"])
    assert "0 notes added" in again.output
    assert len(loaders.load(folder).notes) == 2
    assert run.invoke(note, [str(folder), "--by", "A"]).exit_code == 2
    assert run.invoke(note, [str(folder), "--from", str(folder / "returns/police.csv"), "--by", "A"]).exit_code == 2


def test_a_row_says_what_did_not_arrive_who_held_it_and_since_when() -> None:
    """In sentences without ids; nobody who came to hold it only later is named at the row."""
    late = row("Police/P1", day(9), "bruising", contact="welfare-check", seen="yes")
    rows = {each[ENTRY]: str(each["Findings"]) for each in table(study(HELD, VISIT, late))}
    assert "No record here by then of 1 kind of information held elsewhere:" in rows["Care/C1"]
    assert "bruising or marks: Hospital from 2 February 2021" in rows["Care/C1"]
    assert "Police" not in rows["Care/C1"]
    assert not re.search(r"(share|chance)-[0-9a-f]{6}", "".join(rows.values()))


def test_many_kinds_at_a_row_are_named_in_part_and_counted() -> None:
    kinds = ("bruising", "neglect", "poor-home-conditions", "poor-hygiene", "unexplained-injury", "burn-or-scald")
    known = [kind for kind in kinds if load().concept("indicator", kind)]
    assert len(known) > 4
    many = row("Hospital/H1", day(1), *known, contact="hospital-attendance", seen="yes")
    gaps = study(many, VISIT)
    words = next(str(each["Findings"]) for each in table(gaps) if each[ENTRY] == "Care/C1")
    missed = [each for each in gaps.findings if each.kind == "missed-share" and each.agency == "Care"]
    assert words.count("Hospital from") == NAMED
    assert f"{len(missed) - NAMED} other kind" in words
