"""Things with bounds in time, found by nearness without looking at all of them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from typing import Generic, TypeVar

from kg.dates.when import BEGINNING, END

Thing = TypeVar("Thing")


class Near(Generic[Thing]):
    """Things in order of their earliest moment; those open at an end stand first, since they may lie anywhere."""

    def __init__(self, things: Iterable[Thing], bounds: Callable[[Thing], tuple[int, int]]) -> None:
        dated: list[tuple[int, int, Thing]] = []
        self._open: list[Thing] = []
        for thing in things:
            earliest, latest = bounds(thing)
            if earliest <= BEGINNING or latest >= END:
                self._open.append(thing)
            else:
                dated.append((earliest, latest, thing))
        dated.sort(key=lambda each: each[:2])
        self._earliest = [earliest for earliest, _, _ in dated]
        self._things = [thing for _, _, thing in dated]
        self._longest = max((latest - earliest for earliest, latest, _ in dated), default=0)

    def since(self, moment: int) -> Iterator[tuple[int, Thing]]:
        """(earliest moment, thing) for all that may end at or after a moment, in order of their earliest; open ones first."""
        for thing in self._open:
            yield BEGINNING, thing
        start = bisect_left(self._earliest, moment - self._longest) if moment > BEGINNING else 0
        for at in range(start, len(self._things)):
            yield self._earliest[at], self._things[at]

    def between(self, since: int, until: int) -> Iterator[Thing]:
        """All that may touch a stretch of time; some that do not may come too."""
        for earliest, thing in self.since(since):
            if earliest > until:
                return
            yield thing
