"""What people are to one another is a word of the vocabulary, read from review.toml, drawn equal everywhere."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from helpers.asking import study
from helpers.small import day, row

import kg
from kg.ask.cypher.engine import embedded, graphs_of
from kg.ask.sparql.engine import ask_sparql
from kg.findings.study import Study
from kg.graph.in_networkx import to_networkx
from kg.graph.rdf.quads import quads
from kg.model.review import Person
from kg.people.kinship import RELATION, relation_in
from kg.terms.reader import load

TERMS = load()
SPARQL = """
SELECT ?name ?kind ?inverse ?whom WHERE {
  ?tie a kg:Relationship ; kg:relationOf/kg:name ?name ; kg:relationTo/kg:name ?whom ;
      kg:relationKind/skos:notation ?kind ; kg:inverseKind/skos:notation ?inverse .
}
"""
CYPHER = """
MATCH (t:Relationship {review: $review})-[:RELATION_OF]->(a:Person), (t)-[:RELATION_TO]->(b:Person),
      (t)-[:RELATION_KIND]->(k:Concept), (t)-[:INVERSE_KIND]->(i:Concept)
RETURN a.name AS name, k.notation AS kind, i.notation AS inverse, b.name AS whom
"""


@pytest.fixture(scope="module")
def gaps() -> Study:
    people = (
        Person("Sam", role="child", relations=("child of Alex and Lee; lives with both",)),
        Person("Jo", role="sibling", relations=("older half-sister of Sam", "aged 9")),
        Person("Alex", role="mother", relations=("great-aunt of Kim",)),
        Person("Lee", role="father", relations=("ex-husband of Alex",)),
        Person("Kim", role="friend", relations=("went to school with Jo",)),
    )
    return study(row("School/1", day(1), "bruising"), people=people)


SAID = {
    ("Sam", "child", "parent", "Alex"),
    ("Sam", "child", "parent", "Lee"),
    ("Jo", "sister", "sibling", "Sam"),
    ("Alex", "aunt", "niece-or-nephew", "Kim"),
    ("Lee", "partner-man", "partner", "Alex"),
}


def test_who_is_what_to_whom_is_the_same_question_on_every_engine(gaps: Study) -> None:
    found = ask_sparql(quads(gaps), SPARQL, TERMS)
    assert {tuple(cell["value"] for cell in line if cell is not None) for line in found.rows} == SAID
    with embedded(*graphs_of([gaps])) as graph:
        assert {tuple(line) for line in graph.ask(CYPHER).rows} == SAID
    network = to_networkx(gaps)
    ties = [id for id, data in network.nodes(data=True) if data["kinds"] == ("Relationship",)]
    leads = [{key: network.nodes[to] for _, to, key in network.out_edges(tie, keys=True)} for tie in ties]
    assert {
        (
            each["relation_of"]["name"],
            each["relation_kind"]["notation"],
            each["inverse_kind"]["notation"],
            each["relation_to"]["name"],
        )
        for each in leads
        if "relation_kind" in each
    } == SAID


def test_words_of_no_relation_are_kept_and_say_none(gaps: Study) -> None:
    network = to_networkx(gaps)
    words = {data["relation_words"] for _, data in network.nodes(data=True) if data["kinds"] == ("Relationship",)}
    assert {"aged 9", "went to school with Jo"} <= words
    assert [relation_in(each, TERMS) for each in ("aged 9", "went to school with Jo")] == ["", ""]


def test_the_inverse_of_an_inverse_leads_back() -> None:
    for concept in TERMS.schemes[RELATION].concepts:
        for inverse in concept.said("inverse"):
            other = TERMS.concept(RELATION, inverse)
            assert other is not None
            (back,) = other.said("inverse")
            family = TERMS.broader(RELATION, concept.notation)
            assert back in family or concept.notation in TERMS.broader(RELATION, back), concept.notation


def test_family_words_stand_in_the_ontology_and_not_in_the_program() -> None:
    said = {concept.label.casefold() for concept in TERMS.schemes[RELATION].concepts if concept.said("inverse")}
    said -= {
        "child",
        "partner",
        "friend",
        "neighbour",
        "relative",
        "associate",
        "carer",
        "baby",
        "parent",
    }  # names of marks
    house = Path(kg.__file__).parent
    files = [*house.glob("people/*.py"), *house.glob("graph/**/*.py"), house / "coding" / "naming.py"]
    for file in (*files, house.parent / "loaders" / "rows" / "listed_people.py"):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        words = {
            node.value.casefold()
            for node in ast.walk(tree)
            if isinstance(node, ast.Constant) and isinstance(node.value, str)
        }
        assert not words & said, file.name
