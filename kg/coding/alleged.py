"""Allegations heard from two things at once: that somebody tells, and the harm that is told.

"Told her tutor" is no disclosure, nor is "dad hits him" one; "told her tutor that dad hits him" is. So the lexicon holds
ways of telling, and any harm that it knows may be what is told.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from kg.coding.suggestion import Suggestion
from kg.model.record import Entry

SCHEME = "allegation"
"""The scheme of ways of telling: "allegation:disclosure", "allegation:third-party-allegation"."""

FURTHER = frozenset({"third-party-allegation"})
"""What is told on in the next sentence: a caller is named first, and then what they say."""


@dataclass(frozen=True, slots=True)
class Telling:
    """Words by which somebody tells something: which indicator it is if a harm is told, and where its sentence ends.

    ``reach`` is where the next sentence ends.
    """

    value: str
    start: int
    end: int
    reach: int
    pattern: str


def alleged(
    entry: Entry, tellings: Sequence[Telling], codes: Iterable[Suggestion], harms: Collection[str]
) -> Iterator[Suggestion]:
    """One suggestion for each way of telling that a harm follows, on the words from the one to the other."""
    told = [
        each for each in codes
        if each.field == "indicators" and each.value in harms and each.strength != "look" and each.present
    ]  # fmt: skip
    others = [each for each in tellings if each.value in FURTHER]
    for telling in tellings:
        if telling not in others and any(each.end < telling.start < each.reach for each in others):
            continue  # it is still the caller who speaks
        limit = telling.reach if telling.value in FURTHER else telling.end
        harm = next((each for each in told if telling.start < each.end and each.start < limit), None)
        if harm is None or harm.value == telling.value:
            continue
        start, end = min(telling.start, harm.start), harm.end
        yield Suggestion(
            entry=entry.name,
            field="indicators",
            value=telling.value,
            words=entry.narrative[start:end],
            start=start,
            end=end,
            pattern=f"{SCHEME}:{telling.value} {telling.pattern} + {harm.value}",
            strength="likely",
            heard=tuple(each for each in harm.heard if each == "doubted"),
            whose=harm.whose,
        )
