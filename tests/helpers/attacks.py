"""``make attack``: damage, fuzz and kills in bulk, with figures at the end. A smaller part of each runs among the tests.

Everything is drawn by chance from a seed: the same seed gives the same attacks. What stands against them is counted, and
whatever does not (a traceback, a wrong answer, something left behind) is printed with what brought it about.
"""

from __future__ import annotations

import argparse
import csv
import io
import os
import random
import signal
import socket
import subprocess
import sys
import tempfile
import time
import traceback
from base64 import b64encode
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from helpers.ending import SIGNALS, started
from helpers.office_files import document, workbook
from helpers.returns import HEAD, ROW, TOML, sound
from helpers.serving import Running, serving
from helpers.small import day, review, row

import loaders
from kg.ask.cypher.engine import embedded
from kg.ask.refusal import NotAsked
from kg.ask.sparql.engine import ask_sparql
from kg.findings.study import find_gaps
from kg.graph.computed import draw_all
from kg.graph.property_graph import as_property_graph
from kg.graph.rdf.quads import quads
from kg.model.problem import NotAReview
from kg.terms.reader import load
from loaders.told import KEYS

ROOT = Path(__file__).resolve().parents[2]
PIECES = [
    b'"',
    b"\n",
    b"\r",
    b",",
    b";",
    b"\0",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"]",
    b"=",
    b"<",
    b"&",
    b"9" * 40,
    b"PK\3\4",
]
HOSTILE = (
    '""', "9999-12-31", "0001-01-01", '"31/12/9999"', "9" * 400, "-1", "1e309", "nan", "true", "[]", "{}", '["a", 1]',
    '"\\u202e\\u0000"', '"' + "x" * 5000 + '"', '[["1999-01-01"]]', '["9999-12-31", "0001-01-01"]', '"../../etc/passwd"',
    '"Kit"', "1999-01-01T00:00:00Z", "[[[[[[[[[[]]]]]]]]]]",
)  # fmt: skip
WRITES = (
    "CREATE (n:Entry {id: 'x'})", "MATCH (n) DETACH DELETE n", "MATCH (n) SET n.id = 'x'", "MERGE (n:Entry {id: 'x'})",
    "COPY (MATCH (n) RETURN n.id) TO 'stolen.csv'", "LOAD FROM '/etc/passwd' RETURN *", "INSTALL httpfs", "DROP TABLE Entry",
    "MATCH (n:Entry) RETURN n.id", "CALL show_tables() RETURN *", "ATTACH 'x' AS y",
)  # fmt: skip
WITHIN = (
    "",
    " ",
    "/**/",
    "/* */",
    "//\n",
    "\u00a0",
    "\t",
    "`",
    "'",
    '"',
    ";",
    "\\u0043",
    "\r",
    "\0",
    "UNION ",
    "EXPLAIN ",
    "}",
    "{",
)
UPDATES = (
    "SELECT * { ?a ?b ?c }", "ASK {}", "CONSTRUCT { ?a ?b ?c } { ?a ?b ?c }", "DELETE WHERE { ?a ?b ?c }", "DROP ALL",
    "INSERT DATA { <a:b> <a:c> 1 }", "LOAD <file:///etc/passwd>", "SELECT * FROM <file:///etc/passwd> { ?a ?b ?c }",
    "SELECT * { SERVICE <http://127.0.0.1:9/> { ?a ?b ?c } }", "SELECT (COUNT(*) AS ?n) { ?a kg:narative ?c }",
)  # fmt: skip
DAYS = ("well", "asleep", "out", "at school", "with his aunt", "in bed")
HALF_SENT = 3.0
"""Seconds after which a request that is not answered is taken for one that is still waited for."""
SECRET = "Seen at home on that day"


@dataclass
class Figures:
    """What came of one kind of attack."""

    kind: str
    seed: int
    tried: int = 0
    came: Counter[str] = field(default_factory=Counter)
    slowest: float = 0.0
    faults: list[str] = field(default_factory=list)

    def attempt(self, what: Callable[[], str], brought: object) -> None:
        """One attack: what comes of it in a word, or a fault."""
        self.tried += 1
        begun = time.monotonic()
        try:
            self.came[what()] += 1
        except Exception as wrong:
            where = traceback.extract_tb(wrong.__traceback__)[-1]
            self.faults.append(
                f"{type(wrong).__name__} in {Path(where.filename).name}:{where.lineno}: {brought!r:.200}"
            )
        self.slowest = max(self.slowest, time.monotonic() - begun)

    def line(self) -> str:
        """The figures as a row of a table."""
        came = ", ".join(f"{number} {word}" for word, number in sorted(self.came.items()))
        return f"| {self.kind} | {self.seed} | {self.tried:,} | {came} | {len(self.faults)} | {self.slowest:.1f} s |"


def damaged(data: bytes, chance: random.Random) -> bytes:
    """Some bytes with up to eight harms done to them."""
    held = bytearray(data)
    for _ in range(chance.randint(1, 8)):
        at = chance.randrange(len(held) or 1)
        how = chance.randrange(5)
        if how == 0 and held:
            held[at] = chance.randrange(256)
        elif how == 1:
            del held[at : at + chance.randint(1, 60)]
        elif how == 2:
            held[at:at] = chance.choice(PIECES)
        elif how == 3:
            held[at:at] = held[max(0, at - 40) : at] * chance.randint(1, 4)
        else:
            del held[chance.randrange(len(held) or 1) :]
    return bytes(held)


def returns(number: int, seed: int) -> Figures:
    """Damaged CSV, Excel and Word beside a good return: reading ends, the good one is read, nothing is lost in silence."""
    figures, chance = Figures("damaged returns", seed), random.Random(seed)
    seen = [
        ROW.replace("7,14/", f"{at},{at + 10}/").replace("well", f"{name} that day") for at, name in enumerate(DAYS)
    ]
    rows = [HEAD.split(","), *(each.split(",") for each in seen)]
    table = io.StringIO()
    csv.writer(table).writerows(rows)
    whole = {".csv": table.getvalue().encode(), ".xlsx": workbook({"Log": rows}), ".docx": document([rows])}
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        (folder / "returns").mkdir()
        (folder / "returns" / "Town Hospital.csv").write_text(f"{HEAD}\n{ROW}\n")
        for at in range(number):
            ending = (".csv", ".xlsx", ".docx")[at % 3]
            file = folder / "returns" / f"Town Police{ending}"
            data = damaged(whole[ending], chance)
            file.write_bytes(data)
            (folder / "review.toml").write_text(TOML.replace('"Town Police"', f'"Town Police"\nfile = "{file.name}"'))

            def read(name: str = file.name) -> str:
                loaded = loaders.load(folder)
                sound(loaded)
                agencies = Counter(entry.agency for entry in loaded.review.entries)
                assert agencies["Town Hospital"] >= 1
                told = any(problem.place.file == f"returns/{name}" for problem in loaded.problems)
                assert told or agencies["Town Police"], "rows lost in silence"
                return "told" if told else "read whole"

            figures.attempt(read, data)
            file.unlink()
    return figures


def reviews(number: int, seed: int) -> Figures:
    """review.toml with keys that hold what they must not, studied to the end."""
    figures, chance, terms = Figures("review.toml", seed), random.Random(seed), load()
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        (folder / "returns").mkdir()
        (folder / "returns" / "Town Police.csv").write_text(f"{HEAD}\n{ROW}\n")
        for _ in range(number):
            text = TOML
            for _ in range(chance.randint(1, 3)):
                table = chance.choice([*KEYS])
                key, value = chance.choice(KEYS[table]), chance.choice(HOSTILE)
                lines = [line for line in text.splitlines() if table or not line.startswith(f"{key} =")]
                at = lines.index(f"[[{table}]]") + 1 if table and f"[[{table}]]" in lines else 0
                text = "\n".join([*lines[:at], f"{key} = {value}", *lines[at:]]) + "\n"
            (folder / "review.toml").write_text(text)

            def read() -> str:
                try:
                    loaded = loaders.load(folder)
                except NotAReview:
                    return "refused"
                find_gaps(loaded.review, terms)
                return "told" if loaded.problems else "read whole"

            figures.attempt(read, text)
    return figures


def queries(number: int, seed: int) -> Figures:
    """Questions that would write, open or ask elsewhere, in disguise: the graph stays, and nothing is opened."""
    figures, chance, terms = Figures("questions", seed), random.Random(seed), load()
    gaps = find_gaps(review(row("Police/P1", day(1), "bruising")), terms)
    with tempfile.TemporaryDirectory() as made, embedded(as_property_graph(draw_all(gaps), terms, "x")) as graph:
        here = Path.cwd()
        os.chdir(made)
        try:
            before = graph.ask("MATCH (n:Entry) RETURN count(n)").rows
            for at in range(number):
                source = chance.choice(WRITES if at % 4 else UPDATES)
                words = source.split(" ")
                text = "".join(word + (chance.choice(WITHIN) if chance.random() < 0.3 else " ") for word in words)
                text = text.swapcase() if chance.random() < 0.2 else text

                def asked(text: str = text, sparql: bool = at % 4 == 0) -> str:
                    try:
                        if sparql:
                            ask_sparql(quads(gaps), text, terms, timeout=10)
                        else:
                            graph.ask(text, timeout=10)
                    except NotAsked:
                        return "refused"
                    return "answered"

                figures.attempt(asked, text)
            if graph.ask("MATCH (n:Entry) RETURN count(n)").rows != before:
                figures.faults.append("the graph was changed")
            if os.listdir(made):
                figures.faults.append(f"files were written: {os.listdir(made)}")
        finally:
            os.chdir(here)
    return figures


def requests(number: int, seed: int) -> Figures:
    """Requests of every malformed kind, without token and with: nothing of the review without one, no mistake with."""
    figures, chance = Figures("requests", seed), random.Random(seed)
    for running in serving(ROOT / "examples" / "climbie", "--timeout", "5"):
        for _ in range(number):
            let_in = chance.random() < 0.5
            data = _request(running, chance, let_in)

            def sent(data: bytes = data, let_in: bool = let_in, port: int = running.port) -> str:
                said = _said(port, data)
                status = said[9:12].decode("latin-1") if said.startswith(b"HTTP/1.1 ") else "closed"
                assert let_in or status not in ("200", "303"), "let in without a token"
                assert let_in or b"Haringey" not in said
                assert status != "500"
                return status if status == "closed" else f"{status[0]}xx"

            figures.attempt(sent, data)
        if running.mine("/changed").status != 200:
            figures.faults.append("the server no longer answers")
    return figures


def _request(running: Running, chance: random.Random, let_in: bool) -> bytes:
    path = chance.choice(["/", "/questions", "/ask/held-on-a-day?day=31/12/9999", "/entry/../../etc/passwd", "/entry/%00%ff",
                          "/sparql?query=SELECT", "/ask/%2e%2e", "//x", "/ask/did-not-arrive?agency=" + "x" * 3000,
                          "/sparql?query=" + "%28" * 900, "/timeline/page", f"/?token={'x' * 32}"])  # fmt: skip
    method = chance.choice(["GET", "GET", "GET", "POST", "HEAD", "PUT", "TRACE", "get", "X" * 30])
    head = [f"{method} {path} HTTP/1.1", f"Host: 127.0.0.1:{running.port}", "Connection: close"]
    if let_in:
        head.append(f"Authorization: Bearer {running.token}")
    else:
        head.append(chance.choice(["Authorization: Bearer x", f"Authorization: Basic {b64encode(b'a:b').decode()}",
                                   "Cookie: kg-1=x", f"Cookie: kg-{running.port}=", "X: y"]))  # fmt: skip
    more = chance.choice(["", "", "", "Content-Length: 3", "Transfer-Encoding: chunked", "Content-Length: -1",
                          "Expect: 100-continue", "Accept: " + "a/b;q=" * 200, "Host: evil.example", "Origin: null",
                          "Range: bytes=0-"])  # fmt: skip
    data = ("\r\n".join([*head, *([more] if more else [])]) + "\r\n\r\n" + "abc" * bool(more)).encode(
        "latin-1", "replace"
    )
    return damaged(data, chance) if chance.random() < 0.3 and not let_in else data


def _said(port: int, data: bytes) -> bytes:
    """What is answered; nothing of a request whose end is still waited for after a while."""
    with socket.create_connection(("127.0.0.1", port), timeout=HALF_SENT) as sent:
        said = b""
        try:
            sent.sendall(data)
            while part := sent.recv(65536):
                said += part
        except OSError:
            return said
        return said


def kills(number: int, seed: int) -> Figures:
    """Decisions and exports ended at any moment, in any way: files are whole or as they were, and nothing else is left."""
    figures, chance = Figures("kills", seed), random.Random(seed)
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made) / "review"
        (folder / "returns").mkdir(parents=True)
        (folder / "review.toml").write_text(TOML)
        (folder / "returns" / "Town Police.csv").write_text(f"{HEAD}\nP1,14/07/1999,,Kit,home-visit,{SECRET},,,,\n")
        bare = Path(made) / "temporary"
        bare.mkdir()
        for at in range(number):
            ending = chance.choice(SIGNALS)
            wait = chance.uniform(0.05, 3.0)
            figures.attempt(
                lambda at=at, wait=wait, ending=ending: _killed(at, folder, bare, wait, ending), ending.name
            )
    return figures


def _killed(at: int, folder: Path, bare: Path, wait: float, ending: signal.Signals) -> str:
    out = folder.parent / "out.trig"
    commands = (
        ["note", str(folder), "Town Police/P1", "--text", "A note", "--by", "A. Reviewer"],
        ["export", str(folder), "--format", "trig", "-o", str(out)],
        ["query", str(folder), "--cypher", "MATCH (e:Entry) RETURN e.what_happened"],
        ["query", str(folder), "--sparql", "SELECT ?w { ?e kg:narrative ?w }"],
    )
    notes = folder / "notes.csv"
    before = notes.read_bytes() if notes.exists() else b""
    running = started(commands[at % len(commands)], bare)
    try:
        running.wait(wait)
        word = "had ended"
    except subprocess.TimeoutExpired:
        running.send_signal(ending)
        word = "cut off"
    running.communicate(timeout=30)
    after = notes.read_bytes() if notes.exists() else b""
    assert after.startswith(before), "what was noted is gone"
    assert not after or after.endswith(b"\n"), "half a note"
    if out.exists():
        assert out.read_text(encoding="utf-8").rstrip().endswith(("}", ".")), "half an export"
        out.unlink()
    left = [each.name for each in bare.iterdir()]
    left += [each.name for each in folder.parent.rglob("*") if each.name.endswith(".new")]
    assert not left, left
    return word


KINDS: dict[str, tuple[Callable[[int, int], Figures], int]] = {
    "returns": (returns, 6000),
    "reviews": (reviews, 1500),
    "queries": (queries, 300),
    "requests": (requests, 400),
    "kills": (kills, 120),
}
"""Each kind of attack, and how often ``make attack`` tries it."""


def all_figures(seed: int, share: float, kinds: Iterable[str] = KINDS) -> Iterator[Figures]:
    """Each of these kinds, as often as its share of the whole."""
    for kind in kinds:
        attack, often = KINDS[kind]
        yield attack(max(1, round(often * share)), seed)


def main() -> int:
    """Attack, and print what came of it."""
    asked = argparse.ArgumentParser(description="Attack kg in bulk, and print what came of it.")
    asked.add_argument("--seed", type=int, default=2026)
    asked.add_argument("--share", type=float, default=1.0, help="how much of the whole: 0.1 for a tenth")
    asked.add_argument("--kind", choices=[*KINDS], action="append", help="only this kind; may be repeated")
    given = asked.parse_args()
    faults: list[str] = []
    lines = ["| Attack | Seed | Tried | What came of it | Faults | Slowest |", "|---|---|---|---|---|---|"]
    for figures in all_figures(given.seed, given.share, given.kind or KINDS):
        lines.append(figures.line())
        faults += [f"{figures.kind}: {each}" for each in figures.faults]
    print("\n".join([*lines, *faults]))  # noqa: T201
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
