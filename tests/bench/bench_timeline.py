"""How big the timeline's page is, how soon it draws, and how fast a step of the slider is: at 100, 2,000, 20,000 entries.

Beside it, in the same browser, a page of the same entries by Bokeh or Plotly, where either is installed.
"""

from __future__ import annotations

import statistics
import sys
from dataclasses import replace
from pathlib import Path
from time import perf_counter
from typing import Any

import pytest
from bench.made import make_reviews

import kg
from kg.findings.study import find_gaps
from kg.pages.timeline.data import timeline_data
from kg.pages.timeline.page import timeline_page
from kg.terms.reader import load

STEP = 50
"""The most milliseconds, at the median, that one step of the slider may take at 2,000 entries."""

LARGEST = 4_000_000
"""The most bytes that the page may have at 2,000 entries."""

RULED = 2_000
"""Up to so many entries the rules are applied as well."""

STEPS = """async () => {
  const frame = () => new Promise((done) => requestAnimationFrame(done));
  const [first, last] = data.spans, times = [], work = [];
  for (let i = 0; i < 60; i++) {
    const start = performance.now();
    set({ on: Math.round(first + (last - first) * ((i * 37) % 60) / 60) });
    settle();
    document.body.getBoundingClientRect();
    work.push(performance.now() - start);
    await frame();
    await frame();
    times.push(performance.now() - start);
  }
  const one = [], whole = [];
  for (let i = 0; i < 60; i++) {
    const start = performance.now();
    set({ on: state.view[0] + Math.round((state.view[1] - state.view[0]) * i / 60) });
    settle();
    document.body.getBoundingClientRect();
    one.push(performance.now() - start);
    await frame();
    await frame();
    whole.push(performance.now() - start);
  }
  return [work, times, one, whole];
}"""


def measured(browser: Any, file: Path, ready: str) -> tuple[float, Any]:
    """Milliseconds from asking for a page to its first drawing, and the page."""
    page = browser.new_page(viewport={"width": 1920, "height": 1080})
    start = perf_counter()
    page.goto(file.as_uri())
    page.wait_for_selector(ready, timeout=120_000)
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    return (perf_counter() - start) * 1000, page


@pytest.mark.parametrize("entries", [100, 2_000, 20_000])
def test_the_page(browser: Any, tmp_path: Path, entries: int) -> None:
    folder = make_reviews(tmp_path, 1, entries).folders[0]
    # Judging 20,000 entries of one review by every rule takes minutes; the page is measured without opportunities there.
    terms = load() if entries <= RULED else replace(load(), duties=())
    gaps = find_gaps(kg.load(folder).review, terms)
    start = perf_counter()
    page = timeline_page(timeline_data(gaps))
    made = perf_counter() - start
    file = tmp_path / "timeline.html"
    file.write_text(page, encoding="utf-8", newline="\n")
    first, opened = measured(browser, file, "html[data-ready=yes]")
    work, frames, small, whole = (statistics.median(each) for each in opened.evaluate(STEPS))
    opened.close()
    sys.stdout.write(
        f"\n{entries:>6} entries: page {len(page.encode()) / 1e6:.1f} MB made in {made:.1f} s; first drawing {first:.0f} ms; "
        f"slider: jump {work:.1f} ms (with two frames {frames:.0f} ms), "
        f"step {small:.1f} ms (with two frames {whole:.0f} ms); medians\n"
    )
    for name, other in (("Bokeh", by_bokeh), ("Plotly", by_plotly)):
        theirs = tmp_path / f"{name}.html"
        rows = [(e.agency, e.when.earliest / 1440, e.narrative) for e in gaps.review.entries if e.when.closed]
        if other(rows, theirs):
            drawn, opened = measured(browser, theirs, "canvas, svg.main-svg")
            opened.close()
            sys.stdout.write(
                f"        {name}: {theirs.stat().st_size / 1e6:.1f} MB, first drawing {drawn:.0f} ms (dots with hover only)\n"
            )
    if entries == 2_000:
        assert len(page.encode()) < LARGEST
        assert work < STEP
        assert small < STEP


def by_bokeh(rows: list[tuple[str, float, str]], file: Path) -> bool:
    """A page of dots with their words by Bokeh, carrying its own library; False where it is not installed."""
    try:
        from bokeh.embed import file_html
        from bokeh.models import ColumnDataSource
        from bokeh.plotting import figure
        from bokeh.resources import INLINE
    except ImportError:
        return False
    lanes = list(dict.fromkeys(row[0] for row in rows))
    drawn = figure(
        y_range=lanes,
        width=1200,
        height=700,
        tooltips=[("", "@words")],
        active_scroll="wheel_zoom",
        tools="pan,wheel_zoom",
    )
    source = ColumnDataSource(
        {"x": [row[1] for row in rows], "y": [row[0] for row in rows], "words": [row[2] for row in rows]}
    )
    drawn.scatter("x", "y", source=source, size=8)
    file.write_text(file_html(drawn, INLINE, "entries"), encoding="utf-8")
    return True


def by_plotly(rows: list[tuple[str, float, str]], file: Path) -> bool:
    """The same by Plotly; False where it is not installed."""
    try:
        import plotly.graph_objects as plot
    except ImportError:
        return False
    drawn = plot.Figure(
        plot.Scatter(
            x=[row[1] for row in rows], y=[row[0] for row in rows], text=[row[2] for row in rows], mode="markers"
        )
    )
    file.write_text(drawn.to_html(include_plotlyjs=True), encoding="utf-8")
    return True
