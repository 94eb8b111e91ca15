"""Laws that hold of every review: no hindsight, no blame for a response, nothing that hangs on names or on order."""

from __future__ import annotations

import json
from dataclasses import replace
from random import Random
from typing import Any

import jsonschema
from helpers.asking import TERMS, rule, under
from helpers.examples import examples
from helpers.small import AGENCIES, PEOPLE, day, review, row
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.chronology.coverage import is_read
from kg.dates.when import DAY, UNDATED
from kg.duties.outcomes import MISSED
from kg.findings.missed_share import MissedShare
from kg.findings.opportunity import Opportunity
from kg.findings.study import Study, find_gaps
from kg.model.record import Entry
from kg.model.review import Review
from kg.reports.contract import gaps_json
from kg.reports.schema import SCHEMA
from kg.terms.reader import Limit, Terms

NAMES = tuple(agency.name for agency in AGENCIES)
INDICATORS = ("bruising", "physical-abuse", "domestic-abuse", "missing", "carer-mental-ill-health", "disclosure")
KINDS = (
    "home-visit", "telephone-call", "letter-or-email", "strategy-discussion", "assessment", "missed-appointment",
    "case-closure", "referral-received", "record-only", "",
)  # fmt: skip
ACTS = (
    "no-further-action", "section-47", "information-shared", "medical-examination", "follow-up", "child-seen-alone",
    "case-closed", "referral-childrens-social-care", "strategy-discussion",
)  # fmt: skip
ASKED = under(
    rule(
        "LOOK", ("physical-abuse", "disclosure"), ("medical-examination", "section-47"), within=Limit(3, "working days")
    ),
    rule("TELL", ("domestic-abuse", "missing"), ("information-shared", "referral-childrens-social-care")),
    rule("MEET", ("domestic-abuse",), ("strategy-discussion", "follow-up"), trigger_count=2, window=Limit(2, "weeks")),
    rule("ASK", ("missing", "disclosure"), ("child-seen-alone",), condition="where the child agrees"),
)
"""Rules that only indicators trigger, so that no response is itself a trigger."""

CONTRACT = jsonschema.Draft202012Validator(SCHEMA)


@st.composite
def entries(draw: st.DrawFn, at: int) -> Entry:
    first = draw(st.integers(0, 30))
    width = draw(st.sampled_from((0, 0, 0, 1, 6)))
    agency = draw(st.sampled_from(NAMES))
    others = [name for name in NAMES if name != agency]
    seen = draw(st.sampled_from(("", "", "yes", "alone", "no")))
    return row(
        f"{agency}/{at}",
        UNDATED if draw(st.integers(0, 14)) == 0 else day(first, first + width),
        *draw(st.lists(st.sampled_from(INDICATORS), max_size=2, unique=True)),
        people=draw(st.sampled_from((("Sam",), ("Sam", "Alex"), (), ("Alex",)))),
        contact=draw(st.sampled_from(KINDS)),
        to=tuple(draw(st.lists(st.sampled_from(others), max_size=2, unique=True))),
        heard_from=tuple(draw(st.lists(st.sampled_from(others), max_size=1))),
        what=(str(draw(st.integers(0, 4))),) if draw(st.integers(0, 6)) == 0 else (),
        responses=tuple(draw(st.lists(st.sampled_from(ACTS), max_size=1))),
        seen=seen,
    )


@st.composite
def reviews(draw: st.DrawFn, most: int = 7) -> Review:
    number = draw(st.integers(2, most))
    return review(*[draw(entries(at)) for at in range(number)], incident=day(draw(st.integers(25, 60))))


def printed(drawn: Review, terms: Terms = TERMS) -> dict[str, Any]:
    gaps = find_gaps(drawn, terms)
    return gaps_json(gaps, gaps.findings, gaps.problems)


def judged(drawn: Review, terms: Terms) -> tuple[Study, list[Opportunity]]:
    gaps = find_gaps(drawn, terms)
    return gaps, [finding.detail for finding in gaps.findings if isinstance(finding.detail, Opportunity)]


def openings(drawn: Review, terms: Terms) -> dict[tuple[str, str, str], tuple[object, ...]]:
    """Every opening by entry, rule and subject, with how it opened."""
    gaps, found = judged(drawn, terms)
    name = [entry.name for entry in gaps.review.entries]
    return {
        (name[each.row], outcome.duty.family, outcome.opening.subject): (
            outcome.opening.by, outcome.opening.sure, outcome.opening.in_force, frozenset(outcome.opening.concepts),
            tuple(duty.id for duty, _ in outcome.opening.editions),
        )
        for each in found
        for outcome in each.outcomes
    }  # fmt: skip


def misses(drawn: Review, terms: Terms) -> set[tuple[str, str, str]]:
    """What has no response recorded: (entry, rule, subject)."""
    gaps, found = judged(drawn, terms)
    return {
        (gaps.review.entries[each.row].name, outcome.duty.family, outcome.opening.subject)
        for each in found
        for outcome in each.outcomes
        if outcome.outcome in MISSED
    }


def missing(drawn: Review, certainty: str = "") -> set[tuple[str, str, str, str]]:
    """What was missing at which contact; of one certainty, or of any."""
    gaps = find_gaps(drawn, TERMS)
    return {
        (gap.subject, gap.indicator, gap.agency, drawn.entries[at].name)
        for finding in gaps.findings
        if isinstance(gap := finding.detail, MissedShare) and certainty in ("", gap.certainty)
        for at in gap.contacts
    }


def with_entry(drawn: Review, entry: Entry) -> Review:
    return replace(drawn, entries=(*drawn.entries, entry))


def after_all(drawn: Review, entry: Entry, days: int) -> Entry:
    """An entry moved so that it surely lies after every entry of a review, by some days."""
    last = max((each.when.latest for each in drawn.entries if not each.when.undated), default=day(0).latest)
    when = day(0) if entry.when.undated else entry.when
    shift = last + 1 + days * DAY - when.earliest
    return replace(entry, when=replace(when, earliest=when.earliest + shift, latest=when.latest + shift))


@settings(max_examples=examples(100))
@given(reviews(), entries(99), st.integers(0, 5))
def test_what_comes_later_opens_nothing_earlier(drawn: Review, more: Entry, days: int) -> None:
    """No hindsight: an entry surely after another changes nothing of what was asked at that other."""
    late = after_all(drawn, more, days)
    for terms in (ASKED, TERMS):
        before, after = openings(drawn, terms), openings(with_entry(drawn, late), terms)
        assert {key: value for key, value in after.items() if key[0] != late.name} == before


@settings(max_examples=examples(100))
@given(reviews(), entries(99), st.integers(0, 5))
def test_what_comes_later_changes_nothing_of_what_was_missing_earlier(drawn: Review, more: Entry, days: int) -> None:
    """A receipt is left out: it may be that of an earlier telling, and then says when that came. So is a contact, which
    may make sure what was doubtful: a sure finding names only the contacts of what is sure. A letter may be the other end
    of a message whose receipt was dated before it, and then both are one event: here it goes to those who have none of it.
    """
    late = after_all(drawn, more, days)
    heard = {entry.agency for entry in drawn.entries if late.agency in entry.received_from}
    told = tuple(agency for agency in late.shared_with if agency not in heard)
    late = replace(late, received_from=(), shared_with=told, contact="letter-or-email")
    after = missing(with_entry(drawn, late))
    assert {each for each in after if each[3] != late.name} == missing(drawn)


@settings(max_examples=examples(100))
@given(reviews(), st.data())
def test_adding_a_response_never_adds_a_miss(drawn: Review, data: st.DataObject) -> None:
    """A response that neither declines nor closes can only answer."""
    at = data.draw(st.integers(0, len(drawn.entries) - 1))
    act = data.draw(st.sampled_from([act for act in ACTS if act not in ("no-further-action", "case-closed")]))
    more = list(drawn.entries)
    more[at] = replace(more[at], responses=tuple(dict.fromkeys((*more[at].responses, act))))
    assert misses(replace(drawn, entries=tuple(more)), ASKED) <= misses(drawn, ASKED)


@settings(max_examples=examples(100))
@given(reviews(), st.sampled_from(ACTS[1:6]), st.integers(0, 40), st.sampled_from(NAMES))
def test_adding_a_row_that_only_responds_never_adds_a_miss(drawn: Review, act: str, on: int, agency: str) -> None:
    more = row(f"{agency}/99", day(on), contact="record-only", responses=(act,))
    assert misses(with_entry(drawn, more), ASKED) <= misses(drawn, ASKED)


@settings(max_examples=examples(100))
@given(reviews(), st.integers(1, 30))
def test_an_earlier_incident_adds_nothing(drawn: Review, days: int) -> None:
    """Neither a missed opportunity nor information that did not arrive, nor a contact at which it surely had not."""
    sooner = replace(drawn, incident=day((drawn.incident.earliest - day(0).earliest) // DAY - days))
    for terms in (ASKED, TERMS):
        assert misses(sooner, terms) <= misses(drawn, terms)
    assert {each[:3] for each in missing(sooner)} <= {each[:3] for each in missing(drawn)}
    assert missing(sooner, "sure") <= missing(drawn, "sure")


@settings(max_examples=examples(100))
@given(reviews(), st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_no_byte(drawn: Review, random: Random) -> None:
    shuffled = list(drawn.entries)
    random.shuffle(shuffled)
    assert told(replace(drawn, entries=tuple(shuffled))) == told(drawn)


def told(drawn: Review) -> str:
    """The findings as JSON, to the byte; problems stand in the order of the files and are left out."""
    return json.dumps({**printed(drawn), "problems": []}, ensure_ascii=False)


MARK = "Qx"
"""Put before a name so that another one stands there, in the same alphabetical order."""


def renamed(drawn: Review) -> Review:
    """The same review with other names of agencies and people, whose keys are kept."""

    def other(names: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(MARK + name for name in names)

    return replace(
        drawn,
        subjects=other(drawn.subjects),
        people=tuple(replace(person, name=MARK + person.name, key=person.name) for person in drawn.people),
        agencies=tuple(replace(agency, name=MARK + agency.name, key=agency.name) for agency in drawn.agencies),
        entries=tuple(
            replace(
                entry, name=MARK + entry.name, agency=MARK + entry.agency, people=other(entry.people),
                about=other(entry.about), shared_with=other(entry.shared_with), received_from=other(entry.received_from),
            )
            for entry in drawn.entries
        ),
    )  # fmt: skip


@settings(max_examples=examples(100))
@given(reviews())
def test_names_change_nothing_but_names_and_ids_stay_with_their_keys(drawn: Review) -> None:
    assert told(renamed(drawn)).replace(MARK, "") == told(drawn)


@settings(max_examples=examples(100))
@given(reviews())
def test_refs_change_nothing_but_refs(drawn: Review) -> None:
    """Ids of findings about one entry hang on its Ref: the only name that lasts when a return is corrected."""

    def other(drawn: Review) -> Review:
        refs = {entry.ref for entry in drawn.entries}
        return replace(
            drawn,
            entries=tuple(
                replace(
                    entry, name=f"{entry.agency}/{MARK}{entry.ref}", ref=MARK + entry.ref,
                    shared_what=tuple(MARK + word if word in refs else word for word in entry.shared_what),
                )
                for entry in drawn.entries
            ),
        )  # fmt: skip

    def without_ids(drawn: Review) -> str:
        found = {**printed(drawn), "problems": []}
        told = [{**each, "id": "", "episode": each["episode"] and "one"} for each in found["findings"]]
        episodes = [{**each, "id": "", "findings": len(each["findings"])} for each in found["episodes"]]
        return json.dumps({**found, "findings": told, "episodes": episodes})

    assert without_ids(other(drawn)).replace(MARK, "") == without_ids(drawn)


@settings(max_examples=examples(100))
@given(reviews())
def test_every_review_keeps_the_contract(drawn: Review) -> None:
    found = printed(drawn)
    CONTRACT.validate(found)
    ids = [finding["id"] for finding in found["findings"]]
    assert len(ids) == len(set(ids))


@settings(max_examples=examples(100))
@given(reviews())
def test_nothing_is_found_of_the_public_or_at_an_undated_entry(drawn: Review) -> None:
    undated = {entry.name for entry in drawn.entries if entry.when.undated}
    for finding in printed(drawn)["findings"]:
        if finding["kind"] in ("missed-share", "missed-opportunity", "question", "decision-to-look-at"):
            assert finding["agency"] != "Family"
            assert finding.get("entry") not in undated
            assert not undated & {*finding.get("contacts", ())}


@settings(max_examples=examples(100))
@given(reviews())
def test_no_sentence_accuses(drawn: Review) -> None:
    for finding in printed(drawn)["findings"]:
        for line in finding["because"]:
            assert not any(word in line.lower() for word in ("failed to", "failure", "negligent", "should have known"))


@settings(max_examples=examples(100))
@given(reviews())
def test_what_a_sure_finding_rests_on_is_dated(drawn: Review) -> None:
    gaps = find_gaps(drawn, TERMS)
    for finding in gaps.findings:
        if isinstance(finding.detail, MissedShare) and finding.certainty == "sure":
            assert finding.detail.contacts
            assert all(gaps.review.entries[held.row].known.latest < UNDATED.latest for held in finding.detail.holders)


SUBJECT_ONLY = ("bruising", "physical-abuse", "disclosure")
"""Words about the subject alone."""


def surely_found(drawn: Review) -> set[tuple[str, ...]]:
    gaps = find_gaps(drawn, TERMS)
    found: set[tuple[str, ...]] = set()
    for finding in gaps.findings:
        detail = finding.detail
        if finding.certainty == "sure" and isinstance(detail, MissedShare):
            found.add((finding.kind, finding.subject, detail.indicator, finding.agency))
        elif isinstance(detail, Opportunity) and finding.kind in ("missed-opportunity", "decision-to-look-at"):
            entry = gaps.review.entries[detail.row].name
            found |= {
                (outcome.duty.family, outcome.opening.subject, entry) for outcome in detail.telling if outcome.sure
            }
    return found


@settings(max_examples=examples(100))
@given(
    reviews(),
    st.sampled_from(("Alex", "Pat", "Nobody Listed")),
    st.lists(st.sampled_from(SUBJECT_ONLY), max_size=2, unique=True),
    st.sampled_from(("home-visit", "telephone-call", "clinic-appointment", "supervision")),
    st.sampled_from(("Care", "Police", "Hospital", "School")),
    st.integers(0, 20),
)
def test_a_row_naming_only_somebody_else_adds_no_sure_finding_about_the_subject(
    drawn: Review, who: str, words: list[str], contact: str, agency: str, on: int
) -> None:
    more = row(f"{agency}/more", day(on), *words, people=(who,), contact=contact)
    assert surely_found(with_entry(drawn, more)) <= surely_found(drawn)


@settings(max_examples=examples(100))
@given(reviews())
def test_an_unread_row_yields_nothing_sure(drawn: Review) -> None:
    """A row with words that nobody coded and no reviewer passed may say what is called missing."""
    unread = replace(drawn, entries=tuple(replace(entry, passed=False) for entry in drawn.entries))
    gaps = find_gaps(unread, TERMS)
    for finding in gaps.findings:
        if finding.certainty == "sure" and finding.kind in (
            "missed-share",
            "missed-opportunity",
            "decision-to-look-at",
        ):
            assert any(is_read(unread.entries[at]) for at in finding.detail.rows())


def test_the_small_reviews_drawn_from_have_people_and_agencies_of_every_sort() -> None:
    assert {"Sam", "Alex"} <= {person.name for person in PEOPLE}
    assert "community" in {agency.type for agency in AGENCIES}
