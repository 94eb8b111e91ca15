"""Cells that say the kind of contact or who was seen: settled by the reviewer, a word of the vocabulary, or read by words."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from copy import copy

from kg.terms.tables import Terms
from loaders.rows.contact_words import ContactWords
from loaders.rows.doubts import Doubt, ambiguous_contact, read_words, unread_seen
from loaders.rows.house_words import HouseWords
from loaders.rows.recording_words import RecordingWords
from loaders.rows.roster import Roster, unlike
from loaders.rows.seen_words import SeenWords, asks_alone
from loaders.rows.settled import UNSETTLED, SettledWords

PROSE = 200
"""Words longer than this, in characters, are no word of a vocabulary."""


_ANSWERED = re.compile(
    r"(?<![\w/])(?:yes|no|y|n|not|nor|neither|never|without|except|only)(?![\w/])|[\u2713\u2714\u2717\u2718]", re.I
)
"""A cell of names with such words is no list of those seen: it is read by its words."""


class WordedCells:
    """Reads the cells of three columns for one return of a review.

    ``settled`` is what the reviewer settled for the return, ``service`` the type of the agency that sent it. Neither
    changes: a cell that is remembered is read as in the return that it was first met in.
    """

    def __init__(self, contacts: ContactWords, seen: SeenWords, people: Roster, terms: Terms) -> None:
        self.settled: SettledWords = UNSETTLED
        self.service = ""
        self._house = HouseWords(terms, "contact")
        self._contacts = contacts
        self._seen = seen
        self._people = people
        self._terms = terms
        self._recordings = RecordingWords(terms)

    def of_return(self, settled: SettledWords, service: str) -> WordedCells:
        """The same reader for another return."""
        other = copy(self)
        other.settled, other.service = settled, service
        return other

    def contact(
        self, exact: Callable[[str, str, list[Doubt]], str], heading: str, cell: str, pending: list[Doubt]
    ) -> str:
        """The kind of contact: as settled, else as ``exact`` finds it in the vocabulary, else by the words of the cell."""
        settled = self.settled.of("contact", cell)
        if settled is not None:
            return settled
        meant = self._house.read(self.service, cell)
        if meant == "" and self._terms.concept("contact", cell.strip()) is not None:
            meant = (
                None  # a code as the vocabulary writes it is no house word: only a service's own meaning goes before it
            )
        if meant is not None:
            pending.append(self._as_meant(heading, cell, meant))
            return meant
        before = len(pending)
        found = exact(heading, cell, pending)
        said = self._contacts.read(cell, self.service) if len(pending) > before and len(cell) <= PROSE else None
        if said is None or said.notation == found or (found and not said.turned and said == self._contacts.read(cell)):
            return found
        del pending[before:]
        concept = self._terms.concept("contact", said.notation)
        pending.append(read_words(heading, cell, concept.label if concept else "", said.notation, said.rests_on))
        return said.notation

    def _as_meant(self, heading: str, cell: str, meant: str) -> Doubt:
        concept = self._terms.concept("contact", meant) if meant else None
        return read_words(heading, cell, concept.label, meant, ()) if concept else ambiguous_contact(heading, cell)

    def recorded(
        self, exact: Callable[[str, str, list[Doubt]], str], heading: str, cell: str, pending: list[Doubt]
    ) -> str:
        """How a row was recorded: as the vocabulary has it, else by the words of the cell."""
        settled = self.settled.of("recording", cell)
        if settled is not None:
            return settled
        before = len(pending)
        found = exact(heading, cell, pending)
        said = self._recordings.read(heading, cell) if len(pending) > before and len(cell) <= PROSE else None
        if said is None:
            return found
        del pending[before:]
        if said:
            concept = self._terms.concept("recording", said)
            pending.append(read_words(heading, cell, concept.label if concept else "", said, ()))
        return said

    def seen(self, heading: str, cell: str, pending: list[Doubt]) -> tuple[str, tuple[str, ...]]:
        """Whether someone was seen, and who where names say so."""
        words = cell.strip()
        if not words:
            return "", ()
        settled = self.settled.of("seen", words)
        if settled is not None:
            return settled, ()
        notation = self._terms.match("seen", words) if len(words) <= PROSE and not asks_alone(heading) else None
        if notation:
            return notation, ()
        named = self._people.read(words)
        if any(name for _, name in named) and not _ANSWERED.search(words):
            known = unlike(name or words for words, name in named if name or self._terms.match("seen", words) is None)
            return "names", known
        said = self._seen.read(heading, words) if len(words) <= PROSE else None
        if said is None or not said.understood:
            pending.append(unread_seen(heading, words))
            return "", ()
        label = _label(said.seen, said.people)
        pending.append(read_words(heading, words, label, said.seen or "not-stated", said.rests_on))
        return said.seen, said.people


def _label(seen: str, people: Sequence[str]) -> str:
    if people:
        return ", ".join(people) + " seen"
    return {"yes": "seen", "no": "not seen", "alone": "seen alone"}.get(seen, "not stated whether seen")
