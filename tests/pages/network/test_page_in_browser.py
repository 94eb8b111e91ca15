"""The drawing of who told whom in a real browser: what it shows on a day, what can be reached, and what it never does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from helpers.asking import TERMS
from helpers.small import MONDAY, day, review, row

import kg
from kg.dates.when import minute_of
from kg.findings.study import find_gaps
from kg.model.record import Entry
from kg.model.review import Agency, Person, Review
from kg.pages.network.data import network_data
from kg.pages.network.page import network_page

Open = Callable[..., Any]
ROOT = Path(__file__).resolve().parents[3]


def written(folder: Path, made: Review, name: str) -> Path:
    file = folder / f"{name}.html"
    file.write_text(network_page(network_data(find_gaps(made, TERMS))), encoding="utf-8", newline="\n")
    return file


@pytest.fixture(scope="module")
def case() -> Review:
    return kg.load(ROOT / "examples" / "climbie").review


@pytest.fixture(scope="module")
def inquiry(tmp_path_factory: pytest.TempPathFactory, case: Review) -> Path:
    return written(tmp_path_factory.mktemp("network"), case, "inquiry")


def go(one: Any, on: date) -> None:
    one.page.evaluate(
        "(day) => { const slider = document.querySelector('#day input'); slider.value = day; "
        "slider.dispatchEvent(new Event('input')); }",
        on.toordinal(),
    )
    one.settle()


def lines(one: Any) -> dict[str, Any]:
    """The lines that are drawn, by their id."""
    found: dict[str, Any] = one.page.evaluate(
        "() => Object.fromEntries(kgNetwork.lines.get().filter((line) => !line.hidden)"
        ".map((line) => [line.id, line.number]))"
    )
    return found


def test_the_lines_of_a_day_are_those_recorded_by_then(open_page: Open, inquiry: Path, case: Review) -> None:
    """Line by line, on several days, forwards and back, and the list beside the drawing holds the same."""
    made = network_data(find_gaps(case, TERMS))
    one = open_page(inquiry)
    one.page.get_by_label("What did not arrive").select_option("all")
    days = [date(1999, 4, 1), date(1999, 7, 14), date(1999, 7, 28), date(1999, 8, 6), date(1999, 11, 5)]
    seen = []
    for on in (*days, *reversed(days[:2])):
        go(one, on)
        end = minute_of(on) + 1439
        wanted = {
            line["id"]: len([item for item in line["items"] if item["at"][0] <= end])
            for line in made["lines"]
            if line["kind"] != "works"
        }
        drawn = lines(one)
        assert {*drawn} == {line for line, number in wanted.items() if number}
        kinds = {line["id"]: line["kind"] for line in made["lines"]}
        for line, label in drawn.items():
            assert label == (str(wanted[line]) if wanted[line] > 1 and kinds[line] in ("told", "missed") else "")
        listed = one.page.evaluate(
            "() => [...document.querySelectorAll('tr[data-line]')].map((row) => [row.dataset.line, +row.cells[1].textContent])"
        )
        assert dict(listed) == {line: number for line, number in wanted.items() if number}
        seen.append(len(drawn))
    assert seen[0] < seen[2] < seen[4]
    assert seen[-1] == seen[0]


def test_nobody_moves(open_page: Open, inquiry: Path, case: Review) -> None:
    one = open_page(inquiry)
    before = one.page.evaluate("() => kgNetwork.places()")
    wanted = {node["id"]: {"x": node["x"], "y": node["y"]} for node in network_data(find_gaps(case, TERMS))["nodes"]}
    assert len(before) > 20
    assert {node: wanted[node] for node in before} == before
    go(one, date(1999, 7, 14))
    one.page.wait_for_timeout(300)
    assert one.page.evaluate("() => kgNetwork.places()") == before


def test_a_click_on_an_agency_and_then_its_line_lists_the_entries(open_page: Open, inquiry: Path) -> None:
    one = open_page(inquiry)
    where = one.page.evaluate("() => kgNetwork.at('a1')")
    box = one.page.locator("#drawing").bounding_box()
    one.page.mouse.click(box["x"] + where["x"], box["y"] + where["y"])
    one.page.wait_for_selector("#chosen h2")
    assert "lines by the whole record" in one.page.locator("#chosen").inner_text()
    one.page.locator("#chosen button", has_text=" told ").first.click()
    one.settle()
    assert "recorded by the whole record" in one.page.locator("#chosen").inner_text()
    assert one.page.locator("#chosen .item").count() >= 1


def test_a_line_is_chosen_by_keyboard_alone(open_page: Open, inquiry: Path) -> None:
    one = open_page(inquiry)
    for _ in range(60):
        one.page.keyboard.press("Tab")
        if one.page.evaluate("() => !!document.activeElement.closest('tr[data-line]')"):
            break
    one.page.keyboard.press("Enter")
    one.settle()
    assert one.page.locator("#chosen .item").count() >= 1
    assert one.page.locator("tr.chosen").count() == 1
    one.page.keyboard.press("Escape")
    one.settle()
    assert one.page.locator("#chosen h2").count() == 0


def test_the_day_is_moved_by_arrow_keys_and_by_brackets(open_page: Open, inquiry: Path) -> None:
    one = open_page(inquiry)
    go(one, date(1999, 7, 14))
    slider = one.page.get_by_label("As of day")
    slider.focus()
    slider.press("ArrowRight")
    one.settle()
    assert one.page.locator("#day output").inner_text() == "15 July 1999"
    one.page.locator("h1").click()
    one.page.evaluate("() => document.activeElement.blur()")
    one.page.keyboard.press("[")
    one.settle()
    assert one.page.locator("#day output").inner_text() == "14 July 1999"


def test_professionals_come_when_they_are_asked_for(open_page: Open, inquiry: Path) -> None:
    one = open_page(inquiry)
    hidden = "() => kgNetwork.nodes.get().filter((node) => node.group === 'worker' && !node.hidden).length"
    assert one.page.evaluate(hidden) == 0
    one.page.get_by_label("Professionals").check()
    one.settle()
    assert one.page.evaluate(hidden) > 20


def test_names_can_be_read_when_thirty_stand_in_the_drawing(open_page: Open, tmp_path: Path) -> None:
    agencies = tuple(Agency(f"Agency number {at}", "school", has_return=True) for at in range(20))
    people = tuple(Person("Sam" if at == 0 else f"Person {at}", role="child") for at in range(10))
    rows = [row(f"Agency number {at}/R{at}", day(at), "bruising", contact="school-contact") for at in range(20)]
    one = open_page(written(tmp_path, review(*rows, agencies=agencies, people=people), "thirty"))
    # Fifteen units high at this scale, in pixels of the screen.
    assert one.page.evaluate("() => kgNetwork.scale()") * 15 >= 11


@pytest.mark.parametrize("name", ["examples/climbie", "tests/cases/connelly", "tests/cases/training"])
@pytest.mark.parametrize(("wide", "high"), [(1366, 768), (1920, 1080)])
def test_numbers_lie_on_no_name_and_on_no_other_number(
    open_page: Open, tmp_path: Path, name: str, wide: int, high: int
) -> None:
    one = open_page(written(tmp_path, kg.load(ROOT / name).review, "case"), width=wide, height=high)
    one.page.get_by_role("button", name="Drawing", exact=True).click()
    one.page.wait_for_timeout(200)
    numbers = one.page.evaluate("() => kgNetwork.numbers()")
    names = one.page.evaluate(
        "() => kgNetwork.nodes.get().filter((node) => !node.hidden).map((node) => kgNetwork.box(node.id))"
        ".map((box) => [box.left, box.top, box.right, box.bottom])"
    )
    boxes = [box for _, box in numbers]
    wanted = {line for line, number in lines(one).items() if number}
    assert {line for line, _ in numbers} <= wanted
    assert len(numbers) >= 0.9 * len(wanted), "nearly every number finds its place; the list beside the drawing has all"
    for at, box in enumerate(boxes):
        for other in (*names, *boxes[:at]):
            assert not (box[0] < other[2] and box[2] > other[0] and box[1] < other[3] and box[3] > other[1])


def test_where_lines_are_many_contacts_wait_to_be_asked_for(open_page: Open, tmp_path: Path, inquiry: Path) -> None:
    assert open_page(inquiry).page.get_by_label("Contacts naming people").is_checked()
    crowded = open_page(written(tmp_path, kg.load(ROOT / "tests/cases/training").review, "training"))
    before = len(lines(crowded))
    assert not crowded.page.get_by_label("Contacts naming people").is_checked()
    crowded.page.get_by_label("Contacts naming people").check()
    crowded.settle()
    assert len(lines(crowded)) > before


def test_paper_is_light_and_the_screen_comes_back(open_page: Open, tmp_path: Path, inquiry: Path) -> None:
    one = open_page(inquiry, color_scheme="dark")
    before = one.page.evaluate("() => [kgNetwork.scale(), kgNetwork.places()]")
    one.page.evaluate("() => dispatchEvent(new Event('beforeprint'))")
    assert (
        one.page.evaluate("() => getComputedStyle(document.documentElement).getPropertyValue('--paper').trim()")
        == "#fff"
    )
    one.page.evaluate("() => dispatchEvent(new Event('afterprint'))")
    one.settle()
    one.page.pdf(path=tmp_path / "network.pdf", prefer_css_page_size=True, print_background=True)
    assert b"/MediaBox [0 0 119" in (tmp_path / "network.pdf").read_bytes()
    one.page.wait_for_timeout(300)
    assert one.page.evaluate("() => [kgNetwork.scale(), kgNetwork.places()]") == before


def test_nothing_is_wrong_for_those_who_listen(open_page: Open, inquiry: Path) -> None:
    from axe_playwright_python.sync_playwright import Axe

    one = open_page(inquiry)
    one.page.locator("tr[data-line] button").first.click()
    one.settle()
    one.page.evaluate(Axe().axe_script)
    for form in ("Drawing", "Table"):
        one.page.get_by_role("button", name=form, exact=True).click()
        one.settle()
        found = one.page.evaluate(
            "() => axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'] })"
            ".then((done) => done.violations)"
        )
        assert [(each["id"], [node["target"] for node in each["nodes"]]) for each in found] == [], form


WORDS = (
    "</script><script>alert(1)</script>",
    "<img src=x onerror=alert(2)>",
    "\u202egnihton \u2067wrong\u2069",
    "👩‍👧 family \U0001f9d1\U0001f3fd",
    "__proto__",
    "x" * 5000,
)


def wild(number: int, words: str, agency: str, other: str) -> Entry:
    plain = row(f"Care/R{number}", day(number), "bruising", people=("Sam", "Alex"), to=(other,))
    return replace(
        plain, agency=agency, name=f"{agency}/R{number}", narrative=words, cells={"professional": words[:80]}
    )


def test_hostile_words_stay_words(open_page: Open, tmp_path: Path) -> None:
    names = [f"{words[:60]} {at}" for at, words in enumerate(WORDS)]
    agencies = tuple(Agency(name, "childrens-social-care", has_return=True) for name in names)
    rows = [wild(at, words, names[at], names[at - 1]) for at, words in enumerate(WORDS)]
    one = open_page(written(tmp_path, replace(review(*rows, agencies=agencies), title=WORDS[0]), "hostile"))
    one.page.get_by_label("Professionals").check()
    buttons = one.page.locator("tr[data-line] button")
    read = set()
    for at in range(buttons.count()):
        buttons.nth(at).click()
        one.settle()
        read |= {
            *one.page.evaluate("() => [...document.querySelectorAll('#chosen .words')].map((node) => node.textContent)")
        }
        buttons.nth(at).click()
    assert {*WORDS} <= read
    assert one.page.evaluate("() => document.querySelectorAll('img, iframe, object, embed, link').length") == 0
    assert one.page.evaluate("() => document.scripts.length") == 3
    assert one.page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("number", [0, 1])
def test_one_entry_or_none_is_drawn_without_complaint(open_page: Open, tmp_path: Path, number: int) -> None:
    one = open_page(written(tmp_path, review(*[row("Care/C1", day(3), "bruising")][:number]), f"few{number}"))
    assert len(lines(one)) == number


def test_it_follows_a_dark_screen_and_a_small_one(open_page: Open, inquiry: Path) -> None:
    dark = open_page(inquiry, color_scheme="dark")
    assert (
        dark.page.evaluate("() => getComputedStyle(document.documentElement).backgroundColor") != "rgb(255, 255, 255)"
    )
    narrow = open_page(inquiry, width=683, height=384)
    assert narrow.page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")


def test_play_runs_over_the_days_with_a_line_in_twenty_to_thirty_seconds(open_page: Open, inquiry: Path) -> None:
    one = open_page(inquiry)
    for days in (10, 57, 400, 5_000):
        wait, at_once = one.page.evaluate("(days) => kgNetwork.pace(days)", days)
        assert 20_000 <= -(-days // at_once) * wait <= 30_000, days
    low, high, days = one.page.evaluate(
        "() => { const s = document.querySelector('#day input'); return [+s.min, +s.max, kgNetwork.days]; }"
    )
    assert low == days[0] - 1
    assert high == days[-1]
    one.page.get_by_role("button", name="Play").click()
    one.page.wait_for_function("() => document.querySelector('#day output').textContent !== 'the whole record'")
    one.page.get_by_role("button", name="Pause").click()


def test_agencies_that_never_spoke_are_seen_as_such(open_page: Open, inquiry: Path, case: Review) -> None:
    """A border with gaps, and their names beside the list, on every one of several days."""
    one = open_page(inquiry)
    for on in (date(1999, 4, 1), date(1999, 7, 14), date(1999, 8, 6), date(2000, 3, 1)):
        go(one, on)
        told = one.page.evaluate(
            "() => { const kinds = new Map(JSON.parse(document.getElementById('data').textContent).lines"
            ".map((line) => [line.id, line.kind])); return kgNetwork.lines.get().filter((line) => !line.hidden"
            " && kinds.get(line.id) === 'told').flatMap((line) => [line.from, line.to]); }"
        )
        gaps, agencies = one.page.evaluate(
            "() => { const all = JSON.parse(document.getElementById('data').textContent).nodes"
            ".filter((node) => node.kind === 'agency'); return [all.filter((node) => kgNetwork.nodes.get(node.id)"
            ".shapeProperties.borderDashes).map((node) => node.id), all.map((node) => [node.id, node.name])]; }"
        )
        assert {*gaps} == {id for id, _ in agencies} - {*told}
        said = one.page.locator("#silent").inner_text()
        assert all((name in said) == (id in gaps) for id, name in agencies)


CELLS = (
    "() => Object.fromEntries([...document.querySelectorAll('#matrix td[data-choose^=pair]')]"
    ".map((cell) => [cell.dataset.choose, [...cell.children].map((each) => [each.className[0], +each.textContent])]))"
)


def as_table(one: Any) -> None:
    one.page.get_by_role("button", name="Table", exact=True).click()
    one.settle()


def test_the_table_holds_on_each_day_what_the_drawing_holds(open_page: Open, inquiry: Path, case: Review) -> None:
    """Pair by pair: tellings and what did not arrive; and the totals beside them are their sums."""
    made = network_data(find_gaps(case, TERMS))
    one = open_page(inquiry)
    one.page.get_by_label("What did not arrive").select_option("all")
    as_table(one)
    full = 0
    for on in (date(1999, 4, 1), date(1999, 7, 14), date(1999, 7, 28), date(2000, 3, 1), date(1999, 7, 14)):
        go(one, on)
        end = minute_of(on) + 1439
        wanted: dict[str, list[list[Any]]] = {}
        for line in made["lines"]:
            number = len([item for item in line["items"] if item["at"][0] <= end])
            if line["kind"] in ("told", "missed") and number:
                wanted.setdefault(f"pair {line['from']} {line['to']}", []).append([line["kind"][0], number])
        assert {pair: held for pair, held in one.page.evaluate(CELLS).items() if held} == wanted
        told = sum(number for held in wanted.values() for kind, number in held if kind == "t")
        assert one.page.locator("#matrix tbody tr:last-child td:last-child").inner_text() == str(told)
        full = max(full, len(wanted))
    assert full > 10


def test_the_table_is_one_stop_and_arrows_go_from_cell_to_cell(open_page: Open, inquiry: Path) -> None:
    one = open_page(inquiry)
    as_table(one)
    assert one.page.locator("#matrix [tabindex='0']").count() == 1
    one.page.locator("#matrix [tabindex='0']").focus()
    here = "() => document.activeElement.dataset.at"
    for key, at in (
        ("ArrowDown", "2 1"),
        ("ArrowRight", "2 2"),
        ("ArrowUp", "1 2"),
        ("Home", "1 0"),
        ("ArrowLeft", "1 0"),
    ):
        one.page.keyboard.press(key)
        assert one.page.evaluate(here) == at
    one.page.keyboard.press("ArrowDown")
    one.page.keyboard.press("Enter")
    one.settle()
    assert one.page.locator("#chosen h2").inner_text() == "Ealing Homeless Persons Unit"
    assert one.page.locator("#matrix [tabindex='0']").count() == 1
    said = one.page.locator("#matrix td[data-choose='pair a1 a2']").get_attribute("aria-label")
    assert "told, 1 telling" in said


def test_what_is_chosen_is_lit_in_every_form(open_page: Open, inquiry: Path, case: Review) -> None:
    """An entry and a finding light exactly the lines that hold them; the table and the list agree."""
    made = network_data(find_gaps(case, TERMS))
    one = open_page(inquiry)
    missed = next(line for line in made["lines"] if line["kind"] == "missed" and any(i["grave"] for i in line["items"]))
    finding = next(item["finding"] for item in missed["items"] if item["grave"])
    ways = {line["id"] for line in made["lines"] for item in line["items"] if item.get("finding") == finding}
    one.page.locator(f"tr[data-line={missed['id']}] button").click()
    one.settle()
    title = next(item["words"] for item in missed["items"] if item["finding"] == finding)
    one.page.locator("#chosen button.plain", has_text=title).first.click()
    one.settle()
    lit = "() => [...document.querySelectorAll('tr.chosen')].map((row) => row.dataset.line)"
    assert {*one.page.evaluate(lit)} == ways
    as_table(one)
    pairs = {f"pair {line['from']} {line['to']}" for line in made["lines"] if line["id"] in ways}
    in_table = "() => [...document.querySelectorAll('#matrix td.lit')].map((cell) => cell.dataset.choose)"
    assert {*one.page.evaluate(in_table)} == pairs
    one.page.locator("#chosen .item button.plain").first.click()
    one.settle()
    name = one.page.locator("#chosen .item button.plain").first.inner_text()
    row_ = next(at for at, entry in enumerate(made["entries"]) if entry["name"] == name)
    shown = {line["id"] for line in made["lines"] if any(row_ in item["rows"] for item in line["items"])}
    assert {*one.page.evaluate(lit)} <= shown
    assert one.page.evaluate(lit)


def test_a_receipt_counts_from_the_day_of_the_receivers_record(open_page: Open, tmp_path: Path) -> None:
    made = review(
        row("School/S1", day(2), "bruising", contact="telephone-call", to=("Care",)),
        row("Care/C1", day(3), "bruising", contact="referral-received", heard_from=("School",)),
        row("School/S2", day(9), contact="school-contact"),
    )
    drawn = network_data(find_gaps(made, TERMS))
    assert [bool(item["heard"]) for line in drawn["lines"] if line["kind"] == "told" for item in line["items"]] == [
        True
    ]
    one = open_page(written(tmp_path, made, "receipt"))
    as_table(one)
    for later, unheard in ((2, 1), (3, 0)):
        go(one, MONDAY + timedelta(later))
        assert one.page.locator("#matrix b.t").count() == 1
        assert one.page.locator("#matrix b.unheard").count() == unheard
        one.page.locator("tr[data-line] button").first.click()
        one.settle()
        words = one.page.locator("#chosen").inner_text()
        assert ("No record of receipt by" in words) is bool(unheard)
        assert ("Care/C1" in words) is not bool(unheard)
        one.page.keyboard.press("Escape")


@pytest.mark.parametrize(("name", "table"), [("examples/climbie", False), ("tests/cases/training", True)])
def test_where_lines_between_agencies_cross_everywhere_the_table_comes_first(
    open_page: Open, tmp_path: Path, name: str, table: bool
) -> None:
    one = open_page(written(tmp_path, kg.load(ROOT / name).review, "case"), width=1366, height=625)
    assert one.page.locator("#matrix").is_visible() is table
    assert one.page.locator("#drawing").is_visible() is not table
    one.page.keyboard.press("m")
    one.settle()
    assert one.page.locator("#matrix").is_visible() is not table
