"""How good suggestions are against true codes: precision and recall by field and code, and two errors of hearing.

The key has the columns entry, seen, contact, indicators, responses, shared_with, received_from, negated; several
values in a cell are divided by semicolons.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from kg.base.files import bytes_of
from kg.coding.suggestion import Suggestion
from kg.model.record import SCHEMES, Entry
from kg.model.review import Review
from kg.terms.lexicon import CLASSES
from kg.terms.reader import Terms

FIELDS = ("indicators", "responses", "contact", "shared_with", "received_from", "seen")

Key = Mapping[str, Mapping[str, frozenset[str]]]
"""By entry and field, the true values; under "negated" the indicators that the row names and that are not so."""


@dataclass(slots=True)
class Count:
    """Suggestions that are right, suggestions that are wrong, and true values that were not suggested."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        """Of what was suggested, how much is true (1.0 where nothing was suggested)."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        """Of what is true, how much was suggested (1.0 where nothing is true)."""
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0


@dataclass(slots=True)
class Score:
    """The measure of one or several reviews: counts by field and by (field, value), and the errors with their rows.

    ``negated_as_present`` counts the key's negated indicators that were suggested as so, of ``negated``;
    ``true_left_out`` the true indicators whose words were found and heard as not so, of ``true``.
    """

    fields: dict[str, Count] = field(default_factory=dict)
    values: dict[tuple[str, str], Count] = field(default_factory=dict)
    negated: int = 0
    negated_as_present: list[tuple[str, str]] = field(default_factory=list)
    true: int = 0
    true_left_out: list[tuple[str, str]] = field(default_factory=list)
    wrong: list[tuple[str, str, str, str, str]] = field(default_factory=list)
    missed: list[tuple[str, str, str]] = field(default_factory=list)


def read_key(path: Path) -> Key:
    """The true codes of a key file, by entry. Raises OSError."""
    with io.StringIO(bytes_of(path).decode("utf-8-sig"), newline="") as file:
        rows = list(csv.DictReader(file))
    key: dict[str, dict[str, frozenset[str]]] = {}
    for row in rows:
        said = {each: row.get(each) or "" for each in (*FIELDS, "negated")}
        said["responses"] = said["responses"] or row.get("response") or ""
        key[row["entry"]] = {
            each: frozenset(one.strip() for one in cell.split(";") if one.strip()) for each, cell in said.items()
        }
    return key


def key_of(review: Review) -> Key:
    """The codes that stand in a review as its key: the agencies' and the reviewer's, of rows that carry any or were passed.

    What such a key leaves out is not always untrue: agencies code what matters to them.
    """
    return {
        entry.name: {
            **{field: _held(entry, field) for field in FIELDS},
            "negated": frozenset(),
        }
        for entry in review.entries
        if entry.indicators or entry.responses or entry.passed
    }


def _held(entry: Entry, field: str) -> frozenset[str]:
    held = getattr(entry, field)
    return frozenset(held if isinstance(held, tuple) else filter(None, (held,)))


def evaluate(
    suggestions: Iterable[Suggestion], key: Key, terms: Terms, floor: str = "likely", score: Score | None = None
) -> Score:
    """Compare suggestions with a key. Only those of class ``floor`` or better count as suggested.

    To say a narrower code is to say the broader: a suggestion is right if it or a broader one is true. A field that
    the key leaves blank in a row is judged too, but for "seen" and "contact", where blank means not stated.
    """
    score = score or Score()
    counted = [each for each in suggestions if CLASSES.index(each.strength) <= CLASSES.index(floor)]
    said: dict[tuple[str, str], list[Suggestion]] = {}
    for each in counted:
        said.setdefault((each.entry, each.field), []).append(each)
    for entry, true in key.items():
        for name in FIELDS:
            here = said.get((entry, name), [])
            if name in ("contact", "seen") and not true[name]:
                continue
            _judge(score, entry, name, [each for each in here if each.present], true[name], terms)
        _hearing(score, entry, said.get((entry, "indicators"), []), true, terms)
    return score


def _judge(score: Score, entry: str, name: str, made: Sequence[Suggestion], true: frozenset[str], terms: Terms) -> None:
    whole = score.fields.setdefault(name, Count())
    scheme = SCHEMES.get(name, "")
    found: set[str] = set()
    for each in made:
        fitting = true & ({each.value} | (terms.broader(scheme, each.value) if scheme else frozenset()))
        found |= fitting
        one = score.values.setdefault((name, each.value), Count())
        if fitting:
            whole.right += each.value in fitting
            one.right += each.value in fitting
        else:
            whole.wrong += 1
            one.wrong += 1
            score.wrong.append((entry, name, each.value, each.words, each.pattern))
    for value in sorted(true):
        one = score.values.setdefault((name, value), Count())
        if value not in found:
            whole.missed += 1
            one.missed += 1
            score.missed.append((entry, name, value))
        elif not any(each.value == value for each in made):
            whole.right += 1
            one.right += 1


def _hearing(
    score: Score, entry: str, made: Sequence[Suggestion], true: Mapping[str, frozenset[str]], terms: Terms
) -> None:
    present = {each.value for each in made if each.present}
    absent = {each.value for each in made if not each.present}
    score.negated += len(true["negated"])
    score.true += len(true["indicators"])
    score.negated_as_present.extend((entry, value) for value in sorted(true["negated"] & present - true["indicators"]))
    score.true_left_out.extend((entry, value) for value in sorted(true["indicators"] & absent - present))


def report(score: Score, *, values: bool = False) -> Iterator[str]:
    """The measure in lines: fields, then hearing, then (if asked) every code."""
    yield from by_field(score)
    yield f"negated taken as present {len(score.negated_as_present)} of {score.negated}"
    yield f"true wrongly left out {len(score.true_left_out)} of {score.true}"
    if values:
        for (name, value), count in sorted(score.values.items()):
            yield _row(f"{name} {value}", count, 48)


def by_field(score: Score) -> Iterator[str]:
    """Precision and recall of each field, a line each, under a line of headings."""
    yield f"{'field':14}{'precision':>10}{'recall':>8}{'right':>7}{'wrong':>7}{'missed':>7}"
    for name in FIELDS:
        yield _row(name, score.fields.get(name, Count()))


def _row(name: str, count: Count, width: int = 14) -> str:
    return f"{name:{width}}{count.precision:10.2f}{count.recall:8.2f}{count.right:7}{count.wrong:7}{count.missed:7}"
