"""Where a number stands beside its mark: on no other mark and on no other number, further off where all near is taken."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from math import ceil, cos, hypot, pi, sin

from kg.pages.figure.lettering import wide

Spot = tuple[float, float]
Box = tuple[float, float, float, float]

SIZE = 9.5
"""The size of the letters of a number."""

HIGH = 9.0
"""The height of a number."""

CELL = 32.0
"""The sheet is divided into squares of this side, so that each place is compared with what is near only."""

RINGS, NEAR = 14, 12.0
"""How many rings around a mark are tried, and from what distance a number has a line to its mark."""


class Places:
    """What is taken on a sheet between ``low`` and ``high`` across and down to ``bottom``."""

    def __init__(self, low: float, high: float, bottom: float) -> None:
        self.low, self.high, self.bottom = low, high, bottom
        self._taken: dict[tuple[int, int], list[Box]] = defaultdict(list)

    def take(self, box: Box) -> None:
        """Let nothing else stand here."""
        for cell in _cells(box):
            self._taken[cell].append(box)

    def beside(self, spot: Spot, reach: float, words: str) -> tuple[Spot, tuple[Spot, Spot] | None]:
        """Where a number begins, at half its height, and a line to its mark if it stands far off; the place is taken.

        ``reach`` is how far the mark goes. If nothing is free, it stands at the right of its mark.
        """
        x, y = spot
        long = wide(words, SIZE, bold=True) + 1
        tried = _around(round(reach, 1), round(long, 1))
        boxes = (
            (place, (x + place[0], y + place[1] - HIGH / 2, x + place[0] + long, y + place[1] + HIGH / 2))
            for place in tried
        )
        free = (place for place, box in boxes if self._free(box))
        across, down = next(free, tried[0])
        self.take((x + across, y + down - HIGH / 2, x + across + long, y + down + HIGH / 2))
        near = across if across > 0 else across + long if across + long < 0 else across + long / 2
        far = hypot(near, down)
        line = None
        if far > reach + NEAR:
            line = ((x + near * reach / far, y + down * reach / far), (x + near, y + down))
        return (x + across, y + down), line

    def _free(self, box: Box) -> bool:
        if box[0] < self.low or box[2] > self.high or box[1] < 0 or box[3] > self.bottom:
            return False
        return not any(
            box[0] < other[2] and box[2] > other[0] and box[1] < other[3] and box[3] > other[1]
            for cell in _cells(box)
            for other in self._taken.get(cell, ())
        )


def _cells(box: Box) -> Iterator[tuple[int, int]]:
    for across in range(int(box[0] // CELL), int(box[2] // CELL) + 1):
        for down in range(int(box[1] // CELL), int(box[3] // CELL) + 1):
            yield across, down


@cache
def _around(reach: float, long: float) -> tuple[Spot, ...]:
    """The places to try, nearest first: right, left, above, below, corners, then rings of growing size."""
    up = reach + HIGH / 2 + 1
    out: list[Spot] = [(reach + 2.5, 0), (-reach - 2 - long, 0), (-long / 2, -up), (-long / 2, up)]
    for down in (-up * 0.7, up * 0.7):
        out += [(reach * 0.8, down), (-reach * 0.8 - long, down)]
    for ring in range(1, RINGS + 1):
        for turn in range(16):
            # Beside before above: the lanes lie across.
            angle = (1 if turn % 2 else -1) * ceil(turn / 2) * pi / 8
            across, down = cos(angle) * (reach + ring * 7), sin(angle) * (reach + ring * 7)
            out.append((across if across >= 0 else across - long, down))
    return tuple(out)
