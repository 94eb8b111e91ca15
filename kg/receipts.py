"""Messages that only one side wrote down: sent with no record of receipt, received with no record of sending."""

from __future__ import annotations

from dataclasses import dataclass

from kg.links import Links, is_letter
from kg.model import Review
from kg.terms import Terms


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


def one_sided(review: Review, links: Links, terms: Terms, public: frozenset[str]) -> tuple[OneSided, ...]:
    """Every dated telling without a linked row in the other's return: within 7 days, 28 for letters.

    Nothing is said where a row does not say who told whom, of an agency that sent no return, of the public, which keeps no
    record, or of a row whose date is open at either end, since nobody knows what it should lie near.
    """
    returned = {agency.name for agency in review.agencies if agency.has_return} - public
    found: list[OneSided] = []
    for row, entry in enumerate(review.entries):
        if not entry.known.closed:
            continue
        days = terms.window_days("linking-letters" if is_letter(entry, terms) else "linking")
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
