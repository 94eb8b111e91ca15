"""What a blank return holds: its columns with their meaning, the words to choose from, and how to fill it in.

An agency that has no form of its own is sent one. Columns and words come from the ontology and the review; nothing here
knows how Excel or Word draw them. See ``kg.office.form_workbook`` and ``kg.office.form_document``.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from kg.handling.marking import MARKING
from kg.model.review import Agency, Review
from kg.terms.tables import Property, Terms

LAST = "comment"
"""The last column that a new return has; columns after it in the ontology belong to agencies' own forms."""

INDISPENSABLE = ("date", "what-happened")
"""The columns without which a row says nothing."""

MADE = datetime(2000, 1, 1)
"""The day written into files as the day of making: always the same, so that the same review gives the same bytes."""

Filled = Sequence[Mapping[str, str]]
"""Rows to write into a template, each by notation of the column, or by heading where no column has one."""

WORKED = (
    ("ref", "Example"), ("date", "e.g. 14/07/1999"), ("people", "Child A; Mother"), ("contact", "telephone-call"),
    ("what-happened", "The school nurse rang: Child A had a bruise on her cheek and feared going home. We told the police."),
    ("seen", "no"), ("said", "I don't want to go home."), ("indicators", "bruising"), ("response", "information-shared"),
    ("shared-with", "Police"), ("received-from", "School"),
)  # fmt: skip
"""A made row that shows how one is filled in: notations of columns and of words. It stands above the headings,
and its date begins with "e.g.", which no reading takes for a date: it never becomes an entry."""

_UNFIT = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a blank return: its heading, meaning and example, and the words to choose from as (word, meaning).

    ``strict`` is true where a cell holds one word of the list and any other is probably a slip.
    """

    notation: str
    label: str
    definition: str
    example: str
    words: tuple[tuple[str, str], ...] = ()
    strict: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the guidance: what it is about, and its sentences."""

    title: str
    lines: tuple[str, ...]


def columns(review: Review, terms: Terms, agency: Agency, filled: Filled = ()) -> tuple[Column, ...]:
    """The columns of a blank return for one agency, in the ontology's order; after them those that only ``filled`` has."""
    known: list[Column] = []
    others = {each.notation: each for each in terms.properties}
    for each in terms.properties:
        del others[each.notation]
        words = _words(each, review, terms, agency)
        strict = bool(words) and each.kind == "concept" and not each.many
        known.append(Column(each.notation, each.label, each.definition, each.example, words, strict))
        if each.notation == LAST:
            break
    there = {each.notation for each in known}
    more = dict.fromkeys(key for row in filled for key, cell in row.items() if key not in there and cell.strip())
    for key in more:
        own = others.get(key)
        known.append(Column(key, own.label if own else key, own.definition if own else "", ""))
    return tuple(known)


def _words(column: Property, review: Review, terms: Terms, agency: Agency) -> tuple[tuple[str, str], ...]:
    if column.kind in ("concept", "seen") and column.scheme in terms.schemes:
        return tuple((each.label, each.definition) for each in terms.schemes[column.scheme].concepts)
    if column.kind == "agencies":
        return tuple((each.name, "") for each in review.agencies if each.name != agency.name)
    if column.kind == "people":
        return tuple((each.name, each.role) for each in review.people)
    return ()


def guidance(review: Review, terms: Terms, agency: Agency) -> tuple[Section, ...]:
    """How to fill in the return, in plain words, for somebody who has never seen one."""
    several = [each.label for each in terms.properties if each.many and each.kind in ("concept", "agencies", "people")]
    people = [f"{each.name} ({each.role})" if each.role else each.name for each in review.people]
    period = f", for {review.period.plain()}" if review.period.closed else ""
    named = f"Write people by these names where you can: {'; '.join(people)}." if people else ""
    return (
        Section(
            "What we ask for",
            (
                f"Please list every contact, call, meeting, letter and decision that {agency.name} has a record of{period}.",
                "One row is one contact or event. Copy what the record says; do not improve it with what is known today.",
                "Only Date and What happened cannot be done without. Leave a cell blank rather than guess.",
                "If the agency holds no record at all, say so in the message with which you send this back.",
            ),
        ),
        Section(
            "How to write dates",
            (
                "The day comes first: 14/07/2019, or 14 July 2019. Never the month first.",
                "Write a date as exactly as the record knows it and no more: July 2019, early June 2019, summer 2018, "
                "before 3 August 2019, c. 2017, ?14/02/2019 if you doubt it, 14/07/2019 - 16/07/2019 for a stay.",
                'If no date is known, write "not known". The row is kept, and no day is invented.',
                "The date is when it happened. Learnt is when your agency came to know of it, if that was later. "
                "Written is when it was put on record, if that was later.",
            ),
        ),
        Section(
            "What goes under Seen and Said",
            (
                "Seen: yes, no, alone, or the names of those seen. A blank cell means that the record does not state it; "
                "it never means no.",
                "Said: the person's own words, as recorded; or what somebody who cannot speak let be known.",
            ),
        ),
        Section(
            "How to use the lists of words",
            (
                "Contact, Seen, Indicators and Response have lists of words to choose from.",
                f"Several words may stand in one cell, with a semicolon between them, in {_listed(several)}.",
                "If no word fits, write your own: it is kept as you wrote it, and the reviewer will see it.",
            ),
        ),
        Section(
            "How to write who told whom",
            (
                "Shared with: which agencies were told, by their names in this review. Received from: who told you.",
                "Shared what: which rows (by their Ref) or which indicators were passed on, if it was not this whole row.",
                "About: whom the indicators concern, where People names several. " + named,
            ),
        ),
        Section(
            "What goes under Unit, Answers and Comment",
            (
                "Unit: which service, ward or team wrote the row, if the return is of several.",
                "Answers: if the row answers a question of the reviewer, the id of that question. Leave it blank otherwise.",
                "Comment: what you think of it now, what the practice of the time was, what was learnt. It is kept apart "
                "from the record, and nothing is concluded from it.",
            ),
        ),
        Section(
            "How to send it back",
            (
                "Keep the headings as they are. Rows may be added and put in any order; columns may be left blank.",
                "Text that begins with = + - or @ stays text. Nothing in this file is calculated and it holds no macro.",
                f"It is marked {MARKING}: send it back only by the way the review has agreed with you.",
            ),
        ),
    )


def worked(terms: Terms, shown: Sequence[Column]) -> dict[str, str]:
    """The made example as its cells, by notation of the column, with the words that the drop-downs offer."""
    schemes = {each.notation: each.scheme for each in terms.properties}
    there = {each.notation for each in shown}
    cells = {}
    for column, written in WORKED:
        if column in there:
            concept = terms.concept(schemes.get(column) or "", written)
            cells[column] = concept.label if concept else written
    return cells


def file_name(agency: Agency, ending: str) -> str:
    """The name of an agency's template: it bears the agency's name, so that it is known again when it comes back."""
    name = " ".join(_UNFIT.sub(" ", agency.name).split()).strip(" .")
    return f"{name or 'agency'} - chronology{ending}"


def steady(data: bytes) -> bytes:
    """The same zip archive with no time of day in it, so that the same content is always the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for each in old.infolist():
            info = zipfile.ZipInfo(each.filename, (1980, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            new.writestr(info, old.read(each.filename))
    return out.getvalue()


def _listed(words: Sequence[str]) -> str:
    return f"{', '.join(words[:-1])} and {words[-1]}" if len(words) > 1 else "".join(words)
