"""What was not read: rows that nobody has read may hold an answer, and rows may not say whose a sign is."""

from __future__ import annotations

from collections import defaultdict

from kg.chronology.coverage import is_read
from kg.dates.nearby import Near
from kg.duties.answers import Answers
from kg.duties.openings import Opening
from kg.knowledge.facts import Facts
from kg.terms.reader import Duty


class Unread:
    """The rows of a review that nobody has read, by agency and time, and the rows that leave open whose a sign is."""

    def __init__(self, answers: Answers, facts: Facts) -> None:
        self._answers, self._facts, self._review = answers, facts, answers.review
        rows: dict[str, list[int]] = defaultdict(list)
        for row, entry in enumerate(self._review.entries):
            if not is_read(entry) and entry.known.closed:
                rows[entry.agency].append(row)
        self._rows = {agency: Near(some, self._bounds) for agency, some in rows.items()}

    def may_answer(self, opening: Opening, duty: Duty, until: int) -> bool:
        """Whether an agency that could have answered has rows about the subject, by a moment, that nobody has read.

        What is in them is not known, so that an answer is not surely missing.
        """
        entries = self._review.entries
        for writer in self._answers.writers(entries[opening.row].agency, duty):
            near = self._rows.get(writer)
            for row in near.between(opening.when.earliest, until) if near else ():
                if row != opening.row and self._answers.concerns(entries[row], row, opening.subject):
                    return True
        return False

    def whose_is_open(self, opening: Opening) -> bool:
        """Whether what opened a rule is a word about a subject alone, by a row that names people and no subject."""
        entry, facts = self._review.entries[opening.row], self._facts
        own = opening.facts & facts.possibly[opening.row] & ~facts.surely[opening.row]
        people = {*entry.people, *entry.about}
        if (
            opening.by != "revealed"
            or own != opening.facts
            or not own
            or not people
            or people & {*self._review.subjects}
        ):
            return False
        return all(facts.household.speaks_of_subject(fact.indicator) for _, fact in facts.numbered(own))

    def _bounds(self, row: int) -> tuple[int, int]:
        known = self._review.entries[row].known
        return known.earliest, known.latest
