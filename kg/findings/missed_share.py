"""Information that did not arrive: a fact one agency held, another needed, and had no record of at its own contacts.

It says nothing of whose fault that was. For each missing kind of information it names who held it and since when, the
contacts at which it was missing, and the recorded conversations along which it could have come.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kg.chronology.coverage import is_read
from kg.chronology.order import in_order
from kg.dates.when import When
from kg.findings.finding import Family, Finding, Keys, Kind
from kg.findings.holders import (
    Holders,
    Told,
    against,
    by_agency,
    free,
    records_of_subjects,
    ripe,
    ripe_openings,
    told_by_the_public,
)
from kg.knowledge.bits import bits_of
from kg.knowledge.ledger import Gain, Knowledge
from kg.knowledge.news import News
from kg.model.review import Agency, Review
from kg.terms.marks import engages
from kg.terms.reader import Terms


@dataclass(frozen=True, slots=True)
class Held:
    """One holder of a missing fact: the agency, the row that brought it, and since when in plain bounds.

    ``facts`` are all that were missing of one event: one event has one holder here, however many persons it speaks of.
    ``knew_subject`` is the agency's first row of any record of the subject (and when), ``learnt`` the row by which the
    seeking agency came to hold it, if ever. Rows are positions in ``review.entries``.
    """

    agency: str
    row: int
    since: When
    fact: int
    facts: tuple[int, ...]
    knew_subject: tuple[int, When] | None
    learnt: tuple[int, When] | None


@dataclass(frozen=True, slots=True)
class MissedShare:
    """One kind of information about a subject that had not reached an agency when it met, spoke or decided.

    ``certainty`` is "sure" (so in every reading of the record) or "possible". Of ``contacts``, ``novel`` are those at which
    the agency held nothing of the kind about the subject, not even possibly; at the others it held another of the kind.
    ``perhaps`` are contacts at which a sure one was missing in some reading only: unread, of wide date, or naming others.
    ``grade`` is "novel" if there are any of the first. ``channel`` is "unsaid" (it could have come along the recorded
    conversations in ``path``), "silent" (no such path) or "unlinked" (no holder had any record of the subject).
    ``refusals`` are rows by which an adult with capacity had refused that a holder share it; ``refused`` is true where
    that leaves no holder who could have told: then it is a note.
    """

    subject: str
    indicator: str
    agency: str
    certainty: str
    holders: tuple[Held, ...]
    contacts: tuple[int, ...]
    novel: tuple[int, ...]
    perhaps: tuple[int, ...]
    channel: str
    path: tuple[int, ...]
    refused: bool
    refusals: tuple[int, ...] = ()

    @property
    def grade(self) -> str:
        """ "novel" if at any contact nothing of the kind was held, else "more"."""
        return "novel" if self.novel else "more"

    @property
    def more(self) -> tuple[int, ...]:
        """The contacts at which the agency held another of the kind."""
        return tuple(row for row in self.contacts if row not in self.novel)

    def rows(self) -> tuple[int, ...]:
        """The contacts without it."""
        return self.contacts

    def rests_on(self) -> tuple[int, ...]:
        """The holders' rows, how they knew the subject, the way it could have come, the contacts, and how it was learnt."""
        named = [held.row for held in self.holders]
        named += [held.knew_subject[0] for held in self.holders if held.knew_subject]
        named += [*self.path, *self.contacts]
        named += [held.learnt[0] for held in self.holders if held.learnt]
        named += self.refusals
        return tuple(dict.fromkeys(named))

    def shown_by(self) -> tuple[int, ...]:
        """The rows by which others held it."""
        return tuple(dict.fromkeys(held.row for held in self.holders))

    def agencies(self) -> frozenset[str]:
        """Those that held it."""
        return frozenset(held.agency for held in self.holders)

    def people(self, knowledge: Knowledge) -> frozenset[str]:
        """Whom the information is about."""
        return frozenset(knowledge.facts.all[fact].person for held in self.holders for fact in held.facts)


@dataclass(frozen=True, slots=True)
class _At:
    """One contact: the facts missing there, those surely so, and those that could have come by then.

    ``bare``: nothing of the kind was held. ``noted``: missing only at holders whom an adult had refused leave to share.
    """

    row: int
    missing: int
    surely: int
    reachable: int
    bare: bool
    noted: bool


def missed_shares(knowledge: Knowledge) -> tuple[MissedShare, ...]:
    """Every missed share of a review, one for each subject, indicator and agency.

    *Sure*: the contact's row was read; another agency surely held the fact for at least one whole working day before it, by
    a row that is not the seeking agency's own, nor linked with one of its own, nor told it in the same breath; and the
    seeking agency did not even possibly hold it by the contact's end. *Possible*: not sure, but so in some reading.
    A later word of a state that the agency knew of is no news. What is another child's own (a brother's bruise) is surely
    missing only at contacts about that child, and possibly at those about a sibling.
    Contacts must engage (see, speak or decide), lie before ``incident`` and have a date; a contact never misses what its
    own row reveals or tells. The agency must need the fact (reference table of needs: our own judgement). The public never
    seeks and counts as holder only for agencies it told. From the day on which a capable adult refused that a holder share
    it, that holder could not have told. The generous reading says only along which conversations it could have come.
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
    """The rows at which an agency sees, speaks or decides, before the incident and not undated, in order of time.

    A row whose date may be a slip of years is none: nobody knows what had come to pass by then.
    """
    rows = [
        row
        for row, entry in enumerate(review.entries)
        if entry.agency == agency.name
        and not entry.when.undated
        and not entry.when.perhaps_a_slip
        and entry.when.earliest < review.incident.earliest
        and engages(entry, terms)
    ]
    return in_order(review, rows)


class _Holding:
    """What the agencies of a review held long enough to have told it, made ready for every seeker."""

    def __init__(self, knowledge: Knowledge) -> None:
        review, public = knowledge.review, {*knowledge.chronology.public}
        self.knowledge, self.news = knowledge, News(knowledge.facts)
        self.refusals = _refusals(knowledge)
        self.records = records_of_subjects(review, knowledge.facts, knowledge)
        self.holders = Holders(review, knowledge, public)
        self.surely, self.possibly = ripe(review, knowledge.sure), ripe_openings(review, knowledge.possible)


def _refusals(knowledge: Knowledge) -> dict[tuple[str, str], list[int]]:
    """The rows by which a capable adult refused that an agency share, by (agency, subject)."""
    review, found = knowledge.review, defaultdict(list)
    words = knowledge.chronology.terms.marked("response", "refuses-sharing")
    for row in in_order(review) if review.kind == "adult" else ():
        entry = review.entries[row]
        if words.intersection(entry.responses) and not entry.known.undated:
            for subject in knowledge.facts.household.subjects_named(entry):
                found[entry.agency, subject].append(row)
    return dict(found)


class _Seeker:
    """One agency that needed information, and what others held of it at its contacts."""

    def __init__(self, holding: _Holding, agency: Agency) -> None:
        knowledge = holding.knowledge
        self._holding, self._agency, self._knowledge = holding, agency.name, knowledge
        self._told = told_by_the_public(knowledge.review, knowledge, {*knowledge.chronology.public}, agency.name)
        bound = frozenset(holder for holder, _ in holding.refusals)
        self._sure_at = Told(against(holding.surely, knowledge, agency.name, self._told), bound)
        self._possible_at = Told(against(holding.possibly, knowledge, agency.name, self._told), bound)
        self._own_telling: dict[int, int] = {}
        for share in knowledge.shares:
            if share.sender == agency.name:
                self._own_telling[share.row] = self._own_telling.get(share.row, 0) | share.exact

    def read(self, contacts: Sequence[int], needed: int) -> dict[tuple[str, str], list[_At]]:
        """What was missing at each contact, gathered by subject and indicator."""
        review, facts = self._knowledge.review, self._knowledge.facts
        entries = review.entries
        sure = {row: self._sure_at.until(entries[row].when.earliest) for row in by_agency(review, contacts, "earliest")}
        possible = {
            row: self._possible_at.until(min(entries[row].when.latest, review.incident.earliest - 1))
            for row in by_agency(review, contacts, "latest")
        }
        bearing = {
            subject: [
                (indicator, mask)
                for indicator in facts.indicators()
                if (mask := facts.bearing(subject, indicator) & needed)
            ]
            for subject in review.subjects
        }
        gathered: dict[tuple[str, str], list[_At]] = {}
        for row in contacts:
            end = entries[row].when.latest
            open_to = needed & ~(facts.possibly[row] | self._own_telling.get(row, 0))
            held = self._knowledge.possible[self._agency].held(end)
            known = self._knowledge.sure[self._agency].held(end)
            reachable = self._knowledge.generous.possible[self._agency].held(end)
            for subject in review.subjects:
                if not open_to or not facts.is_about(entries[row], row, subject):
                    continue
                missing, surely, noted = self._missing(row, subject, open_to, sure[row], possible[row])
                for indicator, borne in bearing[subject] if missing | noted else ():
                    for mask, note in ((missing & borne, False), (noted & borne, True)):
                        mask = self._holding.news.adds(indicator, mask, known)
                        if mask:
                            bare = not held & facts.bearing_concept(subject, indicator)
                            certain = self._holding.news.surely_adds(subject, indicator, mask & surely, held, bare=bare)
                            at = _At(row, mask, certain, mask & reachable, bare, note)
                            gathered.setdefault((subject, indicator), []).append(at)
        return gathered

    def _missing(
        self,
        row: int,
        subject: str,
        open_to: int,
        sure: tuple[int, dict[str, int]],
        possible: tuple[int, dict[str, int]],
    ) -> tuple[int, int, int]:
        """The facts missing at a contact in some reading, those missing in every one, and those that were not to be shared."""
        knowledge, entry = self._knowledge, self._knowledge.review.entries[row]
        end, name = entry.when.latest, self._agency
        lacked = open_to & ~knowledge.if_so[name].held(end)
        barred = self._barred(subject, end)
        surely = 0
        about = knowledge.facts.is_surely_about(entry, row, subject)
        if end < knowledge.review.incident.earliest and is_read(entry) and about:
            surely = free(sure, barred) & ~knowledge.possible[name].held(end) & open_to
        missing = surely | (free(possible, barred) & lacked)
        noted = 0
        for holder in barred:
            noted |= possible[1].get(holder, 0)
        return missing, surely, noted & lacked & ~missing

    def _barred(self, subject: str, moment: int) -> frozenset[str]:
        """The agencies that an adult had refused leave to share, by a moment."""
        entries = self._knowledge.review.entries
        return frozenset(
            holder
            for (holder, whose), rows in self._holding.refusals.items()
            if whose == subject and any(entries[row].known.earliest <= moment for row in rows)
        )

    def settle(self, subject: str, indicator: str, found: Sequence[_At]) -> MissedShare:
        """The missed share that was gathered: its holders, its channel, and how sure it is."""
        review, generous = self._knowledge.review, self._knowledge.generous
        refused = all(at.noted for at in found)
        counted = [at for at in found if at.noted == refused]
        surely = any(at.surely for at in counted)
        missing = 0
        for at in counted:
            missing |= at.surely if surely else at.missing
        # A sure finding speaks of what was surely missing, at the contacts at which that was surely missing.
        contacts = [at for at in counted if (at.surely if surely else at.missing) & missing]
        others = tuple(at.row for at in counted if surely and at.missing & missing and not at.surely & missing)
        last = max(review.entries[at.row].when.latest for at in contacts)
        barred = (
            frozenset()
            if refused
            else self._barred(subject, min(review.entries[at.row].when.latest for at in contacts))
        )
        holders = self._holders(subject, missing, barred, surely=surely)
        reachable = 0
        for at in contacts:
            reachable |= at.reachable & missing
        path = _earliest_path(review, generous, self._agency, reachable) if reachable else ()
        if len(path) > 1 or any(review.entries[row].agency != self._agency for row in path):
            channel = "unsaid"  # a single row of the agency's own is its own word, and no conversation
        else:
            aware = any(held.knew_subject is not None and held.knew_subject[1].earliest <= last for held in holders)
            channel = "silent" if aware else "unlinked"
        return MissedShare(
            subject,
            indicator,
            self._agency,
            "sure" if surely else "possible",
            tuple(holders),
            tuple(at.row for at in contacts),
            tuple(at.row for at in contacts if at.bare),
            others,
            channel,
            path if channel == "unsaid" else (),
            refused,
            self._refusals(
                {held.agency for held in holders}, subject, max(review.entries[at.row].when.latest for at in found)
            ),
        )

    def _refusals(self, holders: set[str], subject: str, last: int) -> tuple[int, ...]:
        """The rows by which an adult refused that one of the holders share, by a moment."""
        entries, refusals = self._knowledge.review.entries, self._holding.refusals
        rows = [row for holder in sorted(holders) for row in refusals.get((holder, subject), ())]
        return tuple(row for row in rows if entries[row].known.earliest <= last)

    def _holders(self, subject: str, missing: int, barred: frozenset[str], *, surely: bool) -> list[Held]:
        """Who held what of each event first, and when the seeker came to hold it, in order of time: one holder per origin."""
        review, facts = self._knowledge.review, self._knowledge.facts
        possible = self._knowledge.possible[self._agency]
        by_origin: dict[int, list[Held]] = defaultdict(list)
        for number in bits_of(missing):
            holder = self._holding.holders.first(number, self._agency, self._told, surely=surely, barred=barred)
            if holder is None:
                continue
            name, gain = holder
            learnt = possible.of(number)
            row, since = _brought(review, gain)
            by_origin[facts.all[number].origin].append(
                Held(
                    name,
                    row,
                    since,
                    number,
                    (number,),
                    self._holding.records.get((name, subject)),
                    None if learnt is None else _brought(review, learnt.gain),
                )
            )

        def turn(held: Held) -> tuple[object, ...]:
            learnt = "" if held.learnt is None else review.entries[held.learnt[0]].name
            return (held.since.latest, held.since.earliest, held.agency, review.entries[held.row].name, learnt)

        firsts = []
        for some in by_origin.values():
            first = min(some, key=turn)
            firsts.append(replace(first, facts=tuple(sorted(held.fact for held in some))))
        return sorted(firsts, key=turn)


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
