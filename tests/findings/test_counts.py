"""The table a panel asks for first adds up, and says nothing that find-gaps does not."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from helpers.small import PEOPLE, day, review, row

import loaders
from kg.commands.compare import counts_command
from kg.findings.counts import COLUMNS, counts, total
from kg.findings.not_seen import longest_not_seen
from kg.findings.study import Study, find_gaps
from kg.model.problem import Place
from kg.model.review import Person
from kg.model.reviewer import Judgement
from kg.reports.contract import counts_json as contract_counts
from kg.reports.counts import counts_report
from kg.terms.reader import load

TERMS = load()
CASES = ("climbie", "connelly", "hayter")

OPPORTUNITY = row("Care/C1", day(3), "physical-abuse", seen="no")


def of_case(folder: Path) -> Study:
    return find_gaps(loaders.load(folder).review, TERMS)


@pytest.mark.parametrize("case", CASES)
def test_parts_add_up_to_their_whole(case: str, request: pytest.FixtureRequest) -> None:
    row = counts(of_case(request.getfixturevalue(case)))
    assert row.seen + row.seen_alone + row.not_seen + row.seen_not_stated == row.contacts
    assert row.firm + row.expected + row.prompt == row.missed_opportunities
    assert row.missed_shares_sure + row.missed_shares_possible == row.missed_shares
    assert row.returns <= row.agencies


@pytest.mark.parametrize("case", CASES)
def test_counts_are_those_of_find_gaps(case: str, request: pytest.FixtureRequest) -> None:
    gaps = of_case(request.getfixturevalue(case))
    there, here = contract_counts(gaps), counts(gaps)
    assert {name: getattr(here, name) for name in there if name in COLUMNS} == {
        name: there[name] for name in there if name in COLUMNS
    }


def test_totals_are_sums_and_the_longest_is_the_longest(climbie: Path, connelly: Path, hayter: Path) -> None:
    rows = [counts(of_case(case)) for case in (climbie, connelly, hayter)]
    all_of_them = total(rows)
    for name in ("entries", "contacts", "missed_opportunities", "missed_shares", "not_received"):
        assert all_of_them[name] == sum(getattr(each, name) for each in rows)
    assert all_of_them["longest_not_seen"] == max(each.longest_not_seen or 0 for each in rows)


def test_the_public_is_no_agency() -> None:
    made = counts(find_gaps(review(OPPORTUNITY), TERMS))
    assert (made.agencies, made.returns, made.contacts, made.not_seen) == (4, 4, 1, 1)


def test_two_accounts_of_one_occasion_count_once() -> None:
    told = row("Care/C1", day(3), "physical-abuse", contact="strategy-discussion", to=("Police",))
    heard = row("Police/P1", day(3), "physical-abuse", contact="strategy-discussion", to=("Care",))
    gaps = find_gaps(review(told, heard), TERMS)
    kinds = [each.kind for each in gaps.findings]
    assert gaps.links.event[0] == gaps.links.event[1]
    assert counts(gaps).missed_opportunities <= 1
    assert counts(gaps).missed_opportunities <= kinds.count("missed-opportunity")


@pytest.mark.parametrize(("verdict", "accepted", "left"), [("accepted", 1, 1), ("dismissed", 0, 0)])
def test_a_decision_moves_a_finding_to_its_own_column(verdict: str, accepted: int, left: int) -> None:
    gaps = find_gaps(review(OPPORTUNITY), TERMS)
    (finding,) = [each for each in gaps.findings if each.kind == "missed-opportunity"]
    judged = Judgement(finding.id, verdict, "A Reviewer", date(2021, 5, 4), "So it is.", Place("judgements.csv"))
    made = counts(find_gaps(gaps.review, TERMS, judgements=[judged]))
    assert (made.missed_opportunities, made.accepted, made.dismissed) == (left, accepted, 1 - accepted)


def test_a_review_without_sightings_gives_no_longest_time() -> None:
    made = counts(find_gaps(review(), TERMS))
    assert made.longest_not_seen is None
    assert any(text.endswith(" -") for _, text in counts_report([made]))


def test_the_table_fits_a_hundred_columns(climbie: Path, connelly: Path, hayter: Path) -> None:
    rows = [counts(of_case(case)) for case in (climbie, connelly, hayter)]
    assert max(len(text) for _, text in counts_report(rows)) <= 100


def test_the_command_prints_a_row_for_each_review_in_the_order_asked(climbie: Path, connelly: Path) -> None:
    folders = [str(connelly), str(climbie)]
    said = json.loads(CliRunner().invoke(counts_command, [*folders, "--format", "json"]).output)
    titles = [loaders.load(Path(folder)).review.title for folder in folders]
    assert [each["review"] for each in said["reviews"]] == titles
    assert said["total"]["entries"] == sum(each["entries"] for each in said["reviews"])
    for form in ("text", "csv", "markdown"):
        done = CliRunner().invoke(counts_command, [*folders, "--format", form])
        assert done.exit_code == 0, done.output
        assert "All 2" in done.output


def test_a_child_seen_alone_is_one_of_those_named_and_not_each() -> None:
    """Of two children named, "alone" says that one was seen: the other is not surely seen that day."""
    two: dict[str, object] = {"people": (*PEOPLE, Person("Jo", role="sibling")), "subjects": ("Sam", "Jo")}
    days = [
        row("Care/1", day(0), seen="yes", people=("Sam", "Jo")),
        row("Care/3", day(40), seen="yes", people=("Sam", "Jo")),
    ]
    alone = row("Care/2", day(20), seen="alone", people=("Sam", "Jo"))
    for between, longest in ((alone, 40), (replace(alone, people=("Sam",)), 20), (replace(alone, seen="yes"), 20)):
        found = longest_not_seen(find_gaps(review(*days, between, incident=day(41), **two), TERMS).knowledge.chronology)
        assert max(gap.at_least for gap in found if gap.subject == "Sam") == longest
