"""How far each piece of information travelled: for each kind and agency since when it was held, and the contacts without it.

Nothing is judged here that the findings have not judged: it lays what was held beside what did not arrive, so that a page, a
sheet or a table can show both on the same days.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from kg.chronology.order import turn
from kg.dates.when import BEGINNING, END
from kg.findings.missed_share import MissedShare
from kg.findings.opportunity import occasions
from kg.findings.study import Study
from kg.knowledge.as_of import held_since
from kg.knowledge.bits import bits_of
from kg.knowledge.ledger import Gain
from kg.model.review import Agency


@dataclass(frozen=True, slots=True)
class Without:
    """One contact at which an agency had no record of what others held.

    ``possibly`` is the minute from which it can be said in some reading: the contact may have been, and another agency may
    have held it. ``surely`` is the minute from which it is so in every reading, None where it never is. ``row`` is the
    contact.
    """

    row: int
    possibly: int
    surely: int | None


@dataclass(frozen=True, slots=True)
class Band:
    """One agency's ribbon of one kind of information.

    ``possibly`` and ``surely`` are the minutes from which it held the kind, None: never. ``fact`` is the fact by which it
    came to hold it, or one it lacked. ``without`` are its contacts with nothing of the kind, in order of time. While others
    held it and it did not, from ``empty`` (when another possibly held it first) or ``surely_empty`` to ``until``, its ribbon
    is empty; these are None where no contact without it was found. ``silent`` is true where its return is not there or
    mostly not read: then its silence says little.
    """

    agency: str
    possibly: int | None
    surely: int | None
    fact: int
    without: tuple[Without, ...]
    empty: int | None
    surely_empty: int | None
    until: int | None
    silent: bool


@dataclass(frozen=True, slots=True)
class Ribbons:
    """One kind of information about one subject, agency by agency.

    ``first`` is the row that first recorded it. ``bands`` come in the order in which agencies came to hold it, then those
    that never did, most contacts first. ``unread`` are agencies that need it and neither held it nor met without it, whose
    return is not there or mostly not read. ``gravity`` is the vocabulary's, 1 to 3 (ours).
    """

    subject: str
    indicator: str
    gravity: int
    first: int
    bands: tuple[Band, ...]
    unread: tuple[str, ...]

    def times(self, gaps: Study, *, surely: bool) -> tuple[int, int]:
        """How many agencies met or decided without it, and how many times; accounts of one event count once.

        ``surely``: as it is in every reading; else as it is in any.
        """
        found = [
            (band.agency, each.row)
            for band in self.bands
            for each in band.without
            if each.surely is not None or not surely
        ]
        return len({agency for agency, _ in found}), occasions(gaps.links, (row for _, row in found))


def ribbons(gaps: Study) -> tuple[Ribbons, ...]:
    """Every kind of information of a review, subject by subject: those with most contacts without it first, then the gravest.

    Kinds are as recorded. An agency has a band if it ever held the kind or met without it. What the reviewer dismissed and
    what an adult had refused leave to share is left out.
    """
    lacking: dict[tuple[str, str], dict[str, MissedShare]] = defaultdict(dict)
    for _, gap in gaps.of(MissedShare, "missed-share", dismissed=False):
        if gap.novel:
            lacking[gap.subject, gap.indicator][gap.agency] = gap
    firsts = _first_rows(gaps)
    found = []
    for at, subject in enumerate(gaps.review.subjects):
        for indicator in gaps.facts.indicators():
            mask = gaps.facts.bearing(subject, indicator)
            rows = [firsts[number] for number in bits_of(mask) if number in firsts]
            if rows:
                made = _ribbons(gaps, (subject, indicator), mask, min(rows), lacking[subject, indicator])
                found.append(((at, *_turn(gaps, made)), made))
    return tuple(made for _, made in sorted(found, key=lambda each: each[0]))


def by_then(gaps: Study, all_: Iterable[Ribbons], until: int) -> tuple[Ribbons, ...]:
    """The ribbons as they stood at a moment (minutes): nothing that came later is in them. In the same order."""
    found = []
    for each in all_:
        bands = [
            replace(
                band,
                possibly=band.possibly if band.possibly is not None and band.possibly <= until else None,
                surely=band.surely if band.surely is not None and band.surely <= until else None,
                without=tuple(
                    replace(one, surely=one.surely if one.surely is not None and one.surely <= until else None)
                    for one in band.without
                    if one.possibly <= until
                ),
                empty=band.empty if band.empty is not None and band.empty <= until else None,
            )
            for band in each.bands
        ]
        shown = tuple(band for band in bands if band.possibly is not None or band.empty is not None)
        if any(band.possibly is not None for band in shown):
            found.append(replace(each, bands=shown))
    return tuple(found)


def contacts_without(gaps: Study, gap: MissedShare) -> tuple[Without, ...]:
    """The contacts of a missed share, each with the minutes from which it possibly and surely went without.

    A contact of a wide date is one only from when another agency possibly held it.
    """
    entries = gaps.review.entries
    held = [
        holding.moment
        for holder in gap.holders
        for fact in holder.facts
        if (holding := gaps.knowledge.possible[holder.agency].of(fact)) is not None
    ]
    since = min(held, default=BEGINNING)
    surely = frozenset(gap.contacts if gap.certainty == "sure" else ())
    return tuple(
        Without(
            row,
            max(entries[row].when.earliest, since),
            max(entries[row].when.latest, since) if row in surely else None,
        )
        for row in sorted((*gap.contacts, *gap.perhaps), key=lambda row: turn(entries[row]))
    )


def _turn(gaps: Study, each: Ribbons) -> tuple[int, int, int, str]:
    """The order in which kinds are read: surely most often without it, then in any reading, then the gravest."""
    return (-each.times(gaps, surely=True)[1], -each.times(gaps, surely=False)[1], -each.gravity, each.indicator)


def _first_rows(gaps: Study) -> dict[int, tuple[int, int, str, int]]:
    """For each fact the row that first recorded it, behind what it is ordered by: the surest, earliest date, then the name."""
    entries = gaps.review.entries
    found: dict[int, tuple[int, int, str, int]] = {}
    for row, mask in enumerate(gaps.facts.possibly):
        when = entries[row].known
        turn = (when.latest if when.latest < END else when.earliest, when.earliest, entries[row].name, row)
        for number in bits_of(mask) if not when.undated else ():
            found[number] = min(found.get(number, turn), turn)
    return found


def _ribbons(
    gaps: Study,
    kind: tuple[str, str],
    mask: int,
    first: tuple[int, int, str, int],
    lacking: dict[str, MissedShare],
) -> Ribbons:
    subject, indicator = kind
    since = {agency.name: held_since(gaps.knowledge, agency.name, mask) for agency in gaps.review.agencies}
    covered = {each.agency: each for each in gaps.coverage}
    bands, unread = [], []
    for agency in gaps.review.agencies:
        silent = not agency.has_return or covered[agency.name].unread
        gap = lacking.get(agency.name)
        if since[agency.name][0] < END or gap is not None:
            bands.append(_band(gaps, agency, mask, since, gap, silent))
        elif silent and gaps.terms.needs(indicator, agency.type):
            unread.append(agency.name)
    concept = gaps.terms.concept("indicator", indicator)
    bands.sort(key=_band_turn)
    return Ribbons(subject, indicator, concept.gravity if concept else 0, first[-1], tuple(bands), tuple(unread))


def _band_turn(band: Band) -> tuple[int, int, int, str]:
    """Those that hold it in the order in which they came to, then the others, most contacts without it first."""
    possibly = END if band.possibly is None else band.possibly
    surely = END if band.surely is None else band.surely
    return (possibly if surely == END else min(possibly, surely), surely, -len(band.without), band.agency)


def _band(
    gaps: Study,
    agency: Agency,
    mask: int,
    since: dict[str, tuple[int, int]],
    gap: MissedShare | None,
    silent: bool,
) -> Band:
    possibly, surely = since[agency.name]
    novel = () if gap is None else gap.novel
    without = [] if gap is None else [each for each in contacts_without(gaps, gap) if each.row in novel]
    held = gaps.knowledge.possible[agency.name]
    empty = surely_empty = until = None
    if gap is not None:
        empty = min(each.possibly for each in without)
        others = [moments for name, moments in since.items() if name != agency.name and name in _tellers(gap)]
        empty = min(empty, *(first for first, _ in others)) if others else empty
        certain = min((moment for _, moment in others), default=END)
        until = min(possibly, gaps.review.incident.earliest)
        surely_empty = certain if certain < until else None
    fact = _first_fact(held.gains, mask) if possibly < END or gap is None else gap.holders[0].fact
    return Band(
        agency.name,
        None if possibly >= END else possibly,
        None if surely >= END else surely,
        fact,
        tuple(sorted(without, key=lambda each: (each.possibly, each.row))),
        empty,
        surely_empty,
        until,
        silent,
    )


def _tellers(gap: MissedShare) -> frozenset[str]:
    """Those that held it, as the finding names them."""
    return frozenset(holder.agency for holder in gap.holders)


def _first_fact(gains: Sequence[Gain] | Iterable[Gain], mask: int) -> int:
    """The first fact of a kind that came to an agency."""
    return next(number for gain in gains for number in bits_of(gain.facts & mask))
