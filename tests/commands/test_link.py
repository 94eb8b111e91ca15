"""``kg link``: judging names one by one or in a spreadsheet; every judgement kept at once, and by somebody."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from helpers.small import WriteReview

from kg.commands.link import link
from loaders import load

REVIEW = """title = "Sam"
jurisdiction = "England"
kind = "child"
period = ["2021-01-01", "2021-12-31"]
subjects = ["Sam Hart"]
[[people]]
name = "Sam Hart"
role = "child"
[[people]]
name = "Alex Hart"
role = "mother"
[[agencies]]
name = "Police"
type = "police"
"""
ROWS = """Ref,Date,People,What happened
1,14/03/2021,Samm Hart,Seen at home.
2,15/03/2021,Mrs Hart,Rang.
3,16/03/2021,Sam Hart,=1+1
"""


@pytest.fixture
def folder(write_review: WriteReview) -> Path:
    return write_review(REVIEW, {"Police.csv": ROWS})


def run(*words: str | Path, typed: str = "") -> Result:
    return CliRunner().invoke(link, [str(word) for word in words], input=typed)


def people(folder: Path) -> list[tuple[str, ...]]:
    return [entry.people for entry in load(folder).review.entries]


def rows(folder: Path) -> list[dict[str, str]]:
    text = (folder / "judgements.csv").read_text(encoding="utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_accepting_joins_and_rejecting_does_not(folder: Path) -> None:
    done = run(folder, "--by", "Ann", typed="a\n\nr\nAnother family.\n")
    assert done.exit_code == 0, done.output
    assert people(folder) == [("Sam Hart",), ("Mrs Hart",), ("Sam Hart",)]
    assert [(each["Verdict"], each["By"], each["Of"], each["As"]) for each in rows(folder)] == [
        ("same", "Ann", "Samm Hart", "Sam Hart"),
        ("different", "Ann", "Mrs Hart", "Alex Hart"),
    ]
    assert rows(folder)[1]["Why"] == "Another family."


def test_stopping_keeps_what_was_judged_and_the_next_day_goes_on_from_there(folder: Path) -> None:
    first = run(folder, "--by", "Ann", typed="a\n\n")
    assert first.exit_code == 0
    assert "1 judgement kept" in first.output
    second = run(folder, "--by", "Ann", typed="q\n")
    assert "1 suggestion to look at" in second.output
    assert "Samm" not in second.output


def test_undo_adds_a_row_and_opens_the_pair_again(folder: Path) -> None:
    run(folder, "--by", "Ann", typed="a\n\nz\nq\n")
    assert [each["Verdict"] for each in rows(folder)] == ["same", "open"]
    assert people(folder)[0] == ("Samm Hart",)
    assert "2 suggestions" in run(folder, "--by", "Ann", typed="q\n").output


def test_skipping_and_unknown_keys_write_nothing(folder: Path) -> None:
    done = run(folder, "--by", "Ann", typed="?\ns\nz\ns\n")
    assert done.exit_code == 0
    assert not (folder / "judgements.csv").exists()


def test_unsure_is_kept_and_asked_again_only_on_request(folder: Path) -> None:
    run(folder, "--by", "Ann", typed="u\n\nq\n")
    assert "1 suggestion" in run(folder, "--by", "Ann", typed="q\n").output
    assert "2 suggestions" in run(folder, "--by", "Ann", "--again", typed="q\n").output


def test_nobody_cannot_judge(folder: Path) -> None:
    done = run(folder, typed="a\n\n")
    assert done.exit_code == 2
    assert "--by" in done.output
    assert not (folder / "judgements.csv").exists()


def test_a_list_names_each_pair_with_score_reasons_and_entries(folder: Path) -> None:
    (first, second) = json.loads(run(folder, "--format", "json").stdout)
    assert (first["of"], first["as"], first["entries"]) == ("Samm Hart", "Sam Hart", ["Police/1"])
    assert first["score"] > second["score"] > 0
    assert first["why"]
    assert "Samm Hart" in run(folder, "--format", "text").stdout


def fill(folder: Path, verdicts: dict[str, str], **more: str) -> Path:
    table = list(csv.DictReader(io.StringIO(run(folder, "--format", "csv").stdout)))
    for each in table:
        each["Verdict"] = verdicts.get(each["Of"], "")
        each |= more
    file = folder / "filled.csv"
    with file.open("w", encoding="utf-8-sig", newline="") as out:
        writer = csv.DictWriter(out, list(table[0]), delimiter=";")
        writer.writeheader()
        writer.writerows(table)
    return file


def test_a_list_filled_in_a_spreadsheet_comes_back_once(folder: Path) -> None:
    file = fill(folder, {"Samm Hart": "same", "Mrs Hart": "Unsure"})
    done = run(folder, "--from", file, "--by", "Ann")
    assert done.exit_code == 0, done.output
    assert people(folder)[0] == ("Sam Hart",)
    again = run(folder, "--from", file, "--by", "Ann")
    assert "2 stood there already" in again.output
    assert len(rows(folder)) == 2


def test_rows_of_a_list_that_cannot_be_used_are_said_and_the_others_kept(folder: Path) -> None:
    done = run(folder, "--from", fill(folder, {"Samm Hart": "same", "Mrs Hart": "perhaps"}), "--by", "Ann")
    assert done.exit_code == 1
    assert '"perhaps" is none of same, different, unsure' in done.output
    assert len(rows(folder)) == 1
    nobody = run(folder, "--from", fill(folder, {"Mrs Hart": "same"}))
    assert "nobody is named" in nobody.output
    strange = run(folder, "--from", fill(folder, {"Mrs Hart": "same"}, Id="names-0000000000"), "--by", "Ann")
    assert "is no suggestion" in strange.output


def test_a_file_that_is_no_list_is_refused_whole(folder: Path) -> None:
    other = folder / "other.csv"
    other.write_text("a,b\n1,2\n", encoding="utf-8")
    assert "not a list that kg link made" in run(folder, "--from", other, "--by", "Ann").output
    assert run(folder, "--from", folder / "none.csv", "--by", "Ann").exit_code == 2


def test_a_judgements_file_without_the_columns_of_names_is_kept_and_used(folder: Path) -> None:
    old = "Id,Verdict,By,On,Why\nchance-0000000000,accepted,Bo,2021-05-04,Yes\n"
    (folder / "judgements.csv").write_text(old, encoding="utf-8")
    run(folder, "--by", "Ann", typed="a\n\nq\n")
    assert (folder / "judgements.csv").read_text(encoding="utf-8").startswith(old)
    assert people(folder)[0] == ("Sam Hart",)
