"""Information that did not arrive: a fact one agency held, another needed, and had no record of at its own contacts.

It says nothing of whose fault that was. For each missing kind of information it names who held it and since when, the
contacts at which it was missing, and the recorded conversations along which it could have come.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from kg.chronology import in_order
from kg.facts import Facts, bits_of
from kg.knowledge import Gain, Knowledge, Ledger
from kg.model import Agency, Entry, Review
from kg.terms import Terms
from kg.when import BEGINNING, END, When
from kg.working_days import after_a_working_day


@dataclass(frozen=True, slots=True)
class Held:
    """One holder of a missing fact: the agency, the row that brought it, and since when in plain bounds.

    ``knew_subject`` is the agency's first row of any record of the subject (and when), ``learnt`` the row by which the
    seeking agency came to hold the fact, if ever. Rows are positions in ``review.entries``.
    """

    agency: str
    row: int
    since: When
    fact: int
    knew_subject: tuple[int, When] | None
    learnt: tuple[int, When] | None


@dataclass(frozen=True, slots=True)
class MissedShare:
    """One kind of information about a subject that had not reached an agency when it met, spoke or decided.

    ``certainty`` is "sure" (so in every reading of the record) or "possible". ``grade`` is "novel" if the agency then
    held nothing of the kind about the subject, else "more". ``channel`` is "unsaid" (it could have come along the
    recorded conversations in ``path``), "silent" (no such path) or "unlinked" (no holder had any record of the subject).
    ``refused`` is true where an adult with capacity had refused sharing: then it is a note.
    """

    subject: str
    indicator: str
    agency: str
    certainty: str
    grade: str
    holders: tuple[Held, ...]
    contacts: tuple[int, ...]
    sure_contacts: int
    channel: str
    path: tuple[int, ...]
    refused: bool


@dataclass(slots=True)
class _Found:
    """What is gathered for one (subject, indicator, agency) while its contacts are read."""

    sure: int = 0
    possible: int = 0
    reachable: int = 0
    contacts: list[tuple[int, int, bool, bool]] = field(default_factory=list)
    """(row, facts missing there, whether surely, whether nothing of the kind was held) of each contact, in order."""


def missed_shares(
    review: Review, facts: Facts, knowledge: Knowledge, generous: Knowledge, terms: Terms
) -> tuple[MissedShare, ...]:
    """Every missed share of a review, one for each subject, indicator and agency.

    *Sure*: another agency surely held the fact for at least one whole working day before the contact, and the seeking
    agency did not even possibly hold it by the contact's end. *Possible*: not sure, but so in some reading, by holders
    that had not told the agency in the same breath. Contacts must engage (see, speak or decide), lie before ``incident``
    and have a date; a contact never misses what its own row reveals or tells. The agency must need the fact
    (reference table of needs: our own judgement). The public never seeks and counts as holder only for agencies it told.
    ``knowledge`` decides who held what; ``generous`` only along which conversations it could have come.
    """
    found: list[MissedShare] = []
    records = _records_of_subjects(review, facts, knowledge)
    public = {agency.name for agency in review.agencies if is_public(agency, terms)}
    holders = _Holders(review, knowledge, public, terms.marked("response", "refuses-sharing"))
    agencies = {agency.name for agency in review.agencies} - public
    surely_ripe = _ripe(review, knowledge.sure, agencies)
    possibly_ripe = _ripe_openings(review, knowledge.possible, agencies)
    public_surely, public_possibly = (
        _ripe(review, knowledge.sure, public),
        _ripe_openings(review, knowledge.possible, public),
    )
    for agency in review.agencies:
        if agency.name in public:
            continue
        needed = facts.needed_by(agency.type)
        contacts = engaging_contacts(review, agency, terms)
        if not needed or not contacts:
            continue
        told = _told_by_the_public(review, knowledge, public, agency.name)
        told_rows = knowledge.told_to.get(agency.name, {})
        sure_at = _Rising([*surely_ripe, *_among(public_surely, told)])
        possible_at = _Rising(
            [
                *_without(possibly_ripe, agency.name, told_rows),
                *_among(_without(public_possibly, agency.name, told_rows), told),
            ]
        )
        gathered = _read_contacts(review, facts, knowledge, generous, agency, contacts, needed, sure_at, possible_at)
        for (subject, indicator), what in gathered.items():
            found.append(_settle(review, holders, knowledge, generous, told, records, subject, indicator, agency, what))
    return tuple(sorted(found, key=lambda gap: gravity(review, gap)))


def gravity(review: Review, gap: MissedShare) -> tuple[object, ...]:
    """The order in which a reviewer should read missed shares: novel, sure, could have come, most contacts, then by name."""
    return (
        gap.grade != "novel",
        gap.certainty != "sure",
        ("unsaid", "silent", "unlinked").index(gap.channel),
        -len(gap.contacts),
        review.entries[gap.contacts[0]].when.earliest,
        gap.agency,
        gap.subject,
        gap.indicator,
    )


def is_public(agency: Agency, terms: Terms) -> bool:
    """Whether an "agency" is really the family or the public, which holds information but is not judged."""
    concept = terms.concept("agency", agency.type)
    return concept is not None and "public" in concept.flags


def engaging_contacts(review: Review, agency: Agency, terms: Terms) -> tuple[int, ...]:
    """The rows at which an agency sees, speaks or decides, before the incident and not undated, in order of time."""
    rows = [
        row
        for row, entry in enumerate(review.entries)
        if entry.agency == agency.name
        and not entry.when.undated
        and entry.when.earliest < review.incident.earliest
        and engages(entry, terms)
    ]
    return in_order(review, rows)


def engages(entry: Entry, terms: Terms) -> bool:
    """Whether an entry's kind of contact is one at which the agency sees, speaks or decides."""
    concept = terms.concept("contact", entry.contact) if entry.contact else None
    return concept is not None and {"contact", "engages"} <= concept.flags


def _read_contacts(
    review: Review,
    facts: Facts,
    knowledge: Knowledge,
    generous: Knowledge,
    agency: Agency,
    contacts: Sequence[int],
    needed: int,
    sure_at: _Rising,
    possible_at: _Rising,
) -> dict[tuple[str, str], _Found]:
    possible, sure = knowledge.possible[agency.name], knowledge.sure[agency.name]
    reach = generous.possible[agency.name]
    own_telling: dict[int, int] = {}
    for share in knowledge.shares:
        if share.sender == agency.name:
            own_telling[share.row] = own_telling.get(share.row, 0) | share.exact
    held_sure = {row: sure_at.until(review.entries[row].when.earliest) for row in _by(review, contacts, "earliest")}
    held_possibly = {row: possible_at.until(review.entries[row].when.latest) for row in _by(review, contacts, "latest")}
    bearing = {
        subject: [
            (indicator, mask)
            for indicator in facts.indicators()
            if (mask := facts.bearing(subject, indicator) & needed)
        ]
        for subject in review.subjects
    }
    gathered: dict[tuple[str, str], _Found] = {}
    for row in contacts:
        entry = review.entries[row]
        end = entry.when.latest
        mine = facts.possibly[row] | own_telling.get(row, 0)
        open_to = needed & ~mine
        held = possible.held(end)
        missing_sure = 0
        if end < review.incident.earliest:
            missing_sure = held_sure[row] & ~held & open_to
        missing = missing_sure | (held_possibly[row] & ~sure.held(end) & open_to)
        if not missing:
            continue
        reachable = reach.held(end)
        for subject in review.subjects:
            if not facts.is_about(entry, row, subject):
                continue
            for indicator, borne in bearing[subject]:
                mask = missing & borne
                if not mask:
                    continue
                what = gathered.setdefault((subject, indicator), _Found())
                surely = mask & missing_sure
                what.sure |= surely
                what.possible |= mask
                what.reachable |= mask & reachable
                bare = not held & facts.bearing_concept(subject, indicator)
                what.contacts.append((row, mask, bool(surely), bare))
    return gathered


def _settle(
    review: Review,
    first: _Holders,
    knowledge: Knowledge,
    generous: Knowledge,
    told: int,
    records: Mapping[tuple[str, str], tuple[int, When]],
    subject: str,
    indicator: str,
    agency: Agency,
    what: _Found,
) -> MissedShare:
    surely = bool(what.sure)
    missing = what.sure or what.possible
    # A sure finding speaks of what was surely missing, at the contacts at which that was missing.
    contacts = [contact for contact in what.contacts if contact[1] & missing]
    last = max(review.entries[row].when.latest for row, _, _, _ in contacts)
    holders: list[Held] = []
    possible = knowledge.possible[agency.name]
    for fact in bits_of(missing):
        holder = (first.surely if surely else first.possibly)(fact, agency.name, told)
        if holder is None:
            continue
        name, gain = holder
        learnt = possible.of(fact)
        row, since = _brought(review, gain)
        holders.append(
            Held(
                name,
                row,
                since,
                fact,
                records.get((name, subject)),
                None if learnt is None else _brought(review, learnt.gain),
            )
        )
    holders.sort(
        key=lambda held: (
            held.since.latest,
            held.since.earliest,
            held.agency,
            review.entries[held.row].name,
            "" if held.learnt is None else review.entries[held.learnt[0]].name,
        )
    )
    reachable = what.reachable & missing
    path = _earliest_path(review, generous, agency.name, reachable) if reachable else ()
    if len(path) > 1:  # a single row is a word of the agency's own, and no conversation
        channel = "unsaid"
    else:
        aware = any(held.knew_subject is not None and held.knew_subject[1].earliest <= last for held in holders)
        channel = "silent" if aware else "unlinked"
    return MissedShare(
        subject,
        indicator,
        agency.name,
        "sure" if surely else "possible",
        "novel" if any(bare for _, _, _, bare in contacts) else "more",
        tuple(holders),
        tuple(row for row, _, _, _ in contacts),
        sum(1 for _, _, certain, _ in contacts if certain),
        channel,
        path if channel == "unsaid" else (),
        _refused(review, first.refusals, {held.agency for held in holders}, subject, last),
    )


def _brought(review: Review, gain: Gain) -> tuple[int, When]:
    """The row that shows a gain, and when: the receiver's own row where there is one."""
    if gain.share is None or gain.share.heard is None or gain.row != gain.share.row:
        return gain.row, review.entries[gain.row].known
    heard = gain.share.heard
    return heard, review.entries[gain.row].known.later_of(review.entries[heard].known)


def _earliest_path(review: Review, generous: Knowledge, agency: str, reachable: int) -> tuple[int, ...]:
    """The conversations by which the first of these facts could have come, earliest arrival first."""
    ledger = generous.possible[agency]
    arrivals = [(holding.moment, fact) for fact in bits_of(reachable) if (holding := ledger.of(fact)) is not None]
    if not arrivals:
        return ()
    first = min(arrivals)[0]
    paths = [generous.path(agency, fact) for moment, fact in arrivals if moment == first]
    return min(paths, key=lambda path: (len(path), [review.entries[row].name for row in path], path))


class _Holders:
    """Which agency held a fact first, of those that count as holders for a seeker, and by which gain.

    The public counts only for facts it told the seeker; possibly, a row that told the seeker too does not count.
    """

    def __init__(self, review: Review, knowledge: Knowledge, public: set[str], refusals: frozenset[str]) -> None:
        self.refusals = refusals
        self._names = [agency.name for agency in review.agencies]
        self._knowledge = knowledge
        self._public = public
        self._sure = _in_turn((name, knowledge.sure[name].gains) for name in self._names)
        for turns in self._sure.values():
            turns.sort(key=lambda turn: turn[:3])
        self._brought: dict[int, list[tuple[int, bool, str, Gain]]] | None = None

    def surely(self, fact: int, seeker: str, told: int) -> tuple[str, Gain] | None:
        for _, _, name, gain in self._sure.get(fact, ()):
            if name != seeker and (name not in self._public or told >> fact & 1):
                return name, gain
        return None

    def possibly(self, fact: int, seeker: str, told: int) -> tuple[str, Gain] | None:
        if self._brought is None:
            self._brought = _in_turn((name, self._knowledge.possible[name].brought) for name in self._names)
        told_rows = self._knowledge.told_to.get(seeker, {})
        best: dict[str, tuple[int, bool, str, Gain]] = {}
        for turn in self._brought.get(fact, ()):
            moment, _, name, gain = turn
            if best and moment > next(iter(best.values()))[0]:
                break
            if name == seeker or name in best or moment <= BEGINNING or (name in self._public and not told >> fact & 1):
                continue
            if not told_rows.get(gain.row, 0) >> fact & 1:
                best[name] = turn
        if not best:
            return None
        _, _, name, gain = min(best.values(), key=lambda turn: turn[:3])
        return name, gain


def _in_turn(gains: Iterable[tuple[str, Iterable[Gain]]]) -> dict[int, list[tuple[int, bool, str, Gain]]]:
    """For each fact the gains that brought it to any agency, earliest first: (moment, whether told, agency, gain)."""
    found: dict[int, list[tuple[int, bool, str, Gain]]] = {}
    for name, some in gains:
        for gain in some:
            turn = (gain.moment, gain.share is not None, name, gain)
            for fact in bits_of(gain.facts):
                found.setdefault(fact, []).append(turn)
    for turns in found.values():
        turns.sort(key=lambda turn: turn[0])
    return found


def _refused(review: Review, refusals: frozenset[str], holders: set[str], subject: str, last: int) -> bool:
    if review.kind != "adult":
        return False
    return any(
        refusals.intersection(entry.responses)
        and entry.agency in holders
        and subject in entry.people
        and entry.known.earliest <= last
        for entry in review.entries
    )


def _records_of_subjects(review: Review, facts: Facts, knowledge: Knowledge) -> dict[tuple[str, str], tuple[int, When]]:
    """For each (agency, subject): the first row by which the agency had any record of the subject.

    A name that only the reviewer recognised as the subject's is no record of theirs: the agency did not know the link.
    """
    first: dict[tuple[str, str], tuple[int, str, int]] = {}

    def note(agency: str, row: int, moment: int) -> None:
        entry = review.entries[row]
        recognised = {person for _, person in entry.joined} - {*entry.own_people}
        for subject in facts.household.subjects_named(entry) - recognised:
            key = (agency, subject)
            seen = (moment, entry.name, row)
            if key not in first or seen < first[key]:
                first[key] = seen

    for row, entry in enumerate(review.entries):
        note(entry.agency, row, entry.known.earliest)
    for share in knowledge.shares:
        note(share.receiver, share.row, max(share.earliest, share.arrives_earliest))
    return {key: (row, review.entries[row].known) for key, (_, _, row) in first.items()}


class _Rising:
    """Facts held for a whole working day, read off at later and later moments."""

    def __init__(self, ripe: Iterable[tuple[int, int]]) -> None:
        self._ripe = sorted(ripe)
        self._at = 0
        self._held = 0

    def until(self, moment: int) -> int:
        while self._at < len(self._ripe) and self._ripe[self._at][0] <= moment:
            self._held |= self._ripe[self._at][1]
            self._at += 1
        return self._held


def _ripe(review: Review, ledgers: Mapping[str, Ledger], names: set[str]) -> list[tuple[int, int]]:
    return [
        (after_a_working_day(gain.moment, review.jurisdiction), gain.facts)
        for name, ledger in ledgers.items()
        if name in names
        for gain in ledger.gains
        if BEGINNING < gain.moment < END
    ]


def _ripe_openings(review: Review, ledgers: Mapping[str, Ledger], names: set[str]) -> list[tuple[int, int, int, str]]:
    """(moment, facts, row, holder) for every way a fact reached a holder; rows open at their start prove nothing."""
    return [
        (after_a_working_day(gain.moment, review.jurisdiction), gain.facts, gain.row, name)
        for name, ledger in ledgers.items()
        if name in names
        for gain in ledger.brought
        if gain.moment > BEGINNING and review.entries[gain.row].known.earliest > BEGINNING
    ]


def _without(
    ripe: Iterable[tuple[int, int, int, str]], seeker: str, told: Mapping[int, int]
) -> Iterator[tuple[int, int]]:
    """Leave out what rows told the seeker in the same breath, and the seeker's own holdings."""
    for moment, facts, row, holder in ripe:
        if holder != seeker:
            left = facts & ~told.get(row, 0)
            if left:
                yield moment, left


def _among(ripe: Iterable[tuple[int, int]], told: int) -> Iterator[tuple[int, int]]:
    """The public counts as holder only of what it told the seeker."""
    return ((moment, facts & told) for moment, facts in ripe if facts & told)


def _told_by_the_public(review: Review, knowledge: Knowledge, public: set[str], seeker: str) -> int:
    told = 0
    for share in knowledge.shares:
        if share.sender in public and share.receiver == seeker:
            told |= share.exact
    return told


def _by(review: Review, rows: Sequence[int], bound: str) -> list[int]:
    return sorted(rows, key=lambda row: (getattr(review.entries[row].when, bound), row))
