"""Openings: the entries at which a rule, in force that day, called for a response from the agency itself.

Only what the agency held then can open a duty: what the entry itself reveals, and what it surely held before. Never the
merged whole, and nothing that came later.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from kg.chronology import in_order
from kg.duties import Rule, Rules, before, editions_for
from kg.facts import Facts, bits_of
from kg.knowledge import Knowledge
from kg.missed import is_public
from kg.model import Entry, Review
from kg.near import Near
from kg.terms import Duty, Terms
from kg.when import BEGINNING, DAY


@dataclass(frozen=True, slots=True)
class Opening:
    """One entry at which one duty called for a response, for one subject.

    ``editions`` are the editions that may be in force (with whether each trigger was met itself or only through a broader
    concept, and whether surely); ``in_force`` is true if the date surely falls under one of them. ``by`` says how it
    opened: "revealed" (the entry reveals it), "response" (its contact or response is the trigger) or "decision" (a point
    of decision while it stood unanswered). ``facts`` are the trigger facts, ``concepts`` their notations, ``held_rows``
    the rows that brought those held before.
    """

    row: int
    rule: Rule
    subject: str
    by: str
    editions: tuple[tuple[Duty, bool], ...]
    in_force: bool
    sure: bool
    facts: int
    concepts: tuple[str, ...]
    held_rows: tuple[int, ...]


class Triggers:
    """What opens duties, indexed so that each entry asks only about the rules its own words can touch."""

    def __init__(self, rules: Rules) -> None:
        self.by_notation: dict[str, list[Rule]] = defaultdict(list)
        for rule in rules.all:
            words = {word for duty in rule.editions for word in rules.triggers(duty)}
            for word in sorted(words):
                self.by_notation[word].append(rule)

    def touched(self, notations: Sequence[str]) -> list[Rule]:
        """The rules that some notations can open, in order of family."""
        found = {rule.family: rule for word in notations for rule in self.by_notation.get(word, ())}
        return [found[family] for family in sorted(found)]


def openings(
    review: Review, facts: Facts, knowledge: Knowledge, rules: Rules, terms: Terms
) -> tuple[list[Opening], list[Opening]]:
    """Every opening that an entry makes by itself, and every point of decision at which a trigger was held.

    The second list holds candidates: whether the trigger still stood unanswered is for the outcome to say, and
    ``with_rows`` adds the rows that brought what was held, for those that did. Undated entries, entries on or after the
    incident and the public open nothing.
    """
    triggers = Triggers(rules)
    made: list[Opening] = []
    decided: list[Opening] = []
    types = {agency.name: agency.type for agency in review.agencies if not is_public(agency, terms)}
    earlier = Behind(review, facts)
    for row, entry in enumerate(review.entries):
        kind = types.get(entry.agency)
        if kind is None or entry.known.undated or entry.known.earliest >= review.incident.earliest:
            continue
        for subject in review.subjects:
            if not _bears(entry, row, subject, facts) or _out_of_time(review, facts, entry, subject):
                continue
            touched = triggers.touched((entry.contact, *entry.indicators, *entry.responses))
            direct = {rule.family for rule in touched}
            for rule in touched:
                opening = _open(review, facts, knowledge, rules, rule, row, subject, kind, earlier)
                if opening is not None:
                    made.append(opening)
                else:
                    direct.discard(rule.family)
            if is_decision(entry, terms):
                decided += _decisions(review, facts, knowledge, rules, triggers, row, subject, kind, direct, earlier)
    return made, decided


def is_decision(entry: Entry, terms: Terms) -> bool:
    """Whether an entry is a point of decision: by its kind of contact, or because its response declines or closes."""
    kind = terms.concept("contact", entry.contact) if entry.contact else None
    return (kind is not None and "decision" in kind.flags) or declines(entry, terms)


def declines(entry: Entry, terms: Terms) -> bool:
    """Whether an entry's response is a decision to do nothing more: no further action, closed, accepted, not investigated."""
    return any(
        (concept := terms.concept("response", response)) is not None and "declines" in concept.flags
        for response in entry.responses
    )


class Behind:
    """What lies behind each entry, found by time: the agency's rows by notation, and all facts by their origin."""

    def __init__(self, review: Review, facts: Facts) -> None:
        self.rank = {row: place for place, row in enumerate(in_order(review))}
        rows: dict[tuple[str, str], list[int]] = defaultdict(list)
        for row, entry in enumerate(review.entries):
            for word in dict.fromkeys((entry.contact, *entry.responses)):
                if word:
                    rows[entry.agency, word].append(row)
        self._rows = {
            key: Near(some, lambda row: (review.entries[row].known.earliest, review.entries[row].known.latest))
            for key, some in rows.items()
        }
        begun = sorted((review.entries[fact.origin].known.earliest, number) for number, fact in enumerate(facts.all))
        self._begun = [moment for moment, _ in begun]
        self._numbers = [number for _, number in begun]
        self._from = [0] * (len(begun) // STEP + 2)
        for step in range(len(self._from) - 2, -1, -1):
            self._from[step] = self._from[step + 1] | _ones(self._numbers[step * STEP : (step + 1) * STEP])

    def rows(self, agency: str, word: str, since: int, until: int) -> Iterator[int]:
        """The agency's rows of one contact or response that may touch a stretch of time."""
        near = self._rows.get((agency, word))
        return iter(()) if near is None else near.between(since, until)

    def begun_since(self, moment: int) -> int:
        """The facts whose events began at or after a moment."""
        if moment <= BEGINNING:
            return self._from[0]
        at = bisect_left(self._begun, moment)
        step = -(-at // STEP)
        return self._from[step] | _ones(self._numbers[at : step * STEP])

    def in_order(self, rows: Iterable[int]) -> tuple[int, ...]:
        """Some rows as they are read."""
        return tuple(sorted({*rows}, key=self.rank.__getitem__))


STEP = 64
"""How many facts in order of time lie between two sets of all later ones."""


def _ones(numbers: Iterable[int]) -> int:
    mask = 0
    for number in numbers:
        mask |= 1 << number
    return mask


def _out_of_time(review: Review, facts: Facts, entry: Entry, subject: str) -> bool:
    """Whether an entry lies so long before the period, or a subject's birth, that it is likelier a slip of the date.

    A year before either: what agencies held of an unborn child in pregnancy counts.
    """
    year = 366 * DAY
    before_period = entry.known.latest < review.period.earliest - year
    return before_period or facts.household.unborn(subject, entry.known.latest + year)


def _bears(entry: Entry, row: int, subject: str, facts: Facts) -> bool:
    """Whether an entry concerns a subject: it is about them, names somebody who bears on them (and no other subject), or
    reveals something of such a person."""
    if facts.is_about(entry, row, subject):
        return True
    people = (*entry.people, *entry.about)
    if not {*people} & {*facts.household.subjects} and any(
        subject in facts.household.bears_on(name) for name in people
    ):
        return True
    return any(subject in facts.household.bears_on(facts.all[number].person) for number in bits_of(facts.possibly[row]))


def _open(
    review: Review,
    facts: Facts,
    knowledge: Knowledge,
    rules: Rules,
    rule: Rule,
    row: int,
    subject: str,
    kind: str,
    earlier: Behind,
) -> Opening | None:
    entry = review.entries[row]
    editions, in_force = editions_for(rule, entry.known)
    opened: list[tuple[Duty, bool]] = []
    by, mask, sure = "", 0, False
    concepts: tuple[str, ...] = ()
    rows: tuple[int, ...] = ()
    for duty in editions:
        if not rules.binds(duty, kind):
            continue
        words = rules.triggers(duty)
        own = 0 if _came_from_addressee(review, rules, duty, row) else _own(facts, row, subject, words)
        acts = [word for word in dict.fromkeys((entry.contact, *entry.responses)) if word in words]
        if acts and not facts.is_about(entry, row, subject):
            acts = []
        if not own and not acts:
            continue
        if duty.trigger_count > 1:
            enough = _enough(review, facts, knowledge, duty, words, row, subject, own, acts, earlier)
            if enough is None:
                continue
            held, held_concepts, act_rows = enough
            rows = (*rows, *_rows_that_brought(knowledge, entry.agency, held & ~own), *act_rows)
        else:
            held, held_concepts = own, ()
        opened.append((duty, _direct(facts, own, acts, words)))
        by = by or ("revealed" if own else "response")
        mask |= held
        sure = sure or bool(acts) or bool(own & facts.surely[row])
        concepts = (*concepts, *(facts.all[number].indicator for number in bits_of(own)), *acts, *held_concepts)
    if not opened:
        return None
    return Opening(
        row,
        rule,
        subject,
        by,
        tuple(opened),
        in_force,
        sure,
        mask,
        _own_first(entry, concepts),
        earlier.in_order(rows),
    )


def _decisions(
    review: Review,
    facts: Facts,
    knowledge: Knowledge,
    rules: Rules,
    triggers: Triggers,
    row: int,
    subject: str,
    kind: str,
    already: set[str],
    earlier: Behind,
) -> Iterator[Opening]:
    """Rules whose trigger the agency surely held before a point of decision, and that the entry does not open itself."""
    entry = review.entries[row]
    ledger = knowledge.sure[entry.agency]
    held = ledger.held(entry.known.earliest - 1) & ~facts.possibly[row]
    bearing = [
        (indicator, mask) for indicator in facts.indicators() if (mask := held & facts.bearing(subject, indicator))
    ]
    for rule in triggers.touched([indicator for indicator, _ in bearing]):
        if rule.family in already:
            continue
        editions, in_force = editions_for(rule, entry.known)
        opened: list[tuple[Duty, bool]] = []
        mask = 0
        concepts: tuple[str, ...] = ()
        for duty in editions:
            if not rules.binds(duty, kind):
                continue
            words = rules.triggers(duty)
            own = 0
            for indicator, bits in bearing:
                if indicator in words:
                    own |= bits
            if not own:
                continue
            if duty.trigger_count > 1:
                enough = _enough(review, facts, knowledge, duty, words, row, subject, 0, (), earlier)
                if enough is None:
                    continue
                own |= enough[0]
            recorded = [indicator for indicator in facts.indicators() if own & facts.bearing(subject, indicator)]
            opened.append((duty, any(words[indicator] for indicator in recorded)))
            mask |= own
            concepts = (*concepts, *recorded)
        if opened:
            yield Opening(
                row, rule, subject, "decision", tuple(opened), in_force, True, mask, _own_first(entry, concepts), ()
            )


def with_rows(standing: Sequence[Opening], review: Review, knowledge: Knowledge) -> list[Opening]:
    """Points of decision with the rows that brought what their agency held, in order."""
    rank = {row: place for place, row in enumerate(in_order(review))}
    found = []
    for opening in standing:
        rows = {*_rows_that_brought(knowledge, review.entries[opening.row].agency, opening.facts)}
        found.append(replace(opening, held_rows=tuple(sorted(rows, key=rank.__getitem__))))
    return found


def _own_first(entry: Entry, concepts: Sequence[str]) -> tuple[str, ...]:
    """Notations in order: what the entry itself says, then what was held before."""
    said = {entry.contact, *entry.indicators, *entry.responses}
    return tuple(sorted({*concepts}, key=lambda concept: (concept not in said, concept)))


def _own(facts: Facts, row: int, subject: str, words: Mapping[str, bool]) -> int:
    mask = 0
    for number, fact in facts.numbered(facts.possibly[row]):
        if fact.indicator in words and subject in facts.household.bears_on(fact.person):
            mask |= 1 << number
    return mask


def _came_from_addressee(review: Review, rules: Rules, duty: Duty, row: int) -> bool:
    """Whether an entry passes on what an agency told to which the duty would have it referred: nobody refers back.

    An entry that records the person as seen may have signs of its own, and does not count. Nor does a later decision of
    the agency: who closes what it was told can be expected to go back to the one who told it.
    """
    entry = review.entries[row]
    return entry.seen not in ("yes", "alone", "names") and any(
        rules.only_refers_to(duty, review.agency(teller).type) for teller in entry.received_from
    )


def _direct(facts: Facts, own: int, acts: Sequence[str], words: Mapping[str, bool]) -> bool:
    return any(words[act] for act in acts) or any(words[facts.all[number].indicator] for number in bits_of(own))


def _rows_that_brought(knowledge: Knowledge, agency: str, mask: int) -> list[int]:
    ledger = knowledge.sure[agency]
    return [holding.gain.row for number in bits_of(mask) if (holding := ledger.of(number)) is not None]


def _enough(
    review: Review,
    facts: Facts,
    knowledge: Knowledge,
    duty: Duty,
    words: Mapping[str, bool],
    row: int,
    subject: str,
    own: int,
    acts: Sequence[str],
    earlier: Behind,
) -> tuple[int, tuple[str, ...], tuple[int, ...]] | None:
    """Whether the agency, with what it already surely held, has the number of triggers that a duty counts.

    Two of several means two distinct concepts of the duty's own list; of one concept, that many events of it. A window
    counts only those that began within it. Answers the facts, notations and earlier rows of acts, or None.
    """
    entry = review.entries[row]
    start = BEGINNING if duty.window is None else before(duty.window, max(entry.known.earliest, 0))
    held = knowledge.sure[entry.agency].held(entry.known.earliest - 1)
    mask, concepts, origins, rows = own, [], set(), []
    for number in bits_of(own):
        origins.add(facts.all[number].origin)
        concepts.append(facts.all[number].indicator)
    recent = held & earlier.begun_since(start) & ~own
    for indicator in facts.indicators():
        part = recent & facts.bearing(subject, indicator) if indicator in words else 0
        if part:
            mask |= part
            concepts.append(indicator)
    for number in bits_of(mask & ~own):
        if len(origins) >= duty.trigger_count:
            break
        origins.add(facts.all[number].origin)
    for act in acts:
        origins.add(row)
        concepts.append(act)
    for word in words:
        for other in earlier.rows(entry.agency, word, start, entry.known.earliest):
            then = review.entries[other]
            if (
                other != row
                and then.known.surely_before(entry.known)
                and then.known.earliest >= start
                and facts.is_about(then, other, subject)
            ):
                origins.add(other)
                concepts.append(word)
                rows.append(other)
    number_met = len(origins) if len(duty.trigger) == 1 else len(_of_list(duty, concepts, words, facts))
    if number_met < duty.trigger_count:
        return None
    return mask, tuple(dict.fromkeys(concepts)), tuple(dict.fromkeys(rows))


def _of_list(duty: Duty, concepts: Sequence[str], words: Mapping[str, bool], facts: Facts) -> set[str]:
    """The items of a duty's own list that some notations are, are cases of, or are signs of."""
    found: set[str] = set()
    for concept in concepts:
        above = facts.points_to(concept)
        found |= {item for item in duty.trigger if item in above}
    return found
