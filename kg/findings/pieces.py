"""What did not arrive, told in pieces: one line for what one agency held and another lacked at the same contacts.

One event bears on every child of a household, and one row carries several codes. Each is a finding of its own, so that it
can be accepted or dismissed; a reader counts it once.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kg.findings.finding import Finding
from kg.findings.missed_share import MissedShare


@dataclass(frozen=True, slots=True)
class Piece:
    """Findings that a reader counts once, by kind of information and then by subject, in the order in which they came.

    ``holder`` is the agency that held it first, ``kinds`` the findings of each kind: of each subject, those on whom it bears.
    """

    holder: str
    agency: str
    certainty: str
    kinds: tuple[tuple[tuple[Finding, MissedShare], ...], ...]

    @property
    def lead(self) -> tuple[tuple[Finding, MissedShare], ...]:
        """The findings of its first kind, a subject each, what is sure and has most contacts first."""
        return self.kinds[0]

    def ids(self) -> list[str]:
        """The ids of all its findings."""
        return [finding.id for kind in self.kinds for finding, _ in kind]


def pieces(shares: Iterable[tuple[Finding, MissedShare]]) -> list[Piece]:
    """Missed shares as pieces: of one kind, what the same facts brought of several subjects; and kinds at the same contacts.

    What is sure of one child and possible of its brother (whose sign it is not) is one piece, and sure.
    """
    of_kind: dict[tuple[str, str], list[list[tuple[Finding, MissedShare]]]] = {}
    for finding, gap in shares:
        groups = of_kind.setdefault((gap.agency, gap.indicator), [])
        mine = _facts(gap)
        joined = [some for some in groups if any(mine & _facts(other) for _, other in some)]
        groups[:] = [some for some in groups if some not in joined]
        groups.append([pair for some in joined for pair in some] + [(finding, gap)])
    alike: dict[tuple[object, ...], list[tuple[tuple[Finding, MissedShare], ...]]] = {}
    for some in (some for groups in of_kind.values() for some in groups):
        ordered = tuple(
            sorted(some, key=lambda pair: (pair[1].certainty != "sure", -len(pair[1].contacts), pair[1].subject))
        )
        lead = ordered[0][1]
        at = tuple((gap.subject, gap.certainty, gap.contacts, gap.novel) for _, gap in ordered)
        alike.setdefault((lead.holders[0].agency, lead.agency, lead.certainty, at), []).append(ordered)
    found = []
    for kinds in alike.values():
        lead = kinds[0][0][1]
        found.append(Piece(lead.holders[0].agency, lead.agency, lead.certainty, tuple(kinds)))
    return found


def _facts(gap: MissedShare) -> frozenset[int]:
    return frozenset(fact for held in gap.holders for fact in held.facts)
