"""What every agency held and since when, laid out so that a page need only compare a day with two moments.

For each kind of information and each fact: the moments from which an agency held it, surely and possibly, the entries
that brought it, and the contacts that went without it. The page works out nothing of this itself.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from kg.base.tables import Json
from kg.chronology.whose_code import CODE_WORDS, fact_of
from kg.dates.when import BEGINNING, END
from kg.findings.missed_share import MissedShare
from kg.findings.ribbons import contacts_without
from kg.findings.study import Study
from kg.knowledge.as_of import held_since
from kg.knowledge.bits import bits_of
from kg.knowledge.shares import Share
from kg.office.enquiries import questions
from kg.pages.timeline.ribbons import ribbons_json
from kg.wording.labels import label


def kinds_of(gaps: Study) -> list[tuple[str, str]]:
    """The kinds of information (subject, indicator) that bear on a subject, those first held by anyone first."""
    facts = gaps.facts
    first: dict[tuple[str, str], tuple[int, str, int]] = {}
    moments: dict[int, int] = {}
    for ledger in gaps.knowledge.possible.values():
        for gain in ledger.gains:
            for number in bits_of(gain.facts):
                moments[number] = min(gain.moment, moments.get(number, END))
    for at, subject in enumerate(gaps.review.subjects):
        for indicator in facts.indicators():
            held = [moments[n] for n in bits_of(facts.bearing(subject, indicator)) if n in moments]
            if held:
                dated = [moment for moment in held if moment > BEGINNING]
                first[subject, indicator] = (min(dated, default=BEGINNING), label(gaps, "indicator", indicator), at)
    return sorted(first, key=lambda kind: (first[kind][2], first[kind][:2]))


def known_json(gaps: Study, place: Mapping[int, int]) -> Json:
    """Kinds, facts, who held them since when, and the journey of each fact. ``place`` numbers the rows as the page does."""
    facts, review = gaps.facts, gaps.review
    kinds = kinds_of(gaps)
    of_kind: dict[int, list[int]] = defaultdict(list)
    for at, (subject, indicator) in enumerate(kinds):
        for number in bits_of(facts.bearing(subject, indicator)):
            of_kind[number].append(at)
    holdings = _holdings(gaps, place)
    return {
        "kinds": [
            {
                "subject": subject,
                "indicator": indicator,
                "label": label(gaps, "indicator", indicator),
                "facts": sorted(
                    bits_of(facts.bearing(subject, indicator)),
                    key=lambda number: (place[facts.all[number].origin], number),
                ),
            }
            for subject, indicator in kinds
        ],
        "cells": _cells(gaps, kinds),
        "facts": [
            {
                "person": fact.person,
                "label": label(gaps, "indicator", fact.indicator)
                + CODE_WORDS[fact_of(facts.chronology, fact.indicator, fact.origin)],
                "origin": place[fact.origin],
                "rows": sorted(
                    place[row] for row in gaps.links.event[fact.origin] if facts.possibly[row] >> number & 1
                ),
                "kinds": of_kind[number],
                "held": holdings[number],
            }
            for number, fact in enumerate(facts.all)
        ],
        "without": _without(gaps, kinds, place),
        "ribbons": ribbons_json(gaps, kinds, place),
        "questions": [
            {
                "id": question.id,
                "agency": _at(review, question.agency),
                "covers": list(question.covers),
                "entry": question.entry,
                "when": question.when,
                "recorded": question.recorded,
                "known": list(question.known),
                "rule": list(question.rule),
                "question": question.question,
                "settles": [list(names) for names in question.settles],
                "status": question.status,
                "answers": list(question.answers),
            }
            for question in questions(gaps, everything=True)
        ],
    }


def _cells(gaps: Study, kinds: Sequence[tuple[str, str]]) -> list[list[int | None]]:
    """For each agency and kind it ever held: [agency, kind, surely since, possibly since], in minutes; None: never surely."""
    cells: list[list[int | None]] = []
    for at, agency in enumerate(gaps.review.agencies):
        for kind, (subject, indicator) in enumerate(kinds):
            since, surely = held_since(gaps.knowledge, agency.name, gaps.facts.bearing(subject, indicator))
            if since < END:
                cells.append([at, kind, None if surely >= END else surely, since])
    return cells


def _holdings(gaps: Study, place: Mapping[int, int]) -> list[list[list[Any]]]:
    """For each fact its holdings: [agency, surely since, possibly since, path surely, path possibly, steps].

    A path is the entries along which the fact came, first to last. A step is [teller, told, telling entry, entry of
    receipt or None, 1 if it surely arrived].
    """
    holdings: list[list[list[Any]]] = [[] for _ in gaps.facts.all]
    heard_at: dict[tuple[str, int], list[Share]] = defaultdict(list)
    for share in gaps.knowledge.shares:
        if share.heard is not None:
            heard_at[share.receiver, share.heard].append(share)
    numbers = {agency.name: at for at, agency in enumerate(gaps.review.agencies)}
    for at, agency in enumerate(gaps.review.agencies):
        sure, possible = gaps.knowledge.sure[agency.name], gaps.knowledge.possible[agency.name]
        for number in bits_of(possible.facts):
            held, certain = possible.of(number), sure.of(number)
            if held is None:
                continue
            # A row that records being told holds the fact by itself: the telling is shown all the same.
            told: dict[Share, None] = {}
            for holding in (certain, held):
                if holding is not None:
                    gain = holding.gain
                    found = [gain.share] if gain.share else heard_at[agency.name, gain.row]
                    told |= dict.fromkeys(share for share in found if _tells(share, number))
            steps = [
                [
                    numbers[share.sender],
                    at,
                    place[share.row],
                    None if share.heard is None else place[share.heard],
                    int(share.arrived and bool((share.own | share.exact) >> number & 1)),
                ]
                for share in told
                if share.receiver == agency.name
            ]
            holdings[number].append(
                [
                    at,
                    None if certain is None else max(certain.moment, held.moment),
                    held.moment,
                    []
                    if certain is None
                    else [place[row] for row in gaps.knowledge.path(agency.name, number, surely=True)],
                    [place[row] for row in gaps.knowledge.path(agency.name, number)],
                    steps,
                ]
            )
    return holdings


def _tells(share: Share, number: int) -> bool:
    """Whether a telling conveyed a fact, or possibly did."""
    return bool((share.alike | share.exact) >> number & 1)


def _without(gaps: Study, kinds: Sequence[tuple[str, str]], place: Mapping[int, int]) -> list[list[Any]]:
    """What was missing where: [agency, kind, finding, [contacts], [[fact, holder, entry]], [moments]], for each finding.

    Only contacts are listed at which, in every reading or some, the agency had no record of it, as the finding says. The
    moments of each contact are those from which it possibly and surely was one, None: never surely.
    """
    number = {kind: at for at, kind in enumerate(kinds)}
    found: list[list[Any]] = []
    place_of = {finding.id: index for index, finding in enumerate(gaps.findings)}
    for finding, detail in gaps.of(MissedShare):
        index = place_of[finding.id]
        kind = number.get((detail.subject, detail.indicator))
        if kind is not None:
            without = contacts_without(gaps, detail)
            found.append(
                [
                    _at(gaps.review, detail.agency),
                    kind,
                    index,
                    [place[each.row] for each in without],
                    [[held.fact, _at(gaps.review, held.agency), place[held.row]] for held in detail.holders],
                    [[each.possibly, each.surely] for each in without],
                ]
            )
    return found


def _at(review: Any, agency: str) -> int:
    return next(at for at, each in enumerate(review.agencies) if each.name == agency)
