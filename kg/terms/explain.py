"""The words and rules of the ontology as a reader is told them: what each means and whence it comes, in plain lines.

What is told of a term is put together once (``Told``); ``kg ontology`` prints it, and the reference page shows it.
"""

from __future__ import annotations

import textwrap
from dataclasses import dataclass

from kg.base.folding import plain
from kg.dates.when import say_day
from kg.terms.namespace import NAMESPACE
from kg.terms.tables import Concept, Convention, Duty, Property, Scheme, Standing, Terms, Word

WIDTH = 100
"""Columns of a line."""

_CODES = {
    "dfeFactor": "DfE factor at assessment",
    "dfeCategory": "DfE category of abuse",
    "dfeReferralSource": "DfE source of referral",
    "careActType": "Care Act type of abuse",
    "isoSubdivision": "ISO 3166-2",
    "holidaysSubdivision": "bank holidays of",
}


Item = tuple[str, str]
"""Something said of a term: how it is called ("" for more of what stands before), and the words."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a reader is told of one term: its name, what kind of thing it is, what it means, and more, item by item."""

    name: str
    kind: str
    definition: str
    items: tuple[Item, ...]

    def lines(self) -> list[str]:
        """The same in lines of at most ``WIDTH`` columns."""
        found = [f"{self.name}: {self.kind}", *_fill(self.definition, 2)]
        for name, words in self.items:
            found += textwrap.wrap(
                words,
                WIDTH,
                initial_indent=f"  {name:<11} ",
                subsequent_indent=" " * 14,
                break_long_words=False,
                break_on_hyphens=False,
            )
        return found


def list_terms(terms: Terms) -> tuple[str, ...]:
    """Everything that can be explained, name by name: columns, vocabularies, conventions, rules."""
    lines = ["Columns of a return", *_fill("; ".join(column.label for column in terms.properties), 2)]
    for scheme in terms.schemes.values():
        lines += ["", f"{scheme.label} ({scheme.notation})"]
        lines += _fill("; ".join(concept.notation for concept in scheme.concepts), 2)
    lines += ["", "Our own conventions", *_fill("; ".join(terms.conventions), 2)]
    verified = sum(1 for duty in terms.duties if duty.verified)
    lines += ["", f"Rules: {len(terms.duties)}, of which a passage that backs them was read for {verified}"]
    lines += _fill("; ".join(duty.id for duty in terms.duties), 2)
    lines += ["", f"Rules about reviews themselves, which judge no agency: {len(terms.process_duties)}"]
    lines += _fill("; ".join(duty.id for duty in terms.process_duties), 2)
    return tuple(lines)


def explain_term(terms: Terms, words: str) -> tuple[str, ...]:
    """What a word, a heading, a convention or a rule means; empty if the ontology has none of that name.

    A word may stand in several vocabularies; each is explained. A family of rules lists its editions.
    """
    sought = words.strip().removeprefix("kg:")
    duty = terms.duty(sought) or terms.duty(sought.upper())
    if duty is not None:
        return tuple(tell_duty(terms, duty).lines())
    found: list[list[str]] = []
    editions = [d for d in (*terms.duties, *terms.process_duties) if d.family == sought.upper()]
    if editions:
        found.append([f"{sought.upper()}: editions of one rule", *(f"  {d.id}, {_force_dates(d)}" for d in editions)])
    if sought in terms.schemes:
        found.append(_scheme(terms.schemes[sought]))
    for scheme in terms.schemes:
        notation = terms.match(scheme, sought)
        concept = terms.concept(scheme, notation) if notation else None
        old = terms.former(scheme, sought)
        if old is not None:
            found.append(tell_concept(terms, old).lines())
        if concept is not None:
            found.append(tell_concept(terms, concept).lines())
    column = terms.heading(sought)
    if column is not None:
        found.append(tell_column(column).lines())
    if sought in terms.conventions:
        found.append(tell_convention(terms.conventions[sought]).lines())
    # A class or property may share its name with a word of a vocabulary or a column: then it is told as well.
    exact = [word for word in terms.words if word.name == sought]
    key = plain(sought)
    alike = [] if found else [word for word in terms.words if key in (plain(word.name), plain(word.label))]
    found += [tell_word(word).lines() for word in exact or alike]
    lines: list[str] = []
    for part in found:
        lines += ["", *part] if lines else part
    return tuple(lines)


def _provision(duty: Duty) -> list[Item]:
    """Where the law stands that a rule rests on, which version was read, and whether changes were outstanding."""
    if not duty.provision:
        return []
    text = f"{duty.provision}; version read: {duty.version_read or 'not said'}"
    return _item("Provision", f"{text}; changes outstanding: {duty.changes_outstanding or 'not said'}")


def tell_duty(terms: Terms, duty: Duty) -> Told:
    """A rule: whom it asks for what, when, where and since when it holds, and its source."""
    judged = duty.id in {one.id for one in terms.duties}
    lines: list[Item] = []
    several = f"{duty.trigger_count} or more of " if duty.trigger_count > 1 else ""
    lines += _item("When", several + _labels(terms, duty.trigger, ("indicator", "contact", "response", "process")))
    if duty.window:
        lines += _item("", f"all within {duty.window}")
    lines += _item("it asks", _labels(terms, duty.holder, ("agency",)) or "any agency")
    lines += _item("for", _labels(terms, duty.expected, ("response", "contact", "process")))
    lines += _item("by", _labels(terms, duty.by, ("agency", "process")) or "any agency")
    limit = f"{duty.within}" if duty.within else f"no number in the source; {terms.conventions['limit'].limit}, our own"
    lines += _item("within", limit + (f", counted from: {duty.clock}" if duty.clock else ""))
    for name, value in (("only if", duty.condition), ("from", duty.threshold), ("order", duty.order)):
        lines += _item(name, value)
    lines += _item("lead", duty.lead) + _item("for at least", duty.duration.removeprefix("at least "))
    where = ", ".join(duty.nations) + (f" ({', '.join(duty.areas)} only)" if duty.areas else "")
    lines += _item("Holds in", f"{where}; reviews of {' and '.join(_plural(kind) for kind in duty.applies_to)}")
    lines += _item("In force", _force_dates(duty))
    lines += _item("Force", duty.force)
    lines += _item("Source", duty.source)
    grade = terms.concept("evidence-grade", duty.evidence_grade)
    read = "a passage that backs the rule was read" if duty.verified else "unverified: its passage was not read"
    read += f" ({grade.label.lower()})" if grade else ""
    ages = [f"{part} {limit}" for part, limit in (("from", duty.age_from), ("below", duty.age_below)) if limit]
    moving = {True: "who moves alone", False: "who does not move alone", None: ""}[duty.mobile]
    lines += _item("Of a child", "; ".join(each for each in (*ages, moving) if each))
    lines += _item("Checked", read) + _item("Seen at", duty.evidence) + _provision(duty) + _item("Note", duty.note)
    lines += _item("In SPARQL", f"kg:duty/{duty.id}") + _item(
        "In Cypher", f"(:{'Duty' if judged else 'ProcessDuty'} {{name: '{duty.id}'}})"
    )
    lines += _item("History", " ".join(terms.history.get(f"{NAMESPACE}duty/{duty.id}", ())))
    kind = "a rule" if judged else "a rule about reviews, which judges no agency"
    return Told(duty.id, kind, "", tuple(lines))


def _force_dates(duty: Duty) -> str:
    since = f"since {say_day(duty.since)}"
    return since if duty.until is None else f"from {say_day(duty.since)} to {say_day(duty.until)}"


def _plural(kind: str) -> str:
    return {"child": "children", "adult": "adults"}.get(kind, kind)


def _labels(terms: Terms, notations: tuple[str, ...], schemes: tuple[str, ...]) -> str:
    said = []
    for notation in notations:
        bare = notation.removeprefix("review:")
        concepts = (terms.concept(scheme, bare) for scheme in schemes)
        said.append(next((concept.label for concept in concepts if concept), notation))
    return "; ".join(said)


def tell_concept(terms: Terms, concept: Concept) -> Told:
    """A word of a vocabulary: its meaning, its place among the others, its synonyms and codes, who needs it, what it asks."""
    scheme = terms.schemes[concept.scheme]
    lines: list[Item] = []
    if concept.replaced_by:
        lines += _item("Not used", f"use {concept.replaced_by}: cells that say this are read so, and that is said")
    lines += _item("Note", concept.note) + _item("About", concept.about)
    lines += _item("A case of", _labels(terms, concept.broader, (concept.scheme,)))
    lines += _item("From an age", f"{concept.age_from}" if concept.age_from else "")
    lines += _item("A sign of", _labels(terms, concept.sign_of, (concept.scheme,)))
    signs = [each.notation for each in scheme.concepts if concept.notation in each.sign_of]
    narrower = sorted(terms.narrower(concept.scheme, concept.notation) - {concept.notation})
    lines += _item("Includes", _labels(terms, tuple(narrower), (concept.scheme,)))
    lines += _item("Signs", _labels(terms, tuple(signs), (concept.scheme,)))
    lines += _item("Compare", _labels(terms, concept.related, (concept.scheme,)))
    lines += _item("Also", "; ".join(concept.alt)) + _item("Example", concept.example)
    lines += _item("Codes", "; ".join(f"{_CODES.get(of, of)} {code}" for of, code in concept.codes))
    lines += _item(
        "Marks", "; ".join(each.reads or each.label for each in terms.attributes if each.notation in concept.flags)
    )
    for each in terms.attributes:
        if each.notation not in (*concept.flags, "about", "sign-of") and (values := concept.said(each.notation)):
            said = _labels(terms, values, (each.scheme,)) if each.scheme else "; ".join(values)
            lines += _item(each.label.capitalize(), said)
    if concept.scheme == "indicator":
        who = [
            agency.label
            for agency in terms.schemes["agency"].concepts
            if terms.needs(concept.notation, agency.notation)
        ]
        lines += _item("Needed by", ("; ".join(who) or "nobody by itself") + " (our own judgement)")
    if concept.scheme == "response":
        lines += _item("Stands", _standing(terms, terms.standing_for(concept.notation)))
    if concept.scheme in ("indicator", "contact", "response"):
        asked = [duty.id for duty in terms.duties if concept.notation in duty.trigger]
        answers = [duty.id for duty in terms.duties if concept.notation in duty.expected]
        lines += _item("Asks, under", "; ".join(asked)) + _item("Answers", "; ".join(answers))
    lines += _item("In SPARQL", _short(concept.iri))
    lines += _item("In Cypher", f"(:Concept {{notation: '{concept.notation}'}})")
    lines += _item("In JSON", f'"{concept.notation}", as in a cell of a return')
    lines += _item("History", " ".join(terms.history.get(concept.iri, ())))
    return Told(concept.notation, f"{concept.label} ({scheme.label.lower()})", concept.definition, tuple(lines))


def _standing(terms: Terms, standing: Standing) -> str:
    until = "until " + _labels(terms, standing.until, ("response", "contact")).lower() if standing.until else ""
    return f"{standing.limit or until}. {standing.note}"


def _scheme(scheme: Scheme) -> list[str]:
    lines = [f"{scheme.notation}: {scheme.label}", *_fill(scheme.definition, 2)]
    width = max((len(concept.notation) for concept in scheme.concepts), default=0)
    return lines + [f"  {concept.notation:{width}}  {concept.label}" for concept in scheme.concepts]


def tell_column(column: Property) -> Told:
    """A column of a return: what stands in it, its headings, and its names elsewhere."""
    lines = _item("Example", column.example) + _item("Headings", "; ".join(column.headings))
    lines += _item("Stand-ins", "; ".join(column.stand_ins))
    lines += _item("In SPARQL", _short(column.predicate)) + _item(
        "In Cypher", _in_cypher(column.graph_key, column.kind)
    )
    lines += _item("Notation", column.notation)
    if column.kind not in ("text", "name", "time"):
        lines += _item("As written", f"{_short(column.iri)}AsWritten, in Cypher {column.graph_key}_as_written")
    lines += _item("Words from", column.scheme) + _item("Cells", "may hold several, parted by ;" if column.many else "")
    lines += _item("In JSON", f"cells, under {column.notation}")
    lines += _item("Read by", "rules" if column.field else "no rule: it travels as written")
    return Told(column.label, "a column of a return", column.definition, tuple(lines))


def tell_convention(convention: Convention) -> Told:
    """A number that is our own choice: for what, and why."""
    kind = f"{convention.label}, {convention.limit}"
    return Told(convention.name, kind, convention.definition, tuple(_item("Note", convention.note)))


def tell_word(word: Word) -> Told:
    """A class or property: its meaning, and its names in questions."""
    lines = _item("Example", word.example) + _item("Also", "; ".join(word.alt))
    if word.in_graph:
        lines += _word_in_graphs(word)
    else:
        lines += _item("In graphs", "nowhere: it speaks of the ontology's own files, or is kept beside the review")
    return Told(word.label, f"a {word.kind} of the ontology", word.definition, tuple(lines))


def _word_in_graphs(word: Word) -> list[Item]:
    key = word.name if word.kind == "class" else "".join("_" + c.lower() if c.isupper() else c for c in word.name)
    in_cypher = _in_cypher(key, "relation" if word.relation else word.kind)
    return _item("In SPARQL", _short(word.iri)) + _item("In Cypher", in_cypher)


def _short(iri: str) -> str:
    return iri.replace(NAMESPACE, "kg:")


def _in_cypher(key: str, kind: str) -> str:
    if kind == "class":
        return f":{key}"
    if kind in ("relation", "concept", "people", "agencies", "when"):
        return f"[:{key.upper()}], or [:HAS_{key.upper()}] where a label has the same name"
    return key


def _item(name: str, words: str) -> list[Item]:
    return [(name, words)] if words else []


def _fill(words: str, indent: int) -> list[str]:
    gap = " " * indent
    return textwrap.wrap(
        words, WIDTH, initial_indent=gap, subsequent_indent=gap, break_long_words=False, break_on_hyphens=False
    )
