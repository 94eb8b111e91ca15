"""When to stop reading: how many of the rows not yet read may still bear an indicator, from those read in a drawn order.

Rows of which no words suggest anything are read in an order drawn by lot (a hash of their names and words, so that it is
the same each time). Those read so far are then a sample, and the bound is exact for drawing without putting back. It
holds for a number of rows settled beforehand; who stops at the first bound that pleases is a little less sure.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from math import comb

from kg.base.fingerprint import fingerprint
from kg.base.grammar import count
from kg.coding.suggestion import Suggestion
from kg.model.record import Entry
from kg.model.review import Review

SURE = 0.95
"""How sure the bound is to hold."""


@dataclass(frozen=True, slots=True)
class Left:
    """What is left unread, and what the rows read by lot say of it.

    ``waiting`` rows have suggestions that nobody judged, ``silent`` none; ``read`` silent rows were passed, and
    ``bearing`` of these got an indicator from the reviewer. ``at_most`` of the silent rows left likely bear one, and
    ``least`` and ``most`` bound the share of silent rows that do; None while nothing was read.
    """

    waiting: int
    silent: int
    read: int
    bearing: int
    at_most: int | None
    least: float | None
    most: float | None


def drawn(entries: Iterable[Entry]) -> list[Entry]:
    """Entries in an order drawn by lot, always the same for the same names and words."""
    return sorted(entries, key=lambda entry: fingerprint(f"{entry.name} {fingerprint(entry.narrative)} drawn"))


def left_unread(review: Review, made: Iterable[Suggestion], coded: Collection[str] = frozenset()) -> Left:
    """What is left of a review in which ``made`` are all suggestions, and ``coded`` names the rows the agencies coded."""
    spoken = {each.entry for each in made if each.present}
    mine = [entry for entry in review.entries if entry.name not in coded and entry.narrative.strip()]
    unread = [entry for entry in mine if not entry.passed and not entry.accepted]
    silent = [entry for entry in mine if entry.name not in spoken]
    read = [entry for entry in silent if entry.passed]
    bearing = sum(any(code.startswith("indicator:") for code in entry.accepted) for entry in read)
    left = sum(entry.name not in spoken for entry in unread)
    whole = left + len(read)
    if not read:
        return Left(len(unread) - left, left, 0, 0, None, None, None)
    most, least = at_most(whole, len(read), bearing), at_least(whole, len(read), bearing)
    return Left(len(unread) - left, left, len(read), bearing, max(0, most - bearing), least / whole, most / whole)


def at_most(whole: int, read: int, bearing: int, sure: float = SURE) -> int:
    """The greatest number of ``whole`` rows that may bear something, if ``bearing`` of ``read`` drawn rows do.

    Any greater number would have shown so few in less than one case of twenty.
    """
    number = bearing
    while number < whole - (read - bearing) and _so_few(whole, number + 1, read, bearing) > 1 - sure:
        number += 1
    return number


def at_least(whole: int, read: int, bearing: int, sure: float = SURE) -> int:
    """The least number of ``whole`` rows that may bear something: any smaller would seldom have shown so many."""
    return whole - at_most(whole, read, read - bearing, sure)


def _so_few(whole: int, bearing: int, read: int, found: int) -> float:
    """How likely ``read`` rows drawn of ``whole``, of which ``bearing`` bear something, show no more than ``found``."""
    ways = sum(comb(bearing, each) * comb(whole - bearing, read - each) for each in range(found + 1) if each <= read)
    return ways / comb(whole, read)


def in_words(left: Left) -> Sequence[str]:
    """What may be said of the rows that nobody has read; never that it is complete."""
    rows = left.waiting + left.silent
    if not rows:
        return ["No row is left unread."]
    are = "is" if rows == 1 else "are"
    said = [
        f"{count(rows, 'row')} {are} not read: {left.waiting} with suggestions that wait, {left.silent} without any."
    ]
    if left.at_most is None:
        said.append(
            "How many of those without any bear an indicator cannot be said before some are read, drawn by lot."
        )
    else:
        said.append(
            f"Of the {left.silent} rows without suggestions not passed, at most {left.at_most} likely bear an indicator "
            f"(95 %): {left.bearing} of {left.read} read, drawn by lot, did "
            f"({left.least:.0%} to {left.most:.0%} of all these rows)."
        )
    return said
