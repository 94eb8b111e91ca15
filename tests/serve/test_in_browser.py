"""A served review in a real browser: opened by its address with the token, followed by links, shown again when files change."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from helpers.serving import Running, serving

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Running]:
    folder = tmp_path / "review"
    shutil.copytree(ROOT / "examples" / "climbie", folder)
    yield from serving(folder)


@pytest.fixture
def page(browser: Any, running: Running) -> Iterator[Any]:
    context = browser.new_context()
    one, said, asked = context.new_page(), [], []
    one.on("console", lambda message: said.append(message.text))
    one.on("pageerror", lambda error: said.append(str(error)))
    one.on("request", lambda request: asked.append(request.url))
    one.goto(f"{running.address}?token={running.token}")
    yield one
    assert said == [], "the page complained"
    assert [url for url in asked if not url.startswith(running.address)] == [], "the page asked elsewhere"
    context.close()


def test_a_reader_goes_from_a_question_to_an_entry_to_the_timeline(page: Any, running: Running) -> None:
    assert page.url == running.address, "the token is not kept in the address"
    page.get_by_role("link", name="Questions", exact=True).click()
    page.locator('form[action="/ask/times-not-seen"] button').click()
    link = page.locator("td a").first
    name = link.inner_text()
    link.click()
    assert page.locator("h1").inner_text() == name
    page.get_by_role("link", name="On the timeline").click()
    frame = page.frame_locator("iframe")
    frame.locator("html[data-ready=yes]").wait_for()
    assert name in frame.locator("body").inner_text()


def test_the_drawing_of_who_told_whom_is_shown(page: Any, running: Running) -> None:
    page.get_by_role("link", name="Who told whom").first.click()
    page.frame_locator("iframe").locator("html[data-ready=yes]").wait_for()


def test_a_query_of_ones_own_is_answered(page: Any, running: Running) -> None:
    page.goto(f"{running.address}sparql-page")
    page.get_by_label("Query").fill("SELECT (COUNT(*) AS ?n) WHERE { ?row a kg:Entry }")
    page.get_by_role("button", name="Ask").click()
    assert page.locator("td").first.inner_text() == "80"


def test_a_page_shows_a_changed_file_and_a_query_page_only_says_so(page: Any, running: Running) -> None:
    toml = running.folder / "review.toml"
    words = toml.read_text(encoding="utf-8")
    assert "title = " in words
    first, _, rest = words.partition("title = ")
    changed = f'{first}title = "A corrected title"\n{rest.partition(chr(10))[2]}'
    page.goto(f"{running.address}timeline")
    page.frame_locator("iframe").locator("html[data-ready=yes]").wait_for()
    toml.write_text(changed, encoding="utf-8")
    page.get_by_role("banner").get_by_text("A corrected title").wait_for(timeout=20_000)
    page.goto(f"{running.address}sparql-page")
    page.get_by_label("Query").fill("half a que")
    toml.write_text(words, encoding="utf-8")
    page.get_by_text("The review's files have changed").wait_for(timeout=20_000)
    assert page.get_by_label("Query").input_value() == "half a que"
