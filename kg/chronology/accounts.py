"""Rows of different agencies that tell of one event, with a score and the reasons for it.

Two agencies write down one visit, meeting or handover, each in its own words and often without naming the other. Rows are
linked, never folded together, and only where enough speaks for it; what speaks for and against is said in sentences.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, product

from kg.dates.when import DAY
from kg.model.record import Entry
from kg.model.review import Review
from kg.terms.marks import is_contact
from kg.terms.reader import Terms

_LONG_WORD = re.compile(r"[^\W\d_]{5,}")

ENOUGH = 7
"""The score from which two rows are linked as accounts of one event."""

WORTH_ASKING = 5
"""The score from which a link is worth a person's look."""

NARROW = 2 * DAY
"""Rows whose date is wider than this, in minutes, are never linked by likeness: too much may have happened in it."""


@dataclass(frozen=True, slots=True)
class Account:
    """Two rows, by position, that may tell of one event: the score, and why.

    The score adds: 3 for the same day (2 for dates that overlap, 1 for the next day), 2 for times within half an hour
    (minus 2 for times two hours apart), 1 for a person in common (plus 1 for two), 2 for the same kind of contact (1 for
    kinds that go together, minus 2 for others), 2 for naming the other agency in a cell of sharing, 1 for naming it in the
    text, and up to 2 for uncommon words in common.
    """

    one: int
    other: int
    score: int
    why: tuple[str, ...]


def accounts(review: Review, terms: Terms, public: frozenset[str], least: int = ENOUGH) -> tuple[Account, ...]:
    """Every pair of rows of different agencies that reaches ``least``, best first; the order of rows does not matter.

    Only rows with a date no wider than two days are looked at; undated rows are linked to nothing and borrow no date.
    The public's own rows are left out: what it tells is linked as a telling. Supervision and record-only rows are not
    events.
    """
    likely = _Likeness(review, terms)
    rows = [
        row
        for row, entry in enumerate(review.entries)
        if entry.agency not in public
        and entry.when.closed
        and entry.when.latest - entry.when.earliest < NARROW
        and is_contact(entry, terms)
    ]
    by_day: dict[int, list[int]] = defaultdict(list)
    for row in rows:
        for day in range(review.entries[row].when.earliest // DAY, review.entries[row].when.latest // DAY + 2):
            by_day[day].append(row)
    seen: set[tuple[int, int]] = set()
    found: list[Account] = []
    for together in by_day.values():
        by_agency: dict[str, list[int]] = defaultdict(list)
        for row in together:
            by_agency[review.entries[row].agency].append(row)
        for some, others in combinations(by_agency.values(), 2):
            for one, other in product(some, others):
                pair = (min(one, other), max(one, other))
                if pair in seen:
                    continue
                seen.add(pair)
                account = likely.score(*sorted(pair, key=lambda row: _turn(review.entries[row])))
                if account is not None and account.score >= least:
                    found.append(account)
    names = [entry.name for entry in review.entries]
    return tuple(sorted(found, key=lambda each: (-each.score, *sorted((names[each.one], names[each.other])))))


def _turn(entry: Entry) -> tuple[int, int, str]:
    """Which of two rows is told of first."""
    return (entry.when.earliest, entry.when.latest, entry.name)


class _Likeness:
    """Scores pairs of rows; what each row says is worked out once."""

    def __init__(self, review: Review, terms: Terms) -> None:
        self._review, self._terms = review, terms
        self._words = [_content_words(entry.narrative) for entry in review.entries]
        counts = Counter(word for words in self._words for word in words)
        self._common = {word for word, number in counts.items() if number > max(3, len(review.entries) // 20)}
        self._names = {agency.name: _names_of(review, agency.name, terms) for agency in review.agencies}

    def score(self, one: int, other: int) -> Account | None:
        mine, theirs = self._review.entries[one], self._review.entries[other]
        reasons = [reason for reason in self._reasons(one, other, mine, theirs) if reason is not None]
        if not reasons or reasons[0][0] == 0:
            return None
        return Account(one, other, sum(points for points, _ in reasons), tuple(f"{p:+d} {why}" for p, why in reasons))

    def _reasons(self, one: int, other: int, mine: Entry, theirs: Entry) -> Iterator[tuple[int, str] | None]:
        people = {*mine.people, *mine.about} & {*theirs.people, *theirs.about}
        if not people:
            yield (0, "no person in common")
            return
        yield (min(2, len(people)), f"both name {', '.join(sorted(people))}")
        yield _by_date(mine, theirs)
        if mine.when.timed and theirs.when.timed:
            yield _by_time(mine, theirs)
        yield self._by_kind(mine, theirs)
        named = [
            agency
            for agency, entry in ((theirs.agency, mine), (mine.agency, theirs))
            if agency in entry.shared_with or agency in entry.received_from
        ]
        if named:
            yield (2, f"one row names {' and '.join(named)}")
        else:
            spoken = [
                agency
                for agency, entry in ((theirs.agency, mine), (mine.agency, theirs))
                if any(name in f" {' '.join(entry.narrative.casefold().split())} " for name in self._names[agency])
            ]
            if spoken:
                yield (1, f"the text of one speaks of {' and '.join(spoken)}")
        shared = sorted((self._words[one] & self._words[other]) - self._common)
        if len(shared) > 1:
            yield (min(2, len(shared) // 2), f"uncommon words in common: {', '.join(shared[:5])}")

    def _by_kind(self, mine: Entry, theirs: Entry) -> tuple[int, str]:
        if mine.contact == theirs.contact:
            return (2, f"the same kind of contact, {mine.contact}")
        one, other = (self._terms.concept("contact", entry.contact) for entry in (mine, theirs))
        if one and other and (theirs.contact in one.goes_with or mine.contact in other.goes_with):
            return (1, f"kinds that go together, {mine.contact} and {theirs.contact}")
        return (-2, f"different kinds, {mine.contact} and {theirs.contact}")


def _by_date(mine: Entry, theirs: Entry) -> tuple[int, str]:
    one, other = mine.when, theirs.when
    if one.earliest // DAY == other.earliest // DAY and one.latest // DAY == other.latest // DAY:
        return (3, f"the same day, {one.plain()}")
    if one.earliest <= other.latest and other.earliest <= one.latest:
        return (2, f"dates that overlap, {one.plain()} and {other.plain()}")
    return (1, f"a day apart, {one.plain()} and {other.plain()}")


def _by_time(mine: Entry, theirs: Entry) -> tuple[int, str] | None:
    apart = max(0, mine.when.earliest - theirs.when.latest, theirs.when.earliest - mine.when.latest)
    if apart <= 30:
        return (2, "times within half an hour")
    return (-2, "times two hours or more apart") if apart >= 120 else None


def _content_words(text: str) -> frozenset[str]:
    """The longer words of a narrative, cut to their first seven letters so that endings do not part them."""
    return frozenset(word[:7] for word in _LONG_WORD.findall(text.casefold()))


def _names_of(review: Review, name: str, terms: Terms) -> tuple[str, ...]:
    """How a text may speak of an agency: its name, its aliases, and its type where no other agency is of that type."""
    agency = review.agency(name)
    said: list[str] = [name, *agency.aliases]
    alone = sum(1 for other in review.agencies if other.type == agency.type) == 1
    concept = terms.concept("agency", agency.type) if agency.type else None
    if alone and concept is not None:
        said += [concept.label, *concept.alt]
    return tuple(f" {' '.join(words.casefold().split())} " for words in said if len(words) > 2)


def duplicates(review: Review) -> tuple[tuple[int, int], ...]:
    """Rows of one return that say the same twice: same date as written, same text but for spaces and case."""
    first: dict[tuple[str, str, str], int] = {}
    found: list[tuple[int, int]] = []
    for row, entry in enumerate(review.entries):
        text = " ".join(entry.narrative.casefold().split())
        key = (entry.agency, entry.when.words.strip(), text)
        if not text:
            continue
        if key in first:
            found.append((first[key], row))
        else:
            first[key] = row
    return tuple(found)


def one_to_one(review: Review, found: Sequence[Account]) -> Iterator[Account]:
    """The best links, one row of an agency for one row of another."""
    used: set[tuple[int, str]] = set()
    for account in found:
        one, other = review.entries[account.one], review.entries[account.other]
        if (account.one, other.agency) in used or (account.other, one.agency) in used:
            continue
        used |= {(account.one, other.agency), (account.other, one.agency)}
        yield account
