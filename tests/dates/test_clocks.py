"""Times of day: what is plain is read to the minute, what shares am or pm is shared, what may be either half is both."""

from __future__ import annotations

import pytest

from kg.dates.clocks import clocks_beside, read_clock


def minutes(said: str) -> int:
    hour, minute = said.split(":")
    return int(hour) * 60 + int(minute)


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("1.30-2pm", "13:30", "14:00"), ("2-3pm", "14:00", "15:00"), ("11-2pm", "11:00", "14:00"),
        ("10-11.30am", "10:00", "11:30"), ("9am-5", "09:00", "17:00"), ("12.30-1pm", "12:30", "13:00"),
        ("09:30-2pm", "09:30", "14:00"), ("between 2 and 3pm", "14:00", "15:00"), ("0900 - 1700hrs", "09:00", "17:00"),
        ("22:00-06:00", "22:00", "30:00"), ("14h30", "14:30", "14:30"), ("915hrs", "09:15", "09:15"),
        ("2.30 in the afternoon", "14:30", "14:30"), ("9.15 evening", "21:15", "21:15"), ("@ 14:00", "14:00", "14:00"),
        ("c. 14:00", "13:00", "15:00"), ("2pm ish", "13:00", "15:00"), ("before 9am", "00:00", "09:00"),
        ("after 5pm", "17:00", "23:59"), ("midnight", "00:00", "23:59"), ("(pm)", "12:00", "23:59"),
    ],
)  # fmt: skip
def test_a_time_of_day_is_as_wide_as_its_words(words: str, first: str, last: str) -> None:
    clock = read_clock(words)
    assert clock is not None
    assert (clock.first, clock.last) == (minutes(first), minutes(last))
    assert not clock.doubt


@pytest.mark.parametrize("words", ["1.30", "3:15", "7.45", "3 o'clock", "1.30-2.30"])
def test_a_small_hour_with_neither_am_nor_pm_is_both_and_says_so(words: str) -> None:
    clock = read_clock(words)
    assert clock is not None
    assert clock.last - clock.first >= 12 * 60
    assert clock.doubt


@pytest.mark.parametrize("words", ["8.30", "9.15", "10.20", "01:30", "03.15", "0:35"])
def test_an_hour_of_the_working_morning_or_of_two_figures_is_read_as_it_stands(words: str) -> None:
    clock = read_clock(words)
    assert clock is not None
    assert clock.first == clock.last
    assert not clock.doubt


@pytest.mark.parametrize(
    "words", ["2hrs", "9-5", "10-11", "10 - 11", "2ish", "25:00", "13pm", "teatime", "2.5", "1/2", ""]
)
def test_a_length_of_time_or_two_bare_figures_are_no_time_of_day(words: str) -> None:
    assert read_clock(words) is None


def test_from_one_time_to_another_lasts() -> None:
    lasting, between = read_clock("from 2pm to 4pm"), read_clock("2pm-4pm")
    assert lasting is not None
    assert between is not None
    assert (lasting.lasts, between.lasts) == (True, False)
    assert (lasting.first, lasting.last) == (between.first, between.last)


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [("13:30 (call) 13:52 (arrival)", "13:30", "13:52"), ("call at 2pm", "14:00", "14:00")],
)
def test_times_among_words_reach_from_the_first_to_the_last_and_are_flagged(words: str, first: str, last: str) -> None:
    clock = clocks_beside(words)
    assert clock is not None
    assert (clock.first, clock.last) == (minutes(first), minutes(last))
    assert clock.doubt


@pytest.mark.parametrize("words", ["not 2pm", "14:00 ward 4", "16:00 then 14:00", "before 2pm or so", "HV"])
def test_times_among_words_that_change_them_are_unread(words: str) -> None:
    assert clocks_beside(words) is None
