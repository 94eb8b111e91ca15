"""Cells read once and remembered: the memory of a reader of rows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar

from kg.terms.tables import Terms
from loaders.rows.contact_words import ContactWords
from loaders.rows.doubts import (
    Doubt,
)

T = TypeVar("T")

ROOM = 200_000
"""How many distinct cells are remembered from one review to the next."""


class Cells(dict[str, T], Generic[T]):
    """A column's cells and what each says, read when first met; the doubts of a cell are told each time it stands."""

    def __init__(self, read: Callable[[str, list[Doubt]], T], pending: list[Doubt], blank: T) -> None:
        super().__init__()
        self[""] = blank
        self._read = read
        self._pending = pending
        self._doubtful: dict[str, tuple[T, list[Doubt]]] = {}

    def __missing__(self, cell: str) -> T:
        known = self._doubtful.get(cell)
        if known is not None:
            self._pending += known[1]
            return known[0]
        before = len(self._pending)
        value = self._read(cell, self._pending)
        if len(self._pending) == before:
            self[cell] = value
        else:
            self._doubtful[cell] = value, self._pending[before:]
        return value

    def __len__(self) -> int:
        return super().__len__() + len(self._doubtful)


class Memory:
    """What cells of one ontology have been found to say, kept from one review to the next while it is not too much.

    Cells that name people or agencies are not kept here: what they say depends on the review.
    """

    def __init__(self) -> None:
        self.pending: list[Doubt] = []
        self._contact_words: ContactWords | None = None
        self.columns: dict[tuple[object, ...], Cells[Any]] = {}
        self.meant: dict[tuple[str, str], str | None] = {}

    def contact_words(self, terms: Terms) -> ContactWords:
        """The reader of an ontology's words for contacts, made once."""
        if self._contact_words is None:
            self._contact_words = ContactWords(terms)
        return self._contact_words

    def trim(self) -> None:
        """Forget everything once it has grown large, so that many reviews need no more room than one."""
        if sum(map(len, self.columns.values())) + len(self.meant) > ROOM:
            self.columns.clear()
            self.meant.clear()
