"""The storyboard: three sentences and at most twelve steps; captions speak of nothing later than their step."""

from __future__ import annotations

import re
from calendar import month_name
from dataclasses import replace
from datetime import date
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from click.testing import CliRunner
from helpers.asking import TERMS
from helpers.small import WriteReview

import kg
from cli import main
from kg.dates.when import day_of
from kg.findings.episodes import episodes
from kg.findings.study import Study, find_gaps
from kg.model.problem import Place
from kg.model.reviewer import StoryChoice
from kg.wording.storyboard import MOST, Storyboard, storyboard
from loaders.storyboard import read_storyboard

CASES = ["examples/climbie", "tests/cases/connelly", "tests/cases/hayter", "tests/cases/training"]


@pytest.fixture(scope="module", params=CASES)
def gaps(request: pytest.FixtureRequest, root: Path) -> Study:
    return find_gaps(kg.load(root / str(request.param)).review, TERMS)


@pytest.fixture(scope="module")
def inquiry(climbie: Path) -> Study:
    return find_gaps(kg.load(climbie).review, TERMS)


def told(gaps: Study, *choices: StoryChoice) -> Storyboard:
    return storyboard(gaps, episodes(gaps), choices)


def choice(step: str, what: str, value: str) -> StoryChoice:
    return StoryChoice(step, what, value, "A. Reviewer", date(2025, 2, 3), "", Place("storyboard.csv"))


def test_three_sentences_and_at_most_twelve_steps(gaps: Study) -> None:
    made = told(gaps)
    assert len(made.sentences) == 3
    assert 3 < len(made.steps) <= MOST
    assert len({step.key for step in made.steps}) == len(made.steps)
    assert all(step.caption and step.rows and step.part for step in made.steps)


def test_steps_stand_in_the_order_of_time(gaps: Study) -> None:
    moments = [step.at for step in told(gaps).steps]
    assert moments == sorted(moments)


def test_no_caption_names_a_day_after_its_step(gaps: Study) -> None:
    """Days as people write them, read back out of the captions."""
    months = [*month_name][1:]
    for step in told(gaps).steps:
        for day, month, year in re.findall(rf"(\d\d?) ({'|'.join(months)}) (\d{{4}})", step.caption):
            assert date(int(year), months.index(month) + 1, int(day)) <= day_of(step.at), step


def test_a_view_is_as_of_the_day_of_its_step_and_rests_on_nothing_later(gaps: Study) -> None:
    for step in told(gaps).steps:
        view = parse_qs(step.view)
        assert view["main"][0] in ("drawing", "ribbons")
        if "on" in view:
            assert date.fromisoformat(view["on"][0]) == day_of(step.at)
            assert all(gaps.review.entries[row].when.earliest <= step.at for row in step.rows)


def test_the_order_of_rows_changes_no_step(inquiry: Study) -> None:
    turned = find_gaps(replace(inquiry.review, entries=inquiry.review.entries[::-1]), TERMS)
    assert [(step.key, step.caption, step.view) for step in told(turned).steps] == [
        (step.key, step.caption, step.view) for step in told(inquiry).steps
    ]


def test_the_reviewer_orders_words_drops_and_adds(inquiry: Study) -> None:
    keys = [step.key for step in told(inquiry).steps]
    made = told(
        inquiry,
        choice("unseen", "order", "1"),
        choice("first", "caption", "The first sign."),
        choice("first", "notes", "Pause here."),
        choice("words", "out", "yes"),
        choice("closed", "view", "#main=table"),
        choice("closed", "caption", "What was closed."),
    )
    steps = {step.key: step for step in made.steps}
    assert made.steps[0].key == "unseen"
    assert (steps["first"].caption, steps["first"].notes) == ("The first sign.", ("Pause here.",))
    assert "words" not in steps
    assert (steps["closed"].view, steps["closed"].caption, steps["closed"].own) == (
        "main=table",
        "What was closed.",
        True,
    )
    assert {*steps} == {*keys, "closed"} - {"words"}
    assert "words" in {
        step.key for step in told(inquiry, choice("words", "out", "yes"), choice("words", "out", "no")).steps
    }


def test_a_choice_of_no_step_is_shown_and_changes_nothing(inquiry: Study) -> None:
    lost = choice("travelled-nothing", "caption", "Words.")
    made = told(inquiry, lost)
    assert made.unknown == (lost,)
    assert made.steps == told(inquiry).steps


def test_rows_that_cannot_be_used_are_problems_and_stay(tmp_path: Path) -> None:
    path = tmp_path / "storyboard.csv"
    path.write_text(
        "Step,What,Value,By,On,Why\nfirst,caption,Words,A,03/02/2025,\n,caption,x,A,,\nfirst,captoin,x,A,,\n"
        "first,order,soon,A,,\nfirst,out,perhaps,A,,\nfirst,caption,,A,,\nfirst,order,2,A,31/02/2025,\n",
        encoding="utf-8",
    )
    found, problems = read_storyboard(path)
    assert [(each.what, each.value) for each in found] == [("caption", "Words"), ("order", "2")]
    assert len(problems) == 6
    assert "caption" in problems[1].why


TOML = """title = "A small review"
jurisdiction = "England"
kind = "child"
subjects = ["Sam"]
incident = "01/06/2021"
[[people]]
name = "Sam"
role = "child"
[[agencies]]
name = "Hospital"
type = "hospital"
file = "hospital.csv"
[[agencies]]
name = "Care"
type = "childrens-social-care"
file = "care.csv"
"""


def test_the_command_tells_it_and_keeps_what_was_chosen(write_review: WriteReview) -> None:
    folder = write_review(
        TOML,
        {
            "hospital.csv": "Ref,Date,People,Contact,What happened,Indicators\n"
            "H1,01/02/2021,Sam,emergency-attendance,A bruise was seen.,bruising\n",
            "care.csv": "Ref,Date,People,Contact,What happened,Indicators\n"
            "C1,08/02/2021,Sam,home-visit,The family was visited.,poor-home-conditions\n",
        },
    )
    run = CliRunner().invoke
    plain = run(main, ["storyboard", str(folder)])
    assert plain.exit_code == 0, plain.output
    assert "[first]" in plain.output
    nobody = run(main, ["storyboard", str(folder), "--choose", "first", "caption", "The first sign."])
    assert nobody.exit_code == 2
    assert "Nothing was written" in nobody.output
    lost = run(main, ["storyboard", str(folder), "--choose", "nowhere", "caption", "Words", "--by", "A. Reviewer"])
    assert lost.exit_code == 2
    assert not (folder / "storyboard.csv").exists()
    kept = run(
        main, ["storyboard", str(folder), "--choose", "first", "caption", "The first sign.", "--by", "A. Reviewer"]
    )
    assert kept.exit_code == 0, kept.output
    assert "The first sign." in run(main, ["storyboard", str(folder)]).output
    with (folder / "storyboard.csv").open("a", encoding="utf-8") as file:
        file.write("nowhere,caption,Words,A. Reviewer,03/02/2025,\n")
    checked = run(main, ["check", str(folder)])
    assert "nowhere" in checked.output
    for form in ("json", "csv", "markdown"):
        assert run(main, ["storyboard", str(folder), "--format", form]).exit_code == 0
