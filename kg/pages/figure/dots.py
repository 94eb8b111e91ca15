"""The figure in dots: as PNG for Word, and as PDF for a printer."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence

from kg.pages.figure.pdf import Dots, as_pages

POINTS = 0.75
"""Points (1/72 inch) to one unit of the figure (1/96 inch)."""

FINE = 200 / 96
"""The zoom at which an A3 sheet has 200 dots to the inch."""


def figure_png(svg: str, *, zoom: float = 2) -> bytes:
    """A figure as PNG, ``zoom`` dots to each 1/96 inch, on white. The same bytes for the same fonts."""
    from resvg_py import svg_to_bytes

    return bytes(svg_to_bytes(svg_string=svg, zoom=zoom, background="white"))


def figure_pdf(sheets: str | Sequence[str], title: str, words: str) -> bytes:
    """Figures as a PDF, a page for each, at 200 dots to the inch, without a date, so that it is the same every time.

    The file has the ``title``, its language and marks of what is a figure and what is text. ``words`` stand unseen on every
    page, so that the file can be searched for and read aloud; the font that they are written in comes with the file.
    """
    some = [sheets] if isinstance(sheets, str) else sheets
    return as_pages([_dots(figure_png(svg, zoom=FINE)) for svg in some], title, words)


def _dots(png: bytes) -> Dots:
    """The dots of a picture, as it packs them."""
    wide, high = struct.unpack(">II", png[16:24])
    depth, colour = png[24], png[25]
    # Colours with and without transparency, as the drawing library gives them.
    if (depth, colour) not in ((8, 6), (8, 2)):
        raise ValueError("the picture is not in 8-bit colours")
    pixels = b"".join(data for kind, data in _chunks(png) if kind == b"IDAT")
    return Dots(wide, high, 4 if colour == 6 else 3, pixels, wide / FINE * POINTS, high / FINE * POINTS)


def _chunks(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 8
    while at < len(png):
        size = int.from_bytes(png[at : at + 4])
        yield png[at + 4 : at + 8], png[at + 8 : at + 8 + size]
        at += size + 12
