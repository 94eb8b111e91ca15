"""The command that walks a reviewer through what the headings of returns are read as: columns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.base.signs import unstilled
from kg.commands.filled_list import filled_rows
from kg.commands.shared import review_argument, say, show_json, show_table
from kg.folder import open_review

if TYPE_CHECKING:
    from loaders.rows.sheets import Headed

COLUMNS = ("file", "table", "heading", "column", "witness", "confirmed")
"""The columns of the list for a spreadsheet; the reviewer corrects "column" and writes yes under "confirmed"."""

HELP = "c confirm   x change   n no column   s skip   z undo the last   q stop"
YES = ("yes", "y", "x", "true", "1", "confirmed")
WITNESS = {
    "confirmed": "confirmed", "elsewhere": "confirmed for another return", "known": "known word for word",
    "near": "comes near a known heading", "words": "by its words", "cells": "by its cells",
    "overruled": "its cells against its heading", "twice": "confirmed twice", "": "not known",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Asked:
    """One heading of one table: what it is read as (a notation, "" for nothing), by which witness, why, and two cells."""

    file: str
    table: str
    heading: str
    column: str
    witness: str
    why: str
    cells: tuple[str, ...]

    @property
    def confirmed(self) -> bool:
        """Whether a person has said so for this very return."""
        return self.witness == "confirmed"


@click.command()
@review_argument
@click.option("--all", "everything", is_flag=True, help="Also headings that are known word for word.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "csv", "json"]),
    help="Only list what every heading is read as, for reading or for a spreadsheet; nothing is asked.",
)
@click.option(
    "--from",
    "filled",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Read decisions from a list that was filled in, and keep them.",
)
def columns(review: Path, everything: bool, form: str | None, filled: Path | None) -> None:
    """Look at what each heading of each return is read as: confirm, change, or say that it is none.

    Each heading comes with what it is read as, what speaks for it, and two of its cells. What you decide is written to
    review.toml at once, under the return's name, and is remembered for the same heading in other returns.

    \b
    Examples:
      kg columns my-review
      kg columns my-review --format csv > columns.csv
      kg columns my-review --from columns.csv
    """
    found = list(asked(open_review(review).tables))
    if filled is not None:
        _read_back(review, found, filled)
    elif form == "json":
        show_json([_json(each) for each in found])
    elif form == "csv":
        show_table("csv", COLUMNS, map(_row, found))
    elif form == "text":
        for each in found:
            say("\n".join(_lines(each)))
        say(f"{len(found)} headings.")
    else:
        _walk(review, [each for each in found if everything or each.witness not in ("confirmed", "elsewhere", "known")])


def asked(tables: Sequence[Headed]) -> Iterator[Asked]:
    """Every heading of every table, in the order of the returns, each once for a table."""
    for table in tables:
        for at, (heading, reading) in enumerate(zip(table.columns.headings, table.columns.readings, strict=True)):
            if not heading.strip():
                continue
            cells = dict.fromkeys(row[at].strip() for _, row in table.rows if len(row) > at and row[at].strip())
            column = reading.column.notation if reading.column is not None else ""
            name = table.file.rpartition("/")[2]
            yield Asked(name, table.sheet, heading, column, reading.witness, reading.why, tuple(cells)[:2])


def _walk(folder: Path, found: Sequence[Asked]) -> None:
    from kg.base.folding import spelling

    if not found:
        say("Every heading is known or confirmed. To see them all: --format text.")
        return
    say(f"{len(found)} heading{'' if len(found) == 1 else 's'} to look at.\n{HELP}\n")
    waiting, kept = list(found), list[Asked]()
    while waiting:
        each = waiting.pop(0)
        say("\n".join(_lines(each)))
        key = _key()
        if key == "q":
            waiting.insert(0, each)
            break
        if key == "z":
            waiting.insert(0, each)
            if kept:
                last = kept.pop()
                _settle(folder, last.file, {last.heading: None})
                waiting.insert(0, last)
                say(f'Undone: "{last.heading}" is open again.\n')
            else:
                say("There is nothing to undo in this sitting.\n")
            continue
        column = each.column if key == "c" else "" if key == "n" else _another() if key == "x" else None
        if column is None:
            say()
            continue
        _settle(folder, each.file, {each.heading: column})
        kept.append(each)
        same = [other for other in waiting if spelling(other.heading) == spelling(each.heading)]
        waiting = [other for other in waiting if other not in same]
        also = f" So is it in {len(same)} more table{'' if len(same) == 1 else 's'}." if same else ""
        say(f"Kept: {column or 'no column'}.{also}\n")
    say(f"{len(kept)} kept in review.toml; {len(waiting)} left for another day.")


def _key() -> str:
    while True:
        try:
            key: str = click.prompt("c/x/n/s/z/q", prompt_suffix="? ").strip().casefold()[:1]
        except click.Abort:  # the end of the input, or Ctrl+C: what was decided is kept already
            say()
            return "q"
        if key in ("c", "x", "n", "s", "z", "q"):
            return key
        say(HELP)


def _another() -> str | None:
    """The column that a person names, by its notation or any heading of it; None where they think better of it."""
    from kg.terms.reader import load

    terms = load()
    names = ", ".join(column.notation for column in terms.properties)
    while True:
        try:
            words: str = click.prompt("Which column (blank: leave it)", default="", show_default=False).strip()
        except click.Abort:
            return None
        if not words:
            return None
        column = terms.heading(words)
        if column is not None:
            return column.notation
        say(f'"{words}" is no column. The columns are: {names}.')


def _settle(folder: Path, file: str, columns: Mapping[str, str | None]) -> None:
    from kg.base.append import NotKept
    from loaders.settling import settle

    try:
        settle(folder, file, columns)
    except NotKept as wrong:
        raise click.ClickException(str(wrong)) from None


def _read_back(folder: Path, found: Sequence[Asked], filled: Path) -> None:
    """Keep what a filled list says; rows that cannot be used are said, and the others are kept."""
    from kg.base.folding import spelling
    from kg.terms.reader import load

    terms = load()
    known = {(each.file, spelling(each.heading)): each for each in found}
    settled: dict[str, dict[str, str | None]] = {}
    same = wrong = 0
    for line, row in filled_rows(filled, ("file", "heading", "column"), "kg columns", str.casefold):
        file, heading, words = row.get("file", ""), unstilled(row.get("heading", "")), row.get("column", "").strip()
        each = known.get((file.rpartition("/")[2], spelling(heading)))
        column = terms.heading(words) if words else None
        notation = column.notation if column is not None else ""
        yes = row.get("confirmed", "").strip().casefold() in YES
        if not yes and (each is None or notation == each.column):
            continue
        why = ""
        if each is None:
            why = f'no return has a heading "{heading}" in a file "{file}" any longer'
        elif words and column is None:
            why = f'"{words}" is no column; kg columns --format text lists what there is'
        if why or each is None:
            wrong += 1
            say(f"{filled.name}, row {line}: {why}. This row was not used.", err=True)
        elif each.confirmed and each.column == notation:
            same += 1
        else:
            settled.setdefault(each.file, {})[each.heading] = notation
    for file, columns in settled.items():
        _settle(folder, file, columns)
    kept = sum(map(len, settled.values()))
    stood = f"; {same} stood there already" if same else ""
    say(f"{kept} kept in review.toml{stood}" + (f"; {wrong} could not be used" if wrong else "") + ".")
    if wrong:
        raise SystemExit(1)


def _lines(each: Asked) -> Iterator[str]:
    from kg.reports.lines import flow

    where = each.file + (f", {each.table}" if each.table else "")
    read = f"read as {each.column}" if each.column else "not read"
    yield from flow(f'"{" ".join(each.heading.split())}" ({where}): {read}, {WITNESS[each.witness]}', 0, 4)
    if each.why:
        yield from flow(each.why, 4, 2)
    for cell in each.cells:
        words = " ".join(cell.split())
        yield from flow(f"| {words if len(words) <= 120 else words[:119] + '…'}", 4, 2)


def _json(each: Asked) -> dict[str, object]:
    return {**_row(each), "confirmed": each.confirmed, "why": each.why, "cells": list(each.cells)}


def _row(each: Asked) -> dict[str, object]:
    confirmed = "yes" if each.confirmed else ""
    cells = (each.file, each.table, each.heading, each.column, each.witness, confirmed)
    return dict(zip(COLUMNS, cells, strict=True))
