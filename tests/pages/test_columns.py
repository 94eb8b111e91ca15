"""A page's data by columns: what went in comes out, in Python and in the page, and nothing is written twice."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from helpers.asking import TERMS
from helpers.examples import examples
from hypothesis import given, settings
from hypothesis import strategies as st

import kg
from kg.findings.study import find_gaps
from kg.pages.columns import as_rows, by_columns
from kg.pages.timeline.data import timeline_data
from kg.pages.timeline.page import timeline_page

ROOT = Path(__file__).resolve().parents[2]
SCALARS = (
    st.none() | st.booleans() | st.integers(-3, 3) | st.text(max_size=3) | st.sampled_from(["__proto__", "d", "n"])
)
VALUES = st.recursive(
    SCALARS,
    lambda each: st.lists(each, max_size=4) | st.dictionaries(st.sampled_from("dnvitcksm"), each, max_size=3),
    max_leaves=12,
)


def exactly(value: Any) -> str:
    """Told apart as JSON tells them apart: true is not 1, and keys keep their order."""
    return json.dumps(value)


@settings(max_examples=examples(300))
@given(st.dictionaries(st.text(max_size=3), st.lists(VALUES, max_size=14), max_size=3))
def test_what_went_in_comes_out(data: dict[str, Any]) -> None:
    out = as_rows(json.loads(json.dumps(by_columns(data))))
    assert {key: exactly(value) for key, value in out.items()} == {key: exactly(value) for key, value in data.items()}


def test_a_value_that_comes_again_is_written_once() -> None:
    chain = list(range(500))
    rows = [{"chain": chain, "at": at, "words": "the same words again"} for at in range(100)]
    packed = json.dumps(by_columns({"findings": rows}))
    assert packed.count("the same words again") == 1
    assert len(packed) < len(json.dumps(chain)) + 2_000


@pytest.mark.parametrize("case", ["examples/climbie", "tests/cases/training"])
def test_the_page_makes_of_it_what_it_was(open_page: Callable[..., Any], tmp_path: Path, case: str) -> None:
    made = timeline_data(find_gaps(kg.load(ROOT / case).review, TERMS))
    file = tmp_path / "timeline.html"
    file.write_text(timeline_page(made), encoding="utf-8", newline="\n")
    one = open_page(file)
    assert one.page.evaluate(
        "(wanted) => { const { plain, columns } = JSON.parse(document.getElementById('data').textContent);"
        " const sorted = (value) => Array.isArray(value) ? value.map(sorted) : value !== null && typeof value === 'object'"
        " ? Object.keys(value).sort().map((key) => [key, sorted(value[key])]) : value;"
        " const made = { ...plain, ...Object.fromEntries(Object.entries(columns).map(([key, part]) => [key, rowsOf(part)])) };"
        " return JSON.stringify(sorted(made)) === JSON.stringify(sorted(JSON.parse(wanted))); }",
        json.dumps(made),
    )
