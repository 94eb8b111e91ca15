"""Stretches of days in which something happened: the rows of a review grouped in time, before anyone judges them.

For grouping alone, a date that spans days stands at its middle; nothing else rests on that. A date wider than a month says
too little to stand among others, and is grouped with its own agency's rows of the same time.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from kg.chronology.order import in_order
from kg.chronology.side_by_side import Chronology
from kg.dates.when import BEGINNING, DAY, END, When
from kg.duties.outcomes import Outcome
from kg.terms.marks import ends_answers, is_decision

PAUSE, LONGEST, WIDEST = 14 * DAY, 28 * DAY, 31 * DAY
"""How long a pause ends a stretch; how long one may grow before it is parted at its longest pause; how wide a date may
be to stand among others. All ours."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Rows of one time, in the order of reading: those that begin it (``seeds``), and all that lie within it."""

    rows: tuple[int, ...]
    seeds: tuple[int, ...]


class Grouping:
    """Which rows begin a stretch, which carry it on, and where each stands in time."""

    def __init__(self, chronology: Chronology, events: Collection[int], outcomes: Sequence[Outcome]) -> None:
        self._chronology, self._review = chronology, chronology.review
        entries = self._review.entries
        opened = {outcome.opening.row for outcome in outcomes}
        self.seeds = {
            row
            for row, entry in enumerate(entries)
            if not entry.when.undated
            and entry.when.earliest < self._review.incident.earliest
            and (row in events or row in opened or (self._of_subject(row) and ends_answers(entry, chronology.terms)))
        }
        self._answers = {outcome.answer for outcome in outcomes if outcome.answer is not None}

    def stretches(self) -> Iterator[Stretch]:
        """Every stretch that a seed begins; the rows of no two are the same."""
        placed: list[tuple[int, int]] = []
        wide: dict[str, list[int]] = defaultdict(list)
        for row, entry in enumerate(self._review.entries):
            moment = self._moment(row)
            if moment is not None:
                placed.append((moment, row))
            elif not entry.when.undated:
                wide[entry.agency].append(row)
        placed.sort()
        carried = [(moment, row) for moment, row in placed if row in self.seeds or self._carries(row)]
        for part in _in_time(carried):
            if any(row in self.seeds for _, row in part):
                first, last = part[0][0], part[-1][0]
                yield self._stretch([row for moment, row in placed if first <= moment <= last])
        for rows in wide.values():
            for group in _overlapping(rows, [entry.when for entry in self._review.entries]):
                if self.seeds.intersection(group):
                    yield self._stretch(group)

    def _stretch(self, rows: Sequence[int]) -> Stretch:
        ordered = in_order(self._review, rows)
        return Stretch(ordered, tuple(row for row in ordered if row in self.seeds))

    def _moment(self, row: int) -> int | None:
        """Where a row stands for grouping: at the middle of the closest date that any account of its event gives."""
        entries = self._review.entries
        whens = [entries[other].when for other in self._chronology.links.event[row]]
        near = [(width(when), _middle(when)) for when in whens if width(when) <= WIDEST]
        return min(near)[1] if near else None

    def _of_subject(self, row: int) -> bool:
        return bool(self._chronology.household.subjects_named(self._review.entries[row]))

    def _carries(self, row: int) -> bool:
        """Whether a row carries on what was begun: it tells or is told of a subject, decides, or answers."""
        entry = self._review.entries[row]
        if row in self._answers:
            return True
        tells = bool(entry.shared_with or entry.received_from)
        return (tells or is_decision(entry, self._chronology.terms)) and self._of_subject(row)


def width(when: When) -> int:
    """How many minutes a date leaves open; an open end leaves none, since it stands at its known bound."""
    if when.undated:
        return END
    return 0 if not when.closed else when.latest - when.earliest


def _middle(when: When) -> int:
    if not when.closed:
        return when.latest if when.earliest == BEGINNING else when.earliest
    return (when.earliest + when.latest) // 2


def _in_time(placed: Sequence[tuple[int, int]]) -> Iterator[list[tuple[int, int]]]:
    """Rows parted wherever a pause lasts longer than ``PAUSE``, and again while a part is longer than ``LONGEST``."""
    part: list[tuple[int, int]] = []
    for each in placed:
        if part and each[0] - part[-1][0] > PAUSE:
            yield from _short_enough(part)
            part = []
        part.append(each)
    if part:
        yield from _short_enough(part)


def _short_enough(part: list[tuple[int, int]]) -> Iterator[list[tuple[int, int]]]:
    """A part, cut at its longest pause while it is too long; of equal pauses at the one nearest to its middle."""
    waiting = [part]
    while waiting:
        some = waiting.pop()
        first, last = some[0][0], some[-1][0]
        if last - first <= LONGEST:
            yield some
            continue
        cut = max(
            range(1, len(some)),
            key=lambda at: (some[at][0] - some[at - 1][0], -abs(some[at][0] + some[at - 1][0] - first - last), -at),
        )
        waiting += [some[cut:], some[:cut]]


def _overlapping(rows: Sequence[int], whens: Sequence[When]) -> Iterator[list[int]]:
    """Rows of wide dates, grouped where their dates overlap."""
    group: list[int] = []
    until = BEGINNING
    for row in sorted(rows, key=lambda row: (whens[row].earliest, whens[row].latest, row)):
        if group and whens[row].earliest > until:
            yield group
            group, until = [], BEGINNING
        group.append(row)
        until = max(until, whens[row].latest)
    if group:
        yield group
