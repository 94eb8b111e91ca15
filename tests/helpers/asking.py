"""Short questions to small reviews, and rules made up for one test: so that a test can state its law in a few lines."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from helpers.small import MONDAY, review

from kg.dates.when import BEGINNING, DAY, minute_of
from kg.duties.outcomes import Outcome
from kg.findings.finding import Finding
from kg.findings.missed_share import MissedShare
from kg.findings.opportunity import Opportunity
from kg.findings.study import Study, find_gaps
from kg.knowledge.facts import Facts
from kg.model.record import Entry
from kg.model.review import Review
from kg.terms.reader import Duty, Limit, Terms, load

TERMS = load()


def rule(
    id: str,
    trigger: tuple[str, ...],
    expected: tuple[str, ...],
    *,
    within: Limit | None = None,
    since: date = date(1990, 1, 1),
    until: date | None = None,
    family: str = "",
    **more: Any,
) -> Duty:
    """A rule made up for a test: national, verified, for children, and binding every agency unless said otherwise."""
    plain: dict[str, Any] = {
        "nations": ("England",),
        "areas": (),
        "applies_to": ("child",),
        "trigger_count": 1,
        "holder": (),
        "by": (),
        "source": f"The source of {id}",
        "verified": True,
        "force": "statutory guidance",
    }
    return Duty(
        id=id, family=family or id, since=since, until=until, trigger=trigger, expected=expected, within=within,
        **{**plain, **more},
    )  # fmt: skip


def under(*rules: Duty) -> Terms:
    """The ontology with these rules in place of its own."""
    return replace(TERMS, duties=rules)


def study(*entries: Entry, terms: Terms = TERMS, reading: str = "recorded", **about: Any) -> Study:
    """Everything computed of a small review."""
    return find_gaps(review(*entries, **about), terms, reading=reading)


def day_number(moment: int) -> int:
    """The day of a small review in which a moment lies: 0 is its first Monday."""
    return (moment - minute_of(MONDAY)) // DAY


def fact_of(gaps: Study, indicator: str, entry: str, person: str = "Sam") -> int:
    """The number of the fact that an entry's event gives of a person."""
    names = [each.name for each in gaps.review.entries]
    event = gaps.links.event[names.index(entry)][0]
    facts: Facts = gaps.facts
    return next(
        number
        for number, fact in enumerate(facts.all)
        if (fact.person, fact.indicator, fact.origin) == (person, indicator, event)
    )


def since(
    gaps: Study, agency: str, indicator: str, entry: str, person: str = "Sam"
) -> tuple[int | float | None, int | float | None]:
    """(surely since, possibly since) by days; None: never; minus infinity: no earliest day is known."""
    fact = fact_of(gaps, indicator, entry, person)
    found: list[int | float | None] = []
    for ledgers in (gaps.knowledge.sure, gaps.knowledge.possible):
        holding = ledgers[agency].of(fact)
        if holding is None:
            found.append(None)
        else:
            found.append(float("-inf") if holding.moment <= BEGINNING else day_number(holding.moment))
    return found[0], found[1]


def missing(gaps: Study, agency: str, indicator: str, subject: str = "Sam") -> MissedShare | None:
    """What is said to have been missing of one kind at one agency's contacts, or None."""
    for finding in gaps.findings:
        detail = finding.detail
        if isinstance(detail, MissedShare) and (detail.agency, detail.indicator, detail.subject) == (
            agency,
            indicator,
            subject,
        ):
            return detail
    return None


def contacts(gaps: Study, gap: MissedShare | None) -> list[str]:
    """The names of the contacts at which something was missing."""
    return [] if gap is None else names(gaps.review, gap.contacts)


def names(review: Review, rows: Iterable[int]) -> list[str]:
    return [review.entries[row].name for row in rows]


def kinds(gaps: Study) -> list[str]:
    return [finding.kind for finding in gaps.findings]


def finding_at(gaps: Study, entry: str) -> Finding | None:
    """The opportunity (of whatever kind) that was found at an entry."""
    for finding in gaps.findings:
        detail = finding.detail
        if isinstance(detail, Opportunity) and gaps.review.entries[detail.row].name == entry:
            return finding
    return None


def opportunity(gaps: Study, entry: str) -> Opportunity:
    finding = finding_at(gaps, entry)
    assert finding is not None, f"nothing was called for at {entry}"
    assert isinstance(finding.detail, Opportunity)
    return finding.detail


def outcomes(gaps: Study) -> dict[tuple[str, str], Outcome]:
    """Every outcome by (entry, family of the rule)."""
    return {
        (gaps.review.entries[finding.detail.row].name, outcome.duty.family): outcome
        for finding in gaps.findings
        if isinstance(finding.detail, Opportunity)
        for outcome in finding.detail.outcomes
    }


def outcome(gaps: Study, entry: str, family: str) -> str:
    """What the record shows of one rule at one entry; "" if the rule asked nothing there."""
    found = outcomes(gaps).get((entry, family))
    return found.outcome if found else ""
