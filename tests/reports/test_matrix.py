"""The day's table says exactly what who-knew says, cell by cell, and fits the terminal."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from helpers.asking import TERMS, study
from helpers.small import MONDAY, day, review, row

import kg
from cli import main
from kg.base.grammar import letter
from kg.dates.when import DAY, minute_of
from kg.findings.study import Study, find_gaps
from kg.knowledge.as_of import who_knew
from kg.model.review import Agency
from kg.reports.matrix import SIGNS, WIDTH, matrix, matrix_report, matrix_rows

CASES = ("climbie", "connelly", "hayter", "training")


@pytest.fixture(params=CASES)
def gaps(request: pytest.FixtureRequest) -> Study:
    return find_gaps(kg.load(request.getfixturevalue(request.param)).review, TERMS)


def days_of(gaps: Study) -> list[int]:
    """The end of every twentieth day of the review, and of its last."""
    ends = sorted({entry.when.latest for entry in gaps.review.entries if entry.when.closed})
    first, last = ends[0] // DAY, ends[-1] // DAY
    return [at * DAY + DAY - 1 for at in (*range(first - 1, last, max(1, (last - first) // 20)), last)]


def test_every_cell_is_what_who_knew_says(gaps: Study) -> None:
    for until in days_of(gaps):
        table = matrix(gaps, until)
        held = {
            (line.agency, kind.subject, kind.indicator): cell
            for line in table.rows
            for kind, cell in zip(table.kinds, line.cells, strict=True)
            if cell in ("sure", "possible")
        }
        assert held == {(k.agency, k.subject, k.indicator): k.certainty for k in who_knew(gaps.knowledge, until)}


def test_no_line_is_wider_than_the_terminal_and_no_cell_is_lost(gaps: Study) -> None:
    table = matrix(gaps, days_of(gaps)[-1])
    lines = [text for _, text in matrix_report(gaps, table, "that day")]
    # The first line is the title, which is as long as the review's own.
    assert all(len(line) <= WIDTH for line in lines[1:])
    shown: dict[tuple[str, str, str], str] = {}
    subject, across = "", [""]
    for line in lines[3:]:
        if line.startswith("  About "):
            named = next(name for name in table.subjects if line.startswith(f"  About {name} "))
            subject, across = named, line.removeprefix(f"  About {named}").split()
        for kind in table.kinds:
            if line.startswith(f"  {kind.label}  ") and kind.subject == subject:
                for name, sign in zip(across, line.removeprefix(f"  {kind.label}").split(), strict=True):
                    shown[subject, kind.indicator, name] = sign
    assert shown == {
        (kind.subject, kind.indicator, letter(at)): SIGNS[cell]
        for at, line in enumerate(table.rows)
        for kind, cell in zip(table.kinds, line.cells, strict=True)
    }


def test_every_letter_is_explained(gaps: Study) -> None:
    table = matrix(gaps, days_of(gaps)[-1])
    key = [text.strip() for _, text in matrix_report(gaps, table, "that day")][-len(table.rows) :]
    for at, (agency, line) in enumerate(zip(table.rows, key, strict=True)):
        assert line.startswith(f"{letter(at)}  {agency.agency}")
        assert ("(unread" in line) == (agency.coverage != "read")


def test_silence_of_what_was_not_coded_is_unread() -> None:
    gaps = find_gaps(
        review(
            row("School/S1", day(1), "bruising", contact="school-contact"),
            row("Care/C1", day(1), read=False),
            agencies=(
                Agency("School", "school", has_return=True),
                Agency("Care", "childrens-social-care", has_return=True),
                Agency("Police", "police"),
            ),
        ),
        TERMS,
    )
    table = matrix(gaps, day(5).latest)
    assert {line.agency: (line.coverage, line.cells) for line in table.rows} == {
        "School": ("read", ("sure",)),
        "Care": ("unread", ("unread",)),
        "Police": ("no return", ("unread",)),
    }


def test_a_kind_appears_on_the_day_it_is_first_held() -> None:
    gaps = study(row("School/S1", day(3), "bruising", contact="school-contact"))
    assert matrix(gaps, day(2).latest).kinds == ()
    assert [kind.indicator for kind in matrix(gaps, day(3).latest).kinds] == ["bruising"]


def test_a_day_before_anything_is_said_plainly() -> None:
    gaps = study(row("School/S1", day(3), "bruising", contact="school-contact"))
    lines = [text for _, text in matrix_report(gaps, matrix(gaps, minute_of(MONDAY)), "that day")]
    assert lines[-1].strip() == "No agency has any record that is coded and dated by then."


def test_formats_for_programs_agree(climbie: Path) -> None:
    def asked(form: str) -> str:
        done = CliRunner().invoke(main, ["matrix", str(climbie), "--on", "06/08/1999", "--format", form])
        assert done.exit_code == 0, done.output
        return done.output

    made = json.loads(asked("json"))
    assert made["on"] == "1999-08-06"
    read = list(csv.reader(io.StringIO(asked("csv"))))
    assert read[0] == ["Agency", *(kind["label"] for kind in made["kinds"])]
    assert read[1:] == [[each["agency"], *(SIGNS[cell] for cell in each["cells"])] for each in made["agencies"]]
    assert len(asked("markdown").splitlines()) == len(read) + 1


def test_headings_of_a_table_for_programs_are_all_different(training: Path) -> None:
    gaps = find_gaps(kg.load(training).review, TERMS)
    headings, rows = matrix_rows(matrix(gaps, days_of(gaps)[-1]))
    assert len({*headings}) == len(headings)
    assert all([*line] == headings for line in rows)


def test_what_is_no_date_is_said(climbie: Path) -> None:
    done = CliRunner().invoke(main, ["matrix", str(climbie), "--on", "31/02/1999"])
    assert done.exit_code == 2
    assert "is not a date" in done.output
