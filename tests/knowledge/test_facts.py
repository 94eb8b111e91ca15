"""Sets of facts as one integer each: nothing is lost or added when they are taken apart."""

from __future__ import annotations

import pytest
from helpers.asking import study
from helpers.small import MONDAY, day, row
from hypothesis import given
from hypothesis import strategies as st

from kg.dates.when import BEGINNING, minute_of
from kg.duties.behind import Behind
from kg.knowledge.bits import bits_of


@given(st.sets(st.integers(0, 700)))
def test_a_set_of_facts_is_taken_apart_into_what_it_was_made_of(numbers: set[int]) -> None:
    assert [*bits_of(sum(1 << number for number in numbers))] == sorted(numbers)


@pytest.mark.slow
@given(st.integers(-5, 200))
def test_what_began_since_a_day_is_what_every_single_fact_says(since: int) -> None:
    """More facts than are counted in one step, in an order that is not that of time."""
    rows = [row(f"Police/{at}", day(at * 37 % 28 + 1), "bruising", "hunger", "domestic-abuse") for at in range(70)]
    gaps = study(*rows)
    behind = Behind(gaps.facts)
    moment = BEGINNING if since < 0 else minute_of(MONDAY) + since * 240
    plain = {
        number
        for number, fact in enumerate(gaps.facts.all)
        if gaps.review.entries[fact.origin].known.earliest >= moment
    }
    assert {*bits_of(behind.begun_since(moment))} == plain
