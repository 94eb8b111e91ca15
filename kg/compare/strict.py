"""Published findings met for the reason they give: by the rows they speak of, or by who lacked what of whom.

Agreement in agency, time and kind flatters: in a record of many months almost anything meets something. Here a reader has
noted beside each published finding (pairs.csv) which entries it speaks of, or which holder, seeker and indicators, and
where the reason matters which duties. Chance exchanges entries within an agency, and indicators within the case.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random
from textwrap import wrap
from typing import TypeVar

from kg.compare.published import SHUFFLES, largest_matching
from kg.findings.finding import Finding
from kg.findings.missed_share import MissedShare
from kg.findings.opportunity import Opportunity
from kg.findings.reading import reading_order
from kg.findings.study import Study
from kg.model.reviewer import Pairing
from kg.wording.findings import title

Row = TypeVar("Row")

WIDTH = 100
"""Columns at which the lines of text read are counted."""

SAYS_MISSING = (
    "missed-opportunity", "decision-to-look-at", "missed-share", "not-received", "not-sent", "not-seen",
    "pooled-threshold",
)  # fmt: skip
"""The kinds that say something is missing. A question or accounts that differ meet no published finding."""


@dataclass(frozen=True, slots=True)
class Met:
    """A published finding that one of ours meets: at which rank ours is read, after how many lines of text."""

    id: str
    finding: Finding
    rank: int
    lines: int


@dataclass(frozen=True, slots=True)
class Strict:
    """What a strict comparison gives.

    ``annotated`` are the published findings that the reader noted as being in the record at all, ``outside`` those noted
    as not. ``met`` are in the order in which they are met; ``ours`` and ``lines`` count all that could be read. ``chance``
    is the mean number met by exchanged entries and indicators, ``p95`` its 95th percentile, ``as_good`` the share of
    exchanges that meet as many.
    """

    annotated: int
    outside: int
    met: tuple[Met, ...]
    ours: int
    lines: int
    chance: float
    p95: int
    as_good: float

    @property
    def recall(self) -> float | None:
        """The share of those annotated that is met, or None where none is."""
        return len(self.met) / self.annotated if self.annotated else None


@dataclass(frozen=True, slots=True)
class _Ours:
    """What is compared of one finding: rows of judged entries, or what was missing; and the families of its duties."""

    finding: Finding
    rows: tuple[int, ...]
    seeker: str
    holders: frozenset[str]
    indicator: str
    families: frozenset[str]


def strict(gaps: Study, pairings: Sequence[Pairing]) -> Strict:
    """Pair our findings, in the order in which they are read, one to one with the published findings noted in pairs.csv.

    The largest possible number is paired, with the findings read earliest. Findings that the reviewer dismissed take no
    part. The same exchanges are drawn every time.
    """
    missing = {finding.id: gap for finding, gap in gaps.of(MissedShare)}
    judged = {finding.id: each for finding, each in gaps.of(Opportunity)}
    ours = [
        _of_share(finding, missing[finding.id]) if finding.id in missing else _of_rows(finding, judged.get(finding.id))
        for finding in reading_order(gaps)
        if finding.kind in SAYS_MISSING and finding.status != "dismissed"
    ]
    noted = [each for each in pairings if each.entries or each.seekers or each.holders]
    pairs = largest_matching(_edges(gaps, ours, noted, {}, {}))
    lengths = [len(wrap(title(gaps, each.finding), WIDTH)) or 1 for each in ours]
    met = tuple(Met(noted[at].id, ours[rank - 1].finding, rank, sum(lengths[:rank])) for rank, at in sorted(pairs))
    drawn = sorted(_by_chance(gaps, ours, noted, seed) for seed in range(SHUFFLES)) if noted else [0]
    return Strict(
        len(noted),
        len(pairings) - len(noted),
        met,
        len(ours),
        sum(lengths),
        sum(drawn) / len(drawn),
        drawn[-(-len(drawn) * 95 // 100) - 1],
        sum(number >= len(met) for number in drawn) / len(drawn),
    )


def _of_share(finding: Finding, gap: MissedShare) -> _Ours:
    return _Ours(finding, (), finding.agency, gap.agencies(), gap.indicator, frozenset())


def _of_rows(finding: Finding, each: Opportunity | None) -> _Ours:
    families = each.telling if each else ()
    parts = frozenset(part for outcome in families for part in outcome.duty.family.split("-"))
    return _Ours(finding, finding.detail.rows(), "", frozenset(), "", parts)


def _edges(
    gaps: Study, ours: Sequence[_Ours], noted: Sequence[Pairing], rows: Mapping[int, int], words: Mapping[str, str]
) -> dict[int, list[int]]:
    """For each of ours, by rank, the published findings it meets; ``rows`` and ``words`` say what stands for what."""
    entries = gaps.review.entries
    edges: dict[int, list[int]] = {}
    for rank, each in enumerate(ours, 1):
        named = {
            name for row in each.rows for name in (entries[rows.get(row, row)].name, entries[rows.get(row, row)].ref)
        }
        indicator = words.get(each.indicator, each.indicator)
        found = [at for at, pairing in enumerate(noted) if _meets(each, named, indicator, pairing)]
        if found:
            edges[rank] = found
    return edges


def _meets(each: _Ours, named: set[str], indicator: str, pairing: Pairing) -> bool:
    if each.indicator:
        return (
            bool(pairing.holders or pairing.seekers)
            and (not pairing.seekers or each.seeker in pairing.seekers)
            and (not pairing.holders or bool(each.holders & {*pairing.holders}))
            and (not pairing.indicators or indicator in pairing.indicators)
        )
    return bool(named & {*pairing.entries}) and (not pairing.duties or bool(each.families & {*pairing.duties}))


def _by_chance(gaps: Study, ours: Sequence[_Ours], noted: Sequence[Pairing], seed: int) -> int:
    """How many are met when entries are exchanged within each agency, and indicators within the case."""
    dealer = Random(seed)
    by_agency: dict[str, list[int]] = defaultdict(list)
    for row, entry in enumerate(gaps.review.entries):
        by_agency[entry.agency].append(row)
    rows: dict[int, int] = {}
    for agency in sorted(by_agency):
        own = sorted(by_agency[agency], key=lambda row: gaps.review.entries[row].name)
        rows.update(zip(own, _dealt(own, dealer), strict=True))
    words = sorted({word for entry in gaps.review.entries for word in entry.indicators})
    exchanged = dict(zip(words, _dealt(words, dealer), strict=True))
    return len(largest_matching(_edges(gaps, ours, noted, rows, exchanged)))


def _dealt(some: Sequence[Row], dealer: Random) -> list[Row]:
    dealt = [*some]
    dealer.shuffle(dealt)
    return dealt
