"""In which order findings serve a reader: by gravity, novelty, decisions, whether a path existed, and contacts."""

from __future__ import annotations

from collections.abc import Iterable

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
    grave = sorted(episodes(gaps).all, key=lambda each: by_gravity(gaps, each))
    place = {finding.id: at for at, each in enumerate(grave) for finding in each.findings}
    turns = {finding.id: (2, 0, (1, 0, 0)) for finding in gaps.findings}
    turns |= {finding.id: _of_opportunity(gaps, finding.kind, each) for finding, each in gaps.of(Opportunity)}
    turns |= {finding.id: _of_share(gaps, finding.kind, gap) for finding, gap in gaps.of(MissedShare)}

    def turn(at: int) -> tuple[object, ...]:
        id = gaps.findings[at].id
        tier, gravity, reach = turns[id]
        return (tier, place.get(id, len(grave)), -gravity, reach, at)

    return tuple(gaps.findings[at] for at in sorted(range(len(gaps.findings)), key=turn))


Turn = tuple[int, int, tuple[int, int, int]]
"""The tier of a finding, its gravity, and what is read first of equals."""


def _of_opportunity(gaps: Study, kind: str, each: Opportunity) -> Turn:
    """Decisions before other opportunities, by the gravest sign that opened the duty."""
    tier = {"question": 3, "response-recorded": 4}.get(kind, 0)
    return tier, _gravity(gaps, lead(each).opening.concepts), (int(kind != "decision-to-look-at"), 0, 0)


def _of_share(gaps: Study, kind: str, gap: MissedShare) -> Turn:
    """By the gravity of what was missing; then what could have come along a path, then what was missing most often."""
    tier = 1 if gap.certainty == "sure" else 2
    if kind == "sharing-refused" or gap.grade != "novel":
        tier = 3
    path = ("unsaid", "silent", "unlinked").index(gap.channel)
    return tier, _gravity(gaps, (gap.indicator,)), (1, path, -len(gap.contacts))


def _gravity(gaps: Study, words: Iterable[str]) -> int:
    concepts = (gaps.terms.concept("indicator", word) for word in words)
    return max((concept.gravity for concept in concepts if concept is not None), default=0)
