"""Answers: the recorded responses that settle an opening, and how long they stand.

An answer is looked for wherever it may have been written: in the entry itself, in later entries of the agency (or of
another, where the rule names another), in a share that conveyed the trigger, in the receiver's own row of it. Its
quality is not assessed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg.duties import REFERRALS, Rules, last_day
from kg.facts import Facts, bits_of
from kg.knowledge import Knowledge
from kg.links import Links, is_meeting
from kg.model import Entry, Review
from kg.openings import Opening, declines
from kg.shares import Share
from kg.terms import Duty, Standing, Terms
from kg.when import DAY, END, When, day_of, minute_of

ALONE = "child-seen-alone"
SHARED = "information-shared"


@dataclass(frozen=True, slots=True)
class Answer:
    """A row that answers a duty: as which notation, and when. ``stands_until`` is the last minute it stands."""

    row: int
    notation: str
    when: When
    stands_until: int


class Answers:
    """Every recorded response of a review, indexed by agency and notation."""

    def __init__(
        self, review: Review, facts: Facts, links: Links, knowledge: Knowledge, rules: Rules, terms: Terms
    ) -> None:
        self._review, self._facts, self._links, self._knowledge = review, facts, links, knowledge
        self._rules, self._terms = rules, terms
        self._types = {agency.name: terms.broader("agency", agency.type) for agency in review.agencies}
        self._acts: dict[str, list[int]] = defaultdict(list)
        self._meetings: dict[tuple[str, str], list[int]] = defaultdict(list)
        self._declining: dict[str, list[int]] = defaultdict(list)
        self._closing: dict[str, list[int]] = defaultdict(list)
        for row, entry in enumerate(review.entries):
            for act in acts_of(entry):
                self._acts[act].append(row)
                if is_meeting(entry, terms):
                    for other in dict.fromkeys((*entry.shared_with, *entry.received_from)):
                        self._meetings[other, act].append(row)
            if declines(entry, terms):
                self._declining[entry.agency].append(row)
            if ends_answers(entry, terms):
                self._closing[entry.agency].append(row)
        self._shares: dict[str, list[Share]] = defaultdict(list)
        for share in knowledge.shares:
            self._shares[share.sender].append(share)

    def to(self, opening: Opening, duty: Duty) -> list[Answer]:
        """Every answer to an opening under one edition of its duty, whenever it was, in order of time and name."""
        wanted = self._rules.answers(duty)
        found: dict[int, str] = {}
        for row, notation in self._written(opening, duty, wanted):
            found.setdefault(row, notation)
        for row, notation in self._told(opening, duty):
            found.setdefault(row, notation)
        event = {*self._links.event[opening.row]}
        answers = []
        for row, notation in found.items():
            if row in event and notation in self._opened_by(opening, duty):
                continue
            when = self._review.entries[row].known
            answers.append(Answer(row, notation, when, self._stands(row, wanted.get(notation, notation))))
        answers.sort(
            key=lambda answer: (answer.when.earliest, answer.when.latest, self._review.entries[answer.row].name)
        )
        return answers

    def declined(self, opening: Opening, until: int) -> int | None:
        """The row by which the agency decided to do nothing more of an opening, by a moment: itself, or a later one."""
        entry = self._review.entries[opening.row]
        if declines(entry, self._terms):
            return opening.row
        if opening.by == "response":
            return None  # a later decision on something else is no decision on this step
        for row in self._declining[entry.agency]:
            other = self._review.entries[row]
            if (
                entry.known.possibly_before(other.known)
                and other.known.earliest <= until
                and self._facts.is_about(other, row, opening.subject)
            ):
                return row
        return None

    def holds_over(self, answer: Answer, opening: Opening) -> bool:
        """Whether an earlier answer still stands for a later opening of the same duty.

        It must not have run out or been ended by a closing or declining response in between, and every trigger concept
        of the opening must have been held when it was given: a new one reopens the duty.
        """
        entry = self._review.entries[opening.row]
        if answer.stands_until < entry.known.earliest:
            return False
        answering = self._review.entries[answer.row]
        for row in self._closing[answering.agency]:
            closing = self._review.entries[row]
            if (
                answer.when.surely_before(closing.known)
                and closing.known.surely_before(entry.known)
                and self._facts.is_about(closing, row, opening.subject)
            ):
                return False
        if opening.by == "response":
            return True
        held = self._knowledge.possible[entry.agency].held(answer.when.latest) & ~self._facts.possibly[opening.row]
        held |= self._facts.possibly[answer.row]
        new = opening.facts & self._facts.possibly[opening.row]
        return all(
            held & self._facts.bearing(opening.subject, self._facts.all[number].indicator) for number in bits_of(new)
        )

    def _opened_by(self, opening: Opening, duty: Duty) -> frozenset[str]:
        words = self._rules.triggers(duty)
        entry = self._review.entries[opening.row]
        return frozenset(act for act in acts_of(entry) if act in words) if opening.by == "response" else frozenset()

    def _written(self, opening: Opening, duty: Duty, wanted: Mapping[str, str]) -> Iterator[tuple[int, str]]:
        """Rows that record an expected response: the agency's own, or a named agency's where the rule names others."""
        agency = self._review.entries[opening.row].agency
        own = not duty.by or bool(self._types[agency] & {*duty.by})
        for notation in sorted(wanted):
            for row in self._acts.get(notation, ()):
                entry = self._review.entries[row]
                mine = entry.agency == agency if own else bool(self._types[entry.agency] & {*duty.by})
                if not mine or not self._concerns(entry, row, opening.subject):
                    continue
                if notation == SHARED and entry.shared_with and opening.facts and entry.agency == agency:
                    continue  # what it conveyed is looked at as a share
                yield row, notation
            # A meeting that another agency records, naming this one, is this one's meeting too.
            for row in self._meetings.get((agency, notation), ()):
                if self._concerns(self._review.entries[row], row, opening.subject):
                    yield row, notation

    def _told(self, opening: Opening, duty: Duty) -> Iterator[tuple[int, str]]:
        """Shares of the agency that conveyed the trigger to an agency that needs it, or is the one to refer to."""
        agency = self._review.entries[opening.row].agency
        referrals = [word for word in duty.expected if word.startswith(REFERRALS)]
        for share in self._shares[agency]:
            receiver = self._types[share.receiver]
            addressed = next((word for word in referrals if receiver & {*self._rules.addressees(word)}), None)
            if addressed is None and SHARED not in duty.expected:
                continue
            row = share.row if self._review.entries[share.row].agency == agency else share.heard
            if row is None or not self._concerns(self._review.entries[share.row], share.row, opening.subject):
                continue
            if not self._conveys(share, opening):
                continue
            if addressed is not None:
                yield row, addressed
            elif self._needs(share.receiver, opening):
                yield row, SHARED

    def _conveys(self, share: Share, opening: Opening) -> bool:
        """Whether a share told the trigger: the fact itself, one of its concept, or one narrower or broader.

        A telling whose row codes nothing at all is given the benefit of the doubt.
        """
        if not opening.facts or not share.exact:
            return True
        if (share.exact | share.alike) & opening.facts:
            return True
        told = {
            (fact.person, above)
            for _, fact in self._facts.numbered(share.exact)
            for above in self._above(fact.indicator)
        }
        return any(
            (fact.person, fact.indicator) in told
            or any((fact.person, above) in told and above != fact.indicator for above in self._above(fact.indicator))
            for _, fact in self._facts.numbered(opening.facts)
        )

    def _above(self, indicator: str) -> frozenset[str]:
        return self._terms.broader("indicator", indicator)

    def _needs(self, receiver: str, opening: Opening) -> bool:
        kind = self._review.agency(receiver).type
        if not opening.facts:
            return True
        return any(self._terms.needs(fact.indicator, kind) for _, fact in self._facts.numbered(opening.facts))

    def _concerns(self, entry: Entry, row: int, subject: str) -> bool:
        return self._facts.is_about(entry, row, subject) or any(
            subject in self._facts.household.bears_on(person) for person in (*entry.people, *entry.about)
        )

    def _stands(self, row: int, notation: str) -> int:
        entry = self._review.entries[row]
        standing: Standing = self._terms.standing_for(notation)
        if entry.known.latest >= END:
            return END
        if standing.limit is not None:
            day = last_day(standing.limit, day_of(entry.known.latest), self._review.jurisdiction)
            return minute_of(day, DAY - 1)
        ends = [
            self._review.entries[other].known.latest
            for word in standing.until
            for other in self._acts.get(word, ())
            if self._review.entries[other].agency == entry.agency
            and entry.known.surely_before(self._review.entries[other].known)
        ]
        return min(ends, default=END)


def acts_of(entry: Entry) -> Sequence[str]:
    """What an entry records as done: its responses, its kind of contact, and being seen alone."""
    acts = [*entry.responses]
    if entry.contact:
        acts.append(entry.contact)
    if entry.seen == "alone":
        acts.append(ALONE)
    return tuple(dict.fromkeys(acts))


def ends_answers(entry: Entry, terms: Terms) -> bool:
    """Whether an entry closes the matter or declines to act, so that an earlier answer no longer stands."""
    flags: set[str] = set()
    for scheme, words in (("response", entry.responses), ("contact", (entry.contact,))):
        for word in words:
            concept = terms.concept(scheme, word) if word else None
            if concept is not None:
                flags |= concept.flags
    return bool(flags & {"declines", "closes"})


def answered_questions(review: Review) -> Mapping[str, list[int]]:
    """The rows that answer a question sent back to an agency, by the question's id."""
    found: dict[str, list[int]] = defaultdict(list)
    for row, entry in enumerate(review.entries):
        for word in entry.answers.replace(";", " ").replace(",", " ").split():
            found[word].append(row)
    return found
