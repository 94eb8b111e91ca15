"""One order over all agencies' entries, what a return covers, and how long nobody saw the child."""

from __future__ import annotations

from dataclasses import replace

from helpers.asking import names, study
from helpers.small import AGENCIES, MONDAY, day, review, row

from kg.chronology.coverage import is_doubtful
from kg.chronology.order import in_order
from kg.chronology.selection import Selection
from kg.chronology.sightings import seen_of
from kg.dates.when import BEGINNING, DAY, END, When, minute_of
from kg.findings.not_seen import NotSeen
from kg.findings.study import Study
from kg.model.record import Entry
from kg.model.review import Agency, Person

START = minute_of(MONDAY)


def order(*entries: Entry) -> list[str]:
    drawn = review(*entries)
    return names(drawn, in_order(drawn))


def unseen(gaps: Study, subject: str = "Sam") -> dict[bool, tuple[int, int]]:
    """The longest time not seen, surely (True) and as recorded (False), as (at least, at most) days."""
    return {
        each.detail.surely: (each.detail.at_least, each.detail.at_most)
        for each in gaps.findings
        if isinstance(each.detail, NotSeen) and each.detail.subject == subject
    }


def test_entries_are_read_by_their_earliest_day_then_their_latest_then_by_name() -> None:
    assert order(row("b/1", day(2)), row("a/2", day(1, 9)), row("a/1", day(1)), row("a/0", day(2))) == [
        "a/1", "a/2", "a/0", "b/1",
    ]  # fmt: skip


def test_undated_entries_come_last_and_borrow_no_date() -> None:
    assert order(row("a/1"), row("a/2", day(5)), row("a/3", day(1))) == ["a/3", "a/2", "a/1"]


def test_what_is_only_known_to_lie_before_a_day_stands_at_that_day() -> None:
    before = When("before day 5", BEGINNING, START + 5 * DAY - 1, "before")
    assert order(row("a/1", before), row("a/2", day(1)), row("a/3", day(8))) == ["a/2", "a/1", "a/3"]


def test_a_selection_keeps_what_possibly_lies_between_its_days() -> None:
    window = Selection(since=START + 5 * DAY, until=START + 7 * DAY - 1)
    assert window.keeps(row("a/1", day(6)))
    assert window.keeps(row("a/1", day(1, 5)))
    assert not window.keeps(row("a/1", day(1, 4)))
    assert not window.keeps(row("a/1", day(7)))


def test_an_undated_entry_lies_between_no_days() -> None:
    assert not Selection(since=START).keeps(row("a/1"))
    assert Selection().keeps(row("a/1"))


def test_a_selection_finds_words_in_any_cell_whatever_their_case() -> None:
    assert Selection(text="HAPPENED").keeps(row("a/1", day(1)))
    assert not Selection(text="elsewhere").keeps(row("a/1", day(1)))


def test_a_selection_matches_every_part_given() -> None:
    entry = row("Care/1", day(1), "bruising")
    assert Selection(agencies=frozenset({"Care"}), kinds=frozenset({"bruising"})).keeps(entry)
    assert not Selection(agencies=frozenset({"Care"}), kinds=frozenset({"neglect"})).keeps(entry)
    assert not Selection(people=frozenset({"Pat"})).keeps(entry)


def test_seen_not_seen_and_not_stated_add_up_to_the_contacts_and_seen_includes_alone() -> None:
    gaps = study(
        row("Care/1", day(1), seen="yes"), row("Care/2", day(2), seen="alone"), row("Care/3", day(3), seen="no"),
        row("Care/4", day(4)), row("Care/5", day(5), contact="record-only", seen="yes"),
    )  # fmt: skip
    total = gaps.sightings
    assert (total.contacts, total.seen, total.alone, total.not_seen, total.not_stated) == (4, 2, 1, 1, 1)


def test_a_blank_kind_is_no_contact() -> None:
    assert study(row("Care/1", day(1), contact="", seen="yes")).sightings.contacts == 0


def test_to_name_those_seen_is_to_see_the_subject_only_if_named() -> None:
    drawn = review()
    named = replace(row("Care/1", day(1), seen="names"), seen_people=("Alex",))
    assert seen_of(named, drawn) == "not seen"
    assert seen_of(replace(named, seen_people=("Alex", "Sam")), drawn) == "seen"
    assert seen_of(row("Care/1", day(1)), drawn) == "not stated"


def test_the_public_makes_no_contacts_of_its_own() -> None:
    assert study(row("Family/1", day(1), seen="yes")).sightings.contacts == 0


def test_coverage_tells_unread_rows_from_coded_ones() -> None:
    gaps = study(
        row("Care/1", day(1), "bruising"), row("Care/2", day(2), responses=("follow-up",)), row("Care/3", day(3, 5)),
        row("Care/4"), agencies=(*AGENCIES, Agency("Clinic", "hospital")),
    )  # fmt: skip
    by_name = {each.agency: each for each in gaps.coverage}
    care = by_name["Care"]
    assert (care.rows, care.coded, care.doubtful, care.undated) == (4, 2, 1, 1)
    assert care.last is not None
    assert care.last.plain() == "4-6 February 2021"
    assert not by_name["Clinic"].has_return
    assert [each.agency for each in gaps.coverage][:2] == ["Care", "Police"]


def test_a_day_is_not_doubtful_and_a_month_or_an_open_date_is() -> None:
    assert not is_doubtful(day(1))
    assert is_doubtful(day(1, 2))
    assert is_doubtful(replace(day(1), hedge="about"))
    assert is_doubtful(When("after day 1", START, END, "after"))
    assert not is_doubtful(row("a/1").when)


def test_the_longest_time_not_seen_lies_between_two_sightings() -> None:
    gaps = study(
        row("Care/1", day(0), seen="yes"), row("Care/2", day(10), seen="no"), row("Police/1", day(30), seen="alone"),
        row("Care/3", day(40), seen="yes"), incident=day(45),
    )  # fmt: skip
    assert unseen(gaps) == {True: (30, 30)}


def test_the_last_time_runs_to_the_incident() -> None:
    gaps = study(row("Care/1", day(0), seen="yes"), row("Care/2", day(5), seen="yes"), incident=day(45))
    assert unseen(gaps) == {True: (40, 40)}


def test_a_contact_that_does_not_say_leaves_the_longer_time_unsure() -> None:
    gaps = study(
        row("Care/1", day(0), seen="yes"), row("Care/2", day(12)), row("Care/3", day(30), seen="yes"), incident=day(31)
    )
    assert unseen(gaps) == {True: (18, 18), False: (30, 30)}


def test_uncertain_dates_give_a_time_at_least_and_at_most() -> None:
    gaps = study(row("Care/1", day(0, 4), seen="yes"), row("Care/2", day(20, 29), seen="yes"), incident=day(30))
    assert unseen(gaps) == {True: (16, 29)}


def test_a_record_without_any_sighting_says_nothing() -> None:
    assert not unseen(study(row("Care/1", day(0)), row("Care/2", day(30), seen="no")))


def test_the_family_seeing_the_child_is_no_sighting() -> None:
    gaps = study(
        row("Care/1", day(0), seen="yes"), row("Family/1", day(15), seen="yes"), row("Care/2", day(30), seen="yes"),
        incident=day(31),
    )  # fmt: skip
    assert unseen(gaps) == {True: (30, 30)}


def test_one_childs_sighting_is_not_anothers() -> None:
    people = (Person("Sam", role="child"), Person("Robin", role="child"))
    seen_once = replace(row("Care/2", day(10), people=("Sam", "Robin"), seen="names"), seen_people=("Sam",))
    gaps = study(
        row("Care/1", day(0), people=("Sam", "Robin"), seen="yes"), seen_once,
        row("Care/3", day(20), people=("Sam", "Robin"), seen="yes"),
        people=people, subjects=("Sam", "Robin"), incident=day(21),
    )  # fmt: skip
    assert unseen(gaps, "Sam") == {True: (10, 10)}
    assert unseen(gaps, "Robin") == {True: (20, 20)}
