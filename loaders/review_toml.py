"""review.toml: who and what the review is about, read with every slip named by its line."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from kg.base.folding import spelling
from kg.base.nearest import aside, perhaps
from kg.dates.reader import DateReader
from kg.dates.when import BEGINNING, END, UNDATED, When, day_of, say_day
from kg.model.problem import Problem
from kg.model.record import Source
from kg.model.review import Agency, Person
from kg.terms.tables import Terms
from loaders.rows.roster import Roster, short, unlike
from loaders.rows.settled import meaning
from loaders.told import Told, as_words, not_toml

NATIONS = ("England", "Wales", "Scotland", "Northern Ireland")
"""The nations whose rules and bank holidays are known."""


@dataclass(frozen=True, slots=True)
class Opening:
    """What review.toml says, before any return is read. ``columns``, ``signed_off`` and
    ``words`` go by a return's file name."""

    title: str = ""
    jurisdiction: str = ""
    area: str = ""
    kind: str = "child"
    period: When = UNDATED
    incident: When | None = None
    subjects: tuple[str, ...] = ()
    people: tuple[Person, ...] = ()
    agencies: tuple[Agency, ...] = ()
    sources: tuple[Source, ...] = ()
    columns: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    signed_off: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, Mapping[str, Mapping[str, str]]] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    readable: bool = True


def read(text: str, terms: Terms) -> Opening:
    """What the text of a review.toml says. Never raises: what cannot be used is left out, with a Problem."""
    try:
        told = tomllib.loads(text)
    except tomllib.TOMLDecodeError as slip:
        return Opening(problems=(not_toml(text, str(slip)),), readable=False)
    except ValueError:  # what the reader of TOML lets through: a number of more digits than Python reads
        _, line = max((sum(map(str.isdigit, line)), place) for place, line in enumerate(text.splitlines(), 1))
        why = f"a number has too many digits (at line {line}, column 1)"
        return Opening(problems=(not_toml(text, why),), readable=False)
    except RecursionError:
        return Opening(problems=(not_toml(text, "brackets are nested too deeply"),), readable=False)
    return _Reading(text, told, terms).opening()


class _Reading(Told):
    """One review.toml being read, with the ontology's words for its types and columns."""

    def __init__(self, text: str, told: Mapping[str, Any], terms: Terms) -> None:
        super().__init__(text, told)
        self.terms = terms

    def opening(self) -> Opening:
        told = self.told
        self.unknown_keys("", 0, told)
        period = self._period()
        dates = DateReader(period)
        people = tuple(self._people(dates))
        agencies = tuple(self._agencies())
        subjects, people = self._subjects(people)
        roster = Roster((person.name, person.aliases) for person in people)
        self._shared(roster, "people", "person")
        people = tuple(self._bearing(place, person, subjects, roster) for place, person in enumerate(people))
        agencies = self._parts(agencies)
        columns, signed = self._returns()
        title = self.text("", 0, told, "title")
        if not title:
            self.say("", 0, "title", "warning", "the review has no title", "pages and reports are headed by it",
                     "It is called by its folder's name.", 'Write title = "..." at the top.')  # fmt: skip
        return Opening(
            title,
            self._nation(),
            self.text("", 0, told, "area"),
            self._kind(),
            period,
            self._incident(dates),
            subjects,
            people,
            agencies,
            tuple(self._sources()),
            columns,
            signed,
            self._settled_words(),
            tuple(sorted(self.problems, key=lambda problem: problem.place.row)),
        )

    # --- the review itself --------------------------------------------------------------------------------------

    def _nation(self) -> str:
        words = self.text("", 0, self.told, "jurisdiction")
        for nation in NATIONS:
            if spelling(words) == spelling(nation):
                return nation
        self.say(
            "", 0, "jurisdiction", "error",
            f"{short(words)} is no nation whose rules are known" if words else "no jurisdiction is given",
            "rules and bank holidays differ between " + ", ".join(NATIONS[:-1]) + " and " + NATIONS[-1]
            + (aside(words.title(), NATIONS) if words else ""),
            "No rule of any nation is applied.",
            'Write jurisdiction = "England", or the nation whose rules the agencies worked under.',
        )  # fmt: skip
        return ""

    def _kind(self) -> str:
        words = self.text("", 0, self.told, "kind")
        kind = spelling(words)
        if kind in ("child", "adult"):
            return kind
        self.say(
            "", 0, "kind", "error",
            f"{short(words)} is no kind of review" if words else "the kind of review is not given",
            "rules differ between the review of a child and of an adult",
            "It is read as the review of a child.",
            'Write kind = "child" or kind = "adult".',
        )  # fmt: skip
        return "child"

    def _period(self) -> When:
        told = self.told.get("period")
        ends = told if isinstance(told, list) else [told] if told is not None else []
        read = [self.moment(end, DateReader()) for end in ends]
        if len(read) != 2 or any(when.undated for when, _ in read):
            why = next((reason for _, reason in read if reason), "it has two ends, the first day and the last")
            self.say(
                "", 0, "period", "error",
                "the period cannot be read" if told is not None else "no period is given",
                why,
                "The first and the last dated entry stand in for it; two-digit years cannot be placed.",
                'Write period = ["1999-04-24", "2000-02-25"].',
            )  # fmt: skip
            return UNDATED
        first, last = read[0][0], read[1][0]
        if last.latest < first.earliest:
            self.say(
                "", 0, "period", "error", "the period ends before it begins",
                f"{last.plain()} lies before {first.plain()}",
                "The two ends are taken the other way round.",
                "Correct the period in review.toml.",
            )  # fmt: skip
            first, last = last, first
        return When(f"{first.words} to {last.words}", first.earliest, last.latest, "range")

    def _incident(self, dates: DateReader) -> When | None:
        told = self.told.get("incident")
        if told is None or told == "":
            return None
        when, why = self.moment(told, dates)
        if when.undated or when.earliest == BEGINNING or when.latest == END:
            self.say(
                "", 0, "incident", "error", f"the incident {short(str(told))} is not a date that can be read",
                why or "it needs a first and a last day",
                "The end of the period stands in for it.",
                'Write incident = "2000-02-25".',
            )  # fmt: skip
            return None
        return when

    def _subjects(self, people: tuple[Person, ...]) -> tuple[tuple[str, ...], tuple[Person, ...]]:
        named = self.texts("", 0, self.told, "subjects")
        roster = Roster((person.name, person.aliases) for person in people)
        subjects: list[str] = []
        for words in named:
            name = roster.find(words)
            if name is None:
                near = roster.suggest(words)
                self.say(
                    "", 0, "subjects", "warning", f"the subject {short(words)} is not among the people",
                    "a subject is someone listed under [[people]]" + perhaps(near),
                    "The subject is added to the people, without aliases.",
                    "Add a [[people]] table with that name, or correct the name.",
                )  # fmt: skip
                name = words
                people = (*people, Person(words, key=words))
                roster = Roster((person.name, person.aliases) for person in people)
            subjects.append(name)
        if not subjects:
            self.say(
                "", 0, "subjects", "error", "no subject is named",
                "the subjects are those whom the review is about",
                "No finding can be made.",
                'Write subjects = ["..."], with names listed under [[people]].',
            )  # fmt: skip
        return unlike(subjects), people

    # --- people, agencies, sources, returns -----------------------------------------------------------------------

    def _people(self, dates: DateReader) -> Iterable[Person]:
        used: set[str] = set()
        for place, told in self.tables("people"):
            name = self._name("people", place, told, used)
            if not name:
                continue
            born: When | None = None
            if told.get("born") not in (None, ""):
                born, why = self.moment(told["born"], dates)
                if why is not None:
                    self.say(
                        "people", place, "born", "warning", f"{short(str(told['born']))} is no sure date of birth",
                        why,
                        "It is left out." if born.undated else f"It is read as {born.plain()}.",
                        'Write born = "1991-11-02", the month or the year.',
                    )  # fmt: skip
                born = None if born.undated else born
            bears_on = self.texts("people", place, told, "bears_on") if "bears_on" in told else None
            yield Person(
                name,
                self.texts("people", place, told, "aliases"),
                self.text("people", place, told, "role"),
                born,
                self.texts("people", place, told, "relations"),
                bears_on,
                self.text("people", place, told, "key") or name,
            )

    def _bearing(self, place: int, person: Person, subjects: tuple[str, ...], roster: Roster) -> Person:
        if person.bears_on is None:
            return person
        named: list[str] = []
        for words in person.bears_on:
            name = roster.find(words)
            if name is not None and name in subjects:
                named.append(name)
                continue
            self.say(
                "people", place, "bears_on", "warning", f"{short(words)} is no subject of this review",
                "what is known of a person can bear on subjects only",
                "That name is left out.",
                "Name subjects, as listed in subjects.",
            )  # fmt: skip
        bears_on = tuple(named)
        return Person(person.name, person.aliases, person.role, person.born, person.relations, bears_on, person.key)

    def _agencies(self) -> Iterable[Agency]:
        used: set[str] = set()
        for place, told in self.tables("agencies"):
            name = self._name("agencies", place, told, used)
            if not name:
                continue
            words = self.text("agencies", place, told, "type")
            kind = self.terms.match("agency", words) if words else None
            if kind is None:
                near = self.terms.suggest("agency", words) if words else None
                self.say(
                    "agencies", place, "type" if words else "name", "warning",
                    f"{short(words)} is no type of agency" if words else f"no type is given for {short(name)}",
                    "duties and needs go by the type of an agency" + perhaps(near),
                    "The agency is kept without a type: no duty falls on it and no need is known.",
                    'Write type = "..." with a word of "kg ontology agency".',
                )  # fmt: skip
            yield Agency(
                name,
                kind or "",
                self.texts("agencies", place, told, "aliases"),
                self.text("agencies", place, told, "file"),
                self.text("agencies", place, told, "part_of"),
                self.text("agencies", place, told, "key") or name,
            )

    def _parts(self, agencies: tuple[Agency, ...]) -> tuple[Agency, ...]:
        roster = Roster((agency.name, agency.aliases) for agency in agencies)
        self._shared(roster, "agencies", "agency")
        wholes: dict[str, str] = {}
        for place, agency in enumerate(agencies):
            whole = roster.find(agency.part_of) if agency.part_of else ""
            if whole is None or (whole == agency.name and agency.part_of):
                near = roster.suggest(agency.part_of) if whole is None else ""
                self.say(
                    "agencies", place, "part_of", "warning",
                    f"{short(agency.part_of)} is no other agency of this review",
                    "an agency can be part of one that is listed" + perhaps(near),
                    "The agency stands by itself.",
                    "Correct the name, or list the whole under [[agencies]].",
                )  # fmt: skip
                whole = ""
            above = whole
            while above and above != agency.name:
                above = wholes.get(above, "")
            if above:
                self.say(
                    "agencies", place, "part_of", "warning",
                    f"{short(agency.name)} is part of {short(whole)}, which is part of it in turn",
                    "of two agencies only one can be the whole",
                    "The agency stands by itself.",
                    "Leave part_of out where the whole is described.",
                )  # fmt: skip
                whole = ""
            wholes[agency.name] = whole
        return tuple(replace(agency, part_of=wholes[agency.name]) for agency in agencies)

    def _shared(self, roster: Roster, table: str, what: str) -> None:
        for alias, names in roster.shared.items():
            self.say(
                table, 0, "", "warning", f'the alias "{alias}" belongs to {len(names)} names: ' + ", ".join(names),
                f"an alias stands for one {what}",
                "It is taken for neither; the words are kept where they stand.",
                "Take the alias away from all but one of them.",
            )  # fmt: skip

    def _sources(self) -> Iterable[Source]:
        used: set[str] = set()
        for place, told in self.tables("sources"):
            key = self.text("sources", place, told, "key")
            if not key or key in used:
                self.say(
                    "sources", place, "key", "warning",
                    f"the key {short(key)} stands twice" if key else "a source has no key",
                    "entries name a source by its key",
                    "The source is left out.",
                    'Give each [[sources]] table a key = "..." of its own.',
                )  # fmt: skip
                continue
            used.add(key)
            year = told.get("year", "")
            yield Source(
                key,
                self.text("sources", place, told, "title"),
                self.text("sources", place, told, "body"),
                str(year) if isinstance(year, int) else self.text("sources", place, told, "year"),
                self.text("sources", place, told, "address"),
            )

    def _returns(self) -> tuple[dict[str, dict[str, str]], dict[str, str]]:
        columns: dict[str, dict[str, str]] = {}
        signed: dict[str, str] = {}
        notations = tuple(column.notation for column in self.terms.properties)
        for file, told in self.table("", self.told, "returns").items():
            if not isinstance(told, dict):
                self.wrong("", 0, "returns", 'a table for each file, as in [returns."police.csv"]')
                continue
            self.unknown_keys(f"returns.{file}", 0, told, "returns")
            name = file.rpartition("/")[2]
            done = told.get("signed_off", "")
            signed[name] = as_words(done) if not isinstance(done, bool) else "yes" if done else ""
            for heading, words in self.table(f"returns.{file}", told, "columns").items():
                known = self.terms.heading(words) if isinstance(words, str) else None
                if words == "":  # of no column, as a person said
                    columns.setdefault(name, {})[heading] = ""
                    continue
                if known is not None:
                    columns.setdefault(name, {})[heading] = known.notation
                    continue
                self.say(
                    f"returns.{file}.columns", 0, heading, "warning",
                    f"{short(str(words))} is no column of a return",
                    "a heading stands for one of the known columns" + aside(str(words), notations),
                    "The heading is matched as if this line were not there.",
                    "Write one of: " + ", ".join(notations) + ".",
                )  # fmt: skip
        return columns, signed

    def _settled_words(self) -> dict[str, dict[str, dict[str, str]]]:
        """The words that the reviewer settled for each file: words, vocabulary, notation."""
        found: dict[str, dict[str, dict[str, str]]] = {}
        returns = self.told.get("returns")
        for file, told in returns.items() if isinstance(returns, dict) else ():
            for words, meant in self.table(f"returns.{file}", told, "words").items() if isinstance(told, dict) else ():
                for notation in meant if isinstance(meant, list) else [meant]:
                    known = meaning(self.terms, notation) if isinstance(notation, str) else {}
                    if known:
                        found.setdefault(file.rpartition("/")[2], {}).setdefault(spelling(words), {}).update(known)
                        continue
                    self.say(
                        f"returns.{file}.words", 0, words, "warning",
                        f"{short(str(notation))} is neither a kind of contact nor a word for who was seen",
                        "words of those columns are settled by a notation of the vocabulary",
                        "The words are read as if this line were not there.",
                        'Write a notation of "kg ontology contact" or "kg ontology seen", or "leave" to leave them unread.',
                    )  # fmt: skip
        return found

    def _name(self, table: str, place: int, told: Mapping[str, Any], used: set[str]) -> str:
        what = "person" if table == "people" else "agency"
        name = " ".join(self.text(table, place, told, "name").split())
        if not name:
            self.say(
                table, place, "", "error", f"{'a' if what == 'person' else 'an'} {what} has no name",
                "everything else hangs on the name",
                "The table is left out.",
                'Write name = "..." below its heading.',
            )  # fmt: skip
            return ""
        if spelling(name) in used:
            self.say(
                table, place, "name", "error",
                f"two {'people' if what == 'person' else 'agencies'} are called {short(name)}",
                "entries could not tell them apart",
                "The first is used; this one is left out, and its aliases with it.",
                "Give each a name of its own.",
            )  # fmt: skip
            return ""
        used.add(spelling(name))
        return name


def period_of(period: When, first: int, last: int) -> When:
    """The period of a review: as given, or from the first to the last moment of its dated entries."""
    if not period.undated:
        return period
    return When(f"{say_day(day_of(first))} to {say_day(day_of(last))}", first, last, "range")
