"""Codes are suggested with the words they rest on, and whose they are; who was told stands apart from who told."""

from __future__ import annotations

from helpers.small import day

from kg.coding.lexicon_check import check_lexicon
from kg.coding.notation import NotAPattern, compile_pattern
from kg.coding.suggest import make_coder, suggest
from kg.coding.suggestion import Suggestion
from kg.dates.when import UNDATED, When
from kg.model.problem import Place
from kg.model.record import Entry
from kg.model.review import Agency, Person, Review
from kg.terms.lexicon import load_lexicon
from kg.terms.reader import load

PEOPLE = (Person("Ann Lee", ("Ann",), "child"), Person("Joy Lee", ("mum",), "mother"))
AGENCIES = (
    Agency("Hill School", "school"),
    Agency("Town Police", "police"),
    Agency("Social Care", "childrens-social-care"),
)


def made(*rows: str, agency: str = "Hill School", when: tuple[When, ...] = ()) -> tuple[Suggestion, ...]:
    entries = tuple(
        Entry(f"{agency}/{at}", agency, str(at), Place(), narrative=words, when=when[at] if when else UNDATED)
        for at, words in enumerate(rows)
    )
    review = Review("", "", "England", "", "child", UNDATED, UNDATED, ("Ann Lee",), PEOPLE, AGENCIES, entries=entries)
    return suggest(review, load())


def values(suggestions: tuple[Suggestion, ...], field: str) -> set[str]:
    return {each.value for each in suggestions if each.field == field and each.present and each.strength != "look"}


def test_the_words_of_a_suggestion_stand_where_it_says() -> None:
    row = "Ann came in with a black eye. She said 'Mum hit me'."
    for each in made(row):
        assert row[each.start : each.end] == each.words


def test_a_carers_drinking_is_the_carers_and_the_childs_the_childs() -> None:
    assert values(made("Mum smelt of alcohol."), "indicators") == {"alcohol-misuse"}
    assert values(made("Ann smelt of alcohol."), "indicators") == {"substance-use-own"}


def test_who_was_told_and_who_told_are_kept_apart() -> None:
    assert values(made("Rang social care and police to advise."), "shared_with") == {"Social Care", "Town Police"}
    assert values(made("Call received from the police about last night."), "received_from") == {"Town Police"}
    assert values(made("Police were not told."), "shared_with") == set()


def test_quoted_words_are_said_by_whoever_is_named_before_them() -> None:
    (said,) = [each for each in made('Ann said "I am scared of him".') if each.field == "said"]
    assert (said.value, said.whose) == ("I am scared of him", ("Ann Lee",))


def test_missed_appointments_are_counted_from_rows() -> None:
    rows = made("Did not arrive.", "Did not arrive.", when=(day(0), day(9)))
    assert any(each.pattern.startswith("number 2") or each.value == "missed-appointments" for each in rows)


def test_the_same_review_gives_the_same_suggestions() -> None:
    row = "Ann hungry and dirty again; mum rang, would not let the social worker in."
    assert made(row) == made(row)


def test_a_pattern_that_needs_no_word_is_refused() -> None:
    for words in ("[a|the]", "(hit|", "{nobody} hit", "hit)"):
        try:
            compile_pattern(words, {})
        except NotAPattern:
            continue
        raise AssertionError(words)


def test_the_lexicon_is_sound_but_for_codes_the_vocabulary_lacks() -> None:
    wrong = [each for each in check_lexicon(load_lexicon(), load()) if "no such concept" not in each.why]
    assert not wrong, "\n".join(map(str, wrong))


def test_every_line_of_the_lexicon_can_be_anchored() -> None:
    coder = make_coder(Review("", "", "England", "", "child", UNDATED, UNDATED, (), (), ()), load())
    assert all(expression != "(?!)" for expression in coder.index.expressions)
