"""Whether a review is what a review should be: the shapes of the ontology asked of it, the answers said to a person.

The shapes (``ontology/shapes.ttl``) are SHACL, so that other programs can ask the same of their own data. Here each
violation becomes a Problem at the file, row and column where somebody can mend it.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator, Mapping
from pathlib import Path

from rdflib import RDF, SH, Graph, Literal, URIRef
from rdflib.term import Node

from kg.findings.study import Study
from kg.graph.addresses import Words
from kg.graph.rdf.triples import to_rdf
from kg.model.problem import Place, Problem
from kg.terms.namespace import NAMESPACE
from kg.terms.reader import shapes
from kg.terms.tables import Terms

SEVERITIES: dict[Node | None, str] = {SH.Violation: "error", SH.Warning: "warning", SH.Info: "note"}
REVIEW_FILE = "review.toml"
LONGEST = 60
"""How many letters of a cell a Problem shows."""

_PLACEHOLDER = re.compile(r"\{(\w+)\}")


def check_shapes(gaps: Study, *, folder: Path | None = None, every: bool = False) -> tuple[Problem, ...]:
    """What in a review is not as it should be, each at its file, row and column, in the order of the returns.

    Left out is what the loaders say already as they read (``kg:saidOnReading`` in the shapes), unless ``every`` is
    true. ``folder`` holds another copy of ``shapes.ttl``. Nothing is fetched and nothing is inferred. Raises
    kg.terms.NotTurtle if the shapes cannot be read, LookupError if the ontology lacks a word that is drawn.
    """
    return check_graph(to_rdf(gaps.review, gaps.terms), gaps.terms, folder=folder, every=every)


def check_graph(data: Graph, terms: Terms, *, folder: Path | None = None, every: bool = True) -> tuple[Problem, ...]:
    """What in a review's RDF, wherever it comes from, is not as it should be. Otherwise as ``check_shapes``."""
    asked = shapes(folder)
    if not every:
        for shape in list(asked.subjects(_kg("saidOnReading"), Literal(True))):
            asked.add((shape, SH.deactivated, Literal(True)))
    said = _Saying(data, asked, terms)
    found = {problem for result in _violations(data, asked) for problem in said.problems(*result)}
    return tuple(sorted(found, key=_order))


def _order(problem: Problem) -> tuple[bool, str, str, int, str, str]:
    place = problem.place
    return (place.file != REVIEW_FILE, place.file, place.sheet, place.row, place.column, problem.what)


def _violations(data: Graph, asked: Graph) -> Iterator[tuple[Node, Node, Node | None]]:
    """Each violation as (the thing, the shape, the value), in no order."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of the libraries themselves, on import and use
        import pyshacl

        _, report, _ = pyshacl.validate(
            data, shacl_graph=asked, inference="none", advanced=False, meta_shacl=False, do_owl_imports=False,
            inplace=True,
        )  # fmt: skip
    if not isinstance(report, Graph):
        raise ValueError(f"ontology/shapes.ttl cannot be asked of a review: {report}")
    for result in report.subjects(RDF.type, SH.ValidationResult):
        thing, shape = report.value(result, SH.focusNode), report.value(result, SH.sourceShape)
        if thing is not None and shape is not None:
            yield thing, shape, report.value(result, SH.value)


def _kg(name: str) -> URIRef:
    return URIRef(NAMESPACE + name)


class _Saying:
    """Violations of one review's RDF put into words, with the ontology's own words for its columns."""

    def __init__(self, data: Graph, asked: Graph, terms: Terms) -> None:
        self.data, self.asked = data, asked
        self._headings = {word.iri: word.label for word in terms.words}
        self._headings |= {column.iri: column.label for column in terms.properties}
        self._keys = Words(terms).keys()

    def problems(self, thing: Node, shape: Node, value: Node | None) -> Iterator[Problem]:
        """One violation as a Problem of each row that it stands in; of review.toml, if it stands in none."""
        severity = SEVERITIES.get(self.asked.value(shape, SH.severity), "error")
        for row, column in self._rows(thing, self.asked.value(shape, _kg("onColumn"))):
            said = self._values(thing) | (self._values(row) if row != thing else {})
            if value is not None:
                said["value"] = str(value)
            what, why, done, remedy = (
                self._filled(shape, part, said) for part in (SH.message, _kg("why"), _kg("done"), _kg("remedy"))
            )
            yield Problem(self._place(row, column), severity, what, why, done, remedy)

    def _rows(self, thing: Node, column: Node | None) -> list[tuple[Node, Node | None]]:
        """The entries in which a thing stands, each with the column: itself, or those that lead to it, or record it.

        Where the shape names no column, it is the one by which an entry, or the review, leads to the thing.
        """
        if self._is_row(thing):
            return [(thing, column)]
        leading: list[tuple[Node, Node | None]]
        leading = [(row, by) for row, by in self.data.subject_predicates(thing) if column is None or by == column]
        found = [pair for pair in leading if self._is_row(pair[0])]
        found += [(row, column) for row in self.data.objects(thing, _kg("recordedIn"))]
        return found or [(thing, leading[0][1] if leading else column)]

    def _is_row(self, thing: Node) -> bool:
        return (thing, RDF.type, _kg("Entry")) in self.data

    def _place(self, row: Node, column: Node | None) -> Place:
        heading = self._headings.get(str(column), "")
        if not self._is_row(row):
            return Place(REVIEW_FILE, column=heading)
        file, sheet, number, name = (self._said(row, each) for each in ("file", "sheet", "row", "entryName"))
        return Place(file, sheet, int(number) if number.isdecimal() else 0, heading, name)

    def _said(self, thing: Node, name: str) -> str:
        return str(self.data.value(thing, _kg(name)) or "")

    def _values(self, thing: Node) -> dict[str, str]:
        """What is said of a thing, by the key of each property in graphs."""
        said: dict[str, str] = {}
        for predicate, value in self.data.predicate_objects(thing):
            if isinstance(value, Literal):
                said.setdefault(self._keys.get(str(predicate), ""), str(value))
        return said

    def _filled(self, shape: Node, part: URIRef, said: Mapping[str, str]) -> str:
        """One part of what a shape says, with what was written in place of each {key}."""
        words = str(self.asked.value(shape, part) or "")
        return _PLACEHOLDER.sub(lambda key: _short(said.get(key[1], "")), words)


def _short(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= LONGEST else line[: LONGEST - 1].rstrip() + "\u2026"
