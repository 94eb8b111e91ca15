"""A whole review as one file for other programs: TriG, Turtle or JSON-LD, the same bytes for the same review.

TriG alone says everything and can be read back: to the graphs of ``kg.graph.rdf.quads`` it adds one with the order in
which things stand in the folder, since statements themselves have none. There, under a property's name with InOrder at its
end, stand
the same things as a list.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from kg.findings.study import Study
from kg.graph.addresses import DATA, SKOS, Addresses
from kg.graph.rdf.quads import PROV, RDF_TYPE, XSD, Iri, Quad, lexical, quads, quoted, record_quads
from kg.model.record import COLUMNS, Entry
from kg.model.review import Review
from kg.terms.namespace import NAMESPACE
from kg.terms.reader import Terms

PREFIXES: Mapping[str, str] = {
    "kg": NAMESPACE, "indicator": NAMESPACE + "indicator/", "response": NAMESPACE + "response/",
    "contact": NAMESPACE + "contact/", "agency": NAMESPACE + "agency/", "duty": NAMESPACE + "duty/",
    "scheme": NAMESPACE + "scheme/", "data": DATA, "prov": PROV, "skos": SKOS, "xsd": XSD,
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#", "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
}  # fmt: skip
"""The short names under which things can be written, in files and in queries."""

IN_ORDER = "InOrder"
_LOCAL = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")

Ordered = tuple[str, str, Sequence[str | Iri]]
"""(what is spoken of, property, the things in order)."""


def trig(gaps: Study) -> str:
    """A review and all that is computed of it as TriG, from which ``kg.graph.rdf.read_back`` makes the same review again."""
    return _trig([*quads(gaps)], gaps.review, gaps.terms)


def record_trig(review: Review, terms: Terms) -> str:
    """A review as TriG without what is computed: nothing is lost by it, since that can be computed again."""
    return _trig([*record_quads(review, terms)], review, terms)


def _trig(statements: Sequence[Quad], review: Review, terms: Terms) -> str:
    parts = [*_prefixed()]
    order = f"{Addresses(review).review}/order"
    for graph, about in sorted(_by_graph(statements).items()):
        parts += [f"\n<{graph}> {{\n", *_blocks(about), "}\n"]
    parts.append(f"\n<{order}> {{\n")
    for subject, predicate, things in sorted(in_order(review, terms), key=lambda each: each[:2]):
        listed = " ".join(short(each) if isinstance(each, Iri) else quoted(each) for each in things)
        parts.append(f"{short(subject)} {short(predicate)} ( {listed} ) .\n")
    parts.append("}\n")
    return "".join(parts)


def turtle(statements: Iterable[Quad]) -> str:
    """Statements as Turtle, all graphs together, in order of their text."""
    about: dict[str, dict[str, list[str]]] = {}
    for each in _by_graph(statements).values():
        for subject, said in each.items():
            for predicate, things in said.items():
                about.setdefault(subject, {}).setdefault(predicate, []).extend(things)
    return "".join([*_prefixed(), "\n", *_blocks(about)])


def _prefixed() -> Iterator[str]:
    for prefix, iri in sorted(PREFIXES.items()):
        yield f"@prefix {prefix}: <{iri}> .\n"


def _by_graph(statements: Iterable[Quad]) -> dict[str, dict[str, dict[str, list[str]]]]:
    found: dict[str, dict[str, dict[str, list[str]]]] = {}
    for subject, predicate, thing, graph in statements:
        found.setdefault(graph, {}).setdefault(subject, {}).setdefault(predicate, []).append(_thing(thing))
    return found


def _blocks(about: Mapping[str, Mapping[str, Sequence[str]]]) -> Iterator[str]:
    """Each thing with all that is said of it, in order of the text; what it is comes first."""
    for subject, said in sorted(about.items()):
        parts = []
        for predicate, things in sorted(said.items(), key=lambda pair: (pair[0] != RDF_TYPE, pair[0])):
            name = "a" if predicate == RDF_TYPE else short(predicate)
            parts.append(f"{name} {', '.join(sorted({*things}))}")
        yield f"{short(subject)} " + " ;\n    ".join(parts) + " .\n"


def short(iri: str) -> str:
    """An IRI under one of the prefixes, where what is left is plain enough; else between angle brackets."""
    head, mark, _ = iri.rpartition("#")
    if not mark:
        head, mark, _ = iri.rpartition("/")
    prefix, local = _PREFIX_OF.get(head + mark), iri[len(head) + 1 :]
    return f"{prefix}:{local}" if prefix and _LOCAL.fullmatch(local) else f"<{iri}>"


_PREFIX_OF = {iri: prefix for prefix, iri in PREFIXES.items()}


def _thing(thing: Any) -> str:
    if isinstance(thing, Iri):
        return short(thing)
    if isinstance(thing, str):
        return quoted(thing)
    words, kind = lexical(thing)
    return words if kind in ("boolean", "integer") else f'"{words}"^^xsd:{kind}'


# --- the order in which things stand ----------------------------------------------------------------------------


def in_order(review: Review, terms: Terms) -> Iterator[Ordered]:
    """Everything of a review that stands in an order which its statements do not tell, as lists.

    Of an entry's cells the headings are listed, blank ones too. A list of one or none is left out where statements tell
    as much.
    """
    at = Addresses(review)
    yield at.review, listed("subjects"), [Iri(at.person(each)) for each in review.subjects]
    yield at.review, listed("agencies"), [Iri(at.agency(each.name)) for each in review.agencies]
    yield at.review, listed("people"), [Iri(at.person(each.name)) for each in review.people]
    yield at.review, listed("sources"), [Iri(at.source(each.key)) for each in review.sources]
    yield at.review, listed("inputs"), [Iri(at.input(each.file)) for each in review.inputs]
    yield at.review, listed("returns"), [Iri(at.returned(each.agency, each.file)) for each in review.returns]
    yield at.review, listed("entries"), [Iri(at.entry(each.agency, each.ref)) for each in review.entries]
    for agency in review.agencies:
        if len(agency.aliases) > 1:
            yield at.agency(agency.name), listed("aliases"), agency.aliases
    for person in review.people:
        id = at.person(person.name)
        for key, things in (("aliases", person.aliases), ("relations", person.relations),
                            ("bearsOn", person.bears_on or ())):  # fmt: skip
            if len(things) > 1:
                yield id, listed(key), things
    columns = {column.field: column for column in terms.properties if column.field}
    for entry in review.entries:
        id = at.entry(entry.agency, entry.ref)
        yield id, listed("cells"), tuple(entry.cells)
        blank = [each for cell in entry.cells.items() if cell[1] and not cell[1].strip() for each in cell]
        if blank:  # cells of nothing but space, which no statement tells of
            yield id, listed("blankCells"), blank
        for field, named in _several(entry, at):
            if len(named) > 1:
                yield id, columns[field].predicate + IN_ORDER, named
        if len(entry.seen_people) > 1:
            yield id, listed("personSeen"), [Iri(at.person(each)) for each in entry.seen_people]
        if len(entry.either_way) > 1:
            yield id, listed("eitherWay"), [Iri(at.agency(each)) for each in entry.either_way]
        if entry.joined:
            yield id, listed("recognised"), [each for pair in entry.joined for each in pair]
        if entry.accepted:  # the reviewer's reading, which is no part of the return
            yield id, listed("accepted"), entry.accepted
        if entry.suggested:  # nor is what words only suggest
            yield id, listed("onlySuggested"), entry.suggested


def listed(key: str) -> str:
    """The property of a list: the same things, in the order in which they stand."""
    return NAMESPACE + key + IN_ORDER


def _several(entry: Entry, at: Addresses) -> Iterator[tuple[str, Sequence[str | Iri]]]:
    """The columns of an entry that may list several, but for those whom it names as seen."""
    named = {"people": at.person, "agencies": at.agency}
    for column in COLUMNS:
        things = getattr(entry, column.field)
        if isinstance(things, tuple) and column.field != "seen_people":
            yield column.field, [Iri(named[column.holds](each)) for each in things] if column.holds in named else things


# --- JSON-LD ----------------------------------------------------------------------------------------------------


def json_ld(statements: Iterable[Quad]) -> str:
    """Statements as JSON-LD, each graph by its name, in order of their text."""
    graphs: dict[str, dict[str, dict[str, list[Any]]]] = {}
    for subject, predicate, thing, graph in statements:
        said = graphs.setdefault(graph, {}).setdefault(subject, {})
        said.setdefault("@type" if predicate == RDF_TYPE else _name(predicate), []).append(_json(predicate, thing))
    nodes = [
        {
            "@id": graph,
            "@graph": [
                {"@id": subject, **{key: _in_order(things) for key, things in sorted(said.items())}}
                for subject, said in sorted(about.items())
            ],
        }
        for graph, about in sorted(graphs.items())
    ]
    context = dict(sorted(PREFIXES.items()))
    return json.dumps({"@context": context, "@graph": nodes}, ensure_ascii=False, indent=1) + "\n"


def _name(iri: str) -> str:
    name = short(iri)
    return iri if name.startswith("<") else name


def _json(predicate: str, thing: Any) -> Any:
    if isinstance(thing, Iri):
        return str(thing) if predicate == RDF_TYPE else {"@id": str(thing)}
    if isinstance(thing, bool | int):
        return thing
    if isinstance(thing, str):
        return json.loads(quoted(thing)) if any("\ud800" <= char <= "\udfff" for char in thing) else thing
    words, kind = lexical(thing)
    return {"@type": f"xsd:{kind}", "@value": words}


def _in_order(things: Sequence[Any]) -> Any:
    found = {json.dumps(each, ensure_ascii=False, sort_keys=True): each for each in things}
    listed = [found[key] for key in sorted(found)]
    return listed[0] if len(listed) == 1 else listed
