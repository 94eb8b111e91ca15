"""Notations and entries by the names that people use."""

from __future__ import annotations

from kg.base.grammar import count
from kg.chronology.coverage import Coverage
from kg.findings.study import Study
from kg.model.record import Entry


def label(gaps: Study, scheme: str, notation: str) -> str:
    """The plain name of a notation: "Bruising or marks" for "bruising"."""
    concept = gaps.terms.concept(scheme, notation)
    return concept.label if concept else notation


def code_label(gaps: Study, code: str) -> str:
    """The plain name of a code such as "indicator:bruising"; of a telling the agency's name, of words said the words."""
    scheme, _, value = code.partition(":")
    mark = {"shared-with": "told to ", "received-from": "told by ", "seen": "seen: ", "said": "said: "}.get(scheme, "")
    return mark + (label(gaps, scheme, value) if gaps.terms.concept(scheme, value) else value)


def short(entry: Entry) -> str:
    """An entry with its date, for a list: "14 July 1999 (RH-001)"."""
    return f"{entry.when.plain()} ({entry.ref})"


def named(entry: Entry) -> str:
    """An entry by its full name, with its date."""
    return f"{entry.name}, {entry.when.plain()}"


def plain(gaps: Study, notation: str) -> str:
    """An indicator, response or contact within a sentence: "burn or scald"; what is an abbreviation keeps its capitals."""
    for scheme in ("indicator", "response", "contact"):
        concept = gaps.terms.concept(scheme, notation)
        if concept is not None:
            words = concept.label
            return words if words[:2].isupper() else words[0].lower() + words[1:]
    return notation


def answer_label(gaps: Study, notation: str) -> str:
    """What a rule asks for, or a row records in answer, as the vocabulary calls it: a response, else a contact."""
    for scheme in ("response", "contact"):
        if gaps.terms.concept(scheme, notation):
            return label(gaps, scheme, notation)
    return notation


def silence(covered: Coverage) -> str:
    """Why an agency's silence says little, in few words: "12 of 18 rows unread, 2 undated"; "" where there is no such reason.

    A row is unread while it carries no code and nobody has passed its narrative.
    """
    if not covered.has_return:
        return "no return"
    if not covered.rows:
        return "no rows"
    said = []
    if covered.not_read:
        part = f"{covered.not_read} of " if covered.not_read < covered.rows else "all " if covered.rows > 1 else "its "
        said.append(f"{part}{count(covered.rows, 'row')} unread")
    if covered.undated:
        said.append(f"{covered.undated} undated")
    return ", ".join(said)
