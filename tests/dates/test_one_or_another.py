"""Bounds named with "or", months glued to their year, and Welsh words of time."""

from __future__ import annotations

import pytest

from kg.dates.reader import read_date


def test_after_one_day_or_another_is_after_the_earlier() -> None:
    assert read_date("after 3 May or 5 May 2017")[0].earliest == read_date("after 3 May 2017")[0].earliest


def test_before_one_day_or_another_is_before_the_later() -> None:
    assert read_date("before 3 May or 5 May 2017")[0].latest == read_date("before 5 May 2017")[0].latest


def test_figures_glued_to_a_month_are_a_year_only_within_the_review() -> None:
    assert not read_date("MAR18", about=(2017, 2018))[0].undated
    assert read_date("MAR25", about=(2017, 2018))[0].undated


@pytest.mark.parametrize(("welsh", "english"), [("haf 2018", "summer 2018"), ("cyn 5 Mai 2018", "before 5 May 2018")])
def test_welsh_words_of_time_say_what_english_ones_do(welsh: str, english: str) -> None:
    one, other = read_date(welsh)[0], read_date(english)[0]
    assert (one.earliest, one.latest) == (other.earliest, other.latest)
