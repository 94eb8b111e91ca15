"""What the reviewer decided and noted, and the columns of the files it stands in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kg.dates.when import When
from kg.model.problem import Place

JUDGED = ("Id", "Verdict", "By", "On", "Why")
"""The columns of judgements.csv."""

NOTED = ("Entry", "Note", "By", "On")
"""The columns of notes.csv."""

EPISODES = ("Episode", "What", "Value", "By", "On", "Why")
"""The columns of episodes.csv."""

CHOICES = ("name", "join", "part", "order")
"""What a reviewer may make of an episode."""

VERDICTS = ("accepted", "dismissed", "open", "same", "different", "unsure")
"""What a reviewer may decide: the first three of a finding, the others of two names."""


@dataclass(frozen=True, slots=True)
class Published:
    """A conclusion of a published report (findings.csv), for comparison."""

    id: str
    when: When
    agency: str
    kind: str
    finding: str
    source: str
    place: Place


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the reviewer decided of a finding or of two names: ``verdict``, by whom, when and why.

    ``names`` are the two names as they were written, where the judgement is about names and says them.
    """

    id: str
    verdict: str
    by: str
    on: date
    why: str
    place: Place
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Note:
    """What the reviewer wrote beside an entry: a line of enquiry, a doubt, something to come back to.

    ``entry`` is the entry's name, with the mark of its words where it has no Ref; ``on`` is None where no day is given.
    """

    entry: str
    note: str
    by: str
    on: date | None
    place: Place


@dataclass(frozen=True, slots=True)
class EpisodeChoice:
    """What the reviewer made of an episode: a name, another that belongs to it, where it parts, its place in the order.

    ``id`` is the episode's id, or the name of an entry in it. ``value`` is the name; the id of the other; the name of the
    entry with which the second part begins; or a whole number.
    """

    id: str
    what: str
    value: str
    by: str
    on: date | None
    why: str
    place: Place


OF_NAMES = ("same", "different", "unsure")
"""The verdicts that are about two names."""

PAIR = ("Of", "As")
"""The columns of judgements.csv that hold the two names."""
