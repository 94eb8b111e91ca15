"""Suggested, read by the reviewer, and coded by the agency are three things in every form that shows codes."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from helpers.small import WriteReview

import cli
from kg.chronology.whose_code import row_of
from kg.folder import open_review, study
from kg.pages.figure.sheet import figure_svg
from kg.pages.timeline.data import timeline_data
from kg.pages.timeline.page import timeline_page

TOML = (
    'title = "Sam"\njurisdiction = "England"\nkind = "child"\n'
    'period = ["01/01/2021", "31/12/2021"]\nsubjects = ["Sam"]\nincident = "31/12/2021"\n'
    '[[people]]\nname = "Sam"\nrole = "child"\n'
    '[[agencies]]\nname = "School"\ntype = "school"\n'
    '[[agencies]]\nname = "Hospital"\ntype = "hospital"\n'
    '[[agencies]]\nname = "Care"\ntype = "childrens-social-care"\n'
)
SCHOOL = (
    "Ref,Date,People,Contact,Indicators,What happened\nS1,01/02/2021,Sam,observation,bruising,Bruise to left arm.\n"
)
HOSPITAL = "Ref,Date,People,Contact,What happened\nH1,01/04/2021,Sam,ed-attendance,Burn to left hand.\n"
CARE = (
    "Ref,Date,People,Contact,What happened\n"
    "C1,01/06/2021,Sam,home-visit,Very thin and always hungry.\n"
    "C2,02/09/2021,Sam,home-visit,Played with the bricks.\n"
)


@pytest.fixture
def folder(write_review: WriteReview) -> Path:
    """Sam's review: the School coded its row, the Hospital's is read by the reviewer, one of Care's is only suggested."""
    made = write_review(TOML, {"School.csv": SCHOOL, "Hospital.csv": HOSPITAL, "Care.csv": CARE})
    rows = list(csv.DictReader(io.StringIO(ran("code", made, "--format", "csv"))))
    (burn,) = [row for row in rows if row["entry"] == "Hospital/H1" and row["field"] == "indicators"]
    table = made.parent / "judged.csv"
    with table.open("w", newline="", encoding="utf-8") as file:
        out = csv.DictWriter(file, list(burn))
        out.writeheader()
        out.writerow(burn | {"status": "accepted"})
    ran("code", made, "--from", str(table), "--by", "A. Reviewer")
    return made


def ran(command: str, folder: Path, *more: str) -> str:
    done = CliRunner().invoke(cli.main, [command, str(folder), *more])
    assert done.exit_code == 0, done.output
    return done.stdout


def test_each_row_is_coded_read_suggested_or_unread_as_coverage_counts_it(folder: Path) -> None:
    gaps, _ = study(folder, "recorded", suggested=True)
    assert {entry.name: row_of(entry) for entry in gaps.review.entries} == {
        "School/S1": "agency",
        "Hospital/H1": "reviewer",
        "Care/C1": "suggested",
        "Care/C2": "unread",
    }
    counted = {each.agency: (each.coded, each.by_reviewer, each.suggested, each.rows) for each in gaps.coverage}
    assert counted == {"School": (1, 0, 0, 1), "Hospital": (0, 1, 0, 1), "Care": (0, 0, 1, 2)}


def test_what_is_not_asked_for_is_not_suggested(folder: Path) -> None:
    gaps, _ = study(folder, "recorded")
    assert {entry.name: row_of(entry) for entry in gaps.review.entries}["Care/C1"] == "unread"
    assert open_review(folder).review.proposed == ()


def test_the_matrix_says_whose_word_each_cell_is(folder: Path) -> None:
    told = json.loads(ran("matrix", folder, "--on", "01/12/2021", "--suggested", "--format", "json"))
    kinds = [kind["indicator"] for kind in told["kinds"]]
    held = {
        (line["agency"], kind): (cell, coded)
        for line in told["agencies"]
        for kind, cell, coded in zip(kinds, line["cells"], line["coded_by"], strict=True)
    }
    assert held["School", "bruising"] == ("sure", "agency")
    assert held["Hospital", "burn-or-scald"] == ("sure", "reviewer")
    assert held["Care", "hunger"] == ("possible", "suggested")
    assert held["Care", "bruising"][1] == ""
    text = ran("matrix", folder, "--on", "01/12/2021", "--suggested")
    assert "~ possibly held, as words only suggest" in text
    assert "~" not in ran("matrix", folder, "--on", "01/12/2021")


def test_the_timeline_draws_a_row_whose_codes_are_only_suggested_apart(folder: Path) -> None:
    gaps, _ = study(folder, "recorded", suggested=True)
    data = timeline_data(gaps)
    shown = {each["name"]: each for each in data["entries"]}
    assert {name: each["codes"] for name, each in shown.items()} == {
        entry.name: row_of(entry) for entry in gaps.review.entries
    }
    assert all(words.endswith(" (suggested)") for words in shown["Care/C1"]["indicators"])
    assert all(words.endswith(" (read by the reviewer)") for words in shown["Hospital/H1"]["indicators"])
    assert not any("(" in words for words in shown["School/S1"]["indicators"])
    faint = 'fill-opacity="0.4"'
    assert figure_svg(data).count(faint) == 2  # the row, and the legend
    assert data["codings"]["suggested"] in timeline_page(data)
    assert faint not in figure_svg(timeline_data(study(folder, "recorded")[0]))


@pytest.mark.parametrize("engine", ["sparql", "python", "rdflib", "cypher"])
def test_a_question_of_the_library_says_whose_word_each_row_is(folder: Path, engine: str) -> None:
    asked = ("--ask", "held-on-a-day", "--param", "day=01/12/2021", "--suggested", "--engine", engine)
    rows = json.loads(ran("query", folder, *asked, "--format", "json"))
    assert {(row["agency"], row["indicator"], row["coded_by"]) for row in rows} >= {
        ("School", "bruising", "agency"),
        ("Hospital", "burn-or-scald", "reviewer"),
        ("Care", "hunger", "suggested"),
    }
    unasked = json.loads(ran("query", folder, *asked[:4], "--engine", engine, "--format", "json"))
    assert {row["coded_by"] for row in unasked} == {"agency", "reviewer"}


def test_the_graph_says_of_facts_and_findings_whose_word_they_are(folder: Path) -> None:
    sparql = "SELECT ?sign ?by { ?f a kg:Fact ; kg:codedBy ?by ; kg:concept/skos:notation ?sign }"
    found = json.loads(ran("query", folder, "--suggested", "--sparql", sparql, "--format", "json"))
    facts = {(row["sign"]["value"], row["by"]["value"]) for row in found["results"]["bindings"]}
    assert {("bruising", "agency"), ("burn-or-scald", "reviewer"), ("hunger", "suggested")} <= facts
    cypher = "MATCH (c:CodeSuggestion) RETURN c.sign AS sign, c.as_written AS words, c.suggested_by AS pattern"
    asked = json.loads(ran("query", folder, "--suggested", "--cypher", cypher, "--format", "json"))
    assert any("hunger" in row["sign"] for row in asked)
    assert all(row["words"] in CARE + HOSPITAL + SCHOOL and row["pattern"] for row in asked)
    assert json.loads(ran("query", folder, "--cypher", cypher, "--format", "json")) == []
    findings = "SELECT DISTINCT ?by { ?f a kg:Finding ; kg:codedBy ?by }"
    by = json.loads(ran("query", folder, "--suggested", "--sparql", findings, "--format", "json"))
    assert "suggested" in {row["by"]["value"] for row in by["results"]["bindings"]}


def test_what_is_only_suggested_is_no_part_of_a_return_that_is_made_again(folder: Path, tmp_path: Path) -> None:
    trig, again = tmp_path / "sam.trig", tmp_path / "again"
    ran("export", folder, "--suggested", "-o", str(trig))
    assert "CodeSuggestion" in trig.read_text(encoding="utf-8")
    assert CliRunner().invoke(cli.main, ["import", str(trig), str(again)]).exit_code == 0
    read = {entry.name: entry.indicators for entry in open_review(again).review.entries}
    assert read == {"School/S1": ("bruising",), "Hospital/H1": (), "Care/C1": (), "Care/C2": ()}
