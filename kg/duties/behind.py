"""What stands behind an entry: which triggers the agency held by then, found without looking at all rows."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from kg.chronology.order import in_order
from kg.dates.nearby import Near
from kg.dates.when import BEGINNING
from kg.duties.rules import Rule, Rules
from kg.knowledge.facts import Facts


class Triggers:
    """What opens duties, indexed so that each entry asks only about the rules its own words can touch."""

    def __init__(self, rules: Rules) -> None:
        self.by_notation: dict[str, list[Rule]] = defaultdict(list)
        for rule in rules.all:
            words = {word for duty in rule.editions for word in rules.triggers(duty)}
            for word in sorted(words):
                self.by_notation[word].append(rule)

    def touched(self, notations: Sequence[str]) -> list[Rule]:
        """The rules that some notations can open, in order of family."""
        found = {rule.family: rule for word in notations for rule in self.by_notation.get(word, ())}
        return [found[family] for family in sorted(found)]


class Behind:
    """What lies behind each entry, found by time: the agency's rows by notation, and all facts by their origin."""

    def __init__(self, facts: Facts) -> None:
        review = facts.review
        self.rank = {row: place for place, row in enumerate(in_order(review))}
        rows: dict[tuple[str, str], list[int]] = defaultdict(list)
        for row, entry in enumerate(review.entries):
            for word in dict.fromkeys((entry.contact, *entry.responses)):
                if word:
                    rows[entry.agency, word].append(row)
        self._rows = {
            key: Near(some, lambda row: (review.entries[row].known.earliest, review.entries[row].known.latest))
            for key, some in rows.items()
        }
        begun = sorted((review.entries[fact.origin].known.earliest, number) for number, fact in enumerate(facts.all))
        self._begun = [moment for moment, _ in begun]
        self._numbers = [number for _, number in begun]
        self._from = [0] * (len(begun) // STEP + 2)
        for step in range(len(self._from) - 2, -1, -1):
            self._from[step] = self._from[step + 1] | ones(self._numbers[step * STEP : (step + 1) * STEP])

    def rows(self, agency: str, word: str, since: int, until: int) -> Iterator[int]:
        """The agency's rows of one contact or response that may touch a stretch of time."""
        near = self._rows.get((agency, word))
        return iter(()) if near is None else near.between(since, until)

    def begun_since(self, moment: int) -> int:
        """The facts whose events began at or after a moment."""
        if moment <= BEGINNING:
            return self._from[0]
        at = bisect_left(self._begun, moment)
        step = -(-at // STEP)
        return self._from[step] | ones(self._numbers[at : step * STEP])

    def in_order(self, rows: Iterable[int]) -> tuple[int, ...]:
        """Some rows as they are read."""
        return tuple(sorted({*rows}, key=self.rank.__getitem__))


STEP = 64
"""How many facts in order of time lie between two sets of all later ones."""


def ones(numbers: Iterable[int]) -> int:
    mask = 0
    for number in numbers:
        mask |= 1 << number
    return mask
