"""When to stop is said with a bound that holds as often as it says, on reviews whose codes are known."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from helpers.asking import TERMS

import loaders
from kg.coding.stopping import at_least, at_most
from kg.coding.suggest import suggest

CASES = Path(__file__).parents[1] / "cases"
DRAWS = 400


def test_nothing_read_bounds_nothing_and_everything_read_leaves_nothing() -> None:
    assert at_most(50, 0, 0) == 50
    assert at_most(50, 50, 3) == 3
    assert at_least(50, 50, 3) == 3
    assert at_least(50, 0, 0) == 0


def test_the_more_is_read_the_fewer_may_be_left() -> None:
    bounds = [at_most(180, read, 0) for read in (5, 20, 60, 120, 180)]
    assert bounds == sorted(bounds, reverse=True)
    assert bounds[-1] == 0


def silent_rows(name: str) -> list[bool]:
    """Of every row of a case whose words suggest nothing, whether its agency coded an indicator in it."""
    review = loaders.load(CASES / name).review
    spoken = {each.entry for each in suggest(review, TERMS) if each.present}
    return [bool(entry.indicators) for entry in review.entries if entry.name not in spoken]


@pytest.mark.parametrize("name", ["training", "connelly", "hayter"])
def test_the_bound_holds_nineteen_times_of_twenty_on_coded_reviews(name: str) -> None:
    rows, chance = silent_rows(name), random.Random(1)
    # So few rows that all could be read at once prove nothing by themselves: they are also taken four times over.
    for whole in (rows, rows * 4):
        for read in {max(1, len(whole) // 8), max(1, len(whole) // 3)}:
            held = 0
            for _ in range(DRAWS):
                drawn = chance.sample(whole, read)
                held += sum(whole) <= at_most(len(whole), read, sum(drawn))
            assert held / DRAWS >= 0.93, (name, len(whole), read, held)


def test_stopping_as_soon_as_the_bound_pleases_costs_little() -> None:
    chance = random.Random(2)
    held = 0
    for _ in range(DRAWS):
        whole = [at < 9 for at in range(150)]
        chance.shuffle(whole)
        for read in range(10, 151, 10):
            bound = at_most(150, read, sum(whole[:read]))
            if bound - sum(whole[:read]) <= 10:
                break
        held += sum(whole) <= bound
    assert held / DRAWS >= 0.85
