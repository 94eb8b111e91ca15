"""Who looked, when, and at what kind of page: kept without a word of what the review says."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from kg.ask.library import question

Log = Callable[[str], None]
"""Where a line goes."""

PAGES = ("", "timeline", "network", "questions", "ask", "entry", "sparql", "sparql-page")
"""How the addresses of pages begin; the first is the page of the review itself."""
UNTOLD = ("changed", "style.css", "live.js")
"""What pages fetch for themselves, and nobody looks at."""


def line(address: str, method: str, path: str, status: int, seconds: float, now: datetime) -> str:
    """One request as a line: the moment, from where, how, the kind of page, what came of it, and how long it took.

    Neither the parameters of a question, nor a query, nor the name of an entry stands in it; nor, of an address that there
    is not, what somebody wrote there. "" for what is not told.
    """
    first, *rest = path.lstrip("/").split("/", 1)
    if first in UNTOLD and status < 400:
        return ""
    kind = f"/{first}" if first in PAGES else "elsewhere"
    if first == "ask" and rest and question(rest[0].removesuffix(".csv")) is not None:
        kind = f"/ask/{rest[0]}"
    how = method if method in ("GET", "HEAD", "POST") else "other"
    return f"{now:%Y-%m-%d %H:%M:%S} {address or '-'} {how} {kind} {status} {seconds * 1000:.0f} ms"


def to_file(path: Path) -> Log:
    """Lines added to a file, for its owner alone to read. Raises OSError where it cannot be written."""
    handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)

    def kept(words: str) -> None:
        os.write(handle, f"{words}\n".encode())

    return kept


def to_window(words: str) -> None:
    """A line in the window in which the server runs, beside what it says otherwise."""
    print(words, file=sys.stderr, flush=True)  # noqa: T201
