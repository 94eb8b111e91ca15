"""Graphs in every form that ordinary clients ask for: rdflib, and what Jena and RDF4J say that they take."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from helpers.serving import Running, serving
from rdflib import Graph, Literal
from rdflib.compare import isomorphic
from rdflib.plugins.stores.sparqlstore import SPARQLStore

from kg.ask.sparql.results import GRAPHS, wanted

CONSTRUCT = (
    "CONSTRUCT { ?entry kg:narrative ?words ; kg:agency ?who } WHERE { ?entry kg:narrative ?words ; kg:agency ?who }"
)
DESCRIBE = "DESCRIBE ?person WHERE { ?person a kg:Person }"
SELECT = "SELECT ?name WHERE { ?agency a kg:Agency ; kg:name ?name } ORDER BY ?name"
HARD = (
    "Ref,Date,People,Contact,What happened\n"
    'X1,3 March 1999,Victoria,home-visit,"<b>& \u0007 \u2028 ]]> ""q"" \U0001f476\rnext"\n'
)
JENA = "text/turtle,application/n-triples;q=0.9,application/ld+json;q=0.8,application/rdf+xml;q=0.7,application/n-quads;q=0.6"
RDF4J = "application/n-triples;q=0.8, application/rdf+xml;q=0.9, text/turtle, application/ld+json;q=0.7, */*;q=0.1"
PARSED = {
    "text/turtle": "turtle",
    "application/n-triples": "nt",
    "application/rdf+xml": "xml",
    "application/ld+json": "json-ld",
}


@pytest.fixture(scope="module")
def running(climbie: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    folder = tmp_path_factory.mktemp("served") / "review"
    shutil.copytree(climbie, folder)
    (folder / "returns" / "brent-police.csv").write_text(HARD, encoding="utf-8", newline="")
    yield from serving(folder)


def asked(running: Running, text: str, accept: str, way: str) -> tuple[str, str]:
    from urllib.parse import quote, urlencode

    if way == "GET":
        answer = running.mine(f"/sparql?query={quote(text)}", Accept=accept)
    elif way == "POST":
        answer = running.mine("/sparql", "POST", text, Accept=accept, Content_Type="application/sparql-query")
    else:
        form = urlencode({"query": text})
        answer = running.mine("/sparql", "POST", form, Accept=accept, Content_Type="application/x-www-form-urlencoded")
    assert answer.status == 200, answer.text
    return answer.headers["content-type"].partition(";")[0], answer.text


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")  # rdflib's own reader of JSON-LD
@pytest.mark.parametrize("text", [CONSTRUCT, DESCRIBE], ids=["construct", "describe"])
@pytest.mark.parametrize("media", PARSED)
def test_a_graph_is_the_same_in_every_form(running: Running, text: str, media: str) -> None:
    plain = Graph().parse(data=asked(running, text, "application/n-triples", "GET")[1], format="nt")
    assert len(plain) > 3
    for way in ("GET", "POST", "form"):
        kind, words = asked(running, text, media, way)
        assert kind == media
        there = Graph().parse(data=words, format=PARSED[media])
        assert isomorphic(there, unread(plain) if media == "application/rdf+xml" else plain)


def unread(graph: Graph) -> Graph:
    """A graph as XML can hold it."""
    there = Graph()
    for subject, predicate, thing in graph:
        hard = isinstance(thing, Literal) and "\a" in thing
        there.add((subject, predicate, Literal(thing.replace("\a", "\ufffd")) if hard else thing))
    return there


def test_a_property_that_xml_cannot_name_is_told(running: Running) -> None:
    from urllib.parse import quote

    text = quote("CONSTRUCT { ?a <http://example.org/1> ?b } WHERE { ?a kg:name ?b }")
    answer = running.mine(f"/sparql?query={text}", Accept="application/rdf+xml")
    assert answer.status == 400
    assert "http://example.org/1" in answer.text
    assert running.mine(f"/sparql?query={text}", Accept="text/turtle").status == 200


@pytest.mark.parametrize("accept", [JENA, RDF4J, "*/*", "", "text/turtle, */*;q=0.1"])
def test_a_client_gets_the_form_that_it_likes_best(running: Running, accept: str) -> None:
    kind, words = asked(running, DESCRIBE, accept, "GET")
    assert kind == "text/turtle"
    assert len(Graph().parse(data=words, format="turtle")) > 3


@pytest.mark.parametrize(
    ("accept", "form"),
    [
        ("application/rdf+xml", "application/rdf+xml"),
        ("application/xml, image/png", "application/rdf+xml"),
        ("text/plain", "application/n-triples"),
        ("text/n3;q=0.5, image/png", "text/turtle"),
        ("application/ld+json;q=0.9, text/turtle;q=0.1", "application/ld+json"),
        ("text/turtle;q=0, application/n-triples;q=0.1", "application/n-triples"),
        ("image/png", ""),
    ],
)
def test_the_form_is_what_the_header_says(accept: str, form: str) -> None:
    assert GRAPHS.get(wanted(accept, GRAPHS), "") == form


def test_a_graph_in_no_known_form_is_refused_with_those_that_there_are(running: Running) -> None:
    from urllib.parse import quote

    answer = running.mine(f"/sparql?query={quote(DESCRIBE)}", Accept="image/png")
    assert answer.status == 406
    assert "application/rdf+xml" in answer.text


@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
@pytest.mark.parametrize("form", ["xml", "json", "csv", "tsv"])
def test_rdflibs_own_store_reads_rows(running: Running, method: str, form: str) -> None:
    store = SPARQLStore(
        f"{running.address}sparql", method=method, returnFormat=form,
        headers={"Authorization": f"Bearer {running.token}"},
    )  # fmt: skip
    names = [str(row[0]) for row in store.query(SELECT)]
    assert len(names) > 5
    assert names == sorted(names)


@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
def test_rdflibs_own_store_reads_graphs_and_yes_and_walks_statements(running: Running, method: str) -> None:
    headers = {"Authorization": f"Bearer {running.token}"}
    store = SPARQLStore(f"{running.address}sparql", method=method, headers=headers)
    assert len(store.query(DESCRIBE).graph) > 3
    assert store.query("ASK { ?a a kg:Agency }").askAnswer is True
    from rdflib import RDF, URIRef

    graph = Graph(store)
    found = {*graph.subjects(RDF.type, URIRef("https://w3id.org/kg-review/Agency"))}
    assert len(found) > 5


def test_whoever_is_not_let_in_is_told_how(running: Running) -> None:
    assert running.get("/sparql?query=ASK{}").headers["www-authenticate"].startswith("Bearer")
