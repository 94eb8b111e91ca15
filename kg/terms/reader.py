"""The only reader of the Turtle: the ontology's files in, the tables of ``kg.terms.tables`` out.

A column, a word of a vocabulary, a duty or a convention is added in the Turtle and nowhere else. The order of things
in the files is kept: columns and concepts come in the order in which they are written there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from kg.base.folding import plain
from kg.terms.heading_weights import Texts, Unread, cell_sign, weights
from kg.terms.sources import sources_of
from kg.terms.tables import (
    UNITS,
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
from kg.terms.turtle import NotTurtle, Said, parse, statements

if TYPE_CHECKING:
    from rdflib import Graph
from kg.terms.namespace import NAMESPACE

__all__ = [
    "NAMESPACE", "Concept", "Convention", "Cue", "Doubt", "Duty", "KindMatch", "Limit", "NotTurtle", "Property", "Scheme",
    "Standing", "Terms", "Word", "home", "load", "plain", "shapes",
]  # fmt: skip

FILES = (
    "kg.ttl", "headings.ttl", "vocabulary.ttl", "relations.ttl", "codes.ttl", "cues.ttl", "needs.ttl", "rules.ttl",
    "duties.ttl",
)  # fmt: skip
"""What ``load`` reads. ``shapes.ttl`` is read only where a review is checked as RDF."""

_SKOS = "http://www.w3.org/2004/02/skos/core#"
_RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_RDFS = "http://www.w3.org/2000/01/rdf-schema#"
_OWL = "http://www.w3.org/2002/07/owl#"
_REPLACED = "http://purl.org/dc/terms/isReplacedBy"
_SOURCE = "http://purl.org/dc/terms/source"
_XSD = "http://www.w3.org/2001/XMLSchema#"


_CUES = {
    "Cue": "cue",
    "ShortForm": "short",
    "PlaceWords": "place",
    "TopicWords": "topic",
    "SubjectWords": "subject",
    "HouseWords": "house",
}

_Facts = dict[str, dict[str, list[Said]]]


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
    from rdflib import RDF, URIRef

    graph = parse([(folder or home()) / "shapes.ttl"])
    for file in list(graph.subjects(RDF.type, URIRef(_OWL + "Ontology"))):  # what the file says of itself is no shape
        graph.remove((file, None, None))
    return graph


@cache
def _load(folder: Path) -> Terms:
    from pyoxigraph import Literal, NamedNode

    facts: _Facts = {}
    for subject, predicate, value in statements(folder / name for name in FILES):
        rows = facts.setdefault(subject, {}).setdefault(predicate, [])
        datatype = value.datatype.value if isinstance(value, Literal) and value.language is None else ""
        typed = "" if datatype == _XSD + "string" else datatype
        said = Said(value.value, typed, isinstance(value, NamedNode))
        if said not in rows:
            rows.append(said)
    return _Reading(facts).terms()


class _Reading:
    """One reading of the files: each subject with its statements, in the order of the files."""

    def __init__(self, facts: _Facts) -> None:
        self.facts = facts
        self.doubts: list[Doubt] = []
        self.kinds: dict[str, list[str]] = {}
        for subject, said in facts.items():
            for kind in said.get(_RDF_TYPE, ()):
                self.kinds.setdefault(kind.text, []).append(subject)
        self.notation = {subject: self._notation(subject) for subject in facts}

    def terms(self) -> Terms:
        self.attributes = tuple(self._attribute(subject) for subject in self.kinds.get(NAMESPACE + "Attribute", ()))
        duties = [self._duty(subject) for subject in self.kinds.get(NAMESPACE + "Duty", ())]
        process = [self._duty(subject) for subject in self.kinds.get(NAMESPACE + "ProcessDuty", ())]
        needs: dict[str, tuple[str, ...]] = {}
        for subject in self.facts:
            needed = self._names(subject, NAMESPACE + "neededBy")
            if needed:
                needs[self.notation[subject]] = needed
        self._find_dead()
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
            sources=sources_of(self.kinds.get(NAMESPACE + "Source", ()), self._text, self._names),
            version=self._text(NAMESPACE, _OWL + "versionInfo"),
            history={each: notes for each in self.facts if (notes := self._texts(each, _SKOS + "changeNote"))},
        )

    def _find_dead(self) -> None:
        """Note every name of ours that is used and that no file describes: a slip of the pen, most likely."""
        for subject, said in self.facts.items():
            if _RDF_TYPE not in said:
                self.doubts.append(Doubt(subject, "", subject, "dead"))
            for predicate, values in said.items():
                if predicate.startswith(NAMESPACE) and predicate not in self.facts:
                    self.doubts.append(Doubt(subject, predicate, predicate, "dead"))
                for value in values if predicate != _OWL + "versionIRI" else ():
                    if value.name and value.text.startswith(NAMESPACE) and value.text not in self.facts:
                        self.doubts.append(Doubt(subject, predicate, value.text, "dead"))

    def _values(self, subject: str, predicate: str) -> list[Said]:
        return self.facts[subject].get(predicate, [])

    def _text(self, subject: str, predicate: str) -> str:
        values = self._values(subject, predicate)
        return values[0].text if values else ""

    def _texts(self, subject: str, predicate: str) -> tuple[str, ...]:
        return tuple(value.text for value in self._values(subject, predicate))

    def _yes(self, subject: str, name: str) -> bool:
        return self._text(subject, NAMESPACE + name) == "true"

    def _notation(self, subject: str) -> str:
        for value in self._values(subject, _SKOS + "notation"):
            if value.type in ("", _XSD + "string"):
                return value.text
        return subject.rsplit("/", 1)[-1].rsplit("#", 1)[-1]

    def _names(self, subject: str, predicate: str) -> tuple[str, ...]:
        """The notations of the things named; of a thing that no file describes, the end of its name."""
        found: dict[str, None] = {}
        for value in self._values(subject, predicate):
            notation = self.notation.get(value.text) or value.text.rsplit("/", 1)[-1]
            found["review:" + notation if value.text.startswith(NAMESPACE + "process/") else notation] = None
        return tuple(found)

    def _limit(self, subject: str, name: str) -> Limit | None:
        number, unit = self._text(subject, f"{NAMESPACE}{name}Number"), self._text(subject, f"{NAMESPACE}{name}Unit")
        if not unit and not number:
            return None
        if unit not in UNITS or not number.isdecimal():
            self.doubts.append(Doubt(subject, f"{NAMESPACE}{name}Number", f"{number} {unit}".strip(), "unread"))
            return None
        return Limit(int(number), unit)

    def _day(self, subject: str, name: str) -> date | None:
        words = self._text(subject, NAMESPACE + name)
        try:
            return date.fromisoformat(words) if words else None
        except ValueError:
            self.doubts.append(Doubt(subject, NAMESPACE + name, words, "unread"))
            return (
                date.max if name == "inForceFrom" else date.min
            )  # a rule whose dates cannot be read is never in force

    def _property(self, subject: str) -> Property:
        label = self._text(subject, _RDFS + "label")
        return Property(
            iri=subject,
            notation=self.notation[subject],
            headings=(label, *self._texts(subject, _SKOS + "altLabel")),
            field=self._text(subject, NAMESPACE + "field"),
            predicate=self._text(subject, NAMESPACE + "predicate") or subject,
            graph_key=self._text(subject, NAMESPACE + "graphKey") or self.notation[subject].replace("-", "_"),
            kind=self._text(subject, NAMESPACE + "kind") or "text",
            scheme="".join(self._names(subject, NAMESPACE + "scheme")),
            many=self._yes(subject, "many"),
            label=label,
            definition=self._text(subject, _SKOS + "definition"),
            example=self._text(subject, _SKOS + "example"),
            stand_ins=self._texts(subject, _SKOS + "hiddenLabel"),
        )

    def _schemes(self) -> Mapping[str, Scheme]:
        members: dict[str, list[str]] = {}
        for subject in self.kinds.get(_SKOS + "Concept", ()):
            for scheme in self._values(subject, _SKOS + "inScheme"):
                members.setdefault(scheme.text, []).append(subject)
        schemes = {}
        for subject in self.kinds.get(_SKOS + "ConceptScheme", ()):
            name = self.notation[subject]
            found = members.get(subject, ())
            passed_on = {each.iri: self._passed_on(each.iri, found) for each in self.attributes if each.inherited}
            schemes[name] = Scheme(
                notation=name,
                label=self._text(subject, _SKOS + "prefLabel"),
                definition=self._text(subject, _SKOS + "definition"),
                concepts=tuple(self._concept(member, name, passed_on) for member in found),
            )
        return schemes

    def _attribute(self, subject: str) -> Attribute:
        return Attribute(
            iri=subject,
            notation=self.notation[subject],
            label=self._text(subject, _RDFS + "label"),
            of=self._names(subject, NAMESPACE + "attributeOf"),
            range=self._text(subject, _RDFS + "range"),
            scheme="".join(self._names(subject, NAMESPACE + "scheme")),
            many=self._yes(subject, "many"),
            inherited=self._yes(subject, "inherited"),
            reads=self._text(subject, NAMESPACE + "readAs"),
        )

    def _passed_on(self, attribute: str, members: Iterable[str]) -> Mapping[str, str]:
        """From whom each word has an attribute that is passed on to narrower words: itself, or a broader one."""
        giver = {member: member for member in members if self._values(member, attribute)}
        grown = bool(giver)
        while grown:
            grown = False
            for member in members:
                if member not in giver:
                    above = next((b for b in self._texts(member, _SKOS + "broader") if b in giver), None)
                    if above is not None:
                        giver[member], grown = giver[above], True
        return giver

    def _attributes(
        self, subject: str, scheme: str, passed_on: Mapping[str, Mapping[str, str]]
    ) -> Iterator[tuple[str, tuple[str, ...]]]:
        for each in self.attributes:
            if scheme in each.of:
                from_whom = passed_on.get(each.iri, {}).get(subject, subject)
                values = (self._names if each.scheme else self._texts)(from_whom, each.iri)
                if values:
                    yield each.notation, values

    def _concept(self, subject: str, scheme: str, passed_on: Mapping[str, Mapping[str, str]]) -> Concept:
        said = dict(self._attributes(subject, scheme, passed_on))
        yes = {each.notation for each in self.attributes if each.range == _XSD + "boolean"}
        return Concept(
            iri=subject,
            scheme=scheme,
            notation=self.notation[subject],
            label=self._text(subject, _SKOS + "prefLabel"),
            alt=self._texts(subject, _SKOS + "altLabel"),
            broader=self._names(subject, _SKOS + "broader"),
            definition=self._text(subject, _SKOS + "definition"),
            note=self._text(subject, _SKOS + "scopeNote"),
            about="".join(said.get("about", ())),
            codes=tuple(
                (value.type.removeprefix(NAMESPACE), value.text)
                for value in self._values(subject, _SKOS + "notation")
                if value.type not in ("", _XSD + "string")
            ),
            bears=said.get("bears", ()),
            addressees=said.get("addressee", ()),
            entails=said.get("entails", ()),
            goes_with=said.get("goes-with", ()),
            age_from=self._limit(subject, "ageFrom"),
            replaced_by="".join(self._names(subject, _REPLACED)[:1]),
            flags=frozenset(name for name in yes if said.get(name) == ("true",)),
            sign_of=said.get("sign-of", ()),
            related=self._names(subject, _SKOS + "related"),
            example=self._text(subject, _SKOS + "example"),
            attributes=tuple(said.items()),
        )

    def _duty(self, subject: str) -> Duty:
        count = self._text(subject, NAMESPACE + "triggerCount") or "1"
        if not count.isdecimal():
            self.doubts.append(Doubt(subject, NAMESPACE + "triggerCount", count, "unread"))
        return Duty(
            id=self.notation[subject],
            family=self._text(subject, NAMESPACE + "family") or self.notation[subject],
            nations=tuple(
                self._text(value.text, _SKOS + "prefLabel") if value.text in self.facts else value.text
                for value in self._values(subject, NAMESPACE + "nation")
            ),
            areas=self._texts(subject, NAMESPACE + "area"),
            applies_to=self._texts(subject, NAMESPACE + "appliesTo"),
            since=self._day(subject, "inForceFrom") or date.min,
            until=self._day(subject, "inForceTo"),
            trigger=self._names(subject, NAMESPACE + "trigger"),
            trigger_count=int(count) if count.isdecimal() else 1,
            holder=self._names(subject, NAMESPACE + "holder"),
            expected=self._names(subject, NAMESPACE + "expected"),
            within=self._limit(subject, "within"),
            by=self._names(subject, NAMESPACE + "by"),
            source=self._text(subject, _SOURCE),
            note=self._text(subject, _SKOS + "note"),
            verified=self._text(subject, NAMESPACE + "confidence") == "verified",
            force=self._text(subject, NAMESPACE + "force"),
            local=self._yes(subject, "local"),
            clock=self._text(subject, NAMESPACE + "clock"),
            condition=self._text(subject, NAMESPACE + "condition"),
            window=self._limit(subject, "window"),
            order=self._text(subject, NAMESPACE + "order"),
            threshold=self._text(subject, NAMESPACE + "threshold"),
            lead=self._text(subject, NAMESPACE + "lead"),
            duration=self._text(subject, NAMESPACE + "duration"),
            evidence=self._text(subject, NAMESPACE + "evidence"),
            evidence_grade="".join(self._names(subject, NAMESPACE + "evidenceGrade")),
            age_from=self._limit(subject, "ageFrom"),
            age_below=self._limit(subject, "ageBelow"),
            mobile={"true": True, "false": False}.get(self._text(subject, NAMESPACE + "mobile")),
            provision=self._text(subject, NAMESPACE + "provision"),
            version_read=self._text(subject, NAMESPACE + "versionRead"),
            changes_outstanding=self._text(subject, NAMESPACE + "changesOutstanding"),
        )

    def _standing(self, subject: str) -> Standing:
        named = self._names(subject, NAMESPACE + "response")
        return Standing(
            response=named[0] if named else "*",
            limit=self._limit(subject, "stands"),
            until=self._names(subject, NAMESPACE + "standsUntil"),
            note=self._text(subject, _SKOS + "note"),
        )

    def _convention(self, subject: str) -> Convention:
        return Convention(
            name=self.notation[subject],
            limit=self._limit(subject, "length") or Limit(0, "days"),
            label=self._text(subject, _RDFS + "label"),
            definition=self._text(subject, _SKOS + "definition"),
            note=self._text(subject, _SKOS + "note"),
        )

    def _kind_match(self, subject: str) -> KindMatch:
        return KindMatch(
            published="".join(self._names(subject, NAMESPACE + "publishedKind")),
            ours=self._text(subject, NAMESPACE + "ourKind"),
            side=self._text(subject, NAMESPACE + "side"),
            why=self._text(subject, _SKOS + "note"),
        )

    def _cue(self, subject: str, part: str) -> Cue:
        others = [value.text for value in self._values(subject, NAMESPACE + "wordsOf") if value.text in self.facts]
        return Cue(
            notation=self.notation[subject],
            part=part,
            scheme="".join(self._names(subject, NAMESPACE + "cueFor")),
            label=self._text(subject, _SKOS + "prefLabel"),
            words=tuple(words for each in (subject, *others) for words in self._texts(each, _SKOS + "altLabel")),
            reads="".join(self._names(subject, NAMESPACE + "reads")) or self._text(subject, NAMESPACE + "writtenFor"),
            beside=self._names(subject, NAMESPACE + "beside"),
            leaves=self._names(subject, NAMESPACE + "leaves"),
            used_by=self._names(subject, NAMESPACE + "usedBy"),
        )

    def _heading_words(self) -> Mapping[str, Mapping[str, int]]:
        found: dict[str, Mapping[str, int]] = {}
        for subject in self.kinds.get(NAMESPACE + "HeadingWord", ()):
            spoken = weights("speaksFor", *self._asked(subject))
            for words in (self._text(subject, _RDFS + "label"), *self._texts(subject, _SKOS + "altLabel")):
                found.setdefault(words, spoken)
        return found

    def _cell_sign(self, subject: str) -> CellSign:
        return cell_sign(self.notation[subject], self._text(subject, _RDFS + "label"), *self._asked(subject))

    def _asked(self, subject: str) -> tuple[Texts, Unread]:
        return (
            lambda name: self._texts(subject, NAMESPACE + name),
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
                        *self._texts(subject, _RDFS + "subClassOf"),
                        *self._texts(subject, _RDFS + "subPropertyOf"),
                    )
                    found.append(
                        Word(
                            iri=subject,
                            name=subject.removeprefix(NAMESPACE),
                            kind=kind,
                            label=self._text(subject, _RDFS + "label"),
                            alt=self._texts(subject, _SKOS + "altLabel"),
                            definition=self._text(subject, _SKOS + "definition"),
                            example=self._text(subject, _SKOS + "example"),
                            parents=parents,
                            relation=owl == "ObjectProperty",
                            range=self._text(subject, _RDFS + "range"),
                            many=self._yes(subject, "many"),
                            in_graph=self._text(subject, NAMESPACE + "inGraph") != "false",
                        )
                    )
        return tuple(found)
