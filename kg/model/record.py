"""What an agency wrote: an entry word for word, its place, and the return it came in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from kg.dates.when import UNDATED, When
from kg.model.problem import Place


@dataclass(frozen=True, slots=True)
class Source:
    """A document that entries rest on, as listed in review.toml."""

    key: str
    title: str = ""
    body: str = ""
    year: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of a return: what an agency wrote of one contact, call, meeting or event.

    ``name`` is "<agency>/<Ref>". ``when`` is when it happened, ``learnt`` when the agency came to know it, if later,
    ``written`` when it was recorded (which moves nothing). ``people`` and ``about`` are names: of listed people where the
    words are a declared name or alias, else the words themselves. ``contact``, ``indicators`` and ``responses`` are
    notations of the ontology; ``shared_with`` and ``received_from`` are names of agencies of the review. ``shared_what``
    holds Refs or indicator notations, ``answers`` the id of a question sent back to the agency. ``seen`` is "yes", "no",
    "alone", "" (not stated) or "names", and then ``seen_people`` names them. ``cells`` holds every column as written,
    keyed by the property's notation, or by the heading where no property matches. ``joined`` holds the names (as written,
    and the person) that only the reviewer's judgement makes one: for the reader, and never the agency's own knowledge.
    ``either_way`` are those of ``shared_with`` of whom the row does not say whether they were told, or told.
    ``how_recorded`` is a notation: typed, dictated, drafted by a machine, checked or not; "" where it is not said.
    ``passed`` is true where the reviewer has been through the narrative, ``accepted`` holds those of its notations that are
    the reviewer's reading and not the agency's own code, as "indicator:bruising". ``suggested`` are those that words suggest
    and nobody has accepted yet: there only where a reader asked to count them. ``of_whom`` are accepted indicators with the
    person whom the reviewer says they are about.
    """

    name: str
    agency: str
    ref: str
    place: Place
    when: When = UNDATED
    learnt: When | None = None
    written: When | None = None
    people: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    contact: str = ""
    narrative: str = ""
    seen: str = ""
    seen_people: tuple[str, ...] = ()
    said: str = ""
    indicators: tuple[str, ...] = ()
    responses: tuple[str, ...] = ()
    shared_with: tuple[str, ...] = ()
    shared_what: tuple[str, ...] = ()
    received_from: tuple[str, ...] = ()
    answers: str = ""
    cells: Mapping[str, str] = field(default_factory=dict)
    joined: tuple[tuple[str, str], ...] = ()
    either_way: tuple[str, ...] = ()
    how_recorded: str = ""
    passed: bool = False
    accepted: tuple[str, ...] = ()
    suggested: tuple[str, ...] = ()
    of_whom: tuple[tuple[str, str], ...] = ()

    @property
    def known(self) -> When:
        """When the agency knew it: the later of when it happened and when the agency learnt of it."""
        return self.when if self.learnt is None else self.when.later_of(self.learnt)

    @property
    def own_people(self) -> tuple[str, ...]:
        """Those whom the agency's own words name in People or About, without whom only the reviewer recognised there."""
        recognised = {person for _, person in self.joined}
        return tuple(dict.fromkeys(name for name in (*self.people, *self.about) if name not in recognised))


@dataclass(frozen=True, slots=True)
class Column:
    """A column that rules read: the field of ``Entry`` it fills and what it holds.

    ``holds`` is "day", "people", "agencies", "codes" or "words". ``mark`` is how a code in it is marked where it is the
    reviewer's, as in "indicator:bruising", and "" where no code may stand; of "codes" it is the vocabulary's name too.
    """

    field: str
    holds: str
    mark: str = ""

    @property
    def scheme(self) -> str:
        """The vocabulary its words come from, or "" where it holds no codes."""
        return self.mark if self.holds == "codes" else ""


COLUMNS: tuple[Column, ...] = (
    Column("when", "day"),
    Column("learnt", "day"),
    Column("written", "day"),
    Column("people", "people"),
    Column("about", "people"),
    Column("contact", "codes", "contact"),
    Column("narrative", "words"),
    Column("seen", "codes", "seen"),
    Column("seen_people", "people"),
    Column("said", "words", "said"),
    Column("indicators", "codes", "indicator"),
    Column("responses", "codes", "response"),
    Column("shared_with", "agencies", "shared-with"),
    Column("shared_what", "codes", ""),
    Column("received_from", "agencies", "received-from"),
    Column("answers", "words"),
)
"""Every column that rules read, in the order in which an entry is told: what is written of entries is driven by it."""

MARKS = {column.field: column.mark for column in COLUMNS if column.mark}
"""The fields that a code may fill, and how it is marked there."""

SCHEMES = {column.field: column.scheme for column in COLUMNS if column.scheme}
"""The fields that hold words of a vocabulary, and which."""

TELLINGS = tuple(column.field for column in COLUMNS if column.holds == "agencies")
"""The fields that say who told whom."""


@dataclass(frozen=True, slots=True)
class InputFile:
    """A file of the review's folder as it was read: its name within the folder, and the sha256 of its bytes."""

    file: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Return:
    """One agency's return as a file: how many rows came in, and whether someone signed it off."""

    agency: str
    file: str
    rows: int
    signed_off: str = ""
