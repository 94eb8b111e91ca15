"""What the questions of the library mean that a reviewer's list of questions asked for: right by hand on reviews seen whole."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from helpers.small import day, review, row

from kg.ask.cypher.engine import embedded, graphs_of
from kg.ask.engines import Row, by_python, by_rdflib, by_sparql, rows_of
from kg.ask.library import named, values
from kg.findings.study import find_gaps
from kg.model.problem import Place
from kg.model.record import Entry
from kg.terms.reader import load

TERMS = load()


def ask(name: str, *entries: Entry, **given: str) -> tuple[Row, ...]:
    """The rows of plain Python, once SPARQL on both engines and Cypher have given the same."""
    gaps, asked = find_gaps(review(*entries), TERMS), named(name)
    bound = values(asked, given, (gaps,))
    found = by_python(asked, (gaps,), bound)
    assert by_sparql(asked, (gaps,), bound) == found
    assert by_rdflib(asked, (gaps,), bound) == found
    with embedded(*graphs_of([gaps])) as graph:
        assert rows_of(graph.ask(asked.cypher, bound).rows) == found
    return found


def test_who_holds_a_case_holds_the_kind_and_who_holds_a_sign_does_not() -> None:
    (narrow,) = [each for each in TERMS.narrower("indicator", "physical-abuse") if each == "physical-chastisement"]
    found = ask("held-of-a-kind", row("Police/1", day(1), narrow, "bruising"), indicator="physical-abuse")
    assert found == (("physical-abuse", "Police", narrow, "sure", 1),)


def test_two_agencies_spoke_if_either_names_the_other() -> None:
    found = ask("never-spoke", row("Police/1", day(1), to=("School",)), row("Care/1", day(2), heard_from=("Police",)))
    assert found == (("Care", "Hospital"), ("Care", "School"), ("Hospital", "Police"), ("Hospital", "School"))


def test_contacts_of_one_moment_share_a_number_and_an_undated_one_has_none() -> None:
    found = ask(
        "contacts-in-order",
        row("Care/1", day(3)),
        row("Care/2", day(1)),
        row("Care/3", day(1)),
        row("Care/4"),
        row("Care/5", day(0), contact="record-only"),
        row("School/1", day(9)),
        agency="Care",
    )
    assert [each[1:3] for each in found] == [(1, "Care/2"), (1, "Care/3"), (3, "Care/1")]


def test_a_rule_is_there_on_its_last_day_and_gone_on_the_next() -> None:
    ended = next(
        each for each in TERMS.duties if each.until and "England" in each.nations and "child" in each.applies_to
    )
    assert ended.until is not None
    last = ended.until
    after = date.fromordinal(last.toordinal() + 1)
    for on, there in ((last, True), (after, False)):
        found = ask("duties-in-force", row("Care/1", day(1)), day=f"{on:%d/%m/%Y}")
        assert (ended.id in {each[0] for each in found}) is there


def test_what_was_learnt_later_is_shown_with_the_days_between() -> None:
    late = replace(row("Care/1", day(1, 3), learnt=day(8)), written=day(3))
    assert ask("learnt-or-written-late", late) == (("Care", "Care/1", "2021-02-04", "learnt", "2021-02-09", 5),)


def test_a_finding_leads_back_to_file_and_row() -> None:
    closed = row("Care/1", day(1), "bruising")
    closed = replace(
        closed, place=Place("returns/care.xlsx", "Log", 7), cells={**closed.cells, "source": "File 3, p. 9"}
    )
    found = ask("finding-to-row", closed)
    assert found
    assert {each[2:] for each in found} == {("Care/1", "returns/care.xlsx", "Log", 7, "File 3, p. 9")}


def test_the_longest_time_not_seen_stands_between_its_two_sightings() -> None:
    found = ask("longest-not-seen", row("Care/1", day(1), seen="yes"), row("Care/2", day(50), seen="yes"))
    assert {each[4] for each in found} == {"Care/1", "Care/2"}
    assert {each[:3] for each in found} == {("Sam", "sure", 49)}


def test_days_between_two_agencies_knowing_run_from_the_first_account() -> None:
    found = ask(
        "days-between-knowing",
        row("Police/1", day(1), "bruising", to=("School",)),
        row("School/1", day(5), heard_from=("Police",)),
    )
    assert found == (("Sam", "bruising", "Police/1", "Police", "School", 4),)


def test_what_was_written_and_what_is_computed_are_counted_apart() -> None:
    found = ask("written-or-computed", row("Care/1", day(1), "bruising"))
    counts = {each[1]: each[2] for each in found}
    assert counts["Entry"] == counts["Fact"] == counts["Holding"] == 1
    assert {each[1] for each in found if each[0] == "written"} == {"Entry"}


def test_need_reaches_a_sign_and_never_the_family() -> None:
    found = ask("agencies-that-need", row("Family/1", day(1), "bruising"), row("School/1", day(1), "bruising"))
    assert [each[1:] for each in found if each[1] in ("Care", "School")] == [("Care", 2, 0), ("School", 2, 1)]
    assert "Family" not in {each[1] for each in found}


def test_of_overlapping_dates_the_order_is_not_known() -> None:
    found = ask(
        "which-came-first",
        row("School/1", day(1), "bruising"),
        row("Care/1", day(2), "bruising"),
        row("Police/1", day(0, 5), "bruising"),
        row("Hospital/1", day(1), "neglect"),
    )
    assert found == (
        ("bruising", "Care/1", "Police/1", "not known"),
        ("bruising", "Police/1", "School/1", "not known"),
        ("bruising", "School/1", "Care/1", "surely first"),
    )


def test_an_undated_entry_is_in_no_order_and_does_not_drop_out() -> None:
    found = ask(
        "which-came-first", row("School/1", day(1), "bruising"), row("Care/1", people=("Sam",)), indicator="neglect"
    )
    assert found == ()
    undated = replace(row("Care/1"), indicators=("bruising",))
    found = ask("which-came-first", row("School/1", day(1), "bruising"), undated)
    assert found == (("bruising", "Care/1", "School/1", "not known"),)


def test_every_official_code_of_a_word_is_given_with_its_list() -> None:
    concept = next(each for each in TERMS.schemes["indicator"].concepts if each.codes)
    found = ask("official-codes", row("Care/1", day(1), concept.notation), row("Care/2", day(2), concept.notation))
    assert found == tuple(sorted((concept.notation, f"{of} {code}", 2) for of, code in concept.codes))


def test_a_decision_to_do_no_more_is_shown_with_who_and_when() -> None:
    found = ask(
        "decisions-to-do-no-more", row("Care/1", day(1), responses=("no-further-action",)), row("Care/2", day(2))
    )
    assert found == (("Care", "Care/1", "2021-02-02", "2021-02-02", "no-further-action"),)


def test_a_contact_with_the_persons_words_is_none_of_those_without() -> None:
    said = row("Care/1", day(1), seen="alone")
    said = replace(said, said="I am scared.", cells={**said.cells, "said": "I am scared."})
    found = ask("voice-not-recorded", said, row("Care/2", day(2), seen="yes"), row("Family/1", day(2)))
    assert found == (("Care", "Care/2", "2021-02-03", "2021-02-03", "yes"),)
