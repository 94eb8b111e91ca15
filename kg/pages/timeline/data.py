"""Everything that the interactive timeline shows, computed once, as one value that can be written as JSON.

The page and the printed figure show it and work out nothing themselves. Entries are numbered in the order of reading.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import singledispatch

from kg.base.grammar import count, letter
from kg.base.tables import Json
from kg.chronology.coverage import Coverage
from kg.chronology.order import in_order
from kg.chronology.plans import plans_in_force
from kg.chronology.sightings import seen_of
from kg.chronology.whose_code import CODE_WORDS, ROW_WORDS, code_of, row_of
from kg.dates.ages import BEFORE_BIRTH, age_at, age_marks
from kg.dates.when import BEGINNING, DAY, END, When
from kg.findings.episodes import episodes
from kg.findings.finding import Detail, Finding
from kg.findings.missed_share import MissedShare
from kg.findings.not_seen import NotSeen
from kg.findings.one_sided import OneSided
from kg.findings.opportunity import Opportunity
from kg.findings.study import Study
from kg.handling.marking import MARKING
from kg.model.record import Entry
from kg.model.review import Agency, Person
from kg.pages.outlines import OUTLINES
from kg.pages.timeline.known import known_json
from kg.pages.timeline.lanes import (
    BY,
    Spans,
    drawn_bounds,
    fill_of,
    lanes_by,
    shape_of,
    shape_words,
    spans_of,
)
from kg.terms.marks import is_contact, is_public
from kg.wording.findings import CHANNELS, because, title
from kg.wording.headline import headline
from kg.wording.labels import answer_label, label, silence
from kg.wording.storyboard import storyboard

GRAVEST = 8
"""How many pairs of a holder and one who went without are drawn at first."""

SEEN_WORDS = {"seen": "seen", "alone": "seen alone", "unseen": "not seen", "unsaid": "not stated whether seen"}


def timeline_data(gaps: Study, *, by: str = "agency", marking: str = MARKING) -> Json:
    """All that the timeline of a review shows: lanes, entries, findings, knowledge, tracks and questions.

    ``by`` is what lanes stand for at first ("agency", "person", "indicator" or "professional"), ``marking`` the
    protective marking at the head of every page. Moments are minutes and days ordinals, as in ``kg.dates.when``; open bounds
    are None. The same review gives the same value. Raises ValueError for another ``by``.
    """
    review, terms = gaps.review, gaps.terms
    if by not in BY:
        raise ValueError(f"lanes stand for {', '.join(BY)}, not {by}")
    order = in_order(review)
    place = {row: at for at, row in enumerate(order)}
    spans = spans_of(review)
    numbers, repeats, limits = _numbers(gaps), _ordinals(gaps), _limits(gaps)
    agencies = {agency.name: at for at, agency in enumerate(review.agencies)}
    covered = {each.agency: each for each in gaps.coverage}
    return {
        "title": review.title,
        "marking": marking,
        "headline": headline(gaps),
        "by": by,
        "subjects": list(review.subjects),
        "period": review.period.plain(),
        "incident": None if review.incident.earliest >= END else review.incident.earliest // DAY,
        "incidentWords": review.incident.plain(),
        "spans": [spans.first, spans.last, spans.view_first, spans.view_last],
        "agencies": [_agency(gaps, agency, at, covered[agency.name]) for at, agency in enumerate(review.agencies)],
        "shapes": dict(shape_words(gaps.terms)),
        "outlines": {shape: [list(corner) for corner in corners] for shape, corners in OUTLINES.items()},
        "fills": SEEN_WORDS,
        "codings": dict(ROW_WORDS),
        "channels": dict(CHANNELS),
        "entries": [_entry(gaps, row, place, agencies, spans, numbers) for row in order],
        "lanes": {
            each: [
                {
                    "name": lane.name,
                    "agency": agencies.get(lane.agency, -1),
                    "lines": lane.lines,
                    "at": [[place[placed.row], placed.line] for placed in lane.placed],
                }
                for lane in lanes_by(each, review, terms, spans, repeats)
            ]
            for each in BY
        },
        "shares": _shares(gaps, place, agencies, spans),
        "findings": [_finding(gaps, finding, place, agencies, limits) for finding in gaps.findings],
        "gravest": _gravest(gaps, place, agencies),
        "tracks": _tracks(gaps, place, spans),
        "said": _said(gaps, place, agencies),
        "story": _story(gaps, place),
        **known_json(gaps, place),
    }


def _agency(gaps: Study, agency: Agency, at: int, covered: Coverage) -> Json:
    return {
        "name": agency.name,
        "letter": letter(at),
        "type": label(gaps, "agency", agency.type) if agency.type else "type not stated",
        "note": silence(covered),
        "state": "none" if not agency.has_return else "unread" if covered.unread else "read",
        "coverage": (
            f"{count(covered.rows, 'row')}, {covered.coded} coded, "
            + (f"{covered.by_reviewer} read by the reviewer, " if covered.by_reviewer else "")
            + (f"{covered.suggested} with suggested codes only, " if covered.suggested else "")
            + f"{covered.undated} undated, "
            f"{covered.doubtful} of doubtful or wide date"
            if agency.has_return
            else "No return: its silence says nothing"
        ),
    }


def _bound(moment: int) -> int | None:
    return None if moment in (BEGINNING, END) else moment


def _ordinals(gaps: Study) -> dict[int, int]:
    """The length of the number to be written beside each opportunity with no response recorded, by row."""
    numbers = _numbers(gaps)
    return {
        each.row: len(numbers[gaps.links.event[each.row][0]])
        for _, each in gaps.of(Opportunity, "missed-opportunity", dismissed=False)
        if numbers[gaps.links.event[each.row][0]]
    }


def _ordinal(each: Opportunity) -> str:
    return f"{each.chain.ordinal} of {each.chain.of}"


def _entry(
    gaps: Study,
    row: int,
    place: Mapping[int, int],
    agencies: Mapping[str, int],
    spans: Spans,
    numbers: Mapping[int, str],
) -> Json:
    review, entry = gaps.review, gaps.review.entries[row]
    drawn = drawn_bounds(entry.when, spans)
    fill = fill_of(entry, review)
    headings = {column.notation: column.label for column in gaps.terms.properties}
    return {
        "name": entry.name,
        "ref": entry.ref,
        "agency": agencies[entry.agency],
        "when": entry.when.plain(),
        "hedge": entry.when.hedge,
        "bounds": [_bound(entry.when.earliest), _bound(entry.when.latest)],
        "drawn": None if drawn is None else list(drawn),
        "known": [_bound(entry.known.earliest), _bound(entry.known.latest)],
        "shape": shape_of(entry, gaps.terms),
        "fill": fill,
        "contact": label(gaps, "contact", entry.contact) + CODE_WORDS[code_of(entry, "contact", entry.contact)]
        if entry.contact
        else "kind of contact not stated",
        "isContact": int(is_contact(entry, gaps.terms) and not is_public(review.agency(entry.agency), gaps.terms)),
        "codes": row_of(entry),
        "seen": seen_of(entry, review),
        "text": entry.narrative,
        "said": entry.said,
        "people": list(dict.fromkeys(name for name in (*entry.people, *entry.about) if name)),
        "who": " ".join(entry.cells.get("professional", "").split()),
        "indicators": [label(gaps, "indicator", each) + _whose_reading(entry, each) for each in entry.indicators],
        "responses": [answer_label(gaps, each) for each in entry.responses],
        "place": str(entry.place),
        "late": _late(entry),
        "number": numbers.get(gaps.links.event[row][0], ""),
        "cells": [
            [headings.get(column, column), words]
            for column, words in entry.cells.items()
            if words.strip() and column not in ("ref", "what-happened")
        ],
        "linked": sorted(place[other] for other in gaps.links.event[row] if other != row),
        "age": _ages(review.people, _concerned(entry, review.subjects), entry.when),
    }


def _late(entry: Entry) -> str:
    """When the agency learnt or wrote it, where the return says so."""
    said = []
    if entry.learnt is not None:
        said.append(f"learnt {entry.learnt.plain()}")
    if entry.written is not None:
        said.append(f"written {entry.written.plain()}")
    return "; ".join(said)


def _concerned(entry: Entry, subjects: Sequence[str]) -> Sequence[str]:
    """The subjects an entry names, or all of them if it names none."""
    return [subject for subject in subjects if subject in (*entry.people, *entry.about)] or subjects


def _ages(people: Sequence[Person], subjects: Sequence[str], when: When) -> str:
    ages = {person.name: age_at(person.born, when) for person in people if person.name in subjects}
    told = [(name, age) for name, age in ages.items() if age and age != BEFORE_BIRTH]
    return "; ".join(age if len(subjects) == 1 else f"{name} {age}" for name, age in told)


def _shares(gaps: Study, place: Mapping[int, int], agencies: Mapping[str, int], spans: Spans) -> list[Json]:
    """Every telling: who told whom, by which entry, in which entry of the receiver, and whether it surely arrived."""
    out = []
    for share in gaps.knowledge.shares:
        drawn = drawn_bounds(When("", share.earliest, share.latest), spans)
        out.append(
            {
                "from": agencies[share.sender],
                "to": agencies[share.receiver],
                "row": place[share.row],
                "heard": None if share.heard is None else place[share.heard],
                "own": int(gaps.review.entries[share.row].agency == share.sender),
                "arrived": int(share.arrived),
                "at": None if drawn is None else sum(drawn) // 2,
                "from_moment": _bound(share.earliest),
            }
        )
    return out


def _whose_reading(entry: Entry, indicator: str) -> str:
    """What to say behind an indicator that is not the agency's own code."""
    return CODE_WORDS[code_of(entry, "indicator", indicator)]


def _finding(
    gaps: Study, finding: Finding, place: Mapping[int, int], agencies: Mapping[str, int], limits: Mapping[str, int]
) -> Json:
    return {
        "id": finding.id,
        "kind": finding.kind,
        "certainty": finding.certainty,
        "status": finding.status,
        "agency": agencies.get(finding.agency, -1),
        "subject": finding.subject,
        "title": title(gaps, finding),
        "because": because(gaps, finding),
        "rows": [place[row] for row in finding.detail.rows()],
        "since": _come_about(gaps, finding, limits),
        **_own(finding.detail, gaps, finding, place, agencies),
    }


def _come_about(gaps: Study, finding: Finding, limits: Mapping[str, int]) -> int | None:
    """The minute from which all that a finding says had come about: every row it rests on, and the limit of every rule.

    None where a limit ends on no day that can be told: then only the whole record shows it.
    """
    moments = [gaps.review.entries[row].known.earliest for row in finding.detail.rests_on()]
    last = max([*moments, limits.get(finding.id, BEGINNING)])
    return None if last >= END else last


def _limits(gaps: Study) -> Mapping[str, int]:
    """The last minute of the limits of every opportunity with no response recorded, by the finding's id; END: not known."""
    return {
        finding.id: max(END if outcome.due is None else outcome.due for outcome in each.telling)
        for finding, each in gaps.of(Opportunity, "missed-opportunity")
    }


def _numbers(gaps: Study) -> Mapping[int, str]:
    """The number beside each opportunity with no response recorded: accounts of one event carry that of the gravest of them."""
    found: dict[int, str] = {}
    for _, each in gaps.of(Opportunity, "missed-opportunity", dismissed=False):
        found.setdefault(gaps.links.event[each.row][0], _ordinal(each) if each.chain.of > 1 else "")
    return found


@singledispatch
def _own(detail: Detail, gaps: Study, finding: Finding, place: Mapping[int, int], agencies: Mapping[str, int]) -> Json:
    """What only one kind of finding draws."""
    return {}


@_own.register
def _(
    detail: MissedShare, gaps: Study, finding: Finding, place: Mapping[int, int], agencies: Mapping[str, int]
) -> Json:
    return {
        "indicator": label(gaps, "indicator", detail.indicator),
        "grade": detail.grade,
        "channel": detail.channel,
        "path": [place[row] for row in detail.path],
        "holders": [[agencies[held.agency], place[held.row], _bound(held.since.earliest)] for held in detail.holders],
    }


@_own.register
def _(
    detail: Opportunity, gaps: Study, finding: Finding, place: Mapping[int, int], agencies: Mapping[str, int]
) -> Json:
    return {
        "strength": detail.strength,
        "ordinal": _ordinal(detail),
        "chain": [place[row] for row in detail.chain.rows],
        "chainKey": f"{finding.kind}|{detail.chain.family}|{detail.chain.subject}",
        "agencyOrdinal": f"{detail.chain.agency_ordinal} of {detail.chain.agency_of} by this agency",
        "rules": list(dict.fromkeys(f"{each.duty.source} ({each.duty.id})" for each in detail.telling)),
    }


@_own.register
def _(detail: OneSided, gaps: Study, finding: Finding, place: Mapping[int, int], agencies: Mapping[str, int]) -> Json:
    return {"other": agencies[detail.other]}


def _gravest(gaps: Study, place: Mapping[int, int], agencies: Mapping[str, int]) -> list[Json]:
    """What did not arrive, joined by holder's entry and agency that went without: those with most to them first.

    Only what the agency surely had no record of, and nothing of the kind, is weighed; each pair of agencies comes once.
    """
    groups: dict[tuple[str, int, str, str], list[int]] = {}
    missed = {finding.id: gap for finding, gap in gaps.of(MissedShare, "missed-share", dismissed=False)}
    for index, finding in enumerate(gaps.findings):
        if finding.id in missed:
            held = missed[finding.id].holders[0]
            groups.setdefault((held.agency, held.row, finding.agency, missed[finding.id].channel), []).append(index)
    out: list[Json] = []
    for (holder, row, agency, channel), indexes in groups.items():
        details = [missed[gaps.findings[index].id] for index in indexes]
        contacts = sorted({place[at] for each in details for at in each.contacts})
        sure = sum(each.certainty == "sure" and each.grade == "novel" for each in details)
        out.append(
            {
                "from": agencies[holder],
                "row": place[row],
                "to": agencies[agency],
                "since": _bound(details[0].holders[0].since.earliest),
                "channel": channel,
                "contacts": contacts,
                "findings": indexes,
                "weight": sure * 3 + len(indexes) + len(contacts),
                "kinds": [label(gaps, "indicator", each.indicator) for each in details],
            }
        )
    out.sort(key=lambda each: (-each["weight"], each["row"], each["to"], each["channel"]))
    pairs: set[tuple[int, int]] = set()
    shown = 0
    for each in out:
        pair = (each["from"], each["to"])
        each["first"] = int(shown < GRAVEST and pair not in pairs and each["channel"] != "unlinked")
        shown += each["first"]
        if each["first"]:
            pairs.add(pair)
    return out


def _tracks(gaps: Study, place: Mapping[int, int], spans: Spans) -> Json:
    """What runs along all lanes: life events, plans in force, times not seen, ages."""
    review = gaps.review
    not_seen = []
    for finding, detail in gaps.of(NotSeen):
        not_seen.append(
            {
                "subject": detail.subject,
                "from": detail.first_day,
                "to": detail.last_day,
                "sure": int(detail.surely),
                "label": title(gaps, finding),
                "id": finding.id,
            }
        )
    born = {person.name: person.born for person in review.people}
    ages = []
    for subject in review.subjects:
        when = born.get(subject)
        if when is not None and when.closed:
            ages.append(
                {"subject": subject, "marks": [list(each) for each in age_marks(when, spans.first, spans.last)]}
            )
    return {
        "life": [place[row] for row in in_order(review) if shape_of(review.entries[row], gaps.terms) == "star"],
        "notSeen": not_seen,
        "plans": [
            {
                "row": place[plan.row],
                "label": f"{answer_label(gaps, plan.response)} ({review.entries[plan.row].agency})",
                "from": plan.since // DAY,
                "to": None if plan.until >= END else plan.until // DAY,
            }
            for plan in plans_in_force(review, gaps.terms)
        ],
        "ages": ages,
    }


def _story(gaps: Study, place: Mapping[int, int]) -> Json:
    """The storyboard: three sentences, and the steps with their captions, notes and views."""
    told = storyboard(gaps, episodes(gaps))
    steps = [
        {
            "key": step.key,
            "part": step.part,
            "caption": step.caption,
            "view": step.view,
            "notes": list(step.notes),
            "rows": [place[row] for row in step.rows],
        }
        for step in told.steps
    ]
    return {"sentences": list(told.sentences), "steps": steps}


def _said(gaps: Study, place: Mapping[int, int], agencies: Mapping[str, int]) -> list[Json]:
    """The entries that hold the person's own words: who heard them, to whom the entry was passed, what is recorded then."""
    review = gaps.review
    passed: dict[int, list[Json]] = {}
    for share in gaps.knowledge.shares:
        if review.entries[share.row].agency == share.sender:
            heard = None if share.heard is None else place[share.heard]
            told = {"to": agencies[share.receiver], "heard": heard}
            passed.setdefault(share.row, []).append(told)
    return [
        {"row": place[row], "passed": passed.get(row, [])}
        for row in in_order(review)
        if review.entries[row].said.strip()
    ]
