"""The library's questions answered in plain Python, from the reviews themselves and what is computed of them.

No answer here looks at a drawing: that is how a slip in the drawing, or in a query, shows. Each takes the reviews and the
values of the question's parameters, and yields rows in no order.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from kg.ask import plain_computed, plain_record
from kg.ask.plain import (
    Answered,
    Given,
    Rows,
    contacts_of,
    each_of,
    first_day,
    flagged,
    last_day,
    of_kind,
    origin_of,
    own_entries,
    public_of,
    wanted,
)
from kg.chronology.sightings import seen_of
from kg.dates.when import BEGINNING, DAY, END, day_of, minute_of
from kg.duties.outcomes import Outcome
from kg.findings.missed_share import MissedShare
from kg.findings.one_sided import OneSided
from kg.findings.opportunity import Opportunity
from kg.findings.pooled_threshold import Pooled
from kg.findings.study import Study
from kg.knowledge.bits import bits_of
from kg.knowledge.ledger import Holding
from kg.model.record import Entry
from kg.people.household import Household
from kg.terms.marks import is_contact, is_meeting

WAIT = 28
"""Days after a telling within which a row of the agency told may show that it acted."""


# --- worked out from the entries alone --------------------------------------------------------------------------


def contacts_by_agency(gaps: Study, given: Given) -> Rows:
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for entry in contacts_of(gaps):
        counts[entry.agency][seen_of(entry, gaps.review)] += 1
    for agency, seen in counts.items():
        yield agency, seen.total(), seen["seen"], seen["alone"], seen["not seen"], seen["not stated"]


def times_not_seen(gaps: Study, given: Given) -> Rows:
    for entry in contacts_of(gaps):
        if seen_of(entry, gaps.review) == "not seen":
            yield entry.agency, entry.name, first_day(entry), last_day(entry), entry.contact


def times_seen_alone(gaps: Study, given: Given) -> Rows:
    for entry in contacts_of(gaps):
        if entry.seen == "alone":
            yield entry.agency, entry.name, first_day(entry), last_day(entry), entry.contact


def who_needs_what(gaps: Study, given: Given) -> Rows:
    counts = Counter(indicator for entry in gaps.review.entries for indicator in {*entry.indicators})
    for indicator, count in counts.items():
        for needed_by in gaps.terms.needs_of.get(indicator, ()):
            yield indicator, needed_by, count


def appointments_not_kept(gaps: Study, given: Given) -> Rows:
    entries = gaps.review.entries
    for entry in entries:
        if not of_kind(gaps, entry, "missed-appointment"):
            continue
        after = [
            other.when.earliest // DAY - entry.when.latest // DAY
            for other in entries
            if other.agency == entry.agency and is_contact(other, gaps.terms) and other.when.earliest != BEGINNING
        ]
        days = min((days for days in after if days > 0), default=None) if entry.when.latest != END else None
        for response in entry.responses or ("",):
            yield entry.agency, entry.name, last_day(entry), response, days


def entries_without_response(gaps: Study, given: Given) -> Rows:
    for entry in contacts_of(gaps):
        if not entry.responses:
            for indicator in entry.indicators:
                yield entry.agency, entry.name, first_day(entry), indicator


def changes_of_worker(gaps: Study, given: Given) -> Rows:
    found: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    for entry in gaps.review.entries:
        worker = entry.cells.get("professional", "")
        if worker.strip() and entry.when.closed:
            found[entry.agency, worker].append(entry)
    for (agency, worker), entries in found.items():
        first, last = min(e.when.earliest for e in entries), max(e.when.latest for e in entries)
        yield agency, worker, len(entries), day_of(first), day_of(last)


def closures_on_a_carers_account(gaps: Study, given: Given) -> Rows:
    public, subjects = public_of(gaps), {*gaps.review.subjects}
    for entry in own_entries(gaps):
        ends = [each for each in entry.responses if flagged(gaps, "response", each, "declines", "closes")]
        ends += [entry.contact] if flagged(gaps, "contact", entry.contact, "declines", "closes") else []
        seen = entry.seen in ("yes", "alone") or subjects & {*entry.seen_people}
        if not ends or seen or entry.said.strip() or {*entry.received_from, *entry.shared_with} - public:
            continue
        for decision in ends:
            for person in entry.people:
                if person not in subjects:
                    yield entry.agency, entry.name, last_day(entry), decision, person


def assumed_another_was_acting(gaps: Study, given: Given) -> Rows:
    public = public_of(gaps)
    types = {
        agency.name: agency.type for agency in gaps.review.agencies if agency.has_return and agency.name not in public
    }
    for entry in own_entries(gaps):
        if not entry.when.closed:
            continue
        kinds = {
            kind
            for response in entry.responses
            if (concept := gaps.terms.concept("response", response)) is not None
            for kind in concept.addressees
        }
        for other, kind in types.items():
            how = (
                "told" if other in entry.shared_with else "response" if kind in kinds and not entry.shared_with else ""
            )
            if how and other != entry.agency and not _answers(gaps, entry, other):
                yield entry.name, first_day(entry), entry.agency, other, how


def _answers(gaps: Study, entry: Entry, other: str) -> bool:
    """Whether an agency has a dated row, from that day to 28 days after, that names the entry's agency."""
    return any(
        theirs.agency == other
        and entry.agency in (*theirs.received_from, *theirs.shared_with)
        and theirs.when.closed
        and theirs.when.earliest // DAY <= entry.when.latest // DAY + WAIT
        and theirs.when.latest // DAY >= entry.when.earliest // DAY
        for theirs in gaps.review.entries
    )


def meeting_actions_without_completion(gaps: Study, given: Given) -> Rows:
    entries = gaps.review.entries
    for entry in entries:
        if not is_meeting(entry, gaps.terms) or entry.when.earliest == BEGINNING:
            continue
        later = [e for e in entries if e is not entry and e.when.latest // DAY >= entry.when.earliest // DAY]
        done = {each for other in later if not is_meeting(other, gaps.terms) for each in other.responses}
        done |= {other.contact for other in later}
        for action in entry.responses:
            if action not in done and not flagged(gaps, "response", action, "declines"):
                yield entry.name, first_day(entry), entry.agency, action


def from_referral_to_seen_alone(gaps: Study, given: Given) -> Rows:
    for entry in gaps.review.entries:
        if not of_kind(gaps, entry, "referral-received") or entry.when.earliest == BEGINNING:
            continue
        days = [
            other.when.earliest // DAY - entry.when.earliest // DAY
            for other in gaps.review.entries
            if other.agency == entry.agency and other.when.earliest != BEGINNING
            and (other.seen == "alone" or "child-seen-alone" in other.responses)
        ]  # fmt: skip
        yield entry.agency, entry.name, first_day(entry), min((each for each in days if each >= 0), default=None)


def first_and_last_contact(gaps: Study, given: Given) -> Rows:
    dated: dict[str, list[Entry]] = defaultdict(list)
    for entry in contacts_of(gaps):
        if entry.when.closed:
            dated[entry.agency].append(entry)
    for agency, entries in dated.items():
        first, last = min(e.when.earliest for e in entries), max(e.when.latest for e in entries)
        yield agency, day_of(first), day_of(last), len(entries)


# --- resting on what is computed --------------------------------------------------------------------------------


def held_on_a_day(gaps: Study, given: Given) -> Rows:
    day = given["day"]
    assert isinstance(day, date)
    until = minute_of(day) + DAY - 1
    for agency in gaps.review.agencies:
        sure, possible = gaps.knowledge.sure[agency.name], gaps.knowledge.possible[agency.name]
        for number in bits_of(sure.held(until) | possible.held(until)):
            fact = gaps.facts.all[number]
            if not wanted(given, "agency", agency.name) or not wanted(given, "indicator", fact.indicator):
                continue
            surely = sure.of(number) if sure.held(until) >> number & 1 else None
            since = surely or possible.of(number)
            assert since is not None
            yield (
                agency.name, fact.person, fact.indicator, "sure" if surely else "possible",
                day_of(since.moment) if since.moment > BEGINNING else None, origin_of(gaps, fact.origin).name,
            )  # fmt: skip


def did_not_arrive(gaps: Study, given: Given) -> Rows:
    for _, gap in gaps.of(MissedShare, "missed-share", dismissed=False):
        if wanted(given, "agency", gap.agency):
            for held in gap.holders:
                yield (gap.subject, gap.indicator, gap.agency, gap.certainty, gap.grade, gap.channel, held.agency,
                       len(gap.contacts))  # fmt: skip


def _outcomes(gaps: Study) -> Iterator[Outcome]:
    for _, each in gaps.of(Opportunity):
        yield from each.outcomes


def opportunities_repeated(gaps: Study, given: Given) -> Rows:
    events: dict[tuple[str, str], set[int]] = defaultdict(set)
    agencies: dict[tuple[str, str], set[str]] = defaultdict(set)
    for each in _outcomes(gaps):
        if each.outcome in ("late", "no-record"):
            key = (each.duty.family, each.opening.subject)
            events[key].add(gaps.links.event[each.opening.row][0])
            agencies[key].add(gaps.review.entries[each.opening.row].agency)
    for (family, subject), found in events.items():
        if len(found) > 1:
            yield family, subject, len(found), len(agencies[family, subject])


def held_only_together(gaps: Study, given: Given) -> Rows:
    for _, each in gaps.of(Pooled):
        alone = None if each.alone is None else day_of(each.alone)
        for piece in each.pieces:
            yield (each.duty.id, each.subject, day_of(each.together), alone, each.first, each.days, piece.agency,
                   piece.concept, gaps.review.entries[piece.row].name)  # fmt: skip


def absent_from_meetings(gaps: Study, given: Given) -> Rows:
    public, entries = public_of(gaps), gaps.review.entries
    household = Household(gaps.review, gaps.terms)
    bearing = sum(1 << n for n, fact in enumerate(gaps.facts.all) if household.bears_on(fact.person))
    for row, entry in enumerate(entries):
        if not is_meeting(entry, gaps.terms) or entry.when.earliest == BEGINNING:
            continue
        there = {
            name
            for account in gaps.links.event[row]
            for name in (entries[account].agency, *entries[account].shared_with, *entries[account].received_from)
        }
        start = entry.when.earliest // DAY * DAY
        for agency in gaps.review.agencies:
            held = gaps.knowledge.sure[agency.name].held(start - 1) & bearing
            if held and agency.name not in public | there:
                yield entry.name, first_day(entry), agency.name, held.bit_count()


def responses_by_duty(gaps: Study, given: Given) -> Rows:
    counts = Counter(
        (each.duty.family, gaps.review.entries[each.opening.row].agency, each.outcome) for each in _outcomes(gaps)
    )
    for key, count in counts.items():
        yield (*key, count)


def outcomes_by_force(gaps: Study, given: Given) -> Rows:
    counts = Counter(
        (each.duty.force, "verified" if each.duty.verified else "unverified", each.outcome) for each in _outcomes(gaps)
    )
    for key, count in counts.items():
        yield (*key, count)


def sent_with_no_receipt(gaps: Study, given: Given) -> Rows:
    for _, gap in gaps.of(OneSided, "not-received"):
        entry = gaps.review.entries[gap.row]
        yield entry.name, day_of(entry.known.earliest), gap.other, gap.agency


def path_of_a_fact(gaps: Study, given: Given) -> Rows:
    ledgers = gaps.knowledge.possible
    for agency in gaps.review.agencies:
        for number in bits_of(ledgers[agency.name].facts):
            fact = gaps.facts.all[number]
            if not wanted(given, "agency", agency.name) or not wanted(given, "indicator", fact.indicator):
                continue
            steps = list(_steps(gaps, agency.name, number))
            for holder, holding in steps if len(steps) > 1 else ():
                since = day_of(holding.moment) if BEGINNING < holding.moment < END else None
                share = holding.gain.share
                for row in {
                    holding.gain.row,
                    holding.gain.row if share is None or share.heard is None else share.heard,
                }:
                    yield (origin_of(gaps, fact.origin).name, fact.person, fact.indicator, agency.name, holder, since,
                           gaps.review.entries[row].name)  # fmt: skip


def _steps(gaps: Study, agency: str, number: int) -> Iterator[tuple[str, Holding]]:
    """The agencies along which a fact possibly came to one, that one first."""
    at, seen = agency, set[str]()
    while at not in seen:
        seen.add(at)
        holding = gaps.knowledge.possible[at].of(number)
        if holding is None:
            return
        yield at, holding
        share = holding.gain.share
        if share is None or share.receiver != at:
            return
        at = share.sender


def words_changed(gaps: Study, given: Given) -> Rows:
    entries = gaps.review.entries
    for share in gaps.knowledge.shares:
        if share.heard is None or share.heard == share.row:
            continue
        told, heard = entries[share.row], entries[share.heard]
        if told.indicators and heard.indicators:
            for indicator in {*told.indicators} ^ {*heard.indicators}:
                yield told.name, heard.name, indicator, "told" if indicator in told.indicators else "heard"


def in_how_many_reviews(studied: Sequence[Study], given: Given) -> Iterator[Sequence[object]]:
    recorded: dict[str, set[int]] = defaultdict(set)
    missing: dict[str, set[int]] = defaultdict(set)
    for number, gaps in enumerate(studied):
        for entry in gaps.review.entries:
            for indicator in entry.indicators:
                recorded[indicator].add(number)
        for _, gap in gaps.of(MissedShare, "missed-share"):
            missing[gap.indicator].add(number)
    for indicator, among in recorded.items():
        yield indicator, len(among), len(missing[indicator]), len(studied)


ANSWERS: Mapping[str, Answered] = {
    "contacts-by-agency": each_of(contacts_by_agency),
    "held-on-a-day": each_of(held_on_a_day),
    "did-not-arrive": each_of(did_not_arrive),
    "opportunities-repeated": each_of(opportunities_repeated),
    "held-only-together": each_of(held_only_together),
    "times-not-seen": each_of(times_not_seen),
    "appointments-not-kept": each_of(appointments_not_kept),
    "absent-from-meetings": each_of(absent_from_meetings),
    "responses-by-duty": each_of(responses_by_duty),
    "entries-without-response": each_of(entries_without_response),
    "sent-with-no-receipt": each_of(sent_with_no_receipt),
    "path-of-a-fact": each_of(path_of_a_fact),
    "changes-of-worker": each_of(changes_of_worker),
    "closures-on-a-carers-account": each_of(closures_on_a_carers_account),
    "assumed-another-was-acting": each_of(assumed_another_was_acting),
    "words-changed": each_of(words_changed),
    "meeting-actions-without-completion": each_of(meeting_actions_without_completion),
    "from-referral-to-seen-alone": each_of(from_referral_to_seen_alone),
    "first-and-last-contact": each_of(first_and_last_contact),
    "in-how-many-reviews": in_how_many_reviews,
    "times-seen-alone": each_of(times_seen_alone),
    "outcomes-by-force": each_of(outcomes_by_force),
    "who-needs-what": each_of(who_needs_what),
    **plain_record.ANSWERS,
    **plain_computed.ANSWERS,
}
"""The answer to each question of the library, by its name."""
