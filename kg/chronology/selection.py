"""Which entries to show: by agency, person, kind and time."""

from __future__ import annotations

from dataclasses import dataclass

from kg.dates.when import BEGINNING, END
from kg.model.record import Entry


@dataclass(frozen=True, slots=True)
class Selection:
    """Which entries to show: agencies, people and kinds by name or notation, text anywhere, and days in minutes.

    An entry is kept if it matches every part given. ``since`` and ``until`` keep what possibly lies between them;
    undated entries are kept only if neither is given.
    """

    agencies: frozenset[str] = frozenset()
    people: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    since: int = BEGINNING
    until: int = END
    text: str = ""

    def keeps(self, entry: Entry) -> bool:
        """Whether an entry belongs to the selection."""
        if self.agencies and entry.agency not in self.agencies:
            return False
        if self.people and not self.people & {*entry.people, *entry.about}:
            return False
        if self.kinds and not self.kinds & {entry.contact, *entry.indicators, *entry.responses}:
            return False
        if (self.since > BEGINNING or self.until < END) and (
            entry.when.undated or entry.when.latest < self.since or entry.when.earliest > self.until
        ):
            return False
        if self.text:
            sought = self.text.casefold()
            return any(sought in cell.casefold() for cell in entry.cells.values())
        return True
