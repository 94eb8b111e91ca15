"""Lines that a terminal prints: their width, how they flow, and how they are set apart."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import wrap

WIDTH = 100
"""Columns of a report."""

NAME = 31
"""Columns of an agency's name in a table; a longer one is cut."""

THIN = 10
"""Contacts below which a record is said to be thin."""


Line = tuple[str, str]
"""A line of a report: its style ("", "title", "grave", "quiet") and its text."""


def flow(text: str, indent: int = 0, hang: int = 0, width: int = WIDTH) -> Iterator[str]:
    """A paragraph folded at the width of the report. ``hang`` indents all lines but the first further."""
    yield from wrap(
        text,
        width,
        initial_indent=" " * indent,
        subsequent_indent=" " * (indent + hang),
        break_long_words=False,
        break_on_hyphens=False,
    ) or [""]


def cut(name: str, width: int) -> str:
    return name if len(name) <= width else name[: width - 1] + "…"
