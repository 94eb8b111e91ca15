"""Whose the rows of a table are: the agency of the file, unless the sheet, a line above it or a column names another.

Several agencies' chronologies come in one file: a sheet for each, or one table with a column that names the agency of
each row. Rows go to the agency named. What names no agency of the review is said as an error, and its rows are kept under
that name: they are nobody else's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from kg.base.folding import spelling
from kg.base.nearest import perhaps
from kg.model.problem import Place, Problem
from loaders.formats.tables import Row, Sheet
from loaders.rows.columns import Columns
from loaders.rows.roster import Roster, short

_ABOUT = re.compile(
    r"\b(?:agency|agencies|combined|integrated|multi|merged|chronolog(?:y|ies)|timelines?|returns?|records?|entries|events?|imr"
    r"|report|template|sheet|table|log|of|for|the|and|from|by|completed|involvement|contacts?|with|service user|family|section"
    r"|part|appendix|tab|\d+)\b"
)
_ALL = 0.6
"""The share of filled cells, of 1, that must name agencies for a column to say whose the rows are."""

SEEN = 200
"""How many rows are looked at to know whether a column says whose the rows are."""


@dataclass(frozen=True, slots=True)
class Portion:
    """The rows of one table that are one agency's."""

    agency: str
    rows: list[Row] = field(default_factory=list)


class Whose:
    """Knows again the agencies of a review in names of sheets, in lines above tables, and in a column.

    ``own`` is the agency of the file: ``claimed``, or only called after the file because no agency claims it.
    """

    def __init__(self, agencies: Roster, own: str, *, claimed: bool = True) -> None:
        self.agencies = agencies
        self.own = own
        self.claimed = claimed

    def sheet(self, sheet: Sheet, place: Place, problems: list[Problem]) -> str:
        """The agency that a sheet's name or the line above it names, and nothing beside; else the file's."""
        for said in (sheet.name, *reversed(sheet.above[-2:])):
            named = self._named(said)
            if named and named != self.own:
                problems.append(
                    Problem(
                        place,
                        "warning",
                        f"{short(said)} bears the name of another agency, {named}",
                        f"the file is {self.own}'s" if self.claimed else "no agency claims the file",
                        f"The rows beneath it are read as those of {named}.",
                        "If they are not, rename the sheet or the line so that it names no agency.",
                    )
                )
                return named
            if named:
                break
        return self.own

    def _named(self, said: str) -> str:
        if len(said) > 120:
            return ""
        found = self.agencies.find(said) or self.agencies.find(" ".join(_ABOUT.sub(" ", spelling(said)).split()))
        return found or ""

    def portions(
        self, rows: Sequence[Row], columns: Columns, own: str, place: Place, problems: list[Problem]
    ) -> Iterator[Portion]:
        """The rows of a table by whose they are, each agency's in their order; all of them its own where no column says."""
        at = self._column(rows, columns, own, place, problems)
        if at < 0:
            yield Portion(own, list(rows))
            return
        portions: dict[str, Portion] = {}
        unknown: dict[str, list[int]] = {}
        blank: list[int] = []
        before = ""
        for line, row in rows:
            words = row[at].strip() if len(row) > at else ""
            agency = self.agencies.find(words) if words else ""
            if words and not agency:
                agency = " ".join(words.split())
                unknown.setdefault(agency, []).append(line)
            if not words and any(cell.strip() for cell in row):
                blank.append(line)
            before = agency or ((own if self.claimed else before) or own)
            portions.setdefault(before, Portion(before)).rows.append((line, row))
        for words, lines in unknown.items():
            problems.append(_unknown(columns.headings[at], words, lines, place, self.agencies.suggest(words)))
        if blank:
            problems.append(_blank(columns.headings[at], blank, own if self.claimed else "", place))
        yield from portions.values()

    def _column(self, rows: Sequence[Row], columns: Columns, own: str, place: Place, problems: list[Problem]) -> int:
        """The column that says whose each row is, or -1: the one headed so, or a Source that names agencies only."""
        for name in ("agency", "source", "unit"):
            at = columns.at(name)
            if at < 0:
                continue
            cells = [row[at].strip() for _, row in rows[:SEEN] if len(row) > at and row[at].strip()]
            named = [agency for agency in map(self.agencies.find, cells) if agency]
            if not cells or len(named) < _ALL * len(cells):
                continue
            several = set(named)
            if not self.claimed or (own in several and len(several) > 1) or (name == "agency" and columns_say(columns)):
                if several != {own}:
                    problems.append(_taken(columns.headings[at], sorted(several), place))
                    return at
                return -1
            if own not in several:
                problems.append(_doubtful(columns.headings[at], sorted(several), own, place))
            return -1
        return -1


def columns_say(columns: Columns) -> bool:
    """Whether a person settled that a column says whose each row is."""
    at = columns.at("agency")
    return at >= 0 and columns.readings[at].witness == "confirmed"


def _taken(heading: str, agencies: Sequence[str], place: Place) -> Problem:
    return Problem(
        Place(place.file, place.sheet, place.row, heading),
        "warning",
        f"the rows of this table are those of {len(agencies)} agenc{'y' if len(agencies) == 1 else 'ies'}: "
        + ", ".join(agencies),
        f"the column {short(heading)} names them",
        "Each row is read as the agency's that it names.",
        "If the column says something else (who told, who was there), say what it is with kg columns.",
    )


def _doubtful(heading: str, agencies: Sequence[str], own: str, place: Place) -> Problem:
    return Problem(
        Place(place.file, place.sheet, place.row, heading),
        "error",
        f"the column {short(heading)} names agencies, and not {own}, whose file this is",
        "it may say whose each row is, or with whom the agency had to do: " + ", ".join(agencies),
        f"All rows are read as those of {own}.",
        'Say which with kg columns: "agency" if it says whose each row is, or another column.',
    )


def _unknown(heading: str, words: str, lines: Sequence[int], place: Place, near: str | None) -> Problem:
    more = f" and {len(lines) - 1} more" if len(lines) > 1 else ""
    return Problem(
        Place(place.file, place.sheet, lines[0], heading),
        "error",
        f"{short(words)} is no agency of this review",
        f"row {lines[0]}{more} is said to be its; review.toml lists no agency of that name or alias" + perhaps(near),
        "Its rows are read as those of an agency of that name, of no known type.",
        "List the agency in review.toml, or give the right one that alias.",
    )


def _blank(heading: str, lines: Sequence[int], own: str, place: Place) -> Problem:
    shown = ", ".join(map(str, lines[:8])) + (f" and {len(lines) - 8} more" if len(lines) > 8 else "")
    return Problem(
        Place(place.file, place.sheet, lines[0], heading),
        "error",
        f"{len(lines)} row{'s name' if len(lines) > 1 else ' names'} no agency (row {shown})",
        "the other rows of the table say whose they are",
        f"Read as {own}'s." if own else "Read as those of the agency in the row above.",
        "Ask whose they are, and write the agency beside each.",
    )
