"""Names that no list declares: suggested to the reviewer with reasons, joined only by the reviewer's judgement."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest
from helpers.small import MONDAY, day, review, row
from hypothesis import given
from hypothesis import strategies as st

from kg.dates.when import DAY, When, minute_of
from kg.model.problem import Place
from kg.model.record import Entry
from kg.model.review import Person, Review
from kg.model.reviewer import Judgement
from kg.people.roll import Roll
from kg.people.suggestions import Suggestion, suggestions
from kg.people.verdicts import joined, name_problems
from kg.people.workers import Worker, changes_of_worker, workers_in

PEOPLE = (
    Person("Sam Hart", ("Sam",), "child", day(-300), ("child of Alex Hart and Lee Moss",)),
    Person("Nia Hart", (), "child", day(-1600), ("child of Alex Hart",)),
    Person("Alex Hart", ("Mum",), "mother"),
    Person("Lee Moss", (), "stepfather"),
    Person("Joan Vale", ("MGM",), "maternal grandmother", None, ("mother of Alex Hart",)),
)


def family(*entries: Entry, people: tuple[Person, ...] = PEOPLE) -> Review:
    return review(*entries, people=people, subjects=("Sam Hart",))


def written(*names: str, agency: str = "Police") -> Entry:
    return row(f"{agency}/{names[0]}", day(10), people=names)


def asked(of: Review, *judgements: Judgement) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for each in suggestions(of, judgements):
        found.setdefault(each.words, []).append(each.person)
    return found


def judged(of: Review, one: str, verdict: str, other: str, by: str = "A", line: int = 2) -> Judgement:
    place = Place("judgements.csv", row=line)
    return Judgement(Roll(of).pair(one, other), verdict, by, date(2021, 5, 4), "So it is.", place, (one, other))


def only(found: Sequence[Suggestion]) -> Suggestion:
    (each,) = found
    return each


@pytest.mark.parametrize(
    ("words", "person"),
    [
        ("HART, Samm", "Sam Hart"), ("SH", "Sam Hart"), ("small boy (baby)", "Sam Hart"), ("Sam Moss", "Sam Hart"),
        ("Mrs Hart", "Alex Hart"), ("Alex Vale", "Alex Hart"), ("Alex V", "Alex Hart"), ("Nan (Joan)", "Joan Vale"),
        ("step-dad", "Lee Moss"), ("Mum's partner (Lee)", "Lee Moss"), ("L Moss", "Lee Moss"),
        ("Mrs Vale (tenant's mother)", "Joan Vale"), ("girl about 4", "Nia Hart"),
    ],
)  # fmt: skip
def test_a_name_in_no_list_is_suggested_for_whom_it_may_mean(words: str, person: str) -> None:
    found = suggestions(family(written(words)))
    assert found
    assert found[0].person == person
    assert found[0].why
    assert found[0].entries == (f"Police/{words}",)


@pytest.mark.parametrize(
    "words",
    ["Liam Moss", "Nia W", "Mr Hart's dog", "children", "unknown male", "his mother Mrs Moss", "neighbour at 9"],
)
def test_siblings_strangers_and_other_peoples_families_are_not_suggested(words: str) -> None:
    assert asked(family(written(words))) == {}


def test_declared_names_are_never_asked_about() -> None:
    assert asked(family(written("Sam Hart", "Alex Hart"))) == {}


def test_two_names_in_one_entry_are_rather_two_people() -> None:
    apart = suggestions(family(written("Samm Hart")))
    together = suggestions(family(written("Samm Hart", "Sam Hart")))
    assert only(apart).score > 0.5
    assert not together


def test_one_entry_that_writes_both_surnames_links_the_two() -> None:
    alone = family(written("Lee Brook"))
    told = family(written("Lee Brook"), written("Lee BROOK aka MOSS", agency="School"))
    assert "Lee Brook" not in asked(alone)
    assert asked(told)["Lee Brook"] == ["Lee Moss"]


def test_a_father_and_a_son_of_one_name_stay_apart() -> None:
    people = (Person("John Hart Jnr", (), "child", day(-3000)), Person("John Hart Snr", (), "father"))
    both = family(written("J Hart"), people=people)
    assert sorted(asked(both)["J Hart"]) == ["John Hart Jnr", "John Hart Snr"]
    assert all("it may as well mean" in " ".join(each.why).casefold() for each in suggestions(both))
    assert asked(family(written("Mr J Hart"), people=people)) == {"Mr J Hart": ["John Hart Snr"]}


def test_twins_stay_apart_and_what_fits_both_says_so() -> None:
    twins = (Person("Ella Hart", (), "child", day(-2000)), Person("Ellen Hart", (), "child", day(-2000)))
    either = suggestions(family(written("E Hart"), people=twins))
    assert sorted(each.person for each in either) == ["Ella Hart", "Ellen Hart"]
    assert all("may as well mean" in " ".join(each.why) for each in either)
    assert asked(family(written("Ella H"), people=twins)) == {"Ella H": ["Ella Hart"]}
    assert asked(family(written("Ella Hart", "Ellen Hart"), people=twins[1:])) == {}


def test_an_unborn_child_is_the_one_expected_that_day() -> None:
    before = minute_of(MONDAY) - 400 * DAY
    entry = row("Police/1", When("then", before, before + DAY - 1), people=("unborn baby",))
    assert asked(family(entry)) == {"unborn baby": ["Sam Hart"]}
    assert asked(family(replace(entry, when=day(20)))) == {}


def test_the_suggestions_do_not_depend_on_the_order_of_rows() -> None:
    entries = [written(words) for words in ("SH", "Mrs Hart", "L Moss", "Liam Moss", "Lee Brook", "Alex V")]
    assert [(s.words, s.person, s.score) for s in suggestions(family(*entries))] == [
        (s.words, s.person, s.score) for s in suggestions(family(*reversed(entries)))
    ]


# --- judgements -----------------------------------------------------------------------------------------------------


def test_nothing_is_joined_without_a_judgement() -> None:
    of = family(written("Mrs Hart"))
    assert joined(of, ()) is of
    assert joined(of, [judged(of, "Mrs Hart", "different", "Alex Hart")]) == of
    assert joined(of, [judged(of, "Mrs Hart", "unsure", "Alex Hart")]) == of


def test_a_judgement_joins_entries_for_the_reader_and_is_not_the_agencys_own_knowledge() -> None:
    of = family(written("small boy", "Lee Moss"))
    entry = joined(of, [judged(of, "small boy", "same", "Sam Hart")]).entries[0]
    assert entry.people == ("Sam Hart", "Lee Moss")
    assert entry.joined == (("small boy", "Sam Hart"),)
    assert entry.own_people == ("Lee Moss",)
    assert entry.cells == of.entries[0].cells


def test_what_the_agency_wrote_itself_stays_its_own_beside_a_joined_name() -> None:
    of = family(written("small boy", "Sam Hart"))
    entry = joined(of, [judged(of, "small boy", "same", "Sam Hart")]).entries[0]
    assert entry.people == ("Sam Hart",)
    assert entry.own_people == ("Sam Hart",)


def test_same_goes_through_a_name_in_no_list() -> None:
    of = family(written("LB"), written("Lee Brook", agency="School"))
    said = [judged(of, "LB", "same", "Lee Brook"), judged(of, "Lee Brook", "same", "Lee Moss", line=3)]
    assert [entry.people for entry in joined(of, said).entries] == [("Lee Moss",), ("Lee Moss",)]
    assert {entry.people for entry in joined(of, said[:1]).entries} == {("Lee Brook",)}


def test_a_judgement_is_found_by_its_id_alone() -> None:
    of = family(written("small boy"))
    bare = replace(judged(of, "small boy", "same", "Sam Hart"), names=())
    assert joined(of, [bare]).entries[0].people == ("Sam Hart",)


def test_a_cell_that_lists_several_is_read_when_each_is_known() -> None:
    of = family(written("Mrs Hart, Sam and Mum"))
    entry = joined(of, [judged(of, "Mrs Hart", "same", "Alex Hart")]).entries[0]
    assert entry.people == ("Alex Hart", "Sam Hart")


def test_the_last_judgement_stands_and_two_minds_are_said() -> None:
    of = family(written("small boy"))
    said = [
        judged(of, "small boy", "same", "Sam Hart"),
        judged(of, "small boy", "different", "Sam Hart", by="B", line=3),
    ]
    assert joined(of, said) == of
    (problem,) = name_problems(of, said)
    assert problem.severity == "note"
    assert "same by A on row 2" in problem.why


def test_judgements_that_contradict_each_other_join_nothing() -> None:
    of = family(written("Lee Brook"), written("LB", agency="School"))
    said = [
        judged(of, "Lee Brook", "same", "Lee Moss"),
        judged(of, "LB", "same", "Lee Brook", line=3),
        judged(of, "LB", "different", "Lee Moss", line=4),
    ]
    assert joined(of, said) == of
    (problem,) = name_problems(of, said)
    assert (problem.severity, problem.place.row) == ("error", 4)
    assert "row 2" in problem.why


def test_two_listed_people_are_never_made_one() -> None:
    of = family(written("S Hart"))
    said = [judged(of, "S Hart", "same", "Sam Hart"), judged(of, "S Hart", "same", "Nia Hart", line=3)]
    assert joined(of, said) == of
    (problem,) = name_problems(of, said)
    assert problem.severity == "error"


def test_a_judgement_on_a_name_that_is_gone_is_shown_and_counts_for_nothing() -> None:
    of = family(written("small boy"))
    gone = replace(judged(of, "small lad", "same", "Sam Hart"), names=())
    (problem,) = name_problems(of, [gone])
    assert "no longer applies" in problem.what


def test_what_was_judged_is_not_asked_again() -> None:
    of = family(written("SH"), written("Mrs Hart"))
    assert asked(of, judged(of, "SH", "same", "Sam Hart")) == {"Mrs Hart": ["Alex Hart"]}
    assert asked(of, judged(of, "SH", "different", "Sam Hart")) == {"Mrs Hart": ["Alex Hart"]}
    unsure = suggestions(of, [judged(of, "SH", "unsure", "Sam Hart")])
    assert {each.words: each.verdict for each in unsure} == {"SH": "unsure", "Mrs Hart": ""}


def test_undoing_opens_the_question_again() -> None:
    of = family(written("SH"))
    said = [judged(of, "SH", "same", "Sam Hart"), judged(of, "SH", "open", "Sam Hart", line=3)]
    assert asked(of, *said) == {"SH": ["Sam Hart"]}
    assert joined(of, said) == of


POOL = ("Sam Hart", "Lee Moss", "SH", "LM", "Lee Brook", "small boy", "Mrs Hart")


@given(st.lists(st.tuples(st.sampled_from(POOL), st.sampled_from(["same", "different", "unsure", "open"]),
                          st.sampled_from(POOL)), max_size=6))  # fmt: skip
def test_joining_loses_no_row_and_two_listed_people_never_meet(said: list[tuple[str, str, str]]) -> None:
    of = family(*(written(name) for name in POOL))
    judgements = [judged(of, a, v, b, line=at) for at, (a, v, b) in enumerate(said, 2) if a != b]
    read = joined(of, judgements)
    assert [entry.name for entry in read.entries] == [entry.name for entry in of.entries]
    assert [entry.cells for entry in read.entries] == [entry.cells for entry in of.entries]
    assert read.entries[0].people == ("Sam Hart",)
    assert read.entries[1].people == ("Lee Moss",)
    assert joined(read, judgements).entries[2].people == read.entries[2].people


# --- professionals --------------------------------------------------------------------------------------------------


def seen_by(name: str, on: int, worker: str) -> Entry:
    return replace(row(name, day(on)), cells={"professional": worker})


@pytest.mark.parametrize("cell", ["Social worker 2", "SW2", "social worker no. 2", "SW 2"])
def test_one_worker_is_one_however_the_role_is_written(cell: str) -> None:
    assert workers_in(cell) == (Worker("social worker", "2"),)


def test_changes_of_worker_are_counted_within_an_agency_and_a_role_in_time_order() -> None:
    entries = (
        seen_by("Care/3", 20, "Social worker 2"), seen_by("Care/1", 1, "SW1"), seen_by("Care/2", 9, "Team manager 1"),
        seen_by("Care/4", 30, "Duty social worker"), seen_by("Police/1", 5, "Social worker 9"),
    )  # fmt: skip
    (change,) = changes_of_worker(family(*entries))
    assert (change.agency, str(change.before), str(change.after)) == ("Care", "social worker 1", "social worker 2")
    assert (change.last, change.first, change.sure) == ("Care/1", "Care/3", True)


def test_a_role_without_a_number_changes_nothing() -> None:
    entries = (seen_by("Care/1", 1, "Health visitor"), seen_by("Care/2", 2, "Health visitor"))
    assert changes_of_worker(family(*entries)) == ()


def test_a_class_or_a_year_group_is_no_worker() -> None:
    assert workers_in("Class teacher Y4") == (Worker("class teacher y4"),)
    assert workers_in("Jo Bell (health visitor)") == (Worker("health visitor", "Jo Bell"),)
