"""Information that did not arrive: a fact one agency held, another needed, and had no record of at its own contacts.

It says nothing of whose fault that was. For each missing kind of information it names who held it and since when, the
contacts at which it was missing, and the recorded conversations along which it could have come.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from kg.chronology.order import in_order
from kg.dates.when import When
from kg.findings.finding import Family, Finding, Keys, Kind
from kg.findings.holders import (
    Holders,
    Rising,
    among,
    by_agency,
    records_of_subjects,
    ripe,
    ripe_openings,
    told_by_the_public,
    without,
)
from kg.knowledge.bits import bits_of
from kg.knowledge.ledger import Gain, Knowledge
from kg.model.review import Agency, Review
from kg.terms.marks import engages
from kg.terms.reader import Terms


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

    def rows(self) -> tuple[int, ...]:
        """The contacts without it."""
        return self.contacts

    def rests_on(self) -> tuple[int, ...]:
        """The holders' rows, how they knew the subject, the way it could have come, the contacts, and how it was learnt."""
        named = [held.row for held in self.holders]
        named += [held.knew_subject[0] for held in self.holders if held.knew_subject]
        named += [*self.path, *self.contacts]
        named += [held.learnt[0] for held in self.holders if held.learnt]
        return tuple(dict.fromkeys(named))

    def shown_by(self) -> tuple[int, ...]:
        """The rows by which others held it."""
        return tuple(dict.fromkeys(held.row for held in self.holders))

    def agencies(self) -> frozenset[str]:
        """Those that held it."""
        return frozenset(held.agency for held in self.holders)

    def people(self, knowledge: Knowledge) -> frozenset[str]:
        """Whom the information is about."""
        return frozenset(knowledge.facts.all[held.fact].person for held in self.holders)


@dataclass(slots=True)
class _Found:
    """What is gathered for one (subject, indicator, agency) while its contacts are read."""

    sure: int = 0
    possible: int = 0
    reachable: int = 0
    contacts: list[tuple[int, int, bool, bool]] = field(default_factory=list)
    """(row, facts missing there, whether surely, whether nothing of the kind was held) of each contact, in order."""


def missed_shares(knowledge: Knowledge) -> tuple[MissedShare, ...]:
    """Every missed share of a review, one for each subject, indicator and agency.

    *Sure*: another agency surely held the fact for at least one whole working day before the contact, and the seeking
    agency did not even possibly hold it by the contact's end. *Possible*: not sure, but so in some reading, by holders
    that had not told the agency in the same breath. Contacts must engage (see, speak or decide), lie before ``incident``
    and have a date; a contact never misses what its own row reveals or tells. The agency must need the fact
    (reference table of needs: our own judgement). The public never seeks and counts as holder only for agencies it told.
    The generous reading says only along which conversations it could have come.
    """
    review, public = knowledge.review, knowledge.chronology.public
    holding = _Holding(knowledge)
    found: list[MissedShare] = []
    for agency in review.agencies:
        if agency.name in public:
            continue
        needed = knowledge.facts.needed_by(agency.type)
        contacts = engaging_contacts(review, agency, knowledge.chronology.terms)
        if needed and contacts:
            seeker = _Seeker(holding, agency)
            gathered = seeker.read(contacts, needed)
            found += [seeker.settle(subject, indicator, what) for (subject, indicator), what in gathered.items()]
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


class _Holding:
    """What the agencies of a review held long enough to have told it, made ready for every seeker."""

    def __init__(self, knowledge: Knowledge) -> None:
        review, public = knowledge.review, {*knowledge.chronology.public}
        agencies = {agency.name for agency in review.agencies} - public
        self.knowledge = knowledge
        self.refusals = knowledge.chronology.terms.marked("response", "refuses-sharing")
        self.records = records_of_subjects(review, knowledge.facts, knowledge)
        self.holders = Holders(review, knowledge, public)
        self.surely, self.public_surely = (ripe(review, knowledge.sure, names) for names in (agencies, public))
        self.possibly, self.public_possibly = (
            ripe_openings(review, knowledge.possible, names) for names in (agencies, public)
        )


class _Seeker:
    """One agency that needed information, and what others held of it at its contacts."""

    def __init__(self, holding: _Holding, agency: Agency) -> None:
        knowledge = holding.knowledge
        self._holding, self._agency, self._knowledge = holding, agency.name, knowledge
        self._told = told_by_the_public(knowledge.review, knowledge, {*knowledge.chronology.public}, agency.name)
        told_rows = knowledge.told_to.get(agency.name, {})
        self._sure_at = Rising([*holding.surely, *among(holding.public_surely, self._told)])
        self._possible_at = Rising(
            [
                *without(holding.possibly, agency.name, told_rows),
                *among(without(holding.public_possibly, agency.name, told_rows), self._told),
            ]
        )
        self._own_telling: dict[int, int] = {}
        for share in knowledge.shares:
            if share.sender == agency.name:
                self._own_telling[share.row] = self._own_telling.get(share.row, 0) | share.exact

    def read(self, contacts: Sequence[int], needed: int) -> dict[tuple[str, str], _Found]:
        """What was missing at each contact, gathered by subject and indicator."""
        review, facts = self._knowledge.review, self._knowledge.facts
        entries = review.entries
        held_sure = {
            row: self._sure_at.until(entries[row].when.earliest) for row in by_agency(review, contacts, "earliest")
        }
        held_possibly = {
            row: self._possible_at.until(entries[row].when.latest) for row in by_agency(review, contacts, "latest")
        }
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
            missing, missing_sure = self._missing(row, needed, held_sure[row], held_possibly[row])
            if not missing:
                continue
            end = entries[row].when.latest
            held = self._knowledge.possible[self._agency].held(end)
            reachable = self._knowledge.generous.possible[self._agency].held(end)
            for subject in review.subjects:
                if not facts.is_about(entries[row], row, subject):
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

    def _missing(self, row: int, needed: int, held_sure: int, held_possibly: int) -> tuple[int, int]:
        """The facts missing at a contact in some reading, and those of them that are missing in every one."""
        knowledge = self._knowledge
        end = knowledge.review.entries[row].when.latest
        open_to = needed & ~(knowledge.facts.possibly[row] | self._own_telling.get(row, 0))
        sure = 0
        if end < knowledge.review.incident.earliest:
            sure = held_sure & ~knowledge.possible[self._agency].held(end) & open_to
        return sure | (held_possibly & ~knowledge.sure[self._agency].held(end) & open_to), sure

    def settle(self, subject: str, indicator: str, what: _Found) -> MissedShare:
        """The missed share that was gathered: its holders, its channel, and how sure it is."""
        review, generous = self._knowledge.review, self._knowledge.generous
        surely = bool(what.sure)
        missing = what.sure or what.possible
        # A sure finding speaks of what was surely missing, at the contacts at which that was missing.
        contacts = [contact for contact in what.contacts if contact[1] & missing]
        last = max(review.entries[row].when.latest for row, _, _, _ in contacts)
        holders = self._holders(subject, missing, surely=surely)
        reachable = what.reachable & missing
        path = _earliest_path(review, generous, self._agency, reachable) if reachable else ()
        if len(path) > 1:  # a single row is a word of the agency's own, and no conversation
            channel = "unsaid"
        else:
            aware = any(held.knew_subject is not None and held.knew_subject[1].earliest <= last for held in holders)
            channel = "silent" if aware else "unlinked"
        return MissedShare(
            subject,
            indicator,
            self._agency,
            "sure" if surely else "possible",
            "novel" if any(bare for _, _, _, bare in contacts) else "more",
            tuple(holders),
            tuple(row for row, _, _, _ in contacts),
            sum(1 for _, _, certain, _ in contacts if certain),
            channel,
            path if channel == "unsaid" else (),
            self._refused({held.agency for held in holders}, subject, last),
        )

    def _refused(self, holders: set[str], subject: str, last: int) -> bool:
        """Whether a capable adult had refused that a holder share it."""
        review, refusals = self._knowledge.review, self._holding.refusals
        return review.kind == "adult" and any(
            refusals.intersection(entry.responses)
            and entry.agency in holders
            and subject in entry.people
            and entry.known.earliest <= last
            for entry in review.entries
        )

    def _holders(self, subject: str, missing: int, *, surely: bool) -> list[Held]:
        """Who held each missing fact first, and when the seeker came to hold it, in order of time."""
        review, first = self._knowledge.review, self._holding.holders
        find = first.surely if surely else first.possibly
        holders: list[Held] = []
        possible = self._knowledge.possible[self._agency]
        for fact in bits_of(missing):
            holder = find(fact, self._agency, self._told)
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
                    self._holding.records.get((name, subject)),
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
        return holders


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


def find(knowledge: Knowledge, keys: Keys) -> list[Finding]:
    """Every kind of information that did not arrive, as a finding."""
    return [
        Finding(
            _id(keys, gap.subject, gap.indicator, gap.agency),
            SHARING_REFUSED if gap.refused else KIND,
            gap.certainty,
            gap.agency,
            gap.subject,
            gap,
        )
        for gap in missed_shares(knowledge)
    ]


def _could_be(knowledge: Knowledge, keys: Keys) -> Iterator[str]:
    for subject in knowledge.review.subjects:
        for concept in knowledge.chronology.terms.schemes["indicator"].concepts:
            for agency in knowledge.review.agencies:
                yield _id(keys, subject, concept.notation, agency.name)


def _id(keys: Keys, subject: str, indicator: str, agency: str) -> str:
    return keys.id(WORD, KIND, subject, indicator, agency)


WORD, KIND, SHARING_REFUSED = "share", "missed-share", "sharing-refused"
FAMILY = Family(
    WORD,
    (
        Kind(KIND, "Information that did not arrive", 4),
        Kind(SHARING_REFUSED, "Sharing refused by an adult with capacity (noted, not called missed)"),
    ),
    find,
    _could_be,
)
