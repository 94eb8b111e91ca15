"""A date tells what lasted from what fell on some day between, and says both in valid EDTF."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.dates.reader import read_date
from kg.dates.when import BEGINNING, DAY, END, When

PERIOD = (1999, 2000)

_DAY = r"\d{4}-\d\d-\d\d"
VALID = re.compile(
    rf"|\d{{4}}|\d{{4}}-\d\d|{_DAY}|{_DAY}T\d\d:\d\d:\d\d|\[(?:{_DAY})?\.\.(?:{_DAY})?\]"
    rf"|(?:{_DAY}|\.\.)/(?:{_DAY}|\.\.)"
)
"""Every form written here, each tried with an independent validator of EDTF levels 0 to 2."""


@pytest.mark.parametrize(
    ("words", "edtf", "plain"),
    [
        ("early August 1999", "[1999-08-01..1999-08-10]", "1-10 August 1999"),
        ("from 1 to 10 August 1999", "1999-08-01/1999-08-10", "1 to 10 August 1999"),
        ("admitted 1/8/99, discharged 10/8/99", "1999-08-01/1999-08-10", "1 to 10 August 1999"),
        ("1/8/1999 - 10/8/1999", "[1999-08-01..1999-08-10]", "1-10 August 1999"),
        ("from 1/8/1999", "1999-08-01/..", "from 1 August 1999"),
        ("until 1/8/1999", "../1999-08-01", "until 1 August 1999"),
        ("before 3/8/1999", "[..1999-08-02]", "before 3 August 1999"),
        ("after 3/8/1999", "[1999-08-04..]", "after 3 August 1999"),
        ("c. 14/7/1999", "[1999-07-07..1999-07-21]", "7-21 July 1999"),
        ("July 1999", "1999-07", "July 1999"),
        ("throughout July 1999", "1999-07-01/1999-07-31", "1 to 31 July 1999"),
        ("1999", "1999", "1999"),
        ("14/7/1999 09:15", "1999-07-14T09:15:00", "14 July 1999 09:15"),
        ("14/7/1999 09:15-10:00", "1999-07-14", "14 July 1999 09:15-10:00"),
        ("14/7/1999 from 9am to 5pm", "1999-07-14", "14 July 1999 09:00 to 17:00"),
        ("sometime", "", "undated"),
    ],
)
def test_what_lasted_and_what_fell_between_are_written_apart(words: str, edtf: str, plain: str) -> None:
    when, _ = read_date(words, about=PERIOD)
    assert (when.edtf(), when.plain()) == (edtf, plain)


MOMENTS = st.integers(1000 * 366 * DAY, 2100 * 365 * DAY)
BOUNDS = st.tuples(st.one_of(st.just(BEGINNING), MOMENTS), st.one_of(st.just(END), MOMENTS)).filter(
    lambda b: b[0] <= b[1]
)


@given(BOUNDS, st.booleans(), st.booleans())
def test_edtf_is_always_of_a_form_that_validators_know(bounds: tuple[int, int], timed: bool, lasts: bool) -> None:
    when = When("x", *bounds, "", timed and BEGINNING not in bounds and END not in bounds, lasts)
    assert VALID.fullmatch(when.edtf())


def test_what_a_start_and_an_end_say_together_lasts() -> None:
    start, end = read_date("1/8/1999")[0], read_date("10/8/1999")[0]
    assert start.until(end).lasts
    assert start.until(end).edtf() == "1999-08-01/1999-08-10"
    assert not start.until(start).lasts
