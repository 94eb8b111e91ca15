"""What the tables of the ontology answer, whatever stands in them."""

from __future__ import annotations

import shutil
import time
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.base.folding import plain
from kg.terms.reader import NotTurtle, home, load
from kg.terms.tables import Limit

TERMS = load()

COLUMN = """
kg:ward a owl:DatatypeProperty, kg:Column ;
    skos:notation "ward" ;
    rdfs:label "New column" ;
    skos:altLabel "Ward name" ;
    skos:definition "The ward on which it happened." ;
    skos:example "Ward 4" ;
    kg:kind "text" ;
    kg:many false ;
    kg:graphKey "ward" .
"""

ATTRIBUTE = """
kg:askedFor a owl:DatatypeProperty, kg:Attribute ;
    skos:notation "asked-for" ;
    kg:attributeOf scheme:indicator ;
    kg:readAs "somebody asked for it" ;
    rdfs:label "asked for" ;
    skos:definition "Whether somebody asks for it." ;
    skos:example "true for hunger" ;
    rdfs:range xsd:boolean .
<https://w3id.org/kg-review/indicator/hunger> kg:askedFor true .
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


def test_a_column_is_added_in_the_turtle_alone(copy: Path) -> None:
    with (copy / "kg.ttl").open("a", encoding="utf-8") as file:
        file.write(COLUMN)
    column = load(copy).heading("new  COLUMN:")
    assert column is not None
    assert (column.notation, column.field, column.kind) == ("ward", "", "text")
    assert load(copy).heading("Ward name") == column
    assert TERMS.heading("New column") is None


def test_every_word_of_a_vocabulary_reads_back_to_its_concept() -> None:
    for scheme in TERMS.schemes.values():
        for concept in scheme.concepts:
            for words in (concept.notation, concept.label, *concept.alt, concept.label.upper()):
                assert TERMS.match(scheme.notation, words) == concept.notation


@pytest.mark.parametrize(
    ("scheme", "words", "notation"),
    [
        ("contact", "DNA", "missed-appointment"),
        ("contact", "was  not brought", "missed-appointment"),
        ("contact", "A & E", "emergency-attendance"),
        ("contact", "ABE interview", "interview"),
        ("contact", "strat.", "strategy-discussion"),
        ("contact", "e-mail", "letter-or-email"),
        ("contact", "CP Conference", "child-protection-conference"),
        ("response", "NFA", "no-further-action"),
        ("response", "s.47", "section-47"),
        ("response", "MASH referral", "referral-childrens-social-care"),
        ("indicator", "bruises", "bruising"),
        ("indicator", "Unexplained injuries", "unexplained-injury"),
        ("agency", "GP", "general-practice"),
        ("seen", "Y", "yes"),
        ("seen", "yes (alone)", "alone"),
        ("role", "Stepfather", "step-parent"),
    ],
)
def test_words_that_agencies_write_are_understood(scheme: str, words: str, notation: str) -> None:
    assert TERMS.match(scheme, words) == notation


@pytest.mark.parametrize("words", ["", " ", "-", "?", "n/a", "alcohol", "depression", "assault", "referral"])
def test_words_that_may_mean_two_things_are_not_guessed(words: str) -> None:
    assert TERMS.match("indicator", words) is None


def test_a_slip_of_the_pen_is_suggested_and_never_used() -> None:
    assert TERMS.match("indicator", "brusing") is None
    assert TERMS.suggest("indicator", "brusing") == "bruising"
    assert TERMS.heading("Indicaters") is None
    assert TERMS.suggest_heading("Indicaters") == "Indicators"
    assert TERMS.suggest("indicator", "xyzzy") is None


@given(st.text(max_size=30))
def test_case_and_spaces_never_change_what_words_mean(words: str) -> None:
    assert plain(f"  {words} ") == plain(words)
    if words.isascii():
        assert plain(words.upper()) == plain(words.lower())


@given(st.text(max_size=40))
def test_any_words_can_be_asked_about(words: str) -> None:
    for scheme in TERMS.schemes:
        found = TERMS.match(scheme, words)
        assert found is None or TERMS.concept(scheme, found) is not None
    assert TERMS.columns([words, words])[1] is None


def test_a_heading_that_stands_in_gives_way_to_a_surer_one() -> None:
    alone = [column and column.notation for column in TERMS.columns(["Date logged", "Event"])]
    beside = [column and column.notation for column in TERMS.columns(["Date", "Date logged", "Event"])]
    assert alone == ["date", "what-happened"]
    assert beside == ["date", "written", "what-happened"]


def test_two_columns_of_one_meaning_are_not_both_read() -> None:
    first, second = TERMS.columns(["Shared with", "Notified to"])
    assert first is not None
    assert first.notation == "shared-with"
    assert second is None


def test_a_list_of_partner_agencies_is_not_a_telling() -> None:
    assert TERMS.heading("Partner agencies") is None


def test_to_need_a_concept_is_to_need_its_narrower_ones() -> None:
    assert "bruising" not in TERMS.needs_of
    assert TERMS.needs("physical-abuse", "hospital")
    assert TERMS.needs("bruising", "hospital")
    assert not TERMS.needs("bruising", "benefits")


def test_what_a_type_of_agency_needs_its_narrower_types_need() -> None:
    assert TERMS.needs("bruising", "emergency-department")
    assert TERMS.needs("bruising", "childminder")


def test_a_broader_need_is_not_made_from_a_narrower_one() -> None:
    assert TERMS.needs("delay-in-seeking-care", "hospital")
    assert not TERMS.needs("home-taken-over", "school")
    assert not TERMS.needs("inappropriate-associates", "housing")
    assert TERMS.needs("home-taken-over", "housing")


def test_the_public_needs_nothing() -> None:
    assert not any(TERMS.needs(concept.notation, "community") for concept in TERMS.schemes["indicator"].concepts)


def test_broader_and_narrower_are_two_sides_of_one_thing() -> None:
    for name, scheme in TERMS.schemes.items():
        for concept in scheme.concepts:
            assert concept.notation in TERMS.broader(name, concept.notation)
            for above in TERMS.broader(name, concept.notation):
                assert concept.notation in TERMS.narrower(name, above)
    assert TERMS.broader("indicator", "bite-mark") == {"bite-mark", "bruising"}


def test_a_sign_is_not_a_case_of_what_it_points_to() -> None:
    assert TERMS.broader("indicator", "bruising") == {"bruising"}
    assert TERMS.points_to("indicator", "bite-mark") == {"bite-mark", "bruising", "physical-abuse"}
    assert "bruising" not in TERMS.narrower("indicator", "physical-abuse")
    assert {"bruising", "bite-mark", "physical-abuse"} <= TERMS.shown_by("indicator", "physical-abuse")


def test_who_needs_a_kind_needs_its_signs_and_their_cases() -> None:
    for agency in TERMS.schemes["agency"].concepts:
        if TERMS.needs("physical-abuse", agency.notation):
            assert TERMS.needs("bite-mark", agency.notation)


def test_every_indicator_says_whether_it_happens_or_lasts_and_how_grave_it_is() -> None:
    for concept in TERMS.schemes["indicator"].concepts:
        assert concept.nature in ("event", "state"), concept.notation
        assert 1 <= concept.gravity <= 3, concept.notation


def test_an_attribute_is_added_in_the_turtle_alone(copy: Path) -> None:
    with (copy / "kg.ttl").open("a", encoding="utf-8") as file:
        file.write(ATTRIBUTE)
    word = load(copy).concept("indicator", "hunger")
    assert word is not None
    assert "asked-for" in word.flags
    assert load(copy).attribute("asked-for") is not None
    assert "asked-for" not in TERMS.concept("indicator", "hunger").flags  # type: ignore[union-attr]
    assert TERMS.narrower("contact", "home-visit") == {"home-visit", "no-access-visit"}
    assert TERMS.broader("indicator", "never-heard-of") == {"never-heard-of"}


def test_narrower_kinds_of_meeting_are_meetings() -> None:
    meetings = {c.notation for c in TERMS.schemes["contact"].concepts if "meeting" in c.flags}
    assert meetings == {
        "multi-agency-meeting",
        "strategy-discussion",
        "child-protection-conference",
        "core-group",
        "legal-planning-meeting",
    }


def test_filing_a_letter_is_a_contact_that_does_not_engage() -> None:
    letter = TERMS.concept("contact", "letter-or-email")
    assert letter is not None
    assert letter.flags == {"contact", "letter"}
    for notation in ("life-event", "record-only", "supervision"):
        concept = TERMS.concept("contact", notation)
        assert concept is not None
        assert "contact" not in concept.flags


def test_an_answer_without_a_rule_of_its_own_stands_as_any_other() -> None:
    assert TERMS.standing_for("section-47").limit == Limit(15, "working days")
    assert TERMS.standing_for("advice-given") == TERMS.standing_for("*")
    assert TERMS.standing_for("child-protection-plan").limit is None
    assert set(TERMS.standing_for("child-protection-plan").until) == {"protection-ended", "case-closed", "case-closure"}


def test_our_own_numbers_can_be_asked_by_name() -> None:
    assert TERMS.window_days("linking") == 7
    assert TERMS.window_days("linking-letters") == 28
    assert TERMS.window_days("limit") == 14
    assert str(TERMS.conventions["notice"].limit) == "1 working day"
    with pytest.raises(KeyError):
        TERMS.window_days("no such number")


def test_a_rule_holds_on_its_first_and_last_day_and_not_beyond() -> None:
    duty = TERMS.duty("ENG-WT1999-STRAT")
    assert duty is not None
    assert duty.in_force(date(2000, 1, 1))
    assert duty.in_force(date(2006, 4, 30))
    assert not duty.in_force(date(1999, 12, 31))
    assert not duty.in_force(date(2006, 5, 1))


def test_the_ontology_is_read_once_and_soon() -> None:
    assert load() is load()
    assert load(home()) is load()


def test_what_is_asked_of_every_cell_is_quick() -> None:
    start = time.perf_counter()
    for _ in range(20_000):
        TERMS.match("indicator", "bruising")
        TERMS.match("response", "Section 47 Enquiries")
        TERMS.needs("bruising", "hospital")
        TERMS.broader("indicator", "bruising")
    assert time.perf_counter() - start < 1.0


def test_a_file_that_is_not_turtle_is_named_with_its_line(copy: Path) -> None:
    change(copy, "rules.ttl", "convention:linking a kg:Convention ;", "convention:linking a kg:Convention")
    with pytest.raises(NotTurtle, match=r"rules\.ttl, line \d+"):
        load(copy)


def test_a_rule_whose_day_cannot_be_read_is_never_in_force(copy: Path, caplog: pytest.LogCaptureFixture) -> None:
    change(copy, "duties.ttl", '"1991-10-14"^^xsd:date', '"1991-02-31"^^xsd:date')
    terms = load(copy)
    doubt = next(doubt for doubt in terms.doubts if doubt.kind == "unread")
    duty = terms.duty(doubt.about.rsplit("/", 1)[-1])
    assert duty is not None
    assert not any(duty.in_force(date(year, 1, 1)) for year in range(1980, 2030))
    assert doubt.words == "1991-02-31"
    assert not caplog.records
