"""The published bad files come out as their table says, each beside a good return that is read all the same."""

from __future__ import annotations

import csv
import shutil
import time
from pathlib import Path

import pytest
from helpers.returns import HEAD, ROW, TOML, sound

import loaders

HERE = Path(__file__).parent
FILES = HERE / "returns"
SLOWEST = 20.0
"""Seconds in which any of them is read, on a computer that has much else to do."""
GRAVITY = ["error", "warning", "note"]

with (HERE / "outcomes.csv").open(encoding="utf-8", newline="") as table:
    OUTCOMES = [*csv.DictReader(table)]


def test_every_file_has_its_outcome_and_every_outcome_its_file() -> None:
    assert [each["File"] for each in OUTCOMES] == sorted(file.name for file in FILES.iterdir())
    assert sum(file.stat().st_size for file in FILES.iterdir()) < 1_000_000
    assert all(each["What is wrong with it"] for each in OUTCOMES)


@pytest.mark.parametrize("outcome", OUTCOMES, ids=lambda outcome: outcome["File"])
def test_a_bad_file_comes_out_as_the_table_says(outcome: dict[str, str], tmp_path: Path) -> None:
    name = outcome["File"]
    (tmp_path / "returns").mkdir()
    told = TOML.replace('name = "Town Police"', f'name = "Town Police"\nfile = "{name}"')
    (tmp_path / "review.toml").write_text(told, encoding="utf-8")
    (tmp_path / "returns" / "Town Hospital.csv").write_text(f"{HEAD}\n{ROW}\n", encoding="utf-8")
    shutil.copy(FILES / name, tmp_path / "returns" / name)
    begun = time.monotonic()
    loaded = loaders.load(tmp_path)
    assert time.monotonic() - begun < SLOWEST
    sound(loaded)
    entries = [each for each in loaded.review.entries if each.agency == "Town Police"]
    assert len(entries) == int(outcome["Entries"])
    assert len([each for each in loaded.review.entries if each.agency == "Town Hospital"]) == 1
    problems = [each for each in loaded.problems if each.place.file == f"returns/{name}"]
    gravest = next((each for each in GRAVITY if any(problem.severity == each for problem in problems)), "")
    assert gravest == outcome["Gravest"]
    said = [f"{each.what} {each.why}" for each in problems if each.severity == gravest]
    assert not gravest or any(outcome["Says"] in words for words in said)
    assert "Traceback" not in "".join(map(str, problems))
