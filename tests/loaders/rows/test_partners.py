"""Agencies as others write them: by alias, by kind, by a part of their name; and nobody where nobody is surely meant."""

from __future__ import annotations

import pytest

from kg.model.review import Agency
from kg.terms import reader as terms
from loaders.rows.partners import Partners

AGENCIES = (
    Agency("Borough Children's Social Care", "childrens-social-care", ("CSC", "MASH")),
    Agency("County Constabulary", "police", ("Police",)),
    Agency("Riverside General Hospital", "hospital"),
    Agency("Mill Lane Surgery", "general-practice"),
    Agency("Mill Lane Primary School", "school"),
    Agency("Borough Health Visiting", "health-visiting", ("HV",)),
)
CSC, POLICE, HOSPITAL, SURGERY, SCHOOL, HV = (agency.name for agency in AGENCIES)
PARTNERS = Partners(AGENCIES, terms.load())


def named(cell: str) -> tuple[str | None, ...]:
    return tuple(partner.agency for partner in PARTNERS.read(cell))


@pytest.mark.parametrize(
    ("cell", "agencies"),
    [
        ("MASH", (CSC,)),
        ("police, CSC, HV and school (minutes)", (POLICE, CSC, HV, SCHOOL)),
        ("police DA unit", (POLICE,)),
        ("social worker 2", (CSC,)),
        ("EDT", (CSC,)),
        ("health visitor; GP", (HV, SURGERY)),
        ("ward 4, Riverside General Hospital", (HOSPITAL,)),
        ("Riverside General", (HOSPITAL,)),
        ("A&E", (HOSPITAL,)),
        ("paediatric outpatients", (HOSPITAL,)),
        ("County Police", (POLICE,)),
    ],
)
def test_an_agency_is_known_by_alias_kind_or_part_of_its_name(cell: str, agencies: tuple[str, ...]) -> None:
    assert named(cell) == agencies


@pytest.mark.parametrize(
    "cell",
    [
        "not told to police",
        "Police: no reply",
        "none",
        "Mill Lane",  # a surgery and a school
        "hospital social worker",  # of the hospital, or of social care
        "school nurse at Mill Lane Primary School",  # a school nurse is not the school
        "CAMHS",  # the review has none
        "neighbour",
        "MARAC co-ordinator",
        "He told the police everything that he knew of it. " * 9,
    ],
)
def test_words_that_may_mean_another_or_nobody_name_none(cell: str) -> None:
    assert set(named(cell)) == {None}


def test_only_declared_names_and_aliases_are_no_reading_of_ours() -> None:
    assert not PARTNERS.read("Police")[0].read
    assert not PARTNERS.read("mill lane surgery")[0].read
    assert PARTNERS.read("GP")[0].read
    assert PARTNERS.read("Police DA unit")[0].read


def test_two_agencies_of_one_kind_are_never_chosen_between() -> None:
    two = Partners((*AGENCIES, Agency("Hillside School", "school")), terms.load())
    assert [partner.agency for partner in two.read("school")] == [None]


def test_social_workers_of_adults_and_children_are_not_confused() -> None:
    both = Partners((*AGENCIES, Agency("Borough Adult Care", "adult-social-care")), terms.load())
    assert [partner.agency for partner in both.read("social worker")] == [None]
    assert [partner.agency for partner in both.read("adult social worker")] == ["Borough Adult Care"]


def test_the_public_is_told_from_agencies() -> None:
    assert PARTNERS.read("neighbour")[0].public
    assert not PARTNERS.read("CAMHS")[0].public
    family = Partners((*AGENCIES, Agency("Family and friends", "community")), terms.load())
    assert [partner.agency for partner in family.read("neighbour")] == ["Family and friends"]


@pytest.mark.parametrize(
    ("cell", "told", "heard"),
    [
        ("Told MASH (CSC)", (CSC,), ()),
        ("told by the school", (), (SCHOOL,)),
        ("E-mail from GP", (), (SURGERY,)),
        ("Police asked; sent to HV", (HV,), (POLICE,)),
        ("HV rang us", (), (HV,)),
        ("rang social worker - no reply", (), ()),
        ("MASH", (CSC,), ()),
    ],
)
def test_a_column_for_both_ways_is_read_by_its_words(cell: str, told: tuple[str, ...], heard: tuple[str, ...]) -> None:
    out, back, vague = PARTNERS.liaison(cell)
    assert tuple(partner.agency for partner in out if partner.agency) == told
    assert tuple(partner.agency for partner in back if partner.agency) == heard
    assert bool(vague) == (cell == "MASH")
