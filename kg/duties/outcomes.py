"""Outcomes: what the record shows of each opening, from "met" to "no record".

Only a rule with a number and an unconditional clock can be late. A rule with a condition the record cannot show is only
ever met, decided otherwise, or a question. Where the record leaves it open, it is said to be so.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kg.base.grammar import listed
from kg.chronology.coverage import is_read
from kg.dates.when import BEGINNING, DAY, END
from kg.duties.answers import Answers
from kg.duties.limits import due
from kg.duties.openings import Opening
from kg.duties.responses import Answer
from kg.duties.unread import Unread
from kg.model.record import Entry
from kg.model.review import Review
from kg.terms.reader import Duty, Limit

MET, LATE, DECIDED, NO_RECORD, CANNOT_TELL = "met", "late", "decided-otherwise", "no-record", "cannot-tell"
MISSED = frozenset({LATE, NO_RECORD})
_UNSAID = "something was told in time; whether this was said with it is not recorded"
_UNREAD = "nobody has read into codes what this row says was done"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the record shows of one opening under its duty.

    ``outcome`` is "met", "late", "decided-otherwise", "no-record" or "cannot-tell"; ``sure`` whether so in every reading.
    ``duty`` is the edition that judges, ``strength`` its weight. ``due`` is the last minute of the limit (None where the
    opening cannot be placed), ``own_limit`` true where the number is our convention. ``answer`` is the row that answers
    or declines, ``asked`` the rows in which the agency answered a question about it, ``why`` a few words on a
    "cannot-tell".
    """

    opening: Opening
    duty: Duty
    outcome: str
    sure: bool
    strength: str
    due: int | None
    own_limit: bool
    answer: int | None
    asked: tuple[int, ...] = ()
    why: str = ""


def judge(opening: Opening, answers: Answers, unread: Unread, asked: tuple[int, ...] = ()) -> Outcome:
    """What the record shows of one opening. Every edition that may be in force judges; if they disagree, none can tell.

    ``asked`` are rows in which the agency answered a question about this opening: an expected response there meets it.
    """
    verdicts = [_judge_edition(opening, duty, direct, answers, unread, asked) for duty, direct in opening.editions]
    first = verdicts[0]
    if any(verdict.outcome != first.outcome for verdict in verdicts):
        return _cannot(first, "editions of the rule that may have been in force differ")
    if opening.when.perhaps_a_slip and first.outcome in MISSED | {DECIDED}:
        return _cannot(first, "its date stands years away from its neighbours, and may be a slip")
    if not opening.in_force and first.outcome in MISSED | {DECIDED}:
        return _cannot(first, "the rule was not in force in every reading of the date")
    return first


def stands_unanswered(opening: Opening, answers: Answers) -> bool:
    """Whether a trigger held before a point of decision still had no answer.

    It had one if, in some reading, an expected response came by then and no earlier than the agency first held the
    newest of the trigger's concepts: a new concept reopens it. Under any edition that may be in force.
    """
    newest, now = answers.newest(opening), opening.when.latest
    return not any(answers.any_between(opening, duty, newest, now) for duty, _ in opening.editions)


def _judge_edition(
    opening: Opening, duty: Duty, direct: bool, answers: Answers, unread: Unread, asked: tuple[int, ...]
) -> Outcome:
    review, rules = answers.review, answers.rules
    entry = review.entries[opening.row]
    own_limit = duty.within is None
    limit = duty.within or answers.terms.conventions["limit"].limit
    strength = rules.strength(duty, direct=direct and not _only_suggested(opening, review))
    when = opening.when
    by_earliest = _due(limit, when.earliest, review)
    by_latest = _due(limit, when.latest, review)

    def told(outcome: str, sure: bool, row: int | None, why: str = "") -> Outcome:
        return Outcome(opening, duty, outcome, sure, strength, by_latest, own_limit, row, asked, why)

    found = answers.to(opening, duty)
    surely, maybe, after = _in_turn(found, opening, duty, (by_earliest, by_latest), answers)
    wanted = rules.answers(duty)
    for row in asked:
        reply = review.entries[row]
        if any(response in wanted for response in reply.responses) and not _done_late(reply, by_latest):
            return told(MET, True, row)
    declined = answers.declined(opening, duty, by_latest)
    if surely is not None and not (declined == opening.row and surely.when.surely_before(when)):
        return told(MET, True, surely.row)
    # A row that itself declines is a decision to look at, whatever stood.
    missed_sure = (not maybe or surely is not None) and opening.sure and when.latest < review.incident.earliest
    missed_sure = missed_sure and is_read(entry)
    if unread.whose_is_open(opening):
        people = listed([*dict.fromkeys((*entry.people, *entry.about))])
        return told(CANNOT_TELL, True, None, f"the row names only {people}, and does not say whose this is")
    if declined is not None:
        decision = review.entries[declined].known
        certain = declined == opening.row or (when.surely_before(decision) and decision.latest <= by_latest)
        return told(DECIDED, missed_sure and certain, declined)
    # What had to come first had its time before the trigger, not after it.
    first, last = (when.earliest, when.latest) if duty.order == "before" else (by_earliest, by_latest)
    if first >= review.incident.earliest:
        return told(CANNOT_TELL, True, None, "the time to respond had not run out at the incident")
    if duty.condition or duty.threshold:
        return told(CANNOT_TELL, True, after.row if after else None, duty.condition or f"threshold: {duty.threshold}")
    told_on = answers.told_those_to_act(opening, duty, by_latest)
    if told_on is not None:
        return told(
            CANNOT_TELL, True, told_on, "it told those who were to act; what they did is for their record to show"
        )
    missed_sure = missed_sure and last < review.incident.earliest
    if not is_read(entry) and not entry.suggested:
        return told(CANNOT_TELL, True, None, _UNREAD)
    missed_sure = missed_sure and not unread.may_answer(opening, duty, by_latest)
    if maybe:
        return _left_open(maybe, opening, answers, told, own_limit=own_limit)
    if after is not None and rules.clock_runs(duty):
        return told(LATE, missed_sure, after.row)
    return told(NO_RECORD, missed_sure, after.row if after else None)


def _in_turn(
    found: Sequence[Answer], opening: Opening, duty: Duty, limit: tuple[int, int], answers: Answers
) -> tuple[Answer | None, list[Answer], Answer | None]:
    """The first answer surely in time, all that are so in some reading, and the first beyond the limit."""
    surely = after = None
    maybe: list[Answer] = []
    for answer in found:
        in_time, certain = _in_time(answer, opening, duty, limit, answers)
        if in_time:
            maybe.append(answer)
            if certain and answer.sure:
                surely = surely or answer
        elif answer.when.earliest > limit[1] and after is None and duty.order != "before":
            after = answer
    return surely, maybe, after


def _left_open(
    maybe: Sequence[Answer], opening: Opening, answers: Answers, told: Callable[..., Outcome], *, own_limit: bool
) -> Outcome:
    """What is said where something recorded may be the answer, and does not surely answer in time.

    Where it is not known whether what was told was this, only the agency can tell. Where the source gives no number and
    the answer surely follows, it is met: our own fourteen days make nobody late by a few. Else the order is open.
    """
    dated = [answer for answer in maybe if answer.sure]
    if not dated:
        return told(CANNOT_TELL, True, maybe[0].row, _UNSAID)
    following = [answer for answer in dated if answer.row == opening.row or _surely_follows(answer, opening, answers)]
    if own_limit and following:
        return told(MET, False, following[0].row)
    return told(NO_RECORD, False, dated[0].row)


def _only_suggested(opening: Opening, review: Review) -> bool:
    """Whether what opened a duty is, in any part it needs, a code that words suggest and nobody has accepted."""
    entry = review.entries[opening.row]
    if not entry.suggested and not any(review.entries[row].suggested for row in opening.held_rows):
        return False
    suggested = {code.partition(":")[2] for code in entry.suggested}
    own = [each for each in opening.concepts if each in (entry.contact, *entry.indicators, *entry.responses)]
    if not opening.held_rows and len(own) > 1 and opening.by != "decision":
        return all(each in suggested for each in own)
    return any(each in suggested for each in own) or any(review.entries[row].suggested for row in opening.held_rows)


def _done_late(reply: Entry, by_latest: int) -> bool:
    """Whether a reply that says when it was written gives a date, for what was done, surely after the limit."""
    return reply.written is not None and by_latest < END and reply.when.earliest > by_latest


def _in_time(
    answer: Answer, opening: Opening, duty: Duty, limit: tuple[int, int], answers: Answers
) -> tuple[bool, bool]:
    """(possibly in time, surely in time) of one answer to one opening, whose limit lies between two moments."""
    by_earliest, by_latest = limit
    when, ended = opening.when, answers.review.incident.earliest
    if answer.row == opening.row:
        return True, True
    if duty.order == "before":
        start = when.earliest - (by_latest - when.latest)
        return (
            answer.when.earliest <= when.latest and answer.when.latest >= start,
            answer.when.latest <= when.earliest and answer.when.earliest >= start,
        )
    follows = answer.when.latest >= when.earliest
    if follows and answer.when.earliest <= by_latest:
        return True, answer.when.latest <= min(by_earliest, ended - 1) and _surely_follows(answer, opening, answers)
    if not follows and answers.holds_over(answer, opening):
        return True, True
    return False, False


def _surely_follows(answer: Answer, opening: Opening, answers: Answers) -> bool:
    """Whether in every reading an answer does not precede what it answers.

    Rows of one day without times are in no order: of one day they are taken as one occasion. Rows of one event are.
    """
    if answer.row in answers.links.event[opening.row]:
        return True
    return answer.when.earliest // DAY >= opening.when.latest // DAY


def _due(limit: Limit, moment: int, review: Review) -> int:
    if moment <= BEGINNING:
        return BEGINNING
    if moment >= END:
        return END
    return due(limit, moment, review.jurisdiction)


def _cannot(outcome: Outcome, why: str) -> Outcome:
    return Outcome(
        outcome.opening, outcome.duty, CANNOT_TELL, True, outcome.strength, outcome.due, outcome.own_limit,
        outcome.answer, outcome.asked, why,
    )  # fmt: skip
