"""Openings and rules in plain sentences: what called for a response, by which rule, until when, and what is recorded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from kg.base.grammar import count, listed, nth
from kg.dates.when import BEGINNING, END, day_of, say_clock, say_day
from kg.dates.working_days import is_working_day
from kg.duties.limits import last_day
from kg.duties.openings import SHARED
from kg.duties.outcomes import CANNOT_TELL, DECIDED, LATE, MET, NO_RECORD, Outcome
from kg.findings.opportunity import Opportunity, lead
from kg.findings.pooled_threshold import Pooled
from kg.findings.study import Study
from kg.model.record import Entry
from kg.terms.reader import Duty, Limit
from kg.wording.labels import label, named, plain

OUTCOMES = {
    MET: "a response is recorded in time",
    LATE: "a response is recorded, after the limit",
    DECIDED: "decided otherwise",
    NO_RECORD: "no record of a response",
    CANNOT_TELL: "cannot be told from the record",
}
"""Each outcome in a few words."""

STRENGTHS = {
    "firm": "firm: the source was read, gives a number, and its clock runs from the event itself",
    "expected": "expected: the source was read, but gives no number or a condition the record cannot show",
    "prompt": (
        "prompt: the source was not read, or is a local habit, or the trigger is met only through a broader word; "
        "a reason to ask, no more"
    ),
}
"""What each strength means."""


def asks_for(gaps: Study, duty: Duty) -> str:
    """What a rule asks for, in plain names: "section 47 enquiry or assessment"."""
    return listed([plain(gaps, notation) for notation in duty.expected], "or")


def opportunity_title(gaps: Study, each: Opportunity) -> str:
    """An opportunity in one line."""
    entry, outcome = gaps.review.entries[each.row], lead(each)
    what = asks_for(gaps, outcome.duty)
    where = f"{entry.agency}, {entry.when.plain()} ({entry.ref})"
    if each.kind == "response-recorded":
        return f"{where}: {what} recorded in time"
    if each.kind == "question":
        return f"{where}: only the agency can tell whether {what} was called for"
    if each.kind == "decision-to-look-at":
        return f"{where}: a decision to look at; {what} was called for"
    return f"{where}: no record of {what}" + (" in time" if outcome.outcome == LATE else "")


def opportunity_sentences(gaps: Study, each: Opportunity) -> Iterator[str]:
    """The sentences that carry an opportunity: what was known then, each rule with its limit, and what was found."""
    outcome = lead(each)
    yield what_was_known(gaps, outcome)
    rules = list(_by_rule(gaps, (outcome, *each.telling)))
    yield from rules[:4]
    if len(rules) > 4:
        yield f"{count(len(rules) - 4, 'other rule')} say the same (kg explain)."
    came = {told.outcome for told in (outcome, *each.telling) if told.answer is not None}
    if DECIDED in came:
        yield "A decision instead is one to look at, not a miss."
    if MET in came:
        yield "The quality of what is recorded is not assessed."
    chain = each.chain
    if chain.of > 1:
        yield (
            f"The {nth(chain.ordinal)} of {chain.of} occasions with the same outcome under the same rule for "
            f"{chain.subject}; the {nth(chain.agency_ordinal)} of {chain.agency_of} by this agency."
        )
    if each.kind in ("missed-opportunity", "decision-to-look-at"):
        yield f"{each.strength.capitalize()}{STRENGTHS[each.strength].removeprefix(each.strength)}."
        yield (
            "Sure: so in every reading of the dates."
            if each.sure
            else "Possible: in some reading a response did come in time, or stands in a row that nobody has read, or the "
            "entry is not about this person."
        )
    for row in outcome.asked:
        yield answered(gaps.review.entries[row])
    if each.kind == "missed-opportunity":
        yield "It is an opportunity with no response recorded until the reviewer accepts it, after the agency's reply."


def answered(entry: Entry) -> str:
    """That an agency answered a question, when, and in what words."""
    when = entry.written or entry.when
    said = " ".join(entry.narrative.split())
    return f"Answered by the agency on {when.plain()} ({entry.name}): {said}"


def what_was_known(gaps: Study, outcome: Outcome) -> str:
    """What the agency held then that opened the duty, and where it came from."""
    opening, entries = outcome.opening, gaps.review.entries
    entry = entries[opening.row]
    concepts = listed([plain(gaps, notation) for notation in opening.concepts])
    if opening.by == "decision":
        rows = listed([named(entries[row]) for row in opening.held_rows[:4]])
        return (
            f"{named(entry)}: a point of decision. {entry.agency} already held {concepts} ({rows}), and no record of a "
            "response to it stands before this."
        )
    said = {entry.contact, *entry.indicators, *entry.responses}
    own = [notation for notation in opening.concepts if notation in said] or list(opening.concepts)
    before = [notation for notation in opening.concepts if notation not in own]
    recorded = listed([plain(gaps, notation) for notation in own])
    text = f"{named(entry)}: {_said_by(gaps, entry, own) or f'{entry.agency} recorded {recorded}'}."
    if opening.held_rows:
        more = f"{listed([plain(gaps, notation) for notation in before])}, by " if before else ""
        rows = listed([named(entries[row]) for row in opening.held_rows[:4]])
        text += f" Together with what it already held: {more}{rows}."
    return text


def _said_by(gaps: Study, entry: Entry, concepts: Sequence[str]) -> str:
    """Who says what a row says, where part of it is the reviewer's reading or only suggested by its words; else ""."""
    read = {code.partition(":")[2] for code in entry.accepted}
    only = {code.partition(":")[2] for code in entry.suggested}
    if not {*concepts} & (read | only):
        return ""
    parts = (
        (f"{entry.agency} recorded", [each for each in concepts if each not in read | only]),
        ("the reviewer reads in its words", [each for each in concepts if each in read]),
        ("its words suggest", [each for each in concepts if each in only - read]),
    )
    return "; ".join(f"{who} {listed([plain(gaps, each) for each in some])}" for who, some in parts if some)


def rule_line(gaps: Study, duty: Duty) -> str:
    """A rule with its source, standing and dates in force, in one sentence."""
    until = f" to {say_day(duty.until)}" if duty.until else " on"
    seen = "a passage of the source was read" if duty.verified else "the source was not read: check it before use"
    where = listed(duty.areas or duty.nations)
    return (
        f"{duty.source} ({duty.force or 'force not stated'}; {where}, in force {say_day(duty.since)}{until}; {seen}) "
        f"asks for {asks_for(gaps, duty)}{asked_if(duty)}."
    )


def asked_if(duty: Duty) -> str:
    """Under what condition a rule asks, where it has one that no record can show: ", on a condition: ..."."""
    condition = duty.condition or duty.threshold
    return f", on a condition that no record can show ({condition})" if condition else ""


def _by_rule(gaps: Study, outcomes: Iterable[Outcome]) -> Iterator[str]:
    """Each rule once with what came of it; where that differs by person, for each of them."""
    came: dict[str, dict[str, dict[str, None]]] = {}
    for outcome in outcomes:
        of_rule = came.setdefault(rule_line(gaps, outcome.duty), {})
        of_rule.setdefault(_what_came(gaps, outcome), {})[outcome.opening.subject] = None
    for rule, ways in came.items():
        told = [f" For {listed(list(whose))}:{way}" if len(ways) > 1 and way else way for way, whose in ways.items()]
        yield rule + "".join(told)


def _what_came(gaps: Study, outcome: Outcome) -> str:
    entries = gaps.review.entries
    text = ""
    if outcome.due is not None and BEGINNING < outcome.due < END:
        if outcome.own_limit:
            text += f" It gives no number; within 14 days is our own convention: by {_end(outcome.due, outcome.duty)}."
        elif outcome.duty.within:
            text += f" Within {said_limit(outcome.duty.within)}: by {_end(outcome.due, outcome.duty)} at the latest."
    if outcome.outcome == DECIDED and outcome.answer is not None:
        decided = entries[outcome.answer]
        words = listed([plain(gaps, response) for response in decided.responses])
        text += f" The record is of a decision instead: {words} ({named(decided)})."
    elif outcome.outcome == NO_RECORD:
        text += " There is no record of it by then"
        if outcome.answer is not None:
            late = "; a later one is" if outcome.sure else "in every reading of the dates; one that may be is"
            text += f"{late if late.startswith(';') else ' ' + late} {named(entries[outcome.answer])}"
        text += "."
    elif outcome.outcome == LATE and outcome.answer is not None:
        text += f" It is recorded later: {named(entries[outcome.answer])}."
    elif outcome.outcome == MET and outcome.answer is not None:
        text += f" It is recorded: {named(entries[outcome.answer])}."
    elif outcome.outcome == CANNOT_TELL:
        text += f" Whether it applied cannot be told from the record: {outcome.why}."
    return text


def said_limit(limit: Limit) -> str:
    """A limit as written: "15 working days", "the same day"."""
    return limit.unit if "same" in limit.unit else f"{limit.number} {limit.unit}"


def limit_arithmetic(gaps: Study, outcome: Outcome) -> Iterator[str]:
    """How the limit was reckoned: the day it ran from, days counted and left out, and the day it ended on."""
    entry = gaps.review.entries[outcome.opening.row]
    if not entry.known.closed:
        yield "The date is open at one end, so no limit can be reckoned."
        return
    limit = outcome.duty.within or gaps.terms.conventions["limit"].limit
    for word, moment in (("", entry.known.earliest), (" at the latest", entry.known.latest)):
        day = day_of(moment)
        if word and day == day_of(entry.known.earliest):
            return
        if limit.unit.startswith("hour"):
            yield f"{said_limit(limit)} from {say_day(day)} {say_clock(moment)}{word}."
            continue
        last = last_day(limit, day, gaps.review.jurisdiction)
        text = f"From {say_day(day)}{word}, {said_limit(limit)} end on {say_day(last)}"
        if "working" in limit.unit or "school" in limit.unit:
            left = [
                d
                for d in (day.fromordinal(n) for n in range(day.toordinal() + 1, last.toordinal() + 1))
                if not is_working_day(d, gaps.review.jurisdiction)
            ]
            holidays = [d for d in left if d.weekday() < 5]
            text += f"; {count(len(left), 'day')} left out as weekends or bank holidays"
            if holidays:
                text += f" (bank holidays in {gaps.review.jurisdiction}: {listed([say_day(d) for d in holidays])})"
        yield f"{text}."
    if outcome.own_limit:
        yield "The source gives no number; 14 days are our own convention."


def otherwise_rule(gaps: Study, outcome: Outcome) -> Iterator[str]:
    """What answer would have met an opening, and where it was looked for."""
    duty, entry = outcome.duty, gaps.review.entries[outcome.opening.row]
    where = entry.agency
    types = gaps.terms.broader("agency", gaps.review.agency(entry.agency).type)
    if duty.by and not types & {*duty.by}:
        where = "an agency of the type " + listed([label(gaps, "agency", kind).lower() for kind in duty.by], "or")
    yield (
        f"A row of {where} about {outcome.opening.subject} with the response {asks_for(gaps, duty)} (or the same kind of "
        "contact), in time."
    )
    if {SHARED, *gaps.terms.marked("response", "referral")} & {*duty.expected}:
        yield (
            f"Or a row of {entry.agency} with such an agency in Shared with, or that agency's own row with {entry.agency} "
            "in Received from, if it told what opened the duty."
        )
    yield "An earlier answer would have stood, unless closed since, or this entry brought something new."


def pooled_title(gaps: Study, each: Pooled) -> str:
    """A pooled threshold in one line."""
    alone = f"{each.first} on {say_day(day_of(each.alone))}" if each.alone is not None else "no one agency ever did"
    return (
        f"Together agencies held enough for {asks_for(gaps, each.duty)} on {say_day(day_of(each.together))}; alone, {alone}: "
        f"{count(each.days, 'day')} ({each.subject})"
    )


def pooled_sentences(gaps: Study, each: Pooled) -> Iterator[str]:
    """The sentences that carry a pooled threshold: the rule, who held which sign, and when one agency had enough."""
    entries = gaps.review.entries
    yield rule_line(gaps, each.duty)
    needed = listed([plain(gaps, notation) for notation in each.duty.trigger])
    yield f"It counts {each.duty.trigger_count} of: {needed}."
    for piece in each.pieces:
        yield f"{piece.agency} held {plain(gaps, piece.concept)}: {named(entries[piece.row])}."
    if each.alone is None:
        yield f"No one agency that the rule binds held enough before the incident: {count(each.days, 'day')}."
    else:
        yield f"{each.first} alone held enough {count(each.days, 'day')} later, on {say_day(day_of(each.alone))}."
    yield "No agency is at fault for what it had not been told: this is a gap between agencies."


def _end(moment: int, duty: Duty) -> str:
    clock = f" {say_clock(moment)}" if duty.within and duty.within.unit.startswith("hour") else ""
    return say_day(day_of(moment)) + clock
