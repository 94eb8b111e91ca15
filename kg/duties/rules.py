"""Which rules ask something of an agency, on the day an entry happened; and by when.

Rules come from the ontology with their dates in force. Successive editions of one rule are one duty (its family). Only
rules in force in every reading of an entry's date judge it; where editions may differ, each judges.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from kg.dates.when import When, day_of
from kg.model.review import Review
from kg.terms.reader import Duty, Terms


@dataclass(frozen=True, slots=True)
class Rule:
    """One duty in all its editions that can apply to a review, oldest first."""

    family: str
    editions: tuple[Duty, ...]


class Rules:
    """The duties that can apply to a review: its nation, its area, child or adult."""

    def __init__(self, review: Review, terms: Terms) -> None:
        self.terms = self._terms = terms
        families: dict[str, list[Duty]] = defaultdict(list)
        for duty in terms.duties:
            if (
                review.jurisdiction in duty.nations
                and review.kind in duty.applies_to
                and (not duty.areas or review.area in duty.areas)
            ):
                families[duty.family].append(duty)
        self.all: tuple[Rule, ...] = tuple(
            Rule(family, tuple(sorted(duties, key=lambda duty: (duty.since, duty.id))))
            for family, duties in sorted(families.items())
        )
        self._triggers: dict[str, dict[str, bool]] = {}
        self._answers: dict[str, dict[str, str]] = {}

    def binds(self, duty: Duty, agency_type: str) -> bool:
        """Whether a duty asks something of agencies of a type. A duty to refer does not bind those referred to."""
        if duty.holder and not self._terms.broader("agency", agency_type) & {*duty.holder}:
            return False
        return not self.only_refers_to(duty, agency_type)

    def only_refers_to(self, duty: Duty, agency_type: str) -> bool:
        """Whether a duty asks for nothing but a referral, and one that agencies of a type would receive."""
        return all(self.is_referral(expected) for expected in duty.expected) and any(
            to in self._terms.broader("agency", agency_type)
            for expected in duty.expected
            for to in self.addressees(expected)
        )

    def is_referral(self, response: str) -> bool:
        """Whether a response sends someone, or word of them, to an agency that is to act."""
        concept = self._terms.concept("response", response)
        return concept is not None and "referral" in concept.flags

    def addressees(self, response: str) -> tuple[str, ...]:
        """The types of agency to which a referral of this name goes."""
        concept = self._terms.concept("response", response)
        return concept.addressees if concept else ()

    def triggers(self, duty: Duty) -> dict[str, bool]:
        """Every notation that opens a duty: itself (True), or only as a case or a sign of a trigger (False)."""
        found = self._triggers.get(duty.id)
        if found is None:
            found = {}
            for notation in duty.trigger:
                for scheme in ("indicator", "contact", "response"):
                    for narrow in sorted(self._terms.shown_by(scheme, notation)):
                        if self._terms.concept(scheme, narrow) is not None:
                            found[narrow] = found.get(narrow, False) or narrow in duty.trigger
            self._triggers[duty.id] = found
        return found

    def answers(self, duty: Duty) -> Mapping[str, str]:
        """Every notation of a response or contact that answers a duty, with the expected response it stands for.

        Narrower ones count, and those that cannot have been made without an expected one: a conference shows that
        information was shared.
        """
        found = self._answers.get(duty.id)
        if found is None:
            found = {}
            for notation in duty.expected:
                for scheme in ("response", "contact"):
                    for narrow in self._terms.narrower(scheme, notation):
                        found.setdefault(narrow, notation)
                found[notation] = notation
            for scheme in ("response", "contact"):
                for concept in self._terms.schemes[scheme].concepts:
                    for entailed in concept.entails:
                        if entailed in found:
                            found.setdefault(concept.notation, found[entailed])
            self._answers[duty.id] = found
        return found

    def clock_runs(self, duty: Duty) -> bool:
        """Whether a duty has a number whose clock runs from the trigger itself, with no condition: only then is late late."""
        if duty.within is None or duty.condition or duty.threshold:
            return False
        if not duty.clock:
            return True
        words = {self._terms.match(scheme, duty.clock) for scheme in ("contact", "response")}
        return bool(words & {*duty.trigger})

    def strength(self, duty: Duty, *, direct: bool) -> str:
        """How much weight a rule bears: "firm", "expected" or "prompt" (see DESIGN, strength).

        ``direct`` is false where the trigger is met only through a broader concept, or by a sign.
        """
        if not duty.verified or duty.local or duty.areas or not direct:
            return "prompt"
        return "firm" if self.clock_runs(duty) else "expected"


def editions_for(rule: Rule, when: When) -> tuple[tuple[Duty, ...], bool]:
    """The editions that may be in force at a date, and whether it surely falls under one of them.

    The date must be closed at both ends; otherwise no edition surely applies.
    """
    if not when.closed:
        return (), False
    first, last = day_of(when.earliest), day_of(when.latest)
    possible = tuple(
        duty for duty in rule.editions if duty.since <= last and (duty.until is None or duty.until >= first)
    )
    day = first
    for duty in possible:
        if duty.since <= day and (duty.until is None or duty.until >= day):
            if duty.until is None or duty.until >= last:
                return possible, True
            day = duty.until + timedelta(days=1)
    return possible, False
