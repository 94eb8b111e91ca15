"""What opens a rule and what does not: somebody else's harm, what was known before, who told those to act, small children."""

from __future__ import annotations

from dataclasses import replace

from helpers.asking import opportunity, outcome, outcomes, rule, study, under
from helpers.small import MONDAY, PEOPLE, day, row

from kg.dates.when import BEGINNING, DAY, When, minute_of
from kg.model.review import Person
from kg.terms.reader import Limit
from kg.wording.rules import opportunity_sentences

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


def test_only_the_agency_can_say_what_a_telling_without_a_word_of_it_told() -> None:
    found = row("School/1", day(1), "bruising")
    assert (
        outcome(study(found, row("School/2", day(2), to=("Care",)), terms=under(SHARE)), "School/1", "R")
        == "cannot-tell"
    )
    late = row("School/2", day(30), to=("Care",))
    assert outcome(study(found, late, terms=under(SHARE)), "School/1", "R") == "no-record", (
        "what came late is no answer"
    )


def test_a_row_that_tells_of_itself_has_told_it() -> None:
    kept = rule("R", ("missed-appointment",), ("information-shared",))
    missed = row("Hospital/1", day(1), contact="missed-appointment", responses=("information-shared",), to=("School",))
    assert outcome(study(missed, terms=under(kept)), "Hospital/1", "R") == "met"


def test_to_take_no_further_action_is_not_to_decide_that_nobody_be_told() -> None:
    closed = row("Police/1", day(1), "bruising", responses=("no-further-action",))
    assert outcome(study(closed, terms=under(SHARE)), "Police/1", "R") == "no-record"
    assert outcome(study(closed, terms=under(LOOK)), "Police/1", "R") == "decided-otherwise", (
        "what was asked was an act"
    )


def test_an_undated_row_decides_nothing() -> None:
    found, closed = row("Care/1", day(1), "bruising"), row("Care/2", responses=("no-further-action",))
    assert outcome(study(found, closed, terms=under(LOOK)), "Care/1", "R") == "no-record"
    dated = replace(closed, when=day(3))
    assert outcome(study(found, dated, terms=under(LOOK)), "Care/1", "R") == "decided-otherwise"


def test_what_is_decided_of_one_child_is_not_decided_of_another() -> None:
    people = (*PEOPLE, Person("Jo", role="sibling"))
    two: dict[str, object] = {"people": people, "subjects": ("Sam", "Jo")}
    again = rule("R", ("missing",), ("multi-agency-meeting",))
    gone = row("Police/1", day(1), "missing", people=("Jo",))
    closed = row("Police/2", day(30), responses=("no-further-action",))
    assert outcome(study(gone, closed, terms=under(again), **two), "Police/2", "R") == ""
    hers = replace(closed, people=("Jo",))
    assert outcome(study(gone, hers, terms=under(again), **two), "Police/2", "R") == "decided-otherwise"


def test_a_sign_in_a_row_that_names_only_others_is_a_question() -> None:
    found = row("Care/1", day(1), "bruising", people=("Alex",))
    gaps = study(found, terms=under(LOOK))
    assert outcome(gaps, "Care/1", "R") == "cannot-tell"
    assert "names only Alex" in outcomes(gaps)["Care/1", "R"].why
    assert outcome(study(replace(found, about=("Sam",)), terms=under(LOOK)), "Care/1", "R") == "no-record"


def test_one_sign_is_one_childs() -> None:
    """A row names two children and one bruise; a decision on it is recorded for one of them."""
    two: dict[str, object] = {"people": (*PEOPLE, Person("Jo", role="sibling")), "subjects": ("Sam", "Jo")}
    found = row("Care/1", day(1), "bruising", people=("Sam", "Jo"))
    settled = row("Care/2", day(2), responses=("explanation-accepted",), people=("Sam",))
    said = [each.outcome for each in opportunity(study(found, settled, terms=under(LOOK), **two), "Care/1").outcomes]
    assert sorted(said) == ["cannot-tell", "decided-otherwise"]
    alone = [each.outcome for each in opportunity(study(found, terms=under(LOOK), **two), "Care/1").outcomes]
    assert alone == ["no-record", "no-record"], "where nothing is recorded for either, it is missing for one"


def test_a_row_that_nobody_read_may_hold_the_answer() -> None:
    found = row("Care/1", day(1), "bruising")
    for read in (True, False):
        each = outcomes(study(found, row("Care/2", day(3), read=read), terms=under(LOOK)))["Care/1", "R"]
        assert (each.outcome, each.sure) == ("no-record", read)
    beyond = outcomes(study(found, row("Care/2", day(30), read=False), terms=under(LOOK)))["Care/1", "R"]
    assert beyond.sure, "what lies past the limit holds no answer in time"


def test_our_own_fourteen_days_make_nobody_late_by_a_few() -> None:
    """Seen between day 1 and day 7, looked into on day 20: in time if it was seen on day 6 or 7."""
    found, looked = row("Care/1", day(1, 7), "bruising"), row("Care/2", day(20), responses=("medical-examination",))
    each = outcomes(study(found, looked, terms=under(LOOK)))["Care/1", "R"]
    assert (each.outcome, each.sure) == ("met", False)
    numbered = outcomes(study(found, looked, terms=under(replace(LOOK, within=Limit(14, "days")))))["Care/1", "R"]
    assert (numbered.outcome, numbered.sure) == ("no-record", False), "a number of the source's own does"


def test_two_rows_of_one_week_are_not_surely_two_incidents() -> None:
    several = rule("R", ("domestic-abuse",), ("risk-assessment",), trigger_count=2)
    for later, sure in ((day(3), False), (day(20), True)):
        rows = row("Police/1", day(1), "domestic-abuse"), row("Police/2", later, "domestic-abuse")
        each = outcomes(study(*rows, terms=under(several)))["Police/2", "R"]
        assert (each.outcome, each.sure) == ("no-record", sure)


def test_a_condition_of_a_rule_is_said_with_what_it_asks() -> None:
    asked = replace(LOOK, condition="the child was hurt on purpose")
    gaps = study(row("Care/1", day(1), "bruising", responses=("no-further-action",)), terms=under(asked))
    said = " ".join(opportunity_sentences(gaps, opportunity(gaps, "Care/1")))
    assert "on a condition that no record can show (the child was hurt on purpose)" in said


def test_what_a_row_says_and_what_was_held_before_are_told_apart() -> None:
    several = rule("R", ("missed-appointments", "non-engagement"), ("escalation",), trigger_count=2)
    rows = row("Hospital/1", day(1), "non-engagement"), row("Hospital/2", day(9), "missed-appointments")
    gaps = study(*rows, terms=under(several))
    said = next(iter(opportunity_sentences(gaps, opportunity(gaps, "Hospital/2"))))
    assert "recorded missed appointments. Together with what it already held: non-engagement" in said


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


def test_a_date_that_may_be_a_slip_of_years_is_no_decision_to_look_at() -> None:
    start = minute_of(MONDAY)
    slip = When("14/04/2012", start - 3000 * DAY, start + 5 * DAY, "doubtful")
    closed = row("Care/1", slip, "bruising", responses=("no-further-action",))
    assert outcome(study(closed, terms=under(LOOK)), "Care/1", "R") == "cannot-tell"
    assert outcome(study(replace(closed, when=day(1)), terms=under(LOOK)), "Care/1", "R") == "decided-otherwise"


def test_a_row_open_at_its_start_counts_within_a_window_as_any_other() -> None:
    several = rule("R", ("domestic-abuse",), ("risk-assessment",), trigger_count=2, window=Limit(12, "months"))
    open_row = row("Police/1", When("before day 20", BEGINNING, day(20).latest), "domestic-abuse")
    assert outcome(study(open_row, terms=under(several)), "Police/1", "R") == "", "one is not two"
