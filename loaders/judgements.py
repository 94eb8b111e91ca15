"""judgements.csv and notes.csv: what the reviewer decided, and what the reviewer noted beside entries."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from kg.base.nearest import aside
from kg.dates.reader import DateReader
from kg.dates.when import DAY, day_of
from kg.model.problem import Problem
from kg.model.reviewer import JUDGED, NOTED, PAIR, VERDICTS, Judgement, Note
from loaders.published import doubt, rows_of
from loaders.rows.roster import short

_UNUSED = "The decision is not used; the row stays in the file."


def read_judgements(path: Path) -> tuple[tuple[Judgement, ...], list[Problem]]:
    """The reviewer's decisions in a judgements.csv, in their order.

    A row that does not say what was decided, of which finding, by whom or on which day is not used, stays in the file,
    and is a Problem. Raises OSError where the file may not be read.
    """
    problems: list[Problem] = []
    found: list[Judgement] = []
    for place, row in rows_of(path, JUDGED, problems, optional=PAIR):
        id, verdict, by = row["id"].strip(), row["verdict"].strip(), row["by"].strip()
        known = verdict.casefold()
        day, why = day_told(row["on"])
        if not id:
            problems.append(doubt(place, "Id", "", "a decision is about one finding", _UNUSED))
        elif known not in VERDICTS:
            hint = aside(known, VERDICTS)
            problems.append(doubt(place, "Verdict", verdict, f"it is none of {', '.join(VERDICTS)}{hint}", _UNUSED))
        elif not by:
            problems.append(doubt(place, "By", "", "a decision is made by somebody", _UNUSED))
        elif day is None:
            problems.append(doubt(place, "On", row["on"], why, _UNUSED))
        else:
            names = tuple(name for column in PAIR if (name := row[column.casefold()].strip()))
            found.append(Judgement(id, known, by, day, row["why"].strip(), place, names))
    return tuple(found), problems


def read_notes(path: Path) -> tuple[tuple[Note, ...], list[Problem]]:
    """The reviewer's notes in a notes.csv, in their order; one without an entry or words is left out, and said so.

    Raises OSError where the file may not be read.
    """
    problems: list[Problem] = []
    found: list[Note] = []
    for place, row in rows_of(path, NOTED, problems):
        entry, note, by = row["entry"].strip(), row["note"].strip(), row["by"].strip()
        day, why = day_told(row["on"])
        if not entry or not note:
            blank = "Note" if entry else "Entry"
            kept = "The note is not shown; the row stays in the file."
            what = f"the row says {short(note or entry)}; a note is some words beside one entry"
            problems.append(doubt(place, blank, "", what, kept))
            continue
        if not by:
            problems.append(
                doubt(place, "By", "", "a note is written by somebody", "The note is shown without a name.")
            )
        if day is None:
            problems.append(doubt(place, "On", row["on"], why, "The note is shown without a day."))
        found.append(Note(entry, note, by, day, place))
    return tuple(found), problems


def day_told(words: str) -> tuple[date | None, str]:
    """The one day that some words name, or None and why they do not."""
    when, why = DateReader().read(words)
    if not when.closed or when.latest - when.earliest >= DAY:
        return None, why or "a decision or note is of one day"
    return day_of(when.earliest), ""
