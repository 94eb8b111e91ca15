"""A declared name is found again with a title, birth date, age, number or role beside it, and nothing else is."""

from __future__ import annotations

import pytest

from kg.dates.reader import DateReader
from kg.dates.when import When
from kg.model.review import Person
from kg.terms.reader import load
from loaders.rows.listed_people import ListedPeople

YEARS = DateReader()
BORN, _ = YEARS.read("3 April 2015")
FIRST, LAST = YEARS.read("1 January 2019")[0], YEARS.read("31 December 2020")[0]
PERIOD = When("", FIRST.earliest, LAST.latest, "range")
PEOPLE = ListedPeople(
    [
        Person("Kit Vale", (), "child", BORN),
        Person("Rose O'Dair", ("Rosie",), "mother", relations=("mother of Kit Vale",)),
        Person("Baby Vale", (), "unborn-child"),
        Person("Ann Vale"),
    ],
    load(),
    DateReader(PERIOD),
    PERIOD,
)


@pytest.mark.parametrize(
    "words",
    [
        "Kit Vale (DOB 03/04/2015)",
        "Kit VALE dob 03.04.15",
        "VALE, Kit (d.o.b. 3rd April 2015)",
        "VALE, KIT - 4 years",
        "Kit Vale - aged 4",
        "Kit Vale (4)",
        "Kit Vale 4yrs",
        "Kit Vale (NHS 943 476 5919)",
        "Kit Vale - UPN A123456789012",
        "Kit Vale #20193",
        "Master Kit Vale",
        "Kit Vale (subject child)",
        "Kit Vale, pupil",
        "Patient: Kit Vale",
        "Kit Vale (KV)",
        "KV - Kit Vale",
        "kit  vale",
        "KitVale",
    ],
)
def test_particulars_beside_a_declared_name_do_not_make_another_person(words: str) -> None:
    assert PEOPLE.find(words) == "Kit Vale"


@pytest.mark.parametrize(
    "words", ["Mrs Rose O'Dair", "Rose O'Dair (mother)", "Rose O'Dair [M]", "mum Rosie", "Rose O'Dair - mother of Kit Vale",
              "Rosie (Rose O'Dair)", "O'DAIR, Rose (Mum)"]
)  # fmt: skip
def test_a_role_that_review_toml_gives_may_stand_beside_the_name(words: str) -> None:
    assert PEOPLE.find(words) == "Rose O'Dair"


def test_an_unborn_child_may_be_called_so_beside_the_declared_name() -> None:
    assert PEOPLE.find("Unborn Baby Vale") == "Baby Vale"


@pytest.mark.parametrize(
    "words",
    [
        "Kit Vale (DOB 03/04/1985)",
        "Kit Vale (34 years)",
        "Kit Vale (father)",
        "Mr Kit Vale",
        "Mr Rose O'Dair",
        "Rose O'Dair (sister)",
        "Kit Vale (RO)",
        "Kit Vale (Ann Vale)",
    ],
)
def test_particulars_that_do_not_fit_leave_the_name_unfound(words: str) -> None:
    assert PEOPLE.find(words) is None


@pytest.mark.parametrize(
    "words", ["Kit", "K Vale", "Vale Kit", "Mrs O'Dair", "Kit's mother", "Kit Vale-Alder", "Vale", "Mum"]
)
def test_everything_else_is_for_the_reviewer(words: str) -> None:
    assert PEOPLE.find(words) is None


def test_a_list_keeps_the_particulars_with_their_names() -> None:
    names = [name for _, name in PEOPLE.read("Kit Vale, dob 3/4/15, Rose O'Dair, mother")]
    assert names == ["Kit Vale", "Rose O'Dair"]


def test_a_listed_person_is_found_beside_somebody_who_is_not() -> None:
    assert PEOPLE.read("Kit Vale and unknown male") == (("Kit Vale", "Kit Vale"), ("unknown male", None))
    assert PEOPLE.read("Kit Vale, Smith") == (("Kit Vale, Smith", None),)


def test_web_escapes_in_a_name_are_its_letters() -> None:
    assert [name for _, name in PEOPLE.read("Rose O&#39;Dair; Kit Vale")] == ["Rose O'Dair", "Kit Vale"]
