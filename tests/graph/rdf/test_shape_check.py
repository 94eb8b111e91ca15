"""The shapes of a review: what they ask, and how a person is told."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from helpers.small import day, review, row
from rdflib import RDF, SH, XSD, Graph, Literal, URIRef

from kg.dates.when import When
from kg.findings.study import Study, find_gaps
from kg.graph.rdf.shape_check import check_graph, check_shapes
from kg.graph.rdf.triples import ntriples, to_rdf
from kg.model.problem import Problem
from kg.model.record import Entry
from kg.model.review import Review
from kg.terms.namespace import NAMESPACE
from kg.terms.reader import load, shapes
from loaders import load as load_review

TERMS = load()


def kg(name: str) -> URIRef:
    return URIRef(NAMESPACE + name)


def gaps_of(*entries: Entry, **changes: object) -> Study:
    return find_gaps(replace(review(*entries), **changes), TERMS)  # type: ignore[arg-type]


def at(problem: Problem) -> tuple[str, int, str]:
    return problem.place.file, problem.place.row, problem.place.column


def in_row(entry: Entry, number: int, **cells: str) -> Entry:
    """An entry as if it stood in that row, with these cells beside its own."""
    return replace(entry, place=replace(entry.place, row=number), cells={**entry.cells, **cells})


def blank(entry: Entry) -> Entry:
    return replace(entry, narrative="", cells={"ref": entry.ref, "what-happened": " "})


@pytest.mark.parametrize("case", ["climbie", "connelly", "hayter"])
def test_the_cases_are_as_reviews_should_be(case: str, request: pytest.FixtureRequest) -> None:
    gaps = find_gaps(load_review(request.getfixturevalue(case), TERMS).review, TERMS)
    assert check_shapes(gaps) == ()


def test_a_violation_comes_back_at_file_row_and_column() -> None:
    gaps = gaps_of(row("Police/P1", day(1)), in_row(blank(row("Police/P2", day(2))), 14))
    (problem,) = check_shapes(gaps)
    assert at(problem) == ("returns/Police.csv", 14, "What happened")
    assert problem.place.entry == "Police/P2"
    assert problem.severity == "warning"


def test_a_problem_has_all_five_parts() -> None:
    for problem in check_shapes(gaps_of(blank(row("Police/P1")), blank(row("School/S1"))), every=True):
        assert str(problem.place)
        assert all((problem.what, problem.why, problem.done, problem.remedy))
        assert "{" not in str(problem)
        assert NAMESPACE not in str(problem)


def test_what_is_said_as_a_review_is_read_is_not_said_again(tmp_path: Path) -> None:
    (tmp_path / "returns").mkdir()
    (tmp_path / "review.toml").write_text('title = "T"\n[[agencies]]\nname = "Police"\n', encoding="utf-8")
    (tmp_path / "returns" / "Police.csv").write_text(
        "Ref,Date,Learnt,Written,What happened\nP1,14/07/1999,13/07/1999,12/07/1999,A call.\nP2,,,,A visit.\n",
        encoding="utf-8",
    )
    loaded = load_review(tmp_path, TERMS)
    gaps = find_gaps(loaded.review, TERMS)
    read = {at(problem)[1:] for problem in loaded.problems if problem.place.file != "review.toml"}
    again = {at(problem)[1:] for problem in check_shapes(gaps, every=True) if problem.place.file != "review.toml"}
    assert {(2, "Learnt"), (2, "Written"), (3, "Date")} <= read & again
    assert {problem.place.column for problem in check_shapes(gaps)} == {
        "Written"
    }  # before it was learnt: said here only
    whole = {problem.place.column for problem in check_shapes(gaps, every=True) if problem.place.row == 0}
    assert whole == {"nation of the review", "subject", "type of agency"}
    heard = " ".join(problem.what for problem in loaded.problems)
    assert all(words in heard for words in ("no jurisdiction", "no subject", "no type"))


ODD: list[tuple[str, Review, str, int]] = [
    ("told to itself", review(in_row(row("Police/P1", day(1), to=("Police",)), 3)), "Shared with", 3),
    ("told to nobody", review(in_row(row("Police/P1", day(1), what=("P0",)), 3)), "Shared what", 3),
    ("no such indicator", review(in_row(row("Police/P1", day(1), "bruised-shin"), 3)), "Indicators", 3),
    ("no such response", review(in_row(row("Police/P1", day(1), responses=("shrug",)), 3)), "Response", 3),
    ("no such contact", review(in_row(row("Police/P1", day(1), contact="telepathy"), 3)), "Contact", 3),
    ("ends before it begins", review(in_row(row("Police/P1", replace(day(2), latest=day(1).latest)), 3)), "Date", 3),
    (
        "written before learnt",
        review(replace(in_row(row("Police/P1", day(1), learnt=day(5)), 3), written=day(3))),
        "Written",
        3,
    ),
    ("incident before the period", replace(review(), incident=day(-5)), "incident", 0),
    (
        "subject born after the incident",
        replace(review(), people=(replace(review().people[0], born=day(70)), *review().people[1:])),
        "born",
        0,
    ),
    ("row 0", review(in_row(row("Police/P1", day(1)), 0)), "row", 0),
]  # fmt: skip


@pytest.mark.parametrize(("strange", "column", "number"), [odd[1:] for odd in ODD], ids=[odd[0] for odd in ODD])
def test_what_is_odd_is_told_where_it_can_be_mended(strange: Review, column: str, number: int) -> None:
    (problem,) = check_shapes(find_gaps(strange, TERMS))
    assert (problem.place.column, problem.place.row) == (column, number)
    assert problem.place.file == (strange.entries[0].place.file if strange.entries else "review.toml")


def test_a_word_of_two_rows_is_told_of_both() -> None:
    odd = [in_row(row(f"Police/P{n}", day(n), "bruised-shin"), n) for n in (2, 3)]
    assert [problem.place.row for problem in check_shapes(gaps_of(*odd))] == [2, 3]


def test_dates_that_may_be_in_order_are_no_problem() -> None:
    entry = row("Police/P1", day(3, 9), learnt=day(1, 4))
    assert check_shapes(gaps_of(replace(entry, written=day(1, 3))), every=True) == ()


def test_open_dates_are_never_out_of_order() -> None:
    before = When("before", -(1 << 40), day(3).latest, "before")
    after = When("after", day(3).earliest, 1 << 40, "after")
    entries = (row("Police/P1", before, learnt=day(3)), row("Police/P2", after, learnt=after))
    assert check_shapes(gaps_of(*entries), every=True) == ()


@pytest.mark.parametrize(
    ("kind", "gone", "column"),
    [
        ("Entry", "agency", "agency"),
        ("Entry", "file", "file"),
        ("Entry", "row", "row"),
        ("Entry", "entryName", "Ref"),
        ("Entry", "narrative", "What happened"),
        ("Entry", "when", "Date"),
        ("Share", "sharedBy", "Received from"),
        ("Share", "sharedTo", "Shared with"),
        ("Agency", "name", "name"),
        ("Person", "name", "name"),
    ],
)
def test_data_from_elsewhere_is_asked_for_what_ours_always_has(kind: str, gone: str, column: str) -> None:
    data = to_rdf(review(row("Police/P1", day(1), to=("School",))), TERMS)
    assert check_graph(data, TERMS) == ()
    thing = next(iter(data.subjects(RDF.type, kg(kind))))
    data.remove((thing, kg(gone), None))
    assert column in {problem.place.column for problem in check_graph(data, TERMS)}


def test_an_entry_of_two_agencies_is_a_problem() -> None:
    data = to_rdf(review(row("Police/P1", day(1))), TERMS)
    entry = next(iter(data.subjects(RDF.type, kg("Entry"))))
    data.add((entry, kg("agency"), kg("another")))
    assert [problem.place.column for problem in check_graph(data, TERMS)] == ["agency"]


def test_asking_changes_nothing() -> None:
    data = to_rdf(review(blank(row("Police/P1"))), TERMS)
    before = ntriples(data)
    check_graph(data, TERMS)
    assert ntriples(data) == before


def all_shapes(asked: Graph) -> list[URIRef]:
    return [s for s in asked.subjects(RDF.type) if isinstance(s, URIRef) and (s, SH.message, None) in asked]


def test_every_shape_speaks_to_a_person() -> None:
    asked = shapes()
    found = all_shapes(asked)
    assert len(found) > 30
    for shape in found:
        for part in (SH.message, kg("why"), kg("done"), kg("remedy")):
            assert len(list(asked.objects(shape, part))) == 1, (shape, part)


def test_every_shape_stands_on_words_of_the_ontology() -> None:
    asked = shapes()
    known = {word.iri for word in TERMS.words} | {column.iri for column in TERMS.properties}
    known |= {NAMESPACE + "scheme/" + scheme for scheme in TERMS.schemes}
    known |= {concept.iri for scheme in TERMS.schemes.values() for concept in scheme.concepts}
    used = {str(term) for triple in asked for term in triple if str(term).startswith(NAMESPACE)}
    assert {iri for iri in used if not iri.startswith(NAMESPACE + "shape/")} <= known


def test_only_core_constraints_are_used() -> None:
    asked = shapes()
    assert not [p for p in (SH.sparql, SH.rule, SH.js, SH.target, SH.select) if (None, p, None) in asked]


def test_a_shape_changed_in_turtle_alone_is_asked(tmp_path: Path) -> None:
    asked = shapes()
    shape = URIRef(NAMESPACE + "shape/entry-professional")
    for name, value in (
        (RDF.type, SH.PropertyShape),
        (SH.targetClass, kg("Entry")),
        (SH.path, kg("professional")),
        (SH.minCount, Literal(1, datatype=XSD.integer)),
        (SH.message, Literal("nobody is named for {entry_name}")),
        (kg("onColumn"), kg("professional")),
        (kg("why"), Literal("w")),
        (kg("done"), Literal("d")),
        (kg("remedy"), Literal("r")),
    ):
        asked.add((shape, name, value))
    (tmp_path / "shapes.ttl").write_text(asked.serialize(format="turtle"), encoding="utf-8")
    (problem,) = check_shapes(gaps_of(row("Police/P1", day(1))), folder=tmp_path)
    assert problem.what == "nobody is named for Police/P1"
    assert at(problem) == ("returns/Police.csv", 2, "Professional")
