"""Which rows of different agencies are two accounts of one telling or one meeting.

A referral is written down by the one who makes it and by the one who receives it. Linking the two rows shows that it
arrived; a telling without a linked row of receipt is a question in itself. Rows are linked, never folded together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.chronology.accounts import Account, accounts, one_to_one
from kg.chronology.messages import one_message
from kg.dates.nearby import Near
from kg.dates.when import DAY
from kg.model.record import Entry
from kg.model.review import Review
from kg.terms.marks import is_letter, is_meeting, is_talk, speaks_of_letter
from kg.terms.reader import Terms


@dataclass(frozen=True, slots=True)
class Links:
    """The linked rows of a review, by position in ``review.entries``.

    ``heard`` maps (telling row, agency told) to that agency's row of it; ``told`` maps (row of receipt, agency heard
    from) back; ``event`` gives for every row the rows that are accounts of the same event, itself included, in order.
    """

    heard: Mapping[tuple[int, str], int]
    told: Mapping[tuple[int, str], int]
    event: Sequence[tuple[int, ...]]
    accounts: tuple[Account, ...] = ()


def link_events(review: Review, terms: Terms, public: frozenset[str]) -> Links:
    """Link all rows that are accounts of one event: by likeness first, then tellings with the receipts still free.

    A row linked by likeness to the row of an agency it tells is that agency's row of it, though it does not name the
    teller; so the row of a meeting is not given to a letter of the week after. Rows are linked once, before anything is
    judged, and their order changes nothing.
    """
    alike = tuple(one_to_one(review, accounts(review, terms, public)))
    heard: dict[tuple[int, str], int] = {}
    for account in alike:
        for row, other in ((account.one, account.other), (account.other, account.one)):
            if review.entries[other].agency in review.entries[row].shared_with:
                heard[row, review.entries[other].agency] = other
    tellings = link_tellings(review, terms, heard)
    pairs = [(row, other) for (row, _), other in tellings.heard.items()]
    pairs += [(each.one, each.other) for each in alike]
    return Links(tellings.heard, tellings.told, _events(len(review.entries), pairs), alike)


def link_tellings(review: Review, terms: Terms, settled: Mapping[tuple[int, str], int] | None = None) -> Links:
    """Link every telling to the row of the agency that was told, where one can be found.

    Two rows may be linked where one tells and the other is told or does not say which way it was, or both record one
    meeting, or one talk at times that overlap, and name each other; they must share a person (a blank People cell names
    all) and lie within 7 days of each other, 28 for letters. Tellings take their turn in order of time (of their latest
    moment); each takes the nearest row still free, then the one sharing most indicators, then by name. One row answers
    one telling between the same two agencies. A row whose date is open at either end is never linked: nobody knows what
    it lies near. The answer does not depend on the order of rows or files. Of those left over, two rows are one message
    where the words of one name the Ref or the day of the other. ``settled`` are tellings whose row is known already.
    """
    entries = review.entries
    between: dict[tuple[str, str], list[tuple[int, str]]] = defaultdict(list)
    receipts: dict[tuple[str, str], list[int]] = defaultdict(list)
    for index, entry in enumerate(entries):
        if not (entry.shared_with or entry.received_from) or not entry.known.closed:
            continue
        for other in entry.shared_with:
            if other != entry.agency:
                between[_pair(entry.agency, other)].append((index, other))
        for other in (*entry.received_from, *entry.either_way):
            if other != entry.agency:
                receipts[other, entry.agency].append(index)
    heard = dict(settled or {})
    told = {(row, entries[telling].agency): telling for (telling, _), row in heard.items()}
    for pair, tellings in between.items():
        tellings.sort(key=lambda told_to: (*_turn(entries[told_to[0]]), told_to[1]))
        met = [i for i, _ in tellings if is_meeting(entries[i], terms) or is_talk(entries[i], terms)]
        rows = {
            to: Near(
                dict.fromkeys(receipts.get((sender, to), []) + [i for i in met if entries[i].agency == to]),
                lambda row: (entries[row].known.earliest, entries[row].known.latest),
            )
            for sender, to in (pair, pair[::-1])
        }
        for index, to in tellings:
            if (index, to) in heard:
                continue
            row = _nearest(entries, index, to, rows[to], told, terms)
            if row is None:
                continue
            sender = entries[index].agency
            heard[index, to] = row
            told[row, sender] = index
            if sender not in entries[row].received_from:  # both record one meeting
                heard[row, sender] = index
                told[index, to] = row
        for index, to in tellings:  # what lies further apart is one message where its own words say so
            sender = entries[index].agency
            for row in sorted(receipts.get((sender, to), []), key=lambda row: _turn(entries[row])):
                alike = _share_a_person(entries[index], entries[row]) and one_message(entries[index], entries[row])
                if (index, to) not in heard and (row, sender) not in told and alike:
                    heard[index, to] = row
                    told[row, sender] = index
    return Links(heard, told, _events(len(entries), [(row, other) for (row, _), other in heard.items()]))


def within(one: Entry, other: Entry, terms: Terms) -> bool:
    """Whether two rows lie close enough to be one event: 7 days apart at most, 28 where either is or speaks of a letter."""
    name = "linking-letters" if slow(one, terms) or slow(other, terms) else "linking"
    return _apart(one, other) <= terms.window_days(name) * DAY


def slow(entry: Entry, terms: Terms) -> bool:
    """Whether a row is a letter or speaks of one, so that its other end may lie weeks away."""
    return is_letter(entry, terms) or speaks_of_letter(entry, terms)


def _nearest(
    entries: Sequence[Entry],
    index: int,
    to: str,
    rows: Near[int],
    taken: Mapping[tuple[int, str], int],
    terms: Terms,
) -> int | None:
    telling = entries[index]
    meeting = is_meeting(telling, terms)
    best: tuple[int, int, tuple[int, int, str], int] | None = None
    widest = terms.window_days("linking-letters") * DAY
    for row in rows.between(telling.known.earliest - widest, telling.known.latest + widest):
        entry = entries[row]
        if (row, telling.agency) in taken or not within(telling, entry, terms):
            continue
        told = telling.agency in entry.received_from or telling.agency in entry.either_way
        if not told and not (
            telling.agency in entry.shared_with
            and ((meeting and is_meeting(entry, terms)) or _one_talk(telling, entry, terms))
        ):
            continue
        if not _share_a_person(telling, entry):
            continue
        alike = len({*telling.indicators} & {*entry.indicators})
        score = (_unlike(telling, entry), -alike, _turn(entry), row)
        if best is None or score < best:
            best = score
    return None if best is None else best[3]


def _one_talk(one: Entry, other: Entry, terms: Terms) -> bool:
    """Whether two rows that both tell are one talk, as each party wrote it down: a call each, at times that overlap."""
    return is_talk(one, terms) and is_talk(other, terms) and _apart(one, other) == 0


def _turn(entry: Entry) -> tuple[int, int, str]:
    """Order of time for linking: by the latest moment, so that a wide date does not take a certain one's row."""
    return (entry.known.latest, entry.known.earliest, entry.name)


def _apart(one: Entry, other: Entry) -> int:
    """Minutes between two dates at their nearest; 0 where they overlap."""
    return max(0, one.known.earliest - other.known.latest, other.known.earliest - one.known.latest)


def _unlike(one: Entry, other: Entry) -> int:
    """How far two dates may lie apart, in minutes: so that a certain day is nearer than a month that contains it."""
    return max(abs(one.known.earliest - other.known.earliest), abs(one.known.latest - other.known.latest))


def _share_a_person(one: Entry, other: Entry) -> bool:
    mine, theirs = {*one.people, *one.about}, {*other.people, *other.about}
    return not mine or not theirs or not mine.isdisjoint(theirs)


def _pair(one: str, other: str) -> tuple[str, str]:
    return (one, other) if one < other else (other, one)


def _events(count: int, pairs: Iterable[tuple[int, int]]) -> list[tuple[int, ...]]:
    """Group linked rows into events: everything joined by a chain of links is one event."""
    leader = list(range(count))

    def lead(row: int) -> int:
        while leader[row] != row:
            leader[row] = leader[leader[row]]
            row = leader[row]
        return row

    joined: set[int] = set()
    for telling, row in pairs:
        one, other = lead(telling), lead(row)
        leader[max(one, other)] = min(one, other)
        joined |= {telling, row}
    groups: dict[int, list[int]] = defaultdict(list)
    for row in sorted(joined):
        groups[lead(row)].append(row)
    events: list[tuple[int, ...]] = [(row,) for row in range(count)]
    for group in groups.values():
        for row in group:
            events[row] = tuple(group)
    return events
