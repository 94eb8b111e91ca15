"""The entries at which a rule called for a response: only by what the agency itself held then."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from helpers.asking import opportunity, outcome, outcomes, rule, study, under
from helpers.small import AGENCIES, MONDAY, PEOPLE, day, row

from kg.dates.when import BEGINNING, When, minute_of
from kg.model.record import Entry
from kg.model.review import Agency, Person
from kg.terms.reader import Limit, Terms

LOOK = rule("LOOK", ("bruising",), ("medical-examination",))
STEP = rule("STEP", ("section-47",), ("child-seen-alone",))
TWO = rule("TWO", ("missing", "self-harm"), ("risk-assessment",), trigger_count=2)
THRICE = rule("THRICE", ("domestic-abuse",), ("risk-assessment",), trigger_count=3, window=Limit(1, "weeks"))


def opened(*entries: Entry, terms: Terms | None = None, **about: Any) -> set[tuple[str, str]]:
    """(entry, how it opened) of everything that a rule called for."""
    gaps = study(*entries, terms=terms or under(LOOK), **about)
    return {(entry, found.opening.by) for (entry, _), found in outcomes(gaps).items()}


def test_an_entry_that_reveals_a_trigger_opens_a_duty() -> None:
    assert opened(row("Police/1", day(1), "bruising")) == {("Police/1", "revealed")}


def test_an_entry_that_reveals_nothing_opens_nothing() -> None:
    assert not opened(row("Police/1", day(1)), row("Police/2", day(2), "hunger"))


def test_a_response_can_be_the_trigger() -> None:
    assert opened(row("Care/1", day(1), responses=("section-47",)), terms=under(STEP)) == {("Care/1", "response")}


def test_a_kind_of_contact_can_be_the_trigger() -> None:
    kept = rule("KEPT", ("missed-appointment",), ("follow-up",))
    assert opened(row("Hospital/1", day(1), contact="missed-appointment"), terms=under(kept)) == {
        ("Hospital/1", "response")
    }


def test_the_merged_whole_opens_nothing() -> None:
    """Police hold one sign, the school the other: neither held both, so neither is judged."""
    signs = (row("Police/1", day(1), "missing"), row("School/1", day(2), "self-harm"))
    assert not opened(*signs, row("Police/2", day(9), "missing"), terms=under(TWO))


def test_a_decision_counts_only_what_was_held_and_not_what_others_held() -> None:
    assert not opened(row("School/1", day(1), "bruising"), row("Care/1", day(9), contact="assessment")) & {
        ("Care/1", "decision")
    }


def test_a_point_of_decision_opens_what_the_agency_surely_held() -> None:
    told = row("Care/0", day(1), "bruising", contact="letter-or-email")
    assert ("Care/1", "decision") in opened(told, row("Care/1", day(9), contact="assessment"))
    assert ("Care/1", "decision") not in opened(told, row("Care/1", day(9), contact="home-visit"))


@pytest.mark.parametrize("response", ["no-further-action", "case-closed", "explanation-accepted", "not-investigated"])
def test_to_decline_is_a_point_of_decision(response: str) -> None:
    held = row("Police/0", day(1), "bruising")
    assert ("Police/1", "decision") in opened(held, row("Police/1", day(9), responses=(response,)))


@pytest.mark.parametrize("contact", ["supervision", "hospital-discharge", "case-transfer", "case-closure"])
def test_supervision_discharge_transfer_and_closure_are_points_of_decision(contact: str) -> None:
    held = row("Hospital/0", day(1), "bruising")
    assert ("Hospital/1", "decision") in opened(held, row("Hospital/1", day(9), contact=contact))


def test_what_only_possibly_arrived_opens_no_decision() -> None:
    sent = row("School/1", day(1), "bruising", to=("Care",))
    decided = row("Care/1", day(9), contact="assessment")
    assert ("Care/1", "decision") not in opened(sent, decided)
    heard = row("Care/0", day(2), heard_from=("School",))
    assert ("Care/1", "decision") in opened(sent, heard, decided)


def test_a_trigger_already_answered_opens_no_decision() -> None:
    held = row("Hospital/0", day(1), "bruising", responses=("medical-examination",))
    assert ("Hospital/1", "decision") not in opened(held, row("Hospital/1", day(3), contact="assessment"))


def test_a_new_sign_after_the_answer_opens_the_decision_again() -> None:
    either = under(rule("EITHER", ("bruising", "burn-or-scald"), ("medical-examination",)))
    held = row("Hospital/0", day(1), "bruising", responses=("medical-examination",))
    new = row("Hospital/1", day(5), "burn-or-scald", contact="letter-or-email")
    decided = row("Hospital/2", day(9), contact="assessment")
    assert ("Hospital/2", "decision") not in opened(held, decided, terms=either)
    assert ("Hospital/2", "decision") in opened(held, new, decided, terms=either)


def test_an_undated_entry_opens_nothing() -> None:
    assert not opened(row("Police/1", row("x/y").when, "bruising"))


def test_an_entry_on_or_after_the_incident_opens_nothing() -> None:
    entry = row("Police/1", day(9), "bruising")
    assert not opened(entry, incident=day(9))
    assert opened(entry, incident=day(10))


def test_the_public_owes_nothing() -> None:
    assert not opened(row("Family/1", day(1), "bruising"))


def test_openings_run_from_when_it_was_learnt() -> None:
    old = rule("OLD", ("bruising",), ("medical-examination",), until=date(2021, 2, 5))
    entry = row("Police/1", day(1), "bruising", learnt=day(20))
    assert not opened(entry, terms=under(old))
    assert opened(row("Police/1", day(1), "bruising"), terms=under(old))


def test_a_rule_not_in_force_that_day_opens_nothing() -> None:
    later = rule("LATER", ("bruising",), ("medical-examination",), since=date(2021, 6, 1))
    assert not opened(row("Police/1", day(1), "bruising"), terms=under(later))


def test_a_date_open_at_its_start_begins_with_the_period_or_with_birth() -> None:
    """Nothing of it is sure where only the period bounds it, since an agency may have known the family before."""
    before = When("before", BEGINNING, minute_of(MONDAY) + 14399, "before")
    found = row("Police/1", before, "bruising")
    assert opened(found) == {("Police/1", "revealed")}
    assert not any(each.sure for each in outcomes(study(found)).values() if each.outcome != "cannot-tell")


def test_only_agencies_of_the_holders_type_are_asked() -> None:
    by_police = rule("R", ("bruising",), ("medical-examination",), holder=("police",))
    rows = (row("Police/1", day(1), "bruising"), row("School/1", day(2), "bruising"))
    assert opened(*rows, terms=under(by_police)) == {("Police/1", "revealed")}


def test_real_rules_ask_the_school_to_refer_and_not_the_agency_referred_to() -> None:
    gaps = study(row("School/1", day(1), "disclosure"), row("Care/1", day(3), "disclosure"))
    assert outcome(gaps, "School/1", "ENG-WT-REFER") == "no-record"
    assert outcome(gaps, "Care/1", "ENG-WT-REFER") == ""


def test_nobody_is_asked_to_refer_back_to_the_one_who_told_it() -> None:
    told = row("School/1", day(3), "disclosure", contact="telephone-call", heard_from=("Care",))
    assert outcome(study(told), "School/1", "ENG-WT-REFER") == ""
    by_another = row("School/1", day(3), "disclosure", contact="telephone-call", heard_from=("Hospital",))
    assert outcome(study(by_another), "School/1", "ENG-WT-REFER") == "no-record"


def test_who_saw_the_child_has_signs_of_its_own_to_refer() -> None:
    seen = row("School/1", day(3), "disclosure", heard_from=("Care",), seen="yes")
    assert outcome(study(seen), "School/1", "ENG-WT-REFER") == "no-record"


def test_who_closes_what_social_care_told_is_asked_why_it_did_not_go_back() -> None:
    told = row("School/1", day(3), "disclosure", contact="telephone-call", heard_from=("Care",))
    closed = row("School/2", day(5), contact="telephone-call", responses=("case-closed",))
    assert outcome(study(told, closed), "School/2", "ENG-WT-REFER") == "decided-otherwise"


def test_what_social_care_told_still_asks_for_what_is_no_referral() -> None:
    examine = under(rule("R", ("disclosure",), ("medical-examination", "referral-childrens-social-care")))
    told = row("School/1", day(3), "disclosure", contact="telephone-call", heard_from=("Care",))
    assert opened(told, terms=examine) == {("School/1", "revealed")}


def test_two_signs_of_one_agency_are_enough_together() -> None:
    first, second = row("School/1", day(1), "missing"), row("School/2", day(9), "self-harm")
    assert opened(first, second, terms=under(TWO)) == {("School/2", "revealed")}
    held = opportunity(study(first, second, terms=under(TWO)), "School/2").outcomes[0].opening
    assert set(held.concepts) == {"missing", "self-harm"}


def test_one_sign_twice_is_not_two_signs() -> None:
    assert not opened(row("School/1", day(1), "missing"), row("School/2", day(9), "missing"), terms=under(TWO))


def test_of_one_sign_so_many_occasions_are_counted() -> None:
    rows = [row(f"Police/{at}", day(at), "domestic-abuse") for at in (0, 2, 4)]
    assert opened(*rows, terms=under(THRICE)) == {("Police/4", "revealed")}
    assert not opened(*rows[:2], terms=under(THRICE))


def test_occasions_outside_the_window_do_not_count() -> None:
    rows = [row(f"Police/{at}", day(at), "domestic-abuse") for at in (0, 6, 12)]
    assert not opened(*rows, terms=under(THRICE))


def test_two_accounts_of_one_occasion_are_counted_once() -> None:
    rows = (
        row("Police/1", day(0), "domestic-abuse", to=("Care",)),
        row("Care/1", day(0), "domestic-abuse", heard_from=("Police",)),
        row("Care/2", day(2), "domestic-abuse"),
    )
    assert not opened(*rows, terms=under(THRICE))


def test_later_occasions_do_not_count_backwards() -> None:
    rows = [row(f"Police/{at}", day(at), "domestic-abuse") for at in (0, 2, 4)]
    assert ("Police/0", "revealed") not in opened(*rows, terms=under(THRICE))
    assert ("Police/2", "revealed") not in opened(*rows, terms=under(THRICE))


def test_what_an_agency_was_surely_told_counts_with_its_own() -> None:
    rows = (
        row("School/1", day(1), "missing", to=("Care",)),
        row("Care/1", day(2), heard_from=("School",)),
        row("Care/2", day(9), "self-harm"),
    )
    assert opened(*rows, terms=under(TWO)) == {("Care/2", "revealed")}
    assert not opened(rows[0], rows[2], terms=under(TWO))


def test_an_entry_about_somebody_unlisted_opens_nothing_for_the_child() -> None:
    assert not opened(row("Police/1", day(1), "bruising", people=("A neighbour",), about=("A neighbour",)))


def test_each_child_concerned_opens_a_duty_of_its_own() -> None:
    gaps = study(
        row("Police/1", day(1), "domestic-abuse", people=("Sam", "Robin")),
        terms=under(rule("R", ("domestic-abuse",), ("risk-assessment",))),
        people=(*PEOPLE, Person("Robin", role="child")), subjects=("Sam", "Robin"),
    )  # fmt: skip
    assert {each.opening.subject for each in opportunity(gaps, "Police/1").outcomes} == {"Sam", "Robin"}


def test_a_trigger_met_only_as_a_case_of_a_broader_one_is_a_prompt() -> None:
    broad = rule("R", ("physical-abuse",), ("follow-up",), within=Limit(2, "days"))
    assert (
        opportunity(study(row("Police/1", day(1), "physical-abuse"), terms=under(broad)), "Police/1").strength == "firm"
    )
    case = study(row("Police/1", day(1), "physical-chastisement"), terms=under(broad))
    assert opportunity(case, "Police/1").strength == "prompt"


def test_a_sign_opens_what_its_kind_opens_as_a_prompt_unless_the_rule_names_it() -> None:
    kind = rule("R", ("physical-abuse",), ("follow-up",), within=Limit(2, "days"))
    named = rule("R", ("physical-abuse", "bruising"), ("follow-up",), within=Limit(2, "days"))
    bruise = row("Police/1", day(1), "bruising")
    assert opportunity(study(bruise, terms=under(kind)), "Police/1").strength == "prompt"
    assert opportunity(study(bruise, terms=under(named)), "Police/1").strength == "firm"


def test_a_ward_is_judged_by_what_the_ward_held() -> None:
    ward = Agency("Ward", "hospital", part_of="Hospital", has_return=True)
    rows = (row("Ward/1", day(1), "missing"), row("Hospital/1", day(9), "self-harm"))
    assert not opened(*rows, terms=under(TWO), agencies=(*AGENCIES, ward))


@pytest.mark.parametrize(("answered", "opens"), [(300, False), (899, False), (0, True)])
def test_one_answer_at_any_time_since_the_sign_was_held_is_enough_at_a_decision(answered: int, opens: bool) -> None:
    sign = row("Hospital/1", day(1), "bruising")
    looked = row("Hospital/2", day(answered), responses=("medical-examination",))
    decision = row("Hospital/3", day(900), contact="assessment")
    assert (("Hospital/3", "decision") in opened(sign, looked, decision, incident=day(1000))) is opens


def test_rows_that_brought_a_sign_to_a_decision_are_in_order_of_time() -> None:
    signs = [row(f"Hospital/{at}", day(9 - at), "bruising") for at in range(4)]
    gaps = study(*signs, row("Hospital/9", day(20), contact="assessment"), terms=under(LOOK))
    held = outcomes(gaps)["Hospital/9", LOOK.family].opening.held_rows
    assert [gaps.review.entries[at].name for at in held] == ["Hospital/3", "Hospital/2", "Hospital/1", "Hospital/0"]
