"""Headings as systems and forms write them: short forms, choices, Welsh, two halves; and what is no row of the record."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

import pytest
from helpers.office_files import document

import loaders
from kg.model.review import Agency
from kg.terms.reader import load
from loaders.rows.columns import FLAGGED
from loaders.rows.partners import Partners
from loaders.rows.readings import Reader, Reading, SettledColumns
from loaders.rows.roster import Roster
from loaders.rows.shape import dated
from loaders.rows.witnesses import Listed

DAYS = ("01/02/2021", "08/02/2021", "15/02/2021")
VISIT = "Kit was seen at home with his mother and the house was warm."
CALL = "Ann rang to say that she would not be able to come in today."
AGENCIES = (Agency("Town Police", "police"), Agency("Green School", "school"))
TOML = """
title = "Headings"
jurisdiction = "Wales"
kind = "child"
period = ["2020-01-01", "2022-12-31"]
subjects = ["Kit"]

[[people]]
name = "Kit"
role = "child"

[[people]]
name = "Ann"
role = "mother"

[[agencies]]
name = "Town Police"
type = "police"

[[agencies]]
name = "Green School"
type = "school"
"""
Write = Callable[..., Path]


@cache
def reader() -> tuple[Reader, Listed]:
    terms = load()
    return Reader(terms), Listed(Roster((("Kit", ()), ("Ann", ()))), Partners(AGENCIES, terms))


def readings(*columns: tuple[str, Sequence[str]]) -> list[Reading]:
    """What each heading of a table is read as, beside its cells."""
    made, listed = reader()
    return list(made.read([heading for heading, _ in columns], SettledColumns(), listed, lambda at: columns[at][1]))


def roles(*columns: tuple[str, Sequence[str]]) -> list[str]:
    return [each.column.notation if each.column else "" for each in readings(*columns)]


BESIDE = (("Date", DAYS), ("What happened", (VISIT, CALL, VISIT)))


@pytest.mark.parametrize(
    ("heading", "cells", "role"),
    [
        ("Entered Dttm", DAYS, "written"),
        ("Sys entry date", DAYS, "written"),
        ("Date rec.", DAYS, "written"),
        ("Note made", DAYS, "written"),
        ("Dyddiad cofnodi", DAYS, "written"),
        ("Cyf.", ("A1", "A2", "A3"), "ref"),
        ("Sig.", ("AB", "AB", "CD"), "professional"),
        ("Pt", ("Kit", "Ann", "Kit"), "people"),
        ("With", ("Ann", "", "Kit"), "people"),
        ("CYP seen", ("Y", "N", ""), "seen"),
        ("Ch. seen?", ("\u2713", "\u2717", "\u2713"), "seen"),
        ("1:1 with adult?", ("Y", "N", "Y"), "seen"),
        ("Gwelwyd y plentyn?", ("Do", "Naddo", ""), "seen"),
        ("Children there?", ("Yes", "No", ""), "seen"),
        ("Children there?", ("Kit", "Kit; Ann", "Kit"), "people"),
        ("Letters/refs out", ("", "Green School", ""), "shared-with"),
        ("Refs / letters in", ("", "Green School", ""), "received-from"),
        ("What", ("Home visit", "Phone call", "Home visit"), "contact"),
    ],
)
def test_short_forms_and_other_languages_are_read_and_said(heading: str, cells: Sequence[str], role: str) -> None:
    found = readings((heading, cells), *BESIDE)[0]
    assert found.column is not None
    assert (found.column.notation, found.witness in FLAGGED) == (role, True)


@pytest.mark.parametrize("heading", ["Class", "Form", "Tutor group", "Grade", "Blwyddyn"])
def test_the_class_of_a_pupil_is_no_kind_of_contact(heading: str) -> None:
    assert roles((heading, ("Y3", "Y3", "Y4")), *BESIDE)[0] == ""


def test_a_heading_that_lists_what_its_cells_say_is_the_column_of_those_words() -> None:
    assert roles(("HV/TC/CL/DNA", ("HV", "TC", "TC x2")), *BESIDE)[0] == "contact"
    assert roles(("Visit/call/letter", ("", "", "")), *BESIDE)[0] == "contact"
    assert roles(("HV/SW", ("A Oak", "B Ash", "A Oak")), *BESIDE)[0] == "professional"


def test_what_was_done_by_someone_is_no_name() -> None:
    heading = "Done by DSL"
    assert roles((heading, ("Rang home twice", "Form sent off", "Asked for a visit")), *BESIDE)[0] == "response"
    assert roles((heading, ("A Oak", "B Ash", "A Oak")), *BESIDE)[0] != "response"


def test_the_day_it_was_keyed_in_leaves_the_date_to_the_day_of_the_contact() -> None:
    found = roles(("Cons Date", DAYS), ("Sys entry date", DAYS), ("Free text", (VISIT, CALL, VISIT)))
    assert found == ["date", "written", "what-happened"]


def test_a_heading_that_stands_in_for_a_column_is_looked_at_by_a_person() -> None:
    found = readings(("Date", DAYS), ("Record", (VISIT, CALL, VISIT)), ("Plan", ("Ring again", "", "Visit")))
    assert [each.witness for each in found] == ["known", "stand-in", "stand-in"]


@pytest.mark.parametrize("cell", ["14OCT17 2141", "MAR18", "3 Medi 2017", "Tachwedd 2017", "Sept 17", "03DEC2017"])
def test_days_and_months_are_known_as_systems_write_them(cell: str) -> None:
    assert dated(cell)


@pytest.mark.parametrize("cell", ["MARAC 14", "Marcus 12", "Decision 12", "Octavia 20", "Flat 3OCTAVIA12"])
def test_words_that_begin_like_a_month_are_no_date(cell: str) -> None:
    assert not dated(cell)


# --- whole returns ------------------------------------------------------------------------------------------------------


def read(write_review: Write, name: str, content: str | bytes) -> loaders.Loaded:
    return loaders.load(write_review(TOML, {name: content}))


def test_a_form_for_each_event_is_read_like_all_its_fellows(write_review: Write) -> None:
    def form(day: str, seen: str, present: str) -> list[list[str]]:
        return [["When", day], ["Persons attending", present], ["Account of the event", VISIT],
                ["Was the child spoken to apart from carers?", seen]]  # fmt: skip

    forms = [form("01/02/2021", "Yes", "Kit"), form("02/02/2021", "", ""), form("03/02/2021", "Yes, Ann left", "Ann")]
    loaded = read(write_review, "town police.docx", document(forms))
    keys = {tuple(entry.cells) for entry in loaded.review.entries}
    assert len(loaded.review.entries) == 3
    assert keys == {("date", "people", "what-happened", "seen")}


@pytest.mark.parametrize("line", ["Total contacts: 2,,", "Signed,A Oak service manager,", "Page 1 of 2,,"])
def test_a_total_or_signature_below_the_names_is_quoted_and_no_entry(write_review: Write, line: str) -> None:
    rows = ["Client,Date,Event", f"Kit,01/02/2021,{VISIT}", f"Kit,02/02/2021,{CALL}", line]
    loaded = read(write_review, "town-police.csv", "\n".join(rows) + "\n")
    assert [entry.narrative for entry in loaded.review.entries] == [VISIT, CALL]
    assert any(line.split(",")[0] in problem.why for problem in loaded.problems)


@pytest.mark.parametrize("line", ["Kit,,", "Kit,03/02/2021,", "Signe Oak,,", f"Signed,03/02/2021,{CALL}"])
def test_a_row_that_names_someone_or_tells_something_stays_an_entry(write_review: Write, line: str) -> None:
    rows = ["Client,Date,Event", f"Kit,01/02/2021,{VISIT}", line]
    loaded = read(write_review, "town-police.csv", "\n".join(rows) + "\n")
    assert len(loaded.review.entries) == 2


def test_an_event_of_some_weeks_lasts_from_its_first_column_to_its_last(write_review: Write) -> None:
    rows = ["Start date,End date,Start time,End time,Event", f"01/03/2021,20/03/2021,,,{VISIT}",
            f"21/03/2021,21/03/2021,09:00,17:00,{CALL}", f"22/03/2021,,,,{VISIT}"]  # fmt: skip
    loaded = read(write_review, "town-police.csv", "\n".join(rows) + "\n")
    assert [(each.when.lasts, each.when.timed) for each in loaded.review.entries] == [
        (True, False), (True, True), (False, False),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "heading", ["Seen alone?", "1:1 with adult?", "Spoken to apart from carers?", "Seen without parents?"]
)
def test_not_alone_is_never_not_seen(write_review: Write, heading: str) -> None:
    rows = [f"Date,Event,{heading}", f"01/02/2021,{VISIT},No", f"02/02/2021,{VISIT},Yes"]
    loaded = read(write_review, "town-police.csv", "\n".join(rows) + "\n")
    assert [entry.seen for entry in loaded.review.entries] == ["", "alone"]
