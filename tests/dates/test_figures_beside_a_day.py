"""Four bare figures of a clock beside a day, months in Roman figures, and the Welsh word for October and autumn."""

from __future__ import annotations

import pytest

from kg.dates.reader import read_date
from kg.dates.when import DAY, day_of

PERIOD = (2016, 2018)


@pytest.mark.parametrize(
    "words", ["5/3/18 - 1545", "5.3.18 / 1545", "05/03/18; 1545", "5.3.18 1545", "05MAR2018/1545", "1545 05/03/18"]
)
def test_four_figures_of_a_clock_beside_a_whole_day_are_its_time(words: str) -> None:
    when, _ = read_date(words, about=PERIOD)
    assert (day_of(when.earliest).isoformat(), when.earliest % DAY) == ("2018-03-05", 15 * 60 + 45)
    assert when.earliest == when.latest


@pytest.mark.parametrize("words", ["5-iii-18", "5.iii.2018", "March 5th '18"])
def test_a_month_in_roman_figures_or_before_its_day_is_that_month(words: str) -> None:
    assert day_of(read_date(words, about=PERIOD)[0].earliest).isoformat() == "2018-03-05"


def test_figures_that_may_be_a_year_are_no_time() -> None:
    assert not read_date("5/3/18 - 2018", about=PERIOD)[0].timed


def test_october_by_its_name_in_welsh_may_be_the_autumn() -> None:
    when, _ = read_date("Hydref 2017", about=PERIOD)
    assert (day_of(when.earliest).month, day_of(when.latest).month) == (9, 11)
    assert day_of(read_date("3 Hydref 2017", about=PERIOD)[0].latest).month == 10
