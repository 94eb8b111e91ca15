"""Findings that rest only on rows which a machine drafted and nobody is recorded to have checked.

Such drafts are known to leave out and to invent. The finding says so, and the agency whose rows they are is asked.
"""

from __future__ import annotations

from kg.findings.finding import Finding
from kg.findings.study import Study
from kg.terms.marks import is_unchecked_draft

SAID = (
    "It rests only on what a machine drafted, with no record that anybody checked it: such drafts are known to leave out "
    "and to invent."
)
ASKED = (
    "A machine drafted this row and no check is recorded. Is it right as it stands, and does any other record show it?"
)


def unchecked_rows(gaps: Study, finding: Finding) -> tuple[int, ...]:
    """The rows that show what a finding says, where a machine drafted every one of them; else none."""
    rows = finding.detail.shown_by()
    entries = gaps.review.entries
    return rows if rows and all(is_unchecked_draft(entries[row], gaps.terms) for row in rows) else ()
