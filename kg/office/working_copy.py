"""The working copy: all agencies' entries in one Excel sheet, to filter, print, mark up, and send notes back from.

A reviewer reads it beside the returns. Each agency has a letter and a colour, each date stands as read and as written,
and findings are named at their rows. Only the column for a new note is ever read back.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kg.dates.when import BEGINNING, END, day_of, say_day
from kg.decisions.notes import entry_mark, notes_by_entry
from kg.decisions.standing import SETTLED
from kg.findings.finding import Finding
from kg.findings.missed_share import MissedShare
from kg.findings.study import Study
from kg.handling.marking import MARKING
from kg.model.record import Entry
from kg.model.reviewer import Note
from kg.office.form import steady
from kg.office.form_workbook import CELL, fitting, height_of, new_workbook, print_setup, stored
from kg.office.said_at_a_row import held_by, said_at
from kg.wording.findings import title
from kg.wording.labels import label

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet
from kg.base.grammar import count, letter

INK = "#1A1A1A"
"""The colour of all writing on an agency's colour."""

COLOURS = (
    "#CFE2F3", "#FCE5CD", "#D9EAD3", "#F4CCCC", "#E6D9F2", "#FFF2CC", "#CDEDEE", "#F8D7E8", "#E2E2E2", "#DDEBB5",
    "#D5D9F7", "#F3DCC2", "#C9E8D5", "#FBD9D0", "#E9E4C9", "#D3E0E6",
)  # fmt: skip
"""Light colours, one an agency in the order of review.toml; with more agencies they come again, the letters do not."""

ENTRY, NOTE, SO_FAR, IDS = "Entry", "New note", "Notes so far", "Ids of findings"
"""The headings by which notes find their way back, and the ids by which findings are judged."""

HEAD = 2
"""The row of the headings, counted from 0."""

_COLUMNS: tuple[tuple[str, float], ...] = (
    ("Order", 6), ("Key", 5), ("Agency", 15), ("Date as read", 14), ("Date as written", 13), ("Contact", 14),
    ("People", 15), ("What happened", 60), ("Seen", 7), ("Said", 16), ("Indicators", 17), ("Response", 15),
    ("Shared with", 14), ("Received from", 14), ("Same event", 15), ("Findings", 52), (SO_FAR, 22), (NOTE, 26),
    (ENTRY, 20), ("Earliest day", 12), ("Latest day", 12), ("Learnt", 13), ("Written", 13), ("Unit", 14),
    ("Professional", 16), ("About", 14), ("Shared what", 14), ("Answers", 14), ("Source", 18), ("Where it stands", 26),
    ("Comment", 30), ("Other columns", 30), (IDS, 26),
)  # fmt: skip
HOLDERS = 6
"""How many holders of one kind of information the sheet of findings names."""

_PRINTED = 18
"""How many columns are printed: those after the note are for the screen."""

_SHOWN = frozenset(
    ("ref", "date", "time", "learnt", "written", "source", "people", "about", "professional", "unit", "contact",
     "what-happened", "seen", "said", "indicators", "response", "shared-with", "shared-what", "received-from",
     "answers", "comment")
)  # fmt: skip


def working_copy(gaps: Study, rows: Sequence[int], notes: Sequence[Note] = ()) -> bytes:
    """The rows, in the order given, as an Excel workbook; then the findings they belong to, and the agencies.

    The same review gives the same bytes. A cell longer than Excel allows is cut, and says where the whole stands.
    """
    review = gaps.review
    book, out = new_workbook(f"Working copy: {review.title}", review.title)
    main = book.add_worksheet("Chronology")
    found = book.add_worksheet("Findings")
    key = book.add_worksheet("Agencies")
    at: dict[int, list[Finding]] = defaultdict(list)
    for finding in gaps.findings:
        for row in dict.fromkeys(finding.detail.rows()):
            at[row].append(finding)
    _write_chronology(book, main, gaps, rows, at, notes_by_entry(review, notes))
    shown = {finding.id for row in rows for finding in at.get(row, ())}
    _write_findings(book, found, gaps, shown)
    _write_agencies(book, key, gaps, rows)
    print_setup(main)
    main.repeat_rows(HEAD)
    main.print_area(0, 0, HEAD + max(1, len(rows)), _PRINTED - 1)
    print_setup(found)
    found.repeat_rows(0)
    print_setup(key, landscape=False)
    book.close()
    return steady(out.getvalue())


def _write_chronology(
    book: Workbook,
    sheet: Worksheet,
    gaps: Study,
    rows: Sequence[int],
    found: Mapping[int, Sequence[Finding]],
    notes: Mapping[int, Sequence[Note]],
) -> None:
    review = gaps.review
    shares = {finding.id: gap for finding, gap in gaps.of(MissedShare)}
    sheet.write_string(0, 0, f"{MARKING}: {review.title}", book.add_format({"bold": True, "font_size": 14}))
    sheet.write_string(
        1,
        0,
        f'Write under "{NOTE}" and take it in with kg note --from; every other column is a copy, and is not read back. '
        "Dates that overlap are in no order.",
        book.add_format({"italic": True}),
    )
    head = book.add_format(
        {"bold": True, "text_wrap": True, "valign": "top", "border": 1, "bg_color": "#1F3864", "font_color": "#FFFFFF"}
    )
    plain = {"text_wrap": True, "valign": "top", "border": 1, "border_color": "#BFBFBF", "num_format": "@"}
    text, number = book.add_format(plain), book.add_format({**plain, "num_format": "0"})
    day = book.add_format({**plain, "num_format": "dd/mm/yyyy"})
    own = book.add_format({**plain, "bg_color": "#FFFFE0"})
    tints = _tints(book, gaps, plain)
    for at, (name, width) in enumerate(_COLUMNS):
        sheet.set_column(at, at, width)
        sheet.write_string(HEAD, at, name, head)
    sheet.set_row(HEAD, 28)
    sheet.freeze_panes(HEAD + 1, 5)
    sheet.autofilter(HEAD, 0, HEAD + max(1, len(rows)), len(_COLUMNS) - 1)
    names = [name for name, _ in _COLUMNS]
    letters = {agency.name: letter(at) for at, agency in enumerate(review.agencies)}
    for turn, row in enumerate(rows, 1):
        entry = review.entries[row]
        cells = {
            "Key": letters[entry.agency],
            ENTRY: entry_mark(review, row),
            "Same event": "\n".join(review.entries[other].name for other in gaps.links.event[row] if other != row),
            "Findings": said_at(gaps, row, found.get(row, ()), shares),
            IDS: " ".join(finding.id for finding in found.get(row, ())),
            SO_FAR: "\n".join(said(note) for note in notes.get(row, ())),
            **_record(gaps, entry),
        }
        line = HEAD + turn
        sheet.set_row(line, height_of([(cells.get(name, ""), width) for name, width in _COLUMNS if name != IDS]))
        sheet.write_number(line, 0, turn, number)
        for at, name in enumerate(names[1:], 1):
            form = tints[entry.agency] if name in ("Key", "Agency") else own if name == NOTE else text
            if words := cells.get(name, ""):
                sheet.write_string(line, at, _fit(words, entry), form)
            else:
                sheet.write_blank(line, at, None, form)
        for name, bound, open_end in (
            ("Earliest day", entry.when.earliest, BEGINNING),
            ("Latest day", entry.when.latest, END),
        ):
            if bound != open_end and day_of(bound).year >= 1900:
                sheet.write_datetime(line, names.index(name), day_of(bound), day)


def _record(gaps: Study, entry: Entry) -> dict[str, str]:
    """What stands in a row: words of the vocabulary as read, everything else as written."""
    cell = entry.cells.get
    written = f"{cell('date', entry.when.words)} {cell('time', '')}".strip()
    return {
        "Agency": entry.agency,
        "Date as read": entry.when.plain(),
        "Date as written": written,
        "Contact": _read(gaps, "contact", (entry.contact,) if entry.contact else (), cell("contact", "")),
        "People": "; ".join(entry.people),
        "What happened": entry.narrative,
        "Seen": cell("seen", ""),
        "Said": entry.said,
        "Indicators": _read(gaps, "indicator", entry.indicators, cell("indicators", "")),
        "Response": _read(gaps, "response", entry.responses, cell("response", "")),
        "Shared with": "; ".join(entry.shared_with) or cell("shared-with", ""),
        "Received from": "; ".join(entry.received_from) or cell("received-from", ""),
        "Learnt": cell("learnt", ""),
        "Written": cell("written", ""),
        "Unit": cell("unit", ""),
        "Professional": cell("professional", ""),
        "About": cell("about", ""),
        "Shared what": cell("shared-what", ""),
        "Answers": entry.answers,
        "Source": cell("source", ""),
        "Where it stands": str(replace(entry.place, entry="", column="")),
        "Comment": cell("comment", ""),
        "Other columns": "\n".join(
            f"{_heading(gaps, name)}: {words}"
            for name, words in entry.cells.items()
            if name not in _SHOWN and words.strip()
        ),
    }


def _read(gaps: Study, scheme: str, found: Sequence[str], written: str) -> str:
    """The labels of what was read from a cell; the cell itself beside them where not all of it was understood."""
    labels = "; ".join(label(gaps, scheme, notation) for notation in found)
    parts = [part for part in written.replace("\n", ";").split(";") if part.strip()]
    if not labels or (len(parts) == len(found)):
        return labels or written
    return f"{labels} [{written}]"


def _heading(gaps: Study, name: str) -> str:
    return next((each.label for each in gaps.terms.properties if each.notation == name), name)


def _fit(words: str, entry: Entry) -> str:
    if stored(words) <= CELL:
        return words
    more = f" … (cut here: the whole stands in {entry.place})"
    return fitting(words, CELL - stored(more)) + more


def _tints(book: Workbook, gaps: Study, plain: Mapping[str, object]) -> dict[str, Format]:
    return {
        agency.name: book.add_format(
            {**plain, "bold": True, "font_color": INK, "bg_color": COLOURS[at % len(COLOURS)]},
        )
        for at, agency in enumerate(gaps.review.agencies)
    }


def _write_findings(book: Workbook, sheet: Worksheet, gaps: Study, shown: set[str]) -> None:
    head = book.add_format({"bold": True, "border": 1, "bg_color": "#1F3864", "font_color": "#FFFFFF"})
    text = book.add_format({"text_wrap": True, "valign": "top", "border": 1, "border_color": "#BFBFBF"})
    for at, (name, width) in enumerate(
        (
            ("What it says", 66),
            ("Held by", 52),
            ("Entries", 9),
            ("First", 16),
            ("Last", 16),
            ("Certainty", 11),
            ("Decision", 11),
            ("Kind", 20),
            ("Finding", 22),
        )
    ):
        sheet.set_column(at, at, width)
        sheet.write_string(0, at, name, head)
    sheet.freeze_panes(1, 0)
    some = [finding for finding in gaps.findings if finding.id in shown]
    shares = {finding.id: gap for finding, gap in gaps.of(MissedShare)}
    for row, finding in enumerate(some, 1):
        status = "" if finding.kind == SETTLED else finding.status
        said, held = title(gaps, finding), _held(shares.get(finding.id))
        at_rows = finding.detail.rows()
        days = [gaps.review.entries[each].when.plain() for each in at_rows] or [""]
        first, last = days[0], days[-1] if len(days) > 1 else ""
        sheet.set_row(row, height_of([(said, 66), (held, 52), (first, 16), (last, 16)]))
        sheet.write_number(row, 2, len(at_rows), text)
        words = (said, held, "", first, last, finding.certainty, status, finding.kind, finding.id)
        for at, each in enumerate(words):
            if each:
                sheet.write_string(row, at, each, text)
            elif at != 2:
                sheet.write_blank(row, at, None, text)
    sheet.autofilter(0, 0, max(1, len(some)), 8)


def _held(gap: MissedShare | None) -> str:
    """Who held what did not arrive, each on a line with its date; the first six."""
    holders = held_by(gap) if gap else ()
    more = [f"and {count(len(holders) - HOLDERS, 'other')}"] if len(holders) > HOLDERS else []
    return "\n".join((*holders[:HOLDERS], *more))


def _write_agencies(book: Workbook, sheet: Worksheet, gaps: Study, rows: Sequence[int]) -> None:
    head = book.add_format({"bold": True, "border": 1, "bg_color": "#1F3864", "font_color": "#FFFFFF"})
    plain = {"text_wrap": True, "valign": "top", "border": 1, "border_color": "#BFBFBF"}
    text, tints = book.add_format(plain), _tints(book, gaps, plain)
    for at, (name, width) in enumerate((("Key", 6), ("Agency", 42), ("Rows here", 11), ("Signed off", 42))):
        sheet.set_column(at, at, width)
        sheet.write_string(0, at, name, head)
    signed = {each.agency: each.signed_off for each in gaps.review.returns}
    counted: dict[str, int] = defaultdict(int)
    for row in rows:
        counted[gaps.review.entries[row].agency] += 1
    for at, agency in enumerate(gaps.review.agencies):
        sheet.write_string(at + 1, 0, letter(at), tints[agency.name])
        sheet.write_string(at + 1, 1, agency.name, tints[agency.name])
        sheet.write_number(at + 1, 2, counted[agency.name], text)
        none = "" if agency.has_return else "no return: its silence says nothing"
        sheet.write_string(at + 1, 3, signed.get(agency.name, "") or none, text)


def said(note: Note) -> str:
    """A note as the working copy shows it, with who wrote it and when."""
    by = ", ".join(part for part in (note.by, say_day(note.on) if note.on else "") if part)
    return f"{note.note} ({by})" if by else note.note


@dataclass(frozen=True, slots=True)
class Returned:
    """What came back in a working copy.

    ``new`` are notes to be kept, as (entry as notes.csv names it, words); ``known`` counts those that notes.csv has
    already; ``lost`` says, row by row, what was written where it is not read or beside no entry.
    """

    new: tuple[tuple[str, str], ...]
    known: int
    lost: tuple[str, ...]


def heads(cells: Sequence[str]) -> int:
    """How many of the headings that a returned working copy needs stand in a row."""
    return len({ENTRY, NOTE} & {cell.strip() for cell in cells})


def notes_written(gaps: Study, notes: Sequence[Note], table: Iterable[tuple[int, Sequence[str]]]) -> Returned | None:
    """The notes that somebody wrote into a working copy, each once; None if the table has no headings of one.

    ``table`` holds rows with the lines on which they stand. Rows may have been sorted, filtered or deleted. A note that
    stands in notes.csv beside the same entry, word for word, is known and not kept twice.
    """
    review = gaps.review
    by_mark = {entry_mark(review, row): row for row in range(len(review.entries))}
    present = notes_by_entry(review, notes)
    places: dict[str, int] | None = None
    new: dict[tuple[str, str], None] = {}
    known = 0
    lost: list[str] = []
    for line, cells in table:
        if places is None:
            if heads(cells) == 2:
                places = {cell.strip(): at for at, cell in reversed([*enumerate(cells)])}
            continue
        mark, words = _cell(cells, places.get(ENTRY)), _cell(cells, places.get(NOTE))
        row = by_mark.get(mark)
        before = present.get(row, ()) if row is not None else ()
        shown = {part.strip() for note in before for part in said(note).splitlines()}
        changed = [
            part for part in _cell(cells, places.get(SO_FAR)).splitlines() if part.strip() and part.strip() not in shown
        ]
        if changed and row is not None:
            lost.append(
                f'row {line} ({mark}): "{changed[0].strip()[:60]}" stands under "{SO_FAR}", which is not read. '
                f'Write it under "{NOTE}".'
            )
        if not words:
            continue
        if row is None:
            lost.append(
                f'row {line}: the note "{words[:60]}" stands beside "{mark or "a blank cell"}", and no entry has that name '
                f'now. Correct the column "{ENTRY}", or note it with kg note.'
            )
        elif any(_same(words, note.note) for note in before) or (mark, words) in new:
            known += 1
        else:
            new[mark, words] = None
    return None if places is None else Returned(tuple(new), known, tuple(lost))


def _cell(cells: Sequence[str], at: int | None) -> str:
    return cells[at].strip() if at is not None and at < len(cells) else ""


def _same(one: str, other: str) -> bool:
    return one.split() == other.split()
