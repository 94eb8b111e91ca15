"""Agreement between readers is Krippendorff's alpha, over the rows that both of them read."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from helpers.small import day, review, row

from kg.base.fingerprint import fingerprint
from kg.coding.agreement import agreement, alpha
from kg.model.problem import Place
from kg.model.record import Entry
from kg.model.reviewer import Coded


def test_alpha_of_the_published_example_of_four_observers() -> None:
    by_unit = [
        (1, 1, 1), (2, 2, 3, 2), (3, 3, 3, 3), (3, 3, 3, 3), (2, 2, 2, 2), (1, 2, 3, 4), (4, 4, 4, 4), (1, 1, 2, 1),
        (2, 2, 2, 2), (5, 5, 5), (1, 1), (3,),
    ]  # fmt: skip
    assert alpha(by_unit) == pytest.approx(0.743, abs=0.001)


def test_full_agreement_is_one_and_a_code_nobody_uses_says_nothing() -> None:
    assert alpha([(True, True), (False, False)]) == 1
    assert alpha([(False, False), (False, False)]) is None
    assert alpha([(True,), (False,)]) is None


def decided(entry: Entry, field: str, value: str, verdict: str, by: str) -> Coded:
    place = Place("codes.csv", row=2)
    return Coded(entry.name, fingerprint(entry.narrative), field, value, verdict, by, date(2026, 12, 1), place)


def test_readers_are_compared_only_where_both_have_read() -> None:
    rows = [row(f"School/S{number}", day(number)) for number in range(3)]
    codes = [
        decided(rows[0], "indicators", "bruising", "accepted", "A"),
        decided(rows[0], "", "", "passed", "B"),
        decided(rows[1], "indicators", "bruising", "accepted", "A"),
        decided(rows[1], "indicators", "bruising", "accepted", "B"),
        decided(rows[2], "indicators", "bruising", "accepted", "A"),
    ]
    (found,) = agreement(replace(review(*rows), codes=tuple(codes)))
    assert (found.value, found.rows, found.differ) == ("bruising", 2, ("School/S0",))
