"""Findings in plain sentences: what the record shows, who held what, by which rule, and how to argue with it.

The words are chosen so that the manager of the agency named could read them aloud: "no record of", agencies before
people, certainty always said.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import singledispatch

from kg.base.grammar import count, listed
from kg.chronology.order import turn
from kg.dates.when import DAY
from kg.findings.accounts_differ import Differing
from kg.findings.finding import Detail, Finding, no_form
from kg.findings.machine_drafts import SAID, unchecked_rows
from kg.findings.missed_share import Held, MissedShare
from kg.findings.not_seen import NotSeen
from kg.findings.one_sided import OneSided
from kg.findings.opportunity import Opportunity, lead
from kg.findings.own_reading import accepted, suggested
from kg.findings.pooled_threshold import Pooled
from kg.findings.study import Study
from kg.wording.labels import label, named, short
from kg.wording.rules import (
    opportunity_sentences,
    opportunity_title,
    otherwise_rule,
    pooled_sentences,
    pooled_title,
)

DIFFER = {
    "seen": "who was seen",
    "indicators": "what was said of the person",
    "response": "what was agreed or done",
    "when": "the date",
}
"""What accounts may differ on, in plain words."""

CHANNELS = {
    "unsaid": "could have come in recorded conversations",
    "silent": "no recorded conversation led there",
    "unlinked": "no holder had any record of the subject",
}
"""What each channel says in a few words."""


def title(gaps: Study, finding: Finding) -> str:
    """A finding in one line."""
    said = _title(finding.detail, gaps)
    return f"{said} (suggested, accepted by nobody yet)" if suggested(gaps, finding) else said


def because(gaps: Study, finding: Finding) -> list[str]:
    """The sentences that carry a finding, each once, and each to be checked against the entries it names."""
    drafted = [SAID] if unchecked_rows(gaps, finding) else []
    told = (*drafted, *_because(finding.detail, gaps, finding), *_not_the_agencys(gaps, finding))
    return list(dict.fromkeys(told))


def _not_the_agencys(gaps: Study, finding: Finding) -> Iterator[str]:
    """Which of the codes at its rows are the reviewer's reading, and which nobody has accepted yet."""
    entries = gaps.review.entries
    read = [f"{entries[row].name} ({_codes(gaps, codes)})" for row, codes in accepted(gaps, finding).items()]
    if read:
        yield f"Codes read from the narrative by the reviewer, not given by the agency: {'; '.join(read)}."
    only = [f"{entries[row].name} ({_codes(gaps, codes)})" for row, codes in suggested(gaps, finding).items()]
    if only:
        yield f"Only suggested by words of the narrative, and accepted by nobody yet: {'; '.join(only)}."


def _codes(gaps: Study, codes: Sequence[str]) -> str:
    parts = [code.partition(":") for code in codes]
    return listed(
        [label(gaps, scheme, value).lower() if scheme in gaps.terms.schemes else value for scheme, _, value in parts]
    )


def otherwise(gaps: Study, finding: Finding) -> Iterator[str]:
    """What record would have kept a finding from being made."""
    return _otherwise(finding.detail, gaps)


@singledispatch
def _title(detail: Detail, gaps: Study) -> str:
    raise no_form("a title", detail)


@singledispatch
def _because(detail: Detail, gaps: Study, finding: Finding) -> Iterator[str]:
    raise no_form("sentences", detail)


@singledispatch
def _otherwise(detail: Detail, gaps: Study) -> Iterator[str]:
    raise no_form("what would have made it otherwise", detail)


# --- opportunities ----------------------------------------------------------------------------------------------


@_title.register
def _(detail: Opportunity, gaps: Study) -> str:
    return opportunity_title(gaps, detail)


@_because.register
def _(detail: Opportunity, gaps: Study, finding: Finding) -> Iterator[str]:
    return opportunity_sentences(gaps, detail)


@_otherwise.register
def _(detail: Opportunity, gaps: Study) -> Iterator[str]:
    return otherwise_rule(gaps, lead(detail))


# --- pooled thresholds ------------------------------------------------------------------------------------------


@_title.register
def _(detail: Pooled, gaps: Study) -> str:
    return pooled_title(gaps, detail)


@_because.register
def _(detail: Pooled, gaps: Study, finding: Finding) -> Iterator[str]:
    return pooled_sentences(gaps, detail)


@_otherwise.register
def _(detail: Pooled, gaps: Study) -> Iterator[str]:
    yield "Rows by which one agency held as much, or was told it, by then."


# --- accounts that differ ---------------------------------------------------------------------------------------


@_title.register
def _(detail: Differing, gaps: Study) -> str:
    rows = [gaps.review.entries[row] for row in detail.accounts]
    on = listed([DIFFER[each.what] for each in detail.differences])
    return f"{listed([f'{entry.agency} ({entry.ref})' for entry in rows])}, {rows[0].when.plain()}: accounts differ on {on}"


@_otherwise.register
def _(detail: Differing, gaps: Study) -> Iterator[str]:
    yield "Rows that say the same, or a word from the agencies on which of them stands."


# --- information that did not arrive ----------------------------------------------------------------------------


@_title.register
def _(detail: MissedShare, gaps: Study) -> str:
    what = label(gaps, "indicator", detail.indicator).lower()
    if not detail.novel:
        return f"{detail.agency} had another record of {what} ({_about(gaps, detail)}), and not this"
    return f"{detail.agency} had no record of: {what} ({_about(gaps, detail)})"


@_otherwise.register
def _(detail: MissedShare, gaps: Study) -> Iterator[str]:
    what = label(gaps, "indicator", detail.indicator).lower()
    yield (
        f"A row of {detail.agency} that records receiving it (Received from), or records {what} of the same event, "
        f"dated on or before {gaps.review.entries[detail.contacts[-1]].when.plain()}; or a row of a holder with "
        f"{detail.agency} in Shared with, which would make it at most possible."
    )


# --- messages that one side wrote down --------------------------------------------------------------------------


@_title.register
def _(detail: OneSided, gaps: Study) -> str:
    entry = gaps.review.entries[detail.row]
    if detail.kind == "not-received":
        return f"Sent by {detail.other} on {short(entry)}: {detail.agency} has no record of receiving it"
    return f"Received by {detail.other} on {short(entry)}: {detail.agency} has no record of sending it"


@_otherwise.register
def _(detail: OneSided, gaps: Study) -> Iterator[str]:
    heading = "Received from" if detail.kind == "not-received" else "Shared with"
    yield f"A row of {detail.agency} with {detail.other} under {heading}, within {detail.days} days."


# --- time not seen ----------------------------------------------------------------------------------------------


@_title.register
def _(detail: NotSeen, gaps: Study) -> str:
    sure = "surely not seen by any agency" if detail.surely else "with no record of being seen"
    return f"{detail.subject}: {stretch(detail)} {sure}"


@_otherwise.register
def _(detail: NotSeen, gaps: Study) -> Iterator[str]:
    yield f"A contact of any agency in this time that states {detail.subject} was seen."


@_because.register
def _(each: Differing, gaps: Study, finding: Finding) -> Iterator[str]:
    entries = gaps.review.entries
    for account in gaps.links.accounts:
        if account.one in each.accounts and account.other in each.accounts:
            why = "; ".join(account.why)
            yield f"{named(entries[account.one])} and {named(entries[account.other])} are linked: {why}."
    for difference in each.differences:
        schemes = {"indicators": "indicator", "response": "response"}
        yield f"On {DIFFER[difference.what]}:"
        for row, words in difference.said:
            scheme = schemes.get(difference.what)
            plain = listed([label(gaps, scheme, word).lower() for word in words.split("; ")]) if scheme else words
            yield f"{entries[row].name} says {plain}."
    yield "Only what both wrote is compared. A difference is not an error; it may show what did not come across."


def _about(gaps: Study, gap: MissedShare) -> str:
    concept = gaps.terms.concept("indicator", gap.indicator)
    if concept is not None and concept.about == "household":
        return gap.subject
    persons = sorted({gaps.facts.all[fact].person for held in gap.holders for fact in held.facts})
    if _whose_is_open(gaps, gap):
        return listed([f"{person}'s" for person in persons], "or")
    return listed(persons) if persons and persons != [gap.subject] else gap.subject


def _whose_is_open(gaps: Study, gap: MissedShare) -> bool:
    """Whether the holders' rows leave open whose it is: a word of one person, and several whom it may be about."""
    several = any(len(held.facts) > 1 for held in gap.holders)
    return several and gaps.facts.household.speaks_of_subject(gap.indicator)


@_because.register
def _(gap: MissedShare, gaps: Study, finding: Finding) -> Iterator[str]:
    entries = gaps.review.entries
    what = label(gaps, "indicator", gap.indicator).lower()
    contacts = [entries[row] for row in gap.contacts]
    when = f"on {short(contacts[0])}"
    if len(contacts) > 1:
        when = f"from {short(contacts[0])} to {short(contacts[-1])}"
    yield (
        f"At {count(len(contacts), 'contact')} about {gap.subject}, {when}, {gap.agency} had no record of: "
        f"{what} ({_about(gaps, gap)})."
    )
    for held in gap.holders[:5]:
        yield _holder(gaps, held)
    if len(gap.holders) > 5:
        yield f"{count(len(gap.holders) - 5, 'other origin')} of the same kind were held elsewhere."
    if _whose_is_open(gaps, gap):
        yield "The holder's row does not say whose this is; the agency is asked."
    if gap.novel:
        last = entries[gap.novel[-1]]
        which = "At all of them" if not gap.more else f"At {len(gap.novel)} of them, the last on {short(last)},"
        yield f"{which} {gap.agency} held no record of any {what} ({_about(gaps, gap)})."
    if gap.more:
        which = "At the others" if gap.novel else "At all of them"
        yield f"{which} {gap.agency} held, or may have held, another record of this kind; this would have added to it."
    yield _channel(gaps, gap)
    learnt = [held for held in gap.holders if held.learnt is not None]
    if not learnt:
        yield f"There is no record that {gap.agency} ever learnt it."
    else:
        first = min(learnt, key=lambda held: held.learnt[1].earliest if held.learnt else 0)
        if first.learnt:
            yield f"The first record by which it may have come to know any of this: {named(entries[first.learnt[0]])}."
    if finding.certainty == "sure":
        yield (
            "Sure: whatever the exact dates and whichever messages arrived, another agency had held it for a whole "
            "working day and this one had not."
        )
        if gap.perhaps:
            yield (
                f"In some reading also at {count(len(gap.perhaps), 'other contact')}: rows that nobody has read, whose date is "
                "wide, or that name only others."
            )
    else:
        yield (
            "Possible: so in some reading of the dates, or of messages whose arrival is not recorded; not in every one."
        )
    refusals = listed([named(entries[row]) for row in gap.refusals])
    if gap.refused:
        yield (
            f"An adult with capacity had refused sharing ({refusals}): this is noted, and is not called information that "
            "was missed."
        )
    elif refusals:
        yield f"From the day of a refusal by an adult with capacity ({refusals}), that holder is not counted."
    if not finding.read(gaps.knowledge):
        yield "Some of these contacts carry no code and no reviewer has passed them: of them nothing is surely missing."
    yield (
        "That this kind of agency needs this kind of information is our own judgement of proportionate need "
        f"(kg ontology {gap.indicator}); whose task it was to tell, or to ask, is for the review."
    )


def _holder(gaps: Study, held: Held) -> str:
    entry = gaps.review.entries[held.row]
    source = "" if entry.agency == held.agency else f", by {named(entry)}"
    reference = f" ({entry.ref})" if not source else ""
    knew = "it had no record of the subject"
    if held.knew_subject is not None:
        knew = f"its first record of the subject is {named(gaps.review.entries[held.knew_subject[0]])}"
    return f"{held.agency} held it from {held.since.plain()}{reference}{source}; {knew}."


def _channel(gaps: Study, gap: MissedShare) -> str:
    if gap.channel == "unsaid":
        path = " → ".join(gaps.review.entries[row].name for row in gap.path)
        return f"It could have come in time along recorded conversations: {path}."
    if gap.channel == "unlinked":
        return (
            f"No agency that held it had any record of {gap.subject}, so none could be expected to tell: a gap between "
            "systems."
        )
    return "No chain of recorded conversations would have brought it in time."


@_because.register
def _(gap: OneSided, gaps: Study, finding: Finding) -> Iterator[str]:
    entry = gaps.review.entries[gap.row]
    if gap.kind == "not-received":
        yield f"{entry.name} ({entry.when.plain()}) records telling {gap.agency}."
        yield f"The return of {gap.agency} has no row of hearing from {gap.other} within {gap.days} days of it."
        yield from _rows_near(gaps, gap)
        yield "It may have arrived and not been written down, or have been left out of the return."
    else:
        yield f"{entry.name} ({entry.when.plain()}) records hearing from {gap.agency}."
        yield f"The return of {gap.agency} has no row of telling {gap.other} within {gap.days} days of it."
        yield from _rows_near(gaps, gap)
        yield "It may have been said and not been written down, or have been left out of the return."
    yield f"The {gap.days} days are our own convention."


def _rows_near(gaps: Study, gap: OneSided) -> Iterator[str]:
    """The rows of the silent side that may be this telling, but do not name the other agency."""
    entry = gaps.review.entries[gap.row]
    near = [
        other
        for other in gaps.review.entries
        if other.agency == gap.agency
        and other.known.closed
        and other.known.earliest <= entry.known.latest + DAY
        and other.known.latest >= entry.known.earliest - DAY
        and {*other.people, *other.about} & {*entry.people, *entry.about}
    ]
    if near:
        names = [other.name for other in sorted(near, key=turn)[:6]]
        yield f"Its rows within a day of it, which do not name {gap.other} there: {listed(names)}."


def stretch(gap: NotSeen) -> str:
    if gap.at_least == gap.at_most:
        return count(gap.at_least, "day")
    return f"{gap.at_least}-{gap.at_most} days"


@_because.register
def _(gap: NotSeen, gaps: Study, finding: Finding) -> Iterator[str]:
    entries = gaps.review.entries
    begins = f"after {named(entries[gap.after])}" if gap.after is not None else "from the first contact"
    ends = f"until {named(entries[gap.until])}" if gap.until is not None else "until the incident"
    yield f"No agency records seeing {gap.subject} {begins}, {ends}: {stretch(gap)}."
    if gap.surely:
        yield "Contacts that do not state who was seen are taken as possible sightings, so the time is surely no shorter."
    elif gap.not_stated:
        yield f"{count(gap.not_stated, 'contact')} in this time do not state whether {gap.subject} was seen."
