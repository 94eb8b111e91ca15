"""A review as a networkx graph: the drawing poured into nodes and edges, for notebooks."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from kg.drawing import Edge, Node, draw
from kg.model import Review
from kg.ontology import Terms

if TYPE_CHECKING:
    import networkx


def to_networkx(review: Review, terms: Terms | None = None) -> networkx.MultiDiGraph:
    """Everything the review's folder says, as a graph in memory.

    A node has ``kinds`` (a tuple of class names) and its values by key: one thing, or a tuple where there are several.
    An edge's key is the name of its property ("shared_with"). ``terms`` is the ontology (by default the program's own).
    Raises LookupError if it lacks a word that is drawn.
    """
    return as_networkx(draw(review, terms))


def as_networkx(drawing: Iterable[Node | Edge]) -> networkx.MultiDiGraph:
    """A drawing as nodes and edges of networkx, in the drawing's order."""
    import networkx

    graph = networkx.MultiDiGraph()
    for drawn in drawing:
        if isinstance(drawn, Edge):
            graph.add_edge(drawn.source, drawn.target, key=drawn.name.key)
            continue
        values: dict[str, Any] = {}
        for value in drawn.values:
            if value.name.key not in values:
                values[value.name.key] = value.content
            elif isinstance(values[value.name.key], tuple):
                values[value.name.key] += (value.content,)
            else:
                values[value.name.key] = (values[value.name.key], value.content)
        graph.add_node(drawn.id, kinds=tuple(kind.key for kind in drawn.kinds), **values)
    return graph
