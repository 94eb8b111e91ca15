"""What a panel talks about: a stretch of days around an event or a decision, with all its accounts and its findings.

Computed, the same whatever the order of rows, and known by what it is about: the gravest event in it. The reviewer may
rename, join, part and order episodes (episodes.csv); those decisions are kept by entry, so that they survive a corrected
return.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from kg.chronology.order import begins, in_order, turn
from kg.dates.when import DAY, END, day_of
from kg.findings.finding import Finding, Keys
from kg.findings.missed_share import MissedShare
from kg.findings.opportunity import Opportunity
from kg.findings.stretches import WIDEST, Grouping, Stretch, width
from kg.findings.study import Study, Told
from kg.knowledge.bits import bits_of
from kg.model.record import Entry
from kg.model.review import Review
from kg.model.reviewer import EpisodeChoice

WORD, WEEK = "episode", 7 * DAY


@dataclass(frozen=True, slots=True)
class Episode:
    """One stretch of days that belongs together.

    ``anchor`` is the row it is known by: its gravest event, or else sign. ``gravity`` is that event's, 1 to 3 (ours); where
    it records no event, that of the gravest sign, and 0 where there is none. ``rows`` are in the order of reading,
    ``findings`` in the order in which they are read. ``name`` is the reviewer's, or "". ``place`` is the reviewer's place
    for it, or None.
    """

    id: str
    anchor: int
    rows: tuple[int, ...]
    seeds: tuple[int, ...]
    gravity: int
    findings: tuple[Finding, ...] = ()
    name: str = ""
    place: int | None = None

    def dated(self, review: Review) -> list[Entry]:
        """The rows that say when it was: dated as closely as its anchor, within a week or a month; all where it is not."""
        entries = [review.entries[row] for row in self.rows]
        close = width(review.entries[self.anchor].when)
        return [entry for entry in entries if close <= WIDEST and width(entry.when) <= max(close, WEEK)] or entries

    def first(self, review: Review) -> int:
        """The first minute of it that the record gives."""
        return min(begins(entry) for entry in self.dated(review))

    def last(self, review: Review) -> int:
        """The last minute of it that the record gives."""
        whens = [entry.when for entry in self.dated(review)]
        return max(when.latest if when.latest < END else when.earliest for when in whens)

    def days(self, review: Review) -> tuple[str, str]:
        """Its first and last day, in ISO form."""
        return day_of(self.first(review)).isoformat(), day_of(self.last(review)).isoformat()

    def of(self, *kinds: str) -> list[Finding]:
        """Its findings of some kinds that the reviewer did not dismiss."""
        return [each for each in self.findings if each.kind in kinds and each.status != "dismissed"]


@dataclass(frozen=True, slots=True)
class Episodes:
    """All episodes of a review, in the order of time unless the reviewer gave another, and where each finding belongs."""

    all: tuple[Episode, ...]
    unknown: tuple[EpisodeChoice, ...] = ()

    def of_finding(self) -> Mapping[str, str]:
        """The id of the episode of each finding that lies in one."""
        return {finding.id: each.id for each in self.all for finding in each.findings}


def episodes(gaps: Study, choices: Sequence[EpisodeChoice] | None = None) -> Episodes:
    """The episodes of a review, with what the reviewer made of them: the review's own choices unless others are given.

    An episode begins with a row that records an event about a subject, opens a duty, or closes or declines; tellings,
    answers and decisions carry it on; it ends when 14 days bring nothing more (ours). Where the record knows no such pause,
    a stretch longer than four weeks is parted at its longest pause (ours too). Undated rows are in none. A finding belongs
    to the episode of its first row; one whose first row lies in a stretch between belongs to none.
    """
    grave = _gravities(gaps)
    outcomes = [outcome for _, each in gaps.of(Opportunity) for outcome in each.outcomes]
    grouping = Grouping(gaps.knowledge.chronology, grave.events.keys(), outcomes)
    keys = Keys(gaps.review)
    made = [_episode(gaps, keys, stretch, grave) for stretch in grouping.stretches()]
    made, unknown = _as_chosen(gaps, keys, made, grave, gaps.review.episodes if choices is None else choices)
    return Episodes(tuple(_with_findings(gaps, made)), unknown)


def by_gravity(gaps: Study, each: Episode) -> tuple[object, ...]:
    """The order in which episodes serve a reader: the reviewer's, else gravest event, novelty, decisions, path, contacts.

    Nothing in it is fitted to a case; gravity is the vocabulary's own (ours, said so).
    """
    shares = [gap for _, gap in details(each, MissedShare)]
    novel = [gap for gap in shares if gap.grade == "novel" and gap.certainty == "sure"]
    missed = [found for _, found in details(each, Opportunity)]
    return (
        each.place is None,
        each.place or 0,
        -each.gravity,
        not novel,
        -len([found for found in missed if found.kind == "decision-to-look-at"]),
        -len([found for found in missed if found.kind == "missed-opportunity"]),
        not any(gap.channel == "unsaid" for gap in novel),
        -len({row for gap in novel for row in gap.contacts}),
        each.first(gaps.review),
        each.id,
    )


def details(each: Episode, detail: type[Told]) -> list[tuple[Finding, Told]]:
    """The findings of an episode that rest on one kind of detail, without those dismissed."""
    return [
        (finding, finding.detail)
        for finding in each.findings
        if finding.status != "dismissed" and isinstance(finding.detail, detail)
    ]


def id_of(keys: Keys, gaps: Study, row: int) -> str:
    """The id of the episode that a row would be known by."""
    return keys.id(WORD, WORD, keys.entry(gaps.review.entries[row]))


@dataclass(frozen=True, slots=True)
class Grave:
    """How grave each row is that says something of a subject: by the events it records, and by all its signs."""

    events: Mapping[int, int]
    signs: Mapping[int, int]

    def anchor(self, gaps: Study, rows: Sequence[int]) -> int:
        """The row by which a stretch is known: its gravest event, else its gravest sign; then the closest date, the first."""
        entries = gaps.review.entries
        return min(
            rows,
            key=lambda row: (
                -self.events.get(row, 0),
                -self.signs.get(row, 0),
                width(entries[row].when),
                turn(entries[row]),
            ),
        )


def _gravities(gaps: Study) -> Grave:
    facts, terms = gaps.facts, gaps.terms
    events: dict[int, int] = {}
    signs: dict[int, int] = {}
    for row in range(len(gaps.review.entries)):
        for number in bits_of(facts.possibly[row]):
            fact = facts.all[number]
            concept = terms.concept("indicator", fact.indicator)
            if concept is None or fact.person not in gaps.review.subjects:
                continue
            signs[row] = max(signs.get(row, 0), concept.gravity)
            if concept.nature == "event":
                events[row] = max(events.get(row, 0), concept.gravity)
    return Grave(events, signs)


def _episode(gaps: Study, keys: Keys, stretch: Stretch, grave: Grave) -> Episode:
    anchor = grave.anchor(gaps, stretch.seeds or stretch.rows)
    gravity = grave.events.get(anchor, 0) or grave.signs.get(anchor, 0)
    return Episode(id_of(keys, gaps, anchor), anchor, stretch.rows, stretch.seeds, gravity)


def first_of(review: Review, finding: Finding) -> int | None:
    """The first row of a finding: of those dated within a month, if there are any. None where it judges no row."""
    rows = in_order(review, finding.detail.rows())
    near = [row for row in rows if width(review.entries[row].when) <= WIDEST]
    return next(iter(near or rows), None)


def _with_findings(gaps: Study, made: Iterable[Episode]) -> list[Episode]:
    where = {row: each.id for each in made for row in each.rows}
    found: dict[str, list[Finding]] = defaultdict(list)
    for finding in gaps.findings:
        first = first_of(gaps.review, finding)
        if first in where:
            found[where[first]].append(finding)
    ordered = sorted(made, key=lambda each: (each.place is None, each.place or 0, each.first(gaps.review), each.id))
    return [replace(each, findings=tuple(found[each.id])) for each in ordered]


class _Chosen:
    """Episodes while the reviewer's decisions are applied, found by any entry that ever named them."""

    def __init__(self, gaps: Study, keys: Keys, made: Sequence[Episode], grave: Grave) -> None:
        self._gaps, self._keys, self._grave = gaps, keys, grave
        self._rows = {id_of(keys, gaps, row): row for row in range(len(gaps.review.entries))}
        self._named = {entry.name: row for row, entry in enumerate(gaps.review.entries)}
        self.all = {each.id: each for each in made}

    def find(self, words: str) -> Episode | None:
        """The episode that an id or an entry's name stands for now: the one that holds the entry it was known by."""
        if words in self.all:
            return self.all[words]
        row = self._rows.get(words, self._named.get(words))
        return next((each for each in self.all.values() if row in each.rows), None) if row is not None else None

    def apply(self, choice: EpisodeChoice) -> bool:
        """Apply one decision; false where what it names is not in the review."""
        each = self.find(choice.id)
        if each is None:
            return False
        if choice.what == "name":
            self.all[each.id] = replace(each, name=choice.value)
        elif choice.what == "order":
            self.all[each.id] = replace(each, place=int(choice.value))
        elif choice.what == "join":
            return self._join(each, self.find(choice.value))
        else:
            return self._part(each, self._named.get(choice.value))
        return True

    def _join(self, each: Episode, other: Episode | None) -> bool:
        if other is None or other.id == each.id:
            return other is not None
        del self.all[each.id], self.all[other.id]
        self._put(each, {*each.rows, *other.rows}, {*each.seeds, *other.seeds})
        return True

    def _part(self, each: Episode, row: int | None) -> bool:
        if row not in each.rows:
            return False
        at = each.rows.index(row)
        if at == 0:
            return True
        del self.all[each.id]
        for rows, name in ((each.rows[:at], each.name), (each.rows[at:], "")):
            self._put(replace(each, name=name), {*rows}, {*each.seeds} & {*rows})
        return True

    def _put(self, before: Episode, rows: set[int], seeds: set[int]) -> None:
        stretch = Stretch(in_order(self._gaps.review, rows), in_order(self._gaps.review, seeds))
        made = _episode(self._gaps, self._keys, stretch, self._grave)
        self.all[made.id] = replace(made, name=before.name, place=before.place)


def _as_chosen(
    gaps: Study, keys: Keys, made: Sequence[Episode], grave: Grave, choices: Sequence[EpisodeChoice]
) -> tuple[list[Episode], tuple[EpisodeChoice, ...]]:
    """The episodes as the reviewer made them, decision by decision in their order, and the decisions without an object."""
    if not choices:
        return [*made], ()
    chosen = _Chosen(gaps, keys, made, grave)
    unknown = tuple(choice for choice in choices if not chosen.apply(choice))
    return [*chosen.all.values()], unknown
