"""The tables of one return, one after another: which hold entries, where each begins, and what stands around them.

A file may hold a cover, a table for each year, a table that runs on without its headings, several tables on one sheet.
Rows in are entries out; what is no row of a table is said in a Problem.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from kg.dates.when import When
from kg.model.problem import Place, Problem
from kg.model.record import Entry
from loaders.formats.tables import Row, Sheet
from loaders.rows.columns import Columns, Headings
from loaders.rows.entries import RowReader, Table
from loaders.rows.roster import short
from loaders.rows.slips import slips

_SIGNED = re.compile(r"\W*(?:signed|sign[- ]?off|approved by|completed by|quality assured)", re.IGNORECASE)
_SHOWN = 300


@dataclass(slots=True)
class Tables:
    """What the tables of one file hold: entries, who signed it off, what went wrong."""

    entries: list[Entry] = field(default_factory=list)
    signed_off: str = ""
    problems: list[Problem] = field(default_factory=list)


class SheetReader:
    """Reads the tables of one agency's file. ``taken`` holds the Refs that the agency has used so far; it grows."""

    def __init__(
        self,
        headings: Headings,
        rows: RowReader,
        period: When,
        overrides: Mapping[str, str],
        agency: str,
        taken: set[str],
    ) -> None:
        self.headings = headings
        self.rows = rows
        self.period = period
        self.overrides = overrides
        self.agency = agency
        self.taken = taken
        self._before: Columns | None = None

    def read(self, sheets: Sequence[Sheet], file: str) -> Tables:
        """Every table of a file in turn; covers and lists beside a chronology are said, not counted as entries."""
        found = Tables()
        headed = [len(sheets) == 1 or self._heads(sheet) for sheet in sheets]
        several = len(sheets) > 1 and any(headed)
        for sheet, has_headings in zip(sheets, headed, strict=True):
            place = Place(file, sheet.name)
            for said in (*sheet.above, *sheet.below):
                if _SIGNED.match(said):
                    found.signed_off = found.signed_off or " ".join(said.split())
            self._around(sheet, place, found)
            runs_on = several and not has_headings and self._runs_on(sheet)
            if several and not has_headings and not runs_on:
                self._cover(sheet, place, found)
                continue
            for part in self._parts(sheet):
                table = self._read(part, place, found, runs_on=runs_on)
                found.entries += table.entries
                found.signed_off = found.signed_off or table.signed_off
        return found

    # --- which tables hold entries, and where each begins -----------------------------------------------------------

    def _heads(self, sheet: Sheet) -> bool:
        """Whether a table among several has headings of a chronology: a date or an account, and not by chance."""
        top = self.headings.find(sheet.rows, self.overrides)
        if top < 0:
            return False
        columns = self.headings.match(sheet.rows[top][1], self.overrides)
        return len(columns.places) > 1 and (columns.at("date") >= 0 or columns.at("what-happened") >= 0)

    def _runs_on(self, sheet: Sheet) -> bool:
        """Whether a table without headings goes on with the one before it: as wide, and with dates where it has dates."""
        before = self._before
        if before is None or before.at("date") < 0:
            return False
        width, at = len(before.headings), before.at("date")
        rows = [row for _, row in sheet.rows if any(cell.strip() for cell in row)]
        dated = [
            row for row in rows if len(row) > at and self.rows.dates.read(row[at])[0].hedge not in ("unread", "none")
        ]
        return bool(rows) and all(len(row) in (width, width + 1) for row in rows) and 2 * len(dated) >= len(rows)

    def _parts(self, sheet: Sheet) -> Iterator[list[Row]]:
        """The tables that stand one below another on a sheet, each with its headings."""
        rows, begun = sheet.rows, 0
        top = self.headings.find(rows, self.overrides)
        if top >= 0:
            first = [cell.strip() for cell in rows[top][1]]
            starts = self.headings.first_words
            for at in range(top + 1, len(rows)):
                row = rows[at][1]
                if not row or row[0].casefold() not in starts or self.headings.score(row) < 3:
                    continue
                caption = at - 1
                while caption > top and not any(cell.strip() for cell in rows[caption][1]):
                    caption -= 1
                alone = caption > top and sum(bool(cell.strip()) for cell in rows[caption][1]) == 1
                if alone or [cell.strip() for cell in row] != first:
                    yield rows[begun : caption if alone else at]
                    begun = caption if alone else at
        yield rows[begun:]

    # --- one table --------------------------------------------------------------------------------------------------

    def _read(self, rows: list[Row], place: Place, found: Tables, *, runs_on: bool) -> Table:
        if not any(cell.strip() for _, row in rows[:1000] for cell in row) and not any(
            cell.strip() for _, row in rows for cell in row
        ):
            _say(found, place, "error", "the file is empty", "it holds no row at all",
                 "The agency's silence says nothing.", "Ask the agency to send its return again.")  # fmt: skip
            return Table()
        top = -1 if runs_on else self.headings.find(rows, self.overrides)
        if runs_on and self._before is not None:
            columns = self._before
            _say(found, place, "note", "the table has no headings of its own",
                 "it is as wide as the table before it and has dates where that has dates",
                 "It is read on under the headings of the table before it.",
                 "If it is another table, write its headings above it.")  # fmt: skip
        elif top < 0:
            columns = self.headings.match([""] * max(len(row) for _, row in rows), self.overrides)
            _say(found, place, "error", "no row of headings was found",
                 "none of the first rows names a column of a return",
                 "Every row is kept as an entry, with its cells as column 1, column 2 and so on.",
                 'Write headings above the table: at least "Date" and "What happened".')  # fmt: skip
        else:
            columns = self.headings.match(rows[top][1], self.overrides)
            found.problems += self.headings.problems(columns, place.file, place.sheet, rows[top][0])
            self._above(rows[:top], place, found)
            self._unheaded(columns, rows[top:], place, found)
        self._before = columns
        table = self.rows.read(rows[top + 1 :], columns, place.file, place.sheet, self.agency, self.taken)
        found.problems += table.problems
        found.problems += slips(table.entries, self.period, self.taken, columns, self.rows.terms)
        if table.blank:
            _say(found, place, "note", f"{table.blank} row{'s are' if table.blank > 1 else ' is'} blank",
                 "a row without any words records nothing",
                 "Not counted as entries.", "Nothing needs doing.")  # fmt: skip
        if not table.entries:
            _say(found, place, "warning", "there are headings but no entries", "the table ends after its headings",
                 "The agency's silence says nothing.",
                 "Ask the agency whether it holds nothing, or sent the template by mistake.")  # fmt: skip
        return table

    def _above(self, rows: Sequence[Row], place: Place, found: Tables) -> None:
        above = list(filter(None, (" ".join(cell.strip() for cell in row if cell.strip()) for _, row in rows)))
        if above:
            _say(found, place, "note", "there are lines above the headings",
                 "they are the table's title, not entries: " + short("; ".join(above), _SHOWN),
                 "They are not counted as entries.", "Nothing needs doing.")  # fmt: skip
            for line in above:
                if _SIGNED.match(line):
                    found.signed_off = found.signed_off or line

    def _unheaded(self, columns: Columns, rows: Sequence[Row], place: Place, found: Tables) -> None:
        """Say which columns have words but no heading."""
        for at, heading in enumerate(columns.headings):
            if heading.strip():
                continue
            filled = sum(1 for _, row in rows if len(row) > at and row[at].strip())
            if filled:
                _say(found, Place(place.file, place.sheet, rows[0][0], str(at + 1)), "note",
                     f"column {at + 1} has no heading", f"{filled} of its cells hold words",
                     f'They are kept with each entry as "{columns.keys[at]}"; no rule reads them.',
                     "Write a heading above the column.")  # fmt: skip

    # --- around the tables --------------------------------------------------------------------------------------------

    def _around(self, sheet: Sheet, place: Place, found: Tables) -> None:
        for side, lines in (("above", sheet.above), ("below", sheet.below)):
            if lines:
                _say(found, place, "note", f"there are lines {side} the table",
                     "they stand outside its rows: " + short("; ".join(lines), _SHOWN),
                     "They are not counted as entries.",
                     "Nothing needs doing, unless one of them tells of a contact.")  # fmt: skip

    def _cover(self, sheet: Sheet, place: Place, found: Tables) -> None:
        lines = [" ".join(cell.strip() for cell in row if cell.strip()) for _, row in sheet.rows]
        lines = [line for line in lines if line]
        wide = sum(1 for _, row in sheet.rows if sum(bool(cell.strip()) for cell in row) > 2)
        _say(found, place, "warning" if wide > 2 else "note",
             f"its {len(lines)} row{'s are' if len(lines) != 1 else ' is'} no chronology",
             "they stand under no date and no account of an event: " + short("; ".join(lines), _SHOWN),
             "They are not counted as entries.",
             "If they are entries, write the headings above them.")  # fmt: skip
        for line in lines:
            if _SIGNED.match(line):
                found.signed_off = found.signed_off or line


def _say(found: Tables, place: Place, severity: str, what: str, why: str, done: str, remedy: str) -> None:
    found.problems.append(Problem(place, severity, what, why, done, remedy))
