"""Messages that only one side wrote down."""

from __future__ import annotations

from typing import Any

from helpers.asking import study
from helpers.small import AGENCIES, day, row

from kg.findings.one_sided import OneSided
from kg.model.record import Entry
from kg.model.review import Agency


def found(*entries: Entry, **about: Any) -> list[tuple[str, str, str, int]]:
    """(kind, agency, entry, within how many days) of each message that one side alone wrote down."""
    gaps = study(*entries, **about)
    return [
        (each.detail.kind, each.detail.agency, gaps.review.entries[each.detail.row].name, each.detail.days)
        for each in gaps.findings
        if isinstance(each.detail, OneSided)
    ]


def test_what_only_the_sender_wrote_down_was_not_recorded_as_received() -> None:
    assert found(row("Police/1", day(1), to=("Care",))) == [("not-received", "Care", "Police/1", 7)]


def test_what_only_the_receiver_wrote_down_was_not_recorded_as_sent() -> None:
    assert found(row("Care/1", day(1), heard_from=("Police",))) == [("not-sent", "Police", "Care/1", 7)]


def test_what_both_wrote_down_is_no_finding() -> None:
    assert not found(row("Police/1", day(1), to=("Care",)), row("Care/1", day(3), heard_from=("Police",)))


def test_letters_have_four_weeks() -> None:
    sent = row("Police/1", day(1), to=("Care",), contact="letter-or-email")
    assert found(sent) == [("not-received", "Care", "Police/1", 28)]
    assert not found(sent, row("Care/1", day(25), heard_from=("Police",)))


def test_an_agency_without_a_return_is_not_said_to_have_kept_no_record() -> None:
    silent = (Agency("Care", "childrens-social-care"), *AGENCIES[1:])
    assert not found(row("Police/1", day(1), to=("Care",)), agencies=silent)


def test_the_public_keeps_no_record() -> None:
    assert not found(row("Police/1", day(1), to=("Family",)), row("Care/1", day(1), heard_from=("Family",)))


def test_an_undated_message_lies_near_nothing() -> None:
    assert not found(row("Police/1", to=("Care",)))


def test_each_agency_told_is_asked_once() -> None:
    assert [kind for kind, *_ in found(row("Police/1", day(1), to=("Care", "School", "Care")))] == [
        "not-received",
        "not-received",
    ]


def test_two_agencies_that_only_tell_each_other_are_each_asked() -> None:
    made = found(row("Police/1", day(1), to=("Care",)), row("Care/1", day(4), to=("Police",)))
    assert made == [("not-received", "Care", "Police/1", 7), ("not-received", "Police", "Care/1", 7)]
