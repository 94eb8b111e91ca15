"""SPARQL asked of a review: read only, of nothing but the review, and ended when its time is up.

Each query is asked in a process of its own, which holds the statements in memory and is gone with its answer. What the
engine itself could do beyond reading is refused before it sees the query.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from itertools import chain
from pathlib import Path

from kg.ask.limits import MEMORY, ROWS, SIZE, TIMEOUT, too_many, too_much
from kg.ask.refusal import NotAsked, TookTooLong
from kg.ask.sparql.text import ASKED, SUPPLIED, check, in_words, is_ordered
from kg.base.signs import sound
from kg.graph.drawing import Content
from kg.graph.rdf.quads import Quad, nquads
from kg.terms.namespace import NAMESPACE
from kg.terms.tables import Terms

TURTLE, N_TRIPLES = "text/turtle", "application/n-triples"
RDF_XML, JSON_LD = "application/rdf+xml", "application/ld+json"
GRAPHS = (TURTLE, N_TRIPLES, RDF_XML, JSON_LD)
"""The forms in which a graph is given, by their media types."""

Term = Mapping[str, str]
"""One cell as SPARQL's results in JSON write it: "type", "value", and perhaps "datatype" or "xml:lang"."""

_WRITTEN = 512
"""Statements handed over at once."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a query found: columns and rows (SELECT), yes or no (ASK), or a graph as text (CONSTRUCT, DESCRIBE).

    Rows stand in the order that the query asks for, else in order of their text. A cell without a value is None.
    """

    columns: tuple[str, ...] = ()
    rows: tuple[tuple[Term | None, ...], ...] = ()
    boolean: bool | None = None
    graph: str | None = None


class Stop:
    """A word to whoever works on an answer that nobody waits for it any more: what works on it is ended."""

    def __init__(self) -> None:
        self._alone = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self.said = False

    def now(self) -> None:
        """Nobody waits any more."""
        with self._alone:
            self.said = True
            if self._process is not None:
                self._process.kill()

    def ends(self, process: subprocess.Popen[bytes]) -> None:
        """The process that works on the answer from now on."""
        with self._alone:
            self._process = process
            if self.said:
                process.kill()


def ask_sparql(
    statements: Iterable[Quad],
    text: str,
    terms: Terms,
    *,
    parameters: Mapping[str, Content] | None = None,
    timeout: float = TIMEOUT,
    stop: Stop | None = None,
    form: str = TURTLE,
) -> Found:
    """What a SPARQL query finds in some statements (``kg.graph.rdf.quads.quads`` gives a review's), all graphs together.

    The values in ``parameters`` stand in the graph as ``kg:asked asked:NAME ?value``: the query's text stays as it is.
    ``timeout`` is in seconds, counted from when all statements are handed over; ``stop`` ends it sooner. A graph comes in
    the ``form`` of this media type, one of ``GRAPHS``. Prefixes in
    ``SUPPLIED`` need no declaration. Raises NotAsked for a query that does more than read, names what nothing is called,
    or cannot be read; TookTooLong when its time is up.
    """
    text = sound(text)
    check(text, terms)
    wanted = {"query": text, "prefixes": dict(SUPPLIED), "rows": ROWS, "memory": MEMORY, "size": SIZE, "form": form}
    given = chain(asked(parameters or {}), statements)
    with tempfile.TemporaryFile(prefix="kg-") as answer:
        child = Path(__file__).with_name("child.py")
        process = subprocess.Popen(
            [sys.executable, "-P", str(child), str(os.getpid())],
            stdin=subprocess.PIPE,
            stdout=answer,
            stderr=subprocess.DEVNULL,
        )
        try:
            if stop is not None:
                stop.ends(process)
            _hand_over(process, wanted, given)
            _wait(process, timeout)
            if stop is not None and stop.said:
                raise NotAsked("The query was given up: nobody waited for its answer. Nothing is lost.")
        finally:
            process.kill()
            process.wait()
        answer.seek(0)
        found = _read((json.loads(line) for line in answer), text)
    return found if is_ordered(text) else _in_order(found)


def asked(parameters: Mapping[str, Content]) -> Iterator[Quad]:
    """The values of a question's parameters, as statements beside the review's."""
    for name, value in parameters.items():
        yield NAMESPACE + "asked", ASKED + name, value, NAMESPACE + "asked"


def _hand_over(process: subprocess.Popen[bytes], wanted: object, given: Iterable[Quad]) -> None:
    assert process.stdin is not None
    with suppress(BrokenPipeError):  # it has ended already; what it answered says why
        process.stdin.write(json.dumps(wanted).encode() + b"\n")
        some: list[Quad] = []
        for quad in given:
            some.append(quad)
            if len(some) == _WRITTEN:
                process.stdin.write(nquads(some).encode())
                some = []
        process.stdin.write(nquads(some).encode())
    with suppress(BrokenPipeError):
        process.stdin.close()


def _wait(process: subprocess.Popen[bytes], timeout: float) -> None:
    # A timer, and not a wait with a limit: that one looks only every so often.
    late = threading.Event()

    def end() -> None:
        late.set()
        process.kill()

    timer = threading.Timer(timeout, end)
    timer.daemon = True
    timer.start()
    process.wait()
    timer.cancel()
    if late.is_set():
        raise TookTooLong(
            f"The query was ended after {timeout:g} seconds. Nothing is lost.\n"
            "  Narrow it, join along properties, or give it longer: --timeout SECONDS."
        )


def _read(frames: Iterator[object], text: str) -> Found:
    columns: tuple[str, ...] = ()
    rows: list[tuple[Term | None, ...]] = []
    boolean: bool | None = None
    graph: str | None = None
    for frame in frames:
        if isinstance(frame, list):
            rows.append(tuple(frame))
        elif isinstance(frame, dict):
            if "error" in frame:
                raise NotAsked(in_words(str(frame["error"]), text))
            if "many" in frame:
                raise too_many(frame["many"])
            if "much" in frame:
                raise too_much(frame["much"])
            if "nameless" in frame:
                raise NotAsked(
                    f"RDF/XML has no name for the property <{frame['nameless']}>, and cannot hold this graph. "
                    "Nothing is lost.\n  Ask for Turtle, N-Triples or JSON-LD."
                )
            if "end" in frame:
                return Found(columns, tuple(rows), boolean, graph)
            columns = tuple(frame.get("columns", columns))
            boolean, graph = frame.get("boolean", boolean), frame.get("text", graph)
    raise NotAsked(
        "The query needs more memory than it is given: it joins too much at once. It was ended; nothing is lost.\n"
        "  Join along properties, or narrow it, before you combine or sort."
    )


def _in_order(found: Found) -> Found:
    def turn(row: tuple[Term | None, ...]) -> list[tuple[str, str]]:
        return [("", "") if cell is None else (cell["value"], cell.get("datatype", "")) for cell in row]

    return Found(found.columns, tuple(sorted(found.rows, key=turn)), found.boolean, found.graph)


def content(cell: Term | None) -> str | int | bool | date:
    """A cell as Python has it: numbers, yes or no, and days as such; anything else as text, no value as ""."""
    if cell is None:
        return ""
    kind = cell.get("datatype", "").rpartition("#")[2]
    if kind == "integer":
        return int(cell["value"])
    if kind == "boolean":
        return cell["value"] in ("true", "1")
    return date.fromisoformat(cell["value"]) if kind == "date" else cell["value"]
