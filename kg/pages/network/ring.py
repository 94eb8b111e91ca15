"""Where everyone stands in the drawing of who told whom: always in the same place, so that the drawing can be cited.

Agencies stand on an oval in the order of review.toml, clockwise from the top; people inside it, the subjects in the middle;
professionals outside, beside their agency. Nothing moves by itself and nothing depends on who told whom.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, pairwise
from math import cos, pi, sin

Point = tuple[int, int]

WIDE, HIGH = 156, 62
"""The room an agency's name takes, in units of the drawing (a letter is 14 of them high)."""

SMALLEST = (425, 265)
"""The oval's half axes when few stand on it."""

INNER = 0.5
"""How far from the middle, as a share of the oval, people who are not subjects stand."""

LINE, COLUMN = 18, 190
"""Between professionals: the height of a line and the width of a column."""

SIDE = 0.62
"""From this share of the oval's width on, an agency stands at a side, and its professionals in the column of that side."""

STEPS = 3600


def on_the_ring(number: int) -> list[Point]:
    """Places for so many agencies, clockwise from the top, as far apart as their names need; the oval grows with them.

    Between neighbours lies at least the width or the height of a name. Units are those of the drawing, from its middle,
    x to the right and y down.
    """
    if number == 0:
        return []
    across, down = float(SMALLEST[0]), float(SMALLEST[1])
    while True:
        points = [(across * sin(2 * pi * at / STEPS), -down * cos(2 * pi * at / STEPS)) for at in range(STEPS + 1)]
        # What counts between two names is whichever of width and height first sets them apart.
        gone = [0.0, *accumulate(max(abs(b[0] - a[0]) / WIDE, abs(b[1] - a[1]) / HIGH) for a, b in pairwise(points))]
        if gone[-1] >= number * 1.08:
            break
        across, down = across * 1.05, down * 1.05
    places, at = [], 0
    for turn in range(number):
        while gone[at] < gone[-1] * turn / number:
            at += 1
        places.append((round(points[at][0]), round(points[at][1])))
    return places


def inside(subjects: int, others: int, ring: Sequence[Point]) -> tuple[list[Point], list[Point]]:
    """Places for the subjects, in the middle, and for the other people, on an oval half as large as that of the agencies."""
    across = INNER * max([SMALLEST[0], *(abs(x) for x, _ in ring)])
    down = INNER * max([SMALLEST[1], *(abs(y) for _, y in ring)])
    middle = [(0, round(HIGH * (at - (subjects - 1) / 2))) for at in range(subjects)]
    # Half a step on from the top, so that few stand straight between an agency and the middle.
    turns = [2 * pi * (at + 0.5) / others for at in range(others)]
    return middle, [(round(across * sin(turn)), round(-down * cos(turn))) for turn in turns]


def beside(ring: Sequence[Point], numbers: Sequence[int]) -> list[list[Point]]:
    """Places for the professionals of each agency: in a column at either side, else stacked above or below their agency.

    ``numbers`` says how many each agency has. In a column each stands as near to the height of its agency as the others
    let it.
    """
    across = max([1, *(abs(x) for x, _ in ring)])
    found: list[list[Point]] = [[] for _ in ring]
    for way in (-1, 1):
        here = [at for at, (x, _) in enumerate(ring) if x * way > SIDE * across]
        here.sort(key=lambda at: (ring[at][1], at))
        wanted = [(at, ring[at][1]) for at in here for _ in range(numbers[at])]
        for (at, _), y in zip(wanted, _spread([y for _, y in wanted]), strict=True):
            found[at].append((way * (across + WIDE // 2 + COLUMN // 2), y))
    for at, (x, y) in enumerate(ring):
        if abs(x) <= SIDE * across:
            way = 1 if y > 0 else -1
            found[at] = [(x, y + way * (HIGH // 2 + 10 + line * LINE)) for line in range(numbers[at])]
    return found


def _spread(heights: Sequence[int]) -> list[int]:
    """Rising heights moved as little as makes them a line apart (least squares, by pooling neighbours that clash)."""
    pools: list[tuple[float, int]] = []
    for at, height in enumerate(heights):
        mean, size = float(height - at * LINE), 1
        while pools and pools[-1][0] > mean:
            before, many = pools.pop()
            mean, size = (before * many + mean * size) / (many + size), many + size
        pools.append((mean, size))
    flat = [mean for mean, size in pools for _ in range(size)]
    return [round(mean) + at * LINE for at, mean in enumerate(flat)]
