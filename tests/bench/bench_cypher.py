"""How fast "what did not arrive" is answered for 10,000 entries in 50 reviews, by each engine: ``make bench``.

Measured by the wall, in one run: how long until an engine is ready (drawing and taking in), and how long the question
takes. Beside the library's question over what is computed stands one query over the bare entries, as one might first
write it, ended after a minute. It knows nothing of need, relays, doubtful dates or judgement, so its rows are no answer.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import pytest
from bench.made import make_reviews
from helpers.real_neo4j import Lacking, Neo4j, resolve

from kg.ask.cypher.engine import embedded
from kg.ask.cypher.server import Server, ask, push
from kg.ask.engines import Row, by_python, by_rdflib, by_sparql, rows_of
from kg.ask.library import named
from kg.ask.refusal import NotAsked, TookTooLong
from kg.ask.sparql.engine import ask_sparql
from kg.findings.study import Study, find_gaps
from kg.graph.computed import draw_all
from kg.graph.property_graph import PropertyGraph, as_property_graph, schema_of
from kg.graph.rdf.quads import record_quads
from kg.terms.reader import load as load_terms
from loaders import load

REVIEWS, EACH = 50, 200
BOUND = 60.0
"""Seconds after which the query over the bare entries is ended."""

TERMS = load_terms()
ASKED = named("did-not-arrive")
OF_ALL = ASKED.cypher.replace("review: $review, ", "")
"""The library's question in Cypher, of every review in the graph at once."""

NAIVE_SPARQL = """
SELECT DISTINCT ?person ?concept ?seeker ?holder
WHERE {
  ?held kg:indicator ?concept ; kg:people ?person ; kg:agency ?holder ; kg:latestDay ?since .
  ?contact a kg:Contact ; kg:people ?person ; kg:agency ?seeker ; kg:earliestDay ?day .
  FILTER(?holder != ?seeker && ?since < ?day)
  FILTER NOT EXISTS {
    ?own kg:agency ?seeker ; kg:people ?person ; kg:indicator ?concept ; kg:earliestDay ?known .
    FILTER(?known <= ?day)
  }
  FILTER NOT EXISTS {
    ?telling kg:agency ?holder ; kg:people ?person ; kg:sharedWith ?seeker ; kg:earliestDay ?told .
    FILTER(?told <= ?day)
  }
}
"""
NAIVE_CYPHER = """
MATCH (p:Person)<-[:PEOPLE]-(held:Entry)-[:INDICATORS]->(c:Concept)
MATCH (held)-[:HAS_AGENCY]->(holder:Agency)
MATCH (p)<-[:PEOPLE]-(contact:Entry)-[:HAS_AGENCY]->(seeker:Agency)
MATCH (contact)-[:HAS_CONTACT]->(kind:Concept)
WHERE kind.is_contact AND holder.id <> seeker.id AND held.latest_day < contact.earliest_day
  AND NOT EXISTS { MATCH (seeker)<-[:HAS_AGENCY]-(own:Entry)-[:INDICATORS]->(c)
                   WHERE own.earliest_day <= contact.earliest_day AND EXISTS { MATCH (own)-[:PEOPLE]->(p) } }
  AND NOT EXISTS { MATCH (holder)<-[:HAS_AGENCY]-(telling:Entry)-[:SHARED_WITH]->(seeker)
                   WHERE telling.earliest_day <= contact.earliest_day AND EXISTS { MATCH (telling)-[:PEOPLE]->(p) } }
RETURN DISTINCT p.id AS person, c.id AS concept, seeker.id AS seeker, holder.id AS holder
"""


@dataclass(frozen=True, slots=True)
class Taken:
    """One line of the table: seconds until ready, seconds to answer (or how it ended), and how many rows."""

    what: str
    ready: float
    asked: str
    rows: str

    def __str__(self) -> str:
        return f"| {self.what} | {self.ready:.1f} s | {self.asked} | {self.rows} |"


@pytest.fixture(scope="module")
def studied(tmp_path_factory: pytest.TempPathFactory) -> list[Study]:
    made = make_reviews(tmp_path_factory.mktemp("made"), REVIEWS, EACH)
    assert made.entries == REVIEWS * EACH
    return [find_gaps(load(folder, TERMS).review, TERMS) for folder in made.folders]


class Clock:
    """The seconds between two looks at it."""

    def __init__(self) -> None:
        self._last = time.perf_counter()

    def look(self) -> float:
        now = time.perf_counter()
        passed, self._last = now - self._last, now
        return passed


def bounded(what: str, ready: float, question: Callable[[], int]) -> Taken:
    """A query over the bare entries, and how it ended."""
    clock = Clock()
    try:
        rows = f"{question():,}"
        return Taken(what, ready, f"{clock.look():.2f} s", rows)
    except TookTooLong:
        return Taken(what, ready, f"> {BOUND:g} s, ended", "none")
    except NotAsked as wrong:
        return Taken(what, ready, f"ended after {clock.look():.0f} s: {str(wrong).partition(':')[0]}", "none")


@contextmanager
def a_server(folder: Path) -> Iterator[Server | None]:
    """A real Neo4j, or none where it cannot be had."""
    try:
        running = Neo4j(folder / "neo4j", resolve(folder / "classpath.txt"))
    except Lacking:
        yield None
        return
    try:
        running.start()
        yield running.server
    finally:
        running.stop()


def sparql(studied: list[Study]) -> Iterator[tuple[Taken, tuple[Row, ...]]]:
    for what, ask_it in (("SPARQL, Oxigraph", by_sparql), ("SPARQL, rdflib", by_rdflib)):
        clock = Clock()
        found = ask_it(ASKED, studied, {"agency": ""})
        yield Taken(what, 0.0, f"{clock.look():.2f} s, drawing included", f"{len(found):,}"), found
    record = [*chain.from_iterable(record_quads(gaps.review, TERMS, provenance=False) for gaps in studied)]
    clock = Clock()
    ask_sparql(record, "ASK { ?s a kg:Entry }", TERMS)
    ready = clock.look()

    def naive() -> int:
        return len(ask_sparql(record, NAIVE_SPARQL, TERMS, timeout=BOUND).rows)

    yield bounded("bare entries, SPARQL, Oxigraph", ready, naive), ()


def cypher(graphs: list[PropertyGraph], folder: Path) -> Iterator[tuple[Taken, tuple[Row, ...]]]:
    clock = Clock()
    with embedded(*graphs) as graph:
        graph.ask("RETURN 1 AS one")
        ready = clock.look()
        found = rows_of(graph.ask(OF_ALL, {"agency": ""}).rows)
        yield Taken("Cypher, Ladybug", ready, f"{clock.look():.2f} s", f"{len(found):,}"), found
        yield (
            bounded("bare entries, Cypher, Ladybug", ready, lambda: len(graph.ask(NAIVE_CYPHER, timeout=BOUND).rows)),
            (),
        )
    with a_server(folder) as server:
        if server is None:
            return
        clock.look()
        for each in graphs:
            push(server, each)
        ready, schema = clock.look(), schema_of(TERMS)

        def served(text: str, timeout: float) -> tuple[tuple[object, ...], ...]:
            return ask(server, text, {"agency": ""}, review=graphs[0].review, schema=schema, timeout=timeout).rows

        served(OF_ALL, 600)  # the first time it plans
        clock.look()
        found = rows_of(served(OF_ALL, 600))
        yield Taken("Cypher, Neo4j", ready, f"{clock.look():.2f} s", f"{len(found):,}"), found
        yield bounded("bare entries, Cypher, Neo4j", ready, lambda: len(served(NAIVE_CYPHER, BOUND))), ()


def test_what_did_not_arrive_in_fifty_reviews(
    studied: list[Study], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    clock = Clock()
    wanted = by_python(ASKED, studied, {"agency": ""})
    lines = [Taken("plain Python", 0.0, f"{clock.look():.2f} s", f"{len(wanted):,}")]
    graphs = [as_property_graph(draw_all(gaps), TERMS, gaps.review.title) for gaps in studied]
    drawn = clock.look()
    for taken, found in chain(sparql(studied), cypher(graphs, tmp_path)):
        lines.append(taken)
        assert not found or found == wanted, taken.what
    with capsys.disabled():
        told = (
            f"\nWhat did not arrive, {REVIEWS * EACH:,} entries in {REVIEWS} reviews; drawn for Cypher in {drawn:.1f} s"
        )
        sys.stdout.write("\n".join([told, *map(str, lines)]) + "\n")
    assert len(wanted) > REVIEWS
