"""Where things stand in the drawing: the days it spans, the lanes, and the line in its lane on which each entry stands.

The page and the printed figure are drawn from these numbers alone, so that they show the same. Nothing is judged here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from kg.chronology.order import in_order
from kg.chronology.sightings import seen_of
from kg.dates.when import BEGINNING, DAY, END, When
from kg.model.record import Entry
from kg.model.review import Review
from kg.terms.reader import Terms

WIDE = 680
"""The width, in units of the drawing, that the first view is laid out for."""

MARK = 14
"""The width that one mark needs, in the same units."""

BADGE = 26
"""The further width that the number of a repeated opportunity needs beside its mark."""

ENOUGH = 3
"""So many lines deep, a lane lets the bars of uncertain dates lie over each other."""

DEEPEST = 14
"""The most lines in one lane; beyond that, marks lie over each other."""

COLOURS = 8
"""How many colours agencies take in turn; the letter tells those of one colour apart."""

BY = ("agency", "person", "indicator", "professional")
"""What lanes may stand for."""

FILLS: Mapping[str, str] = {"seen": "seen", "alone": "alone", "not seen": "unseen", "not stated": "unsaid"}
"""The filling of a mark by whether a subject was seen."""


@dataclass(frozen=True, slots=True)
class Spans:
    """The days that a drawing spans (ordinals of days): all that is dated, and the part shown first."""

    first: int
    last: int
    view_first: int
    view_last: int

    @property
    def scale(self) -> float:
        """Units of the drawing for each day of the first view."""
        return WIDE / max(1, self.view_last - self.view_first)


@dataclass(frozen=True, slots=True)
class Placed:
    """One entry in a lane: its row in the review, and the line it stands on, 0 being the topmost."""

    row: int
    line: int


@dataclass(frozen=True, slots=True)
class Lane:
    """One lane: a name, the agency it belongs to where it has one, and the entries that stand in it."""

    name: str
    agency: str
    placed: tuple[Placed, ...]
    lines: int


def shape_of(entry: Entry, terms: Terms) -> str:
    """The shape of an entry's mark, by its kind of contact: its own, or that of a broader kind.

    "ring" where no kind is known; of a kind without a shape "circle" if it is a contact, else "dash".
    """
    concept = terms.concept("contact", entry.contact) if entry.contact else None
    if concept is None:
        return "ring"
    return "".join(concept.said("shape")) or ("circle" if "contact" in concept.flags else "dash")


def shape_words(terms: Terms) -> Mapping[str, str]:
    """What each shape says, for the legend, in its order."""
    return {concept.notation: concept.label for concept in terms.schemes["shape"].concepts}


def fill_of(entry: Entry, review: Review) -> str:
    """The filling of an entry's mark: "seen", "alone", "unseen" or "unsaid"."""
    return FILLS[seen_of(entry, review)]


def spans_of(review: Review) -> Spans:
    """The days that a review's drawing spans.

    All of it holds every closed bound, the period and the incident. The first view leaves out what stands outside the
    period, if there is one and any entry stands within it. Without any date at all it is one year.
    """
    bounds = [
        bound
        for entry in review.entries
        for bound in (entry.when.earliest, entry.when.latest)
        if BEGINNING < bound < END
    ]
    period = [bound for bound in (review.period.earliest, review.period.latest) if BEGINNING < bound < END]
    incident = [bound for bound in (review.incident.earliest,) if BEGINNING < bound < END]
    days = [bound // DAY for bound in (*bounds, *period, *incident)]
    if not days:
        start = date(2000, 1, 1).toordinal()
        return Spans(start, start + 365, start, start + 365)
    first, last = min(days), max(days) + 1
    low, high = first, last
    if len(period) == 2:
        inside = [bound // DAY for bound in bounds if period[0] <= bound <= period[1]]
        if inside:
            low, high = max(first, period[0] // DAY), min(last, period[1] // DAY + 1)
            low = max(low, min(inside) - (high - low) // 12)
    room = max(2, (high - low) // 40)
    return Spans(first - room, last + room, low - room, high + room)


def drawn_bounds(when: When, spans: Spans) -> tuple[int, int] | None:
    """The first and last minute at which a date is drawn, open ends reaching a twelfth of the first view; None if undated."""
    if when.undated:
        return None
    reach = max(1, (spans.view_last - spans.view_first) // 12) * DAY
    low = when.latest - reach if when.earliest == BEGINNING else when.earliest
    high = when.earliest + reach if when.latest == END else when.latest
    return low, high


def lanes_by(by: str, review: Review, terms: Terms, spans: Spans, badges: Mapping[int, int]) -> tuple[Lane, ...]:
    """The lanes of a drawing by agency, person, indicator or professional, in the order in which they are drawn.

    Agencies come as in review.toml; people as listed, then others by name; indicators by label and professionals by
    agency. An entry that belongs to several lanes stands in each; one that belongs to none stands in a last lane.
    ``badges`` gives the length of the number beside some marks, by row. Raises ValueError for any other word.
    """
    if by not in BY:
        raise ValueError(f"lanes stand for {', '.join(BY)}, not {by}")
    keys: dict[tuple[str, str], list[int]] = {}
    if by == "agency":
        keys = {(agency.name, agency.name): [] for agency in review.agencies}
    elif by == "person":
        keys = {(person.name, ""): [] for person in review.people}
    elif by == "indicator":
        labels = {
            indicator: concept.label if (concept := terms.concept("indicator", indicator)) else indicator
            for entry in review.entries
            for indicator in entry.indicators
        }
        keys = {(label, ""): [] for label in sorted(set(labels.values()))}
    rest: list[int] = []
    for row in in_order(review):
        entry = review.entries[row]
        if by == "agency":
            names = [(entry.agency, entry.agency)]
        elif by == "person":
            names = [(name, "") for name in dict.fromkeys((*entry.people, *entry.about)) if name]
        elif by == "indicator":
            names = [(labels[indicator], "") for indicator in dict.fromkeys(entry.indicators)]
        else:
            who = " ".join(entry.cells.get("professional", "").split())
            names = [(f"{who} ({entry.agency})", entry.agency)] if who else []
        for name in names:
            keys.setdefault(name, []).append(row)
        if not names:
            rest.append(row)
    if by == "professional":
        order = {agency.name: at for at, agency in enumerate(review.agencies)}
        keys = dict(sorted(keys.items(), key=lambda item: (order.get(item[0][1], len(order)), item[0][0])))
    if rest:
        keys["None named" if by != "indicator" else "No indicator coded", ""] = rest
    return tuple(_lane(name, agency, rows, review.entries, spans, badges) for (name, agency), rows in keys.items())


def _lane(
    name: str, agency: str, rows: Iterable[int], entries: Sequence[Entry], spans: Spans, badges: Mapping[int, int]
) -> Lane:
    """A lane with each mark on the topmost line where it touches no other at the scale of the first view.

    The bars of uncertain dates keep apart as well until a lane is a few lines deep; then they may lie over each other.
    """
    rows = list(rows)
    place = {row: at for at, row in enumerate(rows)}
    marks: list[float] = []  # where the last mark of each line ends, and the last bar
    bars: list[float] = []
    placed: list[Placed] = []
    for row in sorted(rows, key=lambda row: _middle(entries[row].when, spans)):
        bounds = drawn_bounds(entries[row].when, spans)
        if bounds is None:
            continue
        low, high = (bound / DAY * spans.scale for bound in bounds)
        middle = (low + high) / 2
        free = [at for at, end in enumerate(marks) if end <= middle - MARK / 2]
        line = next((at for at in free if bars[at] <= min(low, middle - MARK / 2)), None)
        if line is None and free and len(marks) >= ENOUGH:
            line = min(free, key=lambda at: (bars[at], at))
        if line is None and len(marks) < DEEPEST:
            line = len(marks)
            marks.append(0)
            bars.append(0)
        if line is None:
            line = min(range(len(marks)), key=lambda at: (marks[at], at))
        marks[line] = middle + MARK / 2 + (BADGE if row in badges else 0)
        bars[line] = max(bars[line], high, marks[line])
        placed.append(Placed(row, line))
    placed.sort(key=lambda each: place[each.row])
    return Lane(name, agency, tuple(placed), max(1, len(marks)))


def _middle(when: When, spans: Spans) -> float:
    bounds = drawn_bounds(when, spans)
    return 0 if bounds is None else sum(bounds) / 2
