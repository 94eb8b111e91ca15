"""Reviews small enough to see whole, each with its WHY.md: what each shows, and what it does not."""

from __future__ import annotations

from pathlib import Path

from helpers.asking import TERMS, missing

from kg.findings.missed_share import MissedShare
from kg.findings.opportunity import Opportunity
from kg.findings.study import Study, find_gaps
from loaders import load

CASES = Path(__file__).parent.parent / "cases" / "small"


def case(number: int) -> Study:
    return find_gaps(load(CASES / f"{number:02d}").review, TERMS)


def names(gaps: Study, rows: tuple[int, ...]) -> list[str]:
    return [gaps.review.entries[row].name for row in rows]


def shares(gaps: Study) -> list[MissedShare]:
    return [gap for _, gap in gaps.of(MissedShare, "missed-share")]


def judged(gaps: Study, entry: str) -> Opportunity:
    return next(each for _, each in gaps.of(Opportunity) if gaps.review.entries[each.row].name == entry)


def test_a_receipt_says_what_was_told_by_its_own_shared_what() -> None:
    gap = missing(case(1), "School", "bruising", "Ann")
    assert gap is None or gap.certainty == "possible"


def test_one_row_of_another_agency_is_a_path() -> None:
    gaps = case(2)
    gap = missing(gaps, "Social Care", "neglect", "Ann")
    assert gap is not None
    assert (gap.certainty, gap.channel, names(gaps, gap.path)) == ("possible", "unsaid", ["Hospital/H-1"])


def test_a_refusal_binds_one_holder_from_its_day() -> None:
    gaps = case(3)
    gap = missing(gaps, "Housing", "mate-crime", "Ann")
    assert gap is not None
    assert (gap.certainty, gap.refused) == ("sure", False)
    assert names(gaps, gap.contacts) == ["Housing/HO-1", "Housing/HO-2", "Housing/HO-3"]
    assert {held.agency for held in gap.holders} == {"Police", "Hospital"}
    assert names(gaps, gap.refusals) == ["Hospital/H-2"]


def test_what_an_agency_itself_told_proves_no_holder_against_it() -> None:
    assert missing(case(4), "Police", "financial-abuse", "Ann") is None


def test_what_an_agency_itself_wrote_of_one_of_two_children_is_not_missing_there() -> None:
    assert missing(case(5), "Police", "missing", "Ben") is None


def test_the_opening_rows_own_response_answers_whoever_the_rule_names() -> None:
    gaps = case(6)
    for entry in ("Police/P-1", "Police/P-2"):
        asked = [each for each in judged(gaps, entry).outcomes if "strategy-discussion" in each.duty.expected]
        assert asked
        assert {(each.outcome, each.sure) for each in asked} == {("met", True)}


def test_an_undated_conversation_is_no_path() -> None:
    gap = missing(case(7), "Social Care", "hunger", "Ann")
    assert gap is not None
    assert (gap.certainty, gap.path) == ("sure", ())
    assert gap.channel != "unsaid"


def test_a_row_open_at_its_start_is_no_first_record() -> None:
    gaps = case(8)
    gap = missing(gaps, "Social Care", "bruising", "Ann")
    assert gap is not None
    known = gap.holders[0].knew_subject
    assert known is not None
    assert names(gaps, (known[0],)) == ["Hospital/H-1"]


def test_one_event_has_one_holder() -> None:
    gaps = case(9)
    gap = missing(gaps, "Social Care", "alcohol-misuse", "Ann")
    assert gap is not None
    assert names(gaps, tuple(held.row for held in gap.holders)) == ["Police/P-1"]
    assert {gaps.facts.all[fact].person for fact in gap.holders[0].facts} == {"Mother", "Father"}


def test_seen_includes_seen_alone() -> None:
    seen = case(10).sightings
    assert (seen.contacts, seen.seen, seen.alone) == (2, 2, 1)


def test_a_row_open_at_its_start_still_asks() -> None:
    gaps = case(11)
    each = judged(gaps, "Hospital/H-1")
    assert each.kind in ("missed-opportunity", "question")
    assert not each.sure or each.kind == "question"


def test_a_referral_that_may_precede_the_injury_is_no_sure_answer_to_it() -> None:
    gaps = case(12)
    each = judged(gaps, "Hospital/H-1")
    referral = [outcome for outcome in each.outcomes if "referral-childrens-social-care" in outcome.duty.expected]
    assert referral
    assert not any(outcome.outcome == "met" and outcome.sure for outcome in referral)


def test_a_new_injury_reopens_what_a_conference_had_answered() -> None:
    gaps = case(13)
    each = judged(gaps, "Social Care/C-3")
    assert each.kind == "decision-to-look-at"
    assert not any(outcome.outcome == "met" for outcome in each.outcomes if outcome.duty.family.startswith("ENG-WT"))


def test_a_row_that_names_only_the_mother_does_not_say_whose_bruise_it_is() -> None:
    gaps = case(14)
    assert all(gap.certainty == "possible" for gap in shares(gaps) if gap.indicator == "bruising")
    gap = missing(gaps, "Social Care", "bruising", "Ann")
    assert gap is not None
    assert {gaps.facts.all[fact].person for held in gap.holders for fact in held.facts} == {"Mother", "Ann"}


def test_what_an_associate_lived_through_elsewhere_says_nothing_of_the_subject() -> None:
    gaps = case(15)
    assert shares(gaps) == []
    assert [each for _, each in gaps.of(Opportunity, "missed-opportunity")] == []


def test_nobody_is_asked_to_speak_with_a_baby() -> None:
    each = judged(case(16), "Social Care/C-1")
    asked = [outcome for outcome in each.outcomes if "child-seen-alone" in outcome.duty.expected]
    assert asked
    assert {outcome.outcome for outcome in asked} == {"met"}
