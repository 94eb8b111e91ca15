"""Every class and property of the ontology, asked for by name in both languages: held, or refused; never a silence."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import kg
from kg.ask.cypher.engine import Embedded, embedded, graphs_of
from kg.ask.refusal import NotAsked
from kg.ask.sparql.text import check
from kg.findings.study import Study
from kg.graph.addresses import OUTSIDE, Name, Words
from kg.graph.drawing import VERBATIM
from kg.graph.property_graph import schema_of
from kg.terms.explain import explain_term
from kg.terms.reader import load
from kg.terms.tables import Word

TERMS = load()
SCHEMA = schema_of(TERMS)
NAMES = Words(TERMS)
HERE = [word for word in TERMS.words if word.in_graph]
ELSEWHERE = [word for word in TERMS.words if not word.in_graph]


@pytest.fixture(scope="module")
def graph(hayter: Path) -> Iterator[Embedded]:
    gaps: Study = kg.find_gaps(kg.load(hayter).review)
    with embedded(*graphs_of([gaps])) as held:
        yield held


def called(word: Word) -> str:
    return word.name


def cypher(word: Word) -> str:
    """A question in Cypher for a word of the ontology; between backticks, since some are words of Cypher too."""
    key = NAMES[word.name].key
    if word.kind == "class":
        return f"MATCH (x:`{key}`) RETURN count(*)"
    if word.relation:
        kind = SCHEMA.relations.get(word.iri, key.upper())
        return f"MATCH ()-[x:{kind}]->() RETURN count(*)"
    return f"MATCH (x) RETURN x.`{key}` LIMIT 1"


@pytest.mark.parametrize("word", HERE, ids=called)
def test_what_the_graph_can_hold_can_be_asked_for_in_both_languages(graph: Embedded, word: Word) -> None:
    check(f"SELECT ?x WHERE {{ ?x a|<{word.iri}> ?y }}", TERMS)
    if word.name in SCHEMA.further:
        with pytest.raises(NotAsked, match=r"Ask for \("):
            graph.ask(cypher(word))
        return
    graph.ask(cypher(word))


@pytest.mark.parametrize("word", ELSEWHERE, ids=called)
def test_what_stands_in_no_graph_is_refused_in_both_languages(graph: Embedded, word: Word) -> None:
    with pytest.raises(NotAsked, match="stands in no graph"):
        check(f"SELECT ?x WHERE {{ ?x a|<{word.iri}> ?y }}", TERMS)
    if NAMES[word.name].key in SCHEMA.values:
        return  # another property, of things in the graph, has the same name there
    with pytest.raises(NotAsked, match=r"stands in no graph|no relation is called"):
        graph.ask(cypher(word))


@pytest.mark.parametrize("name", OUTSIDE, ids=lambda name: name.key)
def test_words_of_other_vocabularies_that_a_graph_uses_can_be_asked_for(graph: Embedded, name: Name) -> None:
    kind = SCHEMA.relations.get(name.iri)
    question = f"MATCH ()-[x:{kind}]->() RETURN count(*)" if kind else f"MATCH (x) RETURN x.{name.key} LIMIT 1"
    assert graph.ask(question).rows


def test_every_name_of_a_column_is_told_by_its_heading() -> None:
    """In SPARQL, in Cypher and as a column: one name, or ``kg ontology`` tells each."""
    for column in TERMS.properties:
        told = "\n".join(explain_term(TERMS, column.label))
        key = SCHEMA.relations.get(column.predicate, column.graph_key)
        for name in (column.predicate.rpartition("/")[2], key, column.notation):
            assert name in told, f"kg ontology {column.label!r} does not give the name {name}"
        if column.kind not in VERBATIM:
            assert NAMES.written(column).key in told


@pytest.mark.parametrize("word", HERE, ids=called)
def test_every_name_of_a_word_is_told_by_it(word: Word) -> None:
    told = "\n".join(explain_term(TERMS, word.name))
    key = SCHEMA.relations.get(word.iri, NAMES[word.name].key)
    assert f"kg:{word.name}" in told
    assert key in told, f"kg ontology {word.name} does not give {key}"
