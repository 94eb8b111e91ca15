"""Every name that the review's entries write, with the row and part in which it stands."""

from __future__ import annotations

from hashlib import sha256

from kg.base.folding import spelling
from kg.model.review import Review
from kg.people.names import pieces


class Roll:
    """The names that review.toml declares, by which written names are found: each listed person once."""

    def __init__(self, review: Review) -> None:
        self.names = tuple(person.name for person in review.people)
        self._keys = {person.name: person.key or person.name for person in review.people}
        self._known: dict[str, str] = {}
        shared: set[str] = set()
        for person in review.people:
            for alias in person.aliases:
                known = spelling(alias)
                if self._known.setdefault(known, person.name) != person.name:
                    shared.add(known)
        for known in shared:
            del self._known[known]
        self._known |= {spelling(name): name for name in reversed(self.names)}

    def listed(self, words: str) -> str | None:
        """The listed person whose declared name or alias these words are, or None."""
        return self._known.get(spelling(words))

    def key(self, words: str) -> str:
        """What lasts of a name in ids and comparisons: a listed person's key, else the name in plain spelling."""
        person = self.listed(words)
        return spelling(words) if person is None else f"listed {self._keys[person]}"

    def pair(self, one: str, other: str) -> str:
        """The id of a judgement on two names, whichever of them is said first."""
        digest = sha256("\x1f".join(sorted((self.key(one), self.key(other)))).encode()).hexdigest()[:10]
        return f"names-{digest}"


def written_names(review: Review, roll: Roll) -> dict[str, dict[str, list[int]]]:
    """Every name in People, About or Seen that review.toml does not declare, by spelling: as written, and in which rows.

    A cell that lists several names with commas or "and", at least one of them declared, is taken apart.
    """
    found: dict[str, dict[str, list[int]]] = {}
    known = frozenset(roll.names)
    for row, entry in enumerate(review.entries):
        for words in dict.fromkeys((*entry.people, *entry.about, *entry.seen_people)):
            if words in known:
                continue
            for piece in parts_of(words, roll):
                if roll.listed(piece) is None and spelling(piece):
                    rows = found.setdefault(spelling(piece), {}).setdefault(piece, [])
                    if not rows or rows[-1] != row:
                        rows.append(row)
    return {next(iter(forms)): forms for forms in found.values()}


def parts_of(words: str, roll: Roll) -> tuple[str, ...]:
    """The names that a cell lists, where at least one of them is declared; else the words whole."""
    parts = pieces(words) if len(words) < 400 else (words,)
    if len(parts) > 1 and any(roll.listed(part) is not None for part in parts):
        return parts
    return (words,)
