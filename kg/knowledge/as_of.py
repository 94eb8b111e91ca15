"""What each agency held on a given day: the answer to "who knew?"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kg.chronology.whose_code import AGENCY, ORDER, fact_of
from kg.dates.when import END
from kg.knowledge.bits import bits_of
from kg.knowledge.facts import Facts
from kg.knowledge.ledger import NEVER, Holding, Knowledge, from_day
from kg.model.record import Entry


@dataclass(frozen=True, slots=True)
class Known:
    """One kind of information about a subject that an agency held by the end of a day.

    ``certainty`` is "sure" or "possible"; ``since`` the row that first brought it; ``path`` the rows along which it came,
    first to last. ``person`` is whom it is about, where that is not the subject. ``coded_by`` says whose word it is, by the
    surest of what is held: "agency", "reviewer" or "suggested". ``surely_from`` and ``possibly_from`` are both bounds of that
    holding, always said: a day, ".." or "never" (``kg.knowledge.ledger.from_day``).
    """

    agency: str
    subject: str
    person: str
    indicator: str
    certainty: str
    since: Entry
    path: tuple[int, ...]
    coded_by: str
    surely_from: str = NEVER
    possibly_from: str = NEVER


def who_knew(knowledge: Knowledge, until: int, *, origin: int | None = None) -> Iterator[Known]:
    """What every agency held at a moment (minutes), by agency, subject and indicator, in the order of review.toml.

    Each kind of information is listed once for each agency and subject, by the fact it held first; surely if it surely
    held any fact of that kind, else possibly. ``origin`` keeps only the facts of one entry's event.
    """
    review, facts = knowledge.review, knowledge.facts
    of_origin = -1 if origin is None else facts.of_event(facts.links.event[origin])
    for agency in review.agencies:
        sure, possible = knowledge.sure[agency.name], knowledge.possible[agency.name]
        held_sure, held = sure.held(until), possible.held(until)
        for subject in review.subjects:
            for indicator in facts.indicators():
                mask = held & of_origin & facts.bearing(subject, indicator)
                if not mask:
                    continue
                surely = mask & held_sure
                ledger = sure if surely else possible
                first: tuple[int, str, int, Holding] | None = None
                for number, _ in facts.numbered(surely or mask):
                    holding = ledger.of(number)
                    if holding is not None:
                        turn = (holding.moment, review.entries[holding.gain.row].name, number, holding)
                        if first is None or turn[:3] < first[:3]:
                            first = turn
                if first is None:
                    continue
                fact = facts.all[first[2]]
                yield Known(
                    agency.name,
                    subject,
                    fact.person,
                    indicator,
                    "sure" if surely else "possible",
                    review.entries[first[3].gain.row],
                    knowledge.path(agency.name, first[2], surely=bool(surely)),
                    _whose_word(facts, surely or mask),
                    from_day(sure.of(first[2])),
                    from_day(possible.of(first[2])),
                )


def _whose_word(facts: Facts, mask: int) -> str:
    """Whose word some facts are, by the surest of them; where nobody but agencies coded, nothing is looked up."""
    if not facts.laid_over:
        return AGENCY
    said = (fact_of(facts.chronology, fact.indicator, fact.origin) for _, fact in facts.numbered(mask))
    return min(said, key=ORDER.index, default=AGENCY)


def held_since(knowledge: Knowledge, agency: str, mask: int) -> tuple[int, int]:
    """Since when an agency held any of some facts: the moments from which it possibly and from which it surely did.

    In minutes; ``END`` where it never did. It agrees with ``who_knew`` on every day: an agency surely holds a kind of
    information once it surely holds one fact of it.
    """
    sure, possible = knowledge.sure[agency], knowledge.possible[agency]
    since, surely = END, END
    for number in bits_of(mask & possible.facts):
        held = possible.of(number)
        if held is None:
            continue
        since = min(since, held.moment)
        certain = sure.of(number)
        if certain is not None:
            surely = min(surely, max(certain.moment, held.moment))
    return since, surely
