"""The reviewer's notes on entries, found again after a corrected return."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.base.nearest import aside
from kg.findings.finding import Keys
from kg.model.problem import Problem
from kg.model.review import Review
from kg.model.reviewer import Note

_MARKED = re.compile(r"(.+) #([0-9a-f]{10})")


def entry_mark(review: Review, row: int) -> str:
    """The words by which notes.csv names an entry: its name; without a Ref also a mark of its date and words.

    A row number alone would name another entry once a row above it is taken out.
    """
    entry = review.entries[row]
    if entry.cells.get("ref"):
        return entry.name
    return f"{entry.name} #{Keys(review).entry(entry).rpartition('/')[2]}"


def notes_by_entry(review: Review, notes: Sequence[Note]) -> dict[int, tuple[Note, ...]]:
    """The notes beside each entry, by its position in ``review.entries``, in the order in which they were written."""
    found: dict[int, list[Note]] = defaultdict(list)
    for note, row in _placed(review, notes):
        if row is not None:
            found[row].append(note)
    return {row: tuple(found[row]) for row in sorted(found)}


def stale_notes(review: Review, notes: Sequence[Note]) -> tuple[Problem, ...]:
    """The notes whose entry is no longer there under that name, with the entry that was perhaps meant."""
    names = [entry.name for entry in review.entries]
    said = []
    for note, row in _placed(review, notes):
        if row is None:
            by = f" by {note.by}" if note.by else ""
            said.append(
                Problem(
                    replace(note.place, column="Entry"),
                    "note",
                    f'the note{by} on "{note.entry}" no longer has its entry',
                    "no entry has that name now: it was taken out, or its Ref, date or words were corrected"
                    + aside(note.entry, names),
                    f"The note stays in the file: {note.note}",
                    "If the entry is there under another name, correct it in the column Entry.",
                )
            )
    return tuple(said)


def _placed(review: Review, notes: Sequence[Note]) -> Iterator[tuple[Note, int | None]]:
    """Each note with the position of its entry, or None where there is none."""
    if not notes:
        return
    keys = Keys(review)
    names = {entry.name: row for row, entry in enumerate(review.entries)}
    refs: dict[str, list[int]] = defaultdict(list)
    marks: dict[tuple[str, str], list[int]] = defaultdict(list)
    for row, entry in enumerate(review.entries):
        refs[entry.ref].append(row)
        if not entry.cells.get("ref"):
            marks[entry.agency, keys.entry(entry).rpartition("/")[2]].append(row)
    for note in notes:
        marked = _MARKED.fullmatch(note.entry)
        if marked:
            agency = marked[1].rpartition("/")[0]
            rows = marks.get((agency, marked[2]), [])
            same = names.get(marked[1])
            yield note, same if same in rows else next(iter(rows), None)
        else:
            named = names.get(note.entry)
            alone = refs.get(note.entry, [])
            yield note, named if named is not None else (alone[0] if len(alone) == 1 else None)
