"""Accounts that differ: what two agencies wrote of one event, side by side, where they do not say the same.

A difference is not an error. It shows what one side may have meant and the other understood: who was seen, what was
passed on, what was agreed, and when.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from kg.chronology.order import turn
from kg.chronology.side_by_side import Chronology
from kg.chronology.sightings import seen_of
from kg.findings.finding import Family, Finding, Keys, Kind
from kg.knowledge.ledger import Knowledge
from kg.model.record import Entry
from kg.model.review import Review


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing on which accounts differ: ``what`` ("seen", "indicators", "response", "when"), and what each row says."""

    what: str
    said: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class Differing:
    """The rows of one event, in order of time, whose they are, and everything on which they differ."""

    accounts: tuple[int, ...]
    whose: tuple[str, ...]
    differences: tuple[Difference, ...]

    def rows(self) -> tuple[int, ...]:
        """Every account of the event."""
        return self.accounts

    def rests_on(self) -> tuple[int, ...]:
        """The same."""
        return self.accounts

    def shown_by(self) -> tuple[int, ...]:
        """Every account."""
        return self.accounts

    def agencies(self) -> frozenset[str]:
        """Those that wrote one."""
        return frozenset(self.whose)

    def people(self, knowledge: Knowledge) -> frozenset[str]:
        """Those whom any account names."""
        return frozenset(person for row in self.accounts for person in knowledge.review.entries[row].people)


def differing_accounts(chronology: Chronology) -> tuple[Differing, ...]:
    """Every event that several agencies wrote down and on which their accounts differ.

    Rows that state nothing on a point do not differ on it: only what both wrote is compared. Indicators: both rows carry
    some, and they are not the same. Seen and responses are compared only between rows of the same kind of contact: one
    who is told of a visit has not made it. When: in no reading the same moment. The public's words are not compared.
    """
    review, public = chronology.review, chronology.public
    found: list[Differing] = []
    done: set[tuple[int, ...]] = set()
    for event in chronology.links.event:
        if len(event) < 2 or event in done:
            continue
        done.add(event)
        entries = review.entries
        rows = sorted((row for row in event if entries[row].agency not in public), key=lambda row: turn(entries[row]))
        agencies = tuple(dict.fromkeys(entries[row].agency for row in rows))
        if len(agencies) < 2:
            continue
        differences = tuple(_differences(review, rows))
        if differences:
            found.append(Differing(tuple(rows), agencies, differences))
    return tuple(sorted(found, key=lambda each: turn(review.entries[each.accounts[0]])))


def _differences(review: Review, rows: Sequence[int]) -> Iterator[Difference]:
    ways: tuple[tuple[str, Callable[[Entry], str], Callable[[str, str], bool]], ...] = (
        ("seen", lambda entry: _seen(entry, review), lambda one, other: ("not" in one) != ("not" in other)),
        ("indicators", lambda entry: "; ".join(sorted(entry.indicators)), lambda one, other: one != other),
        ("response", lambda entry: "; ".join(sorted(entry.responses)), lambda one, other: one != other),
    )
    for what, words, unlike in ways:
        said = [(row, text) for row in rows if (text := words(review.entries[row]))]
        if any(
            unlike(mine, theirs) and (what == "indicators" or _same_kind(review, one, other))
            for at, (one, mine) in enumerate(said)
            for other, theirs in said[at + 1 :]
        ):
            yield Difference(what, tuple(said))
    dated = [row for row in rows if review.entries[row].when.closed]
    if any(
        review.entries[one].when.surely_before(review.entries[other].when)
        for at, one in enumerate(dated)
        for other in dated[at + 1 :]
    ):
        yield Difference("when", tuple((row, review.entries[row].when.plain()) for row in dated))


def _same_kind(review: Review, one: int, other: int) -> bool:
    return review.entries[one].contact == review.entries[other].contact


def _seen(entry: Entry, review: Review) -> str:
    said = seen_of(entry, review)
    return "" if said == "not stated" else said


def find(knowledge: Knowledge, keys: Keys) -> list[Finding]:
    """Every event on which accounts differ, as a finding."""
    entries = knowledge.review.entries
    return [
        Finding(_id(keys, [entries[row] for row in each.accounts]), KIND, "sure", "", "", each)
        for each in differing_accounts(knowledge.chronology)
    ]


def _could_be(knowledge: Knowledge, keys: Keys) -> Iterator[str]:
    review, public = knowledge.review, knowledge.chronology.public
    for event in knowledge.chronology.links.event:
        accounts = [review.entries[row] for row in event if review.entries[row].agency not in public]
        if len(accounts) > 1:
            yield _id(keys, accounts)


def _id(keys: Keys, accounts: Iterable[Entry]) -> str:
    return keys.id(WORD, KIND, *sorted(keys.entry(entry) for entry in accounts))


WORD, KIND = "differ", "accounts-differ"
FAMILY = Family(WORD, (Kind(KIND, "Accounts of one event that differ"),), find, _could_be)
