"""The ontology is OWL 2 DL, says nothing that cannot be, and every packaged review fits it and the vocabularies beside it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from helpers.real_neo4j import Lacking, resolve
from helpers.reasoning import POM, Reasoner, reasonable

import kg
from kg.findings.study import Study

SLIPS = {
    "an agency that is a person": "r:x a kg:Agency, kg:Person .",
    "a telling that is a record": "r:x a kg:Share . r:y a kg:Finding . r:y kg:restsOn r:x .",
    "an entry that stands in what a return covers": "r:x kg:inReturn r:y . r:y a kg:Coverage .",
    "a fact of a person who is an agency": "r:x kg:person r:y . r:y a kg:Agency .",
    "a rule that judges agencies and does not": "r:x a kg:Duty, kg:ProcessDuty .",
    "two first moments of one holding": "r:x kg:surelySince '1999-07-01T00:00:00'^^xsd:dateTime, "
    "'1999-07-02T00:00:00'^^xsd:dateTime .",
    "a vocabulary for a word": "r:x kg:contact <https://w3id.org/kg-review/scheme/contact> .",
}
PREFIXES = """
@prefix kg: <https://w3id.org/kg-review/> .
@prefix r: <urn:review:> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""


@pytest.fixture(scope="module")
def reasoner(pytestconfig: pytest.Config, tmp_path_factory: pytest.TempPathFactory) -> Reasoner:
    """HermiT where Java and Maven are to be had; elsewhere the test is skipped, never where CI is set."""
    assert pytestconfig.cache is not None
    try:
        classpath = resolve(pytestconfig.cache.mkdir("reasoner") / "classpath.txt", POM, "the reasoner")
    except Lacking as what:
        if os.environ.get("CI"):
            pytest.fail(f"in CI the reasoner is always asked: {what}")
        pytest.skip(str(what))
    return Reasoner(classpath, tmp_path_factory.mktemp("reasoner"))


@pytest.fixture(scope="module")
def reviews(climbie: Path, connelly: Path, hayter: Path, training: Path) -> list[Study]:
    return [kg.find_gaps(kg.load(folder).review) for folder in (climbie, connelly, hayter, training)]


def test_the_ontology_is_in_owl_2_dl(reasoner: Reasoner) -> None:
    assert reasoner.profile(reasonable()) == ""


def test_every_review_fits_the_ontology_and_the_vocabularies_beside_it(
    reasoner: Reasoner, reviews: list[Study]
) -> None:
    whole = reasonable(reviews)
    assert reasoner.profile(whole) == ""
    assert reasoner.reason(whole) == ""


@pytest.mark.parametrize("slip", SLIPS.values(), ids=SLIPS.keys())
def test_a_slip_makes_it_inconsistent(reasoner: Reasoner, slip: str) -> None:
    assert "inconsistent" in reasoner.reason(reasonable(more=PREFIXES + slip))
