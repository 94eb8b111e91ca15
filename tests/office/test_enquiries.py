"""Questions to agencies are fair, rest on an entry and a rule, and an answer settles them."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from helpers.small import day, review, row

import loaders
from kg.commands.decide import questions as command
from kg.dates.when import day_of
from kg.findings.study import Study, find_gaps
from kg.model.problem import Place
from kg.model.record import Entry
from kg.model.reviewer import Judgement
from kg.office.enquiries import KINDS, Question, questions
from kg.reports.enquiries import COLUMNS, questions_csv, questions_markdown, questions_text
from kg.terms.reader import load as load_terms
from kg.wording.findings import because

REFERRAL = row("Care/1", day(0), "physical-abuse", contact="referral-received")
"""A referral to social care that calls for an enquiry and more, of which nothing is recorded."""

DONE = ("section-47", "strategy-discussion", "information-shared")
"""What would meet every rule that the referral opens."""


def study(*entries: Entry, judgements: tuple[Judgement, ...] = ()) -> Study:
    return find_gaps(review(*entries), load_terms(), judgements=judgements)


def asked(*entries: Entry, everything: bool = False) -> list[Question]:
    return [*questions(study(*entries), everything=everything)]


def reply(id: str, *responses: str, words: str = "It is on the other file.") -> Entry:
    answer = row("Care/9", day(400), contact="record-only", responses=responses)
    return replace(answer, answers=id, narrative=words)


def test_a_question_names_its_entry_its_rule_and_what_was_known() -> None:
    (question,) = asked(REFERRAL)
    assert (question.agency, question.entry, question.kind) == ("Care", "Care/1", "missed-opportunity")
    assert question.recorded == "Care/1 happened."
    assert "physical abuse" in question.known[0]
    assert any("s47" in rule for rule in question.rule)
    assert "We found no record of" in question.question
    terms = load_terms()
    labels = {concept.label for word in DONE if (concept := terms.concept("response", word))}
    assert all(labels & {*names} for names in question.settles), "each rule is asked about, and can be answered"


def test_an_answer_to_one_of_two_rules_leaves_the_other_asked_by_the_reviewer() -> None:
    (question,) = asked(REFERRAL)
    gaps = study(REFERRAL, reply(question.id, "strategy-discussion"))
    assert [finding.kind for finding in gaps.findings if finding.id == question.id] == ["missed-opportunity"]


def test_an_agencys_answer_settles_the_question() -> None:
    (question,) = asked(REFERRAL)
    answered = study(REFERRAL, reply(question.id, *DONE))
    (finding,) = [finding for finding in answered.findings if finding.id == question.id]
    assert finding.kind == "response-recorded"
    assert any("Answered by the agency on" in sentence for sentence in because(answered, finding))
    assert question.id not in [each.id for each in questions(answered)]


def test_an_answer_without_a_response_is_shown_and_leaves_the_finding_to_the_reviewer() -> None:
    (question,) = asked(REFERRAL)
    gaps = study(REFERRAL, reply(question.id))
    (finding,) = [finding for finding in gaps.findings if finding.id == question.id]
    assert finding.kind == "missed-opportunity"
    assert any("It is on the other file." in sentence for sentence in because(gaps, finding))
    assert questions(gaps) == ()
    (shown,) = questions(gaps, everything=True)
    assert shown.status == "answered"
    assert "It is on the other file." in shown.answers[0]


@pytest.mark.parametrize("verdict", ["accepted", "dismissed"])
def test_what_the_reviewer_decided_is_asked_no_more(verdict: str) -> None:
    (question,) = asked(REFERRAL)
    decided = Judgement(question.id, verdict, "A", day_of(day(9).earliest), "so", Place("judgements.csv", row=2))
    gaps = study(REFERRAL, judgements=(decided,))
    assert questions(gaps) == ()
    assert [each.status for each in questions(gaps, everything=True)] == [verdict]


def test_a_response_recorded_in_time_is_no_question() -> None:
    assert asked(replace(REFERRAL, responses=DONE, seen="alone")) == []


def test_a_decision_is_asked_what_led_to_it() -> None:
    (question,) = asked(replace(REFERRAL, responses=("no-further-action",)))
    assert question.kind == "decision-to-look-at"
    assert "What led to that decision" in question.question


def test_a_late_response_is_asked_what_led_to_the_time_and_never_said_to_be_absent() -> None:
    done = row("Care/2", day(8), responses=DONE, seen="alone")
    found = [each for each in asked(REFERRAL, done) if each.entry == "Care/1"]
    assert [each.kind for each in found] == ["missed-opportunity"]
    assert "What led to the time it took" in found[0].question
    assert "no record of" not in found[0].question


def test_a_message_is_asked_of_the_side_that_has_no_row_of_it() -> None:
    told = row("School/1", day(0), "bruising", to=("Care",), contact="letter-or-email")
    heard = row("Hospital/1", day(3), "bruising", heard_from=("Police",))
    (first,) = [each for each in asked(told, row("Care/5", day(50))) if each.kind == "not-received"]
    assert (first.agency, first.entry) == ("Care", "School/1")
    (second,) = [each for each in asked(heard, row("Police/5", day(50))) if each.kind == "not-sent"]
    assert (second.agency, second.entry) == ("Police", "Hospital/1")


def test_another_agencys_words_are_not_sent_on() -> None:
    told = replace(row("School/1", day(0), "bruising", to=("Care",)), narrative="Only for us.", said="Only to us.")
    seen = row("Care/5", day(20), contact="home-visit")
    lists = asked(told, seen, row("Hospital/1", day(1), "neglect"))
    assert {"not-received", "missed-share"} <= {each.kind for each in lists}
    for each in lists:
        if not each.entry.startswith(each.agency):
            assert "Only" not in " ".join((each.recorded, *each.known, *each.rule, each.question))
    text = " ".join(" ".join((each.recorded, *each.known)) for each in lists if each.agency == "Care")
    assert "Only" not in text


def test_one_question_asks_for_all_information_of_one_broad_kind() -> None:
    entries = [
        row("School/1", day(0), "inadequate-clothing"),
        row("School/2", day(1), "poor-hygiene"),
        row("Care/5", day(20), contact="home-visit"),
    ]
    shares = [each for each in asked(*entries) if each.kind == "missed-share" and each.agency == "Care"]
    assert len(shares) == 1
    assert len(shares[0].covers) == 2
    assert shares[0].id == shares[0].covers[0]


def test_an_answer_to_a_group_settles_what_it_covers_and_nothing_else() -> None:
    entries = [
        row("School/1", day(0), "inadequate-clothing"),
        row("School/2", day(1), "domestic-abuse"),
        row("Care/5", day(20), contact="home-visit"),
    ]
    before = [each for each in asked(*entries) if each.kind == "missed-share" and each.agency == "Care"]
    assert len(before) == 2
    after = [each.id for each in asked(*entries, reply(before[0].id)) if each.kind == "missed-share"]
    assert before[0].id not in after
    assert before[1].id in after


def cases(folder: Path) -> Study:
    loaded = loaders.load(folder)
    return find_gaps(loaded.review, load_terms(), judgements=loaded.judgements)


def test_every_question_of_a_real_case_is_courteous_and_complete(climbie: Path, connelly: Path) -> None:
    for folder in (climbie, connelly):
        gaps = cases(folder)
        found = questions(gaps)
        assert len(found) > 20
        assert len({each.id for each in found}) == len(found)
        names = {entry.name for entry in gaps.review.entries}
        ids = {finding.id for finding in gaps.findings}
        public = {agency.name for agency in gaps.review.agencies if agency.type == "community"}
        for each in found:
            assert each.entry in names
            assert {each.id, *each.covers} <= ids
            assert each.agency not in public
            assert each.question.endswith(("?", ".")), each.question
            assert each.rule
            ours = " ".join((*each.known, *each.rule, each.question)).casefold()
            assert "did not" not in ours
            assert "missed" not in ours


def test_agencies_come_in_their_order_and_the_gravest_kind_first(climbie: Path) -> None:
    gaps = cases(climbie)
    found = questions(gaps)
    order = [agency.name for agency in gaps.review.agencies]
    places = [order.index(each.agency) for each in found]
    assert places == sorted(places)
    certain = {finding.id for finding in gaps.findings if finding.certainty == "sure"}
    for agency in set(order):
        kinds = [
            KINDS.index(each.kind)
            for each in found
            if each.agency == agency and (each.kind != "missed-share" or certain & {*each.covers})
        ]
        assert kinds == sorted(kinds)


def test_no_agency_is_asked_fifty_things(climbie: Path) -> None:
    per_agency = Counter(each.agency for each in questions(cases(climbie)))
    assert max(per_agency.values()) <= 25


def test_an_unverified_rule_says_so(climbie: Path) -> None:
    found = [rule for each in questions(cases(climbie)) for rule in each.rule]
    assert any("the source was not read: check it before use" in rule for rule in found)


def test_the_table_has_a_blank_column_for_answers_and_runs_no_formula() -> None:
    found = asked(replace(REFERRAL, narrative='=cmd|" /C calc"!A0'))
    head, line = csv.reader(io.StringIO(questions_csv(found), newline=""))
    assert head == [*COLUMNS]
    told = dict(zip(head, line, strict=True))
    assert told["Answer"] == ""
    assert told["What is recorded"] == '\'=cmd|" /C calc"!A0'
    assert told["Id"] == found[0].id


def test_markdown_shows_an_agencys_words_as_they_are() -> None:
    gaps = study(replace(REFERRAL, narrative="# Not a heading\n1. *bold* <b>"))
    text = questions_markdown(gaps, questions(gaps))
    assert "> \\# Not a heading\n> 1\\. \\*bold\\* \\<b\\>\n" in text
    assert "## Care" in text


def test_lists_fit_the_page(climbie: Path) -> None:
    gaps = cases(climbie)
    lines = [line for _, line in questions_text(gaps, questions(gaps))]
    assert max(map(len, lines)) <= 100


def test_a_review_without_questions_says_so() -> None:
    gaps = study(row("Care/1", day(0), contact="telephone-call"))
    assert "There are no questions to ask." in [line for _, line in questions_text(gaps, questions(gaps))]
    assert "There are no questions to ask." in questions_markdown(gaps, ())


def test_a_list_that_may_hold_answers_is_never_written_over(climbie: Path, tmp_path: Path) -> None:
    file = tmp_path / "questions.csv"
    words = [str(climbie), "--format", "csv", "-o", str(file)]
    assert CliRunner().invoke(command, words).exit_code == 0
    old = file.read_bytes()
    done = CliRunner().invoke(command, words)
    assert (done.exit_code, file.read_bytes()) == (2, old)
    assert "exists already" in done.output


def test_one_agency_gets_its_own_list_only(climbie: Path) -> None:
    agency = cases(climbie).findings[0].agency
    done = CliRunner().invoke(command, [str(climbie), "--agency", agency, "--format", "json"])
    assert [each["agency"] for each in json.loads(done.output)["agencies"]] == [agency]


def test_the_same_returns_give_the_same_bytes(climbie: Path) -> None:
    for form in ("text", "markdown", "csv", "json"):
        first, second = (CliRunner().invoke(command, [str(climbie), "--format", form]).output for _ in range(2))
        assert first == second
        assert first
