"""Reports for people: plain text, at most 100 columns, the gravest first and about forty lines.

Lines are yielded as (style, text); the command line colours them on a terminal and nowhere else.
"""

from __future__ import annotations

from collections.abc import Iterator

from kg.findings.accounts_differ import Differing
from kg.findings.finding import Finding
from kg.findings.missed_share import MissedShare
from kg.findings.one_sided import OneSided
from kg.findings.opportunity import Opportunity
from kg.findings.pooled_threshold import Pooled
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
    if isinstance(finding.detail, Opportunity):
        yield from _rules_report(gaps, finding.detail)
    yield "", ""
    yield "title", "What would have made it otherwise"
    for sentence in otherwise(gaps, finding):
        for line in flow(sentence, 2, 2):
            yield "", line
    yield "", ""
    yield "title", "The entries, as written"
    for row in rows_of(finding):
        yield from entry_report(gaps.review.entries[row])


def _rules_report(gaps: Study, each: Opportunity) -> Iterator[Line]:
    """Every rule that applied, with its outcome, its limit day by day, and what was looked for."""
    yield "", ""
    yield "title", "Every rule that applied that day"
    for outcome in each.outcomes:
        yield "grave", f"  {outcome.duty.id}: {OUTCOMES[outcome.outcome]} ({outcome.strength})"
        for sentence in (rule_line(gaps, outcome.duty), *limit_arithmetic(gaps, outcome)):
            for line in flow(sentence, 4, 2):
                yield "", line
        found = f"Found: {gaps.review.entries[outcome.answer].name}." if outcome.answer is not None else ""
        looked = (
            f"Looked for: {asks_for(gaps, outcome.duty)}, of {outcome.opening.subject}. {found or 'Nothing found.'}"
        )
        for line in flow(looked, 4, 2):
            yield "quiet", line


def rows_of(finding: Finding) -> tuple[int, ...]:
    """The entries a finding names, in the order to read them."""
    detail = finding.detail
    if isinstance(detail, MissedShare):
        rows = [held.row for held in detail.holders]
        rows += [held.knew_subject[0] for held in detail.holders if held.knew_subject]
        rows += [*detail.path, *detail.contacts]
        rows += [held.learnt[0] for held in detail.holders if held.learnt]
        return tuple(dict.fromkeys(rows))
    if isinstance(detail, OneSided):
        return (detail.row,)
    if isinstance(detail, Opportunity):
        shown = [detail.row]
        for outcome in detail.telling:
            shown += [*outcome.opening.held_rows, *outcome.asked]
            shown += [] if outcome.answer is None else [outcome.answer]
        return tuple(dict.fromkeys(shown))
    if isinstance(detail, Differing):
        return detail.rows
    if isinstance(detail, Pooled):
        return tuple(dict.fromkeys(piece.row for piece in detail.pieces))
    return tuple(row for row in (detail.after, detail.until) if row is not None)
