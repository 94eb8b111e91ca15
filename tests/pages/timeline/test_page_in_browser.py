"""The interactive timeline in a real browser: what it shows, how it is moved, and what it never does."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from helpers.asking import TERMS
from helpers.small import day, review, row

import kg
from cli import main
from kg.findings.study import find_gaps
from kg.model.problem import Place
from kg.model.record import Entry
from kg.model.review import Agency, Review
from kg.pages.timeline.data import timeline_data
from kg.pages.timeline.page import timeline_page

Open = Callable[..., Any]


@pytest.fixture
def open_page(open_page: Open) -> Open:
    """The drawing, which is the second view: a page opens with how far information travelled."""

    def opened(file: Path, view: str = "main=drawing", **more: Any) -> Any:
        return open_page(file, view, **more)

    return opened


ROOT = Path(__file__).resolve().parents[3]


def written(folder: Path, made: Review, name: str) -> Path:
    file = folder / f"{name}.html"
    file.write_text(timeline_page(timeline_data(find_gaps(made, TERMS))), encoding="utf-8", newline="\n")
    return file


@pytest.fixture(scope="session")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("pages")


@pytest.fixture(scope="session")
def inquiry(pages: Path) -> Path:
    return written(pages, kg.load(ROOT / "examples" / "climbie").review, "inquiry")


def count(one: Any, selector: str) -> int:
    return int(one.page.locator(selector).count())


def shown(one: Any) -> str:
    return str(one.page.locator("#counts").inner_text())


# --- the day ----------------------------------------------------------------------------------------------------------

DAYS = ("1999-04-01", "1999-06-18", "1999-07-15", "1999-08-06", "1999-11-05", "2000-02-25")


def test_the_squares_say_what_who_knew_says(open_page: Open, inquiry: Path, climbie: Path) -> None:
    """Cell by cell, on several days, forwards and back."""
    one = open_page(inquiry)
    kinds = one.page.evaluate("() => data.kinds.map((kind) => [kind.subject, kind.indicator])")
    names = one.page.evaluate("() => data.agencies.map((agency) => agency.name)")
    for on in (*DAYS, *reversed(DAYS[:3])):
        asked = CliRunner().invoke(main, ["who-knew", str(climbie), "--on", on, "--format", "json"])
        known = {
            (agency, each["subject"], each["indicator"]): each["certainty"]
            for agency, some in json.loads(asked.output)["agencies"].items()
            for each in some
        }
        one.page.evaluate("(day) => set({ on: dayOf(...day) })", [int(on[:4]), int(on[5:7]) - 1, int(on[8:])])
        one.settle()
        assert one.page.locator("#day output").inner_text().endswith(on[:4])
        squares = one.page.evaluate(
            "() => [...document.querySelectorAll('#held td[data-kind]')].map((cell) => [+cell.dataset.agency, "
            "+cell.dataset.kind, cell.classList.contains('s2') ? 'sure' : cell.classList.contains('s1') ? 'possible' : ''])"
        )
        assert len(squares) == len(kinds) * len(names)
        held = {(names[agency], *kinds[kind]): state for agency, kind, state in squares if state}
        assert held == known, on


def test_what_is_later_fades_and_comes_back(open_page: Open, inquiry: Path) -> None:
    one = open_page(inquiry, "on=1999-07-14")
    later = one.page.evaluate("() => [...document.querySelectorAll('.m.later')].map((mark) => +mark.dataset.entry)")
    ends = one.page.evaluate("() => data.entries.map((entry) => entry.bounds[0])")
    evening = one.page.evaluate("() => dayOf(1999, 6, 14) * 1440 + 1439")
    assert later
    assert all(ends[at] > evening for at in later)
    one.page.get_by_role("button", name="Whole record").click()
    one.settle()
    assert count(one, ".m.later") == 0


def test_the_slider_is_moved_by_arrow_keys(open_page: Open, inquiry: Path) -> None:
    one = open_page(inquiry, "on=1999-07-14")
    slider = one.page.get_by_label("As of day")
    slider.focus()
    slider.press("ArrowRight")
    one.settle()
    assert one.page.locator("#day output").inner_text() == "15 July 1999"
    slider.press("ArrowLeft")
    slider.press("Shift+ArrowLeft")
    one.settle()
    assert one.page.locator("#day output").inner_text() == "7 July 1999"


def test_play_moves_the_day_and_stops(open_page: Open, inquiry: Path) -> None:
    one = open_page(inquiry, "on=1999-07-14")
    one.page.get_by_role("button", name="Play").click()
    one.page.wait_for_function("() => state.on > dayOf(1999, 6, 16)")
    one.page.get_by_role("button", name="Pause").click()
    at = one.page.evaluate("() => state.on")
    one.page.wait_for_timeout(250)
    assert one.page.evaluate("() => state.on") == at


def test_a_square_shows_the_entries_and_the_question(open_page: Open, inquiry: Path) -> None:
    one = open_page(inquiry)
    one.page.locator("#held td.s2 button").first.click()
    one.settle()
    assert "surely from" in one.page.locator("#cell").inner_text()
    one.page.locator("#held td.g button").first.click()
    one.settle()
    said = one.page.locator("#cell").inner_text()
    assert "Question to" in said
    assert "Contacts that went without it" in said


# --- looking and moving -------------------------------------------------------------------------------------------------


def test_zoom_keeps_entries_where_their_days_are(open_page: Open, inquiry: Path) -> None:
    one = open_page(inquiry)
    before = one.page.evaluate("() => state.view")
    one.page.get_by_role("button", name="Zoom in").click()
    one.settle()
    after = one.page.evaluate("() => state.view")
    assert before[0] < after[0] < after[1] < before[1]
    wrong = one.page.evaluate(
        "() => [...document.querySelectorAll('#drawing .m:not([visibility])')].filter((mark) => {"
        " const e = data.entries[+mark.dataset.entry];"
        " const x = +/translate\\(([-\\d.]+)/.exec(mark.getAttribute('transform'))[1];"
        " return Math.abs(x - (scale.x(e.drawn[0] / 1440) + scale.x((e.drawn[1] + 1) / 1440)) / 2) > 0.2; }).length"
    )
    assert wrong == 0
    one.page.get_by_role("button", name="Fit", exact=True).click()
    one.settle()
    assert one.page.evaluate("() => state.view") == before


def test_dragging_the_frame_moves_the_view(open_page: Open, inquiry: Path) -> None:
    one = open_page(inquiry, "view=1999-05-26_1999-12-12")
    before = one.page.evaluate("() => state.view")
    box = one.page.locator("#overview [data-part=frame]").bounding_box()
    one.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 4)
    one.page.mouse.down()
    one.page.mouse.move(box["x"] + box["width"] / 2 - 40, box["y"] + 4, steps=4)
    one.page.mouse.up()
    one.settle()
    after = one.page.evaluate("() => state.view")
    assert after[0] < before[0]
    assert after[1] - after[0] == pytest.approx(before[1] - before[0])


def test_filters_and_search_leave_the_counts_in_sight(open_page: Open, inquiry: Path) -> None:
    one = open_page(inquiry)
    assert shown(one).startswith("80 of 80 entries · 60 contacts: seen 22")
    one.page.get_by_label("Search the entries").fill("childminder")
    one.settle()
    number = int(shown(one).split()[0])
    assert 0 < number < 80
    assert count(one, "#drawing .m") == number
    one.page.get_by_role("button", name="Filters").click()
    one.page.locator("details[data-filter=seen] summary").click()
    one.page.locator("details[data-filter=seen]").get_by_text("not seen").click()
    one.settle()
    assert int(shown(one).split()[0]) < number
    one.page.get_by_role("button", name="Show all").click()
    one.settle()
    assert shown(one).startswith("80 of 80")


def test_lanes_stand_for_what_is_chosen(open_page: Open, inquiry: Path) -> None:
    one = open_page(inquiry)
    for by in ("person", "indicator", "professional", "agency"):
        one.page.get_by_label("Lanes by").select_option(by)
        one.settle()
        assert count(one, "#drawing .m") == one.page.evaluate(
            "(by) => data.lanes[by].reduce((sum, lane) => sum + lane.at.length, 0)", by
        )


def test_a_chain_is_followed_from_entry_to_entry(open_page: Open, inquiry: Path) -> None:
    one = open_page(inquiry)
    one.page.get_by_role("tab", name="To look at").click()
    one.settle()
    one.page.locator("#pane details li a.link").first.click()
    one.settle()
    chain = one.page.evaluate("() => data.findings[state.finding].chain")
    assert len(chain) > 2
    met = []
    while True:
        met.append(one.page.evaluate("() => state.chosen"))
        onward = one.page.get_by_role("button", name="Next in the chain")
        if onward.is_disabled():
            break
        onward.click()
        one.settle()
    assert met == chain
    assert count(one, "#drawing .ln.chain") == len(chain) - 1


def test_an_entry_is_shown_word_for_word_with_its_place(open_page: Open, inquiry: Path) -> None:
    one = open_page(inquiry)
    one.page.evaluate("() => set({ chosen: 12, pane: 'entry' })")
    one.settle()
    entry = one.page.evaluate("() => data.entries[12]")
    said = one.page.locator("#pane").inner_text()
    for words in (entry["text"], entry["place"], *(cell[1] for cell in entry["cells"])):
        assert " ".join(words.split()) in " ".join(said.split())
    assert "held by the end of" in said
    assert "others held then that it did not" in said


def test_one_fact_shows_only_its_holders_and_its_words(open_page: Open, inquiry: Path) -> None:
    one = open_page(inquiry)
    number = one.page.evaluate(
        "() => data.facts.findIndex((one) => one.held.length > 2 && one.held.some((held) => held[5].some((step) => step[4])))"
    )
    one.page.evaluate("(fact) => set({ fact, pane: 'fact' })", number)
    one.settle()
    fact = one.page.evaluate("(at) => data.facts[at]", number)
    said = " ".join(one.page.locator("#pane").inner_text().split())
    for agency, *_ in fact["held"]:
        assert one.page.evaluate("(at) => data.agencies[at].name", agency) in said
    assert "As sent" in said
    for *_, steps in fact["held"]:
        for _, _, row_, heard, _ in steps:
            for at in {row_, heard} - {None}:
                assert " ".join(one.page.evaluate("(at) => data.entries[at].text", at).split()) in said
    assert count(one, "#drawing .ln.journey") > 0
    assert 0 < count(one, "#drawing .m:not(.aside)") < 80


def test_the_persons_words_are_a_table(open_page: Open, inquiry: Path) -> None:
    one = open_page(inquiry, "main=words")
    assert count(one, "#words tbody tr") == one.page.evaluate("() => data.said.length") == 2
    one.page.get_by_role("button", name="Table", exact=True).click()
    one.settle()
    assert count(one, "#table tbody tr") == 80


def test_the_address_carries_the_view(open_page: Open, inquiry: Path) -> None:
    one = open_page(inquiry)
    one.page.evaluate(
        "() => set({ on: dayOf(1999, 7, 6), chosen: 20, pane: 'entry', by: 'person', q: 'a & b #', view: [730000, 730050] })"
    )
    one.page.wait_for_function("() => location.hash.includes('by=person')")
    address = one.page.evaluate("() => location.hash.slice(1)")
    other = open_page(inquiry, address)
    for key in ("on", "chosen", "pane", "by", "q", "view"):
        assert other.page.evaluate(f"() => state.{key}") == one.page.evaluate(f"() => state.{key}"), key


def test_an_entry_named_alone_in_the_address_is_opened(open_page: Open, inquiry: Path) -> None:
    one = open_page(inquiry, "entry=Brent+Social+Services/BSS-001")
    assert one.page.evaluate("() => [state.pane, data.entries[state.chosen].name]") == [
        "entry",
        "Brent Social Services/BSS-001",
    ]
    assert "BSS-001" in one.page.locator("#pane h2").first.inner_text()
    # A view in which another pane is open beside the chosen entry is still kept as it was.
    one.page.get_by_role("tab", name="Held on the day").click()
    one.page.wait_for_function("() => location.hash.includes('pane=held')")
    again = open_page(inquiry, one.page.evaluate("() => location.hash.slice(1)"))
    assert again.page.evaluate("() => [state.pane, state.chosen !== null]") == ["held", True]


def test_an_address_that_makes_no_sense_shows_the_first_view(open_page: Open, inquiry: Path) -> None:
    one = open_page(
        inquiry, "by=weather&on=yesterday&view=9_x&entry=none&cell=99_99&fact=-1&f.seen=%3Cb%3E&pane=__proto__"
    )
    assert one.page.evaluate("() => [state.by, state.pane, state.chosen, state.cell]") == ["agency", "held", None, None]


# --- what can be read at first sight ---------------------------------------------------------------------------------------

CASES = ("examples/climbie", "tests/cases/connelly", "tests/cases/training")

BOXES = """() => {
  const seen = (nodes) => [...nodes].map((node) => node.getBoundingClientRect());
  const numbers = seen(document.querySelectorAll("#drawing .m:not([visibility]) .ord"))
    .map((box) => [box.left + 0.5, box.top + 2, box.right - 0.5, box.bottom - 2]);
  const shapes = seen(document.querySelectorAll("#drawing .m:not([visibility]) .s"))
    .map((box) => [box.left + 1, box.top + 1, box.right - 1, box.bottom - 1]);
  const meet = (one, other) => one[0] < other[2] && one[2] > other[0] && one[1] < other[3] && one[3] > other[1];
  let numbers_meet = 0, marks_meet = 0;
  numbers.forEach((one, i) => {
    numbers_meet += numbers.slice(i + 1).filter((other) => meet(one, other)).length;
    marks_meet += shapes.filter((other) => meet(one, other)).length;
  });
  const drawing = document.getElementById("drawing"), rows = [...drawing.querySelectorAll(".name")];
  const left = drawing.getBoundingClientRect().left + scale.now.left;
  return {
    numbers: numbers.length, numbers_meet, marks_meet, hidden: drawing.scrollHeight - drawing.clientHeight,
    cut: rows.filter((row) => row.textContent.includes("…")).length,
    outside: rows.filter((row) => row.getBoundingClientRect().right > left).length,
  };
}"""


@pytest.fixture(scope="session", params=CASES)
def case_page(request: pytest.FixtureRequest, pages: Path) -> Path:
    name = str(request.param)
    return written(pages, kg.load(ROOT / name).review, name.replace("/", "-"))


@pytest.mark.parametrize(("wide", "high"), [(1366, 768), (1920, 1080)])
def test_at_first_sight_every_lane_name_and_number_can_be_read(
    open_page: Open, case_page: Path, wide: int, high: int
) -> None:
    """No lane lies beneath the edge, no name is cut, and no number of a repeated opportunity covers another or a mark."""
    found = open_page(case_page, width=wide, height=high).page.evaluate(BOXES)
    assert found.pop("numbers") > 5
    assert {*found.values()} == {0}, found


def test_numbers_stay_apart_where_many_happen_on_one_day(open_page: Open, pages: Path) -> None:
    from kg.pages.timeline.lanes import DEEPEST

    rows = [row(f"Care/C{at}", day(at // 4), "bruising", contact="home-visit") for at in range(4 * DEEPEST)]
    found = open_page(written(pages, review(*rows), "crowded")).page.evaluate(BOXES)
    assert found["numbers"] > 20
    assert found["numbers_meet"] == 0


# --- keys, readers, paper -------------------------------------------------------------------------------------------------


def test_everything_can_be_reached_by_keyboard_alone(open_page: Open, inquiry: Path) -> None:
    one = open_page(inquiry)
    keys = one.page.keyboard
    reached = set()
    for _ in range(60):
        keys.press("Tab")
        reached.add(
            one.page.evaluate(
                "() => { const at = document.activeElement; return at.closest('.m') ? 'mark' : at.closest('#held') ? 'square'"
                " : at.type === 'range' ? 'day' : at.type === 'search' ? 'search'"
                " : at.id || at.getAttribute('role') || at.tagName; }"
            )
        )
    assert {"mark", "square", "day", "search", "splitter", "tab", "BUTTON", "SELECT"} <= reached
    one.page.evaluate("() => document.querySelector('.m[tabindex=\"0\"]').focus()")
    first = one.page.evaluate("() => +document.activeElement.dataset.entry")
    keys.press("ArrowRight")
    keys.press("ArrowRight")
    keys.press("Enter")
    one.settle()
    assert one.page.evaluate("() => state.chosen") > first
    assert count(one, ".m.chosen") == 1
    keys.press("ArrowDown")
    one.settle()
    assert one.page.evaluate("() => document.activeElement.dataset.entry !== String(state.chosen)")
    keys.press("]")
    keys.press("+")
    one.settle()
    one.page.evaluate("() => document.querySelector('#inside')?.focus()")
    keys.press("Escape")
    one.settle()
    assert one.page.evaluate("() => state.chosen") is None


def test_squares_are_walked_by_arrow_keys(open_page: Open, inquiry: Path) -> None:
    one = open_page(inquiry)
    one.page.locator("#held td button").first.focus()
    for key in ("ArrowRight", "ArrowDown", "ArrowDown", "Enter"):
        one.page.keyboard.press(key)
    one.settle()
    assert one.page.evaluate("() => state.cell") == [1, 2]


@pytest.mark.parametrize(
    "view",
    ["", "pane=entry&entry=Brent+Social+Services/BSS-001", "pane=findings", "pane=fact", "main=table", "main=words"],
)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_passes_the_checks_for_accessibility(open_page: Open, inquiry: Path, view: str, scheme: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    one = open_page(inquiry, view, color_scheme=scheme)
    # The checker comes as a script; the page lets no script in, so it is run from outside.
    one.page.evaluate(Axe().axe_script)
    found = one.page.evaluate(
        "() => axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'] })"
        ".then((done) => done.violations.map((each) => [each.id, each.nodes.length, each.nodes[0].html,"
        " each.nodes[0].failureSummary]))"
    )
    assert found == []


def test_every_mark_has_a_name_for_those_who_listen(open_page: Open, inquiry: Path) -> None:
    one = open_page(inquiry)
    names = one.page.locator("#drawing .m title").all_text_contents()
    assert len(names) == len({*names}) == 80
    assert all(" (" in name for name in names)


@pytest.mark.parametrize(("paper", "size"), [("a3", (1190, 841)), ("a4", (841, 595))])
def test_print_has_a_drawing_and_then_the_entries(
    open_page: Open, inquiry: Path, tmp_path: Path, paper: str, size: Any
) -> None:
    import re

    one = open_page(inquiry, f"paper={paper}")
    file = tmp_path / "printed.pdf"
    one.page.pdf(path=file, prefer_css_page_size=True, print_background=True)
    content = file.read_bytes()
    boxes = {
        tuple(round(float(part)) for part in found.split()[2:])
        for found in re.findall(r"/MediaBox \[([^]]+)\]", content.decode("latin-1"))
    }
    assert len(boxes) == 1
    wide, high = boxes.pop()
    assert abs(wide - size[0]) <= 2
    assert abs(high - size[1]) <= 2
    one.settle()
    # The sheet holds the whole drawing and its legend on the first page, and all entries on the following ones.
    one.page.emulate_media(media="print")
    one.page.evaluate("() => dispatchEvent(new Event('beforeprint'))")
    one.page.set_viewport_size({"width": round(size[0] / 0.75) - 76, "height": 900})
    one.settle()
    bottom = one.page.evaluate("() => document.getElementById('legend').getBoundingClientRect().bottom")
    assert bottom < size[1] / 0.75 - 90
    assert count(one, "#printed tbody tr") == 80
    assert one.page.locator("#bar").is_hidden()
    one.page.evaluate("() => dispatchEvent(new Event('afterprint'))")
    assert count(one, "#printed tbody tr") == 0


def test_at_twice_the_size_nothing_is_cut_off(open_page: Open, inquiry: Path) -> None:
    one = open_page(inquiry, width=683, height=384)
    wide = one.page.evaluate("() => [document.documentElement.scrollWidth, innerWidth]")
    assert wide[0] <= wide[1]
    left, pane = (one.page.locator(part).bounding_box() for part in ("#left", "#pane"))
    drawing = one.page.locator("#drawing").bounding_box()
    assert left["y"] + left["height"] <= pane["y"] + 1, "the panel stands below the drawing, not on it"
    assert drawing["y"] + drawing["height"] <= left["y"] + left["height"] + 1
    one.page.get_by_role("tab", name="To look at").click()
    one.settle()
    assert one.page.locator("#pane").is_visible()


def test_those_who_want_no_motion_get_none(open_page: Open, inquiry: Path) -> None:
    one = open_page(inquiry, reduced_motion="reduce")
    assert one.page.evaluate("() => getComputedStyle(document.querySelector('.m')).transitionDuration") == "0s"


# --- hostile and unusual ------------------------------------------------------------------------------------------------------

WORDS = (
    "</script><script>alert('x')</script> <img src=x onerror=\"alert('y')\"> {{title}} ${alert(1)} ]]>",
    "\u202eright to left\u202c \u0634\u0631\u062d \u05e2\u05d1\u05e8\u05d9\u05ea",
    "\U0001f9d2\U0001f3fd\u200d\U0001f9af emoji \U0001f1ec\U0001f1e7 \u2028 \u2029 \ufeff",
    "word " * 1000,
    "x" * 5000,
)


def wild(number: int, words: str, agency: str) -> Entry:
    plain = row(
        f"{agency}/{words[:40]} {number}".replace("/", "|").replace("|", "/", 1), day(number), "bruising", seen="yes"
    )
    return replace(
        plain, name=f"{agency}/R{number}{words[:30]}", ref=f"R{number}{words[:30]}", agency=agency, narrative=words, said=words,
        people=("Sam", words[:60]), place=Place(f"returns/{words[:20]}.csv", words[:20], number),
        cells={"ref": f"R{number}", "what-happened": words, words[:50]: words, "professional": words[:80]},
    )  # fmt: skip


def test_hostile_words_stay_words(open_page: Open, pages: Path) -> None:
    names = [f"{words[:60]} {at}" for at, words in enumerate(WORDS)]
    agencies = tuple(Agency(name, "childrens-social-care", has_return=True) for name in names)
    made = review(*(wild(at, words, names[at]) for at, words in enumerate(WORDS)), agencies=agencies)
    one = open_page(written(pages, replace(made, title=WORDS[0]), "hostile"))
    for at, words in enumerate(WORDS):
        one.page.evaluate("(at) => set({ chosen: at, pane: 'entry' })", at)
        one.settle()
        assert one.page.locator("#pane .verbatim").first.evaluate("(node) => node.textContent") == words
    for view in ("table", "words"):
        one.page.evaluate("(main) => set({ main })", view)
        one.settle()
    for pane in ("held", "findings", "fact"):
        one.page.evaluate("(pane) => set({ pane })", pane)
        one.settle()
    one.page.get_by_label("Search the entries").fill("<img src=x onerror=alert(3)>")
    one.settle()
    assert one.page.evaluate("() => document.querySelectorAll('img, iframe, object, embed, link').length") == 0
    assert one.page.evaluate("() => document.scripts.length") == 2
    assert one.page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")


def test_sixty_agencies_have_sixty_lanes_and_letters(open_page: Open, pages: Path) -> None:
    agencies = tuple(Agency(f"Agency number {at}", "school", has_return=True) for at in range(60))
    rows = [row(f"Agency number {at}/R{at}", day(at % 40), "bruising", contact="school-contact") for at in range(60)]
    one = open_page(written(pages, review(*rows, agencies=agencies), "sixty"))
    assert count(one, "#drawing .m") == 60
    letters = one.page.evaluate("() => data.agencies.map((agency) => agency.letter)")
    assert len({*letters}) == 60
    assert one.page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("number", [0, 1])
def test_one_entry_or_none_is_shown_without_complaint(open_page: Open, pages: Path, number: int) -> None:
    one = open_page(written(pages, review(*[row("Care/C1", day(3), "bruising")][:number]), f"few{number}"))
    assert shown(one).startswith(f"{number} of ")
    for view in ("table", "words", "drawing"):
        for pane in ("held", "entry", "findings", "fact"):
            one.page.evaluate("(next) => set(next)", {"main": view, "pane": pane})
            one.settle()


def test_an_undated_entry_waits_in_the_tray(open_page: Open, pages: Path) -> None:
    from kg.dates.when import UNDATED

    one = open_page(written(pages, review(row("Care/C1", day(3)), row("Care/C2", UNDATED, "neglect")), "undated"))
    assert count(one, "#drawing .m") == 1
    one.page.locator("#tray").get_by_text("C2").click()
    one.settle()
    assert "it cannot be said what was held then" in one.page.locator("#pane").inner_text()


def test_a_low_window_of_a_laptop_shows_every_agency(open_page: Open, inquiry: Path) -> None:
    one = open_page(inquiry, width=1366, height=625)
    found = one.page.evaluate(BOXES)
    assert (found["hidden"], found["cut"], found["outside"]) == (0, 0, 0)
