"""What the reviewer settled once for words of a return: ``[returns."file".words]`` of review.toml.

Words settled for one file hold for the same words in others, where no other file settles them otherwise.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from kg.base.folding import spelling
from kg.terms.tables import Terms

SCHEMES = ("contact", "seen", "recording")
"""The vocabularies whose columns are read by their words."""

UNREAD = ("", "leave", "not-stated", "nothing")
"""What leaves words unread, in whatever column they stand."""


@dataclass(frozen=True)
class SettledWords:
    """Words, in comparable spelling, and for each vocabulary the notation that they were settled as ("": none)."""

    words: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = ()
    _table: dict[str, dict[str, str]] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        self._table.update((words, dict(meant)) for words, meant in self.words)

    def of(self, scheme: str, words: str) -> str | None:
        """The notation settled for words of that vocabulary's column, or None where nothing is settled."""
        return self._table.get(spelling(words), _NOTHING).get(scheme) if self.words else None


_NOTHING: dict[str, str] = {}
UNSETTLED = SettledWords()


def settled_for(file: str, words: Mapping[str, Mapping[str, Mapping[str, str]]]) -> SettledWords:
    """What holds for a file: its own words first, then those on which all other files agree."""
    found: dict[str, dict[str, str]] = {}
    doubled: set[tuple[str, str]] = set()
    for other, table in words.items():
        if other == file:
            continue
        for said, meant in table.items():
            for scheme, notation in meant.items():
                if found.setdefault(said, {}).setdefault(scheme, notation) != notation:
                    doubled.add((said, scheme))
    for said, scheme in doubled:
        del found[said][scheme]
    for said, meant in words.get(file, {}).items():
        found.setdefault(said, {}).update(meant)
    return (
        SettledWords(tuple((said, tuple(meant.items())) for said, meant in sorted(found.items())))
        if found
        else UNSETTLED
    )


def meaning(terms: Terms, notation: str) -> dict[str, str]:
    """For which vocabularies a settled notation, label or other name holds; nothing where it is none."""
    if notation.strip().casefold() in UNREAD:
        return dict.fromkeys(SCHEMES, "")
    found = {scheme: terms.match(scheme, notation) for scheme in SCHEMES}
    exact = {scheme: known for scheme, known in found.items() if known == notation}
    return exact or {scheme: known for scheme, known in found.items() if known}
