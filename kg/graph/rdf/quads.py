"""A review as statements, each in its named graph: one graph a return, one for review.toml, one for what is computed.

What is drawn of the vocabulary and of rules belongs to no review and has a graph of its own. Beside every statement whose
property is, by the ontology, a case of one of PROV-O, stands the statement in PROV-O's own words: where everything came
from, down to file and row, for programs that know no other vocabulary.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import date, datetime

from kg.findings.study import Study
from kg.graph.addresses import Addresses
from kg.graph.computed import draw_computed
from kg.graph.drawing import Content, Edge, Node
from kg.graph.drawing_words import draw_ontology
from kg.graph.record import draw
from kg.model.review import Review
from kg.terms.namespace import NAMESPACE
from kg.terms.reader import Terms

VOCABULARY = NAMESPACE + "vocabulary"
"""The graph of the words of the vocabulary and the rules that some review uses."""

BECAUSE = NAMESPACE + "because"
"""The property of a finding's sentences."""

PROV = "http://www.w3.org/ns/prov#"
RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
XSD = "http://www.w3.org/2001/XMLSchema#"


class Iri(str):
    """A thing that is named, where a value would be words."""

    __slots__ = ()


Quad = tuple[str, str, Iri | Content, str]
"""(what is spoken of, property, thing or value, graph); the first, second and fourth are IRIs."""

_UNSOUND = re.compile(r'[\x00-\x1f"\\\x7f\ud800-\udfff]')
_SHORT = {"\n": "\\n", "\r": "\\r", "\t": "\\t", '"': '\\"', "\\": "\\\\"}


def quads(gaps: Study, *, provenance: bool = True, only: Collection[str] | None = None) -> Iterator[Quad]:
    """Every statement of a review and of what is computed of it, in the order of the drawing.

    The graphs: each return's own id; the review's id for review.toml and for those whom only rows name; the review's id
    with "/computed" for what is computed; ``VOCABULARY``. No statement stands in two graphs of one review.
    ``provenance``: with the statements in PROV-O's words beside ours. ``only``: no statements but those whose property,
    or for what a thing is, whose class, is among these IRIs. Raises LookupError if the ontology lacks a word that is
    drawn.
    """
    yield from record_quads(gaps.review, gaps.terms, provenance=provenance, only=only)
    computed = Addresses(gaps.review).computed()
    mine = Addresses(gaps.review).review + "/"
    also = _also(gaps.terms) if provenance else {}
    drawing = draw_computed(gaps, sentences=only is None or BECAUSE in only)
    yield from _poured(drawing, lambda id: computed if id.startswith(mine) else VOCABULARY, also, only)
    yield from _poured(draw_ontology(gaps.review, gaps.terms), lambda id: VOCABULARY, also, only)


def ontology_quads(review: Review, terms: Terms) -> Iterator[Quad]:
    """The statements of the ontology itself, as every review's drawing has them: words, needs and rules."""
    yield from _poured(draw_ontology(review, terms), lambda id: VOCABULARY, _also(terms), None)


def record_quads(
    review: Review, terms: Terms, *, provenance: bool = True, only: Collection[str] | None = None
) -> Iterator[Quad]:
    """The statements of the record alone: what the returns and review.toml say."""
    yield from _poured(draw(review, terms), _graphs_of(review), _also(terms) if provenance else {}, only)


def _graphs_of(review: Review) -> Callable[[str], str]:
    """The graph in which statements about a thing of the record stand, by the thing's id."""
    at = Addresses(review)
    returned = {(each.agency, each.file) for each in review.returns}
    home = {
        at.entry(entry.agency, entry.ref): at.returned(entry.agency, entry.place.file)
        for entry in review.entries
        if (entry.agency, entry.place.file) in returned
    }
    mine, entries = at.review + "/", at.review + "/entry/"
    whole = {at.review, *home.values()}

    def graph(id: str) -> str:
        if id.startswith(entries):
            agency, ref, *_ = id[len(entries) :].split("/", 2)
            return home.get(f"{entries}{agency}/{ref}", at.review)
        if id in whole:
            return id
        return at.review if id.startswith(mine) else VOCABULARY

    return graph


def _poured(
    drawing: Iterable[Node | Edge],
    graph_of: Callable[[str], str],
    also: Mapping[str, tuple[str, ...]],
    only: Collection[str] | None,
) -> Iterator[Quad]:
    id = graph = ""
    for drawn in drawing:
        source = drawn.source if isinstance(drawn, Edge) else drawn.id
        if source != id:
            id, graph = source, graph_of(source)
        if isinstance(drawn, Edge):
            target = Iri(drawn.target)
            for iri in (drawn.name.iri, *also.get(drawn.name.iri, ())):
                if only is None or iri in only:
                    yield id, iri, target, graph
            continue
        kinds = [kind.iri for kind in drawn.kinds]
        for iri in dict.fromkeys((*kinds, *(above for kind in kinds for above in also.get(kind, ())))):
            if only is None or iri in only:
                yield id, RDF_TYPE, Iri(iri), graph
        for value in drawn.values:
            if only is None or value.name.iri in only:
                yield id, value.name.iri, value.content, graph


def _also(terms: Terms) -> Mapping[str, tuple[str, ...]]:
    """The words of PROV-O of which each class and relation of the ontology is a case, directly or through another."""
    parents = {word.iri: word.parents for word in terms.words if word.kind == "class" or word.relation}
    also: dict[str, tuple[str, ...]] = {}
    for iri in parents:
        above: dict[str, None] = {}
        ahead = [iri]
        while ahead:
            for parent in parents.get(ahead.pop(), ()):
                if parent not in above:
                    above[parent] = None
                    ahead.append(parent)
        found = tuple(sorted(name for name in above if name.startswith(PROV)))
        if found:
            also[iri] = found
    return also


def nquads(statements: Iterable[Quad]) -> str:
    """Statements as N-Quads, in the order given: one a line, to be read by any RDF program."""
    return "".join(_lines(statements))


def _lines(statements: Iterable[Quad]) -> Iterator[str]:
    ends: dict[str, str] = {}
    for subject, predicate, thing, graph in statements:
        end = ends.get(graph) or ends.setdefault(graph, f" <{graph}> .\n")
        yield f"<{subject}> <{predicate}> {term(thing)}{end}"


def term(thing: Iri | Content) -> str:
    """A thing or value as N-Quads writes it. Raises TypeError for what no drawing holds."""
    if isinstance(thing, Iri):
        return f"<{thing}>"
    if isinstance(thing, str):
        return quoted(thing)
    words, kind = lexical(thing)
    return f'"{words}"^^<{XSD}{kind}>'


def lexical(content: Content) -> tuple[str, str]:
    """A value that is not text, as (its words, its type in XML Schema)."""
    if isinstance(content, bool):
        return ("true" if content else "false"), "boolean"
    if isinstance(content, int):
        return str(content), "integer"
    if isinstance(content, datetime):
        return content.isoformat(), "dateTime"
    if isinstance(content, date):
        return content.isoformat(), "date"
    raise TypeError(f"nothing is drawn with {content!r}")


def quoted(words: str) -> str:
    """Text between quotation marks, whatever stands in it. Half of a pair of surrogates becomes the mark of the unread."""
    return f'"{_UNSOUND.sub(_escaped, words)}"'


def _escaped(found: re.Match[str]) -> str:
    char = found[0]
    if char >= "\ud800":
        return "\ufffd"
    return _SHORT.get(char) or f"\\u{ord(char):04X}"
