"""What the reviewer read from narratives is drawn as the reviewer's, and never comes back as the agency's own."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from click.testing import CliRunner
from helpers.small import WriteReview, day, review, row

from kg.base.fingerprint import fingerprint
from kg.coding.laid_over import with_codes
from kg.folder import open_review
from kg.graph.drawing import Node
from kg.graph.record import draw
from kg.model.problem import Place
from kg.model.reviewer import Coded


def test_an_accepted_code_is_drawn_with_who_read_it_on_which_words() -> None:
    entry = replace(row("School/S1", day(1), read=False), narrative="Bruise to arm.")
    code = Coded(
        entry.name, fingerprint(entry.narrative), "indicators", "bruising", "accepted", "A. Reviewer", date(2026, 12, 1),
        Place("codes.csv"), "Bruise", 0, 6, pattern="indicator:bruising bruis*",
    )  # fmt: skip
    drawn = draw(with_codes(replace(review(entry), codes=(code,))))
    (node,) = [
        each for each in drawn if isinstance(each, Node) and any(kind.key == "CodeReading" for kind in each.kinds)
    ]
    assert {value.name.key: value.content for value in node.values} == {
        "sign": "bruising",
        "as_written": "Bruise",
        "read_by": "A. Reviewer",
        "read_on": date(2026, 12, 1),
        "suggested_by": "indicator:bruising bruis*",
    }


def test_a_review_made_again_of_its_graph_has_the_agencys_codes_alone(
    write_review: WriteReview, tmp_path: Path
) -> None:
    import cli

    folder = write_review(
        'title = "Sam"\njurisdiction = "England"\nkind = "child"\n'
        'period = ["01/01/2021", "31/12/2021"]\nsubjects = ["Sam"]\nincident = "31/12/2021"\n'
        '[[people]]\nname = "Sam"\nrole = "child"\n[[agencies]]\nname = "School"\ntype = "school"\n',
        {"School.csv": "Ref,Date,People,What happened\nS1,01/02/2021,Sam,Bruise to left arm.\n"},
    )
    CliRunner().invoke(cli.main, ["code", str(folder), "--by", "A"], input="eq")
    assert open_review(folder).review.entries[0].indicators == ("bruising",)
    trig, again = tmp_path / "sam.trig", tmp_path / "again"
    assert CliRunner().invoke(cli.main, ["export", str(folder), "-o", str(trig)]).exit_code == 0
    made = CliRunner().invoke(cli.main, ["import", str(trig), str(again)])
    assert made.output.count("\n") == 1, made.output
    assert open_review(again).review.entries[0].indicators == ()
    assert "bruising" not in (again / "returns" / "School.csv").read_text(encoding="utf-8")
