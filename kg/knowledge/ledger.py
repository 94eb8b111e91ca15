"""What one agency held, since when, and by which row."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from kg.chronology.side_by_side import Chronology
from kg.dates.when import BEGINNING, END, day_of
from kg.knowledge.bits import bits_of
from kg.knowledge.facts import Facts
from kg.knowledge.shares import Share
from kg.model.review import Review


@dataclass(frozen=True, slots=True)
class Gain:
    """Facts that reached an agency at a moment (minutes), by a row of its own (``share`` None) or by a share."""

    moment: int
    facts: int
    row: int
    share: Share | None


@dataclass(frozen=True, slots=True)
class Holding:
    """One agency's holding of one fact in one sense (surely or possibly): since when, and by which gain."""

    moment: int
    gain: Gain


OPEN, NEVER = "..", "never"
"""What stands for a day where there is none: from before any known day (EDTF's open end), and on no day at all."""


def from_day(holding: Holding | None) -> str:
    """From which day something was held, always said: a day (1999-08-06), ``OPEN`` or ``NEVER``.

    Put in order as text, an open start comes before every day and ``NEVER`` after: whatever is held by the end of a day
    is what compares as no greater than that day. Years are 1 to 9999.
    """
    if holding is None or holding.moment >= END:
        return NEVER
    return OPEN if holding.moment <= BEGINNING else day_of(holding.moment).isoformat()


class Ledger:
    """What one agency came to hold, in order of time, in one sense (surely, or possibly).

    ``gains`` are those that brought something new. ``brought`` are all that brought anything, news or not, unless the
    sweep was asked for news alone.
    """

    def __init__(self) -> None:
        self.gains: list[Gain] = []
        self.brought: list[Gain] = []
        self._moments: list[int] = []
        self._held: list[int] = []
        self._by_fact: dict[int, Gain] | None = None
        self.facts = 0

    def gain(self, gain: Gain, new: int) -> None:
        self.facts |= new
        self.gains.append(Gain(gain.moment, new, gain.row, gain.share) if new != gain.facts else gain)
        self._moments.append(gain.moment)
        self._held.append(self.facts)

    def held(self, until: int) -> int:
        """The facts held at or before a moment."""
        at = bisect_right(self._moments, until)
        return self._held[at - 1] if at else 0

    def of(self, fact: int) -> Holding | None:
        """Since when this agency held one fact, or None if it never did."""
        if self._by_fact is None:
            self._by_fact = {number: gain for gain in self.gains for number in bits_of(gain.facts)}
        gain = self._by_fact.get(fact)
        return None if gain is None else Holding(gain.moment, gain)


@dataclass(frozen=True, slots=True)
class Knowledge:
    """Everything every agency held, surely and possibly, under one reading of talk.

    ``shares`` are the shares it rests on. ``sure`` and ``possible`` map names of agencies to ledgers;
    ``told_to`` gives for each agency told what each telling row told it. ``if_so`` is ``sure`` in the readings in which
    what rows say possibly of somebody is so.
    """

    facts: Facts
    shares: Sequence[Share]
    sure: Mapping[str, Ledger]
    possible: Mapping[str, Ledger]
    told_to: Mapping[str, Mapping[int, int]] = field(default_factory=dict)
    widest: Knowledge | None = None
    if_so: Mapping[str, Ledger] = field(default_factory=dict)

    @property
    def chronology(self) -> Chronology:
        """The entries side by side, of which it is the knowledge."""
        return self.facts.chronology

    @property
    def review(self) -> Review:
        """The review whose agencies held it."""
        return self.facts.review

    @property
    def generous(self) -> Knowledge:
        """The knowledge under the generous reading, used for paths: itself, where that is the reading."""
        return self.widest or self

    def path(self, agency: str, fact: int, *, surely: bool = False) -> tuple[int, ...]:
        """The rows along which a fact came to an agency, first to last: the row it began with, then each telling."""
        ledgers = self.sure if surely else self.possible
        rows: list[int] = []
        seen: set[str] = set()
        at: str | None = agency
        while at is not None and at not in seen:
            seen.add(at)
            holding = ledgers[at].of(fact)
            if holding is None:
                break
            share = holding.gain.share
            if share is not None and share.heard is not None and share.heard != holding.gain.row:
                rows.append(share.heard)
            rows.append(holding.gain.row)
            at = share.sender if share is not None and share.receiver == at else None
        return tuple(dict.fromkeys(reversed(rows)))
