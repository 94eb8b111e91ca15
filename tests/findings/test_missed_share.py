"""Information that did not arrive: when it is said, how surely, and along which talk it could have come."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from helpers.asking import TERMS, contacts, kinds, missing, names, study
from helpers.small import AGENCIES, MONDAY, PEOPLE, day, row

from kg.dates.when import BEGINNING, DAY, END, When, minute_of
from kg.findings.study import Study
from kg.model.record import Entry
from kg.model.review import Agency, Person

HELD = row("Police/1", day(1), "bruising")
MET = row("Care/1", day(9))


def certainty(*entries: Entry, agency: str = "Care", indicator: str = "bruising", **about: Any) -> str:
    """ "sure", "possible", or "" where nothing is said to be missing."""
    gap = missing(study(*entries, **about), agency, indicator)
    return gap.certainty if gap else ""


def held_at(gaps: Study) -> list[tuple[str, str, str]]:
    gap = missing(gaps, "Care", "bruising")
    assert gap is not None
    return [(held.agency, gaps.review.entries[held.row].name, held.since.plain()) for held in gap.holders]


def test_what_one_held_and_another_had_no_record_of_is_missing() -> None:
    gaps = study(HELD, MET)
    gap = missing(gaps, "Care", "bruising")
    assert gap is not None
    assert (gap.certainty, gap.grade, contacts(gaps, gap)) == ("sure", "novel", ["Care/1"])
    assert held_at(gaps) == [("Police", "Police/1", "2 February 2021")]


def test_an_agency_has_a_whole_working_day_to_tell() -> None:
    """Written on Tuesday without a time: surely held all of Wednesday, so missing from Thursday on."""
    assert certainty(HELD, row("Care/1", day(1))) == ""
    assert certainty(HELD, row("Care/1", day(2))) == "possible"
    assert certainty(HELD, row("Care/1", day(3))) == "sure"


def test_a_weekend_is_no_time_to_tell() -> None:
    friday = row("Police/1", day(4), "bruising")
    assert certainty(friday, row("Care/1", day(7))) == "possible"
    assert certainty(friday, row("Care/1", day(8))) == "sure"
    saturday = row("Police/1", day(5), "bruising")
    assert certainty(saturday, row("Care/1", day(7))) == ""


def test_a_bank_holiday_is_no_time_to_tell() -> None:
    """Good Friday 2021 was 2 April, day 60; Easter Monday day 63. Scotland worked on Easter Monday."""
    thursday, tuesday = row("Police/1", day(59), "bruising"), row("Care/1", day(64))
    late: dict[str, Any] = {"incident": day(90)}
    assert certainty(thursday, tuesday, **late) == "possible"
    assert certainty(thursday, tuesday, jurisdiction="Scotland", **late) == "sure"


def test_what_possibly_arrived_is_only_possibly_missing_later() -> None:
    """Told on a later day than it was held: had it not arrived, it would have been missing."""
    assert certainty(HELD, row("Police/2", day(3), to=("Care",), what=("1",)), MET) == "possible"


def test_a_row_that_told_the_agency_in_the_same_breath_proves_no_holder() -> None:
    assert certainty(replace(HELD, shared_with=("Care",)), MET) == ""


def test_what_surely_arrived_is_not_missing() -> None:
    told = replace(HELD, shared_with=("Care",))
    assert certainty(told, row("Care/0", day(2), heard_from=("Police",)), MET) == ""


def test_a_contact_never_misses_what_its_own_row_reveals_or_tells() -> None:
    another_day = missing(study(HELD, row("Care/1", day(9), "bruising")), "Care", "bruising")
    assert another_day is not None, "another bruise is another incident"
    assert another_day.grade == "more"
    same = row("Care/1", day(2), "bruising", heard_from=("Police",))
    assert certainty(replace(HELD, shared_with=("Care",)), same) == ""
    passing_on = row("Care/2", day(9), to=("School",), what=("0",))
    own = row("Care/0", day(0, 12), "bruising")
    gap = missing(study(own, row("School/1", day(1), "bruising"), passing_on), "Care", "bruising")
    assert gap is not None
    assert [held.agency for held in gap.holders] == ["School"], "its own doubtful row is told by the contact itself"


def test_undated_entries_prove_no_holder() -> None:
    assert certainty(row("Police/1", row("x/y").when, "bruising"), MET) == ""


def test_an_entry_open_at_its_start_proves_no_holder_before_its_end() -> None:
    before = When("before 12 February 2021", BEGINNING, minute_of(MONDAY) + 11 * 1440 - 1, "before")
    assert certainty(row("Police/1", before, "bruising"), MET) == ""
    assert certainty(row("Police/1", before, "bruising"), row("Care/1", day(15))) == "sure"


def test_nothing_is_missed_at_an_undated_contact() -> None:
    assert certainty(HELD, row("Care/1")) == ""


@pytest.mark.parametrize("kind", ["letter-or-email", "record-only", "supervision", "life-event", ""])
def test_filing_a_letter_is_no_contact(kind: str) -> None:
    assert certainty(HELD, row("Care/1", day(9), contact=kind)) == ""


def test_contacts_on_or_after_the_incident_do_not_count() -> None:
    assert certainty(HELD, MET, incident=day(9)) == ""
    assert certainty(HELD, MET, incident=day(10)) == "sure"
    assert certainty(HELD, row("Care/1", day(9, 12)), incident=day(10)) == "possible"


def test_only_what_an_agency_needs_can_be_missing() -> None:
    mental = row("Care/2", day(1), "carer-mental-ill-health", people=("Alex",))
    assert not TERMS.needs("carer-mental-ill-health", "police")
    assert certainty(mental, row("Police/2", day(9)), agency="Police", indicator="carer-mental-ill-health") == ""


def test_the_public_never_seeks() -> None:
    assert certainty(HELD, row("Family/1", day(9)), agency="Family") == ""


def test_the_public_holds_only_for_those_it_told() -> None:
    known = row("Family/1", day(1), "bruising")
    assert certainty(known, MET) == ""
    told_once = row("Family/2", day(3), to=("Care",), what=("1",))
    assert certainty(known, told_once, MET) == "possible"
    gap = missing(study(known, told_once, row("School/1", day(9))), "School", "bruising")
    assert gap is not None
    assert [held.agency for held in gap.holders] == ["Care"], "the family told the school nothing, and owed it nothing"


def test_an_adults_refusal_of_sharing_turns_it_into_a_note() -> None:
    people = (Person("Sam", role="adult"),)
    refused = row("Police/1", day(1), "physical-abuse", responses=("consent-to-share-refused",))
    setting: dict[str, Any] = {"kind": "adult", "people": people}
    assert kinds(study(refused, row("Hospital/1", day(9)), **setting)).count("sharing-refused") == 1
    child = study(refused, row("Hospital/1", day(9)))
    assert "sharing-refused" not in kinds(child)
    assert missing(child, "Hospital", "physical-abuse") is not None


def test_a_refusal_after_the_contact_turns_nothing_into_a_note() -> None:
    people = (Person("Sam", role="adult"),)
    later = row("Police/2", day(20), responses=("consent-to-share-refused",))
    gaps = study(
        row("Police/1", day(1), "physical-abuse"), row("Hospital/1", day(9)), later, kind="adult", people=people
    )
    assert "sharing-refused" not in kinds(gaps)


def test_it_is_novel_only_if_nothing_of_the_kind_was_held() -> None:
    own = row("Care/0", day(0), "bruising")
    gap = missing(study(own, HELD, MET), "Care", "bruising")
    assert gap is not None
    assert gap.grade == "more"
    bite = row("Care/0", day(0), "bite-mark")
    narrower = missing(study(bite, HELD, MET), "Care", "bruising")
    assert narrower is not None
    assert narrower.grade == "more"
    sign = missing(study(own, row("Police/1", day(1), "physical-abuse"), MET), "Care", "physical-abuse")
    assert sign is not None
    assert sign.grade == "novel"
    broader = missing(study(row("Care/0", day(0), "physical-abuse"), HELD, MET), "Care", "bruising")
    assert broader is not None
    assert broader.grade == "novel"


def test_there_is_one_finding_for_each_subject_kind_and_agency() -> None:
    gaps = study(HELD, row("Police/2", day(5), "bruising"), MET, row("Care/2", day(20)))
    gap = missing(gaps, "Care", "bruising")
    assert kinds(gaps).count("missed-share") == 1
    assert contacts(gaps, gap) == ["Care/1", "Care/2"]


def test_there_is_one_holder_for_each_origin_the_earliest() -> None:
    gaps = study(
        HELD,
        row("School/1", day(4), "bruising", heard_from=("Police",)),
        replace(row("Police/2", day(4), to=("School",), what=("1",)), narrative="Told the school."),
        row("Hospital/1", day(5), "bruising"),
        row("Care/1", day(20)),
    )
    assert [name for name, *_ in held_at(gaps)] == ["Police", "School", "Hospital"]


def test_it_says_when_the_agency_learnt_of_it_if_ever() -> None:
    never = missing(study(HELD, MET), "Care", "bruising")
    assert never is not None
    assert never.holders[0].learnt is None
    gaps = study(HELD, MET, row("Police/2", day(15), to=("Care",), what=("1",)))
    later = missing(gaps, "Care", "bruising")
    assert later is not None
    assert later.holders[0].learnt is not None
    assert names(gaps.review, [later.holders[0].learnt[0]]) == ["Police/2"]


def test_it_could_have_come_along_a_recorded_conversation_in_time() -> None:
    call = row("Police/2", day(5), to=("Care",), contact="telephone-call")
    gaps = study(HELD, call, MET)
    gap = missing(gaps, "Care", "bruising")
    assert gap is not None
    assert (gap.channel, names(gaps.review, gap.path)) == ("unsaid", ["Police/1", "Police/2"])


def test_a_conversation_after_the_contact_was_no_channel() -> None:
    gap = missing(study(HELD, row("Police/2", day(20), to=("Care",)), MET), "Care", "bruising")
    assert gap is not None
    assert (gap.channel, gap.path) == ("silent", ())


def test_a_conversation_before_it_was_held_was_no_channel() -> None:
    gap = missing(study(HELD, row("Police/2", day(0), to=("Care",)), MET), "Care", "bruising")
    assert gap is not None
    assert gap.channel == "silent"


def test_the_path_is_the_earliest_arriving_one() -> None:
    gaps = study(
        HELD,
        row("Police/2", day(8), to=("Care",)),
        row("Police/3", day(3), to=("School",)),
        row("School/1", day(5), to=("Care",)),
        MET,
    )
    gap = missing(gaps, "Care", "bruising")
    assert gap is not None
    assert names(gaps.review, gap.path) == ["Police/1", "Police/3", "School/1"]


def test_a_holder_with_no_record_of_the_subject_could_not_be_expected_to_tell() -> None:
    """Police know something of Pat, and nothing of Sam or of Pat's tie to Sam: a gap of the system, and said so."""
    stranger = row("Police/1", day(1), "known-perpetrator", people=("Pat",), about=("Pat",))
    gap = missing(study(stranger, MET), "Care", "known-perpetrator")
    assert gap is not None
    assert gap.channel == "unlinked"
    assert gap.holders[0].knew_subject is None
    met = row("Police/0", day(0), people=("Sam", "Pat"))
    known = missing(study(met, stranger, MET), "Care", "known-perpetrator")
    assert known is not None
    assert known.channel == "silent"
    assert known.holders[0].knew_subject is not None


def test_an_agency_without_a_return_can_be_a_holder_by_what_others_wrote() -> None:
    silent = (*AGENCIES[:1], Agency("Police", "police"), *AGENCIES[2:])
    gaps = study(row("School/1", day(1), "bruising", heard_from=("Police",)), MET, agencies=silent)
    assert held_at(gaps)[0][0] == "School"


def test_a_row_that_told_it_or_is_linked_with_a_receipt_proves_no_holder_apart() -> None:
    told = replace(HELD, shared_with=("Care",))
    contact = row("Care/1", day(6))
    assert certainty(told, contact) == ""
    assert certainty(told, contact, row("Care/2", day(8), contact="letter-or-email", heard_from=("Police",))) == ""


TWO: dict[str, Any] = {"people": (*PEOPLE, Person("Jo", role="sibling")), "subjects": ("Sam", "Jo")}


def test_a_state_that_is_known_is_no_news() -> None:
    """To know of one injury is not to know of the next; to know that a mother is ill is to know it."""
    named = ("Sam", "Alex")
    ill = row("Hospital/1", day(1), "carer-mental-ill-health", people=named)
    known = row("Care/1", day(2), "carer-mental-ill-health", people=named)
    met = row("Care/2", day(20), people=named)
    assert certainty(ill, met, indicator="carer-mental-ill-health") == "sure"
    assert certainty(ill, known, met, indicator="carer-mental-ill-health") == ""
    assert certainty(HELD, row("Care/1", day(2), "bruising"), row("Care/2", day(20))) == "sure", (
        "another bruise is news"
    )


def test_a_state_of_another_person_is_news() -> None:
    ill = row("Hospital/1", day(1), "carer-mental-ill-health", people=("Sam", "Pat"))
    known = row("Care/1", day(2), "carer-mental-ill-health", people=("Sam", "Alex"))
    assert missing(study(ill, known, row("Care/2", day(20))), "Care", "carer-mental-ill-health") is not None


def test_rows_of_one_week_about_one_thing_are_not_surely_two_events() -> None:
    """The police told of it; their own second row of the same, three days on, is not surely another."""
    told = row("Police/1", day(1), "missing", to=("Care",))
    heard = row("Care/1", day(1), "missing", heard_from=("Police",))
    met = row("Care/2", day(20))
    assert certainty(told, heard, row("Police/2", day(4), "missing"), met, indicator="missing") == "possible"
    assert certainty(told, heard, row("Police/2", day(12), "missing"), met, indicator="missing") == "sure"
    over = row("Police/2", day(12), "missing", contact="supervision")
    assert certainty(told, heard, over, met, indicator="missing") == "possible", (
        "a supervision goes over what was known"
    )


def test_a_brothers_bruise_is_surely_news_only_where_the_brother_is_spoken_of() -> None:
    his = row("Police/1", day(1), "bruising", people=("Jo",))
    for people, sam, jo in ((("Sam",), "possible", ""), (("Jo",), "", "sure"), (("Sam", "Jo"), "possible", "sure")):
        gaps = study(his, row("Care/1", day(9), people=people), **TWO)
        found = [missing(gaps, "Care", "bruising", subject) for subject in ("Sam", "Jo")]
        assert [gap.certainty if gap else "" for gap in found] == [sam, jo]


def test_a_contact_that_names_only_others_is_not_surely_about_the_child() -> None:
    """Even where it records what concerns the household: it never adds a sure finding about a child it does not name."""
    call = row("Care/1", day(9), "domestic-abuse", people=("Alex",))
    assert certainty(HELD, call) == "possible"
    assert certainty(HELD, replace(call, people=("Alex", "Sam"))) == "sure"


def test_a_sure_finding_counts_only_contacts_at_which_it_is_sure() -> None:
    unread, wide = row("Care/1", day(5), read=False), row("Care/2", day(3, 70))
    gaps = study(HELD, unread, wide, row("Care/3", day(9)))
    gap = missing(gaps, "Care", "bruising")
    assert gap is not None
    assert (gap.certainty, contacts(gaps, gap)) == ("sure", ["Care/3"])
    assert sorted(names(gaps.review, gap.perhaps)) == ["Care/1", "Care/2"], "the others are said apart"


def test_a_late_booking_is_news_of_the_child_to_come_and_of_no_elder_one() -> None:
    at = minute_of(MONDAY)
    baby = When("born", at + 40 * 1440, at + 41 * 1440 - 1)
    elder = When("born", at - 900 * 1440, at - 899 * 1440 - 1)
    people = (replace(PEOPLE[0], born=elder), *PEOPLE[1:], Person("Jo", role="child", born=baby))
    about: dict[str, Any] = {"people": people, "subjects": ("Sam", "Jo")}
    booked = row("Hospital/1", day(1), "concealed-pregnancy", people=("Alex",))
    gaps = study(booked, row("Care/1", day(45), people=("Sam", "Jo")), **about)
    assert missing(gaps, "Care", "concealed-pregnancy", "Sam") is None
    assert missing(gaps, "Care", "concealed-pregnancy", "Jo") is not None


def test_an_appointment_not_kept_is_no_contact_that_lacks_anything() -> None:
    assert certainty(HELD, row("Hospital/1", day(9), contact="missed-appointment"), agency="Hospital") == ""
    assert certainty(HELD, row("Hospital/1", day(9), contact="clinic-appointment"), agency="Hospital") == "sure"


def test_a_date_that_may_be_a_slip_of_years_proves_no_holder_and_is_no_contact() -> None:
    slip = When("01/02/2012", day(1).earliest - 3000 * DAY, day(1).latest, "doubtful")
    marked = replace(slip, words="?2012", latest=day(9).latest)
    assert certainty(replace(HELD, when=slip), MET) == ""
    assert certainty(HELD, row("Care/1", replace(slip, latest=day(9).latest))) == ""
    assert certainty(HELD, row("Care/1", marked)) == "possible", "the writer's own doubt is none"


def test_what_came_to_light_at_the_incident_is_missing_at_no_row_open_at_its_end() -> None:
    """A contact counts as one before the incident, however late its date may mean."""
    found = row("Police/1", day(60), "bruising")
    open_end = row("Care/1", When("after day 5", day(5).earliest, END))
    assert certainty(found, open_end, incident=day(60)) == ""
    assert certainty(HELD, open_end, incident=day(60)) == "possible"
