"""Whether someone was seen, read from an agency's own words."""

from __future__ import annotations

import pytest

from kg.terms.reader import load
from loaders.rows.roster import Roster
from loaders.rows.seen_words import SeenWords, joined

WORDS = SeenWords(load(), Roster([("Kit Vale", ("Kit",)), ("Rose Vale", ("Mum",))]), ("Kit Vale",))


@pytest.mark.parametrize(
    ("cell", "seen"),
    [
        ("Y (asleep)", "yes"),
        ("Seen with mum present", "yes"),
        ("Seen at distance", "yes"),
        ("\u2713", "yes"),
        ("Spoken to by phone", "no"),
        ("No - at school", "no"),
        ("No access", "no"),
        ("Not this contact", "no"),
        ("Mother only", "no"),
        ("Spoken to alone in bedroom", "alone"),
        ("Y/alone", "alone"),
        ("Alone (part of visit)", "alone"),
        ("N/A", ""),
        ("N/K", ""),
        ("Y/N", ""),
    ],
)
def test_cues_say_who_was_seen(cell: str, seen: str) -> None:
    assert WORDS.read("Seen", cell).seen == seen


@pytest.mark.parametrize("cell", ["Not alone", "Not seen alone", "Yes - not alone", "Seen, but not on her own"])
def test_not_alone_is_never_not_seen(cell: str) -> None:
    assert WORDS.read("Seen", cell).seen == "yes"


@pytest.mark.parametrize("heading", ["Seen alone?", "Was the child seen alone?", "Seen alone Y/N", "Spoken to alone"])
@pytest.mark.parametrize(
    ("cell", "seen"),
    [("Yes", "alone"), ("Y - 20 mins", "alone"), ("No", ""), ("N/K", ""), ("No (mother stayed)", "yes")],
)
def test_under_a_question_for_alone_no_does_not_say_that_nobody_was_seen(heading: str, cell: str, seen: str) -> None:
    assert WORDS.read(heading, cell).seen == seen


def test_a_heading_for_both_does_not_make_yes_alone() -> None:
    assert WORDS.read("Seen / seen alone", "Yes").seen == "yes"


@pytest.mark.parametrize(
    ("cell", "seen"),
    [
        ("Mother seen; baby not seen", "no"),
        ("Yes (siblings), no (child)", "no"),
        ("Mum seen, Kit asleep", "yes"),
    ],
)
def test_of_statements_that_disagree_the_subjects_own_counts(cell: str, seen: str) -> None:
    assert WORDS.read("Seen", cell).seen == seen


def test_words_that_say_nothing_of_seeing_are_not_understood() -> None:
    assert not WORDS.read("Seen", "Tuesday").understood


def test_a_column_for_seen_and_one_for_alone_are_one_thing() -> None:
    assert joined(("yes", ()), ("", ())) == ("yes", ())
    assert joined(("yes", ()), ("alone", ())) == ("alone", ())
    assert joined(("no", ()), ("alone", ())) == ("no", ())
