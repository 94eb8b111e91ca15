"""Findings that rest only on rows which a machine drafted and nobody is recorded to have checked.

Such drafts are known to leave out and to invent. The finding says so, and the agency whose rows they are is asked.
"""

from __future__ import annotations

from kg.chronology import MACHINE_DRAFTED
from kg.differ import Differing
from kg.gaps import Finding, Gaps
from kg.missed import MissedShare
from kg.opportunities import Opportunity
from kg.pooled import Pooled
from kg.receipts import OneSided

SAID = (
    "It rests only on what a machine drafted, with no record that anybody checked it: such drafts are known to leave out "
    "and to invent."
)
ASKED = (
    "A machine drafted this row and no check is recorded. Is it right as it stands, and does any other record show it?"
)


def unchecked_rows(gaps: Gaps, finding: Finding) -> tuple[int, ...]:
    """The rows that show what a finding says, where a machine drafted every one of them; else none."""
    rows = _showing(finding)
    entries = gaps.review.entries
    return rows if rows and all(entries[row].how_recorded == MACHINE_DRAFTED for row in rows) else ()


def _showing(finding: Finding) -> tuple[int, ...]:
    """The rows that record the matter itself: what was seen or held, not at which contacts it was missing."""
    detail = finding.detail
    if isinstance(detail, MissedShare):
        return tuple(dict.fromkeys(held.row for held in detail.holders))
    if isinstance(detail, OneSided | Opportunity):
        return (detail.row,)
    if isinstance(detail, Pooled):
        return tuple(dict.fromkeys(piece.row for piece in detail.pieces))
    return detail.rows if isinstance(detail, Differing) else ()
