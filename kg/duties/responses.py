"""What an entry records as done, and a row taken as the answer to what a rule asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kg.dates.when import When
from kg.model.record import Entry

ALONE = "child-seen-alone"


@dataclass(frozen=True, slots=True)
class Answer:
    """A row that answers a duty: as which notation, and when. ``stands_until`` is the last minute it stands.

    ``sure`` is false for a telling that does not say what it told, or tells something else of the same event: it may have
    been this.
    """

    row: int
    notation: str
    when: When
    stands_until: int
    sure: bool = True


def acts_of(entry: Entry) -> Sequence[str]:
    """What an entry records as done: its responses, its kind of contact, and being seen alone."""
    acts = [*entry.responses]
    if entry.contact and f"contact:{entry.contact}" not in entry.suggested:  # what nobody has accepted answers nothing
        acts.append(entry.contact)
    if entry.seen == "alone":
        acts.append(ALONE)
    return tuple(dict.fromkeys(acts))
