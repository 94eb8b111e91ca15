"""What no one saw: every finding of a review, computed once and in one order.

``find_gaps`` links the rows, works out who held what, and judges; nothing is judged before it is linked and held. A
finding's id is a hash of what it is about, so that decisions about it survive a corrected return.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from kg.chronology.coverage import Coverage, coverage
from kg.chronology.events import Links, link_events
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
from kg.knowledge.shares import generous_shares, recorded_shares, sharing_problems
from kg.knowledge.sweep import sweep
from kg.model.problem import Problem
from kg.model.review import Review
from kg.model.reviewer import Judgement
from kg.people.household import Household
from kg.terms.marks import is_public
from kg.terms.reader import Terms

RECORDED, GENEROUS = "recorded", "generous"


@dataclass(frozen=True, slots=True)
class Gaps:
    """Everything computed of one review under one reading of talk.

    ``generous`` is the knowledge under the generous reading, used for paths; ``problems`` are those met while computing.
    """

    review: Review
    terms: Terms
    reading: str
    links: Links
    facts: Facts
    knowledge: Knowledge
    generous: Knowledge
    coverage: tuple[Coverage, ...]
    sightings: Sightings
    findings: tuple[Finding, ...]
    problems: tuple[Problem, ...]


def find_gaps(
    review: Review, terms: Terms, *, reading: str = RECORDED, judgements: Sequence[Judgement] | None = None
) -> Gaps:
    """Everything a review's entries show: who held what, what did not arrive, what only one side wrote down.

    ``reading`` is "recorded" (only what is recorded as said) or "generous" (any recorded communication about a subject
    passed on all that both possibly held). The two bracket the truth. Raises ValueError for any other word.
    ``judgements`` are the reviewer's decisions in the order they were made, the review's own unless others are given; the last
    on a finding is its status.
    """
    if reading not in (RECORDED, GENEROUS):
        raise ValueError(f"the reading is {RECORDED} or {GENEROUS}, not {reading}")
    public = frozenset(agency.name for agency in review.agencies if is_public(agency, terms))
    household = Household(review, terms)
    links = link_events(review, terms, public)
    facts = Facts(review, household, links, terms)
    shares = recorded_shares(review, facts, links, terms)
    recorded = sweep(review, facts, shares, terms)
    generous = sweep(
        review,
        facts,
        shares,
        terms,
        generous=generous_shares(review, facts, terms),
        paths_for=recorded if reading == RECORDED else None,
    )
    knowledge = recorded if reading == RECORDED else generous
    keys = Keys(review)
    findings = _opportunities(review, facts, links, knowledge, terms, keys)
    findings += [
        Finding(
            keys.id("pooled-threshold", each.duty.family, each.subject),
            "pooled-threshold",
            "sure",
            "",
            each.subject,
            each,
        )
        for each in pooled_thresholds(review, facts, knowledge, terms)
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
        for gap in missed_shares(review, facts, knowledge, generous, terms)
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
        for gap in one_sided(review, links, terms, public)
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
        for each in differing_accounts(review, links, public)
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
        for gap in longest_not_seen(review, terms, household, public)
    ]
    covered = coverage(review, terms, public)
    verdicts = {
        judgement.id: judgement.verdict for judgement in (review.judgements if judgements is None else judgements)
    }
    return Gaps(
        review,
        terms,
        reading,
        links,
        facts,
        knowledge,
        generous,
        covered,
        sum((each.sightings for each in covered), Sightings()),
        tuple(replace(finding, status=verdicts.get(finding.id, "open")) for finding in findings),
        sharing_problems(review, facts, terms),
    )


def _opportunities(
    review: Review, facts: Facts, links: Links, knowledge: Knowledge, terms: Terms, keys: Keys
) -> list[Finding]:
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
        for each in opportunities(review, facts, links, knowledge, terms, ids)
    ]
