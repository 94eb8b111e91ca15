"""A kind of finding has one file, one row in the table, and one function a form: proved by a kind made up on the spot."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

import pytest
from helpers.small import day, review, row

import kg
from kg.compare.states import aspects
from kg.decisions.standing import stale_decisions
from kg.findings import kinds, study
from kg.findings.choice import Wanted
from kg.findings.finding import Detail, Family, Finding, Keys, Kind
from kg.findings.study import find_gaps
from kg.graph.computed import _Computed
from kg.knowledge.ledger import Knowledge
from kg.model.problem import Place
from kg.model.reviewer import Judgement
from kg.office.enquiries import questions
from kg.pages.timeline.data import timeline_data
from kg.reports import contract
from kg.reports.finding import explain_report
from kg.terms.reader import load
from kg.wording import findings as wording

TERMS = load()
SMALL = review(row("Hospital/H1", day(1), "bruising"), row("Police/P1", day(9), contact="home-visit"))


@dataclass(frozen=True, slots=True)
class Quiet:
    """A day on which nothing was written down."""

    row: int

    def rows(self) -> tuple[int, ...]:
        return (self.row,)

    def rests_on(self) -> tuple[int, ...]:
        return (self.row,)

    def shown_by(self) -> tuple[int, ...]:
        return (self.row,)

    def agencies(self) -> frozenset[str]:
        return frozenset()

    def people(self, knowledge: Knowledge) -> frozenset[str]:
        return frozenset()


def find(knowledge: Knowledge, keys: Keys) -> list[Finding]:
    return [Finding(keys.id("quiet", "quiet-day", "Sam"), "quiet-day", "sure", "", "Sam", Quiet(0))]


def _could_be(knowledge: Knowledge, keys: Keys) -> list[str]:
    return [keys.id("quiet", "quiet-day", "Sam")]


FAMILY = Family(
    "quiet", (Kind("quiet-day", "Quiet days"),), find, lambda knowledge, keys: [keys.id("quiet", "quiet-day", "Sam")]
)


@pytest.fixture
def with_quiet_days(monkeypatch: pytest.MonkeyPatch) -> None:
    """The table with one more row, and each form with one more function."""
    families = (*kinds.FAMILIES, FAMILY)
    for room in (kinds, study):
        monkeypatch.setattr(room, "FAMILIES", families)

    def sentence(detail: Quiet, *_: object) -> Iterator[str]:
        yield "Nothing was written down."

    wording._title.register(Quiet, lambda detail, gaps: "A quiet day")
    wording._because.register(Quiet, sentence)
    wording._otherwise.register(Quiet, sentence)
    contract.detail_json.register(Quiet, lambda detail, gaps: {"entry": gaps.review.entries[detail.row].name})


@pytest.mark.usefixtures("with_quiet_days")
def test_a_new_kind_needs_one_file_one_row_and_one_function_a_form() -> None:
    found = find_gaps(SMALL, TERMS)
    ((finding, quiet),) = found.of(Quiet)
    assert kg.title(found, finding) == "A quiet day"
    assert kg.because(found, finding) == ["Nothing was written down."]
    assert json.loads(json.dumps(contract.finding_json(found, finding)))["entry"] == "Hospital/H1"
    assert "A quiet day" in "\n".join(text for _, text in explain_report(found, finding))
    assert Wanted(kinds=frozenset({"quiet-day"})).keeps(found, finding)
    assert aspects(found, finding)["kind"] == "quiet-day"
    assert [each["title"] for each in timeline_data(found)["findings"] if each["kind"] == "quiet-day"] == [
        "A quiet day"
    ]
    assert finding.id not in {each.id for each in questions(found, everything=True)}
    assert quiet.rests_on() == (0,)


@pytest.mark.usefixtures("with_quiet_days")
def test_a_form_that_lacks_a_kind_says_which() -> None:
    found = find_gaps(SMALL, TERMS)
    finding = next(finding for finding, _ in found.of(Quiet))
    with pytest.raises(LookupError, match=r"words in the graph.*Quiet"):
        _Computed._said(object.__new__(_Computed), finding.detail)


def details() -> list[type[Detail]]:
    return [each for each in wording._title.registry if each is not object and each.__module__.startswith("kg.")]


@pytest.mark.parametrize("form", [wording._title, wording._because, wording._otherwise, contract.detail_json])
def test_every_kind_answers_every_form(form: object) -> None:
    assert len(details()) >= 6
    registry = form.registry  # type: ignore[attr-defined]
    assert {*details()} <= {*registry}


def test_every_id_is_made_and_recognised_in_one_place() -> None:
    rows = (
        row("Hospital/H1", day(1), "bruising", seen="yes", to=("Care",), contact="strategy-discussion"),
        row("Care/C1", day(1), "neglect", seen="no", heard_from=("Hospital",), contact="strategy-discussion"),
        row("Police/P1", day(9), contact="home-visit", to=("School",)),
        row("School/S1", day(30), contact="home-visit"),
    )
    found = find_gaps(review(*rows), TERMS)
    assert {"accounts-differ", "missed-share", "not-received"} <= {finding.kind for finding in found.findings}
    known = kinds.could_be(found.knowledge, Keys(found.review))
    assert {finding.id for finding in found.findings} <= known


def test_a_decision_on_accounts_that_differed_is_told_as_settled_not_as_unknown() -> None:
    rows = (
        row("Hospital/H1", day(1), "bruising", seen="yes", contact="strategy-discussion", to=("Care",)),
        row("Care/C1", day(1), "neglect", seen="no", contact="strategy-discussion", heard_from=("Hospital",)),
    )
    before = find_gaps(review(*rows), TERMS)
    (differ,) = [finding for finding in before.findings if finding.kind == "accounts-differ"]
    agreed = (rows[0], replace(rows[1], indicators=("bruising",), seen="yes"))
    after = find_gaps(review(*agreed), TERMS)
    assert differ.id not in {finding.id for finding in after.findings}
    judged = Judgement(differ.id, "accepted", "A. Reader", date(2021, 3, 1), "", Place("judgements.csv", row=2))
    (told,) = stale_decisions(after, [judged])
    assert "no finding" in told.why or "no longer" in told.what + told.why + told.done
