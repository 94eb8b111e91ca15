"""Headings that mean one thing above some cells and another above others, and headings written as one word."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import pytest

from kg.model.review import Agency
from kg.terms.reader import load
from loaders.rows.columns import FLAGGED
from loaders.rows.partners import Partners
from loaders.rows.readings import Reader, Reading, SettledColumns
from loaders.rows.roster import Roster
from loaders.rows.witnesses import Listed

DAYS = ("01/02/2021", "08/02/2021", "15/02/2021")
LATER = ("03/02/2021", "09/02/2021", "16/02/2021")
ANSWERS = ("Y", "N", "Yes - alone")
KINDS = ("Home visit", "Phone call", "Home visit")
VISIT = "Kit was seen at home with his mother and the house was warm."
CALL = "Ann rang to say that she would not be able to come in today."
BESIDE = (("Date", DAYS), ("What happened", (VISIT, CALL, VISIT)))


@cache
def reader() -> tuple[Reader, Listed]:
    terms = load()
    partners = Partners((Agency("Town Police", "police"), Agency("Green School", "school")), terms)
    return Reader(terms), Listed(Roster((("Kit", ()), ("Ann", ()))), partners)


def read(*columns: tuple[str, Sequence[str]]) -> list[Reading]:
    made, listed = reader()
    return list(made.read([heading for heading, _ in columns], SettledColumns(), listed, lambda at: columns[at][1]))


def role(heading: str, cells: Sequence[str]) -> str:
    found = read((heading, cells), *BESIDE)[0]
    assert found.column is None or found.witness in FLAGGED
    return found.column.notation if found.column is not None else ""


@pytest.mark.parametrize(
    "heading",
    [
        "Pupil met",
        "F2F",
        "Saw her?",
        "Saw Ms B?",
        "Face to face w. patient",
        "seen_by_visitor",
        "residentSeenByVisitor",
        "Eyes on child",
    ],
)
def test_a_heading_of_meeting_above_yes_and_no_says_who_was_seen(heading: str) -> None:
    assert role(heading, ANSWERS) == "seen"


def test_seen_by_above_staff_is_the_professional() -> None:
    assert role("Pupil seen by", ("School nurse", "Social worker", "School nurse")) == "professional"


@pytest.mark.parametrize("heading", ["Target met", "Criteria met?", "Threshold met"])
def test_a_standard_that_was_met_is_nobody_seen(heading: str) -> None:
    assert role(heading, ("Y", "N", "Y")) == ""


def test_a_disposition_is_read_by_its_cells_or_not_at_all() -> None:
    assert role("Disposition", ("ATTENDED - LEFT AT HOME", "HEAR AND TREAT", "CONVEYED TO ED")) == "contact"
    assert role("Disposition", ("No further action", "Referral to MASH", "No further action")) == "response"
    assert role("Disposition", KINDS) == ""
    assert role("Disposition", ("A", "B", "A")) == ""


@pytest.mark.parametrize("heading", ["Appt outcome", "Visit outcome", "Attendance status"])
def test_how_an_appointment_went_is_never_taken_for_the_response(heading: str) -> None:
    assert role(heading, ("Attended", "Did not attend", "Cancelled")) in ("", "contact")


@pytest.mark.parametrize("heading", ["Correspondence to", "sg_referral_to", "Handover to", "safeguardingReferralTo"])
def test_what_goes_to_someone_is_shared_with_them(heading: str) -> None:
    assert role(heading, ("", "Green School", "")) == "shared-with"


@pytest.mark.parametrize("heading", ["Correspondence from", "Concern from", "alertFrom"])
def test_what_comes_from_someone_is_received_from_them(heading: str) -> None:
    assert role(heading, ("", "Green School", "")) == "received-from"


@pytest.mark.parametrize(
    "heading", ["When did the school know", "When we were told", "dateKnown", "Date of notification"]
)
def test_the_day_of_knowing_is_not_the_day_of_the_event(heading: str) -> None:
    found = read(("Event start", DAYS), (heading, LATER), BESIDE[1])
    assert [each.column.notation if each.column else "" for each in found[:2]] == ["date", "learnt"]


def test_a_question_how_something_is_known_is_no_day() -> None:
    assert role("How do you know?", ("Letter on file", "Told by Ann", "Letter on file")) != "learnt"


def test_the_reason_for_an_entry_is_its_kind() -> None:
    assert role("Reason for entry", KINDS) == "contact"
