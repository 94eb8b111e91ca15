"""The drawing: a review as nodes, edges and values, and the forms it is poured into."""

from __future__ import annotations

import shutil
import subprocess
import sys
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from helpers.small import AGENCIES, PEOPLE, day, review, row
from hypothesis import given
from hypothesis import strategies as st
from rdflib import RDF, BNode, Graph, Literal, URIRef

from kg.dates.when import BEGINNING, END, When
from kg.graph.addresses import Name, Words
from kg.graph.drawing import Edge, Node
from kg.graph.in_networkx import to_networkx
from kg.graph.rdf.triples import literal, ntriples, to_rdf, turtle
from kg.graph.record import draw
from kg.model.record import Source
from kg.model.review import Review
from kg.reports.contract import entry_json
from kg.terms.namespace import NAMESPACE
from kg.terms.reader import home, load
from loaders import load as load_review

TERMS = load()
CASES = ["climbie", "connelly", "hayter"]


def kg(name: str) -> URIRef:
    return URIRef(NAMESPACE + name)


@pytest.fixture(params=CASES)
def case(request: pytest.FixtureRequest) -> Review:
    return load_review(request.getfixturevalue(request.param), TERMS).review


def a_family() -> Review:
    return review(
        row("Police/P1", day(1), "bruising", to=("School", "Care"), what=("bruising",)),
        row("School/S1", day(2, 4), "neglect", heard_from=("Police",), people=("Sam", "A neighbour"), seen="alone"),
        row("School/S2", When("before", BEGINNING, day(9).latest, "before"), learnt=day(9), to=("Care",), what=("S1",)),
        row("Family/F1", seen="no", contact="life-event"),
        people=(PEOPLE[0], replace(PEOPLE[1], relations=("mother of Sam",)), replace(PEOPLE[2], bears_on=())),
    )


# --- nothing lost, nothing twice --------------------------------------------------------------------------------


def test_every_filled_cell_is_drawn_word_for_word(case: Review) -> None:
    graph = to_rdf(case, TERMS)
    by_name = {str(name): entry for entry, name in graph.subject_objects(kg("entryName"))}
    filled = 0
    for entry in case.entries:
        node = by_name[entry.name]
        said = {str(value) for value in graph.objects(node) if isinstance(value, Literal)}
        said |= {str(words) for cell in graph.objects(node, kg("cell")) for words in graph.objects(cell)}
        for heading, words in entry.cells.items():
            if words.strip():
                filled += 1
                assert words in said, (entry.name, heading)
    assert filled > 5 * len(case.entries)


def test_a_cell_under_an_unknown_heading_is_drawn_with_its_heading() -> None:
    entry = row("Police/P1", day(1))
    graph = to_rdf(review(replace(entry, cells={**entry.cells, "Ward / bed": "Willow 3"})), TERMS)
    (cell,) = graph.subjects(RDF.type, kg("Cell"))
    assert str(graph.value(cell, kg("cellHeading"))) == "Ward / bed"
    assert str(graph.value(cell, kg("asWritten"))) == "Willow 3"


def test_no_node_is_drawn_twice(case: Review) -> None:
    nodes = [drawn.id for drawn in draw(case, TERMS) if isinstance(drawn, Node)]
    assert len(nodes) == len(set(nodes))


def test_every_edge_leads_between_nodes_that_are_drawn(case: Review) -> None:
    drawing = list(draw(case, TERMS))
    nodes = {drawn.id for drawn in drawing if isinstance(drawn, Node)}
    loose = {end for d in drawing if isinstance(d, Edge) for end in (d.source, d.target)} - nodes
    assert all(end.startswith(NAMESPACE + "scheme/") for end in loose)


def test_rows_in_are_entries_drawn(case: Review) -> None:
    graph = to_rdf(case, TERMS)
    drawn = list(graph.subjects(RDF.type, kg("Entry")))
    assert len(drawn) == len(case.entries)
    places = {(str(graph.value(e, kg("file"))), int(str(graph.value(e, kg("row"))))) for e in drawn}
    assert places == {(entry.place.file, entry.place.row) for entry in case.entries}


# --- a contact is a node ----------------------------------------------------------------------------------------


def test_a_contact_is_a_node_and_never_an_edge(case: Review) -> None:
    graph = to_networkx(case, TERMS)
    kinds = {node: data.get("kinds", ()) for node, data in graph.nodes(data=True)}
    for source, target in graph.edges():
        assert not ("Agency" in kinds[source] and "Person" in kinds[target])
        assert not ("Person" in kinds[source] and "Agency" in kinds[target])
    counted = sum(1 for entry in case.entries if _is_contact(entry.contact))
    assert sum(1 for kind in kinds.values() if "Contact" in kind) == counted > 0


def _is_contact(notation: str) -> bool:
    concept = TERMS.concept("contact", notation)
    return concept is not None and "contact" in concept.flags


def test_a_telling_is_drawn_as_each_side_tells_it() -> None:
    graph = to_networkx(a_family(), TERMS)
    tellings = []
    for node, data in graph.nodes(data=True):
        if data.get("kinds") == ("Share",):
            by, to, where = (_one(graph, node, key) for key in ("shared_by", "shared_to", "recorded_in"))
            tellings.append((by["name"], to["name"], where["entry_name"]))
    assert sorted(tellings) == [
        ("Police", "Care", "Police/P1"),
        ("Police", "School", "Police/P1"),
        ("Police", "School", "School/S1"),
        ("School", "Care", "School/S2"),
    ]


def test_a_telling_leads_to_what_was_named_as_told() -> None:
    graph = to_networkx(a_family(), TERMS)
    told = {
        (_one(graph, node, "recorded_in")["entry_name"], graph.nodes[other].get("entry_name") or graph.nodes[other]["notation"])
        for node, other, key in graph.edges(keys=True)
        if key in ("tells_of", "concept")
    }  # fmt: skip
    assert told == {("Police/P1", "bruising"), ("School/S2", "School/S1")}


def _one(graph: Any, node: str, key: str) -> dict[str, Any]:
    (target,) = [other for _, other, name in graph.out_edges(node, keys=True) if name == key]
    return dict(graph.nodes[target])


# --- people and dates -------------------------------------------------------------------------------------------


def test_a_name_that_no_list_holds_is_drawn_and_said_to_be_unlisted() -> None:
    graph = to_networkx(a_family(), TERMS)
    people = {data["name"]: data["listed"] for _, data in graph.nodes(data=True) if data.get("kinds") == ("Person",)}
    assert people == {"Sam": True, "Alex": True, "Pat": True, "A neighbour": False}


def test_a_part_that_is_listed_before_its_whole_leaves_the_whole_as_it_is_listed() -> None:
    ward, trust = replace(AGENCIES[0], part_of=AGENCIES[1].name), replace(AGENCIES[1], part_of=AGENCIES[0].name)
    for agencies in ((ward, AGENCIES[1]), (ward, trust)):
        graph = to_networkx(review(agencies=agencies), TERMS)
        drawn = {data["name"]: data["listed"] for _, data in graph.nodes(data=True) if data.get("kinds") == ("Agency",)}
        assert drawn == {ward.name: True, trust.name: True}
        assert sum(key == "part_of" for _, _, key in graph.edges(keys=True)) == sum(bool(a.part_of) for a in agencies)


def test_ties_are_drawn_as_review_toml_tells_them() -> None:
    graph = to_networkx(a_family(), TERMS)
    name = {node: data.get("name") or data.get("relation_words") for node, data in graph.nodes(data=True)}
    ties = {(name[a], key, name[b]) for a, b, key in graph.edges(keys=True)}
    assert ("mother of Sam", "relation_of", "Alex") in ties
    assert ("mother of Sam", "relation_to", "Sam") in ties
    assert [tie for tie in ties if tie[1] == "bears_on"] == [("Alex", "bears_on", "Sam")]


def test_an_open_end_has_no_bound_and_an_undated_row_none_at_all() -> None:
    graph = to_networkx(a_family(), TERMS)
    rows = {data["entry_name"]: data for _, data in graph.nodes(data=True) if "entry_name" in data}
    assert rows["Police/P1"]["earliest"] == datetime(2021, 2, 2)
    assert rows["Police/P1"]["latest"] == datetime(2021, 2, 2, 23, 59)
    assert "earliest" not in rows["School/S2"]
    assert rows["School/S2"]["latest"] == datetime(2021, 2, 10, 23, 59)
    assert not {"earliest", "latest", "earliest_day", "latest_day"} & rows["Family/F1"].keys()


def test_a_date_keeps_its_words_beside_its_bounds() -> None:
    entry = row("Police/P1", When("about Easter", day(1).earliest, day(5).latest, "about"))
    graph = to_networkx(review(entry), TERMS)
    (node,) = [node for node, data in graph.nodes(data=True) if data.get("entry_name") == "Police/P1"]
    when = _one(graph, node, "date")
    assert (when["as_written"], when["hedge"], when["edtf"]) == ("about Easter", "about", "[2021-02-02..2021-02-06]")
    assert isinstance(when["earliest"], datetime)


def test_no_bound_is_the_open_end_itself() -> None:
    for drawn in draw(review(row("Police/P1", When("?", BEGINNING, END, "unread"))), TERMS):
        if isinstance(drawn, Node) and drawn.id.endswith("P1/date"):
            assert [value.name.key for value in drawn.values] == ["as_written", "hedge"]
            return
    pytest.fail("words that are no date are drawn all the same")


# --- the forms agree --------------------------------------------------------------------------------------------


@pytest.fixture(params=["a family", *CASES])
def any_review(request: pytest.FixtureRequest) -> Review:
    if request.param == "a family":
        return a_family()
    return load_review(request.getfixturevalue(request.param), TERMS).review


def test_rdf_and_networkx_say_the_same(any_review: Review) -> None:
    graph, iris = to_networkx(any_review, TERMS), _iris(any_review)
    triples: set[tuple[URIRef, URIRef, URIRef | Literal]] = set()
    for node, data in graph.nodes(data=True):
        for key, content in data.items():
            for each in content if isinstance(content, tuple) else (content,):
                if key == "kinds":
                    triples.add((URIRef(node), RDF.type, URIRef(iris[each])))
                else:
                    triples.add((URIRef(node), URIRef(iris[key]), literal(each)))
    for source, target, key in graph.edges(keys=True):
        triples.add((URIRef(source), URIRef(iris[key]), URIRef(target)))
    assert triples == set(to_rdf(any_review, TERMS))


def _iris(reviewed: Review) -> dict[str, str]:
    """The IRI of each key that is drawn; two names with one key could not be told apart in a graph."""
    names: set[Name] = set()
    for drawn in draw(reviewed, TERMS):
        names |= {drawn.name} if isinstance(drawn, Edge) else {*drawn.kinds, *(value.name for value in drawn.values)}
    assert len({name.key for name in names}) == len({name.iri for name in names}) == len(names)
    return {name.key: name.iri for name in names}


def test_rdf_has_no_blank_nodes(case: Review) -> None:
    assert not [term for triple in to_rdf(case, TERMS) for term in triple if isinstance(term, BNode)]


def test_every_predicate_of_ours_is_a_word_of_the_ontology(case: Review) -> None:
    known = {word.iri for word in TERMS.words} | {column.predicate for column in TERMS.properties}
    known |= {column.iri + "AsWritten" for column in TERMS.properties}
    used = {str(predicate) for predicate in to_rdf(case, TERMS).predicates()}
    assert {iri for iri in used if iri.startswith(NAMESPACE)} <= known


# --- the same again ---------------------------------------------------------------------------------------------


def test_drawing_again_in_another_process_gives_the_same_bytes(climbie: Path, root: Path) -> None:
    program = (
        "import sys; from loaders import load; from kg.graph.rdf.triples import *;"
        "from kg.graph.in_networkx import to_networkx;"
        "r = load(sys.argv[1]).review; g = to_rdf(r); n = to_networkx(r);"
        "sys.stdout.buffer.write((turtle(g) + ntriples(g) + str(list(n.nodes(data=True))) + str(list(n.edges))).encode())"
    )
    outputs = [
        subprocess.run(
            [sys.executable, "-c", program, str(climbie)],
            cwd=root, env={"PYTHONHASHSEED": seed, "PATH": ""}, capture_output=True, check=True,
        ).stdout
        for seed in ("1", "2")
    ]  # fmt: skip
    assert outputs[0] == outputs[1]
    assert len(outputs[0]) > 100_000


def test_the_order_of_rows_and_files_changes_no_statement(any_review: Review) -> None:
    turned = replace(
        any_review,
        entries=any_review.entries[::-1],
        agencies=any_review.agencies[::-1],
        people=any_review.people[::-1],
        returns=any_review.returns[::-1],
    )
    assert ntriples(to_rdf(turned, TERMS)) == ntriples(to_rdf(any_review, TERMS))


def test_where_the_folder_lies_changes_nothing(climbie: Path, tmp_path: Path) -> None:
    moved = tmp_path / "elsewhere"
    shutil.copytree(climbie, moved)
    here, there = (to_rdf(load_review(folder, TERMS).review, TERMS) for folder in (climbie, moved))
    assert ntriples(here) == ntriples(there)


NAMES = st.text(st.characters(codec="utf-8"), min_size=1, max_size=12).filter(str.strip)


@given(title=NAMES, agency=NAMES, person=NAMES, ref=NAMES, words=NAMES)
def test_any_name_and_any_words_come_back_from_turtle(
    title: str, agency: str, person: str, ref: str, words: str
) -> None:
    entry = replace(
        row("x/y", day(1), people=(person,)), name=f"{agency}/{ref}", agency=agency, ref=ref, narrative=words,
        cells={"ref": ref, "what-happened": words, "people": person, "#" + words: words},
    )  # fmt: skip
    drawn = replace(
        review(entry, agencies=(replace(AGENCIES[0], name=agency),)),
        title=title,
        sources=(Source(words, words, address=words),),
    )
    graph = to_rdf(drawn, TERMS)
    assert all(str(term).isascii() for triple in graph for term in triple if isinstance(term, URIRef))
    back = Graph().parse(data=turtle(graph), format="turtle")
    assert set(back) == set(graph)
    node = next(iter(back.subjects(RDF.type, kg("Entry"))))
    assert str(back.value(node, kg("narrative"))) == words
    assert str(back.value(node, kg("entryName"))) == f"{agency}/{ref}"


def test_two_names_never_share_an_address() -> None:
    alike = ("A/B", "A%2FB", "A B", "a b", "A+B", "\u00c1", "A\u0301")
    agencies = tuple(replace(AGENCIES[0], name=name) for name in alike)
    entries = tuple(row(f"Police/{n}", day(n), people=(name,)) for n, name in enumerate(alike))
    graph = to_rdf(review(*entries, agencies=(*agencies, AGENCIES[1])), TERMS)
    assert len(set(graph.subjects(RDF.type, kg("Agency")))) == len(alike) + 1
    assert len(set(graph.subjects(RDF.type, kg("Person")))) == len(alike) + len(PEOPLE)


def test_a_key_that_two_share_joins_nobody() -> None:
    people = (replace(PEOPLE[0], key="Alex"), *PEOPLE[1:])
    agencies = tuple(replace(agency, key="one") for agency in AGENCIES[:2])
    entries = (row("Care/1", people=("Alex", "one")), row("Police/1"), row("one/1", people=("Sam",)))
    graph = to_rdf(review(*entries, people=people, agencies=agencies), TERMS)
    for kind, count in (("Person", 4), ("Agency", 3), ("Entry", 3)):
        things = list(graph.subjects(RDF.type, kg(kind)))
        names = {str(name) for thing in things for name in graph.objects(thing, kg("name"))}
        assert len(things) == count
        assert len(names) == (count if kind != "Entry" else 0)


def test_a_key_keeps_the_address_when_the_name_is_corrected() -> None:
    before, after = (replace(PEOPLE[0], name=name, key="child-a") for name in ("Sam", "Samuel"))
    one, other = (
        next(iter(to_rdf(review(people=(person,), subjects=(person.name,)), TERMS).subjects(RDF.type, kg("Person"))))
        for person in (before, after)
    )
    assert one == other


# --- the ontology drives it -------------------------------------------------------------------------------------

COLUMN = """
kg:weather a owl:DatatypeProperty, kg:Column ;
    skos:notation "weather" ;
    rdfs:label "Weather" ;
    skos:altLabel "Weather that day" ;
    skos:definition "What the weather was." ;
    skos:example "snow" ;
    kg:kind "text" ;
    kg:many false ;
    kg:graphKey "weather" ;
    rdfs:domain kg:Entry .
"""


def test_a_column_added_in_turtle_alone_arrives_everywhere(tmp_path: Path) -> None:
    folder = tmp_path / "ontology"
    shutil.copytree(home(), folder)
    with (folder / "kg.ttl").open("a", encoding="utf-8") as file:
        file.write(COLUMN)
    (tmp_path / "returns").mkdir()
    (tmp_path / "review.toml").write_text(
        'title = "T"\nperiod = ["1999-01-01", "1999-12-31"]\n[[agencies]]\nname = "Police"\ntype = "police"\n',
        encoding="utf-8",
    )
    (tmp_path / "returns" / "Police.csv").write_text(
        "Ref,Date,Weather that day,What happened\nP1,14/07/1999,snow,A call.\n", encoding="utf-8"
    )
    terms = load(folder)
    loaded = load_review(tmp_path, terms)
    assert not [problem for problem in loaded.problems if "Weather" in str(problem)]
    (entry,) = loaded.review.entries
    assert entry_json(entry)["cells"]["weather"] == "snow"
    (said,) = to_rdf(loaded.review, terms).subject_objects(kg("weather"))
    assert str(said[1]) == "snow"
    graph = to_networkx(loaded.review, terms)
    assert [data["weather"] for _, data in graph.nodes(data=True) if "weather" in data] == ["snow"]

    plain = load_review(tmp_path, TERMS)
    assert [problem for problem in plain.problems if "Weather" in str(problem)], "without the Turtle it is unknown"
    assert plain.review.entries[0].cells["Weather that day"] == "snow"


def test_a_predicate_of_another_vocabulary_is_used_if_the_turtle_says_so(tmp_path: Path) -> None:
    folder = tmp_path / "ontology"
    shutil.copytree(home(), folder)
    with (folder / "kg.ttl").open("a", encoding="utf-8") as file:
        file.write(COLUMN + "kg:weather kg:predicate dcterms:temporal .\n")
    entry = row("Police/P1", day(1))
    graph = to_rdf(review(replace(entry, cells={**entry.cells, "weather": "snow"})), load(folder))
    assert len(list(graph.subject_objects(URIRef("http://purl.org/dc/terms/temporal")))) == 1


def test_an_ontology_that_lacks_a_word_says_which() -> None:
    terms = replace(TERMS, words=tuple(word for word in TERMS.words if word.name != "recordedIn"))
    with pytest.raises(LookupError, match="recordedIn"):
        list(draw(a_family(), terms))


def test_names_of_properties_are_kept_once() -> None:
    assert Words(TERMS)["inReturn"] == Name(NAMESPACE + "inReturn", "in_return")
