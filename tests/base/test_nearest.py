"""What may have been meant: the same words as a search of every known word finds, and a question made of them."""

from __future__ import annotations

from difflib import get_close_matches

from hypothesis import given
from hypothesis import strategies as st

from kg.base.nearest import aside, meant, nearest, nearest_few

WORDS = st.text(alphabet="abcde é'-", max_size=9)


@given(WORDS, st.lists(WORDS, max_size=12), st.sampled_from((0.5, 0.6, 0.75)))
def test_a_quick_look_finds_what_a_close_look_finds(words: str, known: list[str], like: float) -> None:
    assert list(nearest_few(words, known, 3, like=like)) == get_close_matches(words, known, n=3, cutoff=like)


def test_a_slip_is_asked_about_and_another_word_is_not() -> None:
    known = ("bruising", "burn")
    assert nearest("brusing", known) == "bruising"
    assert meant("brusing", known) == " Did you mean bruising?"
    assert aside("brusing", known) == '; did you mean "bruising"?'
    assert nearest("absence", known) is None
    assert meant("absence", known) == aside("absence", known) == ""
