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


CODED = ("Entry", "Fingerprint", "Field", "Notation", "Verdict", "By", "On")
"""The columns of codes.csv without which a row of it says nothing."""

RESTS_ON = ("Words", "From", "To", "Whose", "Pattern")
"""The columns of codes.csv that say what a code rests on."""

OF_CODES = ("accepted", "rejected", "passed", "open", "suggested")
"""What a reviewer may decide of a code suggested or added, or (passed) of a whole narrative; open undoes either.

"suggested" is no decision: a person or a model outside proposes the code, and it waits like any other."""

CODE_FIELDS = ("indicators", "responses", "contact", "seen", "said", "shared_with", "received_from")
"""The fields of an entry that a code may fill."""


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
