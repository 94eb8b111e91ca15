"""No question takes the machine with it: each engine is held to its time, its memory, and an answer that can be read."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest
from helpers.small import day, review, row

from kg.ask import limits
from kg.ask.cypher.engine import Embedded, embedded
from kg.ask.engines import rows_of
from kg.ask.refusal import NotAsked
from kg.ask.sparql.engine import ask_sparql
from kg.findings.study import Study, find_gaps
from kg.graph.computed import draw_all
from kg.graph.property_graph import as_property_graph
from kg.graph.rdf.quads import quads
from kg.terms.reader import load

TERMS = load()
MANY = limits.ROWS + 1


@pytest.fixture(scope="module")
def studied() -> Study:
    return find_gaps(review(row("Police/P1", day(1), "bruising")), TERMS)


@pytest.fixture
def graph(studied: Study) -> Iterator[Embedded]:
    with embedded(as_property_graph(draw_all(studied), TERMS, "x")) as opened:
        yield opened


def sparql(studied: Study, text: str) -> object:
    return ask_sparql(quads(studied), text, TERMS)


@pytest.mark.skipif(sys.platform != "linux", reason="addresses are counted in another way there")
@pytest.mark.parametrize(
    "text", ["RETURN size(repeat('x', 2000000000))", "UNWIND range(1, 3000000) AS a RETURN repeat('x', 1000) AS x"]
)
def test_cypher_has_no_more_memory_than_it_is_given(
    graph: Embedded, text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.ask.cypher.engine.MEMORY", 4 << 30)
    monkeypatch.setattr("kg.ask.cypher.engine.only_reading", lambda text: None)
    with pytest.raises(NotAsked, match=r"memory|longer than|more than it could bear"):
        graph.ask(text)
    assert graph.ask("MATCH (e:Entry) RETURN count(e)").rows == ((1,),), "the next question is answered"


def test_more_rows_than_anybody_reads_are_refused_with_a_word_by_each_engine(
    graph: Embedded, studied: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = f"more than {limits.ROWS:,} rows"
    assert told == "more than 100,000 rows"
    with pytest.raises(NotAsked, match=told) as refused:
        graph.ask(f"UNWIND range(1, {MANY}) AS n RETURN n")
    assert "a part would look like the whole" in str(refused.value)
    assert len(graph.ask(f"UNWIND range(1, {MANY - 1}) AS n RETURN n").rows) == limits.ROWS
    with pytest.raises(NotAsked, match=told):
        rows_of((number,) for number in range(MANY))
    monkeypatch.setattr("kg.ask.sparql.engine.ROWS", 2000)
    told = "more than 2,000 rows"
    with pytest.raises(NotAsked, match=told):
        sparql(studied, "SELECT ?a ?c ?e ?g { ?a ?b ?c . ?e ?f ?g }")
    with pytest.raises(NotAsked, match=told):
        sparql(studied, "CONSTRUCT { ?a ?f ?g } { ?a ?b ?c . ?e ?f ?g }")


def test_fewer_rows_that_are_longer_than_anybody_reads_are_refused_too(
    studied: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert limits.SIZE == 256 << 20
    for engine in ("cypher", "sparql"):
        monkeypatch.setattr(f"kg.ask.{engine}.engine.SIZE", 8 << 20)
    graph = as_property_graph(draw_all(studied), TERMS, "x")
    with embedded(graph) as opened, pytest.raises(NotAsked, match="longer than"):
        opened.ask("UNWIND range(1, 40) AS n RETURN repeat('x', 500000) AS x")
    doubled = "CONCAT(STR(?b), STR(?b), STR(?b), STR(?b))"
    for _ in range(5):
        doubled = f"CONCAT({doubled}, {doubled}, {doubled}, {doubled})"
    with pytest.raises(NotAsked, match="longer than 8 MB"):
        sparql(studied, f"SELECT ({doubled} AS ?long) {{ ?a ?b ?c }}")
