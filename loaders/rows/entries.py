"""The rows of one table become entries: every cell kept as written, the dozen that rules use read beside it.

Rows in, entries out: a row that cannot be read in full is an entry all the same, with a Problem. Each distinct cell is
read once; what is doubtful in it is said of every row in which it stands.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from kg.dates.reader import DateReader
from kg.dates.when import UNDATED, When
from kg.model.problem import Place, Problem
from kg.terms.tables import Terms
from loaders.formats.tables import Row
from loaders.rows.boxes import chosen
from loaders.rows.cells import Cells, Memory, T
from loaders.rows.columns import Columns
from loaders.rows.doubts import (
    Doubt,
    doubtful_date,
    former_word,
    gathered,
    no_partner,
    public_partner,
    read_partner,
    unknown_word,
    unnamed_liaison,
    vague_liaison,
)
from loaders.rows.one_table import Liaison, OneTable, Readers, Refs, Table
from loaders.rows.partners import Partner, Partners
from loaders.rows.roster import Roster, short, unlike
from loaders.rows.seen_words import SeenWords
from loaders.rows.together import Seen
from loaders.rows.worded_cells import PROSE, WordedCells

LONG = 40
"""Words longer than this, in characters, are nobody's slip of the pen: no "did you mean" is looked for."""

_OF_ONE_REVIEW = ("people", "about", "seen", "shared_with", "received_from", "liaison")
_NOBODY: tuple[str, ...] = ()
_LISTED = re.compile(r"[;\n\r]+")
_ASIDE = re.compile(r"\([^()]*\)")


class RowReader:
    """Reads rows into entries for one review: its people, agencies and period, and the ontology's words."""

    def __init__(
        self,
        terms: Terms,
        people: Roster,
        agencies: Partners,
        dates: DateReader,
        memory: Memory,
        subjects: Sequence[str] = (),
    ) -> None:
        self.terms = terms
        self.people = people
        self.agencies = agencies
        self.dates = dates
        self.worded = WordedCells(memory.contact_words(terms), SeenWords(terms, people, subjects), people, terms)
        self._pending = memory.pending
        self._shared = memory.columns
        self._meant = memory.meant
        self._own: dict[tuple[object, ...], Cells[Any]] = {}

    def read(self, rows: Sequence[Row], columns: Columns, file: str, sheet: str, agency: str, taken: Refs) -> Table:
        """The entries of a table whose rows below the headings these are.

        ``taken`` holds the Refs that the agency has used so far, in this file or another; it grows.
        """
        self._pending.clear()
        place = Place(file, sheet)
        one = OneTable(columns, self._readers(columns), self.dates, place, agency, self._pending)
        table = one.read(rows, taken)
        self._report(one.together, table, {columns.heading("date"), columns.heading("time")})
        return table

    # --- what a cell says ---------------------------------------------------------------------------------------

    def _readers(self, columns: Columns) -> Readers:
        """The readers of the cells of each column of a table."""
        worded, heading = self.worded, columns.heading
        nothing: Liaison = (_NOBODY, _NOBODY, _NOBODY)
        unseen: Seen = ("", _NOBODY)
        more_seen = [(columns.headings[place], place) for place in columns.also.get("seen", ())]
        recorded = partial(worded.recorded, self._one_of("recording"))
        return Readers(
            date=self._cells("date", heading("date"), self._date, UNDATED),
            learnt=self._cells("learnt", heading("learnt"), self._moment, None),
            written=self._cells("written", heading("written"), self._moment, None),
            people=self._cells("people", heading("people"), self._people, _NOBODY),
            about=self._cells("about", heading("about"), self._people, _NOBODY),
            contact=self._cells("contact", heading("contact"), partial(worded.contact, self._one_of("contact")), ""),
            seen=self._cells("seen", heading("seen"), worded.seen, unseen),
            more_seen=[(words, at, self._cells("seen", words, worded.seen, unseen)) for words, at in more_seen],
            indicators=self._cells("indicators", heading("indicators"), self._many_of("indicator"), _NOBODY),
            responses=self._cells("responses", heading("responses"), self._many_of("response"), _NOBODY),
            shared_with=self._cells("shared_with", heading("shared_with"), self._agencies, _NOBODY),
            shared_what=self._cells("shared_what", heading("shared_what"), self._refs, _NOBODY),
            received_from=self._cells("received_from", heading("received_from"), self._agencies, _NOBODY),
            liaison=self._cells("liaison", heading("liaison"), self._liaison, nothing),
            how_recorded=self._cells("how_recorded", heading("how_recorded"), recorded, ""),
            terms=self.terms,
        )

    def _cells(self, name: str, heading: str, read: Callable[[str, str, list[Doubt]], T], blank: T) -> Cells[T]:
        """The cells of a column, remembered from one file to the next where its heading is the same."""
        years = self.dates.years if name in ("date", "learnt", "written") else None
        settled, service = self.worded.settled, self.worded.service if name == "contact" else ""
        columns = self._own if name in _OF_ONE_REVIEW or settled.words else self._shared
        known = columns.get((name, heading, years, settled, service))
        if known is None:
            known = Cells(
                lambda cell, pending: read(heading, chosen(heading, cell, pending), pending), self._pending, blank
            )
            columns[name, heading, years, settled, service] = known
        return known

    def _people(self, heading: str, cell: str, pending: list[Doubt]) -> tuple[str, ...]:
        return unlike(name or words for words, name in self.people.read(cell))

    def _agencies(self, heading: str, cell: str, pending: list[Doubt]) -> tuple[str, ...]:
        return self._named(heading, self.agencies.read(cell), pending)

    def _liaison(self, heading: str, cell: str, pending: list[Doubt]) -> Liaison:
        told, heard, either = self.agencies.liaison(cell)
        if either:
            pending.append(vague_liaison(heading, cell))
        for partner in told:
            if partner.agency is None:
                pending.append(unnamed_liaison(heading, partner.words))
        told = tuple(partner for partner in told if partner.agency is not None)
        return self._named(heading, told, pending), self._named(heading, heard, pending), either

    def _named(self, heading: str, partners: Sequence[Partner], pending: list[Doubt]) -> tuple[str, ...]:
        for partner in partners:
            if partner.public:
                pending.append(public_partner(heading, partner.words))
            elif partner.agency is None:
                pending.append(no_partner(heading, partner.words, self.agencies.suggest(partner.words)))
            elif partner.read:
                pending.append(read_partner(heading, partner.words, partner.agency))
        return unlike(partner.agency for partner in partners if partner.agency is not None)

    def _many_of(self, scheme: str) -> Callable[[str, str, list[Doubt]], tuple[str, ...]]:
        terms = self.terms

        def match(scheme: str, words: str) -> str | None:
            if len(words) > PROSE:
                return None
            found = terms.match(scheme, words)
            if found is None and scheme == "contact" and "(" in words:  # "Home visit (unannounced)"
                found = terms.match(scheme, _ASIDE.sub("", words))
            return found

        def read(heading: str, cell: str, pending: list[Doubt]) -> tuple[str, ...]:
            found: list[str] = []
            for part in _LISTED.split(cell):
                words = part.strip()
                if not words:
                    continue
                notation = match(scheme, words)
                pieces = [words] if notation or "," not in words else [p.strip() for p in words.split(",") if p.strip()]
                if len(pieces) > 1 and not any(match(scheme, piece) for piece in pieces):
                    pieces = [words]
                for piece in pieces:
                    notation = match(scheme, piece)
                    if notation:
                        found.append(notation)
                        if (old := terms.former(scheme, piece)) is not None:
                            pending.append(former_word(heading, piece, old))
                    else:
                        pending.append(self._unknown(scheme, heading, piece))
            return unlike(found)

        return read

    def _one_of(self, scheme: str) -> Callable[[str, str, list[Doubt]], str]:
        several = self._many_of(scheme)

        def read(heading: str, cell: str, pending: list[Doubt]) -> str:
            found = several(heading, cell, pending)
            if len(found) > 1:
                pending.append(
                    Doubt(
                        heading,
                        "warning",
                        f"{short(cell)} names {len(found)} kinds",
                        "an entry is one contact, of one kind",
                        f'The first, "{found[0]}", is used. The cell is kept as written.',
                        "Keep the kind that fits best, or write an entry for each.",
                    )
                )
            return found[0] if found else ""

        return read

    def _unknown(self, scheme: str, heading: str, words: str) -> Doubt:
        near, free = None, self._own_words(heading)
        if not free and len(words) <= LONG and words.count(" ") < 4:
            if (scheme, words) not in self._meant:  # looking for what is nearest is slow
                self._meant[scheme, words] = self.terms.suggest(scheme, words)
            near = self._meant[scheme, words]
        return unknown_word(scheme, heading, words, None if free else near, free=free)

    def _own_words(self, heading: str) -> bool:
        """Whether a heading only stands in for a column of codes: then own words are expected in its cells."""
        column = self.terms.heading(heading)
        return column is None or column.kind != "concept"

    def _refs(self, heading: str, cell: str, pending: list[Doubt]) -> tuple[str, ...]:
        match = self.terms.match
        parts = [part.strip() for part in _LISTED.split(cell) if part.strip()]
        if len(parts) == 1 and "," in parts[0] and match("indicator", parts[0]) is None:
            pieces = [part.strip() for part in parts[0].split(",") if part.strip()]
            if any(match("indicator", piece) for piece in pieces) or not any(" " in piece for piece in pieces):
                parts = pieces
        return unlike(match("indicator", part) or part for part in parts)

    def _date(self, heading: str, cell: str, pending: list[Doubt]) -> When:
        when, why = self.dates.read(cell)
        if why is not None:
            pending.append(doubtful_date(heading, when, why))
        return when

    def _moment(self, heading: str, cell: str, pending: list[Doubt]) -> When | None:
        when, why = self.dates.read(cell)
        if why is not None:
            pending.append(doubtful_date(heading, when, why, entry_date=False))
        return None if when.undated else when

    # --- what is said of rows -------------------------------------------------------

    def _report(self, together: Mapping[Doubt, Sequence[Place]], table: Table, each: set[str]) -> None:
        """Doubts as Problems: those of dates each by itself, others once for each distinct cell, with all its rows."""
        found: list[tuple[int, Problem]] = []
        alike: dict[tuple[str, str], list[tuple[Doubt, Sequence[Place]]]] = {}
        for doubt, places in together.items():
            if doubt.gather:
                alike.setdefault((doubt.column, doubt.gather), []).append((doubt, places))
        for doubts in alike.values():
            problem = gathered(doubts)
            if problem is None:
                found += [(rows[0].row, doubt.at(rows[0], [place.row for place in rows[1:]])) for doubt, rows in doubts]
            else:
                found.append((problem.place.row, problem))
        for doubt, places in together.items():
            if doubt.column in each and not doubt.gather:
                found += [(place.row, doubt.at(place)) for place in places]
            elif not doubt.gather:
                found.append((places[0].row, doubt.at(places[0], [place.row for place in places[1:]])))
        table.problems += [problem for _, problem in sorted(found, key=lambda pair: pair[0])]
