"""A review as RDF: the drawing poured into triples, for SPARQL, SHACL and exchange with other programs."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from rdflib import XSD, Graph, Literal, Namespace, URIRef
from rdflib.namespace import RDF, SKOS

from kg.graph.drawing import Content, Edge, Node
from kg.graph.record import draw
from kg.model.review import Review
from kg.terms.namespace import NAMESPACE
from kg.terms.tables import Terms


def to_rdf(review: Review, terms: Terms | None = None) -> Graph:
    """Everything the review's folder says, as a graph of triples without blank nodes.

    Every thing has a name under https://w3id.org/kg-review/data/, made of keys and Refs. ``terms`` is the ontology (by
    default the program's own). Raises LookupError if it lacks a word that is drawn.
    """
    return as_graph(draw(review, terms))


def as_graph(drawing: Iterable[Node | Edge]) -> Graph:
    """A drawing as triples: kinds as types, values as literals, edges as links."""
    graph = Graph(bind_namespaces="none")
    graph.bind("kg", Namespace(NAMESPACE))
    graph.bind("skos", SKOS)
    graph.bind("xsd", XSD)
    names: dict[str, URIRef] = {}
    texts: dict[str, Literal] = {}

    def named(iri: str) -> URIRef:
        found = names.get(iri)
        if found is None:
            found = names[iri] = URIRef(iri)
        return found

    def content(said: Content) -> Literal:
        if not isinstance(said, str):
            return literal(said)
        found = texts.get(said)
        if found is None:
            found = texts[said] = literal(said)
        return found

    add = graph.add
    for drawn in drawing:
        if isinstance(drawn, Edge):
            add((named(drawn.source), named(drawn.name.iri), named(drawn.target)))
            continue
        node = named(drawn.id)
        for kind in drawn.kinds:
            add((node, RDF.type, named(kind.iri)))
        for value in drawn.values:
            add((node, named(value.name.iri), content(value.content)))
    return graph


def literal(content: Content) -> Literal:
    """A value as RDF has it: text plain, a number, yes or no, a day, a moment."""
    if isinstance(content, str):
        return Literal(content)
    if isinstance(content, bool):
        return Literal("true" if content else "false", datatype=XSD.boolean)
    if isinstance(content, int):
        return Literal(str(content), datatype=XSD.integer)
    if isinstance(content, datetime):
        return Literal(content.isoformat(), datatype=XSD.dateTime)
    if isinstance(content, date):
        return Literal(content.isoformat(), datatype=XSD.date)
    raise TypeError(f"nothing is drawn with {content!r}")


def turtle(graph: Graph) -> str:
    """A graph as Turtle: the same text for the same review, on every run."""
    return graph.serialize(format="turtle")


def ntriples(graph: Graph) -> str:
    """A graph as N-Triples in order of their text: one statement a line, for comparing two states of a review."""
    lines = graph.serialize(format="ntriples").splitlines()
    return "\n".join(sorted(line for line in lines if line)) + "\n"
