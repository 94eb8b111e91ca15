"""Small pieces of sentences that every report uses: counts, lists, and entries by name and date."""

from __future__ import annotations

from collections.abc import Sequence

from kg.gaps import Gaps
from kg.model import Entry


def label(gaps: Gaps, scheme: str, notation: str) -> str:
    """The plain name of a notation: "Bruising or marks" for "bruising"."""
    concept = gaps.terms.concept(scheme, notation)
    return concept.label if concept else notation


def short(entry: Entry) -> str:
    """An entry with its date, for a list: "14 July 1999 (RH-001)"."""
    return f"{entry.when.plain()} ({entry.ref})"


def named(entry: Entry) -> str:
    """An entry by its full name, with its date."""
    return f"{entry.name}, {entry.when.plain()}"


def count(number: int, one: str, many: str = "") -> str:
    """A number with its noun: "1 contact", "3 contacts"."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def listed(words: Sequence[str], last: str = "and") -> str:
    """Words as a list in a sentence: "a, b and c"."""
    return f"{', '.join(words[:-1])} {last} {words[-1]}" if len(words) > 1 else "".join(words)


def nth(number: int) -> str:
    """An ordinal: "1st", "2nd", "11th"."""
    if number % 100 in (11, 12, 13):
        return f"{number}th"
    return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th') }"
