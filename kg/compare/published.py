"""Our findings beside those of a published report: which say the same, which only we make, which only the report makes.

Two findings may say the same if the ontology's map of kinds allows it, the agency is the same and their dates overlap.
Each is matched at most once. Beside every figure stands what chance alone would give: the same findings with the names
of their agencies shuffled. A figure hardly above that says little.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import singledispatch
from random import Random

from kg.dates.when import DAY
from kg.findings.finding import Detail, Finding
from kg.findings.missed_share import Held, MissedShare
from kg.findings.not_seen import NotSeen
from kg.findings.one_sided import OneSided
from kg.findings.opportunity import Opportunity
from kg.findings.reading import reading_order
from kg.findings.study import Study
from kg.model.review import Review
from kg.model.reviewer import Published
from kg.terms.reader import KindMatch, Terms

SHUFFLES = 200
"""How many shuffles the baseline rests on."""

Span = tuple[int, int]
"""First and last minute."""

REASONS = {
    "kind": "nothing that is coded speaks of this kind",
    "undated": "it has no date",
    "no-agency": "it names no agency",
    "unknown-agency": "the review lists no such agency",
}
"""Why a published finding cannot be compared."""

WHY_ALONE = {
    "silent": "no finding of ours of a kind that could match names this agency",
    "other-times": "ours of a kind that could match name this agency at other times only",
    "taken": "each of ours that could match it is matched to another",
}
"""Why a published finding that can be compared is matched by none of ours."""


@dataclass(frozen=True, slots=True)
class Slot:
    """One way in which a finding of ours can meet a published one: as a kind, on a side, with an agency, at some times.

    ``agency`` is "" where the finding speaks of every agency with a return; ``spans`` are in minutes.
    """

    kind: str
    side: str
    agency: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Claim:
    """A finding of ours that could meet a published one. ``rank`` counts from 1 in the order in which ours are read."""

    rank: int
    finding: Finding
    slots: tuple[Slot, ...]


@dataclass(frozen=True, slots=True)
class Baseline:
    """The recall that findings with shuffled agencies reach: the mean, the 95th percentile, and how often they do as well.

    ``as_good`` is the share of shuffles whose recall is at least ours. Every figure is None where nothing can be compared.
    """

    recall: float | None
    p95: float | None
    as_good: float | None
    shuffles: int


@dataclass(frozen=True, slots=True)
class Tally:
    """How many published findings of some kinds there are, can be compared, and are matched, beside the baseline.

    ``recall`` is of those that can be compared, ``recall_of_all`` of all. ``read`` is how many of our findings must be
    read, in our order, to meet all that are matched (0 if none).
    """

    published: int
    comparable: int
    matched: int
    read: int
    baseline: Baseline

    @property
    def recall(self) -> float | None:
        return self.matched / self.comparable if self.comparable else None

    @property
    def recall_of_all(self) -> float | None:
        return self.matched / self.published if self.published else None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything that ``kg compare`` says of one review.

    ``matched`` pairs a claim with a published finding, in the order of ours; ``only_theirs`` and ``not_comparable`` give
    each with its reason (a key of ``WHY_ALONE`` or ``REASONS``), in the order of the report's dates. ``by_kind`` holds each
    published kind taken alone, so its figures may add up to more than the whole. ``dismissed`` findings take no part.
    """

    matches: tuple[KindMatch, ...]
    matched: tuple[tuple[Claim, Published], ...]
    only_ours: tuple[Claim, ...]
    only_theirs: tuple[tuple[Published, str], ...]
    not_comparable: tuple[tuple[Published, str], ...]
    claims: int
    dismissed: int
    whole: Tally
    by_kind: tuple[tuple[str, Tally], ...]


def compare(gaps: Study, published: Iterable[Published], kinds: Collection[str] = ()) -> Comparison:
    """Match our findings with a published report's, one to one, and say how far chance alone would go.

    The largest possible number is matched; among the ways to do so, the one that uses findings read earlier. ``kinds``
    (notations of "finding-kind") limits the comparison to those published kinds; empty means all. Findings that the
    reviewer dismissed take no part. No figure depends on the order of rows. Raises nothing.
    """
    theirs = sorted(
        (each for each in published if not kinds or each.kind in kinds),
        key=lambda each: (each.when.earliest, each.when.latest, each.id, each.agency, each.kind, each.finding),
    )
    matches = tuple(match for match in gaps.terms.kind_matches if not kinds or match.published in kinds)
    reasons = [why_not(each, gaps.review, gaps.terms) for each in theirs]
    comparable = [each for each, reason in zip(theirs, reasons, strict=True) if not reason]
    claims = claims_of(gaps, matches)
    meetings = _Meetings(gaps.review, claims, comparable, matches)
    pairs = largest_matching(meetings.edges())
    taken = {at for _, at in pairs}
    matched = {rank for rank, _ in pairs}
    by_rank = {claim.rank: claim for claim in claims}
    return Comparison(
        matches,
        tuple((by_rank[rank], comparable[at]) for rank, at in sorted(pairs)),
        tuple(claim for claim in claims if claim.rank not in matched),
        tuple((each, meetings.why_alone(at)) for at, each in enumerate(comparable) if at not in taken),
        tuple((each, reason) for each, reason in zip(theirs, reasons, strict=True) if reason),
        len(claims),
        sum(1 for finding in gaps.findings if finding.status == "dismissed"),
        _tally(gaps.review, claims, theirs, comparable, matches),
        tuple(
            (
                concept.notation,
                _tally(
                    gaps.review,
                    claims,
                    [each for each in theirs if each.kind == concept.notation],
                    [each for each in comparable if each.kind == concept.notation],
                    matches,
                ),
            )
            for concept in gaps.terms.schemes["finding-kind"].concepts
            if any(each.kind == concept.notation for each in theirs)
        ),
    )


def why_not(each: Published, review: Review, terms: Terms) -> str:
    """Why a published finding cannot be compared: a key of ``REASONS``, or "" if it can."""
    if not any(match.published == each.kind for match in terms.kind_matches):
        return "kind"
    if each.when.undated:
        return "undated"
    if not each.agency:
        return "no-agency"
    return "" if {*each.agencies} & {agency.name for agency in review.agencies} else "unknown-agency"


def claims_of(gaps: Study, matches: Sequence[KindMatch]) -> tuple[Claim, ...]:
    """Our findings of kinds that the map names, in the order in which they are read, with the ways they can be met."""
    sides: dict[str, list[str]] = defaultdict(list)
    for match in matches:
        if match.side not in sides[match.ours]:
            sides[match.ours].append(match.side)
    found: list[Claim] = []
    for finding in reading_order(gaps):
        if finding.kind in sides and finding.status != "dismissed":
            slots = tuple(slot for side in sides[finding.kind] for slot in _slots(gaps, finding, side))
            found.append(Claim(len(found) + 1, finding, slots))
    return tuple(found)


def _slots(gaps: Study, finding: Finding, side: str) -> Iterator[Slot]:
    """Which agency a finding speaks of when, on one side of it: the agency it is about, a holder, or every agency."""
    return (
        Slot(finding.kind, side, agency, spans) for agency, spans in _spoken_of(finding.detail, gaps, finding, side)
    )


Spoken = Iterator[tuple[str, tuple[Span, ...]]]


@singledispatch
def _spoken_of(detail: Detail, gaps: Study, finding: Finding, side: str) -> Spoken:
    return iter(())


@_spoken_of.register
def _(detail: NotSeen, gaps: Study, finding: Finding, side: str) -> Spoken:
    if side == "every":
        # The days of the sightings on either side are not part of the time not seen.
        yield "", (((detail.first_day + 1) * DAY, detail.last_day * DAY - 1),)


@_spoken_of.register
def _(detail: MissedShare, gaps: Study, finding: Finding, side: str) -> Spoken:
    if side == "holder":
        for held in detail.holders:
            yield held.agency, (_untold(gaps, detail, held),)
    else:
        whens = [gaps.review.entries[row].when for row in detail.contacts]
        yield finding.agency, tuple((when.earliest, when.latest) for when in whens)


@_spoken_of.register(OneSided)
@_spoken_of.register(Opportunity)
def _(detail: OneSided | Opportunity, gaps: Study, finding: Finding, side: str) -> Spoken:
    known = gaps.review.entries[detail.row].known
    if not known.undated:
        other = next(iter(detail.agencies()), finding.agency)
        yield other if side == "holder" else finding.agency, ((known.earliest, known.latest),)


def _untold(gaps: Study, gap: MissedShare, held: Held) -> Span:
    """From when a holder held it to the last contact at which the other had no record of it."""
    last = max(gaps.review.entries[row].when.latest for row in gap.contacts)
    return held.since.earliest, max(last, held.since.earliest)


class _Meetings:
    """Which of our findings could meet which published ones; dates are compared once, agencies at every shuffle."""

    def __init__(
        self, review: Review, claims: Sequence[Claim], theirs: Sequence[Published], matches: Sequence[KindMatch]
    ) -> None:
        allowed: dict[tuple[str, str], set[str]] = defaultdict(set)
        for match in matches:
            allowed[match.ours, match.side].add(match.published)
        self._theirs = theirs
        self._returned = {agency.name for agency in review.agencies if agency.has_return}
        self._slots: list[tuple[int, Slot, list[int]]] = []
        self._of_kind: list[tuple[Slot, set[str]]] = []
        for claim in claims:
            for slot in claim.slots:
                kinds = allowed[slot.kind, slot.side]
                near = [at for at, each in enumerate(theirs) if each.kind in kinds and _overlaps(slot, each)]
                self._slots.append((claim.rank, slot, near))
                self._of_kind.append((slot, kinds))

    def labels(self) -> list[str]:
        """The agency of every slot, in order."""
        return [slot.agency for _, slot, _ in self._slots]

    def edges(self, labels: Sequence[str] | None = None) -> dict[int, list[int]]:
        """For each of our findings, by rank, the published ones that it could meet, in order."""
        found: dict[int, set[int]] = defaultdict(set)
        for (rank, slot, near), label in zip(self._slots, labels or self.labels(), strict=True):
            found[rank].update(at for at in near if self._same_agency(slot, label, self._theirs[at]))
        return {rank: sorted(found[rank]) for rank in sorted(found) if found[rank]}

    def shuffled(self, seed: int) -> list[str]:
        """The slots' agencies, dealt out again among slots of the same kind and side."""
        labels = self.labels()
        groups: dict[tuple[str, str], list[int]] = defaultdict(list)
        for at, (_, slot, _) in enumerate(self._slots):
            groups[slot.kind, slot.side].append(at)
        dealer = Random(seed)
        for key in sorted(groups):
            dealt = [labels[at] for at in groups[key]]
            dealer.shuffle(dealt)
            for at, label in zip(groups[key], dealt, strict=True):
                labels[at] = label
        return labels

    def why_alone(self, at: int) -> str:
        """Why a published finding has none of ours: a key of ``WHY_ALONE``."""
        each = self._theirs[at]
        if any(at in near and self._same_agency(slot, slot.agency, each) for _, slot, near in self._slots):
            return "taken"
        named = any(each.kind in kinds and self._same_agency(slot, slot.agency, each) for slot, kinds in self._of_kind)
        return "other-times" if named else "silent"

    def _same_agency(self, slot: Slot, label: str, each: Published) -> bool:
        return bool({*each.agencies} & self._returned) if slot.side == "every" else label in each.agencies


def _overlaps(slot: Slot, each: Published) -> bool:
    return any(first <= each.when.latest and each.when.earliest <= last for first, last in slot.spans)


def largest_matching(edges: dict[int, list[int]]) -> list[tuple[int, int]]:
    """The largest one-to-one matching of our findings (by rank) with published ones, as pairs in the order of ours.

    Of all largest matchings it uses the findings read earliest: a finding, once used, is never given up for a later one.
    """
    taken_by: dict[int, int] = {}
    for start in sorted(edges):
        came_from: dict[int, int] = {}
        waiting = deque([start])
        free: int | None = None
        while waiting and free is None:
            rank = waiting.popleft()
            for at in edges[rank]:
                if at in came_from:
                    continue
                came_from[at] = rank
                if at not in taken_by:
                    free = at
                    break
                waiting.append(taken_by[at])
        while free is not None:
            rank = came_from[free]
            before = next((at for at, other in taken_by.items() if other == rank), None)
            taken_by[free] = rank
            free = before if rank != start else None
    return sorted((rank, at) for at, rank in taken_by.items())


def _tally(
    review: Review,
    claims: Sequence[Claim],
    theirs: Sequence[Published],
    comparable: Sequence[Published],
    matches: Sequence[KindMatch],
) -> Tally:
    meetings = _Meetings(review, claims, comparable, matches)
    pairs = largest_matching(meetings.edges())
    tally = Tally(
        len(theirs),
        len(comparable),
        len(pairs),
        max((rank for rank, _ in pairs), default=0),
        Baseline(None, None, None, SHUFFLES),
    )
    if not comparable:
        return tally
    drawn = sorted(len(largest_matching(meetings.edges(meetings.shuffled(seed)))) for seed in range(SHUFFLES))
    baseline = Baseline(
        sum(drawn) / SHUFFLES / len(comparable),
        drawn[-(-SHUFFLES * 95 // 100) - 1] / len(comparable),
        sum(1 for number in drawn if number >= len(pairs)) / SHUFFLES,
        SHUFFLES,
    )
    return replace(tally, baseline=baseline)
