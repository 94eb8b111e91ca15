"""Two readings of talk: only what is recorded as said, or all that two agencies in conversation may have told.

They bracket the truth. The generous reading also shows along which conversations news could have come.
"""

from __future__ import annotations

from dataclasses import replace

from kg.chronology.side_by_side import Chronology
from kg.knowledge.facts import Facts
from kg.knowledge.ledger import Knowledge
from kg.knowledge.shares import generous_shares, recorded_shares
from kg.knowledge.sweep import sweep

RECORDED, GENEROUS = "recorded", "generous"


def knowledge_of(chronology: Chronology, reading: str = RECORDED) -> Knowledge:
    """Who held what, since when, under one reading of talk, with the generous reading beside it.

    Raises ValueError for a reading that is neither "recorded" nor "generous".
    """
    if reading not in (RECORDED, GENEROUS):
        raise ValueError(f"the reading is {RECORDED} or {GENEROUS}, not {reading}")
    facts = Facts(chronology)
    shares = recorded_shares(facts)
    recorded = sweep(facts, shares)
    talk = generous_shares(facts)
    if reading == GENEROUS:
        return sweep(facts, shares, generous=talk)
    return replace(recorded, widest=sweep(facts, shares, generous=talk, paths_for=recorded))
