"""What a comparison with reason gives, for people and for machines: strict recall, ranks, lines read, and chance."""

from __future__ import annotations

from collections.abc import Iterator

from kg.base.grammar import count, listed
from kg.base.tables import Json
from kg.compare.strict import Strict
from kg.findings.study import Study
from kg.reports.lines import Line, flow
from kg.wording.findings import title

COLUMNS = ("published", "rank", "lines", "ours", "our kind", "said")
"""The columns of the strict pairs as one table."""

SHOWN = 5
"""How many pairs a short report shows."""


def strict_report(gaps: Study, found: Strict | None, *, everything: bool = False) -> Iterator[Line]:
    """The figures of a strict comparison and its pairs, before any looser agreement."""
    yield "title", "Met for the reason given"
    if found is None:
        yield from _flowed(
            "There is no pairs.csv: nobody has noted which entries each published finding speaks of. What follows is "
            "agreement in agency, time and kind only, which flatters."
        )
        return
    if found.recall is None:
        yield from _flowed("pairs.csv notes no published finding as being in the record: no recall can be given.")
        return
    yield from _flowed(
        f"Met: {len(found.met)} of {count(found.annotated, 'published finding')} noted in pairs.csv as being in the record, "
        f"strict recall {found.recall:.0%}. {found.outside} more are noted as nothing the record could show."
    )
    if found.met:
        ranks = [str(each.rank) for each in found.met]
        last = found.met[-1]
        yield from _flowed(
            f"Met at our findings number {listed(ranks)} of {found.ours}, in the order in which they are read; the last after "
            f"{last.lines} of {found.lines} lines."
        )
    yield from _flowed(
        f"By chance: with entries exchanged within each agency and indicators within the case, {found.chance:.1f} are met on "
        f"average and {found.p95} at the 95th percentile; {found.as_good:.0%} of the exchanges meet as many. {verdict(found)}"
    )
    shown = found.met if everything else found.met[:SHOWN]
    for each in shown:
        text = (
            f"{each.id or 'without an Id'}, met by number {each.rank}: {title(gaps, each.finding)}  [{each.finding.id}]"
        )
        yield from _flowed(text, 2)
    if len(shown) < len(found.met):
        yield "quiet", f"  ... {len(found.met) - len(shown)} more with --all"


def verdict(found: Strict) -> str:
    """What a strict recall is worth beside chance, in one sentence."""
    return (
        "So this is no more than chance may give."
        if found.as_good > 0.05
        else "So this is more than chance would give."
    )


def strict_json(found: Strict | None) -> Json | None:
    """The strict comparison as JSON; null where there is no pairs.csv."""
    if found is None:
        return None
    return {
        "annotated": found.annotated,
        "outside": found.outside,
        "met": [
            {"published": each.id, "ours": each.finding.id, "rank": each.rank, "lines": each.lines}
            for each in found.met
        ],
        "recall": None if found.recall is None else round(found.recall, 4),
        "findings": found.ours,
        "lines": found.lines,
        "chance_mean": round(found.chance, 4),
        "chance_p95": found.p95,
        "chance_as_good": round(found.as_good, 4),
    }


def strict_rows(gaps: Study, found: Strict) -> Iterator[dict[str, str]]:
    """The strict pairs as a table, in the order in which they are met."""
    for each in found.met:
        yield {
            "published": each.id,
            "rank": str(each.rank),
            "lines": str(each.lines),
            "ours": each.finding.id,
            "our kind": each.finding.kind,
            "said": title(gaps, each.finding),
        }


def _flowed(text: str, indent: int = 0) -> Iterator[Line]:
    for line in flow(text, indent, 2 if indent else 0):
        yield "", line
