"""What ``kg counts`` prints for people: one table of all reviews, and how each figure divides."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from kg.findings.counts import Counts, total
from kg.reports.lines import WIDTH, Line, flow

_TABLE: tuple[tuple[str, str, int], ...] = (
    ("entr-|ies", "entries", 6),
    ("agen-|cies", "agencies", 6),
    ("con-|tacts", "contacts", 6),
    ("|seen", "seen", 6),
    ("|alone", "seen_alone", 6),
    ("not|seen", "not_seen", 6),
    ("not|stated", "seen_not_stated", 7),
    ("chan-|ces", "missed_opportunities", 6),
    ("deci-|sions", "decisions_to_look_at", 6),
    ("not|told", "missed_shares", 6),
    ("no re-|ceipt", "not_received", 7),
    ("days|unseen", "longest_not_seen", 8),
)


def counts_report(rows: Sequence[Counts]) -> Iterator[Line]:
    """What ``kg counts`` prints for people: one table, and under it how each figure divides."""
    body = [asdict(each) for each in rows]
    if len(rows) > 1:
        body.append(total(rows))
    width = WIDTH - sum(wide for _, _, wide in _TABLE)
    for at in (0, 1):
        yield (
            "title",
            f"{'' if at == 0 else 'Review':<{width}}"
            + "".join(f"{heading.split('|')[at]:>{wide}}" for heading, _, wide in _TABLE),
        )
    for row in body:
        yield (
            "",
            f"{_short(str(row['review']), width - 1):<{width}}"
            + "".join(f"{_cell(row, column):>{wide}}" for _, column, wide in _TABLE),
        )
    for row in body:
        yield "", ""
        yield "title", str(row["review"])
        for line in flow(
            f"opportunities with no response recorded {row['missed_opportunities']}: firm {row['firm']}, expected "
            f"{row['expected']}, prompts {row['prompt']}; accepted by the reviewer {row['accepted']} · information that did "
            f"not arrive {row['missed_shares']}: sure {row['missed_shares_sure']}, possible {row['missed_shares_possible']} "
            f"· no record of receipt {row['not_received']}, of sending {row['not_sent']} · returns {row['returns']} of "
            f"{row['agencies']} · undated entries {row['undated']} · findings dismissed {row['dismissed']}",
            2,
        ):
            yield "", line
    yield "", ""
    for sentence in (
        "chances: opportunities with no response recorded, by occasion; decisions: to look at; not told: kinds of "
        "information that did not arrive; no receipt: told by one side, with no record at the other; days unseen: the "
        "longest time with no record that the subject was seen (~ where some contacts do not state who was seen).",
        "An agency that writes more has more entries to find things in. Reviews are not to be ranked by this table.",
    ):
        for line in flow(sentence):
            yield "quiet", line


def _short(words: str, width: int) -> str:
    return words if len(words) <= width else words[: width - 3] + "..."


def _cell(row: dict[str, Any], column: str) -> str:
    value = row[column]
    if value is None:
        return "-"
    if column != "longest_not_seen":
        return str(value)
    most = row["longest_not_seen_at_most"]
    return f"{'' if row['longest_surely'] else '~'}{value if value == most else f'{value}-{most}'}"
