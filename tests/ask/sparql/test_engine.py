"""SPARQL asked of a review: what it may do, what it may not, and what is said to the person who asked."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from helpers.small import day, review, row
from hypothesis import given
from hypothesis import strategies as st

import cli
from kg.ask.library import library, named
from kg.ask.refusal import NotAsked, TookTooLong
from kg.ask.sparql.engine import Found, ask_sparql, content
from kg.ask.sparql.text import SUPPLIED, check, is_ordered, only_reading, tokens
from kg.findings.study import Study, find_gaps
from kg.graph.rdf.quads import Iri, Quad, nquads, quads
from kg.terms.namespace import NAMESPACE
from kg.terms.reader import load

TERMS = load()


def a_family() -> Study:
    return find_gaps(
        review(
            row("Police/P1", day(1), "bruising", to=("School",)),
            row("School/S1", day(2, 4), "neglect", heard_from=("Police",), seen="alone"),
        ),
        TERMS,
    )


GAPS = a_family()
STATEMENTS = tuple(quads(GAPS))


def ask(text: str, *, timeout: float = 60.0, **parameters: str | int | date) -> Found:
    return ask_sparql(STATEMENTS, text, TERMS, parameters=parameters, timeout=timeout)


def run(*words: str, stdin: str = "") -> Result:
    return CliRunner().invoke(cli.main, [*words], prog_name="kg", input=stdin)


def refused(text: str) -> str:
    with pytest.raises(NotAsked) as told:
        check(text, TERMS)
    return str(told.value)


# --- what is found ----------------------------------------------------------------------------------------------


def test_rows_come_in_order_of_their_text_unless_the_query_orders_them() -> None:
    text = "SELECT ?name WHERE { ?x a kg:Agency ; kg:name ?name }"
    names = [row[0]["value"] for row in ask(text).rows if row[0]]
    assert names == sorted(names)
    turned = [row[0]["value"] for row in ask(text + " ORDER BY DESC(?name)").rows if row[0]]
    assert turned == sorted(names, reverse=True)


def test_the_graphs_of_a_review_are_asked_together_and_apart() -> None:
    assert ask("ASK { ?entry kg:agency/kg:ofReview ?review . ?finding kg:restsOn ?entry }").boolean
    found = ask("SELECT DISTINCT ?g WHERE { GRAPH ?g { ?x a kg:Fact } }")
    assert [each[0]["value"].rsplit("/", 1)[-1] for each in found.rows if each[0]] == ["computed"]


def test_a_construct_gives_a_graph_in_turtle() -> None:
    from rdflib import Graph

    found = ask("CONSTRUCT { ?e kg:agency ?a } WHERE { ?e a kg:Entry ; kg:agency ?a }")
    assert found.graph is not None
    assert len(Graph().parse(data=found.graph, format="turtle")) == 2
    assert found.graph == ask("CONSTRUCT { ?e kg:agency ?a } WHERE { ?e a kg:Entry ; kg:agency ?a }").graph


def test_cells_come_as_what_they_are() -> None:
    (found,) = ask(
        'SELECT ("x" AS ?a) (1 AS ?b) (true AS ?c) ?d ?e WHERE { kg:asked asked:day ?d }', day=date(2020, 1, 2)
    ).rows
    assert [content(each) for each in found] == ["x", 1, True, date(2020, 1, 2), ""]


def test_a_parameter_stands_in_the_graph_as_it_was_given() -> None:
    for words in ('"', "a\\b", "line\nbreak", "\u202e", "} DROP ALL", "\U0001f600"):
        (found,) = ask("SELECT ?x WHERE { kg:asked asked:agency ?x }", agency=words).rows
        assert found[0] is not None
        assert found[0]["value"] == words


@given(st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=40))
def test_any_text_comes_back_from_a_store_as_it_went_in(words: str) -> None:
    from pyoxigraph import RdfFormat, parse

    line = nquads([("urn:a", "urn:b", words, "urn:c"), ("urn:a", "urn:b", Iri("urn:d"), "urn:c")])
    assert line.count("\n") == 2
    first, second = parse(line, format=RdfFormat.N_QUADS)
    assert first.object.value == words
    assert second.object.value == "urn:d"


# --- what is refused --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "place", "word"),
    [
        ("INSERT DATA { <urn:a> <urn:b> <urn:c> }", "line 1, column 1", "INSERT"),
        ("DELETE WHERE { ?s ?p ?o }", "line 1, column 1", "DELETE"),
        ("LOAD <file:///etc/hostname>", "line 1, column 1", "LOAD"),
        ("CLEAR ALL", "line 1, column 1", "CLEAR"),
        ("DROP GRAPH <urn:a>", "line 1, column 1", "DROP"),
        ("CREATE GRAPH <urn:a>", "line 1, column 1", "CREATE"),
        ("SELECT * WHERE {\n  SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", "line 2, column 3", "SERVICE"),
        ("SELECT * WHERE { service silent ?x { ?s ?p ?o } }", "line 1, column 18", "SERVICE"),
        ("SELECT * FROM <urn:a> WHERE { ?s ?p ?o }", "line 1, column 10", "FROM"),
        ("SELECT * FROM NAMED <urn:a> WHERE { ?s ?p ?o }", "line 1, column 10", "FROM"),
        ("# nothing\nSELECT * # FROM\n from <urn:a> { ?s ?p ?o }", "line 3, column 2", "FROM"),
        ("PREFIX x: <urn:#> SELECT * FROM <urn:a> { ?s ?p ?o }", "line 1, column 28", "FROM"),
        ("SELECT ('''it's # \" not''' AS ?x) FROM <urn:a> {}", "line 1, column 35", "FROM"),
    ],
)
def test_a_query_that_does_more_than_read_is_refused_with_its_place(text: str, place: str, word: str) -> None:
    said = refused(text)
    assert said.startswith(f"{place}: {word}")
    assert "Nothing was done" in said


@pytest.mark.parametrize(
    "text",
    [
        'SELECT ?from WHERE { ?from kg:name "FROM service INSERT" } # DELETE',
        "SELECT ?load WHERE { ?load <urn:service> <urn:from#insert> }",
        "PREFIX from: <urn:x> SELECT * { ?s from:service ?drop }",
        "SELECT * { ?s kg:name '''DROP\nALL''' }",
    ],
)
def test_words_that_only_look_like_writing_are_not_refused(text: str) -> None:
    only_reading(text)


@pytest.mark.parametrize(
    "text", ["SELECT * { \\u0053ERVICE <urn:a> {} }", "\\u0049NSERT DATA {}", "SELECT * \\U00000046ROM <urn:a> {}"]
)
def test_a_word_written_in_another_way_than_its_letters_is_refused(text: str) -> None:
    assert "backslash" in refused(text)


def test_no_query_reaches_another_computer(monkeypatch: pytest.MonkeyPatch) -> None:
    """Even if the words were not looked at, nobody listens where this one asks."""
    import socket

    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        listening.settimeout(0.3)
        port = listening.getsockname()[1]
        with pytest.raises(NotAsked):
            ask(f"SELECT * {{ SERVICE <http://127.0.0.1:{port}/> {{ ?s ?p ?o }} }}")
        with pytest.raises(TimeoutError):
            listening.accept()


def test_a_blank_query_is_told_so() -> None:
    assert "blank" in refused("  # nothing but this\n")


@pytest.mark.parametrize(
    ("text", "place", "meant"),
    [
        ("SELECT * { ?x kg:narative ?y }", "line 1, column 15", "kg:narrative"),
        ("SELECT *\n{ ?x a kg:Agencie }", "line 2, column 8", "kg:Agency"),
        ("SELECT * { ?x kg:indicator indicator:brusing }", "line 1, column 28", "indicator:bruising"),
        ("SELECT * { ?x <https://w3id.org/kg-review/sharedwith> ?y }", "line 1, column 15", "sharedWith"),
        ("SELECT * { ?x skoss:notation ?y }", "line 1, column 15", "skos"),
    ],
)
def test_a_name_that_nothing_has_is_told_with_the_one_perhaps_meant(text: str, place: str, meant: str) -> None:
    said = refused(text)
    assert said.startswith(place)
    assert f"Did you mean {meant}?" in said


def test_names_of_ones_own_are_left_alone() -> None:
    check("PREFIX my: <urn:my#> SELECT * { ?x my:anything ?y ; kg:peopleAsWritten ?z ; prov:wasDerivedFrom ?w }", TERMS)
    check(f"SELECT * {{ <{NAMESPACE}data/Some/entry> ?p ?o }}", TERMS)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("SELECT * WHERE { ?x kg:name ", "line 1, column 29: something is missing"),
        ("SELECT * WHERE {\n ?x kg:name ?y ] }", "line 2, column"),
        ("SELECT (COUNT(?x) AS ?n) ?y WHERE { ?x kg:name ?y }", "GROUP BY"),
        ("SELEKT * WHERE { ?x kg:name ?y }", "line 1, column"),
    ],
)
def test_a_query_that_cannot_be_read_says_where(text: str, said: str) -> None:
    with pytest.raises(NotAsked, match="Nothing was answered") as told:
        ask(text)
    assert said in str(told.value)


@given(st.text(max_size=60))
def test_no_text_at_all_is_more_than_refused_or_read(text: str) -> None:
    with suppress(NotAsked):
        check(text, TERMS)
    assert all(each.text for each in tokens(text))


def test_order_by_is_found_as_words_and_not_in_text() -> None:
    assert is_ordered("SELECT * {} ORDER # really\n BY ?x")
    assert not is_ordered('SELECT * { ?x kg:name "ORDER BY" }')


# --- queries that never end -------------------------------------------------------------------------------------

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


def test_a_query_that_never_ends_is_ended_and_leaves_nothing_running() -> None:
    begun = time.perf_counter()
    with pytest.raises(TookTooLong, match="ended after 1 seconds"):
        ask(ENDLESS, timeout=1)
    assert time.perf_counter() - begun < 20
    assert not _children()


def test_an_answer_without_end_is_ended_too() -> None:
    with pytest.raises(NotAsked, match=r"more than|ended after"):
        ask("SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }", timeout=5)
    assert not _children()


def _children() -> list[str]:
    if not Path("/proc/self/task").exists():
        return []
    mine = Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()
    found = [Path(f"/proc/{each}/cmdline") for each in mine]
    return [each.read_text() for each in found if each.exists() and "sparql/child.py" in each.read_text()]


def test_many_rows_to_a_reader_that_stops_reading_is_no_error(climbie: Path, root: Path) -> None:
    text = "SELECT ?a ?b WHERE { ?x kg:name ?a . ?y kg:name ?b } LIMIT 90000"
    program = [sys.executable, "cli.py", "query", str(climbie), "--sparql", text, "--format", "csv"]
    asked = subprocess.Popen(program, cwd=root, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert asked.stdout is not None
    assert asked.stderr is not None
    assert asked.stdout.readline() == b"a,b\n"
    asked.stdout.close()
    said = asked.stderr.read().decode()
    asked.stderr.close()
    asked.wait()
    assert "Traceback" not in said
    assert "Error" not in said


def test_fifty_thousand_rows_are_all_there() -> None:
    text = "SELECT ?a ?b WHERE { ?x kg:entryName ?a . ?y ?p ?b }"
    twice: Iterator[Quad] = ((f"urn:x:{n}", NAMESPACE + "entryName", f"=x/{n}", "urn:g") for n in range(250))
    found = ask_sparql(twice, text, TERMS)
    assert len(found.rows) == 250 * 250


# --- the command ------------------------------------------------------------------------------------------------


def test_the_list_of_questions_is_for_people_and_for_programs() -> None:
    told = json.loads(run("query", "--list", "--format", "json").output)
    assert [each["name"] for each in told] == [each.name for each in library()]
    assert {"name", "title", "parameters"} <= set(told[0])
    text = run("query", "--list").output
    for each in told:
        assert each["name"] in text
        assert each["title"] in text


def test_a_question_prints_a_table_csv_json_and_markdown(climbie: Path) -> None:
    words = ("query", str(climbie), "--ask", "first-and-last-contact")
    lines = run(*words).output.splitlines()
    assert lines[0].split() == ["agency", "first", "last", "contacts"]
    found = json.loads(run(*words, "--format", "json").output)
    assert lines[len(found) + 2] == f"{len(found)} rows"
    beneath = " ".join(" ".join(lines[len(found) + 3 :]).split())
    assert beneath == " ".join(named("first-and-last-contact").about.split()), "what the rows do not say"
    assert set(found[0]) == {"agency", "first", "last", "contacts"}
    assert run(*words, "--format", "csv").output.splitlines()[0] == "agency,first,last,contacts"
    assert run(*words, "--format", "markdown").output.startswith("| agency |")


def test_the_same_rows_from_each_engine_on_the_command_line(hayter: Path) -> None:
    words = ("query", str(hayter), "--ask", "responses-by-duty", "--format", "csv")
    outputs = {run(*words, "--engine", engine).output for engine in ("sparql", "python", "rdflib")}
    assert len(outputs) == 1
    assert next(iter(outputs)).count("\n") > 1


def test_a_query_is_taken_from_a_file_from_text_and_from_standard_input(hayter: Path, tmp_path: Path) -> None:
    text = "SELECT ?t WHERE { ?r a kg:Review ; kg:title ?t }"
    file = tmp_path / "title.rq"
    file.write_text(text, encoding="utf-8")
    outputs = {
        run("query", str(hayter), "--sparql", text).output,
        run("query", str(hayter), "--sparql", str(file)).output,
        run("query", str(hayter), "--sparql", "-", stdin=text).output,
    }
    assert len(outputs) == 1
    assert "1 row" in next(iter(outputs))


def test_results_in_json_are_those_of_the_standard(hayter: Path) -> None:
    told = json.loads(
        run(
            "query", str(hayter), "--sparql", "SELECT ?x ?y { ?r a kg:Review ; kg:title ?x }", "--format", "json"
        ).output
    )
    assert told["head"]["vars"] == ["x", "y"]
    assert [set(each) for each in told["results"]["bindings"]] == [{"x"}]
    yes = json.loads(run("query", str(hayter), "--sparql", "ASK { ?r a kg:Review }", "--format", "json").output)
    assert yes["boolean"] is True


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("query", "{review}"), "Say what to ask"),
        (("query", "--ask", "did-not-arrive"), "Name the review"),
        (("query", "{review}", "--ask", "did-not-arrive", "--sparql", "ASK {}"), "in one way"),
        (("query", "{review}", "--ask", "did-not-arive"), "Did you mean did-not-arrive?"),
        (("query", "{review}", "--ask", "did-not-arrive", "--param", "agency"), "is no parameter"),
        (("query", "{review}", "--ask", "did-not-arrive", "--param", "agenc=x"), "Did you mean agency?"),
        (("query", "{review}", "--ask", "held-on-a-day", "--param", "day=31/02/2000"), "is not a day"),
        (("query", "{review}", "--ask", "did-not-arrive", "--engine", "neo4j"), "Name the server"),
        (("query", "{review}", "--sparql", "nowhere.rq"), "could not be read"),
        (("query", "{review}", "--sparql", "SELECT * { SERVICE <urn:x> {} }"), "asks another computer"),
        (("query", "{review}", "--sparql", ENDLESS, "--timeout", "0.5"), "ended after 0.5 seconds"),
        (("query", "{review}", "{review}", "--ask", "in-how-many-reviews"), "a title of its own"),
        (("query", "{review}", "--sparql", "ASK {}", "--timeout", "0"), "--timeout"),
        (("export", "{review}", "--format", "csv"), "name a folder"),
        (("import", "nowhere.trig", "here"), "could not be read"),
        (("import", "{review}/review.toml", "here"), "not TriG"),
    ],
)
def test_what_cannot_be_asked_is_said_in_a_sentence(
    hayter: Path, words: tuple[str, ...], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    done = run(*(word.replace("{review}", str(hayter)) for word in words))
    assert done.exit_code in (1, 2)
    assert said in done.output
    assert "Traceback" not in done.output
    assert done.exception is None or isinstance(done.exception, SystemExit)


def test_the_record_alone_is_asked_without_what_is_computed(hayter: Path) -> None:
    text = "SELECT (COUNT(*) AS ?n) { ?x a kg:Holding }"
    assert run("query", str(hayter), "--sparql", text, "--format", "csv").output != "n\n0\n"
    assert "0" in run("query", str(hayter), "--sparql", text, "--record").output.split()
    entries = "SELECT ?n { ?x a kg:Entry ; kg:entryName ?n }"
    both = {run("query", str(hayter), "--sparql", entries, *more).output for more in ((), ("--record",))}
    assert len(both) == 1


def test_several_reviews_are_asked_as_one_graph(hayter: Path, connelly: Path) -> None:
    found = run("query", str(hayter), str(connelly), "--sparql", "SELECT ?t { ?r a kg:Review ; kg:title ?t }").output
    assert "2 rows" in found
    of = json.loads(run("query", str(hayter), str(connelly), "--ask", "in-how-many-reviews", "--format", "json").output)
    assert {each["of"] for each in of} == {2}


def test_a_review_goes_out_and_comes_back(hayter: Path, tmp_path: Path) -> None:
    file, again = tmp_path / "h.trig", tmp_path / "again"
    assert run("export", str(hayter), "-o", str(file)).exit_code == 0
    made = run("import", str(file), str(again))
    assert made.exit_code == 0
    assert "read otherwise" not in made.output
    assert run("export", str(hayter)).output == file.read_text(encoding="utf-8")
    there = run("import", str(file), str(again))
    assert there.exit_code == 2
    assert "is not empty" in there.output


def test_a_table_on_a_terminal_has_one_line_a_row_whatever_a_cell_holds() -> None:
    from kg.commands.query import _table

    lines = list(_table(["a"], [["one\nline\x1b[31m" + "x" * 200], ["\u202etwo"]]))
    assert len(lines) == 5
    assert all(char.isprintable() for line in lines for char in line)


def test_every_prefix_that_is_supplied_can_be_used() -> None:
    for prefix in SUPPLIED:
        only_reading(f"SELECT * {{ ?s {prefix}:x ?o }}")


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { # a remark ends here\r SERVICE <http://127.0.0.1:8/> { ?a ?b ?c } }",
        "SELECT * { ?a ?b '''a\\'''' . SERVICE <http://127.0.0.1:8/> { ?a ?b ?c } } #'''",
        'SELECT * { ?a ?b """a\\"""" . SERVICE <http://127.0.0.1:8/> { ?a ?b ?c } } #"""',
    ],
)
def test_nothing_hides_behind_the_end_of_a_remark_or_a_text(text: str) -> None:
    with pytest.raises(NotAsked, match="SERVICE asks another computer"):
        ask_sparql([], text, TERMS)


@pytest.mark.skipif(sys.platform == "win32", reason="what a process may open is limited in another way there")
def test_the_engine_can_reach_nothing_even_if_a_query_gets_through(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.ask.sparql.engine.check", lambda text, terms: None)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.setblocking(False)
        with pytest.raises(NotAsked):
            ask_sparql([], f"ASK {{ SERVICE <http://127.0.0.1:{listening.getsockname()[1]}/> {{ ?a ?b ?c }} }}", TERMS)
        with pytest.raises(BlockingIOError):
            listening.accept()


# --- what would be read as silence ------------------------------------------------------------------------------


@pytest.mark.parametrize("engine", ["python", "sparql", "rdflib", "cypher"])
@pytest.mark.parametrize(
    ("name", "words", "meant"),
    [("agency", "Haringey Social Service", "Haringey Social Services"), ("indicator", "bruisng", "bruising")],
)
def test_what_nobody_is_called_is_no_silence(climbie: Path, engine: str, name: str, words: str, meant: str) -> None:
    done = run("query", str(climbie), "--ask", "held-on-a-day", "--param", f"{name}={words}", "--engine", engine)
    assert done.exit_code == 1
    assert f"Did you mean {meant}?" in done.output
    assert "No row" not in done.output


def test_names_are_known_in_any_case_and_kinds_by_their_label(climbie: Path) -> None:
    def rows(agency: str, indicator: str) -> str:
        words = ("--param", f"agency={agency}", "--param", f"indicator={indicator}", "--format", "csv")
        return run("query", str(climbie), "--ask", "held-on-a-day", *words).stdout

    exact = rows("Enfield Social Services", "bruising")
    assert len(exact.splitlines()) > 1
    assert rows("enfield social services", "Bruising or marks") == exact


def test_what_could_not_be_read_is_said_beside_the_answer(climbie: Path, tmp_path: Path) -> None:
    broken = tmp_path / "review"
    shutil.copytree(climbie, broken)
    (broken / "returns" / "Haringey Social Services.csv").write_bytes(b"\x00\xff\x00\xfe")
    for words in (
        ("query", str(broken), "--ask", "contacts-by-agency"),
        ("query", str(broken), "--ask", "did-not-arrive"),
        ("matrix", str(broken), "--on", "06/08/1999"),
        ("export", str(broken), "--format", "turtle"),
    ):
        done = run(*words)
        assert done.exit_code == 0
        assert "could not be read" in done.stderr, words
        assert "kg check" in done.stderr
        assert "kg check" not in run(words[0], str(climbie), *words[2:]).stderr


@pytest.mark.parametrize(
    "words",
    [
        ("export", "{}", "--format", "trig", "-o", "{}/review.toml"),
        ("export", "{}", "--format", "trig", "-o", "{}/returns/graph.trig"),
        ("export", "{}", "--format", "csv", "-o", "{}"),
        ("timeline", "{}", "-o", "{}/returns/t.html"),
        ("network", "{}", "-o", "{}/returns/n.html"),
        ("questions", "{}", "-o", "{}/returns/q.txt"),
        ("chronology", "{}", "-o", "{}/returns/copy.xlsx"),
    ],
)
def test_nothing_is_written_where_the_review_itself_stands(
    climbie: Path, tmp_path: Path, words: tuple[str, ...]
) -> None:
    folder = tmp_path / "review"
    shutil.copytree(climbie, folder)
    before = {file: file.read_bytes() for file in folder.rglob("*") if file.is_file()}
    done = run(*(word.format(folder) for word in words))
    assert done.exit_code == 2
    assert "nothing was written" in done.output.casefold()
    assert {file: file.read_bytes() for file in folder.rglob("*") if file.is_file()} == before
