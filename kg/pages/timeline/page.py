"""The interactive timeline as one file: markup, style and small scripts in a fixed order, with the review as data."""

from __future__ import annotations

from html import escape

from kg.base.tables import Json
from kg.pages.columns import by_columns
from kg.pages.one_file import embedded, filled, piece, policy

SCRIPTS = (
    "base", "text", "filters", "address", "marks", "ordinals", "scale", "lines", "heading", "drawing", "overview", "day",
    "held", "fact", "tables", "panel", "ribbons", "story", "help", "main",
)  # fmt: skip
"""The scripts of the page, in the order in which they build on each other."""


def timeline_page(data: Json) -> str:
    """The whole page of a timeline, from what ``timeline_data`` gives. The same data gives the same text."""
    script = "\n".join(piece("timeline", f"{name}.js") for name in SCRIPTS)
    style = piece("timeline", "style.css")
    parts = {
        "policy": policy([script], style),
        "title": escape(f"{data['title']}"),
        "marking": escape(f"{data['marking']}"),
        "style": style,
        "data": embedded(by_columns(data)),
        "script": script,
    }
    return filled(piece("timeline", "page.html"), parts)
