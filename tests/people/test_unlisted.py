"""Coded rows that concern nobody listed are said loudly, with the likely person; obvious names are accepted together."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

import cli

TOML = """
title = "Small"
jurisdiction = "England"
kind = "child"
period = ["2019-01-01", "2019-12-31"]
subjects = ["Kit Vale"]
[[people]]
name = "Kit Vale"
role = "child"
[[people]]
name = "Sean Howell"
role = "father"
[[agencies]]
name = "Town Hospital"
type = "hospital"
"""


@pytest.fixture
def review(tmp_path: Path) -> Path:
    (tmp_path / "returns").mkdir()
    (tmp_path / "review.toml").write_text(TOML)
    (tmp_path / "returns" / "town hospital.csv").write_text(
        "Ref,Date,People,Contact,What happened,Indicators\n"
        "1,01/02/2019,VALE Kit,home-visit,x,bruising\n"
        "2,02/02/2019,HOWELL Sean,home-visit,x,domestic-abuse\n"
        "3,03/02/2019,Kit Vale,home-visit,x,hunger\n"
        "4,04/02/2019,VALE Kit,home-visit,x,\n"
    )
    return tmp_path


def run(*words: str, keys: str = "") -> str:
    return CliRunner().invoke(cli.main, list(words), input=keys).output


@pytest.mark.parametrize("command", ["check", "find-gaps"])
def test_coded_rows_that_concern_nobody_listed_are_said_with_the_likely_person(command: str, review: Path) -> None:
    said = " ".join(run(command, str(review)).split())
    assert "2 coded rows concern nobody listed, perhaps Kit Vale or Sean Howell" in said
    assert "kg link" in said


def test_obvious_suggestions_are_accepted_together_after_being_seen_together(review: Path) -> None:
    said = run("link", str(review), "--by", "A. Reviewer", "--together", keys="y\n")
    assert said.index('"VALE Kit"') < said.index("Accept all")
    assert "Kept: same, 2 times" in said
    assert "nobody listed" not in run("find-gaps", str(review))


def test_nothing_is_joined_where_they_are_not_accepted(review: Path) -> None:
    run("link", str(review), "--by", "A. Reviewer", "--together", keys="n\nq\n")
    assert not (review / "judgements.csv").exists()


def test_a_name_judged_to_be_somebody_else_is_not_said_again(review: Path) -> None:
    run("link", str(review), "--by", "A. Reviewer", keys="r\n\nr\n\n")
    assert "nobody listed" not in run("check", str(review))
