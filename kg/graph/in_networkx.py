"""A review as a networkx graph: the drawing poured into nodes and edges, for notebooks and for GraphML.

Also the network of who talked with whom as of a day, with agencies as its nodes and tellings as its edges.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from kg.findings.study import Study
from kg.graph.computed import draw_all
from kg.graph.drawing import Edge, Node
from kg.graph.record import draw
from kg.model.review import Review
from kg.terms.tables import Terms

if TYPE_CHECKING:
    import networkx


_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def to_networkx(review: Review | Study, terms: Terms | None = None) -> networkx.MultiDiGraph:
    """A review as a graph in memory: of a ``Review`` what its folder says, of ``Study`` also all that is computed.

    A contact is a node. A node has ``kinds`` (a tuple of class names) and its values by key: one thing, or a tuple where
    there are several. An edge's key is the name of its property ("shared_with"). ``terms`` is the ontology (by default
    the program's own, or that of the ``Study``). Raises LookupError if it lacks a word that is drawn.
    """
    return as_networkx(draw_all(review) if isinstance(review, Study) else draw(review, terms))


def graphml(graph: networkx.MultiDiGraph) -> str:
    """A graph as GraphML, for programs that draw networks: several values of a key stand in one, after each other.

    Letters that XML cannot hold become the mark of the unread.
    """
    import networkx

    flat = networkx.MultiDiGraph()
    for node, data in graph.nodes(data=True):
        flat.add_node(node, **{key: _flat(value) for key, value in sorted(data.items())})
    for source, target, key, data in graph.edges(keys=True, data=True):
        flat.add_edge(source, target, relation=str(key), **{name: _flat(value) for name, value in sorted(data.items())})
    return "\n".join(networkx.generate_graphml(flat)) + "\n"


def _flat(value: Any) -> str | bool | int:
    if isinstance(value, tuple):
        return "; ".join(str(_flat(each)) for each in value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool | int):
        return value
    return _NOT_XML.sub("\ufffd", str(value))


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
