"""The Cypher script of ``kg export``, run on a real Neo4j: the same nodes and relations as ``kg push`` puts there."""

from __future__ import annotations

import neo4j
from helpers.small import PEOPLE, day, review, row

from kg.ask.cypher.server import Server, drop, push
from kg.findings.study import find_gaps
from kg.graph.computed import draw_all
from kg.graph.cypher_script import script
from kg.graph.property_graph import as_property_graph
from kg.terms.reader import load

TERMS = load()


def test_the_script_makes_what_a_push_makes(neo4j_server: Server) -> None:
    read = review(
        row("Police/P1", day(1), "bruising", to=("School",), what=("bruising",)),
        row("School/S1", day(2, 4), "neglect", heard_from=("Police",), seen="alone"),
        people=PEOPLE,
    )
    graph = as_property_graph(draw_all(find_gaps(read, TERMS)), TERMS, read.title)
    lines = script(graph).splitlines()
    with (
        neo4j.GraphDatabase.driver(neo4j_server.uri, auth=(neo4j_server.user, neo4j_server.password)) as driver,
        driver.session() as session,
    ):
        session.run("MATCH (n {review: $review}) DETACH DELETE n", review=read.title).consume()
        for line in (each for each in lines if each.startswith(("CREATE CONSTRAINT", "CALL"))):
            session.run(line.rstrip(";")).consume()
        with session.begin_transaction() as transaction:
            for line in (each for each in lines if not each.startswith(("CREATE CONSTRAINT", "CALL"))):
                transaction.run(line.rstrip(";")).consume()
            transaction.commit()
        made = (_count(session, "(n {review: $review})", "n", read.title), _count(session, EDGE, "r", read.title))
        session.run("MATCH (n {review: $review}) DETACH DELETE n", review=read.title).consume()
    pushed = push(neo4j_server, graph)
    drop(neo4j_server, read.title)
    assert made == (graph.node_count, graph.edge_count) == (pushed.nodes, pushed.relations)


EDGE = "({review: $review})-[r]->({review: $review})"


def _count(session: neo4j.Session, pattern: str, counted: str, review: str) -> int:
    (found,) = session.run(f"MATCH {pattern} RETURN count({counted}) AS found", review=review)  # type: ignore[arg-type]
    number: int = found["found"]
    return number
