"""What was said to whom, and exactly which facts it conveyed."""

from __future__ import annotations

from helpers.asking import names, since, study
from helpers.small import day, review, row

from kg.findings.study import Study
from kg.knowledge.shares import Share, generous_shares


def told(gaps: Study, share: Share) -> set[tuple[str, str]]:
    """The facts that a share names, as (indicator, entry of their origin)."""
    return {(fact.indicator, gaps.review.entries[fact.origin].name) for _, fact in gaps.facts.numbered(share.exact)}


def only(gaps: Study) -> Share:
    (share,) = gaps.knowledge.shares
    return share


def test_a_blank_cell_of_shared_what_tells_the_rows_own_facts() -> None:
    gaps = study(row("Police/1", day(1), "neglect"), row("Police/2", day(3), "bruising", to=("Care",)))
    assert told(gaps, only(gaps)) == {("bruising", "Police/2")}


def test_naming_one_indicator_tells_that_one_alone() -> None:
    gaps = study(row("Police/1", day(1), "neglect", "bruising", to=("Care",), what=("neglect",)))
    assert told(gaps, only(gaps)) == {("neglect", "Police/1")}
    assert since(gaps, "Care", "bruising", "Police/1") == (None, None)


def test_naming_a_ref_tells_what_that_row_recorded() -> None:
    gaps = study(row("Police/1", day(1), "neglect"), row("Police/2", day(3), "bruising", to=("Care",), what=("1",)))
    assert told(gaps, only(gaps)) == {("neglect", "Police/1")}
    assert not gaps.problems


def test_a_ref_of_a_later_row_tells_nothing_and_is_a_problem() -> None:
    gaps = study(row("Police/1", day(5), "neglect"), row("Police/2", day(3), to=("Care",), what=("1",)))
    assert not told(gaps, only(gaps))
    assert since(gaps, "Care", "neglect", "Police/1") == (None, None)
    (problem,) = gaps.problems
    assert problem.place.entry == "2"
    assert problem.what == '"1"'


def test_naming_what_no_row_of_the_return_records_proves_nothing_and_is_a_problem() -> None:
    gaps = study(row("Police/1", day(3), to=("Care",), what=("bruising",)))
    assert not told(gaps, only(gaps))
    assert len(gaps.problems) == 1


def test_a_word_that_is_neither_a_ref_nor_an_indicator_is_a_problem() -> None:
    gaps = study(row("Police/1", day(3), "bruising", to=("Care",), what=("everything",)))
    (problem,) = gaps.problems
    assert "neither a Ref" in problem.why


def test_telling_a_concept_possibly_tells_its_earlier_facts_too() -> None:
    gaps = study(row("Police/1", day(1), "bruising"), row("Police/2", day(3), "bruising", to=("Care",)))
    assert since(gaps, "Care", "bruising", "Police/1") == (None, 3)


def test_telling_a_concept_never_tells_its_later_facts() -> None:
    gaps = study(row("Police/1", day(9), "bruising"), row("Police/2", day(3), "bruising", to=("Care",)))
    assert since(gaps, "Care", "bruising", "Police/1") == (None, None)


def test_telling_one_persons_trouble_does_not_tell_anothers() -> None:
    gaps = study(
        row("Police/1", day(1), "drug-misuse", people=("Pat",), about=("Pat",)),
        row("Police/2", day(3), "drug-misuse", people=("Alex",), about=("Alex",), to=("Care",)),
    )
    assert since(gaps, "Care", "drug-misuse", "Police/1", "Pat") == (None, None)
    assert since(gaps, "Care", "drug-misuse", "Police/2", "Alex") == (None, 3)


def test_a_receipt_says_that_its_sender_possibly_held_it() -> None:
    gaps = study(row("Care/1", day(3), "bruising", heard_from=("Police",)))
    assert since(gaps, "Police", "bruising", "Care/1") == (None, 3)
    assert since(gaps, "Care", "bruising", "Care/1") == (3, 3)


def test_a_receipt_is_not_put_off_by_what_the_teller_wrote_down_later() -> None:
    heard = row("Care/1", day(3), "bruising", heard_from=("Police",))
    late = row("Police/1", day(6), to=("Care",), contact="letter-or-email")
    assert since(study(heard), "Police", "bruising", "Care/1") == (None, 3)
    assert since(study(heard, late), "Police", "bruising", "Care/1") == (None, 3)


def test_what_the_sender_alone_wrote_down_possibly_arrived() -> None:
    gaps = study(row("Police/1", day(3), "bruising", to=("Care",)))
    assert since(gaps, "Care", "bruising", "Police/1") == (None, 3)
    assert not only(gaps).arrived


def test_what_the_receiver_wrote_down_surely_arrived_and_no_sooner_than_its_own_row() -> None:
    gaps = study(row("Police/1", day(3), "bruising", to=("Care",)), row("Care/1", day(5), heard_from=("Police",)))
    assert since(gaps, "Care", "bruising", "Police/1") == (5, 5)
    assert only(gaps).arrived


def test_those_named_at_a_meeting_possibly_attended_and_surely_if_they_wrote_it_down() -> None:
    here = row("Police/1", day(3), "bruising", to=("Care", "School"), contact="strategy-discussion")
    gaps = study(here, row("Care/1", day(3), to=("Police",), contact="strategy-discussion"))
    assert since(gaps, "Care", "bruising", "Police/1") == (3, 3)
    assert since(gaps, "School", "bruising", "Police/1") == (None, 3)


def test_under_the_generous_reading_talk_goes_both_ways_and_never_becomes_sure() -> None:
    rows = (row("Care/1", day(1), "neglect"), row("Police/1", day(3), "bruising", to=("Care",)))
    assert since(study(*rows), "Police", "neglect", "Care/1") == (None, None)
    assert since(study(*rows, reading="generous"), "Police", "neglect", "Care/1") == (None, 3)


def test_under_the_generous_reading_every_pair_at_a_meeting_talks() -> None:
    drawn = study(
        row("School/1", day(1), "neglect"),
        row("Police/1", day(3), to=("Care", "School"), contact="strategy-discussion"),
        reading="generous",
    )
    assert since(drawn, "Care", "neglect", "School/1") == (None, 3)


def test_at_a_call_those_called_do_not_talk_to_each_other() -> None:
    drawn = study(
        row("School/1", day(1), "neglect"),
        row("Police/1", day(3), to=("Care", "School"), contact="telephone-call"),
        row("Police/2", day(4), to=("Care", "School"), contact="telephone-call", people=("A neighbour",)),
        reading="generous",
    )
    pairs = {(share.sender, share.receiver) for share in generous_shares(drawn.facts)}
    assert pairs == {("Police", "Care"), ("Care", "Police"), ("Police", "School"), ("School", "Police")}


def test_talk_about_others_carries_nothing_of_the_subject() -> None:
    drawn = study(
        row("Police/1", day(1), "neglect"),
        row("Police/2", day(3), to=("Care",), people=("A neighbour",)),
        reading="generous",
    )
    assert since(drawn, "Care", "neglect", "Police/1") == (None, None)


def test_nobody_shares_with_themselves() -> None:
    gaps = study(row("Care/1", day(1), "bruising", to=("Care",), heard_from=("Care",)))
    assert not gaps.knowledge.shares


def test_shares_come_in_order_of_time() -> None:
    gaps = study(row("Police/2", day(5), to=("Care",)), row("Police/1", day(3), to=("Care",)))
    assert names(review(*gaps.review.entries), (share.row for share in gaps.knowledge.shares)) == [
        "Police/1",
        "Police/2",
    ]
