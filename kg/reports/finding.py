"""Reports for people: plain text, at most 100 columns, the gravest first and about forty lines.

Lines are yielded as (style, text); the command line colours them on a terminal and nowhere else.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import singledispatch
from itertools import groupby

from kg.base.grammar import listed
from kg.duties.outcomes import Outcome
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
    sentences = list(dict.fromkeys(because(gaps, finding)))
    for sentence in sentences:
        for line in flow(sentence, 2, 2):
            yield "", line
    yield from _rules(finding.detail, gaps, " ".join(sentences))
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
def _rules(detail: Detail, gaps: Study, said: str) -> Iterator[Line]:
    """The rules that a finding rests on, if it rests on any; ``said`` is what its sentences said of them already."""
    return iter(())


@_rules.register
def _(each: Opportunity, gaps: Study, said: str) -> Iterator[Line]:
    """Every rule that applied, with its limit day by day, and what was looked for and found; nothing is said twice."""
    yield "", ""
    yield "title", "Every rule that applied that day"
    for _, some in groupby(each.outcomes, key=lambda outcome: (outcome.duty.id, outcome.strength)):
        outcomes = list(some)
        came = listed(list(dict.fromkeys(OUTCOMES[outcome.outcome] for outcome in outcomes)), "or")
        sentences = (rule_line(gaps, outcomes[0].duty), *limit_arithmetic(gaps, outcomes[0]))
        new = [sentence for sentence in sentences if sentence not in said]
        above = ", limit as above" if len(sentences) > 1 and sentences[1] not in new else ""
        for line in flow(f"{outcomes[0].duty.id}: {came} ({outcomes[0].strength}{above})", 2, 4):
            yield "grave", line
        for sentence in new:
            said += sentence
            for line in flow(sentence, 4, 2):
                yield "", line
        yield from _looked_for(outcomes, gaps)


def _looked_for(outcomes: list[Outcome], gaps: Study) -> Iterator[Line]:
    """What was looked for and found: once for each person, and persons for whom it came to the same together."""
    found: dict[tuple[str, str], dict[str, None]] = {}
    for outcome in outcomes:
        rows = found.setdefault((asks_for(gaps, outcome.duty), outcome.opening.subject), {})
        if outcome.answer is not None:
            rows[gaps.review.entries[outcome.answer].name] = None
    persons: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    for (asked, subject), rows in found.items():
        persons.setdefault((asked, tuple(rows)), []).append(subject)
    for (asked, names), whose in persons.items():
        came = f"Found: {listed(names)}." if names else "Nothing found."
        for line in flow(f"Looked for: {asked}, of {listed(whose)}. {came}", 4, 2):
            yield "quiet", line
