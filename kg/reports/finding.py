"""Reports for people: plain text, at most 100 columns, the gravest first and about forty lines.

Lines are yielded as (style, text); the command line colours them on a terminal and nowhere else.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import singledispatch
from itertools import groupby

from kg.base.grammar import listed
from kg.findings.finding import Detail, Finding
from kg.findings.opportunity import Opportunity
from kg.findings.study import Study
from kg.reports.chronology import entry_report
from kg.reports.lines import Line, flow
from kg.wording.findings import because, otherwise, title
from kg.wording.rules import OUTCOMES, asks_for, limit_arithmetic, rule_line


def explain_report(gaps: Study, finding: Finding) -> Iterator[Line]:
    """What ``kg explain`` prints: the finding, its sentences, and its entries word for word."""
    yield from (("title", line) for line in flow(f"{title(gaps, finding)}  [{finding.id}]"))
    yield "quiet", f"{finding.kind} · {finding.certainty}"
    yield "", ""
    for sentence in because(gaps, finding):
        for line in flow(sentence, 2, 2):
            yield "", line
    yield from _rules(finding.detail, gaps)
    yield "", ""
    yield "title", "What would have made it otherwise"
    for sentence in otherwise(gaps, finding):
        for line in flow(sentence, 2, 2):
            yield "", line
    yield "", ""
    yield "title", "The entries, as written"
    for row in rows_of(finding):
        yield from entry_report(gaps.review.entries[row])


def rows_of(finding: Finding) -> tuple[int, ...]:
    """The entries of a finding that are shown with it, in the order to read them."""
    return _shown(finding.detail)


@singledispatch
def _shown(detail: Detail) -> tuple[int, ...]:
    return detail.rests_on()


@_shown.register
def _(detail: Opportunity) -> tuple[int, ...]:
    shown = [detail.row]
    for outcome in detail.telling:
        shown += [*outcome.opening.held_rows, *outcome.asked]
        shown += [] if outcome.answer is None else [outcome.answer]
    return tuple(dict.fromkeys(shown))


@singledispatch
def _rules(detail: Detail, gaps: Study) -> Iterator[Line]:
    """The rules that a finding rests on, if it rests on any."""
    return iter(())


@_rules.register
def _(each: Opportunity, gaps: Study) -> Iterator[Line]:
    """Every rule that applied, once, with its limit day by day, and for each person what was looked for and found."""
    yield "", ""
    yield "title", "Every rule that applied that day"
    for _, some in groupby(each.outcomes, key=lambda outcome: (outcome.duty.id, outcome.strength)):
        outcomes = list(some)
        said = listed(list(dict.fromkeys(OUTCOMES[outcome.outcome] for outcome in outcomes)), "or")
        yield "grave", f"  {outcomes[0].duty.id}: {said} ({outcomes[0].strength})"
        for sentence in (rule_line(gaps, outcomes[0].duty), *limit_arithmetic(gaps, outcomes[0])):
            for line in flow(sentence, 4, 2):
                yield "", line
        for outcome in outcomes:
            found = f"Found: {gaps.review.entries[outcome.answer].name}." if outcome.answer is not None else ""
            looked = (
                f"Looked for: {asks_for(gaps, outcome.duty)}, of {outcome.opening.subject}. {found or 'Nothing found.'}"
            )
            for line in flow(looked, 4, 2):
                yield "quiet", line
