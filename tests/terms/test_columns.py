"""The columns that rules read stand in one table, which agrees with the ontology and with an entry."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

from kg.model.record import COLUMNS, Entry
from kg.terms.reader import load

HOLDS = {"when": "day", "people": "people", "agencies": "agencies", "concept": "codes", "refs": "codes"}
"""What a column of each kind of the ontology holds; of any other kind, words."""

PLACE_OR_CARE = {"ref", "time", "how_recorded"}
"""Fields by which an entry is found, dated or weighed, and of which nothing is told in a column of its own."""


def test_every_column_that_fills_a_field_is_told_as_the_ontology_declares_it() -> None:
    told = {column.field: column for column in COLUMNS}
    declared = {column.field: column for column in load().properties if column.field}
    assert declared.keys() - PLACE_OR_CARE == told.keys() - {"seen_people"}
    for field, column in told.items():
        if field in declared and field != "seen":
            assert column.holds == HOLDS.get(declared[field].kind, "words"), field
            assert column.scheme == declared[field].scheme, field


def test_every_column_is_a_field_of_an_entry() -> None:
    assert {column.field for column in COLUMNS} <= {each.name for each in fields(Entry)}


def test_likeness_of_words_is_asked_in_one_place() -> None:
    asking = [path for room in ("kg", "loaders") for path in Path(room).rglob("*.py") if "difflib" in path.read_text()]
    assert asking == [Path("kg/base/nearest.py")]
