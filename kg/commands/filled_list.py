"""A list that a command made for a spreadsheet, read back after a person filled it in."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import click

from kg.base.files import bytes_of
from kg.base.grammar import listed


def filled_rows(
    path: Path, needed: Sequence[str], command: str, spelt: Callable[[str], str] = str
) -> Iterator[tuple[int, Mapping[str, str]]]:
    """The rows of a filled list by heading, with their line; whatever a spreadsheet put between the cells.

    ``needed`` are the headings without which it is no list that ``command`` made; ``spelt`` says how headings are
    compared, as they stand unless it is given. Raises UsageError where the file cannot be read or is no such list.
    """
    try:
        data = bytes_of(path)
    except OSError as wrong:
        why = (wrong.strerror or "it could not be opened").casefold()
        raise click.UsageError(f"{path} could not be read ({why}). Nothing was written.") from None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
    first = text.splitlines()[0] if text.strip() else ""
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=max((",", ";", "\t"), key=first.count))
    if not set(needed) <= {spelt((name or "").strip()) for name in reader.fieldnames or ()}:
        columns = listed([f'"{name}"' for name in needed])
        raise click.UsageError(
            f"{path.name} has no columns {columns}: it is not a list that {command} made. Nothing was written."
        )
    for row in reader:
        cells = {spelt((name or "").strip()): cell or "" for name, cell in row.items() if isinstance(cell, str)}
        yield reader.line_num, cells
