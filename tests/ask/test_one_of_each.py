"""One word more in every vocabulary, and one mark more, in the Turtle alone: found in RDF and Cypher, allowed, and obeyed."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from helpers.small import WriteReview
from rdflib import Graph, Literal, URIRef

from kg.ask.cypher.engine import embedded
from kg.ask.sparql.engine import ask_sparql
from kg.findings.study import Study, find_gaps
from kg.graph.computed import draw_all
from kg.graph.property_graph import as_property_graph
from kg.graph.rdf.quads import quads
from kg.graph.rdf.shape_check import check_graph
from kg.graph.rdf.trig import turtle
from kg.terms.allowed import check_allowed
from kg.terms.check import check_ontology
from kg.terms.languages import check_languages
from kg.terms.reader import home, load
from loaders.folder import load as load_review

KG = "https://w3id.org/kg-review/"
COMPUTED = {
    "certainty": ("certainty", '"sure" "possible"'),
    "grade": ("grade", '"novel" "more"'),
    "channel": ("channel", '"unsaid" "silent" "unlinked"'),
    "outcome": ("duty-outcome", '"met" "late" "decided-otherwise" "no-record" "cannot-tell"'),
    "strength": ("strength", '"firm" "expected" "prompt"'),
    "status": ("finding-status", '"open" "accepted" "dismissed"'),
}
"""What is computed, by its property: the vocabulary of its words, and how the shape lists them."""

MARK = """
kg:heardSecondHand a owl:DatatypeProperty, owl:FunctionalProperty, kg:Attribute ;
    skos:notation "second-hand" ;
    kg:attributeOf scheme:contact ;
    kg:readAs "what was heard at second hand" ;
    rdfs:label "heard at second hand"@en ;
    skos:definition "Whether it tells what somebody else heard."@en ;
    skos:example "true for a rumour"@en ;
    rdfs:domain skos:Concept ;
    rdfs:range xsd:boolean .
"""


def word(scheme: str, notation: str, label: str, *more: str) -> str:
    """A word of a vocabulary as Turtle, with what else is said of it."""
    said = "".join(f" ;\n    {each}" for each in more)
    return (
        f"\n<{KG}{scheme}/{notation}> a skos:Concept ;\n    skos:inScheme scheme:{scheme} ; skos:topConceptOf scheme:{scheme} ;"
        f'\n    skos:notation "{notation}" ;\n    skos:prefLabel "{label}"@en ;'
        f'\n    skos:definition "A word added to a copy."@en{said} .\n'
    )


WORDS = (
    *(word(scheme, "quite-another", "Quite another") for scheme, _ in COMPUTED.values()),
    word("shape", "octagon", "Octagon"),
    word("nature", "recurrence", "Recurrence"),
    word("contact", "rumour", "Rumour", "kg:isContact true", "kg:shape <" + KG + "shape/octagon>", "kg:heardSecondHand true"),
    word("response", "asked-us-not-to-tell", "Asked us not to tell", "kg:refusesSharing true"),
    word("agency", "allotment-society", "Allotment society", "kg:public true"),
    word("recording", "ghost-written", "Ghost-written", "kg:onceChecked <" + KG + "recording/machine-checked>"),
    word("role", "godparent", "Godparent", "kg:bearsByDefault true"),
    word(
        "indicator", "debts-of-helper", "Debts of a helper", 'kg:about "carer"', 'kg:aboutInAdultReview "carer"',
        "kg:nature <" + KG + "nature/recurrence>", "kg:gravity 1",
    ),
)  # fmt: skip
"""A word for each vocabulary that rules, drawings and counts go by, with the mark by which they do."""

REVIEW = """
title = "T"
jurisdiction = "England"
kind = "adult"
period = ["2010-01-01", "2011-01-01"]
subjects = ["Sam"]
[[people]]
name = "Sam"
role = "adult"
[[people]]
name = "Jo"
role = "Godparent"
[[agencies]]
name = "Police"
type = "police"
file = "police.csv"
[[agencies]]
name = "Allotments"
type = "allotment-society"
file = "allotments.csv"
"""
POLICE = (
    "Ref,Date,People,Contact,What happened,Indicators,Response,How recorded\n"
    "P1,03/03/2010,Sam; Jo,Rumour,A call,Debts of a helper,Asked us not to tell,Ghost-written\n"
)
ALLOTMENTS = "Ref,Date,People,Contact,What happened,Indicators\nA1,04/03/2010,Sam,Rumour,Talk,\n"


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the ontology with one of each."""
    folder = Path(shutil.copytree(home(), tmp_path_factory.mktemp("more") / "ontology"))
    for name, words in (("kg.ttl", (MARK,)), ("vocabulary.ttl", WORDS)):
        with (folder / name).open("a", encoding="utf-8") as file:
            file.write("".join(words))
    shapes = (folder / "shapes.ttl").read_text(encoding="utf-8")
    for _, listed in COMPUTED.values():
        assert f"sh:in ({listed}) ;" in shapes
        shapes = shapes.replace(f"sh:in ({listed}) ;", f'sh:in ({listed} "quite-another") ;')
    (folder / "shapes.ttl").write_text(shapes, encoding="utf-8")
    return folder


@pytest.fixture
def studied(copy: Path, write_review: WriteReview) -> Study:
    terms = load(copy)
    return find_gaps(
        load_review(write_review(REVIEW, {"police.csv": POLICE, "allotments.csv": ALLOTMENTS}), terms).review, terms
    )


def test_the_ontology_is_sound_with_one_of_each(copy: Path) -> None:
    terms = load(copy)
    assert (*check_ontology(terms), *check_allowed(terms, copy), *check_languages(copy)) == ()


def test_one_of_each_is_found_in_rdf_and_in_cypher(studied: Study) -> None:
    asked = f"""SELECT ?scheme ?word ?label {{ ?c skos:inScheme ?s ; skos:notation ?word ; skos:prefLabel ?label .
        BIND(REPLACE(STR(?s), '{KG}scheme/', '') AS ?scheme) }}"""
    rows = {
        tuple(cell["value"] for cell in row if cell) for row in ask_sparql(quads(studied), asked, studied.terms).rows
    }
    with embedded(as_property_graph(draw_all(studied), studied.terms, "T")) as graph:
        found = graph.ask(
            "MATCH (c:Concept)-[:IN_SCHEME]->(s:ConceptScheme) RETURN s.notation, c.notation, c.label"
        ).rows
        marked = graph.ask("MATCH (c:Concept {heard_second_hand: true}) RETURN c.notation").rows
    wanted = {(scheme, "quite-another", "Quite another") for scheme, _ in COMPUTED.values()} | {
        ("shape", "octagon", "Octagon"), ("nature", "recurrence", "Recurrence"), ("contact", "rumour", "Rumour"),
        ("response", "asked-us-not-to-tell", "Asked us not to tell"), ("role", "godparent", "Godparent"),
        ("agency", "allotment-society", "Allotment society"), ("indicator", "debts-of-helper", "Debts of a helper"),
        ("recording", "ghost-written", "Ghost-written"),
    }  # fmt: skip
    assert wanted <= rows
    assert wanted <= set(found)
    assert marked == (("rumour",),)
    (row,) = ask_sparql(quads(studied), "SELECT ?c { ?c kg:heardSecondHand true }", studied.terms).rows
    assert row[0] is not None
    assert row[0]["value"] == f"{KG}contact/rumour"


def test_an_entry_leads_to_the_words_that_are_new(studied: Study) -> None:
    asked = """SELECT ?contact ?indicator ?response { ?e a kg:Entry ; kg:contact/skos:notation ?contact ;
        kg:indicator/skos:notation ?indicator ; kg:response/skos:notation ?response }"""
    (row,) = ask_sparql(quads(studied), asked, studied.terms).rows
    wanted = ("rumour", "debts-of-helper", "asked-us-not-to-tell")
    assert tuple(cell["value"] for cell in row if cell) == wanted
    with embedded(as_property_graph(draw_all(studied), studied.terms, "T")) as graph:
        assert graph.ask(
            "MATCH (i:Concept)<-[:INDICATORS]-(e:Entry)-[:HAS_CONTACT]->(c:Concept), (e)-[:RESPONSE]->(r:Concept) "
            "RETURN c.notation, i.notation, r.notation"
        ).rows == (wanted,)


def test_rules_go_by_the_marks_of_the_words_that_are_new(studied: Study) -> None:
    chronology = studied.knowledge.chronology
    assert "Allotments" in chronology.public
    assert "asked-us-not-to-tell" in studied.terms.marked("response", "refuses-sharing")
    assert [each.machine_drafted for each in studied.coverage] == [1, 0]
    facts = studied.knowledge.facts
    assert facts.of_concept("Jo", "debts-of-helper"), "a word about carers is about the other adult whom the row names"
    assert not facts.of_concept("Sam", "debts-of-helper")


@pytest.mark.parametrize("name", COMPUTED)
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_what_is_computed_may_say_the_word_that_is_new(copy: Path, drawn: Graph, name: str) -> None:
    data, thing, said = Graph(), URIRef("urn:thing"), URIRef(KG + name)
    data += drawn
    data.add((thing, said, Literal("quite-another")))
    assert not wrong(data, copy, name)
    data.set((thing, said, Literal("nothing of the kind")))
    assert wrong(data, copy, name)


def wrong(data: Graph, copy: Path, name: str) -> list[str]:
    scheme = COMPUTED[name][0]
    return [
        problem.what for problem in check_graph(data, load(copy), folder=copy) if f"no word of {scheme}" in problem.what
    ]


@pytest.fixture
def drawn(studied: Study) -> Graph:
    return Graph().parse(data=turtle(quads(studied)), format="turtle")


def test_a_word_that_the_shape_or_the_vocabulary_lacks_is_told(copy: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(copy, tmp_path / "ontology"))
    shapes = (folder / "shapes.ttl").read_text(encoding="utf-8")
    (folder / "shapes.ttl").write_text(
        shapes.replace('"prompt" "quite-another"', '"prompt" "rather"'), encoding="utf-8"
    )
    told = [problem.what for problem in check_allowed(load(folder), folder)]
    assert told == ["the shape of strength lacks quite-another", "the vocabulary of strength lacks rather"]
