"""A month or a year that stands alone above rows, whose own dates leave it out: "March 2018", and below it "12th".

Such a row is a heading and no entry where a row below it leans on it. What is read so is our own reading of two rows
together, and is always flagged.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TypeVar

from kg.dates.clocks import plain_spelling
from kg.dates.patterns import WEEKDAY_AND, bare
from kg.dates.reader import DateReader
from kg.dates.relative import read_beside
from kg.dates.spelling import in_english
from kg.dates.when import DAY, When, day_of
from kg.dates.words_beside import LEFT_OVER
from kg.model.problem import Place, Problem
from kg.model.record import Entry
from loaders.formats.tables import Row
from loaders.rows.roster import short

D = TypeVar("D")

LONGEST = 40
"""A heading longer than this, in characters, is no month."""

_DAY = re.compile(rf"(?P<w>{bare(WEEKDAY_AND)})?(?P<d>\d{{1,2}})(?P<th>st|nd|rd|th)?(?P<rest>(?![\d/.:-])\W.*)?")


class MonthHeadings:
    """The months that stand alone above the rows of one table; rows are looked at once, and only when one leans on them."""

    def __init__(self, rows: Sequence[Row], dates: DateReader) -> None:
        self.rows = rows
        self.dates = dates
        self.used: dict[int, str] = {}
        self._looked_at = 0
        self._above: tuple[int, str, When] | None = None

    def read(self, at: int, words: str, time: str, row_above: When) -> tuple[When, str] | None:
        """What a date that is unread by itself says under a month above it or beside the row above, and why it is doubtful."""
        return self._under(at, words, time) or read_beside(words, time, row_above, about=self.dates.years)

    def _under(self, at: int, words: str, time: str) -> tuple[When, str] | None:
        above = self._heading(at)
        if above is None or not words.strip():
            return None
        line, heading, within = above
        first = day_of(within.earliest)
        text = in_english(plain_spelling(words))
        whole_year = within.latest - within.earliest > 31 * DAY
        found = None if whole_year else _DAY.fullmatch(text)
        said = f"{text} {first.year}"
        if found is not None:
            said = f"{found['w'] or ''}{found['d']} {first:%B} {first.year}{found['rest'] or ''}"
        for candidate in (said, f"{text}/{first.year}"):
            when, why = self.dates.read(candidate, time)
            if when.closed and within.earliest <= when.earliest and when.latest <= within.latest + 8 * 60:
                if why is not None and LEFT_OVER in why:
                    continue
                self.used[line] = heading
                flag = f'read under the heading "{heading}" in row {line}: our own reading'
                words = f"{words.strip()} {time.strip()}".strip()
                hedge = when.hedge or "doubtful"
                read = When(words, when.earliest, when.latest, hedge, when.timed, when.lasts)
                return read, f"{flag}; {why}" if why else flag
        return None

    def _heading(self, at: int) -> tuple[int, str, When] | None:
        for line, cells in self.rows[self._looked_at : at]:
            said = [cell.strip() for cell in cells if cell.strip()]
            if len(set(said)) == 1 and len(said[0]) <= LONGEST:
                when, _ = self.dates.read(said[0])
                if when.closed and not when.timed and when.hedge == "" and when.latest - when.earliest >= 27 * DAY:
                    self._above = line, said[0], when
        self._looked_at = max(at, self._looked_at)
        return self._above

    def leave_out(self, entries: list[Entry], told: Mapping[D, Sequence[Place]]) -> dict[D, list[Place]]:
        """Takes the headings out of a table's entries, and gives what is told of its rows without what is told of them."""
        entries[:] = [entry for entry in entries if entry.place.row not in self.used]
        left = {doubt: [place for place in places if place.row not in self.used] for doubt, places in told.items()}
        return {doubt: places for doubt, places in left.items() if places}

    def problems(self, place: Place) -> list[Problem]:
        """A note of each row that is a heading of months and no entry."""
        return [
            Problem(
                Place(place.file, place.sheet, line),
                "note",
                f"{short(heading)} stands alone above rows",
                "rows below it give days without their month or year",
                "The row is read as their heading and is not counted as an entry.",
                "Nothing needs doing, unless the row records something itself.",
            )
            for line, heading in self.used.items()
        ]
