"""One table of a return, row by row: which rows are entries, which are blank, which are lines that belong to no row.

What a cell says is asked of the readers of its column; what is doubtful in a row is kept with the place of the row.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from kg.dates.reader import DateReader
from kg.dates.when import UNDATED, When
from kg.model.problem import Place, Problem
from kg.model.record import Entry
from kg.terms.tables import Terms
from loaders.formats.tables import Row
from loaders.rows.cells import Cells
from loaders.rows.columns import Columns
from loaders.rows.doubts import Doubt, doubtful_date, headings_again, no_date, second_ref, too_wide
from loaders.rows.lasting import Ends, lasting
from loaders.rows.month_headings import MonthHeadings
from loaders.rows.recording_words import as_checked
from loaders.rows.roster import unlike
from loaders.rows.shape import is_line
from loaders.rows.together import Seen, joints, read_together, seen_together

Names = tuple[str, ...]
Liaison = tuple[Names, Names, Names]
"""Who was told, who told, and with whom it is open, of a cell for both ways."""

_TELLING = frozenset(
    ("what-happened", "people", "about", "contact", "seen", "said", "indicators", "response", "action", "liaison",
     "shared-with", "shared-what", "received-from")
)  # fmt: skip
"""The columns under which a single cell still is an entry: it tells of something."""
_NOBODY: Names = ()


@dataclass(slots=True)
class Table:
    """One table of a return, read: its entries, how many rows were blank, which were mere lines, what went wrong."""

    entries: list[Entry] = field(default_factory=list)
    blank: int = 0
    lines: list[Row] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


class Refs(set[str]):
    """The Refs that an agency has used so far."""

    def __init__(self) -> None:
        super().__init__()
        self._times: dict[str, int] = {}

    def number(self, ref: str) -> int:
        """The next number by which a Ref that is used already becomes one of its own: 2, 3, 4 and so on."""
        count = self._times.get(ref, 1) + 1
        while f"{ref}~{count}" in self:
            count += 1
        self._times[ref] = count
        return count


@dataclass(frozen=True, slots=True)
class Readers:
    """What the cells of each column of a table say, each distinct cell read once."""

    date: Cells[When]
    learnt: Cells[When | None]
    written: Cells[When | None]
    people: Cells[Names]
    about: Cells[Names]
    contact: Cells[str]
    seen: Cells[Seen]
    more_seen: Sequence[tuple[str, int, Cells[Seen]]]
    indicators: Cells[Names]
    responses: Cells[Names]
    shared_with: Cells[Names]
    shared_what: Cells[Names]
    received_from: Cells[Names]
    liaison: Cells[Liaison]
    how_recorded: Cells[str]
    terms: Terms


class _Places:
    """Where the columns of a table stand; -1, the blank cell behind the last, where there is none."""

    __slots__ = (
        "about", "answers", "checked", "contact", "date", "how_recorded", "indicators", "learnt", "liaison", "narrative",
        "people", "received_from", "ref", "responses", "said", "seen", "shared_what", "shared_with", "time", "written",
    )  # fmt: skip

    def __init__(self, columns: Columns) -> None:
        at = columns.at
        self.ref, self.date, self.time = at("ref"), at("date"), at("time")
        self.learnt, self.written = at("learnt"), at("written")
        self.people, self.about, self.contact, self.narrative = (
            at("people"),
            at("about"),
            at("contact"),
            at("narrative"),
        )
        self.seen, self.said, self.indicators, self.responses = (
            at("seen"),
            at("said"),
            at("indicators"),
            at("responses"),
        )
        self.shared_with, self.shared_what = at("shared_with"), at("shared_what")
        self.received_from, self.liaison, self.answers = at("received_from"), at("liaison"), at("answers")
        self.how_recorded, self.checked = at("how_recorded"), at("checked-by")


class OneTable:
    """One table being read. ``place`` is that of its headings, ``pending`` where readers of cells leave their doubts."""

    def __init__(
        self, columns: Columns, say: Readers, dates: DateReader, place: Place, agency: str, pending: list[Doubt]
    ) -> None:
        self.columns, self.say, self.dates = columns, say, dates
        self.agency, self.place, self.pending = agency, place, pending
        self.table = Table()
        self.together: dict[Doubt, list[Place]] = {}
        self._at = _Places(columns)
        self._keys, self._width = columns.keys, len(columns.keys)
        self._head = [heading.strip() for heading in columns.headings]
        self._first = columns.headings[0] if columns.headings else ""
        self._joined = joints(columns)
        self._coded = {at for at, column in enumerate(columns.properties) if column and column.notation in _TELLING}
        self._date, self._time, self._ref = columns.heading("date"), columns.heading("time"), columns.heading("ref")
        self._undated = no_date(self._date)
        self._ends = Ends.of(columns)

    def read(self, rows: Sequence[Row], taken: Refs) -> Table:
        """The entries of the rows below the headings. ``taken`` holds the Refs used so far; it grows."""
        table, pending, together, width = self.table, self.pending, self.together, self._width
        months = MonthHeadings(rows, self.dates)
        for nth, (line, cells) in enumerate(rows):
            row = cells if len(cells) >= width else [*cells, *[""] * (width - len(cells))]
            extra = row[width:]
            row.append("")
            joined = read_together(row, self._joined) if self._joined else row
            if self._is_none(line, row, joined):
                continue
            ref = self._named(joined[self._at.ref], line, taken)
            place = Place(self.place.file, self.place.sheet, line, "", f"{self.agency}/{ref}")
            when = self._when(joined, nth, months)
            kept = dict(zip(self._keys, row, strict=False))
            if extra:
                kept.update((f"column {n}", cell) for n, cell in enumerate(extra, width + 1) if cell.strip())
                if len(kept) > width:
                    pending.append(too_wide(len(row) - 1, width))
            table.entries.append(self._entry(joined, ref, place, when, kept))
            if pending:
                for doubt in pending:
                    together.setdefault(doubt, []).append(place)
                pending.clear()
        if months.used:
            self.together = months.leave_out(table.entries, together)
            table.problems += months.problems(Place(self.place.file, self.place.sheet))
        return table

    def _is_none(self, line: int, whole: list[str], row: Sequence[str]) -> bool:
        """Whether a row is no entry: blank, the headings once more, or a line that belongs to no row."""
        narrative = row[self._at.narrative]
        if not narrative or narrative.isspace():
            if not row[self._at.date].strip() and not "".join(row).strip():
                self.table.blank += 1
                return True
            if is_line(row, self._coded, self._at.date) and not self._heads(row):
                self.table.lines.append((line, whole[:-1]))
                return True
        if self._heads(row):
            self.table.problems.append(headings_again(Place(self.place.file, self.place.sheet, line)))
            return True
        return False

    def _heads(self, row: Sequence[str]) -> bool:
        return bool(self._first) and row[0] == self._first and [c.strip() for c in row[: self._width]] == self._head

    def _named(self, written: str, line: int, taken: Refs) -> str:
        """The Ref of a row, or one made from its line; a Ref that stands a second time gets a number."""
        ref = written.strip() or f"row-{line}"
        if ref in taken:
            count = taken.number(ref)
            if written.strip():
                self.pending.append(second_ref(self._ref, ref, count))
            ref = f"{ref}~{count}"
        taken.add(ref)
        return ref

    def _when(self, row: Sequence[str], nth: int, months: MonthHeadings) -> When:
        """The date of a row with its time, the month that stands above it, and how long it lasted."""
        date, time = row[self._at.date], row[self._at.time]
        if time and not time.isspace():
            when, why = self.dates.read(date, time)
            if why is not None:
                heading = self._time if "time" in why and self._time else self._date
                self.pending.append(doubtful_date(heading, when, why))
        else:
            when = self.say.date[date]
            if when is UNDATED:
                self.pending.append(self._undated)
        entries = self.table.entries
        if when.hedge == "unread" and entries:
            beside = months.read(nth, date, time, entries[-1].when)
            if beside is not None:
                when, self.pending[-1] = beside[0], doubtful_date(self._date, *beside)
        return lasting(when, row, self.dates, self._ends, self.pending) if self._ends else when

    def _entry(self, row: Sequence[str], ref: str, place: Place, when: When, kept: dict[str, str]) -> Entry:
        at, say = self._at, self.say
        seen, seen_people = say.seen[row[at.seen]]
        for heading, beside, cells in say.more_seen:
            seen, seen_people = seen_together((seen, seen_people), cells[row[beside]], heading)
        told, heard, either = say.shared_with[row[at.shared_with]], say.received_from[row[at.received_from]], _NOBODY
        if at.liaison >= 0 and row[at.liaison]:
            more = say.liaison[row[at.liaison]]
            either = tuple(name for name in more[2] if name not in told and name not in heard)
            told, heard = unlike((*told, *more[0])), unlike((*heard, *more[1]))
        return Entry(
            place.entry,
            self.agency,
            ref,
            place,
            when,
            say.learnt[row[at.learnt]],
            say.written[row[at.written]],
            say.people[row[at.people]],
            say.about[row[at.about]],
            say.contact[row[at.contact]],
            row[at.narrative],
            seen,
            seen_people,
            row[at.said],
            say.indicators[row[at.indicators]],
            say.responses[row[at.responses]],
            told,
            say.shared_what[row[at.shared_what]],
            heard,
            row[at.answers].strip(),
            kept,
            either_way=either,
            how_recorded=as_checked(say.how_recorded[row[at.how_recorded]], row[at.checked], say.terms)
            if at.how_recorded >= 0
            else "",
        )
