"""Tables for other programs: CSV that a spreadsheet opens safely, and Markdown."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from kg.base.signs import in_markdown, still

Json = dict[str, Any]
"""An object as JSON has it."""


def as_csv(columns: Sequence[str], rows: Iterable[Mapping[str, object]]) -> str:
    """Rows as CSV with a header. A cell that a spreadsheet would run as a formula gets an apostrophe before it."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        cells = (still(str(row.get(column, ""))) for column in columns)
        # A bare carriage return would end the row in the eyes of most readers.
        writer.writerow([cell.replace("\r\n", "\n").replace("\r", "\n") for cell in cells])
    return out.getvalue()


def as_markdown(columns: Sequence[str], rows: Iterable[Mapping[str, object]]) -> str:
    """Rows as a Markdown table of text: what looks like markup in a cell is shown as it was written, and stays in the cell."""
    lines = [f"| {' | '.join(map(in_markdown, columns))} |", f"|{'|'.join(' --- ' for _ in columns)}|"]
    for row in rows:
        lines.append(f"| {' | '.join(_cell(row.get(column, '')) for column in columns)} |")
    return "\n".join(lines) + "\n"


def _cell(value: object) -> str:
    return "<br>".join(in_markdown(str(value)).splitlines())
