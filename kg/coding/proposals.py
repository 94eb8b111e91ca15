"""What waits for the reviewer: suggestions that say something new and that nobody has judged; and how far reading has come."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.base.fingerprint import fingerprint
from kg.coding.gathered import suggestions
from kg.coding.laid_over import standing
from kg.coding.suggestion import Suggestion
from kg.model.record import SCHEMES, TELLINGS, Entry
from kg.model.review import Review
from kg.model.reviewer import Coded
from kg.terms.reader import Terms


@dataclass(frozen=True, slots=True)
class Reading:
    """How far the rows of one return are read: each row counts once, under the first of these that is true of it.

    ``coded`` by the agency, ``read`` by the reviewer, ``suggested`` only, or ``unread`` with nothing suggested.
    """

    agency: str
    coded: int
    read: int
    suggested: int
    unread: int

    @property
    def rows(self) -> int:
        """All rows."""
        return self.coded + self.read + self.suggested + self.unread


def proposals(review: Review, terms: Terms, made: Iterable[Suggestion] | None = None) -> tuple[Suggestion, ...]:
    """The suggestions that wait for the reviewer, in order of entries: not there already, not judged, not passed over.

    ``made`` are all suggestions of the review, those of ``gathered`` unless others are given. ``review`` has the reviewer's
    codes laid over it.
    """
    decided = standing(review)
    rows = {entry.name: row for row, entry in enumerate(review.entries)}
    left = []
    for each in suggestions(review, terms) if made is None else made:
        row = rows[each.entry]
        entry = review.entries[row]
        if not has_a_place(each, review):
            continue
        if entry.passed or already_there(each, entry, terms) or status(each, decided.get(row, ())) != "open":
            continue
        left.append(each)
    return tuple(left)


def has_a_place(each: Suggestion, review: Review) -> bool:
    """Whether what is suggested can stand in its field: a telling needs an agency that the review lists."""
    if each.field not in TELLINGS:
        return True
    return any(each.value == agency.name for agency in review.agencies)


def already_there(each: Suggestion, entry: Entry, terms: Terms) -> bool:
    """Whether an entry says already what is suggested, or something narrower; for one that holds one thing, anything."""
    held = getattr(entry, each.field)
    if isinstance(held, tuple):
        scheme = SCHEMES.get(each.field, "")
        return any(each.value == one or (scheme and each.value in terms.broader(scheme, one)) for one in held)
    return each.value in held if each.field == "said" else bool(held)


def status(each: Suggestion, decided: Sequence[Coded]) -> str:
    """What was decided of a suggestion: "accepted", "rejected" or "open"."""
    for one in reversed(decided):
        if (one.field, one.value) == (each.field, each.value):
            return one.verdict
    return "open"


def wording(each: Suggestion) -> tuple[str, str, str]:
    """What makes suggestions one wording: the same code on the same words, letters' case and signs aside."""
    return each.field, each.value, fingerprint(each.words)


def reading(review: Review, waiting: Iterable[Suggestion], coded: Mapping[str, bool]) -> tuple[Reading, ...]:
    """How far each return is read, in the order of review.toml. ``coded`` says of each entry if its agency coded it."""
    suggested = {each.entry for each in waiting if each.present}
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for entry in review.entries:
        if coded[entry.name]:
            state = "coded"
        elif entry.passed or entry.accepted:
            state = "read"
        else:
            state = "suggested" if entry.name in suggested else "unread"
        counts[entry.agency][state] += 1
    return tuple(
        Reading(agency.name, *(counts[agency.name][state] for state in ("coded", "read", "suggested", "unread")))
        for agency in review.agencies
        if counts[agency.name]
    )
