"""Cypher without a server: what the embedded engine holds is the drawing, and a question can do nothing but read."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from helpers.examples import examples
from helpers.small import PEOPLE, day, review, row
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.ask.cypher.engine import Embedded, ask, embedded
from kg.ask.cypher.text import only_reading, tokens
from kg.ask.refusal import NotAsked, TookTooLong
from kg.base.signs import sound
from kg.findings.study import find_gaps
from kg.graph.addresses import CONCEPT, Name
from kg.graph.computed import draw_all
from kg.graph.drawing import Edge, Node, Value
from kg.graph.property_graph import PropertyGraph, as_property_graph, schema_of
from kg.terms.reader import load
from loaders import load as load_review

ROOT = Path(__file__).resolve().parents[3]
TERMS = load()
SCHEMA = schema_of(TERMS)
CASES = ["climbie", "connelly", "hayter"]
HARD = """Ann's "house", 'x'); MATCH (n) DETACH DELETE n // `é` \\ $review {a: 1}
\tnext line, naïve — Σ 家 \U0001f476"""


def pour(graph: PropertyGraph) -> Iterator[Embedded]:
    held = Embedded(graph)
    yield held
    held.close()


@pytest.fixture(scope="module", params=CASES)
def case(request: pytest.FixtureRequest) -> PropertyGraph:
    read = load_review(request.getfixturevalue(request.param), TERMS).review
    return as_property_graph(draw_all(find_gaps(read, TERMS)), TERMS, read.title)


@pytest.fixture(scope="module")
def small() -> Iterator[Embedded]:
    read = review(
        row("Police/P1", day(1), "bruising", to=("School", "Care"), what=("bruising",)),
        row("School/S1", day(2, 4), "neglect", heard_from=("Police",), seen="alone"),
        people=(replace(PEOPLE[0], aliases=("Sammy", HARD)), *PEOPLE[1:]),
    )
    yield from pour(as_property_graph(draw_all(find_gaps(read, TERMS)), TERMS, read.title))


def held(graph: Embedded, drawn: PropertyGraph) -> None:
    """The engine holds every node with every value, and every relation, and nothing else."""
    wanted: dict[str, list[dict[str, object]]] = {}
    for kinds, rows in drawn.nodes.items():
        wanted.setdefault(kinds[0], []).extend({key: row[key] for key in row if key != "uid"} for row in rows)
    for label in sorted({*drawn.schema.labels} - {*drawn.schema.further}):  # of a second label the engine says so
        found = graph.ask(f"MATCH (n:`{label}`) RETURN n").rows
        there = sorted((node for (node,) in found), key=lambda node: node["id"])  # type: ignore[index]
        assert there == sorted(wanted.get(label, []), key=lambda node: str(node["id"])), label
    pairs: dict[str, list[tuple[str, str]]] = {}
    for (kind, _, _), ends in drawn.edges.items():
        pairs.setdefault(kind, []).extend(ends)
    for kind in drawn.schema.relations.values():
        found = graph.ask(f"MATCH (a)-[:`{kind}`]->(b) RETURN a.uid, b.uid").rows
        assert sorted(found) == sorted(pairs.get(kind, [])), kind


# --- the drawing, whole -----------------------------------------------------------------------------------------


def test_the_embedded_graph_is_the_drawing(case: PropertyGraph) -> None:
    for graph in pour(case):
        held(graph, case)


words = st.text(st.characters(codec="utf-8"), min_size=1, max_size=30) | st.sampled_from(
    [
        HARD,
        '"',
        '""',
        "NULL",
        "null",
        "[]",
        "['a']",
        "a,b",
        "\\",
        '\\"',
        "\r\n",
        "\n",
        " x ",
        "'",
        "=1+1",
        "\0",
        "\u2028",
    ]
)


@settings(max_examples=examples(12))
@given(st.lists(st.tuples(words, st.lists(words, max_size=3)), min_size=1, max_size=12))
def test_no_words_are_too_hard_to_keep(said: list[tuple[str, list[str]]]) -> None:
    named, alias = Name("", "name"), Name("", "alias")
    person = Name("", "Person")
    nodes = [
        Node(f"p{number}", (person,), (Value(named, name), *(Value(alias, each) for each in aliases)))
        for number, (name, aliases) in enumerate(said)
    ]
    with embedded(as_property_graph(nodes, TERMS, HARD)) as graph:
        rows = graph.ask("MATCH (p:Person {review: $review}) RETURN p.id, p.name, p.alias").rows
        found = {id: (name, aliases or []) for id, name, aliases in rows}
        assert found == {
            f"p{number}": (sound(name), [sound(each) for each in aliases])
            for number, (name, aliases) in enumerate(said)
        }
        for number, (name, _) in enumerate(said):
            rows = graph.ask("MATCH (p:Person) WHERE p.name = $name RETURN p.id", {"name": sound(name)}).rows
            assert (f"p{number}",) in rows


def test_what_no_review_has_yet_can_be_asked_for() -> None:
    with embedded(as_property_graph([Node("c", (CONCEPT,))], TERMS, "nothing")) as graph:
        for label in sorted({*SCHEMA.labels} - {*SCHEMA.further}):
            assert graph.ask(f"MATCH (n:`{label}`)-[r]->(m) RETURN n.id").rows == ()
        for kind in SCHEMA.relations.values():
            assert graph.ask(f"MATCH (n:Entry)-[:`{kind}`]->(m:Person) RETURN m.id").rows == ()
        for key in SCHEMA.values:
            assert graph.ask(f"MATCH (n:Entry) WHERE n.`{key}` IS NOT NULL RETURN n.`{key}`").rows == ()


def test_a_path_may_have_no_step_along_a_relation_that_is_not_there() -> None:
    with embedded(as_property_graph([Node("c", (CONCEPT,))], TERMS, "nothing")) as graph:
        assert graph.ask("MATCH (a:Concept)-[:BROADER*0..9]->(b:Concept) RETURN b.id").rows == (("c",),)


def test_relations_never_share_a_name_with_labels() -> None:
    kinds = list(SCHEMA.relations.values())
    assert len(set(kinds)) == len(kinds)
    assert not {kind.casefold() for kind in kinds} & {label.casefold() for label in SCHEMA.labels}


def test_a_value_of_another_type_than_the_ontology_says_is_refused() -> None:
    node = Node("e", (Name("", "Entry"),), (Value(Name("", "row"), "14"),))
    with pytest.raises(TypeError, match="row holds number"):
        as_property_graph([node], TERMS, "x")
    twice = Node("e", (Name("", "Entry"),), (Value(Name("", "row"), 14), Value(Name("", "row"), 15)))
    with pytest.raises(TypeError, match="a second"):
        as_property_graph([twice], TERMS, "x")


def test_an_edge_to_nothing_drawn_is_left_out() -> None:
    nodes: list[Node | Edge] = [
        Node("c", (CONCEPT,)),
        Edge("c", Name("http://www.w3.org/2004/02/skos/core#inScheme", ""), "s"),
    ]
    assert as_property_graph(nodes, TERMS, "x").edge_count == 0


# --- asking -----------------------------------------------------------------------------------------------------


def test_values_are_bound_never_pasted(small: Embedded) -> None:
    named = "MATCH (p:Person) WHERE $name IN p.alias RETURN p.name"
    assert small.ask(named, {"name": HARD}).rows == (("Sam",),)
    assert small.ask(named, {"name": "x' OR true OR 'x' = '"}).rows == ()


def test_the_review_is_always_bound(small: Embedded) -> None:
    assert small.ask("MATCH (e:Entry {review: $review}) RETURN count(e) AS n").rows == ((2,),)


def test_one_question_is_drawn_asked_and_gone() -> None:
    read = review(row("Police/P1", day(1), "bruising"))
    answer = ask(
        find_gaps(read, TERMS), "MATCH (e:Entry)-[:HAS_AGENCY]->(a) RETURN e.entry_name AS entry, a.name AS agency"
    )
    assert answer.columns == ("entry", "agency")
    assert answer.rows == (("Police/P1", "Police"),)


@pytest.mark.parametrize(
    "text",
    [
        "CREATE (n:Entry {id: 'x'})",
        "MATCH (n:Entry) SET n.said = 'x'",
        "MATCH (n) DETACH DELETE n",
        "match (n) delete n",
        "MERGE (n:Entry {id: 'x'}) RETURN n",
        "MATCH (n:Entry) REMOVE n.said",
        "LOAD FROM '/etc/hosts' RETURN *",
        "LOAD CSV FROM 'http://example.org/x' AS row RETURN row",
        "COPY (MATCH (n:Entry) RETURN n.id) TO 'stolen.csv'",
        "COPY Entry FROM 'x.csv'",
        "ATTACH 'x.db' AS x (dbtype sqlite)",
        "INSTALL httpfs",
        "EXPORT DATABASE 'x'",
        "DROP TABLE Entry",
        "CALL show_tables() RETURN *",
        "CALL dbms.shutdown()",
        "USE other MATCH (n) RETURN n",
        "MATCH (n) RETURN n.id; MATCH (n) DETACH DELETE n",
        "COMMIT",
        "/* a */ CREATE /* b */ (n:Entry {id: 'x'})",
        "MATCH (n) // RETURN n\nDETACH DELETE n",
        "",
        "  // nothing",
        "MATCH (n) RETURN n.id // \rLOAD CSV FROM 'http://127.0.0.1:9/' AS l RETURN l",
        "RETURN 'a\\u0027 AS x LOAD CSV FROM \"http://127.0.0.1:9/\" AS l RETURN l //'",
        "// \\u000a LOAD CSV FROM 'http://127.0.0.1:9/' AS l RETURN l",
        "/* \\u002a\\u002f MATCH (n) DETACH DELETE n //",
        "MATCH (as) WITH as LOAD CSV FROM 'http://127.0.0.1:9/' AS l RETURN l",
        "WITH 1 AS as CALL dbms.components() YIELD name RETURN name",
        "WITH 1 AS as FOREACH (x IN [1] | CREATE (n:Entry))",
        "CALL (*) { MATCH (n) DETACH DELETE n } IN TRANSACTIONS",
        "UNWIND [1] AS x CALL { WITH x CREATE (n:Entry {id: 'x'}) } IN TRANSACTIONS OF 10 ROWS RETURN x",
        "RETURN COLLECT { LOAD CSV FROM 'http://127.0.0.1:9/' AS l RETURN l }",
        "EXPLAIN CREATE (n:Entry {id: 'x'})",
        "CALL apoc.load.json('http://127.0.0.1:9/') YIELD value RETURN value",
        "CALL threads=2",
        "FORCE INSTALL httpfs",
        "LOAD EXTENSION 'x'",
        "IMPORT DATABASE 'x'",
        "COMMENT ON TABLE Entry IS 'x'",
        "ANALYZE",
        "SHOW USERS",
        "STOP DATABASE neo4j",
    ],
)
def test_questions_only_read(small: Embedded, text: str) -> None:
    with pytest.raises(NotAsked) as refused:
        small.ask(text)
    assert "Nothing was done." in str(refused.value)


@pytest.mark.parametrize(
    "text",
    [
        "MATCH (e:Entry) WHERE e.what_happened CONTAINS 'CREATE; DELETE' RETURN e.id",
        'MATCH (e:Entry) WHERE e.what_happened CONTAINS "SET" RETURN e.id AS `drop`;',
        "MATCH (e:Entry) /* DELETE */ RETURN e.id // SET",
        "MATCH (e:Entry) RETURN e.comment, e.order",
        "MATCH (e:Entry) RETURN e.id AS load",
        "MATCH (e:Entry) RETURN e.id AS load ORDER BY e.id",
        "MATCH (e:Entry) WHERE e.what_happened = 'it\\'s CREATE' OR e.what_happened = \"x // CALL\" RETURN e.id",
        "MATCH (e:Entry) WHERE e.what_happened CONTAINS '/* SET' AND e.x <> '*/ REMOVE' RETURN e.id",
        "MATCH (a)-[r:`DELETE`|DROP]->(b:!Set&Load) RETURN r",
        "MATCH (e:Entry) CALL (e) { RETURN 1 AS n } RETURN n",
        "RETURN {create: 1, set: 2}.create AS delete",
        "optional match (e:Entry) return count(e)",
        "EXPLAIN MATCH (e:Entry) RETURN e",
    ],
)
def test_words_that_only_look_like_writing_are_let_through(text: str) -> None:
    only_reading(text)


def test_the_engine_itself_refuses_to_write(small: Embedded, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.ask.cypher.engine.only_reading", lambda text: None)
    with pytest.raises(NotAsked):
        small.ask("CREATE (n:Entry {id: 'x'})")
    assert small.ask("MATCH (e:Entry) RETURN count(e)").rows == ((2,),)


@pytest.mark.skipif(sys.platform == "win32", reason="what a process may open is limited in another way there")
def test_the_engine_opens_no_file_even_if_a_query_gets_through(
    small: Embedded, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("kg.ask.cypher.engine.only_reading", lambda text: None)
    secret, stolen = tmp_path / "secret.csv", tmp_path / "stolen.csv"
    secret.write_text("a secret\n", encoding="utf-8")
    for text in (f"LOAD FROM '{secret}' (header=false) RETURN *", f"COPY (MATCH (n:Entry) RETURN n.id) TO '{stolen}'"):
        with pytest.raises(NotAsked):
            small.ask(text)
    assert not stolen.exists()


@given(st.text(max_size=60))
@settings(max_examples=examples(200))
def test_every_mark_of_a_query_is_read_once(text: str) -> None:
    last = 0
    for _, word, offset in tokens(text):
        assert offset >= last
        assert text[offset : offset + len(word)] == word
        last = offset + len(word)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("MATCH (n:Entri) RETURN n", "line 1, column 10: no label is called Entri. Did you mean Entry?"),
        ("MATCH (n:Entry)\n-[:SHARED_WIT]->(a) RETURN a",
         "line 2, column 4: no relation is called SHARED_WIT. Did you mean SHARED_WITH?"),
        ("MATCH (n:Entry) RETURN n.entry_nam", "line 1, column 26: nothing has a property entry_nam. Did you mean entry_name?"),
        ("MATCH (n:Entry) RETURN m", "line 1, column 24: m stands for nothing here."),
        ("MATCH (n:Entry) RETURN n.row + $more", "$more has no value."),
        ("MATCH (n:Entry RETURN n", "line 1, column "),
        ("MATHC (n:Entry) RETURN n", "line 1, column 1: no question begins with MATHC. Did you mean MATCH?"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_its_place_and_what_was_meant(small: Embedded, text: str, said: str) -> None:
    with pytest.raises(NotAsked) as wrong:
        small.ask(text)
    assert str(wrong.value).startswith(said)
    assert "xception" not in str(wrong.value)


# --- what goes on for ever, or breaks ---------------------------------------------------------------------------


def test_a_question_that_never_ends_is_ended_and_the_next_is_answered(small: Embedded) -> None:
    endless = (
        "UNWIND range(1, 100000) AS a UNWIND range(1, 100000) AS b UNWIND range(1, 1000) AS c RETURN sum(a * b % 7 + c)"
    )
    begun = time.monotonic()
    with pytest.raises(TookTooLong, match=r"ended after 0\.5 seconds"):
        small.ask(endless, timeout=0.5)
    assert time.monotonic() - begun < 10
    assert small.ask("MATCH (e:Entry) RETURN count(e)").rows == ((2,),)


def test_many_rows_are_handed_on_as_they_come_and_may_be_left(small: Embedded) -> None:
    wanted = "UNWIND range(1, 50000) AS n RETURN n"
    assert len(small.ask(wanted).rows) == 50_000
    stream = small.stream(wanted)
    columns, some = next(stream)
    assert columns == ("n",)
    assert len(some) < 50_000
    stream.close()
    assert small.ask("RETURN 1 AS one").rows == ((1,),)


def test_an_answer_that_nobody_reads_is_cut_short(small: Embedded, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.ask.cypher.engine.ROWS", 5000)
    with pytest.raises(NotAsked, match="more than"):
        small.ask("UNWIND range(1, 9000) AS n RETURN n")
    assert small.ask("RETURN $x AS x", {"x": "a\0\udc80"}).rows == (("a\ufffd\ufffd",),)


@pytest.mark.skipif(sys.platform == "win32", reason="processes end in another way there")
def test_no_engine_is_left_behind_when_its_asker_is_killed() -> None:
    program = f"""
import sys, threading, time
sys.path[:0] = {[str(ROOT), str(ROOT / "tests")]!r}
from kg.ask.cypher.engine import embedded
from kg.graph.addresses import CONCEPT
from kg.graph.drawing import Node
from kg.graph.property_graph import as_property_graph
from kg.terms.reader import load
with embedded(as_property_graph([Node("c", (CONCEPT,))], load(), "x")) as graph:
    graph.ask("RETURN 1")
    print(graph._child._process.pid, flush=True)
    graph.ask("UNWIND range(1, 100000) AS a UNWIND range(1, 100000) AS b RETURN sum(a * b % 7)")
"""
    asker = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True)
    assert asker.stdout is not None
    engine = int(asker.stdout.readline())
    time.sleep(1)
    asker.kill()
    asker.wait()
    asker.stdout.close()
    last = time.monotonic() + 5
    while time.monotonic() < last and lives(engine):
        time.sleep(0.1)
    assert not lives(engine)


def lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    stat = Path(f"/proc/{pid}/stat")
    return not stat.exists() or stat.read_text().rpartition(")")[2].split()[0] != "Z"


def test_an_engine_that_dies_takes_one_question_with_it(small: Embedded) -> None:
    small.ask("RETURN 1")
    assert small._child is not None
    small._child._process.kill()
    small._child._process.wait()
    assert small.ask("MATCH (e:Entry) RETURN count(e)").rows == ((2,),)


def test_without_the_engine_the_remedy_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.ask.cypher.engine.INTERPRETER", ("-P", "-S"))
    read = review(row("Police/P1", day(1), "bruising"))
    with pytest.raises(NotAsked, match="pip install"):
        ask(find_gaps(read, TERMS), "RETURN 1")
