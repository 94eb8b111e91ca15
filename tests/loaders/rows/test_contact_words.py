"""The kind of a contact, read from an agency's own words where they are no word of the vocabulary."""

from __future__ import annotations

import pytest

from kg.terms.reader import load
from loaders.rows.contact_words import ContactWords

TERMS = load()
WORDS = ContactWords(TERMS)


def read(cell: str) -> str:
    known = TERMS.match("contact", cell)
    if known is not None:
        return known
    said = WORDS.read(cell)
    return said.notation if said is not None else ""


@pytest.mark.parametrize(
    ("cell", "kind"),
    [
        ("Unannounced home visit by SW", "home-visit"),
        ("Visit to the address (joint with police)", "home-visit"),
        ("T/C to school", "telephone-call"),
        ("Tel. call out", "telephone-call"),
        ("Seen at school by SW", "school-contact"),
        ("Police notification (PPN)", "letter-or-email"),
        ("S.47 strategy discussion (phone)", "strategy-discussion"),
        ("2nd core group", "core-group"),
        ("TAF meeting at school", "multi-agency-meeting"),
        ("Closed to early help", "case-closure"),
        ("Birth of sibling", "life-event"),
        ("Concern for Safety - Visit Made", "welfare-check"),
    ],
)
def test_the_longest_label_all_of_whose_words_occur_says_the_kind(cell: str, kind: str) -> None:
    assert read(cell) == kind


@pytest.mark.parametrize(
    ("cell", "kind"),
    [
        ("Outpatient clinic - DNA", "missed-appointment"),
        ("OPA. Was not brought.", "missed-appointment"),
        ("FTA - office appt", "missed-appointment"),
        ("HV - no reply", "no-access-visit"),
        ("Home visit, no answer at the door, card left", "no-access-visit"),
        ("Visit: mother refused us entry", "no-access-visit"),
        ("Home visit - family DNA", "no-access-visit"),
        ("Home visit cancelled by worker", "cancelled-visit"),
        ("Clinic appt cancelled by mum", "missed-appointment"),
        ("Missed call / voicemail left", "telephone-call"),
    ],
)
def test_a_cue_has_the_last_word(cell: str, kind: str) -> None:
    assert read(cell) == kind


@pytest.mark.parametrize(
    ("cell", "kind"),
    [
        ("Letter re DNA", "letter-or-email"),
        ("T/C to mum - no reply", "telephone-call"),
        ("Core group - father did not attend", "core-group"),
        ("Telephone call regarding missed home visit", "telephone-call"),
        ("Email following strategy meeting", "letter-or-email"),
    ],
)
def test_what_a_contact_was_about_is_not_its_kind(cell: str, kind: str) -> None:
    assert read(cell) == kind


@pytest.mark.parametrize("cell", ["Home visit arranged for Tuesday", "Appt booked", "No home visit this week"])
def test_what_has_not_taken_place_is_no_contact(cell: str) -> None:
    assert read(cell) == ""


@pytest.mark.parametrize("cell", ["xyz", "12", "The family was well", "!!"])
def test_words_that_name_no_kind_are_left_unread(cell: str) -> None:
    assert read(cell) == ""


def test_every_label_of_the_vocabulary_still_means_its_own_kind() -> None:
    for concept in TERMS.schemes["contact"].concepts:
        for words in (concept.label, *concept.alt):
            assert TERMS.match("contact", words) == concept.notation


def test_a_place_word_counts_only_where_nothing_else_does() -> None:
    assert read("Presented at A&E") == "emergency-attendance"
    assert read("Telephone call with A&E") == "telephone-call"
    assert read("Information shared by police") == "professionals-conversation"
