"""Written names that may be a listed person's: found where custom or language explains the form, and held apart else."""

from __future__ import annotations

import pytest

from kg.people.likeness import likeness, score_of
from kg.people.names import named
from kg.people.suggestions import WORTH_ASKING


def score(one: str, other: str) -> float:
    clues = likeness(named(one), named(other))
    return score_of(clues) if clues else 0.0


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("McALDER Sean", "Sean McAlder"),
        ("PENHALE Kit", "Kit Penhale"),
        ("Weiyan Li", "Li Weiyan"),
        ("Wei Yan Li", "Li Weiyan"),
        ("Shaun McAlder", "Sean McAlder"),
        ("Muhammad al-Tarif", "Mohammed Al-Tarif"),
        ("Mohd Altarif", "Mohammed Al-Tarif"),
        ("Agnieszka Nowak", "Agnes Nowak"),
        ("Reece Howell", "Rhys Howell"),
        ("MJ Price", "Mary-Jane Price"),
        ("Ffion ferch Rhys ab Owain", "Ffion ferch Rhys"),
    ],
)
def test_forms_that_custom_or_language_explains_are_worth_asking(one: str, other: str) -> None:
    assert score(one, other) >= WORTH_ASKING
    assert score(other, one) >= WORTH_ASKING


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Daniel Vale", "Danielle Vale"),
        ("Paul Vale", "Pauline Vale"),
        ("Louis Vale", "Louise Vale"),
        ("Kit James Vale", "Kit Peter Vale"),
        ("Yusuf Al-Amin", "Omar Al-Tarif"),
        ("Al", "Mohammed Al-Tarif"),
        ("El", "Nadia El-Sayed"),
    ],
)
def test_forms_that_only_look_alike_are_not(one: str, other: str) -> None:
    assert score(one, other) < WORTH_ASKING


def test_a_particle_is_no_surname() -> None:
    assert "al" not in named("Mohammed Al-Tarif").surnames
    assert "tarif" in named("Muhammad al-Tarif").surnames


def test_the_baby_of_somebody_is_not_that_person() -> None:
    parts = named("Unborn baby of Rose Vale")
    assert parts.whose == "rose vale"
    assert not parts.forenames
