"""The outlines of marks, in units of their radius: one set for the page and for the printed figure."""

from __future__ import annotations

from collections.abc import Mapping
from math import cos, pi, sin

Outline = tuple[tuple[float, float], ...]
"""The corners of a shape around its middle; none: a circle."""


def _ring(sides: int, radius: float, turned: float = 0) -> Outline:
    """The corners of a regular shape, the first at the top."""
    return tuple(
        (round(radius * sin(2 * pi * at / sides + turned), 3), round(-radius * cos(2 * pi * at / sides + turned), 3))
        for at in range(sides)
    )


def _star() -> Outline:
    return tuple(
        (round(radius * sin(pi * at / 5), 3), round(-radius * cos(pi * at / 5), 3))
        for at, radius in enumerate((1.3, 0.5) * 5)
    )


OUTLINES: Mapping[str, Outline] = {
    "circle": (),
    "ring": _ring(12, 0.6),
    "triangle": ((0, -1.1), (1.1, 0.85), (-1.1, 0.85)),
    "square": ((-1, -0.8), (1, -0.8), (1, 0.8), (-1, 0.8)),
    "diamond": _ring(4, 1.3),
    "pentagon": _ring(5, 1.15),
    "hexagon": _ring(6, 1.12, pi / 6),
    "cross": (
        (-0.42, -1.1), (0.42, -1.1), (0.42, -0.42), (1.1, -0.42), (1.1, 0.42), (0.42, 0.42),
        (0.42, 1.1), (-0.42, 1.1), (-0.42, 0.42), (-1.1, 0.42), (-1.1, -0.42), (-0.42, -0.42),
    ),
    "star": _star(),
    "dash": ((-1, -0.4), (1, -0.4), (1, 0.4), (-1, 0.4)),
    "arrow-in": ((-1.2, -0.8), (0.2, -0.8), (1.2, 0), (0.2, 0.8), (-1.2, 0.8), (-0.4, 0)),
    "arrow-out": ((-1.1, -0.5), (0, -0.5), (0, -1.1), (1.3, 0), (0, 1.1), (0, 0.5), (-1.1, 0.5)),
}  # fmt: skip
"""Every shape that a mark may have."""


def path_of(shape: str, radius: float) -> str:
    """The path of a mark around its middle, in SVG."""
    corners = OUTLINES[shape]
    if not corners:
        r = f"{radius:.2f}"
        return f"M-{r} 0A{r} {r} 0 1 1 {r} 0A{r} {r} 0 1 1 -{r} 0Z"
    return "M" + "L".join(f"{x * radius:.2f} {y * radius:.2f}" for x, y in corners) + "Z"
