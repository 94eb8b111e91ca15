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
from kg.pages.figure.ribbons import ribbons_sheets
from kg.pages.figure.sheet import figure_svg
from kg.pages.network.data import network_data
from kg.pages.network.page import network_page
from kg.pages.timeline.data import timeline_data
from kg.pages.timeline.page import timeline_page
from kg.terms.reader import load

ROOT = Path(__file__).resolve().parents[2]
PICTURES = ROOT / "docs" / "pictures"
STEP = "3"
"""The step of the storyboard that is shown, and then the view it leads to."""

LAPTOP, DESK = (1366, 625), (1920, 1080)
VIEWS = {
    "ribbons": ("examples/climbie", "", LAPTOP),
    "ribbons-as-of": ("examples/climbie", "main=ribbons&on=1999-07-28", LAPTOP),
    "ribbons-fact": ("examples/climbie", "main=ribbons&pane=fact&fact=30", LAPTOP),
    "ribbons-desk": ("examples/climbie", "", DESK),
    "ribbons-connelly": ("tests/cases/connelly", "", LAPTOP),
    "ribbons-training": ("tests/cases/training", "", LAPTOP),
    "storyboard-first": ("examples/climbie", "step=0&main=ribbons", LAPTOP),
    "storyboard-step": ("examples/climbie", f"step={STEP}", LAPTOP),
    "timeline": ("examples/climbie", "main=drawing", LAPTOP),
    "timeline-as-of": ("examples/climbie", "main=drawing&on=1999-07-28&view=1999-07-01_1999-08-20&cell=9_16", DESK),
    "timeline-entry": (
        "examples/climbie",
        "main=drawing&view=1999-07-01_1999-08-20&pane=entry&entry=Haringey+Social+Services/HSS-002",
        LAPTOP,
    ),
    "timeline-one-fact": ("examples/climbie", "main=drawing&view=1999-07-05_1999-08-25&pane=fact&fact=30", LAPTOP),
}
"""Name of the picture: the review, the view in the page's address, and the size of the window."""

NETWORKS = {"network": ("examples/climbie", *LAPTOP), "network-many": ("tests/cases/training", *LAPTOP)}
"""Name of the picture: the review, and the size of the window."""


def main() -> None:
    """Write every picture into docs/pictures."""
    found = chromium()
    if found is None:
        sys.exit("There is no Chromium here: install it, or name it in KG_CHROMIUM. No picture was made.")
    terms = load()
    studies = {
        review: find_gaps(kg.load(ROOT / review).review, terms) for review in {each[0] for each in VIEWS.values()}
    }
    pages = {review: timeline_data(gaps) for review, gaps in sorted(studies.items())}
    PICTURES.mkdir(parents=True, exist_ok=True)
    (PICTURES / "timeline-a3.png").write_bytes(figure_png(figure_svg(pages["examples/climbie"]), zoom=1))
    for paper in ("a3", "a4"):
        sheets = ribbons_sheets(pages["examples/climbie"], pages["examples/climbie"]["ribbons"], paper=paper)
        (PICTURES / f"ribbons-{paper}.png").write_bytes(figure_png(sheets[0], zoom=1))
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=FLAGS)
        for review, data in pages.items():
            file = Path(folder) / f"{review.replace('/', '-')}.html"
            file.write_text(timeline_page(data), encoding="utf-8", newline="\n")
        for name, (review, view, (wide, high)) in VIEWS.items():
            address = (Path(folder) / f"{review.replace('/', '-')}.html").as_uri()
            taken(browser, f"{address}#{view}" if view else address, name, wide, high)
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
