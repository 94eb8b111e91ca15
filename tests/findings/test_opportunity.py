"""Opportunities with no response recorded: what makes one, how often the same came again, and what settles it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from helpers.asking import finding_at, kinds, names, opportunity, rule, study, under
from helpers.small import day, review, row

from kg.findings.opportunity import Opportunity
from kg.findings.study import Study, find_gaps
from kg.model.problem import Place
from kg.model.reviewer import Judgement
from kg.reports.contract import counts_json
from kg.terms.reader import Limit

FIRM = rule("FIRM", ("bruising",), ("medical-examination",), within=Limit(2, "days"))
SOFT = rule("SOFT", ("bruising",), ("follow-up",))
TERMS = under(FIRM, SOFT)


def kind(gaps: Study, entry: str) -> str:
    finding = finding_at(gaps, entry)
    return finding.kind if finding else ""


def place(gaps: Study, entry: str) -> tuple[int, int, int, int]:
    """(ordinal, of, this agency's ordinal, of) in its chain."""
    chain = opportunity(gaps, entry).chain
    return chain.ordinal, chain.of, chain.agency_ordinal, chain.agency_of


def test_one_rule_without_a_response_makes_an_opportunity_though_another_was_met() -> None:
    gaps = study(row("Hospital/1", day(1), "bruising", responses=("follow-up",)), terms=TERMS)
    found = opportunity(gaps, "Hospital/1")
    assert found.kind == "missed-opportunity"
    assert [each.duty.id for each in found.telling] == ["FIRM"]
    assert {each.outcome for each in found.outcomes} == {"met", "no-record"}


def test_what_was_met_in_time_is_reported_too() -> None:
    both = row("Hospital/1", day(1), "bruising", responses=("follow-up", "medical-examination"))
    assert kind(study(both, terms=TERMS), "Hospital/1") == "response-recorded"


def test_decisions_are_counted_apart() -> None:
    gaps = study(row("Hospital/1", day(1), "bruising", responses=("no-further-action",)), terms=TERMS)
    assert kind(gaps, "Hospital/1") == "decision-to-look-at"
    counts = counts_json(gaps)
    assert (counts["missed_opportunities"], counts["decisions_to_look_at"]) == (0, 1)


def test_what_only_the_agency_can_tell_is_a_question() -> None:
    unknown = under(replace(FIRM, condition="if it was accepted"))
    assert kind(study(row("Hospital/1", day(1), "bruising"), terms=unknown), "Hospital/1") == "question"


def test_an_entry_that_no_rule_touches_is_no_opportunity() -> None:
    assert kind(study(row("Hospital/1", day(1), "hunger"), terms=TERMS), "Hospital/1") == ""


def test_the_strongest_rule_gives_the_strength() -> None:
    assert opportunity(study(row("Hospital/1", day(1), "bruising"), terms=TERMS), "Hospital/1").strength == "firm"
    soft = study(row("Hospital/1", day(1), "bruising", responses=("medical-examination",)), terms=TERMS)
    assert opportunity(soft, "Hospital/1").strength == "expected"


def test_it_is_sure_only_if_so_in_every_reading() -> None:
    assert opportunity(study(row("Hospital/1", day(1), "bruising"), terms=TERMS), "Hospital/1").sure
    near = row("Hospital/1", day(50, 65), "bruising")
    assert not opportunity(study(near, terms=TERMS), "Hospital/1").sure


def test_repetition_is_told_over_all_agencies_and_for_each() -> None:
    gaps = study(
        row("Hospital/1", day(0), "bruising"), row("School/1", day(5), "bruising"), row("Hospital/2", day(20), "bruising"),
        terms=under(FIRM),
    )  # fmt: skip
    assert place(gaps, "Hospital/1") == (1, 3, 1, 2)
    assert place(gaps, "School/1") == (2, 3, 1, 1)
    assert place(gaps, "Hospital/2") == (3, 3, 2, 2)
    assert names(gaps.review, opportunity(gaps, "School/1").chain.rows) == ["Hospital/1", "School/1", "Hospital/2"]


def test_the_chain_and_the_strength_are_those_of_the_strongest_rule() -> None:
    gaps = study(
        row("Hospital/1", day(0), "bruising", responses=("medical-examination",)),
        row("Hospital/2", day(20), "bruising"),
        terms=TERMS,
    )
    assert opportunity(gaps, "Hospital/2").chain.family == "FIRM"
    assert place(gaps, "Hospital/2")[:2] == (1, 1)


def test_two_accounts_of_one_occasion_are_one_opportunity_in_count_and_chain() -> None:
    gaps = study(
        row("Hospital/1", day(1), "bruising", to=("School",)),
        row("School/1", day(1), "bruising", heard_from=("Hospital",)),
        row("School/2", day(20), "bruising"),
        terms=under(FIRM),
    )
    assert kinds(gaps).count("missed-opportunity") == 3
    assert counts_json(gaps)["missed_opportunities"] == 2
    assert place(gaps, "Hospital/1")[:2] == place(gaps, "School/1")[:2] == (1, 2)
    assert place(gaps, "School/2")[:2] == (2, 2)


def test_successive_editions_are_one_chain() -> None:
    old = replace(FIRM, id="OLD", family="F", until=date(2021, 2, 10))
    new = replace(FIRM, id="NEW", family="F", since=date(2021, 2, 11))
    gaps = study(row("Hospital/1", day(1), "bruising"), row("Hospital/2", day(20), "bruising"), terms=under(old, new))
    assert [opportunity(gaps, f"Hospital/{at}").telling[0].duty.id for at in (1, 2)] == ["OLD", "NEW"]
    assert place(gaps, "Hospital/2") == (2, 2, 2, 2)


def test_undated_entries_stand_in_no_chain() -> None:
    gaps = study(
        row("Hospital/1", row("x/y").when, "bruising"), row("Hospital/2", day(9), "bruising"), terms=under(FIRM)
    )
    assert place(gaps, "Hospital/2") == (1, 1, 1, 1)


def test_missed_come_before_decisions_and_firm_before_expected() -> None:
    gaps = study(
        row("Police/1", day(1), "bruising", responses=("no-further-action",)),
        row("School/1", day(2), "bruising", responses=("medical-examination",)),
        row("Hospital/1", day(3), "bruising"),
        row("Care/1", day(4), "bruising", responses=("medical-examination", "follow-up")),
        terms=TERMS,
    )
    order = [
        gaps.review.entries[each.detail.row].name for each in gaps.findings if isinstance(each.detail, Opportunity)
    ]
    assert order == ["Hospital/1", "School/1", "Police/1", "Care/1"]


def test_the_reviewers_last_decision_is_the_status() -> None:
    drawn = review(row("Hospital/1", day(1), "bruising"))
    before = find_gaps(drawn, TERMS)
    finding = finding_at(before, "Hospital/1")
    assert finding is not None
    assert finding.status == "open"
    said = [
        Judgement(finding.id, verdict, "A", date(2026, 1, 1), "why", Place()) for verdict in ("dismissed", "accepted")
    ]
    after = find_gaps(drawn, TERMS, judgements=said)
    found = finding_at(after, "Hospital/1")
    assert found is not None
    assert found.status == "accepted"
    assert (counts_json(before)["accepted"], counts_json(after)["accepted"]) == (0, 1)
    dismissed = find_gaps(drawn, TERMS, judgements=said[:1])
    assert counts_json(dismissed)["missed_opportunities"] == 0
    assert kinds(dismissed).count("missed-opportunity") == 1, "dismissed, and still in sight"


def test_a_finding_keeps_its_id_when_its_return_is_corrected() -> None:
    first = study(row("Hospital/1", day(1), "bruising"), terms=TERMS)
    corrected = study(
        row("School/0", day(0)),
        replace(row("Hospital/1", day(2), "bruising", "hunger"), narrative="Other words."),
        terms=TERMS,
    )
    one, other = finding_at(first, "Hospital/1"), finding_at(corrected, "Hospital/1")
    assert one is not None
    assert other is not None
    assert one.id == other.id


def test_the_agencys_answer_to_a_question_changes_the_outcome_and_is_named() -> None:
    asked = row("Hospital/1", day(1), "bruising")
    finding = finding_at(study(asked, terms=under(FIRM)), "Hospital/1")
    assert finding is not None
    reply = replace(
        row("Hospital/9", day(1), contact="record-only", responses=("medical-examination",)), answers=finding.id
    )
    after = study(asked, reply, terms=under(FIRM))
    found = opportunity(after, "Hospital/1")
    assert found.kind == "response-recorded"
    assert names(after.review, found.outcomes[0].asked) == ["Hospital/9"]


def test_an_answer_that_says_nothing_was_done_changes_nothing() -> None:
    asked = row("Hospital/1", day(1), "bruising")
    finding = finding_at(study(asked, terms=under(FIRM)), "Hospital/1")
    assert finding is not None
    reply = replace(row("Hospital/9", day(1), contact="record-only"), answers=finding.id)
    assert opportunity(study(asked, reply, terms=under(FIRM)), "Hospital/1").kind == "missed-opportunity"
