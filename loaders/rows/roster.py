"""Finding again, in what agencies wrote, the people and agencies that review.toml lists."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from kg.base.folding import spelling
from kg.base.nearest import LONGEST, nearest

_LISTED = re.compile(r"[;\n\r]+")
_JOINED = re.compile(r",|\s+(?:and|&|\+)\s+", re.IGNORECASE)


class Roster:
    """The names and aliases that review.toml declares, to be found again in a cell.

    A name or alias is recognised with case, spaces, accents and punctuation put aside, and nothing else: other words
    are left as they are. An alias that two names share finds neither; ``shared`` lists such aliases with their names.
    """

    def __init__(self, declared: Iterable[tuple[str, tuple[str, ...]]]) -> None:
        declared = tuple(declared)
        self.names = tuple(name for name, _ in declared)
        self.shared: dict[str, tuple[str, ...]] = {}
        owners: dict[str, dict[str, None]] = {}
        for name, aliases in declared:
            for alias in aliases:
                owners.setdefault(spelling(alias), {})[name] = None
        own = {spelling(name): name for name in reversed(self.names)}
        for alias, names in owners.items():
            if len(names) > 1 and alias not in own:
                self.shared[alias] = tuple(names)
        self._found = {alias: next(iter(names)) for alias, names in owners.items() if len(names) == 1} | own
        self._found.pop("", None)

    def declared(self) -> Mapping[str, str]:
        """Every name and alias that finds one person, with case and punctuation aside, and whom it finds."""
        return self._found

    def find(self, words: str) -> str | None:
        """The declared name that these words are, also written surname first ("VENNER, Kit"), or None."""
        found = self._found.get(spelling(words))
        if found is None and words.count(",") == 1:
            last, first = words.split(",")
            found = self._found.get(spelling(f"{first} {last}"))
        return found

    def read(self, cell: str) -> tuple[tuple[str, str | None], ...]:
        """Each name that a cell lists, as written, with the declared name it is (or None).

        Names are listed with semicolons or on lines of their own; with commas or "and" only where every piece is a
        declared name, so that a surname written first is never taken apart.
        """
        listed: list[tuple[str, str | None]] = []
        for part in _LISTED.split(cell):
            words = " ".join(part.split())
            if not words:
                continue
            found = self.find(words)
            if found is None and len(words) < 400:
                pieces = [piece.strip() for piece in _JOINED.split(words) if piece.strip()]
                each = [(piece, self.find(piece)) for piece in pieces] if len(pieces) > 1 else []
                if each and all(name is not None for _, name in each):
                    listed += each
                    continue
            listed.append((words, found))
        return tuple(listed)

    def suggest(self, words: str) -> str | None:
        """The declared name that was perhaps meant, or None. For a person to decide."""
        if len(words) > LONGEST:
            return None
        near = nearest(spelling(words), self._found, like=0.75)
        return None if near is None else self._found[near]


def unlike(values: Iterable[str]) -> tuple[str, ...]:
    """The values in their order, each once."""
    return tuple(dict.fromkeys(values))


def short(words: str, length: int = 60) -> str:
    """Words in quotation marks for a message, on one line and cut where they are long."""
    line = " ".join(words[: length * 4].split())
    return f'"{line}"' if len(line) <= length else f'"{line[: length - 1]}…"'
