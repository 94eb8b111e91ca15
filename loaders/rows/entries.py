"""The rows of one table become entries: every cell kept as written, the dozen that rules use read beside it.

Rows in, entries out: a row that cannot be read in full is an entry all the same, with a Problem. Each distinct cell is
read once; what is doubtful in it is said of every row in which it stands.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from kg.dates.reader import DateReader
from kg.dates.when import UNDATED, When
from kg.model.problem import Place, Problem
from kg.model.record import Entry
from kg.terms.tables import Terms
from loaders.formats.tables import Row
from loaders.rows.boxes import chosen
from loaders.rows.cells import Cells, Memory, T
from loaders.rows.columns import Columns
from loaders.rows.doubts import (
    Doubt,
    doubtful_date,
    former_word,
    gathered,
    headings_again,
    no_date,
    no_partner,
    public_partner,
    read_partner,
    too_wide,
    unknown_word,
    unnamed_liaison,
    vague_liaison,
)
from loaders.rows.lasting import Ends, lasting
from loaders.rows.month_headings import MonthHeadings
from loaders.rows.partners import Partner, Partners
from loaders.rows.recording_words import as_checked
from loaders.rows.roster import Roster, short, unlike
from loaders.rows.seen_words import SeenWords
from loaders.rows.shape import is_line
from loaders.rows.together import joints, read_together, seen_together
from loaders.rows.worded_cells import PROSE, WordedCells

LONG = 40
"""Words longer than this, in characters, are nobody's slip of the pen: no "did you mean" is looked for."""

Liaison = tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]
"""Who was told, who told, and with whom it is open, of a cell for both ways."""

_OF_ONE_REVIEW = ("people", "about", "seen", "shared_with", "received_from", "liaison")
_TELLING = frozenset(
    ("what-happened", "people", "about", "contact", "seen", "said", "indicators", "response", "action", "liaison",
     "shared-with", "shared-what", "received-from")
)  # fmt: skip
"""The columns under which a single cell still is an entry: it tells of something."""
_NOBODY: tuple[str, ...] = ()
_LISTED = re.compile(r"[;\n\r]+")
_ASIDE = re.compile(r"\([^()]*\)")


@dataclass(slots=True)
class Table:
    """One table of a return, read: its entries, how many rows were blank, which were mere lines, what went wrong."""

    entries: list[Entry] = field(default_factory=list)
    blank: int = 0
    lines: list[Row] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


class RowReader:
    """Reads rows into entries for one review: its people, agencies and period, and the ontology's words."""

    def __init__(
        self,
        terms: Terms,
        people: Roster,
        agencies: Partners,
        dates: DateReader,
        memory: Memory,
        subjects: Sequence[str] = (),
    ) -> None:
        self.terms = terms
        self.people = people
        self.agencies = agencies
        self.dates = dates
        self.worded = WordedCells(memory.contact_words(terms), SeenWords(terms, people, subjects), people, terms)
        self._pending = memory.pending
        self._shared = memory.columns
        self._meant = memory.meant
        self._own: dict[tuple[object, ...], Cells[Any]] = {}

    def read(self, rows: Sequence[Row], columns: Columns, file: str, sheet: str, agency: str, taken: set[str]) -> Table:
        """The entries of a table whose rows below the headings these are.

        ``taken`` holds the Refs that the agency has used so far, in this file or another; it grows.
        """
        table = Table()
        pending = self._pending
        pending.clear()
        together: dict[Doubt, list[Place]] = {}
        at, keys, width = columns.at, columns.keys, len(columns.keys)
        head, first = [heading.strip() for heading in columns.headings], columns.headings[0] if width else ""
        i_ref, i_date, i_time, i_learnt, i_written = at("ref"), at("date"), at("time"), at("learnt"), at("written")
        i_people, i_about, i_contact, i_narrative = at("people"), at("about"), at("contact"), at("narrative")
        i_seen, i_said, i_indicators, i_responses = at("seen"), at("said"), at("indicators"), at("responses")
        i_with, i_what, i_from, i_answers = at("shared_with"), at("shared_what"), at("received_from"), at("answers")
        worded = self.worded
        people = self._cells("people", columns.heading("people"), self._people, _NOBODY)
        about = self._cells("about", columns.heading("about"), self._people, _NOBODY)
        contacts = self._cells(
            "contact", columns.heading("contact"), partial(worded.contact, self._one_of("contact")), ""
        )
        indicators = self._cells("indicators", columns.heading("indicators"), self._many_of("indicator"), _NOBODY)
        responses = self._cells("responses", columns.heading("responses"), self._many_of("response"), _NOBODY)
        seen_cells: Cells[tuple[str, tuple[str, ...]]]
        seen_cells = self._cells("seen", columns.heading("seen"), worded.seen, ("", ()))
        shared_with = self._cells("shared_with", columns.heading("shared_with"), self._agencies, _NOBODY)
        received = self._cells("received_from", columns.heading("received_from"), self._agencies, _NOBODY)
        liaison = self._cells("liaison", columns.heading("liaison"), self._liaison, (_NOBODY, _NOBODY, _NOBODY))
        i_liaison, i_how, i_checked = at("liaison"), at("how_recorded"), at("checked-by")
        recorded = self._cells(
            "how_recorded", columns.heading("how_recorded"), partial(worded.recorded, self._one_of("recording")), ""
        )
        conveyed = self._cells("shared_what", columns.heading("shared_what"), self._refs, _NOBODY)
        date_cells = self._cells("date", columns.heading("date"), self._date, UNDATED)
        learnt_cells = self._cells("learnt", columns.heading("learnt"), self._moment, None)
        written_cells = self._cells("written", columns.heading("written"), self._moment, None)
        joined = joints(columns)
        more_seen = [(columns.headings[place], place) for place in columns.also.get("seen", ())]
        coded = {place for place, column in enumerate(columns.properties) if column and column.notation in _TELLING}
        h_date, h_time = columns.heading("date"), columns.heading("time")
        undated = no_date(h_date)
        read_date, entries = self.dates.read, table.entries
        ends, months = Ends.of(columns), MonthHeadings(rows, self.dates)
        for nth, (line, row) in enumerate(rows):
            if len(row) != width:
                if not row:
                    table.blank += 1
                    continue
                row = self._fitted(row, width)
            extra = row[width:]
            row.append("")
            whole = row
            if joined:
                row = read_together(row, joined)
            date, narrative = row[i_date], row[i_narrative]
            if not narrative.strip() and not date.strip() and not "".join(row).strip():
                table.blank += 1
                continue
            if row[0] == first and [c.strip() for c in row[:width]] == head and first:
                table.problems.append(headings_again(Place(file, sheet, line)))
                continue
            if (not narrative or narrative.isspace()) and is_line(row, coded, i_date):
                table.lines.append((line, row[:-1]))
                continue
            ref = row[i_ref].strip() or f"row-{line}"
            if ref in taken:
                ref = self._another(ref, row[i_ref], taken, columns.heading("ref"))
            taken.add(ref)
            name = f"{agency}/{ref}"
            place = Place(file, sheet, line, "", name)
            time = row[i_time]
            if time and not time.isspace():
                when, why = read_date(date, time)
                if why is not None:
                    pending.append(doubtful_date(h_time if "time" in why and h_time else h_date, when, why))
            else:
                when = date_cells[date]
                if when is UNDATED:
                    pending.append(undated)
            if when.hedge == "unread" and entries:
                beside = months.read(nth, date, time, entries[-1].when)
                if beside is not None:
                    when, pending[-1] = beside[0], doubtful_date(h_date, *beside)
            if ends:
                when = lasting(when, row, self.dates, ends, pending)
            cells = dict(zip(keys, whole, strict=False))
            if extra:
                cells.update((f"column {n}", cell) for n, cell in enumerate(extra, width + 1) if cell.strip())
                if len(cells) > width:
                    pending.append(too_wide(len(row) - 1, width))
            seen, seen_people = seen_cells[row[i_seen]]
            for heading, beside_at in more_seen:
                other = self._cells("seen", heading, self.worded.seen, ("", _NOBODY))[row[beside_at]]
                seen, seen_people = seen_together((seen, seen_people), other, heading)
            told, heard, either = shared_with[row[i_with]], received[row[i_from]], _NOBODY
            if i_liaison >= 0 and row[i_liaison]:
                more = liaison[row[i_liaison]]
                either = tuple(name for name in more[2] if name not in told and name not in heard)
                told, heard = unlike((*told, *more[0])), unlike((*heard, *more[1]))
            entry = Entry(
                name,
                agency,
                ref,
                place,
                when,
                learnt_cells[row[i_learnt]],
                written_cells[row[i_written]],
                people[row[i_people]],
                about[row[i_about]],
                contacts[row[i_contact]],
                narrative,
                seen,
                seen_people,
                row[i_said],
                indicators[row[i_indicators]],
                responses[row[i_responses]],
                told,
                conveyed[row[i_what]],
                heard,
                row[i_answers].strip(),
                cells,
                either_way=either,
                how_recorded=as_checked(recorded[row[i_how]], row[i_checked]) if i_how >= 0 else "",
            )
            entries.append(entry)
            if pending:
                for doubt in pending:
                    together.setdefault(doubt, []).append(place)
                pending.clear()
        if months.used:
            together = months.leave_out(table.entries, together)
            table.problems += months.problems(Place(file, sheet))
        self._report(together, table, {h_date, h_time})
        return table

    # --- what a cell says ---------------------------------------------------------------------------------------

    def _cells(self, name: str, heading: str, read: Callable[[str, str, list[Doubt]], T], blank: T) -> Cells[T]:
        """The cells of a column, remembered from one file to the next where its heading is the same."""
        years = self.dates.years if name in ("date", "learnt", "written") else None
        settled, service = self.worded.settled, self.worded.service if name == "contact" else ""
        columns = self._own if name in _OF_ONE_REVIEW or settled.words else self._shared
        known = columns.get((name, heading, years, settled, service))
        if known is None:
            known = Cells(
                lambda cell, pending: read(heading, chosen(heading, cell, pending), pending), self._pending, blank
            )
            columns[name, heading, years, settled, service] = known
        return known

    def _people(self, heading: str, cell: str, pending: list[Doubt]) -> tuple[str, ...]:
        return unlike(name or words for words, name in self.people.read(cell))

    def _agencies(self, heading: str, cell: str, pending: list[Doubt]) -> tuple[str, ...]:
        return self._named(heading, self.agencies.read(cell), pending)

    def _liaison(self, heading: str, cell: str, pending: list[Doubt]) -> Liaison:
        told, heard, either = self.agencies.liaison(cell)
        if either:
            pending.append(vague_liaison(heading, cell))
        for partner in told:
            if partner.agency is None:
                pending.append(unnamed_liaison(heading, partner.words))
        told = tuple(partner for partner in told if partner.agency is not None)
        return self._named(heading, told, pending), self._named(heading, heard, pending), either

    def _named(self, heading: str, partners: Sequence[Partner], pending: list[Doubt]) -> tuple[str, ...]:
        for partner in partners:
            if partner.public:
                pending.append(public_partner(heading, partner.words))
            elif partner.agency is None:
                pending.append(no_partner(heading, partner.words, self.agencies.suggest(partner.words)))
            elif partner.read:
                pending.append(read_partner(heading, partner.words, partner.agency))
        return unlike(partner.agency for partner in partners if partner.agency is not None)

    def _many_of(self, scheme: str) -> Callable[[str, str, list[Doubt]], tuple[str, ...]]:
        terms = self.terms

        def match(scheme: str, words: str) -> str | None:
            if len(words) > PROSE:
                return None
            found = terms.match(scheme, words)
            if found is None and scheme == "contact" and "(" in words:  # "Home visit (unannounced)"
                found = terms.match(scheme, _ASIDE.sub("", words))
            return found

        def read(heading: str, cell: str, pending: list[Doubt]) -> tuple[str, ...]:
            found: list[str] = []
            for part in _LISTED.split(cell):
                words = part.strip()
                if not words:
                    continue
                notation = match(scheme, words)
                pieces = [words] if notation or "," not in words else [p.strip() for p in words.split(",") if p.strip()]
                if len(pieces) > 1 and not any(match(scheme, piece) for piece in pieces):
                    pieces = [words]
                for piece in pieces:
                    notation = match(scheme, piece)
                    if notation:
                        found.append(notation)
                        if (old := terms.former(scheme, piece)) is not None:
                            pending.append(former_word(heading, piece, old))
                    else:
                        pending.append(self._unknown(scheme, heading, piece))
            return unlike(found)

        return read

    def _one_of(self, scheme: str) -> Callable[[str, str, list[Doubt]], str]:
        several = self._many_of(scheme)

        def read(heading: str, cell: str, pending: list[Doubt]) -> str:
            found = several(heading, cell, pending)
            if len(found) > 1:
                pending.append(
                    Doubt(
                        heading,
                        "warning",
                        f"{short(cell)} names {len(found)} kinds",
                        "an entry is one contact, of one kind",
                        f'The first, "{found[0]}", is used. The cell is kept as written.',
                        "Keep the kind that fits best, or write an entry for each.",
                    )
                )
            return found[0] if found else ""

        return read

    def _unknown(self, scheme: str, heading: str, words: str) -> Doubt:
        near, free = None, self._own_words(heading)
        if not free and len(words) <= LONG and words.count(" ") < 4:
            if (scheme, words) not in self._meant:  # looking for what is nearest is slow
                self._meant[scheme, words] = self.terms.suggest(scheme, words)
            near = self._meant[scheme, words]
        return unknown_word(scheme, heading, words, None if free else near, free=free)

    def _own_words(self, heading: str) -> bool:
        """Whether a heading only stands in for a column of codes: then own words are expected in its cells."""
        column = self.terms.heading(heading)
        return column is None or column.kind != "concept"

    def _seen(self, heading: str, cell: str, pending: list[Doubt]) -> tuple[str, tuple[str, ...]]:
        return self.worded.seen(heading, cell, pending)

    def _refs(self, heading: str, cell: str, pending: list[Doubt]) -> tuple[str, ...]:
        match = self.terms.match
        parts = [part.strip() for part in _LISTED.split(cell) if part.strip()]
        if len(parts) == 1 and "," in parts[0] and match("indicator", parts[0]) is None:
            pieces = [part.strip() for part in parts[0].split(",") if part.strip()]
            if any(match("indicator", piece) for piece in pieces) or not any(" " in piece for piece in pieces):
                parts = pieces
        return unlike(match("indicator", part) or part for part in parts)

    def _date(self, heading: str, cell: str, pending: list[Doubt]) -> When:
        when, why = self.dates.read(cell)
        if why is not None:
            pending.append(doubtful_date(heading, when, why))
        return when

    def _moment(self, heading: str, cell: str, pending: list[Doubt]) -> When | None:
        when, why = self.dates.read(cell)
        if why is not None:
            pending.append(doubtful_date(heading, when, why, entry_date=False))
        return None if when.undated else when

    # --- rows that are no entries, and what is said of them -------------------------------------------------------

    def _fitted(self, row: list[str], width: int) -> list[str]:
        return row + [""] * (width - len(row)) if len(row) < width else row

    def _another(self, ref: str, written: str, taken: set[str], heading: str) -> str:
        count = 2
        while f"{ref}~{count}" in taken:
            count += 1
        if written.strip():
            self._pending.append(
                Doubt(
                    heading,
                    "warning",
                    f"the Ref {short(ref)} stands a second time",
                    "a Ref names one entry of an agency",
                    f'This entry is named "{ref}~{count}". Both are kept.',
                    "Ask the agency which is which; give this row a Ref of its own, or delete it if it is a copy.",
                )
            )
        return f"{ref}~{count}"

    def _report(self, together: Mapping[Doubt, Sequence[Place]], table: Table, each: set[str]) -> None:
        """Doubts as Problems: those of dates each by itself, others once for each distinct cell, with all its rows."""
        found: list[tuple[int, Problem]] = []
        alike: dict[tuple[str, str], list[tuple[Doubt, Sequence[Place]]]] = {}
        for doubt, places in together.items():
            if doubt.gather:
                alike.setdefault((doubt.column, doubt.gather), []).append((doubt, places))
        for doubts in alike.values():
            problem = gathered(doubts)
            if problem is None:
                found += [(rows[0].row, doubt.at(rows[0], [place.row for place in rows[1:]])) for doubt, rows in doubts]
            else:
                found.append((problem.place.row, problem))
        for doubt, places in together.items():
            if doubt.column in each and not doubt.gather:
                found += [(place.row, doubt.at(place)) for place in places]
            elif not doubt.gather:
                found.append((places[0].row, doubt.at(places[0], [place.row for place in places[1:]])))
        table.problems += [problem for _, problem in sorted(found, key=lambda pair: pair[0])]
