"""Which codes that a finding rests on are no agency's own: the reviewer's reading of a narrative, or only suggested by it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import singledispatch

from kg.chronology.whose_code import AGENCY, REVIEWER, SUGGESTED
from kg.findings.finding import Detail, Finding
from kg.findings.missed_share import MissedShare
from kg.findings.opportunity import Opportunity
from kg.findings.study import Study
from kg.model.record import Entry

Codes = Mapping[int, tuple[str, ...]]
"""By row, codes such as "indicator:bruising"."""


def accepted(gaps: Study, finding: Finding) -> Codes:
    """The reviewer's codes that a finding rests on."""
    return _resting(gaps, finding, lambda entry: entry.accepted)


def suggested(gaps: Study, finding: Finding) -> Codes:
    """The codes that a finding rests on, that words only suggest and nobody has accepted; none unless they are counted."""
    return _resting(gaps, finding, lambda entry: entry.suggested)


def whose_codes(gaps: Study, finding: Finding) -> str:
    """Whose word a finding rests on, by the least sure of its codes: "agency", "reviewer" or "suggested"."""
    if suggested(gaps, finding):
        return SUGGESTED
    return REVIEWER if accepted(gaps, finding) else AGENCY


def _resting(gaps: Study, finding: Finding, codes_of: Callable[[Entry], tuple[str, ...]]) -> Codes:
    found = {}
    for row in dict.fromkeys(finding.detail.rests_on()):
        codes = codes_of(gaps.review.entries[row])
        mine = tuple(code for code in codes if _rests_on(finding.detail, gaps, row, code)) if codes else ()
        if mine:
            found[row] = mine
    return found


@singledispatch
def _rests_on(detail: Detail, gaps: Study, row: int, code: str) -> bool:
    """Whether one code of a row is among what a finding rests on; where its kind does not say, any may be."""
    return True


@_rests_on.register
def _(detail: MissedShare, gaps: Study, row: int, code: str) -> bool:
    scheme, _, value = code.partition(":")
    if scheme == "indicator":
        return detail.indicator in gaps.terms.points_to("indicator", value)
    return scheme in ("contact", "shared-with", "received-from")


@_rests_on.register
def _(detail: Opportunity, gaps: Study, row: int, code: str) -> bool:
    value = code.partition(":")[2]
    opened = any(value in outcome.opening.concepts for outcome in detail.telling)
    return opened or any(outcome.answer == row for outcome in detail.outcomes)
