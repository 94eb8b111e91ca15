"""Findings in plain sentences: what the record shows, who held what, by which rule, and how to argue with it.

The words are chosen so that the manager of the agency named could read them aloud: "no record of", agencies before
people, certainty always said.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from kg.chronology import NotSeen, turn
from kg.differ import Differing
from kg.gaps import Finding, Gaps
from kg.machine_drafts import SAID, unchecked_rows
from kg.missed import Held, MissedShare
from kg.opportunities import Opportunity, occasions, strongest
from kg.pooled import Pooled
from kg.receipts import OneSided
from kg.rule_words import opportunity_sentences, opportunity_title, pooled_sentences, pooled_title
from kg.when import DAY
from kg.words import count, label, listed, named, short

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


def title(gaps: Gaps, finding: Finding) -> str:
    """A finding in one line."""
    detail = finding.detail
    if isinstance(detail, Opportunity):
        return opportunity_title(gaps, detail)
    if isinstance(detail, Pooled):
        return pooled_title(gaps, detail)
    if isinstance(detail, Differing):
        rows = [gaps.review.entries[row] for row in detail.rows]
        on = listed([DIFFER[each.what] for each in detail.differences])
        return f"{listed([f'{entry.agency} ({entry.ref})' for entry in rows])}, {rows[0].when.plain()}: accounts differ on {on}"
    if isinstance(detail, MissedShare):
        about = _about(gaps, detail)
        return f"{finding.agency} had no record of: {label(gaps, 'indicator', detail.indicator).lower()} ({about})"
    if isinstance(detail, OneSided):
        entry = gaps.review.entries[detail.row]
        if detail.kind == "not-received":
            return f"Sent by {detail.other} on {short(entry)}: {detail.agency} has no record of receiving it"
        return f"Received by {detail.other} on {short(entry)}: {detail.agency} has no record of sending it"
    sure = "surely not seen by any agency" if detail.surely else "with no record of being seen"
    return f"{detail.subject}: {_span(detail)} {sure}"


def because(gaps: Gaps, finding: Finding) -> list[str]:
    """The sentences that carry a finding, each of which can be checked against the entries it names."""
    drafted = [SAID] if unchecked_rows(gaps, finding) else []
    return [*drafted, *_because(gaps, finding)]


def _because(gaps: Gaps, finding: Finding) -> list[str]:
    detail = finding.detail
    if isinstance(detail, Opportunity):
        return list(opportunity_sentences(gaps, detail))
    if isinstance(detail, Pooled):
        return list(pooled_sentences(gaps, detail))
    if isinstance(detail, Differing):
        return list(_differing(gaps, detail))
    if isinstance(detail, MissedShare):
        return list(_missed(gaps, detail, finding))
    if isinstance(detail, OneSided):
        return list(_one_sided(gaps, detail))
    return list(_not_seen(gaps, detail))


def _differing(gaps: Gaps, each: Differing) -> Iterator[str]:
    entries = gaps.review.entries
    for account in gaps.links.accounts:
        if account.one in each.rows and account.other in each.rows:
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


def _about(gaps: Gaps, gap: MissedShare) -> str:
    persons = sorted({gaps.facts.all[held.fact].person for held in gap.holders})
    return listed(persons) if persons and persons != [gap.subject] else gap.subject


def _missed(gaps: Gaps, gap: MissedShare, finding: Finding) -> Iterator[str]:
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
    if gap.grade == "novel":
        yield f"At one or more of these contacts {gap.agency} held nothing of this kind about {gap.subject}."
    else:
        yield f"{gap.agency} did hold other information of this kind; this would have added to it."
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
            f"working day and this one had not, at {count(gap.sure_contacts, 'of these contacts', 'of these contacts')}."
        )
    else:
        yield (
            "Possible: so in some reading of the dates, or of messages whose arrival is not recorded; not in every one."
        )
    if gap.refused:
        yield "An adult with capacity had refused sharing: this is noted, and is not called information that was missed."
    yield (
        "That this kind of agency needs this kind of information is our own judgement of proportionate need "
        f"(kg ontology {gap.indicator}); whose task it was to tell, or to ask, is for the review."
    )


def _holder(gaps: Gaps, held: Held) -> str:
    entry = gaps.review.entries[held.row]
    source = "" if entry.agency == held.agency else f", by {named(entry)}"
    reference = f" ({entry.ref})" if not source else ""
    knew = "it had no record of the subject"
    if held.knew_subject is not None:
        knew = f"its first record of the subject is {named(gaps.review.entries[held.knew_subject[0]])}"
    return f"{held.agency} held it from {held.since.plain()}{reference}{source}; {knew}."


def _channel(gaps: Gaps, gap: MissedShare) -> str:
    if gap.channel == "unsaid":
        path = " → ".join(gaps.review.entries[row].name for row in gap.path)
        return f"It could have come in time along recorded conversations: {path}."
    if gap.channel == "unlinked":
        return (
            f"No agency that held it had any record of {gap.subject}, so none could be expected to tell: a gap between "
            "systems."
        )
    return "No chain of recorded conversations would have brought it in time."


def _one_sided(gaps: Gaps, gap: OneSided) -> Iterator[str]:
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


def _rows_near(gaps: Gaps, gap: OneSided) -> Iterator[str]:
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


def _span(gap: NotSeen) -> str:
    if gap.at_least == gap.at_most:
        return count(gap.at_least, "day")
    return f"{gap.at_least}-{gap.at_most} days"


def _not_seen(gaps: Gaps, gap: NotSeen) -> Iterator[str]:
    entries = gaps.review.entries
    begins = f"after {named(entries[gap.after])}" if gap.after is not None else "from the first contact"
    ends = f"until {named(entries[gap.until])}" if gap.until is not None else "until the incident"
    yield f"No agency records seeing {gap.subject} {begins}, {ends}: {_span(gap)}."
    if gap.surely:
        yield "Contacts that do not state who was seen are taken as possible sightings, so the time is surely no shorter."
    elif gap.not_stated:
        yield f"{count(gap.not_stated, 'contact')} in this time do not state whether {gap.subject} was seen."


def headline(gaps: Gaps) -> str:
    """The figures a reviewer reads first, in one line."""
    seen = gaps.sightings
    by = sum(1 for each in gaps.coverage if each.sightings.contacts)
    parts = [
        f"{count(seen.contacts, 'contact')} by {count(by, 'agency', 'agencies')}: seen {seen.seen}, alone {seen.alone}, "
        f"not seen {seen.not_seen}, not stated {seen.not_stated}"
    ]
    parts += _opportunities(gaps)
    missed = [each for each in gaps.findings if each.kind == "missed-share" and each.status != "dismissed"]
    if missed:
        sure = sum(1 for finding in missed if finding.certainty == "sure")
        parts.append(
            f"{count(len(missed), 'kind')} of information did not arrive ({sure} sure, {len(missed) - sure} possible)"
        )
    for kind, words in (("not-received", "no record of receipt"), ("not-sent", "no record of sending")):
        number = sum(1 for finding in gaps.findings if finding.kind == kind)
        if number:
            parts.append(f"{count(number, 'message')} with {words}")
    for finding in gaps.findings:
        if isinstance(finding.detail, NotSeen) and finding.detail.at_least > 0:
            how = "surely not seen" if finding.detail.surely else "no record of being seen"
            parts.append(f"{finding.subject}: longest {how} {_span(finding.detail)}")
    return " · ".join(parts)


def _opportunities(gaps: Gaps) -> Iterator[str]:
    for kind, one, many in (
        ("missed-opportunity", "opportunity with no response recorded", "opportunities with no response recorded"),
        ("decision-to-look-at", "decision to look at", "decisions to look at"),
    ):
        some = [
            (finding, finding.detail)
            for finding in gaps.findings
            if finding.kind == kind and finding.status != "dismissed" and isinstance(finding.detail, Opportunity)
        ]
        if not some:
            continue
        number = occasions(gaps.links, (each.row for _, each in some))
        text = count(number, one, many)
        if kind == "missed-opportunity":
            strengths = Counter(strongest(gaps.links, (each for _, each in some)).values())
            text += (
                f" ({strengths['firm']} firm, {strengths['expected']} expected, {count(strengths['prompt'], 'prompt')})"
            )
            chains: dict[tuple[str, str], set[int]] = defaultdict(set)
            for _, each in some:
                for outcome in each.telling:
                    chains[outcome.duty.family, outcome.opening.subject].add(gaps.links.event[each.row][0])
            longest = max(len(rows) for rows in chains.values())
            if longest > 1:
                text += f", {longest} of them the same one"
        accepted = sum(1 for finding, _ in some if finding.status == "accepted")
        dismissed = sum(1 for each in gaps.findings if each.kind == kind and each.status == "dismissed")
        if accepted:
            text += f", {accepted} accepted by the reviewer"
        if dismissed:
            text += f", {count(dismissed, 'other')} dismissed"
        yield text
