"""What the ontology knows can be asked of a review's graph; what a graph does not hold is refused and never silence."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

import kg
from kg.ask.cypher.engine import embedded, graphs_of
from kg.ask.refusal import NotAsked
from kg.ask.sparql.engine import ask_sparql
from kg.findings.study import Study
from kg.graph.computed import draw_all
from kg.graph.cypher_script import script
from kg.graph.drawing import Node
from kg.graph.property_graph import as_property_graph, schema_of
from kg.graph.rdf.quads import quads
from kg.terms.reader import load

TERMS = load()
DAY = date(2008, 3, 3)

SPARQL = """
SELECT ?rule ?force WHERE {
  ?duty a kg:Duty ; kg:name ?rule ; kg:force ?force ; kg:inForceFrom ?since ;
      kg:holder/skos:notation "school" ; kg:trigger/skos:notation "poor-school-attendance" .
  OPTIONAL { ?duty kg:inForceTo ?until }
  FILTER (?since <= "2008-03-03"^^xsd:date && (!BOUND(?until) || ?until >= "2008-03-03"^^xsd:date))
} ORDER BY ?rule
"""
CYPHER = """
MATCH (d:Duty {review: $review})-[:HOLDER]->(:Concept {notation: 'school'}),
      (d)-[:TRIGGER]->(:Concept {notation: 'poor-school-attendance'})
WHERE d.in_force_from <= date('2008-03-03') AND (d.in_force_to IS NULL OR d.in_force_to >= date('2008-03-03'))
RETURN d.name AS rule, d.force AS force ORDER BY rule
"""
NEEDS = """
MATCH (:Concept {review: $review, notation: 'fire-risk'})-[:NEEDED_BY]->(a:Concept) RETURN a.notation AS who ORDER BY who
"""


@pytest.fixture(scope="module")
def gaps(hayter: Path) -> Study:
    return kg.find_gaps(kg.load(hayter).review)


def test_which_rules_bound_a_school_on_a_day_is_a_question(gaps: Study) -> None:
    bound = sorted(
        (duty.id, duty.force)
        for duty in TERMS.duties
        if "school" in duty.holder and "poor-school-attendance" in duty.trigger and duty.in_force(DAY)
    )
    assert bound
    found = ask_sparql(quads(gaps), SPARQL, TERMS)
    assert [tuple(cell["value"] for cell in row if cell is not None) for row in found.rows] == bound
    with embedded(*graphs_of([gaps])) as graph:
        assert list(graph.ask(CYPHER).rows) == bound


def test_who_needs_what_is_a_question_though_no_row_records_it(gaps: Study) -> None:
    with embedded(*graphs_of([gaps])) as graph:
        assert [row[0] for row in graph.ask(NEEDS).rows] == sorted(TERMS.needs_of["fire-risk"])


def test_what_a_word_means_is_a_question(gaps: Study) -> None:
    found = ask_sparql(quads(gaps), "SELECT ?means WHERE { indicator:bruising skos:definition ?means }", TERMS)
    ((cell,),) = found.rows
    concept = TERMS.concept("indicator", "bruising")
    assert cell is not None
    assert concept is not None
    assert cell["value"] == concept.definition


@pytest.mark.parametrize("label", ["Contact", "MissedShare", "MissedOpportunity"])
def test_a_second_label_is_refused_without_a_server_with_what_to_ask_for(gaps: Study, label: str) -> None:
    with embedded(*graphs_of([gaps])) as graph:
        with pytest.raises(NotAsked, match=rf"line 1, column 10: .*{label} is a second one[\s\S]*Ask for \("):
            graph.ask(f"MATCH (x:{label}) RETURN x.name")
        instead = schema_of(TERMS).further[label]
        assert graph.ask(f"MATCH {instead} RETURN count(*)").rows


def test_a_map_may_have_a_value_of_such_a_name(gaps: Study) -> None:
    with embedded(*graphs_of([gaps])) as graph:
        assert graph.ask("WITH 1 AS Contact RETURN {a: Contact}.a AS one").rows == ((1,),)


@pytest.mark.parametrize("name", ["kg:field", "kg:Column", "kg:lengthNumber"])
def test_what_speaks_of_the_ontology_s_own_files_is_refused_in_sparql(gaps: Study, name: str) -> None:
    with pytest.raises(NotAsked, match="stands in no graph"):
        ask_sparql(quads(gaps), f"SELECT ?x WHERE {{ ?x a|{name} ?y }}", TERMS)


def test_what_speaks_of_the_ontology_s_own_files_is_refused_in_cypher(gaps: Study) -> None:
    with embedded(*graphs_of([gaps])) as graph, pytest.raises(NotAsked, match="stands in no graph"):
        graph.ask("MATCH (c:Standing) RETURN c.name")


RARE = {"margin", "unit", "learnt_as_written", "about_as_written", "answers", "bears_on_as_written", "bears_on_stated"}
RARE |= {"read_by", "read_on", "suggested_by"}
RARE |= {"lasts", "of_agency", "date_until", "time_until", "checked_by", "how_recorded_as_written", "cell_heading"}
RARELY = {"ABOUT", "LEARNT", "PART_OF", "PERSON_SEEN", "TELLS_OF", "HOW_RECORDED", "HAS_CELL"}


def test_whatever_the_graph_says_it_can_hold_is_drawn_by_some_review(climbie: Path, training: Path) -> None:
    """Else a question for it would be answered by silence. What no packaged review happens to have is named above."""
    schema = schema_of(TERMS)
    labels, values, relations = {"Recognition", "Cell", "CodeReading", "CodeSuggestion"}, set(RARE), set(RARELY)
    for folder in (climbie, training):
        for drawn in draw_all(kg.find_gaps(kg.load(folder).review)):
            if isinstance(drawn, Node):
                labels |= {kind.key for kind in drawn.kinds}
                values |= {value.name.key for value in drawn.values}
            else:
                relations.add(schema.relations[drawn.name.iri])
    assert set(schema.labels) == labels
    assert set(schema.values) == values
    assert set(schema.relations.values()) == relations


def test_every_relation_of_the_script_leads_from_and_to_a_node_that_it_makes(gaps: Study) -> None:
    graph = as_property_graph(draw_all(gaps), TERMS, gaps.review.title)
    lines = script(graph).splitlines()
    made = {found[1] for line in lines if (found := re.match(r"CREATE \(:.*?`uid`: ('(?:\\.|[^'\\])*')", line))}
    ends = [re.findall(r"\{uid: ('(?:\\.|[^'\\])*')\}", line) for line in lines if line.startswith("MATCH (a:")]
    assert len(made) == graph.node_count
    assert len(ends) == graph.edge_count > 0
    assert {end for pair in ends for end in pair} <= made
