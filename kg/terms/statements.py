"""The statements of the ontology's files, asked by subject: its texts, its names, its limits and days.

What a statement means for a column, a word or a duty is said in ``kg.terms.reader``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from kg.terms.namespace import NAMESPACE
from kg.terms.tables import UNITS, Doubt, Limit

if TYPE_CHECKING:
    from pyoxigraph import BlankNode, Literal, NamedNode

SKOS = "http://www.w3.org/2004/02/skos/core#"
RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
XSD = "http://www.w3.org/2001/XMLSchema#"


class NotTurtle(ValueError):
    """A file of the ontology that cannot be read as Turtle; the message says which file, where and why."""


class Value(NamedTuple):
    """One value of a statement: its text, the type of a literal ("" for plain text), and whether it is a name."""

    text: str
    type: str
    name: bool


Facts = dict[str, dict[str, list[Value]]]


def statements_of(paths: Iterable[Path]) -> Facts:
    """Every statement of some files by subject, in the order of the files, each once."""
    from pyoxigraph import Literal, NamedNode

    facts: Facts = {}
    for subject, predicate, value in _statements(paths):
        rows = facts.setdefault(subject, {}).setdefault(predicate, [])
        datatype = value.datatype.value if isinstance(value, Literal) and value.language is None else ""
        typed = "" if datatype == XSD + "string" else datatype
        said = Value(value.value, typed, isinstance(value, NamedNode))
        if said not in rows:
            rows.append(said)
    return facts


def _statements(paths: Iterable[Path]) -> Iterator[tuple[str, str, NamedNode | BlankNode | Literal]]:
    """Every statement of some files, in the order of the files."""
    from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, parse

    for path in paths:
        try:
            for each in parse(path.read_bytes(), format=RdfFormat.TURTLE):
                if isinstance(each.subject, NamedNode | BlankNode) and isinstance(
                    each.object, NamedNode | BlankNode | Literal
                ):
                    yield each.subject.value, each.predicate.value, each.object
        except (SyntaxError, ValueError) as error:
            line = getattr(error, "lineno", None)
            where = f", line {line}" if isinstance(line, int) else ""
            raise NotTurtle(f"{path.name}{where}: this is not Turtle. Undo the last change there.") from error


class Statements:
    """What the files state, asked by subject; what cannot be read of it is kept in ``doubts``."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self.doubts: list[Doubt] = []
        self.kinds: dict[str, list[str]] = {}
        for subject, said in facts.items():
            for kind in said.get(RDF_TYPE, ()):
                self.kinds.setdefault(kind.text, []).append(subject)
        self.notation = {subject: self._notation_of(subject) for subject in facts}

    def values(self, subject: str, predicate: str) -> list[Value]:
        return self.facts[subject].get(predicate, [])

    def text(self, subject: str, predicate: str) -> str:
        values = self.values(subject, predicate)
        return values[0].text if values else ""

    def texts(self, subject: str, predicate: str) -> tuple[str, ...]:
        return tuple(value.text for value in self.values(subject, predicate))

    def yes(self, subject: str, name: str) -> bool:
        return self.text(subject, NAMESPACE + name) == "true"

    def _notation_of(self, subject: str) -> str:
        for value in self.values(subject, SKOS + "notation"):
            if value.type in ("", XSD + "string"):
                return value.text
        return subject.rsplit("/", 1)[-1].rsplit("#", 1)[-1]

    def names(self, subject: str, predicate: str) -> tuple[str, ...]:
        """The notations of the things named; of a thing that no file describes, the end of its name."""
        found: dict[str, None] = {}
        for value in self.values(subject, predicate):
            notation = self.notation.get(value.text) or value.text.rsplit("/", 1)[-1]
            found["review:" + notation if value.text.startswith(NAMESPACE + "process/") else notation] = None
        return tuple(found)

    def limit(self, subject: str, name: str) -> Limit | None:
        number, unit = self.text(subject, f"{NAMESPACE}{name}Number"), self.text(subject, f"{NAMESPACE}{name}Unit")
        if not unit and not number:
            return None
        if unit not in UNITS or not number.isdecimal():
            self.doubts.append(Doubt(subject, f"{NAMESPACE}{name}Number", f"{number} {unit}".strip(), "unread"))
            return None
        return Limit(int(number), unit)

    def day(self, subject: str, name: str) -> date | None:
        words = self.text(subject, NAMESPACE + name)
        try:
            return date.fromisoformat(words) if words else None
        except ValueError:
            self.doubts.append(Doubt(subject, NAMESPACE + name, words, "unread"))
            return (
                date.max if name == "inForceFrom" else date.min
            )  # a rule whose dates cannot be read is never in force

    def find_dead(self) -> None:
        """Note every name of ours that is used and that no file describes: a slip of the pen, most likely."""
        for subject, said in self.facts.items():
            if RDF_TYPE not in said:
                self.doubts.append(Doubt(subject, "", subject, "dead"))
            for predicate, values in said.items():
                if predicate.startswith(NAMESPACE) and predicate not in self.facts:
                    self.doubts.append(Doubt(subject, predicate, predicate, "dead"))
                for value in values:
                    if value.name and value.text.startswith(NAMESPACE) and value.text not in self.facts:
                        self.doubts.append(Doubt(subject, predicate, value.text, "dead"))
