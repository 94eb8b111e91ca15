"""How far information travelled: a ring only where nothing was held, and only once others held it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from helpers.asking import TERMS, study
from helpers.small import AGENCIES, day, row

import kg
from kg.dates.when import UNDATED
from kg.findings.ribbons import Band, Ribbons, ribbons
from kg.findings.study import Study, find_gaps
from kg.knowledge.as_of import who_knew
from kg.wording.labels import silence
from kg.wording.ribbons import ribbons_headline, went_without


def of(gaps: Study, indicator: str) -> Ribbons:
    return next(each for each in ribbons(gaps) if each.indicator == indicator)


def band(gaps: Study, indicator: str, agency: str) -> Band:
    return next(each for each in of(gaps, indicator).bands if each.agency == agency)


def rings(gaps: Study, indicator: str, agency: str) -> list[str]:
    return [gaps.review.entries[each.row].ref for each in band(gaps, indicator, agency).without]


def told() -> Study:
    """The hospital saw a bruise; care met the family without it, was told, and met them again; police never knew."""
    return study(
        row("Hospital/H1", day(0), "bruising", contact="emergency-attendance"),
        row("Care/C1", day(7)),
        row("Hospital/H2", day(10), "bruising", contact="telephone-call", to=("Care",)),
        row("Care/C2", day(10), "bruising", contact="referral-received", heard_from=("Hospital",)),
        row("Care/C3", day(14)),
        row("Police/P1", day(14), contact="welfare-check"),
    )


def test_no_ring_stands_where_the_kind_was_held() -> None:
    assert rings(told(), "bruising", "Care") == ["C1"]
    assert rings(told(), "bruising", "Police") == ["P1"]


def test_an_empty_band_runs_from_when_others_held_it_until_it_came() -> None:
    gaps = told()
    care, police = band(gaps, "bruising", "Care"), band(gaps, "bruising", "Police")
    assert (care.empty, care.until) == (day(0).earliest, care.possibly)
    assert care.possibly is not None
    assert day(10).earliest <= care.possibly <= day(10).latest
    assert police.until == gaps.review.incident.earliest
    assert band(gaps, "bruising", "Hospital").empty is None


def test_a_contact_of_a_wide_date_goes_without_only_once_another_possibly_held_it() -> None:
    gaps = study(row("Hospital/H1", day(10), "bruising", contact="emergency-attendance"), row("Care/C1", day(2, 30)))
    (ring,) = band(gaps, "bruising", "Care").without
    assert ring.possibly == day(10).earliest
    assert ring.surely is None


def test_a_sure_ring_is_sure_only_at_the_end_of_its_dates() -> None:
    gaps = study(row("Hospital/H1", day(0), "bruising", contact="emergency-attendance"), row("Care/C1", day(7, 9)))
    (ring,) = band(gaps, "bruising", "Care").without
    assert (ring.possibly, ring.surely) == (day(7).earliest, day(9).latest)


def test_an_unread_row_goes_without_in_some_reading_only() -> None:
    gaps = study(
        row("Hospital/H1", day(0), "bruising", contact="emergency-attendance"), row("Care/C1", day(7), read=False)
    )
    (ring,) = band(gaps, "bruising", "Care").without
    assert ring.surely is None
    assert band(gaps, "bruising", "Care").silent
    assert ribbons_headline(gaps, of(gaps, "bruising")).endswith(
        "1 agency possibly met or decided once with no record of it"
    )


def test_an_agency_without_a_return_that_needs_it_is_unread_and_not_blamed() -> None:
    agencies = tuple(replace(each, has_return=each.name != "Police") for each in AGENCIES)
    gaps = study(row("Hospital/H1", day(0), "bruising", contact="emergency-attendance"), agencies=agencies)
    assert of(gaps, "bruising").unread == ("Police",)
    assert [each.agency for each in of(gaps, "bruising").bands] == ["Hospital"]


def test_two_accounts_of_one_meeting_are_one_time() -> None:
    gaps = study(
        row("Hospital/H1", day(0), "bruising", contact="emergency-attendance"),
        row("Care/C1", day(7), contact="strategy-discussion", to=("Police",)),
        row("Police/P1", day(7), contact="strategy-discussion", heard_from=("Care",)),
    )
    assert len({gaps.links.event[at][0] for at in (1, 2)}) == 1
    assert of(gaps, "bruising").times(gaps, surely=True) == (2, 1)


def test_what_the_reviewer_dismissed_is_not_drawn() -> None:
    gaps = told()
    dismissed = replace(
        gaps, findings=tuple(replace(each, status="dismissed") for each in gaps.findings if each.agency == "Police")
    )
    assert {each.agency for each in of(dismissed, "bruising").bands} == {"Hospital", "Care"}


def test_the_headline_says_when_who_and_how_often() -> None:
    gaps = told()
    said = ribbons_headline(gaps, of(gaps, "bruising"))
    assert said.startswith("Bruising or marks: first recorded ")
    assert said.endswith("by Hospital; 2 agencies then met or decided twice with no record of it")
    assert went_without(3, 4, 1) == "3 agencies then met or decided 4 times with no record of it, possibly once more"
    assert went_without(0, 0, 0) == "no contact without it was found"


def test_silence_says_why() -> None:
    gaps = study(row("Care/C1", day(1)), row("Care/C2", UNDATED, read=False), row("Police/P1", day(1), read=False))
    said = {each.agency: silence(each) for each in gaps.coverage}
    assert said["Care"] == "1 of 2 rows unread, 1 undated"
    assert said["Police"] == "its 1 row unread"
    assert said["School"] == "no rows"


@pytest.mark.parametrize(
    "case", ["examples/climbie", "tests/cases/connelly", "tests/cases/hayter", "tests/cases/training"]
)
def test_ribbons_say_what_who_knew_says(root: Path, case: str) -> None:
    """Held: exactly from the moment at which it is known; without: never at a contact where anything of the kind was held."""
    gaps = find_gaps(kg.load(root / case).review, TERMS)
    entries = gaps.review.entries
    moments = sorted({entry.when.latest for entry in entries if entry.when.closed})[::9]
    all_ = ribbons(gaps)
    for until in moments:
        known = {(one.agency, one.subject, one.indicator): one.certainty for one in who_knew(gaps.knowledge, until)}
        shown = {
            (each.agency, made.subject, made.indicator): "sure"
            if each.surely is not None and each.surely <= until
            else "possible"
            for made in all_
            for each in made.bands
            if each.possibly is not None and each.possibly <= until
        }
        assert shown == known
    for made in all_:
        for each in made.bands:
            for ring in each.without:
                assert each.possibly is None or each.possibly > entries[ring.row].when.latest
                assert ring.possibly <= entries[ring.row].when.latest
                assert any(
                    other.possibly is not None and other.possibly <= ring.possibly
                    for other in made.bands
                    if other.agency != each.agency
                )
