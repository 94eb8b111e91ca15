"""What the reviewer decided, what agencies replied, and notes, for people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.dates.when import say_day
from kg.model.record import Entry
from kg.model.reviewer import Judgement, Note
from kg.reports.lines import Line, flow
from kg.wording.rules import answered


def replies_report(entries: Iterable[Entry]) -> Iterator[Line]:
    """What an agency answered to a question about a finding."""
    for entry in entries:
        yield "", ""
        yield from (("", line) for line in flow(answered(entry), 2, 2))


def judged_report(judgements: Iterable[Judgement]) -> Iterator[Line]:
    """What the reviewer decided of a finding, in the order decided; the last stands."""
    for judgement in judgements:
        yield "", ""
        text = f"{judgement.verdict.capitalize()} by {judgement.by} on {say_day(judgement.on)}: {judgement.why}"
        yield from (("grave", line) for line in flow(text, 2, 2))


def notes_report(notes: Iterable[Note]) -> Iterator[Line]:
    """The reviewer's own notes on an entry: kept apart from the record, never read by a rule."""
    for note in notes:
        yield "", ""
        day = f" on {say_day(note.on)}" if note.on else ""
        text = f"Note by {note.by}{day}: {note.note}"
        yield from (("quiet", line) for line in flow(text, 2, 2))
