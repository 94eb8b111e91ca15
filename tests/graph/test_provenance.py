"""What is computed says by what, from which bytes and in which reading; rules, needs and words say on what they rest."""

from __future__ import annotations

import shutil
from hashlib import sha256
from pathlib import Path

import pytest

import kg
from kg.ask.cypher.engine import embedded, graphs_of
from kg.ask.sparql.engine import ask_sparql
from kg.findings.study import Study
from kg.graph.in_networkx import to_networkx
from kg.graph.rdf.quads import quads
from kg.terms.reader import load
from loaders.beside import BESIDE

TERMS = load()
READ = ("statute-read", "guidance-read", "quoted")
FILES = """
SELECT ?file ?sum WHERE {
  ?run a prov:Activity, kg:Computation ; prov:used ?used ; kg:reading "recorded" ;
      kg:programVersion ?program ; kg:ontologyVersion "%s" .
  ?used kg:file ?file ; kg:sha256 ?sum .
}
"""
IN_CYPHER = """
MATCH (c:Computation {review: $review, reading: 'recorded', ontology_version: '%s'})-[:USED]->(f:InputFile)
RETURN f.file AS file, f.sha256 AS checksum
"""
RULES = """
SELECT ?rule ?title ?grade WHERE {
  ?duty kg:name ?rule ; kg:confidence "verified" ; kg:fromSource ?source .
  ?source a kg:Source ; kg:title ?title ; kg:evidenceGrade/skos:notation ?grade .
}
"""
RULES_IN_CYPHER = """
MATCH (d:Duty {review: $review, confidence: 'verified'})-[:FROM_SOURCE]->(s:Source)-[:EVIDENCE_GRADE]->(g:Concept)
RETURN d.name AS rule, s.title AS title, g.notation AS grade
"""


@pytest.fixture(scope="module")
def gaps(hayter: Path) -> Study:
    return kg.find_gaps(kg.load(hayter).review)


def rows(gaps: Study, text: str) -> set[tuple[str, ...]]:
    found = ask_sparql(quads(gaps), text, TERMS)
    return {tuple(cell["value"] for cell in line if cell is not None) for line in found.rows}


def test_a_computation_names_every_file_it_read_with_the_checksum_of_its_bytes(gaps: Study, hayter: Path) -> None:
    names = ["review.toml", *(f"returns/{file.name}" for file in (hayter / "returns").iterdir())]
    names += [file.name for file in hayter.glob("*.csv") if file.name in BESIDE]
    wanted = {(name, sha256((hayter / name).read_bytes()).hexdigest()) for name in names}
    assert rows(gaps, FILES % TERMS.version) == wanted
    with embedded(*graphs_of([gaps])) as graph:
        assert {tuple(line) for line in graph.ask(IN_CYPHER % TERMS.version).rows} == wanted
    network = to_networkx(gaps)
    assert {(d["file"], d["sha256"]) for _, d in network.nodes(data=True) if d["kinds"] == ("InputFile",)} == wanted


def test_another_byte_in_a_return_is_another_input(gaps: Study, hayter: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(hayter, copy)
    changed = min((copy / "returns").iterdir())
    changed.write_bytes(changed.read_bytes() + b"\n")
    before, after = set(gaps.review.inputs), set(kg.load(copy).review.inputs)
    assert {each.file for each in before ^ after} == {f"returns/{changed.name}"}


def test_a_verified_rule_says_what_was_read_of_its_source_and_no_other_does(gaps: Study) -> None:
    wanted = {(duty.id, duty.source, duty.evidence_grade) for duty in TERMS.duties if duty.verified}
    assert {grade for *_, grade in wanted} == set(READ)
    found = {line for line in rows(gaps, RULES) if line[0] in {duty.id for duty in TERMS.duties}}
    assert found == wanted
    with embedded(*graphs_of([gaps])) as graph:
        assert {tuple(line) for line in graph.ask(RULES_IN_CYPHER).rows} == wanted
    assert not [duty.id for duty in TERMS.duties if duty.verified != (duty.evidence_grade in READ)]


def test_a_statute_that_was_read_has_its_address_at_legislation_gov_uk(gaps: Study) -> None:
    text = """SELECT ?rule ?address WHERE { ?duty kg:name ?rule ; kg:fromSource ?s .
        ?s kg:evidenceGrade/skos:notation "statute-read" ; kg:address ?address }"""
    found = rows(gaps, text)
    assert len(found) >= 6
    assert all("legislation.gov.uk" in address for _, address in found)


def test_needs_and_words_say_on_what_they_rest(gaps: Study) -> None:
    text = """SELECT ?what ?scheme ?grade WHERE { VALUES ?what { kg:sourceOfNeeds kg:sourceOfWords }
        ?source ?what ?words ; kg:evidenceGrade/skos:notation ?grade . ?words skos:notation ?scheme }"""
    found = rows(gaps, text)
    words = {scheme for what, scheme, _ in found if what.endswith("sourceOfWords")}
    assert words == set(TERMS.schemes)
    assert {scheme for what, scheme, _ in found if what.endswith("sourceOfNeeds")} == {"indicator"}
