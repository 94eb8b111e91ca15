"""What the findings say at one row of the working copy, in a few short sentences: what, who held it, since when.

A row may stand in twenty findings. Their ids say nothing to a reader; here what did not arrive is gathered, the first
kinds are named with a holder and a date, and the rest are counted: every one stands on the sheet of findings.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from kg.base.grammar import count
from kg.decisions.standing import SETTLED
from kg.findings.finding import Finding
from kg.findings.missed_share import Held, MissedShare
from kg.findings.study import Study
from kg.model.record import Entry
from kg.wording.findings import title
from kg.wording.labels import label

NAMED = 2
"""How many kinds of information are named at a row; the others are counted."""


def said_at(gaps: Study, row: int, findings: Sequence[Finding], shares: Mapping[str, MissedShare]) -> str:
    """The findings at a row as short sentences, one a line; those that were dismissed or settled are left out.

    ``findings`` are those that have the row among their rows, ``shares`` what did not arrive, by id of finding.
    Holders are named only if they possibly held it by then.
    """
    entry = gaps.review.entries[row]
    standing = [finding for finding in findings if finding.status != "dismissed" and finding.kind != SETTLED]
    lines = [_own(title(gaps, finding), entry) for finding in standing if finding.id not in shares]
    gathered = [(finding, shares[finding.id]) for finding in standing if finding.id in shares]
    return "\n".join((*lines, *_not_arrived(gaps, row, gathered)))


def held_by(gap: MissedShare, *, until: int | None = None) -> tuple[str, ...]:
    """Who held what did not arrive, each once with the date from which, the earliest first.

    ``until`` leaves out those who surely came to hold it after that minute.
    """
    there = [held for held in gap.holders if until is None or held.since.earliest <= until]
    first: dict[str, Held] = {}
    for held in sorted(there, key=lambda held: (held.since.earliest, held.since.latest)):
        first.setdefault(held.agency, held)
    return tuple(f"{agency} from {held.since.plain()}" for agency, held in first.items())


def _own(words: str, entry: Entry) -> str:
    """A title without the agency, date and Ref that stand in the row beside it anyway."""
    where = f"{entry.agency}, {entry.when.plain()} ({entry.ref}): "
    own = words.removeprefix(where)
    return f"{own[:1].upper()}{own[1:]}."


def _not_arrived(gaps: Study, row: int, gathered: Sequence[tuple[Finding, MissedShare]]) -> Iterator[str]:
    """What did not arrive: how many kinds, and a line for each of the first with a holder; then of how many it had another."""
    none = [(finding, gap) for finding, gap in gathered if row in gap.novel]
    if none:
        yield f"No record here by then of {count(len(none), 'kind')} of information held elsewhere:"
        for finding, gap in none[:NAMED]:
            yield f"· {_kind(gaps, gap, row, sure=finding.certainty == 'sure' and row not in gap.perhaps)}"
        if len(none) > NAMED:
            yield f"· and {count(len(none) - NAMED, 'other kind')} (sheet Findings)"
    if more := len(gathered) - len(none):
        yield f"Of {count(more, 'other kind' if none else 'kind')} it had a record, and others held another."


def _kind(gaps: Study, gap: MissedShare, row: int, *, sure: bool) -> str:
    """One kind with who held it by the row's own date, the earliest first."""
    holders = held_by(gap, until=gaps.review.entries[row].when.latest)
    others = f", and {count(len(holders) - 1, 'other')}" if len(holders) > 1 else ""
    held = f": {holders[0]}{others}" if holders else ""
    return f"{label(gaps, 'indicator', gap.indicator).lower()}{'' if sure else ' (possible)'}{held}"
