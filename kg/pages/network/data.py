"""Who told whom: agencies, their professionals and the people of a review, and between them what is recorded as said.

Each line gathers entries: a telling from one agency to another, contacts whose record names a person, entries that name a
professional, or a way along which information could have come and did not. A line is a gathering of entries and never the
entry itself. Everything is computed here; the page compares a day with the bounds of the entries.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from kg.base.grammar import letter
from kg.base.tables import Json
from kg.chronology.order import in_order
from kg.dates.when import When
from kg.findings.missed_share import MissedShare
from kg.findings.study import Study
from kg.handling.marking import MARKING
from kg.knowledge.bits import bits_of
from kg.model.record import Entry
from kg.pages.network.ring import beside, inside, on_the_ring
from kg.pages.timeline.lanes import spans_of
from kg.people.workers import workers_in
from kg.terms.marks import is_contact
from kg.wording.findings import title
from kg.wording.labels import label

KINDS = ("told", "missed", "contact", "works")
"""What a line of the drawing gathers: tellings, ways not taken, contacts naming a person, entries naming a professional."""

Hop = tuple[str, str, int]
"""A recorded conversation on the way of a fact: who could have told whom, and the row that records it."""


def network_data(gaps: Study, *, marking: str = MARKING) -> Json:
    """All that the drawing of who told whom shows, as one value that can be written as JSON.

    ``nodes`` are agencies, people and professionals with their fixed places; ``lines`` what is recorded between two of
    them, each with its ``items``: bounds in minutes (as in ``kg.dates.when``), entries by number, and words. ``spans`` are the
    first and last day of the slider, as ordinals. ``unreached`` has, for each kind of information that had no recorded
    conversation to come by, the bounds of the first contact that went without. The same review gives the same value.
    """
    review = gaps.review
    order = in_order(review)
    place = {row: at for at, row in enumerate(order)}
    spans = spans_of(review)
    nodes = _nodes(gaps, order)
    ids = {(node["kind"], node["agency"], node["name"]): node["id"] for node in nodes}
    lines = [
        *_told(gaps, place, ids),
        *_missed(gaps, place, ids),
        *_contacts(gaps, place, ids),
        *_works(gaps, place, ids),
    ]
    turn = {node["id"]: at for at, node in enumerate(nodes)}
    lines.sort(key=lambda line: (KINDS.index(line["kind"]), turn[line["from"]], turn[line["to"]]))
    return {
        "title": review.title,
        "marking": marking,
        "spans": [spans.first, spans.last],
        "nodes": nodes,
        "lines": [{"id": f"e{at}", **line} for at, line in enumerate(lines)],
        "without_return": [agency.name for agency in review.agencies if not agency.has_return],
        "entries": [_entry(review.entries[row]) for row in order],
        "unreached": [
            _bounds(review.entries[gap.contacts[0]].when) for _, gap in _gaps_of(gaps) if not hops(gaps, gap)
        ],
    }


def hops(gaps: Study, gap: MissedShare) -> tuple[Hop, ...]:
    """The conversations along which a fact could have come, first to last; none where the finding names no way.

    They are those of the earliest way of the generous reading, which is what the finding's ``path`` was taken from.
    """
    if not gap.path:
        return ()
    for fact in bits_of(gaps.facts.bearing(gap.subject, gap.indicator)):
        if gaps.generous.path(gap.agency, fact) == gap.path:
            return tuple(reversed([*_back(gaps, gap.agency, fact)]))
    return ()


def _back(gaps: Study, agency: str, fact: int) -> Iterator[Hop]:
    seen: set[str] = set()
    while agency not in seen:
        seen.add(agency)
        holding = gaps.generous.possible[agency].of(fact)
        share = None if holding is None else holding.gain.share
        if share is None or share.receiver != agency:
            return
        yield share.sender, share.receiver, share.row
        agency = share.sender


def _nodes(gaps: Study, order: tuple[int, ...]) -> list[Json]:
    """Agencies, people and professionals, each with its place; the first entry that names it gives it its day."""
    review = gaps.review
    ring = on_the_ring(len(review.agencies))
    nodes: list[Json] = []

    def add(kind: str, agency: str, name: str, drawn: str, at: tuple[int, int], more: str, rows: list[int]) -> None:
        first = min((review.entries[row].when.earliest for row in rows), default=None)
        nodes.append(
            {
                "id": f"{kind[0]}{len(nodes)}", "kind": kind, "agency": agency, "name": name, "drawn": drawn,
                "x": at[0], "y": at[1], "more": more, "from": first,
            }
        )  # fmt: skip

    rows_of: dict[str, list[int]] = defaultdict(list)
    named: dict[str, list[int]] = defaultdict(list)
    working: dict[tuple[str, str], list[int]] = defaultdict(list)
    for row in order:
        entry = review.entries[row]
        rows_of[entry.agency].append(row)
        for person in dict.fromkeys((*entry.people, *entry.about)):
            named[person].append(row)
        for worker in workers_in(entry.cells.get("professional", "")):
            working[entry.agency, str(worker)].append(row)
    for at, agency in enumerate(review.agencies):
        more = label(gaps, "agency", agency.type) if agency.type else "type not stated"
        if not agency.has_return:
            more += "; no return: its silence says nothing"
        add("agency", "", agency.name, f"{letter(at)} · {agency.name}", ring[at], more, rows_of[agency.name])
    others = [person for person in review.people if person.name not in review.subjects]
    middle, round_it = inside(len(review.subjects), len(others), ring)
    for name, where in zip(review.subjects, middle, strict=True):
        listed = review.person(name)
        add("subject", "", name, name, where, (listed.role if listed else "") or "subject", named[name])
    for other, where in zip(others, round_it, strict=True):
        add("person", "", other.name, other.name, where, other.role, named[other.name])
    workers = [[name for of, name in working if of == agency.name] for agency in review.agencies]
    places = beside(ring, [len(names) for names in workers])
    for agency, names, wheres in zip(review.agencies, workers, places, strict=True):
        for name, where in zip(names, wheres, strict=True):
            shown = name[:1].upper() + name[1:]
            add("worker", agency.name, name, shown, where, f"professional of {agency.name}", working[agency.name, name])
    return nodes


Ids = dict[tuple[str, str, str], str]


def _line(kind: str, one: str, other: str, words: str, items: list[Json]) -> Json:
    return {"kind": kind, "from": one, "to": other, "words": words, "items": items}


def _bounds(when: When) -> list[int]:
    return [when.earliest, when.latest]


def _item(when: When, rows: list[int], place: dict[int, int], words: str = "") -> Json:
    return {"at": _bounds(when), "rows": [place[row] for row in rows], "words": words}


def _told(gaps: Study, place: dict[int, int], ids: Ids) -> Iterator[Json]:
    """A line for each agency that told another, with every telling that either return records."""
    pairs: dict[tuple[str, str], list[Json]] = defaultdict(list)
    for share in gaps.knowledge.shares:
        rows = [share.row] if share.heard in (None, share.row) else [share.row, share.heard or 0]
        if share.heard is None:
            words = "No record of receipt"
        elif share.heard == share.row:
            words = "Recorded by the receiver"
        else:
            words = "Recorded by both"
        # Before the receiver's own record of it, no receipt is on record.
        receipt = [share.arrives_earliest, share.arrives_latest] if share.arrived else None
        when = When("", share.earliest, share.latest)
        pairs[share.sender, share.receiver].append({**_item(when, rows, place, words), "heard": receipt})
    for (sender, receiver), items in pairs.items():
        yield _line("told", ids["agency", "", sender], ids["agency", "", receiver], "told", items)


def _gaps_of(gaps: Study) -> Iterator[tuple[Any, MissedShare]]:
    return gaps.of(MissedShare, "missed-share", dismissed=False)


def _missed(gaps: Study, place: dict[int, int], ids: Ids) -> Iterator[Json]:
    """A line for each conversation that could have carried what did not arrive, from the first contact that went without."""
    review = gaps.review
    pairs: dict[tuple[str, str], list[Json]] = defaultdict(list)
    for finding, gap in _gaps_of(gaps):
        way = hops(gaps, gap)
        without = review.entries[gap.contacts[0]].when
        for sender, receiver, row in way:
            through = " → ".join([way[0][0], *(each[1] for each in way)])
            words = f"{title(gaps, finding)}. It could have come: {through}."
            item = _item(without, list(dict.fromkeys((row, gap.contacts[0]))), place, words)
            sure = gap.certainty == "sure"
            grave = sure and gap.grade == "novel"
            pairs[sender, receiver].append({**item, "finding": finding.id, "sure": sure, "grave": grave})
    for (sender, receiver), items in pairs.items():
        yield _line("missed", ids["agency", "", sender], ids["agency", "", receiver], "could have told", items)


def _contacts(gaps: Study, place: dict[int, int], ids: Ids) -> Iterator[Json]:
    """A line for each agency and listed person, with the agency's contacts whose record names that person."""
    review = gaps.review
    persons = {name: node for (kind, _, name), node in ids.items() if kind in ("subject", "person")}
    pairs: dict[tuple[str, str], list[Json]] = defaultdict(list)
    for row in place:
        entry = review.entries[row]
        if is_contact(entry, gaps.terms):
            for person in dict.fromkeys(entry.people):
                if person in persons:
                    pairs[entry.agency, person].append(_item(entry.when, [row], place))
    for (agency, person), items in pairs.items():
        yield _line("contact", ids["agency", "", agency], persons[person], "contacts naming", items)


def _works(gaps: Study, place: dict[int, int], ids: Ids) -> Iterator[Json]:
    """A line for each professional and their agency, with the entries that name the professional."""
    pairs: dict[tuple[str, str], list[Json]] = defaultdict(list)
    for row in place:
        entry = gaps.review.entries[row]
        for worker in workers_in(entry.cells.get("professional", "")):
            pairs[entry.agency, str(worker)].append(_item(entry.when, [row], place))
    for (agency, name), items in pairs.items():
        yield _line("works", ids["agency", "", agency], ids["worker", agency, name], "entries naming", items)


def _entry(entry: Entry) -> Json:
    return {
        "name": entry.name,
        "agency": entry.agency,
        "when": entry.when.plain(),
        "at": _bounds(entry.when),
        "written": entry.when.words,
        "text": entry.narrative,
        "source": str(entry.place),
    }
