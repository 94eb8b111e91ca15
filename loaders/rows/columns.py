"""What each column of a return is: its headings matched with the ontology's, and the row that holds them."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg.base.folding import plain
from kg.model.problem import Place, Problem
from kg.terms.tables import Property, Terms
from loaders.formats.tables import LOOKED_AT, Row
from loaders.rows.roster import likeness, short

INDISPENSABLE = ("date", "what-happened")

LIKE = 0.85
"""How like a known heading, of 1, another must be to be read as it."""

MIN_LIKE = 5
"""Headings shorter than this, in characters, are not compared: "Data" is not "Date"."""

_ASIDE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of one table: headings as written, what each is (None: of no property), and the key of its cells.

    ``guessed`` are the places of headings that no column is known by, but which come near one that the table lacks.
    """

    headings: tuple[str, ...]
    properties: tuple[Property | None, ...]
    keys: tuple[str, ...]
    places: Mapping[str, int]
    guessed: frozenset[int] = frozenset()

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
        self._scores: dict[tuple[str, ...], int] = {}
        self._columns: dict[tuple[str, ...], Columns] = {}
        first = (column for column in terms.properties if column.notation in ("ref", "date"))
        self._slips: dict[str, Property] = {}
        self.first_words = frozenset(words.casefold() for column in first for words in column.headings)

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
        """Which row holds the headings: the one that names most columns, the first of equals; -1 if none names any."""
        if rows and not overrides and self.score(rows[0][1]) >= 3:
            return 0
        own = {likeness(heading) for heading in overrides}
        best, chosen = 0, -1
        for place, (_, cells) in enumerate(rows[:LOOKED_AT]):
            found = self.score(cells) + sum(1 for cell in cells if likeness(cell) in own)
            if found > best:
                best, chosen = found, place
        return chosen

    def match(self, headings: Sequence[str], overrides: Mapping[str, str]) -> Columns:
        """What each heading is, those that review.toml settles (heading to notation) first."""
        key = (*headings, "\0", *(f"{h}\0{n}" for h, n in overrides.items()))
        known = self._columns.get(key)
        if known is None:
            known = self._columns[key] = self._match(headings, overrides)
        return known

    def _match(self, headings: Sequence[str], overrides: Mapping[str, str]) -> Columns:
        settled = {likeness(heading): notation for heading, notation in overrides.items()}
        given = set(settled.values())
        asked: list[str] = []
        for heading in headings:
            notation = settled.get(likeness(heading)) if heading.strip() else None
            column = self.terms.heading(heading) if notation is None and heading.strip() else None
            asked.append(notation or ("" if column is not None and column.notation in given else heading))
        properties = list(self.terms.columns(asked))
        guessed = frozenset(self._guess(headings, properties))
        keys: list[str] = []
        taken = {column.notation for column in properties if column is not None}
        for place, (heading, column) in enumerate(zip(headings, properties, strict=True), 1):
            key = column.notation if column is not None else " ".join(heading.split()) or f"column {place}"
            if column is None:
                plain, count = key, 1
                while key in taken:
                    count += 1
                    key = f"{plain} ({count})"
                taken.add(key)
            keys.append(key)
        places: dict[str, int] = {}
        for place, column in enumerate(properties):
            if column is not None:
                places[column.notation] = place
                if column.field:
                    places.setdefault(column.field, place)
        return Columns(tuple(headings), tuple(properties), tuple(keys), places, guessed)

    def _guess(self, headings: Sequence[str], properties: list[Property | None]) -> Iterator[int]:
        """Give headings that are of no column the one that they come near, if the table has no other for it."""
        taken = {column.notation for column in properties if column is not None}
        for place, heading in enumerate(headings):
            if properties[place] is not None or self.terms.heading(heading) is not None:
                continue
            bare = _ASIDE.sub(" ", heading).strip(" :*.-")
            column = self.terms.heading(bare) if bare and bare != heading else None
            if column is None and MIN_LIKE <= len(bare) <= 80:
                column = self._near(bare)
            if column is not None and column.notation not in taken:
                taken.add(column.notation)
                properties[place] = column
                yield place

    def _near(self, heading: str) -> Property | None:
        """The one column of which a heading is surely a slip of the pen; None where none or two come near."""
        if not self._slips:
            self._slips = {
                plain(words): column
                for column in self.terms.properties
                for words in column.headings
                if len(words) >= MIN_LIKE
            }
        near = difflib.get_close_matches(plain(heading), self._slips, n=3, cutoff=LIKE)
        columns = {self._slips[words].notation: self._slips[words] for words in near}
        return next(iter(columns.values())) if len(columns) == 1 else None

    def problems(self, columns: Columns, file: str, sheet: str, row: int) -> Iterable[Problem]:
        """What a person should know of the headings: unknown, doubled, or missing where indispensable."""
        where = f'in review.toml under [returns."{file.rpartition("/")[2]}".columns]'
        for at, (heading, column) in enumerate(zip(columns.headings, columns.properties, strict=True)):
            if column is not None and at in columns.guessed:
                yield Problem(
                    Place(file, sheet, row, short(heading)[1:-1]),
                    "warning",
                    f"the heading {short(heading)} is read as {column.label}",
                    "no column is known by just that name, but it comes near one that the table otherwise lacks",
                    f"Its cells are read as {column.label}.",
                    f"If that is wrong, say which column it is {where}.",
                )
            if column is not None or not heading.strip():
                continue
            place = Place(file, sheet, row, short(heading)[1:-1])
            same = self.terms.heading(heading)
            if same is not None:
                yield Problem(
                    place,
                    "warning",
                    f"the heading {short(heading)} is a second column for {same.notation}",
                    "a return has one column for each thing",
                    "The first is used. Both are kept, word for word, with each entry.",
                    f"Join the two columns, or name the right one {where}.",
                )
                continue
            near = self.terms.suggest_heading(heading)
            yield Problem(
                place,
                "note",
                f"the heading {short(heading)} is not known",
                "no column of a return has that name" + (f'; did you mean "{near}"?' if near else ""),
                "Its cells are kept with each entry, under their own heading; no rule reads them.",
                f"If it is one of the known columns, say so {where}.",
            )
        for notation in INDISPENSABLE:
            if columns.at(notation) < 0:
                label = next((p.label or p.notation for p in self.terms.properties if p.notation == notation), notation)
                yield Problem(
                    Place(file, sheet, row),
                    "error",
                    f'there is no column "{label}"',
                    "without it an entry has no " + ("place in time" if notation == "date" else "account of the event"),
                    "The rows are kept as entries, with all their cells.",
                    f"Add the column, or say which one it is {where}.",
                )
