"""Why a question was not answered, in words for the one who asked."""

from __future__ import annotations

from collections.abc import Iterable

from kg.base.nearest import nearest


class NotAsked(ValueError):
    """A question that cannot be put, or was ended: what was written, why, what was done, how to mend it."""


class TookTooLong(NotAsked):
    """A question that was ended because its time was up."""


def at(text: str, offset: int) -> str:
    """A place in a query as people count: "line 2, column 7"."""
    line = text.count("\n", 0, offset) + 1
    return f"line {line}, column {offset - (text.rfind(chr(10), 0, offset) + 1) + 1}"


def near(word: str, known: Iterable[str]) -> str:
    """ "Did you mean ...?", if something near is known."""
    folded = {each.casefold(): each for each in known}
    found = nearest(word.casefold(), folded)
    return f" Did you mean {folded[found]}?" if found else ""
