"""The words of the ontology drawn as nodes: vocabularies, what is said of each word, and the rules with all they ask.

Part of every drawing: the words and rules that a review uses are drawn with it, and the rest of the ontology may be drawn
beside it, so that a question can be asked of rules and needs as of entries.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date

from kg.graph.addresses import (
    ALT,
    BROADER,
    CONCEPT,
    DEFINITION,
    EXAMPLE,
    IN_SCHEME,
    LABEL,
    NOTATION,
    RELATED,
    SCHEME,
    SCOPE_NOTE,
    in_ascii,
)
from kg.graph.drawing import Content, Edge, Node, Pen, Value
from kg.model.review import Review
from kg.terms.namespace import NAMESPACE
from kg.terms.tables import Concept, Duty, Terms

XSD = "http://www.w3.org/2001/XMLSchema#"
TRIGGERS = ("indicator", "contact", "response", "process")
"""The vocabularies from which a rule may take what it asks about and what it asks for."""

ITSELF_READ = ("statute-read", "guidance-read")
"""The grades at which the source itself was read, so that where it was read is where it is found."""


def draw_ontology(review: Review, terms: Terms, already: Collection[str] = ()) -> Iterator[Node | Edge]:
    """Every vocabulary with its words, every need, and every rule with its dates in force, force and source.

    What is drawn ``already``, by id, is left out, with the edges that leave it: it was drawn whole. Duties have the ids
    that openings lead to. Raises LookupError if the ontology lacks a word that is drawn.
    """
    pen = Pen(review, terms)
    for id in already:
        pen.new(id)
    yield from (scheme for scheme in draw_schemes(terms) if pen.new(scheme.id))
    for scheme in terms.schemes.values():
        for concept in scheme.concepts:
            yield from draw_word(pen, scheme.notation, concept.notation)
    for source in terms.sources:
        yield from _source(pen, source.iri, (("title", source.title), ("address", source.address)), source.grade)
        for name, schemes in (("sourceOfWords", source.schemes), ("sourceOfNeeds", source.needs)):
            for notation in schemes:
                yield pen.edge(source.iri, name, scheme_id(notation))
    for kind, duties in (("Duty", terms.duties), ("ProcessDuty", terms.process_duties)):
        for duty in duties:
            yield from draw_duty(pen, duty, kind)


def draw_schemes(terms: Terms) -> Iterator[Node]:
    """Every vocabulary by itself, without its words."""
    for scheme in terms.schemes.values():
        said = (Value(NOTATION, scheme.notation), Value(LABEL, scheme.label), Value(DEFINITION, scheme.definition))
        yield Node(scheme_id(scheme.notation), (SCHEME,), said)


def scheme_id(notation: str) -> str:
    """The id of a vocabulary."""
    return f"{NAMESPACE}scheme/{in_ascii(notation)}"


def draw_word(pen: Pen, scheme: str, notation: str) -> Iterator[Node | Edge]:
    """A word of a vocabulary with all that is said of it, and before it the words to which that leads.

    A word that its scheme lacks is drawn with its notation alone, in no scheme.
    """
    concept, id = pen.terms.concept(scheme, notation), pen.concept(scheme, notation)
    if not pen.new(id):
        return
    yield Node(id, (CONCEPT,), tuple(_values(pen, notation, concept)))
    if concept is None:
        return
    yield Edge(id, IN_SCHEME, scheme_id(scheme))
    leads = [(BROADER, scheme, each) for each in concept.broader]
    leads += [(RELATED, scheme, each) for each in concept.related]
    for attribute in pen.terms.attributes:
        if attribute.scheme:
            name = pen.words.of(attribute.iri)
            leads += [(name, attribute.scheme, each) for each in concept.said(attribute.notation)]
    if scheme == "indicator":
        leads += [(pen.words["neededBy"], "agency", each) for each in pen.terms.needs_of.get(notation, ())]
    for name, of, other in leads:
        yield from draw_word(pen, of, other)
        yield Edge(id, name, pen.concept(of, other))


def _values(pen: Pen, notation: str, concept: Concept | None) -> Iterator[Value]:
    """What a vocabulary says of a word that leads to no other: its names, what it means, its marks, its official codes."""
    yield Value(NOTATION, notation)
    if concept is None:
        return
    yield Value(LABEL, concept.label)
    yield from (Value(ALT, words) for words in concept.alt)
    told = ((DEFINITION, concept.definition), (SCOPE_NOTE, concept.note), (EXAMPLE, concept.example))
    yield from (Value(name, words) for name, words in told if words)
    for attribute in pen.terms.attributes:
        name = pen.words.of(attribute.iri)
        for said in () if attribute.scheme else concept.said(attribute.notation):
            if attribute.range == XSD + "boolean":
                if said == "true":
                    yield Value(name, True)
            elif attribute.range == XSD + "integer" and said.isdecimal():
                yield Value(name, int(said))
            else:
                yield Value(name, said)
    if concept.age_from is not None:
        yield Value(pen.words["ageFromNumber"], concept.age_from.number)
        yield Value(pen.words["ageFromUnit"], concept.age_from.unit)
    yield from (Value(pen.words["officialCode"], f"{of} {code}") for of, code in concept.codes)


def _graded(pen: Pen, id: str, grade: str) -> Iterator[Edge]:
    if pen.terms.concept("evidence-grade", grade) is not None:
        yield pen.edge(id, "evidenceGrade", pen.concept("evidence-grade", grade))


def _source(pen: Pen, id: str, said: Sequence[tuple[str, Content]], grade: str) -> Iterator[Node | Edge]:
    """What a rule, a need or a word rests on: what it is called, where it is found, and what was read of it."""
    if pen.new(id):
        yield pen.node(id, "Source", *said)
        yield from _graded(pen, id, grade)


def draw_duty(pen: Pen, duty: Duty, kind: str = "Duty") -> Iterator[Node | Edge]:
    """A rule with all that it says: when it was in force and with what force, its source, whom it asks for what, when.

    The words to which it leads are drawn with the vocabularies.
    """
    id = pen.at.duty(duty.id)
    if not pen.new(id):
        return
    said: list[tuple[str, Content]] = [
        ("name", duty.id), ("family", duty.family), ("ruleSource", duty.source), ("force", duty.force),
        ("versionRead", duty.version_read), ("changesOutstanding", duty.changes_outstanding),
        ("confidence", "verified" if duty.verified else "unverified"), ("evidence", duty.evidence),
        ("area", "; ".join(duty.areas)), ("clock", duty.clock), ("condition", duty.condition),
        ("threshold", duty.threshold), ("order", duty.order), ("lead", duty.lead), ("duration", duty.duration),
        ("triggerCount", duty.trigger_count),
    ]  # fmt: skip
    if duty.local:
        said.append(("local", True))
    if duty.since > date.min:
        said.append(("inForceFrom", duty.since))
    if duty.until is not None:
        said.append(("inForceTo", duty.until))
    if duty.mobile is not None:
        said.append(("mobile", duty.mobile))
    limits = (
        ("within", duty.within),
        ("window", duty.window),
        ("ageFrom", duty.age_from),
        ("ageBelow", duty.age_below),
    )
    for part, limit in limits:
        if limit is not None:
            said += [(part + "Number", limit.number), (part + "Unit", limit.unit)]
    yield pen.node(id, kind, *said, ("appliesTo", duty.applies_to))
    parts = (
        ("trigger", duty.trigger, TRIGGERS), ("expected", duty.expected, TRIGGERS[1:]),
        ("holder", duty.holder, ("agency", "process")), ("by", duty.by, ("agency", "process")),
    )  # fmt: skip
    for name, notations, schemes in parts:
        for notation in notations:
            bare = notation.removeprefix("review:")
            for scheme in schemes:
                if pen.terms.concept(scheme, bare) is not None and (scheme == "process") == (bare != notation):
                    yield pen.edge(id, name, pen.concept(scheme, bare))
    yield from _graded(pen, id, duty.evidence_grade)
    if duty.source:
        address = duty.provision or (duty.evidence if duty.evidence_grade in ITSELF_READ else "")
        source = pen.at.rule_source(duty.source, address, duty.evidence, duty.evidence_grade)
        told = (("title", duty.source), ("address", address), ("evidence", duty.evidence))
        yield from _source(pen, source, told, duty.evidence_grade)
        yield pen.edge(id, "fromSource", source)
    for nation in pen.terms.schemes["nation"].concepts:
        if nation.label in duty.nations:
            yield pen.edge(id, "nation", nation.iri)
