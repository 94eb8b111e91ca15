"""Returns that come back: corrected, sent twice, sent for another review; and what that means for the decisions made.

What is looked at here is a return as a whole, beside the others. The old file of a corrected return is never lost.
"""

from __future__ import annotations

import os
import re
import shutil
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from kg.accounts import duplicates
from kg.append import PATIENCE
from kg.decisions import last_decisions
from kg.diff import Entries, match_entries, rows_named
from kg.files import HOUR
from kg.gaps import Finding, Gaps
from kg.model import Entry, Judgement, Place, Problem, Review
from kg.when import say_day

RETURNS, SUPERSEDED = "returns", "superseded"

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


# --- a corrected return in place of the old one -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class AskedAgain:
    """A decision on a finding that rests on a row which a corrected return changed or took out, with those rows' names."""

    judgement: Judgement
    finding: Finding | None
    rows: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Replaced:
    """What a corrected return changes: rows added, removed and changed, and the decisions to be looked at again.

    ``kept`` counts the decisions that stand as they are.
    """

    entries: Entries
    asked: tuple[AskedAgain, ...]
    kept: int


def compared(before: Gaps, after: Gaps, judgements: Sequence[Judgement]) -> Replaced:
    """Compare a review with the same review after one return was corrected. Decisions come in the order of their rows."""
    entries, _ = match_entries(before.review, after.review)
    touched = {entry.name for entry in entries.removed} | {each.before.name for each in entries.changed}
    findings = {finding.id: finding for finding in before.findings}
    now = {finding.id for finding in after.findings}
    asked, kept = [], 0
    for id, judgement in sorted(last_decisions(judgements).items(), key=lambda each: each[1].place.row):
        finding = findings.get(id)
        if judgement.verdict == "open" or finding is None:
            continue
        names = [before.review.entries[row].name for row in rows_named(finding)]
        rows = tuple(name for name in names if name in touched)
        if rows or id not in now:
            asked.append(AskedAgain(judgement, finding, rows))
        else:
            kept += 1
    return Replaced(entries, tuple(asked), kept)


class Busy(Exception):
    """A review that cannot be held for putting a return in place; the message says why, for people."""


@contextmanager
def one_at_a_time(folder: Path, patience: float = PATIENCE) -> Iterator[None]:
    """Hold a review against a second program that puts a return in place: the second waits for the first.

    Copies that a program which was cut off left behind are taken away. Raises Busy after ``patience`` seconds, or where
    the folder cannot be written.
    """
    from filelock import FileLock, Timeout

    lock = FileLock(folder / ".returns.lock", timeout=patience)
    try:
        lock.acquire()
    except Timeout:
        raise Busy(
            f"another program has been putting a return in place for more than {patience:.0f} seconds. "
            "Nothing was moved. Try again when it is done."
        ) from None
    except (OSError, NotImplementedError) as wrong:
        why = (getattr(wrong, "strerror", None) or "it cannot be locked against a second writer").casefold()
        raise Busy(f"{folder} could not be written ({why}). Nothing was moved.") from None
    try:
        for left in folder.glob(".trial-*"):
            if time.time() - left.stat().st_mtime > HOUR:
                shutil.rmtree(left, ignore_errors=True)
        for left in (folder / RETURNS).glob(".*.new"):
            with suppress(OSError):
                left.unlink()
        yield
    finally:
        lock.release()


def trial(folder: Path, old: str, new: Path, name: str) -> tempfile.TemporaryDirectory[str]:
    """A copy of a review, within its own folder, with ``new`` as returns/``name`` in place of returns/``old``.

    The copy goes when its context ends. What the returns hold never leaves the review's own folder. Raises OSError.
    """
    made = tempfile.TemporaryDirectory(prefix=".trial-", dir=folder)
    try:
        beside = Path(made.name)
        (beside / RETURNS).mkdir()
        for file in ("review.toml", "judgements.csv", "notes.csv"):
            if (folder / file).is_file():
                shutil.copyfile(folder / file, beside / file)
        if (folder / RETURNS).is_dir():
            for each in (folder / RETURNS).iterdir():
                if each.is_file() and each.name not in (old, name) and not each.name.startswith("."):
                    shutil.copyfile(each, beside / RETURNS / each.name)
        shutil.copyfile(new, beside / RETURNS / name)
    except BaseException:
        made.cleanup()
        raise
    return made


def put_in_place(folder: Path, old: str, new: Path, name: str, today: date) -> Path | None:
    """Put ``new`` into returns/ as ``name``; the file ``old`` ("" for none) is kept in superseded/, and its path returned.

    At every moment the old return is in one place or the other, whole; the new one appears whole or not at all. Raises
    OSError, with the returns as they were.
    """
    returns = folder / RETURNS
    returns.mkdir(exist_ok=True)
    kept: Path | None = None
    beside = returns / f".{name}.new"
    try:
        shutil.copyfile(new, beside)
        if old:
            (folder / SUPERSEDED).mkdir(exist_ok=True)
            kept = _copied(returns / old, folder / SUPERSEDED, f"{today.isoformat()}-{old}")
        os.replace(beside, returns / name)
    except BaseException:
        with suppress(OSError):
            beside.unlink()
        raise
    if old and old != name:
        (returns / old).unlink()
    return kept


def _copied(file: Path, folder: Path, name: str) -> Path:
    """A copy under this name, or one like it that is still free; an older copy is never written over."""
    stem, ending = os.path.splitext(name)
    number = 1
    while True:
        kept = folder / (name if number == 1 else f"{stem}-{number}{ending}")
        try:
            with kept.open("xb") as out:
                out.write(file.read_bytes())
                out.flush()
                os.fsync(out.fileno())
        except FileExistsError:
            number += 1
        else:
            shutil.copystat(file, kept)
            return kept


def decided(judgement: Judgement) -> str:
    """A decision in a few words: "accepted by A. Reviewer on 3 May 2021"."""
    return f"{judgement.verdict} by {judgement.by} on {say_day(judgement.on)}"
