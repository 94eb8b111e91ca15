"""Suggested codes as a table: out for a spreadsheet, back with the reviewer's verdicts, in from persons or models outside."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import click

from kg.base.fingerprint import fingerprint
from kg.base.grammar import count
from kg.base.signs import still, unstilled
from kg.coding.elsewhere import check_code, read_elsewhere
from kg.coding.laid_over import standing
from kg.coding.proposals import already_there, has_a_place, status
from kg.coding.suggestion import Suggestion
from kg.commands.code_walk import keep
from kg.commands.decide import the_day
from kg.commands.output import file_to_write
from kg.commands.shared import say, show, show_table, typed
from kg.folder import open_review
from kg.model.problem import Place, Problem
from kg.model.review import Review
from kg.model.reviewer import Coded
from kg.reports.check import problem_report
from kg.reports.coding import state_of
from kg.terms.reader import Terms, load

COLUMNS = ("entry", "field", "notation", "words", "from", "to", "pattern", "heard", "class", "status")
"""The columns of the list: a contract."""

_VERDICTS = {"accepted": "accepted", "a": "accepted", "yes": "accepted", "rejected": "rejected", "r": "rejected",
             "no": "rejected", "passed": "passed", "nothing here": "passed", "open": "open"}  # fmt: skip


def give_out(folder: Path, form: str, output: Path | None) -> None:
    """Print or write every suggestion with where it stands, and every unread row of which nothing is suggested."""
    if output is not None:
        file_to_write(output, [f".{form}"], new="verdicts")
    review, terms = open_review(folder).review, load()
    rows = list(_listed(review, terms))
    if form == "csv" and output is None:
        show_table("csv", COLUMNS, rows)
        return
    if output is None:
        raise click.UsageError("an Excel list needs a file: name it with -o FILE.xlsx.")
    from kg.base.files import write_new
    from kg.base.tables import as_csv

    data = "\ufeff" + as_csv(COLUMNS, rows) if form == "csv" else _workbook(review, rows)
    write_new(output, data)
    say(f"Wrote {output}: {count(len(rows), 'row')}. Write accepted, rejected or passed under status, then:")
    say(f'  kg code {typed(folder)} --from {typed(output)} --by "Your name"')


def _listed(review: Review, terms: Terms) -> Iterator[dict[str, str]]:
    decided = standing(review)
    place = {entry.name: row for row, entry in enumerate(review.entries)}
    for each in state_of(review, terms).made:
        row = place[each.entry]
        where = status(each, decided.get(row, ()))
        if where == "open" and already_there(each, review.entries[row], terms):
            where = "coded"
        if not has_a_place(each, review):
            where = "unlisted"
        yield _cells(each, where)


def _cells(each: Suggestion, where: str) -> dict[str, str]:
    return {
        "entry": each.entry, "field": each.field, "notation": each.value, "words": each.words, "from": str(each.start),
        "to": str(each.end), "pattern": each.pattern, "heard": "; ".join(each.heard), "class": each.strength,
        "status": where,
    }  # fmt: skip


def _workbook(review: Review, rows: list[dict[str, str]]) -> bytes:
    """The list as an Excel workbook with the narratives beside it; unread rows of which nothing is suggested come last."""
    from kg.office.form import steady
    from kg.office.form_workbook import new_workbook

    heads = ("entry", "narrative", *COLUMNS[1:])
    narratives = {entry.name: entry.narrative for entry in review.entries}
    named = {row["entry"] for row in rows}
    silent = [entry for entry in review.entries if entry.name not in named and not entry.passed]
    blank = dict.fromkeys(COLUMNS, "")
    book, out = new_workbook(f"Codes: {review.title}", review.title)
    sheet = book.add_worksheet("Codes")
    sheet.write_row(0, 0, heads)
    for at, row in enumerate([*rows, *({**blank, "entry": each.name, "status": "unread"} for each in silent)], 1):
        for column, head in enumerate(heads):
            text = narratives[row["entry"]] if head == "narrative" else row[head]
            sheet.write_string(at, column, _fit(still(text), row["entry"]))
    sheet.freeze_panes(1, 1)
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 70)
    sheet.set_column(2, len(heads) - 1, 18)
    book.close()
    return steady(out.getvalue())


def _fit(text: str, entry: str) -> str:
    """A text as a cell holds it; where it is cut, it says where the whole stands."""
    from kg.office.form_workbook import CELL, fitting, stored

    if stored(text) <= CELL:
        return text
    more = f" \u2026 (cut here: the whole stands in {entry})"
    return fitting(text, CELL - stored(more)) + more


def take_in(folder: Path, file: Path, by: str, on: str | None) -> None:
    """Take in a filled list, or suggestions made elsewhere; what cannot be used is a Problem, and the rest is kept."""
    review, terms = open_review(folder).review, load()
    slips: list[Problem] = []
    if file.suffix.casefold() == ".qdpx":
        heads, rows = _codings(file, terms)
    else:
        heads, rows, slips = _rows(file)
    day = the_day(on)
    for slip in slips:
        show(problem_report(slip))
    if not {"entry", "field", "notation"} <= heads or not heads & {"status", "by"}:
        raise click.UsageError(
            f"{file.name} needs the columns entry, field, notation and words, and either status (a list that kg code made) "
            "or by (suggestions made elsewhere). Nothing was kept."
        )
    if file.suffix.casefold() == ".qdpx":
        kept, problems = read_elsewhere(review, terms, rows, day)
        # What a person coded under their own name is their reading; what others coded waits for them.
        kept = [replace(each, verdict="accepted" if each.by == by else "suggested", pattern="") for each in kept]
    elif "status" in heads:
        if not by:
            raise click.UsageError("somebody judged: say who with --by NAME. Nothing was kept.")
        kept, problems = _verdicts(review, terms, rows, by, day.isoformat())
    else:
        kept, problems = read_elsewhere(review, terms, rows, day)
    known = {_key(each) for each in review.codes if each.verdict == "suggested"}
    standing_ = {_key(each) for some in standing(review).values() for each in some}
    new = [each for each in kept if _key(each) not in (known if each.verdict == "suggested" else standing_)]
    for each in new:
        keep(folder, each)
    said = Counter(each.verdict for each in new)
    parts = [f"{number} {verdict}" for verdict, number in sorted(said.items())]
    say(f"{count(len(new), 'row')} added to codes.csv{': ' + ', '.join(parts) if parts else ''}."
        + (f" {len(kept) - len(new)} stood there already." if len(kept) > len(new) else ""))  # fmt: skip
    if said["suggested"]:
        _left_out(review, new)
    for problem in problems:
        show(problem_report(problem))
    if [*slips, *problems]:
        raise SystemExit(1)


def _key(each: Coded) -> tuple[str, ...]:
    return each.entry, each.fingerprint, each.field, each.value, each.verdict, each.by


def _left_out(review: Review, new: list[Coded]) -> None:
    """What a file of suggestions says nothing of, return by return: it is never complete."""
    spoken = {each.entry for each in new}
    silent = Counter(entry.agency for entry in review.entries if entry.narrative.strip() and entry.name not in spoken)
    rows = Counter(entry.agency for entry in review.entries if entry.narrative.strip())
    say("Narratives of which these suggestions say nothing, to be read all the same (kg code draws some by lot):")
    for agency, number in silent.items():
        say(f"  {agency}: {number} of {rows[agency]}")


def _verdicts(
    review: Review, terms: Terms, rows: list[tuple[Place, Mapping[str, str]]], by: str, on: str
) -> tuple[list[Coded], list[Problem]]:
    entries = {entry.name: entry for entry in review.entries}
    kept: list[Coded] = []
    problems: list[Problem] = []
    day = the_day(on)
    made = {(each.entry, each.field, each.value): each for each in state_of(review, terms).made}
    for place, row in rows:
        verdict = _VERDICTS.get(row["status"].strip().casefold(), "")
        if not verdict or verdict == "open":
            continue
        entry = entries.get(row["entry"])
        if entry is not None and verdict == "passed":
            kept.append(Coded(entry.name, fingerprint(entry.narrative), "", "", "passed", by, day, place))
            continue
        coded = check_code(review, terms, place, row, problems)
        if coded is not None:
            mine = made.get((coded.entry, coded.field, coded.value))
            whose = mine.whose[0] if mine is not None and mine.whose else ""
            kept.append(_decided(coded, verdict, by, day.isoformat(), whose, mine.pattern if mine else ""))
    return kept, problems


def _decided(each: Coded, verdict: str, by: str, on: str, whose: str, pattern: str) -> Coded:
    return replace(each, verdict=verdict, by=by, on=date.fromisoformat(on), whose=whose, pattern=pattern)


def _codings(file: Path, terms: Terms) -> tuple[frozenset[str], list[tuple[Place, Mapping[str, str]]]]:
    """The codings of a REFI-QDA project as rows of a table."""
    from kg.model.record import MARKS
    from kg.office.refi_qda import CODED_BY, code_id
    from loaders.formats.office import Unsound
    from loaders.refi_qda import read_codings

    codes = {
        code_id(MARKS[field], concept.notation): (field, concept.notation)
        for field in CODED_BY
        for concept in terms.schemes[MARKS[field]].concepts
    }
    try:
        return frozenset({"entry", "field", "notation", "by"}), [*read_codings(file, codes)]
    except Unsound as wrong:
        raise click.UsageError(f"{file.name}: {wrong.what} ({wrong.why}). {wrong.remedy} Nothing was kept.") from None


def headings_in(cells: Sequence[str]) -> int:
    """How many headings of such a list a row holds."""
    return sum(cell.strip().casefold() in {*COLUMNS, "by", "whose"} for cell in cells)


def _rows(file: Path) -> tuple[frozenset[str], list[tuple[Place, Mapping[str, str]]], list[Problem]]:
    """The rows of a table by heading in small letters, from CSV or Excel, and what of it could not be read for sure."""
    from loaders.formats.readers import READERS, read_apart

    if file.suffix.casefold() not in READERS:
        raise click.UsageError(f"{file.name} is no table: it should end with .csv or .xlsx. Nothing was kept.")
    known = {*COLUMNS, "by", "whose"}
    try:
        sheets, problems = read_apart(file, headings_in)
    except OSError as wrong:
        why = (wrong.strerror or "it could not be read").casefold()
        raise click.UsageError(f"{file} could not be opened ({why}). Nothing was kept.") from None
    for problem in problems:
        show(problem_report(problem))
    heads: frozenset[str] = frozenset()
    found: list[tuple[Place, Mapping[str, str]]] = []
    for sheet in sheets:
        lines = [(line, cells) for line, cells in sheet.rows if any(cell.strip() for cell in cells)]
        if not lines:
            continue
        columns = [cell.strip().casefold() for cell in lines[0][1]]
        heads = heads | frozenset(columns)
        for line, cells in lines[1:]:
            row = dict.fromkeys((*known, *columns), "") | {
                column: unstilled(cell) for column, cell in zip(columns, cells, strict=False)
            }
            found.append((Place(file.name, row=line, entry=""), row))
    return heads, found, [problem for problem in problems if problem.severity != "note"]
