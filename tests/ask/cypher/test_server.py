"""Reviews on a real Neo4j: whole or not at all, apart from one another, word for word."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from helpers.real_neo4j import Neo4j
from helpers.small import PEOPLE, day, review, row

from kg.ask.cypher.server import MARK, Server, ask, digest, drop, push
from kg.ask.cypher.server_errors import NotServed
from kg.ask.refusal import NotAsked, TookTooLong
from kg.findings.study import find_gaps
from kg.graph.computed import draw_all
from kg.graph.property_graph import PropertyGraph, as_property_graph, schema_of
from kg.model.review import Review
from kg.terms.reader import load
from loaders import load as load_review

ROOT = Path(__file__).resolve().parents[3]
TERMS = load()
SCHEMA = schema_of(TERMS)
HARD = """Ann's "house", 'x'}) MATCH (n) DETACH DELETE n // `é` \\ $review\n\tΣ 家 \U0001f476 \0"""


def graph_of(read: Review, name: str = "") -> PropertyGraph:
    return as_property_graph(draw_all(find_gaps(read, TERMS)), TERMS, name or read.title)


def family(*more: str) -> Review:
    return review(
        row("Police/P1", day(1), "bruising", to=("School", "Care"), what=("bruising",)),
        row("School/S1", day(2, 4), "neglect", heard_from=("Police",), seen="alone"),
        *(row(name, day(9), "neglect") for name in more),
        people=(replace(PEOPLE[0], aliases=("Sammy", HARD)), *PEOPLE[1:]),
    )


def large(size: int) -> Review:
    return review(*(row(f"School/S{number}", day(number % 50), "neglect") for number in range(size)))


@pytest.fixture
def empty(neo4j_server: Server) -> Iterator[Server]:
    clear(neo4j_server)
    yield neo4j_server
    clear(neo4j_server)


def clear(server: Server) -> None:
    for (name,) in rows(server, f"MATCH (m:{MARK}) RETURN m.review"):
        drop(server, name)


def rows(server: Server, text: str, name: str = "", **values: object) -> list[tuple[Any, ...]]:
    return list(ask(server, text, values, review=name, schema=SCHEMA).rows)


def stands(server: Server, graph: PropertyGraph) -> None:
    """The server holds this review: every node with every value, every relation, and nothing else of it."""
    nodes = rows(server, f"MATCH (n {{review: $review}}) WHERE NOT n:{MARK} RETURN labels(n), n", graph.review)
    wanted = [(sorted(kinds), shown(node)) for kinds, several in graph.nodes.items() for node in several]
    assert in_turn((sorted(kinds), node) for kinds, node in nodes) == in_turn(wanted)
    found = rows(
        server, "MATCH (a {review: $review})-[r]->(b {review: $review}) RETURN type(r), a.uid, b.uid", graph.review
    )
    assert sorted(found) == sorted((kind, *ends) for (kind, _, _), several in graph.edges.items() for ends in several)


def shown(node: Any) -> Any:
    return {key: value for key, value in node.items() if key != "uid"}


def in_turn(nodes: Iterable[tuple[list[str], Any]]) -> list[tuple[list[str], Any]]:
    return sorted(nodes, key=lambda each: each[1]["id"])


def nothing_of(server: Server, name: str) -> bool:
    """Whether the server has no node of a review, by a question that does not ask for it by its name."""
    counted = rows(server, "MATCH (n) WHERE n.review = $whose RETURN count(n)", "", whose=name)
    return counted == [(0,)]


# --- whole ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("case", ["climbie", "connelly", "hayter"])
def test_the_server_holds_the_drawing(empty: Server, case: str, request: pytest.FixtureRequest) -> None:
    graph = graph_of(load_review(request.getfixturevalue(case), TERMS).review)
    done = push(empty, graph)
    assert (done.nodes, done.relations, done.before) == (graph.node_count, graph.edge_count, "new")
    stands(empty, graph)


def test_hard_words_arrive_as_they_were_written_and_are_never_run(empty: Server) -> None:
    graph = graph_of(family(), HARD.replace("\0", ""))
    push(empty, graph)
    stands(empty, graph)
    named = "MATCH (p:Person {review: $review}) WHERE $other IN p.alias RETURN p.name"
    assert rows(empty, named, graph.review, other="Sammy") == [("Sam",)]
    assert rows(empty, named, graph.review, other="x' OR true OR 'x' = '") == []


def test_pushing_again_changes_nothing(empty: Server) -> None:
    graph = graph_of(family())
    push(empty, graph)
    when = rows(empty, f"MATCH (m:{MARK}) RETURN m.pushed")
    assert push(empty, graph).before == "the same"
    assert rows(empty, f"MATCH (m:{MARK}) RETURN m.pushed") == when
    stands(empty, graph)


def test_a_corrected_review_takes_the_place_of_the_last(empty: Server) -> None:
    push(empty, graph_of(family("School/S2", "Care/C1")))
    graph = graph_of(family("School/S3"))
    assert push(empty, graph).before == "replaced"
    stands(empty, graph)


def test_what_another_program_took_away_is_put_back(empty: Server) -> None:
    from neo4j import GraphDatabase

    graph = graph_of(family())
    push(empty, graph)
    with GraphDatabase.driver(empty.uri, auth=(empty.user, empty.password)) as driver:
        driver.execute_query("MATCH (e:Entry) DETACH DELETE e", database_=empty.database)
    assert push(empty, graph).before == "replaced"
    stands(empty, graph)


def test_reviews_stand_apart(empty: Server) -> None:
    one, other = graph_of(family()), graph_of(family("School/S2"), "Another child")
    push(empty, one)
    push(empty, other)
    stands(empty, one)
    stands(empty, other)
    assert rows(empty, f"MATCH (m:{MARK}) RETURN m.review ORDER BY m.review") == [("Another child",), ("Sam",)]
    assert drop(empty, "Sam") == one.node_count
    stands(empty, other)
    assert nothing_of(empty, "Sam")


def test_what_others_keep_in_the_database_is_left_alone(empty: Server) -> None:
    from neo4j import GraphDatabase

    with GraphDatabase.driver(empty.uri, auth=(empty.user, empty.password)) as driver:
        driver.execute_query("CREATE (:Entry {review: 'Sam', mine: true})", database_=empty.database)
        push(empty, graph_of(family("School/S2")))
        drop(empty, "Sam")
        left = driver.execute_query("MATCH (e:Entry) RETURN e.mine AS mine", database_=empty.database).records
        assert [record["mine"] for record in left] == [True]
        driver.execute_query("MATCH (e:Entry {mine: true}) DELETE e", database_=empty.database)


def test_a_mark_changes_with_anything_and_with_nothing_else() -> None:
    graph = graph_of(family())
    assert digest(graph) == digest(graph_of(family()))
    assert digest(graph) != digest(graph_of(family("School/S2")))


def test_dropping_what_is_not_there_says_what_is(empty: Server) -> None:
    push(empty, graph_of(family()))
    with pytest.raises(NotServed, match=r'has no review "Kim"\.\n.*\n  It has: Sam\.'):
        drop(empty, "Kim")


@pytest.mark.parametrize(
    "name", ["Sam|x", "x'}) DETACH DELETE n //", "`}} \\u0027 $review", "\u202e\u05d0\u05de 家 \U0001f476", "\udc80\0"]
)
def test_a_review_may_have_any_name(empty: Server, name: str) -> None:
    other, graph = graph_of(family(), "Sam"), graph_of(family("School/S2"), name)
    push(empty, other)
    assert push(empty, graph).before == "new"
    assert push(empty, graph).before == "the same"
    stands(empty, graph)
    stands(empty, other)
    assert drop(empty, name) == graph.node_count
    stands(empty, other)


# --- cut off ----------------------------------------------------------------------------------------------------

CUT_OFF = """
    import os, signal, sys
    sys.path[:0] = [{root!r}, {tests!r}]
    sys.path.insert(0, {here!r})
    import kg.ask.cypher.server as server
    from test_server import graph_of, large
    left = [{batches}]
    import neo4j
    run = neo4j.Transaction.run
    def counted(self, query, *values, **named):
        left[0] -= "UNWIND" in query
        if left[0] < 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return run(self, query, *values, **named)
    neo4j.Transaction.run = counted
    server.push(server.Server({uri!r}, {password!r}, {user!r}, {database!r}, in_the_clear=True), graph_of(large(300)))
"""


def push_and_die(server: Server, after: int) -> None:
    program = textwrap.dedent(CUT_OFF).format(
        root=str(ROOT), tests=str(ROOT / "tests"), here=str(Path(__file__).parent), batches=after, uri=server.uri,
        password=server.password, user=server.user, database=server.database,
    )  # fmt: skip
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, timeout=120, check=False)
    assert done.returncode == -9, done.stderr.decode()


@pytest.mark.skipif(sys.platform == "win32", reason="there is no kill -9")
@pytest.mark.parametrize("after", [0, 30])
def test_a_push_killed_in_the_middle_leaves_the_last_version(empty: Server, after: int) -> None:
    push_and_die(empty, after)
    wait_for_rollback(empty)
    assert nothing_of(empty, "Sam"), "the first push: none stands"
    graph = graph_of(family())
    push(empty, graph)
    push_and_die(empty, after)
    stands(empty, graph)
    after_all = graph_of(family("School/S2"))
    push(empty, after_all)
    stands(empty, after_all)


def wait_for_rollback(server: Server) -> None:
    """Take and release the lock that a push holds."""
    graph = graph_of(review(row("School/S1", day(1))), "Waiting")
    push(server, graph)
    drop(server, "Waiting")


def test_who_asks_during_a_push_sees_a_whole_version(empty: Server) -> None:
    before, after = graph_of(family()), graph_of(large(600))
    push(empty, before)
    seen: set[int] = set()
    done = threading.Event()

    def look() -> None:
        while not done.is_set():
            seen.update(count for (count,) in rows(empty, "MATCH (n:Entry {review: $review}) RETURN count(n)", "Sam"))

    looking = threading.Thread(target=look)
    looking.start()
    push(empty, after)
    done.set()
    looking.join()
    assert seen <= {2, 600}
    assert rows(empty, "MATCH (n:Entry {review: $review}) RETURN count(n)", "Sam") == [(600,)]


def test_two_pushes_at_once_leave_one_whole_version(empty: Server) -> None:
    one, other = graph_of(family("School/S2")), graph_of(family("Care/C1", "Care/C2"))
    push(empty, graph_of(family()))
    wrong: list[BaseException] = []

    def send(graph: PropertyGraph) -> None:
        try:
            push(empty, graph)
        except BaseException as caught:
            wrong.append(caught)

    threads = [threading.Thread(target=send, args=(graph,)) for graph in (one, other)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong
    mark = rows(empty, f"MATCH (m:{MARK} {{review: $review}}) RETURN m.digest", "Sam")
    stands(empty, one if mark == [(digest(one),)] else other)


def test_a_server_that_is_cramped_killed_or_closed_keeps_the_last_version(own_neo4j: Neo4j) -> None:
    own_neo4j.start("dbms.memory.transaction.total.max=12m")
    server = own_neo4j.server
    graph = graph_of(family())
    push(server, graph)
    with pytest.raises(NotServed, match="not enough memory") as cramped:
        push(server, graph_of(large(2500)))
    assert "Nothing was changed." in str(cramped.value)
    stands(server, graph)

    asking: list[BaseException] = []

    def endless() -> None:
        try:
            rows(server, "UNWIND range(1, 10000000) AS a UNWIND range(1, 1000000) AS b RETURN sum(a * b % 7)")
        except NotServed as caught:
            asking.append(caught)

    thread = threading.Thread(target=endless)
    thread.start()
    time.sleep(2)
    own_neo4j.kill()
    thread.join(60)
    assert "stopped answering in the middle" in str(asking[0]) or "No Neo4j answers" in str(asking[0])
    with pytest.raises(NotServed, match="No Neo4j answers"):
        push(server, graph)

    own_neo4j.start()  # a server that is open for reading alone cannot recover from being killed
    stands(server, graph)
    own_neo4j.stop()
    own_neo4j.start("server.databases.default_to_read_only=true")
    stands(server, graph)
    with pytest.raises(NotServed, match="open for reading alone"):
        push(server, graph_of(family("School/S2")))
    stands(server, graph)


def test_a_full_disk_keeps_the_last_version(own_neo4j: Neo4j) -> None:
    own_neo4j.start(
        "db.tx_log.preallocate=false", "db.tx_log.rotation.size=128k", "db.checkpoint=periodic", largest_file=1 << 21
    )
    server, graph = own_neo4j.server, graph_of(family())
    push(server, graph)
    several = (graph_of(large(400), f"Another {number}") for number in range(20))
    with pytest.raises(NotServed, match="may be full"):
        any(push(server, each).before != "new" for each in several)
    own_neo4j.kill()
    own_neo4j.start()
    stands(server, graph)


def kg(server: Server, *words: str, **environment: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "cli", *words, "--server", server.uri, "--user", server.user, "--database",
         server.database],
        cwd=ROOT, env={**os.environ, "NEO4J_PASSWORD": server.password, **environment}, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip


def test_a_server_that_dies_under_a_question_is_told_in_words(own_neo4j: Neo4j, climbie: Path) -> None:
    own_neo4j.start()
    server = own_neo4j.server
    endless = "UNWIND range(1, 10000000) AS a UNWIND range(1, 1000000) AS b RETURN sum(a * b % 7)"
    asking = kg(server, "query", str(climbie), "--cypher", endless)
    last = time.monotonic() + 60
    while time.monotonic() < last and not under_way(server):
        time.sleep(0.3)
    if Path("/proc/self/cmdline").exists():
        assert server.password not in Path(f"/proc/{asking.pid}/cmdline").read_text()
    own_neo4j.kill()
    said, told = asking.communicate(timeout=60)
    assert asking.returncode == 1
    assert "stopped answering in the middle" in told or "No Neo4j answers" in told, told
    assert "Nothing was answered." in told
    assert "Traceback" not in said + told
    assert server.password not in said + told


def under_way(server: Server) -> bool:
    from neo4j import GraphDatabase

    with GraphDatabase.driver(server.uri, auth=(server.user, server.password)) as driver:
        found = driver.execute_query("SHOW TRANSACTIONS YIELD currentQuery RETURN currentQuery AS text").records
    return any(record["text"].startswith("UNWIND range") for record in found)


# --- asking -----------------------------------------------------------------------------------------------------


def test_questions_to_the_server_only_read(empty: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    graph = graph_of(family())
    push(empty, graph)
    for text in ("MATCH (n) DETACH DELETE n", "LOAD CSV FROM 'file:///x' AS l RETURN l", "CALL db.labels()"):
        with pytest.raises(NotAsked, match=r"Nothing was done\."):
            rows(empty, text)
    monkeypatch.setattr("kg.ask.cypher.server.only_reading", lambda text: None)
    with pytest.raises((NotAsked, NotServed)):
        rows(empty, "MATCH (n) DETACH DELETE n")
    stands(empty, graph)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("MATCH (n:Entri) RETURN n", "line 1, column 10: no label is called Entri. Did you mean Entry?"),
        ("MATCH (n:Entry)-[:SHARED_WIT]->(a) RETURN a", "line 1, column 19: no relation is called SHARED_WIT."),
        ("MATCH (n:Entry) RETURN n.entry_nam", "line 1, column 26: nothing has a property entry_nam."),
        ("MATCH (n:Entry) RETURN m", "line 1, column 24: m stands for nothing here."),
        ("MATCH (n:Entry) RETURN n.row + $more", "$more has no value."),
        ("MATCH (n:Entry RETURN n", "line 1, column 16: the question cannot be read"),
    ],
)
def test_a_mistake_is_told_with_its_place_and_what_was_meant(empty: Server, text: str, said: str) -> None:
    push(empty, graph_of(family()))
    with pytest.raises(NotAsked) as wrong:
        rows(empty, text)
    assert str(wrong.value).startswith(said)


def test_what_a_small_review_lacks_is_no_mistake(empty: Server) -> None:
    push(empty, graph_of(review(row("School/S1", day(1)))))
    for label in SCHEMA.labels:
        rows(empty, f"MATCH (n:`{label}` {{review: $review}}) RETURN n", "Sam")
    for kind in SCHEMA.relations.values():
        assert rows(empty, f"MATCH (n:Cell)-[:`{kind}`]->(m) RETURN m") == []


def test_a_value_that_cannot_be_sent_is_told(neo4j_server: Server) -> None:
    for value in (10**30, object()):
        with pytest.raises(NotAsked, match="cannot be sent to a server"):
            ask(neo4j_server, "RETURN $x", {"x": value}, review="", schema=SCHEMA)
    assert ask(neo4j_server, "RETURN $x", {"x": "a\0\udc80"}, review="", schema=SCHEMA).rows == (("a\ufffd\ufffd",),)


def test_an_answer_that_nobody_reads_is_cut_short(neo4j_server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.ask.cypher.server.ROWS", 5000)
    with pytest.raises(NotAsked, match="more than"):
        ask(neo4j_server, "UNWIND range(1, 9000) AS n RETURN n", review="", schema=SCHEMA)


def test_a_question_that_never_ends_is_ended(neo4j_server: Server) -> None:
    endless = "UNWIND range(1, 10000000) AS a UNWIND range(1, 1000000) AS b RETURN sum(a * b % 7)"
    with pytest.raises(TookTooLong):
        ask(neo4j_server, endless, review="", schema=SCHEMA, timeout=1)


# --- the wrong server -------------------------------------------------------------------------------------------


def why(server: Server) -> str:
    with pytest.raises(NotServed) as refused:
        push(server, graph_of(family()))
    assert "Nothing was changed." in str(refused.value)
    assert server.password not in str(refused.value)
    assert server.password not in repr(server)
    return str(refused.value)


def test_a_wrong_password_is_told(neo4j_server: Server) -> None:
    assert "the user name or the password is wrong" in why(replace(neo4j_server, password="not-this-one"))


def test_a_database_that_is_not_there_is_told(neo4j_server: Server) -> None:
    assert "no database of that name" in why(replace(neo4j_server, database="elsewhere"))


def test_pushing_from_the_command_line_asks_for_the_password(empty: Server, climbie: Path) -> None:
    import cli

    where = ["--server", empty.uri, "--user", empty.user, "--database", empty.database, "--in-the-clear"]
    done = CliRunner().invoke(cli.main, ["push", str(climbie), *where], input=f"{empty.password}\n")
    assert done.exit_code == 0, done.output
    assert "counted there. It was not there before." in done.output
    assert empty.password not in done.output
    by_environment = {"NEO4J_PASSWORD": empty.password}
    again = CliRunner().invoke(cli.main, ["push", str(climbie), *where], env=by_environment)
    assert "It was there already, the same; nothing was sent." in again.output
    gone = CliRunner().invoke(cli.main, ["drop", str(climbie), *where], env=by_environment)
    assert gone.exit_code == 0, gone.output
    assert "is no longer at" in gone.output
    again = CliRunner().invoke(cli.main, ["drop", str(climbie), *where], env=by_environment)
    assert again.exit_code == 1
    assert "has no review" in again.output


def test_a_review_that_was_never_pushed_is_no_silence(empty: Server, climbie: Path) -> None:
    import cli

    where = ("--server", empty.uri, "--user", empty.user, "--database", empty.database)
    known = {"NEO4J_PASSWORD": empty.password}
    asking = ["query", str(climbie), "--ask", "did-not-arrive", "--engine", "neo4j", *where]
    done = CliRunner().invoke(cli.main, asking, env=known)
    assert done.exit_code == 1, done.output
    assert "has no review" in done.output
    assert "No row" not in done.output
