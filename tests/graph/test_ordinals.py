"""The how-manyeth an entry or an occasion is stands in the graph, the same on every engine as in the chronology."""

from __future__ import annotations

from pathlib import Path

import pytest
from helpers.asking import study
from helpers.small import day, row

import kg
from kg.ask.cypher.engine import embedded, graphs_of
from kg.ask.sparql.engine import ask_sparql
from kg.chronology.order import turn
from kg.dates.when import UNDATED
from kg.findings.opportunity import Opportunity
from kg.findings.study import Study
from kg.graph.in_networkx import to_networkx
from kg.graph.rdf.quads import quads
from kg.terms.reader import load

TERMS = load()
ENTRIES = "SELECT ?name ?turn WHERE { ?e kg:entryName ?name ; kg:turn ?turn } ORDER BY ?turn"
OCCASIONS = """
SELECT ?name ?n ?of ?own ?ownOf WHERE {
  ?f kg:name ?name ; kg:ordinal ?n ; kg:ordinalOf ?of ; kg:agencyOrdinal ?own ; kg:agencyOrdinalOf ?ownOf .
}
"""
IN_CYPHER = """
MATCH (f:Finding {review: $review}) WHERE f.ordinal IS NOT NULL
RETURN f.name AS name, f.ordinal AS n, f.ordinal_of AS of_all, f.agency_ordinal AS own, f.agency_ordinal_of AS own_of
"""


@pytest.fixture(scope="module")
def gaps(hayter: Path) -> Study:
    return kg.find_gaps(kg.load(hayter).review)


def test_entries_stand_in_the_graph_in_the_order_of_the_chronology(gaps: Study) -> None:
    wanted = [(entry.name, number) for number, entry in enumerate(sorted(gaps.review.entries, key=turn), 1)]
    found = ask_sparql(quads(gaps), ENTRIES, TERMS)
    assert [(a["value"], int(b["value"])) for a, b in found.rows if a is not None and b is not None] == wanted
    with embedded(*graphs_of([gaps])) as graph:
        rows = graph.ask(
            "MATCH (e:Entry {review: $review}) RETURN e.entry_name AS name, e.turn AS turn ORDER BY turn"
        ).rows
    assert [tuple(line) for line in rows] == wanted
    network = to_networkx(gaps)
    assert sorted((d["turn"], d["entry_name"]) for _, d in network.nodes(data=True) if "turn" in d) == [
        (number, name) for name, number in wanted
    ]


def test_undated_entries_come_last_and_the_order_of_rows_changes_nothing() -> None:
    rows = [row("Care/1", UNDATED, "bruising"), row("Care/2", day(3)), row("School/1", day(1))]
    turns = []
    for entries in (rows, rows[::-1]):
        network = to_networkx(study(*entries))
        turns.append({d["entry_name"]: d["turn"] for _, d in network.nodes(data=True) if "turn" in d})
    assert turns[0] == turns[1] == {"School/1": 1, "Care/2": 2, "Care/1": 3}


def test_the_how_manyeth_occasion_is_the_same_on_every_engine(training: Path) -> None:
    gaps = kg.find_gaps(kg.load(training).review)
    wanted = {
        (finding.id, chain.ordinal, chain.of, chain.agency_ordinal, chain.agency_of)
        for finding, detail in gaps.of(Opportunity)
        for chain in (detail.chain,)
    }
    assert any(n > 1 and own < n for _, n, _, own, _ in wanted)
    found = ask_sparql(quads(gaps), OCCASIONS, TERMS)
    rows = [[cell["value"] for cell in line if cell is not None] for line in found.rows]
    assert {(name, *map(int, rest)) for name, *rest in rows} == wanted
    with embedded(*graphs_of([gaps])) as graph:
        assert {tuple(line) for line in graph.ask(IN_CYPHER).rows} == wanted
