"""What each column of a return is: its headings matched with the ontology's, and the row that holds them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.model import Place, Problem
from kg.ontology import Property, Terms
from loaders.names import likeness, short
from loaders.tables import LOOKED_AT, Row

INDISPENSABLE = ("date", "what-happened")


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of one table: headings as written, what each is (None: of no property), and the key of its cells."""

    headings: tuple[str, ...]
    properties: tuple[Property | None, ...]
    keys: tuple[str, ...]
    places: Mapping[str, int]

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
        properties = self.terms.columns(asked)
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
        return Columns(tuple(headings), properties, tuple(keys), places)

    def problems(self, columns: Columns, file: str, sheet: str, row: int) -> Iterable[Problem]:
        """What a person should know of the headings: unknown, doubled, or missing where indispensable."""
        where = f'in review.toml under [returns."{file.rpartition("/")[2]}".columns]'
        for heading, column in zip(columns.headings, columns.properties, strict=True):
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
