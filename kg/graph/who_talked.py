"""Who had told whom by the end of a day, as a small graph of agencies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.dates.when import BEGINNING, END, When
from kg.findings.study import Study

if TYPE_CHECKING:
    import networkx


def who_talked(gaps: Study, until: int) -> networkx.MultiDiGraph:
    """Who told whom at or before a moment (minutes): agencies as nodes by name, an edge for each telling.

    A telling surely came before if it did in every reading of its date, possibly if in some: ``certainty``. An edge also
    has the ``entry`` that records it, the row where it was ``heard`` ("" if none is known), ``when`` in plain words, and
    whether it ``arrived`` surely or possibly. Agencies that told nobody are nodes all the same. Undated tellings are left
    out: nobody knows when they were.
    """
    import networkx

    entries = gaps.review.entries
    graph = networkx.MultiDiGraph()
    for agency in gaps.review.agencies:
        graph.add_node(agency.name, type=agency.type)
    for share in gaps.knowledge.shares:
        if share.earliest > until or (share.earliest == BEGINNING and share.latest == END):
            continue
        graph.add_edge(
            share.sender,
            share.receiver,
            entry=entries[share.row].name,
            heard="" if share.heard is None else entries[share.heard].name,
            when=When("", share.earliest, share.latest).plain(),
            certainty="sure" if share.latest <= until else "possible",
            arrived="surely" if share.arrived else "possibly",
        )
    return graph
