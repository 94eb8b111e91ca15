"""The few sentences that stand over everything else."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from kg.base.grammar import count
from kg.findings.counts import counts
from kg.findings.not_seen import NotSeen
from kg.findings.opportunity import Opportunity, occasions, strongest
from kg.findings.study import Study
from kg.wording.findings import stretch


def headline(gaps: Study) -> str:
    """The figures a reviewer reads first, in one line."""
    seen, made = gaps.sightings, counts(gaps)
    by = sum(1 for each in gaps.coverage if each.sightings.contacts)
    parts = [
        f"{count(seen.contacts, 'contact')} by {count(by, 'agency', 'agencies')}: seen {seen.seen}, alone {seen.alone}, "
        f"not seen {seen.not_seen}, not stated {seen.not_stated}"
    ]
    parts += _opportunities(gaps)
    if made.missed_shares:
        parts.append(
            f"{count(made.missed_shares, 'kind')} of information did not arrive "
            f"({made.missed_shares_sure} sure, {made.missed_shares_possible} possible)"
        )
    for number, words in ((made.not_received, "no record of receipt"), (made.not_sent, "no record of sending")):
        if number:
            parts.append(f"{count(number, 'message')} with {words}")
    for finding, gap in gaps.of(NotSeen):
        if gap.at_least > 0:
            how = "surely not seen" if gap.surely else "no record of being seen"
            parts.append(f"{finding.subject}: longest {how} {stretch(gap)}")
    return " · ".join(parts)


def _opportunities(gaps: Study) -> Iterator[str]:
    for kind, one, many in (
        ("missed-opportunity", "opportunity with no response recorded", "opportunities with no response recorded"),
        ("decision-to-look-at", "decision to look at", "decisions to look at"),
    ):
        some = list(gaps.of(Opportunity, kind, dismissed=False))
        if not some:
            continue
        number = occasions(gaps.links, (each.row for _, each in some))
        text = count(number, one, many)
        if kind == "missed-opportunity":
            strengths = Counter(strongest(gaps.links, (each for _, each in some)).values())
            text += (
                f" ({strengths['firm']} firm, {strengths['expected']} expected, {count(strengths['prompt'], 'prompt')})"
            )
            chains: dict[tuple[str, str], set[int]] = defaultdict(set)
            for _, each in some:
                for outcome in each.telling:
                    chains[outcome.duty.family, outcome.opening.subject].add(gaps.links.event[each.row][0])
            longest = max(len(rows) for rows in chains.values())
            if longest > 1:
                text += f", {longest} of them the same one"
        accepted = occasions(gaps.links, (each.row for finding, each in some if finding.status == "accepted"))
        dismissed = sum(1 for each in gaps.findings if each.kind == kind and each.status == "dismissed")
        if accepted:
            text += f", {accepted} accepted by the reviewer"
        if dismissed:
            text += f", {count(dismissed, 'other')} dismissed"
        yield text
