"""Pooled thresholds: when all agencies together held enough for a rule that counts, and when any one of them did.

Some rules ask for a response only when several signs come together. Where the signs lay with different agencies, no one
may have held enough, though together they did.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg.duties import Rules, before
from kg.facts import Facts
from kg.knowledge import Knowledge, Ledger
from kg.missed import is_public
from kg.model import Review
from kg.terms import Duty, Terms
from kg.when import BEGINNING, DAY, day_of


@dataclass(frozen=True, slots=True)
class Piece:
    """One sign that counted: which agency held it, by which row, from when (minutes)."""

    agency: str
    row: int
    moment: int
    concept: str


@dataclass(frozen=True, slots=True)
class Pooled:
    """A counting rule that was met by all agencies together before any one of them met it alone.

    ``together`` and ``alone`` are moments in minutes (``alone`` None if no one ever did); ``first`` the agency that met
    it alone; ``pieces`` who held which sign when they were first enough together; ``days`` those between, to the incident
    where no one ever did.
    """

    duty: Duty
    subject: str
    together: int
    alone: int | None
    first: str
    days: int
    pieces: tuple[Piece, ...]


def pooled_thresholds(review: Review, facts: Facts, knowledge: Knowledge, terms: Terms) -> tuple[Pooled, ...]:
    """Every counting rule in force that was met together at least a day before any one agency of the holder's type did.

    Counts only what was surely held, before the incident, and (where the rule has a window) events within it. The public
    does not count. One finding for each rule and subject, by time, family and name.
    """
    rules = Rules(review, terms)
    public = {agency.name for agency in review.agencies if is_public(agency, terms)}
    found: list[Pooled] = []
    for rule in rules.all:
        for duty in rule.editions:
            if duty.trigger_count < 2:
                continue
            words = rules.triggers(duty)
            bound = [
                agency.name
                for agency in review.agencies
                if agency.name not in public and rules.binds(duty, agency.type)
            ]
            for subject in review.subjects:
                mask = _mask(facts, subject, words)
                if not mask:
                    continue
                everyone = [
                    piece
                    for agency in review.agencies
                    if agency.name not in public
                    for piece in _pieces(review, facts, knowledge.sure[agency.name], agency.name, mask)
                ]
                together = _enough(review, duty, facts, everyone)
                if together is None or not _in_force(duty, together[0]):
                    continue
                first, alone = "", None
                for name in bound:
                    met = _enough(review, duty, facts, [piece for piece in everyone if piece.agency == name])
                    if met is not None and (alone is None or (met[0], name) < (alone, first)):
                        alone, first = met[0], name
                end = review.incident.earliest if alone is None else alone
                days = end // DAY - together[0] // DAY
                if days >= 1:
                    found.append(Pooled(duty, subject, together[0], alone, first, days, together[1]))
    return tuple(sorted(found, key=lambda each: (each.together, each.duty.family, each.duty.id, each.subject)))


def _mask(facts: Facts, subject: str, words: Mapping[str, bool]) -> int:
    mask = 0
    for indicator in facts.indicators():
        if indicator in words:
            mask |= facts.bearing(subject, indicator)
    return mask


def _pieces(review: Review, facts: Facts, ledger: Ledger, agency: str, mask: int) -> Iterator[Piece]:
    for gain in ledger.gains:
        for _, fact in facts.numbered(gain.facts & mask):
            if gain.moment < review.incident.earliest:
                yield Piece(agency, gain.row, gain.moment, f"{fact.indicator}\x1f{fact.origin}")


def _enough(review: Review, duty: Duty, facts: Facts, pieces: Sequence[Piece]) -> tuple[int, tuple[Piece, ...]] | None:
    """The first moment at which some signs were enough, and one piece for each sign that counted."""
    ordered = sorted(
        pieces, key=lambda piece: (piece.moment, review.entries[piece.row].name, piece.agency, piece.concept)
    )
    counted: dict[str, Piece] = {}
    for piece in ordered:
        indicator, origin = piece.concept.split("\x1f")
        start = BEGINNING if duty.window is None else before(duty.window, piece.moment)
        counted = {
            sign: kept
            for sign, kept in counted.items()
            if review.entries[int(kept.concept.split("\x1f")[1])].known.earliest >= start
        }
        above = facts.points_to(indicator)
        signs = [origin] if len(duty.trigger) == 1 else [item for item in duty.trigger if item in above]
        for sign in signs:
            counted.setdefault(sign, piece)
        if len(counted) >= duty.trigger_count:
            chosen = {id(kept): kept for kept in counted.values()}
            return piece.moment, tuple(
                Piece(kept.agency, kept.row, kept.moment, kept.concept.split("\x1f")[0]) for kept in chosen.values()
            )
    return None


def _in_force(duty: Duty, moment: int) -> bool:
    return duty.in_force(day_of(moment))
