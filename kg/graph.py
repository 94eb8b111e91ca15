"""A review as a networkx graph: the drawing poured into nodes and edges, for notebooks and for GraphML.

Also the network of who talked with whom as of a day, with agencies as its nodes and tellings as its edges.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from kg.drawing import Edge, Node, draw
from kg.drawing_computed import draw_all
from kg.gaps import Gaps
from kg.model import Review
from kg.ontology import Terms
from kg.when import BEGINNING, END, When

if TYPE_CHECKING:
    import networkx


_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def to_networkx(review: Review | Gaps, terms: Terms | None = None) -> networkx.MultiDiGraph:
    """A review as a graph in memory: of a ``Review`` what its folder says, of ``Gaps`` also all that is computed.

    A contact is a node. A node has ``kinds`` (a tuple of class names) and its values by key: one thing, or a tuple where
    there are several. An edge's key is the name of its property ("shared_with"). ``terms`` is the ontology (by default
    the program's own, or that of the ``Gaps``). Raises LookupError if it lacks a word that is drawn.
    """
    return as_networkx(draw_all(review) if isinstance(review, Gaps) else draw(review, terms))


def who_talked(gaps: Gaps, until: int) -> networkx.MultiDiGraph:
    """Who told whom at or before a moment (minutes): agencies as nodes by name, an edge for each telling.

    A telling surely came before if it did in every reading of its date, possibly if in some: ``certainty``. An edge also
    has the ``entry`` that records it, the row where it was ``heard`` ("" if none is known), ``when`` in plain words, and
    whether it ``arrived`` surely or possibly. Agencies that told nobody are nodes all the same. Undated tellings are left
    out: nobody knows when they were.
    """
    import networkx

    entries = gaps.review.entries
    graph = networkx.MultiDiGraph()
    for agency in gaps.review.agencies:
        graph.add_node(agency.name, type=agency.type)
    for share in gaps.knowledge.shares:
        if share.earliest > until or (share.earliest == BEGINNING and share.latest == END):
            continue
        graph.add_edge(
            share.sender,
            share.receiver,
            entry=entries[share.row].name,
            heard="" if share.heard is None else entries[share.heard].name,
            when=When("", share.earliest, share.latest).plain(),
            certainty="sure" if share.latest <= until else "possible",
            arrived="surely" if share.arrived else "possibly",
        )
    return graph


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
