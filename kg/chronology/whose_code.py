"""Whose word a code is: the agency's own, the reviewer's reading of a narrative, or only suggested by its words."""

from __future__ import annotations

from kg.chronology.side_by_side import Chronology
from kg.model.record import Entry

AGENCY, REVIEWER, SUGGESTED, UNREAD = "agency", "reviewer", "suggested", "unread"
"""Who says so, the surest first; of a row without any code, and not passed, "unread"."""

ORDER = (AGENCY, REVIEWER, SUGGESTED, UNREAD)

ROW_WORDS = {
    AGENCY: "coded by the agency",
    REVIEWER: "read by the reviewer",
    SUGGESTED: "codes only suggested",
    UNREAD: "unread",
}
"""What is said of a row, by who says so."""

CODE_WORDS = {AGENCY: "", REVIEWER: " (read by the reviewer)", SUGGESTED: " (suggested)", UNREAD: ""}
"""What stands behind a code that is not the agency's own."""


def code_of(entry: Entry, scheme: str, value: str) -> str:
    """Whose word one code of a row is, such as ``("indicator", "bruising")``."""
    code = f"{scheme}:{value}"
    if code in entry.suggested:
        return SUGGESTED
    return REVIEWER if code in entry.accepted else AGENCY


def row_of(entry: Entry) -> str:
    """Whose word a row's codes are, by the surest of them: each row is one of the four, as coverage counts them.

    A kind of contact that the agency gave codes no row: it says nothing of what was known.
    """
    own = {f"response:{each}" for each in entry.responses} | {f"indicator:{each}" for each in entry.indicators}
    if own - {*entry.accepted} - {*entry.suggested}:
        return AGENCY
    if entry.passed or entry.accepted:
        return REVIEWER
    return SUGGESTED if entry.suggested else UNREAD


def fact_of(chronology: Chronology, indicator: str, origin: int) -> str:
    """Whose word a fact is: the surest of the linked rows of its event that record the indicator."""
    entries = chronology.review.entries
    rows = (entries[row] for row in chronology.links.event[origin])
    said = (code_of(entry, "indicator", indicator) for entry in rows if indicator in entry.indicators)
    return min(said, key=ORDER.index, default=UNREAD)
