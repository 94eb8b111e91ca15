"""Returns that come back: what changed, what must be decided again, and that nothing is ever lost."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from dataclasses import replace as with_
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from helpers.small import AGENCIES, day, review, row

import loaders
from kg.commands.decide import accept
from kg.commands.office import merge_returns, replace
from kg.findings.study import find_gaps
from kg.model.record import Entry
from kg.model.review import Agency
from kg.office.merging import merged_return, parts_of
from kg.office.replacing import Busy, one_at_a_time, put_in_place
from kg.office.whole_returns import return_problems
from kg.terms.reader import load

WriteReview = Callable[..., Path]
TOML = """
title = "Small"
jurisdiction = "England"
period = ["2021-02-01", "2021-04-02"]
subjects = ["Sam"]
[[people]]
name = "Sam"
aliases = ["Sammy"]
[[agencies]]
name = "Police"
type = "police"
[[agencies]]
name = "Care"
type = "childrens-social-care"
"""
HEADS = "Ref,Date,People,Contact,What happened,Indicators\n"
POLICE = HEADS + (
    "P1,08/02/2021,Sam,police-attendance,A mark was seen.,bruising\n"
    "P2,01/03/2021,Sam,police-attendance,Another mark was seen.,bruising\n"
)
CARE = HEADS + "C1,20/02/2021,Sam,home-visit,A visit.,\nC2,20/03/2021,Sam,home-visit,A second visit.,\n"


def severities(entries: tuple[Entry, ...]) -> list[tuple[str, str]]:
    return [(each.severity, each.place.file) for each in return_problems(review(*entries))]


def in_file(entry: Entry, file: str, words: str = "") -> Entry:
    return with_(entry, place=with_(entry.place, file=f"returns/{file}"), narrative=words or entry.narrative)


ROWS = [in_file(row(f"Care/C{at}", day(at)), "a.csv", f"Visit {at}.") for at in range(5)]


def test_a_return_sent_twice_is_seen() -> None:
    copies = [in_file(with_(each, name=f"{each.name}~2"), "b.xlsx") for each in ROWS]
    assert severities((*ROWS, *copies)) == [("warning", "returns/b.xlsx")]


def test_a_return_sent_again_with_a_few_changes_is_seen_too() -> None:
    copies = [in_file(with_(each, name=f"{each.name}~2"), "b.xlsx") for each in ROWS[:4]]
    other = in_file(row("Care/C9", day(9)), "b.xlsx", "Something else.")
    (problem,) = return_problems(review(*ROWS, *copies, other))
    assert "4 of the 5 rows are the same" in problem.why


def test_two_returns_that_share_a_row_are_two_returns() -> None:
    other = [in_file(row(f"School/S{at}", day(at)), "s.csv", f"Lesson {at}.") for at in range(4)]
    assert severities((*ROWS, *other, in_file(row("School/S9", day(0)), "s.csv", "Visit 0."))) == []


def test_one_file_given_for_two_agencies_names_both() -> None:
    copies = [in_file(row(f"Police/C{at}", day(at)), "p.csv", f"Visit {at}.") for at in range(5)]
    (problem,) = return_problems(review(*ROWS, *copies))
    assert "Care and of Police" in problem.what


def test_a_return_of_another_review_is_warned_of() -> None:
    strange = row("Police/P1", day(1), people=("Jo", "Chris"))
    (problem,) = return_problems(review(strange, *ROWS))
    assert (problem.severity, problem.place.file) == ("warning", "returns/Police.csv")
    assert "Jo, Chris" in problem.why


@pytest.mark.parametrize(
    "entry",
    [
        row("Police/P1", day(1), people=()),
        row("Police/P1", day(1), people=("Jo", "Sam")),
        row("Police/P1", day(1), people=("Jo",), about=("Sam",)),
        with_(row("Police/P1", day(1), people=("Child",)), cells={"what-happened": "Saw sam at home."}),
    ],
)
def test_a_return_that_names_a_listed_person_anywhere_is_not_foreign(entry: Entry) -> None:
    assert return_problems(review(entry)) == ()


def test_a_name_within_another_word_is_no_name() -> None:
    strange = with_(row("Police/P1", day(1), people=("Jo",)), cells={"what-happened": "The same again."})
    assert len(return_problems(review(strange))) == 1


def test_a_row_entered_twice_in_one_return_is_a_note_at_the_second() -> None:
    again = with_(ROWS[0], name="Care/C7", ref="C7", place=with_(ROWS[0].place, row=9, entry="C7"))
    (problem,) = return_problems(review(*ROWS, again))
    assert (problem.severity, problem.place.row) == ("note", 9)
    assert "C0" in problem.what


def test_the_cases_hold_no_return_sent_twice_or_of_another_review(climbie: Path, connelly: Path, hayter: Path) -> None:
    for folder in (climbie, connelly, hayter):
        found = return_problems(loaders.load(folder).review)
        assert [str(each) for each in found if each.severity != "note"] == []


# --- a corrected return -----------------------------------------------------------------------------------------------


@pytest.fixture
def folder(write_review: WriteReview) -> Path:
    return write_review(TOML, {"police.csv": POLICE, "care.csv": CARE})


def run(folder: Path, file: Path, *options: str, agency: str = "Police") -> str:
    done = CliRunner().invoke(replace, [str(folder), agency, str(file), *options])
    assert done.exit_code == 0, done.output
    return " ".join(done.output.split())


def corrected(tmp_path: Path, text: str, name: str = "corrected.csv") -> Path:
    file = tmp_path / name
    file.write_text(text, encoding="utf-8")
    return file


def test_a_corrected_return_takes_the_place_and_the_old_one_is_kept(folder: Path, tmp_path: Path) -> None:
    new = POLICE.replace("Another mark", "Two marks") + "P3,02/03/2021,Sam,telephone-call,A call.,\n"
    said = run(folder, corrected(tmp_path, new))
    assert "rows 1 added, 0 removed, 1 changed" in said
    assert "Police/P2 (what-happened)" in said
    assert (folder / "returns" / "police.csv").read_text(encoding="utf-8") == new
    (kept,) = (folder / "superseded").iterdir()
    assert kept.name == f"{date.today().isoformat()}-police.csv"
    assert kept.read_text(encoding="utf-8") == POLICE
    assert sorted(path.name for path in (folder / "returns").iterdir()) == ["care.csv", "police.csv"]
    assert not [path for path in folder.iterdir() if path.name.startswith(".trial")]


def test_looking_moves_nothing(folder: Path, tmp_path: Path) -> None:
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    assert "0 added, 1 removed" in run(folder, corrected(tmp_path, POLICE.rpartition("P2")[0]), "--look")
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


def test_three_corrections_in_one_day_are_all_kept(folder: Path, tmp_path: Path) -> None:
    for number in range(3):
        run(folder, corrected(tmp_path, POLICE.replace("A mark", f"{number} marks")))
    assert len([*(folder / "superseded").iterdir()]) == 3


def test_decisions_on_unchanged_rows_stand_and_those_on_changed_ones_are_asked_again(
    folder: Path, tmp_path: Path
) -> None:
    gaps = find_gaps(loaders.load(folder).review, load())
    chances = [each for each in gaps.findings if each.kind == "missed-opportunity" and each.agency == "Police"]
    assert len(chances) == 2
    for each in chances:
        done = CliRunner().invoke(accept, [str(folder), each.id, "--by", "A. Reviewer", "--why", "No record."])
        assert done.exit_code == 0, done.output
    said = run(folder, corrected(tmp_path, POLICE.replace("Another mark", "Two marks")))
    assert "To be decided again, because what they rest on has changed: 1" in said
    assert "1 decision on unchanged rows stands" in said
    changed = next(each for each in chances if "P2" in [gaps.review.entries[each.detail.row].ref])  # type: ignore[union-attr]
    assert changed.id in said
    assert len(loaders.load(folder).judgements) == 2, "no decision is taken away"


def test_a_return_in_another_kind_of_file_is_found_again(folder: Path, tmp_path: Path) -> None:
    from kg.office.form_workbook import workbook_template

    known = loaders.load(folder).review
    rows = [entry.cells for entry in known.entries if entry.agency == "Police"]
    file = tmp_path / "as excel.xlsx"
    file.write_bytes(workbook_template(known, load(), known.agency("Police"), rows))
    assert "rows 0 added, 0 removed, 0 changed" in run(folder, file)
    assert sorted(path.name for path in (folder / "returns").iterdir()) == ["care.csv", "police.xlsx"]
    assert (folder / "superseded").exists()


def test_the_first_return_of_an_agency_is_simply_put_in(folder: Path, tmp_path: Path) -> None:
    (folder / "returns" / "police.csv").unlink()
    assert "had no return until now: 2 added" in run(folder, corrected(tmp_path, POLICE, "police march.csv"))
    assert not (folder / "superseded").exists()


def test_the_same_bytes_are_not_a_correction(folder: Path, tmp_path: Path) -> None:
    assert "byte for byte" in run(folder, corrected(tmp_path, POLICE))
    assert not (folder / "superseded").exists()


@pytest.mark.parametrize("text", ["", "not a table", HEADS])
def test_a_file_without_rows_never_takes_the_place_of_a_return(folder: Path, tmp_path: Path, text: str) -> None:
    file = corrected(tmp_path, text, "new.pdf" if text == "not a table" else "new.csv")
    done = CliRunner().invoke(replace, [str(folder), "Police", str(file)])
    assert done.exit_code == 2
    assert "Nothing was moved" in done.output
    assert (folder / "returns" / "police.csv").read_text(encoding="utf-8") == POLICE


def test_a_file_already_among_the_returns_is_not_moved(folder: Path) -> None:
    done = CliRunner().invoke(replace, [str(folder), "Police", str(folder / "returns" / "care.csv")])
    assert done.exit_code == 2
    assert "in returns/ already" in " ".join(done.output.split())


def test_a_move_that_breaks_off_leaves_the_old_return(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("kg.office.replacing.os.replace", breaks)
    with pytest.raises(OSError, match="space"):
        put_in_place(folder, "police.csv", corrected(tmp_path, "x"), "police.csv", date(2021, 5, 1))
    assert (folder / "returns" / "police.csv").read_text(encoding="utf-8") == POLICE
    assert sorted(path.name for path in (folder / "returns").iterdir()) == ["care.csv", "police.csv"]


# --- a trust and its services -----------------------------------------------------------------------------------------

TRUST = (
    *AGENCIES,
    Agency("Trust", "hospital", has_return=True),
    Agency("Ward", "hospital", part_of="Trust", has_return=True),
    Agency("Clinic", "hospital", part_of="Ward", has_return=True),
)


def test_a_part_of_a_part_is_a_part() -> None:
    assert parts_of(review(agencies=TRUST), "Trust") == ("Ward", "Clinic")
    assert parts_of(review(agencies=TRUST), "Care") == ()


def test_a_merged_return_keeps_who_wrote_what_in_the_order_of_dates() -> None:
    own, ward, clinic = row("Trust/T1", day(3)), row("Ward/W1", day(1)), row("Clinic/K1", day(2))
    ward = with_(ward, cells={**ward.cells, "unit": "Bay 2"})
    merged = merged_return(review(own, ward, clinic, row("Care/C1", day(1)), agencies=TRUST), "Trust")
    assert [(each["ref"], each.get("unit", "")) for each in merged.rows] == [
        ("W1", "Ward: Bay 2"),
        ("K1", "Clinic"),
        ("T1", ""),
    ]
    assert merged.parts == (("Trust", 1), ("Ward", 1), ("Clinic", 1))
    assert merged.renamed == ()


def test_a_ref_that_two_services_use_is_told_apart_wherever_it_is_named() -> None:
    ward, clinic = row("Ward/1", day(1)), row("Clinic/1", day(2))
    tells = row("Clinic/2", day(3))
    tells = with_(tells, cells={**tells.cells, "shared-what": "1; bruising"})
    merged = merged_return(review(ward, clinic, tells, agencies=TRUST), "Trust")
    assert [each["ref"] for each in merged.rows] == ["Ward 1", "Clinic 1", "2"]
    assert merged.rows[2]["shared-what"] == "Clinic 1; bruising"
    assert merged.renamed == (("Ward", "1", "Ward 1"), ("Clinic", "1", "Clinic 1"))


@pytest.mark.parametrize("ending", [".xlsx", ".docx"])
def test_a_merged_return_reads_back_as_the_trusts_own(write_review: WriteReview, tmp_path: Path, ending: str) -> None:
    parts = '[[agencies]]\nname = "Trust"\n[[agencies]]\nname = "Ward"\npart_of = "Trust"\n'
    before = write_review(TOML + parts, {"ward.csv": POLICE, "trust.csv": CARE}, name="before")
    out = tmp_path / f"trust{ending}"
    done = CliRunner().invoke(merge_returns, [str(before), "trust", "-o", str(out)])
    assert done.exit_code == 0, done.output
    after = write_review(TOML + parts, {out.name: out.read_bytes()}, name="after")
    entries = loaders.load(after).review.entries
    assert [(each.agency, each.ref, each.cells["unit"]) for each in entries] == [
        ("Trust", "P1", "Ward"),
        ("Trust", "C1", ""),
        ("Trust", "P2", "Ward"),
        ("Trust", "C2", ""),
    ]
    assert CliRunner().invoke(merge_returns, [str(before), "trust", "-o", str(out)]).exit_code == 2
    assert CliRunner().invoke(merge_returns, [str(before), "Care", "-o", str(tmp_path / "x.xlsx")]).exit_code == 2
    shutil.rmtree(after)


def test_two_who_put_a_return_in_place_at_one_moment_do_so_one_after_the_other(folder: Path, tmp_path: Path) -> None:
    with one_at_a_time(folder), pytest.raises(Busy, match="Nothing was moved"), one_at_a_time(folder, patience=0.05):
        pass


def test_what_a_program_that_was_cut_off_left_behind_is_taken_away(folder: Path, tmp_path: Path) -> None:
    half, trial = folder / "returns" / ".police.csv.new", folder / ".trial-old"
    half.write_text("half")
    trial.mkdir()
    os.utime(trial, (1, 1))
    running = folder / ".trial-running"
    running.mkdir()
    with one_at_a_time(folder):
        assert not half.exists()
        assert not trial.exists()
        assert running.exists()
