"""What the answers in plain Python have in common: whose entries they look at, and how they name a day or an event.

No query is asked and no drawing looked at.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date

from kg.dates.when import BEGINNING, END, day_of
from kg.findings.study import Study
from kg.model.record import Entry
from kg.terms.marks import is_contact, is_public

Given = Mapping[str, str | date]
Rows = Iterator[Sequence[object]]
Answered = Callable[[Sequence[Study], Given], Iterable[Sequence[object]]]


def each_of(answer: Callable[[Study, Given], Rows]) -> Answered:
    """A question asked of each review by itself."""
    return lambda studied, given: (row for gaps in studied for row in answer(gaps, given))


def public_of(gaps: Study) -> frozenset[str]:
    return frozenset(agency.name for agency in gaps.review.agencies if is_public(agency, gaps.terms))


def own_entries(gaps: Study) -> list[Entry]:
    """The entries of agencies proper, without the family and the public."""
    public = public_of(gaps)
    return [entry for entry in gaps.review.entries if entry.agency not in public]


def contacts_of(gaps: Study) -> list[Entry]:
    return [entry for entry in own_entries(gaps) if is_contact(entry, gaps.terms)]


def first_day(entry: Entry) -> date | None:
    return None if entry.when.earliest == BEGINNING else day_of(entry.when.earliest)


def last_day(entry: Entry) -> date | None:
    return None if entry.when.latest == END else day_of(entry.when.latest)


def wanted(given: Given, name: str, value: str) -> bool:
    return given.get(name, "") in ("", value)


def flagged(gaps: Study, scheme: str, notation: str, *flags: str) -> bool:
    concept = gaps.terms.concept(scheme, notation)
    return concept is not None and bool(concept.flags & {*flags})


def of_kind(gaps: Study, entry: Entry, contact: str) -> bool:
    return bool(entry.contact) and contact in gaps.terms.broader("contact", entry.contact)


def origin_of(gaps: Study, origin: int) -> Entry:
    """The first account of an event: by time, then name."""
    from kg.chronology.order import turn

    return min((gaps.review.entries[row] for row in gaps.links.event[origin]), key=turn)
