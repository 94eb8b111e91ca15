"""What a whole return shows that no single cell does: slipped years, dates out of order, Refs of no entry."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence, Set

from kg.model import Entry, Place, Problem
from kg.ontology import Terms
from kg.when import BEGINNING, DAY, END, When
from loaders.columns import Columns
from loaders.names import short
from loaders.ref_forms import form_of

FAR = 2 * 365 * DAY
"""So many minutes from both neighbours, and outside the period, a date is far away."""

NEARLY_A_YEAR = 300 * DAY
CLOSE = 60 * DAY


def slips(entries: Sequence[Entry], period: When, refs: Set[str], columns: Columns, terms: Terms) -> Iterator[Problem]:
    """The doubts of one table's entries, read in the order of its rows."""
    yield from _years(entries, period, columns.heading("date"))
    if not {"shared_what", "learnt", "written"} & columns.places.keys():
        return
    for entry in entries:
        if entry.shared_what:
            yield from _conveyed(entry, refs, terms, columns.heading("shared_what"))
        if entry.learnt is not None and entry.learnt.surely_before(entry.when):
            yield _order(entry, columns.heading("learnt"), entry.learnt, "known")
        if entry.written is not None and entry.written.surely_before(entry.when):
            yield _order(entry, columns.heading("written"), entry.written, "written down")


def _years(entries: Sequence[Entry], period: When, heading: str) -> Iterator[Problem]:
    """Dates that stand years from the rows around them and outside the period, or a year from two that agree."""
    last: int | None = None
    far = False
    dated: list[Entry] = []
    for entry in entries:
        when = entry.when
        if when.earliest != BEGINNING and when.latest != END:
            if last is not None and not when.earliest - NEARLY_A_YEAR < last < when.latest + NEARLY_A_YEAR:
                far = True
            last = when.latest
            dated.append(entry)
    if not far:
        return
    for place, entry in enumerate(dated):
        when = entry.when
        before = dated[place - 1].when if place else None
        after = dated[place + 1].when if place + 1 < len(dated) else None
        gaps = [_gap(when, other) for other in (before, after) if other is not None]
        if not gaps or min(gaps) < NEARLY_A_YEAR:
            continue
        outside = when.latest < period.earliest or when.earliest > period.latest
        agree = before is not None and after is not None and _gap(before, after) <= CLOSE
        if not agree and not (outside and min(gaps) > FAR):
            continue
        near = before if before is not None and (after is None or gaps[0] <= gaps[-1]) else after
        yield Problem(
            Place(entry.place.file, entry.place.sheet, entry.place.row, heading, entry.name),
            "warning",
            f"{short(when.words)} stands far from the dates around it",
            f"the nearest row beside it is {near.plain() if near else 'undated'}; perhaps the year slipped",
            "It is kept as written.",
            "Ask the agency, and correct the cell if the year is wrong.",
        )


def _gap(one: When, other: When) -> int:
    """Minutes between two dates at their nearest; 0 or less where they overlap."""
    before, after = one.earliest - other.latest, other.earliest - one.latest
    return before if before > after else after


def _conveyed(entry: Entry, refs: Set[str], terms: Terms, heading: str) -> Iterator[Problem]:
    for words in entry.shared_what:
        ref = words.removeprefix(f"{entry.agency}/")
        if ref in refs or terms.concept("indicator", words) is not None:
            continue
        if sum(form_of(other) == form_of(ref) for other in refs) == 1:  # met whatever dash, space or case it has
            continue
        notations = [concept.notation for concept in terms.schemes["indicator"].concepts]
        near = difflib.get_close_matches(words, [*sorted(refs), *notations], n=1, cutoff=0.7)
        yield Problem(
            Place(entry.place.file, entry.place.sheet, entry.place.row, heading, entry.name),
            "warning",
            f"{short(words)} is neither a Ref of this agency nor an indicator",
            "what was told is named by the Refs of the entries, or by indicators"
            + (f'; did you mean "{near[0]}"?' if near else ""),
            "The words are kept; they prove nothing told.",
            "Correct the cell, or leave it blank if the whole entry was told.",
        )


def _order(entry: Entry, heading: str, when: When, done: str) -> Problem:
    return Problem(
        Place(entry.place.file, entry.place.sheet, entry.place.row, heading, entry.name),
        "warning",
        f"{short(when.words)} lies before {short(entry.when.words)}",
        f"nothing can be {done} before it happens",
        "Both are kept as written; the later one counts." if done == "known" else "Both are kept as written.",
        "Ask the agency which of the two is wrong.",
    )
