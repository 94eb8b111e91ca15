"""Which rows are two accounts of one telling or one meeting."""

from __future__ import annotations

import pytest
from helpers.asking import TERMS
from helpers.small import day, review, row

from kg.chronology.events import Links, link_tellings
from kg.model.record import Entry


def linked(*entries: Entry) -> set[tuple[str, str]]:
    """The pairs (telling, row of receipt), by name."""
    return {(entries[telling].name, entries[heard].name) for (telling, _), heard in links(*entries).heard.items()}


def links(*entries: Entry) -> Links:
    return link_tellings(review(*entries), TERMS)


def test_a_telling_and_its_receipt_are_linked() -> None:
    assert linked(row("Police/1", day(1), to=("Care",)), row("Care/1", day(2), heard_from=("Police",))) == {
        ("Police/1", "Care/1")
    }


def test_two_agencies_that_only_tell_each_other_are_not_one_conversation() -> None:
    assert not linked(row("Police/1", day(1), to=("Care",)), row("Care/1", day(4), to=("Police",)))


@pytest.mark.parametrize(
    ("kind", "days"),
    [("telephone-call", 7), ("letter-or-email", 28)],
)
def test_a_call_is_linked_within_7_days_and_a_letter_within_28(kind: str, days: int) -> None:
    for apart, expected in ((days, True), (days + 1, False)):
        telling = row("Police/1", day(0), to=("Care",), contact=kind)
        assert bool(linked(telling, row("Care/1", day(apart), heard_from=("Police",)))) is expected


def test_rows_about_different_people_are_never_linked() -> None:
    telling = row("Police/1", day(1), to=("Care",), people=("Pat",))
    assert not linked(telling, row("Care/1", day(1), heard_from=("Police",), people=("Sam",)))
    assert linked(telling, row("Care/1", day(1), heard_from=("Police",), people=("Sam", "Pat")))


def test_a_blank_cell_of_people_may_mean_anyone() -> None:
    assert linked(row("Police/1", day(1), to=("Care",), people=()), row("Care/1", day(1), heard_from=("Police",)))


def test_a_telling_takes_the_nearest_receipt() -> None:
    found = linked(
        row("Police/1", day(5), to=("Care",)),
        row("Care/1", day(1), heard_from=("Police",)),
        row("Care/2", day(6), heard_from=("Police",)),
    )
    assert found == {("Police/1", "Care/2")}


def test_of_two_receipts_as_near_the_one_that_says_more_of_the_same_is_taken() -> None:
    found = linked(
        row("Police/1", day(5), "bruising", to=("Care",)),
        row("Care/1", day(5), "neglect", heard_from=("Police",)),
        row("Care/2", day(5), "bruising", heard_from=("Police",)),
    )
    assert found == {("Police/1", "Care/2")}


def test_of_two_receipts_alike_the_first_by_name_is_taken() -> None:
    found = linked(
        row("Police/1", day(5), to=("Care",)),
        row("Care/b", day(5), heard_from=("Police",)),
        row("Care/a", day(5), heard_from=("Police",)),
    )
    assert found == {("Police/1", "Care/a")}


def test_one_receipt_answers_one_telling() -> None:
    """Tellings take their turn in order of time: the earlier takes it, though the later lies as near."""
    found = linked(
        row("Police/2", day(4), to=("Care",)),
        row("Police/1", day(2), to=("Care",)),
        row("Care/1", day(3), heard_from=("Police",)),
    )
    assert found == {("Police/1", "Care/1")}


def test_one_telling_to_two_agencies_is_linked_with_each() -> None:
    found = linked(
        row("Police/1", day(1), to=("Care", "School")),
        row("Care/1", day(1), heard_from=("Police",)),
        row("School/1", day(1), heard_from=("Police",)),
    )
    assert found == {("Police/1", "Care/1"), ("Police/1", "School/1")}


def test_a_meeting_is_linked_where_both_name_each_other() -> None:
    here = row("Police/1", day(1), to=("Care",), contact="strategy-discussion")
    assert linked(here, row("Care/1", day(1), to=("Police",), contact="strategy-discussion")) == {
        ("Police/1", "Care/1"),
        ("Care/1", "Police/1"),
    }
    assert not linked(here, row("Care/1", day(1), to=("School",), contact="strategy-discussion"))


def test_the_row_of_a_call_is_not_the_row_of_a_meeting() -> None:
    here = row("Police/1", day(1), to=("Care",), contact="strategy-discussion")
    assert not linked(here, row("Care/1", day(1), to=("Police",), contact="telephone-call"))


def test_an_undated_row_is_never_linked() -> None:
    assert not linked(row("Police/1", to=("Care",)), row("Care/1", day(1), heard_from=("Police",)))
    assert not linked(row("Police/1", day(1), to=("Care",)), row("Care/1", heard_from=("Police",)))


def test_a_wide_date_does_not_take_the_receipt_of_a_certain_one() -> None:
    found = linked(
        row("Police/1", day(0, 27), to=("Care",)),
        row("Police/2", day(5), to=("Care",)),
        row("Care/1", day(5), heard_from=("Police",)),
    )
    assert ("Police/2", "Care/1") in found
    assert len(found) == 1


def test_links_run_from_when_a_thing_was_learnt() -> None:
    late = row("Care/1", day(1), heard_from=("Police",), learnt=day(20))
    assert not linked(row("Police/1", day(1), to=("Care",)), late)
    assert linked(row("Police/1", day(19), to=("Care",)), late)


def test_accounts_chained_by_links_are_one_event() -> None:
    made = links(
        row("Police/1", day(1), to=("Care",), contact="strategy-discussion"),
        row("Care/1", day(1), to=("Police", "Hospital"), contact="strategy-discussion"),
        row("Hospital/1", day(1), to=("Care",), contact="strategy-discussion"),
        row("School/1", day(1)),
    )
    assert list(made.event) == [(0, 1, 2), (0, 1, 2), (0, 1, 2), (3,)]


def test_nobody_tells_themselves() -> None:
    assert not linked(row("Care/1", day(1), to=("Care",)), row("Care/2", day(1), heard_from=("Care",)))
