"""A start column and an end column as one date that lasts from the one to the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kg.dates.reader import DateReader
from kg.dates.when import DAY, When, day_of, say_day
from loaders.rows.columns import Columns
from loaders.rows.doubts import Doubt, doubtful_date
from loaders.rows.roster import short


@dataclass(frozen=True, slots=True)
class Ends:
    """The end columns of a table: where each stands, -1 where it has none, and its heading. False where it has neither."""

    date_at: int
    time_at: int
    date: str
    time: str

    @classmethod
    def of(cls, columns: Columns) -> Ends:
        return cls(
            columns.at("date-until"),
            columns.at("time-until"),
            columns.heading("date-until"),
            columns.heading("time-until"),
        )

    def __bool__(self) -> bool:
        return self.date_at >= 0 or self.time_at >= 0

    def cells(self, row: Sequence[str]) -> tuple[str, str]:
        """What the end columns of a row say, each "" where the table has none."""
        date = row[self.date_at].strip() if self.date_at >= 0 else ""
        return date, row[self.time_at].strip() if self.time_at >= 0 else ""


def lasting(start: When, row: Sequence[str], dates: DateReader, ends: Ends, pending: list[Doubt]) -> When:
    """When a row took place whose end stands in columns of its own: from its start to its end, throughout.

    A blank end leaves the start as it is. So does an end that cannot be read, or that lies before the start; both are
    said, and the cells are kept. A time without an end date belongs to the day of the start.
    """
    date, time = ends.cells(row)
    if not (date or time):
        return start
    heading = ends.date if date else ends.time
    if not start.closed:
        if start.hedge == "none":
            pending.append(_alone(heading, date or time, "the row has an end and no start"))
        return start
    if not date:
        first, last = day_of(start.earliest), day_of(start.latest)
        if first != last:
            pending.append(_alone(heading, time, "the time of its end needs one day to belong to"))
            return start
        date = say_day(first)
    end, why = dates.read(date, time)
    if why is not None:
        pending.append(doubtful_date(heading, end, why, entry_date=False))
    if not end.closed:
        return start
    if end.latest < start.earliest or (end.timed and start.timed and end.earliest < start.earliest):
        pending.append(_alone(heading, end.words, f"it lies before its start, {start.plain()}"))
        return start
    if end.latest <= start.latest or (end.latest - start.earliest < DAY and not end.timed):
        return start
    return start.until(end)


def _alone(heading: str, words: str, why: str) -> Doubt:
    return Doubt(
        heading,
        "warning",
        f"the end {short(words)} is not used",
        why,
        "The start stands alone as the date of the entry; the cell is kept as written.",
        "Ask the agency which of the two is wrong, and correct the cell.",
    )
