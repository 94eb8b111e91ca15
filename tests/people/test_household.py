"""Whom an entry's indicators are about, and on which subjects a fact about somebody bears."""

from __future__ import annotations

from typing import Any

from helpers.asking import TERMS, missing, study
from helpers.small import PEOPLE, day, review, row

from kg.model.record import Entry
from kg.model.review import Person, Review
from kg.people.household import Household

TWO = (*PEOPLE, Person("Robin", role="child"))


def about(entry: Entry, indicator: str, **setting: Any) -> list[tuple[str, bool]]:
    """The people whom an indicator of an entry concerns, and whether surely."""
    drawn: Review = review(entry, **setting)
    return [(each.person, each.sure) for each in Household(drawn, TERMS).concerns(entry, indicator)]


def test_about_says_whom_the_indicators_concern() -> None:
    entry = row("Care/1", day(1), people=("Sam", "Alex", "Pat"), about=("Pat",))
    assert about(entry, "bruising") == [("Pat", True)]
    assert about(entry, "carer-mental-ill-health") == [("Pat", True)]


def test_words_about_carers_concern_the_other_adults_named() -> None:
    entry = row("Care/1", day(1), people=("Sam", "Alex", "Pat"))
    assert about(entry, "carer-mental-ill-health") == [("Alex", True), ("Pat", True)]


def test_words_about_carers_concern_the_child_where_no_adult_is_named() -> None:
    assert about(row("Care/1", day(1)), "carer-mental-ill-health") == [("Sam", True)]


def test_a_brother_is_no_carer() -> None:
    family = (*PEOPLE, Person("Jo", role="brother", born=day(-2000)))
    entry = row("Care/1", day(1), people=("Sam", "Jo", "Alex"))
    assert about(entry, "carer-mental-ill-health", people=family) == [("Alex", True)]


def test_a_grown_up_brother_can_be_a_carer() -> None:
    family = (*PEOPLE, Person("Jo", role="brother", born=day(-365 * 20)))
    entry = row("Care/1", day(1), people=("Sam", "Jo"))
    assert about(entry, "carer-mental-ill-health", people=family) == [("Jo", True)]


def test_in_a_review_of_an_adult_only_words_that_say_carer_concern_carers() -> None:
    people = (Person("Sam", role="adult"), Person("Alex", role="partner"))
    entry = row("Care/1", day(1), people=("Sam", "Alex"))
    assert about(entry, "drug-misuse", kind="adult", people=people) == [("Sam", True)]
    assert about(entry, "carer-mental-ill-health", kind="adult", people=people) == [("Alex", True)]


def test_words_about_the_household_concern_each_subject_named() -> None:
    entry = row("Care/1", day(1), people=("Sam", "Robin", "Alex"))
    found = about(entry, "domestic-abuse", people=TWO, subjects=("Sam", "Robin"))
    assert found == [("Sam", True), ("Robin", True)]


def test_words_about_the_household_concern_those_on_whom_the_named_bear() -> None:
    people = (Person("Sam"), Person("Robin"), Person("Alex", bears_on=("Robin",)))
    entry = row("Care/1", day(1), people=("Alex",))
    assert about(entry, "domestic-abuse", people=people, subjects=("Sam", "Robin")) == [("Robin", True)]


def test_a_blank_cell_of_people_means_every_subject() -> None:
    entry = row("Care/1", day(1), people=())
    assert about(entry, "domestic-abuse", people=TWO, subjects=("Sam", "Robin")) == [("Sam", True), ("Robin", True)]


def test_an_injury_to_one_of_two_children_is_only_possibly_to_either() -> None:
    entry = row("Care/1", day(1), people=("Sam", "Robin"))
    assert about(entry, "bruising", people=TWO, subjects=("Sam", "Robin")) == [("Sam", False), ("Robin", False)]
    alone = row("Care/2", day(1), people=("Robin",))
    assert about(alone, "bruising", people=TWO, subjects=("Sam", "Robin")) == [("Robin", True)]


def test_someone_listed_bears_on_every_subject_unless_the_review_says_otherwise() -> None:
    people = (Person("Sam"), Person("Robin"), Person("Alex"), Person("Pat", bears_on=("Robin",)))
    household = Household(review(people=people, subjects=("Sam", "Robin")), TERMS)
    assert household.bears_on("Alex") == {"Sam", "Robin"}
    assert household.bears_on("Pat") == {"Robin"}
    assert household.bears_on("Sam") == {"Sam", "Robin"}


def test_someone_not_listed_bears_on_nobody_and_is_kept() -> None:
    gaps = study(
        row("Police/1", day(1), "bruising", people=("A neighbour",), about=("A neighbour",)), row("Care/1", day(9))
    )
    assert [(fact.person, fact.indicator) for fact in gaps.facts.all] == [("A neighbour", "bruising")]
    assert missing(gaps, "Care", "bruising") is None


def test_a_fact_about_a_parent_is_needed_for_the_child() -> None:
    gaps = study(
        row("Police/1", day(1), "carer-mental-ill-health", people=("Alex",), about=("Alex",)), row("Care/1", day(9))
    )
    assert missing(gaps, "Care", "carer-mental-ill-health") is not None


def test_to_hold_the_narrower_is_to_hold_the_broader() -> None:
    gaps = study(row("Police/1", day(1), "bite-mark"))
    (bite,) = (1 << number for number in range(len(gaps.facts.all)))
    assert gaps.facts.of_concept("Sam", "bruising") == bite
    assert gaps.facts.of_concept("Sam", "bite-mark") == bite
    assert not gaps.facts.of_concept("Sam", "burn-or-scald")


def test_to_hold_a_sign_is_not_to_hold_what_it_points_to() -> None:
    gaps = study(row("Police/1", day(1), "bruising"))
    assert not gaps.facts.of_concept("Sam", "physical-abuse")
    assert gaps.facts.pointing_to("Sam", "physical-abuse")


def test_who_tells_of_abuse_may_have_told_of_its_signs_and_not_the_other_way() -> None:
    gaps = study(row("Police/1", day(1), "bruising"), row("Police/2", day(2), "physical-abuse"))
    bruise, abuse = (1 << number for number in range(2))
    assert gaps.facts.alike(abuse) == bruise | abuse
    assert gaps.facts.alike(bruise) == bruise


def test_findings_range_over_what_was_recorded_and_not_over_what_stands_above_it() -> None:
    gaps = study(row("Police/1", day(1), "bruising"), row("Care/1", day(9)))
    assert missing(gaps, "Care", "bruising") is not None
    assert missing(gaps, "Care", "physical-abuse") is None


def test_knowing_of_one_incident_is_not_knowing_of_the_next() -> None:
    gaps = study(row("Police/1", day(1), "bruising"), row("Police/2", day(5), "bruising"))
    assert len(gaps.facts.all) == 2


def test_two_accounts_of_one_event_are_one_origin() -> None:
    gaps = study(
        row("Police/1", day(1), "bruising", to=("Care",)), row("Care/1", day(2), "bruising", heard_from=("Police",))
    )
    assert len(gaps.facts.all) == 1
