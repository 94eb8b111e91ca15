"""Two written names: what speaks for one person and what against. Siblings, parents and look-alikes stay apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.base.folding import spelling
from kg.people.likeness import likeness, score_of
from kg.people.names import named, pieces


def score(one: str, other: str) -> float:
    clues = likeness(named(one), named(other))
    return score_of(clues) if clues else 0.0


def why(one: str, other: str) -> str:
    return "; ".join(clue.said for clue in likeness(named(one), named(other)))


@pytest.mark.parametrize(
    "words",
    ["HARTLEY, Rosie", "Hartley, Rosie", "Rosie HARTLEY", "Miss Rosie Hartley", "'Rosie Hartley'", "Rosie Hartley (6)"],
)
def test_forename_and_surname_are_found_however_a_name_is_written(words: str) -> None:
    name = named(words)
    assert name.forenames == ("rosie",)
    assert name.surnames == ("hartley",)


def test_two_surnames_of_one_person_are_both_kept() -> None:
    for words in ("Rosie Hartley (Brook)", "Rosie HARTLEY aka BROOK", "HARTLEY/BROOK, Rosie", "Rosie Hartley-Brook"):
        assert {"hartley", "brook"} <= set(named(words).surnames)
        assert score(words, "Rosie Brook") > 0.9


@pytest.mark.parametrize(
    ("words", "tie"),
    [("Mum", "mother"), ("MGM", "maternal grandmother"), ("Nan (Rosie)", "grandmother"), ("step-dad", "stepfather"),
     ("unborn baby", "unborn child"), ("girl about 4", "child"), ("small boy (baby)", "baby")],
)  # fmt: skip
def test_family_words_say_a_tie(words: str, tie: str) -> None:
    kin = named(words).kin
    assert kin is not None
    assert kin.tie == tie


@pytest.mark.parametrize(
    "words", ["children", "both parents", "unknown male", "All children", "the family", "", "x" * 500]
)
def test_words_for_several_or_for_nobody_known_are_nobody(words: str) -> None:
    assert named(words).several
    assert score(words, "Rosie Hartley") == 0


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Rosy Hartley", "Rosie Hartley"), ("Rosie Hartly", "Rosie Hartley"), ("Bill Hartley", "William Hartley"),
        ("Kez Hartley", "Kerry Hartley"), ("Shan Hartley", "Shannon Hartley"), ("R Hartley", "Rosie Hartley"),
        ("Rosie H", "Rosie Hartley"), ("Katherine Hartley", "Catherine Hartley"), ("Maizie Hartley", "Maisie Hartley"),
    ],
)  # fmt: skip
def test_slips_short_forms_and_initials_are_worth_asking_about(one: str, other: str) -> None:
    assert score(one, other) > 0.5
    assert score(one, other) < score(other, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Liam Hartley", "Lee Hartley"),
        ("Rosie Hartley", "Jack Hartley"),
        ("Rosie W", "Rosie Hartley"),
        ("RB", "Rosie Hartley"),
        ("Mr Hartley", "Mrs Hartley"),
        ("John Hartley Snr", "John Hartley Jnr"),
        ("aunt Jo", "uncle Jo"),
    ],
)
def test_one_surname_or_one_forename_does_not_make_one_person(one: str, other: str) -> None:
    assert score(one, other) < 0.3


def test_another_forename_with_the_same_surname_is_said_to_be_evidence_against() -> None:
    assert "the forenames differ" in why("Liam Hartley", "Lee Hartley")
    assert "one is senior, the other junior" in why("John Hartley Snr", "John Hartley Jnr")


def test_somebody_elses_mother_is_not_the_mother_of_the_review() -> None:
    assert score("his mother Mrs Brook", "mother") == 0
    assert named("client's sister").whose


def test_a_surname_written_first_is_one_name_and_a_list_is_several() -> None:
    assert pieces("HARTLEY, Rosie") == ("HARTLEY, Rosie",)
    assert pieces("Mrs Hartley, Rosie, Jack and Sam") == ("Mrs Hartley", "Rosie", "Jack", "Sam")


NAMES = st.sampled_from(["Rosie", "Liam", "(8)", "Kez", "Mr", "Mrs", "Hartley", "HARTLEY,", "aka", "BROOK",
                         "(Brook)", "Mum", "MGM", "baby", "unborn", "R", "RH", "his", "'", "/", "and", "no. 16"])  # fmt: skip
WRITTEN = st.one_of(st.text(max_size=30), st.lists(NAMES, max_size=5).map(" ".join))


@given(WRITTEN, WRITTEN)
def test_taking_names_apart_is_total_and_likeness_has_no_order(one: str, other: str) -> None:
    assert 0 <= score(one, other) <= 1
    assert score(one, other) == score(other, one)


@given(WRITTEN)
def test_spelling_is_settled_at_once(words: str) -> None:
    assert spelling(spelling(words)) == spelling(words)
