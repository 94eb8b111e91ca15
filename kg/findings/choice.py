"""Which findings to show: by kind, agency, person, date, certainty, strength and grade."""

from __future__ import annotations

from dataclasses import dataclass

from kg.dates.when import BEGINNING, END
from kg.findings.accounts_differ import Differing
from kg.findings.finding import Finding
from kg.findings.missed_share import MissedShare
from kg.findings.not_seen import NotSeen
from kg.findings.one_sided import OneSided
from kg.findings.opportunity import Opportunity
from kg.findings.pooled_threshold import Pooled
from kg.findings.study import Study

KINDS = (
    "missed-opportunity", "decision-to-look-at", "question", "response-recorded", "pooled-threshold", "missed-share",
    "sharing-refused", "accounts-differ", "not-received", "not-sent", "not-seen",
)  # fmt: skip
"""Every kind of finding."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A choice of findings. A finding is kept if it matches every part that is given.

    ``agencies`` keeps findings about an agency and those in which it held what another lacked; ``people`` by subject or
    by whom the information is about; ``since`` and ``until`` (minutes) by the dates of the entries it names; ``strength``
    only opportunities, ``grade`` only information that did not arrive.
    """

    kinds: frozenset[str] = frozenset()
    agencies: frozenset[str] = frozenset()
    people: frozenset[str] = frozenset()
    since: int = BEGINNING
    until: int = END
    certainty: str = ""
    strength: str = ""
    grade: str = ""

    def keeps(self, gaps: Study, finding: Finding) -> bool:
        """Whether a finding belongs to the choice."""
        detail = finding.detail
        if self.kinds and finding.kind not in self.kinds:
            return False
        if self.certainty and finding.certainty != self.certainty:
            return False
        if self.strength and not (isinstance(detail, Opportunity) and detail.strength == self.strength):
            return False
        if self.grade and not (isinstance(detail, MissedShare) and detail.grade == self.grade):
            return False
        if self.agencies and not self.agencies & agencies_of(finding):
            return False
        if self.people and not self.people & people_of(gaps, finding):
            return False
        if self.since > BEGINNING or self.until < END:
            whens = [gaps.review.entries[row].known for row in rows_judged(finding)]
            return any(not when.undated and when.latest >= self.since and when.earliest <= self.until for when in whens)
        return True


def agencies_of(finding: Finding) -> frozenset[str]:
    """Every agency a finding is about, or that held what it is about."""
    detail = finding.detail
    names = {finding.agency}
    if isinstance(detail, MissedShare):
        names |= {held.agency for held in detail.holders}
    elif isinstance(detail, OneSided):
        names.add(detail.other)
    elif isinstance(detail, Pooled):
        names |= {piece.agency for piece in detail.pieces}
    elif isinstance(detail, Differing):
        names |= {*detail.agencies}
    return frozenset(names - {""})


def people_of(gaps: Study, finding: Finding) -> frozenset[str]:
    """Every person a finding is about."""
    detail = finding.detail
    names = {finding.subject}
    if isinstance(detail, MissedShare):
        names |= {gaps.facts.all[held.fact].person for held in detail.holders}
    elif isinstance(detail, Opportunity):
        names |= {*detail.subjects, *gaps.review.entries[detail.row].people}
    elif isinstance(detail, OneSided):
        names |= {*gaps.review.entries[detail.row].people}
    elif isinstance(detail, Differing):
        names |= {person for row in detail.rows for person in gaps.review.entries[row].people}
    return frozenset(names - {""})


def rows_judged(finding: Finding) -> tuple[int, ...]:
    """The rows a finding is about: contacts at which something was missing, the entry judged, the ends of a time."""
    detail = finding.detail
    if isinstance(detail, MissedShare):
        return detail.contacts
    if isinstance(detail, OneSided | Opportunity):
        return (detail.row,)
    if isinstance(detail, Pooled):
        return tuple(piece.row for piece in detail.pieces)
    if isinstance(detail, Differing):
        return detail.rows
    if isinstance(detail, NotSeen):
        return tuple(row for row in (detail.after, detail.until) if row is not None)
    return ()
