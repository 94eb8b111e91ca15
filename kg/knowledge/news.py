"""What would have been news to an agency: not a state that it knew of, nor an event that it may have had a record of.

To know of one injury is not to know of the next; to know that a mother is ill is to know it.
"""

from __future__ import annotations

from dataclasses import dataclass

from kg.chronology.events import slow
from kg.dates.when import DAY
from kg.knowledge.bits import bits_of
from kg.knowledge.facts import Facts
from kg.terms.marks import is_contact


class News:
    """The facts of a review as news to one who held others: what adds to them, and what surely does."""

    def __init__(self, facts: Facts) -> None:
        self._facts, self._terms = facts, facts.chronology.terms
        self._others: dict[str, int] = {}
        self._same: dict[int, int] = {}
        self._of_indicator: dict[str, tuple[str, ...]] = {}
        self._rows: dict[int, tuple[_Row, ...]] = {}

    def adds(self, indicator: str, mask: int, known: int) -> int:
        """Those of some facts of one concept that say more than others surely held.

        A later word of a state of the same person says nothing new; a word about the household is one of all of it.
        """
        if not self._lasts(indicator):
            return mask
        facts, concept = self._facts, self._terms.concept("indicator", indicator)
        if concept is not None and concept.about == "household":
            of_all = 0
            for subject in facts.household.subjects:
                of_all |= facts.bearing_concept(subject, indicator)
            return _but_for_others(mask, mask, of_all & known)
        for person in self._persons(indicator):
            theirs = facts.of_concept(person, indicator)
            mask = _but_for_others(mask, theirs, theirs & known)
        return mask

    def _persons(self, indicator: str) -> tuple[str, ...]:
        found = self._of_indicator.get(indicator)
        if found is None:
            found = tuple(dict.fromkeys(fact.person for fact in self._facts.all if fact.indicator == indicator))
            self._of_indicator[indicator] = found
        return found

    def surely_adds(self, subject: str, indicator: str, mask: int, held: int, *, bare: bool) -> int:
        """Those of some facts that would have been news of a subject in every reading of what was possibly held.

        Not so of a state that may have been known, of an event that may be one of which there was a record, or of what is
        another child's own: a brother's bruise is surely news of the brother. ``bare``: nothing of the kind was held.
        """
        mask &= ~self._of_other_subjects(subject)
        if bare:
            return mask
        if self._lasts(indicator):
            return 0
        for number in bits_of(mask):
            if self._perhaps_the_same(number) & held:
                mask &= ~(1 << number)
        return mask

    def _lasts(self, indicator: str) -> bool:
        concept = self._terms.concept("indicator", indicator)
        return concept is not None and concept.nature == "state"

    def _of_other_subjects(self, subject: str) -> int:
        """The facts that are words about another subject alone: a brother's bruise, and no mother's illness."""
        found = self._others.get(subject)
        if found is None:
            household = self._facts.household
            found = 0
            for number, fact in enumerate(self._facts.all):
                other = fact.person != subject and fact.person in household.subjects
                if other and household.speaks_of_subject(fact.indicator):
                    found |= 1 << number
            self._others[subject] = found
        return found

    def _perhaps_the_same(self, number: int) -> int:
        """The facts that may tell of the very event that one fact tells of, under the same word and of the same person.

        So where one agency has a row of each within the window of linked accounts, or one of its rows is no contact (a
        supervision, a note to file) and goes over what an earlier one said.
        """
        found = self._same.get(number)
        if found is None:
            fact, found = self._facts.all[number], 0
            for other, alike in self._facts.numbered(
                self._facts.of_concept(fact.person, fact.indicator) & ~(1 << number)
            ):
                if alike.indicator == fact.indicator and self._may_be_one(fact.origin, alike.origin):
                    found |= 1 << other
            self._same[number] = found
        return found

    def _may_be_one(self, one: int, other: int) -> bool:
        return any(mine.may_be(theirs) for mine in self._of_event(one) for theirs in self._of_event(other))

    def _of_event(self, origin: int) -> tuple[_Row, ...]:
        found = self._rows.get(origin)
        if found is None:
            entries, terms = self._facts.review.entries, self._terms
            found = self._rows[origin] = tuple(
                _Row(
                    entry.agency,
                    entry.known.earliest,
                    entry.known.latest,
                    terms.window_days("linking-letters" if slow(entry, terms) else "linking") * DAY,
                    bool(entry.contact) and not is_contact(entry, terms),
                )
                for entry in (entries[row] for row in self._facts.links.event[origin])
            )
        return found


@dataclass(frozen=True, slots=True)
class _Row:
    """One row of an event as others of its agency are held against it; ``note`` is true of a row that is no contact."""

    agency: str
    earliest: int
    latest: int
    window: int
    note: bool

    def may_be(self, other: _Row) -> bool:
        """Whether it may tell of the same event: within the window, or the later of the two only goes over the earlier."""
        if self.agency != other.agency:
            return False
        apart = max(self.earliest - other.latest, other.earliest - self.latest)
        return apart <= max(self.window, other.window) or (other if self.latest < other.earliest else self).note


def _but_for_others(mask: int, part: int, known: int) -> int:
    """Some facts without those of a part to which another known one says the same: with one known, all but it."""
    if not known:
        return mask
    one = not known & (known - 1)
    return mask & ~(part & ~known if one else part)
