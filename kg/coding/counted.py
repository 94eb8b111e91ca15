"""What no single row says: appointments missed again, and emergency calls repeated, counted over an agency's rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.coding.suggestion import Suggestion
from kg.dates.when import DAY
from kg.model.record import Entry
from kg.model.review import Review
from kg.terms.lexicon import Counting

_YEAR = 365 * DAY


def counted(review: Review, made: Iterable[Suggestion], counts: Iterable[Counting]) -> Iterator[Suggestion]:
    """Suggestions that rest on earlier rows of the same agency about the same people, within a year before.

    The kind of contact is the agency's own code, else the one suggested. An undated row is neither counted nor counts.
    Where the row's own words say the same already, nothing is added.
    """
    said = list(made)
    kinds = {each.entry: each for each in said if each.field == "contact" and each.present}
    have = {(each.entry, each.value) for each in said if each.field == "indicators" and each.present}
    rows = [entry for entry in review.entries if entry.when.closed]
    for counting in counts:
        earlier: list[Entry] = []
        for entry in sorted(rows, key=lambda each: (each.when.earliest, each.name)):
            kind = entry.contact or (kinds[entry.name].value if entry.name in kinds else "")
            if kind not in counting.contacts:
                continue
            earlier.append(entry)
            same = [each for each in earlier if _alike(each, entry)]
            if len(same) >= counting.least and (entry.name, counting.indicator) not in have:
                yield _suggestion(entry, counting, len(same), kinds.get(entry.name))


def _alike(earlier: Entry, later: Entry) -> bool:
    return (
        earlier.agency == later.agency
        and later.when.earliest - earlier.when.earliest <= _YEAR
        and bool(not later.people or not earlier.people or set(later.people) & set(earlier.people))
    )


def _suggestion(entry: Entry, counting: Counting, number: int, kind: Suggestion | None) -> Suggestion:
    start, end = (kind.start, kind.end) if kind else (0, len(entry.narrative))
    return Suggestion(
        entry=entry.name,
        field="indicators",
        value=counting.indicator,
        words=entry.narrative[start:end],
        start=start,
        end=end,
        pattern=f"number {number} of this agency's within a year",
        strength="likely" if entry.contact else counting.strength,
    )
