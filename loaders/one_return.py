"""One return of a review, from its file to entries: what is done behind the wall, where nothing that a file does harms.

The walled process keeps what it has learnt of the ontology's words from one review to the next, and of a review's own
names from one return to the next.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from kg.base.folding import spelling
from kg.base.wall import Over, behind_wall, shared_value
from kg.dates.reader import DateReader
from kg.model.problem import Problem
from kg.model.record import Entry
from kg.model.review import Agency
from kg.terms.tables import Terms
from loaders.beside import closed
from loaders.formats.readers import READERS, went_over
from loaders.owners import RETURNS
from loaders.review_toml import Opening
from loaders.rows.cells import Memory
from loaders.rows.columns import Headings
from loaders.rows.entries import RowReader
from loaders.rows.listed_people import ListedPeople
from loaders.rows.one_table import Refs
from loaders.rows.partners import Partners
from loaders.rows.readings import SettledColumns
from loaders.rows.settled import settled_for
from loaders.rows.sheets import SheetReader, Tables
from loaders.rows.whose import Whose


@dataclass(frozen=True, slots=True)
class Begun:
    """What is known of a review before its returns are read: its folder, and what review.toml says."""

    folder: Path
    opening: Opening
    agencies: tuple[Agency, ...]


@dataclass(slots=True)
class Read:
    """What came of one file: its tables, or None where it holds none or cannot be read, and the problems met."""

    tables: Tables | None = None
    problems: list[Problem] = field(default_factory=list)


class Returns:
    """The returns of one review, each read behind the wall when it is asked for."""

    def __init__(self, told: Begun, terms: Terms) -> None:
        self._told, self._terms = told, terms
        self._number = next(_NUMBERS)

    def read(self, file: str, agency: str, so_far: Iterable[Entry], *, claimed: bool) -> Read:
        """What a file of returns/ says as the return of an agency; ``so_far`` are the entries read before it.

        A file that goes over the limits of the wall gives one Problem and nothing else.
        """
        place = f"{RETURNS}/{file}"
        try:
            found: Read | None = behind_wall(
                _read_return, self._number, None, file, agency, claimed, shared=self._terms
            )
            if found is None:  # a process that has not met the review yet
                begun = self._told, [(entry.agency, entry.ref) for entry in so_far]
                found = behind_wall(_read_return, self._number, begun, file, agency, claimed, shared=self._terms)
            assert found is not None
            return found
        except OSError as reason:
            return Read(problems=[closed(place, reason)])
        except Over as over:
            return Read(
                problems=[
                    went_over(
                        place,
                        over,
                        "None of its rows is an entry; the agency's silence says nothing. Every other file was read.",
                    )
                ]
            )


_NUMBERS = count()


# --- behind the wall ------------------------------------------------------------------------------------------------


def _read_return(
    number: int, begun: tuple[Begun, list[tuple[str, str]]] | None, file: str, agency: str, claimed: bool
) -> Read | None:
    """What a file says, or None where this process has not begun the review of this number and is not told it."""
    with uninterrupted():
        if begun is not None:
            _OF_A_REVIEW[:] = [(number, _Reader(begun[0], shared_value(), begun[1]))]
        if not _OF_A_REVIEW or _OF_A_REVIEW[0][0] != number:
            return None
        return _OF_A_REVIEW[0][1].read(file, agency, claimed)


@contextmanager
def uninterrupted() -> Iterator[None]:
    """Without the collector of cyclic garbage: entries come by the thousand and are in no cycle, so it finds none."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


class _Known:
    """What has been learnt of one ontology's headings and words, so that many reviews need not learn it again."""

    def __init__(self, terms: Terms) -> None:
        self.headings = Headings(terms)
        self.memory = Memory()


_KNOWN: dict[int, _Known] = {}


class _Reader:
    """Reads the returns of one review, knowing its people, agencies and period."""

    def __init__(self, told: Begun, terms: Terms, so_far: Sequence[tuple[str, str]]) -> None:
        known = _KNOWN.get(id(terms))
        if known is None:
            _KNOWN.clear()
            known = _KNOWN[id(terms)] = _Known(terms)
        known.memory.trim()
        self.folder, self.opening, self.headings = told.folder, told.opening, known.headings
        opening = told.opening
        people = ListedPeople(opening.people, terms, DateReader(opening.period), opening.period)
        partners, dates = Partners(told.agencies, terms), DateReader(opening.period)
        self.rows = RowReader(terms, people, partners, dates, known.memory, opening.subjects)
        self.refs: dict[str, Refs] = {}
        for agency, ref in so_far:
            self._refs_of(agency).add(ref)

    def read(self, file: str, agency: str, claimed: bool) -> Read:
        """The tables of one file. Raises OSError where it may not be read."""
        opening, place = self.opening, f"{RETURNS}/{file}"
        reader = READERS[os.path.splitext(file)[1].casefold()]
        sheets, problems = reader(self.folder / RETURNS / file, place, self.headings.score)
        if not sheets:
            return Read(None, problems)
        service = self.rows.agencies.type_of(agency) if claimed else ""
        self.rows.worded = self.rows.worded.of_return(settled_for(file, opening.words), service)
        settled = SettledColumns(_folded(opening.columns.get(file, {})), self._settled_elsewhere(file))
        whose = Whose(self.rows.agencies.roster, agency, claimed=claimed)
        sheet_reader = SheetReader(self.headings, self.rows, opening.period, settled, whose, self._refs_of)
        return Read(sheet_reader.read(sheets, place), problems)

    def _refs_of(self, agency: str) -> Refs:
        return self.refs.setdefault(agency, Refs())

    def _settled_elsewhere(self, file: str) -> dict[str, tuple[str, str]]:
        """What the review settled of headings in other returns, where these agree."""
        found: dict[str, tuple[str, str] | None] = {}
        for other, columns in self.opening.columns.items():
            for heading, notation in columns.items() if other != file else ():
                words = spelling(heading)
                known = found.setdefault(words, (notation, other))
                if known is not None and known[0] != notation:
                    found[words] = None
        return {words: told for words, told in found.items() if told is not None}


_OF_A_REVIEW: list[tuple[int, _Reader]] = []


def _folded(columns: Mapping[str, str]) -> dict[str, str]:
    return {spelling(heading): notation for heading, notation in columns.items()}
