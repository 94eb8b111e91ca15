"""The interactive timeline as one file: everything it needs is inside, and nothing of the review can come alive in it.

The page is made of ``kg/_page``: markup, style and small scripts in a fixed order. The review goes in as data; a policy
in the page lets run only what is in the page, by its hash, and lets nothing be loaded or sent.
"""

from __future__ import annotations

import json
from base64 import b64encode
from hashlib import sha256
from html import escape
from pathlib import Path
from typing import Any

from kg.timeline_data import Json

PAGE = Path(__file__).parent / "_page"

SCRIPTS = (
    "base", "filters", "address", "marks", "scale", "lines", "drawing", "overview", "day", "held", "fact", "tables",
    "panel", "main",
)  # fmt: skip
"""The scripts of the page, in the order in which they build on each other."""

POLICY = (
    "default-src 'none'; script-src '{script}'; style-src '{style}'; base-uri 'none'; form-action 'none'; img-src data:"
)


def timeline_page(data: Json) -> str:
    """The whole page of a timeline, from what ``kg.timeline_data.timeline_data`` gives. The same data gives the same text."""
    script = "\n".join((PAGE / f"{name}.js").read_text(encoding="utf-8") for name in SCRIPTS)
    style = (PAGE / "style.css").read_text(encoding="utf-8")
    page = (PAGE / "page.html").read_text(encoding="utf-8")
    parts = {
        "policy": POLICY.format(script=_hash(script), style=_hash(style)),
        "title": escape(f"{data['title']}"),
        "marking": escape(f"{data['marking']}"),
        "style": style,
        "data": embedded(data),
        "script": script,
    }
    # One pass, so that no text of the review is ever taken for a part of the page.
    out, rest = [], page
    while "{" in rest:
        before, _, after = rest.partition("{")
        name, _, rest = after.partition("}")
        out += [before, parts[name]]
    return "".join([*out, rest])


def embedded(data: Any) -> str:
    """JSON that may stand inside a script element: no ``<``, and no line ends that older scripts take for line ends."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    # A lone half of a pair, as broken files have, cannot be written as UTF-8.
    return text.encode("utf-8", "replace").decode()


def _hash(text: str) -> str:
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"
