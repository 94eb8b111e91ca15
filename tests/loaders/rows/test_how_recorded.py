"""How a row was recorded: read from its own words, counted in coverage, and said where a finding rests on it alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg import find_gaps
from kg.office.enquiries import questions
from kg.terms.reader import load as load_terms
from kg.wording.findings import because
from loaders.folder import load
from loaders.rows.recording_words import RecordingWords, as_checked

TERMS = load_terms()
WORDS = RecordingWords(TERMS)


@pytest.mark.parametrize(
    ("heading", "cell", "how"),
    [
        ("How recorded", "Dictated, typed by secretary on Monday", "dictated"),
        ("How recorded", "typed by SW", "typed"),
        ("How recorded", "AI note-taker (Copilot)", "machine-drafted"),
        ("How recorded", "AI draft - checked by SW2", "machine-checked"),
        ("How recorded", "AI draft, not yet checked", "machine-drafted"),
        ("AI used?", "Yes", "machine-drafted"),
        ("AI used?", "No", ""),
        ("AI used?", "Yes, reviewed by worker", "machine-checked"),
    ],
)
def test_words_say_how_a_row_was_recorded(heading: str, cell: str, how: str) -> None:
    assert WORDS.read(heading, cell) == how


def test_somebody_named_as_checking_makes_a_draft_a_checked_one() -> None:
    assert as_checked("machine-drafted", "Social worker 1", TERMS) == "machine-checked"
    assert as_checked("machine-drafted", "not checked", TERMS) == "machine-drafted"
    assert as_checked("typed", "Social worker 1", TERMS) == "typed"


TOML = """
title = "Small"
jurisdiction = "England"
kind = "child"
period = ["2019-01-01", "2019-12-31"]
subjects = ["Kit"]
[[people]]
name = "Kit"
role = "child"
[[agencies]]
name = "Town Hospital"
type = "hospital"
[[agencies]]
name = "Hillside School"
type = "school"
"""


def study(folder: Path, how: str):  # type: ignore[no-untyped-def]
    (folder / "returns").mkdir()
    (folder / "review.toml").write_text(TOML)
    (folder / "returns" / "town hospital.csv").write_text(
        f"Ref,Date,How recorded,People,Contact,What happened,Indicators\n1,01/02/2019,{how},Kit,home-visit,x,bruising\n"
    )
    (folder / "returns" / "hillside school.csv").write_text(
        "Ref,Date,People,Contact,What happened\n1,01/06/2019,Kit,school-contact,y\n"
    )
    return find_gaps(load(folder).review)


def test_a_finding_on_unchecked_drafts_alone_says_so_and_asks_whose_they_are(tmp_path: Path) -> None:
    gaps = study(tmp_path, "AI draft")
    missed = [finding for finding in gaps.findings if finding.kind == "missed-share"]
    assert missed
    assert all("machine drafted" in because(gaps, finding)[0] for finding in missed)
    asked = [each for each in questions(gaps) if "machine drafted" in each.question]
    assert {each.agency for each in asked} == {"Town Hospital"}
    assert [each.machine_drafted for each in gaps.coverage] == [1, 0]


@pytest.mark.parametrize("how", ["Typed", "AI draft checked", ""])
def test_rows_that_somebody_wrote_or_checked_are_not_doubted(how: str, tmp_path: Path) -> None:
    gaps = study(tmp_path, how)
    assert not any("machine drafted" in sentence for finding in gaps.findings for sentence in because(gaps, finding))
    assert [each.machine_drafted for each in gaps.coverage] == [0, 0]
