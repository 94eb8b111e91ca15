"""The reviewer's codes are laid over the record: marked, kept by a corrected return, asked again where words changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from helpers.asking import TERMS
from helpers.small import day, review, row

from kg.base.fingerprint import fingerprint
from kg.chronology.coverage import coverage, is_read
from kg.chronology.side_by_side import Chronology
from kg.coding.laid_over import code_problems, with_codes, with_suggestions
from kg.coding.suggestion import Suggestion
from kg.findings.opportunity import Opportunity
from kg.findings.own_reading import accepted
from kg.findings.study import find_gaps
from kg.model.problem import Place
from kg.model.record import Entry
from kg.model.reviewer import Coded
from kg.wording.findings import because

DAY = date(2026, 12, 1)


def told(name: str, words: str, **more: object) -> Entry:
    """An entry with a narrative and no code."""
    return replace(row(name, day(1), contact="", read=False), narrative=words, **more)  # type: ignore[arg-type]


def coded(entry: Entry, field: str, value: str, verdict: str = "accepted", whose: str = "") -> Coded:
    mark = fingerprint(entry.narrative)
    return Coded(entry.name, mark, field, value, verdict, "A. Reviewer", DAY, Place("codes.csv", row=2), whose=whose)


def suggestion(entry: Entry, field: str, value: str) -> Suggestion:
    return Suggestion(entry.name, field, value, entry.narrative, 0, len(entry.narrative), "pattern", "sure")


def test_an_accepted_code_stands_in_its_field_as_the_reviewers() -> None:
    entry = told("School/S1", "Bruise to arm.")
    read = with_codes(replace(review(entry), codes=(coded(entry, "indicators", "bruising"),))).entries[0]
    assert read.indicators == ("bruising",)
    assert read.accepted == ("indicator:bruising",)
    assert read.cells == entry.cells


def test_laying_over_twice_is_laying_over_once() -> None:
    entry = told("School/S1", "Bruise to arm.")
    codes = (coded(entry, "indicators", "bruising", whose="Sam"), coded(entry, "contact", "school-contact"))
    once = with_codes(replace(review(entry), codes=codes))
    assert with_codes(once) == once


def test_the_agencys_own_kind_of_contact_stands() -> None:
    entry = told("School/S1", "Seen at home.", contact="school-contact")
    read = with_codes(replace(review(entry), codes=(coded(entry, "contact", "home-visit"),))).entries[0]
    assert (read.contact, read.accepted) == ("school-contact", ())


def test_the_last_decision_stands() -> None:
    entry = told("School/S1", "Bruise to arm.")
    codes = (coded(entry, "indicators", "bruising"), coded(entry, "indicators", "bruising", "rejected"))
    assert with_codes(replace(review(entry), codes=codes)).entries[0].indicators == ()


def test_a_passed_narrative_is_read_and_a_suggested_one_is_not() -> None:
    entry = told("School/S1", "Came in late.")
    passed = with_codes(replace(review(entry), codes=(coded(entry, "", "", "passed"),)))
    assert is_read(passed.entries[0])
    only = with_suggestions(review(entry), [suggestion(entry, "indicators", "bruising")])
    assert only.entries[0].indicators == ("bruising",)
    assert not is_read(only.entries[0])


def test_changed_words_are_asked_again_and_said() -> None:
    entry = told("School/S1", "Bruise to arm.")
    corrected = replace(entry, narrative="No bruise to arm.")
    after = replace(review(corrected), codes=(coded(entry, "indicators", "bruising"),))
    assert with_codes(after).entries[0].indicators == ()
    (problem,) = code_problems(after)
    assert problem.severity == "warning"
    assert "asks anew" in problem.remedy


def test_spaces_letters_case_and_signs_change_no_words() -> None:
    entry = told("School/S1", "Bruise to arm.")
    corrected = replace(entry, narrative="BRUISE  to arm")
    after = replace(review(corrected), codes=(coded(entry, "indicators", "bruising"),))
    assert with_codes(after).entries[0].indicators == ("bruising",)
    assert code_problems(after) == ()


def test_a_row_without_a_ref_is_found_by_its_words_when_its_number_moved() -> None:
    first = told("School/row-2", "Came in late.", cells={}, ref="row-2")
    second = told("School/row-3", "Bruise to arm.", cells={}, ref="row-3")
    moved = replace(second, name="School/row-2", ref="row-2")
    after = with_codes(replace(review(moved), codes=(coded(second, "indicators", "bruising"),)))
    assert after.entries[0].indicators == ("bruising",)
    gone = replace(review(moved), codes=(coded(first, "indicators", "neglect"),))
    assert with_codes(gone).entries[0].indicators == ()
    assert len(code_problems(gone)) == 1


def test_the_person_in_an_accepted_suggestion_settles_whose_it_is() -> None:
    entry = told("School/S1", "Bruise to arm.", people=("Alex",))
    whose = replace(review(entry), codes=(coded(entry, "indicators", "bruising", whose="Sam"),))
    facts = find_gaps(with_codes(whose), TERMS).facts
    assert {(fact.person, fact.indicator) for _, fact in facts.numbered(facts.surely[0])} == {("Sam", "bruising")}
    unlisted = replace(review(entry), codes=(coded(entry, "indicators", "bruising", whose="neighbour"),))
    assert with_codes(unlisted).entries[0].of_whom == ()


def test_a_suggested_code_makes_nothing_sure_and_opens_only_prompts() -> None:
    entry = told("School/S1", "Bruise to arm.")
    gaps = find_gaps(with_suggestions(review(entry), [suggestion(entry, "indicators", "physical-abuse")]), TERMS)
    opened = [detail for _, detail in gaps.of(Opportunity)]
    assert opened
    assert {outcome.strength for detail in opened for outcome in detail.outcomes} == {"prompt"}
    assert all(finding.certainty == "possible" for finding in gaps.findings if finding.kind == "missed-opportunity")
    assert not gaps.facts.surely[0]


def test_a_suggested_response_answers_nothing() -> None:
    entry = told("School/S1", "Bruise to arm. Referred.", indicators=("physical-abuse",))
    plain = find_gaps(review(entry), TERMS)
    made = [suggestion(entry, "responses", "referral-social-care"), suggestion(entry, "shared_with", "Care")]
    assert [each.id for each in find_gaps(with_suggestions(review(entry), made), TERMS).findings] == [
        each.id for each in plain.findings
    ]


def test_coverage_tells_the_agencys_codes_from_the_reviewers_reading() -> None:
    own = told("School/S1", "Bruise.", indicators=("bruising",))
    read, passed = told("School/S2", "Burn to hand."), told("School/S3", "Came in late.")
    unread = told("School/S4", "Hungry.")
    codes = (coded(read, "indicators", "burn-or-scald"), coded(passed, "", "", "passed"))
    after = with_suggestions(
        with_codes(replace(review(own, read, passed, unread), codes=codes)),
        [suggestion(unread, "indicators", "hunger")],
    )
    school = next(each for each in coverage(Chronology.of(after, TERMS)) if each.agency == "School")
    assert (school.rows, school.coded, school.by_reviewer, school.suggested) == (4, 1, 2, 1)


def test_readers_of_two_minds_are_said_once_and_the_last_decision_stands() -> None:
    entry = told("School/S1", "Bruise to arm. Hungry.")
    codes = (
        coded(entry, "indicators", "bruising"),
        coded(entry, "indicators", "hunger"),
        replace(coded(entry, "indicators", "bruising", "rejected"), by="B"),
        replace(coded(entry, "indicators", "hunger", "rejected"), by="B"),
    )
    after = replace(review(entry), codes=codes)
    (problem,) = code_problems(after)
    assert problem.severity == "note"
    assert "2 codes" in problem.what
    assert with_codes(after).entries[0].indicators == ()


def test_a_finding_says_which_of_its_codes_the_reviewer_read() -> None:
    entry = told("School/S1", "Bruise to arm.")
    gaps = find_gaps(with_codes(replace(review(entry), codes=(coded(entry, "indicators", "physical-abuse"),))), TERMS)
    finding = next(finding for finding, _ in gaps.of(Opportunity))
    assert accepted(gaps, finding) == {0: ("indicator:physical-abuse",)}
    assert any("read from the narrative by the reviewer" in each for each in because(gaps, finding))
    own = find_gaps(review(replace(entry, indicators=("physical-abuse",))), TERMS)
    assert not any(
        "by the reviewer, not given" in each for finding, _ in own.of(Opportunity) for each in because(own, finding)
    )
