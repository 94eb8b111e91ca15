"""A browser for the tests of pages: Debian's Chromium, with a fresh profile, and no request leaving the page."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


def chromium() -> str | None:
    """Where Chromium is: as KG_CHROMIUM says, else on the path."""
    named = os.environ.get("KG_CHROMIUM")
    return named or next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


@pytest.fixture(scope="session", name="browser")
def one_browser() -> Iterator[Any]:
    """One browser for all tests. Without one they are skipped on a desk, and fail where every test must run."""
    found = chromium()
    if found is None:
        if os.environ.get("CI"):
            pytest.fail("no Chromium: install it (apt-get install chromium) or name it in KG_CHROMIUM")
        pytest.skip("no Chromium on the path and none named in KG_CHROMIUM")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        one = playwright.chromium.launch(executable_path=found, args=FLAGS)
        yield one
        one.close()


class Opened:
    """A page that is open, with all that it said and asked for."""

    def __init__(self, page: Any) -> None:
        self.page, self.said, self.asked = page, [], []
        page.on("console", lambda message: self.said.append(f"{message.type}: {message.text}"))
        page.on("pageerror", lambda error: self.said.append(f"error: {error}"))
        page.on("dialog", lambda dialog: (self.said.append(f"dialog: {dialog.message}"), dialog.dismiss()))
        page.on("request", lambda request: self.asked.append(request.url))

    def settle(self) -> None:
        """Wait until what was changed is shown."""
        self.page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")


Open = Callable[..., Opened]


@pytest.fixture(name="open_page")
def pages_opened(browser: Any) -> Iterator[Open]:
    """A function that opens a file: ``open_page(file, "on=1999-08-06", width=1366)``. Every page is checked at its end."""
    contexts, opened = [], []

    def open_file(file: Path, view: str = "", *, width: int = 1366, height: int = 768, **more: Any) -> Opened:
        context = browser.new_context(viewport={"width": width, "height": height}, **more)
        contexts.append(context)
        one = Opened(context.new_page())
        opened.append(one)
        one.page.goto(file.as_uri() + (f"#{view}" if view else ""))
        one.page.wait_for_selector("html[data-ready=yes]")
        one.settle()
        return one

    yield open_file
    for one in opened:
        assert one.said == [], "the page complained"
        assert [url for url in one.asked if not url.startswith("file:")] == [], "the page asked for something"
        assert len(one.asked) == 1, "the page asked for another file"
    for context in contexts:
        context.close()
