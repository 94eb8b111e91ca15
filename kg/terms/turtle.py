"""Turtle as statements: the files of the ontology, read in their order, with the line of what cannot be read."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pyoxigraph import BlankNode, Literal, NamedNode
    from rdflib import Graph


class NotTurtle(ValueError):
    """A file of the ontology that cannot be read as Turtle; the message says which file, where and why."""


class Said(NamedTuple):
    """One value of a statement: its text, the type of a literal ("" for plain text), and whether it is a name."""

    text: str
    type: str
    name: bool


def parse(paths: Iterable[Path]) -> Graph:
    """Some files as one graph for rdflib. Raises OSError, or NotTurtle."""
    from rdflib import Graph

    log = logging.getLogger("rdflib.term")
    level = log.level
    log.setLevel(logging.CRITICAL)  # rdflib logs a traceback for a date that is none; the check says it in words
    graph = Graph(store="SimpleMemory")  # keeps the order of the file
    try:
        for path in paths:
            try:
                graph.parse(data=path.read_text(encoding="utf-8"), format="turtle")
            except (SyntaxError, ValueError) as error:
                lines = getattr(error, "lines", None)
                where = f", line {lines + 1}" if isinstance(lines, int) else ""
                raise NotTurtle(f"{path.name}{where}: this is not Turtle. Undo the last change there.") from error
    finally:
        log.setLevel(level)
    return graph


def statements(paths: Iterable[Path]) -> Iterator[tuple[str, str, NamedNode | BlankNode | Literal]]:
    """Every statement of some files, in the order of the files. Raises OSError, or NotTurtle."""
    from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat
    from pyoxigraph import parse as read

    for path in paths:
        try:
            for each in read(path.read_bytes(), format=RdfFormat.TURTLE):
                if isinstance(each.subject, NamedNode | BlankNode) and isinstance(
                    each.object, NamedNode | BlankNode | Literal
                ):
                    yield each.subject.value, each.predicate.value, each.object
        except (SyntaxError, ValueError) as error:
            line = getattr(error, "lineno", None)
            where = f", line {line}" if isinstance(line, int) else ""
            raise NotTurtle(f"{path.name}{where}: this is not Turtle. Undo the last change there.") from error
