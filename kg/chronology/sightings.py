"""Whether the subject was seen at a contact, and how often in all."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kg.model.record import Entry
from kg.model.review import Review
from kg.terms.marks import is_contact
from kg.terms.reader import Terms


@dataclass(frozen=True, slots=True)
class Sightings:
    """Contacts of one agency (or of all), and how many of them record that a subject was seen.

    ``seen``, ``not_seen`` and ``not_stated`` add up to ``contacts``; ``alone`` are those of the seen that say so.
    """

    contacts: int = 0
    seen: int = 0
    alone: int = 0
    not_seen: int = 0
    not_stated: int = 0

    def __add__(self, other: Sightings) -> Sightings:
        return Sightings(
            self.contacts + other.contacts,
            self.seen + other.seen,
            self.alone + other.alone,
            self.not_seen + other.not_seen,
            self.not_stated + other.not_stated,
        )


def seen_of(entry: Entry, review: Review) -> str:
    """How an entry says the subjects were seen: "seen", "alone", "not seen" or "not stated"."""
    if entry.seen == "names":
        return "seen" if {*entry.seen_people} & {*review.subjects} else "not seen"
    return {"yes": "seen", "alone": "alone", "no": "not seen"}.get(entry.seen, "not stated")


def sightings(review: Review, rows: Iterable[int], terms: Terms) -> Sightings:
    """Count the contacts among some rows, by whether a subject is recorded as seen."""
    total = Sightings()
    for row in rows:
        entry = review.entries[row]
        if is_contact(entry, terms):
            seen = seen_of(entry, review)
            total += Sightings(1, seen in ("seen", "alone"), seen == "alone", seen == "not seen", seen == "not stated")
    return total
