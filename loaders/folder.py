"""A review's folder as a whole: which file is which agency's return, and everything in a stated order."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from kg.base.files import bytes_of
from kg.base.nearest import perhaps
from kg.base.signs import sound
from kg.dates.when import DAY, UNDATED, When, day_of, minute_of
from kg.model.problem import NotAReview, Problem
from kg.model.record import Entry, Return
from kg.model.review import Agency, Review
from kg.model.reviewer import Judgement, Note, Published
from kg.terms.tables import Terms
from loaders import review_toml
from loaders.beside import BESIDE, in_words, with_what_stands_beside
from loaders.formats.readers import CONVERT, READERS
from loaders.formats.tables import decoded
from loaders.inputs import inputs_of
from loaders.one_return import Begun, Returns, uninterrupted
from loaders.owners import RETURNS, Owners
from loaders.rows.ref_forms import with_refs_met
from loaders.rows.roster import Roster, short
from loaders.rows.sheets import Headed, Tables
from loaders.told import FILE

MOST_TOLD = 2_000_000
"""Bytes that review.toml may hold."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """A review as read, with what stands beside its returns, and every problem met.

    ``problems`` come in the order review.toml, returns by file name and row, findings, judgements,
    notes. ``tables`` are the tables of the returns with what their headings are read as.
    """

    review: Review
    problems: tuple[Problem, ...] = ()
    tables: tuple[Headed, ...] = ()

    @property
    def published(self) -> tuple[Published, ...]:
        """What a published report concluded."""
        return self.review.published

    @property
    def judgements(self) -> tuple[Judgement, ...]:
        """What the reviewer decided, in order."""
        return self.review.judgements

    @property
    def notes(self) -> tuple[Note, ...]:
        """What the reviewer noted on entries, in order."""
        return self.review.notes


def load(folder: Path | str, terms: Terms | None = None, *, join: bool = True) -> Loaded:
    """Read a review from its folder: review.toml, one return an agency, and findings, judgements and notes if there are any.

    Every row of every return becomes an entry; what cannot be read is a Problem and nothing is lost. Entries come by
    agency in the order of review.toml, then by file and row. Names that the reviewer judged the same are joined, unless
    ``join`` is false. Raises NotAReview only where the folder is no review.
    """
    folder = Path(folder)
    if terms is None:
        from kg.terms.reader import load as load_terms

        terms = load_terms()
    data = told(folder)
    with uninterrupted():
        return _loaded(folder, data, terms, join)


def _loaded(folder: Path, data: bytes, terms: Terms, join: bool) -> Loaded:
    problems: list[Problem] = []
    text = decoded(data, FILE, problems)
    opening = review_toml.read(text or "", terms)
    problems += opening.problems
    reading = _Returns(folder, terms, opening, problems)
    reading.read()
    people, agencies = opening.people, reading.agencies
    entries = tuple(entry for agency in agencies for entry in reading.entries.get(agency.name, ()))
    period, incident = _bounds(opening, entries)
    review = Review(
        opening.title or sound(folder.resolve().name),
        str(folder),
        opening.jurisdiction,
        opening.area,
        opening.kind,
        period,
        incident,
        opening.subjects,
        people,
        agencies,
        opening.sources,
        tuple(reading.returns),
        entries,
    )
    review = with_what_stands_beside(folder, review, terms, problems, join)
    read = (FILE, *(each.file for each in review.returns), *BESIDE)
    review = replace(review, inputs=inputs_of(folder, read))
    return Loaded(review, tuple(problems), tuple(reading.tables))


def told(folder: Path) -> bytes:
    """The bytes of review.toml. Raises NotAReview where there is none, or it may not be opened."""
    try:
        return bytes_of(folder / FILE, MOST_TOLD)
    except FileNotFoundError:
        if not folder.exists():
            raise NotAReview(f'There is no folder "{folder}". Look at the name, or make one with "kg new".') from None
        raise NotAReview(
            f'"{folder}" is not a review: it holds no file named review.toml. '
            'Name the folder that holds review.toml and returns/, or make one with "kg new".'
        ) from None
    except NotADirectoryError:
        raise NotAReview(f'"{folder}" is a file; a review is a folder that holds review.toml and returns/.') from None
    except PermissionError:
        raise NotAReview(
            f'"{folder}" may not be opened: you have no permission to read review.toml in it. '
            "Ask whoever keeps the folder to give you leave to read it."
        ) from None
    except IsADirectoryError:
        raise NotAReview(f'In "{folder}", review.toml is a folder; it should be a file.') from None
    except OSError as reason:
        raise NotAReview(f'"{folder}" could not be opened: {in_words(reason)}.') from None


def _bounds(opening: review_toml.Opening, entries: Sequence[Entry]) -> tuple[When, When]:
    """The period and the incident: as given, or from the dated entries; the incident by default the period's last day.

    Where no period is given either, the incident is the day after the last dated entry, so that each is judged.
    """
    period, incident = opening.period, opening.incident
    if not period.undated:
        if incident is None:
            day = day_of(period.latest)
            incident = When(day.isoformat(), minute_of(day), minute_of(day, DAY - 1))
        return period, incident
    closed = [entry.when for entry in entries if entry.when.closed]
    if not closed:
        return UNDATED, incident or UNDATED
    last = max(when.latest for when in closed)
    period = review_toml.period_of(period, min(when.earliest for when in closed), last)
    after = minute_of(day_of(last)) + DAY
    return period, incident or When("", after, after + DAY - 1)


class _Returns:
    """The returns of one review being read: whose each file is, its rows, and the agencies that come of it."""

    def __init__(self, folder: Path, terms: Terms, opening: review_toml.Opening, problems: list[Problem]) -> None:
        self.folder, self.terms = folder, terms
        self.opening = opening
        self.problems = problems
        self.agencies = opening.agencies
        self.owners = Owners(folder, opening.agencies, problems)
        self.entries: dict[str, list[Entry]] = {}
        self.returns: list[Return] = []
        self.tables: list[Headed] = []

    def read(self) -> None:
        """Read every file of returns/, in the order of their names."""
        files = self.owners.files()
        claims = self.owners.claims(files)
        unclaimed = {file: self._new_agency(file) for file in files if file not in claims}
        behind = Returns(Begun(self.folder.absolute(), self.opening, self.agencies), self.terms)
        for file in files:
            self._read_file(behind, file, claims.get(file) or unclaimed[file], claimed=file in claims)
        claims |= unclaimed
        for file in (*self.opening.columns, *self.opening.signed_off):
            if file not in files and files:
                self.owners.say("", "warning", f'review.toml speaks of a return "{file}"',
                          "there is no file of that name in returns/", "What it says of that file is passed over.",
                          f'Correct the name under [returns."{file}"], or put the file in its place.')  # fmt: skip
        self.entries = {agency: with_refs_met(entries, self.terms) for agency, entries in self.entries.items()}
        held = {entry.agency for entries in self.entries.values() for entry in entries[:1]}
        self.agencies = tuple(replace(agency, has_return=agency.name in held) for agency in self.agencies)
        for agency in self.agencies:
            if not agency.has_return and agency.name not in claims.values():
                self.owners.say("", "note", f"there is no return from {short(agency.name)}",
                          "no file in returns/ is claimed by it or bears its name",
                          "Its silence says nothing; other agencies' entries may still name it.",
                          'If it was asked, ask again; if its file bears no name of it, add file = "...".')  # fmt: skip

    def _new_agency(self, file: str) -> str:
        """An agency for a file that none claims: in force until its rows turn out to say whose they are."""
        name = " ".join(Path(file).stem.replace("_", " ").replace("-", " ").split()) or file
        while any(agency.name == name for agency in self.agencies):
            name += " (return)"
        self.agencies = (*self.agencies, Agency(name, key=name))
        return name

    def _say_unclaimed(self, file: str, name: str) -> None:
        near = Roster((agency.name, agency.aliases) for agency in self.opening.agencies).suggest(name)
        if self.opening.readable:
            hint = perhaps(near)
            self.owners.say(file, "error", "no agency claims this file",
                      f"review.toml lists no agency whose file it is or whose name stands in the file's name{hint}",
                      f"It is read as the return of an agency called {short(name)}, of no known type.",
                      f'Add file = "{file}" to its agency in review.toml, or list the agency.')  # fmt: skip

    def _read_file(self, behind: Returns, file: str, agency: str, *, claimed: bool) -> None:
        place = f"{RETURNS}/{file}"
        at = len(self.problems)
        read = self._tables(behind, file, agency, claimed=claimed)
        if read is None:
            whose: dict[str, list[Entry]] = {}
        else:
            self.tables += read.headed
            self.problems += read.problems
            whose = {agency: []}
            for entry in read.entries:
                whose.setdefault(entry.agency, []).append(entry)
        if not claimed:
            if len(whose) > 1 and not whose[agency]:
                del whose[agency]
                self.agencies = tuple(each for each in self.agencies if each.name != agency)
            else:
                told = self.problems[at:]
                del self.problems[at:]
                self._say_unclaimed(file, agency)
                self.problems += told
        for name, entries in whose.items():
            if not any(name == each.name for each in self.agencies):
                self.agencies = (*self.agencies, Agency(name, key=name))
            self.entries.setdefault(name, []).extend(entries)
            if (entries or len(whose) == 1) and read is not None:
                signed = self.opening.signed_off.get(file, "") or read.signed_off
                self.returns.append(Return(name, place, len(entries), signed))

    def _tables(self, behind: Returns, file: str, agency: str, *, claimed: bool) -> Tables | None:
        """What a file's tables hold, or None where it holds none or cannot be read; why not is said."""
        ending = os.path.splitext(file)[1].casefold()
        if ending not in READERS:
            why, remedy = CONVERT.get(ending, ("this kind of file is not read", "Save the table as CSV UTF-8."))
            self.owners.say(file, "error", f"{short(file)} was not read", why,
                      "None of its rows is an entry; the agency's silence says nothing.", remedy)  # fmt: skip
            return None
        so_far = (entry for entries in self.entries.values() for entry in entries)
        read = behind.read(file, agency, so_far, claimed=claimed)
        self.problems += read.problems
        return read.tables
