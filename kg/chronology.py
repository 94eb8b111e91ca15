"""One order over all agencies' entries, and the first counts a reviewer asks for.

Entries whose dates overlap are in no order; for reading they are listed by earliest bound, then latest, then name. Undated
entries come last: no day is invented for them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg.identity import Household
from kg.model import Entry, Review
from kg.terms import Terms
from kg.when import BEGINNING, DAY, END, When


def in_order(review: Review, rows: Iterable[int] | None = None) -> tuple[int, ...]:
    """Positions of entries in the order they are read: by earliest moment, latest moment, then name; undated last."""
    entries = review.entries

    return tuple(sorted(range(len(entries)) if rows is None else rows, key=lambda row: turn(entries[row])))


def turn(entry: Entry) -> tuple[bool, int, int, str]:
    """Where an entry stands in the order of reading. One that is only known to lie before a day stands at that day."""
    when = entry.when
    return (when.undated, _start(entry), when.latest, entry.name)


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


@dataclass(frozen=True, slots=True)
class Sightings:
    """Contacts of one agency (or of all), and how many of them record that a subject was seen.

    ``seen``, ``alone``, ``not_seen`` and ``not_stated`` add up to ``contacts``: a contact seen alone counts as alone only.
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


MACHINE_DRAFTED = "machine-drafted"
"""How a row was recorded that a machine drafted and nobody is recorded to have checked."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """What one agency's return allows to be said: an agency whose rows are not coded is unread, not blameless.

    Counts are of rows: ``coded`` have an indicator or response, ``kind_not_stated`` have no kind of contact, ``doubtful``
    have a hedged or wide date, ``undated`` none. ``last`` is the latest dated entry. ``machine_drafted`` were drafted by a
    machine, with no check recorded.
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

    @property
    def unread(self) -> bool:
        """Whether fewer than half of the rows that came are coded: then a lack of records says nothing."""
        return bool(self.rows) and self.coded * 2 < self.rows


def is_contact(entry: Entry, terms: Terms) -> bool:
    """Whether an entry is a contact: its kind is one the ontology marks so. A blank kind is not."""
    concept = terms.concept("contact", entry.contact) if entry.contact else None
    return concept is not None and "contact" in concept.flags


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
            total += Sightings(1, seen == "seen", seen == "alone", seen == "not seen", seen == "not stated")
    return total


def coverage(review: Review, terms: Terms, public: frozenset[str]) -> tuple[Coverage, ...]:
    """Coverage of every agency, in the order of review.toml. The public makes no contacts of its own."""
    rows_of: dict[str, list[int]] = {agency.name: [] for agency in review.agencies}
    for row, entry in enumerate(review.entries):
        rows_of[entry.agency].append(row)
    signed = {made.agency: made.signed_off for made in review.returns}
    found = []
    for agency in review.agencies:
        rows = rows_of[agency.name]
        entries = [review.entries[row] for row in rows]
        dated = [entry.when for entry in entries if entry.when.latest < END]
        found.append(
            Coverage(
                agency.name,
                agency.has_return,
                len(rows),
                sum(1 for entry in entries if entry.indicators or entry.responses),
                sum(1 for entry in entries if not entry.contact),
                sum(1 for entry in entries if is_doubtful(entry.when)),
                sum(1 for entry in entries if entry.when.undated),
                Sightings() if agency.name in public else sightings(review, rows, terms),
                max(dated, key=lambda when: (when.latest, when.earliest, when.words), default=None),
                signed.get(agency.name, ""),
                sum(1 for entry in entries if entry.how_recorded == MACHINE_DRAFTED),
            )
        )
    return tuple(found)


def is_doubtful(when: When) -> bool:
    """Whether a date leaves open more than a day: hedged, a range, a month, or open at one end."""
    return not when.undated and (when.latest - when.earliest >= DAY or when.hedge not in ("", "none"))


@dataclass(frozen=True, slots=True)
class NotSeen:
    """The longest time a subject was not seen by any agency, as far as the record shows.

    ``surely`` is true if even the contacts that do not state who was seen fall outside it; otherwise they are taken as no
    sighting, and ``not_stated`` counts those within. ``at_least`` and ``at_most`` are days. ``after`` and ``until`` are
    the rows of the sightings on either side; None at the first contact of all, or at the incident.
    """

    subject: str
    surely: bool
    at_least: int
    at_most: int
    after: int | None
    until: int | None
    not_stated: int
    first_day: int
    last_day: int


def longest_not_seen(review: Review, terms: Terms, household: Household, public: frozenset[str]) -> tuple[NotSeen, ...]:
    """For each subject: the longest time surely not seen, and the longest with no sighting recorded, if that is longer.

    A sighting is an agency's dated contact with Seen yes, alone or the subject's name. It counts from the first
    contact that names the subject (within the period, and not before birth) to the incident. Times are whole days
    between the days of two sightings. Where no contact at all records a sighting, the record is too thin to say
    anything, and nothing is said.
    """
    found: list[NotSeen] = []
    for subject in review.subjects:
        rows = [
            row
            for row, entry in enumerate(review.entries)
            if entry.agency not in public
            and not entry.when.undated
            and entry.when.earliest < review.incident.earliest
            and is_contact(entry, terms)
            and subject in household.subjects_named(entry)
        ]
        seen = [row for row in rows if _sees(review.entries[row], subject, review)]
        unclear = [row for row in rows if seen_of(review.entries[row], review) == "not stated"]
        start = min((_start(review.entries[row]) for row in rows), default=None)
        if start is None or not seen or review.incident.earliest >= END:
            continue
        born = next((person.born for person in review.people if person.name == subject), None)
        start = max(start, review.period.earliest, born.latest if born is not None and born.latest < END else start)
        recorded = _longest_gap(review, subject, seen, start, unclear, surely=False)
        sure = _longest_gap(review, subject, [*seen, *unclear], start, [], surely=True)
        if sure is not None:
            found.append(sure)
        if recorded is not None and (sure is None or recorded.at_least > sure.at_least):
            found.append(recorded)
    return tuple(found)


def _sees(entry: Entry, subject: str, review: Review) -> bool:
    if entry.seen == "names":
        return subject in entry.seen_people
    return seen_of(entry, review) in ("seen", "alone")


def _start(entry: Entry) -> int:
    return entry.when.latest if entry.when.earliest == BEGINNING else entry.when.earliest


def _longest_gap(
    review: Review, subject: str, rows: Sequence[int], start: int, unclear: Sequence[int], *, surely: bool
) -> NotSeen | None:
    when = [review.entries[row].when for row in range(len(review.entries))]
    ordered = sorted(rows, key=lambda row: (when[row].earliest, when[row].latest, review.entries[row].name))
    end = review.incident.earliest
    best: tuple[int, NotSeen] | None = None
    covered, after, latest_start = start, None, start
    for row in [*ordered, None]:
        begins = end if row is None else max(when[row].earliest, start)
        days = begins // DAY - covered // DAY
        if days > 1 and (best is None or days > best[0]):
            rest = [other for other in ordered if when[other].earliest >= begins]
            until = min(rest, key=lambda other: (when[other].latest, review.entries[other].name), default=None)
            most = (end if until is None else min(when[until].latest, end)) // DAY - latest_start // DAY
            within = sum(1 for other in unclear if when[other].latest > covered and when[other].earliest < begins)
            best = (
                days,
                NotSeen(subject, surely, days, max(days, most), after, until, within, covered // DAY, begins // DAY),
            )
        if row is not None:
            latest_start = max(latest_start, when[row].earliest)
            if when[row].latest >= covered:
                covered, after = min(when[row].latest, end), row
    return best[1] if best else None
