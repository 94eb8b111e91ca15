"""A sheet to draw on: marks, lines and words as SVG, in the colours of the page on white."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape
from typing import Any

from kg.pages.one_file import piece
from kg.pages.outlines import path_of

WIDTH, HEIGHT = 1587, 1123
"""The sheet in units of 1/96 inch: A3 landscape."""

FONT = "Arial, Helvetica, Liberation Sans, DejaVu Sans, sans-serif"

Spot = tuple[float, float]


def colours() -> Mapping[str, str]:
    """The colours of the page on white paper, by name: from its style, so that page and figure never differ."""
    style = piece("timeline", "style.css")
    return dict(re.findall(r"--([\w-]+): (#\w+)", style.partition("}")[0]))


class Paper:
    """A sheet being drawn on. ``r`` is the radius of its marks."""

    def __init__(self) -> None:
        self.ink = colours()
        self.out: list[str] = []
        self.r = 5.0

    def put(self, name: str, **attributes: Any) -> None:
        """One shape with its attributes."""
        said = "".join(f' {key.replace("_", "-")}="{_said(value)}"' for key, value in attributes.items())
        self.out.append(f"<{name}{said}/>")

    def text(self, x: float, y: float, words: str, *, size: float = 11, colour: str = "ink", **more: Any) -> None:
        said = "".join(f' {key.replace("_", "-")}="{_said(value)}"' for key, value in more.items())
        self.out.append(
            f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size:g}" fill="{self.ink[colour]}"{said}>{words_in_xml(words)}</text>'
        )

    def path(self, d: str, colour: str, width: float = 1.3, dash: str = "", **more: Any) -> None:
        drawn: dict[str, Any] = {"d": d, "fill": "none", "stroke": self.ink[colour], "stroke_width": width}
        if dash:
            drawn["stroke_dasharray"] = dash
        self.put("path", **drawn, **more)

    def softs(self) -> str:
        """The fadings of bars of uncertain dates, one set for each colour."""
        out = []
        for at in range(8):
            for name, first, last in (("range", 0.12, 0.12), ("before", 0.0, 0.5), ("after", 0.5, 0.0)):
                low, high = (0.25, 0.75) if name == "range" else (0.5, 0.5)
                stops = "".join(
                    f'<stop offset="{offset:g}" stop-color="{self.ink[f"c{at}"]}" stop-opacity="{opacity:g}"/>'
                    for offset, opacity in ((0, first), (low, 0.5), (high, 0.5), (1, last))
                )
                out.append(f'<linearGradient id="soft-{name}-{at}">{stops}</linearGradient>')
        return "".join(out)

    def mark(self, shape: str, fill: str, colour: str, x: float, y: float, *, suggested: bool = False) -> None:
        """One mark by itself: its shape, filled, ringed, hollow or dotted; faint where its codes are only suggested."""
        more: dict[str, Any] = {"stroke_dasharray": "2 1.6"} if fill == "unsaid" else {}
        if suggested:
            more = {"stroke_dasharray": "1 2.2", "fill_opacity": 0.4}
        if fill == "alone":
            self.put("circle", cx=x, cy=y, r=self.r + 2.2, fill="none", stroke=colour, stroke_width=1.3)
        self.put("path", d=path_of(shape, self.r), transform=f"translate({x:.1f} {y:.1f})", stroke=colour,
                 fill=colour if fill in ("seen", "alone") else "#ffffff", stroke_width=1.6, **more)  # fmt: skip


def bend(a: Spot, b: Spot) -> str:
    """A curve from one place to another that does not run straight down through what stands between."""
    dx, dy = b[0] - a[0], b[1] - a[1]
    near = abs(dx) < 26
    out = 16 + abs(dy) * 0.04 if near else min(60.0, abs(dx) * 0.35)
    side = -1 if dx < 0 else 1
    back = -out if near else out * side
    return (
        f"M{a[0]:.1f} {a[1]:.1f}C{a[0] + out * side:.1f} {a[1] + dy * 0.25:.1f} "
        f"{b[0] - back:.1f} {b[1] - dy * 0.25:.1f} {b[0]:.1f} {b[1]:.1f}"
    )


def _said(value: Any) -> str:
    return escape(f"{value:.1f}" if isinstance(value, float) else str(value))


def words_in_xml(text: str) -> str:
    """Text that may stand in SVG: characters that XML cannot hold become a mark of their place."""
    return escape(
        "".join(each if each in "\t\n" or each.isprintable() or each.isspace() else "\ufffd" for each in text)
    )
