"""What a whole return shows that no single cell does: slipped years, dates out of order, Refs of no entry."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, MutableSequence, Set
from functools import cached_property

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
    known = _Known(refs, terms)
    for entry in entries:
        if entry.shared_what:
            yield from _conveyed(entry, known, columns.heading("shared_what"))
        if entry.learnt is not None and entry.learnt.surely_before(entry.when):
            yield _order(entry, columns.heading("learnt"), entry.learnt, "known")
        if entry.written is not None and entry.written.surely_before(entry.when):
            yield _order(entry, columns.heading("written"), entry.written, "written down")


class _Known:
    """The Refs of an agency and the indicators: what can have been told."""

    def __init__(self, refs: Set[str], terms: Terms) -> None:
        self.refs, self.terms = refs, terms

    @cached_property
    def forms(self) -> Counter[str]:
        """How many Refs are of each form, whatever dash, space or case they have."""
        return Counter(map(form_of, self.refs))

    @cached_property
    def names(self) -> list[str]:
        """What might have been meant."""
        return [*sorted(self.refs), *(concept.notation for concept in self.terms.schemes["indicator"].concepts)]


def _conveyed(entry: Entry, known: _Known, heading: str) -> Iterator[Problem]:
    for words in entry.shared_what:
        ref = words.removeprefix(f"{entry.agency}/")
        if ref in known.refs or known.terms.concept("indicator", words) is not None:
            continue
        if known.forms[form_of(ref)] == 1:
            continue
        yield Problem(
            Place(entry.place.file, entry.place.sheet, entry.place.row, heading, entry.name),
            "warning",
            f"{short(words)} is neither a Ref of this agency nor an indicator",
            "what was told is named by the Refs of the entries, or by indicators" + aside(words, known.names, like=0.7),
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
