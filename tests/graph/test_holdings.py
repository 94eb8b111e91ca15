"""Both bounds of every holding are said on every engine, so that what was held by a day is asked without exceptions."""

from __future__ import annotations

import pytest
from helpers.asking import study
from helpers.small import MONDAY, day, row

from kg.ask.cypher.engine import embedded, graphs_of
from kg.ask.sparql.engine import ask_sparql
from kg.dates.when import BEGINNING, DAY, UNDATED, When, minute_of
from kg.findings.study import Study
from kg.graph.in_networkx import to_networkx
from kg.graph.rdf.quads import quads
from kg.knowledge.as_of import who_knew
from kg.knowledge.bits import bits_of
from kg.knowledge.ledger import NEVER, OPEN
from kg.reports.contract import who_knew_json
from kg.terms.reader import load

TERMS = load()
SPARQL = """
SELECT ?agency ?indicator ?entry WHERE {
  ?holding a kg:Holding ; kg:heldBy/kg:name ?agency ; kg:holds ?fact ; kg:%sFrom ?from .
  ?fact kg:concept/skos:notation ?indicator ; kg:origin/kg:entryName ?entry .
  FILTER(?from <= "%s")
}
"""
CYPHER = """
MATCH (h:Holding {review: $review})-[:HELD_BY]->(a:Agency), (h)-[:HOLDS]->(f:Fact)-[:HAS_CONCEPT]->(c:Concept),
      (f)-[:ORIGIN]->(e:Entry)
WHERE h.%s_from <= '%s' RETURN a.name AS agency, c.notation AS indicator, e.entry_name AS entry
"""


@pytest.fixture(scope="module")
def gaps() -> Study:
    """Told and heard, told alone, before a day, undated: holdings with both bounds, an open start, and none that is sure."""
    return study(
        row("Hospital/1", day(2), "bruising", to=("Care",)),
        row("Care/1", day(4, 6), "bruising", heard_from=("Hospital",), contact="telephone-call"),
        row("Hospital/2", day(8), "neglect", to=("School",)),
        row("School/1", When("before", BEGINNING, day(5).latest, "before"), "fearfulness"),
        row("Police/1", UNDATED, "domestic-abuse"),
    )


def held(gaps: Study, until: int, *, surely: bool) -> set[tuple[str, str, str]]:
    ledgers = gaps.knowledge.sure if surely else gaps.knowledge.possible
    facts, entries = gaps.facts.all, gaps.review.entries
    return {
        (agency, facts[number].indicator, entries[facts[number].origin].name)
        for agency, ledger in ledgers.items()
        for number in bits_of(ledger.held(until))
    }


def test_both_bounds_of_every_holding_are_said(gaps: Study) -> None:
    graph = to_networkx(gaps)
    bounds = {
        (data["possibly_from"], data["surely_from"])
        for _, data in graph.nodes(data=True)
        if data["kinds"] == ("Holding",)
    }
    assert {OPEN} < {possible for possible, _ in bounds}
    assert {NEVER} < {sure for _, sure in bounds}
    assert all(possible <= sure for possible, sure in bounds)


@pytest.mark.parametrize("number", [0, 2, 3, 5, 6, 8, 40])
@pytest.mark.parametrize("sense", ["surely", "possibly"])
def test_what_was_held_by_a_day_is_one_comparison_on_every_engine(gaps: Study, sense: str, number: int) -> None:
    moment = day(number)
    wanted = held(gaps, moment.latest, surely=sense == "surely")
    text = moment.edtf()
    found = ask_sparql(quads(gaps), SPARQL % (sense, text), TERMS)
    assert {tuple(cell["value"] for cell in line if cell is not None) for line in found.rows} == wanted
    with embedded(*graphs_of([gaps])) as graph:
        assert {tuple(line) for line in graph.ask(CYPHER % (sense, text)).rows} == wanted
    network = to_networkx(gaps)
    holdings = [
        id for id, data in network.nodes(data=True) if data["kinds"] == ("Holding",) and data[f"{sense}_from"] <= text
    ]
    assert len(holdings) == len(wanted)


def test_the_contract_for_programs_says_both_bounds(gaps: Study) -> None:
    until = minute_of(MONDAY) + 10 * DAY
    told = who_knew_json(gaps, "2021-02-11", who_knew(gaps.knowledge, until))["agencies"]
    assert [(each["possibly_from"], each["surely_from"]) for each in told["School"]] == [
        (OPEN, "2021-02-06"),
        ("2021-02-09", NEVER),
    ]
