"""One order over all agencies' entries, and the first counts a reviewer asks for.

Entries whose dates overlap are in no order; for reading they are listed by earliest bound, then latest, then name. Undated
entries come last: no day is invented for them.
"""

from __future__ import annotations

from collections.abc import Iterable

from kg.dates.when import BEGINNING
from kg.model.record import Entry
from kg.model.review import Review


def in_order(review: Review, rows: Iterable[int] | None = None) -> tuple[int, ...]:
    """Positions of entries in the order they are read: by earliest moment, latest moment, then name; undated last."""
    entries = review.entries

    return tuple(sorted(range(len(entries)) if rows is None else rows, key=lambda row: turn(entries[row])))


def turn(entry: Entry) -> tuple[bool, int, int, str]:
    """Where an entry stands in the order of reading. One that is only known to lie before a day stands at that day."""
    when = entry.when
    return (when.undated, begins(entry), when.latest, entry.name)


def begins(entry: Entry) -> int:
    return entry.when.latest if entry.when.earliest == BEGINNING else entry.when.earliest
