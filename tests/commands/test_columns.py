"""kg columns: each heading is looked at once, what is decided stands in review.toml, and nothing else in it changes."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import cli
import loaders
from kg.base.append import NotKept
from loaders.settling import settle

TOML = """\
# A note of the reviewer's own.
title = "Columns"
jurisdiction = "England"
kind = "child"
subjects = ["Kit"]

[[people]]
name = "Kit"

[[agencies]]
name = "Town Police"
type = "police"

[[agencies]]
name = "Green School"
type = "school"
"""
ROWS = "Date,Zettel,Clinical narrative\n01/02/2021,front desk,Kit was seen at home with his mother and was well.\n"
Write = Callable[..., Path]


@pytest.fixture
def review(write_review: Write) -> Path:
    """A review of two returns with the same headings."""
    folder: Path = write_review(TOML, {"town-police.csv": ROWS, "green-school.csv": ROWS})
    return folder


def run(*words: object, given: str = "") -> Result:
    return CliRunner().invoke(cli.main, ["columns", *map(str, words)], input=given)


def told(folder: Path) -> dict[str, object]:
    return tomllib.loads((folder / "review.toml").read_text())


def roles(folder: Path, file: str) -> dict[str, str]:
    (table,) = [each for each in loaders.load(folder).tables if each.file.endswith(file)]
    readings = zip(table.columns.headings, table.columns.readings, strict=True)
    return {heading: reading.column.notation if reading.column else "" for heading, reading in readings}


def test_one_key_settles_a_heading_in_every_return(review: Path) -> None:
    result = run(review, given="x\nsource\nc\nq\n")
    assert result.exit_code == 0, result.output
    assert told(review)["returns"] == {
        "green-school.csv": {"columns": {"Zettel": "source", "Clinical narrative": "what-happened"}}
    }
    assert roles(review, "town-police.csv")["Zettel"] == "source"
    assert "2 kept" in result.output
    assert run(review).output.startswith("Every heading is known or confirmed")


def test_everything_else_in_review_toml_stays_as_it_is(review: Path) -> None:
    run(review, given="n\nq\n")
    assert (review / "review.toml").read_text().startswith(TOML)
    assert roles(review, "green-school.csv")["Zettel"] == ""


def test_undoing_takes_the_line_out_again(review: Path) -> None:
    run(review, given="n\nz\nq\n")
    assert "Zettel" not in (review / "review.toml").read_text()


def test_a_list_goes_out_and_comes_back(review: Path, tmp_path: Path) -> None:
    out = run(review, "--format", "csv").output
    head, *rows = out.splitlines()
    assert head == "file,table,heading,column,witness,confirmed"
    filled = tmp_path / "columns.csv"
    filled.write_text("\n".join([head, *(row.replace("Zettel,,,", "Zettel,source,,yes") for row in rows)]))
    assert run(review, "--from", filled).exit_code == 0
    assert {roles(review, name)["Zettel"] for name in ("town-police.csv", "green-school.csv")} == {"source"}
    assert "4 stood" not in run(review, "--from", filled).output
    assert [
        each["confirmed"] for each in json.loads(run(review, "--format", "json").output) if each["heading"] == "Zettel"
    ] == [True, True]


@pytest.mark.parametrize(
    ("row", "why"),
    [("town-police.csv,,Gone,source,,yes", "any longer"), ("town-police.csv,,Zettel,sauce,,yes", "is no column")],
)
def test_a_row_of_a_list_that_cannot_be_used_is_said(review: Path, tmp_path: Path, row: str, why: str) -> None:
    filled = tmp_path / "columns.csv"
    filled.write_text(f"file,table,heading,column,witness,confirmed\n{row}\n")
    result = run(review, "--from", filled)
    assert result.exit_code == 1
    assert why in result.stderr
    assert (review / "review.toml").read_text() == TOML


def test_a_file_that_is_no_list_is_refused(review: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.csv"
    other.write_text("a,b\n1,2\n")
    assert run(review, "--from", other).exit_code == 2
    assert run(review, "--from", tmp_path / "none.csv").exit_code == 2


def test_a_later_decision_replaces_an_earlier_one(review: Path) -> None:
    settle(review, "town-police.csv", {'A "heading"\nof two lines': "date", "Ward": "unit"})
    settle(review, "town-police.csv", {"ward": "source"})
    columns = told(review)["returns"]["town-police.csv"]["columns"]  # type: ignore[index]
    assert columns == {'A "heading"\nof two lines': "date", "ward": "source"}


@pytest.mark.parametrize(
    "more", ['\n[returns]\n"town-police.csv" = { columns = { "A" = "date" } }\n', "\n[returns\n", "\nname =\n"]
)
def test_a_review_toml_that_would_not_be_read_again_is_left_alone(review: Path, more: str) -> None:
    before = TOML + more
    (review / "review.toml").write_text(before)
    with pytest.raises(NotKept):
        settle(review, "town-police.csv", {"Zettel": "source"})
    assert (review / "review.toml").read_text() == before
