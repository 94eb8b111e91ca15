"""Returns that look wrong as a whole: sent twice, another agency's, repeated."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from kg.chronology.accounts import duplicates
from kg.model.problem import Place, Problem
from kg.model.record import Entry
from kg.model.review import Review

FEW = 3
"""Rows that two returns must have in common before they are taken for two copies of one."""

MOST = 0.6
"""The share of the smaller return's rows found in the other, from which they are taken for two copies of one."""


def return_problems(review: Review) -> tuple[Problem, ...]:
    """What is doubtful of whole returns: one sent twice, one of another review, rows that say the same twice.

    Order: returns sent twice, returns of another review, then repeated rows in the order of the entries. Raises nothing.
    """
    by_file: dict[str, list[Entry]] = defaultdict(list)
    for entry in review.entries:
        by_file[entry.place.file].append(entry)
    twice = tuple(_sent_twice(by_file))
    return (*(problem for _, _, problem in twice), *_foreign(review, by_file), *_repeated(review, twice))


def _sent_twice(by_file: Mapping[str, Sequence[Entry]]) -> Iterator[tuple[str, str, Problem]]:
    """Pairs of files that hold the same rows: all of them, or most of the smaller one's."""
    files_of: dict[tuple[str, str], list[str]] = defaultdict(list)
    sizes: Counter[str] = Counter()
    for file, entries in by_file.items():
        for entry in entries:
            said = " ".join(entry.narrative.split())
            if said:
                files_of[entry.when.words.strip(), said].append(file)
                sizes[file] += 1
    common: Counter[tuple[str, str]] = Counter()
    for files in files_of.values():
        if len(files) > 1:
            each = sorted({*files})
            common.update((one, other) for at, one in enumerate(each) for other in each[at + 1 :])
    for (one, other), number in sorted(common.items()):
        smaller = min(sizes[one], sizes[other])
        same = number == sizes[one] == sizes[other]
        if not (same or (number >= FEW and number >= MOST * smaller)):
            continue
        whose = {by_file[one][0].agency, by_file[other][0].agency}
        of = f" as the returns of {' and of '.join(sorted(whose))}" if len(whose) > 1 else ""
        yield (
            one,
            other,
            Problem(
                Place(other),
                "warning",
                f"this return and {one} hold the same rows{of}",
                f"{'all' if same else number} of the {smaller} rows {'are' if smaller > 1 else 'is'} the same, date and words",
                "Both are read, so that each of these rows counts twice.",
                "Keep the right one. Take a corrected return in with kg replace, which keeps the old one apart.",
            ),
        )


def _foreign(review: Review, by_file: Mapping[str, Sequence[Entry]]) -> Iterator[Problem]:
    """Returns that name people, none of whom this review lists, and whose words name none of them either."""
    listed = {person.name for person in review.people}
    if not listed:
        return
    names = (name for person in review.people for name in (person.name, *person.aliases) if name.strip())
    spoken = re.compile("|".join(rf"(?<!\w){re.escape(name)}(?!\w)" for name in names), re.IGNORECASE)
    for file, entries in sorted(by_file.items()):
        named: dict[str, None] = {}
        for entry in entries:
            people = (*entry.people, *entry.about, *entry.seen_people)
            if not listed.isdisjoint(people):
                break
            named.update(dict.fromkeys(people))
        else:
            if not named or any(spoken.search(cell) for entry in entries for cell in entry.cells.values()):
                continue
            some = ", ".join([*named][:3]) + (" and others" if len(named) > 3 else "")
            yield Problem(
                Place(file),
                "warning",
                "this return names nobody whom the review lists",
                f"its People cells name {some}; perhaps it belongs to another review",
                "It is read like every other return.",
                "Look whose it is. If these are other names of listed people, add them as aliases in review.toml.",
            )


def _repeated(review: Review, twice: Sequence[tuple[str, str, Problem]]) -> Iterator[Problem]:
    """Rows of one return with the same date and words, but for those that stand in two files said to be the same."""
    pairs = {(one, other) for one, other, _ in twice}
    for first, second in duplicates(review):
        one, other = review.entries[first], review.entries[second]
        if (min(one.place.file, other.place.file), max(one.place.file, other.place.file)) in pairs:
            continue
        yield Problem(
            replace(other.place, column=""),
            "note",
            f"this row says the same as {one.ref} (row {one.place.row})",
            "date and words are the same",
            "Both are kept and both count.",
            "If it is one event entered twice, ask the agency to take one row out.",
        )
