"""A review drawn once, as nodes, edges and values, for every form in which it leaves the program.

RDF, networkx and Cypher only pour what ``draw`` yields into their own moulds, so that they cannot disagree. An agency's
contact is a node, never an edge: it may touch one person or five. What agencies wrote stands beside what was read from
it: a cell that leads to people, agencies, words or dates is drawn a second time, word for word.

This is the record alone. What is computed from it (who knew what since when, openings, findings) is drawn by
``kg.graph.computed``, of the same nodes and edges, so that the two layers never mix.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

from kg.chronology.order import turn
from kg.coding.laid_over import standing
from kg.dates.when import When
from kg.graph.addresses import Name, Words, in_ascii
from kg.graph.drawing import VERBATIM, Content, Edge, Node, Pen, Value, bounds
from kg.graph.drawing_professionals import draw_professionals
from kg.graph.drawing_words import draw_word
from kg.model.record import MARKS, Entry, Return, Source
from kg.model.review import Agency, Person, Review
from kg.people.household import Household
from kg.people.kinship import RELATION, relation_in
from kg.terms.reader import load
from kg.terms.tables import Property, Terms


def draw(review: Review, terms: Terms | None = None) -> Iterator[Node | Edge]:
    """Everything the returns and review.toml say, each node before the edges that leave it.

    Yields the record alone: the review, its agencies, people, relations, professionals, returns and sources; every entry
    with its place and every filled cell; tellings as told; the words of the vocabulary used. No node comes twice, and
    the same review gives the same drawing in the same order. A blank cell is not drawn; an undated date has no bounds.
    ``terms`` is the ontology (by default the program's own). Raises LookupError if it lacks a word that is drawn.
    """
    terms = terms or load()
    yield from _Record(review, terms).drawing()


_LISTED = re.compile(r"[;\n]")
_ALL_NAMED = re.compile(r"\s*[,;&]\s*|\s+and\s+")


class _Record(Pen):
    """The record layer of one review being drawn."""

    def __init__(self, review: Review, terms: Terms) -> None:
        super().__init__(review, terms)
        self._columns = [(column, Words.column(column), Words.written(column)) for column in terms.properties]
        self._known = frozenset(column.notation for column in terms.properties)
        self._files = {(each.agency, each.file) for each in review.returns}
        self._codes = {
            (review.entries[row].name, f"{MARKS[each.field]}:{each.value}"): each
            for row, decided in standing(review).items()
            for each in decided
            if each.verdict == "accepted"
        }
        self._proposed = {(each.entry, each.code): each for each in review.proposed}

    def drawing(self) -> Iterator[Node | Edge]:
        review = self.review
        yield from self._review()
        for agency in review.agencies:
            yield from self._agency(agency, listed=True)
        for person in review.people:
            yield from self._person(person, listed=True)
        yield from self._household()
        for source in review.sources:
            yield from self._source(source)
        for file in review.inputs:
            yield self.node(self.at.input(file.file), "InputFile", ("file", file.file), ("sha256", file.sha256))
        for returned in review.returns:
            yield from self._returned(returned)
        for entry in review.entries:
            yield from self._entry(entry)

    # --- pieces -------------------------------------------------------------------------------------------------

    def _date(self, source: str, name: Name, when: When | None) -> Iterator[Node | Edge]:
        """A date as a node of its own: its words and its bounds. A date of no words and no bounds is not drawn."""
        if when is None or (when.undated and not when.words.strip()):
            return
        id = f"{source}/{name.key}"
        said: list[tuple[str, Content]] = [("asWritten", when.words), ("edtf", when.edtf()), ("hedge", when.hedge)]
        if when.timed:
            said.append(("timed", True))
        if when.lasts:
            said.append(("lasts", True))
        yield self.node(id, "Moment", *said, *bounds(when))
        yield Edge(source, name, id)

    def _concept(self, source: str, name: Name, scheme: str, notation: str) -> Iterator[Node | Edge]:
        """A word of the vocabulary, and the edge to it. A word that its scheme lacks is drawn in no scheme."""
        yield from draw_word(self, scheme, notation)
        yield Edge(source, name, self.concept(scheme, notation))

    def _to_person(self, source: str, name: Name, person: str) -> Iterator[Node | Edge]:
        id = self.at.person(person)
        if id not in self._drawn:
            yield from self._person(Person(person), listed=False)
        yield Edge(source, name, id)

    def _to_agency(self, source: str, name: Name, agency: str) -> Iterator[Node | Edge]:
        id = self.at.agency(agency)
        if id not in self._drawn:
            listed = next((each for each in self.review.agencies if each.name == agency), None)
            yield from self._agency(listed or Agency(agency), listed=listed is not None)
        yield Edge(source, name, id)

    # --- what review.toml says ----------------------------------------------------------------------------------

    def _review(self) -> Iterator[Node | Edge]:
        review, id = self.review, self.at.review
        self._drawn.add(id)
        yield self.node(
            id, "Review", ("title", review.title), ("kindOfReview", review.kind),
            ("jurisdiction", review.jurisdiction), ("area", review.area),
        )  # fmt: skip
        yield from self._date(id, self.words["period"], review.period)
        yield from self._date(id, self.words["incident"], review.incident)

    def _agency(self, agency: Agency, *, listed: bool) -> Iterator[Node | Edge]:
        id = self.at.agency(agency.name)
        if not self.new(id):
            return
        yield self.node(
            id, "Agency", ("name", agency.name), ("key", agency.key), ("alias", agency.aliases), ("file", agency.file),
            ("listed", listed), *([("hasReturn", agency.has_return)] if listed else []),
        )  # fmt: skip
        yield self.edge(id, "ofReview", self.at.review)
        if agency.type:
            yield from self._concept(id, self.words["agencyType"], "agency", agency.type)
        if agency.part_of:
            yield from self._to_agency(id, self.words["partOf"], agency.part_of)

    def _person(self, person: Person, *, listed: bool) -> Iterator[Node | Edge]:
        id = self.at.person(person.name)
        if not self.new(id):
            return
        yield self.node(
            id, "Person", ("name", person.name), ("key", person.key), ("alias", person.aliases), ("role", person.role),
            ("listed", listed), *([("bearsOnStated", True)] if person.bears_on is not None else []),
            ("bearsOnAsWritten", person.bears_on or ()),
        )  # fmt: skip
        yield self.edge(id, "ofReview", self.at.review)
        yield from self._date(id, self.words["born"], person.born)

    def _household(self) -> Iterator[Node | Edge]:
        """Whom the review is about, who is what to whom, and on whom facts about each person bear."""
        review, household = self.review, Household(self.review, self.terms)
        for subject in review.subjects:
            yield from self._to_person(self.at.review, self.words["subject"], subject)
        for person in review.people:
            id = self.at.person(person.name)
            for subject in review.subjects:
                if subject != person.name and subject in household.bears_on(person.name):
                    yield self.edge(id, "bearsOn", self.at.person(subject))
            for relation in person.relations:
                yield from self._relation(id, relation)

    def _relation(self, id: str, words: str) -> Iterator[Node | Edge]:
        """What review.toml says that somebody is to others: a relationship for each of these, and its kind either way."""
        kind = relation_in(words, self.terms)
        inverse = "".join(concept.said("inverse")) if (concept := self.terms.concept(RELATION, kind)) else ""
        for number, other in enumerate(self._related(words) or [""], 1):
            tie = f"{id}/relation/{in_ascii(words)}" + (f"/{number}" if number > 1 else "")
            if not self.new(tie):
                continue
            yield self.node(tie, "Relationship", ("relationWords", words))
            yield self.edge(tie, "relationOf", id)
            if other:
                yield self.edge(tie, "relationTo", self.at.person(other))
            for name, notation in (("relationKind", kind), ("inverseKind", inverse)):
                if notation:
                    yield from self._concept(tie, self.words[name], RELATION, notation)

    def _related(self, relation: str) -> list[str]:
        """The listed people whom the words of a relation name at their end: "mother of Child A", "child of Ann and Bob"."""
        words = relation.partition(" of ")[2].strip()
        found = [self._by_words.get(each.strip().casefold(), "") for each in (words, *_ALL_NAMED.split(words))]
        return list(dict.fromkeys(filter(None, found[:1]))) or list(dict.fromkeys(filter(None, found)))

    @cached_property
    def _by_words(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for person in self.review.people:
            for words in person.aliases:
                found.setdefault(words.casefold(), person.name)
        return found | {person.name.casefold(): person.name for person in self.review.people}

    def _source(self, source: Source) -> Iterator[Node | Edge]:
        id = self.at.source(source.key)
        if self.new(id):
            yield self.node(
                id, "Source", ("name", source.key), ("title", source.title), ("body", source.body),
                ("year", source.year), ("address", source.address),
            )  # fmt: skip
            yield self.edge(id, "ofReview", self.at.review)

    def _returned(self, returned: Return) -> Iterator[Node | Edge]:
        id = self.at.returned(returned.agency, returned.file)
        if self.new(id):
            yield self.node(
                id, "Return", ("file", returned.file), ("rows", returned.rows), ("signedOff", returned.signed_off)
            )
            yield self.edge(id, "ofReview", self.at.review)
            yield from self._to_agency(id, self.words["agency"], returned.agency)
            if any(each.file == returned.file for each in self.review.inputs):
                yield self.edge(id, "readFrom", self.at.input(returned.file))

    # --- what the returns say -----------------------------------------------------------------------------------

    def _entry(self, entry: Entry) -> Iterator[Node | Edge]:
        id = self.at.entry(entry.agency, entry.ref)
        if not self.new(id):
            return
        values = list(
            self.node(
                id, "Entry", ("entryName", entry.name), ("file", entry.place.file), ("sheet", entry.place.sheet),
                ("row", entry.place.row), ("turn", self._turns[entry.name]), *bounds(entry.when),
            ).values
        )  # fmt: skip
        leading: list[tuple[Property, Name]] = []
        for column, name, written in self._columns:
            words = entry.cells.get(column.notation, "")
            worded = column.kind == "concept" and not column.field  # a column of a vocabulary that no rule reads
            read = worded or (column.kind not in VERBATIM and hasattr(entry, column.field or "-"))
            if not read and not words and column.kind in ("text", "name") and column.field not in ("", "ref"):
                words = getattr(entry, column.field, "")
            if words.strip():
                values.append(Value(written if read else name, words))
            if read and column.kind in ("seen", "refs"):
                told = getattr(entry, column.field)
                values += [Value(name, each) for each in ((told,) if isinstance(told, str) else told) if each]
            if read:
                leading.append((column, name))
        yield Node(id, self._kinds(entry), tuple(values))
        yield from self._to_agency(id, self.words["agency"], entry.agency)
        if (entry.agency, entry.place.file) in self._files:
            yield self.edge(id, "inReturn", self.at.returned(entry.agency, entry.place.file))
        for column, name in leading:
            yield from self._cell(id, column, name, entry)
        yield from draw_professionals(self, id, entry)
        for person in entry.seen_people:
            yield from self._to_person(id, self.words["personSeen"], person)
        for agency in entry.either_way:
            yield from self._to_agency(id, self.words["eitherWay"], agency)
        for said, person in entry.joined:
            tie = f"{id}/recognised/{in_ascii(said)}/{in_ascii(person)}"
            if self.new(tie):
                yield self.node(tie, "Recognition", ("asWritten", said))
                yield self.edge(tie, "recordedIn", id)
                yield from self._to_person(tie, self.words["person"], person)
        yield from self._read(id, entry)
        for heading, words in entry.cells.items():
            if heading not in self._known and words.strip():
                cell = f"{id}/cell/{in_ascii(heading)}"
                yield self.node(cell, "Cell", ("cellHeading", heading), ("asWritten", words))
                yield self.edge(id, "cell", cell)
        yield from self._shares(id, entry)

    def _read(self, id: str, entry: Entry) -> Iterator[Node | Edge]:
        """The codes that are not the agency's own: read by whom, when and on what words; or only suggested by words."""
        for code in entry.accepted:
            scheme, _, value = code.partition(":")
            last = self._codes.get((entry.name, code))
            tie = f"{id}/read/{scheme}/{in_ascii(value)}"
            if last is None or not self.new(tie):
                continue
            yield self.node(
                tie, "CodeReading", ("sign", value), ("asWritten", last.words), ("readBy", last.by),
                ("readOn", last.on), ("suggestedBy", last.pattern),
            )  # fmt: skip
            yield self.edge(tie, "recordedIn", id)
        for code in entry.suggested:
            scheme, _, value = code.partition(":")
            rests = self._proposed.get((entry.name, code))
            tie = f"{id}/suggested/{scheme}/{in_ascii(value)}"
            if rests is not None and self.new(tie):
                yield self.node(
                    tie, "CodeSuggestion", ("sign", value), ("asWritten", rests.words), ("suggestedBy", rests.pattern)
                )
                yield self.edge(tie, "recordedIn", id)

    def _kinds(self, entry: Entry) -> tuple[Name, ...]:
        concept = self.terms.concept("contact", entry.contact) if entry.contact else None
        if concept is not None and "contact" in concept.flags:
            return (self.words["Entry"], self.words["Contact"])
        return (self.words["Entry"],)

    def _cell(self, id: str, column: Property, name: Name, entry: Entry) -> Iterator[Node | Edge]:
        """Where a cell leads: to a date, to people, to agencies, or to words of the vocabulary."""
        if column.kind == "when":
            yield from self._date(id, name, getattr(entry, column.field))
            return
        read = getattr(entry, column.field) if column.field else self._words(column, entry)
        for each in (read,) if isinstance(read, str) else read or ():
            if column.kind == "concept" and each:
                yield from self._concept(id, name, column.scheme, each)
            elif column.kind == "people":
                yield from self._to_person(id, name, each)
            elif column.kind == "agencies":
                yield from self._to_agency(id, name, each)

    def _words(self, column: Property, entry: Entry) -> tuple[str, ...]:
        """The words of its vocabulary that a cell of a column names which no rule reads; what is none is kept as written."""
        parts = _LISTED.split(entry.cells.get(column.notation, ""))
        found = (self.terms.match(column.scheme, part.strip()) for part in parts if part.strip())
        return tuple(dict.fromkeys(each for each in found if each))

    def _shares(self, id: str, entry: Entry) -> Iterator[Node | Edge]:
        """Tellings, as this entry tells of them: two agencies' accounts of one telling are two nodes here."""
        tellings = [("told", entry.agency, other, other) for other in entry.shared_with]
        tellings += [("heard", other, entry.agency, other) for other in entry.received_from]
        for way, teller, told, other in tellings:
            share = f"{id}/{way}/{self.at.agency(other).rpartition('/')[2]}"
            if not self.new(share):
                continue
            yield self.node(share, "Share")
            yield self.edge(share, "recordedIn", id)
            yield from self._to_agency(share, self.words["sharedBy"], teller)
            yield from self._to_agency(share, self.words["sharedTo"], told)
            if way == "heard":
                continue
            for word in entry.shared_what:
                ref = word.removeprefix(f"{entry.agency}/")
                if self.terms.concept("indicator", word) is not None:
                    yield from self._concept(share, self.words["concept"], "indicator", word)
                elif (entry.agency, ref) in self._refs:
                    yield self.edge(share, "tellsOf", self.at.entry(entry.agency, ref))

    @cached_property
    def _turns(self) -> dict[str, int]:
        """The how-manyeth each entry is in the chronology, by its name, counted from 1."""
        return {entry.name: number for number, entry in enumerate(sorted(self.review.entries, key=turn), 1)}

    @cached_property
    def _refs(self) -> frozenset[tuple[str, str]]:
        return frozenset((entry.agency, entry.ref) for entry in self.review.entries)
