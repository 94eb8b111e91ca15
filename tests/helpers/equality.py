"""The equality matrix: every question of the library, of every case, by every engine.

``PYTHONPATH=.:tests python tests/equality.py`` prints it as a table: how many rows, and how many engines gave exactly
the rows of plain Python. It starts a real Neo4j, and ends with 1 if any engine differs.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from helpers.real_neo4j import Neo4j, resolve

from kg.ask.cypher.engine import embedded, graphs_of
from kg.ask.cypher.server import Server, ask, push
from kg.ask.engines import Row, by_python, by_rdflib, by_sparql, rows_of
from kg.ask.library import library, values
from kg.ask.question import Question
from kg.findings.study import Study, find_gaps
from kg.graph.property_graph import schema_of
from kg.terms.reader import load as load_terms
from loaders import load

ROOT = Path(__file__).resolve().parents[2]
CASES = {
    "climbie": ROOT / "examples" / "climbie",
    **{name: ROOT / "tests" / "cases" / name for name in ("connelly", "hayter", "training")},
}
ENGINES = ("python", "sparql", "rdflib", "cypher", "neo4j")
TERMS = load_terms()


def columns(server: Server, studied: Sequence[Study]) -> Iterator[tuple[str, int, list[str]]]:
    """Of each question that these reviews may be asked: its name, the rows of plain Python, and who gave others."""
    graphs = list(graphs_of(studied))
    for graph in graphs:
        push(server, graph)
    first, *others = (graph.review for graph in graphs)
    schema = schema_of(TERMS)
    with embedded(*graphs) as held:
        for question in library():
            if len(studied) > 1 and not question.many_reviews:
                continue
            bound = values(question, {}, studied)
            wanted = by_python(question, studied, bound)
            served = ask(server, question.cypher, bound, review=first, others=others, schema=schema)
            found: dict[str, tuple[Row, ...]] = {
                "sparql": by_sparql(question, studied, bound),
                "rdflib": by_rdflib(question, studied, bound),
                "cypher": rows_of(held.ask(question.cypher, bound).rows),
                "neo4j": rows_of(served.rows),
            }
            yield question.name, len(wanted), [name for name, rows in found.items() if rows != wanted]


def cell(rows: int, differ: Sequence[str]) -> str:
    return f"{rows} ({len(ENGINES) - len(differ)} of {len(ENGINES)})" + "".join(f", not {name}" for name in differ)


def line(question: Question, told: Sequence[dict[str, str]]) -> str:
    return "| ".join(["", f"`{question.name}` ", *(f"{each.get(question.name, '')} " for each in told)]) + "|"


def main() -> None:
    """Print the table."""
    studied = {name: find_gaps(load(folder, TERMS).review, TERMS) for name, folder in CASES.items()}
    asked = {name: [gaps] for name, gaps in studied.items()} | {"all four": list(studied.values())}
    told: list[dict[str, str]] = []
    differing = 0
    with tempfile.TemporaryDirectory() as folder:
        running = Neo4j(Path(folder), resolve(Path(folder) / "classpath.txt"))
        try:
            running.start()
            for reviews in asked.values():
                found = list(columns(running.server, reviews))
                differing += sum(len(differ) for *_, differ in found)
                told.append({name: cell(rows, differ) for name, rows, differ in found})
        finally:
            running.stop()
    heads = ["Question", *asked]
    rows = [f"| {' | '.join(heads)} |", f"|{' --- |' * len(heads)}", *(line(each, told) for each in library())]
    sys.stdout.write("\n".join(rows) + "\n")
    sys.exit(1 if differing else 0)


if __name__ == "__main__":
    main()
