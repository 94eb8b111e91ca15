"""How much one question may take: time, memory, rows, and how many are answered at once."""

from __future__ import annotations

from kg.ask.refusal import NotAsked

TIMEOUT = 60.0
"""Seconds that a question may take, unless more are given."""
AT_ONCE = 2
"""Questions answered at once, unless more are allowed; the others wait."""
ROWS = 100_000
"""Rows, or statements of a graph, that one answer may have."""
SIZE = 1 << 28
"""Bytes that one answer may have on its way back."""
MEMORY = 6 << 30
"""Bytes of memory that what answers one question may ask the system for."""


def too_many(rows: int = ROWS) -> NotAsked:
    """An answer of more rows than anybody reads: none of it is shown, for a part would be taken for the whole."""
    return NotAsked(
        f"The answer has more than {rows:,} rows. Nothing is shown, and nothing is lost: a part would look like the whole.\n"
        "  Narrow the question, count instead, or end it with LIMIT."
    )


def too_much(size: int = SIZE) -> NotAsked:
    """An answer of fewer rows, and more signs, than anybody reads."""
    return NotAsked(
        f"The answer is longer than {size >> 20:,} MB. Nothing is shown, and nothing is lost: a part would look like the "
        "whole.\n  Narrow the question, or ask for fewer columns."
    )
