"""A review before the reviewer read its narratives, and after: what was gained, changed and ended, and the code as reason."""

from __future__ import annotations

import csv
import io
import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from helpers.small import WriteReview

import cli

TOML = (
    'title = "Sam"\njurisdiction = "England"\nkind = "child"\n'
    'period = ["01/01/2021", "31/12/2021"]\nsubjects = ["Sam"]\nincident = "31/12/2021"\n'
    '[[people]]\nname = "Sam"\nrole = "child"\n'
    '[[agencies]]\nname = "School"\ntype = "school"\n[[agencies]]\nname = "Hospital"\ntype = "hospital"\n'
)
SCHOOL = (
    "Ref,Date,People,Contact,Indicators,Responses,What happened\n"
    "S1,01/02/2021,Sam,observation,,,Bruise to left arm.\n"
    "S2,02/03/2021,Sam,observation,bruising,,Bruise to right arm.\n"
    "S3,03/03/2021,Sam,referral-made,,,Referral made to MASH.\n"
)
HOSPITAL = "Ref,Date,People,Contact,Indicators,What happened\nH1,01/06/2021,Sam,ed-attendance,fracture,Seen by Dr X.\n"


def ran(*words: str) -> str:
    done = CliRunner().invoke(cli.main, [*words])
    assert done.exit_code == 0, done.output
    return done.stdout


@pytest.fixture
def states(write_review: WriteReview, tmp_path: Path) -> tuple[Path, Path]:
    """The folder as it was, and after the reviewer accepted the bruise of S1 and the referral of S3."""
    before = write_review(TOML, {"School.csv": SCHOOL, "Hospital.csv": HOSPITAL})
    after = tmp_path / "after"
    shutil.copytree(before, after)
    rows = list(csv.DictReader(io.StringIO(ran("code", str(after), "--format", "csv"))))
    wanted = {("School/S1", "indicators"), ("School/S3", "responses")}
    chosen = [row | {"status": "accepted"} for row in rows if (row["entry"], row["field"]) in wanted]
    assert {(row["entry"], row["field"]) for row in chosen} == wanted
    table = tmp_path / "judged.csv"
    with table.open("w", newline="", encoding="utf-8") as file:
        out = csv.DictWriter(file, list(rows[0]))
        out.writeheader()
        out.writerows(chosen)
    ran("code", str(after), "--from", str(table), "--by", "A. Reviewer")
    return before, after


def codes_of(difference: dict[str, Any]) -> set[tuple[str, str, bool]]:
    return {(each["entry"], each["code"], each["came"]) for each in difference["why"]["codes"]}


def test_what_came_names_the_code_that_the_reviewer_read(states: tuple[Path, Path]) -> None:
    told = json.loads(ran("diff", *map(str, states), "--format", "json"))
    gained = [each for each in told["came"] if ("School/S1", "indicator:bruising", True) in codes_of(each)]
    assert any(each["kind"] == "missed-opportunity" and "School/S1" in each["why"]["named"] for each in gained)
    (reason,) = [each for each in gained[0]["why"]["codes"] if each["code"] == "indicator:bruising"]
    assert (reason["words"], reason["by"]) == ("Bruise", "A. Reviewer")
    assert "School/S1 (the reviewer read Bruising or marks)" in gained[0]["why"]["words"]


def test_what_an_accepted_response_ended_or_changed_names_the_response(states: tuple[Path, Path]) -> None:
    told = json.loads(ran("diff", *map(str, states), "--format", "json"))
    done = [
        each
        for each in (*told["went"], *told["changed"])
        if any(entry == "School/S3" and code.startswith("response:") for entry, code, _ in codes_of(each))
    ]
    ended = [each["changes"]["kind"] for each in done if "kind" in each["changes"]]
    assert {"before": "missed-opportunity", "after": "response-recorded"} in ended
    assert any("School/S3 (the reviewer read " in each["why"]["words"] for each in done)


def test_read_backwards_the_same_codes_are_taken_back(states: tuple[Path, Path]) -> None:
    before, after = map(str, states)
    ahead = json.loads(ran("diff", before, after, "--format", "json"))
    back = json.loads(ran("diff", after, before, "--format", "json"))
    assert {each["id"] for each in back["went"]} == {each["id"] for each in ahead["came"]}
    assert {each["id"] for each in back["came"]} == {each["id"] for each in ahead["went"]}
    assert all(not came for each in back["went"] for _, _, came in codes_of(each))


def test_the_text_says_what_the_reviewer_did_and_no_field_of_the_program(states: tuple[Path, Path]) -> None:
    text = ran("diff", *map(str, states), "--all")
    assert "the reviewer read Bruising or marks" in text
    assert "read as accepted" not in text
