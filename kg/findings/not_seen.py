"""The longest time in which a subject was not seen: surely, and with no record of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg.chronology.order import begins
from kg.chronology.side_by_side import Chronology
from kg.chronology.sightings import seen_of
from kg.dates.when import DAY, END
from kg.findings.finding import Family, Finding, Keys, Kind
from kg.knowledge.ledger import Knowledge
from kg.model.record import Entry
from kg.model.review import Review
from kg.terms.marks import is_contact


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

    def rows(self) -> tuple[int, ...]:
        """The sightings on either side of it, where there are any."""
        return tuple(row for row in (self.after, self.until) if row is not None)

    def rests_on(self) -> tuple[int, ...]:
        """The same."""
        return self.rows()

    def shown_by(self) -> tuple[int, ...]:
        """None: it is what no row records."""
        return ()

    def agencies(self) -> frozenset[str]:
        """None: it is of all agencies together."""
        return frozenset()

    def people(self, knowledge: Knowledge) -> frozenset[str]:
        """None beside the subject."""
        return frozenset()


def longest_not_seen(chronology: Chronology, since: Mapping[str, int] | None = None) -> tuple[NotSeen, ...]:
    """For each subject: the longest time surely not seen, and the longest with no sighting recorded, if that is longer.

    A sighting is an agency's dated contact with Seen yes, alone or the subject's name; "alone" in a row that names several
    may be of another of them, and is as one that does not say. It counts from the first contact that names the subject
    (within the period, and not before birth) to the incident. Times are whole days between the days of two sightings.
    Where no contact at all records a sighting, the record is too thin to say
    anything, and nothing is said. ``since`` gives for a subject a moment from which alone to count.
    """
    review, found = chronology.review, []
    for subject in review.subjects:
        rows = [
            row
            for row, entry in enumerate(review.entries)
            if entry.agency not in chronology.public
            and not entry.when.undated
            and entry.when.earliest < review.incident.earliest
            and is_contact(entry, chronology.terms)
            and subject in chronology.household.subjects_named(entry)
        ]
        one_of = [row for row in rows if _one_of_several(review.entries[row], review)]
        seen = [row for row in rows if sees(review.entries[row], subject, review) and row not in one_of]
        unclear = [row for row in rows if seen_of(review.entries[row], review) == "not stated" or row in one_of]
        start = min((begins(review.entries[row]) for row in rows), default=None)
        if start is None or not seen or review.incident.earliest >= END:
            continue
        born = next((person.born for person in review.people if person.name == subject), None)
        start = max(start, review.period.earliest, born.latest if born is not None and born.latest < END else start)
        start = max(start, (since or {}).get(subject, start))
        recorded = _longest_gap(review, subject, seen, start, unclear, surely=False)
        sure = _longest_gap(review, subject, [*seen, *unclear], start, [], surely=True)
        if sure is not None:
            found.append(sure)
        if recorded is not None and (sure is None or recorded.at_least > sure.at_least):
            found.append(recorded)
    return tuple(found)


def sees(entry: Entry, subject: str, review: Review) -> bool:
    if entry.seen == "names":
        return subject in entry.seen_people
    return seen_of(entry, review) in ("seen", "alone")


def _one_of_several(entry: Entry, review: Review) -> bool:
    """Whether a row says that somebody was seen alone and names several subjects: it does not say which of them was."""
    return entry.seen == "alone" and len({*entry.people, *entry.about} & {*review.subjects}) > 1


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


def find(knowledge: Knowledge, keys: Keys) -> list[Finding]:
    """The longest times not seen, as findings."""
    found = []
    for gap in longest_not_seen(knowledge.chronology):
        certainty = "sure" if gap.surely else "possible"
        found.append(Finding(_id(keys, gap.subject, certainty), KIND, certainty, "", gap.subject, gap))
    return found


def _could_be(knowledge: Knowledge, keys: Keys) -> Iterator[str]:
    for subject in knowledge.review.subjects:
        yield from (_id(keys, subject, certainty) for certainty in ("sure", "possible"))


def _id(keys: Keys, subject: str, certainty: str) -> str:
    return keys.id(WORD, KIND, subject, certainty)


WORD, KIND = "unseen", "not-seen"
FAMILY = Family(WORD, (Kind(KIND, "Longest time not seen"),), find, _could_be)
