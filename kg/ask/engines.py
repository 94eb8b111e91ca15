"""One question answered by each engine: Python, SPARQL, Cypher, a server. The answers are equal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, cast

from kg.base.signs import sound
from kg.findings.study import Study
from kg.model.review import Review
from kg.terms.reader import Terms

if TYPE_CHECKING:
    from kg.ask.cypher.server import Server
    from kg.ask.sparql.engine import Stop
from kg.ask.limits import ROWS, TIMEOUT, too_many
from kg.ask.question import COMPUTED, RECORD, Question

ENGINES = ("sparql", "python", "rdflib", "cypher")
"""What can answer a question on this computer: SPARQL on Oxigraph, plain Python, SPARQL on rdflib, Cypher embedded."""

Cell = str | int | bool
Row = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Unstudied:
    """A review as it was read, with nothing computed of it: enough for questions that the entries alone answer."""

    review: Review
    terms: Terms


Material = Study | Unstudied


def cell(value: object) -> Cell:
    """A value as every engine's rows have it in the end: text, numbers, yes or no; a day or moment as text, none as ""."""
    if value is None:
        return ""
    if isinstance(value, str):
        return sound(value)
    if isinstance(value, bool | int):
        return value
    if isinstance(value, datetime):
        return value.isoformat(timespec="minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return str(value)


def rows_of(found: Iterable[Sequence[object]]) -> tuple[Row, ...]:
    """Rows with plain cells, no row twice, in order of their text. Raises NotAsked where they are more than ``ROWS``."""
    rows: set[Row] = set()
    for row in found:
        rows.add(tuple(cell(value) for value in row))
        if len(rows) > ROWS:
            raise too_many(ROWS)
    return tuple(sorted(rows, key=lambda row: [(str(type(value)), str(value).zfill(12)) if isinstance(value, int)
                                               else ("", value) for value in row]))  # fmt: skip


def by_python(asked: Question, studied: Sequence[Material], given: Mapping[str, str | date]) -> tuple[Row, ...]:
    """The rows by plain Python over the reviews themselves: what every engine is held to."""
    from kg.ask.in_python import ANSWERS

    return rows_of(ANSWERS[asked.name](_whole(studied, asked), given))


def by_sparql(
    asked: Question,
    studied: Sequence[Material],
    given: Mapping[str, str | date],
    *,
    timeout: float = TIMEOUT,
    stop: Stop | None = None,
) -> tuple[Row, ...]:
    """The rows by SPARQL on Oxigraph, in a process that is ended after ``timeout`` seconds. Raises as ``ask_sparql``."""
    from kg.ask.sparql.engine import ask_sparql, content

    found = ask_sparql(
        _statements(asked, studied), asked.sparql, _terms(studied), parameters=given, timeout=timeout, stop=stop
    )
    return rows_of([content(each) for each in row] for row in found.rows)


def by_rdflib(asked: Question, studied: Sequence[Material], given: Mapping[str, str | date]) -> tuple[Row, ...]:
    """The rows by SPARQL on rdflib: slower, in this process, and a second opinion on the first."""
    from rdflib import Graph
    from rdflib.term import Literal, URIRef

    from kg.ask.sparql.engine import asked as parameters
    from kg.ask.sparql.text import SUPPLIED
    from kg.graph.rdf.quads import Iri
    from kg.graph.rdf.triples import literal

    graph = Graph(bind_namespaces="none")
    for subject, predicate, thing, _ in (*_statements(asked, studied), *parameters(given)):
        graph.add((URIRef(subject), URIRef(predicate), URIRef(thing) if isinstance(thing, Iri) else literal(thing)))
    found = graph.query(asked.sparql, initNs=dict(SUPPLIED))
    rows = [[each.toPython() if isinstance(each, Literal) else each for each in row] for row in _solutions(found)]
    # Where nothing is grouped, rdflib gives one row of nothing; the first column of a question always has a value.
    return rows_of(row for row in rows if row[0] is not None)


def by_cypher(
    asked: Question, studied: Sequence[Material], given: Mapping[str, str | date], *, timeout: float = TIMEOUT
) -> tuple[Row, ...]:
    """The rows by Cypher on the embedded engine, ended after ``timeout`` seconds. Raises as ``kg.ask.cypher.engine.ask``."""
    from kg.ask.cypher.engine import embedded
    from kg.graph.computed import draw_all
    from kg.graph.property_graph import as_property_graph

    whole = [each for each in studied if isinstance(each, Study)]
    graphs = (as_property_graph(draw_all(gaps), gaps.terms, gaps.review.title) for gaps in whole)
    with embedded(*graphs) as graph:
        return rows_of(graph.ask(asked.cypher, given, timeout=timeout).rows)


def by_server(
    asked: Question,
    studied: Sequence[Material],
    given: Mapping[str, str | date],
    server: Server,
    *,
    timeout: float = TIMEOUT,
) -> tuple[Row, ...]:
    """The rows by Cypher on a Neo4j server that has the reviews, by their titles. Raises as ``kg.ask.cypher.server.ask``."""
    from kg.ask.cypher.server import ask
    from kg.graph.property_graph import schema_of

    title, *others = (gaps.review.title for gaps in studied)
    schema = schema_of(_terms(studied))
    found = ask(server, asked.cypher, given, review=title, others=others, schema=schema, timeout=timeout)
    return rows_of(found.rows)


def _solutions(found: Any) -> Iterable[Sequence[Any]]:
    return [tuple(row) for row in found]


def _statements(asked: Question, studied: Sequence[Material]) -> Iterable[Any]:
    """What a question's SPARQL can speak of, and no more: each of its properties and classes is named in it."""
    from kg.ask.sparql.text import named
    from kg.graph.rdf.quads import quads, record_quads

    only = named(asked.sparql)
    if asked.layer == RECORD:
        for read in studied:
            yield from record_quads(read.review, read.terms, provenance=False, only=only)
        return
    for gaps in _whole(studied, asked):
        yield from quads(gaps, provenance=False, only=only)


def _whole(studied: Sequence[Material], asked: Question) -> list[Study]:
    """What is studied. What is not is passed on only to a question that looks at its entries alone."""
    if asked.layer == COMPUTED and not all(isinstance(each, Study) for each in studied):
        raise TypeError(f"{asked.name} needs what is computed of a review")
    return cast("list[Study]", list(studied))


def _terms(studied: Sequence[Material]) -> Terms:
    return studied[0].terms
