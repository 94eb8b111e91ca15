"""The day's knowledge as one table: kinds of information by agency, and in each cell whether it was held.

What is held comes from ``kg.knowledge.as_of.who_knew`` and from nowhere else. A kind stands in the table once any agency
holds it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from kg.base.grammar import letter
from kg.chronology.coverage import Coverage
from kg.chronology.whose_code import REVIEWER, SUGGESTED
from kg.findings.study import Study
from kg.knowledge.as_of import who_knew
from kg.reports.lines import cut
from kg.wording.labels import label

SIGNS = {"sure": "S", "possible": "p", "none": ".", "unread": "?"}
"""The sign of each state of a cell."""

WHOSE = {("sure", REVIEWER): "R", ("possible", REVIEWER): "r", ("possible", SUGGESTED): "~"}
"""The sign of a cell whose kind is held by no agency's own code, by its state and whose word it is."""

WIDTH = 100
"""The columns of the terminal that the table fits."""

NAME = 60
"""The most columns that the name of a kind takes."""

UNREAD = {"read": "", "unread": " (unread: mostly not coded)", "no return": " (unread: no return)"}
"""What stands beside an agency whose silence says nothing."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of information about one subject: a column."""

    subject: str
    indicator: str
    label: str


@dataclass(frozen=True, slots=True)
class Row:
    """One agency and, for each kind in order, "sure", "possible", "none" (no record) or "unread".

    ``coverage`` says what its return allows to be said: "read", "unread" (mostly not coded) or "no return". ``coded_by``
    says, for each kind that it held, whose word that is: "agency", "reviewer", "suggested"; "" for the rest.
    """

    agency: str
    coverage: str
    cells: tuple[str, ...]
    coded_by: tuple[str, ...]

    def signs(self) -> tuple[str, ...]:
        """The sign of each cell."""
        return tuple(WHOSE.get(each, SIGNS[each[0]]) for each in zip(self.cells, self.coded_by, strict=True))


@dataclass(frozen=True, slots=True)
class Matrix:
    """What every agency held at the end of a day. ``kinds`` are the columns, in order of subject and name."""

    subjects: tuple[str, ...]
    kinds: tuple[Kind, ...]
    rows: tuple[Row, ...]


def matrix(gaps: Study, until: int) -> Matrix:
    """Who held what at a moment (minutes), agency by agency and kind by kind, exactly as ``who_knew`` has it.

    Where an agency has no record of a kind, its silence is "unread" if there is no return or fewer than half of its rows
    are coded; else "none", which says only that there is no record of it.
    """
    held = {
        (known.agency, known.subject, known.indicator): (known.certainty, known.coded_by)
        for known in who_knew(gaps.knowledge, until)
    }
    subjects = gaps.review.subjects
    kinds = sorted(
        {(subjects.index(subject), label(gaps, "indicator", indicator), indicator) for _, subject, indicator in held}
    )
    columns = tuple(Kind(subjects[at], indicator, words) for at, words, indicator in kinds)
    covered = {each.agency: each for each in gaps.coverage}
    rows = []
    for agency in gaps.review.agencies:
        state = _coverage(covered[agency.name])
        silence = "none" if state == "read" else "unread"
        cells = [held.get((agency.name, kind.subject, kind.indicator), (silence, "")) for kind in columns]
        rows.append(Row(agency.name, state, tuple(cell for cell, _ in cells), tuple(coded for _, coded in cells)))
    return Matrix(subjects, columns, tuple(rows))


def matrix_report(gaps: Study, table: Matrix, on: str) -> Iterator[tuple[str, str]]:
    """The table for a terminal of 100 columns: kinds down, agencies across by their letters, each subject by itself.

    As many agencies stand side by side as fit; the rest follow as another page of the same subject.
    """
    yield "title", f"{gaps.review.title}: held at the end of {on}"
    if not table.kinds:
        yield "", "  No agency has any record that is coded and dated by then."
        return
    yield "quiet", "  S surely held   p possibly held   . no record of it   ? unread: no return, or mostly not coded"
    used = {sign for row in table.rows for sign in row.signs()}
    if used & {"R", "r"}:
        yield "quiet", "  R surely held, r possibly held, by the reviewer's reading alone"
    if "~" in used:
        yield "quiet", "  ~ possibly held, as words only suggest"
    letters = [letter(at) for at in range(len(table.rows))]
    wide = max(map(len, letters))
    signs_of = [row.signs() for row in table.rows]
    width = min(NAME, max(len(kind.label) for kind in table.kinds))
    pages = list(_pages(range(len(table.rows)), (WIDTH - 4 - width) // (wide + 1)))
    for subject in table.subjects:
        here = [at for at, kind in enumerate(table.kinds) if kind.subject == subject]
        for page in pages if here else ():
            yield "", ""
            across = " ".join(f"{letters[at]:>{wide}}" for at in page)
            yield "grave", f"  {cut(f'About {subject}', width):{width}}  {across}"
            for at in here:
                signs = " ".join(f"{signs_of[agency][at]:>{wide}}" for agency in page)
                yield "", f"  {cut(table.kinds[at].label, width):{width}}  {signs}"
    yield "", ""
    for name, row in zip(letters, table.rows, strict=True):
        yield "quiet", cut(f"  {name:>{wide}}  {row.agency}{UNREAD[row.coverage]}", WIDTH)


def matrix_json(table: Matrix, on: str) -> dict[str, Any]:
    """The table for programs: ``kinds`` in order, and for each agency a word for each kind."""
    return {
        "on": on,
        "kinds": [{"subject": k.subject, "indicator": k.indicator, "label": k.label} for k in table.kinds],
        "agencies": [
            {"agency": r.agency, "coverage": r.coverage, "cells": list(r.cells), "coded_by": list(r.coded_by)}
            for r in table.rows
        ],
    }


def matrix_rows(table: Matrix) -> tuple[list[str], list[dict[str, str]]]:
    """The table as headings and rows, with the signs as cells; where there are several subjects, headings name them."""
    several = len({kind.subject for kind in table.kinds}) > 1
    plain = [f"{kind.subject}: {kind.label}" if several else kind.label for kind in table.kinds]
    # Two kinds of one name are told apart by their notation.
    headings = [
        words if plain.count(words) == 1 and words != "Agency" else f"{words} ({kind.indicator})"
        for words, kind in zip(plain, table.kinds, strict=True)
    ]
    rows = [{"Agency": row.agency, **dict(zip(headings, row.signs(), strict=True))} for row in table.rows]
    return ["Agency", *headings], rows


def _coverage(covered: Coverage) -> str:
    if not covered.has_return:
        return "no return"
    return "unread" if covered.unread else "read"


def _pages(columns: Sequence[int], most: int) -> Iterator[Sequence[int]]:
    """Columns in pages of about the same width, none wider than ``most``."""
    number = -(-len(columns) // most)
    yield from (columns[len(columns) * page // number : len(columns) * (page + 1) // number] for page in range(number))
