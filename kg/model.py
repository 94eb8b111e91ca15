"""What a review holds: people, agencies, their returns, and every entry word for word.

Nothing here is computed. Entries are what agencies wrote, read into the dozen fields that rules use, beside every cell
as written. All values are frozen; what is derived from them lives in the rooms further down the house.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from kg.when import UNDATED, When


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the review folder something was written: file, sheet or table, row, column (rows counted from 1)."""

    file: str = ""
    sheet: str = ""
    row: int = 0
    column: str = ""
    entry: str = ""

    def __str__(self) -> str:
        said = [self.file or "the review folder"]
        if self.sheet:
            said.append(self.sheet)
        if self.row:
            said.append(f"row {self.row}" + (f" ({self.entry.partition('/')[2]})" if self.entry else ""))
        if self.column:
            said.append(f"column {self.column}")
        return ", ".join(said)


@dataclass(frozen=True, slots=True)
class Problem:
    """Something a person should mend: where, what was written, why it cannot be, what was done, how to mend it.

    ``severity`` is "error" (something could not be read), "warning" (read, but doubtful) or "note" (worth knowing).
    """

    place: Place
    severity: str
    what: str
    why: str
    done: str
    remedy: str

    def __str__(self) -> str:
        return "\n".join([str(self.place), f"  {self.what}: {self.why}", f"  {self.done}", f"  {self.remedy}"])


@dataclass(frozen=True, slots=True)
class Source:
    """A document that entries rest on, as listed in review.toml."""

    key: str
    title: str = ""
    body: str = ""
    year: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class Person:
    """Someone listed in review.toml. ``key`` is what ids are made of: the name, unless review.toml gives a ``key``.

    ``bears_on`` names the subjects whom facts about this person concern; None means all of them.
    """

    name: str
    aliases: tuple[str, ...] = ()
    role: str = ""
    born: When | None = None
    relations: tuple[str, ...] = ()
    bears_on: tuple[str, ...] | None = None
    key: str = ""


@dataclass(frozen=True, slots=True)
class Agency:
    """An agency of the review. ``type`` is a notation of the ontology's scheme "agency" ("" if not known).

    ``has_return`` is false where no return was found: then its silence says nothing.
    """

    name: str
    type: str = ""
    aliases: tuple[str, ...] = ()
    file: str = ""
    part_of: str = ""
    key: str = ""
    has_return: bool = False


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
class Return:
    """One agency's return as a file: how many rows came in, and whether someone signed it off."""

    agency: str
    file: str
    rows: int
    signed_off: str = ""


@dataclass(frozen=True, slots=True)
class Review:
    """A whole review: who and what it is about, and every entry of every return, in the order they were read.

    ``jurisdiction`` is a nation ("England", "Wales", "Scotland", "Northern Ireland"), ``area`` a local area or "".
    ``kind`` is "child" or "adult". ``period`` and ``incident`` are bounds of the review; contacts on or after
    ``incident`` are not judged.
    """

    title: str
    folder: str
    jurisdiction: str
    area: str
    kind: str
    period: When
    incident: When
    subjects: tuple[str, ...]
    people: tuple[Person, ...]
    agencies: tuple[Agency, ...]
    sources: tuple[Source, ...] = ()
    returns: tuple[Return, ...] = ()
    entries: tuple[Entry, ...] = ()

    def agency(self, name: str) -> Agency:
        """The agency of that name. Raises KeyError if the review has none."""
        for agency in self.agencies:
            if agency.name == name:
                return agency
        raise KeyError(name)

    def person(self, name: str) -> Person | None:
        """The listed person of that name, or None for someone the review does not list."""
        for person in self.people:
            if person.name == name:
                return person
        return None


@dataclass(frozen=True, slots=True)
class Published:
    """A conclusion of a published report (findings.csv), for comparison."""

    id: str
    when: When
    agency: str
    kind: str
    finding: str
    source: str
    place: Place


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the reviewer decided of a finding or of two names: ``verdict``, by whom, when and why.

    ``names`` are the two names as they were written, where the judgement is about names and says them.
    """

    id: str
    verdict: str
    by: str
    on: date
    why: str
    place: Place
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Note:
    """What the reviewer wrote beside an entry: a line of enquiry, a doubt, something to come back to.

    ``entry`` is the entry's name, with the mark of its words where it has no Ref; ``on`` is None where no day is given.
    """

    entry: str
    note: str
    by: str
    on: date | None
    place: Place
