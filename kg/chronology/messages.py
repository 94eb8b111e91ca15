"""Which row a message's own words point to: by the reference of another row, or by its day."""

from __future__ import annotations

import re
from datetime import date

from kg.dates.when import day_of
from kg.model.record import Entry

_OF = r"\b(?:dated|sent|written|made|of)\s+(?:on\s+)?(?:the\s+)?"
"""The words by which a day is said to be that of a message, and not of what it tells."""

_NUMBERS = re.compile(_OF + r"(\d{1,2})[./-](\d{1,2})(?:[./-](\d{4}|\d{2}))?\b")
_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
_NAMED = re.compile(_OF + rf"(\d{{1,2}})(?:st|nd|rd|th)?(?: of)? ({'|'.join(name[:3] for name in _MONTHS)})[a-z]*\b")


def one_message(telling: Entry, receipt: Entry) -> bool:
    """Whether the words of one of two rows name the other: its Ref, or the very day on which it was written.

    "Notice dated 18.01.20 received from police" is the receipt of the police's notice of that day, however long after it
    was filed; "was told that it closed on 28 April" is the receipt of nothing. A Ref counts only if it holds a digit and
    two letters or more, so that no plain number is taken for one.
    """
    return _names(receipt.narrative, telling) or _names(telling.narrative, receipt)


def _names(words: str, other: Entry) -> bool:
    text = words.casefold()
    ref = other.ref.casefold()
    telling = sum(letter.isalpha() for letter in ref) > 1 and any(letter.isdigit() for letter in ref)
    if telling and re.search(rf"(?<!\w){re.escape(ref)}(?!\w)", text):
        return True
    day = day_of(other.known.earliest)
    return day == day_of(other.known.latest) and day in _days_in(text, day)


def _days_in(text: str, near: date) -> set[date]:
    """The days that a text names; one without a year is taken in the year of ``near``."""
    found: set[date] = set()
    for number, month, year in _NUMBERS.findall(text):
        written = int(year) if year else near.year
        found |= _day(written + (near.year // 100 * 100 if len(year) == 2 else 0), int(month), int(number))
    for number, name in _NAMED.findall(text):
        month = next(at for at, long in enumerate(_MONTHS, 1) if long.startswith(name))
        found |= _day(near.year, month, int(number))
    return found


def _day(year: int, month: int, number: int) -> set[date]:
    try:
        return {date(year, month, number)}
    except ValueError:
        return set()
