"""A review read with the reviewer's codes: what codes.csv says, laid over the entries and never written into them.

The agency's own code always stands. A decision is found again by the entry's name and the mark of its narrative's words,
so that a corrected return keeps it; where the words changed it counts for nothing and is asked again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from kg.base.fingerprint import fingerprint
from kg.base.grammar import count
from kg.base.nearest import aside
from kg.coding.suggestion import Suggestion
from kg.model.problem import Problem
from kg.model.record import MARKS, Entry
from kg.model.review import Review
from kg.model.reviewer import Coded, Proposed

COUNTED = ("indicators", "contact")
"""The fields whose suggestions are counted before anyone accepts them. A response never answers, nor does a telling."""


def standing(review: Review, codes: Sequence[Coded] | None = None) -> Mapping[int, tuple[Coded, ...]]:
    """The decisions that stand beside each entry, by its position: the last on each code, and the last on the whole.

    Only those whose words are still the entry's. ``codes`` are the review's own unless others are given.
    """
    found: dict[int, dict[tuple[str, str], Coded]] = defaultdict(dict)
    for each, row, same in _placed(review, review.codes if codes is None else codes):
        if row is not None and same and each.verdict != "suggested":
            found[row].pop((each.field, each.value), None)
            found[row][each.field, each.value] = each
    return {row: tuple(found[row].values()) for row in sorted(found)}


def readers(review: Review) -> Mapping[str, tuple[Coded, ...]]:
    """Every reader's own decisions, by name in the order of their first; suggestions from elsewhere are nobody's."""
    found: dict[str, list[Coded]] = defaultdict(list)
    for each in review.codes:
        if each.verdict != "suggested":
            found[each.by].append(each)
    return {by: tuple(decided) for by, decided in found.items()}


def elsewhere(review: Review) -> tuple[tuple[int, Coded], ...]:
    """What persons or models outside suggest, each with its entry's position, where the words are still the entry's."""
    placed = _placed(review, [each for each in review.codes if each.verdict == "suggested"])
    return tuple((row, each) for each, row, same in placed if row is not None and same)


def with_codes(review: Review) -> Review:
    """The review with every accepted code in its field, marked as the reviewer's, and every passed narrative as read.

    The person named with an accepted indicator is whom it is about, where review.toml lists them. Laying over twice is
    laying over once. A kind of contact or a seen-word of the agency's own is never replaced.
    """
    if not review.codes:
        return review
    entries, listed = list(review.entries), frozenset(person.name for person in review.people)
    for row, decided in standing(review).items():
        entries[row] = _read_with(entries[row], decided, listed)
    return replace(review, entries=tuple(entries))


def with_suggestions(review: Review, made: Iterable[Suggestion]) -> Review:
    """The review with what words suggest and nobody has judged, marked as suggested: indicators, and kinds of contact.

    Only what is said to be so, and is sure or likely. Where a kind of contact is the agency's or the reviewer's it stands.
    """
    by_entry: dict[str, list[Suggestion]] = defaultdict(list)
    for each in made:
        if each.field in COUNTED and each.present and each.strength != "look":
            by_entry[each.entry].append(each)
    entries = tuple(_suggested(entry, by_entry.get(entry.name, ())) for entry in review.entries)
    return replace(review, entries=entries, proposed=tuple(_proposed(entries, by_entry)))


def _proposed(entries: Iterable[Entry], made: Mapping[str, Sequence[Suggestion]]) -> Iterator[Proposed]:
    """Every code that stands only suggested, with the words and the pattern that it rests on."""
    for entry in entries:
        for code in entry.suggested:
            rests = next(each for each in made[entry.name] if f"{MARKS[each.field]}:{each.value}" == code)
            yield Proposed(entry.name, code, rests.words, rests.pattern)


def code_problems(review: Review) -> tuple[Problem, ...]:
    """The entries whose decided codes no longer apply, once each: their words changed, or they are no longer there."""
    lost: dict[tuple[str, bool], list[Coded]] = defaultdict(list)
    for each, row, same in _placed(review, review.codes):
        if not same:
            lost[each.entry, row is None].append(each)
    names = [entry.name for entry in review.entries]
    return (*(_lost(name, gone, decided, names) for (name, gone), decided in lost.items()), *_two_minds(review))


def _two_minds(review: Review) -> tuple[Problem, ...]:
    """One note where readers decided differently of codes: how many, and where to see them side by side."""
    last: dict[tuple[str, str, str], dict[str, Coded]] = defaultdict(dict)
    for by, decided in readers(review).items():
        for row, some in standing(review, decided).items():
            for each in some:
                if each.field and each.verdict in ("accepted", "rejected"):
                    last[review.entries[row].name, each.field, each.value][by] = each
    apart = {key: said for key, said in last.items() if len({each.verdict for each in said.values()}) > 1}
    if not apart:
        return ()
    (name, _, value), said = next(iter(apart.items()))
    each_said = "; ".join(f"{each.verdict} by {by} on row {each.place.row}" for by, each in said.items())
    return (
        Problem(
            max((each for some in apart.values() for each in some.values()), key=lambda each: each.place.row).place,
            "note",
            f"readers decided differently of {count(len(apart), 'code')}",
            f"{name}, {value}: {each_said}",
            "The last decision on each stands.",
            "See all of them with kg code --agreement, and let the one who changes their mind judge once more.",
        ),
    )


def _read_with(entry: Entry, decided: Sequence[Coded], listed: frozenset[str]) -> Entry:
    accepted, passed = list(entry.accepted), entry.passed
    whose, fields = list(entry.of_whom), dict[str, Any]()
    for each in decided:
        if not each.field:
            passed = each.verdict == "passed"
            continue
        if each.verdict != "accepted":
            continue
        code = f"{MARKS[each.field]}:{each.value}"
        before = fields.get(each.field, getattr(entry, each.field))
        after = _filled(each.field, before, each.value)
        if after != before:
            fields[each.field] = after
            accepted.append(code)
        if each.field == "indicators" and each.whose in listed and code in accepted:
            whose.append((each.value, each.whose))
    return replace(
        entry,
        **fields,
        passed=passed,
        accepted=tuple(dict.fromkeys(accepted)),
        of_whom=tuple(dict.fromkeys(whose)),
    )


def _filled(field: str, before: Any, value: str) -> Any:
    if isinstance(before, tuple):
        return before if value in before else (*before, value)
    if field == "said":
        return before if value in before else "; ".join(filter(None, (str(before), value)))
    return before or value


def _suggested(entry: Entry, made: Sequence[Suggestion]) -> Entry:
    indicators = [each.value for each in made if each.field == "indicators" and each.value not in entry.indicators]
    contact = next((each.value for each in made if each.field == "contact"), "") if not entry.contact else ""
    if not indicators and not contact:
        return entry
    marks = [f"indicator:{each}" for each in indicators] + ([f"contact:{contact}"] if contact else [])
    return replace(
        entry,
        indicators=tuple(dict.fromkeys((*entry.indicators, *indicators))),
        contact=entry.contact or contact,
        suggested=tuple(dict.fromkeys((*entry.suggested, *marks))),
    )


def _placed(review: Review, codes: Sequence[Coded]) -> list[tuple[Coded, int | None, bool]]:
    """Each decision with its entry's position (None: no longer there), and whether the words are still the same.

    An entry without a Ref is looked for by its words first. Where several rows of an agency have the same words and their
    numbers moved, they are taken in their order, if there are as many as before.
    """
    if not codes:
        return []
    rows = {entry.name: row for row, entry in enumerate(review.entries)}
    alike: dict[tuple[str, str], list[int]] = defaultdict(list)
    marks = [fingerprint(entry.narrative) for entry in review.entries]
    for at, entry in enumerate(review.entries):
        alike[entry.agency, marks[at]].append(at)
    moved: dict[tuple[str, str], dict[str, None]] = defaultdict(dict)
    for each in codes:
        moved[each.entry.rpartition("/")[0], each.fingerprint][each.entry] = None
    placed: list[tuple[Coded, int | None, bool]] = []
    for each in codes:
        row = rows.get(each.entry)
        if row is not None and marks[row] == each.fingerprint:
            placed.append((each, row, True))
            continue
        key = (each.entry.rpartition("/")[0], each.fingerprint)
        named = row is not None and bool(review.entries[row].cells.get("ref"))
        same = [] if named else [other for other in alike.get(key, ()) if not review.entries[other].cells.get("ref")]
        before = sorted(moved[key], key=_number)
        if len(same) == 1 or (same and len(same) == len(before)):
            placed.append((each, same[0] if len(same) == 1 else same[before.index(each.entry)], True))
        else:
            placed.append((each, row, False))
    return placed


def _number(name: str) -> tuple[int, str]:
    digits = "".join(letter for letter in name.rpartition("/")[2] if letter.isdecimal())
    return int(digits or 0), name


def _lost(name: str, gone: bool, decided: Sequence[Coded], names: Sequence[str]) -> Problem:
    last = decided[-1]
    what = f"what {last.by} decided of the codes of {name} no longer applies ({count(len(decided), 'row')} of the file)"
    if gone:
        why = "no entry has that name now: it was taken out, or its Ref was corrected" + aside(name, names)
        remedy = "If the entry is there under another name, correct it in the column Entry."
    else:
        why = "the words of its narrative are not those that were read then"
        remedy = "Look at it again: kg code asks anew."
    return Problem(last.place, "warning", what, why, "They count for nothing; the rows stay in the file.", remedy)
