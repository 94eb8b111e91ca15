"""Plans in force: from when to when a recorded plan stood, by the ontology's table of how long answers stand."""

from __future__ import annotations

from dataclasses import dataclass

from kg.dates.when import END
from kg.model.review import Review
from kg.terms.reader import Terms


@dataclass(frozen=True, slots=True)
class Plan:
    """One plan: the row that began it, under which response, and from when to when (minutes).

    ``until`` is END, and ``ended_by`` None, where no end is recorded.
    """

    row: int
    response: str
    since: int
    until: int
    ended_by: int | None


def plans_in_force(review: Review, terms: Terms) -> tuple[Plan, ...]:
    """Every plan that a return records, in order of time.

    A plan is a response that the ontology lets stand until something ends it. It stands from its entry until the same
    agency surely later records one of the ends; recorded again while it stands, it is the same plan. An undated entry
    begins none.
    """
    entries = review.entries
    found: list[Plan] = []
    for row, entry in enumerate(review.entries):
        if not entry.known.closed:
            continue
        for response in entry.responses:
            words = terms.standing_for(response).until
            if not words:
                continue
            ends = [
                (other.known.latest, at)
                for at, other in enumerate(entries)
                if other.agency == entry.agency
                and {*words} & {other.contact, *other.responses}
                and entry.known.surely_before(other.known)
            ]
            until, ended_by = min(ends, default=(END, None))
            found.append(Plan(row, response, entry.known.earliest, until, ended_by))
    # The earliest row that began it stands for all that say it again before its end.
    begun: dict[tuple[str, str, int], Plan] = {}
    for plan in sorted(found, key=lambda plan: (plan.since, entries[plan.row].name)):
        begun.setdefault((entries[plan.row].agency, plan.response, plan.until), plan)
    found = list(begun.values())
    return tuple(sorted(found, key=lambda plan: (plan.since, plan.until, entries[plan.row].name, plan.response)))
