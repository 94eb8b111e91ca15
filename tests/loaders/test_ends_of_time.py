"""Days at the ends of the calendar and numbers beyond any use are slips of a line, never the end of the reading."""

from __future__ import annotations

import pytest
from helpers.returns import TOML

from kg.terms import reader as terms
from loaders import review_toml


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", "9999-12-31T23:59:59"])
@pytest.mark.parametrize("key", ["incident", "period"])
def test_a_day_that_no_chronology_reaches_is_said_and_left_out(key: str, day: str) -> None:
    value = f"[{day}, {day}]" if key == "period" else day
    kept = "\n".join(line for line in TOML.splitlines() if not line.startswith(key))
    told = review_toml.read(f"{key} = {value}\n{kept}", terms.load())
    assert any(problem.place.column == key or key in problem.what for problem in told.problems)
    assert told.people


@pytest.mark.parametrize("digits", ["9" * 5000, "0x" + "f" * 5000])
def test_a_number_of_thousands_of_digits_is_a_slip(digits: str) -> None:
    told = review_toml.read(f"area = {digits}\n{TOML}", terms.load())
    assert not told.readable or told.area.startswith("0xff")
    if not told.readable:
        assert (told.problems[0].place.row, "too many digits" in told.problems[0].why) == (1, True)
