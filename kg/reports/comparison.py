"""What ``kg compare`` prints: the pairs, what only one side says, and the recall beside what chance would give."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from kg.base.grammar import count
from kg.compare.published import REASONS, WHY_ALONE, Claim, Comparison, Tally
from kg.findings.study import Study
from kg.model.reviewer import Published
from kg.reports.lines import Line, flow
from kg.wording.findings import title
from kg.wording.labels import label

PAIRS, ALONE, FIRST = 6, 3, 40
"""How many pairs and how many findings of one side a short report shows; and the findings a reviewer reads at a sitting."""

COLUMNS = (
    "side",
    "ours",
    "our kind",
    "agency",
    "rank",
    "theirs",
    "their kind",
    "their agency",
    "their date",
    "said",
    "why",
)
"""The columns of the comparison as one table."""

READ_EACH = (
    "A match says that both speak of the same agency, at an overlapping time, in kinds that may mean the same. It does not "
    "say that they mean the same occasion: read each pair."
)


def compare_report(gaps: Study, comparison: Comparison, *, everything: bool = False) -> Iterator[Line]:
    """What ``kg compare`` prints for people."""
    yield "title", "Agreement in agency, time and kind, which flatters"
    yield from _figures(comparison)
    yield "", ""
    yield from _by_kind(gaps, comparison)
    shown = comparison.matched if everything else comparison.matched[:PAIRS]
    yield "", ""
    yield "title", f"Matched: {len(comparison.matched)}"
    for claim, theirs in shown:
        yield from _wrapped(f"{_published(gaps, theirs)}", 2, "grave")
        yield from _wrapped(f"ours, number {claim.rank}: {title(gaps, claim.finding)}  [{claim.finding.id}]", 6)
    yield from _more(len(comparison.matched) - len(shown))
    for heading, some, reasons in (
        ("Only theirs", comparison.only_theirs, WHY_ALONE),
        ("Theirs, and cannot be compared", comparison.not_comparable, REASONS),
    ):
        yield "", ""
        yield "title", f"{heading}: {len(some)}"
        part = some if everything else some[:ALONE]
        for theirs, reason in part:
            yield from _wrapped(f"{_published(gaps, theirs)} ({reasons[reason]})", 2)
        yield from _more(len(some) - len(part))
    yield "", ""
    yield "title", f"Only ours: {len(comparison.only_ours)}"
    ours = comparison.only_ours if everything else comparison.only_ours[:ALONE]
    for claim in ours:
        yield from _wrapped(f"number {claim.rank}: {title(gaps, claim.finding)}  [{claim.finding.id}]", 2)
    yield from _more(len(comparison.only_ours) - len(ours))
    yield "", ""
    yield "title", "The map of kinds (our own judgement)"
    for match in comparison.matches if everything else ():
        theirs_called = label(gaps, "finding-kind", match.published)
        yield from _wrapped(f"{theirs_called} <- {match.ours} ({match.side}): {match.why}", 2)
    if not everything:
        yield from _map_in_brief(gaps, comparison)
    yield "", ""
    for sentence in (
        READ_EACH,
        "A report chooses what to say: what only we say may be true, and what only it says too.",
    ):
        yield from _wrapped(sentence, 0, "quiet")


def _figures(comparison: Comparison) -> Iterator[Line]:
    whole = comparison.whole
    if not whole.published:
        yield from _wrapped("No published finding of these kinds is in findings.csv: there is nothing to compare with.")
        return
    if not whole.comparable:
        yield from _wrapped(
            f"None of {count(whole.published, 'published finding')} can be compared, so no recall can be given: each lacks "
            "a date or an agency of this review, or is of a kind of which nothing coded speaks."
        )
        return
    early = sum(1 for claim, _ in comparison.matched if claim.rank <= FIRST)
    yield from _wrapped(
        f"Matched: {whole.matched} of the {count(whole.comparable, 'published finding')} that can be compared, recall "
        f"{_percent(whole.recall)}; of all {whole.published}, {_percent(whole.recall_of_all)}."
    )
    yield from _wrapped(
        f"Reached after reading {whole.read} of {count(comparison.claims, 'finding')} of ours, in our order; {early} within "
        f"the first {FIRST}. Ours that match nothing published: {len(comparison.only_ours)}."
    )
    baseline = whole.baseline
    yield from _wrapped(
        f"By chance: with the names of our agencies shuffled {baseline.shuffles} times, recall is {_percent(baseline.recall)} "
        f"on average and {_percent(baseline.p95)} at the 95th percentile; {_percent(baseline.as_good)} of the shuffles do "
        f"as well as we do. {verdict(whole)}"
    )
    if comparison.dismissed:
        yield from _wrapped(f"{count(comparison.dismissed, 'finding')} that the reviewer dismissed took no part.")


def verdict(tally: Tally) -> str:
    """What a recall is worth beside its baseline, in one sentence."""
    if tally.recall is None or tally.baseline.as_good is None:
        return "Nothing could be compared."
    if tally.baseline.as_good > 0.05:
        return "So this agreement is no more than chance may give."
    if tally.recall - (tally.baseline.recall or 0.0) < 0.25:
        return "So there is some more agreement than chance would give, not much."
    return "So there is more agreement than chance would give."


def _by_kind(gaps: Study, comparison: Comparison) -> Iterator[Line]:
    yield "title", "Each kind taken alone"
    yield (
        "quiet",
        f"  {'':<28}{'published':>10}{'comparable':>12}{'matched':>9}{'recall':>8}{'chance':>8}{'95th':>6}{'read':>6}",
    )
    for kind, tally in comparison.by_kind:
        yield (
            "",
            (
                f"  {label(gaps, 'finding-kind', kind)[:27]:<28}{tally.published:>10}{tally.comparable:>12}{tally.matched:>9}"
                f"{_percent(tally.recall):>8}{_percent(tally.baseline.recall):>8}{_percent(tally.baseline.p95):>6}"
                f"{tally.read or '-':>6}"
            ),
        )


def _map_in_brief(gaps: Study, comparison: Comparison) -> Iterator[Line]:
    for kind in dict.fromkeys(match.published for match in comparison.matches):
        ours = [f"{match.ours} ({match.side})" for match in comparison.matches if match.published == kind]
        yield from _wrapped(f"{label(gaps, 'finding-kind', kind)} <- {', '.join(ours)}", 2)


def _published(gaps: Study, each: Published) -> str:
    when = "undated" if each.when.undated else each.when.plain()
    return f"{each.id or 'without an Id'}, {when}, {each.agency or 'no agency'}: {each.finding}"


def _percent(share: float | None) -> str:
    return "-" if share is None else f"{share:.0%}"


def _wrapped(text: str, indent: int = 0, style: str = "") -> Iterator[Line]:
    for line in flow(text, indent, 2 if indent else 0):
        yield style, line


def _more(number: int) -> Iterator[Line]:
    if number > 0:
        yield "quiet", f"  ... {number} more with --all"


def compare_json(gaps: Study, comparison: Comparison) -> dict[str, Any]:
    """The whole of ``kg compare --format json``. Recalls are shares of 1, or null where nothing can be compared."""
    whole = comparison.whole
    return {
        "review": gaps.review.title,
        **_tally_json(whole),
        "findings": comparison.claims,
        "dismissed": comparison.dismissed,
        "by_kind": {kind: _tally_json(tally) for kind, tally in comparison.by_kind},
        "matched": [{"ours": _ours(gaps, claim), "theirs": _theirs(each)} for claim, each in comparison.matched],
        "only_ours": [_ours(gaps, claim) for claim in comparison.only_ours],
        "only_theirs": [{**_theirs(each), "why": WHY_ALONE[reason]} for each, reason in comparison.only_theirs],
        "not_comparable": [{**_theirs(each), "why": REASONS[reason]} for each, reason in comparison.not_comparable],
        "map": [
            {"published": each.published, "ours": each.ours, "side": each.side, "why": each.why}
            for each in comparison.matches
        ],
    }


def _tally_json(tally: Tally) -> dict[str, Any]:
    return {
        "published": tally.published,
        "comparable": tally.comparable,
        "recall": _rounded(tally.recall),
        "recall_of_all": _rounded(tally.recall_of_all),
        "read": tally.read,
        "baseline_recall": _rounded(tally.baseline.recall),
        "baseline_p95": _rounded(tally.baseline.p95),
        "baseline_as_good": _rounded(tally.baseline.as_good),
        "baseline_shuffles": tally.baseline.shuffles,
    }


def _rounded(share: float | None) -> float | None:
    return None if share is None else round(share, 4)


def _ours(gaps: Study, claim: Claim) -> dict[str, Any]:
    finding = claim.finding
    return {
        "id": finding.id,
        "rank": claim.rank,
        "kind": finding.kind,
        "certainty": finding.certainty,
        "agency": finding.agency or None,
        "subject": finding.subject or None,
        "title": title(gaps, finding),
        "entries": [gaps.review.entries[row].name for row in finding.detail.rows()],
    }


def _theirs(each: Published) -> dict[str, Any]:
    return {
        "id": each.id,
        "kind": each.kind,
        "agency": each.agency or None,
        "when": each.when.edtf() or None,
        "finding": each.finding,
        "source": each.source,
    }


def compare_rows(gaps: Study, comparison: Comparison) -> Iterator[dict[str, str]]:
    """The comparison as one table, a row for each pair and each finding left alone: for spreadsheets."""
    for claim, each in comparison.matched:
        yield {"side": "both", **_ours_cells(gaps, claim), **_theirs_cells(each)}
    for each, reason in comparison.only_theirs:
        yield {"side": "theirs", **_theirs_cells(each), "why": WHY_ALONE[reason]}
    for each, reason in comparison.not_comparable:
        yield {"side": "theirs, not comparable", **_theirs_cells(each), "why": REASONS[reason]}
    for claim in comparison.only_ours:
        yield {"side": "ours", **_ours_cells(gaps, claim)}


def _ours_cells(gaps: Study, claim: Claim) -> dict[str, str]:
    finding = claim.finding
    said = title(gaps, finding)
    return {
        "ours": finding.id, "our kind": finding.kind, "agency": finding.agency, "rank": str(claim.rank), "said": said,
    }  # fmt: skip


def _theirs_cells(each: Published) -> dict[str, str]:
    return {
        "theirs": each.id, "their kind": each.kind, "their agency": each.agency, "their date": each.when.words,
        "said": each.finding,
    }  # fmt: skip


def figures(comparison: Comparison) -> Sequence[tuple[str, str]]:
    """The figures of a comparison by name, for Markdown: recall, baseline, findings read."""
    whole = comparison.whole
    return (
        ("published findings", str(whole.published)),
        ("of these comparable", str(whole.comparable)),
        ("matched", str(whole.matched)),
        ("recall (of the comparable)", _percent(whole.recall)),
        ("recall (of all)", _percent(whole.recall_of_all)),
        ("recall by chance, mean", _percent(whole.baseline.recall)),
        ("recall by chance, 95th percentile", _percent(whole.baseline.p95)),
        ("shuffles that do as well", _percent(whole.baseline.as_good)),
        ("findings of ours read to reach it", f"{whole.read} of {comparison.claims}"),
    )
