"""The drawing of who told whom as one file that opens from disk and reaches for nothing.

pyvis makes the nodes and edges, and its package carries the program that draws them (vis-network), which is read from where
it is installed and put into the page whole, with its notice of licence. Of pyvis's own page nothing is used: that one would
load from the network. A policy in the page lets run only what is in it, by its hash.
"""

from __future__ import annotations

import re
from html import escape
from pathlib import Path
from typing import Any

from kg.base.tables import Json
from kg.pages.one_file import embedded, filled, piece, policy

SHAPES = {"agency": "box", "subject": "ellipse", "person": "ellipse", "worker": "text"}
"""How pyvis is asked to draw each kind of node."""

SCRIPTS = ("matrix", "network")
"""The pieces of the page's own script, in the order in which they are read."""

_STEERING = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]+")


class NoPictures(Exception):
    """The package that draws is not installed, or carries no drawing program of the kind that is needed."""


def network_page(data: Json) -> str:
    """The whole page of a network, from what ``network_data`` gives. The same data gives the same text.

    Raises NoPictures where pyvis is not installed.
    """
    nodes, edges = drawn_by_pyvis(data)
    library = drawing_program()
    script = "\n".join(piece("network", f"{name}.js") for name in SCRIPTS)
    style = piece("network", "network.css")
    parts = {
        "policy": policy([library, script], style),
        "title": escape(f"{data['title']}: who told whom"),
        "marking": escape(f"{data['marking']}"),
        "style": style,
        "data": embedded({**data, "drawnNodes": nodes, "drawnEdges": edges}),
        "library": library,
        "script": script,
    }
    return filled(piece("network", "network.html"), parts)


def drawn_by_pyvis(data: Json) -> tuple[list[Json], list[Json]]:
    """The nodes and edges as pyvis has them: labels, places and shapes; colours and widths are the page's.

    Raises NoPictures where pyvis is not installed.
    """
    try:
        from pyvis.network import Network
    except ImportError:
        raise NoPictures from None
    network: Any = Network(directed=True, cdn_resources="in_line")
    for node in data["nodes"]:
        network.add_node(
            node["id"],
            label=_label(node["drawn"], node["kind"]) or "(no name)",
            shape=SHAPES[node["kind"]],
            group=node["kind"],
            x=node["x"],
            y=node["y"],
            physics=False,
        )
    for line in data["lines"]:
        network.add_edge(
            line["from"], line["to"], id=line["id"], arrows="to" if line["kind"] in ("told", "missed") else ""
        )
    return list(network.nodes), list(network.edges)


def drawing_program() -> str:
    """The text of the newest vis-network 9 that the installed pyvis carries. Raises NoPictures where there is none."""
    from importlib.util import find_spec

    spec = find_spec("pyvis")
    folders = [Path(folder) for folder in (spec.submodule_search_locations or [])] if spec else []
    found = [
        (tuple(int(part) for part in version[1].split(".")), file)
        for folder in folders
        for file in sorted(folder.glob("lib/vis-9.*/vis-network.min.js"))
        if (version := re.fullmatch(r"vis-([\d.]+)", file.parent.name))
    ]
    if not found:
        raise NoPictures
    text = max(found)[1].read_text(encoding="utf-8")
    # Words that would end the script early, or begin a comment, stand in it only as text.
    text = re.sub(r"<(?=/script|!--)", r"\\x3c", text, flags=re.IGNORECASE)
    # A sign that no page may hold stands in it between quotation marks.
    return text.replace("\x85", "\\x85")


def _label(words: str, kind: str) -> str:
    """A name in lines short enough to stand beside its neighbours, without signs that steer the direction of writing."""
    plain = " ".join(_STEERING.sub(" ", words).split())
    if kind == "worker":
        return plain if len(plain) <= 26 else f"{plain[:25].rstrip()}…"
    width = 19 if kind == "agency" else 16
    lines: list[str] = []
    for word in plain.split():
        if lines and len(lines[-1]) + 1 + len(word) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    cut = len(lines) > 3
    lines = [line if len(line) <= width + 6 else f"{line[: width + 5]}…" for line in lines[:3]]
    if cut:
        lines[-1] = f"{lines[-1].rstrip('…')}…"
    return "\n".join(lines)
