"""Words that one type of service has for its own contacts: CL is a clinic to a health visitor, and a closure elsewhere.

A cell that is such a word, whole or between its own strokes, is read by the type of the agency whose return it stands in,
before the vocabulary is asked. A word marked as ambiguous is left unread wherever no type of agency settles it. Counts
behind a word ("TC x3") are passed over. The words are in ontology/cues.ttl.
"""

from __future__ import annotations

import re

from kg.terms.tables import Cue, Terms
from loaders.rows.cues import plain_words

_COUNT = re.compile(
    r"(?:\s*[x\u00d7]\s?\d{1,2}|\s*\(\s*[x\u00d7]?\s?\d{1,2}\s*\)|^\s*\d{1,2}\s?[x\u00d7]\s)\s*", re.IGNORECASE
)


def without_count(cell: str) -> str:
    """A cell without how many times ("TC x3")."""
    return _COUNT.sub(" ", cell).strip()


class HouseWords:
    """What whole cells mean to each type of service: a notation, "" where they must stay unread, None where nothing is said."""

    def __init__(self, terms: Terms, scheme: str) -> None:
        self._terms = terms
        self._of: dict[tuple[str, tuple[str, ...]], str] = {}
        for cue in terms.cues:
            if cue.part == "house" and cue.scheme == scheme:
                self._add(cue)

    def _add(self, cue: Cue) -> None:
        for words in cue.words:
            for service in cue.used_by or ("",):
                self._of.setdefault((service, plain_words(words)), cue.reads)

    def read(self, service: str, cell: str) -> str | None:
        """What a whole cell means to a service of this type ("" where the type is not known)."""
        words = plain_words(without_count(cell))
        for each in (service, *sorted(self._terms.broader("agency", service) - {service}), ""):
            found = self._of.get((each, words))
            if found is not None:
                return found
        return None


def short_forms(terms: Terms, service: str) -> tuple[Cue, ...]:
    """The short forms that everybody uses, those of one type of service before them."""
    own = [cue for cue in terms.cues if cue.part == "short" and service and service in cue.used_by]
    return (*own, *(cue for cue in terms.cues if cue.part == "short" and not cue.used_by))
