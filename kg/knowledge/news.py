"""What would have been news to an agency: not a state that it knew of, nor an event that it may have had a record of.

To know of one injury is not to know of the next; to know that a mother is ill is to know it.
"""

from __future__ import annotations

from kg.chronology.events import within
from kg.knowledge.bits import bits_of
from kg.knowledge.facts import Facts
from kg.terms.marks import is_contact


class News:
    """The facts of a review as news to one who held others: what adds to them, and what surely does."""

    def __init__(self, facts: Facts) -> None:
        self._facts, self._terms = facts, facts.chronology.terms
        self._others: dict[str, int] = {}
        self._same: dict[int, int] = {}

    def adds(self, indicator: str, mask: int, known: int) -> int:
        """Those of some facts of one concept that say more than others surely held.

        A later word of a state of the same person says nothing new; a word about the household is one of all of it.
        """
        if not self._lasts(indicator):
            return mask
        facts, concept = self._facts, self._terms.concept("indicator", indicator)
        for number, fact in facts.numbered(mask):
            alike = facts.of_concept(fact.person, indicator)
            if concept is not None and concept.about == "household":
                for subject in facts.household.subjects:
                    alike |= facts.bearing_concept(subject, indicator)
            if alike & known & ~(1 << number):
                mask &= ~(1 << number)
        return mask

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
        facts = self._facts
        entries = facts.review.entries
        for mine in (entries[row] for row in facts.links.event[one]):
            for theirs in (entries[row] for row in facts.links.event[other]):
                if mine.agency != theirs.agency:
                    continue
                later = theirs if mine.known.surely_before(theirs.known) else mine
                if within(mine, theirs, self._terms) or (later.contact and not is_contact(later, self._terms)):
                    return True
        return False
