"""Answers in plain Python that are worked out from the entries alone: their order, what was late, what they say of codes,
needs and decisions, and what they leave out.

As in ``kg.ask.in_python``, no drawing is looked at.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from itertools import combinations

from kg.ask.plain import (
    Answered,
    Given,
    Rows,
    contacts_of,
    each_of,
    first_day,
    flagged,
    last_day,
    own_entries,
    public_of,
    wanted,
)
from kg.dates.when import BEGINNING, DAY, END, day_of
from kg.findings.study import Study
from kg.model.record import Entry


def contacts_in_order(gaps: Study, given: Given) -> Rows:
    of_agency: dict[str, list[Entry]] = defaultdict(list)
    for entry in contacts_of(gaps):
        if entry.when.earliest != BEGINNING and wanted(given, "agency", entry.agency):
            of_agency[entry.agency].append(entry)
    for agency, entries in of_agency.items():
        moments = sorted(entry.when.earliest for entry in entries)
        for entry in entries:
            yield agency, moments.index(entry.when.earliest) + 1, entry.name, first_day(entry), entry.contact


def learnt_or_written_late(gaps: Study, given: Given) -> Rows:
    for entry in gaps.review.entries:
        for how, when in (("learnt", entry.learnt), ("written", entry.written)):
            if when is None or when.earliest == BEGINNING or entry.when.latest == END:
                continue
            days = when.earliest // DAY - entry.when.latest // DAY
            if days > 0:
                yield entry.agency, entry.name, last_day(entry), how, day_of(when.earliest), days


def agencies_that_need(gaps: Study, given: Given) -> Rows:
    everyones, own = Counter[str](), Counter[tuple[str, str]]()
    for entry in gaps.review.entries:
        for indicator in {*entry.indicators}:
            everyones[indicator] += 1
            own[indicator, entry.agency] += 1
    public = public_of(gaps)
    for indicator, count in everyones.items():
        for agency in gaps.review.agencies:
            needs = agency.name not in public and gaps.terms.needs(indicator, agency.type)
            if needs and wanted(given, "indicator", indicator):
                yield indicator, agency.name, count, own[indicator, agency.name]


def which_came_first(gaps: Study, given: Given) -> Rows:
    for pair in combinations(gaps.review.entries, 2):
        one, other = sorted(pair, key=lambda entry: entry.name)
        if one.agency == other.agency or not {*one.people} & {*other.people}:
            continue
        order = "surely first" if one.when.surely_before(other.when) else "not known"
        if other.when.surely_before(one.when):
            one, other, order = other, one, "surely first"
        for indicator in {*one.indicators} & {*other.indicators}:
            if wanted(given, "indicator", indicator):
                yield indicator, one.name, other.name, order


def official_codes(gaps: Study, given: Given) -> Rows:
    counts = Counter(indicator for entry in gaps.review.entries for indicator in {*entry.indicators})
    for indicator, count in counts.items():
        concept = gaps.terms.concept("indicator", indicator)
        for of, code in concept.codes if concept is not None else ():
            yield indicator, f"{of} {code}", count


def decisions_to_do_no_more(gaps: Study, given: Given) -> Rows:
    for entry in own_entries(gaps):
        said = [("response", each) for each in entry.responses] + [("contact", entry.contact)]
        for scheme, word in said:
            if word and flagged(gaps, scheme, word, "declines", "closes"):
                yield entry.agency, entry.name, first_day(entry), last_day(entry), word


def voice_not_recorded(gaps: Study, given: Given) -> Rows:
    for entry in contacts_of(gaps):
        if not entry.said.strip():
            yield entry.agency, entry.name, first_day(entry), last_day(entry), entry.seen


ANSWERS: Mapping[str, Answered] = {
    "contacts-in-order": each_of(contacts_in_order),
    "learnt-or-written-late": each_of(learnt_or_written_late),
    "agencies-that-need": each_of(agencies_that_need),
    "which-came-first": each_of(which_came_first),
    "official-codes": each_of(official_codes),
    "decisions-to-do-no-more": each_of(decisions_to_do_no_more),
    "voice-not-recorded": each_of(voice_not_recorded),
}
"""The answer to each question of this page, by its name."""
