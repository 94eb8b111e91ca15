"""What was said to whom: every recorded telling as a share, with exactly the facts it conveyed.

A share comes from a row with "Shared with", from a row with "Received from", or from both, linked. Where only the sender
wrote it down, it possibly arrived; where the receiver did, it surely did, no sooner than the receiver's row.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kg.dates.when import BEGINNING, END
from kg.knowledge.facts import Facts, refs_of
from kg.model.problem import Place, Problem
from kg.model.record import Entry
from kg.terms.marks import is_meeting

EVERYTHING = -1
"""The set of all facts, as what a conversation may have told where nothing says what was told."""


@dataclass(frozen=True, slots=True)
class Share:
    """One telling from ``sender`` to ``receiver``, by names of agencies.

    ``row`` is the row that records it (the teller's, else the receiver's), ``heard`` the receiver's row or None.
    ``earliest`` and ``latest`` bound the telling, ``arrives_earliest`` and ``arrives_latest`` the receiver's row, all in
    minutes. ``exact`` are the facts named, ``own`` those of them that are the row's own and surely go with it,
    ``alike`` all facts of the same concepts, which it possibly told too if the teller held them. ``received`` are the facts
    that the receiver's row says it was told: its sender possibly held them.
    """

    sender: str
    receiver: str
    row: int
    heard: int | None
    earliest: int
    latest: int
    arrives_earliest: int
    arrives_latest: int
    own: int
    exact: int
    alike: int
    received: int = 0

    @property
    def arrived(self) -> bool:
        """Whether the receiver's own return shows that it arrived."""
        return self.heard is not None


def recorded_shares(facts: Facts) -> tuple[Share, ...]:
    """Every share that a return records, in order of time and name.

    ``Shared what`` names the row's own indicators or Refs of the same return not later than the row; blank, the row's
    own facts go. An indicator the row does not itself record tells, possibly, what the teller held of it. A row of receipt
    says the same from the other side, by its own ``Shared what``.
    A receipt that lies surely before the telling it is linked with stands for itself as well: what the teller wrote down
    later does not put off what had already come.
    The public (agencies the ontology marks so) tells only what it recorded itself: it never relays.
    """
    review, links = facts.review, facts.links
    entries = review.entries
    refs = refs_of(review)
    conveyed: dict[int, tuple[int, int, int]] = {}
    shares: list[Share] = []

    def told_by(row: int) -> tuple[int, int, int]:
        if row not in conveyed:
            conveyed[row] = _conveyed(entries[row], row, facts, refs)
        return conveyed[row]

    def told_of(row: int) -> tuple[int, int, int]:
        own = facts.possibly[row]
        return own, own, facts.alike(own)

    for row, entry in enumerate(entries):
        for receiver in entry.shared_with:
            if receiver == entry.agency:
                continue
            own, exact, alike = told_by(row)
            heard = links.heard.get((row, receiver))
            arrives, received = entry.known, 0
            if heard is not None:
                arrives = entries[heard].known
                _, received, more = told_by(heard) if entry.agency in entries[heard].received_from else told_of(heard)
                alike |= more
            shares.append(
                Share(
                    entry.agency, receiver, row, heard, entry.known.earliest, entry.known.latest,
                    arrives.earliest, arrives.latest, own, exact, alike, received,
                )
            )  # fmt: skip
        for sender in entry.received_from:
            telling = links.told.get((row, sender))
            if sender == entry.agency or (
                telling is not None and not entry.known.surely_before(entries[telling].known)
            ):
                continue
            own, exact, alike = told_by(row)
            when = entry.known
            shares.append(
                Share(
                    sender, entry.agency, row, row, when.earliest, when.latest,
                    when.earliest, when.latest, own, exact, alike, exact,
                )
            )  # fmt: skip
    shares.sort(key=lambda share: (share.earliest, share.latest, entries[share.row].name, share.sender, share.receiver))
    return tuple(shares)


def generous_shares(facts: Facts) -> tuple[Share, ...]:
    """Every recorded communication about a subject, both ways, as if each side had told all it possibly held.

    At a meeting every pair of those named talks. An undated row carries nothing: nobody knows when they talked. Used only
    to ask along which conversations news could have come.
    """
    review, terms = facts.review, facts.chronology.terms
    shares: dict[tuple[str, str, int], Share] = {}
    for row, entry in enumerate(review.entries):
        others = tuple(dict.fromkeys((*entry.shared_with, *entry.received_from)))
        if not others or entry.known.undated or not any(facts.is_about(entry, row, subject) for subject in review.subjects):
            continue
        pairs = [(entry.agency, other) for other in others]
        if is_meeting(entry, terms):
            pairs += [(one, other) for at, one in enumerate(others) for other in others[at + 1 :]]
        when = entry.known
        for one, other in pairs:
            for sender, receiver in ((one, other), (other, one)):
                if sender != receiver:
                    shares[sender, receiver, row] = Share(
                        sender, receiver, row, None, when.earliest, when.latest,
                        BEGINNING, when.latest, 0, 0, EVERYTHING,
                    )  # fmt: skip
    ordered = sorted(
        shares.values(),
        key=lambda share: (
            share.earliest,
            share.latest,
            review.entries[share.row].name,
            share.sender,
            share.receiver,
        ),
    )
    return tuple(ordered)


def _conveyed(entry: Entry, row: int, facts: Facts, refs: Mapping[tuple[str, str], int]) -> tuple[int, int, int]:
    """(own facts that surely go, facts named, facts of the same concepts) of a telling row."""
    if not entry.shared_what:
        return facts.surely[row], facts.possibly[row], facts.alike(facts.possibly[row])
    own = exact = alike = 0
    for word in entry.shared_what:
        other = refs.get((entry.agency, word))
        if other is not None:
            if not entry.known.surely_before(facts.review.entries[other].known):
                exact |= facts.possibly[other]
            continue
        for person in facts.household.subjects_named(entry) | {*entry.people, *entry.about}:
            alike |= facts.pointing_to(person, word)
        for number_mask, sure in ((facts.surely[row], True), (facts.possibly[row], False)):
            named = sum(1 << n for n, fact in facts.numbered(number_mask) if fact.indicator == word)
            exact |= named
            if sure:
                own |= named
    return own, exact, alike | facts.alike(exact)


def sharing_problems(facts: Facts) -> tuple[Problem, ...]:
    """Cells of ``Shared what`` that name what the row cannot tell: an unknown Ref, a later row, a concept not held."""
    review, terms = facts.review, facts.chronology.terms
    refs = refs_of(review)
    held: dict[str, int] = {}
    for row, entry in enumerate(review.entries):
        held[entry.agency] = held.get(entry.agency, 0) | facts.possibly[row]
    problems: list[Problem] = []
    for row, entry in enumerate(review.entries):
        for word in entry.shared_what:
            place = Place(entry.place.file, entry.place.sheet, entry.place.row, "Shared what", entry.ref)
            other = refs.get((entry.agency, word))
            if other is not None:
                if entry.known.surely_before(review.entries[other].known):
                    problems.append(
                        Problem(
                            place, "warning", f'"{word}"',
                            f"{word} is dated later than this row, so it cannot have been told here",
                            "The row is kept; it is not taken to have told that.",
                            "Correct the Ref, or the date of one of the two rows.",
                        )
                    )  # fmt: skip
                continue
            if terms.concept("indicator", word) is None:
                why = "it is neither a Ref of this return nor an indicator"
            elif entry.received_from and not entry.shared_with:
                continue  # what came is the sender's to have recorded
            elif not any(fact.indicator == word for _, fact in facts.numbered(facts.possibly[row])) and not any(
                fact.indicator == word for _, fact in facts.numbered(held[entry.agency])
            ):
                why = "no row of this return records it, so it proves nothing of what was told"
            else:
                continue
            problems.append(
                Problem(
                    place, "warning", f'"{word}"', why, "The row is kept; nothing is taken to have been told by this word.",
                    "Write the Ref of the row that was passed on, or one of this row's own indicators.",
                )
            )  # fmt: skip
    return tuple(problems)


def never(moment: int) -> bool:
    """Whether a moment lies beyond every date: it never came to pass in every reading."""
    return moment >= END
