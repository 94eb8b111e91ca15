"""Adding one row to a file of the reviewer's own: judgements.csv or notes.csv. Rows are added and never taken away.

What stands in the file already is kept byte for byte, in the signs and order of columns that it has. The file is written
whole or not at all, and by one writer at a time.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from kg.base.files import write_atomically

PATIENCE = 10.0
"""Seconds to wait for another writer."""

_SIGNS = (",", ";", "\t", "|")
_UNREAD = "Nothing was written: "


class NotKept(Exception):
    """A row that could not be added; the message says why, that nothing was written, and what to do, for people."""


def append_row(
    path: Path,
    columns: Sequence[str],
    row: Mapping[str, str],
    *,
    optional: Sequence[str] = (),
    patience: float = PATIENCE,
) -> int:
    """Add a row to a table of the reviewer's own, making the file where there is none; the line on which it starts.

    ``columns`` must all have a heading in the file; ``optional`` ones are written where it has one, and into a new file.
    Cells are kept as text, word for word, whatever sign they begin with. Waits at most ``patience`` seconds for another
    writer. Raises NotKept, with the file as it was, where the row cannot be added so that it will be read again.
    """
    from filelock import FileLock, Timeout

    try:
        "".join(row.values()).encode()
    except UnicodeEncodeError:
        raise NotKept(f"{_UNREAD}some signs of what you typed are no letters. Type it again.") from None
    try:
        with FileLock(path.with_name(f".{path.name}.lock"), timeout=patience):
            for left in path.parent.glob(f".{path.name}.*.new"):  # of a writer that was cut off: it was never in force
                with suppress(OSError):
                    left.unlink()
            data, line = _with_row(path, columns, row, optional)
            write_atomically(path, data)
            return line
    except Timeout:
        raise NotKept(
            f"{_UNREAD}another program has been writing {path.name} for more than {patience:.0f} seconds. "
            "Try again when it is done."
        ) from None
    except (OSError, NotImplementedError) as wrong:
        why = getattr(wrong, "strerror", None) or "the folder cannot be locked against a second writer"
        raise NotKept(
            f"{_UNREAD}{path.name} could not be written ({why.casefold()}). "
            "Close it in other programs, or ask for leave to write in the folder."
        ) from None


def _with_row(path: Path, columns: Sequence[str], row: Mapping[str, str], optional: Sequence[str]) -> tuple[bytes, int]:
    """The bytes of the file with the row added, and its line. Raises NotKept where it would not be read again."""
    old = path.read_bytes() if path.exists() else b""
    encoding, mark = _encoding(old)
    try:
        text = old[len(mark) :].decode(encoding)
    except UnicodeDecodeError:
        raise NotKept(f"{_UNREAD}{path.name} is not a text that can be read. Save it as CSV UTF-8.") from None
    if not text.strip():
        return _new((*columns, *optional), row), 2
    found = _headings(text, columns, optional)
    if found is None:
        raise NotKept(
            f"{_UNREAD}the first line of {path.name} does not hold the headings {', '.join(columns)}. "
            "Write them there, then decide again."
        )
    sign, heads = found
    end = "\r\n" if "\r\n" in text else "\n"
    cells = [row.get(head, "") for head in heads]
    gap = "" if text.endswith(("\n", "\r")) else end
    try:
        added = f"{gap}{_line(cells, sign, end)}".encode(encoding)
    except UnicodeEncodeError:
        raise NotKept(
            f"{_UNREAD}{path.name} is saved in older Windows signs, which lack some of your words. Save it as CSV UTF-8."
        ) from None
    before, after = _rows(text, sign), _rows(text + added.decode(encoding), sign)
    if after[:-1] != before or after[-1] != cells:
        raise NotKept(
            f"{_UNREAD}a quotation mark in {path.name} opens and is never closed, so a new row would be lost in it. "
            "Close it, or double it where it belongs to the text."
        )
    return old + added, (text + gap).count("\n") + 1


def _new(columns: Sequence[str], row: Mapping[str, str]) -> bytes:
    """A new file with its headings; the mark at its start lets a spreadsheet read every letter rightly."""
    lines = _line(columns, ",", "\n") + _line([row.get(column, "") for column in columns], ",", "\n")
    return codecs.BOM_UTF8 + lines.encode()


def _encoding(data: bytes) -> tuple[str, bytes]:
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ):
        if data.startswith(mark):
            return encoding, mark
    with suppress(UnicodeDecodeError):
        data.decode("utf-8")
        return "utf-8", b""
    return "cp1252", b""


def _headings(text: str, columns: Sequence[str], optional: Sequence[str]) -> tuple[str, list[str]] | None:
    """What stands between the cells, and the column that each cell of the first row names ("" for another one)."""
    wanted = {column.casefold(): column for column in (*columns, *optional)}
    for sign in _SIGNS:
        first = next((cells for cells in _rows(text, sign) if any(cell.strip() for cell in cells)), [])
        heads = [wanted.get(cell.strip().casefold(), "") for cell in first]
        if {*columns} <= {*heads}:
            return sign, heads
    return None


def _rows(text: str, sign: str) -> list[list[str]]:
    limit = csv.field_size_limit()
    csv.field_size_limit(max(limit, len(text) + 1))
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=sign))
    finally:
        csv.field_size_limit(limit)


def _line(cells: Sequence[str], sign: str, end: str) -> str:
    return sign.join(_cell(cell, sign) for cell in cells) + end


def _cell(cell: str, sign: str) -> str:
    """A cell as a table holds it: in quotation marks wherever it would otherwise be read as something else."""
    return '"' + cell.replace('"', '""') + '"' if {*cell} & {sign, '"', "\r", "\n"} else cell
