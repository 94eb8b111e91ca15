"""When all agencies together held enough for a rule that counts, and when any one of them did."""

from __future__ import annotations

from datetime import date

from helpers.asking import rule, study, under
from helpers.small import day, row

from kg.dates.when import day_of
from kg.findings.pooled_threshold import Pooled
from kg.findings.study import Study
from kg.terms.reader import Limit

TWO = rule("TWO", ("missing", "self-harm"), ("risk-assessment",), trigger_count=2)


def pooled(gaps: Study) -> list[Pooled]:
    return [each.detail for each in gaps.findings if isinstance(each.detail, Pooled)]


SIGNS = (row("Police/1", day(1), "missing"), row("School/1", day(4), "self-harm"))


def test_together_they_held_enough_and_no_one_alone() -> None:
    (found,) = pooled(study(*SIGNS, terms=under(TWO), incident=day(34)))
    assert day_of(found.together) == date(2021, 2, 5)
    assert (found.alone, found.first, found.days) == (None, "", 30)
    assert [(piece.agency, piece.concept) for piece in found.pieces] == [("Police", "missing"), ("School", "self-harm")]


def test_the_days_run_until_one_agency_held_enough() -> None:
    (found,) = pooled(study(*SIGNS, row("Police/2", day(14), "self-harm"), terms=under(TWO)))
    assert (found.first, found.days) == ("Police", 10)


def test_one_agency_that_held_both_first_leaves_nothing_to_pool() -> None:
    assert not pooled(study(row("Police/1", day(1), "missing"), row("Police/2", day(4), "self-harm"), terms=under(TWO)))


def test_one_sign_held_by_two_agencies_is_one_sign() -> None:
    assert not pooled(study(row("Police/1", day(1), "missing"), row("School/1", day(4), "missing"), terms=under(TWO)))


def test_what_only_possibly_arrived_does_not_count_as_held_alone() -> None:
    sent = row("School/1", day(4), "self-harm", to=("Police",))
    (found,) = pooled(study(SIGNS[0], sent, terms=under(TWO)))
    assert found.alone is None
    heard = row("Police/2", day(9), heard_from=("School",))
    (told,) = pooled(study(SIGNS[0], sent, heard, terms=under(TWO)))
    assert (told.first, told.days) == ("Police", 5)


def test_the_public_does_not_count() -> None:
    assert not pooled(study(SIGNS[0], row("Family/1", day(4), "self-harm"), terms=under(TWO)))


def test_an_agency_that_the_rule_does_not_bind_holds_a_piece_but_does_not_meet_it_alone() -> None:
    by_care = rule(
        "TWO", ("missing", "self-harm"), ("risk-assessment",), trigger_count=2, holder=("childrens-social-care",)
    )
    both = (row("Police/1", day(1), "missing"), row("Police/2", day(4), "self-harm"))
    found = pooled(study(*both, terms=under(by_care)))
    assert all(each.first != "Police" for each in found)


def test_signs_outside_the_window_are_not_enough_together() -> None:
    near = rule("TWO", ("missing", "self-harm"), ("risk-assessment",), trigger_count=2, window=Limit(1, "weeks"))
    assert pooled(study(*SIGNS, terms=under(near)))
    assert not pooled(study(SIGNS[0], row("School/1", day(20), "self-harm"), terms=under(near)))


def test_a_rule_not_in_force_that_day_pools_nothing() -> None:
    later = rule("TWO", ("missing", "self-harm"), ("risk-assessment",), trigger_count=2, since=date(2021, 6, 1))
    assert not pooled(study(*SIGNS, terms=under(later)))


def test_what_came_after_the_incident_is_not_pooled() -> None:
    assert not pooled(study(*SIGNS, terms=under(TWO), incident=day(4)))


def test_of_one_sign_occasions_are_counted_over_all_agencies() -> None:
    thrice = rule("THRICE", ("domestic-abuse",), ("risk-assessment",), trigger_count=3)
    rows = [
        row(f"{agency}/1", day(3 * at), "domestic-abuse") for at, agency in enumerate(("Police", "School", "Hospital"))
    ]
    (found,) = pooled(study(*rows, terms=under(thrice)))
    assert day_of(found.together) == date(2021, 2, 7)
    assert len(found.pieces) == 3
