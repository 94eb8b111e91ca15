"""The sentences with which everything opens: who was seen, what did not arrive, what came again; the person's words.

No sentence is longer than thirty words; the rows it rests on stand behind it, never in it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from kg.base.grammar import count, listed
from kg.chronology.order import begins, turn
from kg.dates.when import DAY, When, day_of, say_day
from kg.findings.counts import counts
from kg.findings.episodes import Episodes, by_gravity
from kg.findings.missed_share import MissedShare
from kg.findings.not_seen import NotSeen, longest_not_seen
from kg.findings.opportunity import Opportunity, lead, occasions
from kg.findings.pieces import pieces
from kg.findings.study import Study
from kg.knowledge.bits import bits_of
from kg.model.record import Entry
from kg.wording.episodes import Part, aloud, few, gathered, gravest_first, number, quoted, seen_sentence
from kg.wording.labels import plain
from kg.wording.rules import asks_for


def who_was_seen(gaps: Study) -> Part:
    """How often the subjects were seen, and by whom."""
    made = gaps.sightings
    by = sorted(
        (each for each in gaps.coverage if each.sightings.contacts),
        key=lambda each: (each.sightings.not_seen + each.sightings.not_stated - each.sightings.contacts, each.agency),
    )
    if not made.contacts:
        return Part("Seen", ("No row is coded as a contact, so nothing can be said of who was seen.",))
    seen = made.contacts - made.not_seen - made.not_stated
    said = [f"{number(len(by), 'agency', 'agencies')} recorded {count(made.contacts, 'contact')}."]
    if made.not_stated == made.contacts:
        who = few(gaps.review.subjects, 2, "or")
        return Part("Seen", tuple(capital(words) for words in (*said, f"None of them says whether {who} was seen.")))
    said.append(seen_sentence(gaps, made.contacts, seen, made.alone, of="them"))
    most = [each for each in by if each.sightings.contacts > each.sightings.not_seen + each.sightings.not_stated][:2]
    if len(most) > 1 and seen > 2 * len(most):
        times = [
            f"{each.agency} ({each.sightings.contacts - each.sightings.not_seen - each.sightings.not_stated})"
            for each in most
        ]
        said.append(aloud(f"Most often by {listed(times)}.", f"Most often by {times[0]}."))
    if made.not_stated:
        said.append(f"{number(made.not_stated, 'contact')} {'does' if made.not_stated == 1 else 'do'} not say.")
    return Part("Seen", tuple(map(capital, said)))


def capital(sentence: str) -> str:
    """A sentence with its first letter large."""
    return sentence[0].upper() + sentence[1:]


def what_did_not_arrive(gaps: Study) -> Part:
    """The gravest that did not arrive."""
    shares = [gap for _, gap in gaps.of(MissedShare, "missed-share", dismissed=False)]
    if not shares:
        return Part("Travelled", ("Nothing is found that one agency recorded, another needed, and has no record of.",))
    (holder, agency), some = gathered(gaps, shares)[0]
    words = [plain(gaps, notation) for notation in gravest_first(gaps, [gap.indicator for gap in some])]
    first, entries = some[0], gaps.review.entries
    held = "knew of" if first.certainty == "sure" else "possibly knew of"
    from_when = _by(first.holders[0].since)
    said = [
        aloud(
            f"{holder} {held} {few(words)} {from_when}.",
            f"{holder} {held} {few(words, 1)} {from_when}.",
            f"{holder} {held} {words[0]}.",
        )
    ]
    times = (
        "once" if len(first.contacts) == 1 else "twice" if len(first.contacts) == 2 else f"{len(first.contacts)} times"
    )
    said.append(aloud(f"{agency} saw, spoke or decided {times} after that, and has no record of it."))
    if first.channel == "unsaid" and first.path:
        said.append("Recorded conversations could have brought it.")
    elif first.channel == "unlinked":
        said.append(f"No agency that held it had any record of {first.subject}.")
    said += _how_many(gaps)
    return Part(
        "Travelled", tuple(said), (first.holders[0].row, *sorted(first.contacts, key=lambda r: turn(entries[r]))[:1])
    )


def _how_many(gaps: Study) -> list[str]:
    """How many such gaps there are, in the lines that ``kg find-gaps --all`` prints: a number that can be counted there."""
    told = pieces(gaps.of(MissedShare, "missed-share", dismissed=False))
    sure = [piece for piece in told if piece.certainty == "sure"]
    if len(told) == 1:
        return []
    if not sure:
        return [f"Of {len(told)} such gaps none is sure."]
    lacked = Counter(piece.agency for piece in sure)
    agency, most = min(lacked.items(), key=lambda each: (-each[1], each[0]))
    possible = len(told) - len(sure)
    more = f", and {possible} more {'is' if possible == 1 else 'are'} possible" if possible else ""
    said = [capital(f"{number(len(sure), 'such gap')} {'is' if len(sure) == 1 else 'are'} sure{more}.")]
    if len(lacked) > 1 and most > 1:
        said.append(f"The agency without it was most often {agency} ({most}).")
    return said


def _by(when: When) -> str:
    if not when.closed:
        return "before then"
    first, last = day_of(when.earliest), day_of(when.latest)
    return f"from {say_day(first)}" if first == last else f"by {say_day(last)} at the latest"


def what_came_again(gaps: Study) -> Part:
    """What came again and again."""
    made, said = counts(gaps), list[str]()
    chains = [
        (detail.chain.of, asks_for(gaps, lead(detail).duty), detail.chain.subject)
        for _, detail in gaps.of(Opportunity, "missed-opportunity", dismissed=False)
    ]
    if chains:
        times, what, subject = max(chains, key=lambda chain: (chain[0], chain[1], chain[2]))
        who = f"For {subject} the same" if len(gaps.review.subjects) > 1 else "The same"
        said += _opportunities(gaps, made.missed_opportunities)
        if times > 1:
            said.append(aloud(f"{who} was called for {'twice' if times == 2 else f'{times} times'}: {what}."))
        else:
            said.append("No rule called for the same twice.")
    else:
        said.append("No opportunity is found that has no response recorded.")
    if made.decisions_to_look_at:
        some = number(made.decisions_to_look_at, "decision")
        verb = "is" if made.decisions_to_look_at == 1 else "are"
        said.append(aloud(f"{some} to do nothing more {verb} recorded where a response was called for."))
    if made.accepted:
        said.append(f"The reviewer has accepted {made.accepted} of these opportunities as missed.")
    return Part("Again", tuple(said))


def _opportunities(gaps: Study, of: int) -> Iterator[str]:
    """How often a response was called for and none is recorded in time: surely, and in some reading."""
    some = [detail for _, detail in gaps.of(Opportunity, "missed-opportunity", dismissed=False)]
    sure = occasions(gaps.links, (each.row for each in some if each.sure))
    none = "a rule of the day asked for a response, and none is recorded in time"
    if not sure:
        yield f"It is possible that {_times(of)} {none}."
    else:
        yield capital(f"{_times(sure)} {none}.")
        if of > sure:
            yield f"{'Once' if of - sure == 1 else capital(_times(of - sure))} more that is possible."


def _times(many: int) -> str:
    return "once" if many == 1 else "twice" if many == 2 else number(many, "time")


def their_own_words(gaps: Study, found: Episodes) -> Part:
    """What the person said, in their own words: from the gravest episode that holds any."""
    who = few(gaps.review.subjects, 2, "or")
    subjects = {*gaps.review.subjects}
    rows = [
        row
        for row, entry in enumerate(gaps.review.entries)
        if entry.said.strip() and (subjects & {*entry.people, *entry.about} or not entry.people)
    ]
    if not rows:
        return Part("Voice", (f"No row records the own words of {who}.",))
    ordered = sorted(found.all, key=lambda each: by_gravity(gaps, each))
    place = {row: at for at, each in enumerate(ordered) for row in each.rows}
    entries = gaps.review.entries
    # Words heard come before words passed on, and of one episode those of a child who was seen alone.
    rows.sort(
        key=lambda row: (
            entries[row].seen not in ("yes", "alone", "names"),
            place.get(row, len(ordered)),
            entries[row].seen != "alone",
            turn(entries[row]),
        )
    )
    first = gaps.review.entries[rows[0]]
    more = f"Words are recorded as said in {number(len(rows) - 1, 'other row')}." if rows[1:] else ""
    words = quoted(first.said)
    said = (f"Recorded as said, {_day(first)}, by {first.agency}: {words}", *([more] if more else []))
    return Part("Voice", said, (rows[0],))


def longest_unseen(gaps: Study) -> Part:
    """The longest time with no record of being seen, from the first grave sign on."""
    since = _risk_begins(gaps)
    longest: dict[str, NotSeen] = {}
    for gap in longest_not_seen(gaps.knowledge.chronology, since):
        if gap.subject in since and gap.at_least > 1:
            longest[gap.subject] = gap  # what is recorded comes after what is sure, and is the longer
    ordered = sorted(longest.values(), key=lambda gap: (-gap.at_least, gap.subject))[:2]
    sentences = tuple(_unseen(gap) for gap in ordered)
    sentences += ("Counted from the first grave sign on.",) if sentences else ()
    return Part("Not seen", sentences, tuple(row for gap in ordered[:1] for row in gap.rows()))


def _risk_begins(gaps: Study) -> dict[str, int]:
    """For each subject the first moment at which any row records a sign of middle gravity or more."""
    since: dict[str, int] = {}
    for row, entry in enumerate(gaps.review.entries):
        if entry.when.undated:
            continue
        for fact in (gaps.facts.all[at] for at in bits_of(gaps.facts.possibly[row])):
            concept = gaps.terms.concept("indicator", fact.indicator)
            if concept is not None and concept.gravity > 1 and fact.person in gaps.review.subjects:
                since[fact.person] = min(since.get(fact.person, begins(entry)), begins(entry))
    return since


def _unseen(gap: NotSeen) -> str:
    days = count(gap.at_least, "day") if gap.at_least == gap.at_most else f"{gap.at_least} to {gap.at_most} days"
    first, last = (say_day(day_of(day * DAY)) for day in (gap.first_day, gap.last_day))
    when = f"{gap.subject} has no record of being seen between {first} and {last}, {days}"
    return aloud(f"{when}, even counting contacts that do not say.", f"{when}.") if gap.surely else aloud(f"{when}.")


def _day(entry: Entry) -> str:
    """The day of a row, without its clock."""
    when = entry.when
    return When("", when.earliest, when.latest, when.hedge, lasts=when.lasts).plain()
