"""Brute force over every reading of a small review, for comparison with what the program computes.

A reading fixes the moment of every entry within its bounds, whether each message that only its sender recorded arrived,
whether telling a concept told its earlier facts too, and whether a receipt's sender held what was received. Written
without looking at the sweep: a plain replay in time, repeated until nothing changes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import product
from random import Random

from kg.dates.when import DAY
from kg.dates.working_days import after_a_working_day
from kg.findings.missed_share import engaging_contacts
from kg.knowledge.bits import bits_of
from kg.knowledge.facts import Facts
from kg.knowledge.shares import Share
from kg.model.review import Review
from kg.terms.marks import is_public
from kg.terms.reader import Terms

Held = dict[tuple[str, int], int]


@dataclass(frozen=True)
class Reading:
    """One way the record can be read. ``inclusive``: what is gained and told at the same moment is told."""

    moments: tuple[int, ...]
    arrives: Callable[[Share], bool]
    tells_more: Callable[[Share], bool]
    sender_held: Callable[[Share], bool]
    about: Callable[[int, int], bool]
    inclusive: bool


def moments_of(review: Review, step: int = DAY // 2) -> Iterator[tuple[int, ...]]:
    """Every combination of moments: the bounds of each entry and half days between them."""
    choices = []
    for entry in review.entries:
        lo, hi = entry.known.earliest, entry.known.latest
        choices.append(sorted({lo, hi, *range(lo, hi, step)}))
    return product(*choices)


def replay(review: Review, facts: Facts, shares: tuple[Share, ...], reading: Reading, public: set[str]) -> Held:
    """When each agency comes to hold each fact in one reading."""
    held: Held = {}
    changed = True

    def gain(agency: str, fact: int, moment: int) -> None:
        nonlocal changed
        if held.get((agency, fact), moment + 1) > moment:
            held[agency, fact] = moment
            changed = True

    while changed:
        changed = False
        for row, entry in enumerate(review.entries):
            for fact in bits_of(facts.possibly[row]):
                if facts.surely[row] >> fact & 1 or reading.about(row, fact):
                    gain(entry.agency, fact, reading.moments[row])
        for share in shares:
            said = reading.moments[share.row]
            if share.heard is not None and reading.sender_held(share):
                for fact in bits_of(share.received):
                    gain(share.sender, fact, said)
            if share.heard is None and not reading.arrives(share):
                continue
            comes = said if share.heard is None else max(said, reading.moments[share.heard])
            for fact in range(len(facts.all)):
                named, alike = share.exact >> fact & 1, share.alike >> fact & 1
                if not named and not (alike and reading.tells_more(share)):
                    continue
                own = share.own >> fact & 1
                if not own:
                    since = held.get((share.sender, fact))
                    if since is None or not (since <= said if reading.inclusive else since < said):
                        continue
                    if share.sender in public and not named and not _own_of(review, facts, share.sender) >> fact & 1:
                        continue
                gain(share.receiver, fact, comes)
    return held


def _own_of(review: Review, facts: Facts, agency: str) -> int:
    mask = 0
    for row, entry in enumerate(review.entries):
        if entry.agency == agency:
            mask |= facts.possibly[row]
    return mask


def most_knowing(moments: tuple[int, ...]) -> Reading:
    """The reading in which everything arrives and everything is told, at given moments."""
    return Reading(moments, lambda _: True, lambda _: True, lambda _: True, lambda _r, _f: True, True)


def least_knowing(moments: tuple[int, ...]) -> Reading:
    """The reading in which only what must be told is told, at given moments."""
    return Reading(moments, lambda _: False, lambda _: False, lambda _: False, lambda _r, _f: False, False)


def so_or_not(reading: Reading, facts: Facts) -> Reading:
    """The same reading, in which what rows say possibly of somebody is so in all of them or in none.

    What any row says surely of somebody is so.
    """
    sure = 0
    for mask in facts.surely:
        sure |= mask
    return replace(reading, about=lambda _, fact: bool(sure >> fact & 1) or reading.about(-1, fact))


def some_reading(review: Review, random: Random, moments: tuple[int, ...]) -> Reading:
    """A reading drawn at random."""
    coins: dict[object, bool] = {}

    def coin(*about: object) -> bool:
        return coins.setdefault(about, random.random() < 0.5)

    return Reading(
        moments,
        lambda share: coin("arrives", share.row, share.receiver),
        lambda share: coin("more", share.row, share.sender, share.receiver),
        lambda share: coin("held", share.row, share.sender, share.receiver),
        lambda row, fact: coin("about", row, fact),
        random.random() < 0.5,
    )


def missed_in(
    review: Review,
    facts: Facts,
    shares: tuple[Share, ...],
    told_to: Mapping[str, Mapping[int, int]],
    reading: Reading,
    terms: Terms,
) -> set[tuple[str, str, str, int]]:
    """What is missed in one reading: (subject, indicator, agency, contact row), straight from the definition."""
    public = {agency.name for agency in review.agencies if is_public(agency, terms)}
    held = replay(review, facts, shares, reading, public)
    found: set[tuple[str, str, str, int]] = set()
    for agency in review.agencies:
        if agency.name in public:
            continue
        needed = facts.needed_by(agency.type)
        told_rows = told_to.get(agency.name, {})
        for row in engaging_contacts(review, agency, terms):
            entry = review.entries[row]
            if entry.when != entry.known:
                continue  # readings give one moment a row
            mine = facts.possibly[row]
            for share in shares:
                if share.sender == agency.name and share.row == row:
                    mine |= share.exact
            for fact in bits_of(needed & ~mine):
                if held.get((agency.name, fact), entry.when.latest + 1) <= entry.when.latest:
                    continue
                if not _had(review, facts, shares, held, fact, agency.name, told_rows, reading, public, row):
                    continue
                what = facts.all[fact]
                if _known_state(facts, held, fact, agency.name, entry.when.latest, terms):
                    continue
                for subject in facts.household.bears_on(what.person):
                    if facts.is_about(entry, row, subject):
                        found.add((subject, what.indicator, agency.name, row))
    return found


def _known_state(facts: Facts, held: Held, fact: int, agency: str, moment: int, terms: Terms) -> bool:
    """Whether a fact tells of a state of which the agency held another word by then: of the same person or household."""
    what = facts.all[fact]
    concept = terms.concept("indicator", what.indicator)
    if concept is None or concept.nature != "state":
        return False
    words = terms.narrower("indicator", what.indicator)
    for other, alike in enumerate(facts.all):
        same = alike.person == what.person or (
            concept.about == "household" and facts.household.bears_on(alike.person) != frozenset()
        )
        if other != fact and alike.indicator in words and same and held.get((agency, other), moment + 1) <= moment:
            return True
    return False


def _had(
    review: Review,
    facts: Facts,
    shares: tuple[Share, ...],
    held: Held,
    fact: int,
    seeker: str,
    told_rows: Mapping[int, int],
    reading: Reading,
    public: set[str],
    contact: int,
) -> bool:
    """Whether another agency had held the fact a whole working day, by a row that is neither the seeker's own, nor linked
    with one of its rows, nor told it in the same breath."""

    def apart(row: int) -> bool:
        own = any(review.entries[other].agency == seeker for other in facts.links.event[row])
        return not own and not told_rows.get(row, 0) >> fact & 1

    for agency in review.agencies:
        if agency.name == seeker or agency.name in public or (agency.name, fact) not in held:
            continue
        ways = [
            reading.moments[row]
            for row, entry in enumerate(review.entries)
            if entry.agency == agency.name
            and facts.possibly[row] >> fact & 1
            and (facts.surely[row] >> fact & 1 or reading.about(row, fact))
            and apart(row)
        ]
        for share in shares:
            if share.receiver == agency.name and apart(share.row):
                since = held.get((share.sender, fact))
                said = reading.moments[share.row]
                carries = share.exact >> fact & 1 or (share.alike >> fact & 1 and reading.tells_more(share))
                if share.heard is None and not reading.arrives(share):
                    continue
                in_time = since is not None and (since <= said if reading.inclusive else since < said)
                if carries and (in_time or share.own >> fact & 1):
                    ways.append(said if share.heard is None else max(said, reading.moments[share.heard]))
            if (
                share.sender == agency.name
                and share.heard is not None
                and reading.sender_held(share)
                and share.received >> fact & 1
                and apart(share.heard)
            ):
                ways.append(reading.moments[share.row])
        if any(after_a_working_day(way, review.jurisdiction) <= reading.moments[contact] for way in ways):
            return True
    return False
