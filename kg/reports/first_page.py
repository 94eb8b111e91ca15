"""The first page of `kg find-gaps`: what a chair would read aloud, in at most forty-five lines.

Three sentences; the gravest episodes, in time; the person's own words and the longest time not seen; and, never left out,
what is not known. No sentence is longer than thirty words; rows stand in brackets behind what rests on them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from kg.base.grammar import count, listed
from kg.chronology.order import begins, turn
from kg.dates.when import DAY, When, day_of, say_day
from kg.findings.counts import counts
from kg.findings.episodes import Episode, Episodes, by_gravity
from kg.findings.missed_share import MissedShare
from kg.findings.not_seen import NotSeen, longest_not_seen
from kg.findings.opportunity import Opportunity, lead, occasions
from kg.findings.pieces import pieces
from kg.findings.study import Study
from kg.knowledge.bits import bits_of
from kg.model.problem import Problem
from kg.model.record import Entry
from kg.people.unlisted import nobody_listed
from kg.reports.episodes import fitted, heading, order_of, part_lines
from kg.reports.lines import Line, cut, flow
from kg.wording.episodes import (
    Part,
    aloud,
    asked,
    decided,
    elsewhere,
    few,
    gathered,
    gravest_first,
    number,
    quoted,
    seen_sentence,
)
from kg.wording.labels import plain
from kg.wording.rules import asks_for

LINES, EPISODE, THIN = 45, 9, 10
"""The lines of the page, and of one episode on it; contacts that make a record thin."""


def first_page(gaps: Study, found: Episodes, problems: Sequence[Problem]) -> list[Line]:
    """What ``kg find-gaps`` prints for people: at most forty-five lines."""
    head: list[Line] = [("title", line) for line in flow(cut(gaps.review.title, 180))]
    for part in (_unlisted(gaps), _seen(gaps), _travelled(gaps), _again(gaps)):
        head += part_lines(gaps, part) if part.sentences else ()
    tail = [("", ""), *_tail(gaps, found, problems)]
    grave = [each for each in sorted(found.all, key=lambda each: by_gravity(gaps, each)) if _telling(each)]
    shown: list[Episode] = []
    room = LINES - len(head) - len(tail) - 2
    for each in grave:
        needed = len(_episode(gaps, each, 1))
        if needed > room:
            break
        shown.append(each)
        room -= needed
    body = [line for number, each in enumerate(found.all, 1) if each in shown for line in _episode(gaps, each, number)]
    if body:
        of = "all"
        if len(shown) < len(found.all):
            of = (
                f"the gravest of {len(found.all)}"
                if len(shown) == 1
                else f"the {len(shown)} gravest of {len(found.all)}"
            )
        head += [
            ("", ""),
            ("title", f"What a panel would talk about: {of}, {order_of(found)} (kg episodes tells each)"),
        ]
    return [*head, *body, *tail]


def _telling(each: Episode) -> bool:
    return bool(each.of("missed-opportunity", "decision-to-look-at", "missed-share"))


def _episode(gaps: Study, each: Episode, place: int) -> list[Line]:
    """One episode on the page: a sentence each for what was decided, what others held, and what the rules asked."""
    head: list[Line] = [("grave", line) for line in heading(gaps, each, place, id=False)]
    parts = [decided(gaps, each), elsewhere(gaps, each, 1), asked(gaps, each, counted=True)]
    said = [Part(part.word, part.sentences[:1], part.rows[:2]) for part in parts if part.sentences]
    return [*head, *fitted(gaps, said, EPISODE - len(head))]


def _unlisted(gaps: Study) -> Part:
    """What hides findings, before any of them: coded rows under names that are likely a listed person's."""
    said = [each.what for each in nobody_listed(gaps.review, gaps.review.judgements) if each.severity == "error"]
    if not said:
        return Part("First", ())
    left = len(said) - 1
    more = _capital(f"{number(left, 'other return')} {'has' if left == 1 else 'have'} such rows.")
    rest = (more,) if left > 0 else ()
    return Part("First", (f"{said[0]}.", *rest, "No finding rests on them: kg link says whose they are."))


# --- three sentences --------------------------------------------------------------------------------------------


def _seen(gaps: Study) -> Part:
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
        return Part("Seen", tuple(_capital(words) for words in (*said, f"None of them says whether {who} was seen.")))
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
    return Part("Seen", tuple(map(_capital, said)))


def _capital(sentence: str) -> str:
    return sentence[0].upper() + sentence[1:]


def _travelled(gaps: Study) -> Part:
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
    said = [_capital(f"{number(len(sure), 'such gap')} {'is' if len(sure) == 1 else 'are'} sure{more}.")]
    if len(lacked) > 1 and most > 1:
        said.append(f"The agency without it was most often {agency} ({most}).")
    return said


def _by(when: When) -> str:
    if not when.closed:
        return "before then"
    first, last = day_of(when.earliest), day_of(when.latest)
    return f"from {say_day(first)}" if first == last else f"by {say_day(last)} at the latest"


def _again(gaps: Study) -> Part:
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
        yield _capital(f"{_times(sure)} {none}.")
        if of > sure:
            yield f"{'Once' if of - sure == 1 else _capital(_times(of - sure))} more that is possible."


def _times(many: int) -> str:
    return "once" if many == 1 else "twice" if many == 2 else number(many, "time")


# --- what stands below ------------------------------------------------------------------------------------------


def _tail(gaps: Study, found: Episodes, problems: Sequence[Problem]) -> Iterator[Line]:
    yield from part_lines(gaps, _own_words(gaps, found))
    unseen = _not_seen(gaps)
    if unseen.sentences:
        yield from part_lines(gaps, unseen)
    for style, line in part_lines(gaps, _not_known(gaps, problems)):
        yield style or "quiet", line
    for line in flow(
        "kg find-gaps REVIEW --all prints everything; kg explain REVIEW ID shows what any of it rests on."
    ):
        yield "quiet", line


def _own_words(gaps: Study, found: Episodes) -> Part:
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


def _not_seen(gaps: Study) -> Part:
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


def _not_known(gaps: Study, problems: Sequence[Problem]) -> Part:
    """What could not be read, and whose silence says nothing: never left out."""
    errors = sum(problem.severity == "error" for problem in problems)
    doubtful = sum(each.doubtful for each in gaps.coverage)
    undated = sum(each.undated for each in gaps.coverage)
    rows = sum(each.rows for each in gaps.coverage)
    said = []
    if errors:
        said.append(f"{count(errors, 'thing')} could not be read: kg check says which.")
    dates = [f"{doubtful} of wide or doubtful date" if doubtful else "", f"{undated} undated" if undated else ""]
    if any(dates):
        said.append(f"{count(rows, 'row')}: {listed([words for words in dates if words])}.")
    made = counts(gaps)
    if made.contacts < THIN or gaps.sightings.not_stated == made.contacts:
        said.append(f"The record is thin: {count(made.contacts, 'contact')}. Little can be concluded from it.")
    unread = [each.agency for each in gaps.coverage if each.unread]
    if unread:
        said.append(aloud(f"Unread, not blameless, since most rows carry no code: {few(unread, 2)}.",
                          f"Unread, not blameless, since most rows carry no code: {few(unread, 1)}."))  # fmt: skip
    without = [each.agency for each in gaps.coverage if not each.has_return]
    if without:
        said.append(aloud(f"No return came from {few(without, 3)}: their silence says nothing.",
                          f"No return came from {few(without, 1)}: their silence says nothing."))  # fmt: skip
    one_sided = made.not_received + made.not_sent
    if one_sided:
        said.append(
            f"{count(one_sided, 'message')} {'stands' if one_sided == 1 else 'stand'} in one side's return only."
        )
    return Part("Not known", tuple(said) or ("Every row that came could be read.",))
