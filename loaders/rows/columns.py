"""What each column of a return is: its headings matched with the ontology's, and the row that holds them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from kg.base.folding import spelling
from kg.base.nearest import perhaps
from kg.model.problem import Place, Problem
from kg.terms.tables import Property, Terms
from loaders.formats.tables import Row
from loaders.rows.readings import Reader, Reading, SettledColumns, by_labels
from loaders.rows.roster import short
from loaders.rows.shape import dated, filled, heading_row
from loaders.rows.witnesses import Listed

INDISPENSABLE = ("date", "what-happened")

SAMPLE = 120
"""How many rows below the headings are looked at to know what the columns are."""

UNDER_OWN_HEADING = frozenset(("date-until", "time-until", "agency"))
"""Columns that are read together with another; their cells travel under the heading as written."""

FLAGGED = frozenset(("stand-in", "near", "words", "cells", "overruled", "elsewhere"))
"""The witnesses that a person should look at once."""


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of one table: headings as written, what each is (None: of no property), and the key of its cells.

    ``places`` leads from a field or notation to the first column of it, ``also`` to those that are read together with
    it. ``readings`` says by which witness each heading is read so.
    """

    headings: tuple[str, ...]
    properties: tuple[Property | None, ...]
    keys: tuple[str, ...]
    places: Mapping[str, int]
    readings: tuple[Reading, ...] = ()
    also: Mapping[str, tuple[int, ...]] = field(default_factory=dict)

    def at(self, name: str) -> int:
        """Where the column stands that fills this field of an entry, or has this notation; -1 if there is none."""
        return self.places.get(name, -1)

    def heading(self, name: str) -> str:
        """The heading, as written, of the column that fills this field, or ""."""
        place = self.places.get(name, -1)
        return self.headings[place] if place >= 0 else ""


class Headings:
    """Matches headings with the ontology's columns; what it has once matched it remembers, for files alike."""

    def __init__(self, terms: Terms) -> None:
        self.terms = terms
        self.reader = Reader(terms)
        self._scores: dict[tuple[str, ...], int] = {}
        self._columns: dict[tuple[str, ...], Columns] = {}
        self.first_words = frozenset(
            words.casefold() for column in terms.properties for words in (*column.headings, *column.stand_ins)
        )

    def score(self, cells: Sequence[str]) -> int:
        """How many columns of a return a row of cells names."""
        key = tuple(cells)
        known = self._scores.get(key)
        if known is None:
            fit = [cell for cell in cells if 0 < len(cell) <= 80]
            known = sum(1 for column in self.terms.columns(fit) if column is not None) if fit else 0
            if len(self._scores) < 10_000:
                self._scores[key] = known
        return known

    def find(self, rows: Sequence[Row], overrides: Mapping[str, str]) -> int:
        """Which row holds the headings, by its shape and by how many columns it names; -1 if none does."""
        if rows and not overrides and self.score(rows[0][1]) >= 3 and not any(map(dated, rows[0][1])):
            return 0
        own = {spelling(heading) for heading in overrides}

        def score(cells: Sequence[str]) -> int:
            return self.score(cells) + sum(1 for cell in cells if spelling(cell) in own)

        return heading_row([cells for _, cells in rows[:SAMPLE]], score if own else self.score, self.hint)

    def hint(self, cells: Sequence[str]) -> int:
        """How many cells of a row are headings by their words alone, beside those that are known."""
        return self.reader.witnesses.hint([cell for cell in cells if not self.score([cell])])

    def known(self, cells: Sequence[str]) -> int:
        """How many cells of a row are headings, known or by their words."""
        return self.score(cells) + self.hint(cells)

    def heads_again(self, row: Sequence[str], above: Sequence[str]) -> bool:
        """Whether a row below the headings of a table is the headings of another: most of its cells are, none a date."""
        cells = filled(row)
        if len(cells) < 2 or any(map(dated, cells)) or max(map(len, cells)) > 160:
            return False
        before = {cell.strip() for cell in above}
        same = sum(1 for cell in cells if cell.strip() in before)
        if same >= 2 and 2 * same >= len(cells):
            return True
        exact = self.score(cells)
        return exact >= 2 and exact + self.hint(cells) >= max(2, (3 * len(cells) + 3) // 4)

    def match(
        self, headings: Sequence[str], settled: SettledColumns, listed: Listed, rows: Sequence[Row] = ()
    ) -> Columns:
        """What each heading is: those that review.toml settles first, then known ones, then by the cells in ``rows``."""
        if not settled.own and not settled.elsewhere:
            key = tuple(headings)
            known = self._columns.get(key)
            if known is None:
                ours = tuple(Reading(column, "known") for column in by_labels(headings, self.terms))
                if not ours:
                    return self._columned(headings, self._read(headings, settled, listed, rows))
                known = self._columns[key] = self._columned(headings, ours)
            return known
        return self._columned(headings, self._read(headings, settled, listed, rows))

    def _read(
        self, headings: Sequence[str], settled: SettledColumns, listed: Listed, rows: Sequence[Row]
    ) -> tuple[Reading, ...]:
        some = [cells for _, cells in rows[:SAMPLE]]

        def cells(place: int) -> Sequence[str]:
            return [row[place] for row in some if len(row) > place]

        return self.reader.read(headings, settled, listed, cells)

    def _columned(self, headings: Sequence[str], readings: Sequence[Reading]) -> Columns:
        keys: list[str] = []
        taken = {reading.column.notation for reading in readings if reading.column is not None}
        for place, (heading, reading) in enumerate(zip(headings, readings, strict=True), 1):
            column = reading.column
            if column is not None and (reading.second or not heading.strip() or column.notation in UNDER_OWN_HEADING):
                column = None
            key = column.notation if column is not None else " ".join(heading.split()) or f"column {place}"
            if column is None:
                plain, count = key, 1
                while key in taken:
                    count += 1
                    key = f"{plain} ({count})"
                taken.add(key)
            keys.append(key)
        places: dict[str, int] = {}
        also: dict[str, tuple[int, ...]] = {}
        for place, reading in enumerate(readings):
            if reading.column is None:
                continue
            name = reading.column.notation
            if reading.second:
                also[name] = (*also.get(name, ()), place)
                continue
            places[name] = place
            if reading.column.field:
                places.setdefault(reading.column.field, place)
        properties = tuple(reading.column for reading in readings)
        return Columns(tuple(headings), properties, tuple(keys), places, tuple(readings), also)

    def problems(self, columns: Columns, place: Place, rows: Sequence[Row] = ()) -> Iterable[Problem]:
        """What a person should know of the headings: unknown, doubled, read by a witness, or missing."""
        where = f'in review.toml under [returns."{place.file.rpartition("/")[2]}".columns]'
        for at, (heading, reading) in enumerate(zip(columns.headings, columns.readings, strict=True)):
            here = Place(place.file, place.sheet, place.row, short(heading)[1:-1] or f"column {at + 1}")
            if reading.column is None:
                if heading.strip():
                    yield self._unread(heading, reading, columns, here, where)
            elif reading.witness in FLAGGED:
                yield _flagged(heading or f"column {at + 1}", reading, here, where, _some(rows, at))
            elif reading.second:
                yield _second(heading, reading.column, columns, here, where)
        for notation in INDISPENSABLE:
            if columns.at(notation) < 0:
                label = next((p.label or p.notation for p in self.terms.properties if p.notation == notation), notation)
                yield Problem(
                    place,
                    "error",
                    f'there is no column "{label}"',
                    "without it an entry has no " + ("place in time" if notation == "date" else "account of the event"),
                    "The rows are kept as entries, with all their cells.",
                    f"Add the column, or say which one it is {where}.",
                )

    def _unread(self, heading: str, reading: Reading, columns: Columns, place: Place, where: str) -> Problem:
        same = self.terms.heading(heading)
        if reading.witness == "twice":
            what = f"two headings of one table are confirmed as {reading.why}"
            why = f"a row has one {reading.why}; {short(heading)} is the second"
            done = "The first is used. Both are kept, word for word, with each entry."
            return Problem(place, "error", what, why, done, f"Take one of the two lines out {where}.")
        if reading.witness == "confirmed":
            done = "Its cells are kept with each entry, under their own heading; no rule reads them."
            what = f"the heading {short(heading)} is of no column"
            return Problem(place, "note", what, "review.toml says so", done, f"Change it {where}, if need be.")
        if same is not None:
            return Problem(
                place,
                "warning",
                f"the heading {short(heading)} is a second column for {same.notation}",
                "a return has one column for each thing",
                "The first is used. Both are kept, word for word, with each entry.",
                f"Join the two columns, or name the right one {where}.",
            )
        near = self.terms.suggest_heading(heading)
        return Problem(
            place,
            "note",
            f"the heading {short(heading)} is not known",
            "no column of a return has that name, and neither its words nor its cells say surely what it is"
            + perhaps(near),
            "Its cells are kept with each entry, under their own heading; no rule reads them.",
            f"If it is one of the known columns, say so {where}, or with kg columns.",
        )


def _flagged(heading: str, reading: Reading, place: Place, where: str, cells: Sequence[str]) -> Problem:
    label = reading.column.label if reading.column is not None else ""
    known = {"near": "no column is known by just that name, but ", "overruled": ""}
    shown = f" (for example {' and '.join(short(cell, 50) for cell in cells)})" if cells else ""
    return Problem(
        place,
        "note" if reading.witness in ("elsewhere", "stand-in") else "warning",
        f"the heading {short(heading)} is read as {label}",
        known.get(reading.witness, "") + reading.why,
        f"Its cells are read as {label}{', together with the column before' if reading.second else ''}{shown}.",
        f"Look once: confirm it with kg columns, or say which column it is {where}.",
    )


def _second(heading: str, column: Property, columns: Columns, place: Place, where: str) -> Problem:
    first = columns.headings[columns.at(column.notation)]
    return Problem(
        place,
        "note",
        f"the heading {short(heading)} is a second column for {column.label}",
        f"{short(first)} is one too",
        "The cells of both are read together. Both are kept, word for word, with each entry.",
        f"If one of them is something else, say what it is {where}.",
    )


def _some(rows: Sequence[Row], at: int) -> list[str]:
    """Two cells of a column, the first that differ."""
    found: dict[str, None] = {}
    for _, row in rows[:SAMPLE]:
        if len(row) > at and row[at].strip():
            found[row[at].strip()] = None
            if len(found) == 2:
                break
    return list(found)
