"""A property graph as a Cypher script, for a server of one's own: every value written as a literal, nothing to bind."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from kg.graph.property_graph import Cell, PropertyGraph, Row


def script(graph: PropertyGraph) -> str:
    """Statements that make a review's graph where it is not yet, in the graph's order, for Neo4j's own shell.

    Each ends with a semicolon and stands on one line: first what keeps every node there once, then the nodes, then the
    further labels of those that have some, then the relations. Loaded a second time it is refused, for every node is
    there once: ``kg push`` replaces. Names and constraints are those of ``kg push``, so that either may follow the other.
    An engine whose nodes have one label takes the nodes and relations as they stand, once its tables are declared.
    """
    return "".join(f"{statement};\n" for statement in _statements(graph))


def _statements(graph: PropertyGraph) -> Iterator[str]:
    labels = sorted({kinds[0] for kinds in graph.nodes})
    for label in labels:
        yield f"CREATE CONSTRAINT kg_{label.lower()}_uid IF NOT EXISTS FOR (n:`{label}`) REQUIRE n.uid IS UNIQUE"
    if labels:
        yield "CALL db.awaitIndexes(60)"
    for (first, *_), rows in graph.nodes.items():
        for row in rows:
            yield f"CREATE (:`{first}` {_written(row)})"
    for (first, *further), rows in graph.nodes.items():
        marks = "".join(f":`{kind}`" for kind in further)
        for row in rows if further else ():
            yield f"MATCH (n:`{first}` {{uid: {_literal(row['uid'])}}}) SET n{marks}"
    for (kind, start, end), pairs in graph.edges.items():
        for source, target in pairs:
            ends = f"MATCH (a:`{start}` {{uid: {_literal(source)}}}), (b:`{end}` {{uid: {_literal(target)}}})"
            yield f"{ends} CREATE (a)-[:`{kind}`]->(b)"


def _written(row: Row) -> str:
    return "{" + ", ".join(f"`{key}`: {_literal(value)}" for key, value in row.items()) + "}"


def _literal(value: Cell) -> str:
    if isinstance(value, list):
        return f"[{', '.join(_literal(each) for each in value)}]"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, datetime):
        return f"localdatetime('{value.isoformat()}')"
    if isinstance(value, date):
        return f"date('{value.isoformat()}')"
    return "'" + "".join(_ESCAPED.get(char) or (char if char >= " " else f"\\u{ord(char):04X}") for char in value) + "'"


_ESCAPED = {"'": "\\'", "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
