"""What opens a rule and what does not: somebody else's harm, what was known before, who told those to act, small children."""

from __future__ import annotations

from dataclasses import replace

from helpers.asking import outcome, outcomes, rule, study, under
from helpers.small import MONDAY, PEOPLE, day, row

from kg.dates.when import DAY, When, minute_of

ABUSE = rule("R", ("physical-abuse",), ("strategy-discussion",))
LOOK = rule("R", ("bruising",), ("medical-examination",))
SHARE = rule("R", ("bruising",), ("information-shared",))


def born(months: int) -> tuple[object, ...]:
    """The people of a small review, with Sam so many months old on day 0."""
    at = minute_of(MONDAY) - months * 31 * DAY
    return (replace(PEOPLE[0], born=When("born", at, at + DAY - 1)), *PEOPLE[1:])


def test_an_assault_on_a_mother_opens_no_rule_about_abuse_of_her_child() -> None:
    hit = row("Care/1", day(1), "assault-on-adult", people=("Sam", "Alex"))
    assert outcome(study(hit, terms=under(ABUSE)), "Care/1", "R") == ""


def test_a_supervision_that_goes_over_what_was_held_reveals_nothing() -> None:
    seen = row("Care/1", day(1), "bruising", responses=("medical-examination",))
    again = row("Care/2", day(9), "bruising", contact="supervision")
    gaps = study(seen, again, terms=under(LOOK))
    assert outcome(gaps, "Care/2", "R") == ""
    assert outcome(study(again, terms=under(LOOK)), "Care/2", "R") == "no-record", "what is new there opens"


def test_an_agency_that_told_those_to_act_is_not_asked_what_they_did() -> None:
    act = replace(ABUSE, by=("childrens-social-care",))
    told = row("School/1", day(1), "physical-abuse", to=("Care",))
    gaps = study(told, terms=under(act))
    assert outcome(gaps, "School/1", "R") == "cannot-tell"
    assert outcome(study(replace(told, shared_with=()), terms=under(act)), "School/1", "R") == "no-record"


def test_a_telling_has_three_states() -> None:
    found = row("School/1", day(1), "bruising")
    kept = row("School/2", day(2), responses=("decided-not-to-share",))
    assert outcome(study(found, terms=under(SHARE)), "School/1", "R") == "no-record"
    assert outcome(study(found, kept, terms=under(SHARE)), "School/1", "R") == "decided-otherwise"
    assert outcome(study(replace(found, shared_with=("Care",)), terms=under(SHARE)), "School/1", "R") == "met"


def test_a_telling_that_does_not_say_what_it_told_is_no_sure_answer() -> None:
    found = row("School/1", day(1), "bruising")
    each = outcomes(study(found, row("School/2", day(2), to=("Care",)), terms=under(SHARE)))["School/1", "R"]
    assert (each.outcome, each.sure) == ("no-record", False)


def test_a_rule_that_only_asks_to_tell_is_not_opened_where_another_agency_is_there() -> None:
    heard = row("School/1", day(1), "bruising", heard_from=("Police",))
    assert outcome(study(heard, terms=under(SHARE)), "School/1", "R") == ""


def test_a_rule_about_children_who_do_not_move_asks_by_age() -> None:
    still = replace(LOOK, mobile=False, condition="child not mobile")
    found = row("Hospital/1", day(1), "bruising")
    said = {
        months: outcome(study(found, terms=under(still), people=born(months)), "Hospital/1", "R")
        for months in (3, 12, 30)
    }
    assert said == {3: "no-record", 12: "cannot-tell", 30: ""}


def test_one_appointment_not_kept_is_not_several() -> None:
    several = rule("R", ("missed-appointment", "missed-appointments"), ("follow-up",), trigger_count=2)
    once = row("School/1", day(1), "missed-appointments", contact="missed-appointment")
    assert outcome(study(once, terms=under(several)), "School/1", "R") == ""
