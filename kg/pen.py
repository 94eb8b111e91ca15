"""What a drawing is made of, and what it is drawn with: nodes, edges and values, under the names of the ontology."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from kg.addresses import Addresses, Name, Words, in_ascii
from kg.model import Review
from kg.ontology import Terms
from kg.terms import NAMESPACE

Content = str | bool | int | date | datetime
"""What a value may hold. A ``datetime`` is local time, to the minute."""


@dataclass(frozen=True, slots=True)
class Value:
    """One thing said of a node. A node may have several of one name."""

    name: Name
    content: Content


@dataclass(frozen=True, slots=True)
class Node:
    """Something that the review speaks of: an entry, a person, an agency, a date. ``id`` is an IRI, safe in ASCII."""

    id: str
    kinds: tuple[Name, ...]
    values: tuple[Value, ...] = ()


@dataclass(frozen=True, slots=True)
class Edge:
    """How one node leads to another, by their ids."""

    source: str
    name: Name
    target: str


class Pen:
    """What both layers of a drawing are drawn with: ids, words of the ontology, and what stands on the page already."""

    def __init__(self, review: Review, terms: Terms) -> None:
        self.review, self.terms = review, terms
        self.at, self.words = Addresses(review), Words(terms)
        self._drawn: set[str] = set()

    def new(self, id: str) -> bool:
        """Whether a node is drawn for the first time; from now on it is not."""
        if id in self._drawn:
            return False
        self._drawn.add(id)
        return True

    def node(self, id: str, kind: str, *said: tuple[str, Content | Iterable[str]], more: str = "") -> Node:
        """A node of a kind (and of ``more``, a narrower one) with what is said of it; nothing is said by ""."""
        values: list[Value] = []
        for name, content in said:
            if isinstance(content, str | bool | int | date):
                contents: Iterable[Content] = () if content == "" else (content,)
            else:
                contents = content
            values += [Value(self.words[name], each) for each in contents]
        kinds = (self.words[kind], self.words[more]) if more else (self.words[kind],)
        return Node(id, kinds, tuple(values))

    def edge(self, source: str, name: str, target: str) -> Edge:
        """An edge by the name of its property."""
        return Edge(source, self.words[name], target)

    def concept(self, scheme: str, notation: str) -> str:
        """The id of a word of the vocabulary, or of one that its scheme lacks."""
        concept = self.terms.concept(scheme, notation)
        return concept.iri if concept else f"{NAMESPACE}{in_ascii(scheme)}/{in_ascii(notation)}"
