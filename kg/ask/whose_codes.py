"""Whose word each row of an answer is: the agency's own code, the reviewer's reading, or only suggested by words.

Asked of rows that name an entry, or a kind of information and its subject; rows that only count are left without. The same
is in the graph, for questions of one's own: ``kg:codedBy`` of facts and findings, ``kg:CodeSuggestion`` of entries.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kg.ask.engines import Cell, Material, Row
from kg.chronology.whose_code import ORDER, UNREAD, code_of, fact_of, row_of
from kg.findings.study import Study
from kg.model.record import Entry

COLUMN = "coded_by"

_ENTRIES = ("entry", "told_in", "heard_in", "meeting", "origin")
"""The columns that name an entry, the one that a row is of first."""


def with_whose_word(
    columns: Sequence[str], rows: Sequence[Row], asked: Sequence[Material]
) -> tuple[tuple[str, ...], tuple[Row, ...]]:
    """An answer with the column ``coded_by``, where some code of the one review asked is not the agency's own.

    An answer from several reviews, or of a review that only agencies coded, is left as it is.
    """
    entries = {entry.name: entry for entry in asked[0].review.entries} if len(asked) == 1 else {}
    if not any(entry.accepted or entry.suggested for entry in entries.values()):
        return tuple(columns), tuple(rows)
    said = [(*row, _whose(asked[0], entries, dict(zip(columns, row, strict=True)))) for row in rows]
    return (*columns, COLUMN), tuple(said)


def _whose(asked: Material, entries: Mapping[str, Entry], row: Mapping[str, Cell]) -> str:
    entry = next((entries[str(row[name])] for name in _ENTRIES if str(row.get(name, "")) in entries), None)
    indicator = str(row.get("indicator", "") or row.get("sign", ""))
    if entry is not None:
        return code_of(entry, "indicator", indicator) if indicator in entry.indicators else _said(row_of(entry))
    if isinstance(asked, Study) and indicator and row.get("subject"):
        mask = asked.facts.bearing_concept(str(row["subject"]), indicator)
        holder = asked.knowledge.possible.get(str(row.get("holder", "")))
        held = asked.facts.numbered(mask & holder.facts if holder is not None else mask)
        words = (fact_of(asked.facts.chronology, fact.indicator, fact.origin) for _, fact in held)
        return _said(min(words, key=ORDER.index, default=UNREAD))
    return ""


def _said(word: str) -> str:
    return "" if word == UNREAD else word
