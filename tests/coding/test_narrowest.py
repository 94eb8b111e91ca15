"""Of codes that say each other the narrowest stands, and a sentence may say that the one before is no matter of ours."""

from __future__ import annotations

from kg.coding.suggest import make_coder, suggest_for
from kg.coding.suggestion import Suggestion
from kg.dates.when import UNDATED
from kg.model.problem import Place
from kg.model.record import Entry
from kg.model.review import Agency, Review
from kg.terms.reader import load

REVIEW = Review(
    "", "", "England", "", "child", UNDATED, UNDATED, ("Sam",), (), (Agency("Service", "health-unspecified"),)
)
CODER = make_coder(REVIEW, load())


def heard_in(words: str) -> dict[str, Suggestion]:
    entry = Entry("Service/1", "Service", "1", Place(), narrative=words)
    return {each.value: each for each in suggest_for(CODER, entry) if each.field == "indicators"}


def test_the_broader_code_is_left_out_where_the_same_words_say_the_narrower() -> None:
    assert "carer-mental-ill-health" not in heard_in("Mother was sectioned last night.")


def test_whom_an_unnamed_him_is_decides_nothing_against_a_child() -> None:
    assert "physical-abuse" in heard_in("He said stepdad hit him.")


def test_what_the_next_sentence_calls_unconnected_is_someone_elses() -> None:
    found = heard_in("Racist graffiti on a door at no. 8. Not linked to this family.")
    assert not any(each.present for each in found.values())
    assert heard_in("Racist graffiti on the door. Removed.")["discriminatory-abuse"].present


def test_a_colon_at_the_cue_ends_nothing() -> None:
    assert not heard_in("PMH: depression.")["carer-mental-ill-health"].present


def test_a_written_sign_for_negative_denies() -> None:
    found = heard_in("PND screen -ve.")
    assert not any(each.present for each in found.values())


def test_drugs_beside_children_are_not_the_childrens_own() -> None:
    assert "substance-use-own" not in heard_in("Cannabis use around the children.")


def test_a_call_told_at_the_end_is_not_the_contact() -> None:
    entry = Entry("Service/1", "Service", "1", Place(), narrative="Sam fell on the stairs, bump to head. Rang 111.")
    assert not any(each.value == "telephone-call" and each.strength != "look" for each in suggest_for(CODER, entry))


def test_a_carers_own_attendance_shows_no_child() -> None:
    entry = Entry("Service/1", "Service", "1", Place(), narrative="Mother attended ED with chest pain.")
    seen = [each for each in suggest_for(CODER, entry) if each.field == "seen" and each.value == "yes"]
    assert all(each.strength == "look" for each in seen)


def test_who_tells_is_not_whose_it_is() -> None:
    assert heard_in("Referral for a child who has bruises to her back.")["bruising"].present
    assert heard_in("Friend was concerned about bruises on Sam.")["bruising"].present


def test_where_a_thing_was_and_what_else_was_well_deny_nothing() -> None:
    assert heard_in("Sam has bruising to the arm, examination otherwise unremarkable.")["bruising"].present
    assert heard_in("Sam had bruises when seen at her own house.")["bruising"].present
