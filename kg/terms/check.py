"""What cannot be right in the ontology, said to the person who maintains it by hand.

Each law of the ontology is one function that yields Problems; ``check_ontology`` asks them all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields
from itertools import combinations

from kg.base.folding import plain
from kg.model.problem import Place, Problem
from kg.model.record import Entry
from kg.terms.tables import Attribute, Concept, Duty, Scheme, Terms

NAMED = ("linking", "linking-letters", "limit", "standing", "notice")
"""The conventions that rules look for by name."""

KINDS = ("text", "when", "time", "people", "agencies", "concept", "refs", "seen", "name")
"""The ways in which a cell can be read."""

_WITHOUT_HEADING = {"time"}  # a field that is joined to another rather than kept by itself


def check_ontology(terms: Terms) -> tuple[Problem, ...]:
    """Everything in the ontology that cannot be right, or nothing if it is sound.

    Dead names, impossible dates and numbers, circles of broader words, editions of one rule in force at once, words or
    headings that mean two things, missing labels, definitions and examples. Raises nothing.
    """
    return tuple(problem for law in _LAWS for problem in law(terms))


def _problem(file: str, what: str, why: str, done: str, remedy: str, severity: str = "error") -> Problem:
    return Problem(Place(file=f"ontology/{file}"), severity, what, why, done, remedy)


def _end(iri: str) -> str:
    return iri.rsplit("/", 1)[-1].rsplit("#", 1)[-1] or iri


def _dead_and_unread(terms: Terms) -> Iterator[Problem]:
    for doubt in terms.doubts:
        about, where = _end(doubt.about), _end(doubt.predicate) or "a file"
        file = "duties.ttl" if "/duty/" in doubt.about else "vocabulary.ttl"
        if doubt.kind == "dead":
            yield _problem(
                file,
                f"{about} ({where}) names {doubt.words.removeprefix('https://w3id.org/kg-review/')}",
                "no file of the ontology describes anything of that name",
                "Nothing will ever match it.",
                "Correct the name, or describe it.",
            )
        else:
            yield _problem(
                file,
                f'{about} ({where}) says "{doubt.words}"',
                "that is not a day, or not a number of a known unit",
                "A rule whose dates cannot be read is never in force; a number that cannot be read is left out.",
                "Write a day as 2013-04-15, a number as 15 and its unit as hours, days, working days, school days, "
                "weeks, months or same day.",
            )


def _known_names(terms: Terms) -> Iterator[Problem]:
    """A name may exist and still stand where it means nothing: an agency as a trigger, an indicator as a holder."""

    def known(notation: str, schemes: tuple[str, ...]) -> bool:
        return any(terms.concept(scheme, notation) for scheme in schemes)

    for duty in terms.duties:
        for part, notations, schemes in _parts(duty):
            for notation in notations:
                if not known(notation, schemes):
                    yield _dead("duties.ttl", f"{duty.id} ({part})", notation, schemes)
    for indicator, agencies in terms.needs_of.items():
        if not known(indicator, ("indicator",)):
            yield _dead("needs.ttl", "a need", indicator, ("indicator",))
        for agency in agencies:
            if not known(agency, ("agency",)):
                yield _dead("needs.ttl", f"the need of {indicator}", agency, ("agency",))
    for standing in terms.standings.values():
        if standing.response != "*" and not known(standing.response, ("response",)):
            yield _dead("rules.ttl", "how long an answer stands", standing.response, ("response",))
        for notation in standing.until:
            if not known(notation, ("response", "contact")):
                yield _dead("rules.ttl", f"how long {standing.response} stands", notation, ("response", "contact"))
    for column in terms.properties:
        if column.kind in ("concept", "seen") and column.scheme not in terms.schemes:
            yield _dead("kg.ttl", f"the column {column.label}", column.scheme or "no scheme", ("scheme",))


def _parts(duty: Duty) -> tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...]:
    """The words that a rule names: how that part is called, the words, and the vocabularies they may come from."""
    return (
        ("trigger", duty.trigger, ("indicator", "contact", "response")),
        ("expected", duty.expected, ("response", "contact")),
        ("holder", duty.holder, ("agency",)),
        ("by", duty.by, ("agency",)),
    )


def _dead(file: str, about: str, notation: str, schemes: Iterable[str]) -> Problem:
    return _problem(
        file,
        f"{about} names {notation}",
        f"there is no such {' or '.join(schemes)}",
        "Nothing will ever match it.",
        "Correct the name, or add it to the vocabulary.",
    )


def _readable_columns(terms: Terms) -> Iterator[Problem]:
    known = {field.name for field in fields(Entry)} | _WITHOUT_HEADING
    for column in terms.properties:
        wrong = ""
        if column.field and column.field not in known:
            wrong = f'field "{column.field}"'
        elif column.kind not in KINDS:
            wrong = f'kind "{column.kind}"'
        if wrong:
            yield _problem(
                "kg.ttl",
                f"the column {column.label or column.notation} has the {wrong}",
                "the program knows none of that name",
                "The column travels as written and no rule reads it.",
                "Leave the field out, or take one that entries have; kinds are " + ", ".join(KINDS) + ".",
            )


def _circles(terms: Terms) -> Iterator[Problem]:
    for scheme in terms.schemes.values():
        for concept in scheme.concepts:
            if any(concept.notation in terms.broader(scheme.notation, above) for above in concept.broader):
                yield _problem(
                    "vocabulary.ttl",
                    f"{scheme.notation} {concept.notation} is a case of itself",
                    "going up from it by its broader words leads back to it",
                    "Each word of the circle counts as all of them.",
                    "Take out one of the broader words.",
                )


def _dates_in_force(terms: Terms) -> Iterator[Problem]:
    families: dict[str, list[Duty]] = {}
    for duty in (*terms.duties, *terms.process_duties):
        families.setdefault(duty.family, []).append(duty)
        if duty.until is not None and duty.until < duty.since:
            yield _problem(
                "duties.ttl",
                f"{duty.id} is in force from {duty.since} to {duty.until}",
                "it ends before it begins",
                "It is never in force.",
                "Correct one of the two days.",
            )
    for editions in families.values():
        for one, other in combinations(editions, 2):
            if _overlap(one, other):
                yield _problem(
                    "duties.ttl",
                    f"{one.id} and {other.id} are in force at the same time and place",
                    "they are editions of one rule, and only one can be in force",
                    "On those days both are asked, and if they disagree nothing can be told.",
                    "End the earlier the day before the later begins, or give one its own family.",
                )


def _grades(terms: Terms) -> Iterator[Problem]:
    """A rule is verified where something was read, and its grade says what."""
    for duty in (*terms.duties, *terms.process_duties):
        known = terms.concept("evidence-grade", duty.evidence_grade) is not None
        if not known or duty.verified == (duty.evidence_grade == "general-knowledge"):
            yield _problem(
                "duties.ttl",
                f'{duty.id} is {"verified" if duty.verified else "unverified"}, of the grade "{duty.evidence_grade}"',
                "a rule is verified where the statute, the guidance or a manual that quotes it was read, and only there",
                f"It is taken as {'verified' if duty.verified else 'unverified'}.",
                'Say what was read: a word of "kg ontology evidence-grade".',
            )


def _overlap(one: Duty, other: Duty) -> bool:
    if not set(one.nations) & set(other.nations) or not set(one.applies_to) & set(other.applies_to):
        return False
    if bool(one.areas) != bool(other.areas) or (one.areas and not set(one.areas) & set(other.areas)):
        return False
    first, second = sorted((one, other), key=lambda duty: duty.since)
    return first.until is None or second.since <= first.until


def _ambiguous(terms: Terms) -> Iterator[Problem]:
    for part in ("headings", "stand_ins"):
        owner: dict[str, str] = {}
        for column in terms.properties:
            names: tuple[str, ...] = getattr(column, part)
            for heading in (*names, column.notation) if part == "headings" else names:
                first = owner.setdefault(plain(heading), column.notation)
                if first != column.notation:
                    yield _two_meanings("kg.ttl", "heading", heading, first, column.notation)
    for scheme in terms.schemes.values():
        yield from _ambiguous_words(scheme)


def _ambiguous_words(scheme: Scheme) -> Iterator[Problem]:
    owner: dict[str, str] = {}
    notations: set[str] = set()
    for concept in scheme.concepts:
        if concept.notation in notations:
            yield _two_meanings("vocabulary.ttl", "notation", concept.notation, scheme.notation, scheme.notation)
        notations.add(concept.notation)
        for words in (concept.notation, concept.label, *concept.alt):
            first = owner.setdefault(plain(words), concept.notation)
            if first != concept.notation:
                yield _two_meanings("vocabulary.ttl", f"{scheme.notation} word", words, first, concept.notation)
            if not plain(words):
                yield _problem(
                    "vocabulary.ttl",
                    f'{concept.notation} is also called "{words}"',
                    "that has neither a letter nor a digit",
                    "It matches nothing.",
                    "Take it out.",
                )


def _two_meanings(file: str, kind: str, words: str, first: str, second: str) -> Problem:
    return _problem(
        file,
        f'the {kind} "{words}" belongs to {first} and to {second}',
        "with case, spaces, punctuation and plural s aside, a word can mean one thing only",
        f"It is read as {first}.",
        "Leave it with one of the two.",
    )


def _unexplained(terms: Terms) -> Iterator[Problem]:
    told: list[tuple[str, str, tuple[tuple[str, str], ...]]] = []
    for column in terms.properties:
        parts: tuple[tuple[str, str], ...] = (
            ("label", column.label),
            ("definition", column.definition),
            ("example", column.example),
        )
        told.append(("kg.ttl", f"the column {column.notation}", parts))
    for word in terms.words:
        parts = (("label", word.label), ("definition", word.definition), ("example", word.example))
        told.append(("kg.ttl", f"the {word.kind} {word.name}", parts))
    for scheme in terms.schemes.values():
        told.append(("vocabulary.ttl", f"the scheme {scheme.notation}", _explained(scheme)))
        told += [("vocabulary.ttl", f"{scheme.notation} {c.notation}", _explained(c)) for c in scheme.concepts]
    for duty in (*terms.duties, *terms.process_duties):
        parts = (("source", duty.source), ("trigger", "".join(duty.trigger)), ("nation", "".join(duty.nations)))
        told.append(("duties.ttl", duty.id, (*parts, ("expected response", "".join(duty.expected)))))
    for name in NAMED:
        told.append(("rules.ttl", "the ontology", ((f"convention {name}", "x" if name in terms.conventions else ""),)))
    told.append(("rules.ttl", "the ontology", (("rule for how long any answer stands", "".join(terms.standings)),)))
    for file, about, parts in told:
        for part, words in parts:
            if not words.strip():
                yield _problem(
                    file,
                    f"{about} has no {part}",
                    "what a reviewer cannot look up, they cannot argue with",
                    "It is used all the same.",
                    "Add one.",
                    "warning",
                )


def _explained(term: Scheme | Concept) -> tuple[tuple[str, str], ...]:
    return (("label", term.label), ("definition", term.definition))


def _attributes(terms: Terms) -> Iterator[Problem]:
    """What the vocabularies say of their words is of the type declared, and leads to words that are there."""
    for scheme in terms.schemes.values():
        for concept in scheme.concepts:
            for attribute in terms.attributes:
                values = concept.said(attribute.notation)
                if len(values) > 1 and not attribute.many:
                    yield _ill_said(concept, attribute, "; ".join(values), "it may have one only")
                for value in values:
                    if attribute.scheme and terms.concept(attribute.scheme, value) is None:
                        yield _ill_said(concept, attribute, value, f"{attribute.scheme} has no such word")
                    elif (attribute.range.endswith("#boolean") and value not in ("true", "false")) or (
                        attribute.range.endswith("#integer") and not value.isdecimal()
                    ):
                        yield _ill_said(concept, attribute, value, "that is of another type")
            if set(concept.sign_of) & terms.broader(scheme.notation, concept.notation):
                yield _problem(
                    "vocabulary.ttl",
                    f"{concept.notation} is a sign of what it is a case of",
                    "a sign is not its kind",
                    "It is taken as a case.",
                    "Leave one of the two.",
                )
            if concept.replaced_by and terms.concept(scheme.notation, concept.replaced_by) is None:
                yield _dead("vocabulary.ttl", concept.notation, concept.replaced_by, (scheme.notation,))
    for concept in terms.schemes["indicator"].concepts:
        if not concept.nature or not 1 <= concept.gravity <= 3:
            yield _problem(
                "vocabulary.ttl",
                f"{concept.notation} does not say whether it happens or lasts, or how grave it is",
                "episodes begin with events and are ordered by gravity",
                "It begins no episode and weighs nothing.",
                "Give it kg:nature, and kg:gravity from 1 to 3.",
                "warning",
            )


def _out_of_use(terms: Terms) -> Iterator[Problem]:
    """A word no longer in use leads to one in use, and no rule or need rests on it."""
    gone = {
        (scheme.notation, concept.notation): concept.replaced_by
        for scheme in terms.schemes.values()
        for concept in scheme.concepts
        if concept.replaced_by
    }
    for (scheme, old), successor in gone.items():
        if (scheme, successor) in gone:
            yield _still_used("vocabulary.ttl", f"{old} is replaced by {successor}", successor)
    for duty in terms.duties:
        for _, notations, schemes in _parts(duty):
            for old in notations:
                words = [each for scheme in schemes if (each := terms.concept(scheme, old))]
                if words and all(each.replaced_by for each in words):
                    yield _still_used("duties.ttl", f"{duty.id} names {old}", old, words[0].replaced_by)
    for (scheme, old), successor in gone.items():
        if scheme == "indicator" and old in terms.needs_of:
            yield _still_used("needs.ttl", f"a need names {old}", old, successor)
        if scheme == "response" and any(old in (each.response, *each.until) for each in terms.standings.values()):
            yield _still_used("rules.ttl", f"how long an answer stands names {old}", old, successor)


def _still_used(file: str, what: str, old: str, successor: str = "") -> Problem:
    return _problem(
        file,
        what,
        f"{old} is no longer in use: no cell of a return is read so",
        "Nothing will ever match it.",
        f"Name {successor or 'one that is in use'} instead.",
    )


def _ill_said(concept: Concept, attribute: Attribute, words: str, why: str) -> Problem:
    return _problem(
        "vocabulary.ttl",
        f'{concept.scheme} {concept.notation}: {attribute.label} "{words}"',
        why,
        "It is kept as it is, and no rule finds it.",
        "Correct it, or declare the attribute otherwise in kg.ttl.",
    )


_LAWS: tuple[Callable[[Terms], Iterator[Problem]], ...] = (
    _dead_and_unread,
    _known_names,
    _readable_columns,
    _circles,
    _dates_in_force,
    _ambiguous,
    _attributes,
    _out_of_use,
    _grades,
    _unexplained,
)
