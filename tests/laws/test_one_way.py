"""One review says the same whichever way it is asked: alone, among many, in a notebook; and its figures agree everywhere."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

import kg
from cli import main
from kg.many.each import study_each


@pytest.fixture
def judged(climbie: Path, tmp_path: Path) -> Path:
    """A copy of a case in which the reviewer dismissed one finding of each of some kinds, and accepted another."""
    folder = tmp_path / "judged"
    shutil.copytree(climbie, folder)
    said = json.loads(run("find-gaps", folder, "--format", "json"))
    for kind in ("missed-opportunity", "missed-share", "not-received"):
        first, *rest = [each["id"] for each in said["findings"] if each["kind"] == kind]
        run("dismiss", folder, first, "--by", "A. Reader", "--why", "It is elsewhere.")
        if kind == "missed-opportunity":
            run("accept", folder, rest[0], "--by", "A. Reader", "--why", "The agency agrees.")
    return folder


def run(command: str, *words: object) -> str:
    done = CliRunner().invoke(main, [command, *map(str, words)])
    assert done.exit_code == 0, done.output
    return done.stdout


def test_one_review_says_the_same_alone_and_among_many(judged: Path, hayter: Path) -> None:
    alone = json.loads(run("find-gaps", judged, "--format", "json"))
    among, _ = study_each([judged, hayter], workers=1)
    assert json.loads(among.text) == alone


def test_a_notebook_sees_the_reviewers_decisions(judged: Path) -> None:
    told = json.loads(run("find-gaps", judged, "--format", "json"))
    status = {each["id"]: each["status"] for each in told["findings"]}
    assert {"accepted", "dismissed", "open"} <= {*status.values()}
    loaded = kg.load(judged)
    for given in (loaded, loaded.review):
        assert {finding.id: finding.status for finding in kg.find_gaps(given).findings} == status


def test_headline_counts_and_json_agree_after_a_dismissal(judged: Path) -> None:
    told = json.loads(run("find-gaps", judged, "--format", "json"))["counts"]
    (row,) = json.loads(run("counts", judged, "--format", "json"))["reviews"]
    assert {name: row[name] for name in told if name in row} == {name: told[name] for name in told if name in row}
    assert told["accepted"] == row["accepted"] == 1
    headline = " ".join(run("find-gaps", judged, "--by", "kind").split())
    assert f"{row['not_received']} messages with no record of receipt" in headline
    assert re.search(rf"\b{row['missed_opportunities']} opportunities", headline)
    assert f"{row['missed_shares']} kinds of information" in headline
