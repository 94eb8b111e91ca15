"""A served review: shown to whoever has the token, from its own pages alone; asked by an ordinary SPARQL client."""

from __future__ import annotations

import csv
import http.client
import io
import json
import os
import re
import shutil
import signal
import socket
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
from click.testing import CliRunner
from helpers.serving import Running, serving
from helpers.small import WriteReview
from SPARQLWrapper import CSV, POST, TURTLE, XML
from starlette.requests import Request

from kg.ask.library import library
from kg.ask.limits import AT_ONCE
from kg.serve.guard import Guard
from loaders import load

COUNT = "SELECT (COUNT(?row) AS ?n) WHERE { ?row a kg:Entry }"


@pytest.fixture(scope="module")
def running(climbie: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    folder = tmp_path_factory.mktemp("served") / "review"
    shutil.copytree(climbie, folder)
    yield from serving(folder)


# --- who may look -----------------------------------------------------------------------------------------------

PATHS = [
    "/",
    "/timeline",
    "/timeline/page",
    "/network/page",
    "/questions",
    "/ask/did-not-arrive",
    "/sparql?query=ASK{}",
    "/changed",
]


@pytest.mark.parametrize("path", PATHS)
def test_nothing_is_shown_without_the_token(running: Running, path: str) -> None:
    assert running.get(path).status == 401
    assert running.get(path, Authorization="Bearer wrong").status == 401
    assert running.get(path, Cookie=f"kg-{running.port}=wrong").status == 401
    assert "entry" not in running.get(path).text.casefold()


def test_a_browser_keeps_the_token_out_of_its_address(running: Running) -> None:
    first = running.get(f"/questions?token={running.token}&x=1", Accept="text/html")
    assert first.status == 303
    assert first.headers["location"] == "/questions?x=1"
    cookie = first.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "samesite=strict" in cookie.casefold()
    assert running.get("/questions", Cookie=cookie.split(";")[0]).status == 200
    again = running.get(f"/questions?token={running.token}", Accept="text/html", Cookie=cookie.split(";")[0])
    assert again.headers["location"] == "/questions", "also where the browser has it already"


def test_the_token_leads_nowhere_else(running: Running) -> None:
    for path in ("//evil.example/", "/\\evil.example/", "/%5Cevil.example", "/%2F%2Fevil.example/"):
        first = running.get(f"{path}?token={running.token}", Accept="text/html")
        assert re.fullmatch(r"/[^/\\].*|/", first.headers["location"])


def test_two_browsers_and_a_program_ask_at_once(running: Running) -> None:
    cookies = [
        running.get(f"/?token={running.token}", Accept="text/html").headers["set-cookie"].split(";")[0] for _ in "12"
    ]
    with ThreadPoolExecutor(9) as many:
        pages = [many.submit(running.get, "/ask/times-not-seen", Cookie=cookie) for cookie in cookies * 4]
        rows = many.submit(running.client(COUNT).query)
        assert len({page.result().text for page in pages}) == 1
        assert rows.result().convert()["results"]["bindings"][0]["n"]["value"] == "80"


@pytest.mark.parametrize(
    "host",
    ["evil.example", "evil.example:{port}", "127.0.0.1", "127.0.0.1:1", "", "[::2]:{port}", "[::1", "][", "localhost:x",
     "evil@127.0.0.1:{port}", "127.0.0.1:{port}/", "127.0.0.1:{port}#", "127.0.0.1.evil.example:{port}"],
)  # fmt: skip
def test_it_answers_to_its_own_name_alone(running: Running, host: str) -> None:
    assert running.mine("/", Host=host.format(port=running.port)).status == 421


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "null", "http://127.0.0.1:1", "https://localhost", "http://["]
)
def test_other_sites_pages_may_not_ask(running: Running, origin: str) -> None:
    for method, path in (("GET", "/"), ("POST", "/sparql"), ("GET", f"/sparql?query={quote(COUNT)}")):
        answer = running.mine(path, method, Origin=origin)
        assert answer.status == 403
        assert "access-control-allow-origin" not in answer.headers
    assert running.mine("/", Sec_Fetch_Site="cross-site").status == 403
    assert running.mine("/", Origin=running.address.rstrip("/"), Sec_Fetch_Site="same-origin").status == 200


def test_nothing_is_kept_framed_or_loaded_from_elsewhere(running: Running) -> None:
    for path in ("/", "/questions", "/ask/contacts-by-agency", "/sparql-page"):
        answer = running.mine(path)
        assert answer.headers["cache-control"] == "no-store"
        assert "default-src 'none'" in answer.headers["content-security-policy"]
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert not re.search(r"(?:src|href)=.https?:", answer.text)
    assert running.mine("/timeline/page").headers["content-security-policy"] == "frame-ancestors 'self'"


@pytest.mark.parametrize("host", ["::1", "localhost"])
def test_each_name_of_this_computer_is_answered_to(climbie: Path, host: str) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        socket.create_server((host, 0), family=family).close()
    except OSError:
        pytest.skip(f"this computer has no {host}")
    for there in serving(climbie, "--host", host):
        connection = http.client.HTTPConnection(host, there.port, timeout=60)
        connection.request("GET", "/", headers={"Authorization": f"Bearer {there.token}"})
        assert connection.getresponse().status == 200
        connection.close()


def test_the_address_listened_at_is_a_name() -> None:
    guard = Guard("token", 80, names=("127.0.0.2",))
    for host, refused in ((b"127.0.0.2", False), (b"127.0.0.2:80", False), (b"127.0.0.2:81", True)):
        headers = [(b"host", host), (b"authorization", b"Bearer token")]
        scope = {"type": "http", "method": "GET", "path": "/", "query_string": b"", "headers": headers}
        assert bool(guard.refuse(Request(scope))) is refused


def test_elsewhere_only_with_a_password(climbie: Path) -> None:
    import cli

    short = CliRunner().invoke(
        cli.main, ["serve", str(climbie), "--host", "0.0.0.0", "--port", "0"], env={"KG_PASSWORD": "short"}
    )
    assert short.exit_code == 2
    assert "fewer than 12 characters" in short.output
    for there in serving(
        climbie, "--host", "0.0.0.0", "--name", "review-pc.example.org", KG_PASSWORD="a long enough one"
    ):
        assert there.token == ""
        refused = there.get("/")
        assert refused.status == 401
        assert refused.headers["www-authenticate"].startswith("Basic")
        from base64 import b64encode

        def basic(words: str) -> str:
            return f"Basic {b64encode(words.encode()).decode()}"

        assert there.get("/", Authorization=basic("anyone:a long enough one")).status == 200
        assert there.get("/", Authorization=basic("anyone:another one")).status == 401
        assert there.get("/", Authorization="Basic !!!").status == 401
        named = f"review-pc.example.org:{there.port}"
        assert there.get("/", Authorization=basic(":a long enough one"), Host=named).status == 200
        assert there.get("/", Authorization=basic(":a long enough one"), Host="evil.example").status == 421


# --- pages ------------------------------------------------------------------------------------------------------


def test_the_timeline_is_shown_within_a_page_that_watches_the_files(running: Running) -> None:
    frame = running.mine("/timeline").text
    assert 'data-page="/timeline/page"' in frame
    assert "/live.js" in frame
    assert load(running.folder).review.entries[0].name in running.mine("/timeline/page").text
    assert 'data-page="/network/page"' in running.mine("/network").text
    assert load(running.folder).review.agencies[0].name in running.mine("/network/page").text


@pytest.mark.parametrize("question", library(), ids=lambda question: question.name)
def test_every_question_has_its_page_and_its_table(running: Running, question: object) -> None:
    from kg.ask.question import Question

    assert isinstance(question, Question)
    assert f'action="/ask/{question.name}"' in running.mine("/questions").text
    page = running.mine(f"/ask/{question.name}")
    assert page.status == 200
    csv = running.mine(f"/ask/{question.name}.csv")
    assert csv.headers["content-type"].startswith("text/csv")
    assert csv.text.splitlines()[0] == ",".join(question.columns)


def test_results_lead_to_entries_and_from_there_to_the_timeline(running: Running) -> None:
    page = running.mine("/ask/times-not-seen").text
    links = re.findall(r'href="(/entry/[^"]+)"', page)
    assert links
    entry = running.mine(links[0])
    assert entry.status == 200
    assert "/timeline#entry=" in entry.text


def test_parameters_are_filled_in_and_what_is_wrong_is_told(running: Running) -> None:
    agency = load(running.folder).review.agencies[0].name
    page = running.mine(f"/ask/did-not-arrive?{urlencode({'agency': agency})}")
    assert page.status == 200
    wrong = running.mine("/ask/held-on-a-day?day=31/02/2001")
    assert wrong.status == 400
    assert "is not a day" in wrong.text
    assert running.mine("/ask/nothing-of-the-kind").status == 404
    assert running.mine("/entry/Nobody/1").status == 404


def test_words_of_the_asker_do_not_come_alive(running: Running) -> None:
    words = "<script>alert(1)</script>\"'"
    for path in ("/ask/did-not-arrive?agency=", "/sparql-page?query=", "/entry/"):
        assert "<script>alert" not in running.mine(path + quote(words)).text


ALIVE = "</script><script>alert(1)</script><img src=x onerror=alert(1)>"
HARD = f"""{ALIVE} " ' \\ }}}} {{{{ %41%2F &amp; \u202e\u05d0 \U0001f476"""


def test_words_of_a_return_do_not_come_alive(write_review: WriteReview) -> None:
    toml = f"""title = {json.dumps(HARD, ensure_ascii=False)}
jurisdiction = "England"
kind = "child"
period = ["2021-01-01", "2021-12-31"]
incident = "2021-12-01"
subjects = ["Sam"]
people = [{{ name = "Sam", role = "child", aliases = [{json.dumps(HARD, ensure_ascii=False)}] }}]
agencies = [
  {{ name = "Police", type = "police", file = "police.csv" }},
  {{ name = "=1+1", type = "school", file = "school.csv" }},
]
"""
    out = io.StringIO()
    rows = csv.writer(out)
    rows.writerow(["Ref", "Date", "People", "Contact", "What happened", "Seen", "Said", "Indicators", "Comment"])
    for ref in ("P%41 ?a=1#x <b>\"'&amp;", "P2/3"):
        rows.writerow([ref, "02/02/2021", "Sam", "home-visit", HARD, "no", HARD, "bruising", HARD])
    returns = {"police.csv": out.getvalue(), "school.csv": out.getvalue()}
    folder = write_review(toml, returns)
    read = load(folder)
    assert [str(each) for each in read.problems if each.severity == "error"] == []
    assert read.review.title == HARD
    names = [entry.name for entry in read.review.entries]
    assert len(names) == 4
    for there in serving(folder):
        paths = ["/", "/timeline", "/timeline/page", "/network", "/network/page", "/questions", "/sparql-page"]
        paths += [f"/ask/{each.name}" for each in library()]
        for path in paths:
            shown = there.mine(path).text
            assert ALIVE not in shown, path
            assert "<script>alert" not in shown, path
            assert "<img src=x" not in shown, path
        links = re.findall(r'href="(/entry/[^"]+)"', there.mine("/ask/entries-without-response").text)
        assert len(set(links)) == 4
        for link in links:
            entry = there.mine(link)
            assert entry.status == 200, link
            assert "&lt;img src=x" in entry.text
        text = "SELECT ?name { ?row kg:entryName ?name } ORDER BY ?name"
        found = there.client(text).query().convert()["results"]["bindings"]
        assert sorted(each["name"]["value"] for each in found) == sorted(names)
        assert "\n=" not in there.mine("/ask/first-and-last-contact.csv").text


def test_the_sparql_page_answers_in_kind(running: Running) -> None:
    for text, said in (
        (COUNT, "<td>80</td>"),
        ("ASK { ?x a kg:Entry }", "Yes."),
        ("CONSTRUCT WHERE { ?x a kg:Review }", "<pre>"),
    ):
        assert said in running.mine(f"/sparql-page?query={quote(text)}").text
    wrong = running.mine(f"/sparql-page?query={quote('SELECT ?x WHERE { ?x kg:entryNam ?y }')}")
    assert wrong.status == 400
    assert "kg:entryName" in wrong.text


# --- SPARQL 1.1 Protocol ----------------------------------------------------------------------------------------


def test_an_ordinary_client_asks(running: Running) -> None:
    found = running.client(COUNT).query().convert()
    assert found["results"]["bindings"][0]["n"]["value"] == "80"
    assert running.client("ASK { ?x a kg:Entry }").query().convert()["boolean"] is True
    names = "SELECT ?name WHERE { ?a a kg:Agency ; kg:name ?name } ORDER BY ?name"
    as_json = [row["name"]["value"] for row in running.client(names).query().convert()["results"]["bindings"]]
    tree = running.client(names, XML).query().convert()
    assert [node.firstChild.data for node in tree.getElementsByTagName("literal")] == as_json
    csv = running.client(names, CSV).query().convert().decode()
    assert csv.splitlines()[0] == "name"
    assert len(csv.splitlines()) == len(as_json) + 1
    made = running.client("CONSTRUCT { ?x a kg:Review } WHERE { ?x a kg:Review }", TURTLE).query().convert()
    assert b"Review" in made
    posted = running.client(COUNT)
    posted.setMethod(POST)
    assert posted.query().convert() == found


def test_a_query_may_be_sent_in_each_way_of_the_protocol(running: Running) -> None:
    wanted = json.loads(running.mine(f"/sparql?query={quote(COUNT)}").text)
    direct = running.mine("/sparql", "POST", COUNT, Content_Type="application/sparql-query")
    form = running.mine(
        "/sparql", "POST", urlencode({"query": COUNT}), Content_Type="application/x-www-form-urlencoded"
    )
    assert json.loads(direct.text) == json.loads(form.text) == wanted


@pytest.mark.parametrize(
    ("path", "method", "body", "kind", "status"),
    [
        ("/sparql", "GET", None, "", 400),
        ("/sparql?query=a&query=b", "GET", None, "", 400),
        (f"/sparql?query={quote(COUNT)}&default-graph-uri=http://x/", "GET", None, "", 400),
        ("/sparql", "POST", "update=DROP+ALL", "application/x-www-form-urlencoded", 403),
        ("/sparql", "POST", "DROP ALL", "application/sparql-update", 403),
        ("/sparql", "POST", COUNT, "text/plain", 415),
        ("/sparql", "POST", "query=" + "x" * 1_000_001, "application/x-www-form-urlencoded", 413),
        ("/sparql", "POST", "DELETE WHERE { ?a ?b ?c }", "application/sparql-query", 400),
        ("/sparql", "POST", "SELECT * WHERE { SERVICE <http://x/> { ?a ?b ?c } }", "application/sparql-query", 400),
        ("/sparql", "POST", "SELECT * FROM <http://x/> WHERE { ?a ?b ?c }", "application/sparql-query", 400),
        ("/sparql", "POST", "SELECT * WHERE {", "application/sparql-query", 400),
        ("/sparql", "PUT", COUNT, "application/sparql-query", 405),
        ("/", "POST", "x", "text/plain", 405),
    ],
)  # fmt: skip
def test_what_is_no_question_is_refused(
    running: Running, path: str, method: str, body: str | None, kind: str, status: int
) -> None:
    answer = running.mine(path, method, body, **({"Content_Type": kind} if kind else {}))
    assert answer.status == status
    assert "Traceback" not in answer.text


def test_a_form_that_is_not_spoken_is_refused(running: Running) -> None:
    assert running.mine(f"/sparql?query={quote(COUNT)}", Accept="image/png").status == 406
    assert (
        running.mine(f"/sparql?query={quote(COUNT)}", Accept="text/csv;q=0.1, application/json")
        .headers["content-type"]
        .startswith("application/json")
    )


ENDLESS = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
ASKING = f"GET /sparql?query={quote(ENDLESS)}\n\n"
posix = pytest.mark.skipif(sys.platform == "win32", reason="processes are listed in another way there")


def until(true: Callable[[], bool], seconds: float = 20) -> bool:
    last = time.monotonic() + seconds
    while not true() and time.monotonic() < last:
        time.sleep(0.1)
    return true()


def test_a_query_that_never_ends_is_ended_and_others_are_answered(climbie: Path) -> None:
    for there in serving(climbie, "--timeout", "2"):
        late = there.mine("/sparql", "POST", ENDLESS, Content_Type="application/sparql-query")
        assert late.status == 503
        assert "ended after 2 seconds" in late.text
        assert there.mine("/").status == 200


@pytest.fixture
def own(climbie: Path) -> Iterator[Running]:
    """A server of one test's own."""
    yield from serving(climbie)


@posix
def test_a_question_is_given_up_when_whoever_asked_has_gone(own: Running) -> None:
    many = [own.begin(ASKING) for _ in range(12)]
    many.append(own.begin(f"GET /sparql-page?query={quote(ENDLESS)}\n\n"))
    assert until(lambda: len(own.working()) == AT_ONCE == 2)
    assert own.mine("/").status == 200, "whoever only looks need not wait"
    for each in many:
        each.close()
    assert until(lambda: not own.working())
    assert own.mine("/ask/times-not-seen").status == 200


@posix
@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT, signal.SIGKILL])
def test_nothing_goes_on_when_the_server_has_ended(own: Running, ending: int) -> None:
    asking = own.begin(ASKING)
    slow = own.begin("POST /sparql\nContent-Type: application/sparql-query\nContent-Length: 100\n\nSELECT")
    assert until(lambda: len(own.working()) == 1)
    (child,) = own.working()
    own.process.send_signal(ending)
    own.process.wait(10)
    assert until(lambda: gone(child), 5)
    asking.close()
    slow.close()


def gone(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    stat = Path(f"/proc/{pid}/stat")
    return stat.exists() and stat.read_text().rpartition(")")[2].split()[0] == "Z"


def test_a_client_that_leaves_in_the_middle_does_no_harm(running: Running) -> None:
    for head in (
        "POST /sparql\nContent-Type: application/sparql-query\nTransfer-Encoding: chunked\n\n",
        "POST /sparql\nContent-Type: application/sparql-query\nContent-Length: 9999999999\n\nSELECT",
        "GET /ask/times-not-seen\n\n",
        "GET /entry/\xff\n\n",
    ):
        running.begin(head).close()
    assert running.mine("/").status == 200


# --- files that change ------------------------------------------------------------------------------------------


def test_a_corrected_file_shows_at_once_and_a_broken_one_is_told(running: Running) -> None:
    toml = running.folder / "review.toml"
    before, stamp = toml.read_text(encoding="utf-8"), running.mine("/changed").text
    title = load(running.folder).review.title
    returns = list((running.folder / "returns").iterdir())
    toml.write_text(before.replace(title, "Another <b>title</b>", 1), encoding="utf-8")
    assert running.mine("/changed").text != stamp
    assert "Another &lt;b&gt;title&lt;/b&gt;" in running.mine("/").text
    toml.write_text("title = [", encoding="utf-8")
    assert "Not everything in the files can be read" in running.mine("/").text
    toml.write_text(before.replace(title, "A third title", 1), encoding="utf-8")
    assert "A third title" in running.mine("/").text
    for file in [toml, *(running.folder / "returns").iterdir()]:
        file.rename(running.folder.parent / file.name)
    gone = running.mine("/").text
    assert "Not everything in the files can be read" in gone
    assert "A third title" in gone, "the last state that could be read"
    for file in [toml, *returns]:
        (running.folder.parent / file.name).rename(file)
    toml.write_text(before, encoding="utf-8")
    assert "can be read" not in running.mine("/").text


def test_a_return_that_is_just_being_written_does_not_show_as_silence(climbie: Path, tmp_path: Path) -> None:
    folder = tmp_path / "review"
    shutil.copytree(climbie, folder)
    for there in serving(folder):
        asked = f"/sparql?query={quote(COUNT)}"
        count, contacts = there.mine(asked).text, there.mine("/ask/contacts-by-agency.csv").text
        file = max((folder / "returns").glob("*.csv"), key=lambda each: each.stat().st_size)
        words = file.read_bytes()
        for half in (b"", b'"', b"\xff\xfe" + words[:500]):
            file.write_bytes(half)
            page = there.mine("/").text
            assert "Shown is the last state in which everything could be" in page
            assert file.name in page
            assert there.mine(asked).text == count
            assert there.mine("/ask/contacts-by-agency.csv").text == contacts
        file.write_bytes(words)
        assert "can be read" not in there.mine("/").text
        folder.rename(tmp_path / "away")
        gone_away = there.mine("/timeline")
        assert gone_away.status == 200
        assert "Shown is the last state" in gone_away.text
        assert there.mine("/changed").status == 200
        assert there.mine(asked).text == count
        (tmp_path / "away").rename(folder)
        assert "can be read" not in there.mine("/").text


def test_what_cannot_be_served_is_told(climbie: Path, tmp_path: Path) -> None:
    import socket

    import cli

    nothing = CliRunner().invoke(cli.main, ["serve", str(tmp_path / "none"), "--port", "0"])
    assert nothing.exit_code == 2
    assert "Traceback" not in nothing.output
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        done = CliRunner().invoke(cli.main, ["serve", str(climbie), "--port", port])
    assert done.exit_code == 1
    assert "cannot be listened at" in done.output
