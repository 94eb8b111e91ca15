"""The Cypher script of ``kg export``, run in the embedded engine and on a real Neo4j: what it makes is what a push makes."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

import ladybug
import neo4j
import pytest
from helpers.small import PEOPLE, day, review, row

from kg.ask.cypher.engine import SETTINGS, Embedded, plain, tables
from kg.ask.cypher.server import MARK, Server, drop, push
from kg.findings.study import Study, find_gaps
from kg.graph.computed import draw_all
from kg.graph.export import export
from kg.graph.property_graph import PropertyGraph, as_property_graph
from kg.terms.reader import load

TERMS = load()
HARD = """Ann's "house", 'x'}) MATCH (n) DETACH DELETE n // `é` \\ $review\n\tΣ 家 \U0001f476 \0; \x07"""
NODES, RELATIONS = "MATCH (n) RETURN n", "MATCH (a)-[r]->(b) RETURN a.uid, {type}(r), b.uid"

Held = tuple[list[Any], list[tuple[Any, ...]]]
"""Everything in a database: its nodes with labels and values, its relations by both ends."""


@pytest.fixture(scope="module")
def studied() -> Study:
    """A review with every kind of value: text, yes or no, numbers, days, moments, lists; several labels; hard words."""
    return find_gaps(
        review(
            row("Police/P1", day(1), "bruising", to=("School",), what=("bruising",)),
            replace(row("Police/P2", day(1), "bruising", "neglect"), narrative=HARD),
            row("School/S1", day(2, 4), "neglect", heard_from=("Police",), seen="alone"),
            row("School/S2", day(40), "bruising", contact="home-visit", seen="no"),
            people=(replace(PEOPLE[0], aliases=("Sammy", HARD)), *PEOPLE[1:]),
        ),
        TERMS,
    )


@pytest.fixture(scope="module")
def graph(studied: Study) -> PropertyGraph:
    return as_property_graph(draw_all(studied), TERMS, studied.review.title)


@pytest.fixture(scope="module")
def script(studied: Study) -> list[str]:
    """The statements of the script, as ``kg export`` writes it."""
    return [line.removesuffix(";") for line in export(studied, "cypher")[""].splitlines()]


def of_a_server(statement: str) -> bool:
    """Whether a statement is for a server alone: what keeps nodes there once, and labels beside a first one."""
    return statement.startswith(("CREATE CONSTRAINT", "CALL ")) or "}) SET n:" in statement


def test_the_script_makes_on_a_server_what_a_push_makes(
    neo4j_server: Server, graph: PropertyGraph, script: list[str]
) -> None:
    keeping = [each for each in script if each.startswith(("CREATE CONSTRAINT", "CALL "))]
    with (
        neo4j.GraphDatabase.driver(neo4j_server.uri, auth=(neo4j_server.user, neo4j_server.password)) as driver,
        driver.session() as session,
    ):
        session.run("MATCH (n {review: $review}) DETACH DELETE n", review=graph.review).consume()
        for statement in keeping:
            session.run(statement).consume()
        with session.begin_transaction() as transaction:
            for statement in script[len(keeping) :]:
                transaction.run(statement).consume()
            transaction.commit()
        made = on_server(session, graph.review)
        session.run("MATCH (n {review: $review}) DETACH DELETE n", review=graph.review).consume()
        pushed = push(neo4j_server, graph)
        there = on_server(session, graph.review)
    drop(neo4j_server, graph.review)
    assert made == there
    assert (len(made[0]), len(made[1])) == (graph.node_count, graph.edge_count) == (pushed.nodes, pushed.relations)
    assert any(len(labels) > 1 for labels, _ in made[0])


def on_server(session: neo4j.Session, review: str) -> Held:
    nodes = session.run(f"MATCH (n {{review: $review}}) WHERE NOT n:{MARK} RETURN labels(n), n", review=review)
    found = [(sorted(labels), sorted(node.items())) for labels, node in nodes]
    pairs = session.run(
        "MATCH (a {review: $review})-[r]->(b {review: $review}) RETURN a.uid, type(r), b.uid", review=review
    )
    return in_turn(found), sorted(tuple(pair.values()) for pair in pairs)


def test_the_script_makes_in_the_embedded_engine_what_a_question_is_asked_of(
    graph: PropertyGraph, script: list[str]
) -> None:
    with ladybug.Database(":memory:", **SETTINGS) as database, ladybug.Connection(database) as engine:
        engine.execute("CREATE MACRO localdatetime(written) AS timestamp(written)")  # Neo4j's name for it
        engine.execute("BEGIN TRANSACTION")
        for statement in (*tables(graph), *(each for each in script if not of_a_server(each))):
            engine.execute(statement)
        engine.execute("COMMIT")
        made = [list(rows_of(engine.execute(text))) for text in questions("label")]
    asked = Embedded(graph)
    try:
        drawn = [asked.ask(text).rows for text in questions("label")]
    finally:
        asked.close()
    for one, other in zip(made, drawn, strict=True):
        assert in_turn(one) == in_turn(other)
    assert (len(made[0]), len(made[1])) == (graph.node_count, graph.edge_count)


def questions(type_of: str) -> tuple[str, str]:
    return "MATCH (n) RETURN n.uid, label(n), n", RELATIONS.format(type=type_of)


def rows_of(answer: Any) -> Iterator[tuple[object, ...]]:
    while answer.has_next():
        yield tuple(plain(value) for value in answer.get_next())


def in_turn(rows: Iterable[Any]) -> list[Any]:
    return sorted(rows, key=repr)


def test_the_script_has_every_label_type_and_value_of_the_graph(graph: PropertyGraph, script: list[str]) -> None:
    """Counted in its own words, so that what both engines pass over alike is missed as well."""
    made = Counter(each.split("`")[1] for each in script if each.startswith("CREATE (:"))
    wanted = Counter[str]()
    for (label, *_), rows in graph.nodes.items():
        wanted[label] += len(rows)
    assert made == wanted
    related = Counter(each.rsplit("[:`", 1)[1].split("`")[0] for each in script if ")-[:`" in each)
    assert related == Counter(kind for (kind, _, _), pairs in graph.edges.items() for _ in pairs)


@pytest.mark.parametrize("record", [False, True])
def test_both_ends_of_every_relation_stand_among_the_nodes(studied: Study, record: bool) -> None:
    held = {name: table(text) for name, text in export(studied, "csv", record=record).items()}
    nodes = {node["id"] for node in held["nodes.csv"]}
    ends = {end for relation in held["relations.csv"] for end in (relation["from"], relation["to"])}
    assert ends
    assert ends <= nodes
    assert len(nodes) == len(held["nodes.csv"])


def table(text: str) -> list[Mapping[str, str]]:
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
