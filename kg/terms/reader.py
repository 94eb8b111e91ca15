"""The only reader of the Turtle: the ontology's files in, the tables of ``kg.terms.tables`` out.

A column, a word of a vocabulary, a duty or a convention is added in the Turtle and nowhere else. The order of things
in the files is kept: columns and concepts come in the order in which they are written there.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from kg.base.folding import plain
from kg.terms.heading_weights import Texts, Unread, cell_sign, weights
from kg.terms.statements import RDFS, SKOS, XSD, NotTurtle, Statements, statements_of
from kg.terms.tables import (
    Attribute,
    CellSign,
    Concept,
    Convention,
    Cue,
    Doubt,
    Duty,
    KindMatch,
    Limit,
    Property,
    Scheme,
    Standing,
    Terms,
    Word,
)

if TYPE_CHECKING:
    from rdflib import Graph
from kg.terms.namespace import NAMESPACE

__all__ = [
    "NAMESPACE",
    "Concept",
    "Convention",
    "Cue",
    "Doubt",
    "Duty",
    "KindMatch",
    "Limit",
    "NotTurtle",
    "Property",
    "Scheme",
    "Standing",
    "Terms",
    "Word",
    "home",
    "load",
    "plain",
    "shapes",
]

FILES = ("kg.ttl", "headings.ttl", "vocabulary.ttl", "cues.ttl", "needs.ttl", "rules.ttl", "duties.ttl")
"""What ``load`` reads. ``shapes.ttl`` is read only where a review is checked as RDF."""

_OWL = "http://www.w3.org/2002/07/owl#"
_SOURCE = "http://purl.org/dc/terms/source"


_CUES = {
    "Cue": "cue",
    "ShortForm": "short",
    "PlaceWords": "place",
    "TopicWords": "topic",
    "SubjectWords": "subject",
}


def home() -> Path:
    """The folder of the ontology: inside the installed program, or beside it in a working copy."""
    package = Path(__file__).resolve().parents[1]
    inside = package / "_ontology"
    return inside if inside.is_dir() else package.parent / "ontology"


def load(folder: Path | None = None) -> Terms:
    """Read the ontology from a folder (by default the program's own), once; later calls return the same tables.

    Raises OSError if a file is not there and NotTurtle if one cannot be read. What is doubtful in an ontology that
    can be read is said by ``kg.terms.check``.
    """
    return _load((folder or home()).resolve())


def shapes(folder: Path | None = None) -> Graph:
    """The shapes that a review must fit, as a graph for a SHACL validator. Raises as ``load`` does."""
    return _parse([(folder or home()) / "shapes.ttl"])


def _parse(paths: Iterable[Path]) -> Graph:
    from rdflib import Graph

    log = logging.getLogger("rdflib.term")
    level = log.level
    log.setLevel(logging.CRITICAL)  # rdflib logs a traceback for a date that is none; the check says it in words
    graph = Graph(store="SimpleMemory")  # keeps the order of the file
    try:
        for path in paths:
            try:
                graph.parse(data=path.read_text(encoding="utf-8"), format="turtle")
            except (SyntaxError, ValueError) as error:
                lines = getattr(error, "lines", None)
                where = f", line {lines + 1}" if isinstance(lines, int) else ""
                raise NotTurtle(f"{path.name}{where}: this is not Turtle. Undo the last change there.") from error
    finally:
        log.setLevel(level)
    return graph


@cache
def _load(folder: Path) -> Terms:
    return _Reading(statements_of(folder / name for name in FILES)).terms()


class _Reading(Statements):
    """One reading of the files: what their statements say as columns, words, duties and conventions."""

    def terms(self) -> Terms:
        self.attributes = tuple(self._attribute(subject) for subject in self.kinds.get(NAMESPACE + "Attribute", ()))
        duties = [self._duty(subject) for subject in self.kinds.get(NAMESPACE + "Duty", ())]
        process = [self._duty(subject) for subject in self.kinds.get(NAMESPACE + "ProcessDuty", ())]
        needs: dict[str, tuple[str, ...]] = {}
        for subject in self.facts:
            needed = self.names(subject, NAMESPACE + "neededBy")
            if needed:
                needs[self.notation[subject]] = needed
        self.find_dead()
        return Terms(
            properties=tuple(self._property(subject) for subject in self.kinds.get(NAMESPACE + "Column", ())),
            schemes=self._schemes(),
            duties=tuple(duties),
            process_duties=tuple(process),
            conventions={c.name: c for c in map(self._convention, self.kinds.get(NAMESPACE + "Convention", ()))},
            standings={s.response: s for s in map(self._standing, self.kinds.get(NAMESPACE + "Standing", ()))},
            needs_of=needs,
            words=self._words(),
            doubts=tuple(self.doubts),
            kind_matches=tuple(self._kind_match(subject) for subject in self.kinds.get(NAMESPACE + "KindMatch", ())),
            attributes=self.attributes,
            cues=tuple(
                self._cue(subject, part)
                for kind, part in _CUES.items()
                for subject in self.kinds.get(NAMESPACE + kind, ())
            ),
            heading_words=self._heading_words(),
            cell_signs=tuple(self._cell_sign(subject) for subject in self.kinds.get(NAMESPACE + "CellSign", ())),
        )

    def _property(self, subject: str) -> Property:
        label = self.text(subject, RDFS + "label")
        return Property(
            iri=subject,
            notation=self.notation[subject],
            headings=(label, *self.texts(subject, SKOS + "altLabel")),
            field=self.text(subject, NAMESPACE + "field"),
            predicate=self.text(subject, NAMESPACE + "predicate") or subject,
            graph_key=self.text(subject, NAMESPACE + "graphKey") or self.notation[subject].replace("-", "_"),
            kind=self.text(subject, NAMESPACE + "kind") or "text",
            scheme="".join(self.names(subject, NAMESPACE + "scheme")),
            many=self.yes(subject, "many"),
            label=label,
            definition=self.text(subject, SKOS + "definition"),
            example=self.text(subject, SKOS + "example"),
            stand_ins=self.texts(subject, SKOS + "hiddenLabel"),
        )

    def _schemes(self) -> Mapping[str, Scheme]:
        members: dict[str, list[str]] = {}
        for subject in self.kinds.get(SKOS + "Concept", ()):
            for scheme in self.values(subject, SKOS + "inScheme"):
                members.setdefault(scheme.text, []).append(subject)
        schemes = {}
        for subject in self.kinds.get(SKOS + "ConceptScheme", ()):
            name = self.notation[subject]
            found = members.get(subject, ())
            passed_on = {each.iri: self._passed_on(each.iri, found) for each in self.attributes if each.inherited}
            schemes[name] = Scheme(
                notation=name,
                label=self.text(subject, SKOS + "prefLabel"),
                definition=self.text(subject, SKOS + "definition"),
                concepts=tuple(self._concept(member, name, passed_on) for member in found),
            )
        return schemes

    def _attribute(self, subject: str) -> Attribute:
        return Attribute(
            iri=subject,
            notation=self.notation[subject],
            label=self.text(subject, RDFS + "label"),
            of=self.names(subject, NAMESPACE + "attributeOf"),
            range=self.text(subject, RDFS + "range"),
            scheme="".join(self.names(subject, NAMESPACE + "scheme")),
            many=self.yes(subject, "many"),
            inherited=self.yes(subject, "inherited"),
            reads=self.text(subject, NAMESPACE + "reads"),
        )

    def _passed_on(self, attribute: str, members: Iterable[str]) -> Mapping[str, str]:
        """From whom each word has an attribute that is passed on to narrower words: itself, or a broader one."""
        giver = {member: member for member in members if self.values(member, attribute)}
        grown = bool(giver)
        while grown:
            grown = False
            for member in members:
                if member not in giver:
                    above = next((b for b in self.texts(member, SKOS + "broader") if b in giver), None)
                    if above is not None:
                        giver[member], grown = giver[above], True
        return giver

    def _attributes(
        self, subject: str, scheme: str, passed_on: Mapping[str, Mapping[str, str]]
    ) -> Iterator[tuple[str, tuple[str, ...]]]:
        for each in self.attributes:
            if scheme in each.of:
                from_whom = passed_on.get(each.iri, {}).get(subject, subject)
                values = (self.names if each.scheme else self.texts)(from_whom, each.iri)
                if values:
                    yield each.notation, values

    def _concept(self, subject: str, scheme: str, passed_on: Mapping[str, Mapping[str, str]]) -> Concept:
        said = dict(self._attributes(subject, scheme, passed_on))
        yes = {each.notation for each in self.attributes if each.range == XSD + "boolean"}
        return Concept(
            iri=subject,
            scheme=scheme,
            notation=self.notation[subject],
            label=self.text(subject, SKOS + "prefLabel"),
            alt=self.texts(subject, SKOS + "altLabel"),
            broader=self.names(subject, SKOS + "broader"),
            definition=self.text(subject, SKOS + "definition"),
            note=self.text(subject, SKOS + "scopeNote"),
            about="".join(said.get("about", ())),
            codes=tuple(
                (value.type.removeprefix(NAMESPACE), value.text)
                for value in self.values(subject, SKOS + "notation")
                if value.type not in ("", XSD + "string")
            ),
            bears=said.get("bears", ()),
            addressees=said.get("addressee", ()),
            entails=said.get("entails", ()),
            goes_with=said.get("goes-with", ()),
            flags=frozenset(name for name in yes if said.get(name) == ("true",)),
            sign_of=said.get("sign-of", ()),
            related=self.names(subject, SKOS + "related"),
            example=self.text(subject, SKOS + "example"),
            attributes=tuple(said.items()),
        )

    def _duty(self, subject: str) -> Duty:
        count = self.text(subject, NAMESPACE + "triggerCount") or "1"
        if not count.isdecimal():
            self.doubts.append(Doubt(subject, NAMESPACE + "triggerCount", count, "unread"))
        return Duty(
            id=self.notation[subject],
            family=self.text(subject, NAMESPACE + "family") or self.notation[subject],
            nations=tuple(
                self.text(value.text, SKOS + "prefLabel") if value.text in self.facts else value.text
                for value in self.values(subject, NAMESPACE + "nation")
            ),
            areas=self.texts(subject, NAMESPACE + "area"),
            applies_to=self.texts(subject, NAMESPACE + "appliesTo"),
            since=self.day(subject, "inForceFrom") or date.min,
            until=self.day(subject, "inForceTo"),
            trigger=self.names(subject, NAMESPACE + "trigger"),
            trigger_count=int(count) if count.isdecimal() else 1,
            holder=self.names(subject, NAMESPACE + "holder"),
            expected=self.names(subject, NAMESPACE + "expected"),
            within=self.limit(subject, "within"),
            by=self.names(subject, NAMESPACE + "by"),
            source=self.text(subject, _SOURCE),
            note=self.text(subject, SKOS + "note"),
            verified=self.text(subject, NAMESPACE + "confidence") == "verified",
            force=self.text(subject, NAMESPACE + "force"),
            local=self.yes(subject, "local"),
            clock=self.text(subject, NAMESPACE + "clock"),
            condition=self.text(subject, NAMESPACE + "condition"),
            window=self.limit(subject, "window"),
            order=self.text(subject, NAMESPACE + "order"),
            threshold=self.text(subject, NAMESPACE + "threshold"),
            lead=self.text(subject, NAMESPACE + "lead"),
            duration=self.text(subject, NAMESPACE + "duration"),
            evidence=self.text(subject, NAMESPACE + "evidence"),
        )

    def _standing(self, subject: str) -> Standing:
        named = self.names(subject, NAMESPACE + "response")
        return Standing(
            response=named[0] if named else "*",
            limit=self.limit(subject, "stands"),
            until=self.names(subject, NAMESPACE + "standsUntil"),
            note=self.text(subject, SKOS + "note"),
        )

    def _convention(self, subject: str) -> Convention:
        return Convention(
            name=self.notation[subject],
            limit=self.limit(subject, "length") or Limit(0, "days"),
            label=self.text(subject, RDFS + "label"),
            definition=self.text(subject, SKOS + "definition"),
            note=self.text(subject, SKOS + "note"),
        )

    def _kind_match(self, subject: str) -> KindMatch:
        return KindMatch(
            published="".join(self.names(subject, NAMESPACE + "publishedKind")),
            ours=self.text(subject, NAMESPACE + "ourKind"),
            side=self.text(subject, NAMESPACE + "side"),
            why=self.text(subject, SKOS + "note"),
        )

    def _cue(self, subject: str, part: str) -> Cue:
        others = [value.text for value in self.values(subject, NAMESPACE + "wordsOf") if value.text in self.facts]
        return Cue(
            notation=self.notation[subject],
            part=part,
            scheme="".join(self.names(subject, NAMESPACE + "cueFor")),
            label=self.text(subject, SKOS + "prefLabel"),
            words=tuple(words for each in (subject, *others) for words in self.texts(each, SKOS + "altLabel")),
            reads="".join(self.names(subject, NAMESPACE + "reads")) or self.text(subject, NAMESPACE + "writtenFor"),
            beside=self.names(subject, NAMESPACE + "beside"),
            leaves=self.names(subject, NAMESPACE + "leaves"),
        )

    def _heading_words(self) -> Mapping[str, Mapping[str, int]]:
        found: dict[str, Mapping[str, int]] = {}
        for subject in self.kinds.get(NAMESPACE + "HeadingWord", ()):
            spoken = weights("speaksFor", *self._asked(subject))
            for words in (self.text(subject, RDFS + "label"), *self.texts(subject, SKOS + "altLabel")):
                found.setdefault(words, spoken)
        return found

    def _cell_sign(self, subject: str) -> CellSign:
        return cell_sign(self.notation[subject], self.text(subject, RDFS + "label"), *self._asked(subject))

    def _asked(self, subject: str) -> tuple[Texts, Unread]:
        return (
            lambda name: self.texts(subject, NAMESPACE + name),
            lambda name, words: self.doubts.append(Doubt(subject, NAMESPACE + name, words, "unread")),
        )

    def _words(self) -> tuple[Word, ...]:
        columns = set(self.kinds.get(NAMESPACE + "Column", ()))
        found = []
        kinds = (("Class", "class"), ("ObjectProperty", "property"), ("DatatypeProperty", "property"))
        for owl, kind in kinds:
            for subject in self.kinds.get(_OWL + owl, ()):
                if subject.startswith(NAMESPACE) and subject not in columns:
                    parents = (
                        *self.texts(subject, RDFS + "subClassOf"),
                        *self.texts(subject, RDFS + "subPropertyOf"),
                    )
                    found.append(
                        Word(
                            iri=subject,
                            name=subject.removeprefix(NAMESPACE),
                            kind=kind,
                            label=self.text(subject, RDFS + "label"),
                            alt=self.texts(subject, SKOS + "altLabel"),
                            definition=self.text(subject, SKOS + "definition"),
                            example=self.text(subject, SKOS + "example"),
                            parents=parents,
                            relation=owl == "ObjectProperty",
                            range=self.text(subject, RDFS + "range"),
                            many=self.yes(subject, "many"),
                        )
                    )
        return tuple(found)
