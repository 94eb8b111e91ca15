"""A review as statements: what stands in which graph, where it came from, the same bytes again, and the way back."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import defaultdict
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from helpers.examples import examples
from helpers.small import PEOPLE, day, review, row
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import RDF, Dataset, Graph, Literal, URIRef

from kg.dates.when import BEGINNING, END, UNDATED, When, minute_of
from kg.findings.study import Study, find_gaps
from kg.graph.addresses import Addresses
from kg.graph.computed import draw_all, draw_computed
from kg.graph.drawing import Edge, Node
from kg.graph.export import export
from kg.graph.in_networkx import graphml, to_networkx
from kg.graph.rdf.quads import PROV, VOCABULARY, Iri, nquads, quads, record_quads
from kg.graph.rdf.read_back import NotOurTriG, review_from_trig
from kg.graph.rdf.shape_check import check_graph
from kg.graph.rdf.trig import json_ld, record_trig, trig, turtle
from kg.graph.who_talked import who_talked
from kg.model.problem import Place
from kg.model.record import Entry, Return, Source
from kg.model.review import Agency, Review
from kg.terms.namespace import NAMESPACE
from kg.terms.reader import load
from loaders import load as load_review
from loaders.write_review import differences, write_review

TERMS = load()
CASES = ["climbie", "connelly", "hayter", "training"]
SURROGATE = "\ud800"


def kg(name: str) -> URIRef:
    return URIRef(NAMESPACE + name)


@pytest.fixture(scope="module", params=CASES)
def gaps(request: pytest.FixtureRequest, root: Path) -> Study:
    folder = root / ("examples" if request.param == "climbie" else "tests/cases") / request.param
    return find_gaps(load_review(folder, TERMS).review, TERMS)


@pytest.fixture(scope="module")
def graph(gaps: Study) -> Graph:
    """All that is said of a case, as another program reads it."""
    return graph_of(gaps)


def a_family() -> Study:
    return find_gaps(
        review(
            row("Police/P1", day(1), "bruising", to=("School", "Care"), what=("bruising",)),
            row("School/S1", day(2, 4), "neglect", heard_from=("Police",), people=("Sam", "A neighbour"), seen="alone"),
            row("School/S2", When("before", BEGINNING, day(9).latest, "before"), learnt=day(9), to=("Care",), what=("S1",)),
            row("Care/C1", day(12), "domestic-abuse", people=("Alex",), contact="assessment"),
            row("Family/F1", seen="no", contact="life-event"),
        ),
        TERMS,
    )  # fmt: skip


def graph_of(gaps: Study) -> Graph:
    return Graph().parse(data=turtle(quads(gaps)), format="turtle")


# --- the computed layer -----------------------------------------------------------------------------------------


def test_no_node_is_drawn_twice_in_both_layers_together(gaps: Study) -> None:
    nodes = [drawn.id for drawn in draw_all(gaps) if isinstance(drawn, Node)]
    assert len(nodes) == len(set(nodes))


def test_what_is_computed_leads_only_to_what_is_drawn(gaps: Study) -> None:
    drawing = list(draw_all(gaps))
    nodes = {drawn.id for drawn in drawing if isinstance(drawn, Node)}
    loose = {end for d in drawing if isinstance(d, Edge) for end in (d.source, d.target)} - nodes
    assert all(end.startswith(NAMESPACE + "scheme/") for end in loose)


def test_every_holding_is_drawn_with_the_moments_of_the_ledgers() -> None:
    gaps = a_family()
    graph = graph_of(gaps)
    drawn = {
        (str(graph.value(graph.value(h, kg("heldBy")), kg("name"))), str(graph.value(h, kg("holds")))): (
            graph.value(h, kg("surelySince")),
            graph.value(h, kg("possiblySince")),
        )
        for h in graph.subjects(RDF.type, kg("Holding"))
    }
    held = 0
    for agency in gaps.review.agencies:
        for number, fact in enumerate(gaps.facts.all):
            possible = gaps.knowledge.possible[agency.name].of(number)
            sure = gaps.knowledge.sure[agency.name].of(number)
            origin = gaps.review.entries[fact.origin]
            at = Addresses(gaps.review)
            key = (agency.name, at.fact(fact.person, fact.indicator, at.entry(origin.agency, origin.ref)))
            if possible is None:
                assert key not in drawn
                continue
            held += 1
            assert _minute(drawn[key][0]) == (sure.moment if sure else None)
            assert _minute(drawn[key][1]) == (possible.moment if possible.moment > BEGINNING else None)
    assert held == len(drawn) > 3


def _minute(literal: object) -> int | None:
    if literal is None:
        return None
    at = datetime.fromisoformat(str(literal))
    return minute_of(at.date(), at.hour * 60 + at.minute)


def test_every_finding_is_drawn_with_its_id_its_sentences_and_its_entries(gaps: Study, graph: Graph) -> None:
    ids = {str(graph.value(f, kg("name"))) for f in graph.subjects(RDF.type, kg("Finding"))}
    assert ids == {finding.id for finding in gaps.findings}
    for finding in graph.subjects(RDF.type, kg("Finding")):
        assert list(graph.objects(finding, kg("because")))


def test_what_is_computed_is_drawn_the_same_whatever_the_order_of_rows() -> None:
    gaps = a_family()
    turned = find_gaps(replace(gaps.review, entries=gaps.review.entries[::-1]), TERMS)
    assert set(nquads(quads(turned)).splitlines()) == set(nquads(quads(gaps)).splitlines())


def test_everything_drawn_is_a_word_of_the_ontology_and_of_its_kind(gaps: Study) -> None:
    ranges = {word.iri: word.range for word in TERMS.words if word.kind == "property" and not word.relation}
    relations = {word.iri for word in TERMS.words if word.relation}
    kinds = {str: "string", bool: "boolean", int: "integer"}
    for drawn in draw_computed(gaps):
        if isinstance(drawn, Edge):
            assert drawn.name.iri in relations, drawn.name
            continue
        for value in drawn.values:
            kind = kinds.get(type(value.content)) or ("dateTime" if isinstance(value.content, datetime) else "date")
            assert ranges[value.name.iri].endswith("#" + kind), value


# --- graphs -----------------------------------------------------------------------------------------------------


def test_each_return_has_a_graph_of_its_own(gaps: Study) -> None:
    at = Addresses(gaps.review)
    entries: dict[str, set[str]] = defaultdict(set)
    for subject, predicate, thing, graph in quads(gaps):
        if predicate == NAMESPACE + "entryName":
            entries[graph].add(str(thing))
            assert subject.startswith(at.review)
    assert set(entries) == {at.returned(each.agency, each.file) for each in gaps.review.returns if each.rows}
    for graph, names in entries.items():
        assert len({name.split("/")[0] for name in names}) == 1, graph
    assert sum(map(len, entries.values())) == len(gaps.review.entries)


def test_what_is_computed_stands_in_one_graph_and_nothing_else_does(gaps: Study) -> None:
    computed = Addresses(gaps.review).computed()
    record = set(record_quads(gaps.review, TERMS))
    rest = set(quads(gaps)) - record
    assert {graph for *_, graph in rest} <= {computed, VOCABULARY}
    assert computed not in {graph for *_, graph in record}


def test_no_statement_stands_in_two_graphs(gaps: Study) -> None:
    found = set(quads(gaps))
    assert len({each[:3] for each in found}) == len(found)


def test_every_entry_has_two_moments_its_words_and_edtf(gaps: Study, graph: Graph) -> None:
    dated = 0
    for entry in gaps.review.entries:
        (node,) = graph.subjects(kg("entryName"), Literal(entry.name))
        bounds = [graph.value(node, kg(name)) for name in ("earliest", "latest")]
        assert [bound is None for bound in bounds] == [entry.when.earliest == BEGINNING, entry.when.latest == END]
        when = graph.value(node, kg("when"))
        if when is None:
            assert entry.when.undated
            continue
        dated += 1
        assert str(graph.value(when, kg("asWritten")) or "") == entry.when.words
        assert str(graph.value(when, kg("edtf")) or "") == entry.when.edtf()
        for bound in bounds:
            assert bound is None or str(bound.datatype).endswith("#dateTime")  # type: ignore[union-attr]
    assert dated


def test_provenance_leads_from_every_finding_to_file_and_row(graph: Graph) -> None:
    derived, primary = URIRef(PROV + "wasDerivedFrom"), URIRef(PROV + "hadPrimarySource")
    entries = set(graph.subjects(RDF.type, kg("Entry")))
    for entry in entries:
        source = graph.value(entry, primary)
        assert graph.value(source, kg("file")) == graph.value(entry, kg("file"))
        assert int(str(graph.value(entry, kg("row")))) > 0
    for finding in graph.subjects(RDF.type, kg("Finding")):
        if str(graph.value(finding, kg("findingKind"))) != "not-seen":
            assert entries & set(graph.objects(finding, derived)), finding
        assert graph.value(finding, URIRef(PROV + "wasGeneratedBy")) is not None


def test_what_is_drawn_fits_the_shapes(gaps: Study, graph: Graph) -> None:
    alone = Graph().parse(data=turtle(record_quads(gaps.review, TERMS)), format="turtle")
    whole = {str(problem) for problem in check_graph(graph, TERMS)}
    assert whole == {str(problem) for problem in check_graph(alone, TERMS)}, "what is computed violates no shape"


# --- the same bytes, and readers that are not ours --------------------------------------------------------------


@pytest.mark.slow
def test_the_same_review_gives_the_same_bytes(climbie: Path, root: Path) -> None:
    program = (
        "import sys; from pathlib import Path; import kg; from kg.graph.export import export\n"
        "gaps = kg.find_gaps(kg.load(sys.argv[1]).review)\n"
        "for form in ('trig', 'turtle', 'jsonld', 'graphml', 'csv', 'cypher'):\n"
        "    sys.stdout.buffer.write(repr(export(gaps, form)).encode())"
    )
    outputs = [
        subprocess.run(
            [sys.executable, "-c", program, str(climbie)],
            cwd=root, env={"PYTHONHASHSEED": seed, "PATH": ""}, capture_output=True, check=True,
        ).stdout
        for seed in ("1", "2")
    ]  # fmt: skip
    assert outputs[0] == outputs[1]
    assert len(outputs[0]) > 1_000_000


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # the other reader's own, of itself
def test_every_form_says_the_same_to_another_reader() -> None:
    gaps = a_family()
    wanted = {(s, p, _comparable(o), g) for s, p, o, g in quads(gaps)}
    order = Addresses(gaps.review).review + "/order"
    for text, form in ((trig(gaps), "trig"), (nquads(quads(gaps)), "nquads"), (json_ld(quads(gaps)), "json-ld")):
        read = Dataset()
        read.parse(data=text, format=form)
        found = {(str(s), str(p), _words(o), str(g)) for s, p, o, g in read.quads() if str(g) != order}
        assert found == wanted, form


def _comparable(thing: object) -> str:
    if isinstance(thing, Iri | str):
        return str(thing)
    if isinstance(thing, bool):
        return str(thing).lower()
    return thing.isoformat() if hasattr(thing, "isoformat") else str(thing)


def _words(term: object) -> str:
    return str(term).lower() if isinstance(term, Literal) and str(term.datatype).endswith("boolean") else str(term)


def test_graphml_can_be_read_and_keeps_every_node_and_edge() -> None:
    import networkx

    gaps = a_family()
    graph = to_networkx(gaps)
    read = networkx.parse_graphml(graphml(graph))
    assert set(read.nodes) == set(graph.nodes)
    assert read.number_of_edges() == graph.number_of_edges()
    assert {data["relation"] for *_, data in read.edges(data=True)} == {key for *_, key in graph.edges(keys=True)}


def test_no_cell_of_an_exported_table_is_a_formula() -> None:
    entry = row("Police/P1", day(1))
    told = replace(entry, cells={**entry.cells, "what-happened": "=HYPERLINK(1)", "+x": "-1"})
    tables = export(find_gaps(review(told), TERMS), "csv")
    assert "'=HYPERLINK(1)" in tables["nodes.csv"]
    for text in tables.values():
        for line in text.splitlines():
            assert not any(cell.startswith(("=", "+", "-", "@")) for cell in line.replace('"', "").split(","))


def test_an_export_that_is_unknown_is_refused() -> None:
    with pytest.raises(ValueError, match="turtle, trig"):
        export(a_family(), "xlsx")


# --- and back ---------------------------------------------------------------------------------------------------


def the_record(gaps: Study) -> Review:
    """The review without what stands beside the returns: the folder, a report's conclusions, decisions and notes."""
    return replace(gaps.review, folder="", published=(), pairs=(), judgements=(), notes=())


def test_a_review_comes_back_from_trig_as_it_was(gaps: Study) -> None:
    text = trig(gaps)
    back = review_from_trig(text, TERMS)
    assert back == the_record(gaps)
    assert trig(find_gaps(back, TERMS)) == text


def test_what_is_computed_is_not_needed_to_come_back(gaps: Study) -> None:
    assert review_from_trig(record_trig(gaps.review, TERMS), TERMS) == the_record(gaps)


def test_a_folder_made_from_trig_reads_as_the_same_review(gaps: Study, tmp_path: Path) -> None:
    back = review_from_trig(trig(gaps), TERMS)
    write_review(back, tmp_path / "again", TERMS)
    assert list(differences(back, load_review(tmp_path / "again", TERMS).review)) == []


def test_tables_of_a_document_come_back_as_files_of_the_same_agency(root: Path, tmp_path: Path) -> None:
    made = load_review(root / "tests" / "cases" / "training", TERMS).review
    assert {entry.place.sheet for entry in made.entries} > {""}
    back = review_from_trig(record_trig(made, TERMS), TERMS)
    assert back == replace(made, folder="")
    write_review(back, tmp_path / "again", TERMS)
    assert list(differences(back, load_review(tmp_path / "again", TERMS).review)) == []


WORDS = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=12)
NAMES = WORDS.filter(lambda words: words.strip() == words and words != "")
MINUTES = st.integers(minute_of(datetime(1990, 1, 1)), minute_of(datetime(2030, 1, 1)))


@st.composite
def dates(draw: st.DrawFn) -> When:
    """A date of any kind: open at an end, hedged, to the minute."""
    words = draw(NAMES)
    earliest = draw(st.one_of(st.just(BEGINNING), MINUTES))
    least = max(earliest, minute_of(datetime(1990, 1, 1)))
    latest = draw(st.one_of(st.just(END), st.integers(least, least + 10**6)))
    return When(words, earliest, latest, draw(st.sampled_from(["", "about", "range", "doubtful"])), draw(st.booleans()))


@st.composite
def entries(draw: st.DrawFn, agency: str, ref: str) -> Entry:
    several = st.lists(NAMES, max_size=3, unique=True).map(tuple)
    words = st.lists(st.sampled_from(["bruising", "neglect", "domestic-abuse"]), max_size=3, unique=True).map(tuple)
    narrative, said = draw(WORDS), draw(WORDS)
    cells = {"ref": ref, "what-happened": narrative, "said": said, "Ward / bed": draw(WORDS), "comment": draw(WORDS)}
    return Entry(
        name=f"{agency}/{ref}",
        agency=agency,
        ref=ref,
        place=Place(f"returns/{agency}.csv", draw(WORDS), draw(st.integers(1, 999)), "", f"{agency}/{ref}"),
        when=draw(st.one_of(st.just(UNDATED), dates())),
        learnt=draw(st.one_of(st.none(), dates())),
        written=draw(st.one_of(st.none(), dates())),
        people=draw(several),
        about=draw(several),
        contact=draw(st.sampled_from(["", "home-visit", "letter-or-email"])),
        narrative=narrative,
        seen=draw(st.sampled_from(["", "yes", "no", "alone", "names"])),
        seen_people=draw(several),
        said=said,
        indicators=draw(words),
        responses=draw(st.lists(st.sampled_from(["allocated", "case-closed"]), max_size=2, unique=True).map(tuple)),
        shared_with=draw(st.lists(st.sampled_from(["School", "Care", "Nobody"]), max_size=3, unique=True).map(tuple)),
        shared_what=draw(words),
        received_from=draw(st.lists(st.sampled_from(["School", "Care"]), max_size=2, unique=True).map(tuple)),
        answers=draw(NAMES | st.just("")),
        cells=cells,
        joined=tuple(zip(draw(several), draw(several), strict=False)),
    )


@st.composite
def reviews(draw: st.DrawFn) -> Review:
    names = draw(st.lists(NAMES, min_size=1, max_size=3, unique=True))
    agencies = tuple(
        Agency(
            name, draw(st.sampled_from(["", "police", "school"])), tuple(draw(st.lists(NAMES, max_size=3, unique=True))),
            draw(NAMES | st.just("")), "", draw(st.just(name) | st.just("")), draw(st.booleans()),
        )
        for name in names
    )  # fmt: skip
    rows = [
        draw(entries(agency, f"{n}")) for n, agency in enumerate(draw(st.lists(st.sampled_from(names), max_size=4)))
    ]
    people = tuple(
        replace(
            person,
            aliases=tuple(draw(st.lists(NAMES, max_size=3, unique=True))),
            relations=tuple(draw(st.lists(NAMES, max_size=3, unique=True))),
            bears_on=draw(st.sampled_from([None, (), ("Sam",)])),
            born=draw(st.none() | dates()),
        )
        for person in PEOPLE
    )
    made = review(*rows, agencies=agencies, people=people)
    source = Source(draw(NAMES), draw(WORDS), draw(WORDS), "2003", draw(WORDS))
    return replace(made, title=draw(NAMES), folder="", area=draw(WORDS), sources=(source,), incident=draw(dates()))


@settings(max_examples=examples(80))
@given(reviews())
def test_any_review_comes_back_from_trig_as_it_was(made: Review) -> None:
    assert review_from_trig(record_trig(made, TERMS), TERMS) == made


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "no review"),
        ("<a:a> <a:b> <a:c> .", "no review"),
        ("this is not it", "not TriG"),
        ('@prefix kg: <https://w3id.org/kg-review/> . <a:a> a kg:Review ; kg:title "T" .', "the order of its people"),
        ("@prefix kg: <https://w3id.org/kg-review/> . <a:a> a kg:Review . <a:b> a kg:Review .", "2 reviews"),
    ],
)
def test_a_file_that_holds_no_review_says_why(text: str, why: str) -> None:
    with pytest.raises(NotOurTriG, match=why):
        review_from_trig(text, TERMS)


def test_half_a_letter_does_not_stop_an_export() -> None:
    entry = row("Police/P1", day(1))
    gaps = find_gaps(review(replace(entry, cells={"ref": "P1", "what-happened": f"a{SURROGATE}\x00b"})), TERMS)
    for form in ("trig", "turtle", "jsonld", "graphml", "cypher"):
        text = export(gaps, form)[""]
        assert text.encode("utf-8")
    assert json.loads(export(gaps, "jsonld")[""])["@graph"]


# --- who talked with whom ---------------------------------------------------------------------------------------


def test_contacts_are_nodes_of_the_whole_graph(gaps: Study) -> None:
    graph = to_networkx(gaps)
    kinds = {node: data.get("kinds", ()) for node, data in graph.nodes(data=True)}
    assert any("Contact" in each for each in kinds.values())
    assert {"Holding", "Finding", "Telling"} <= {kind for each in kinds.values() for kind in each}


def test_nobody_is_said_to_have_talked_before_they_did() -> None:
    gaps = a_family()
    assert who_talked(gaps, day(0).latest).number_of_edges() == 0
    told = {(a, b, data["certainty"]) for a, b, data in who_talked(gaps, day(1).latest).edges(data=True)}
    assert told == {("Police", "School", "sure"), ("Police", "Care", "sure")}
    later = {(a, b): data["entry"] for a, b, data in who_talked(gaps, day(9).latest).edges(data=True)}
    assert later["School", "Care"] == "School/S2"
    assert set(who_talked(gaps, day(0).latest)) == {agency.name for agency in gaps.review.agencies}


def test_who_may_have_talked_is_told_apart_from_who_surely_had() -> None:
    gaps = find_gaps(review(row("Police/P1", day(1, 5), "bruising", to=("School",))), TERMS)
    ((_, _, data),) = who_talked(gaps, day(3).latest).edges(data=True)
    assert data["certainty"] == "possible"
    assert data["arrived"] == "possibly"
    ((_, _, data),) = who_talked(gaps, day(5).latest).edges(data=True)
    assert data["certainty"] == "sure"


# --- files that somebody changed ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        (r"kg:agency <[^>]*>", 'kg:label "no agency"', "not whole"),
        (r"kg:row \d+", 'kg:row "x"', "not whole"),
        (r'kg:earliest "[^"]*"', 'kg:earliest "soon"', "not whole"),
    ],
)
def test_a_file_that_was_changed_is_refused_in_words(old: str, new: str, why: str) -> None:
    text = record_trig(review(row("Police/P1", day(1)), row("Care/C1", day(2))), TERMS)
    changed, number = re.subn(old, new, text)
    assert number
    with pytest.raises(NotOurTriG, match=why):
        review_from_trig(changed, TERMS)


def test_a_list_that_leads_back_to_itself_is_refused() -> None:
    text = record_trig(review(row("Police/P1", day(1))), TERMS)
    head = re.search(r"kg:agenciesInOrder \( (\S+) [^)]*\)", text)
    assert head
    changed = text.replace(head[0], "kg:agenciesInOrder _:b", 1)
    first = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#first>"
    rest = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#rest>"
    with pytest.raises(NotOurTriG, match="leads back to itself"):
        review_from_trig(f"{changed}\n{{ _:b {first} {head[1]} ; {rest} _:b . }}\n", TERMS)


def test_no_agencys_name_leads_out_of_the_new_folder(tmp_path: Path) -> None:
    made = review(row("Police/P1", day(1)))
    for name in (str(tmp_path / "elsewhere"), "../../elsewhere", "a\\..\\..\\b", ".hidden", "..", ""):
        renamed = replace(
            made,
            agencies=(replace(made.agencies[0], name=name), *made.agencies[1:]),
            returns=(Return(name, "", 1),),
            entries=tuple(replace(entry, agency=name, place=Place("")) for entry in made.entries),
        )
        folder = tmp_path / "inside" / f"r{abs(hash(name))}"
        write_review(renamed, folder)
    outside = [file for file in tmp_path.rglob("*.csv") if file.parent.name != "returns"]
    assert outside == []
