"""The library of questions: each language gives the same rows as plain Python, on every case and on drawn reviews."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from helpers.examples import examples
from helpers.small import day, review, row
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal as OxLiteral
from pyoxigraph import NamedNode, RdfFormat, Store
from rdflib import Graph, URIRef

from kg.ask.engines import ENGINES, Row, by_python, by_rdflib, by_sparql, rows_of
from kg.ask.in_python import ANSWERS
from kg.ask.library import answer, library, named, question, values
from kg.ask.question import Question
from kg.ask.refusal import NotAsked
from kg.ask.sparql.engine import asked as parameters
from kg.ask.sparql.engine import content
from kg.ask.sparql.text import SUPPLIED, check
from kg.dates.when import BEGINNING, END, UNDATED, When
from kg.findings.study import Study, find_gaps
from kg.graph.rdf.quads import nquads, quads
from kg.graph.rdf.trig import turtle
from kg.graph.rdf.triples import literal
from kg.model.record import Entry
from kg.model.review import Review
from kg.terms.namespace import NAMESPACE
from kg.terms.reader import load
from loaders import load as load_review

TERMS = load()
ROOT = Path(__file__).resolve().parents[2]
CASES = {name: ROOT / "tests" / "cases" / name for name in ("connelly", "hayter", "training")} | {
    "climbie": ROOT / "examples" / "climbie"
}
NAMES = [each.name for each in library()]
GIVEN: Mapping[str, tuple[Mapping[str, str], ...]] = {
    "held-on-a-day": ({"day": "06/08/1999"}, {"day": "1/8/2007"}, {"indicator": "bruising"}),
    "did-not-arrive": ({"agency": "Nobody of that name"},),
}
"""Values for parameters, beside none at all."""


@cache
def case(name: str) -> Study:
    return find_gaps(load_review(CASES[name], TERMS).review, TERMS)


class InOneStore:
    """One review's statements in both SPARQL engines, in this process: for many questions to small reviews."""

    def __init__(self, gaps: Study) -> None:
        self.store = Store()
        self.store.load(input=nquads(quads(gaps)).encode(), format=RdfFormat.N_QUADS)
        self.graph = Graph(bind_namespaces="none").parse(data=turtle(quads(gaps)), format="turtle")

    def ask(self, asked: Question, bound: Mapping[str, str | date]) -> tuple[tuple[Row, ...], tuple[Row, ...]]:
        given = nquads(parameters(bound)).encode()
        self.store.load(input=given, format=RdfFormat.N_QUADS)
        solutions = self.store.query(asked.sparql, prefixes=dict(SUPPLIED), use_default_graph_as_union=True)
        fast = rows_of([_content(each[name]) for name in asked.columns] for each in solutions)  # type: ignore[union-attr]
        self.store.clear_graph(NamedNode(NAMESPACE + "asked"))
        added = [(URIRef(s), URIRef(p), literal(thing)) for s, p, thing, _ in parameters(bound)]
        for each in added:
            self.graph.add(each)
        slow = [tuple(row) for row in self.graph.query(asked.sparql, initNs=dict(SUPPLIED))]
        for each in added:
            self.graph.remove(each)
        plain = [[None if each is None else each.toPython() for each in row] for row in slow]
        return fast, rows_of(row for row in plain if row[0] is not None)


def _content(term: object) -> object:
    if not isinstance(term, OxLiteral):
        return None
    return content({"type": "literal", "value": term.value, "datatype": term.datatype.value})


@cache
def engines(name: str) -> InOneStore:
    return InOneStore(case(name))


def study(*entries: Entry) -> Study:
    return find_gaps(review(*entries), TERMS)


def ask(name: str, *entries: Entry, **given: str) -> tuple[Row, ...]:
    return answer(study(*entries), named(name), given, engine="python")[1]


# --- equal answers ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("of", sorted(CASES))
def test_every_engine_gives_the_same_rows_on_a_case(of: str, name: str) -> None:
    gaps, asked = case(of), named(name)
    for words in ({}, *GIVEN.get(name, ())):
        bound = values(asked, words, (gaps,))
        expected = by_python(asked, (gaps,), bound)
        fast, slow = engines(of).ask(asked, bound)
        assert fast == expected
        assert slow == expected


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("of", sorted(CASES))
def test_a_question_is_answered_the_same_from_only_the_statements_that_it_names(of: str, name: str) -> None:
    gaps, asked = case(of), named(name)
    bound = values(asked, {}, (gaps,))
    expected = by_python(asked, (gaps,), bound)
    assert by_sparql(asked, (gaps,), bound) == expected
    assert by_rdflib(asked, (gaps,), bound) == expected


def test_the_cases_answer_most_questions_with_rows() -> None:
    """Equal answers say little where there are none."""
    answered = {name for name in NAMES for of in CASES if answer(case(of), named(name), engine="python")[1]}
    assert len(answered) >= len(NAMES) - 2, set(NAMES) - answered


def whens() -> st.SearchStrategy[When]:
    days = st.integers(0, 40)
    single = days.map(day)
    ranged = st.tuples(days, st.integers(0, 9)).map(lambda pair: day(pair[0], pair[0] + pair[1]))
    before = days.map(lambda n: When("before", BEGINNING, day(n).latest, "before"))
    after = days.map(lambda n: When("after", day(n).earliest, END, "after"))
    return st.one_of(single, single, single, ranged, before, after, st.just(UNDATED))


CONTACTS = (
    "home-visit", "missed-appointment", "strategy-discussion", "child-protection-conference", "referral-received",
    "case-closure", "letter-or-email", "assessment", "life-event",
)  # fmt: skip


@st.composite
def rows(draw: st.DrawFn, number: int) -> Entry:
    def some(words: str, most: int = 2) -> tuple[str, ...]:
        return tuple(draw(st.lists(st.sampled_from(words.split()), max_size=most, unique=True)))

    agency = draw(st.sampled_from(["Care", "Police", "Hospital", "School", "Family"]))
    entry = row(
        f"{agency}/{number}",
        draw(whens()),
        *some("bruising neglect domestic-abuse alcohol-misuse inconsistent-explanation"),
        people=some("Sam Alex Pat Neighbour", 3),
        contact=draw(st.sampled_from(CONTACTS)),
        to=some("Care Police Hospital School Family"),
        heard_from=some("Care Police Hospital School"),
        responses=some("strategy-discussion child-seen-alone referral-police no-further-action allocated"),
        seen=draw(st.sampled_from(("", "yes", "no", "alone", "names"))),
        learnt=draw(st.none() | st.integers(0, 40).map(day)),
    )
    seen = some("Sam Alex") if entry.seen == "names" else ()
    more = {"professional": draw(st.sampled_from(("", "Nurse 1", "Officer '2' \"x\"", "O\u2019Hara; =1+1")))}
    said = draw(st.sampled_from(("", " ", "No.")))
    return replace(entry, seen_people=seen, said=said, cells={**entry.cells, **more, "said": said})


@st.composite
def drawn(draw: st.DrawFn) -> Review:
    made = [draw(rows(number)) for number in range(draw(st.integers(2, 9)))]
    # Some are told and heard, so that there is something to link.
    for number, entry in enumerate(made[:]):
        if entry.shared_with and draw(st.booleans()):
            other = entry.shared_with[0]
            heard = replace(
                entry, name=f"{other}/h{number}", agency=other, ref=f"h{number}", shared_with=(),
                received_from=(entry.agency,), cells={"ref": f"h{number}", "what-happened": "Heard."},
            )  # fmt: skip
            if other != entry.agency:
                made.append(heard)
    return review(*made)


@settings(max_examples=examples(25))
@given(drawn())
def test_every_engine_gives_the_same_rows_on_drawn_reviews(made: Review) -> None:
    gaps = find_gaps(made, TERMS)
    engines = InOneStore(gaps)
    for asked in library():
        bound = values(asked, {"day": "20/02/2021"} if asked.name == "held-on-a-day" else {}, (gaps,))
        expected = by_python(asked, (gaps,), bound)
        fast, slow = engines.ask(asked, bound)
        assert fast == expected, asked.name
        assert slow == expected, asked.name


@settings(max_examples=examples(30))
@given(drawn())
def test_what_the_record_answers_needs_nothing_computed(made: Review) -> None:
    """A question of the record layer gives the same rows whatever was computed."""
    gaps = find_gaps(made, TERMS)
    nothing = replace(gaps, findings=(), coverage=())
    for asked in library():
        if asked.layer == "record":
            assert by_python(asked, (nothing,), {}) == by_python(asked, (gaps,), {})


def test_of_several_reviews_each_is_counted_once() -> None:
    studied = [case(name) for name in sorted(CASES)]
    asked = named("in-how-many-reviews")
    found = by_python(asked, studied, {})
    assert by_sparql(asked, studied, {}) == found
    assert by_rdflib(asked, studied, {}) == found
    assert {each[3] for each in found} == {4}
    assert {1, 2, 3} <= {each[1] for each in found} <= {1, 2, 3, 4}
    assert all(each[2] <= each[1] for each in found)  # type: ignore[operator]
    with pytest.raises(NotAsked, match="one review at a time"):
        answer(studied, named("did-not-arrive"))


# --- what the questions mean ------------------------------------------------------------------------------------


def test_contacts_add_up_by_how_the_person_was_seen() -> None:
    found = ask(
        "contacts-by-agency",
        row("Care/1", day(1), seen="yes"),
        row("Care/2", day(2), seen="alone"),
        row("Care/3", day(3)),
        replace(row("Care/4", day(3), seen="names"), seen_people=("Alex",)),
        row("Police/1", day(4), contact="record-only", seen="yes"),
        row("Family/1", day(4), seen="yes"),
    )
    assert found == (("Care", 4, 1, 1, 1, 1),)


def test_a_fact_is_held_from_the_day_on_which_it_came_and_not_before() -> None:
    entries = (row("Police/1", day(5), "bruising", to=("School",)), row("School/1", day(7), heard_from=("Police",)))
    assert ask("held-on-a-day", *entries, day="05/02/2021") == ()
    (only,) = ask("held-on-a-day", *entries, day="06/02/2021", agency="Police")
    assert only == ("Police", "Sam", "bruising", "sure", "2021-02-06", "Police/1")
    found = ask("held-on-a-day", *entries, day="08/02/2021", agency="School", indicator="bruising")
    assert [each[3:5] for each in found] == [("sure", "2021-02-08")]


def test_an_appointment_not_kept_is_followed_by_the_agencys_own_next_contact() -> None:
    found = ask(
        "appointments-not-kept",
        row("Hospital/1", day(1), contact="missed-appointment"),
        row("School/1", day(2)),
        row("Hospital/2", day(9)),
        row("Hospital/3", day(12), contact="missed-appointment", responses=("allocated", "follow-up")),
    )
    assert found == (
        ("Hospital", "Hospital/1", "2021-02-02", "", 8),
        ("Hospital", "Hospital/3", "2021-02-13", "allocated", ""),
        ("Hospital", "Hospital/3", "2021-02-13", "follow-up", ""),
    )


def test_an_agency_that_knew_nothing_is_not_asked_after_at_a_meeting() -> None:
    found = ask(
        "absent-from-meetings",
        row("Police/1", day(1), "bruising"),
        row("School/1", day(1)),
        row("Care/1", day(5), contact="strategy-discussion", to=("Hospital",)),
    )
    assert found == (("Care/1", "2021-02-06", "Police", 1),)


def test_a_closure_after_the_child_was_seen_rests_on_more_than_a_carer() -> None:
    closes = row("Care/1", day(1), people=("Sam", "Alex"), responses=("case-closed",))
    assert ask("closures-on-a-carers-account", closes) == (("Care", "Care/1", "2021-02-02", "case-closed", "Alex"),)
    assert ask("closures-on-a-carers-account", replace(closes, seen="yes")) == ()
    assert ask("closures-on-a-carers-account", replace(closes, received_from=("School",))) == ()
    assert ask("closures-on-a-carers-account", replace(closes, received_from=("Family",))) != ()


def test_an_agency_named_as_told_with_no_row_of_its_own_is_shown() -> None:
    told = row("School/1", day(1), to=("Care",))
    refers = row("School/2", day(1), responses=("referral-police",))
    late = row("Care/1", day(35), heard_from=("School",))
    found = ask("assumed-another-was-acting", told, refers, late)
    assert [each[3:] for each in found] == [("Care", "told"), ("Police", "response")]
    assert ask("assumed-another-was-acting", told, row("Care/1", day(9), heard_from=("School",))) == ()


def test_an_action_done_before_the_meeting_does_not_complete_it() -> None:
    meets = row("Care/1", day(9), contact="strategy-discussion", responses=("medical-examination", "no-further-action"))
    done = row("Hospital/1", day(12), responses=("medical-examination",))
    assert ask("meeting-actions-without-completion", meets, done) == ()
    early = replace(done, when=day(2))
    found = (("Care/1", "2021-02-10", "Care", "medical-examination"),)
    assert ask("meeting-actions-without-completion", meets, early) == found
    assert ask("meeting-actions-without-completion", meets, replace(done, when=UNDATED)) == ()


def test_days_to_the_child_seen_alone_are_counted_within_one_agency() -> None:
    found = ask(
        "from-referral-to-seen-alone",
        row("Care/1", day(1), contact="referral-received"),
        row("Police/1", day(2), seen="alone"),
        row("Care/2", day(8), seen="alone"),
        row("Care/3", day(20), contact="referral-received"),
    )
    assert found == (("Care", "Care/1", "2021-02-02", 7), ("Care", "Care/3", "2021-02-21", ""))


def test_a_path_ends_with_the_agency_and_begins_with_the_one_that_saw() -> None:
    found = ask(
        "path-of-a-fact",
        row("Police/1", day(1), "bruising", to=("School",)),
        row("School/1", day(1), heard_from=("Police",)),
        agency="School",
    )
    assert {each[4] for each in found} == {"Police", "School"}
    assert {each[6] for each in found if each[4] == "Police"} == {"Police/1"}


def test_words_that_only_one_side_recorded_are_shown_with_the_side() -> None:
    found = ask(
        "words-changed",
        row("Police/1", day(1), "bruising", "neglect", to=("School",)),
        row("School/1", day(1), "bruising", "fearfulness", heard_from=("Police",)),
    )
    assert found == (("Police/1", "School/1", "fearfulness", "heard"), ("Police/1", "School/1", "neglect", "told"))


# --- the library itself -----------------------------------------------------------------------------------------


def test_every_question_has_its_answer_in_python_and_half_are_worked_out_from_the_entries() -> None:
    assert len(NAMES) == len(set(NAMES)) == 37
    assert sum(each.layer == "record" for each in library()) >= 10
    assert set(ANSWERS) == set(NAMES)


@pytest.mark.parametrize("asked", library(), ids=NAMES)
def test_a_question_can_be_understood_and_asked_as_it_stands(asked: Question) -> None:
    assert asked.title.endswith("?")
    assert len(asked.title) < 110
    assert asked.about.endswith(".")
    check(asked.sparql, TERMS)
    assert asked.layer in ("record", "computed")
    for each in asked.parameters:
        assert each.kind in ("text", "day")
        assert f"asked:{each.name} " in asked.sparql
    first = asked.sparql.split("WHERE")[0]
    assert [word for word in first.replace("(", " ").replace(")", " ").split() if word[0] == "?"][
        -1
    ] == f"?{asked.columns[-1]}"


@pytest.mark.parametrize("asked", library(), ids=NAMES)
def test_rows_are_as_wide_as_the_columns(asked: Question) -> None:
    for of in CASES:
        columns, found = answer(case(of), asked, engine="python")
        assert columns == asked.columns
        assert {len(each) for each in found} <= {len(columns)}
        assert list(found) == sorted(set(found), key=lambda each: found.index(each))


def test_a_question_that_is_unknown_names_the_one_perhaps_meant() -> None:
    assert question("did-not-arive") is None
    with pytest.raises(NotAsked, match="did-not-arrive"):
        named("did-not-arive")


def hostile() -> Iterator[str]:
    yield from ('"', "'", "\\", '" } . DROP', "') OR 1=1 //", "\n", "\u202e", "O'Hara & <Sons>", "?agency", "$agency")


@pytest.mark.parametrize("words", list(hostile()))
@pytest.mark.parametrize("engine", ["sparql", "rdflib"])
def test_a_parameter_is_only_ever_a_value(engine: str, words: str) -> None:
    gaps = study(row("Police/1", day(1), "bruising"))
    question = named("held-on-a-day")
    bound = values(question, {"agency": words}, [gaps])
    asked = by_sparql if engine == "sparql" else by_rdflib
    assert asked(question, [gaps], bound) == ()
    if words.strip():
        with pytest.raises(NotAsked, match="No agency"):
            answer(gaps, question, {"agency": words}, engine=engine)


def test_an_agency_with_a_name_of_marks_is_found_by_it() -> None:
    made = review(row("Police/1", day(1), "bruising"))
    name = 'O\'Hara "& Sons" \\ {x} ?y'
    agencies = tuple(replace(each, name=name) if each.name == "Police" else each for each in made.agencies)
    entry = replace(made.entries[0], agency=name, name=f"{name}/1")
    gaps = find_gaps(replace(made, agencies=agencies, entries=(entry,)), TERMS)
    for engine in ("python", "sparql", "rdflib"):
        found = answer(gaps, named("held-on-a-day"), {"agency": name}, engine=engine)[1]
        assert [each[0] for each in found] == [name], engine


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"day": "31/02/2000"}, "is not a day"),
        ({"day": "July 1999"}, "several"),
        ({"day": "soon"}, "is not a day"),
        ({"dya": "1/1/2000"}, "Did you mean day"),
        ({"person": "Sam"}, "takes no person"),
    ],
)
def test_a_parameter_that_cannot_be_says_why(given: dict[str, str], why: str) -> None:
    with pytest.raises(NotAsked, match=why):
        answer(study(row("Police/1", day(1))), named("held-on-a-day"), given, engine="python")


def test_a_day_that_is_not_given_is_that_of_the_incident() -> None:
    gaps = study(row("Police/1", day(1)))
    assert values(named("held-on-a-day"), {}, (gaps,))["day"] == date(2021, 4, 2)


def test_rows_are_plain_and_in_one_order() -> None:
    mixed = [(None, date(2020, 1, 2), 10), ("", date(2020, 1, 2), 9), (None, date(2020, 1, 2), 10)]
    assert rows_of(mixed) == (("", "2020-01-02", 9), ("", "2020-01-02", 10))


def test_every_engine_of_the_library_can_be_named() -> None:
    assert ENGINES == ("sparql", "python", "rdflib", "cypher")
