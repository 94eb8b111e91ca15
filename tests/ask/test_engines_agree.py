"""Every question of the library gives the same rows in plain Python, in Cypher embedded, and in Cypher on a real Neo4j."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from helpers.drawn import INDICATORS, reviews
from helpers.examples import examples
from hypothesis import HealthCheck, Phase, given, settings

from kg.ask.cypher.engine import Embedded, embedded, graphs_of
from kg.ask.cypher.server import Server, ask, drop, push
from kg.ask.cypher.text import parameters_of
from kg.ask.engines import by_python, rows_of
from kg.ask.library import library, values
from kg.ask.question import Question
from kg.findings.study import Study, find_gaps
from kg.graph.property_graph import schema_of
from kg.model.review import Review
from kg.terms.reader import load
from loaders import load as load_review

TERMS = load()
SCHEMA = schema_of(TERMS)
CASES = ("climbie", "connelly", "hayter", "training")
TOGETHER = "all cases"
OF_MANY = [question for question in library() if question.many_reviews]
"""The questions that may be asked of several reviews together."""


def by_name(question: Question) -> str:
    return question.name


@dataclass(frozen=True)
class Asked:
    """Reviews that are in both engines."""

    studied: tuple[Study, ...]
    names: tuple[str, ...]
    graph: Embedded
    server: Server

    @property
    def whole(self) -> bool:
        """Whether it is small enough to be asked with every value."""
        return sum(len(gaps.review.entries) for gaps in self.studied) <= 100

    def agree(self, question: Question, given: dict[str, str]) -> int:
        """The same rows from each; how many."""
        bound = values(question, given, self.studied)
        wanted = by_python(question, self.studied, bound)
        embedded_answer = self.graph.ask(question.cypher, bound)
        assert embedded_answer.columns == question.columns
        assert rows_of(embedded_answer.rows) == wanted, f"{question.name}, embedded"
        name, *others = self.names
        served = ask(self.server, question.cypher, bound, review=name, others=others, schema=SCHEMA)
        assert served.columns == question.columns
        assert rows_of(served.rows) == wanted, f"{question.name}, on the server"
        return len(wanted)


def both(server: Server, studied: Sequence[Study]) -> Iterator[Asked]:
    graphs = list(graphs_of(studied))
    for graph in graphs:
        push(server, graph)
    with embedded(*graphs) as held:
        yield Asked(tuple(studied), tuple(graph.review for graph in graphs), held, server)
    for graph in graphs:
        drop(server, graph.review)


def study(read: Review) -> Study:
    return find_gaps(read, TERMS)


@pytest.fixture(scope="module")
def asked(request: pytest.FixtureRequest, neo4j_server: Server) -> Iterator[Asked]:
    names = CASES if request.param == TOGETHER else (request.param,)
    folders = [request.getfixturevalue(name) for name in names]
    yield from both(neo4j_server, [study(load_review(folder, TERMS).review) for folder in folders])


def givens(question: Question, studied: Sequence[Study]) -> Iterator[dict[str, str]]:
    """The question as it stands, and with each of its parameters filled in."""
    yield {}
    agencies = [agency.name for agency in studied[0].review.agencies]
    for parameter in question.parameters:
        filled = {
            "agency": [*agencies[:3], "x' OR 'a' = 'a"],
            "indicator": INDICATORS[:2],
            "day": ["01/01/2000", "08/02/2021"],
        }
        for words in filled[parameter.name]:
            yield {parameter.name: words}


# Parametrised alone, "asked" keeps the scope of its module: reviews are drawn and pushed once, not for every question.
@pytest.mark.parametrize("question", library(), ids=by_name)
@pytest.mark.parametrize("asked", CASES, indirect=True)
def test_every_engine_gives_the_same_rows(asked: Asked, question: Question) -> None:
    agree_on(asked, question)


@pytest.mark.parametrize("question", OF_MANY, ids=by_name)
@pytest.mark.parametrize("asked", [TOGETHER], indirect=True)
def test_every_engine_gives_the_same_rows_of_several_reviews(asked: Asked, question: Question) -> None:
    agree_on(asked, question)


def agree_on(asked: Asked, question: Question) -> None:
    words = list(givens(question, asked.studied))
    for given_words in words if asked.whole else words[:2]:
        asked.agree(question, given_words)


@settings(
    max_examples=examples(5),
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(read=reviews())
def test_every_engine_gives_the_same_rows_of_drawn_reviews(neo4j_server: Server, read: Review) -> None:
    for drawn in both(neo4j_server, [study(read)]):
        for question in library():
            for given_words in list(givens(question, drawn.studied))[:2]:
                drawn.agree(question, given_words)


def test_drawn_reviews_give_the_questions_something_to_find() -> None:
    answered: set[str] = set()

    @settings(max_examples=250, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
    @given(read=reviews())
    def look(read: Review) -> None:
        studied = [study(read)]
        answered.update(each.name for each in library() if by_python(each, studied, values(each, {}, studied)))

    look()
    # The rules of the one need more entries than a drawn review has; a drawn row is known and written down at once.
    assert {each.name for each in library()} - answered <= {"held-only-together", "learnt-or-written-late"}


@pytest.mark.parametrize("question", library(), ids=by_name)
def test_parameters_are_bound_in_cypher(question: Question) -> None:
    supplied = {"reviews"} if question.many_reviews else {"review"}
    assert parameters_of(question.cypher) == {parameter.name for parameter in question.parameters} | supplied


def test_a_question_keeps_to_its_own_review(neo4j_server: Server, climbie: Path) -> None:
    whole = replace(load_review(climbie, TERMS).review, title="The whole of it")
    one, other = study(whole), study(replace(whole, title="The beginning", entries=whole.entries[:9]))
    for together in both(neo4j_server, [one, other]):
        for question in library():
            if not question.many_reviews:
                for gaps, name in zip(together.studied, together.names, strict=True):
                    bound = values(question, {}, [gaps])
                    wanted = by_python(question, [gaps], bound)
                    found = ask(neo4j_server, question.cypher, {**bound, "review": name}, review=name, schema=SCHEMA)
                    assert rows_of(found.rows) == wanted, question.name
                    assert rows_of(together.graph.ask(question.cypher, {**bound, "review": name}).rows) == wanted
