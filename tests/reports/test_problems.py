"""kg check at the size of a real review: problems of one kind stand together, nothing of them is lost with --all."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from click.testing import CliRunner

import cli
from kg.model.problem import Place, Problem
from kg.reports.problems import together

TOML = 'title = "T"\njurisdiction = "England"\nkind = "child"\n[[agencies]]\nname = "Town Police"\ntype = "police"\n'


def problem(what: str, row: int = 1, column: str = "", severity: str = "warning") -> Problem:
    return Problem(Place("returns/a.csv", row=row, column=column), severity, what, "why", "done", "remedy")


def test_problems_of_one_kind_and_column_stand_together() -> None:
    found = together(
        [
            problem('"a" is not known', 1, "Seen"),
            problem('"b" is not known', 2, "Seen"),
            problem('"a" is not known', 3, "Contact"),
        ]
    )
    assert [len(kind) for kind in found] == [2, 1]


def test_what_changes_findings_comes_first() -> None:
    found = together(
        [
            problem('"x" is not a word of the vocabulary'),
            problem('there is no column "Date"'),
            problem("the file is empty"),
        ]
    )
    assert [kind[0].what[:12] for kind in found] == ["the file is ", "there is no ", '"x" is not a']


def test_a_hundred_bad_cells_take_a_few_lines_and_all_of_them_on_request(write_review: Callable[..., Path]) -> None:
    rows = "".join(f"P{n},{n % 28 + 1:02}/13/2021,A visit {n}.\n" for n in range(100))
    folder = write_review(TOML, {"town-police.csv": f"Ref,Date,What happened\n{rows}"})
    brief = CliRunner().invoke(cli.main, ["check", str(folder)]).stdout
    whole = CliRunner().invoke(cli.main, ["check", str(folder), "--all"]).stdout
    assert "Errors: 102, of 3 kinds" in brief
    assert len(brief.splitlines()) < 40
    assert "kg check REVIEW --all" in brief
    assert all(f"row {row}" in whole for row in range(2, 102))
