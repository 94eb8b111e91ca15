"""A Ref that a row passed on is met again whatever dash, space or case it was written with."""

from __future__ import annotations

from kg.model.problem import Place
from kg.model.record import Entry
from kg.terms.reader import load
from loaders.rows.ref_forms import with_refs_met


def row(ref: str, *what: str) -> Entry:
    return Entry(f"Hospital/{ref}", "Hospital", ref, Place("x"), shared_what=what)


def told(*entries: Entry) -> tuple[str, ...]:
    return with_refs_met(entries, load())[-1].shared_what


def test_dash_space_case_and_unseen_signs_are_put_aside() -> None:
    rows = (row("TH\u20131"), row("TH 2"), row("\u200eTH3"), row("th4"))
    assert told(*rows, row("TH5", "TH-1", "TH2", "TH3", "TH4")) == ("TH\u20131", "TH 2", "\u200eTH3", "th4")


def test_two_rows_that_may_be_meant_are_not_chosen_between() -> None:
    assert told(row("TH-1"), row("TH 1"), row("TH5", "TH1")) == ("TH1",)


def test_a_ref_as_written_and_a_word_of_the_vocabulary_stay() -> None:
    assert told(row("TH-1"), row("TH1"), row("TH5", "TH1", "bruising")) == ("TH1", "bruising")
