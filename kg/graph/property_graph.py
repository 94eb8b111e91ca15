"""A drawing as a property graph: labelled nodes and typed relations, as every Cypher engine takes them.

One shape for embedded engine and server, so that one question serves both. A node has the label of its first kind, and
that of its others where the engine allows several; it carries ``id``, ``review`` (the review's title, by which several
reviews stand apart in one database), ``uid`` (both of them) and its values under their keys. A relation's type is its
key in capitals ("SHARED_WITH"), with HAS_ before it where a class has the same name ("HAS_CONTACT").
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from kg.base.signs import sound
from kg.graph.addresses import (
    ALT,
    BROADER,
    CONCEPT,
    DEFINITION,
    EXAMPLE,
    IN_SCHEME,
    LABEL,
    NOTATION,
    RELATED,
    SCHEME,
    SCOPE_NOTE,
    Words,
)
from kg.graph.drawing import VERBATIM, Content, Edge, Node
from kg.terms.tables import Terms

Cell = Content | list[Content]
Row = dict[str, Cell]

TEXT, YES_NO, NUMBER, DAY, MOMENT = "text", "yes or no", "number", "day", "moment"
XSD = "http://www.w3.org/2001/XMLSchema#"
TYPES = {XSD + "boolean": YES_NO, XSD + "integer": NUMBER, XSD + "date": DAY, XSD + "dateTime": MOMENT}
OF_CONTENT: dict[type, str] = {str: TEXT, bool: YES_NO, int: NUMBER, date: DAY, datetime: MOMENT}
LEADING = ("concept", "people", "agencies", "when")
"""The kinds of column that lead to other things."""

CARRIED = ("uid", "id", "review")
"""What every node carries besides its values."""


@dataclass(frozen=True, slots=True)
class Held:
    """What a key may hold: a ``type`` (text, yes or no, number, day, moment), and whether ``many`` of it, as a list."""

    type: str
    many: bool = False


@dataclass(frozen=True, slots=True)
class Schema:
    """Every label, value and relation that the ontology knows, whether or not one review has any of it.

    So a question that names something rare finds nothing in a small review, instead of failing. ``relations`` gives the
    type of a relation by its property's IRI; ``leads_to`` the label at the end of a relation, by its type, where the
    ontology says one; ``values`` what each key holds. ``further`` are labels that a node has besides its first, with how to
    ask for them where an engine holds the first alone; ``elsewhere`` the words of the ontology that stand in no graph.
    """

    labels: tuple[str, ...]
    values: Mapping[str, Held]
    relations: Mapping[str, str]
    leads_to: Mapping[str, str]
    further: Mapping[str, str] = field(default_factory=dict)
    elsewhere: frozenset[str] = frozenset()


FURTHER: Mapping[str, str] = {
    "Contact": "(c:Entry)-[:HAS_CONTACT]->(:Concept {is_contact: true})",
    "MissedShare": "(f:Finding {finding_kind: 'missed-share'})",
    "MissedOpportunity": "(f:Finding {finding_kind: 'missed-opportunity'})",
}
"""Labels that stand beside a first one, and how the same is asked where a node has one label only."""


def schema_of(terms: Terms) -> Schema:
    """The shape of every review's property graph, from the ontology alone."""
    words = Words(terms)
    held = [word for word in terms.words if word.in_graph]
    labels = [CONCEPT.key, SCHEME.key, *(words[word.name].key for word in held if word.kind == "class")]
    kinds = {CONCEPT.iri: CONCEPT.key, SCHEME.iri: SCHEME.key} | {
        word.iri: word.name for word in held if word.kind == "class"
    }
    relations = {name.iri: name.key for name in (BROADER, IN_SCHEME, RELATED)}
    ranges = {BROADER.iri: CONCEPT.iri, RELATED.iri: CONCEPT.iri, IN_SCHEME.iri: SCHEME.iri}
    values = {name.key: Held(TEXT, name is ALT) for name in (NOTATION, LABEL, ALT, DEFINITION, SCOPE_NOTE, EXAMPLE)}
    for word in held:
        if word.kind != "property":
            continue
        name = words[word.name]
        if word.relation:
            relations[name.iri], ranges[name.iri] = name.key, word.range
        else:
            values[name.key] = Held(TYPES.get(word.range, TEXT), word.many)
    for column in terms.properties:
        read = words.column(column)
        if column.kind in LEADING:
            relations[read.iri] = read.key
        else:
            values[read.key] = Held(TEXT, column.kind == "refs")
        if column.kind not in VERBATIM:
            values[words.written(column).key] = Held(TEXT)
    taken = {label.casefold() for label in labels}
    types = {
        iri: f"HAS_{key}".upper() if key.casefold() in taken else key.upper() for iri, key in sorted(relations.items())
    }
    leads_to = {types[iri]: kinds[found] for iri, found in sorted(ranges.items()) if found in kinds}
    elsewhere = frozenset(words[word.name].key for word in terms.words if not word.in_graph) - {*values, *labels}
    return Schema(tuple(sorted(set(labels))), dict(sorted(values.items())), types, leads_to, FURTHER, elsewhere)


@dataclass(frozen=True, slots=True)
class PropertyGraph:
    """A review's nodes by their labels, and its relations by type and the labels at both ends, in a stated order.

    A relation is the ``uid`` of the node it leaves and of the node it leads to. ``reviews`` are the names of all reviews
    in it, where several are put ``together``; ``review`` is the first.
    """

    review: str
    schema: Schema
    nodes: dict[tuple[str, ...], list[Row]] = field(default_factory=dict)
    edges: dict[tuple[str, str, str], list[tuple[str, str]]] = field(default_factory=dict)
    reviews: tuple[str, ...] = ()

    @property
    def node_count(self) -> int:
        """How many nodes."""
        return sum(map(len, self.nodes.values()))

    @property
    def edge_count(self) -> int:
        """How many relations."""
        return sum(map(len, self.edges.values()))


def as_property_graph(drawing: Iterable[Node | Edge], terms: Terms, review: str) -> PropertyGraph:
    """A drawing as a property graph, under the review's name.

    An edge to something that the drawing does not describe (a scheme of the vocabulary) is left out: a property graph
    has no node for it. Two edges alike are one. Raises TypeError where a value is not what the ontology says it holds.
    """
    schema, review = schema_of(terms), sound(review)
    graph = PropertyGraph(review, schema, reviews=(review,))
    labels: dict[str, str] = {}
    edges: list[Edge] = []
    for drawn in drawing:
        if isinstance(drawn, Edge):
            edges.append(drawn)
            continue
        kinds = tuple(kind.key for kind in drawn.kinds)
        labels[drawn.id] = kinds[0]
        graph.nodes.setdefault(kinds, []).append(_row(drawn, review, schema))
    seen: set[tuple[str, str, str]] = set()
    for edge in edges:
        start, end, kind = labels.get(edge.source), labels.get(edge.target), schema.relations[edge.name.iri]
        if start is None or end is None or (edge.source, kind, edge.target) in seen:
            continue
        seen.add((edge.source, kind, edge.target))
        graph.edges.setdefault((kind, start, end), []).append((uid(review, edge.source), uid(review, edge.target)))
    return graph


def together(graphs: Sequence[PropertyGraph]) -> PropertyGraph:
    """Several reviews' graphs as one, for questions asked of many reviews. No relation leads from one to another."""
    first = graphs[0]
    found = PropertyGraph(first.review, first.schema, reviews=tuple(each.review for each in graphs))
    for graph in graphs:
        for kinds, rows in graph.nodes.items():
            found.nodes.setdefault(kinds, []).extend(rows)
        for kind, pairs in graph.edges.items():
            found.edges.setdefault(kind, []).extend(pairs)
    return found


def uid(review: str, id: str) -> str:
    """A node's name among all reviews of a database."""
    return f"{review}|{id}"


def _row(node: Node, review: str, schema: Schema) -> Row:
    row: Row = {"uid": uid(review, node.id), "id": node.id, "review": review}
    for value in node.values:
        key, content = value.name.key, value.content
        held = schema.values[key]
        if OF_CONTENT[type(content)] != held.type:
            raise TypeError(f"{key} holds {held.type}, by the ontology, and is given {content!r}")
        if isinstance(content, str):
            content = sound(content)
        if held.many:
            several = row.setdefault(key, [])
            assert isinstance(several, list)
            several.append(content)
        elif key in row:
            raise TypeError(f"{key} holds one thing, by the ontology, and is given a second: {content!r}")
        else:
            row[key] = content
    return row
