"""codes.csv: what the reviewer decided of the codes that narratives suggest, and which narratives the reviewer has read."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from kg.base.nearest import aside, perhaps
from kg.model.problem import Place, Problem
from kg.model.record import MARKS, SCHEMES, TELLINGS
from kg.model.reviewer import CODED, OF_CODES, RESTS_ON, Coded
from kg.terms.tables import Terms
from loaders.judgements import day_told
from loaders.published import doubt, rows_of
from loaders.rows.roster import Roster

_UNUSED = "The decision is not used; the row stays in the file."


def read_codes(path: Path, terms: Terms, agencies: Roster) -> tuple[tuple[Coded, ...], list[Problem]]:
    """The reviewer's decisions on codes, in their order.

    A row that names no entry, field, verdict, person who decided or day, or a code that the vocabulary or the review does
    not have, is not used, stays in the file, and is a Problem. Raises OSError where the file may not be read.
    """
    problems: list[Problem] = []
    found: list[Coded] = []
    for place, row in rows_of(path, CODED, problems, optional=RESTS_ON):
        cells = {column: cell.strip() for column, cell in row.items()}
        day, why_no_day = day_told(cells["on"])
        wrong = _wrong(cells, terms, agencies)
        if day is None:
            wrong = wrong or ("On", why_no_day)
        if wrong or day is None:
            column, why = wrong or ("On", why_no_day)
            problems.append(doubt(place, column, cells[column.casefold()], why, _UNUSED))
            continue
        found.append(_coded(cells, agencies, place, day))
    return tuple(found), problems


def _coded(cells: Mapping[str, str], agencies: Roster, place: Place, day: date) -> Coded:
    field, value = cells["field"].casefold().replace(" ", "_"), cells["notation"]
    if field in TELLINGS:
        value = agencies.find(value) or value
    return Coded(
        cells["entry"],
        cells["fingerprint"],
        field,
        value,
        cells["verdict"].casefold(),
        cells["by"],
        day,
        place,
        cells["words"],
        _number(cells["from"]),
        _number(cells["to"]),
        cells["whose"],
        cells["pattern"],
    )


def _wrong(cells: Mapping[str, str], terms: Terms, agencies: Roster) -> tuple[str, str] | None:
    """The column that cannot be used and why, or None."""
    field, value = cells["field"].casefold().replace(" ", "_"), cells["notation"]
    verdict = cells["verdict"].casefold()
    if not cells["entry"]:
        return "Entry", "a decision is about one entry"
    if verdict not in OF_CODES:
        return "Verdict", f"it is none of {', '.join(OF_CODES)}{aside(verdict, OF_CODES)}"
    if not cells["by"]:
        return "By", "a decision is made by somebody"
    if not field:
        return None if verdict in ("passed", "open") else ("Field", "only a narrative as a whole is passed")
    if verdict == "passed":
        return "Verdict", "a narrative is passed as a whole: its row has no field"
    if field not in MARKS:
        return "Field", f"it is none of {', '.join(MARKS)}{aside(field, MARKS)}"
    if field in SCHEMES and terms.concept(SCHEMES[field], value) is None:
        known = [each.notation for each in terms.schemes[SCHEMES[field]].concepts]
        return "Notation", f"the vocabulary has no such {SCHEMES[field]}{aside(value, known)}"
    if field in TELLINGS and agencies.find(value) is None:
        near = agencies.suggest(value)
        return "Notation", "review.toml lists no agency of that name" + perhaps(near)
    return None if value else ("Notation", "a code is a word of the vocabulary, an agency, or words said")


def _number(words: str) -> int:
    return int(words) if words.isdecimal() else 0
