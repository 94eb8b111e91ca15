"""Names and numbers in a picture: they fit where they are put, and numbers lie on nothing."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kg.pages.figure.lettering import cut, fold, needed, wide
from kg.pages.figure.placing import HIGH, SIZE, Box, Places

NAMES = st.lists(st.text("abcWil ", min_size=1, max_size=12).filter(str.strip), min_size=1, max_size=6).map(" ".join)


@given(NAMES, st.floats(30, 300))
def test_words_that_are_cut_fit(words: str, room: float) -> None:
    assert wide(cut(words, room)) <= room


@given(NAMES)
def test_a_name_stands_whole_in_the_room_it_needs(words: str) -> None:
    assert " ".join(fold(words, needed(words, 2), 2)) == " ".join(words.split())


def test_a_name_that_fits_is_never_cut() -> None:
    assert cut("Ealing Homeless Persons Unit", wide("Ealing Homeless Persons Unit")) == "Ealing Homeless Persons Unit"


@given(st.lists(st.tuples(st.integers(20, 380), st.integers(20, 380)), min_size=2, max_size=25, unique=True))
def test_numbers_of_crowded_marks_lie_on_no_other(spots: list[tuple[int, int]]) -> None:
    reach = 8.0
    places = Places(0, 400, 400)
    marks: list[Box] = [(x - reach, y - reach, x + reach, y + reach) for x, y in spots]
    for mark in marks:
        places.take(mark)
    numbers: list[Box] = []
    for x, y in spots:
        (left, middle), _ = places.beside((x, y), reach, "10/11")
        numbers.append((left, middle - HIGH / 2, left + wide("10/11", SIZE, bold=True), middle + HIGH / 2))
    for at, number in enumerate(numbers):
        assert not [other for other in (*marks, *numbers[:at]) if _meet(number, other)]


def test_a_number_far_from_its_mark_has_a_line_to_it() -> None:
    places = Places(0, 400, 400)
    assert places.beside((200, 200), 8, "1/9")[1] is None
    for x in range(150, 251, 10):
        for y in range(150, 251, 10):
            places.take((x - 8, y - 8, x + 8, y + 8))
    (left, middle), line = places.beside((200, 200), 8, "2/9")
    assert not (150 < left < 250 and 150 < middle < 250)
    assert line is not None


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and one[2] > other[0] and one[1] < other[3] and one[3] > other[1]
