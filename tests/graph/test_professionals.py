"""Whoever acts for an agency is a node with a part in it: by name, by role and number, or by role alone."""

from __future__ import annotations

from dataclasses import replace

import pytest
from helpers.asking import study
from helpers.small import day, row

from kg.ask.cypher.engine import embedded, graphs_of
from kg.ask.sparql.engine import ask_sparql
from kg.findings.study import Study
from kg.graph.in_networkx import to_networkx
from kg.graph.rdf.quads import quads
from kg.model.record import Entry
from kg.terms.reader import load

TERMS = load()
SPARQL = """
SELECT ?entry ?agency ?name ?role ?one WHERE {
  ?e kg:entryName ?entry ; kg:actedBy ?who . ?who kg:name ?name ; kg:memberOf/kg:name ?agency ; kg:particular ?one .
  ?post a kg:Membership ; kg:member ?who ; kg:organisation/kg:name ?agency ; kg:roleTitle ?role .
}
"""
CYPHER = """
MATCH (e:Entry {review: $review})-[:ACTED_BY]->(w:Professional)-[:MEMBER_OF]->(a:Agency),
      (m:Membership)-[:MEMBER]->(w), (m)-[:ORGANISATION]->(b:Agency)
WHERE a.name = b.name
RETURN e.entry_name AS entry, a.name AS agency, w.name AS name, m.role_title AS role, w.particular AS one
"""


def by(entry: Entry, words: str) -> Entry:
    return replace(entry, cells={**entry.cells, "professional": words})


@pytest.fixture(scope="module")
def gaps() -> Study:
    return study(
        by(row("Care/1", day(1)), "SW2; Jo Hart (team manager)"),
        by(row("Care/2", day(2)), "Social worker 2"),
        by(row("Care/3", day(3)), "Jo Hart (social worker)"),
        by(row("School/1", day(3)), "Jo Hart (teacher)"),
        by(row("School/2", day(4)), "Head"),
        by(row("Family/1", day(4)), "Neighbour"),
        row("Police/1", day(5)),
    )


SAID = {
    ("Care/1", "Care", "social worker 2", "social worker", True),
    ("Care/1", "Care", "Jo Hart", "team manager", True),
    ("Care/1", "Care", "Jo Hart", "social worker", True),
    ("Care/2", "Care", "social worker 2", "social worker", True),
    ("Care/3", "Care", "Jo Hart", "team manager", True),
    ("Care/3", "Care", "Jo Hart", "social worker", True),
    ("School/1", "School", "Jo Hart", "teacher", True),
    ("School/2", "School", "head", "head", False),
}


def test_who_acted_for_which_agency_in_which_role_is_the_same_question_on_every_engine(gaps: Study) -> None:
    found = ask_sparql(quads(gaps), SPARQL, TERMS)
    rows = [[cell["value"] for cell in line if cell is not None] for line in found.rows]
    assert {(*line[:4], line[4] == "true") for line in rows} == SAID
    with embedded(*graphs_of([gaps])) as graph:
        assert {tuple(line) for line in graph.ask(CYPHER).rows} == SAID
    network = to_networkx(gaps)
    acted = {
        (network.nodes[entry]["entry_name"], network.nodes[who]["name"])
        for entry, who, key in network.edges(keys=True)
        if key == "acted_by"
    }
    assert acted == {(entry, name) for entry, _, name, *_ in SAID}


def test_one_name_in_two_agencies_is_two_professionals_and_in_two_roles_is_one(gaps: Study) -> None:
    network = to_networkx(gaps)
    named = [
        id for id, data in network.nodes(data=True) if data["kinds"] == ("Professional",) and data["name"] == "Jo Hart"
    ]
    assert len(named) == 2


def test_the_family_has_no_professionals(gaps: Study) -> None:
    network = to_networkx(gaps)
    assert not [id for id, data in network.nodes(data=True) if data.get("name") == "neighbour"]
