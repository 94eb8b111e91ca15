"""What ``kg diff`` prints: findings that came, went and changed, each with what changed in the record."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from kg.base.grammar import count, listed
from kg.compare.states import ChangedEntry, Diff, Difference, Why
from kg.findings.finding import Finding
from kg.findings.study import Study
from kg.model.record import MARKS
from kg.reports.lines import Line, flow
from kg.wording.findings import title
from kg.wording.labels import code_label

FEW = 8
"""How many of each a short report shows."""

COLUMNS = ("difference", "id", "kind", "agency", "finding", "changes", "why")
"""The columns of the differences as one table."""


def diff_report(a: Study, b: Study, found: Diff, *, everything: bool = False) -> Iterator[Line]:
    """What ``kg diff`` prints for people. The rules are this program's for both states."""
    yield "title", b.review.title
    for line in flow(in_brief(found)):
        yield "", line
    entries = found.entries
    for heading, rows in (
        ("Rows added", [each.name for each in entries.added]),
        ("Rows removed", [each.name for each in entries.removed]),
        ("Rows changed", [f"{each.after.name} ({_what_changed(each, b)})" for each in entries.changed]),
        ("review.toml", list(found.settings)),
    ):
        if rows:
            shown = rows if everything else rows[:FEW]
            more = f" and {len(rows) - len(shown)} more" if len(shown) < len(rows) else ""
            for line in flow(f"{heading}: {', '.join(shown)}{more}", 2, 2):
                yield "quiet", line
    for heading, some in (("Came", found.came), ("Went", found.went), ("Changed", found.changed)):
        if some:
            yield "", ""
            yield "title", f"{heading}: {len(some)}"
            part = some if everything else some[:FEW]
            for each in part:
                finding, gaps = _shown(a, b, each)
                for line in flow(f"{title(gaps, finding)}  [{finding.id}]", 2, 2):
                    yield "grave", line
                for line in _sentences(each, b, found):
                    for folded in flow(line, 6, 2):
                        yield "", folded
            if len(part) < len(some):
                yield "quiet", f"  ... {len(some) - len(part)} more with --all"


def in_brief(found: Diff) -> str:
    """The difference of two states in one sentence."""
    entries = found.entries
    rows = (
        f"Rows added {len(entries.added)}, removed {len(entries.removed)}, changed {len(entries.changed)}; "
        f"review.toml {'changed' if found.settings else 'the same'}; rules the same (both are judged by this program)."
    )
    if found.same:
        return f"No finding differs. {rows}"
    return f"Findings that came {len(found.came)}, went {len(found.went)}, changed {len(found.changed)}. {rows}"


def _shown(a: Study, b: Study, each: Difference) -> tuple[Finding, Study]:
    if each.after is not None:
        return each.after, b
    assert each.before is not None  # a difference has at least one side
    return each.before, a


def _sentences(each: Difference, b: Study, found: Diff) -> Iterator[str]:
    for what, (before, after) in each.changes.items():
        if what in ("contacts", "pieces", "holders", "outcome"):
            yield f"{what}: {_moved(before, after)}"
        else:
            yield f"{what}: {before or 'none'} -> {after or 'none'}"
    yield because(each.why, b, found)


def _moved(before: str, after: str) -> str:
    mark = "; " if "; " in before + after else ", "
    old, new = [part for part in before.split(mark) if part], [part for part in after.split(mark) if part]
    said = [
        words + ", ".join(some)
        for words, some in (
            ("now ", [part for part in new if part not in old]),
            ("no longer ", [part for part in old if part not in new]),
        )
        if some
    ]
    return "; ".join(said) or "in another order"


def because(why: Why, b: Study, found: Diff) -> str:
    """Why a finding differs, in one sentence. A code that the reviewer read, or took back, is told as the reason."""
    parts = []
    if why.decided:
        parts.append("the reviewer's decision on it changed")
    if why.named:
        parts.append(f"it rests on {listed([_state(name, b, found) for name in why.named])}")
    elsewhere = [name for name in why.read if name not in why.named]
    if why.touching and not {*why.named} & {*why.read}:
        rows = [*elsewhere, *(name for name in why.touching if name not in elsewhere)] if not why.named else elsewhere
        some = [_state(name, b, found) for name in rows[:FEW]]
        more = f" and {count(len(rows) - FEW, 'other row')}" if len(rows) > FEW else ""
        if some:
            parts.append(f"rows of, to or from its agencies differ: {', '.join(some)}{more}")
    if not parts and why.settings:
        parts.append(f"review.toml changed: {', '.join(found.settings[:FEW])}")
    if not parts:
        parts.append("rows of other agencies changed what was held, linked or answered")
    return f"Why: {'; '.join(parts)}."


def _state(name: str, b: Study, found: Diff) -> str:
    """A row with what became of it: "Riverside Hospital/RH-002 (changed: date)"."""
    for each in found.entries.changed:
        if name in (each.before.name, each.after.name):
            said = _what_changed(each, b)
            return f"{name} ({said})" if _by_the_reviewer(each, b) else f"{name} (changed: {said})"
    return f"{name} (added)" if any(name == entry.name for entry in found.entries.added) else f"{name} (removed)"


def _what_changed(each: ChangedEntry, b: Study) -> str:
    """What changed in a row: what the reviewer read, took back or passed; else its columns, and how they are read."""
    written = [column for column in each.columns if not column.startswith("read as ")]
    return "; ".join(
        [*_by_the_reviewer(each, b), *([", ".join(written)] if written else [])] or [", ".join(each.columns)]
    )


def _by_the_reviewer(each: ChangedEntry, b: Study) -> list[str]:
    """What the reviewer did with a row between the two states, in words."""
    said = [
        f"{did} {listed([code_label(b, code) for code in codes])}"
        for did, codes in (("the reviewer read", each.codes_read), ("the reviewer took back", each.codes_gone))
        if codes
    ]
    if not said and each.passed:
        said.append("the reviewer passed its narrative")
    return said


def _codes(why: Why, b: Study, found: Diff) -> list[dict[str, Any]]:
    """The reviewer's codes that are a reason, each with its row, whether it came or went, and the words and the reader."""
    last = {(each.entry, f"{MARKS[each.field]}:{each.value}"): each for each in b.review.codes if each.field}
    told = []
    for each in found.entries.changed:
        if each.after.name not in why.read and each.before.name not in why.read:
            continue
        for came, codes in ((True, each.codes_read), (False, each.codes_gone)):
            for code in codes:
                decided = last.get((each.after.name, code))
                words, by = (decided.words, decided.by) if decided else ("", "")
                told.append({"entry": each.after.name, "code": code, "came": came, "words": words, "by": by})
    return told


def diff_json(a: Study, b: Study, found: Diff) -> dict[str, Any]:
    """The whole of ``kg diff --format json``."""
    return {
        "review": b.review.title,
        "rules": "the same",
        "settings": list(found.settings),
        "entries": {
            "added": [each.name for each in found.entries.added],
            "removed": [each.name for each in found.entries.removed],
            "changed": [
                {"entry": each.after.name, "was": each.before.name, "columns": list(each.columns)}
                for each in found.entries.changed
            ],
        },
        **{
            name: [_difference(a, b, each, found) for each in some]
            for name, some in (("came", found.came), ("went", found.went), ("changed", found.changed))
        },
    }


def _difference(a: Study, b: Study, each: Difference, found: Diff) -> dict[str, Any]:
    finding, gaps = _shown(a, b, each)
    return {
        "id": finding.id,
        "kind": finding.kind,
        "certainty": finding.certainty,
        "agency": finding.agency or None,
        "subject": finding.subject or None,
        "title": title(gaps, finding),
        "changes": {what: {"before": before, "after": after} for what, (before, after) in each.changes.items()},
        "why": {
            "named": list(each.why.named),
            "touching": list(each.why.touching),
            "decided": each.why.decided,
            "settings": each.why.settings,
            "codes": _codes(each.why, b, found),
            "words": because(each.why, b, found),
        },
    }


def diff_rows(a: Study, b: Study, found: Diff) -> Sequence[dict[str, str]]:
    """The differences as one table, a row each."""
    rows = []
    for name, some in (("came", found.came), ("went", found.went), ("changed", found.changed)):
        for each in some:
            finding, gaps = _shown(a, b, each)
            changes = "; ".join(
                f"{what}: {old or 'none'} -> {new or 'none'}" for what, (old, new) in each.changes.items()
            )
            rows.append(
                {
                    "difference": name, "id": finding.id, "kind": finding.kind, "agency": finding.agency,
                    "finding": title(gaps, finding), "changes": changes, "why": because(each.why, b, found),
                }
            )  # fmt: skip
    return rows
