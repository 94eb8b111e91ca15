"""A message found at both ends is one message: near in time, or where the words of one row name the other."""

from __future__ import annotations

from dataclasses import replace

from helpers.asking import kinds, study
from helpers.small import day, row

from kg.chronology.messages import one_message

SENT = row("Police/PPN-7", day(1), "bruising", to=("Care",))
FILED = row("Care/C1", day(30), heard_from=("Police",))


def test_a_receipt_filed_long_after_is_no_receipt_of_a_message_it_does_not_name() -> None:
    found = kinds(study(SENT, FILED))
    assert {"not-received", "not-sent"} <= {*found}


def test_a_receipt_that_names_the_day_or_the_reference_of_a_message_is_its_receipt() -> None:
    for words in ("Notice dated 02.02.21 received.", "Notice of 2nd February received.", "Notice PPN-7 received."):
        found = kinds(study(SENT, replace(FILED, narrative=words)))
        assert not {"not-received", "not-sent"} & {*found}, words


def test_a_row_that_speaks_of_a_letter_may_lie_four_weeks_away() -> None:
    found = kinds(study(SENT, replace(FILED, when=day(25), narrative="Letter from police filed.")))
    assert "not-received" not in found


def test_a_plain_number_or_another_day_names_nothing() -> None:
    assert not one_message(replace(SENT, ref="7"), replace(FILED, narrative="Seen 7 times."))
    assert not one_message(SENT, replace(FILED, narrative="Notice dated 03.02.21 received."))


def test_the_day_of_what_is_told_is_not_the_day_of_the_message() -> None:
    assert not one_message(
        SENT, replace(FILED, narrative="Told that the case closed on 2 February. No letter on our system.")
    )
