"""An allegation is a telling and a harm; whose a thing is, how sure, and whether denied, the words beside it say."""

from __future__ import annotations

from dataclasses import replace

import pytest
from helpers.small import AGENCIES, day, review, row

from kg.coding.suggest import suggest
from kg.coding.suggestion import Suggestion
from kg.model.review import Person
from kg.terms.reader import load

TERMS = load()
CHILD = (Person("Sam Lee", ("Sam",), "child"), Person("Joy Lee", ("mum",), "mother"), Person("Pat", (), "stepfather"))
ADULT = (
    Person("Sam Lee", ("Sam",), "adult"),
    Person("Gary Lee", ("Gary",), "son and carer"),
    Person("Kay", (), "neighbour"),
)


def made(words: str, *, kind: str = "child", people: tuple[str, ...] = ("Sam Lee",)) -> dict[str, Suggestion]:
    """The indicators that words suggest as present, but for those only to be looked at."""
    entry = replace(row("School/S1", day(1), read=False), narrative=words, people=people)
    whole = review(
        entry, agencies=AGENCIES, people=CHILD if kind == "child" else ADULT, subjects=("Sam Lee",), kind=kind
    )
    found = suggest(whole, TERMS)
    return {
        each.value: each for each in found if each.field == "indicators" and each.present and each.strength != "look"
    }


def test_a_harm_that_the_child_tells_of_is_a_disclosure() -> None:
    assert "disclosure" in made("Sam told his tutor that Pat kicked him.")


@pytest.mark.parametrize("words", ["Pat was seen to kick the dog.", "Sam told his tutor about the trip."])
def test_a_harm_that_nobody_tells_and_a_telling_of_no_harm_are_none(words: str) -> None:
    assert "disclosure" not in made(words)


def test_what_a_carer_tells_is_not_the_childs_disclosure() -> None:
    assert "disclosure" not in made("Mum says Sam is always hungry.", people=("Joy Lee",))


def test_what_a_neighbour_tells_in_the_next_sentence_is_a_third_partys_allegation() -> None:
    found = made("Call from neighbour. Says the baby is left crying and mum is drunk again.")
    assert "third-party-allegation" in found
    assert "disclosure" not in found


def test_the_words_of_an_allegation_reach_from_the_telling_to_the_harm() -> None:
    words = "Seen in class. Sam told his tutor that Pat kicked him. Fine since."
    found = made(words)["disclosure"]
    assert words[found.start : found.end] == found.words
    assert "told" in found.words
    assert "kicked" in found.words


def test_a_telling_that_is_denied_is_none() -> None:
    assert "disclosure" not in made("Sam did not say that Pat kicked him.")


def test_what_is_queried_is_a_class_less_sure() -> None:
    sure, asked = made("Fractured arm.")["fracture-or-head-injury"], made("? fractured arm.")["fracture-or-head-injury"]
    assert (sure.strength, asked.strength, asked.heard) == ("sure", "likely", ("doubted",))


def test_a_denied_verb_denies_nothing_beyond_the_comma_and_a_list_that_is_denied_goes_on() -> None:
    assert "hunger" in made("Mum did not attend, Sam always hungry.")
    assert not {"bruising", "burn-or-scald"} & made("No bruises, burns or marks.").keys()


def test_somebody_named_in_passing_is_not_whom_the_next_sentence_is_about() -> None:
    assert "mental-ill-health" in made("Sam still upset with Mum. Psychosis.", kind="child")


def test_a_son_who_cares_is_a_carer() -> None:
    assert "alcohol-misuse" in made("Gary drunk again.", kind="adult", people=("Gary Lee",))


def test_what_can_only_be_said_of_a_child_is_not_looked_for_in_an_adult_review() -> None:
    assert "private-fostering" in made("Private fostering arrangement with aunt.")
    assert "private-fostering" not in made("Private fostering arrangement with aunt.", kind="adult")


def test_whom_a_child_hit_is_not_whose_it_is() -> None:
    assert made("Sam hit another boy with a chair.")["behavioural-issues"].whose == ("Sam Lee",)
