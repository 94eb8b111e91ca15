"""Two states of one review: which findings came, went or changed between them, and the entries that made the difference.

An agency corrects its return, an answer comes in, the reviewer decides. Findings keep their ids, entries are matched by
name and content, and each difference names what changed in the record. The rules are the same for both: both states are
judged by this program.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import singledispatch

from kg.dates.when import When, day_of
from kg.findings.finding import Detail, Finding
from kg.findings.missed_share import MissedShare
from kg.findings.not_seen import NotSeen
from kg.findings.one_sided import OneSided
from kg.findings.opportunity import Opportunity
from kg.findings.pooled_threshold import Pooled
from kg.findings.study import Study
from kg.model.record import Entry
from kg.model.review import Review

READ_FIELDS = tuple(each.name for each in fields(Entry) if each.name not in ("name", "ref", "place", "cells"))
"""What is read from a row, apart from its cells and where it stands."""

SETTINGS = ("title", "jurisdiction", "area", "kind", "period", "incident", "subjects")
"""What review.toml says in one place each; people, agencies and sources are compared one by one."""


@dataclass(frozen=True, slots=True)
class ChangedEntry:
    """One row that both states have, and the columns in which they differ ("read as" for what is only read otherwise)."""

    before: Entry
    after: Entry
    columns: tuple[str, ...]

    @property
    def codes_read(self) -> tuple[str, ...]:
        """The codes that stand later by the reviewer's reading and did not before, as "indicator:bruising"."""
        return tuple(code for code in self.after.accepted if code not in self.before.accepted)

    @property
    def codes_gone(self) -> tuple[str, ...]:
        """The codes that stood by the reviewer's reading and no longer do."""
        return tuple(code for code in self.before.accepted if code not in self.after.accepted)

    @property
    def passed(self) -> bool:
        """Whether the reviewer has passed its narrative since."""
        return self.after.passed and not self.before.passed


@dataclass(frozen=True, slots=True)
class Entries:
    """The rows of two states: added, removed, changed; all others are the same word for word."""

    added: tuple[Entry, ...]
    removed: tuple[Entry, ...]
    changed: tuple[ChangedEntry, ...]


@dataclass(frozen=True, slots=True)
class Why:
    """What changed in the record that bears on one finding, as rows by name.

    ``named`` are rows that the finding itself names; ``touching`` other changed rows of, to or from its agencies (or, where
    it names no agency, about the same people). ``decided`` is true if the reviewer's decision on it changed; ``settings``
    if review.toml changed. ``read`` are those of these rows on which the reviewer's codes differ, the named ones first.
    """

    named: tuple[str, ...]
    touching: tuple[str, ...]
    decided: bool
    settings: bool
    read: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Difference:
    """One finding that came (``before`` None), went (``after`` None) or changed, and why.

    ``changes`` maps what differs ("certainty", "outcome", ...) to its words before and after.
    """

    before: Finding | None
    after: Finding | None
    changes: Mapping[str, tuple[str, str]]
    why: Why


@dataclass(frozen=True, slots=True)
class Diff:
    """Everything that differs between two states of a review. ``settings`` are the parts of review.toml that differ."""

    settings: tuple[str, ...]
    entries: Entries
    came: tuple[Difference, ...]
    went: tuple[Difference, ...]
    changed: tuple[Difference, ...]

    @property
    def same(self) -> bool:
        """Whether no finding differs."""
        return not (self.came or self.went or self.changed)


def diff(a: Study, b: Study) -> Diff:
    """Compare an earlier state ``a`` of a review with a later one ``b``. Moving a row changes nothing.

    Findings come in the order in which each state lists them: those that came and changed as ``b`` does, those that went
    as ``a`` does. Raises nothing.
    """
    entries, same = match_entries(a.review, b.review)
    settings = settings_changed(a.review, b.review)
    explain = _Reasons(a, b, entries, settings)
    before, after = _by_id(a.findings), _by_id(b.findings)
    came, went, changed = [], [], []
    for key, finding in after.items():
        old = before.get(key)
        if old is None:
            came.append(Difference(None, finding, {}, explain.why(None, finding)))
            continue
        was, now = aspects(a, old, same), aspects(b, finding)
        changes = {
            what: (was.get(what, ""), now.get(what, ""))
            for what in dict.fromkeys([*was, *now])
            if was.get(what, "") != now.get(what, "")
        }
        if changes:
            changed.append(Difference(old, finding, changes, explain.why(old, finding)))
    for key, finding in before.items():
        if key not in after:
            went.append(Difference(finding, None, {}, explain.why(finding, None)))
    return Diff(settings, entries, tuple(came), tuple(went), tuple(changed))


def _by_id(findings: Iterable[Finding]) -> dict[tuple[str, int], Finding]:
    """Findings by id; should two share one, by their turn."""
    found: dict[tuple[str, int], Finding] = {}
    turns: dict[str, int] = defaultdict(int)
    for finding in findings:
        found[finding.id, turns[finding.id]] = finding
        turns[finding.id] += 1
    return found


Named = Callable[[Iterable[int | None]], str]


def aspects(gaps: Study, finding: Finding, renamed: Mapping[str, str] | None = None) -> dict[str, str]:
    """What can change of a finding while it stays the same one, in words. ``renamed`` gives the later names of rows."""
    renamed = renamed or {}

    def rows(some: Iterable[int | None]) -> str:
        names = (gaps.review.entries[row].name for row in some if row is not None)
        return ", ".join(renamed.get(name, name) for name in names)

    return {
        "kind": finding.kind,
        "certainty": finding.certainty,
        "status": finding.status,
        **_own_aspects(finding.detail, rows),
    }


@singledispatch
def _own_aspects(detail: Detail, rows: Named) -> dict[str, str]:
    """What only one kind of finding may change in; ``rows`` names rows as they are called later."""
    return {}


@_own_aspects.register
def _(detail: Opportunity, rows: Named) -> dict[str, str]:
    outcomes = (f"{each.duty.family}: {each.outcome} ({each.opening.subject})" for each in detail.outcomes)
    asked = dict.fromkeys(row for each in detail.outcomes for row in each.asked)
    return {"strength": detail.strength, "outcome": "; ".join(sorted(outcomes)), "agency's answer": rows(asked)}


@_own_aspects.register
def _(detail: MissedShare, rows: Named) -> dict[str, str]:
    return {
        "grade": detail.grade,
        "channel": detail.channel,
        "holders": "; ".join(f"{held.agency} since {held.since.plain()}" for held in detail.holders),
        "learnt": rows(held.learnt[0] if held.learnt else None for held in detail.holders),
        "contacts": rows(detail.contacts),
    }


@_own_aspects.register
def _(detail: NotSeen, rows: Named) -> dict[str, str]:
    return {"days": f"{detail.at_least}-{detail.at_most}", "between": rows((detail.after, detail.until))}


@_own_aspects.register
def _(detail: Pooled, rows: Named) -> dict[str, str]:
    alone = "never" if detail.alone is None else f"{day_of(detail.alone).isoformat()} by {detail.first}"
    return {
        "together": day_of(detail.together).isoformat(),
        "alone": alone,
        "days": str(detail.days),
        "pieces": rows(piece.row for piece in detail.pieces),
    }


@_own_aspects.register
def _(detail: OneSided, rows: Named) -> dict[str, str]:
    return {"entry": rows((detail.row,))}


def settings_changed(a: Review, b: Review) -> tuple[str, ...]:
    """What differs between two states of review.toml, by name; the folder and the files' names do not count."""
    found = [name for name in SETTINGS if _told(getattr(a, name)) != _told(getattr(b, name))]
    for what, before, after in (
        ("person", {each.name: each for each in a.people}, {each.name: each for each in b.people}),
        ("agency", {each.name: each for each in a.agencies}, {each.name: each for each in b.agencies}),
        ("source", {each.key: each for each in a.sources}, {each.key: each for each in b.sources}),
    ):
        found += [f"{what} {name}" for name in sorted({*before, *after}) if before.get(name) != after.get(name)]
    return tuple(found)


def _told(value: object) -> object:
    return (value.earliest, value.latest) if isinstance(value, When) else value


def match_entries(a: Review, b: Review) -> tuple[Entries, dict[str, str]]:
    """Match the rows of two states, each at most once: by Ref, by the same cells, by date and words, then by name.

    A row without a Ref keeps its identity when others are put before it. Returns the differences, and for each row of ``a``
    that is still there its name in ``b``.
    """
    left, right = list(a.entries), list(b.entries)
    pairs: list[tuple[Entry, Entry]] = []
    for key in _KEYS:
        waiting: dict[Hashable, list[Entry]] = defaultdict(list)
        for entry in right:
            if (mark := key(entry)) is not None:
                waiting[mark].append(entry)
        rest = []
        for entry in left:
            mark = key(entry)
            if mark is not None and waiting.get(mark):
                pairs.append((entry, waiting[mark].pop(0)))
            else:
                rest.append(entry)
        taken = {id(after) for _, after in pairs}
        left, right = rest, [entry for entry in right if id(entry) not in taken]
    changed = [
        ChangedEntry(before, after, columns)
        for before, after in pairs
        if (columns := tuple(columns_changed(before, after)))
    ]
    changed.sort(key=lambda each: each.after.name)
    return (
        Entries(
            tuple(sorted(right, key=lambda entry: entry.name)),
            tuple(sorted(left, key=lambda entry: entry.name)),
            tuple(changed),
        ),
        {before.name: after.name for before, after in pairs},
    )


def _cells(entry: Entry) -> Hashable:
    return (entry.agency, tuple(sorted(entry.cells.items())))


_KEYS: tuple[Callable[[Entry], Hashable], ...] = (
    lambda entry: entry.name if entry.cells.get("ref") else None,
    _cells,
    lambda entry: (entry.agency, entry.when.words, entry.narrative) if not entry.cells.get("ref") else None,
    lambda entry: entry.name,
)


def columns_changed(before: Entry, after: Entry) -> Iterator[str]:
    """The columns in which two states of a row differ; "read as ..." where the cells are the same but are read otherwise."""
    cells = [
        name
        for name in dict.fromkeys([*before.cells, *after.cells])
        if before.cells.get(name, "").strip() != after.cells.get(name, "").strip()
    ]
    yield from cells
    if not cells:
        for name in READ_FIELDS:
            if _told(getattr(before, name)) != _told(getattr(after, name)):
                yield f"read as {name.replace('_', ' ')}"


class _Reasons:
    """What changed in the record, asked finding by finding."""

    def __init__(self, a: Study, b: Study, entries: Entries, settings: Sequence[str]) -> None:
        self._a, self._b, self._settings = a, b, bool(settings)
        self._before = {entry.name for entry in entries.removed} | {each.before.name for each in entries.changed}
        self._after = {entry.name for entry in entries.added} | {each.after.name for each in entries.changed}
        changed = [each for each in entries.changed if each.codes_read or each.codes_gone]
        self._read = frozenset(name for each in changed for name in (each.before.name, each.after.name))
        self._moved = [*entries.added, *entries.removed]
        self._moved += [entry for each in entries.changed for entry in (each.before, each.after)]

    def why(self, before: Finding | None, after: Finding | None) -> Why:
        named: dict[str, None] = {}
        agencies: set[str] = set()
        people: set[str] = set()
        for finding, gaps, moved in ((before, self._a, self._before), (after, self._b, self._after)):
            if finding is None:
                continue
            names = (gaps.review.entries[row].name for row in finding.detail.rests_on())
            named.update((name, None) for name in names if name in moved)
            agencies |= finding.agencies()
            people |= finding.people(gaps.knowledge)
        touching = {
            entry.name
            for entry in self._moved
            if entry.name not in named and agencies & {entry.agency, *entry.shared_with, *entry.received_from}
        } | {entry.name for entry in self._moved if not agencies and people & {*entry.people, *entry.about}}
        return Why(
            tuple(sorted(named)),
            tuple(sorted(touching - named.keys())),
            before is not None and after is not None and before.status != after.status,
            self._settings,
            tuple(name for name in (*sorted(named), *sorted(touching - named.keys())) if name in self._read),
        )
