"""findings.csv: what a published report concluded; and the reading of small tables with fixed headings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from kg.base.folding import spelling
from kg.base.nearest import perhaps
from kg.dates.reader import DateReader
from kg.model.problem import Place, Problem
from kg.model.reviewer import Published
from kg.terms.tables import Terms
from loaders.formats.tables import Sheet, read_csv
from loaders.rows.roster import Roster, short

PUBLISHED = ("Id", "Date", "Agency", "Kind", "Finding", "Source")


def read_published(
    path: Path, terms: Terms, agencies: Roster, dates: DateReader
) -> tuple[tuple[Published, ...], list[Problem]]:
    """The conclusions in a findings.csv, every row kept; an unknown kind, agency or date is kept in words."""
    problems: list[Problem] = []
    found: list[Published] = []
    for place, row in rows_of(path, PUBLISHED, problems):
        when, why = dates.read(row["date"])
        if why is not None and when.hedge == "unread":
            problems.append(doubt(place, "Date", row["date"], why, "The finding is kept, undated."))
        name = "; ".join(_agencies(row["agency"], place, agencies, problems))
        kind = row["kind"].strip()
        known = terms.match("finding-kind", kind) if kind else None
        if known is None:
            near = terms.suggest("finding-kind", kind) if kind else None
            why = "it is no kind of finding" + perhaps(near)
            problems.append(doubt(place, "Kind", kind, why, 'The finding is kept, of the kind "other".'))
            known = "other"
        found.append(Published(row["id"].strip(), when, name, known, row["finding"], row["source"], place))
    return tuple(found), problems


def _agencies(cell: str, place: Place, agencies: Roster, problems: list[Problem]) -> Iterator[str]:
    """The agencies that a cell names, parted by semicolons; one that the review does not list is kept as written."""
    whole = agencies.find(cell.strip()) if cell.strip() else ""
    for agency in [cell] if whole else cell.split(";"):
        words = agency.strip()
        name = agencies.find(words) if words else ""
        if name is None:
            near = agencies.suggest(words)
            why = "review.toml lists no agency of that name or alias" + perhaps(near)
            problems.append(doubt(place, "Agency", words, why, "The finding is kept with the name as written."))
        if name is None or name:
            yield name or words


def rows_of(
    path: Path, wanted: Sequence[str], problems: list[Problem], *, optional: Sequence[str] = ()
) -> Iterator[tuple[Place, Mapping[str, str]]]:
    """The rows of a small table with fixed headings, by heading in small letters; blank rows are passed over.

    ``optional`` headings may be missing without a word.
    """
    keys = {spelling(heading): heading.casefold() for heading in (*wanted, *optional)}
    sheets, found = read_csv(path, path.name, lambda cells: sum(1 for cell in cells if spelling(cell) in keys))
    problems += found
    for sheet in sheets:
        yield from _sheet_rows(sheet, path.name, keys, wanted, problems)


def _sheet_rows(
    sheet: Sheet, file: str, keys: Mapping[str, str], wanted: Sequence[str], problems: list[Problem]
) -> Iterator[tuple[Place, Mapping[str, str]]]:
    rows = [(line, row) for line, row in sheet.rows if any(cell.strip() for cell in row)]
    if not rows:
        return
    _, head = rows[0]
    columns = [keys.get(spelling(cell), "") for cell in head]
    missing = [heading for heading in wanted if heading.casefold() not in columns]
    if missing:
        problems.append(
            Problem(
                Place(file, row=rows[0][0]),
                "error" if len(missing) == len(wanted) else "warning",
                "headings are missing: " + ", ".join(missing),
                "the columns of this file are " + ", ".join(wanted),
                "What the missing columns would say is taken as blank.",
                "Write the headings in the first line.",
            )
        )
    for line, row in rows[1:]:
        told = dict.fromkeys(keys.values(), "")
        told.update((column, cell) for column, cell in zip(columns, row, strict=False) if column)
        yield Place(file, row=line), told


def doubt(place: Place, column: str, words: str, why: str, done: str) -> Problem:
    """A warning about one cell of a small table: what it says, why that cannot be used, and what was done."""
    where = Place(place.file, place.sheet, place.row, column)
    what = f"{short(words)} cannot be used here" if words.strip() else f"{column} is blank"
    return Problem(where, "warning", what, why, done, "Correct the cell.")
