"""As of a day the page shows nothing that came later, says why an agency is silent, and plays in the time it says."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from helpers.asking import TERMS
from helpers.small import day, review, row

import kg
from kg.dates.when import UNDATED
from kg.findings.study import find_gaps
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


HERE = Path(__file__).parent
ROOT = HERE.parents[2]
CASES = ("examples/climbie", "tests/cases/connelly", "tests/cases/hayter", "tests/cases/training")


def written(folder: Path, made: Review, name: str) -> Path:
    file = folder / f"{name}.html"
    file.write_text(timeline_page(timeline_data(find_gaps(made, TERMS))), encoding="utf-8", newline="\n")
    return file


@pytest.fixture(scope="module", params=CASES)
def case_page(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    name = str(request.param)
    return written(tmp_path_factory.mktemp("truth"), kg.load(ROOT / name).review, name.replace("/", "-"))


EVERY_DAY = (HERE / "every_day.js").read_text(encoding="utf-8")


def test_on_no_day_is_anything_later_shown_at_full_strength(open_page: Open, case_page: Path) -> None:
    """Marks, rings, numbers, lines, the bands in the head and the squares, on every day of the drawing."""
    found = open_page(case_page).page.evaluate(EVERY_DAY)
    assert found["wrong"] == []
    assert found["days"] > 300
    if "hayter" not in case_page.name:
        assert found["squares"] > 1000, "the law was tried on squares that have a ring"


EVERY_LIST = (HERE / "every_list.js").read_text(encoding="utf-8")


def test_lists_tell_of_nothing_later_but_folded_or_in_grey(open_page: Open, case_page: Path) -> None:
    """What stands behind a square, one fact, one entry, what to look at, the table and the words, on the days of the record."""
    found = open_page(case_page).page.evaluate(EVERY_LIST)
    assert found["wrong"] == []
    assert found["links"] > found["later"] > 0


def test_accounts_of_one_event_carry_one_number(open_page: Open, case_page: Path) -> None:
    one = open_page(case_page)
    wrong = one.page.evaluate(
        "() => data.entries.flatMap((each, at) => marks.told[at].missed === null ? [] : each.linked"
        ".filter((other) => marks.told[other].missed !== null && data.entries[other].number !== each.number))"
    )
    assert wrong == []


def test_play_takes_twenty_to_thirty_seconds_over_the_days_in_view(open_page: Open, case_page: Path) -> None:
    """Over ten days on which something happens or ten thousand; over fewer it may be sooner, and no step takes longer."""
    one = open_page(case_page)
    for days in (10, 11, 57, 400, 401, 5_000, 50_000):
        wait, at_once = one.page.evaluate("(days) => day.pace(days)", days)
        assert 20_000 <= -(-days // at_once) * wait <= 30_000, days
        assert wait >= 60
    assert one.page.evaluate("() => day.pace(3)") == [2500, 1]
    inside, changes, view = one.page.evaluate("() => [day.inside(), day.changes, state.view]")
    low, high = one.page.evaluate("() => ['min', 'max'].map((end) => +document.querySelector('#day input')[end])")
    assert inside == [each for each in changes if view[0] - 1 < each < view[1] + 1]
    assert [low, high] == [inside[0] - 1, inside[-1]]


def test_an_agency_that_is_silent_says_why_in_its_lane_and_its_column(open_page: Open, tmp_path: Path) -> None:
    rows = [
        row("Care/C1", day(1), "bruising"),
        row("Police/P1", day(2), read=False), row("Police/P2", day(3), "bruising"),
        row("Hospital/H1", UNDATED, "bruising"), row("Hospital/H2", UNDATED, "neglect"),
    ]  # fmt: skip
    agencies = (
        Agency("Care", "childrens-social-care", has_return=True), Agency("Police", "police", has_return=True),
        Agency("Hospital", "hospital", has_return=True), Agency("School", "school"),
    )  # fmt: skip
    one = open_page(written(tmp_path, review(*rows, agencies=agencies), "silent"))
    said = [each.text_content() for each in one.page.locator("#drawing .lanenote").all()]
    assert said == ["1 of 2 rows unread", "2 undated", "no return"]
    columns = [each.text_content() for each in one.page.locator("#held thead th .upright").all()]
    assert columns == ["Care", "Police1 of 2 unread", "Hospital2 undated", "Schoolno return"]


def test_what_is_told_of_is_not_called_exact(open_page: Open, case_page: Path) -> None:
    """The page adds no quotation marks, and calls nothing exact or quoted."""
    one = open_page(case_page, "main=words")
    said = one.page.locator("#words").inner_text() + one.page.locator("#drawing .head").text_content()
    assert "xact" not in said
    own = one.page.evaluate("() => data.said.map(({ row }) => data.entries[row].said)")
    cells = [each.text_content() for each in one.page.locator("#words td.said").all()]
    assert cells == own
