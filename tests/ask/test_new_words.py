"""A column with a vocabulary of its own is added in the Turtle alone, and is found in RDF and Cypher."""

from __future__ import annotations

import shutil
from pathlib import Path

from helpers.small import WriteReview

from kg.ask.cypher.engine import embedded
from kg.ask.sparql.engine import ask_sparql
from kg.findings.study import find_gaps
from kg.graph.computed import draw_all
from kg.graph.property_graph import as_property_graph
from kg.graph.rdf.quads import quads
from kg.graph.rdf.read_back import review_from_trig
from kg.graph.rdf.trig import trig
from kg.terms.check import check_ontology
from kg.terms.reader import home, load
from loaders.folder import load as load_review

COLUMN = """
kg:legalStatus a owl:ObjectProperty, kg:Column ;
    skos:notation "legal-status" ;
    rdfs:label "Legal status" ;
    skos:altLabel "Order in force" ;
    skos:definition "The order under which a child lives where they live." ;
    skos:example "care order" ;
    kg:kind "concept" ;
    kg:scheme scheme:legal ;
    kg:many true ;
    kg:graphKey "legal_status" ;
    rdfs:range skos:Concept .
"""
WORDS = """
scheme:legal a skos:ConceptScheme ;
    skos:notation "legal" ;
    skos:prefLabel "Legal status" ;
    skos:definition "Orders." .
<https://w3id.org/kg-review/legal/care-order> a skos:Concept ;
    skos:inScheme scheme:legal ;
    skos:notation "care-order" ;
    skos:prefLabel "Care order" ;
    skos:altLabel "Section 31" ;
    skos:definition "A court has put the child in the council's care." .
"""
REVIEW = """
title = "T"
jurisdiction = "England"
kind = "child"
period = ["2010-01-01", "2011-01-01"]
subjects = ["Sam"]
[[people]]
name = "Sam"
role = "child"
[[agencies]]
name = "Police"
type = "police"
file = "police.csv"
"""
RETURN = "Ref,Date,People,What happened,Order in force\nP1,03/03/2010,Sam,A call,Section 31; something else\n"


def test_a_column_with_a_new_vocabulary_needs_no_program(tmp_path: Path, write_review: WriteReview) -> None:
    folder = Path(shutil.copytree(home(), tmp_path / "ontology"))
    for name, words in (("kg.ttl", COLUMN), ("vocabulary.ttl", WORDS)):
        with (folder / name).open("a", encoding="utf-8") as file:
            file.write(words)
    terms = load(folder)
    assert check_ontology(terms) == ()
    gaps = find_gaps(load_review(write_review(REVIEW, {"police.csv": RETURN}), terms).review, terms)

    asked = "SELECT ?word ?said { ?row kg:legalStatus/skos:notation ?word ; kg:legalStatusAsWritten ?said }"
    (row,) = ask_sparql(quads(gaps), asked, terms).rows
    assert [cell and cell["value"] for cell in row] == ["care-order", "Section 31; something else"]
    with embedded(as_property_graph(draw_all(gaps), terms, "T")) as graph:
        found = graph.ask(
            "MATCH (e:Entry)-[:LEGAL_STATUS]->(c:Concept) RETURN e.entry_name, c.label, e.legal_status_as_written"
        )
    assert found.rows == (("Police/P1", "Care order", "Section 31; something else"),)
    (again,) = review_from_trig(trig(gaps), terms).entries
    assert again.cells == gaps.review.entries[0].cells
