"""Contact words that one service means otherwise than the next, and narrower kinds named only by a part of a label."""

from __future__ import annotations

import pytest

from kg.terms.reader import load
from loaders.rows.contact_words import ContactWords

TERMS = load()
WORDS = ContactWords(TERMS)


def read(cell: str, service: str = "") -> str:
    said = WORDS.read(cell, service)
    return said.notation if said is not None else ""


def test_a_narrower_kind_named_by_part_of_a_longer_label_is_not_meant() -> None:
    assert read("ASB case conf w/ police", "housing") == "multi-agency-meeting"
    assert read("Initial CP case conf") == "child-protection-conference"


@pytest.mark.parametrize("cell", ["ATTENDED - LEFT AT HOME", "Attended - ROLE", "No patient found"])
def test_a_crew_that_attended_is_an_ambulance_attendance(cell: str) -> None:
    assert read(cell, "ambulance") == "ambulance-attendance"


def test_hear_and_treat_is_by_telephone() -> None:
    assert TERMS.match("contact", "Hear and treat") == "telephone-call"
    assert read("111 warm transfer", "ambulance") == "telephone-call"


def test_a_request_of_the_police_is_not_that_they_went() -> None:
    assert read("Police req.", "housing") != "police-attendance"


def test_an_arrest_for_a_breach_is_no_hearing() -> None:
    assert read("Nicked for breach of NMO", "police") == "arrest"
