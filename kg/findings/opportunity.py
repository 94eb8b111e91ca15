"""Opportunities with no response recorded, and how often the same one came again.

An entry is an opportunity if at least one rule in force called for a response and none is recorded in time. It becomes a
missed opportunity only when the reviewer accepts it, after the agency's reply. Linked accounts of one event count once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from kg.chronology.events import Links
from kg.chronology.order import turn
from kg.duties.answers import Answers
from kg.duties.openings import openings, with_rows
from kg.duties.outcomes import CANNOT_TELL, DECIDED, MET, MISSED, Outcome, judge, stands_unanswered
from kg.duties.replies import answered_questions
from kg.duties.rules import Rules
from kg.duties.unread import Unread
from kg.findings.finding import Family, Finding, Keys, Kind
from kg.knowledge.ledger import Knowledge
from kg.model.record import Entry
from kg.model.review import Review

STRENGTHS = ("firm", "expected", "prompt")


@dataclass(frozen=True, slots=True)
class Chain:
    """Where an entry stands among the entries with the same outcome under the same duty for the same subject.

    ``ordinal`` of ``of`` over all agencies, ``agency_ordinal`` of ``agency_of`` within its own; linked accounts of one
    event share an ordinal. ``rows`` is the whole chain in order of time.
    """

    family: str
    subject: str
    ordinal: int
    of: int
    agency_ordinal: int
    agency_of: int
    rows: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Opportunity:
    """One entry at which rules called for a response, with every outcome, and its place in the longest chain.

    ``kind`` is "missed-opportunity" (late or no record), "decision-to-look-at" (decided otherwise), "response-recorded"
    (all that can be told was met in time) or "question" (only the agency can tell). One rule leads: the strongest of those
    that are so in every reading, then one without a condition, then one that asks the agency itself, then one of statute or
    statutory guidance, then the one that came most often. ``strength``, ``sure`` and ``chain`` are that rule's.
    """

    kind: str
    row: int
    subjects: tuple[str, ...]
    outcomes: tuple[Outcome, ...]
    telling: tuple[Outcome, ...]
    strength: str
    sure: bool
    chain: Chain

    def rows(self) -> tuple[int, ...]:
        """The entry at which a response was called for."""
        return (self.row,)

    def rests_on(self) -> tuple[int, ...]:
        """The entry, what was held behind it, and what answered, outcome by outcome."""
        named: list[int | None] = [self.row]
        for outcome in self.outcomes:
            named += [*outcome.opening.held_rows, *outcome.asked, outcome.answer]
        return tuple(dict.fromkeys(row for row in named if row is not None))

    def shown_by(self) -> tuple[int, ...]:
        """The entry."""
        return self.rows()

    def agencies(self) -> frozenset[str]:
        """None beside its own."""
        return frozenset()

    def people(self, knowledge: Knowledge) -> frozenset[str]:
        """Those for whom it was called for, and those the entry names."""
        return frozenset((*self.subjects, *knowledge.review.entries[self.row].people))


def opportunities(knowledge: Knowledge, ids: Mapping[int, str]) -> tuple[Opportunity, ...]:
    """Every entry that a rule in force asked something of, judged, in the order a reviewer should read them.

    ``ids`` gives for each row the id under which a question about it may have been answered. Order: missed before
    decisions before questions before responses recorded; by strength, certainty, length of chain, time and name.
    """
    review, links = knowledge.review, knowledge.chronology.links
    rules = Rules(review, knowledge.chronology.terms)
    answers = Answers(knowledge, rules)
    unread, replies = Unread(answers, knowledge.facts), answered_questions(review)
    made, decided = openings(knowledge, rules)
    standing = [opening for opening in decided if stands_unanswered(opening, answers)]
    made += with_rows(standing, knowledge)
    by_row: dict[int, list[Outcome]] = defaultdict(list)
    for opening in made:
        asked = tuple(replies.get(ids[opening.row], ())) if replies else ()
        by_row[opening.row].append(judge(opening, answers, unread, asked))
    for row, outcomes in by_row.items():
        by_row[row] = of_one_sign(outcomes, knowledge)
    kinds = {row: _kind(outcomes) for row, outcomes in by_row.items()}
    chains = _chains(review, links, by_row, kinds)
    found = []
    for row, outcomes in by_row.items():
        kind, wanted = kinds[row]
        outcomes.sort(
            key=lambda outcome: (STRENGTHS.index(outcome.strength), outcome.duty.family, outcome.opening.subject)
        )
        telling = tuple(outcome for outcome in outcomes if outcome.outcome in wanted)
        best, chain = min(
            ((outcome, chains[kind, outcome.duty.family, outcome.opening.subject].place(row)) for outcome in telling),
            key=lambda pair: (
                not pair[0].sure,
                STRENGTHS.index(pair[0].strength),
                bool(pair[0].duty.condition),
                not _its_own_to_make(knowledge, pair[0]),
                "statut" not in pair[0].duty.force,
                -pair[1].of,
                pair[1].family,
                pair[1].subject,
            ),
        )
        subjects = {outcome.opening.subject for outcome in telling}
        found.append(
            Opportunity(
                kind,
                row,
                tuple(subject for subject in review.subjects if subject in subjects),
                tuple(outcomes),
                telling,
                best.strength,
                best.sure,
                chain,
            )
        )
    return tuple(sorted(found, key=lambda each: gravity(review, each)))


KINDS = ("missed-opportunity", "decision-to-look-at", "question", "response-recorded")


def gravity(review: Review, each: Opportunity) -> tuple[object, ...]:
    """The order in which opportunities are read."""
    return (
        KINDS.index(each.kind),
        STRENGTHS.index(each.strength),
        not each.sure,
        -each.chain.of,
        each.chain.family,
        each.chain.subject,
        turn(review.entries[each.row]),
    )


def occasions(links: Links, rows: Iterable[int]) -> int:
    """How many occasions some entries make: linked accounts of one event count once."""
    return len({links.event[row][0] for row in rows})


def strongest(links: Links, some: Iterable[Opportunity]) -> dict[int, str]:
    """The strongest strength on each occasion, by the occasion's first row."""
    best: dict[int, str] = {}
    for each in some:
        event = links.event[each.row][0]
        best[event] = min(best.get(event, each.strength), each.strength, key=STRENGTHS.index)
    return best


def of_one_sign(outcomes: Sequence[Outcome], knowledge: Knowledge) -> list[Outcome]:
    """The outcomes at one entry, where a sign that is possibly each of several children's is one child's.

    What is recorded of it for one of them, a response or a decision, leaves nothing surely or possibly missing for the
    others: it may have been that child's sign, and then nothing was asked for them.
    """
    facts = knowledge.facts

    def signs(outcome: Outcome) -> frozenset[tuple[str, int]]:
        mask = outcome.opening.facts
        own = mask & facts.possibly[outcome.opening.row] & ~facts.surely[outcome.opening.row]
        if not mask or own != mask:
            return frozenset()
        return frozenset((fact.indicator, fact.origin) for _, fact in facts.numbered(mask))

    settled: dict[str, list[tuple[str, frozenset[tuple[str, int]]]]] = defaultdict(list)
    for outcome in outcomes:
        if outcome.outcome in (MET, DECIDED) and signs(outcome):
            settled[outcome.duty.family].append((outcome.opening.subject, signs(outcome)))
    made = []
    for outcome in outcomes:
        mine = signs(outcome) if outcome.outcome in MISSED else frozenset()
        others = [
            subject for subject, theirs in settled[outcome.duty.family]
            if mine and subject != outcome.opening.subject and mine <= theirs
        ]  # fmt: skip
        if others:
            why = f"the row leaves open whose this is, and a response to it is recorded for {others[0]}"
            outcome = replace(outcome, outcome=CANNOT_TELL, sure=True, answer=None, why=why)
        made.append(outcome)
    return made


def _its_own_to_make(knowledge: Knowledge, outcome: Outcome) -> bool:
    """Whether a rule asks the response of the very agency at whose entry it opened."""
    agency = knowledge.review.agency(knowledge.review.entries[outcome.opening.row].agency)
    return not outcome.duty.by or bool(knowledge.chronology.terms.broader("agency", agency.type) & {*outcome.duty.by})


def _kind(outcomes: Sequence[Outcome]) -> tuple[str, frozenset[str]]:
    said = {outcome.outcome for outcome in outcomes}
    if said & MISSED:
        return "missed-opportunity", MISSED
    if DECIDED in said:
        return "decision-to-look-at", frozenset({DECIDED})
    if MET in said:
        return "response-recorded", frozenset({MET})
    return "question", frozenset({CANNOT_TELL})


class _Links:
    """One chain under construction: the rows of one kind, duty and subject."""

    def __init__(self, review: Review, links: Links, family: str, subject: str) -> None:
        self._review, self._links, self._family, self._subject = review, links, family, subject
        self.rows: set[int] = set()
        self._order: tuple[int, ...] = ()
        self._event: dict[int, int] = {}
        self._own: dict[str, dict[int, int]] = {}

    def close(self) -> None:
        entries = self._review.entries
        self._order = tuple(sorted(self.rows, key=lambda row: turn(entries[row])))
        for row in self._order:
            event = self._links.event[row][0]
            self._event.setdefault(event, len(self._event) + 1)
            own = self._own.setdefault(entries[row].agency, {})
            own.setdefault(event, len(own) + 1)

    def place(self, row: int) -> Chain:
        event = self._links.event[row][0]
        own = self._own[self._review.entries[row].agency]
        return Chain(
            self._family,
            self._subject,
            self._event[event],
            len(self._event),
            own[event],
            len(own),
            self._order,
        )


def _chains(
    review: Review,
    links: Links,
    by_row: Mapping[int, Sequence[Outcome]],
    kinds: Mapping[int, tuple[str, frozenset[str]]],
) -> dict[tuple[str, str, str], _Links]:
    chains: dict[tuple[str, str, str], _Links] = {}
    for row, outcomes in by_row.items():
        kind, wanted = kinds[row]
        for outcome in outcomes:
            if outcome.outcome in wanted:
                key = (kind, outcome.duty.family, outcome.opening.subject)
                if key not in chains:
                    chains[key] = _Links(review, links, outcome.duty.family, outcome.opening.subject)
                chains[key].rows.add(row)
    for chain in chains.values():
        chain.close()
    return chains


def lead(each: Opportunity) -> Outcome:
    """The outcome that stands for an opportunity: the one its chain is counted on."""
    return next(
        outcome
        for outcome in each.telling
        if (outcome.duty.family, outcome.opening.subject) == (each.chain.family, each.chain.subject)
    )


def find(knowledge: Knowledge, keys: Keys) -> list[Finding]:
    """Every entry that a rule asked something of, as a finding."""
    entries = knowledge.review.entries
    ids = {row: _id(keys, entry) for row, entry in enumerate(entries)}
    return [
        Finding(
            ids[each.row],
            each.kind,
            "sure" if each.sure else "possible",
            entries[each.row].agency,
            each.subjects[0],
            each,
        )
        for each in opportunities(knowledge, ids)
    ]


def _could_be(knowledge: Knowledge, keys: Keys) -> Iterator[str]:
    return (_id(keys, entry) for entry in knowledge.review.entries)


def _id(keys: Keys, entry: Entry) -> str:
    return keys.id(WORD, KINDS[0], keys.entry(entry))


WORD = "chance"
FAMILY = Family(
    WORD,
    (
        Kind(KINDS[0], "Opportunities with no response recorded", 1),
        Kind(KINDS[1], "Decisions to look at", 2),
        Kind(KINDS[2], "Only the agency can tell", 3),
        Kind(KINDS[3], "Responses recorded in time (their quality is not assessed)"),
    ),
    find,
    _could_be,
)
