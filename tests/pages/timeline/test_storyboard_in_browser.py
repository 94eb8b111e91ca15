"""The storyboard in a browser: led by keys, each step a view that stands, and a handout of one step a page."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from helpers.asking import TERMS

import kg
from kg.findings.episodes import episodes
from kg.findings.study import Study, find_gaps
from kg.pages.timeline.data import timeline_data
from kg.pages.timeline.page import timeline_page
from kg.wording.storyboard import Storyboard, storyboard

Open = Callable[..., Any]
ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="module")
def gaps() -> Study:
    return find_gaps(kg.load(ROOT / "examples" / "climbie").review, TERMS)


@pytest.fixture(scope="module")
def board(gaps: Study) -> Storyboard:
    return storyboard(gaps, episodes(gaps))


@pytest.fixture(scope="module")
def inquiry(gaps: Study, tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("story") / "inquiry.html"
    file.write_text(timeline_page(timeline_data(gaps)), encoding="utf-8", newline="\n")
    return file


def test_keys_lead_from_the_sentences_through_every_step_and_out(
    open_page: Open, inquiry: Path, board: Storyboard
) -> None:
    one = open_page(inquiry)
    keys = one.page.keyboard
    keys.press("s")
    one.settle()
    for sentence in board.sentences:
        assert sentence in one.page.locator("#story").inner_text()
    for step in board.steps:
        keys.press("ArrowRight")
        one.settle()
        assert step.caption in one.page.locator("#story").inner_text()
        shown = one.page.evaluate("() => [state.main, isoDay(state.on), state.on >= data.spans[1], state.q]")
        assert shown[0] in step.view
        assert "on=" not in step.view or shown[1] in step.view
    keys.press("ArrowLeft")
    one.settle()
    assert board.steps[-2].caption in one.page.locator("#story").inner_text()
    keys.press("n")
    one.settle()
    assert "Rests on" in one.page.locator("#story").inner_text()
    keys.press("Escape")
    one.settle()
    assert one.page.locator("#story").is_hidden()
    assert one.page.evaluate("() => [state.main, state.k, state.step]") == ["ribbons", "", None]


def test_a_step_that_shows_ribbons_shows_its_kind_open(open_page: Open, inquiry: Path, board: Storyboard) -> None:
    one = open_page(inquiry)
    at = next(at for at, step in enumerate(board.steps, 1) if step.key.startswith("travelled"))
    one.page.evaluate("(at) => story.go(at)", at)
    one.settle()
    assert one.page.locator("#ribbons .kind.on").count() >= 1


def test_the_address_names_the_step(open_page: Open, inquiry: Path, board: Storyboard) -> None:
    one = open_page(inquiry, "step=2")
    assert board.steps[1].caption in one.page.locator("#story").inner_text()
    assert one.page.evaluate("() => isoDay(state.on)") in board.steps[1].view


def test_the_handout_has_one_step_a_page(open_page: Open, inquiry: Path, board: Storyboard) -> None:
    one = open_page(inquiry)
    one.page.keyboard.press("s")
    one.settle()
    content = one.page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/MediaBox ", content)) == len(board.steps) + 1
    one.settle()
    assert one.page.locator("#printed .step").count() == 0
    assert one.page.locator("#story").is_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_storyboard_passes_the_checks_for_accessibility(open_page: Open, inquiry: Path, scheme: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    one = open_page(inquiry, color_scheme=scheme)
    one.page.evaluate(Axe().axe_script)
    for step in (0, 1, 8):
        one.page.evaluate("(step) => { story.go(step); settle(); }", step)
        found = one.page.evaluate(
            "() => axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'] })"
            ".then((done) => done.violations.map((each) => [each.id, each.nodes.length, each.nodes[0].html,"
            " each.nodes[0].failureSummary]))"
        )
        assert found == [], step
