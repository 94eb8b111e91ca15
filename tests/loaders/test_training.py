"""The fictional training returns, sent as agencies really send them: every row of every file is accounted for."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

import loaders
from kg.model.record import Entry

ROWS = {
    "Lantern Northmere.csv": 13,
    "Little Curlews Nursery.docx": 20,
    "Marlhaven Quay Primary School.xlsx": 28,
    "Merelands Homes.csv": 16,
    "Northmere 0-19 Health Visiting.docx": 24,
    "Northmere Children's Social Care.xlsx": 38,
    "Northmere Constabulary.xlsx": 20,
    "Northmere General Hospital.csv": 11,
    "Northmere Maternity.csv": 15,
    "Northmere Probation.csv": 15,
    "Saltmarsh Lane Surgery.csv": 21,
}
"""How many contacts each return tells of, counted by eye."""


@pytest.fixture(scope="module")
def loaded(training: Path) -> loaders.Loaded:
    return loaders.load(training)


def entries(loaded: loaders.Loaded, agency: str) -> dict[str, Entry]:
    return {entry.ref: entry for entry in loaded.review.entries if entry.agency == agency}


def test_every_contact_of_every_return_is_an_entry(loaded: loaders.Loaded) -> None:
    assert {each.file.removeprefix("returns/"): each.rows for each in loaded.review.returns} == ROWS
    assert len(loaded.review.entries) == sum(ROWS.values())


def test_every_cell_of_the_csv_returns_is_kept_word_for_word(loaded: loaders.Loaded, training: Path) -> None:
    for file in sorted((training / "returns").glob("*.csv")):
        data = file.read_bytes()
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = data.decode("cp1252")
        rows = list(csv.reader(io.StringIO(text, newline="")))[1:]
        found = [entry for entry in loaded.review.entries if entry.place.file == f"returns/{file.name}"]
        for row, entry in zip(rows, found, strict=True):
            assert [cell for cell in row if cell] == [cell for cell in entry.cells.values() if cell]


def test_every_return_has_a_date_and_an_account_in_each_row(loaded: loaders.Loaded) -> None:
    for entry in loaded.review.entries:
        assert entry.narrative.strip(), entry.name
    undated = [entry.name for entry in loaded.review.entries if entry.when.undated]
    assert undated == [
        "Northmere Constabulary/NC/21/1484", "Northmere Constabulary/NC/21/1780", "Little Curlews Nursery/N14",
    ]  # fmt: skip


def test_only_what_no_reader_could_mend_is_an_error(loaded: loaders.Loaded) -> None:
    errors = [problem for problem in loaded.problems if problem.severity == "error"]
    assert [problem.what for problem in errors] == [
        '"31st April 2021" is not a date that can be read', '"31/02/2021" is not a date that can be read',
    ]  # fmt: skip


def test_covers_titles_and_years_are_said_and_are_no_entries(loaded: loaders.Loaded) -> None:
    said = "\n".join(f"{problem.what} {problem.why}" for problem in loaded.problems)
    for words in (
        "Completed by: Service manager",
        "Author Named nurse",
        '"2020" (row 3)',
        "OFFICIAL-SENSITIVE",
        "Continued",
    ):
        assert words in said
    signed = {each.agency: each.signed_off for each in loaded.review.returns if each.signed_off}
    assert signed == {
        "Northmere Constabulary": "End of return. Signed off by Detective Chief Inspector 14/01/2022",
        "Northmere Children's Social Care": "Completed by: Service manager. Version 3.",
    }


def test_agencies_are_found_by_alias_kind_and_part_of_their_name(loaded: loaders.Loaded) -> None:
    csc = entries(loaded, "Northmere Children's Social Care")
    assert csc["6"].shared_with == csc["6"].received_from == ("Marlhaven Quay Primary School",)
    assert csc["8"].received_from == ("Northmere Maternity",)
    surgery = entries(loaded, "Saltmarsh Lane Surgery")
    assert surgery["GP12"].received_from == surgery["GP16"].received_from == ("Northmere General Hospital",)
    lantern = entries(loaded, "Lantern Northmere")
    assert lantern["L-002"].received_from == ("Northmere Constabulary",)
    assert len(lantern["L-005"].shared_with) == 6
    police = entries(loaded, "Northmere Constabulary")
    assert police["NC/19/1077"].received_from == ()


def test_one_column_for_both_ways_says_who_told_whom(loaded: loaders.Loaded) -> None:
    nursery = entries(loaded, "Little Curlews Nursery")
    assert nursery["N12"].shared_with == ("Northmere Children's Social Care",)
    assert nursery["N13"].shared_with == nursery["N13"].received_from == ()
    assert nursery["N20"].received_from == ("Northmere Constabulary",)
    assert nursery["N20"].shared_with == ()


def test_seen_is_read_in_every_agencys_own_way(loaded: loaders.Loaded) -> None:
    assert entries(loaded, "Northmere Children's Social Care")["10"].seen == "alone"
    assert entries(loaded, "Northmere 0-19 Health Visiting")["HV 20"].seen == "yes"
    assert entries(loaded, "Northmere Constabulary")["NC/19/1077"].seen == "no"
    assert entries(loaded, "Marlhaven Quay Primary School")["10281"].seen == "alone"
