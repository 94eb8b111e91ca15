"""What each heading of one table is read as, by which witness: settled by a person, known, by its words, by its cells.

A heading known word for word counts for much, and its cells may still overrule it. A column of a return that takes one
thing (Date, Contact) has one heading; of two accounts, two lists of people, both are read and joined.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from kg.base.folding import plain, spelling
from kg.base.nearest import nearest_few
from kg.terms.tables import Property, Terms
from loaders.rows.roster import short
from loaders.rows.witnesses import ENOUGH, MARGIN, NONE, Likeness, Listed, Witnesses, best

KNOWN = 6
"""What a heading counts that is known word for word."""

DENIED = 2
"""What another column must have where the cells deny what a known heading says."""

LIKE = 0.85
"""How like a known heading, of 1, another must be to be read as it."""

MIN_LIKE = 5
"""Headings shorter than this, in characters, are not compared: "Data" is not "Date"."""

PROSE = 4
"""From so many words a cell on, on average, the column of the longest cells may be the account."""

JOINED = frozenset(
    ("what-happened", "said", "people", "about", "seen", "indicators", "response", "shared-with", "received-from", "liaison",
     "professional", "action", "comment", "source")
)  # fmt: skip
"""The columns of which a table may have several, which are then read together."""

CHOICE = 16
"""A choice that a heading lists is not longer than this, in characters."""

_CHOICES = re.compile(r"\s*[/|,;]\s*|\s+or\s+")
_ASIDE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_PARTS = re.compile(r"\s*[/&+,;:|]\s*|\s+(?:and|or)\s+|\s+[-\u2013\u2014]\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class SettledColumns:
    """What people settled: heading (as ``spelling`` gives it) to notation, "" for no column; and in which file."""

    own: Mapping[str, str] = field(default_factory=dict)
    elsewhere: Mapping[str, tuple[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reading:
    """What one heading is read as (None: nothing), by which witness, and why, in words.

    ``witness`` is "confirmed" (a person said so), "elsewhere" (of another return), "known" (word for word), "stand-in" (it
    may also mean this, of which the table has no other column), "near" (a slip of the pen), "words", "cells", "overruled"
    (by its cells), "twice" (confirmed as what another heading is confirmed as), or "" where nothing is known of
    it. ``second`` says that it is read together with an earlier column.
    """

    column: Property | None = None
    witness: str = ""
    why: str = ""
    second: bool = False


class Reader:
    """Reads the headings of tables, with one ontology's witnesses."""

    def __init__(self, terms: Terms) -> None:
        self.terms = terms
        self.witnesses = Witnesses(terms)
        self._by = {column.notation: column for column in terms.properties}
        self._slips: dict[str, Property] = {}

    def read(
        self, headings: Sequence[str], settled: SettledColumns, listed: Listed, cells: Callable[[int], Sequence[str]]
    ) -> tuple[Reading, ...]:
        """What each heading of a table is; ``cells`` gives the first cells of a column."""
        return _Table(self, headings, settled, listed, cells).read()

    def near(self, heading: str) -> Property | None:
        """The one column of which a heading is surely a slip of the pen; None where none or two come near."""
        if not self._slips:
            self._slips = {
                plain(words): column
                for column in self.terms.properties
                for words in column.headings
                if len(words) >= MIN_LIKE
            }
        found = nearest_few(plain(heading), self._slips, 3, like=LIKE)
        columns = {self._slips[words].notation: self._slips[words] for words in found}
        return next(iter(columns.values())) if len(columns) == 1 else None

    def part(self, heading: str) -> Property | None:
        """The column that a heading names without what stands in brackets, or that all its parts name."""
        bare = _ASIDE.sub(" ", heading).strip(" :*.-?")
        if bare and bare != heading:
            column = self.terms.heading(bare)
            if column is not None:
                return column
        parts = [part for part in _PARTS.split(bare) if part.strip()]
        columns = [self.terms.heading(part) for part in parts]
        if len(parts) > 1 and columns[0] is not None and all(column is columns[0] for column in columns):
            return columns[0]
        return None

    def column(self, notation: str) -> Property | None:
        """The column of that notation, or None."""
        return self._by.get(notation)


class _Table:
    """One table's headings being read."""

    def __init__(
        self,
        reader: Reader,
        headings: Sequence[str],
        settled: SettledColumns,
        listed: Listed,
        cells: Callable[[int], Sequence[str]],
    ) -> None:
        self.reader = reader
        self.headings = headings
        self.settled = settled
        self.listed = listed
        self.cells = cells
        self.found: list[Reading | None] = [None] * len(headings)
        self.taken: set[str] = set()
        self._likes: dict[int, Likeness] = {}

    def read(self) -> tuple[Reading, ...]:
        for place, heading in enumerate(self.headings):
            reading = self._told(heading)
            if reading is not None and not self._take(place, reading) and reading.column is not None:
                twice = reading.witness == "confirmed"
                self.found[place] = Reading(None, "twice", reading.column.label) if twice else None
        said = {place: self._said(place) for place, found in enumerate(self.found) if found is None}
        self._take_best(said)
        self._take_stand_ins()
        self._take_account()
        self._take_dates()
        return tuple(found or Reading() for found in self.found)

    def like(self, place: int) -> Likeness:
        """What the cells of a column are like, worked out once."""
        if place not in self._likes:
            self._likes[place] = self.reader.witnesses.cells(self.cells(place), self.listed)
        return self._likes[place]

    # --- what a person settled ----------------------------------------------------------------------------------

    def _told(self, heading: str) -> Reading | None:
        words = spelling(heading)
        if not words:
            return None
        if words in self.settled.own:
            return Reading(self.reader.column(self.settled.own[words]), "confirmed", "review.toml says so")
        if words in self.settled.elsewhere:
            notation, file = self.settled.elsewhere[words]
            return Reading(self.reader.column(notation), "elsewhere", f"review.toml says so for {short(file)}")
        return None

    def _take(self, place: int, reading: Reading) -> bool:
        """Take a reading, unless its column is taken already and can have but one heading."""
        column = reading.column
        if column is not None and column.notation in self.taken:
            if column.notation not in JOINED:
                return False
            reading = Reading(column, reading.witness, reading.why, True)
        if column is not None:
            self.taken.add(column.notation)
        self.found[place] = reading
        return True

    # --- headings and cells ---------------------------------------------------------------------------------------

    def _said(self, place: int) -> tuple[dict[str, int], Property | None]:
        """What heading and cells of one column speak for, and the column that the heading names word for word."""
        heading, witnesses = self.headings[place], self.reader.witnesses
        known = self.reader.terms.heading(heading) if heading.strip() else None
        said = dict(witnesses.spoken_by(self.like(place)))
        if known is not None:
            said[known.notation] = said.get(known.notation, 0) + KNOWN
        else:
            choices = self._choices(place)
            if choices:
                said[choices] = said.get(choices, 0) + ENOUGH
                return said, known
            for column, weight in witnesses.words(heading).items():
                said[column] = said.get(column, 0) + weight
            part = self.reader.part(heading)
            if part is not None:
                said[part.notation] = said.get(part.notation, 0) + ENOUGH
            first = _PARTS.split(heading)[0]
            lead = self.reader.terms.heading(first) if first != heading else None
            if lead is not None and lead is not part:
                said[lead.notation] = said.get(lead.notation, 0) + ENOUGH
            near = self._near(heading) if part is None and lead is None else None
            if near is not None:
                said[near.notation] = said.get(near.notation, 0) + ENOUGH
        return said, known

    def _near(self, heading: str) -> Property | None:
        """The column of whose heading this is a slip of the pen."""
        return self.reader.near(_ASIDE.sub(" ", heading).strip(" :*.-?")) if MIN_LIKE <= len(heading) <= 80 else None

    def _choices(self, place: int) -> str:
        """The column whose values a heading lists ("HV/TC/DNA", above cells that say HV or TC); "" where it lists none.

        Where the cells say none of them, three or more must all be words of one vocabulary.

        Its words then say nothing else: an HV is no health visitor there, but a home visit.
        """
        choices = [part.strip().casefold() for part in _CHOICES.split(self.headings[place]) if part.strip()]
        if len(choices) < 2 or max(map(len, choices)) > CHOICE:
            return ""
        cells = [cell.strip().casefold() for cell in self.cells(place) if cell.strip()]
        listed = sum(1 for cell in cells if any(re.match(rf"{re.escape(choice)}(?!\w)", cell) for choice in choices))
        vocabulary = self.reader.witnesses.vocabulary
        if 2 * listed >= len(cells) > 0:
            return vocabulary(choices)
        return vocabulary(choices, of_all=True) if len(choices) > 2 else ""

    def _take_best(self, said: Mapping[int, tuple[dict[str, int], Property | None]]) -> None:
        """Known headings first, from the left; then whichever column is surest; a second choice where the first is gone."""
        waiting = dict(said)
        for place, (weights, known) in said.items():
            if known is None:
                continue
            notation, weight, ahead = best(weights)
            own = weights[known.notation]
            stands = notation == known.notation or weight < DENIED or ahead < MARGIN or own >= ENOUGH
            if stands and own >= -MARGIN and self._take(place, Reading(known, "known")):
                del waiting[place]
        while waiting:
            ranked = []
            for place, (weights, known) in waiting.items():
                free = [
                    name for name in weights if name == NONE or name not in self.taken or self._may_join(place, name)
                ]
                notation, weight, ahead = best(weights, free)
                denied = known is not None and weights[known.notation] <= 0 and weight >= DENIED
                if (weight >= ENOUGH or denied) and ahead >= MARGIN:
                    ranked.append((-weight, place, notation, known))
            if not ranked:
                break
            _, place, notation, known = min(ranked, key=lambda each: each[:2])
            del waiting[place]
            column = self.reader.column(notation)
            if column is not None:
                self._take(place, self._reading(place, column, known))
        for place, (weights, known) in waiting.items():
            self._come_near(place, weights, known)

    def _may_join(self, place: int, notation: str) -> bool:
        """Whether a further column may be read together with the first: its heading must say so, not its cells alone."""
        known = self.reader.terms.heading(self.headings[place]) if self.headings[place].strip() else None
        said = self.reader.witnesses.words(self.headings[place]).get(notation, 0)
        return notation in JOINED and (said > 0 or (known is not None and known.notation == notation))

    def _reading(self, place: int, column: Property | None, known: Property | None) -> Reading:
        witnesses, notation = self.reader.witnesses, column.notation if column is not None else ""
        by_cells = witnesses.spoken_by(self.like(place)).get(notation, 0)
        by_words = witnesses.words(self.headings[place]).get(notation, 0)
        cells = witnesses.why(self.like(place))
        if known is not None and known is not column:
            return Reading(column, "overruled", f"its heading is {known.label}, but of its cells, {cells}")
        if by_words >= by_cells or not cells:
            return Reading(
                column, "words", "by the words of its heading" + (f"; of its cells, {cells}" if by_cells > 0 else "")
            )
        return Reading(column, "cells", f"of its cells, {cells}")

    def _come_near(self, place: int, weights: Mapping[str, int], known: Property | None) -> None:
        """A heading that is a slip of the pen for one that the table lacks; or a known one, come second or doubtful."""
        heading = self.headings[place]
        if known is None:
            near = self._near(heading)
            if near is not None and near.notation not in self.taken and weights.get(near.notation, 0) >= -MARGIN:
                self._take(place, Reading(near, "near", f"it comes near {short(near.label)}"))
        elif known is not None and known.notation not in self.taken:
            self._take(place, Reading(known, "known"))

    # --- what a table must have ---------------------------------------------------------------------------------------

    def _take_account(self) -> None:
        """The account is nearly always the column of the longest cells: it is, where no other is known to be it."""
        own = [at for at, found in enumerate(self.found) if _is(found, "what-happened")]
        longest = max((self.like(at).words for at in own), default=0.0)
        settled = any((found := self.found[at]) is not None and found.witness == "confirmed" for at in own)
        if settled or longest >= PROSE:
            return
        free = [
            place
            for place, found in enumerate(self.found)
            if place not in own and (found is None or self._doubtful(place, found)) and self.like(place).words >= PROSE
        ]
        if not free:
            return
        place = max(free, key=lambda at: self.like(at).words)
        if own and self.like(place).words < 3 * longest:
            return
        before = self.found[place]
        if before is not None and before.column is not None:
            self.taken.discard(before.column.notation)
        witness = "overruled" if before is not None and before.witness == "known" else "cells"
        why = "no other column has longer cells" if not own else "its cells are much longer than those of any other"
        self.taken.add("what-happened")
        column = self.reader.column("what-happened")
        self.found[place] = Reading(column, witness, why)
        for at in own:
            self._make_way(at)

    def _make_way(self, place: int) -> None:
        """A short column headed like an account, beside the account: the kind of contact, if its cells are; else joined."""
        contact = self.reader.column("contact")
        if contact is not None and "contact" not in self.taken and self.like(place).share("contact") >= 0.4:
            self.taken.add("contact")
            self.found[place] = Reading(
                contact, "overruled", "its cells are kinds of contact, and another column is the account"
            )
        else:
            found = self.found[place]
            self.found[place] = replace(found or Reading(), second=True)

    def _doubtful(self, place: int, found: Reading) -> bool:
        """Whether sentences under this heading speak against what it was read as."""
        if found.column is None or found.witness in ("confirmed", "elsewhere") or self.like(place).share("prose") < 0.5:
            return found.column is None and found.witness == ""
        if "what-happened" not in self.taken and (found.column.notation == "comment" or found.witness == "words"):
            return found.column.notation in ("comment", "said", "action")
        prose = next((sign for sign in self.reader.terms.cell_signs if sign.name == "prose"), None)
        return prose is not None and prose.speaks.get(found.column.notation, 0) <= -3

    def _take_stand_ins(self) -> None:
        """A heading that may also mean a column which the table otherwise lacks stands in for it."""
        terms, account = self.reader.terms, "what-happened"
        spoken = [
            self.reader.witnesses.spoken_by(self.like(place)).get(account, 0) for place in range(len(self.headings))
        ]
        for place in sorted(range(len(self.headings)), key=lambda at: -spoken[at]):
            heading, found = self.headings[place], self.found[place]
            if not heading.strip() or (found is not None and found.witness in ("confirmed", "elsewhere")):
                continue
            stand_in = terms.stand_in(heading)
            if stand_in is None and _is(found, "action") and found is not None and found.witness == "words":
                stand_in = self.reader.column("response")
            if stand_in is None or stand_in.notation in self.taken or not self._fits(place, stand_in):
                continue
            why = "it may also mean that, and the table has no other column for it"
            known = found is None or found.witness in ("", "known")
            self._replace(place, Reading(stand_in, "stand-in" if known or found is None else found.witness, why))

    def _take_dates(self) -> None:
        """A table without a Date: the first column of dates is it, or else that of when it was learnt or written."""
        if "date" in self.taken:
            return
        for wanted in (None, "date-until", "written", "learnt"):
            for place, found in enumerate(self.found):
                column = found.column if found is not None else None
                if found is not None and (
                    found.witness in ("confirmed", "elsewhere") or (found.witness and column is None)
                ):
                    continue
                if (column.notation if column is not None else None) != wanted or self.like(place).share("date") < 0.5:
                    continue
                none = self.reader.witnesses.words(self.headings[place]).get(NONE, 0) >= ENOUGH
                if not none:
                    why = "a date stands in its cells, and the table has no other column for the day"
                    self._replace(place, Reading(self.reader.column("date"), "cells", why))
                    return

    def _fits(self, place: int, column: Property) -> bool:
        return self.reader.witnesses.spoken_by(self.like(place)).get(column.notation, 0) >= -2

    def _replace(self, place: int, reading: Reading) -> None:
        before = self.found[place]
        if before is not None and before.column is not None and not before.second:
            name = before.column.notation
            if not any(at != place and _is(found, name) for at, found in enumerate(self.found)):
                self.taken.discard(name)
        if reading.column is not None:
            self.taken.add(reading.column.notation)
        self.found[place] = reading


def _is(found: Reading | None, notation: str) -> bool:
    return found is not None and found.column is not None and found.column.notation == notation


def by_labels(headings: Sequence[str], terms: Terms) -> Iterator[Property | None]:
    """The columns of a table whose headings are all labels of the ontology, each once: our own form, which needs no witness.

    Nothing where it is not so.
    """
    columns = [terms.heading(heading) for heading in headings]
    if all(c is not None and h == c.label for c, h in zip(columns, headings, strict=True)) and len(
        set(headings)
    ) == len(headings):
        yield from columns
