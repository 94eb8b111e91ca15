"""Accounts that differ: only what both wrote is compared, and nobody is said to be wrong."""

from __future__ import annotations

from helpers.small import day, review, row

from kg.findings.accounts_differ import Differing
from kg.findings.finding import Finding
from kg.findings.study import Study, find_gaps
from kg.model.record import Entry
from kg.terms.reader import load
from kg.wording.findings import because, title

TERMS = load()


def differences(*entries: Entry) -> tuple[Study, list[Finding]]:
    gaps = find_gaps(review(*entries), TERMS)
    return gaps, [finding for finding in gaps.findings if finding.kind == "accounts-differ"]


def aspects(*entries: Entry) -> list[str]:
    _, found = differences(*entries)
    return [
        each.what for finding in found if isinstance(finding.detail, Differing) for each in finding.detail.differences
    ]


def test_words_that_changed_on_the_way_are_shown_side_by_side() -> None:
    sent = row("Hospital/1", day(1), "unexplained-injury", "neglect", contact="referral-made", to=("Care",))
    heard = row("Care/1", day(1), "bruising", contact="referral-received", heard_from=("Hospital",))
    gaps, (finding,) = differences(sent, heard)
    said = " ".join(because(gaps, finding))
    assert "Hospital/1 says neglect and unexplained injury" in said
    assert "Care/1 says bruising or marks" in said
    assert "differ" in title(gaps, finding)


def test_one_who_is_told_of_a_visit_has_not_made_it() -> None:
    seen = row("Hospital/1", day(1), "bruising", to=("Care",), seen="yes")
    told = row("Care/1", day(1), "bruising", contact="referral-received", heard_from=("Hospital",), seen="no")
    assert aspects(seen, told) == []


def test_two_at_one_meeting_may_differ_on_what_was_agreed() -> None:
    one = row("Care/1", day(1), contact="strategy-discussion", to=("Police",), responses=("section-47",))
    other = row("Police/1", day(1), contact="strategy-discussion", to=("Care",), responses=("no-further-action",))
    assert aspects(one, other) == ["response"]


def test_silence_is_no_difference() -> None:
    one = row("Care/1", day(1), "bruising", contact="strategy-discussion", to=("Police",), responses=("section-47",))
    other = row("Police/1", day(1), contact="strategy-discussion", to=("Care",))
    assert aspects(one, other) == []


def test_days_apart_are_a_difference_and_overlapping_dates_are_none() -> None:
    sent = row("Hospital/1", day(1), contact="referral-made", to=("Care",))
    assert aspects(sent, row("Care/1", day(4), contact="referral-received", heard_from=("Hospital",))) == ["when"]
    assert aspects(sent, row("Care/1", day(0, 4), contact="referral-received", heard_from=("Hospital",))) == []


def test_the_public_is_not_compared() -> None:
    told = row("Family/1", day(1), "neglect", to=("Care",), contact="life-event")
    heard = row("Care/1", day(1), "bruising", heard_from=("Family",), contact="telephone-call")
    assert aspects(told, heard) == []
