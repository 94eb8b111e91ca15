"""The pictures of the documents, made again from the packaged example: ``make pictures``. It needs Chromium."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

from helpers.browsing import FLAGS, chromium
from playwright.sync_api import sync_playwright

import kg
from kg.findings.study import find_gaps
from kg.pages.figure.dots import figure_png
from kg.pages.figure.sheet import figure_svg
from kg.pages.network.data import network_data
from kg.pages.network.page import network_page
from kg.pages.timeline.data import timeline_data
from kg.pages.timeline.page import timeline_page
from kg.terms.reader import load

ROOT = Path(__file__).resolve().parents[2]
PICTURES = ROOT / "docs" / "pictures"
VIEWS = {
    "timeline": ("", 1366, 768),
    "timeline-as-of": ("on=1999-07-28&view=1999-07-01_1999-08-20&cell=9_16", 1920, 1080),
    "timeline-entry": ("view=1999-07-01_1999-08-20&pane=entry&entry=Haringey+Social+Services/HSS-002", 1366, 768),
    "timeline-one-fact": ("view=1999-07-05_1999-08-25&pane=fact&fact=30", 1366, 768),
}
"""Name of the picture: the view in the page's address, and the size of the window."""

NETWORKS = {"network": ("examples/climbie", 1366, 768), "network-many": ("tests/cases/training", 1366, 768)}
"""Name of the picture: the review, and the size of the window."""


def main() -> None:
    """Write every picture into docs/pictures."""
    found = chromium()
    if found is None:
        sys.exit("There is no Chromium here: install it, or name it in KG_CHROMIUM. No picture was made.")
    data = timeline_data(find_gaps(kg.load(ROOT / "examples" / "climbie").review, load()))
    PICTURES.mkdir(parents=True, exist_ok=True)
    (PICTURES / "timeline-a3.png").write_bytes(figure_png(figure_svg(data), zoom=1))
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        file = Path(folder) / "timeline.html"
        file.write_text(timeline_page(data), encoding="utf-8", newline="\n")
        browser = playwright.chromium.launch(executable_path=found, args=FLAGS)
        for name, (view, wide, high) in VIEWS.items():
            taken(browser, f"{file.as_uri()}#{view}", name, wide, high)
        for name, (review, wide, high) in NETWORKS.items():
            drawn = network_data(find_gaps(kg.load(ROOT / review).review, load()))
            page = Path(folder) / f"{name}.html"
            page.write_text(network_page(drawn), encoding="utf-8", newline="\n")
            taken(browser, page.as_uri(), name, wide, high)
        browser.close()


def taken(browser: Any, address: str, name: str, wide: int, high: int) -> None:
    """One picture of a page, as a window of that size shows it first."""
    page = browser.new_page(viewport={"width": wide, "height": high})
    page.goto(address)
    page.wait_for_selector("html[data-ready=yes]")
    page.wait_for_timeout(300)
    page.screenshot(path=PICTURES / f"{name}.png")
    page.close()


if __name__ == "__main__":
    main()
