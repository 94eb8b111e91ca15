"""Which findings to show: by kind, agency, person, date, certainty, strength and grade."""

from __future__ import annotations

from dataclasses import dataclass

from kg.dates.when import BEGINNING, END
from kg.findings.finding import Finding
from kg.findings.study import Study


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
        if self.kinds and finding.kind not in self.kinds:
            return False
        if self.certainty and finding.certainty != self.certainty:
            return False
        if self.strength and getattr(finding.detail, "strength", "") != self.strength:
            return False
        if self.grade and getattr(finding.detail, "grade", "") != self.grade:
            return False
        if self.agencies and not self.agencies & finding.agencies():
            return False
        if self.people and not self.people & finding.people(gaps.knowledge):
            return False
        if self.since > BEGINNING or self.until < END:
            whens = [gaps.review.entries[row].known for row in finding.detail.rows()]
            return any(not when.undated and when.latest >= self.since and when.earliest <= self.until for when in whens)
        return True
