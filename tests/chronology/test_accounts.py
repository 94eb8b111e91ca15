"""Rows of different agencies that tell of one event: linked with reasons, never folded, and never on too little."""

from __future__ import annotations

from dataclasses import replace

from helpers.small import day, review, row
from hypothesis import given
from hypothesis import strategies as st

from kg.chronology.accounts import ENOUGH, accounts, duplicates
from kg.chronology.events import link_events
from kg.dates.when import UNDATED, When
from kg.findings.study import find_gaps
from kg.model.record import Entry
from kg.model.review import Review
from kg.terms.reader import load

TERMS = load()
PUBLIC = frozenset({"Family"})


def linked(drawn: Review) -> set[frozenset[str]]:
    names = [entry.name for entry in drawn.entries]
    return {frozenset((names[each.one], names[each.other])) for each in accounts(drawn, TERMS, PUBLIC)}


def saying(entry: Entry, words: str) -> Entry:
    return replace(entry, narrative=words)


def at(when: When, minute: int) -> When:
    start = when.earliest + minute
    return When(when.words, start, start, "", True)


def test_one_meeting_written_down_by_two_agencies_is_one_event() -> None:
    drawn = review(
        row("Care/1", day(1), contact="strategy-discussion", to=("Police",)),
        row("Police/1", day(1), contact="strategy-discussion"),
    )
    assert linked(drawn) == {frozenset({"Care/1", "Police/1"})}


def test_two_visits_on_one_day_are_not_one_visit() -> None:
    """The same child, the same day and the same kind are not enough: two workers may both have called."""
    drawn = review(row("Care/1", day(1)), row("Police/1", day(1)))
    assert not linked(drawn)


def test_visits_at_the_same_hour_are_one_visit() -> None:
    drawn = review(row("Care/1", at(day(1), 600)), row("Police/1", at(day(1), 615)))
    assert linked(drawn) == {frozenset({"Care/1", "Police/1"})}


def test_times_far_apart_speak_against_one_visit() -> None:
    drawn = review(
        row("Care/1", at(day(1), 600), contact="strategy-discussion", to=("Police",)),
        row("Police/1", at(day(1), 900), contact="strategy-discussion"),
    )
    assert not linked(drawn)


def test_rows_without_a_person_in_common_are_never_linked() -> None:
    drawn = review(
        row("Care/1", day(1), contact="strategy-discussion", to=("Police",), people=("Alex",)),
        row("Police/1", day(1), contact="strategy-discussion", people=("Pat",)),
    )
    assert not linked(drawn)


def test_an_undated_account_borrows_no_date() -> None:
    drawn = review(
        row("Care/1", UNDATED, contact="strategy-discussion", to=("Police",)),
        row("Police/1", day(1), contact="strategy-discussion"),
    )
    assert not linked(drawn)
    assert find_gaps(drawn, TERMS).review.entries[0].when.undated


def test_a_row_that_covers_a_month_is_linked_to_no_day_of_it() -> None:
    drawn = review(
        row("Care/1", day(0, 27), contact="strategy-discussion", to=("Police",)),
        row("Police/1", day(1), contact="strategy-discussion"),
    )
    assert not linked(drawn)


def test_a_handover_that_does_not_name_the_sender_still_shows_receipt() -> None:
    """An ambulance hands over; the hospital writes the attendance and not who brought the child."""
    sent = row("Police/1", day(1), "bruising", contact="police-attendance", to=("Hospital",), people=("Sam", "Alex"))
    had = row("Hospital/1", day(1), "bruising", contact="emergency-attendance", people=("Sam", "Alex"))
    gaps = find_gaps(review(sent, had), TERMS)
    assert gaps.links.heard[0, "Hospital"] == 1
    assert not [finding for finding in gaps.findings if finding.kind == "not-received"]


def test_linked_accounts_are_one_origin() -> None:
    """What both record of one event is one fact: neither agency lacks the other's word for it."""
    drawn = review(
        row("Care/1", day(1), "bruising", contact="strategy-discussion", to=("Police",)),
        row("Police/1", day(1), "bruising", contact="strategy-discussion"),
    )
    gaps = find_gaps(drawn, TERMS)
    assert len(gaps.facts.all) == 1
    assert gaps.links.event[0] == (0, 1)


def test_every_link_gives_reasons_that_add_up() -> None:
    drawn = review(
        saying(
            row("Care/1", day(1), contact="strategy-discussion", to=("Police",)), "Emergency protection considered."
        ),
        saying(row("Police/1", day(1), contact="strategy-discussion"), "Considered emergency protection at length."),
    )
    (account,) = accounts(drawn, TERMS, PUBLIC)
    assert account.score >= ENOUGH
    assert sum(int(reason.split()[0]) for reason in account.why) == account.score
    assert any("uncommon words" in reason for reason in account.why)


def test_one_row_is_linked_to_one_row_of_another_agency() -> None:
    drawn = review(
        row("Care/1", day(1), contact="strategy-discussion", to=("Police",)),
        row("Police/1", day(1), contact="strategy-discussion"),
        row("Police/2", day(1), contact="strategy-discussion"),
    )
    links = link_events(drawn, TERMS, PUBLIC)
    assert len(links.accounts) == 1
    assert links.event[2] == (2,)


def test_what_the_public_tells_is_no_account_of_an_agencys_contact() -> None:
    drawn = review(row("Family/1", at(day(1), 600)), row("Care/1", at(day(1), 600)))
    assert not linked(drawn)


@given(st.permutations(range(5)))
def test_order_of_rows_does_not_change_the_links(order: list[int]) -> None:
    rows = [
        row("Care/1", day(1), contact="strategy-discussion", to=("Police", "Hospital")),
        row("Police/1", day(1), contact="strategy-discussion"),
        row("Hospital/1", day(1), contact="strategy-discussion", to=("Care",)),
        row("Care/2", at(day(2), 600)),
        row("School/1", at(day(2), 610), contact="home-visit"),
    ]
    assert linked(review(*(rows[i] for i in order))) == linked(review(*rows))


def test_a_row_written_twice_in_one_return_is_seen() -> None:
    twice = (saying(row("Care/1", day(1)), "Visit  made."), saying(row("Care/2", day(1)), "visit made."))
    assert duplicates(review(*twice)) == ((0, 1),)
    assert not duplicates(review(twice[0], saying(row("Police/1", day(1)), "visit made.")))
