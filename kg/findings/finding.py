"""One finding: what it is about, how sure, the id by which it is known, and what every kind of finding can be asked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Protocol

from kg.chronology.coverage import is_read
from kg.knowledge.ledger import Knowledge
from kg.model.record import Entry
from kg.model.review import Review


class Detail(Protocol):
    """What a finding of any kind can say of itself. Rows are positions in ``review.entries``."""

    def rows(self) -> tuple[int, ...]:
        """The rows it judges: contacts at which something was missing, the entry judged, the ends of a time."""

    def rests_on(self) -> tuple[int, ...]:
        """Every row it names, in the order to read them."""

    def shown_by(self) -> tuple[int, ...]:
        """The rows that record the matter itself: what was seen or held, not at which contacts it was missing."""

    def agencies(self) -> frozenset[str]:
        """The agencies it names beside the one it is about: those that held, told or wrote it down too."""

    def people(self, knowledge: Knowledge) -> frozenset[str]:
        """The people it concerns beside its subject."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing the record shows that somebody should look at.

    ``kind`` is a notation of the output contract ("missed-share", "missed-opportunity", ...); ``certainty`` "sure" or
    "possible"; ``agency`` and ``subject`` names, or "" where the kind has none; ``detail`` what it rests on; ``status``
    what the reviewer decided: "open", "accepted" or "dismissed".
    """

    id: str
    kind: str
    certainty: str
    agency: str
    subject: str
    detail: Detail
    status: str = "open"

    def read(self, knowledge: Knowledge) -> bool:
        """Whether every row it judges was read: of an unread row nothing is surely missing."""
        return all(is_read(knowledge.review.entries[row]) for row in self.detail.rows())

    def agencies(self) -> frozenset[str]:
        """Every agency it is about, or that held what it is about."""
        return (self.detail.agencies() | {self.agency}) - {""}

    def people(self, knowledge: Knowledge) -> frozenset[str]:
        """Every person it is about."""
        return (self.detail.people(knowledge) | {self.subject}) - {""}


class Keys:
    """The lasting names that ids are made of: never a rank, and a display name only where review.toml gives no key."""

    def __init__(self, review: Review) -> None:
        self._keys = {agency.name: agency.key or agency.name for agency in review.agencies}
        self._keys |= {person.name: person.key or person.name for person in review.people}

    def entry(self, entry: Entry) -> str:
        """What lasts of an entry when its return is corrected: its Ref, or its date and words if it has none."""
        own = entry.ref if entry.cells.get("ref") else digest((entry.when.words, entry.narrative))
        return f"{self._keys.get(entry.agency, entry.agency)}/{own}"

    def id(self, word: str, kind: str, *parts: str) -> str:
        """A finding's id: a word for its kind, and ten hexadecimal digits of what it is about."""
        return f"{word}-{digest((kind, *(self._keys.get(part, part) for part in parts)))}"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of finding as reports name it: its notation, its heading, and whether agencies are asked about it.

    ``asked`` is its turn among the questions back to an agency, from 1; 0 where none is asked.
    """

    notation: str
    heading: str
    asked: int = 0


@dataclass(frozen=True, slots=True)
class Family:
    """The kinds that one file finds: ``word`` begins their ids; ``find`` finds them all, in the order to read them.

    ``could_be`` gives every id that a finding of the family could have, made of what now stands in the review.
    """

    word: str
    kinds: tuple[Kind, ...]
    find: Callable[[Knowledge, Keys], list[Finding]]
    could_be: Callable[[Knowledge, Keys], Iterable[str]]


def no_form(what: str, detail: Detail) -> LookupError:
    """The error of a form that lacks a kind: a slip of ours, which a test finds before anyone else does."""
    return LookupError(f"no {what} for a finding of the kind {type(detail).__name__}")


def digest(parts: Sequence[str]) -> str:
    """Ten hexadecimal digits of some words."""
    return sha256("\x1f".join(parts).encode()).hexdigest()[:10]
