"""Openings: the entries at which a rule, in force that day, called for a response from the agency itself.

Only what the agency held then can open a duty: what the entry itself reveals, and what it surely held before. Never the
merged whole, and nothing that came later.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from kg.chronology.events import within
from kg.chronology.order import in_order
from kg.dates.when import BEGINNING, DAY, When
from kg.duties.behind import Behind, Triggers
from kg.duties.limits import before
from kg.duties.rules import Rule, Rules, editions_for
from kg.knowledge.bits import bits_of
from kg.knowledge.facts import Facts
from kg.knowledge.ledger import Knowledge
from kg.model.record import Entry
from kg.model.review import Review
from kg.terms.marks import is_contact, is_decision
from kg.terms.reader import Duty

SHARED = "information-shared"
WALKS = 24
"""Months of age from which a child is taken to move about: our own convention."""


@dataclass(frozen=True, slots=True)
class Opening:
    """One entry at which one duty called for a response, for one subject.

    ``editions`` are the editions that may be in force (with whether each trigger was met itself or only through a broader
    concept, and whether surely); ``in_force`` is true if the date surely falls under one of them. ``by`` says how it
    opened: "revealed" (the entry reveals it), "response" (its contact or response is the trigger) or "decision" (a point
    of decision while it stood unanswered). ``facts`` are the trigger facts, ``concepts`` their notations, ``held_rows``
    the rows that brought those held before. ``when`` is the entry's date as rules are asked by it: a start left open is no
    earlier than the subject's birth or else the period, an end left open no later than the incident.
    """

    row: int
    when: When
    rule: Rule
    subject: str
    by: str
    editions: tuple[tuple[Duty, bool], ...]
    in_force: bool
    sure: bool
    facts: int
    concepts: tuple[str, ...]
    held_rows: tuple[int, ...]


def openings(knowledge: Knowledge, rules: Rules) -> tuple[list[Opening], list[Opening]]:
    """Every opening that an entry makes by itself, and every point of decision at which a trigger was held.

    The second list holds candidates: whether the trigger still stood unanswered is for the outcome to say, and
    ``with_rows`` adds the rows that brought what was held, for those that did. Undated entries, entries on or after the
    incident and the public open nothing.
    """
    review, facts, terms = knowledge.review, knowledge.facts, knowledge.chronology.terms
    made: list[Opening] = []
    decided: list[Opening] = []
    types = {agency.name: agency.type for agency in review.agencies if agency.name not in knowledge.chronology.public}
    looking = _Looking(knowledge, rules)
    for row, entry in enumerate(review.entries):
        kind = types.get(entry.agency)
        if kind is None or entry.known.undated or entry.known.earliest >= review.incident.earliest:
            continue
        for subject in review.subjects:
            if not _bears(entry, row, subject, facts) or _out_of_time(review, facts, entry, subject):
                continue
            at = _At(row, entry, subject, kind, *placed(entry, subject, knowledge))
            found = [each for rule in looking.touched(entry) if (each := looking.open(rule, at)) is not None]
            made += found
            if is_decision(entry, terms) and subject in facts.household.may_concern(entry):
                decided += looking.decisions(at, {opening.rule.family for opening in found})
    return made, decided


@dataclass(frozen=True, slots=True)
class _At:
    """Where a rule may open: one entry, for one subject, by an agency of one type, at a date that may rest on a guess."""

    row: int
    entry: Entry
    subject: str
    kind: str
    when: When
    dated: bool


class _Looking:
    """What is looked up while entries are asked which rules they open."""

    def __init__(self, knowledge: Knowledge, rules: Rules) -> None:
        self._knowledge, self._facts, self._rules = knowledge, knowledge.facts, rules
        self._triggers, self._earlier = Triggers(rules), Behind(knowledge.facts)

    def touched(self, entry: Entry) -> list[Rule]:
        """The rules that an entry's own words can open."""
        return self._triggers.touched((entry.contact, *entry.indicators, *entry.responses))

    def open(self, rule: Rule, at: _At) -> Opening | None:
        """The opening that an entry makes of one rule, or None."""
        facts, rules, row, subject, entry = self._facts, self._rules, at.row, at.subject, at.entry
        editions, in_force = editions_for(rule, at.when)
        opened: list[tuple[Duty, bool]] = []
        by, mask, sure = "", 0, False
        concepts: tuple[str, ...] = ()
        rows: tuple[int, ...] = ()
        certain = at.dated
        for duty in editions:
            if not rules.binds(duty, at.kind):
                continue
            aged = self._of_age(duty, at)
            if aged is None:
                continue
            duty = aged
            words = rules.triggers(duty)
            own = (
                0
                if _came_from_addressee(self._knowledge.review, rules, duty, row)
                else _own(facts, row, subject, words, duty)
            )
            if own and self._restates(at, own):
                own = 0
            acts = [word for word in dict.fromkeys((entry.contact, *entry.responses)) if word in words]
            if acts and not facts.is_about(entry, row, subject):
                acts = []
            if (not own and not acts) or (asks_to_tell(duty) and _others_present(self._knowledge, row)):
                continue
            if duty.trigger_count > 1:
                enough = self._enough(duty, at, own, acts)
                if enough is None:
                    continue
                held, held_concepts, act_rows, counted = enough
                certain = certain and counted
                rows = (*rows, *_rows_that_brought(self._knowledge, entry.agency, held & ~own), *act_rows)
            else:
                held, held_concepts = own, ()
            opened.append((duty, _direct(facts, own, acts, words)))
            by = by or ("revealed" if own else "response")
            mask |= held
            taken = [act for act in acts if f"contact:{act}" not in entry.suggested]
            acted = bool(taken) and facts.is_surely_about(entry, row, subject)
            sure = sure or acted or bool(own & facts.surely[row])
            concepts = (*concepts, *(facts.all[number].indicator for number in bits_of(own)), *acts, *held_concepts)
        if not opened:
            return None
        return Opening(
            row,
            at.when,
            rule,
            subject,
            by,
            tuple(opened),
            in_force,
            sure and certain,
            mask,
            _own_first(entry, concepts),
            self._earlier.in_order(rows),
        )

    def decisions(self, at: _At, already: set[str]) -> Iterator[Opening]:
        """Rules whose trigger the agency surely held before a point of decision, and that the entry does not open itself."""
        facts, rules, row, subject, entry = self._facts, self._rules, at.row, at.subject, at.entry
        ledger = self._knowledge.sure[entry.agency]
        held = ledger.held(entry.known.earliest - 1) & ~facts.possibly[row]
        bearing = [
            (indicator, mask) for indicator in facts.indicators() if (mask := held & facts.owed(subject, indicator))
        ]
        for rule in self._triggers.touched([indicator for indicator, _ in bearing]):
            if rule.family in already:
                continue
            editions, in_force = editions_for(rule, at.when)
            opened: list[tuple[Duty, bool]] = []
            mask = 0
            concepts: tuple[str, ...] = ()
            for duty in editions:
                if not rules.binds(duty, at.kind):
                    continue
                aged = self._of_age(duty, at)
                if aged is None:
                    continue
                duty = aged
                words = rules.triggers(duty)
                own = 0
                for indicator, bits in bearing:
                    if indicator in words:
                        own |= self._opening(bits, subject, duty)
                if not own:
                    continue
                if duty.trigger_count > 1:
                    enough = self._enough(duty, at, 0, ())
                    if enough is None:
                        continue
                    own |= enough[0]
                recorded = [indicator for indicator in facts.indicators() if own & facts.owed(subject, indicator)]
                opened.append((duty, any(words[indicator] for indicator in recorded)))
                mask |= own
                concepts = (*concepts, *recorded)
            if opened:
                yield Opening(
                    row, at.when, rule, subject, "decision", tuple(opened), in_force,
                    at.dated and facts.is_surely_about(entry, row, subject), mask,
                    _own_first(entry, concepts), (),
                )  # fmt: skip

    def _restates(self, at: _At, own: int) -> bool:
        """Whether an entry that is no contact (a supervision, a note to file) only goes over what its agency held before.

        It reveals nothing then; it may still be a point of decision, while what was held stands unanswered.
        """
        if not at.entry.contact or is_contact(at.entry, self._rules.terms):
            return False
        held = self._knowledge.sure[at.entry.agency].held(at.when.earliest - 1) & ~self._facts.possibly[at.row]
        return all(held & self._facts.of_concept(fact.person, fact.indicator) for _, fact in self._facts.numbered(own))

    def _opening(self, mask: int, subject: str, duty: Duty) -> int:
        """Those of some facts that can open a rule for a subject."""
        for number, fact in self._facts.numbered(mask):
            if fact.person != subject and not self._facts.opens_by(fact, subject, duty.trigger):
                mask &= ~(1 << number)
        return mask

    def _of_age(self, duty: Duty, at: _At) -> Duty | None:
        """A rule about children who do not move about, as it asks at an entry: not of a child surely of two years; without
        its condition of one surely too small to move; with it where the age leaves it open."""
        first, last = (self._facts.household.months(at.subject, end) for end in (at.when.earliest, at.when.latest))
        if duty.mobile is not False or first is None or last is None:
            return duty
        if first >= WALKS:
            return None
        small = last < self._rules.terms.conventions["moving"].limit.number
        return replace(duty, condition="") if small else duty

    def _enough(
        self, duty: Duty, at: _At, own: int, acts: Sequence[str]
    ) -> tuple[int, tuple[str, ...], tuple[int, ...], bool] | None:
        """Whether the agency, with what it already surely held, has the number of triggers that a duty counts.

        Two of several means two distinct concepts of the duty's own list; of one concept, that many events of it. A kind of
        contact and the indicator by which the same row says the same are one. A window counts only those that began within
        it. Answers the facts, notations, earlier rows of acts, and whether so in every reading; or None. Rows of one agency
        within the window of linked accounts are possibly one event.
        """
        facts, words, row, subject, entry = self._facts, self._rules.triggers(duty), at.row, at.subject, at.entry
        begins = entry.known.earliest
        start = BEGINNING if duty.window is None or begins < DAY else before(duty.window, begins)
        held = self._knowledge.sure[entry.agency].held(entry.known.earliest - 1)
        mask, concepts, origins, rows = own, [], set(), []
        for number in bits_of(own):
            origins.add(facts.all[number].origin)
            concepts.append(facts.all[number].indicator)
        recent = held & self._earlier.begun_since(start) & ~own
        for indicator in facts.indicators():
            part = recent & facts.owed(subject, indicator) if indicator in words else 0
            if part:
                mask |= part
                concepts.append(indicator)
        for number in bits_of(mask & ~own):
            if len(duty.trigger) > 1 and len(origins) >= duty.trigger_count:
                break
            origins.add(facts.all[number].origin)
        for act in acts:
            origins.add(row)
            if not own or act != entry.contact:
                concepts.append(act)
        for word in words:
            for other in self._earlier.rows(entry.agency, word, start, entry.known.earliest):
                then = self._knowledge.review.entries[other]
                if (
                    other != row
                    and then.known.surely_before(entry.known)
                    and then.known.earliest >= start
                    and facts.is_about(then, other, subject)
                ):
                    origins.add(other)
                    if word != then.contact or not _own(facts, other, subject, words, duty):
                        concepts.append(word)
                    rows.append(other)
        number_met = len(origins) if len(duty.trigger) == 1 else len(_of_list(duty, concepts, words, facts))
        if number_met < duty.trigger_count:
            return None
        counted = len(duty.trigger) > 1 or self._surely_apart(origins, duty.trigger_count)
        return mask, tuple(dict.fromkeys(concepts)), tuple(dict.fromkeys(rows)), counted

    def _surely_apart(self, origins: set[int], enough: int) -> bool:
        """Whether some rows surely make enough events: one agency's, within the window of linked accounts, may be one."""
        entries = self._knowledge.review.entries
        apart: list[int] = []
        for row in self._earlier.in_order(origins):
            mine = entries[row]
            if not any(
                entries[other].agency == mine.agency and within(mine, entries[other], self._rules.terms)
                for other in apart
            ):
                apart.append(row)
            if len(apart) >= enough:
                return True
        return False


def with_rows(standing: Sequence[Opening], knowledge: Knowledge) -> list[Opening]:
    """Points of decision with the rows that brought what their agency held, in order."""
    review = knowledge.review
    rank = {row: place for place, row in enumerate(in_order(review))}
    found = []
    for opening in standing:
        rows = {*_rows_that_brought(knowledge, review.entries[opening.row].agency, opening.facts)}
        found.append(replace(opening, held_rows=tuple(sorted(rows, key=rank.__getitem__))))
    return found


def placed(entry: Entry, subject: str, knowledge: Knowledge) -> tuple[When, bool]:
    """When an entry can have been, as rules are asked by it, and whether that rests on the record alone.

    A start left open is bounded by the subject's birth, which the record gives, or else by the period, which is a guess;
    an end left open by the incident, likewise.
    """
    when, review = entry.known, knowledge.review
    if when.closed or when.undated:
        return when, True
    if when.earliest <= BEGINNING:
        born = knowledge.facts.household.born(subject)
        start = review.period.earliest if born is None else born
        return (replace(when, earliest=start), born is not None) if BEGINNING < start <= when.latest else (when, False)
    end = review.incident.earliest - 1
    return (replace(when, latest=end), False) if end >= when.earliest else (when, False)


def asks_to_tell(duty: Duty) -> bool:
    """Whether a duty asks for nothing but that information be shared."""
    return {*duty.expected} == {SHARED}


def _others_present(knowledge: Knowledge, row: int) -> bool:
    """Whether a row itself shows another agency there: it names one, or another agency's account of it stands linked."""
    entry = knowledge.review.entries[row]
    return bool(entry.received_from) or len(knowledge.chronology.links.event[row]) > 1


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


def _own_first(entry: Entry, concepts: Sequence[str]) -> tuple[str, ...]:
    """Notations in order: what the entry itself says, then what was held before."""
    said = {entry.contact, *entry.indicators, *entry.responses}
    return tuple(sorted({*concepts}, key=lambda concept: (concept not in said, concept)))


def _own(facts: Facts, row: int, subject: str, words: Mapping[str, bool], duty: Duty) -> int:
    mask = 0
    for number, fact in facts.numbered(facts.possibly[row]):
        if fact.indicator in words and facts.opens_by(fact, subject, duty.trigger):
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


def _of_list(duty: Duty, concepts: Sequence[str], words: Mapping[str, bool], facts: Facts) -> set[str]:
    """The items of a duty's own list that some notations are, are cases of, or are signs of."""
    found: set[str] = set()
    for concept in concepts:
        above = facts.points_to(concept)
        found |= {item for item in duty.trigger if item in above}
    return found
