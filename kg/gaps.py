"""What no one saw: every finding of a review, computed once and in one order.

``find_gaps`` links the rows, works out who held what, and judges; nothing is judged before it is linked and held. A
finding's id is a hash of what it is about, so that decisions about it survive a corrected return.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from hashlib import sha256

from kg.chronology import Coverage, NotSeen, Sightings, coverage, longest_not_seen
from kg.differ import Differing, differing_accounts
from kg.facts import Facts
from kg.identity import Household
from kg.knowledge import Knowledge, sweep
from kg.links import Links, link_events
from kg.missed import MissedShare, is_public, missed_shares
from kg.model import Entry, Judgement, Problem, Review
from kg.opportunities import Opportunity, opportunities
from kg.pooled import Pooled, pooled_thresholds
from kg.receipts import OneSided, one_sided
from kg.shares import generous_shares, recorded_shares, sharing_problems
from kg.terms import Terms

RECORDED, GENEROUS = "recorded", "generous"

WORDS = {
    "missed-opportunity": "chance",
    "missed-share": "share",
    "pooled-threshold": "pooled",
    "accounts-differ": "differ",
    "not-received": "receipt",
    "not-sent": "sending",
    "not-seen": "unseen",
}
"""The word that an id of each kind of finding begins with."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing the record shows that somebody should look at.

    ``kind`` is a notation of the output contract ("missed-share", "missed-opportunity", ...); ``certainty`` "sure" or
    "possible"; ``agency`` and ``subject`` names, or "" where the kind has none; ``detail`` what it rests on; ``status``
    what the reviewer decided: "open", "accepted" or "dismissed".
    """

    id: str
    kind: str
    certainty: str
    agency: str
    subject: str
    detail: MissedShare | OneSided | NotSeen | Opportunity | Pooled | Differing
    status: str = "open"


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


def find_gaps(review: Review, terms: Terms, *, reading: str = RECORDED, judgements: Sequence[Judgement] = ()) -> Gaps:
    """Everything a review's entries show: who held what, what did not arrive, what only one side wrote down.

    ``reading`` is "recorded" (only what is recorded as said) or "generous" (any recorded communication about a subject
    passed on all that both possibly held). The two bracket the truth. Raises ValueError for any other word.
    ``judgements`` are the reviewer's decisions in the order they were made; the last on a finding is its status.
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
    verdicts = {judgement.id: judgement.verdict for judgement in judgements}
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


class Keys:
    """The lasting names that ids are made of: never a rank, and a display name only where review.toml gives no key."""

    def __init__(self, review: Review) -> None:
        self._keys = {agency.name: agency.key or agency.name for agency in review.agencies}
        self._keys |= {person.name: person.key or person.name for person in review.people}

    def entry(self, entry: Entry) -> str:
        """What lasts of an entry when its return is corrected: its Ref, or its date and words if it has none."""
        own = entry.ref if entry.cells.get("ref") else _digest((entry.when.words, entry.narrative))
        return f"{self._keys.get(entry.agency, entry.agency)}/{own}"

    def id(self, kind: str, *parts: str) -> str:
        """A finding's id: a word for the kind, and ten hexadecimal digits of what it is about."""
        return f"{WORDS[kind]}-{_digest((kind, *(self._keys.get(part, part) for part in parts)))}"


def _digest(parts: Sequence[str]) -> str:
    return sha256("\x1f".join(parts).encode()).hexdigest()[:10]
