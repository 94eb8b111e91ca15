"""Tables as people draw them: cells joined across and down, headings on two lines, captions between the rows.

Excel and Word both draw tables so; what is here brings either to plain rows, each under one row of headings. No word is
dropped: what is no row of the table is said in a Problem.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from kg.model.problem import Place, Problem
from loaders.formats.struck import OUT, Struck, set_apart
from loaders.formats.tables import Row, Score
from loaders.rows.roster import short
from loaders.rows.shape import heading_row, is_record

MARGIN = "Margin note"
"""The heading under which comments and footnotes travel with an entry."""

_CAPTION = 300
"""A line across the table longer than this, in characters, is no caption but a row."""


class Joined(NamedTuple):
    """Cells drawn as one: rows ``top`` to ``bottom``, columns ``left`` to ``right``, counted from 0, both inclusive."""

    top: int
    left: int
    bottom: int
    right: int


class Beside(NamedTuple):
    """A comment or footnote: the row and column at which it stands (counted from 0), and its words."""

    row: int
    column: int
    words: str


@dataclass(slots=True)
class Grid:
    """A table as drawn: ``lines`` are the numbers of its rows, ``cells`` their words, each row equally many."""

    lines: list[int]
    cells: list[list[str]]
    joined: list[Joined] = field(default_factory=list)
    beside: list[Beside] = field(default_factory=list)
    struck: list[Struck] = field(default_factory=list)
    _problems: list[Problem] = field(default_factory=list, init=False)
    _place: Place = field(default=Place(), init=False)

    def rows(self, score: Score, file: str, sheet: str) -> tuple[list[Row], list[Problem]]:
        """Plain rows, and what was done to make them: cells joined downwards hold for each of their rows."""
        if not self.cells:
            return [], []
        self._place = Place(file, sheet)
        if self.struck:
            self._set_struck(score)
        width = len(self.cells[0])
        height = len(self.cells)
        wide = [j for j in self.joined if j.right - j.left + 1 >= max(3, width * 0.6) and j.top < height]
        deep = [j for j in self.joined if j.bottom > j.top and j not in wide and j.left < width and j.top < height]
        top = best_row(self.cells, score)
        apart: set[int] = set()
        over, under = self._heading_rows(top, deep) if top >= 0 else (top, top)
        filled = self._fill_down(deep, over, under)
        if over < under:
            self._join_headings(over, under, score)
            apart.update(range(over, under))
        self._say_filled([j for j in filled if j.bottom > under])
        apart |= self._captions({j.top for j in wide if j.top == j.bottom and j.top > under}, under)
        if self.beside:
            self._set_beside(under, apart)
        width = len(self.cells[0])
        used = [at for at in range(width) if any(row[at] for row in self.cells)]
        # A table without headings may go on with the one before it: its blank columns keep their places.
        if top >= 0 and len(used) < width:
            self.cells = [[row[at] for at in used] for row in self.cells]
        rows = [(self.lines[at], row) for at, row in enumerate(self.cells) if at not in apart]
        return rows, self._problems

    def _set_struck(self, score: Score) -> None:
        top = best_row(self.cells, score)
        headings = self.cells[top] if top >= 0 else []
        below = [each for each in self.struck if each.row > top]
        notes, problems = set_apart(below, self.cells, headings, self.lines, self._place)
        self.beside += [Beside(*note) for note in notes]
        self._problems += problems

    def _fill_down(self, deep: Iterable[Joined], over: int, under: int) -> list[Joined]:
        filled: list[Joined] = []
        for joined in deep:
            words = self.cells[joined.top][joined.left]
            if not words.strip():
                continue
            # A heading drawn down over blank cells of the record is no word of theirs.
            last = min(joined.bottom, under) if over <= joined.top <= under else joined.bottom
            for row in self.cells[joined.top + 1 : last + 1]:
                if any(cell.strip() for cell in row) and not row[joined.left].strip():
                    row[joined.left] = words
                    if not filled or filled[-1] != joined:
                        filled.append(joined)
        return filled

    def _heading_rows(self, top: int, deep: Iterable[Joined]) -> tuple[int, int]:
        """The first and last row of the headings: those that cells joined downwards bind to the best one.

        A row that holds a date or a sentence is none of them, whatever is joined with it.
        """
        bound = [j for j in deep if j.top <= top <= j.bottom and j.bottom - j.top <= 3]
        first, last = min([top, *(j.top for j in bound)]), max([top, *(j.bottom for j in bound)])
        while last > top and any(is_record(self.cells[at]) for at in range(top + 1, last + 1)):
            last -= 1
        return first, last

    def _join_headings(self, over: int, under: int, score: Score) -> None:
        """Name each column by its lowest heading that is known, else by all that stand above one another."""
        stacks: list[list[str]] = [[] for _ in self.cells[0]]
        for at in range(over, under + 1):
            row = list(self.cells[at])
            for joined in self.joined:
                if joined.top == at and joined.right > joined.left and at < under:
                    row[joined.left : joined.right + 1] = [row[joined.left]] * (joined.right + 1 - joined.left)
            for stack, words in zip(stacks, row, strict=False):
                if words.strip() and words not in stack:
                    stack.append(words)
        names = []
        for stack in stacks:
            known = [words for words in reversed(stack) if score([words])]
            names.append(known[0] if known else " ".join(stack))
        self.cells[under] = names
        said = "; ".join(" / ".join(stack) for stack in stacks if len(stack) > 1)
        self._note(
            self.lines[under],
            f"the headings stand on {under - over + 1} lines",
            f"some are divided by others beneath them: {short(said, 200)}" if said else "some cells span both lines",
            "Each column is called by its lowest heading that is known, else by all of them.",
            "Look whether the columns are what they should be.",
        )

    def _say_filled(self, filled: Sequence[Joined]) -> None:
        if not filled:
            return
        first = filled[0]
        words = self.cells[first.top][first.left]
        more = f" The same holds for {len(filled) - 1} more." if len(filled) > 1 else ""
        self._note(
            self.lines[first.top],
            f"the cell {short(words)} is drawn across {first.bottom - first.top + 1} rows",
            "so it belongs to each of them",
            f"It is read in every one of these rows.{more}",
            "If the rows are one entry, part of which moved onto the next line, join them in the file.",
        )

    def _captions(self, across: set[int], under: int) -> set[int]:
        """Rows that are one cell across the table, with rows of the table after them: a year, a page, a title."""
        last = max((at for at, row in enumerate(self.cells) if sum(bool(c.strip()) for c in row) > 1), default=0)
        found = []
        for at in sorted(across):
            said = [cell.strip() for cell in self.cells[at] if cell.strip()]
            if at < last and len(said) == 1 and len(said[0]) <= _CAPTION:
                found.append((at, said[0]))
        if found:
            said = [f"{short(words, _CAPTION)} (row {self.lines[at]})" for at, words in found]
            self._note(
                self.lines[found[0][0]],
                f"{len(found)} line{'s stand' if len(found) > 1 else ' stands'} across the whole table",
                "a line across all columns is a caption, not an entry: " + "; ".join(said),
                "Not counted as entries.",
                "If one of them is an entry, write it in the columns.",
            )
        return {at for at, _ in found}

    def _set_beside(self, under: int, apart: set[int]) -> None:
        """Comments become a last column, so that they travel with their rows; those beside no row are said."""
        heads = self.cells[under] if under >= 0 else []
        column = [""] * len(self.cells)
        loose, kept = [], 0
        for at, place, words in self.beside:
            if not under < at < len(self.cells) or at in apart or not any(cell.strip() for cell in self.cells[at]):
                loose.append(words)
                continue
            head = " ".join(heads[place].split()) if 0 <= place < len(heads) else ""
            column[at] += ("\n" if column[at] else "") + (f"{head}: {words}" if head else words)
            kept += not words.startswith(OUT)
        if any(column):
            if under >= 0:
                column[under] = MARGIN
            for row, words in zip(self.cells, column, strict=True):
                row.append(words)
        if kept:
            self._note(
                self.lines[next(at for at, words in enumerate(column) if words and at > under)],
                f"{kept} comment{'s or footnotes stand' if kept > 1 else ' or footnote stands'} beside the rows",
                "they are not the record itself, but words about it",
                f'They are kept with their entries as "{MARGIN}"; no rule reads them.',
                "Read them; ask the agency where one changes what the record says.",
            )
        if loose:
            self._say_loose(loose)

    def _say_loose(self, loose: Sequence[str]) -> None:
        said = "; ".join(short(words, _CAPTION) for words in loose)
        self._note(
            0,
            f"{len(loose)} comment{'s stand' if len(loose) > 1 else ' stands'} beside no row of the table",
            f"beside headings, titles or blank cells: {said}",
            "They belong to no entry, and are shown here only.",
            "Read them.",
        )

    def _note(self, line: int, what: str, why: str, done: str, remedy: str) -> None:
        place = Place(self._place.file, self._place.sheet, line)
        self._problems.append(Problem(place, "note", what, why, done, remedy))


def best_row(cells: Sequence[Sequence[str]], score: Score) -> int:
    """The row near the top that holds the headings, by its shape and by how many it names; -1 if none does."""
    return heading_row(cells, score)
