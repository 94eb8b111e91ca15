"""What stands in the ontology: complete, unambiguous, sourced, and never about one case."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from kg.base.folding import plain
from kg.terms.check import check_ontology
from kg.terms.explain import WIDTH, explain_term, list_terms
from kg.terms.reader import FILES, home, load, shapes
from kg.terms.tables import Limit

TERMS = load()
COLUMNS = """
Ref, Date, Time, Learnt, Written, Source, People, About, Professional, Unit, Contact, What happened, Seen, Said,
Indicators, Response, Shared with, Shared what, Received from, Answers, How recorded, Checked by, Comment
"""
OWN_FORMS = """
Liaison, Date until, Time until, Agency, Action, Margin note
"""


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the ontology that a test may change."""
    return Path(shutil.copytree(home(), tmp_path / "ontology"))


def change(folder: Path, file: str, old: str, new: str) -> None:
    """Put other words in one place of a file of the ontology; the words must stand there."""
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")


def said(folder: Path) -> str:
    return "\n".join(str(problem) for problem in check_ontology(load(folder)))


def test_the_ontology_is_sound() -> None:
    assert check_ontology(TERMS) == ()


def test_a_return_has_the_columns_of_the_design_in_their_order() -> None:
    assert [column.label for column in TERMS.properties] == [
        name.strip() for name in f"{COLUMNS},{OWN_FORMS}".split(",")
    ]
    for column in TERMS.properties:
        assert TERMS.heading(column.label) == column


def test_no_heading_means_two_columns() -> None:
    for part in ("headings", "stand_ins"):
        owner: dict[str, str] = {}
        for column in TERMS.properties:
            for heading in getattr(column, part):
                assert owner.setdefault(plain(heading), column.notation) == column.notation, heading


def test_no_word_means_two_things_in_one_vocabulary() -> None:
    for scheme in TERMS.schemes.values():
        owner: dict[str, str] = {}
        for concept in scheme.concepts:
            for words in (concept.notation, concept.label, *concept.alt):
                assert owner.setdefault(plain(words), concept.notation) == concept.notation, (scheme.notation, words)


def test_only_columns_that_no_rule_reads_travel_as_written() -> None:
    as_written = {
        "source", "professional", "unit", "checked-by", "comment", "liaison", "action", "margin", "date-until", "time-until",
        "agency",
    }  # fmt: skip
    assert {column.notation for column in TERMS.properties if not column.field} == as_written


def test_nothing_is_both_a_record_and_a_deed() -> None:
    """PROV-O holds the two apart: what was written is one thing, doing something another."""
    parents = {word.iri: word.parents for word in TERMS.words if word.kind == "class"}
    for word in parents:
        above, ahead = set(), [word]
        while ahead:
            name = ahead.pop()
            above.add(name.rsplit("#", 1)[-1])
            ahead += parents.get(name, ())
        assert not {"Entity", "Activity"} <= above, word


def test_every_vocabulary_is_whole() -> None:
    sizes = {name: len(scheme.concepts) for name, scheme in TERMS.schemes.items()}
    assert sizes["agency"] == 36
    assert sizes["contact"] == 37
    assert sizes["indicator"] == 123
    assert sizes["response"] == 46
    assert sizes["outcome"] == 5
    assert sizes["factor"] == 8
    assert sizes["finding-kind"] == 12
    assert sum(len(agencies) for agencies in TERMS.needs_of.values()) == 684


def test_every_indicator_says_whom_it_is_about() -> None:
    abouts = {concept.about for concept in TERMS.schemes["indicator"].concepts}
    assert abouts == {"subject", "carer", "household"}


@pytest.mark.parametrize(
    ("indicator", "code"),
    [
        ("young-carer", ("dfeFactor", "7A")),
        ("private-fostering", ("dfeFactor", "8C")),
        ("chronic-condition", ("dfeFactor", "6A")),
        ("mental-ill-health", ("dfeFactor", "4A")),
        ("carer-mental-ill-health", ("dfeFactor", "4B")),
        ("criminal-exploitation", ("dfeFactor", "24A")),
        ("physical-abuse", ("dfeCategory", "PHY")),
        ("self-neglect", ("careActType", "self-neglect")),
    ],
)
def test_official_codes_are_those_of_the_published_lists(indicator: str, code: tuple[str, str]) -> None:
    concept = TERMS.concept("indicator", indicator)
    assert concept is not None
    assert code in concept.codes


def test_no_official_code_of_a_factor_stands_at_two_indicators() -> None:
    codes = [c for concept in TERMS.schemes["indicator"].concepts for c in concept.codes if c[0] == "dfeFactor"]
    assert len(codes) == len(set(codes))


def test_the_ten_types_of_the_care_act_are_there() -> None:
    types = [c for concept in TERMS.schemes["indicator"].concepts for c in concept.codes if c[0] == "careActType"]
    assert len(types) == len(set(types)) == 10


def test_indicators_bear_on_the_five_outcomes() -> None:
    touched = {outcome for concept in TERMS.schemes["indicator"].concepts for outcome in concept.bears}
    assert touched == {concept.notation for concept in TERMS.schemes["outcome"].concepts}


def test_only_roles_that_are_plainly_children_are_children() -> None:
    children = {c.notation for c in TERMS.schemes["role"].concepts if "child" in c.flags}
    assert children == {"child", "unborn-child", "sibling", "half-sibling", "young-person"}


def test_a_decision_not_to_go_further_is_marked_as_one() -> None:
    declines = {c.notation for c in TERMS.schemes["response"].concepts if "declines" in c.flags}
    assert declines == {"no-further-action", "case-closed", "discharged", "explanation-accepted", "not-investigated"}


def test_rules_are_whole_and_say_whether_their_passage_was_read() -> None:
    everything = (*TERMS.duties, *TERMS.process_duties)
    assert (len(TERMS.duties), len(TERMS.process_duties)) == (154, 18)
    assert sum(duty.verified for duty in everything) == 90
    assert len({duty.id for duty in everything}) == 172
    assert len({duty.family for duty in everything}) == 115
    assert sum(duty.within is not None for duty in everything) == 83


def test_rules_about_reviews_never_judge_an_agency() -> None:
    for duty in TERMS.duties:
        assert not any(name.startswith("review:") for name in (*duty.trigger, *duty.expected, *duty.holder, *duty.by))
    for duty in TERMS.process_duties:
        assert any(name.startswith("review:") for name in (*duty.trigger, *duty.expected, *duty.by))


def test_local_rules_hold_in_their_area_only() -> None:
    local = {duty.areas for duty in TERMS.duties if duty.areas}
    assert ("Haringey",) in local
    assert ("Leicester", "Leicestershire", "Rutland") in local
    for duty in TERMS.duties:
        assert not duty.areas or duty.local
        assert not any("(" in nation for nation in duty.nations)


def test_what_a_rule_says_beside_its_columns_became_properties() -> None:
    by_id = {duty.id: duty for duty in (*TERMS.duties, *TERMS.process_duties)}
    area = by_id["LOC-HARINGEY-STRAT"]
    assert (area.nations, area.areas, area.force) == (("England",), ("Haringey",), "local procedure")
    assert area.clock == "manager concludes child at risk"
    assert area.within == Limit(24, "hours")
    assert by_id["ENG-MARAC-ESCALATE"].window == Limit(12, "months")
    assert by_id["ENG-MARAC-ESCALATE"].trigger_count == 3
    assert by_id["ENG-MARAC-14"].threshold == "DASH 14"
    assert by_id["ENG-LAMING-CLOSE"].order == "before"
    assert by_id["REV-SCR-2013-PANEL"].lead == "1 week"
    assert by_id["ENG-FIRSTDAY"].within == Limit(0, "same day")
    assert by_id["NICE-CG89-NONMOBILE"].condition == "child not independently mobile"
    assert set(by_id["NICE-CG89-EXPLAIN"].trigger) == {"bruising", "inconsistent-explanation"}
    assert by_id["NICE-CG89-EXPLAIN"].trigger_count == 2
    assert by_id["ENG-WT2013-DECIDE"].evidence.startswith("lexology.com")
    assert by_id["ENG-CA1989-S47"].nations == ("England", "Wales")
    for duty in by_id.values():
        assert "=" not in duty.force + duty.clock + duty.condition + duty.threshold + duty.lead + duty.order
        assert not any(token in duty.note for token in ("force=", "cond=", "clock=", "window=", "evidence:"))


def test_every_rule_has_a_force_unless_it_is_about_reviews() -> None:
    assert all(duty.force for duty in TERMS.duties)


def test_the_same_files_are_read_in_the_same_order(copy: Path) -> None:
    again = load(copy)
    assert again.duties == TERMS.duties
    assert again.properties == TERMS.properties
    assert list(again.schemes) == list(TERMS.schemes)
    assert [c.alt for c in again.schemes["contact"].concepts] == [c.alt for c in TERMS.schemes["contact"].concepts]


@pytest.mark.parametrize(
    ("file", "old", "new", "words"),
    [
        (
            "duties.ttl",
            "kg:holder agency:childrens-social-care ;",
            "kg:holder agency:childrens-services ;",
            "childrens-services",
        ),
        ("duties.ttl", "kg:expected response:section-47,", "kg:expected agency:police,", "names police"),
        ("duties.ttl", 'kg:inForceTo "1999-12-31"', 'kg:inForceTo "2001-12-31"', "in force at the same time and place"),
        ("duties.ttl", 'kg:inForceTo "1999-12-31"', 'kg:inForceTo "1989-12-31"', "ends before it begins"),
        ("duties.ttl", 'kg:inForceTo "1999-12-31"', 'kg:inForceTo "1999-12-32"', '"1999-12-32"'),
        ("duties.ttl", "kg:withinNumber 8 ;", 'kg:withinNumber "eight" ;', '"eight working days"'),
        ("needs.ttl", "agency:housing", "agency:houses", "houses"),
        ("needs.ttl", "indicator:neglect", "indicator:neglekt", "neglekt"),
        ("rules.ttl", "response:section-47", "response:section-4711", "section-4711"),
        ("vocabulary.ttl", 'skos:altLabel "Strategy meeting",', 'skos:altLabel "Core group",', "Core group"),
        (
            "vocabulary.ttl",
            "skos:broader indicator:sexual-abuse",
            "skos:broader indicator:sexual-exploitation",
            "itself",
        ),
        ("vocabulary.ttl", '"The police, in whatever unit."', '""', "police has no definition"),
        ("kg.ttl", 'skos:altLabel "Reference",', 'skos:altLabel "Reference", "Date",', '"Date"'),
        ("kg.ttl", 'kg:field "learnt"', 'kg:field "learned"', 'field "learned"'),
        ("rules.ttl", 'skos:notation "notice"', 'skos:notation "warning"', "no convention notice"),
    ],
)
def test_a_slip_in_the_ontology_is_found(copy: Path, file: str, old: str, new: str, words: str) -> None:
    change(copy, file, old, new)
    assert words in said(copy)


def test_a_problem_of_the_ontology_has_its_five_parts(copy: Path) -> None:
    change(copy, "needs.ttl", "agency:housing", "agency:houses")
    for problem in check_ontology(load(copy)):
        assert all((str(problem.place), problem.what, problem.why, problem.done, problem.remedy))


@pytest.mark.parametrize("term", ["bruising", "ENG-CA1989-S47", "Shared with", "limit", "Holding", "role", "NFA"])
def test_a_term_is_explained_in_lines_that_fit(term: str) -> None:
    lines = explain_term(TERMS, term)
    assert lines
    assert all(len(line) <= WIDTH for line in lines)


def test_every_rule_is_explained_with_its_source() -> None:
    for duty in (*TERMS.duties, *TERMS.process_duties):
        told = " ".join(" ".join(explain_term(TERMS, duty.id)).split())
        assert " ".join(duty.source.split()) in told
        assert "None" not in told


def test_an_unknown_word_is_explained_by_nothing() -> None:
    assert explain_term(TERMS, "never heard of") == ()


def test_a_list_of_terms_names_every_rule_and_word() -> None:
    told = " ".join(list_terms(TERMS))
    for duty in TERMS.duties:
        assert duty.id in told
    for concept in TERMS.schemes["indicator"].concepts:
        assert concept.notation in told


def test_every_name_that_a_shape_uses_is_described() -> None:
    from rdflib import Graph, URIRef

    described = Graph()
    for name in FILES:
        described.parse(home() / name, format="turtle")
    known = set(described.subjects())
    ours = [term for triple in shapes() for term in triple if isinstance(term, URIRef) and "kg-review/" in term]
    assert ours
    for term in ours:
        assert "/shape/" in term or term in known, term


ROW = """
@prefix kg: <https://w3id.org/kg-review/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix r: <urn:review:> .
r:police a kg:Agency ; kg:name "Police" .
r:one a kg:Entry ; kg:agency r:police ; kg:entryName "Police/P1" ; kg:file "returns/police.csv" ; kg:row 2 ;
    kg:narrative "A call." ; kg:when r:day ; kg:contact <https://w3id.org/kg-review/contact/telephone-call> ;
    kg:indicator <https://w3id.org/kg-review/indicator/bruising> .
r:day a kg:Moment ; kg:earliestDay "1999-07-01"^^xsd:date ; kg:latestDay "1999-07-31"^^xsd:date .
"""


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("", "", ""),
        ('"1999-07-31"^^xsd:date', '"1999-06-30"^^xsd:date', "not after the last"),
        ("kg:row 2 ;", "", "one number"),
        ("kg:agency r:police ;", "", "exactly one agency"),
        (
            "contact/telephone-call> ;",
            "contact/telephone-call>, <https://w3id.org/kg-review/contact/home-visit> ;",
            "most one",
        ),
        ("indicator/bruising>", "response/section-47>", "vocabulary of indicators"),
    ],
)
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_shapes_find_what_cannot_be(old: str, new: str, words: str) -> None:
    from pyshacl import validate
    from rdflib import Graph

    data = Graph().parse(home() / "vocabulary.ttl").parse(data=ROW.replace(old, new) if old else ROW, format="turtle")
    result: tuple[Any, ...] = validate(data, shacl_graph=shapes(), advanced=False, inference="none")
    conforms, _, text = result
    assert conforms == (not words)
    assert words in text
