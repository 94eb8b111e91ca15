"""What is computed is said in words of vocabularies: the ontology, the shapes and the contract for programs agree on them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from rdflib import SH, Graph, Literal, URIRef
from rdflib.collection import Collection

import kg
from kg.findings.study import Study
from kg.graph.rdf.quads import quads
from kg.graph.rdf.shape_check import check_graph
from kg.graph.rdf.trig import turtle
from kg.reports.schema import SCHEMA
from kg.terms.namespace import NAMESPACE
from kg.terms.reader import load, shapes

TERMS = load()
SAID = {
    "certainty": "certainty", "grade": "grade", "channel": "channel", "outcome": "duty-outcome", "strength": "strength",
    "status": "finding-status", "openedHow": "opened-how", "reading": "reading",
    "codedBy": "coded-by",
}  # fmt: skip
IN_CONTRACT = {
    "opened_by": "opened-how",
    **{name: scheme for name, scheme in SAID.items() if name not in ("openedHow", "codedBy")},
}


def words_of(scheme: str) -> list[str]:
    return [concept.notation for concept in TERMS.schemes[scheme].concepts]


@pytest.mark.parametrize("name", SAID)
def test_a_shape_allows_the_words_of_the_vocabulary_and_no_others(name: str) -> None:
    asked = shapes()
    heads = [asked.value(shape, SH["in"]) for shape in asked.subjects(SH.path, URIRef(NAMESPACE + name))]
    (head,) = [head for head in heads if head is not None]
    assert [str(word) for word in Collection(asked, head)] == words_of(SAID[name])


def enumerated(part: object, name: str = "") -> Iterator[tuple[str, list[str]]]:
    if isinstance(part, dict):
        if name in IN_CONTRACT and "enum" in part:
            yield name, part["enum"]
        for key, inner in part.items():
            yield from enumerated(inner, key)
    elif isinstance(part, list):
        for inner in part:
            yield from enumerated(inner)


def test_the_contract_for_programs_has_the_same_words() -> None:
    found = list(enumerated(SCHEMA))
    assert {name for name, _ in found} == set(IN_CONTRACT)
    for name, words in found:
        assert set(words) <= set(words_of(IN_CONTRACT[name])), name


@pytest.fixture(scope="module")
def computed(hayter: Path) -> Graph:
    gaps: Study = kg.find_gaps(kg.load(hayter).review)
    return Graph().parse(data=turtle(quads(gaps)), format="turtle")


def test_what_is_computed_fits_the_shapes_and_a_slip_does_not(computed: Graph) -> None:
    assert check_graph(computed, TERMS, every=False) == ()
    predicate = URIRef(NAMESPACE + "strength")
    thing = next(computed.subjects(predicate))
    computed.set((thing, predicate, Literal("rather firm")))
    assert any('"rather firm" is no word of strength' in problem.what for problem in check_graph(computed, TERMS))
