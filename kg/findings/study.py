"""What no one saw: every finding of a review, computed once and in one order.

``find_gaps`` links the rows, works out who held what, and judges; nothing is judged before it is linked and held. A
finding's id is a hash of what it is about, so that decisions about it survive a corrected return.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from kg.chronology.coverage import Coverage, coverage
from kg.chronology.events import Links
from kg.chronology.side_by_side import Chronology
from kg.chronology.sightings import Sightings
from kg.findings.accounts_differ import differing_accounts
from kg.findings.finding import Finding, Keys
from kg.findings.missed_share import missed_shares
from kg.findings.not_seen import longest_not_seen
from kg.findings.one_sided import one_sided
from kg.findings.opportunity import opportunities
from kg.findings.pooled_threshold import pooled_thresholds
from kg.knowledge.facts import Facts
from kg.knowledge.ledger import Knowledge
from kg.knowledge.readings import RECORDED, knowledge_of
from kg.knowledge.shares import sharing_problems
from kg.model.problem import Problem
from kg.model.review import Review
from kg.model.reviewer import Judgement
from kg.terms.reader import Terms


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
        tuple(replace(finding, status=verdicts.get(finding.id, "open")) for finding in _findings(knowledge)),
        sharing_problems(knowledge.facts),
    )


def _findings(knowledge: Knowledge) -> list[Finding]:
    review, chronology = knowledge.review, knowledge.chronology
    keys = Keys(review)
    findings = _opportunities(knowledge, keys)
    findings += [
        Finding(
            keys.id("pooled-threshold", each.duty.family, each.subject),
            "pooled-threshold",
            "sure",
            "",
            each.subject,
            each,
        )
        for each in pooled_thresholds(knowledge)
    ]
    findings += [
        Finding(
            keys.id("missed-share", gap.subject, gap.indicator, gap.agency),
            "sharing-refused" if gap.refused else "missed-share",
            gap.certainty,
            gap.agency,
            gap.subject,
            gap,
        )
        for gap in missed_shares(knowledge)
    ]
    findings += [
        Finding(
            keys.id(gap.kind, gap.agency, gap.other, keys.entry(review.entries[gap.row])),
            gap.kind,
            "sure",
            gap.agency,
            "",
            gap,
        )
        for gap in one_sided(chronology)
    ]
    findings += [
        Finding(
            keys.id("accounts-differ", *sorted(keys.entry(review.entries[row]) for row in each.rows)),
            "accounts-differ",
            "sure",
            "",
            "",
            each,
        )
        for each in differing_accounts(chronology)
    ]
    findings += [
        Finding(
            keys.id("not-seen", gap.subject, "sure" if gap.surely else "possible"),
            "not-seen",
            "sure" if gap.surely else "possible",
            "",
            gap.subject,
            gap,
        )
        for gap in longest_not_seen(chronology)
    ]
    return findings


def _opportunities(knowledge: Knowledge, keys: Keys) -> list[Finding]:
    review = knowledge.review
    ids = {row: keys.id("missed-opportunity", keys.entry(entry)) for row, entry in enumerate(review.entries)}
    return [
        Finding(
            ids[each.row],
            each.kind,
            "sure" if each.sure else "possible",
            review.entries[each.row].agency,
            each.subjects[0],
            each,
        )
        for each in opportunities(knowledge, ids)
    ]
