"""Returns that come back: corrected, sent twice, sent for another review; and what that means for the decisions made.

What is looked at here is a return as a whole, beside the others. The old file of a corrected return is never lost.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from kg.base.append import PATIENCE
from kg.base.files import HOUR
from kg.compare.states import Entries, match_entries
from kg.dates.when import say_day
from kg.decisions.standing import last_decisions
from kg.findings.finding import Finding
from kg.findings.study import Study
from kg.model.reviewer import Judgement

RETURNS, SUPERSEDED = "returns", "superseded"


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


def compared(before: Study, after: Study, judgements: Sequence[Judgement]) -> Replaced:
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
        names = [before.review.entries[row].name for row in finding.detail.rests_on()]
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
