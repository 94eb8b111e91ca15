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

PAIRED = ("Id", "Entries", "Holders", "Seekers", "Indicators", "Duties")
"""The columns of pairs.csv."""

EPISODES = ("Episode", "What", "Value", "By", "On", "Why")
"""The columns of episodes.csv."""

CHOICES = ("name", "join", "part", "order")
"""What a reviewer may make of an episode."""

STORYBOARD = ("Step", "What", "Value", "By", "On", "Why")
"""The columns of storyboard.csv."""

STORY_CHOICES = ("caption", "notes", "order", "out", "view")
"""What a reviewer may make of a step of the storyboard; a view of a new name adds a step."""

VERDICTS = ("accepted", "dismissed", "open", "same", "different", "unsure")
"""What a reviewer may decide: the first three of a finding, the others of two names."""


@dataclass(frozen=True, slots=True)
class Published:
    """A conclusion of a published report (findings.csv), for comparison. ``agency`` may name several, parted by "; "."""

    id: str
    when: When
    agency: str
    kind: str
    finding: str
    source: str
    place: Place

    @property
    def agencies(self) -> tuple[str, ...]:
        """Every agency that the finding names."""
        return tuple(name for name in self.agency.split("; ") if name)


@dataclass(frozen=True, slots=True)
class Pairing:
    """A reader's note of what a published finding (by its Id) speaks of: entries, or who lacked what that who held.

    ``duties`` are parts of the names of the families of duties that are meant, where the reason matters. A note with
    neither entries, holders nor seekers says that nothing in the record could show the finding.
    """

    id: str
    entries: tuple[str, ...]
    holders: tuple[str, ...]
    seekers: tuple[str, ...]
    indicators: tuple[str, ...]
    duties: tuple[str, ...]
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


@dataclass(frozen=True, slots=True)
class Proposed:
    """One code that the words of an entry suggest and nobody has judged, where such codes are counted.

    ``code`` is as in ``Entry.suggested``; ``words`` are those it rests on, ``pattern`` what suggested it.
    """

    entry: str
    code: str
    words: str
    pattern: str


@dataclass(frozen=True, slots=True)
class StoryChoice:
    """What the reviewer made of a step of the storyboard: its caption, its notes, its place, its view, or that it goes.

    ``step`` is the step's name; a view of a name that is none adds a step of the reviewer's own. ``value`` is the words; a
    whole number; the part of the page's address behind the #; or "yes" or "no", whether the step is out.
    """

    step: str
    what: str
    value: str
    by: str
    on: date | None
    why: str
    place: Place


CODED = ("Entry", "Fingerprint", "Field", "Notation", "Verdict", "By", "On")
"""The columns of codes.csv without which a row of it says nothing."""

RESTS_ON = ("Words", "From", "To", "Whose", "Pattern")
"""The columns of codes.csv that say what a code rests on."""

OF_CODES = ("accepted", "rejected", "passed", "open", "suggested")
"""What a reviewer may decide of a code suggested or added, or (passed) of a whole narrative; open undoes either.

"suggested" is no decision: a person or a model outside proposes the code, and it waits like any other."""


@dataclass(frozen=True, slots=True)
class Coded:
    """What the reviewer decided of one code of one entry, or of its narrative as a whole (then ``field`` is "").

    ``entry`` is the entry's name and ``fingerprint`` the mark of its narrative's words when it was decided. ``value`` is
    what would stand in the field: a notation, an agency's name, or words said. ``words`` are those it rests on, from
    ``start`` up to ``end``; ``whose`` the person it is about, ``pattern`` what suggested it ("" where the reviewer did).
    """

    entry: str
    fingerprint: str
    field: str
    value: str
    verdict: str
    by: str
    on: date
    place: Place
    words: str = ""
    start: int = 0
    end: int = 0
    whose: str = ""
    pattern: str = ""


OF_NAMES = ("same", "different", "unsure")
"""The verdicts that are about two names."""

PAIR = ("Of", "As")
"""The columns of judgements.csv that hold the two names."""
