"""Excel and Word files made on the spot, and taken apart and put together again with something changed."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

import docx
import xlsxwriter

Change = Callable[[bytes], bytes]


def workbook(sheets: Mapping[str, Iterable[Sequence[object]]], more: Callable[[Any], None] | None = None) -> bytes:
    """A workbook with these rows on its sheets; ``more`` may do to it what it likes before it is closed."""
    stream = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(stream, options)
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    moment = book.add_format({"num_format": "dd/mm/yyyy hh:mm"})
    clock = book.add_format({"num_format": "hh:mm"})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for at, row in enumerate(rows):
            for column, value in enumerate(row):
                if isinstance(value, datetime):
                    sheet.write_datetime(at, column, value, moment)
                elif isinstance(value, date):
                    sheet.write_datetime(at, column, value, day)
                elif isinstance(value, time):
                    sheet.write_datetime(at, column, value, clock)
                elif isinstance(value, str):
                    sheet.write_string(at, column, value)
                elif value is not None:
                    sheet.write(at, column, value)
    if more is not None:
        more(book)
    book.close()
    return stream.getvalue()


def document(tables: Iterable[Sequence[Sequence[str]]], more: Callable[[Any], None] | None = None) -> bytes:
    """A Word document with these tables; ``more`` may do to it what it likes before it is saved."""
    made = docx.Document()
    for rows in tables:
        table = made.add_table(rows=len(rows), cols=max(map(len, rows)))
        for row, words in zip(table.rows, rows, strict=True):
            for cell, said in zip(row.cells, words, strict=False):
                cell.text = said
        made.add_paragraph()
    if more is not None:
        more(made)
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def changed(data: bytes, part: str, change: Change) -> bytes:
    """The same file with one of its parts changed, or added if it has none of that name."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            content = old.read(info)
            new.writestr(info.filename, change(content) if info.filename == part else content)
        if part not in old.namelist():
            new.writestr(part, change(b""))
    return stream.getvalue()


def body(change: Callable[[str], str]) -> Change:
    """A change to a part that is text."""
    return lambda data: change(data.decode()).encode()
