"""In which order findings serve a reader: by gravity, novelty, decisions, whether a path existed, and contacts."""

from __future__ import annotations

from kg.findings.episodes import by_gravity, episodes
from kg.findings.finding import Finding
from kg.findings.missed_share import MissedShare
from kg.findings.opportunity import Opportunity, lead
from kg.findings.study import Study


def reading_order(gaps: Study) -> tuple[Finding, ...]:
    """Every finding, in the order in which a reader should meet them.

    First the opportunities and decisions, which are few; then the novel, surely missing information; then what is possible,
    or only one side's; then questions and more of what was known. Each of these episode by episode, the gravest first, and
    within an episode by gravity. Nothing in the order is fitted to any review: gravity is the vocabulary's own.
    """
    found = episodes(gaps)
    grave = sorted(found.all, key=lambda each: by_gravity(gaps, each))
    place = {finding.id: at for at, each in enumerate(grave) for finding in each.findings}
    computed = {finding.id: at for at, finding in enumerate(gaps.findings)}
    return tuple(
        sorted(
            gaps.findings,
            key=lambda finding: (
                _tier(finding),
                place.get(finding.id, len(grave)),
                -_gravity(gaps, finding),
                _reach(finding),
                computed[finding.id],
            ),
        )
    )


def _tier(finding: Finding) -> int:
    detail = finding.detail
    if isinstance(detail, MissedShare):
        if finding.kind == "sharing-refused" or detail.grade != "novel":
            return 3
        return 1 if finding.certainty == "sure" else 2
    if isinstance(detail, Opportunity):
        return {"question": 3, "response-recorded": 4}.get(finding.kind, 0)
    return 2


def _gravity(gaps: Study, finding: Finding) -> int:
    """The gravity of what a finding is about: the missing sign, or the gravest that opened a duty."""
    detail = finding.detail
    words: tuple[str, ...] = ()
    if isinstance(detail, MissedShare):
        words = (detail.indicator,)
    elif isinstance(detail, Opportunity):
        words = lead(detail).opening.concepts
    concepts = (gaps.terms.concept("indicator", word) for word in words)
    return max((concept.gravity for concept in concepts if concept is not None), default=0)


def _reach(finding: Finding) -> tuple[int, int, int]:
    """Decisions first, then what could have come along a path, then what was missing at most contacts."""
    detail = finding.detail
    if isinstance(detail, MissedShare):
        return (1, ("unsaid", "silent", "unlinked").index(detail.channel), -len(detail.contacts))
    return (int(finding.kind != "decision-to-look-at"), 0, 0)
