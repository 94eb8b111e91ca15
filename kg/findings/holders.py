"""Who held a fact that another agency needed, since when, and whether it could have told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

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
        self._names = [agency.name for agency in review.agencies]
        self._knowledge = knowledge
        self._public = public
        self._sure = in_turn((name, knowledge.sure[name].gains) for name in self._names)
        for turns in self._sure.values():
            turns.sort(key=lambda turn: turn[:3])
        self._brought: dict[int, list[tuple[int, bool, str, Gain]]] | None = None

    def surely(self, fact: int, seeker: str, told: int) -> tuple[str, Gain] | None:
        for _, _, name, gain in self._sure.get(fact, ()):
            if name != seeker and (name not in self._public or told >> fact & 1):
                return name, gain
        return None

    def possibly(self, fact: int, seeker: str, told: int) -> tuple[str, Gain] | None:
        if self._brought is None:
            self._brought = in_turn((name, self._knowledge.possible[name].brought) for name in self._names)
        told_rows = self._knowledge.told_to.get(seeker, {})
        best: dict[str, tuple[int, bool, str, Gain]] = {}
        for turn in self._brought.get(fact, ()):
            moment, _, name, gain = turn
            if best and moment > next(iter(best.values()))[0]:
                break
            if name == seeker or name in best or moment <= BEGINNING or (name in self._public and not told >> fact & 1):
                continue
            if not told_rows.get(gain.row, 0) >> fact & 1:
                best[name] = turn
        if not best:
            return None
        _, _, name, gain = min(best.values(), key=lambda turn: turn[:3])
        return name, gain


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

    A name that only the reviewer recognised as the subject's is no record of theirs: the agency did not know the link.
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
        note(entry.agency, row, entry.known.earliest)
    for share in knowledge.shares:
        note(share.receiver, share.row, max(share.earliest, share.arrives_earliest))
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


def ripe(review: Review, ledgers: Mapping[str, Ledger], names: set[str]) -> list[tuple[int, int]]:
    return [
        (after_a_working_day(gain.moment, review.jurisdiction), gain.facts)
        for name, ledger in ledgers.items()
        if name in names
        for gain in ledger.gains
        if BEGINNING < gain.moment < END
    ]


def ripe_openings(review: Review, ledgers: Mapping[str, Ledger], names: set[str]) -> list[tuple[int, int, int, str]]:
    """(moment, facts, row, holder) for every way a fact reached a holder; rows open at their start prove nothing."""
    return [
        (after_a_working_day(gain.moment, review.jurisdiction), gain.facts, gain.row, name)
        for name, ledger in ledgers.items()
        if name in names
        for gain in ledger.brought
        if gain.moment > BEGINNING and review.entries[gain.row].known.earliest > BEGINNING
    ]


def without(
    ripe: Iterable[tuple[int, int, int, str]], seeker: str, told: Mapping[int, int]
) -> Iterator[tuple[int, int]]:
    """Leave out what rows told the seeker in the same breath, and the seeker's own holdings."""
    for moment, facts, row, holder in ripe:
        if holder != seeker:
            left = facts & ~told.get(row, 0)
            if left:
                yield moment, left


def among(ripe: Iterable[tuple[int, int]], told: int) -> Iterator[tuple[int, int]]:
    """The public counts as holder only of what it told the seeker."""
    return ((moment, facts & told) for moment, facts in ripe if facts & told)


def told_by_the_public(review: Review, knowledge: Knowledge, public: set[str], seeker: str) -> int:
    told = 0
    for share in knowledge.shares:
        if share.sender in public and share.receiver == seeker:
            told |= share.exact
    return told


def by_agency(review: Review, rows: Sequence[int], bound: str) -> list[int]:
    return sorted(rows, key=lambda row: (getattr(review.entries[row].when, bound), row))
