"""The figures a panel asks for first, a row for each review, with totals where a total means something."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from kg.findings.finding import Finding
from kg.findings.missed_share import MissedShare
from kg.findings.not_seen import NotSeen
from kg.findings.opportunity import STRENGTHS, Opportunity
from kg.findings.study import Study
from kg.terms.marks import is_public


@dataclass(frozen=True, slots=True)
class Counts:
    """One review in figures.

    Names are those of ``find-gaps --format json``. ``agencies`` leaves out the public; ``returns`` are those that came.
    ``missed_opportunities`` and ``decisions_to_look_at`` count occasions: linked accounts of one event once. Each occasion
    stands once among ``firm``, ``expected`` and ``prompt``, by its strongest account. ``accepted`` are occasions of these
    missed opportunities that the reviewer accepted; occasions with every account dismissed are left out of all but
    ``dismissed``. ``not_received`` and ``not_sent`` are messages that only one side wrote down. The longest time not seen
    is in whole days, at least and at most (None where the record cannot say), ``longest_surely`` false where contacts
    that do not state who was seen lie within it.
    """

    review: str
    entries: int
    agencies: int
    returns: int
    contacts: int
    seen: int
    seen_alone: int
    not_seen: int
    seen_not_stated: int
    undated: int
    missed_opportunities: int
    firm: int
    expected: int
    prompt: int
    accepted: int
    dismissed: int
    decisions_to_look_at: int
    missed_shares: int
    missed_shares_sure: int
    missed_shares_possible: int
    not_received: int
    not_sent: int
    longest_not_seen: int | None
    longest_not_seen_at_most: int | None
    longest_surely: bool | None


COLUMNS = tuple(Counts.__dataclass_fields__)
"""The columns of the table, as in JSON and CSV."""


def counts(gaps: Study) -> Counts:
    """Count one review. Nothing here is computed anew: it counts what ``find_gaps`` found."""
    review, seen = gaps.review, gaps.sightings
    missed = _occasions(gaps, "missed-opportunity")
    strengths = [min(STRENGTHS.index(each.strength) for each in accounts.values()) for accounts in missed.values()]
    accepted = {finding.id for finding in gaps.findings if finding.status == "accepted"}
    shares = [each for each, _ in gaps.of(MissedShare, "missed-share", dismissed=False)]
    sure = sum(1 for each in shares if each.certainty == "sure")
    longest = max(
        (gap for _, gap in gaps.of(NotSeen, dismissed=False)),
        key=lambda gap: (gap.at_least, gap.at_most, gap.surely),
        default=None,
    )
    return Counts(
        review=review.title,
        entries=len(review.entries),
        agencies=sum(1 for agency in review.agencies if not is_public(agency, gaps.terms)),
        returns=sum(1 for agency in review.agencies if agency.has_return and not is_public(agency, gaps.terms)),
        contacts=seen.contacts,
        seen=seen.seen,
        seen_alone=seen.alone,
        not_seen=seen.not_seen,
        seen_not_stated=seen.not_stated,
        undated=sum(1 for entry in review.entries if entry.when.undated),
        missed_opportunities=len(missed),
        firm=strengths.count(0),
        expected=strengths.count(1),
        prompt=strengths.count(2),
        accepted=sum(1 for accounts in missed.values() if accepted & accounts.keys()),
        dismissed=sum(1 for finding in gaps.findings if finding.status == "dismissed"),
        decisions_to_look_at=len(_occasions(gaps, "decision-to-look-at")),
        missed_shares=len(shares),
        missed_shares_sure=sure,
        missed_shares_possible=len(shares) - sure,
        not_received=_number(gaps.findings, "not-received"),
        not_sent=_number(gaps.findings, "not-sent"),
        longest_not_seen=None if longest is None else longest.at_least,
        longest_not_seen_at_most=None if longest is None else longest.at_most,
        longest_surely=None if longest is None else longest.surely,
    )


def _number(findings: Sequence[Finding], kind: str) -> int:
    return sum(1 for each in findings if each.kind == kind and each.status != "dismissed")


def _occasions(gaps: Study, kind: str) -> dict[int, dict[str, Opportunity]]:
    """The occasions of one kind that are not dismissed, each with its accounts by the id of their finding."""
    found: dict[int, dict[str, Opportunity]] = defaultdict(dict)
    for finding, each in gaps.of(Opportunity, kind, dismissed=False):
        found[gaps.links.event[each.row][0]][finding.id] = each
    return found


def total(rows: Sequence[Counts]) -> dict[str, Any]:
    """The sums over several reviews; the longest time not seen is the longest of any."""
    known = [each for each in rows if each.longest_not_seen is not None]
    longest = max(
        known, key=lambda each: (each.longest_not_seen or 0, each.longest_not_seen_at_most or 0), default=None
    )
    sums: dict[str, Any] = {
        column: sum(getattr(each, column) for each in rows)
        for column in COLUMNS
        if column != "review" and not column.startswith("longest")
    }
    return {
        "review": f"All {len(rows)}",
        **sums,
        "longest_not_seen": longest and longest.longest_not_seen,
        "longest_not_seen_at_most": longest and longest.longest_not_seen_at_most,
        "longest_surely": longest and longest.longest_surely,
    }


def counts_json(rows: Sequence[Counts]) -> dict[str, Any]:
    """The whole of ``kg counts --format json``: reviews in the order asked for, and totals."""
    return {"reviews": [asdict(each) for each in rows], "total": total(rows)}
