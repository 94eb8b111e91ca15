"""The tables of one return, one after another: which hold entries, where each begins, and what stands around them.

A file may hold a cover, a table for each year, a table that runs on without its headings, several tables on one sheet.
Rows in are entries out; what is no row of a table is said in a Problem.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from kg.base.folding import spelling
from kg.dates.when import When
from kg.model.problem import Place, Problem
from kg.model.record import Entry
from loaders.formats.tables import Row, Sheet
from loaders.rows.columns import Columns, Headings
from loaders.rows.entries import RowReader
from loaders.rows.one_table import Refs, Table
from loaders.rows.readings import SettledColumns
from loaders.rows.roster import short
from loaders.rows.shape import begins_a_line, dated, filled, goes_on, is_record, on_cover
from loaders.rows.slips import slips
from loaders.rows.turned import turned
from loaders.rows.whose import Whose
from loaders.rows.witnesses import Listed

_SIGNED = re.compile(
    r"\W*(?:end of \w+\W+)?(?:signed|sign[- ]?off|approved by|completed by|quality assured)", re.IGNORECASE
)
_KEPT = 60


@dataclass(frozen=True, slots=True)
class Headed:
    """One table of a return and what its headings are read as, with its first rows, to be looked at by a person."""

    file: str
    sheet: str
    row: int
    columns: Columns
    rows: Sequence[Row]


@dataclass(slots=True)
class Tables:
    """What the tables of one file hold: entries, who signed it off, what went wrong, and how its headings were read."""

    entries: list[Entry] = field(default_factory=list)
    signed_off: str = ""
    problems: list[Problem] = field(default_factory=list)
    headed: list[Headed] = field(default_factory=list)


class SheetReader:
    """Reads the tables of one file. ``taken`` gives the Refs that an agency has used so far; they grow."""

    def __init__(
        self,
        headings: Headings,
        rows: RowReader,
        period: When,
        settled: SettledColumns,
        whose: Whose,
        taken: Callable[[str], Refs],
    ) -> None:
        self.headings = headings
        self.rows = rows
        self.period = period
        self.settled = settled
        self.taken = taken
        self.listed = Listed(rows.people, rows.agencies)
        self.whose = whose
        self._before: Columns | None = None
        self._alike: dict[tuple[str, ...], list[Row]] = {}

    def read(self, sheets: Sequence[Sheet], file: str) -> Tables:
        """Every table of a file in turn; covers and lists beside a chronology are said, not counted as entries."""
        found = Tables()
        sheets = [self._upright(sheet, Place(file, sheet.name), found) for sheet in sheets]
        self._alike = self._under_the_same_headings(sheets)
        headed = [len(sheets) == 1 or self._heads(sheet) for sheet in sheets]
        several = len(sheets) > 1 and any(headed)
        for sheet, has_headings in zip(sheets, headed, strict=True):
            place = Place(file, sheet.name)
            for said in (*sheet.above, *sheet.below):
                self._signed(said, found)
            self._around(sheet, place, found)
            runs_on = several and not has_headings and self._runs_on(sheet)
            if several and not has_headings and not runs_on:
                self._cover(sheet, place, found)
                continue
            own = self.whose.sheet(sheet, place, found.problems)
            for part in self._parts(sheet):
                self._read(part, place, found, own, runs_on=runs_on)
        self._settled_for_nothing(file, found)
        return found

    def _upright(self, sheet: Sheet, place: Place, found: Tables) -> Sheet:
        """A table that stands on its side as one that does not; any other as it is."""
        rows = turned(sheet.rows, self.headings.known)
        if rows is None:
            return sheet
        _say(found, place, "note", "the headings stand in the first column",
             "what they say stands beside them, a block for each event: " + _quoted(rows[0][1]),
             f"Each block is read as one row; there {'is' if len(rows) == 2 else 'are'} {len(rows) - 1}.",
             "Look whether each event is one entry.")  # fmt: skip
        return replace(sheet, rows=rows)

    def _under_the_same_headings(self, sheets: Sequence[Sheet]) -> dict[tuple[str, ...], list[Row]]:
        """The first rows below each row of headings, of all the tables that have it: they are of one form.

        A form with one event on it says little by itself of what its columns are; all the forms together say more.
        """
        alike: dict[tuple[str, ...], list[Row]] = {}
        for sheet in sheets if len(sheets) > 1 else ():
            top = self._top(sheet.rows)
            if top >= 0:
                alike.setdefault(tuple(sheet.rows[top][1]), []).extend(sheet.rows[top + 1 : top + 1 + _KEPT])
        return alike

    def _match(self, headings: Sequence[str], rows: Sequence[Row]) -> Columns:
        """What the headings of a table are, by its own rows and those of all tables that have the same headings."""
        alike = self._alike.get(tuple(headings), ())
        return self.headings.match(headings, self.settled, self.listed, alike if len(alike) > len(rows) else rows)

    # --- which tables hold entries, and where each begins -----------------------------------------------------------

    def _top(self, rows: Sequence[Row]) -> int:
        return self.headings.find(rows, self.settled.own)

    def _heads(self, sheet: Sheet) -> bool:
        """Whether a table among several has headings of a chronology: a date or an account, and not by chance."""
        top = self._top(sheet.rows)
        if top < 0:
            return False
        cells = sheet.rows[top][1]
        if self.headings.known(cells) + sum(1 for cell in cells if spelling(cell) in self.settled.own) < 2:
            return False
        columns = self._match(cells, sheet.rows[top + 1 :])
        account = columns.at("what-happened")
        sure = account >= 0 and columns.readings[account].witness in ("known", "stand-in", "confirmed")
        return len(columns.places) > 1 and (columns.at("date") >= 0 or sure)

    def _runs_on(self, sheet: Sheet) -> bool:
        """Whether a table without headings goes on with the one before it: as wide, and with dates where it has dates."""
        before = self._before
        if before is None or before.at("date") < 0:
            return False
        width, at = len(before.headings), before.at("date")
        rows = [row for _, row in sheet.rows if any(cell.strip() for cell in row)]
        with_dates = [row for row in rows if len(row) > at and self._dated(row[at])]
        return bool(rows) and all(len(row) in (width, width + 1) for row in rows) and 2 * len(with_dates) >= len(rows)

    def _dated(self, cell: str) -> bool:
        return dated(cell) or self.rows.dates.read(cell)[0].hedge not in ("unread", "none")

    def _parts(self, sheet: Sheet) -> Iterator[list[Row]]:
        """The tables that stand one below another on a sheet, each with its headings."""
        rows, begun = sheet.rows, 0
        top = self._top(rows)
        if top >= 0:
            head = rows[top][1]
            first = [cell.strip() for cell in head]
            starts = self.headings.first_words | {words.casefold() for words in first if words}
            gap = False
            for at in range(top + 1, len(rows)):
                row = rows[at][1]
                lead = row[0] if row else ""
                if not lead or lead.isspace():
                    if not any(row):
                        gap = True
                        continue
                    lead = next((cell for cell in row if cell and not cell.isspace()), "")
                if not gap and lead.casefold() not in starts:
                    continue
                was, gap = gap, _alone(row)
                if at == top + 1 or (lead.casefold() not in starts and not was):
                    continue
                if not self.headings.heads_again(row, head):
                    continue
                caption = at - 1
                while caption > top and not any(cell.strip() for cell in rows[caption][1]):
                    caption -= 1
                alone = caption > top and _alone(rows[caption][1])
                if alone or [cell.strip() for cell in row] != first:
                    yield rows[begun : caption if alone else at]
                    begun = caption if alone else at
                    head, first, top = row, [cell.strip() for cell in row], at
        yield rows[begun:]

    # --- one table --------------------------------------------------------------------------------------------------

    def _read(self, rows: list[Row], place: Place, found: Tables, own: str, *, runs_on: bool) -> None:
        if not any(cell.strip() for _, row in rows[:1000] for cell in row) and not any(
            cell.strip() for _, row in rows for cell in row
        ):
            _say(found, place, "error", "the file is empty", "it holds no row at all",
                 "The agency's silence says nothing.", "Ask the agency to send its return again.")  # fmt: skip
            return
        top = -1 if runs_on else self._top(rows)
        below = top + 1
        if runs_on and self._before is not None:
            columns = self._before
            _say(found, place, "note", "the table has no headings of its own",
                 "it is as wide as the table before it and has dates where that has dates",
                 "It is read on under the headings of the table before it.",
                 "If it is another table, write its headings above it.")  # fmt: skip
        elif top < 0:
            width = max(len(row) for _, row in rows)
            columns = self.headings.match([""] * width, self.settled, self.listed, rows)
            _say(found, place, "error", "no row of headings was found",
                 "none of the first rows names a column of a return",
                 "Every row is kept as an entry, with its cells as column 1, column 2 and so on.",
                 'Write headings above the table: at least "Date" and "What happened".')  # fmt: skip
            found.problems += self.headings.problems(columns, Place(place.file, place.sheet, rows[0][0]), rows)
        else:
            names, above, below = self._named(rows, top, place, found)
            columns = self._match(names, rows[below:])
            here = Place(place.file, place.sheet, rows[top][0])
            found.problems += self.headings.problems(columns, here, rows[below:])
            own = self._above(rows[:above], place, found) or own
            self._unheaded(columns, rows[below:], here, found)
        self._before = columns
        line = rows[top][0] if top >= 0 else rows[0][0]
        found.headed.append(Headed(place.file, place.sheet, line, columns, rows[below : below + _KEPT]))
        self._entries(rows[below:], columns, Place(place.file, place.sheet, line), found, own)

    def _entries(self, rows: list[Row], columns: Columns, place: Place, found: Tables, own: str) -> None:
        whole = Table()
        for portion in self.whose.portions(rows, columns, own, place, found.problems):
            taken = self.taken(portion.agency)
            table = self.rows.read(portion.rows, columns, place.file, place.sheet, portion.agency, taken)
            found.problems += table.problems
            found.problems += slips(table.entries, self.period, taken, columns, self.rows.terms)
            found.entries += table.entries
            whole.blank += table.blank
            whole.lines += table.lines
        self._lines(whole.lines, place, found)
        if whole.blank:
            _say(found, Place(place.file, place.sheet), "note",
                 f"{whole.blank} row{'s are' if whole.blank > 1 else ' is'} blank",
                 "a row without any words records nothing",
                 "Not counted as entries.", "Nothing needs doing.")  # fmt: skip
        if not any(portion for portion in found.entries if portion.place.sheet == place.sheet):
            _say(found, Place(place.file, place.sheet), "warning", "there are headings but no entries",
                 "the table ends after its headings", "The agency's silence says nothing.",
                 "Ask the agency whether it holds nothing, or sent the template by mistake.")  # fmt: skip

    def _named(self, rows: list[Row], top: int, place: Place, found: Tables) -> tuple[list[str], int, int]:
        """The headings of a table, how many rows stand above them, and where the rows below begin.

        Headings may stand on two rows: a heading above divides into those beneath it. What only says how to fill the
        columns in is no row of the record either.
        """
        names, above, below = list(rows[top][1]), top, top + 1
        if top and rows[top - 1][0] >= rows[top][0] - 1 and self._divides(rows[top - 1][1], names):
            above = top - 1
            names = _joined(rows[above][1], names, self.headings.score)
        if below < len(rows) and goes_on(rows[below][1], names, self.headings.known):
            row = rows[below][1]
            said = "; ".join(cell.strip() for cell in filled(row))
            if any(
                cell.strip() and not name.strip() for cell, name in zip(row, [*names, *[""] * len(row)], strict=False)
            ):
                names = _joined(names, row, self.headings.score)
            _say(found, Place(place.file, place.sheet, rows[below][0]), "note",
                 "the headings go on in a second row", f"it holds no date and no account: {short(said, len(said) + 2)}",
                 "It is not counted as an entry.", "If it is one, write its date beside it.")  # fmt: skip
            below += 1
        if above < top:
            said = "; ".join(cell.strip() for cell in filled(rows[above][1]))
            _say(found, Place(place.file, place.sheet, rows[above][0]), "note", "the headings stand on 2 rows",
                 f"the upper row stands above blank or divided headings: {short(said, len(said) + 2)}",
                 "Each column is called by its lowest heading that is known, else by both.",
                 "Look whether the columns are what they should be.")  # fmt: skip
        return names, above, below

    def _divides(self, upper: Sequence[str], names: Sequence[str]) -> bool:
        """Whether a row is the upper half of the headings: two short cells or more, some above blank headings."""
        cells = filled(upper)
        if len(cells) < 2 or is_record(upper) or any(dated(cell) or len(cell) > 60 for cell in cells):
            return False
        blank = [at for at, cell in enumerate(upper) if cell.strip() and (at >= len(names) or not names[at].strip())]
        return bool(blank) and self.headings.known([upper[at] for at in blank]) > 0

    def _lines(self, lines: Sequence[Row], place: Place, found: Tables) -> None:
        """Say which rows were no entries but lines between or below them, with all their words."""
        for holding, severity in ((False, "warning"), (True, "error")):
            some = [(at, filled(row)) for at, row in lines if _may_be_an_entry(row) == holding]
            if not some:
                continue
            said = "; ".join(f"{' | '.join(cell.strip() for cell in cells)} (row {at})" for at, cells in some)
            _say(found, Place(place.file, place.sheet, some[0][0]), severity,
                 f"{len(some)} line{'s stand' if len(some) > 1 else ' stands'} between the rows or below them",
                 f"one or two cells without an account, under no column of codes: {short(said, len(said) + 2)}",
                 "Not counted as entries.",
                 "If one of them is an entry, write its account in the column for it."
                 + (" It holds a date: look at it." if holding else ""))  # fmt: skip
        for _, row in lines:
            self._signed(" ".join(cell.strip() for cell in filled(row)), found)

    def _above(self, rows: Sequence[Row], place: Place, found: Tables) -> str:
        """Say what stands above the headings; the agency that it names, if it names one and nothing else."""
        lines = [(row, " ".join(cell.strip() for cell in filled(row))) for _, row in rows if filled(row)]
        if not lines:
            return ""
        some = any(is_record(row) and any(map(dated, row)) and not on_cover(row) for row, _ in lines)
        said = "; ".join(line for _, line in lines)
        _say(found, place, "error" if some else "note", "there are lines above the headings",
             ("one of them holds a date: " if some else "they are the table's title, not entries: ")
             + short(said, len(said) + 2), "They are not counted as entries.",
             "If one is an entry, move it below the headings." if some else "Nothing needs doing.")  # fmt: skip
        for _, line in lines:
            self._signed(line, found)
        title = Sheet("", [], tuple(line for _, line in lines))
        named = self.whose.sheet(title, place, found.problems)
        return named if named != self.whose.own else ""

    def _unheaded(self, columns: Columns, rows: Sequence[Row], place: Place, found: Tables) -> None:
        """Say which columns have words but no heading."""
        for at, heading in enumerate(columns.headings):
            if heading.strip() or columns.properties[at] is not None:
                continue
            count = sum(1 for _, row in rows if len(row) > at and row[at].strip())
            if count:
                _say(found, Place(place.file, place.sheet, place.row, str(at + 1)), "note",
                     f"column {at + 1} has no heading", f"{count} of its cells hold words",
                     f'They are kept with each entry as "{columns.keys[at]}"; no rule reads them.',
                     "Write a heading above the column.")  # fmt: skip

    def _settled_for_nothing(self, file: str, found: Tables) -> None:
        """Say which headings review.toml settles that no table of the file has."""
        there = {spelling(heading) for each in found.headed for heading in each.columns.headings}
        gone = [heading for heading in self.settled.own if heading not in there]
        if gone and found.headed:
            said = ", ".join(short(heading) for heading in gone)
            _say(found, Place(file), "warning", f"review.toml settles headings that this file does not have: {said}",
                 "no table of the file has such a heading; perhaps a corrected return has other columns",
                 "What it says of them is passed over.",
                 "Look with kg columns what the file has now, and confirm it anew.")  # fmt: skip

    def _signed(self, said: str, found: Tables) -> None:
        if _SIGNED.match(said):
            found.signed_off = found.signed_off or " ".join(said.split())

    # --- around the tables --------------------------------------------------------------------------------------------

    def _around(self, sheet: Sheet, place: Place, found: Tables) -> None:
        for side, lines in (("above", sheet.above), ("below", sheet.below)):
            if lines:
                _say(found, place, "note", f"there are lines {side} the table",
                     "they stand outside its rows: " + _quoted(lines),
                     "They are not counted as entries.",
                     "Nothing needs doing, unless one of them tells of a contact.")  # fmt: skip

    def _cover(self, sheet: Sheet, place: Place, found: Tables) -> None:
        rows = [(row, " ".join(cell.strip() for cell in filled(row))) for _, row in sheet.rows if filled(row)]
        lines = [line for _, line in rows]
        width = len(self._before.headings) if self._before is not None else 0
        like = sum(1 for row, _ in rows if is_record(row) and len(row) in (width, width + 1))
        wide = sum(1 for row, _ in rows if len(filled(row)) > 2)
        _say(found, place, "error" if like else "warning" if wide > 2 else "note",
             f"its {len(lines)} row{'s are' if len(lines) != 1 else ' is'} no chronology",
             "they stand under no date and no account of an event: " + _quoted(lines),
             "They are not counted as entries.",
             "If they are entries, write the headings above them.")  # fmt: skip
        for line in lines:
            self._signed(line, found)


def _may_be_an_entry(row: Sequence[str]) -> bool:
    """Whether a line holds a date and none of the words with which sign-offs and totals begin."""
    cells = filled(row)
    return any(map(dated, cells)) and not begins_a_line(cells[0])


def _alone(row: Sequence[str]) -> bool:
    return sum(bool(cell.strip()) for cell in row) == 1


def _joined(upper: Sequence[str], lower: Sequence[str], score: Callable[[Sequence[str]], int]) -> list[str]:
    """Headings on two rows as one: the lower where it is known or stands alone, else both; an upper one goes to the right."""
    names: list[str] = []
    over = ""
    for at in range(max(len(upper), len(lower))):
        above = upper[at].strip() if at < len(upper) else ""
        below = lower[at].strip() if at < len(lower) else ""
        over = above or (over if below else "")
        both = f"{over} {below}".strip()
        names.append(next((words for words in (both, below) if words and score([words])), both if below else above))
    return names


def _quoted(lines: Sequence[str]) -> str:
    said = "; ".join(" ".join(line.split()) for line in lines)
    return short(said, len(said) + 2)


def _say(found: Tables, place: Place, severity: str, what: str, why: str, done: str, remedy: str) -> None:
    found.problems.append(Problem(place, severity, what, why, done, remedy))
