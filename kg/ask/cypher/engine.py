"""Cypher without a server: a review's property graph in an embedded engine, made afresh and thrown away.

The graph stands in the memory of a process of its own, so that a question that never ends can be ended, and one that
brings the engine down takes nothing with it. It is never an archive: the truth is the review's folder.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

from kg.ask.cypher.text import in_words, only_first_labels, only_reading, parameters_of, unknown_parameter
from kg.ask.limits import MEMORY, ROWS, SIZE, TIMEOUT, too_many, too_much
from kg.ask.refusal import NotAsked, TookTooLong
from kg.base.pinned import INSTALL
from kg.base.signs import sound
from kg.graph.computed import draw_all
from kg.graph.property_graph import (
    DAY,
    MOMENT,
    NUMBER,
    TEXT,
    YES_NO,
    PropertyGraph,
    as_property_graph,
    together,
)

if TYPE_CHECKING:
    from kg.findings.study import Study

TYPES = {TEXT: "STRING", YES_NO: "BOOLEAN", NUMBER: "INT64", DAY: "DATE", MOMENT: "TIMESTAMP"}
SETTINGS = {"max_db_size": 1 << 34, "buffer_pool_size": 1 << 31}
"""What the graph is opened with, in bytes: addresses that are reserved and not used, and memory for what stands in it."""
BATCH = 1000
INTERPRETER = ("-P",)
"""How the engine's process is started: without this folder among those that modules are looked for in."""

_Any = TypeVar("_Any")
Parameters = Mapping[str, object]
Some = tuple[tuple[str, ...], list[tuple[object, ...]]]
"""The names of the columns, and some rows."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a question returned: the names of its columns, and its rows in the order the engine gave them."""

    columns: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]


def ask(
    gaps: Study,
    text: str,
    parameters: Parameters | None = None,
    *,
    others: Sequence[Study] = (),
    timeout: float = TIMEOUT,
) -> Answer:
    """The rows that a Cypher query returns from a review, and ``others`` if given, drawn for this one question.

    Values given for ``$names`` are bound, never pasted into the query; ``$review`` is the review's title, unless given, and
    ``$reviews`` those of all (with a number where two are the same). ``timeout`` is in seconds, of the question alone.
    Raises NotAsked for a query that does more than read, cannot be read, names what no review has or lacks a value, and
    where the engine is not installed; TookTooLong when its time is up.
    """
    only_reading(text)
    with embedded(*graphs_of((gaps, *others))) as graph:
        return graph.ask(text, parameters, timeout=timeout)


def graphs_of(studied: Sequence[Study]) -> Iterator[PropertyGraph]:
    """Each review as a property graph under its title, with a number where the title has been before."""
    names = Counter[str]()
    for gaps in studied:
        title = gaps.review.title
        names[title] += 1
        name = title if names[title] == 1 else f"{title} ({names[title]})"
        yield as_property_graph(draw_all(gaps), gaps.terms, name)


@contextmanager
def embedded(*graphs: PropertyGraph) -> Iterator[Embedded]:
    """Reviews in the embedded engine, for several questions, until the block ends. Raises NotAsked as ``ask`` does."""
    graph = Embedded(together(graphs))
    try:
        yield graph
    finally:
        graph.close()


class Embedded:
    """A graph in the embedded engine. A question that had to be ended takes the engine with it; the next
    begins with a fresh one."""

    def __init__(self, graph: PropertyGraph) -> None:
        self._graph = graph
        self._child: _Child | None = None
        self._alone = threading.Lock()

    def ask(self, text: str, parameters: Parameters | None = None, *, timeout: float = TIMEOUT) -> Answer:
        """The rows that a Cypher query returns; as the function ``ask``."""
        columns: tuple[str, ...] = ()
        rows: list[tuple[object, ...]] = []
        for names, some in self.stream(text, parameters, timeout=timeout):
            columns = names
            rows += some
            if len(rows) > ROWS:
                raise too_many(ROWS)
        return Answer(columns, tuple(rows))

    def stream(self, text: str, parameters: Parameters | None = None, *, timeout: float = TIMEOUT) -> Iterator[Some]:
        """As ``ask``, some rows at a time, each time with the names of the columns."""
        only_reading(text)
        only_first_labels(text, self._graph.schema)
        given = bound(text, parameters, self._graph.reviews)
        with self._alone:
            child = self._ready()
            try:
                for columns, some in child.take([(sound(text), given)], timeout):
                    yield columns, [tuple(plain(value) for value in row) for row in some]
            except _EngineSays as said:
                raise NotAsked(in_words(str(said), text, self._graph.schema)) from None

    def close(self) -> None:
        """End the engine; what it held is gone."""
        if self._child is not None:
            self._child.end()
            self._child = None

    def _ready(self) -> _Child:
        if self._child is not None and self._child.lives:
            return self._child
        self.close()
        try:
            self._child = _Child()
            limits = {"memory": SETTINGS["max_db_size"] + MEMORY, "size": SIZE}
            for _ in self._child.take((SETTINGS, limits, [*_steps(self._graph)]), None):
                pass
        except _EngineSays as said:
            raise NotAsked(f"The embedded engine could not take the graph: {said}\n  Nothing was answered.") from None
        return self._child


def bound(text: str, parameters: Parameters | None, reviews: Sequence[str]) -> dict[str, Any]:
    """The values for a query's parameters: those given; ``$review``, a title; ``$reviews``, all of them.

    Raises NotAsked for a parameter that has none.
    """
    given = {"review": reviews[0], "reviews": list(reviews), **(parameters or {})}
    wanted = parameters_of(text)
    for name in sorted(wanted - given.keys()):
        raise NotAsked(unknown_parameter(name))
    # As the graph has them, or words that no engine can keep would not be found again.
    return {name: _sound(value) for name, value in given.items() if name in wanted}


def _sound(value: object) -> object:
    if isinstance(value, list | tuple):
        return [_sound(each) for each in value]
    return sound(value) if isinstance(value, str) else value


def plain(value: object) -> object:
    """A value as both engines give it in the end: what an engine adds, and what a thing has not, put aside."""
    if isinstance(value, dict):
        kept = {str(key): plain(held) for key, held in value.items() if held is not None}
        return {key: kept[key] for key in sorted(kept) if key != "uid" and not key.startswith("_")}
    if isinstance(value, list | tuple):
        return [plain(each) for each in value]
    if isinstance(value, Decimal) and value == value.to_integral_value():
        return int(value)  # the embedded engine's sums are wider than its numbers
    return value


# --- the graph as statements ----------------------------------------------------------------------------------------


def tables(graph: PropertyGraph) -> list[str]:
    """The statements that declare a graph's tables in the embedded engine, a label and a type of relation each.

    One that this review has none of still has its table, and a relation its own end, since a path along it may have no step.
    """
    schema = graph.schema
    values = ", ".join(f"`{key}` {TYPES[held.type]}{'[]' * held.many}" for key, held in schema.values.items())
    ends: dict[str, list[str]] = {kind: [] for kind in schema.relations.values()}
    drawn = [*graph.edges, *((kind, end, end) for kind, end in schema.leads_to.items())]
    for kind, start, end in sorted(set(drawn)):
        ends[kind].append(f"FROM `{start}` TO `{end}`")
    nodes = (
        f"CREATE NODE TABLE `{label}`(uid STRING PRIMARY KEY, id STRING, review STRING, {values})"
        for label in schema.labels
    )
    relations = (
        f"CREATE REL TABLE `{kind}`({', '.join(pairs or ['FROM Entry TO Entry'])})" for kind, pairs in ends.items()
    )
    return [*nodes, *relations]


def _steps(graph: PropertyGraph) -> Iterator[tuple[str, dict[str, Any]]]:
    """The statements that make the graph. What it holds goes with them as values, through a pipe: into no file."""
    for text in ("BEGIN TRANSACTION", *tables(graph), "COMMIT"):
        yield text, {}
    for kinds, rows in graph.nodes.items():
        for some in _batches(rows):
            # What no row of these has is not named: the engine could not tell what kind of nothing it is.
            keys = sorted({key for row in some for key in row})
            said = ", ".join(f"`{key}`: row.`{key}`" for key in keys)
            held = [{key: row.get(key) for key in keys} for row in some]
            yield f"UNWIND $rows AS row CREATE (:`{kinds[0]}` {{{said}}})", {"rows": held}
    for (kind, start, end), ties in graph.edges.items():
        text = (
            f"UNWIND $rows AS row MATCH (a:`{start}` {{uid: row.a}}), (b:`{end}` {{uid: row.b}}) "
            f"CREATE (a)-[:`{kind}`]->(b)"
        )
        for couples in _batches(ties):
            yield text, {"rows": [{"a": source, "b": target} for source, target in couples]}


def _batches(rows: Sequence[_Any]) -> Iterator[Sequence[_Any]]:
    return (rows[start : start + BATCH] for start in range(0, len(rows), BATCH))


# --- a process that can be ended ------------------------------------------------------------------------------------


class _EngineSays(Exception):
    """The embedded engine's own words about what it could not do."""


class _Child:
    """The engine's process: takes a request at a time, and is ended when its time is up or nobody listens any more."""

    def __init__(self) -> None:
        child = Path(__file__).with_name("child.py")
        self._process = subprocess.Popen(
            [sys.executable, *INTERPRETER, str(child), str(os.getpid())],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )

    @property
    def lives(self) -> bool:
        """Whether it can take another request."""
        return self._process.poll() is None

    def take(self, request: object, timeout: float | None) -> Iterator[Some]:
        """What it sends back for a request."""
        process = self._process
        assert process.stdin is not None
        assert process.stdout is not None
        late = threading.Event()

        def end() -> None:
            late.set()
            process.kill()

        timer = threading.Timer(timeout or 0, end)
        timer.daemon = True
        if timeout is not None:
            timer.start()
        done = False
        try:
            with suppress(BrokenPipeError):  # it has ended already; what it sent says why
                pickle.dump(request, process.stdin)
                process.stdin.flush()
            columns: tuple[str, ...] = ()
            while True:
                try:
                    word, *rest = pickle.load(process.stdout)
                except (EOFError, pickle.UnpicklingError):
                    self._ended(timeout if late.is_set() else None)
                if word == "columns":
                    columns = tuple(rest[0])
                elif word == "rows":
                    yield columns, rest[0]
                elif word == "much":
                    raise too_much(SIZE)
                else:
                    done = True
                    if word == "error":
                        raise _EngineSays(rest[0])
                    return
        finally:
            timer.cancel()
            if not done:
                self.end()

    def _ended(self, timeout: float | None) -> NoReturn:
        if timeout is not None:
            raise TookTooLong(
                f"The question was ended after {timeout:g} seconds. Nothing is lost.\n"
                "  Narrow it, join along relations, or give it longer: --timeout SECONDS."
            )
        assert self._process.stderr is not None
        if "No module named 'ladybug'" in self._process.stderr.read().decode("utf-8", "replace"):
            raise NotAsked(
                "Cypher without a server needs the embedded engine, which is not installed. Nothing was asked.\n"
                f"  {INSTALL}"
            )
        raise NotAsked(
            "The embedded engine ended without an answer: the question was more than it could bear. Nothing is lost.\n"
            "  Narrow it; if it is small, try --engine neo4j."
        )

    def end(self) -> None:
        """End it now."""
        process = self._process
        process.kill()
        for pipe in (process.stdin, process.stdout, process.stderr):
            if pipe is not None:
                with suppress(OSError):
                    pipe.close()
        process.wait()
