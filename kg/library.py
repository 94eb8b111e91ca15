"""The library of questions: what reviewers ask again and again, each in words, in SPARQL and in Cypher.

A question is one small file in ``kg/_questions``. Whatever answers it (SPARQL on either engine, Cypher on either, or the
plain Python of ``kg.asked``) gives the same rows; a test holds them to that.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from kg.cypher_words import NotAsked, near
from kg.gaps import Gaps
from kg.model import Review
from kg.property_graph import sound
from kg.terms import Terms
from kg.when import BEGINNING, DAY, END, day_of

if TYPE_CHECKING:
    from kg.neo4j_server import Server
    from kg.query import Stop

HOME = Path(__file__).with_name("_questions")
RECORD, COMPUTED = "record", "computed"
ENGINES = ("sparql", "python", "rdflib", "cypher")
"""What can answer a question on this computer: SPARQL on Oxigraph, plain Python, SPARQL on rdflib, Cypher embedded."""
TIMEOUT = 60.0
"""Seconds that a question may take, unless more are given."""

Cell = str | int | bool
Row = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Parameter:
    """What a question may be given: its name, what it is for, and its ``kind`` ("text" or "day").

    Text that is not given is "", and then nothing is left out for it. A day that is not given is that of the incident.
    """

    name: str
    kind: str
    title: str
    required: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """A question of the library, in words and in each language.

    ``title`` is the question as a reviewer would put it, ``about`` what is counted and what not. ``layer`` is "record"
    where the query itself works it out from what agencies wrote, else "computed". ``columns`` name the cells of a row.
    ``many_reviews``: it may be asked of several reviews at once. In ``sparql`` a parameter stands in the graph as
    ``kg:asked asked:NAME ?value``, in ``cypher`` as ``$NAME``.
    """

    name: str
    title: str
    about: str
    layer: str
    columns: tuple[str, ...]
    parameters: tuple[Parameter, ...]
    sparql: str
    cypher: str
    many_reviews: bool = False


@dataclass(frozen=True, slots=True)
class Unstudied:
    """A review as it was read, with nothing computed of it: enough for questions that the entries alone answer."""

    review: Review
    terms: Terms


Material = Gaps | Unstudied


@cache
def library() -> tuple[Question, ...]:
    """Every question, in the order in which a review comes to ask them."""
    read = [(file.stem, tomllib.loads(file.read_text(encoding="utf-8"))) for file in HOME.glob("*.toml")]
    return tuple(_question(name, told) for name, told in sorted(read, key=lambda each: (each[1]["turn"], each[0])))


def _question(name: str, told: Mapping[str, Any]) -> Question:
    return Question(
        name,
        told["title"],
        " ".join(told["about"].split()),
        told["layer"],
        tuple(told["columns"]),
        tuple(Parameter(**each) for each in told.get("parameters", ())),
        told["sparql"].strip() + "\n",
        told["cypher"].strip() + "\n",
        told.get("many_reviews", False),
    )


def question(name: str) -> Question | None:
    """The question of that name, or None if there is none."""
    return next((each for each in library() if each.name == name.strip()), None)


def named(name: str) -> Question:
    """The question of that name. Raises NotAsked, with the one perhaps meant, if there is none."""
    found = question(name)
    if found is None:
        raise NotAsked(
            f"No question is called {name}.{near(name, [each.name for each in library()])} Nothing was asked.\n"
            "  kg query --list lists them."
        )
    return found


def answer(
    gaps: Material | Sequence[Material],
    asked: Question,
    given: Mapping[str, str] | None = None,
    *,
    engine: str = "sparql",
    server: Server | None = None,
    timeout: float = TIMEOUT,
    stop: Stop | None = None,
) -> tuple[tuple[str, ...], tuple[Row, ...]]:
    """The columns and rows of a question's answer, from one review, or from several where the question may be.

    ``given`` are the parameters in words, ``engine`` one of ``ENGINES``; each gives the same rows, in the same order.
    What is ``Unstudied`` can be asked questions of the record layer, in Python and in SPARQL. With a ``server`` that one
    answers. ``timeout`` (seconds) ends SPARQL on Oxigraph and Cypher, ``stop`` SPARQL on Oxigraph; the other two run in
    this process, to their end. Raises NotAsked, also for an agency or indicator that does not exist, and TookTooLong as
    the engines do, and NotServed for a server.
    """
    studied = (gaps,) if isinstance(gaps, Gaps | Unstudied) else tuple(gaps)
    if len(studied) > 1 and not asked.many_reviews:
        many = ", ".join(each.name for each in library() if each.many_reviews)
        raise NotAsked(f"{asked.name} is asked of one review at a time. Nothing was asked.\n  Of several: {many}.")
    bound = values(asked, {name: _meant(name, words, studied) for name, words in (given or {}).items()}, studied)
    if server is not None:
        return asked.columns, by_server(asked, studied, bound, server, timeout=timeout)
    if engine == "python":
        return asked.columns, by_python(asked, studied, bound)
    if engine == "rdflib":
        return asked.columns, by_rdflib(asked, studied, bound)
    if engine == "cypher":
        return asked.columns, by_cypher(asked, studied, bound, timeout=timeout)
    return asked.columns, by_sparql(asked, studied, bound, timeout=timeout, stop=stop)


def _meant(name: str, words: str, studied: Sequence[Material]) -> str:
    """The agency or indicator that words name, in any case of letters: what nobody is called would be read as silence.

    Raises NotAsked for a name that no agency of the reviews has, and for an indicator that the vocabulary lacks.
    """
    if name == "agency":
        known = {agency.name.casefold(): agency.name for each in studied for agency in each.review.agencies}
        what = "No agency of the review is called"
    elif name == "indicator" and studied:
        concepts = studied[0].terms.schemes["indicator"].concepts
        known = {called.casefold(): each.notation for each in concepts for called in (each.notation, each.label)}
        what = "No indicator is called"
    else:
        return words
    found = known.get(words.strip().casefold(), "") if words.strip() else words
    if words.strip() and not found:
        raise NotAsked(f'{what} "{words}".{near(words, [*known.values()])} Nothing was asked.')
    return found


def values(asked: Question, given: Mapping[str, str], studied: Sequence[Material]) -> dict[str, str | date]:
    """The value of every parameter: as given in words, else the one that leaves nothing out.

    Raises NotAsked for a name that the question does not take, and for words that are not what its kind wants.
    """
    names = [each.name for each in asked.parameters]
    for name in given:
        if name not in names:
            takes = f"It takes {', '.join(names)}." if names else "It takes none."
            raise NotAsked(f"{asked.name} takes no {name}.{near(name, names)} Nothing was asked.\n  {takes}")
    return {each.name: _value(each, given.get(each.name, ""), studied) for each in asked.parameters}


def _value(parameter: Parameter, words: str, studied: Sequence[Material]) -> str | date:
    if parameter.kind != "day":
        return words
    if words.strip():
        return _day(words, studied)
    ends = [gaps.review.incident.earliest for gaps in studied if BEGINNING < gaps.review.incident.earliest < END]
    ends += [entry.when.latest for gaps in studied for entry in gaps.review.entries if entry.when.latest < END]
    return day_of(ends[0]) if ends else date.max


def _day(words: str, studied: Sequence[Material]) -> date:
    from kg.dates import DateReader

    when, wrong = (DateReader(studied[0].review.period) if studied else DateReader()).read(words)
    if wrong or not when.closed or when.latest - when.earliest >= DAY:
        why = wrong or "one day is wanted, and these words leave several open"
        raise NotAsked(f'"{words}" is not a day: {why}. Nothing was asked.\n  Write it day first, as 06/08/1999.')
    return day_of(when.earliest)


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
    """Rows with plain cells, no row twice, in order of their text."""
    rows = {tuple(cell(value) for value in row) for row in found}
    return tuple(sorted(rows, key=lambda row: [(str(type(value)), str(value).zfill(12)) if isinstance(value, int)
                                               else ("", value) for value in row]))  # fmt: skip


def by_python(asked: Question, studied: Sequence[Material], given: Mapping[str, str | date]) -> tuple[Row, ...]:
    """The rows by plain Python over the reviews themselves: what every engine is held to."""
    from kg.asked import ANSWERS

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
    from kg.query import ask_sparql, content

    found = ask_sparql(
        _statements(asked, studied), asked.sparql, _terms(studied), parameters=given, timeout=timeout, stop=stop
    )
    return rows_of([content(each) for each in row] for row in found.rows)


def by_rdflib(asked: Question, studied: Sequence[Material], given: Mapping[str, str | date]) -> tuple[Row, ...]:
    """The rows by SPARQL on rdflib: slower, in this process, and a second opinion on the first."""
    from rdflib import Graph
    from rdflib.term import Literal, URIRef

    from kg.quads import Iri
    from kg.query import asked as parameters
    from kg.rdf import literal
    from kg.sparql_words import SUPPLIED

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
    """The rows by Cypher on the embedded engine, which is ended after ``timeout`` seconds. Raises as ``kg.cypher.ask``."""
    from kg.cypher import embedded
    from kg.drawing_computed import draw_all
    from kg.property_graph import as_property_graph

    whole = [each for each in studied if isinstance(each, Gaps)]
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
    """The rows by Cypher on a Neo4j server that has the reviews, by their titles. Raises as ``kg.neo4j_server.ask``."""
    from kg.neo4j_server import ask
    from kg.property_graph import schema_of

    title, *others = (gaps.review.title for gaps in studied)
    schema = schema_of(_terms(studied))
    found = ask(server, asked.cypher, given, review=title, others=others, schema=schema, timeout=timeout)
    return rows_of(found.rows)


def _solutions(found: Any) -> Iterable[Sequence[Any]]:
    return [tuple(row) for row in found]


def _statements(asked: Question, studied: Sequence[Material]) -> Iterable[Any]:
    """What a question's SPARQL can speak of, and no more: each of its properties and classes is named in it."""
    from kg.quads import quads, record_quads
    from kg.sparql_words import named

    only = named(asked.sparql)
    if asked.layer == RECORD:
        for read in studied:
            yield from record_quads(read.review, read.terms, provenance=False, only=only)
        return
    for gaps in _whole(studied, asked):
        yield from quads(gaps, provenance=False, only=only)


def _whole(studied: Sequence[Material], asked: Question) -> list[Gaps]:
    """What is studied. What is not is passed on only to a question that looks at its entries alone."""
    if asked.layer == COMPUTED and not all(isinstance(each, Gaps) for each in studied):
        raise TypeError(f"{asked.name} needs what is computed of a review")
    return cast("list[Gaps]", list(studied))


def _terms(studied: Sequence[Material]) -> Terms:
    return studied[0].terms
