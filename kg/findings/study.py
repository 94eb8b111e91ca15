"""What no one saw: every finding of a review, computed once and in one order.

``find_gaps`` links the rows, works out who held what, and judges; nothing is judged before it is linked and held. A
finding's id is a hash of what it is about, so that decisions about it survive a corrected return.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from kg.chronology.coverage import Coverage, coverage
from kg.chronology.events import Links
from kg.chronology.side_by_side import Chronology
from kg.chronology.sightings import Sightings
from kg.findings.finding import Detail, Finding, Keys
from kg.findings.kinds import FAMILIES
from kg.knowledge.facts import Facts
from kg.knowledge.ledger import Knowledge
from kg.knowledge.readings import RECORDED, knowledge_of
from kg.knowledge.shares import sharing_problems
from kg.model.problem import Problem
from kg.model.review import Review
from kg.model.reviewer import Judgement
from kg.terms.reader import Terms

Told = TypeVar("Told", bound=Detail)


@dataclass(frozen=True, slots=True)
class Study:
    """Everything computed of one review under one reading of talk.

    ``problems`` are those met while computing.
    """

    knowledge: Knowledge
    reading: str
    coverage: tuple[Coverage, ...]
    findings: tuple[Finding, ...]
    problems: tuple[Problem, ...]

    @property
    def review(self) -> Review:
        """What was written."""
        return self.knowledge.review

    @property
    def terms(self) -> Terms:
        """The words of the ontology by which it was read."""
        return self.knowledge.chronology.terms

    @property
    def links(self) -> Links:
        """Which rows are accounts of one event."""
        return self.knowledge.chronology.links

    @property
    def facts(self) -> Facts:
        """All that any row says of anyone."""
        return self.knowledge.facts

    @property
    def generous(self) -> Knowledge:
        """The knowledge under the generous reading of talk."""
        return self.knowledge.generous

    @property
    def sightings(self) -> Sightings:
        """How often the subjects were seen, over all agencies."""
        return sum((each.sightings for each in self.coverage), Sightings())

    def of(self, detail: type[Told], *kinds: str, dismissed: bool = True) -> Iterator[tuple[Finding, Told]]:
        """The findings that one file of this room makes, each with what it rests on: of all its kinds, or of some.

        ``dismissed`` false leaves out what the reviewer dismissed.
        """
        for finding in self.findings:
            if not isinstance(finding.detail, detail) or (kinds and finding.kind not in kinds):
                continue
            if dismissed or finding.status != "dismissed":
                yield finding, finding.detail


def find_gaps(
    review: Review, terms: Terms, *, reading: str = RECORDED, judgements: Sequence[Judgement] | None = None
) -> Study:
    """Everything a review's entries show: who held what, what did not arrive, what only one side wrote down.

    ``reading`` is "recorded" (only what is recorded as said) or "generous" (any recorded communication about a subject
    passed on all that both possibly held). The two bracket the truth. Raises ValueError for any other word.
    ``judgements`` are the reviewer's decisions in the order they were made, the review's own unless others are given; the
    last on a finding is its status.
    """
    knowledge = knowledge_of(Chronology.of(review, terms), reading)
    verdicts = {each.id: each.verdict for each in (review.judgements if judgements is None else judgements)}
    return Study(
        knowledge,
        reading,
        coverage(knowledge.chronology),
        tuple(replace(finding, status=verdicts.get(finding.id, "open")) for finding in _found(knowledge)),
        sharing_problems(knowledge.facts),
    )


def _found(knowledge: Knowledge) -> Iterator[Finding]:
    keys = Keys(knowledge.review)
    for family in FAMILIES:
        yield from family.find(knowledge, keys)
