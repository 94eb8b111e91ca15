"""What the commands print for machines: findings as JSON, and the schema that describes it.

The shape is a contract: names and meanings stay, new ones may be added. Every list has a stated order: findings as
``find_gaps`` orders them, contacts and holders by time, coverage as in review.toml.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import singledispatch
from typing import Any

from kg.base.tables import Json
from kg.chronology.coverage import Coverage
from kg.dates.when import BEGINNING, END, When, day_of
from kg.duties.outcomes import Outcome
from kg.findings.accounts_differ import Differing
from kg.findings.counts import counts
from kg.findings.episodes import episodes
from kg.findings.finding import Detail, Finding, no_form
from kg.findings.missed_share import Held, MissedShare
from kg.findings.not_seen import NotSeen
from kg.findings.one_sided import OneSided
from kg.findings.opportunity import Opportunity
from kg.findings.own_reading import accepted, suggested
from kg.findings.pooled_threshold import Pooled
from kg.findings.study import Study
from kg.knowledge.as_of import Known
from kg.model.problem import Place, Problem
from kg.model.record import COLUMNS, Entry
from kg.reports.episodes import episode_json
from kg.wording.findings import because


def gaps_json(gaps: Study, findings: Iterable[Finding], problems: Iterable[Problem]) -> Json:
    """The whole of ``kg find-gaps --format json`` for one review."""
    review, found = gaps.review, episodes(gaps)
    belongs = found.of_finding()
    return {
        "review": {
            "title": review.title,
            "jurisdiction": review.jurisdiction,
            "area": review.area,
            "kind": review.kind,
            "period": review.period.edtf(),
            "incident": review.incident.edtf(),
            "subjects": list(review.subjects),
            "reading": gaps.reading,
        },
        "counts": counts_json(gaps),
        "coverage": [coverage_json(each) for each in gaps.coverage],
        "findings": [{**finding_json(gaps, finding), "episode": belongs.get(finding.id)} for finding in findings],
        "episodes": [episode_json(gaps, each) for each in found.all],
        "problems": [problem_json(problem) for problem in problems],
    }


COUNTED = ("entries", "contacts", "seen", "seen_alone", "not_seen", "seen_not_stated", "undated", "missed_opportunities",
           "decisions_to_look_at", "accepted", "missed_shares")  # fmt: skip
"""The counts a panel asks for first, as ``kg.findings.counts`` counts them."""


def counts_json(gaps: Study) -> Json:
    """The counts a panel asks for first."""
    made = counts(gaps)
    return {name: getattr(made, name) for name in COUNTED}


def coverage_json(each: Coverage) -> Json:
    """What one agency's return covers."""
    return {
        "agency": each.agency,
        "has_return": each.has_return,
        "rows": each.rows,
        "coded": each.coded,
        "read_by_reviewer": each.by_reviewer,
        "suggested_only": each.suggested,
        "kind_not_stated": each.kind_not_stated,
        "doubtful": each.doubtful,
        "undated": each.undated,
        "machine_drafted": each.machine_drafted,
        "contacts": each.sightings.contacts,
        "seen": each.sightings.seen,
        "seen_alone": each.sightings.alone,
        "not_seen": each.sightings.not_seen,
        "seen_not_stated": each.sightings.not_stated,
        "last": each.last.edtf() if each.last else None,
        "signed_off": each.signed_off,
    }


def finding_json(gaps: Study, finding: Finding) -> Json:
    """One finding, with its sentences."""
    out: Json = {
        "id": finding.id,
        "kind": finding.kind,
        "certainty": finding.certainty,
        "subject": finding.subject or None,
        "agency": finding.agency or None,
        "status": finding.status,
        "read": finding.read(gaps.knowledge),
        "rests_on_suggestions": bool(accepted(gaps, finding)),
        "suggested": bool(suggested(gaps, finding)),
    }
    out |= detail_json(finding.detail, gaps)
    out["because"] = because(gaps, finding)
    return out


@singledispatch
def detail_json(detail: Detail, gaps: Study) -> Json:
    """What only one kind of finding says."""
    raise no_form("JSON", detail)


@detail_json.register
def _(detail: MissedShare, gaps: Study) -> Json:
    entries = gaps.review.entries
    ends = sorted((entries[row].when for row in detail.contacts), key=lambda when: (when.earliest, when.latest))
    return {
        "indicator": detail.indicator,
        "grade": detail.grade,
        "holders": [_held(gaps, held) for held in detail.holders],
        "contacts": [entries[row].name for row in detail.contacts],
        "novel_contacts": [entries[row].name for row in detail.novel],
        "refusals": [entries[row].name for row in detail.refusals],
        "first": ends[0].edtf(),
        "last": ends[-1].edtf(),
        "channel": detail.channel,
        "path": [entries[row].name for row in detail.path],
    }


@detail_json.register
def _(detail: OneSided, gaps: Study) -> Json:
    entry = gaps.review.entries[detail.row]
    return {"other": detail.other, "entry": entry.name, "when": entry.when.edtf(), "within_days": detail.days}


@detail_json.register
def _(detail: Opportunity, gaps: Study) -> Json:
    entries = gaps.review.entries
    entry = entries[detail.row]
    return {
        "subjects": list(detail.subjects),
        "entry": entry.name,
        "when": entry.when.edtf(),
        "strength": detail.strength,
        "duties": [_outcome(gaps, outcome) for outcome in detail.outcomes],
        "duty": detail.chain.family,
        "ordinal": detail.chain.ordinal,
        "of": detail.chain.of,
        "agency_ordinal": detail.chain.agency_ordinal,
        "agency_of": detail.chain.agency_of,
        "chain": [entries[row].name for row in detail.chain.rows],
    }


@detail_json.register
def _(detail: Differing, gaps: Study) -> Json:
    entries = gaps.review.entries
    return {
        "entries": [entries[row].name for row in detail.accounts],
        "differ": [
            {"what": each.what, "said": [{"entry": entries[row].name, "words": words} for row, words in each.said]}
            for each in detail.differences
        ],
    }


@detail_json.register
def _(detail: Pooled, gaps: Study) -> Json:
    entries = gaps.review.entries
    return {
        "duty": detail.duty.id,
        "source": detail.duty.source,
        "together": day_of(detail.together).isoformat(),
        "alone": None if detail.alone is None else day_of(detail.alone).isoformat(),
        "first": detail.first or None,
        "days": detail.days,
        "pieces": [
            {"agency": piece.agency, "entry": entries[piece.row].name, "indicator": piece.concept}
            for piece in detail.pieces
        ],
    }


@detail_json.register
def _(detail: NotSeen, gaps: Study) -> Json:
    entries = gaps.review.entries
    return {
        "days": {"at_least": detail.at_least, "at_most": detail.at_most},
        "after": None if detail.after is None else entries[detail.after].name,
        "until": None if detail.until is None else entries[detail.until].name,
        "not_stated": detail.not_stated,
    }


def _outcome(gaps: Study, outcome: Outcome) -> Json:
    entries = gaps.review.entries
    dated = outcome.due is not None and BEGINNING < outcome.due < END
    return {
        "id": outcome.duty.id,
        "subject": outcome.opening.subject,
        "outcome": outcome.outcome,
        "certainty": "sure" if outcome.sure else "possible",
        "strength": outcome.strength,
        "due": day_of(outcome.due).isoformat() if dated and outcome.due is not None else None,
        "own_limit": outcome.own_limit,
        "source": outcome.duty.source,
        "verified": outcome.duty.verified,
        "opened_by": outcome.opening.by,
        "trigger": list(outcome.opening.concepts),
        "held_from": [entries[row].name for row in outcome.opening.held_rows],
        "answer": None if outcome.answer is None else entries[outcome.answer].name,
        "asked": [entries[row].name for row in outcome.asked],
        "why": outcome.why,
    }


def _held(gaps: Study, held: Held) -> Json:
    entries = gaps.review.entries

    def known(pair: tuple[int, When] | None) -> Json | None:
        return None if pair is None else {"entry": entries[pair[0]].name, "when": pair[1].edtf()}

    return {
        "agency": held.agency,
        "entry": entries[held.row].name,
        "since": held.since.edtf(),
        "knew_subject": known(held.knew_subject),
        "learnt": known(held.learnt),
    }


def who_knew_json(gaps: Study, on: str, known: Iterable[Known]) -> Json:
    """The whole of ``kg who-knew --format json``: every agency, whether or not it held anything."""
    agencies: dict[str, list[Json]] = {agency.name: [] for agency in gaps.review.agencies}
    for each in known:
        agencies[each.agency].append(
            {
                "subject": each.subject,
                "person": each.person,
                "indicator": each.indicator,
                "certainty": each.certainty,
                "since": each.since.known.edtf(),
                "surely_from": each.surely_from,
                "possibly_from": each.possibly_from,
                "path": [gaps.review.entries[row].name for row in each.path],
            }
        )
    return {"on": on, "agencies": agencies}


def entry_json(entry: Entry) -> Json:
    """One entry word for word, with what was read from it."""
    return {
        "name": entry.name,
        "agency": entry.agency,
        "ref": entry.ref,
        "place": place_json(entry.place),
        **{column.field: _cell(getattr(entry, column.field)) for column in COLUMNS},
        "when": {"words": entry.when.words, "edtf": entry.when.edtf(), "hedge": entry.when.hedge},
        "accepted": list(entry.accepted),
        "suggested": list(entry.suggested),
        "passed": entry.passed,
        "cells": dict(entry.cells),
    }


def _cell(value: Any) -> Any:
    """What stands in a column, as JSON has it."""
    return value.edtf() if isinstance(value, When) else list(value) if isinstance(value, tuple) else value


def place_json(place: Place) -> Json:
    """A place in the review folder."""
    return {"file": place.file, "sheet": place.sheet, "row": place.row, "column": place.column, "entry": place.entry}


def problem_json(problem: Problem) -> Json:
    """A problem in its five parts."""
    return {
        "place": place_json(problem.place),
        "severity": problem.severity,
        "what": problem.what,
        "why": problem.why,
        "done": problem.done,
        "remedy": problem.remedy,
    }


FLAT = ("id", "kind", "certainty", "status", "agency", "subject", "strength", "indicator", "grade", "channel", "entries",
        "because")  # fmt: skip
"""The columns of the findings as one table."""


def flat(gaps: Study, findings: Iterable[Finding]) -> Iterator[dict[str, str]]:
    """Findings as one table, a row each: for spreadsheets."""
    entries = gaps.review.entries
    for finding in findings:
        detail = finding.detail
        yield {
            "id": finding.id,
            "kind": finding.kind,
            "certainty": finding.certainty,
            "status": finding.status,
            "agency": finding.agency,
            "subject": finding.subject,
            "strength": getattr(detail, "strength", ""),
            "indicator": getattr(detail, "indicator", ""),
            "grade": getattr(detail, "grade", ""),
            "channel": getattr(detail, "channel", ""),
            "entries": "; ".join(entries[row].name for row in detail.rows()),
            "because": " ".join(because(gaps, finding)),
        }
