"""Messages that only one side wrote down: sent with no record of receipt, received with no record of sending."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kg.chronology.side_by_side import Chronology
from kg.findings.finding import Family, Finding, Keys, Kind
from kg.knowledge.ledger import Knowledge
from kg.model.record import Entry
from kg.terms.marks import is_letter, speaks_of_letter


@dataclass(frozen=True, slots=True)
class OneSided:
    """A telling that one agency recorded and the other, which sent a return, did not.

    ``kind`` is "not-received" (``agency`` is the one told) or "not-sent" (``agency`` is the one said to have told).
    ``row`` is the row that does record it, of the agency ``other``. ``days`` is how far apart the two rows might lie.
    """

    kind: str
    agency: str
    other: str
    row: int
    days: int

    def rows(self) -> tuple[int, ...]:
        """The one row that records the message."""
        return (self.row,)

    def rests_on(self) -> tuple[int, ...]:
        """The same."""
        return (self.row,)

    def shown_by(self) -> tuple[int, ...]:
        """The one row."""
        return self.rows()

    def agencies(self) -> frozenset[str]:
        """The agency that wrote it down."""
        return frozenset((self.other,))

    def people(self, knowledge: Knowledge) -> frozenset[str]:
        """Those the row names."""
        return frozenset(knowledge.review.entries[self.row].people)


def one_sided(chronology: Chronology) -> tuple[OneSided, ...]:
    """Every dated telling without a linked row in the other's return: within 7 days, 28 for letters.

    Nothing is said where a row does not say who told whom, of an agency that sent no return, of the public, which keeps no
    record, or of a row whose date is open at either end, since nobody knows what it should lie near.
    """
    review, links, terms = chronology.review, chronology.links, chronology.terms
    returned = {agency.name for agency in review.agencies if agency.has_return} - chronology.public
    found: list[OneSided] = []
    for row, entry in enumerate(review.entries):
        if not entry.known.closed:
            continue
        days = terms.window_days(
            "linking-letters" if is_letter(entry, terms) or speaks_of_letter(entry, terms) else "linking"
        )
        for other in dict.fromkeys(entry.shared_with):
            if other in entry.either_way:
                continue
            if other != entry.agency and other in returned and (row, other) not in links.heard:
                found.append(OneSided("not-received", other, entry.agency, row, days))
        for other in dict.fromkeys(entry.received_from):
            if other != entry.agency and other in returned and (row, other) not in links.told:
                found.append(OneSided("not-sent", other, entry.agency, row, days))
    return tuple(
        sorted(
            found,
            key=lambda gap: (
                gap.kind,
                review.entries[gap.row].known.earliest,
                gap.agency,
                review.entries[gap.row].name,
            ),
        )
    )


def _family(word: str, kind: Kind) -> Family:
    """One side of the same question: each side's ids begin with a word of its own."""

    def find(knowledge: Knowledge, keys: Keys) -> list[Finding]:
        entries = knowledge.review.entries
        return [
            Finding(own_id(keys, gap.agency, gap.other, entries[gap.row]), gap.kind, "sure", gap.agency, "", gap)
            for gap in one_sided(knowledge.chronology)
            if gap.kind == kind.notation
        ]

    def could_be(knowledge: Knowledge, keys: Keys) -> Iterator[str]:
        for entry in knowledge.review.entries:
            others = entry.shared_with if kind.notation == RECEIPT else entry.received_from
            for other in others:
                yield own_id(keys, other, entry.agency, entry)

    def own_id(keys: Keys, agency: str, other: str, entry: Entry) -> str:
        return keys.id(word, kind.notation, agency, other, keys.entry(entry))

    return Family(word, (kind,), find, could_be)


RECEIPT, SENDING = "not-received", "not-sent"
NOT_RECEIVED = _family("receipt", Kind(RECEIPT, "Sent, with no record of receipt", 5))
NOT_SENT = _family("sending", Kind(SENDING, "Received, with no record of sending", 6))
