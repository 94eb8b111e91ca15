"""What the files of the ontology say of themselves, and what becomes of words that they no longer use."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from helpers.small import WriteReview

from kg.findings.study import find_gaps
from kg.graph.rdf.quads import quads
from kg.model.problem import Place
from kg.terms.check import check_ontology
from kg.terms.explain import explain_term
from kg.terms.headers import ALL, check_headers, versions
from kg.terms.languages import check_languages
from kg.terms.reader import home, load
from loaders.folder import load as load_review
from loaders.rows.doubts import former_word

TERMS = load()

OLD = """
<https://w3id.org/kg-review/indicator/battered> a <http://www.w3.org/2004/02/skos/core#Concept> ;
    skos:inScheme scheme:indicator ;
    skos:notation "battered" ;
    skos:prefLabel "Battered" ;
    skos:definition "A word of old." ;
    kg:nature <https://w3id.org/kg-review/nature/event> ;
    kg:gravity 3 ;
    dcterms:isReplacedBy indicator:physical-abuse .
"""


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(home(), tmp_path / "ontology"))


def test_every_file_says_what_it_is_by_whom_and_under_which_licence() -> None:
    assert check_headers() == ()
    assert len(set(versions().values())) == 1


@pytest.mark.parametrize("file", ALL)
def test_a_file_that_says_no_licence_is_told(copy: Path, file: str) -> None:
    text = (copy / file).read_text(encoding="utf-8")
    lines = [line for line in text.splitlines(keepends=True) if "dcterms:license" not in line]
    (copy / file).write_text("".join(lines), encoding="utf-8")
    assert any(problem.place.file.endswith(file) for problem in check_headers(copy))


def test_every_label_definition_and_example_says_its_language() -> None:
    assert check_languages() == ()


@pytest.mark.parametrize(
    ("file", "term"), [("vocabulary.ttl", "skos:prefLabel"), ("kg.ttl", "skos:example"), ("duties.ttl", "skos:note")]
)
def test_words_that_do_not_say_their_language_are_told_once_a_term(copy: Path, file: str, term: str) -> None:
    lines = (copy / file).read_text(encoding="utf-8").splitlines(keepends=True)
    at = next(place for place, line in enumerate(lines) if term in line and '"@en' in line)
    lines[at] = lines[at].replace('"@en', '"')
    (copy / file).write_text("".join(lines), encoding="utf-8")
    (problem,) = check_languages(copy)
    assert problem.place.file == f"ontology/{file}"
    assert all((problem.what, problem.why, problem.done, problem.remedy))


def test_a_language_more_or_less_changes_no_reading(copy: Path) -> None:
    """Every label is compared by its words alone: a copy that says no language at all reads the same."""
    for file in copy.glob("*.ttl"):
        file.write_text(
            file.read_text(encoding="utf-8").replace('"@en ', '" ').replace('"@en,', '",'), encoding="utf-8"
        )
    assert check_languages(copy)
    assert replace(load(copy), doubts=()) == replace(load(), doubts=())


def test_files_of_two_versions_do_not_belong_together(copy: Path) -> None:
    text = (copy / "duties.ttl").read_text(encoding="utf-8")
    (copy / "duties.ttl").write_text(text.replace("0.2.0", "0.1.9"), encoding="utf-8")
    (problem,) = check_headers(copy)
    assert "0.1.9" in problem.what


def test_a_word_no_longer_in_use_is_read_as_its_successor_and_that_is_said(copy: Path) -> None:
    with (copy / "vocabulary.ttl").open("a", encoding="utf-8") as file:
        file.write(OLD)
    terms = load(copy)
    assert not [problem for problem in check_ontology(terms) if problem.severity == "error"]
    assert terms.match("indicator", "Battered") == "physical-abuse"
    old = terms.former("indicator", "battered")
    assert old is not None
    assert terms.former("indicator", "physical-abuse") is None
    said = former_word("Indicators", "Battered", old).at(Place("returns/police.csv", row=2))
    assert "physical-abuse" in said.done


RETURN = "Ref,Date,People,What happened,Indicators\nP1,03/03/2010,Sam,A call,hunger; bruising\n"
REVIEW = """
title = "T"
jurisdiction = "England"
kind = "child"
period = ["2010-01-01", "2011-01-01"]
subjects = ["Sam"]
[[people]]
name = "Sam"
role = "child"
[[agencies]]
name = "Police"
type = "police"
file = "police.csv"
"""


def test_a_return_in_words_of_old_is_read_whole_and_its_reader_told(copy: Path, write_review: WriteReview) -> None:
    """The cell is kept as written; what is read from it is the successor."""
    out_of_use(copy, "indicator", "hunger", "food-withheld")
    terms = load(copy)
    folder = write_review(REVIEW, {"police.csv": RETURN})
    loaded = load_review(folder, terms)
    (entry,) = loaded.review.entries
    assert entry.indicators == ("food-withheld", "bruising")
    assert dict(entry.cells)["indicators"] == "hunger; bruising"
    (said,) = [problem for problem in loaded.problems if "no longer in use" in problem.what]
    assert said.severity == "note"
    assert "food-withheld" in said.done
    told = " ".join(explain_term(terms, "hunger"))
    assert "use food-withheld" in told
    assert "food-withheld: Food or drink withheld" in told
    drawn = {
        value for _, predicate, value, _ in quads(find_gaps(loaded.review, terms)) if predicate.endswith("indicator")
    }
    assert "https://w3id.org/kg-review/indicator/food-withheld" in drawn
    assert "https://w3id.org/kg-review/indicator/hunger" not in drawn


def test_no_rule_or_need_rests_on_a_word_no_longer_in_use(copy: Path) -> None:
    assert not [each for each in check_ontology(TERMS) if "no longer in use" in each.why]
    out_of_use(copy, "indicator", next(iter(TERMS.needs_of)), "food-withheld")
    out_of_use(copy, "response", "section-47", "strategy-discussion")
    out_of_use(copy, "response", "strategy-discussion", "child-protection-conference")
    told = [f"{each.place.file} {each.what}" for each in check_ontology(load(copy)) if "no longer in use" in each.why]
    assert any("section-47 is replaced by strategy-discussion" in each for each in told)
    assert any(each.startswith("ontology/duties.ttl") for each in told)
    assert any(each.startswith("ontology/needs.ttl") for each in told)


def out_of_use(copy: Path, scheme: str, old: str, successor: str) -> None:
    with (copy / "vocabulary.ttl").open("a", encoding="utf-8") as file:
        file.write(f"\n{scheme}:{old} owl:deprecated true ; dcterms:isReplacedBy {scheme}:{successor} .\n")


def test_what_changed_of_a_term_is_kept_beside_it() -> None:
    for part, parted in (("self-harm", "suicide-attempt"), ("frequent-moves", "street-homelessness")):
        old, new = (TERMS.history[f"https://w3id.org/kg-review/indicator/{each}"] for each in (part, parted))
        assert any(parted in each for each in old)
        assert any(part in each for each in new)
    known = {concept.iri for scheme in TERMS.schemes.values() for concept in scheme.concepts}
    known |= {f"https://w3id.org/kg-review/duty/{duty.id}" for duty in (*TERMS.duties, *TERMS.process_duties)}
    assert {*TERMS.history} <= known, "what kg ontology explains shows its history"
    for note in (each for notes in TERMS.history.values() for each in notes):
        assert re.match(r"\d+\.\d+\.\d+: ", note), "a change says from which version it holds"
    assert "0.2.0: new." in " ".join(explain_term(TERMS, "EW-FGM-REPORT"))


def test_what_is_said_of_a_word_is_of_the_type_declared(copy: Path) -> None:
    text = (copy / "vocabulary.ttl").read_text(encoding="utf-8")
    (copy / "vocabulary.ttl").write_text(text.replace("kg:gravity 3", 'kg:gravity "grave"', 1), encoding="utf-8")
    assert any("grave" in problem.what for problem in check_ontology(load(copy)))
