"""Pooled thresholds: when all agencies together held enough for a rule that counts, and when any one of them did.

Some rules ask for a response only when several signs come together. Where the signs lay with different agencies, no one
may have held enough, though together they did.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg.dates.when import BEGINNING, DAY, day_of
from kg.duties.limits import before
from kg.duties.rules import Rules
from kg.findings.finding import Family, Finding, Keys, Kind
from kg.knowledge.facts import Facts
from kg.knowledge.ledger import Knowledge, Ledger
from kg.model.review import Review
from kg.terms.reader import Duty


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

    def rows(self) -> tuple[int, ...]:
        """The rows that brought each sign."""
        return tuple(piece.row for piece in self.pieces)

    def rests_on(self) -> tuple[int, ...]:
        """The same, each once."""
        return tuple(dict.fromkeys(self.rows()))

    def agencies(self) -> frozenset[str]:
        """Those that held a sign."""
        return frozenset(piece.agency for piece in self.pieces)

    def people(self, knowledge: Knowledge) -> frozenset[str]:
        """None beside the subject."""
        return frozenset()


def pooled_thresholds(knowledge: Knowledge) -> tuple[Pooled, ...]:
    """Every counting rule in force that was met together at least a day before any one agency of the holder's type did.

    Counts only what was surely held, before the incident, and (where the rule has a window) events within it. The public
    does not count. One finding for each rule and subject, by time, family and name.
    """
    review, facts, public = knowledge.review, knowledge.facts, knowledge.chronology.public
    rules = Rules(review, knowledge.chronology.terms)
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
            mask |= facts.owed(subject, indicator)
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


def find(knowledge: Knowledge, keys: Keys) -> list[Finding]:
    """Every rule that was met together before any one agency met it, as a finding."""
    return [
        Finding(_id(keys, each.duty.family, each.subject), KIND, "sure", "", each.subject, each)
        for each in pooled_thresholds(knowledge)
    ]


def _could_be(knowledge: Knowledge, keys: Keys) -> Iterator[str]:
    for subject in knowledge.review.subjects:
        for duty in knowledge.chronology.terms.duties:
            yield _id(keys, duty.family, subject)


def _id(keys: Keys, family: str, subject: str) -> str:
    return keys.id(WORD, KIND, family, subject)


WORD, KIND = "pooled", "pooled-threshold"
FAMILY = Family(WORD, (Kind(KIND, "Enough together, before any one agency had enough"),), find, _could_be)
