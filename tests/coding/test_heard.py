"""What is denied, doubted, past, planned or someone else's is heard as such, in three hundred sentences."""

from __future__ import annotations

import csv
from pathlib import Path

from kg.coding.suggest import make_coder, suggest_for
from kg.dates.when import UNDATED
from kg.model.problem import Place
from kg.model.record import Entry
from kg.model.review import Agency, Review
from kg.terms.reader import load

SENTENCES = Path(__file__).parent / "heard.csv"
ADULT = {"lack-of-capacity", "pressure-ulcer", "falls", "financial-abuse"}


def review(kind: str) -> Review:
    agency = Agency("Service", "health-unspecified")
    return Review("", "", "England", "", kind, UNDATED, UNDATED, ("Sam",), (), (agency,))


def errors() -> tuple[list[str], list[str], int, int]:
    """Sentences in which the absent is suggested, and in which the present is not; and how many there are of each."""
    terms = load()
    coders = {kind: make_coder(review(kind), terms) for kind in ("child", "adult")}
    taken, lost, absent, present = [], [], 0, 0
    with SENTENCES.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            entry = Entry("Service/1", "Service", "1", Place(), narrative=row["words"])
            made = suggest_for(coders["adult" if row["code"] in ADULT else "child"], entry)
            found = any(
                row["code"] in terms.broader(each.field.removesuffix("s"), each.value)
                and each.present
                and each.strength != "look"
                for each in made
                if each.field in ("indicators", "responses")
            )
            absent += row["present"] == "no"
            present += row["present"] == "yes"
            if found and row["present"] == "no":
                taken.append(f"{row['code']}: {row['words']}")
            if not found and row["present"] == "yes":
                lost.append(f"{row['code']}: {row['words']}")
    return taken, lost, absent, present


def test_what_is_denied_planned_past_or_someone_elses_is_not_taken_for_present() -> None:
    taken, _, absent, _ = errors()
    assert len(taken) <= 0.04 * absent, taken


def test_what_is_said_plainly_is_not_left_out() -> None:
    _, lost, _, present = errors()
    assert len(lost) <= 0.05 * present, lost
