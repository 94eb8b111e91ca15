"""Words that are struck through by hand: they no longer stand, but they are evidence of what was once written.

They are set apart as margin notes, so that no rule reads them. In a row that is struck out whole the Ref and the dates
stay, so that the row keeps its place; its other words are set apart.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from kg.model.problem import Place, Problem
from kg.terms.reader import load
from loaders.rows.roster import short

_LISTED = 12
_SPACES = re.compile(" {2,}")
OUT = "struck out: "
"""What stands before struck words in a margin note."""


class Struck(NamedTuple):
    """A cell with words struck out: its place (counted from 0), what still stands, and what is struck (None: all)."""

    row: int
    column: int
    stands: str
    words: str | None


def set_apart(
    struck: Sequence[Struck], cells: list[list[str]], headings: Sequence[str], lines: Sequence[int], place: Place
) -> tuple[list[tuple[int, int, str]], list[Problem]]:
    """Take struck words out of their cells: the margin notes (row, column, words) that keep them, and a warning."""
    by_row: dict[int, list[Struck]] = {}
    for each in struck:
        inside = 0 <= each.row < len(cells) and 0 <= each.column < len(cells[each.row])
        if inside and (cells[each.row][each.column] if each.words is None else each.words).strip():
            by_row.setdefault(each.row, []).append(each)
    if not by_row:
        return [], []
    staying = {
        at
        for at, column in enumerate(load().columns(list(headings)))
        if column is not None and (column.notation == "ref" or column.kind in ("when", "time"))
    }
    notes: list[tuple[int, int, str]] = []
    said: list[str] = []
    whole: list[int] = []
    for row, those in sorted(by_row.items()):
        out = {each.column for each in those if not each.stands.strip()}
        all_out = all(at in out or not cell.strip() for at, cell in enumerate(cells[row]))
        if all_out:
            whole.append(lines[row])
        for each in those:
            words = cells[row][each.column] if each.words is None else each.words
            if all_out and each.column in staying:
                cells[row][each.column] = words.strip()
            else:
                cells[row][each.column] = _SPACES.sub(" ", each.stands).strip()
            words = " ".join(words.split())
            said.append(f"{short(words, 80)} (row {lines[row]})")
            notes.append((row, each.column, f'{OUT}"{words}"'))
    rows = f" Struck out whole: row {', '.join(map(str, whole[:_LISTED]))}." if whole else ""
    more = f"; and {len(said) - _LISTED} more" if len(said) > _LISTED else ""
    problem = Problem(
        Place(place.file, place.sheet, lines[min(by_row)]),
        "warning",
        f"words are struck out in {len(by_row)} row{'s' if len(by_row) > 1 else ''}",
        "; ".join(said[:_LISTED]) + more,
        f"They are kept as margin notes of their entries; no rule reads them.{rows}",
        "Ask the agency who struck them out, when and why; a row struck out whole may concern somebody else.",
    )
    return notes, [problem]
