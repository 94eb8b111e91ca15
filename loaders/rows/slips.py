"""What a whole return shows that no single cell does: slipped years, dates out of order, Refs of no entry."""

from __future__ import annotations

from collections.abc import Iterator, MutableSequence, Set

from kg.base.nearest import aside
from kg.dates.when import When
from kg.model.problem import Place, Problem
from kg.model.record import Entry
from kg.terms.tables import Terms
from loaders.rows.columns import Columns
from loaders.rows.day_doubts import doubted
from loaders.rows.ref_forms import form_of
from loaders.rows.roster import short


def slips(
    entries: MutableSequence[Entry], period: When, refs: Set[str], columns: Columns, terms: Terms
) -> Iterator[Problem]:
    """The doubts of one table's entries, read in the order of its rows; entries of a doubted date are put back wider."""
    yield from doubted(entries, period, columns.heading("date"))
    if not {"shared_what", "learnt", "written"} & columns.places.keys():
        return
    for entry in entries:
        if entry.shared_what:
            yield from _conveyed(entry, refs, terms, columns.heading("shared_what"))
        if entry.learnt is not None and entry.learnt.surely_before(entry.when):
            yield _order(entry, columns.heading("learnt"), entry.learnt, "known")
        if entry.written is not None and entry.written.surely_before(entry.when):
            yield _order(entry, columns.heading("written"), entry.written, "written down")


def _conveyed(entry: Entry, refs: Set[str], terms: Terms, heading: str) -> Iterator[Problem]:
    for words in entry.shared_what:
        ref = words.removeprefix(f"{entry.agency}/")
        if ref in refs or terms.concept("indicator", words) is not None:
            continue
        if sum(form_of(other) == form_of(ref) for other in refs) == 1:  # met whatever dash, space or case it has
            continue
        notations = [concept.notation for concept in terms.schemes["indicator"].concepts]
        yield Problem(
            Place(entry.place.file, entry.place.sheet, entry.place.row, heading, entry.name),
            "warning",
            f"{short(words)} is neither a Ref of this agency nor an indicator",
            "what was told is named by the Refs of the entries, or by indicators"
            + aside(words, [*sorted(refs), *notations], like=0.7),
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
