"""Who held a fact that another agency needed, since when, and whether it could have told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from kg.dates.when import BEGINNING, END, When
from kg.dates.working_days import after_a_working_day
from kg.knowledge.bits import bits_of
from kg.knowledge.facts import Facts
from kg.knowledge.ledger import Gain, Knowledge, Ledger
from kg.model.review import Review


class Holders:
    """Which agency held a fact first, of those that count as holders for a seeker, and by which gain.

    The public counts only for facts it told the seeker; possibly, a row that told the seeker too does not count.
    """

    def __init__(self, review: Review, knowledge: Knowledge, public: set[str]) -> None:
        self._review, self._knowledge, self._public = review, knowledge, public
        self._names = [agency.name for agency in review.agencies]
        self._found: dict[bool, dict[int, list[tuple[int, bool, str, Gain]]]] = {}

    def first(
        self, fact: int, seeker: str, told: int, *, surely: bool, barred: frozenset[str] = frozenset()
    ) -> tuple[str, Gain] | None:
        """The agency that held a fact first, and by what. ``barred`` are agencies that could not have told it."""
        turns = self._found.get(surely)
        if turns is None:
            ledgers = self._knowledge.sure if surely else self._knowledge.possible
            turns = self._found[surely] = in_turn((name, ledgers[name].brought) for name in self._names)
        best: tuple[int, bool, str, Gain] | None = None
        for turn in turns.get(fact, ()):
            moment, _, name, gain = turn
            if best is not None and moment > best[0]:
                break
            if name == seeker or name in barred or (name in self._public and not told >> fact & 1):
                continue
            slip = self._review.entries[gain.row].known.perhaps_a_slip
            if slip or moment <= BEGINNING or shared_in_a_breath(self._knowledge, gain.row, seeker) >> fact & 1:
                continue
            if best is None or turn[:3] < best[:3]:
                best = turn
        return None if best is None else (best[2], best[3])


EVERY = -1


def shared_in_a_breath(knowledge: Knowledge, row: int, seeker: str) -> int:
    """The facts of a row that prove nobody a holder apart from an agency: it is that agency's own row, linked with one of
    its rows, or told it in the same breath."""
    entries = knowledge.review.entries
    if any(entries[other].agency == seeker for other in knowledge.chronology.links.event[row]):
        return EVERY
    return knowledge.told_to.get(seeker, {}).get(row, 0)


def in_turn(gains: Iterable[tuple[str, Iterable[Gain]]]) -> dict[int, list[tuple[int, bool, str, Gain]]]:
    """For each fact the gains that brought it to any agency, earliest first: (moment, whether told, agency, gain)."""
    found: dict[int, list[tuple[int, bool, str, Gain]]] = {}
    for name, some in gains:
        for gain in some:
            turn = (gain.moment, gain.share is not None, name, gain)
            for fact in bits_of(gain.facts):
                found.setdefault(fact, []).append(turn)
    for turns in found.values():
        turns.sort(key=lambda turn: turn[0])
    return found


def records_of_subjects(review: Review, facts: Facts, knowledge: Knowledge) -> dict[tuple[str, str], tuple[int, When]]:
    """For each (agency, subject): the first row by which the agency had any record of the subject.

    A name that only the reviewer recognised as the subject's is no record of theirs: the agency did not know the link. A
    row open at its start proves a record only from its latest moment.
    """
    first: dict[tuple[str, str], tuple[int, str, int]] = {}

    def note(agency: str, row: int, moment: int) -> None:
        entry = review.entries[row]
        recognised = {person for _, person in entry.joined} - {*entry.own_people}
        for subject in facts.household.subjects_named(entry) - recognised:
            key = (agency, subject)
            seen = (moment, entry.name, row)
            if key not in first or seen < first[key]:
                first[key] = seen

    for row, entry in enumerate(review.entries):
        if not entry.known.undated:
            note(entry.agency, row, entry.known.earliest if entry.known.earliest > BEGINNING else entry.known.latest)
    for share in knowledge.shares:
        begins = share.earliest if share.earliest > BEGINNING else share.latest
        if begins < END:
            note(share.receiver, share.row, max(begins, share.arrives_earliest))
    return {key: (row, review.entries[row].known) for key, (_, _, row) in first.items()}


class Rising:
    """Facts held for a whole working day, read off at later and later moments."""

    def __init__(self, ripe: Iterable[tuple[int, int]]) -> None:
        self._ripe = sorted(ripe)
        self._at = 0
        self._held = 0

    def until(self, moment: int) -> int:
        while self._at < len(self._ripe) and self._ripe[self._at][0] <= moment:
            self._held |= self._ripe[self._at][1]
            self._at += 1
        return self._held


Way = tuple[int, int, int, str]
"""One way in which facts reached a holder: when they had been held a working day, the facts, the row, the holder."""


def ripe(review: Review, ledgers: Mapping[str, Ledger]) -> list[Way]:
    """Every way in which facts surely reached a holder."""
    return [
        (after_a_working_day(gain.moment, review.jurisdiction), gain.facts, gain.row, name)
        for name, ledger in ledgers.items()
        for gain in ledger.brought
        if BEGINNING < gain.moment < END and not review.entries[gain.row].known.perhaps_a_slip
    ]


def ripe_openings(review: Review, ledgers: Mapping[str, Ledger]) -> list[Way]:
    """Every way in which facts possibly reached a holder; rows open at their start, or perhaps a slip, prove nothing."""
    return [
        (after_a_working_day(gain.moment, review.jurisdiction), gain.facts, gain.row, name)
        for name, ledger in ledgers.items()
        for gain in ledger.brought
        if gain.moment > BEGINNING
        and review.entries[gain.row].known.earliest > BEGINNING
        and not review.entries[gain.row].known.perhaps_a_slip
    ]


def against(ways: Iterable[Way], knowledge: Knowledge, seeker: str, told: int) -> dict[str, list[tuple[int, int]]]:
    """What each holder held apart from a seeker, by holder: without what came by the seeker's own rows, by rows linked with
    them or by rows that told it in the same breath. The public counts only for what it told the seeker (``told``)."""
    found: dict[str, list[tuple[int, int]]] = {}
    apart: dict[int, int] = {}
    for moment, facts, row, holder in ways:
        if holder == seeker:
            continue
        if row not in apart:
            apart[row] = ~shared_in_a_breath(knowledge, row, seeker)
        left = facts & apart[row]
        if holder in knowledge.chronology.public:
            left &= told
        if left:
            found.setdefault(holder, []).append((moment, left))
    return found


def told_by_the_public(review: Review, knowledge: Knowledge, public: set[str], seeker: str) -> int:
    told = 0
    for share in knowledge.shares:
        if share.sender in public and share.receiver == seeker:
            told |= share.exact
    return told


def by_agency(review: Review, rows: Sequence[int], bound: str) -> list[int]:
    return sorted(rows, key=lambda row: (getattr(review.entries[row].when, bound), row))


class Told:
    """What others held apart from a seeker, read off at later and later moments: of those free to tell, and of each other."""

    def __init__(self, ways: Mapping[str, list[tuple[int, int]]], bound: frozenset[str]) -> None:
        self._free = Rising(way for holder, some in ways.items() if holder not in bound for way in some)
        self._bound = {holder: Rising(ways[holder]) for holder in sorted(bound) if holder in ways}

    def until(self, moment: int) -> tuple[int, dict[str, int]]:
        """What those held who are never refused leave to share, and what each other one held."""
        return self._free.until(moment), {holder: rising.until(moment) for holder, rising in self._bound.items()}


def free(held: tuple[int, dict[str, int]], barred: frozenset[str]) -> int:
    """What was held by those who were free to tell."""
    mask, bound = held
    for holder, facts in bound.items():
        if holder not in barred:
            mask |= facts
    return mask
