"""A message whose way is open, and how a row was recorded, come back from RDF as they went in."""

from __future__ import annotations

from pathlib import Path

from kg.graph.rdf.read_back import review_from_trig
from kg.graph.rdf.trig import record_trig
from kg.terms.reader import load as load_terms
from loaders.folder import load

TOML = """
title = "Small"
jurisdiction = "England"
kind = "child"
period = ["2019-01-01", "2019-12-31"]
subjects = ["Kit"]
[[people]]
name = "Kit"
role = "child"
[[agencies]]
name = "Mill Lane Surgery"
type = "general-practice"
[[agencies]]
name = "Hillside School"
type = "school"
[[agencies]]
name = "Town Police"
type = "police"
"""


def test_what_is_open_and_how_it_was_recorded_come_back(tmp_path: Path) -> None:
    (tmp_path / "returns").mkdir()
    (tmp_path / "review.toml").write_text(TOML)
    (tmp_path / "returns" / "mill lane surgery.csv").write_text(
        "Ref,Date,People,Contact,What happened,Liaison,How recorded,Checked by\n"
        "1,01/02/2019,Kit,telephone-call,x,school; police,AI draft,\n"
        "2,02/02/2019,Kit,telephone-call,y,told the school,AI draft,GP 1\n"
    )
    review = load(tmp_path).review
    assert [entry.either_way for entry in review.entries] == [("Hillside School", "Town Police"), ()]
    assert [entry.how_recorded for entry in review.entries] == ["machine-drafted", "machine-checked"]
    back = review_from_trig(record_trig(review, load_terms()))
    assert [entry.either_way for entry in back.entries] == [entry.either_way for entry in review.entries]
    assert [entry.how_recorded for entry in back.entries] == [entry.how_recorded for entry in review.entries]
