"""How far readers agree: Krippendorff's alpha, for any number of readers who did not all read the same rows."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.coding.laid_over import readers, standing
from kg.model.review import Review


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far readers agree on one code: over how many rows that at least two of them read, and who accepted it where.

    ``alpha`` is 1 where they always agree, 0 where no more than by chance, and None where nobody ever differed from
    nobody: a code that all of them leave out, or accept, everywhere says nothing of agreement.
    """

    field: str
    value: str
    rows: int
    alpha: float | None
    differ: tuple[str, ...]


def alpha(units: Iterable[Sequence[Hashable]]) -> float | None:
    """Krippendorff's alpha for names without order. Each unit holds the values that readers gave it, as many as read it.

    A unit that fewer than two read says nothing. None where all values are one.
    """
    weights: dict[tuple[Hashable, Hashable], float] = defaultdict(float)
    for values in units:
        if len(values) < 2:
            continue
        counts = Counter(values)
        for one in counts:
            for other in counts:
                number = counts[one] * (counts[other] - (one == other))
                weights[one, other] += number / (len(values) - 1)
    total = sum(weights.values())
    margins: dict[Hashable, float] = defaultdict(float)
    for (one, _), weight in weights.items():
        margins[one] += weight
    expected = sum(margins[one] * margins[other] for one in margins for other in margins if one != other)
    if not expected:
        return None
    observed = sum(weight for (one, other), weight in weights.items() if one != other)
    return 1 - (total - 1) * observed / expected


def agreement(review: Review) -> tuple[Agreement, ...]:
    """How far the readers of a review agree, code by code, those with most rows in dispute first.

    A reader has read a row when they passed it or judged a code of it. Of a code that they did not judge there, they
    said nothing only if they passed the row: then they left it out.
    """
    by_reader = {by: standing(review, decided) for by, decided in readers(review).items()}
    read: dict[int, dict[str, Mapping[tuple[str, str], str]]] = defaultdict(dict)
    for by, rows in by_reader.items():
        for row, decided in rows.items():
            read[row][by] = {(each.field, each.value): each.verdict for each in decided}
    shared = {row: said for row, said in read.items() if len(said) > 1}
    codes = sorted({code for said in shared.values() for each in said.values() for code in each if code[0]})
    found = []
    for code in codes:
        units, differ = [], []
        for row, said in shared.items():
            values = [
                each.get(code) == "accepted" for each in said.values() if code in each or each.get(("", "")) == "passed"
            ]
            if len(values) > 1:
                units.append(values)
                if len({*values}) > 1:
                    differ.append(review.entries[row].name)
        if units:
            found.append(Agreement(*code, len(units), alpha(units), tuple(differ)))
    return tuple(sorted(found, key=lambda each: (-len(each.differ), each.field, each.value)))
