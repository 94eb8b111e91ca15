"""Which rules ask something on a day, of whom, and by when."""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise
from typing import Any

import pytest
from helpers.asking import TERMS, rule, under
from helpers.small import review

from kg.dates.when import BEGINNING, DAY, When, day_of, minute_of
from kg.duties.limits import before, due, last_day
from kg.duties.rules import Rules, editions_for
from kg.model.review import Review
from kg.terms.reader import Duty, Limit


def on(day: date, last: date | None = None) -> When:
    return When(f"{day}", minute_of(day), minute_of(last or day) + DAY - 1)


def families(**about: Any) -> set[str]:
    drawn: Review = review(**about)
    return {each.family for each in Rules(drawn, TERMS).all}


def test_a_nations_rules_bind_in_that_nation_alone() -> None:
    assert "ENG-WT-REFER" in families(jurisdiction="England")
    assert "ENG-WT-REFER" not in families(jurisdiction="Scotland")
    assert "WAL-S130" in families(jurisdiction="Wales")
    assert "WAL-S130" not in families(jurisdiction="England")


def test_rules_for_children_do_not_judge_a_review_of_an_adult() -> None:
    assert "ENG-CARE-S42" in families(kind="adult")
    assert "ENG-CARE-S42" not in families(kind="child")
    assert "ENG-WT-REFER" not in families(kind="adult")


def test_a_local_rule_binds_in_its_own_area_alone() -> None:
    local = next(duty for duty in TERMS.duties if duty.areas)
    setting: dict[str, Any] = {"jurisdiction": local.nations[0], "kind": local.applies_to[0]}
    assert local.family in families(**setting, area=local.areas[0])
    assert local.family not in families(**setting, area="Elsewhere")
    assert local.family not in families(**setting)


def test_rules_about_reviews_themselves_never_judge_an_agency() -> None:
    process = {duty.family for duty in TERMS.process_duties}
    assert process
    assert not process & (families() | families(kind="adult"))


def test_successive_editions_are_one_rule_oldest_first() -> None:
    refer = next(each for each in Rules(review(), TERMS).all if each.family == "ENG-WT-REFER")
    assert len(refer.editions) > 3
    assert [duty.since for duty in refer.editions] == sorted(duty.since for duty in refer.editions)


def test_the_edition_in_force_that_day_judges_and_no_later_one() -> None:
    refer = next(each for each in Rules(review(), TERMS).all if each.family == "ENG-WT-REFER")
    assert [duty.id for duty in editions_for(refer, on(date(1999, 8, 6)))[0]] == ["ENG-WT1991-REFER"]
    assert [duty.id for duty in editions_for(refer, on(date(2007, 8, 6)))[0]] == ["ENG-WT2006-REFER"]


def test_a_date_across_two_editions_may_fall_under_either() -> None:
    refer = next(each for each in Rules(review(), TERMS).all if each.family == "ENG-WT-REFER")
    editions, surely = editions_for(refer, on(date(2006, 4, 1), date(2006, 5, 31)))
    assert [duty.id for duty in editions] == ["ENG-WT1999-REFER", "ENG-WT2006-REFER"]
    assert surely


def test_a_date_that_may_fall_before_a_rule_is_not_surely_under_it() -> None:
    (only,) = Rules(review(), under(rule("NEW", ("bruising",), ("follow-up",), since=date(2021, 2, 1)))).all
    assert editions_for(only, on(date(2021, 1, 1), date(2021, 3, 1)))[1] is False
    assert editions_for(only, on(date(2021, 2, 1))) == (only.editions, True)
    assert editions_for(only, on(date(2021, 1, 31))) == ((), False)


def test_a_gap_between_editions_is_under_no_rule() -> None:
    (only,) = Rules(review(), under(
        rule("OLD", ("bruising",), ("follow-up",), until=date(2021, 1, 31), family="R"),
        rule("NEW", ("bruising",), ("follow-up",), since=date(2021, 3, 1), family="R"),
    )).all  # fmt: skip
    assert editions_for(only, on(date(2021, 2, 10))) == ((), False)
    assert editions_for(only, on(date(2021, 1, 20), date(2021, 3, 10)))[1] is False


def test_an_open_date_falls_surely_under_no_edition() -> None:
    (only,) = Rules(review(), under(rule("R", ("bruising",), ("follow-up",)))).all
    assert editions_for(only, When("before", BEGINNING, minute_of(date(2021, 2, 1)), "before")) == ((), False)


def test_a_duty_binds_its_holders_and_every_narrower_kind_of_them() -> None:
    hospital = rule("R", ("bruising",), ("follow-up",), holder=("hospital",))
    rules = Rules(review(), under(hospital))
    assert rules.binds(hospital, "hospital")
    assert rules.binds(hospital, "emergency-department")
    assert not rules.binds(hospital, "police")
    assert rules.binds(rule("ANY", ("bruising",), ("follow-up",)), "police")


def test_a_duty_to_refer_does_not_bind_those_referred_to() -> None:
    refer = rule("R", ("bruising",), ("referral-childrens-social-care", "referral-police"))
    rules = Rules(review(), under(refer))
    assert not rules.binds(refer, "childrens-social-care")
    assert not rules.binds(refer, "police")
    assert rules.binds(refer, "school")


def test_a_duty_with_another_way_out_does_bind_those_referred_to() -> None:
    refer = rule("R", ("bruising",), ("referral-childrens-social-care", "information-shared"))
    assert Rules(review(), under(refer)).binds(refer, "childrens-social-care")


def test_a_narrower_word_opens_a_duty_only_through_the_broader() -> None:
    duty = rule("R", ("physical-abuse",), ("follow-up",))
    words = Rules(review(), under(duty)).triggers(duty)
    assert words["physical-abuse"] is True
    assert words["bruising"] is False
    assert "neglect" not in words


def test_a_narrower_response_answers_a_broader_expectation() -> None:
    duty = rule("R", ("bruising",), ("assessment-made",))
    answers = Rules(review(), under(duty)).answers(duty)
    assert answers["initial-assessment"] == "assessment-made"
    assert "home-visit" not in answers


@pytest.mark.parametrize(
    ("more", "direct", "strength"),
    [
        ({"within": Limit(2, "days")}, True, "firm"),
        ({}, True, "expected"),
        ({"within": Limit(2, "days"), "condition": "if accepted"}, True, "expected"),
        ({"within": Limit(2, "days"), "threshold": "10 days"}, True, "expected"),
        ({"within": Limit(2, "days"), "clock": "the child's return"}, True, "expected"),
        ({"within": Limit(2, "days"), "verified": False}, True, "prompt"),
        ({"within": Limit(2, "days"), "local": True}, True, "prompt"),
        ({"within": Limit(2, "days")}, False, "prompt"),
    ],
)
def test_strength_is_that_of_source_number_and_clock(more: dict[str, Any], direct: bool, strength: str) -> None:
    duty = rule("R", ("bruising",), ("follow-up",), **more)
    assert Rules(review(), under(duty)).strength(duty, direct=direct) == strength


# Friday 17 December 2021: then Christmas Day and Boxing Day fell on a weekend, kept on Monday 27 and Tuesday 28.
FRIDAY = minute_of(date(2021, 12, 17), 15 * 60)


@pytest.mark.parametrize(
    ("number", "unit", "nation", "last"),
    [
        (1, "working days", "England", date(2021, 12, 20)),
        (5, "working days", "England", date(2021, 12, 24)),
        (6, "working days", "England", date(2021, 12, 29)),
        (10, "working days", "England", date(2022, 1, 5)),
        (10, "working days", "Scotland", date(2022, 1, 6)),
        (1, "school days", "England", date(2021, 12, 20)),
        (3, "days", "England", date(2021, 12, 20)),
        (6, "weeks", "England", date(2022, 1, 28)),
        (3, "months", "England", date(2022, 3, 17)),
        (0, "same day", "England", date(2021, 12, 20)),
    ],
)
def test_a_limit_ends_with_its_last_day(number: int, unit: str, nation: str, last: date) -> None:
    assert due(Limit(number, unit), FRIDAY, nation) == minute_of(last) + DAY - 1


def test_hours_run_from_the_minute() -> None:
    assert due(Limit(24, "hours"), FRIDAY, "England") == FRIDAY + 24 * 60


def test_a_month_from_the_last_of_january_ends_with_february() -> None:
    assert last_day(Limit(1, "months"), date(2021, 1, 31), "England") == date(2021, 2, 28)
    assert day_of(before(Limit(1, "months"), minute_of(date(2021, 3, 31)))) == date(2021, 2, 28)


def test_a_window_reaches_back_by_the_calendar() -> None:
    assert day_of(before(Limit(12, "months"), minute_of(date(2021, 2, 1)))) == date(2020, 2, 1)
    assert day_of(before(Limit(2, "weeks"), minute_of(date(2021, 2, 15)))) == date(2021, 2, 1)


def test_no_duty_is_in_force_before_its_source_existed() -> None:
    early = [
        (duty.id, duty.since, duty.source)
        for duty in TERMS.duties
        if (years := [int(year) for year in re.findall(r"\b(?:19|20)\d\d\b", duty.source)])
        and duty.since.year < min(years)
    ]
    assert early == []


def test_a_law_not_known_to_be_in_force_judges_nothing() -> None:
    unborn = [duty for duty in TERMS.duties if "Not known to be in force" in duty.note]
    assert [duty.id for duty in unborn] == ["ENG-CHILDREN-S16LA"]
    assert not any(duty.in_force(date(2100, 1, 1)) for duty in unborn)


def test_no_edition_of_a_rule_is_missing_between_two() -> None:
    families: dict[str, list[Duty]] = {}
    for duty in TERMS.duties:
        families.setdefault(duty.family, []).append(duty)
    gaps = [
        (one.id, other.id)
        for editions in families.values()
        for one, other in pairwise(sorted(editions, key=lambda duty: duty.since))
        if one.until is not None and (other.since - one.until).days > 1
    ]
    assert gaps == []


def test_every_duty_of_statute_says_where_its_provision_stands_and_what_was_read_of_it() -> None:
    for duty in TERMS.duties:
        if duty.force.startswith(("statute", "definition in an Act")) and duty.force != "statutory guidance":
            assert duty.provision.startswith("https://www.legislation.gov.uk/"), duty.id
            assert duty.version_read, duty.id
            assert duty.changes_outstanding, duty.id


def test_a_definition_is_no_plain_duty() -> None:
    """What an Act defines asks for nothing by itself: whether it applied is a question."""
    defined = [duty for duty in TERMS.duties if duty.force.startswith("definition")]
    assert {duty.id for duty in defined} == {"ENG-DA-HARM", "ENG-DA2021-CHILD"}
    assert all(duty.condition for duty in defined)
