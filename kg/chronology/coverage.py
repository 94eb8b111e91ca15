"""How far each return could be read: the measure that stands beside every finding."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from kg.chronology.side_by_side import Chronology
from kg.chronology.sightings import Sightings, sightings
from kg.chronology.whose_code import AGENCY, REVIEWER, SUGGESTED, row_of
from kg.dates.when import DAY, END, When
from kg.model.record import Entry
from kg.terms.marks import is_unchecked_draft


@dataclass(frozen=True, slots=True)
class Coverage:
    """What one agency's return allows to be said: an agency whose rows are not coded is unread, not blameless.

    Counts are of rows: ``coded`` have an indicator or response, ``kind_not_stated`` have no kind of contact, ``doubtful``
    have a hedged or wide date, ``undated`` none. ``last`` is the latest dated entry. ``machine_drafted`` were drafted by a
    machine, with no check recorded. ``coded`` is the agency's own work; ``by_reviewer`` are further rows whose narrative the
    reviewer has read, ``suggested`` those that have codes only because their words suggest them, where these are counted.
    ``not_read`` are rows of which nothing can be called missing.
    """

    agency: str
    has_return: bool
    rows: int
    coded: int
    kind_not_stated: int
    doubtful: int
    undated: int
    sightings: Sightings
    last: When | None
    signed_off: str
    machine_drafted: int = 0
    by_reviewer: int = 0
    suggested: int = 0
    not_read: int = 0

    @property
    def unread(self) -> bool:
        """Whether fewer than half of the rows that came are coded or read: then a lack of records says nothing."""
        return bool(self.rows) and (self.coded + self.by_reviewer) * 2 < self.rows


def coverage(chronology: Chronology) -> tuple[Coverage, ...]:
    """Coverage of every agency, in the order of review.toml. The public makes no contacts of its own."""
    review, terms = chronology.review, chronology.terms
    rows_of: dict[str, list[int]] = {agency.name: [] for agency in review.agencies}
    for row, entry in enumerate(review.entries):
        rows_of[entry.agency].append(row)
    signed = {made.agency: made.signed_off for made in review.returns}
    found = []
    for agency in review.agencies:
        rows = rows_of[agency.name]
        entries = [review.entries[row] for row in rows]
        read_as = Counter(map(row_of, entries))
        dated = [entry.when for entry in entries if entry.when.latest < END]
        found.append(
            Coverage(
                agency.name,
                agency.has_return,
                len(rows),
                read_as[AGENCY],
                sum(1 for entry in entries if not entry.contact),
                sum(1 for entry in entries if is_doubtful(entry.when)),
                sum(1 for entry in entries if entry.when.undated),
                Sightings() if agency.name in chronology.public else sightings(review, rows, terms),
                max(dated, key=lambda when: (when.latest, when.earliest, when.words), default=None),
                signed.get(agency.name, ""),
                sum(1 for entry in entries if is_unchecked_draft(entry, terms)),
                read_as[REVIEWER],
                read_as[SUGGESTED],
                sum(1 for entry in entries if not is_read(entry)),
            )
        )
    return tuple(found)


def is_read(entry: Entry) -> bool:
    """Whether an entry was read, so that what it does not say can be called missing.

    It was, if it carries a code of what was seen, done or told, if the reviewer has passed its narrative, or if it has no
    narrative to read. A kind of contact alone says nothing of what was known.
    """
    coded = entry.responses or entry.shared_what or _of_the_record(entry)
    return bool(coded) or entry.passed or not any(letter.isalpha() for letter in entry.narrative)


def is_coded(entry: Entry) -> bool:
    """Whether the agency itself coded a row: an indicator or a response that is not the reviewer's reading."""
    return row_of(entry) == AGENCY


def _of_the_record(entry: Entry) -> list[str]:
    """The indicators of a row without those that its words suggest and nobody has accepted."""
    return [each for each in entry.indicators if f"indicator:{each}" not in entry.suggested]


def is_doubtful(when: When) -> bool:
    """Whether a date leaves open more than a day: hedged, a range, a month, or open at one end."""
    return not when.undated and (when.latest - when.earliest >= DAY or when.hedge not in ("", "none"))
