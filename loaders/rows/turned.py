"""Tables that stand on their side: headings down the first column, what they say beside them, a block for each event.

Such a block becomes one row under its headings, so that it is read like any other. Rows that are not of this shape are
left as they are.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import islice

from loaders.formats.tables import Row
from loaders.rows.shape import dated, filled

Known = Callable[[Sequence[str]], int]
"""How many cells of a row are headings."""

FEWEST = 3
"""A block has at least so many headings."""

LOOKED_AT = 40


def turned(rows: Sequence[Row], known: Known) -> list[Row] | None:
    """The table upright, its headings first; None where it does not stand on its side.

    It does where its rows have one or two cells, at least three of four of the first ones are headings, and one of the
    second ones is a date. A heading that comes again begins the next event.
    """
    begun = islice(((line, row) for line, row in rows if filled(row)), LOOKED_AT)
    if any(map(_wide, begun)):  # nearly every table: the rest of it need not be looked at
        return None
    some = [(line, row) for line, row in rows if filled(row)]
    labels = [row[0].strip() for _, row in some[:LOOKED_AT] if row[0].strip()]
    if len(set(labels)) < FEWEST or any(map(_wide, some)):
        return None
    if 4 * sum(1 for label in labels if known([label])) < 3 * len(labels):
        return None
    if any(map(dated, labels)) or not any(dated(row[1]) for _, row in some if len(row) > 1):
        return None
    heads: list[str] = []
    for _, row in some:
        label = row[0].strip()
        if label and label not in heads:
            heads.append(label)
    return [(some[0][0], heads), *_events(some, heads)]


def _wide(row: Row) -> bool:
    """Whether a row holds more than a label and what it says."""
    return len(filled(row[1])) > 2 or any(row[1][2:])


def _events(rows: Sequence[Row], heads: Sequence[str]) -> list[Row]:
    """A row for each event; what stands under no heading goes on with the cell above it."""
    made: list[Row] = []
    here: set[str] = set()
    last = ""
    for line, row in rows:
        label = row[0].strip()
        words = row[1] if len(row) > 1 else ""
        if not made or (label and label in here):
            made.append((line, [""] * len(heads)))
            here = set()
        last = label or last
        here.add(label)
        at = heads.index(last)
        cells = made[-1][1]
        cells[at] = f"{cells[at]}\n{words}" if cells[at] and words else cells[at] or words
    return made
