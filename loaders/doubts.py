"""What may be wrong with a row of a return, in words for the person who can mend it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kg.model import Place, Problem
from kg.spans import MARKED
from kg.when import When
from loaders.names import short


@dataclass(frozen=True, slots=True)
class Doubt:
    """What is wrong with a cell, before it is known in which row it stands."""

    column: str
    severity: str
    what: str
    why: str
    done: str
    remedy: str

    def at(self, place: Place, more: Sequence[int] = ()) -> Problem:
        """The doubt as a Problem of the first row that has it, naming the others."""
        done = f"{self.done} {_also(more)}" if more else self.done
        place = Place(place.file, place.sheet, place.row, self.column, place.entry)
        return Problem(place, self.severity, self.what, self.why, done, self.remedy)


def doubtful_date(heading: str, when: When, why: str, *, entry_date: bool = True) -> Doubt:
    unread = when.hedge in ("unread", "none")
    kept = "The entry is kept, undated; no finding rests on its date." if entry_date else "The entry is kept."
    marked = when.hedge == "doubtful" and why == MARKED
    return Doubt(
        heading,
        "error" if unread else "note" if marked else "warning",
        f"{short(when.words)} is not a date that can be read" if unread else f"{short(when.words)} is a doubtful date",
        why,
        kept if unread else f"It is read as {when.plain()}, and the words are kept.",
        'Correct the cell; if the day is not known, write the month ("July 1999") or the year.'
        if unread
        else "Ask the agency, and correct the cell if they know better.",
    )


def no_date(heading: str) -> Doubt:
    return Doubt(
        heading,
        "warning",
        "there is no date",
        "an entry without a date has no place in the chronology",
        "The entry is kept, undated; no finding rests on its date.",
        'Ask the agency; a month, a year or "before 3 August 1999" is better than nothing.',
    )


def too_wide(found: int, width: int) -> Doubt:
    return Doubt(
        "",
        "warning",
        f"the row has {found} cells under {width} headings",
        "perhaps a comma in the text stands outside quotation marks, and the cells after it have moved",
        'All cells are kept; those beyond the headings as "column" and their number.',
        "Look at the row, and save the table again from the spreadsheet.",
    )


def headings_again(place: Place) -> Problem:
    return Problem(
        place,
        "note",
        "the headings stand here again",
        "tables that were cut by pages repeat them",
        "The row is not counted as an entry.",
        "Nothing needs doing.",
    )


def _also(rows: Sequence[int]) -> str:
    shown = ", ".join(str(row) for row in rows[:8])
    more = f" and {len(rows) - 8} more" if len(rows) > 8 else ""
    return f"The same stands in row{'s' if len(rows) > 1 else ''} {shown}{more}."
