"""Words recorded as said stand in quotation marks only where the record has them."""

from __future__ import annotations

import pytest

from kg.wording.episodes import QUOTED, quoted


@pytest.mark.parametrize("words", ["The explanation given was that he fell.", "He hit me.", "“He hit me.”", '"Why?"'])
def test_no_quotation_mark_is_added_and_none_is_taken_away(words: str) -> None:
    assert quoted(words) == words


def test_a_sentence_that_was_left_open_is_ended() -> None:
    assert quoted("he said he was hungry") == "he said he was hungry."


@pytest.mark.parametrize(("opened", "closed"), [("“", "”"), ('"', '"'), ("\u2018", "\u2019")])
def test_a_quotation_cut_short_is_closed(opened: str, closed: str) -> None:
    assert quoted(f"{opened}{'word ' * (QUOTED + 5)}{closed}").endswith(f" …{closed}")


def test_reported_words_cut_short_gain_no_mark() -> None:
    assert quoted("word " * (QUOTED + 5)).endswith("word …")
