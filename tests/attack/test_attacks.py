"""A smaller part of ``make attack``, of a seed of its own: nothing falls, nothing is lost, nothing is left."""

from __future__ import annotations

import random
import sys

import pytest
from helpers.attacks import KINDS, damaged

SEED = 7
OFTEN = {"returns": 240, "reviews": 80, "queries": 40, "requests": 60, "kills": 8}


@pytest.mark.skipif(sys.platform == "win32", reason="programs end in another way there")
@pytest.mark.parametrize("kind", KINDS)
def test_a_smaller_attack_of_each_kind_finds_no_fault(kind: str) -> None:
    attack, _ = KINDS[kind]
    figures = attack(OFTEN[kind], SEED)
    assert figures.faults == []
    assert figures.tried == OFTEN[kind] == sum(figures.came.values())
    assert figures.slowest < 60


def test_what_stands_undamaged_is_read_whole_and_what_is_damaged_mostly_told() -> None:
    attack, _ = KINDS["returns"]
    came = attack(90, SEED).came
    assert came["told"] > came["read whole"] > 0


def test_the_same_seed_does_the_same_harm() -> None:
    assert damaged(b"abc" * 50, random.Random(3)) == damaged(b"abc" * 50, random.Random(3))
    assert damaged(b"abc" * 50, random.Random(3)) != damaged(b"abc" * 50, random.Random(4))


def test_a_fault_is_counted_and_told() -> None:
    from helpers.attacks import Figures

    def falls() -> str:
        raise RuntimeError("x")

    figures = Figures("x", 1)
    figures.attempt(falls, "what brought it")
    assert "RuntimeError" in figures.faults[0]
    assert "what brought it" in figures.faults[0]
    assert "| 1 |" in figures.line()
