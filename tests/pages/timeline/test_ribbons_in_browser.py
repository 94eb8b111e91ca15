"""The first view: how far each piece of information travelled, on every day, by mouse, by key and on paper."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from helpers.asking import TERMS
from helpers.small import day, review, row

import kg
from kg.findings.ribbons import ribbons
from kg.findings.study import Study, find_gaps
from kg.pages.timeline.data import timeline_data
from kg.pages.timeline.page import timeline_page
from kg.wording.ribbons import ribbons_headline

Open = Callable[..., Any]
HERE = Path(__file__).parent
ROOT = HERE.parents[2]
CASES = ("examples/climbie", "tests/cases/connelly", "tests/cases/hayter", "tests/cases/training")
EVERY_RIBBON = (HERE / "every_ribbon.js").read_text(encoding="utf-8")


def written(folder: Path, gaps: Study, name: str) -> Path:
    file = folder / f"{name}.html"
    file.write_text(timeline_page(timeline_data(gaps)), encoding="utf-8", newline="\n")
    return file


@pytest.fixture(scope="module", params=CASES)
def case(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Study, Path]:
    name = str(request.param)
    gaps = find_gaps(kg.load(ROOT / name).review, TERMS)
    return gaps, written(tmp_path_factory.mktemp("ribbons"), gaps, name.replace("/", "-"))


@pytest.fixture(scope="module")
def inquiry(tmp_path_factory: pytest.TempPathFactory) -> Path:
    gaps = find_gaps(kg.load(ROOT / "examples" / "climbie").review, TERMS)
    return written(tmp_path_factory.mktemp("ribbons"), gaps, "inquiry")


def test_the_page_opens_with_them_and_says_what_every_other_form_says(
    open_page: Open, case: tuple[Study, Path]
) -> None:
    gaps, file = case
    one = open_page(file)
    assert one.page.locator("#ribbons").is_visible()
    assert one.page.locator("#pane").is_hidden()
    said = one.page.evaluate("() => data.ribbons.map((each) => `${each.title}: ${ribbons.sentence(each, Infinity)}`)")
    assert said == [ribbons_headline(gaps, each) for each in ribbons(gaps)]
    assert len(said) > 5
    beside = one.page.evaluate(
        "() => data.ribbons.flatMap((each) => each.bands.map((band) => [ribbons.beside(each, band, Infinity)[0], band.words]))"
    )
    assert [shown for shown, _ in beside] == [words for _, words in beside]


def test_on_no_day_do_they_tell_of_anything_later(open_page: Open, case: tuple[Study, Path]) -> None:
    """Rings, words beside and over them, the veil and the incident, with every kind open, on every day of the drawing."""
    _, file = case
    found = open_page(file).page.evaluate(EVERY_RIBBON)
    assert found["wrong"] == []
    assert found["days"] > 300
    if "hayter" not in file.name:
        assert found["rings"] > 50


def test_a_band_opens_the_way_of_the_fact_and_a_ring_the_contact(open_page: Open, inquiry: Path) -> None:
    one = open_page(inquiry)
    ribbon = one.page.locator("#ribbons .kind.on .ribbon").first
    fact = int(ribbon.get_attribute("data-fact"))
    ribbon.click()
    one.settle()
    assert one.page.evaluate("() => [state.pane, state.fact]") == ["fact", fact]
    assert "As sent and as received" in one.page.locator("#pane").inner_text()
    one.page.get_by_role("button", name="Close the panel").click()
    one.settle()
    assert one.page.locator("#pane").is_hidden()
    ring = one.page.locator("#ribbons .kind.on .ring").last
    entry = int(ring.get_attribute("data-entry"))
    ring.locator(".o").click(force=True)
    one.settle()
    assert one.page.evaluate("() => [state.pane, state.chosen]") == ["entry", entry]
    assert one.page.evaluate("(at) => data.entries[at].text", entry) in one.page.locator("#pane").inner_text()


def test_the_journey_of_a_fact_has_its_words_on_its_lines(open_page: Open, inquiry: Path) -> None:
    one = open_page(inquiry)
    fact = one.page.evaluate(
        "() => data.facts.findIndex((fact) => fact.held.some((held) => held[5].some((step) => step[3] !== null)))"
    )
    one.page.evaluate("(fact) => set({ fact, pane: 'fact' })", fact)
    one.settle()
    words = one.page.locator("#ribbons .way title").all_text_contents()
    steps = one.page.evaluate("(at) => data.facts[at].held.flatMap((held) => held[5])", fact)
    texts = one.page.evaluate("() => data.entries.map((entry) => entry.text)")
    assert words
    for _, _, sent, *_ in steps:
        assert any(texts[sent] in each for each in words)


def test_they_are_one_stop_of_the_tab_key_and_walked_by_arrows(open_page: Open, inquiry: Path) -> None:
    one = open_page(inquiry)
    assert one.page.locator("#ribbons [tabindex='0']").count() == 1
    one.page.evaluate("() => document.querySelector('#ribbons [tabindex=\"0\"]').focus()")
    keys = one.page.keyboard
    keys.press("ArrowDown")
    assert one.page.evaluate("() => document.activeElement.classList.contains('ribbon')")
    for _ in range(3):
        keys.press("ArrowDown")
    keys.press("ArrowRight")
    assert one.page.evaluate("() => document.activeElement.classList.contains('ring')")
    keys.press("Enter")
    one.settle()
    assert one.page.evaluate("() => state.pane") == "entry"
    keys.press("Escape")
    one.settle()
    assert one.page.locator("#pane").is_hidden()
    assert one.page.locator("#ribbons [tabindex='0']").count() == 1


def test_kinds_are_folded_found_and_opened(open_page: Open, inquiry: Path) -> None:
    one = open_page(inquiry)
    all_ = one.page.evaluate("() => data.ribbons.length")
    assert one.page.locator("#ribbons .kind").count() == all_
    one.page.get_by_role("button", name="Open all").click()
    assert one.page.locator("#ribbons .kind.on").count() == all_
    one.page.get_by_role("button", name="Fold all").click()
    assert one.page.locator("#ribbons .kind.on").count() == 0
    one.page.get_by_label("Find a kind of information or an agency").fill("bruis")
    one.settle()
    assert one.page.locator("#ribbons .kind").count() == 1
    one.page.locator("#ribbons .fold").click()
    assert one.page.locator("#ribbons .kind.on").count() == 1


def test_a_hundred_and_fifty_kinds_open_quickly_enough_to_be_seen(open_page: Open, tmp_path: Path) -> None:
    kinds = [each.notation for each in TERMS.schemes["indicator"].concepts][:150]
    rows = [row(f"Hospital/H{at}", day(at % 30), each, contact="emergency-attendance") for at, each in enumerate(kinds)]
    rows += [row(f"Care/C{at}", day(31 + at)) for at in range(20)]
    one = open_page(written(tmp_path, find_gaps(review(*rows), TERMS), "many"))
    shown = one.page.locator("#ribbons .kind").count()
    assert shown > 100
    assert one.page.locator("#ribbons .kind.on").count() < 20


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_first_view_passes_the_checks_for_accessibility(open_page: Open, inquiry: Path, scheme: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    one = open_page(inquiry, color_scheme=scheme)
    one.page.evaluate(Axe().axe_script)
    for change in ("{}", "{ on: dayOf(1999, 6, 28) }", "{ fact: data.ribbons[0].bands[0].fact, pane: 'fact' }"):
        one.page.evaluate(f"() => {{ set({change}); settle(); }}")
        found = one.page.evaluate(
            "() => axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'] })"
            ".then((done) => done.violations.map((each) => [each.id, each.nodes.length, each.nodes[0].html,"
            " each.nodes[0].failureSummary]))"
        )
        assert found == [], change


@pytest.mark.parametrize(("paper", "wide"), [("a3", 1190), ("a4", 842)])
def test_on_paper_every_kind_is_whole(open_page: Open, inquiry: Path, paper: str, wide: int) -> None:
    one = open_page(inquiry, f"main=ribbons&paper={paper}")
    content = one.page.pdf(prefer_css_page_size=True)
    boxes = re.findall(rb"/MediaBox \[([^]]+)\]", content)
    assert {round(float(box.split()[2])) for box in boxes} <= {wide, wide + 1}
    assert 1 < len(boxes) < 12
    one.settle()
    one.page.emulate_media(media="print")
    one.page.evaluate("() => dispatchEvent(new Event('beforeprint'))")
    one.settle()
    all_ = one.page.evaluate("() => data.ribbons.length")
    assert one.page.locator("#ribbons .kind.on").count() == all_
    assert one.page.locator("#drawing").is_hidden()
    assert one.page.locator("#bar").is_hidden()
    one.page.evaluate("() => dispatchEvent(new Event('afterprint'))")
    one.settle()
    assert one.page.locator("#ribbons .kind.on").count() < all_


def test_an_address_of_the_old_drawing_still_opens_it(open_page: Open, inquiry: Path) -> None:
    one = open_page(inquiry, "on=1999-07-28&cell=9_16")
    assert one.page.evaluate("() => [state.main, state.cell]") == ["drawing", [9, 16]]
    one.page.get_by_role("button", name="Information", exact=True).click()
    one.page.wait_for_function("() => location.hash.includes('main=ribbons')")


def test_a_finding_chosen_in_the_panel_is_lit_in_its_kind(open_page: Open, inquiry: Path) -> None:
    one = open_page(inquiry)
    at = one.page.evaluate(
        "() => data.findings.findIndex((each) => each.kind === 'missed-share' && each.indicator === data.ribbons[9].title)"
    )
    one.page.evaluate("(finding) => set({ finding, pane: 'entry', chosen: null })", at)
    one.settle()
    lit = one.page.evaluate(
        "() => [...document.querySelectorAll('#ribbons .ring.chosen')].map((node) => +node.dataset.entry)"
    )
    rows = one.page.evaluate("(at) => data.findings[at].rows", at)
    assert lit
    assert {*lit} <= {*rows}
    opened = one.page.evaluate("() => [...document.querySelectorAll('.kind.on')].map((node) => node.ariaLabel)")
    assert one.page.evaluate("() => data.ribbons[9].title") in opened


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_help_says_every_key_and_closes(open_page: Open, inquiry: Path, scheme: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    one = open_page(inquiry, color_scheme=scheme)
    one.page.keyboard.press("?")
    said = one.page.locator("#help").inner_text()
    assert "storyboard" in said
    assert "No record of is not the same as did not" in said
    one.page.evaluate(Axe().axe_script)
    found = one.page.evaluate("() => axe.run(document).then((done) => done.violations.map((each) => each.id))")
    assert "color-contrast" not in found
    one.page.keyboard.press("Escape")
    assert one.page.locator("#help").is_hidden()


def test_held_and_not_held_differ_in_form_where_colours_are_forced(open_page: Open, inquiry: Path) -> None:
    one = open_page(inquiry, forced_colors="active")
    looks = one.page.evaluate(
        "() => ['sure', 'empty'].map((kind) => getComputedStyle(document.querySelector(`#ribbons .on .${kind}`)))"
        ".map((look) => [look.fill, look.strokeDasharray])"
    )
    (sure, _), (empty, dashes) = looks
    assert sure != "none"
    assert empty == "none"
    assert dashes != "none"


def test_hostile_names_stay_names(open_page: Open, tmp_path: Path) -> None:
    words = "<img src=x onerror=alert(1)> ${alert(2)}"
    plain = row("Hospital/H1", day(0), "bruising", contact="emergency-attendance")
    made = review(replace(plain, narrative=words), row("Care/C1", day(7)))
    made = replace(made, agencies=tuple(replace(each, name=each.name) for each in made.agencies), title=words)
    one = open_page(written(tmp_path, find_gaps(made, TERMS), "hostile"))
    one.page.locator("#ribbons .ribbon").first.click()
    one.settle()
    assert one.page.evaluate("() => document.querySelectorAll('img').length") == 0
