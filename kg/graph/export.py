"""A review in every form in which it leaves the program as data: one drawing, poured into each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from itertools import chain

from kg.base.tables import as_csv
from kg.findings.study import Study
from kg.graph.computed import draw_all
from kg.graph.drawing import Content, Edge, Node
from kg.graph.drawing_words import draw_schemes
from kg.graph.rdf.quads import Quad, quads, record_quads
from kg.graph.record import draw

Files = dict[str, str]
"""Texts by the names of their files; "" where there is only one."""

BETWEEN = "; "
"""What stands between several values in one cell of a table."""


def export(gaps: Study, form: str, *, record: bool = False) -> Files:
    """A review as "turtle", "trig", "jsonld", "graphml", "cypher" or "csv"; the same text for the same review.

    ``record`` leaves out what is computed. Raises ValueError for any other form.
    """
    known: Mapping[str, Callable[[], Files]] = {
        "turtle": lambda: {"": _turtle(gaps, record)},
        "trig": lambda: {"": _trig(gaps, record)},
        "jsonld": lambda: {"": _json_ld(gaps, record)},
        "graphml": lambda: {"": _graphml(gaps, record)},
        "cypher": lambda: {"": _cypher(gaps, record)},
        "csv": lambda: _tables(_drawn(gaps, record)),
    }
    if form not in known:
        raise ValueError(f"a review is written as {', '.join(known)}, not as {form}")
    return known[form]()


def _drawn(gaps: Study, record: bool) -> Iterable[Node | Edge]:
    """All of a review, or its record with the vocabularies that its words lead to: every edge leads to a node."""
    return chain(draw(gaps.review, gaps.terms), draw_schemes(gaps.terms)) if record else draw_all(gaps)


def _statements(gaps: Study, record: bool) -> Iterable[Quad]:
    return record_quads(gaps.review, gaps.terms) if record else quads(gaps)


def _turtle(gaps: Study, record: bool) -> str:
    from kg.graph.rdf.trig import turtle

    return turtle(_statements(gaps, record))


def _trig(gaps: Study, record: bool) -> str:
    from kg.graph.rdf.trig import record_trig, trig

    return record_trig(gaps.review, gaps.terms) if record else trig(gaps)


def _json_ld(gaps: Study, record: bool) -> str:
    from kg.graph.rdf.trig import json_ld

    return json_ld(_statements(gaps, record))


def _graphml(gaps: Study, record: bool) -> str:
    from kg.graph.in_networkx import as_networkx, graphml

    return graphml(as_networkx(_drawn(gaps, record)))


def _cypher(gaps: Study, record: bool) -> str:
    from kg.graph.cypher_script import script
    from kg.graph.property_graph import as_property_graph

    return script(as_property_graph(_drawn(gaps, record), gaps.terms, gaps.review.title))


def _tables(drawing: Iterable[Node | Edge]) -> Files:
    """Nodes and relations as two tables; several values of one key stand in one cell.

    As in a property graph, a relation to something that the drawing does not describe is left out: it has no row to lead to.
    """
    nodes: list[dict[str, object]] = []
    relations: list[dict[str, object]] = []
    for drawn in drawing:
        if isinstance(drawn, Edge):
            relations.append({"from": drawn.source, "relation": drawn.name.key, "to": drawn.target})
            continue
        said: dict[str, list[Content]] = {}
        for value in drawn.values:
            said.setdefault(value.name.key, []).append(value.content)
        kinds = BETWEEN.join(kind.key for kind in drawn.kinds)
        nodes.append({"id": drawn.id, "kinds": kinds, **{key: _cell(held) for key, held in said.items()}})
    there = {node["id"] for node in nodes}
    relations = [each for each in relations if each["from"] in there and each["to"] in there]
    columns = ["id", "kinds", *sorted({key for node in nodes for key in node} - {"id", "kinds"})]
    return {"nodes.csv": as_csv(columns, nodes), "relations.csv": as_csv(["from", "relation", "to"], relations)}


def _cell(held: Sequence[Content]) -> str:
    return BETWEEN.join(_words(each) for each in held)


def _words(content: Content) -> str:
    if isinstance(content, bool):
        return "true" if content else "false"
    return content.isoformat() if isinstance(content, date | datetime) else str(content)
