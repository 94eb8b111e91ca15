"""A problem met in reading: where, what was written, why it cannot be, what was done, how to mend it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the review folder something was written: file, sheet or table, row, column (rows counted from 1)."""

    file: str = ""
    sheet: str = ""
    row: int = 0
    column: str = ""
    entry: str = ""

    def __str__(self) -> str:
        said = [self.file or "the review folder"]
        if self.sheet:
            said.append(self.sheet)
        if self.row:
            said.append(f"row {self.row}" + (f" ({self.entry.partition('/')[2]})" if self.entry else ""))
        if self.column:
            said.append(f"column {self.column}")
        return ", ".join(said)


@dataclass(frozen=True, slots=True)
class Problem:
    """Something a person should mend: where, what was written, why it cannot be, what was done, how to mend it.

    ``severity`` is "error" (something could not be read), "warning" (read, but doubtful) or "note" (worth knowing).
    """

    place: Place
    severity: str
    what: str
    why: str
    done: str
    remedy: str

    def __str__(self) -> str:
        return "\n".join([str(self.place), f"  {self.what}: {self.why}", f"  {self.done}", f"  {self.remedy}"])


class NotAReview(Exception):
    """The folder cannot be opened as a review at all; the message says why and what to do, for people."""
