"""Answers in plain Python that rest on what is computed: kinds held, silence between agencies, rules of a day, where a
finding leads, and the days between one agency's knowing and the next.

As in ``kg.ask.in_python``, no drawing is looked at.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date

from kg.ask.plain import Answered, Given, Rows, each_of, origin_of, public_of, wanted
from kg.dates.when import BEGINNING, DAY, END, minute_of
from kg.findings.missed_share import MissedShare
from kg.findings.not_seen import NotSeen
from kg.findings.opportunity import Opportunity
from kg.findings.study import Study
from kg.knowledge.bits import bits_of
from kg.knowledge.ledger import Holding


def held_of_a_kind(gaps: Study, given: Given) -> Rows:
    day = given["day"]
    assert isinstance(day, date)
    until = minute_of(day) + DAY - 1
    for agency in gaps.review.agencies:
        surely = gaps.knowledge.sure[agency.name].held(until)
        possibly = gaps.knowledge.possible[agency.name].held(until)
        counts = Counter(
            (gaps.facts.all[number].indicator, "sure" if surely >> number & 1 else "possible")
            for number in bits_of(surely | possibly)
        )
        for (indicator, certainty), count in counts.items():
            for kind in gaps.terms.broader("indicator", indicator):
                if wanted(given, "indicator", kind):
                    yield kind, agency.name, indicator, certainty, count


def never_spoke(gaps: Study, given: Given) -> Rows:
    public = public_of(gaps)
    names = sorted(each.name for each in gaps.review.agencies if each.has_return and each.name not in public)
    spoke = {frozenset((share.sender, share.receiver)) for share in gaps.knowledge.shares}
    for entry in gaps.review.entries:
        for other in (*entry.shared_with, *entry.received_from, *entry.either_way):
            spoke.add(frozenset((entry.agency, other)))
    for number, agency in enumerate(names):
        for other in names[number + 1 :]:
            if frozenset((agency, other)) not in spoke:
                yield agency, other


def duties_in_force(gaps: Study, given: Given) -> Rows:
    day, review = given["day"], gaps.review
    assert isinstance(day, date)
    for duty in gaps.terms.duties:
        if review.jurisdiction in duty.nations and review.kind in duty.applies_to and duty.in_force(day):
            since = duty.since if duty.since > date.min else None
            for holder in duty.holder or ("",):
                yield duty.id, holder, duty.force, since, duty.until, "; ".join(duty.areas)


def finding_to_row(gaps: Study, given: Given) -> Rows:
    found = [(finding, row) for finding in gaps.findings for row in finding.detail.rows()]
    found += [(finding, held.row) for finding, gap in gaps.of(MissedShare) for held in gap.holders]
    for finding, row in found:
        entry = gaps.review.entries[row]
        place, source = entry.place, entry.cells.get("source", "")
        yield finding.id, finding.kind, entry.name, place.file, place.sheet, place.row, source


def longest_not_seen(gaps: Study, given: Given) -> Rows:
    for finding, gap in gaps.of(NotSeen):
        entries = [gaps.review.entries[row].name for row in (gap.after, gap.until) if row is not None]
        for entry in entries or ("",):
            yield gap.subject, finding.certainty, gap.at_least, gap.at_most, entry


def days_between_knowing(gaps: Study, given: Given) -> Rows:
    for number, fact in enumerate(gaps.facts.all):
        if not wanted(given, "indicator", fact.indicator):
            continue
        origin = origin_of(gaps, fact.origin)
        since = {name: _day_number(ledger.of(number)) for name, ledger in gaps.knowledge.sure.items()}
        first = since.get(origin.agency)
        for agency, day in since.items():
            if first is not None and day is not None and agency != origin.agency:
                yield fact.person, fact.indicator, origin.name, origin.agency, agency, day - first


def _day_number(holding: Holding | None) -> int | None:
    """The day by which it was held, as a number; None where it never was, or from before any known day."""
    return holding.moment // DAY if holding is not None and BEGINNING < holding.moment < END else None


def written_or_computed(gaps: Study, given: Given) -> Rows:
    knowledge = gaps.knowledge
    openings = {
        (each.opening.row, each.duty.family, each.opening.subject)
        for _, found in gaps.of(Opportunity)
        for each in found.outcomes
    }
    counts = {
        "Entry": len(gaps.review.entries),
        "Return": len({(each.agency, each.file) for each in gaps.review.returns}),
        "Fact": len(gaps.facts.all),
        "Holding": sum(
            (knowledge.sure[each.name].facts | knowledge.possible[each.name].facts).bit_count()
            for each in gaps.review.agencies
        ),
        "Telling": len({(share.sender, share.receiver, share.row) for share in knowledge.shares}),
        "Opening": len(openings),
        "Finding": len(gaps.findings),
        "Coverage": len(gaps.coverage),
    }
    for what, count in counts.items():
        if count:
            yield "written" if what in ("Entry", "Return") else "computed", what, count


ANSWERS: Mapping[str, Answered] = {
    "held-of-a-kind": each_of(held_of_a_kind),
    "never-spoke": each_of(never_spoke),
    "duties-in-force": each_of(duties_in_force),
    "finding-to-row": each_of(finding_to_row),
    "longest-not-seen": each_of(longest_not_seen),
    "days-between-knowing": each_of(days_between_knowing),
    "written-or-computed": each_of(written_or_computed),
}
"""The answer to each question of this page, by its name."""
