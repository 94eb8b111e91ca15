"""Who knew what, when. The sweep itself is checked against every reading in test_oracle; here are its laws by name."""

from __future__ import annotations

from helpers.asking import day_number, fact_of, names, since, study
from helpers.small import AGENCIES, MONDAY, day, row

from kg.dates.when import When, minute_of
from kg.findings.study import Study
from kg.knowledge.as_of import who_knew
from kg.model.review import Agency


def path(gaps: Study, agency: str, indicator: str, entry: str) -> list[str]:
    return names(gaps.review, gaps.knowledge.path(agency, fact_of(gaps, indicator, entry)))


def at(number: int, hour: int) -> When:
    """An hour of a day, to the minute."""
    moment = minute_of(MONDAY, hour * 60) + number * 1440
    return When(f"day {number}, {hour}:00", moment, moment, "", True)


def test_an_agency_holds_what_it_wrote_from_the_day_it_happened() -> None:
    assert since(study(row("Police/1", day(3), "bruising")), "Police", "bruising", "Police/1") == (3, 3)


def test_an_agency_holds_nothing_before_it_learnt_it() -> None:
    gaps = study(row("Police/1", day(3), "bruising", learnt=day(20)))
    assert since(gaps, "Police", "bruising", "Police/1") == (20, 20)


def test_when_it_was_written_down_moves_nothing() -> None:
    from dataclasses import replace

    late = replace(row("Police/1", day(3), "bruising"), written=day(40))
    assert since(study(late), "Police", "bruising", "Police/1") == (3, 3)


def test_a_wide_date_is_surely_held_from_its_end_and_possibly_from_its_start() -> None:
    assert since(study(row("Police/1", day(3, 9), "bruising")), "Police", "bruising", "Police/1") == (9, 3)


def test_news_does_not_travel_backwards() -> None:
    gaps = study(row("Police/1", day(3), to=("Care",), what=("2",)), row("Police/2", day(5), "bruising"))
    assert since(gaps, "Care", "bruising", "Police/2") == (None, None)


def test_news_travels_on_along_two_tellings_in_time_order() -> None:
    gaps = study(
        row("School/1", day(1), "bruising", to=("Police",)),
        row("Police/1", day(2), "bruising", heard_from=("School",)),
        row("Police/2", day(5), "bruising", to=("Care",)),
    )
    assert since(gaps, "Care", "bruising", "School/1") == (None, 5)
    assert path(gaps, "Care", "bruising", "School/1") == ["School/1", "Police/1", "Police/2"]


def test_news_told_before_it_came_goes_no_further() -> None:
    gaps = study(
        row("Police/2", day(1), to=("Care",), what=("bruising",)),
        row("School/1", day(5), "bruising", to=("Police",)),
        row("Police/1", day(5), "bruising", heard_from=("School",)),
    )
    assert since(gaps, "Care", "bruising", "School/1") == (None, None)


def test_on_the_same_untimed_day_news_possibly_went_on() -> None:
    gaps = study(row("Police/1", day(3), "bruising"), row("Police/2", day(3), to=("Care",), what=("1",)))
    assert since(gaps, "Care", "bruising", "Police/1") == (None, 3)


def test_within_a_day_the_hour_decides() -> None:
    told_first = study(row("Police/1", at(3, 15), "bruising"), row("Police/2", at(3, 9), to=("Care",), what=("1",)))
    told_after = study(row("Police/1", at(3, 9), "bruising"), row("Police/2", at(3, 15), to=("Care",), what=("1",)))
    assert since(told_first, "Care", "bruising", "Police/1") == (None, None)
    assert since(told_after, "Care", "bruising", "Police/1") == (None, 3)


def test_the_public_tells_and_is_told_but_never_relays() -> None:
    gaps = study(
        row("Police/1", day(1), "bruising", to=("Family",)),
        row("Family/1", day(2), "bruising", heard_from=("Police",), to=("Care",)),
        row("Family/2", day(3), "neglect", to=("Care",)),
    )
    assert since(gaps, "Family", "bruising", "Police/1") == (2, 2)
    assert since(gaps, "Care", "neglect", "Family/2") == (None, 3)
    chained = study(
        row("Police/1", day(1), "bruising", to=("Family",)),
        row("Family/1", day(3), to=("Care",), what=("bruising",)),
    )
    assert since(chained, "Care", "bruising", "Police/1") == (None, None)


def test_knowledge_does_not_flow_inside_a_trust_by_itself() -> None:
    ward = Agency("Ward", "hospital", part_of="Hospital", has_return=True)
    gaps = study(row("Ward/1", day(1), "bruising"), row("Hospital/1", day(30)), agencies=(*AGENCIES, ward))
    assert since(gaps, "Hospital", "bruising", "Ward/1") == (None, None)


def test_an_undated_row_is_held_at_no_day_known() -> None:
    gaps = study(row("Police/1", None or row("x/1").when, "bruising"))
    assert since(gaps, "Police", "bruising", "Police/1") == (None, float("-inf"))


def test_two_names_for_one_person_join_nothing_that_an_agency_held() -> None:
    """What an agency recorded of somebody not listed stays a fact about them, and is no knowledge of the child."""
    gaps = study(row("Police/1", day(1), "bruising", people=("S.",), about=("S.",)))
    assert [fact.person for fact in gaps.facts.all] == ["S."]
    assert not list(who_knew(gaps.knowledge, minute_of(MONDAY) + 90 * 1440))


def test_an_earlier_way_wins_and_a_sure_way_beats_a_possible_one_only_in_what_is_sure() -> None:
    gaps = study(
        row("Police/1", day(1), "bruising", to=("Care",)),
        row("Police/2", day(9), to=("Care",), what=("1",)),
        row("Care/1", day(10), heard_from=("Police",), contact="telephone-call"),
    )
    assert since(gaps, "Care", "bruising", "Police/1") == (10, 1)


def test_who_knew_says_each_kind_once_surely_where_it_can() -> None:
    gaps = study(row("Police/1", day(1), "bruising", to=("Care",)), row("Police/2", day(5), "bruising"))
    known = {
        (each.agency, each.indicator, each.certainty) for each in who_knew(gaps.knowledge, minute_of(MONDAY) + 4 * 1440)
    }
    assert known == {("Police", "bruising", "sure"), ("Care", "bruising", "possible")}


def test_who_knew_of_one_entry_leaves_the_other_incident_out() -> None:
    gaps = study(row("Police/1", day(1), "bruising"), row("School/1", day(2), "bruising"))
    until = minute_of(MONDAY) + 30 * 1440
    assert [each.agency for each in who_knew(gaps.knowledge, until, origin=1)] == ["School"]


def test_who_knew_before_anything_happened_says_nothing() -> None:
    gaps = study(row("Police/1", day(3), "bruising"))
    assert not list(who_knew(gaps.knowledge, minute_of(MONDAY) + 2 * 1440))
    assert day_number(minute_of(MONDAY)) == 0
