"""What the record shows of each opening: met, late, decided otherwise, no record, or cannot tell."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from helpers.asking import outcome, outcomes, rule, study, under
from helpers.small import day, row

from kg.dates.when import day_of
from kg.model.record import Entry
from kg.terms.reader import Duty, Limit

IN_TIME = rule("R", ("bruising",), ("medical-examination",), within=Limit(5, "days"))
OPEN = rule("R", ("bruising",), ("medical-examination",))
FOUND = row("Hospital/1", day(1), "bruising")


def judged(*entries: Entry, by: Duty = IN_TIME, at: str = "Hospital/1", **about: Any) -> str:
    return outcome(study(*entries, terms=under(by), **about), at, by.family)


def looked(on: int, last: int | None = None, **more: Any) -> Entry:
    """The hospital's own row of an examination."""
    return row("Hospital/2", day(on, last), responses=("medical-examination",), **more)


def test_a_response_in_the_same_entry_meets_it() -> None:
    assert judged(row("Hospital/1", day(1), "bruising", responses=("medical-examination",))) == "met"


def test_a_later_response_in_time_meets_it() -> None:
    assert judged(FOUND, looked(6)) == "met"


def test_a_response_after_its_number_is_late() -> None:
    assert judged(FOUND, looked(7)) == "late"


def test_nothing_recorded_is_no_record() -> None:
    assert judged(FOUND) == "no-record"


def test_another_response_is_no_answer() -> None:
    assert judged(FOUND, row("Hospital/2", day(2), responses=("follow-up",))) == "no-record"


def test_another_agencys_response_is_no_answer_unless_the_rule_names_it() -> None:
    theirs = row("Police/1", day(2), responses=("medical-examination",))
    assert judged(FOUND, theirs) == "no-record"
    named = rule("R", ("bruising",), ("medical-examination",), by=("police",))
    assert judged(FOUND, theirs, by=named) == "met"


def test_a_response_about_another_person_is_no_answer() -> None:
    assert judged(FOUND, looked(2, people=("A neighbour",))) == "no-record"


def test_being_seen_alone_in_the_column_for_it_is_a_response() -> None:
    alone = rule("R", ("bruising",), ("child-seen-alone",))
    assert judged(FOUND, row("Hospital/2", day(2), seen="alone"), by=alone) == "met"
    assert judged(FOUND, row("Hospital/2", day(2), seen="yes"), by=alone) == "no-record"


def test_without_a_number_nothing_is_late() -> None:
    assert judged(FOUND, looked(40), by=OPEN) == "no-record"


def test_without_a_number_the_limit_is_ours_of_14_days_and_said_so() -> None:
    found = outcomes(study(FOUND, terms=under(OPEN)))["Hospital/1", "R"]
    assert found.own_limit
    assert found.due is not None
    assert day_of(found.due) == date(2021, 2, 16)
    assert judged(FOUND, looked(15), by=OPEN) == "met"
    assert judged(FOUND, looked(16), by=OPEN) == "no-record"


def test_a_limit_past_the_incident_cannot_tell() -> None:
    assert judged(FOUND, incident=day(6)) == "cannot-tell"
    assert judged(FOUND, incident=day(7)) == "no-record"


def test_a_doubtful_answer_does_not_make_a_miss_of_what_cannot_be_told() -> None:
    assert judged(FOUND, looked(0, 4), incident=day(6)) == "cannot-tell"


def test_an_answer_before_the_incident_is_met_though_the_limit_lies_past_it() -> None:
    assert judged(FOUND, looked(3), incident=day(6)) == "met"


def test_a_date_that_may_lie_either_side_of_the_limit_leaves_it_unsure() -> None:
    found = outcomes(study(FOUND, looked(4, 9), terms=under(IN_TIME)))["Hospital/1", "R"]
    assert (found.outcome, found.sure) == ("no-record", False)


@pytest.mark.parametrize("response", ["no-further-action", "case-closed", "explanation-accepted", "not-investigated"])
def test_a_recorded_decision_is_a_decision_and_not_a_miss(response: str) -> None:
    assert judged(row("Hospital/1", day(1), "bruising", responses=(response,))) == "decided-otherwise"
    assert judged(FOUND, row("Hospital/2", day(3), responses=(response,))) == "decided-otherwise"


def test_a_decision_after_the_limit_decides_nothing() -> None:
    assert judged(FOUND, row("Hospital/2", day(20), responses=("no-further-action",))) == "no-record"


def test_another_agencys_decision_decides_nothing() -> None:
    assert judged(FOUND, row("Police/2", day(3), responses=("no-further-action",))) == "no-record"


def test_a_rule_that_accepts_a_decision_is_met_by_it() -> None:
    either = rule("R", ("bruising",), ("medical-examination", "no-further-action"))
    assert judged(row("Hospital/1", day(1), "bruising", responses=("no-further-action",)), by=either) == "met"


@pytest.mark.parametrize("word", ["condition", "threshold"])
def test_what_the_record_cannot_show_is_a_question_and_never_a_miss(word: str) -> None:
    what: dict[str, Any] = {word: "if X"}
    unknown = rule("R", ("bruising",), ("medical-examination",), within=Limit(5, "days"), **what)
    assert judged(FOUND, by=unknown) == "cannot-tell"
    assert judged(FOUND, looked(20), by=unknown) == "cannot-tell"
    assert judged(FOUND, looked(2), by=unknown) == "met"
    declined = row("Hospital/2", day(3), responses=("no-further-action",))
    assert judged(FOUND, declined, by=unknown) == "decided-otherwise"


def test_a_clock_that_runs_from_something_else_is_never_late() -> None:
    other = rule("R", ("missing",), ("child-seen-alone",), within=Limit(3, "days"), clock="return")
    gone = row("Care/1", day(1), "missing")
    assert judged(gone, row("Care/2", day(20), seen="alone"), by=other, at="Care/1") == "no-record"


def test_editions_that_disagree_cannot_tell() -> None:
    old = rule("OLD", ("bruising",), ("medical-examination",), until=date(2021, 2, 2), family="R")
    new = rule("NEW", ("bruising",), ("follow-up",), since=date(2021, 2, 3), family="R")
    entry = row("Hospital/1", day(1, 3), "bruising", responses=("follow-up",))
    assert outcome(study(entry, terms=under(old, new)), "Hospital/1", "R") == "cannot-tell"
    both = row("Hospital/1", day(1, 3), "bruising", responses=("follow-up", "medical-examination"))
    assert outcome(study(both, terms=under(old, new)), "Hospital/1", "R") == "met"
    neither = row("Hospital/1", day(1, 3), "bruising")
    assert outcome(study(neither, terms=under(old, new)), "Hospital/1", "R") == "no-record"


def test_a_date_that_may_fall_under_no_edition_cannot_tell() -> None:
    new = rule("R", ("bruising",), ("medical-examination",), since=date(2021, 2, 3))
    assert judged(row("Hospital/1", day(1, 5), "bruising"), by=new) == "cannot-tell"
    assert judged(row("Hospital/1", day(2), "bruising"), by=new) == "no-record"


def test_the_notation_that_opened_a_duty_never_answers_it() -> None:
    review_it = rule("R", ("child-protection-conference",), ("child-protection-conference",), within=Limit(3, "months"))
    first = row("Care/1", day(1), contact="child-protection-conference")
    late: dict[str, Any] = {"incident": day(200)}
    assert judged(first, by=review_it, at="Care/1", **late) == "no-record"
    again = row("Care/2", day(60), contact="child-protection-conference")
    assert judged(first, again, by=review_it, at="Care/1", **late) == "met"


def test_a_share_answers_only_if_it_told_the_trigger_to_one_who_needs_it() -> None:
    share = rule("R", ("bruising",), ("information-shared",))
    assert judged(FOUND, row("Hospital/2", day(3), to=("Care",), what=("1",)), by=share) == "met"
    other = row("Hospital/2", day(3), "carer-mental-ill-health", people=("Sam", "Alex"), to=("Care",))
    assert judged(FOUND, other, by=share) == "no-record"
    public = row("Hospital/2", day(3), to=("Family",), what=("1",))
    assert judged(FOUND, public, by=share) == "no-record"


def test_told_to_the_addressee_it_is_the_referral() -> None:
    refer = rule("R", ("bruising",), ("referral-childrens-social-care",))
    assert judged(FOUND, row("Hospital/2", day(3), to=("Care",), what=("1",)), by=refer) == "met"
    assert judged(FOUND, row("Hospital/2", day(3), to=("School",), what=("1",)), by=refer) == "no-record"


def test_the_receivers_own_row_of_it_counts() -> None:
    refer = rule("R", ("bruising",), ("referral-childrens-social-care",))
    heard = row("Care/1", day(3), "bruising", heard_from=("Hospital",))
    assert judged(FOUND, heard, by=refer) == "met"


def test_to_pass_it_on_is_not_to_record_that_it_was_shared_with_nobody() -> None:
    share = rule("R", ("bruising",), ("information-shared",))
    assert judged(FOUND, row("Hospital/2", day(3), responses=("information-shared",)), by=share) == "met"


def test_a_meeting_that_another_agency_wrote_down_is_also_ones_own() -> None:
    meet = rule("R", ("bruising",), ("strategy-discussion",))
    theirs = row("Care/1", day(3), contact="strategy-discussion", to=("Hospital",))
    assert judged(FOUND, theirs, by=meet) == "met"
    without = row("Care/1", day(3), contact="strategy-discussion", to=("Police",))
    assert judged(FOUND, without, by=meet) == "no-record"


AGAIN = row("Hospital/3", day(10), "bruising")


def test_an_answer_stands_for_14_days() -> None:
    lasting = rule("R", ("neglect",), ("medical-examination",), within=Limit(5, "days"))
    again = row("Hospital/3", day(9), "neglect")
    assert judged(looked(0), again, by=lasting, at="Hospital/3") == "no-record", "it told of nothing yet"
    first = row("Hospital/1", day(0), "neglect", responses=("medical-examination",))
    assert judged(first, again, by=lasting, at="Hospital/3") == "met"
    assert judged(first, row("Hospital/3", day(14), "neglect"), by=lasting, at="Hospital/3") == "met"
    assert judged(first, row("Hospital/3", day(15), "neglect"), by=lasting, at="Hospital/3") == "no-record"


def test_a_new_injury_reopens_what_an_answer_to_the_last_had_settled() -> None:
    first = row("Hospital/1", day(0), "bruising", responses=("medical-examination",))
    assert judged(first, AGAIN, at="Hospital/3") == "no-record"


def test_a_row_that_itself_declines_is_a_decision_whatever_stands() -> None:
    lasting = rule("R", ("neglect",), ("medical-examination",), within=Limit(5, "days"))
    first = row("Hospital/1", day(0), "neglect", responses=("medical-examination",))
    closed = row("Hospital/3", day(9), "neglect", responses=("no-further-action",))
    assert judged(first, closed, by=lasting, at="Hospital/3") == "decided-otherwise"


def test_an_answer_that_may_come_before_its_occasion_is_no_sure_answer() -> None:
    wide = row("Hospital/1", day(1, 9), "bruising")
    each = outcomes(study(wide, looked(4), terms=under(IN_TIME)))["Hospital/1", "R"]
    assert (each.outcome, each.sure) == ("no-record", False)


def test_what_was_done_on_or_after_the_incident_answers_nothing() -> None:
    assert (
        judged(
            FOUND,
            looked(5),
            incident=day(5),
            by=rule("R", ("bruising",), ("medical-examination",), within=Limit(2, "days")),
        )
        == "no-record"
    )


def test_of_an_unread_row_nothing_is_surely_missing() -> None:
    asked = rule("R", ("referral-received",), ("initial-assessment",), within=Limit(1, "days"))
    for read in (True, False):
        came = row("Care/1", day(1), contact="referral-received", read=read)
        assert outcome(study(came, terms=under(asked)), "Care/1", "R") == ("no-record" if read else "cannot-tell")


def test_an_enquiry_stands_as_long_as_its_work() -> None:
    """Section 47 stands for 15 working days: from Monday of one week to Monday three weeks later."""
    enquire = rule("R", ("neglect",), ("section-47",))
    first = row("Care/1", day(0), "neglect", responses=("section-47",))
    assert judged(first, row("Care/3", day(21), "neglect"), by=enquire, at="Care/3") == "met"
    assert judged(first, row("Care/3", day(22), "neglect"), by=enquire, at="Care/3") == "no-record"


def test_a_plan_stands_until_it_ends() -> None:
    plan = rule("R", ("neglect",), ("child-protection-plan",))
    first = row("Care/1", day(0), "neglect", responses=("child-protection-plan",))
    later = row("Care/3", day(50), "neglect")
    ended = row("Care/2", day(40), responses=("case-closed",))
    setting: dict[str, Any] = {"by": plan, "at": "Care/3", "incident": day(90)}
    assert judged(first, later, **setting) == "met"
    assert judged(first, ended, later, **setting) == "no-record"


def test_a_closing_ends_every_answer() -> None:
    first = row("Hospital/1", day(0), "bruising", responses=("medical-examination",))
    closed = row("Hospital/2", day(5), responses=("no-further-action",))
    assert judged(first, closed, AGAIN, at="Hospital/3") == "no-record"


def test_a_closing_after_the_new_sign_does_not_end_it_before() -> None:
    lasting = rule("R", ("neglect",), ("medical-examination",), within=Limit(5, "days"))
    first = row("Hospital/1", day(0), "neglect", responses=("medical-examination",))
    closed = row("Hospital/4", day(12), responses=("no-further-action",))
    assert judged(first, row("Hospital/3", day(9), "neglect"), closed, by=lasting, at="Hospital/3") == "met"


def test_a_new_concept_reopens_a_duty() -> None:
    either = rule("R", ("bruising", "burn-or-scald"), ("medical-examination",))
    first = row("Hospital/1", day(0), "bruising", responses=("medical-examination",))
    assert judged(first, row("Hospital/3", day(9), "burn-or-scald"), by=either, at="Hospital/3") == "no-record"


def test_some_responses_must_come_first() -> None:
    seen_first = rule("R", ("case-closed",), ("child-seen-alone",), order="before")
    closed = row("Care/2", day(20), responses=("case-closed",))
    assert judged(row("Care/1", day(15), seen="alone"), closed, by=seen_first, at="Care/2") == "met"
    assert judged(row("Care/1", day(2), seen="alone"), closed, by=seen_first, at="Care/2") != "met"
    assert judged(closed, row("Care/3", day(25), seen="alone"), by=seen_first, at="Care/2") != "met"


def test_what_had_to_come_first_is_not_excused_by_an_incident_soon_after() -> None:
    seen_first = rule("R", ("case-closure",), ("child-seen-alone",), order="before")
    assert (
        judged(row("Care/2", day(20), contact="case-closure"), by=seen_first, at="Care/2", incident=day(22))
        == "no-record"
    )


def test_a_sign_only_possibly_about_the_child_is_never_surely_missed() -> None:
    from helpers.small import PEOPLE

    from kg.model.review import Person

    gaps = study(
        row("Hospital/1", day(1), "bruising", people=("Sam", "Robin")), terms=under(IN_TIME),
        people=(*PEOPLE, Person("Robin", role="child")), subjects=("Sam", "Robin"),
    )  # fmt: skip
    assert not outcomes(gaps)["Hospital/1", "R"].sure
