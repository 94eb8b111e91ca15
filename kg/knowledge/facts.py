"""Facts: one event's word on one person, as agencies can hold them.

A fact is (person, indicator, origin). The origin is an event: one row, or several agencies' linked rows of it. Knowing of
one incident is not knowing of the next, so two visits that both record bruising give two facts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg.chronology.side_by_side import Chronology
from kg.knowledge.bits import bits_of
from kg.model.record import Entry
from kg.model.review import Review


@dataclass(frozen=True, slots=True)
class Fact:
    """What one event says of one person. ``origin`` is the position of the event's first row in ``review.entries``."""

    person: str
    indicator: str
    origin: int


class Facts:
    """All facts of a review, numbered, so that what an agency holds is one integer used as a set of bits.

    ``surely[row]`` and ``possibly[row]`` are the facts a row itself reveals (``possibly`` includes the sure ones).
    ``laid_over`` says whether any code is not the agency's own.
    """

    def __init__(self, chronology: Chronology) -> None:
        self.chronology = chronology
        self.review, self.links, self._terms = chronology.review, chronology.links, chronology.terms
        self.household = household = chronology.household
        self.laid_over = any(entry.accepted or entry.suggested for entry in self.review.entries)
        numbers: dict[tuple[str, str, int], int] = {}
        self.surely: list[int] = []
        self.possibly: list[int] = []
        self._about: dict[tuple[str, str], int] = {}
        for row, entry in enumerate(self.review.entries):
            sure = possible = 0
            if entry.indicators:
                origin = self.links.event[row][0]
                for indicator in entry.indicators:
                    concerns = household.concerns(entry, indicator)
                    alive = [
                        each for each in concerns if each.sure or not self._not_yet_born(each.person, indicator, entry)
                    ]
                    for concern in alive or concerns:
                        key = (concern.person, indicator, origin)
                        bit = 1 << numbers.setdefault(key, len(numbers))
                        possible |= bit
                        if concern.sure and f"indicator:{indicator}" not in entry.suggested:
                            sure |= bit
                        pair = (concern.person, indicator)
                        self._about[pair] = self._about.get(pair, 0) | bit
            self.surely.append(sure)
            self.possibly.append(possible)
        self.all: Sequence[Fact] = tuple(Fact(*key) for key in numbers)
        self._indicators = tuple(sorted({indicator for _, indicator in self._about}))
        self._of_concept: dict[tuple[str, str], int] = {}
        self._exactly: dict[tuple[str, str], int] = {}
        self._bearing: dict[tuple[str, str], int] = {}
        self._told: dict[int, int] = {}

    def _not_yet_born(self, person: str, indicator: str, entry: Entry) -> bool:
        """Whether a row that leaves open whose an event is cannot mean a child: it was surely not born by then."""
        concept = self._terms.concept("indicator", indicator)
        event = concept is not None and concept.nature == "event"
        return event and self.household.unborn(person, entry.known.latest)

    def of_concept(self, person: str, indicator: str) -> int:
        """The facts about a person that are of a concept: recorded as it, or as one narrower than it."""
        key = (person, indicator)
        mask = self._of_concept.get(key)
        if mask is None:
            mask = 0
            for narrow in self._terms.narrower("indicator", indicator):
                mask |= self._about.get((person, narrow), 0)
            self._of_concept[key] = mask
        return mask

    def pointing_to(self, person: str, indicator: str) -> int:
        """The facts about a person that are of a concept or are signs of it: what a word of it may have spoken of."""
        mask = 0
        for word in self._terms.shown_by("indicator", indicator):
            mask |= self._about.get((person, word), 0)
        return mask

    def bearing(self, subject: str, indicator: str) -> int:
        """The facts recorded as exactly ``indicator`` that bear on a subject, whoever they are about."""
        if not self._exactly:
            for (person, recorded), mask in self._about.items():
                for borne in self.household.bears_on(person):
                    part = mask & ~self._of_another_pregnancy(borne, recorded, mask)
                    self._exactly[borne, recorded] = self._exactly.get((borne, recorded), 0) | part
        return self._exactly.get((subject, indicator), 0)

    def _of_another_pregnancy(self, subject: str, indicator: str, mask: int) -> int:
        """Those of some facts that tell of a pregnancy when a subject was already born: they bear on the child to come."""
        if indicator not in self._terms.marked("indicator", "of-unborn"):
            return 0
        found = 0
        for number, fact in self.numbered(mask):
            if self.household.surely_born(subject, self.review.entries[fact.origin].known.earliest):
                found |= 1 << number
        return found

    def bearing_concept(self, subject: str, indicator: str) -> int:
        """The facts of a concept (recorded as it or narrower) that bear on a subject."""
        key = (subject, indicator)
        mask = self._bearing.get(key)
        if mask is None:
            mask = 0
            for narrow in self._terms.narrower("indicator", indicator):
                mask |= self.bearing(subject, narrow)
            self._bearing[key] = mask
        return mask

    def owed(self, subject: str, indicator: str) -> int:
        """The facts recorded as exactly ``indicator`` that can open what is owed to a subject.

        A word about the subject alone counts only of them: a mother's bruise asks nothing for the child.
        """
        if self.household.speaks_of_subject(indicator):
            return self._about.get((subject, indicator), 0)
        return self.bearing(subject, indicator)

    def opens(self, fact: Fact, subject: str) -> bool:
        """Whether one fact can open what is owed to a subject."""
        return self.household.bears_word(fact.person, fact.indicator, subject)

    def opens_by(self, fact: Fact, subject: str, words: Sequence[str]) -> bool:
        """Whether one fact can open a rule that names some concepts: what is known of somebody else opens only a rule that
        names what may be known of somebody else. An assault on a mother is no physical abuse of her child."""
        if not self.opens(fact, subject):
            return False
        above = self.points_to(fact.indicator)
        return fact.person == subject or any(
            word in above and not self.household.speaks_of_subject(word) for word in words
        )

    def numbered(self, mask: int) -> Iterator[tuple[int, Fact]]:
        """The facts of a bitset with their numbers, lowest first."""
        return ((number, self.all[number]) for number in bits_of(mask))

    def indicators(self) -> tuple[str, ...]:
        """The indicators recorded in the review, in order of notation."""
        return self._indicators

    def of_event(self, rows: Sequence[int]) -> int:
        """The facts that any of an event's rows reveals."""
        mask = 0
        for row in rows:
            mask |= self.possibly[row]
        return mask

    def alike(self, mask: int) -> int:
        """Every fact of the same concepts, or of their signs, about the same persons: what telling these may also have told.

        Who tells of physical abuse may have told of the bruise; who tells of a bruise has not told of abuse.
        """
        found = self._told.get(mask)
        if found is None:
            found = 0
            for number in bits_of(mask):
                fact = self.all[number]
                found |= self.pointing_to(fact.person, fact.indicator)
            self._told[mask] = found
        return found

    def points_to(self, notation: str) -> frozenset[str]:
        """A notation of an indicator, contact or response, all above it, and the kinds that it is a sign of."""
        found: frozenset[str] = frozenset()
        for scheme in ("indicator", "contact", "response"):
            if self._terms.concept(scheme, notation) is not None:
                found |= self._terms.points_to(scheme, notation)
        return found

    def needed_by(self, agency_type: str) -> int:
        """The facts that an agency of a type needs, by the ontology's table of needs."""
        mask = 0
        for (_, indicator), bits in self._about.items():
            if self._terms.needs(indicator, agency_type):
                mask |= bits
        return mask

    def is_about(self, entry: Entry, row: int, subject: str) -> bool:
        """Whether a row is about a subject: it names them, names nobody, or reveals a fact about them."""
        people = (*entry.people, *entry.about)
        if not people or subject in people:
            return True
        return any(self.all[number].person == subject for number in bits_of(self.possibly[row]))

    def is_surely_about(self, entry: Entry, row: int, subject: str) -> bool:
        """Whether a row is about a subject in every reading: it names them, names nobody, or surely says of them what can
        be said of nobody else. A word about the household, in a row that names only others, does not make it theirs."""
        people = (*entry.people, *entry.about)
        if not people or subject in people:
            return True
        return any(
            fact.person == subject and self.household.speaks_of_subject(fact.indicator)
            for _, fact in self.numbered(self.surely[row])
        )


def refs_of(review: Review) -> Mapping[tuple[str, str], int]:
    """Every row by (agency, Ref), for cells that name another row of the same return."""
    return {(entry.agency, entry.ref): row for row, entry in enumerate(review.entries)}
