"""Missed shares told in pieces: what a reader counts once, each finding in exactly one, and never a word too much."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from helpers.asking import TERMS, study
from helpers.drawn import reviews
from helpers.small import PEOPLE, day, row
from hypothesis import given, settings

from kg.findings.episodes import episodes
from kg.findings.missed_share import MissedShare
from kg.findings.pieces import Piece, pieces
from kg.findings.study import Study, find_gaps
from kg.folder import study as of_folder
from kg.model.record import Entry
from kg.model.review import Person, Review
from kg.reports.first_page import first_page
from kg.reports.gaps import gaps_report

TWO: dict[str, Any] = {"people": (*PEOPLE, Person("Jo", role="sibling")), "subjects": ("Sam", "Jo")}
BOTH = ("Sam", "Jo")


def told(gaps: Study) -> list[Piece]:
    return pieces(gaps.of(MissedShare, "missed-share", dismissed=False))


def everything(gaps: Study) -> str:
    report = gaps_report(gaps, gaps.findings, (), everything=True)
    return re.sub(r"\s+", " ", " ".join(line for _, line in report))


@settings(max_examples=60)
@given(reviews())
def test_every_missed_share_is_in_exactly_one_piece(drawn: Review) -> None:
    gaps = find_gaps(drawn, TERMS)
    ids = sorted(id for piece in told(gaps) for id in piece.ids())
    assert ids == sorted(finding.id for finding, _ in gaps.of(MissedShare, "missed-share"))


def test_what_one_row_brought_of_a_household_is_one_piece_for_all_its_children() -> None:
    arrest = row("Police/1", day(1), "domestic-abuse", "assault-on-adult", people=("Alex", *BOTH))
    gaps = study(arrest, row("Hospital/1", day(9), people=BOTH), **TWO)
    assert len(gaps.findings) > 2
    (piece,) = told(gaps)
    assert (piece.holder, piece.agency, len(piece.kinds), len(piece.lead)) == ("Police", "Hospital", 2, 2)


def test_two_rows_of_two_agencies_are_two_pieces() -> None:
    first, second = row("Police/1", day(1), "bruising"), row("School/1", day(2), "disclosure")
    found = told(study(first, second, row("Care/1", day(9), contact="assessment"), row("Care/2", day(9))))
    assert [piece.holder for piece in found if piece.agency == "Care"] == ["Police", "School"]


def test_a_line_says_whose_a_sign_is_where_there_are_several_children() -> None:
    hers = row("Police/1", day(1), "bruising", people=("Jo",))
    text = everything(study(hers, row("Care/1", day(9), people=BOTH), **TWO))
    assert "bruising or marks (Jo's)" in text
    alone = everything(study(replace(hers, people=("Sam",)), row("Care/1", day(9))))
    assert "(Sam's)" not in alone, "of an only child it is plain"


def test_no_line_says_no_record_of_any_where_a_contact_held_one() -> None:
    """Two kinds missing at the same contacts are told apart where one of them was known at some of these."""
    held = row("Police/1", day(1), "bruising", "disclosure")
    own = row("Care/2", day(12), "bruising")
    gaps = study(held, row("Care/1", day(9)), own, row("Care/3", day(30)))
    lines = re.findall(r"(?:sure|possible): ([^;]*);", everything(gaps))
    assert any(line.startswith("no record of any disclosure") and "bruising" not in line for line in lines), lines
    assert any(line.startswith("at first no record of any, then another") and "bruising" in line for line in lines), (
        lines
    )


@pytest.mark.parametrize("case", ["climbie", "connelly", "training"])
def test_the_number_on_the_first_page_can_be_counted_below(case: str, request: pytest.FixtureRequest) -> None:
    folder: Path = request.getfixturevalue(case)
    gaps, problems = of_folder(folder, "recorded")
    page = re.sub(r"\s+", " ", " ".join(line for _, line in first_page(gaps, episodes(gaps), problems)))
    said = re.search(r"(\d+) such gaps are sure, and (\d+) more are possible", page)
    assert said, page
    report = [line for _, line in gaps_report(gaps, gaps.findings, problems, everything=True)]
    printed = [sum(1 for line in report if line.startswith(f"    {word}: ")) for word in ("sure", "possible")]
    assert [int(each) for each in said.groups()] == printed


def test_words_heard_come_before_words_passed_on() -> None:
    passed: Entry = replace(row("Care/1", day(1), "disclosure"), said="He is rough.")
    heard = replace(row("School/1", day(5), "disclosure", seen="alone"), said="He says I'm next.")
    gaps = study(passed, heard)
    page = " ".join(line for _, line in first_page(gaps, episodes(gaps), ()))
    assert "He says I'm next." in page
    assert "He is rough." not in page


def test_the_first_page_tells_what_is_sure_from_what_is_possible() -> None:
    found = row("Care/1", day(1), "physical-abuse")
    for rows, said in (
        ((found,), "Once a rule of the day"),
        ((found, row("Care/2", day(3), read=False)), "It is possible that once a rule of the day"),
    ):
        gaps = study(*rows)
        page = re.sub(r"\s+", " ", " ".join(line for _, line in first_page(gaps, episodes(gaps), ())))
        assert said in page, page


def test_what_is_sure_of_one_child_and_possible_of_its_brother_is_one_piece() -> None:
    hers = row("Police/1", day(1), "bruising", people=("Jo",))
    gaps = study(hers, row("Care/1", day(9), people=BOTH), row("Care/2", day(12), people=("Sam",)), **TWO)
    (piece,) = (piece for piece in told(gaps) if piece.agency == "Care")
    assert (piece.certainty, [gap.subject for _, gap in piece.lead]) == ("sure", ["Jo", "Sam"])
    assert "missing at a contact about Jo, 10 February 2021 (1); possibly at 2 about Sam" in everything(gaps)


def test_a_line_says_so_where_the_row_does_not_say_whose_a_sign_is() -> None:
    text = everything(study(row("Hospital/1", day(1), "bruising", people=("Alex",)), row("Care/1", day(9))))
    assert "(whose is not said: the row names only Alex)" in text
    assert "possible: no record of any bruising" in text
