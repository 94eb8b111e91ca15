"""Suggestions made elsewhere, by any person or model, held to the rule of our own: the words must stand in the row."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date

from kg.base.fingerprint import fingerprint
from kg.base.nearest import aside
from kg.model.problem import Place, Problem
from kg.model.record import MARKS, TELLINGS, Entry
from kg.model.review import Review
from kg.model.reviewer import Coded
from kg.terms.reader import Terms

_DONE = "The row is not used; the others are."


def read_elsewhere(
    review: Review, terms: Terms, rows: Iterable[tuple[Place, Mapping[str, str]]], on: date
) -> tuple[list[Coded], list[Problem]]:
    """Suggestions of a table (entry, field, notation, words, by; whose if known), and why some cannot be used.

    ``by`` names the person, or the model and its version. They wait for the reviewer like any other.
    """
    kept: list[Coded] = []
    problems: list[Problem] = []
    for place, row in rows:
        by = row.get("by", "").strip()
        if not by:
            problems.append(
                _problem(place, "by", "", "a suggestion is made by somebody: a person, or a model and its version")
            )
            continue
        coded = check_code(review, terms, place, row, problems)
        if coded is not None:
            kept.append(
                Coded(
                    coded.entry,
                    coded.fingerprint,
                    coded.field,
                    coded.value,
                    "suggested",
                    by,
                    on,
                    place,
                    coded.words,
                    coded.start,
                    coded.end,
                    row.get("whose", "").strip(),
                    "",
                )
            )
    return kept, problems


def check_code(
    review: Review, terms: Terms, place: Place, row: Mapping[str, str], problems: list[Problem]
) -> Coded | None:
    """The code that a row of a table names, if the review has its entry, its words and its notation; else a Problem."""
    entries = {entry.name: entry for entry in review.entries}
    name, field = row["entry"].strip(), row["field"].strip().casefold().replace(" ", "_").replace("-", "_")
    entry = entries.get(name)
    if entry is None:
        problems.append(_problem(place, "entry", name, f"no entry has that name{aside(name, entries)}"))
        return None
    if field not in MARKS:
        why = f"it is none of {', '.join(MARKS)}{aside(field, MARKS)}"
        problems.append(_problem(place, "field", row["field"], why))
        return None
    span = span_of(entry, row["words"], row.get("from", ""))
    if span is None:
        why = (
            f"these words do not stand in the narrative of {name}" if row["words"].strip() else "a code rests on words"
        )
        problems.append(_problem(place, "words", row["words"], why))
        return None
    words = entry.narrative[span[0] : span[1]]
    value, why = _value(review, terms, field, row["notation"].strip(), words)
    if why:
        problems.append(_problem(place, "notation", row["notation"], why))
        return None
    mark = fingerprint(entry.narrative)
    return Coded(entry.name, mark, field, value, "open", "", date.min, place, words, span[0], span[1])


def span_of(entry: Entry, words: str, start: str = "") -> tuple[int, int] | None:
    """Where some words stand in a narrative: at ``start`` if they do, else first; spaces and letters' case aside."""
    parts = words.split()
    if not parts:
        return None
    sought = re.compile(r"\s+".join(map(re.escape, parts)), re.IGNORECASE)
    if start.strip().isdecimal():
        here = sought.match(entry.narrative, int(start))
        if here is not None:
            return here.span()
    found = sought.search(entry.narrative)
    return None if found is None else found.span()


def _value(review: Review, terms: Terms, field: str, notation: str, words: str) -> tuple[str, str]:
    """What would stand in the field, and why it cannot."""
    if field == "said":
        return words, ""
    if field in TELLINGS:
        for agency in review.agencies:
            if notation.casefold() in (agency.name.casefold(), *(alias.casefold() for alias in agency.aliases)):
                return agency.name, ""
        return "", f"review.toml lists no agency of that name{aside(notation, [a.name for a in review.agencies])}"
    scheme = MARKS[field]
    if terms.concept(scheme, notation) is not None:
        return notation, ""
    known = [each.notation for each in terms.schemes[scheme].concepts]
    return "", f"the vocabulary has no such {scheme}{aside(notation, known)}"


def _problem(place: Place, column: str, words: str, why: str) -> Problem:
    where = Place(place.file, place.sheet, place.row, column)
    what = f'"{words}" cannot be used here' if words.strip() else f"{column} is blank"
    return Problem(
        where, "warning", what, why, _DONE, "Correct the cell and take the file in again: nothing is kept twice."
    )
