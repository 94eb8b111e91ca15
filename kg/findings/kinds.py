"""The one table of kinds: what each file of this room finds, in the order in which findings are computed and read."""

from __future__ import annotations

from kg.findings import accounts_differ, missed_share, not_seen, one_sided, opportunity, pooled_threshold
from kg.findings.finding import Family, Keys, Kind
from kg.knowledge.ledger import Knowledge

FAMILIES: tuple[Family, ...] = (
    opportunity.FAMILY,
    pooled_threshold.FAMILY,
    missed_share.FAMILY,
    one_sided.NOT_RECEIVED,
    one_sided.NOT_SENT,
    accounts_differ.FAMILY,
    not_seen.FAMILY,
)
"""Every kind of finding. A new kind is one file in this room, one row here, and one function a form."""


def kinds() -> tuple[Kind, ...]:
    """Every kind, in the order of the table."""
    return tuple(kind for family in FAMILIES for kind in family.kinds)


def could_be(knowledge: Knowledge, keys: Keys) -> frozenset[str]:
    """Every id that a finding of a review could have, made of what now stands in it."""
    return frozenset(id for family in FAMILIES for id in family.could_be(knowledge, keys))
