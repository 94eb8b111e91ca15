"""How fast the sweep is against a plain search of a networkx graph that asks the same of each fact, with one answer."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable
from dataclasses import replace
from heapq import heapify, heappop, heappush
from pathlib import Path

import networkx as nx
import pytest
from bench.made import make_reviews

from kg.chronology.events import link_tellings
from kg.chronology.side_by_side import Chronology
from kg.knowledge.bits import bits_of
from kg.knowledge.facts import Facts
from kg.knowledge.ledger import Knowledge
from kg.knowledge.shares import Share, generous_shares, recorded_shares
from kg.knowledge.sweep import sweep
from kg.model.review import Review
from kg.terms.marks import is_public
from kg.terms.reader import load as load_terms
from loaders import load

ENTRIES = 10_000
FACTS = 60
"""How many facts are looked for by the plain search, spread over the review; its time for all is reckoned from these."""


@pytest.fixture(scope="module")
def review(tmp_path_factory: pytest.TempPathFactory) -> Review:
    made = make_reviews(tmp_path_factory.mktemp("sweep"), 1, ENTRIES)
    return load(made.folders[0], load_terms()).review


@pytest.mark.parametrize("reading", ["recorded", "generous"])
def test_the_sweep_against_a_plain_search(review: Review, reading: str) -> None:
    terms = load_terms()
    links = link_tellings(review, terms)
    facts = Facts(replace(Chronology.of(review, terms), links=links))
    shares = recorded_shares(facts)
    recorded = sweep(facts, shares)
    talk = generous_shares(facts) if reading == "generous" else ()
    begun = time.perf_counter()
    swept = sweep(facts, shares, generous=talk, paths_for=recorded) if talk else sweep(facts, shares)
    sweeping = time.perf_counter() - begun
    graph = conversations(review, [*shares, *talk])
    begins = beginnings(review, facts, shares)
    sample = range(0, len(facts.all), len(facts.all) // FACTS)
    begun = time.perf_counter()
    found = {fact: search(graph, begins[fact], fact) for fact in sample}
    searching = (time.perf_counter() - begun) / len(sample) * len(facts.all)
    for fact, moments in found.items():
        assert moments == held(swept, fact), "both find the same"
    sys.stdout.write(
        f"\n  {reading}: {ENTRIES:,} entries, {len(facts.all):,} facts, {graph.number_of_edges():,} tellings; sweep "
        f"{sweeping:.2f} s, plain search {searching:.0f} s: {searching / sweeping:.0f} x"
    )
    assert searching > (50 if talk else 8) * sweeping


def conversations(review: Review, shares: Iterable[Share]) -> nx.MultiDiGraph:
    """Agencies as nodes and tellings as edges; what a member of the public may tell goes with its edges."""
    terms = load_terms()
    graph = nx.MultiDiGraph()
    graph.add_nodes_from(agency.name for agency in review.agencies)
    public = {agency.name for agency in review.agencies if is_public(agency, terms)}
    for share in shares:
        graph.add_edge(
            share.sender,
            share.receiver,
            share=share,
            mask=share.alike | share.exact,
            exact=share.exact,
            own=share.sender in public,
        )
    return graph


def beginnings(review: Review, facts: Facts, shares: Iterable[Share]) -> dict[int, list[tuple[int, str, bool]]]:
    """Where each fact began: the moment, the agency, and whether it wrote the fact down itself."""
    found: dict[int, list[tuple[int, str, bool]]] = {fact: [] for fact in range(len(facts.all))}
    for row, entry in enumerate(review.entries):
        for fact in bits_of(facts.possibly[row]):
            found[fact].append((entry.known.earliest, entry.agency, True))
    for share in shares:
        for fact in bits_of(facts.possibly[share.heard]) if share.heard is not None else ():
            found[fact].append((share.earliest, share.sender, False))
    return found


def search(graph: nx.MultiDiGraph, begins: Iterable[tuple[int, str, bool]], fact: int) -> dict[str, int]:
    """The earliest moment at which each agency possibly held one fact, news travelling only forward in time."""
    ahead = [(moment, agency) for moment, agency, _ in begins]
    heapify(ahead)
    wrote = {agency for _, agency, own in begins if own}
    since: dict[str, int] = {}
    while ahead:
        moment, agency = heappop(ahead)
        if agency in since:
            continue
        since[agency] = moment
        for _, receiver, data in graph.out_edges(agency, data=True):
            share = data["share"]
            if receiver in since or share.latest < moment or not data["mask"] >> fact & 1:
                continue
            if data["own"] and agency not in wrote and not data["exact"] >> fact & 1:
                continue  # the public never relays
            heappush(ahead, (max(moment, share.earliest, share.arrives_earliest), receiver))
    return since


def held(knowledge: Knowledge, fact: int) -> dict[str, int]:
    return {
        name: holding.moment for name, ledger in knowledge.possible.items() if (holding := ledger.of(fact)) is not None
    }


def test_what_no_path_needs_is_left_out_and_nothing_else(tmp_path: Path) -> None:
    """Asked for paths alone, the sweep answers as the full one does."""
    terms = load_terms()
    small = load(make_reviews(tmp_path, 1, 300).folders[0], terms).review
    links = link_tellings(small, terms)
    facts = Facts(replace(Chronology.of(small, terms), links=links))
    shares = recorded_shares(facts)
    talk = generous_shares(facts)
    recorded = sweep(facts, shares)
    full = sweep(facts, shares, generous=talk)
    paths = sweep(facts, shares, generous=talk, paths_for=recorded)
    for name, ledger in full.possible.items():
        assert paths.possible[name].gains == ledger.gains
        assert paths.sure[name].gains == full.sure[name].gains
