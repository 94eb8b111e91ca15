"""A review written down as a folder again: review.toml, and each return as a table of cells as they were written."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, replace
from pathlib import Path, PurePosixPath

from kg.base.files import write_atomically
from kg.dates.when import When, day_of
from kg.model.problem import Place
from kg.model.record import Entry
from kg.model.review import Agency, Person, Review
from kg.terms.reader import load
from kg.terms.tables import Terms
from loaders.told import in_toml

RETURNS = "returns"


def write_review(review: Review, folder: Path, terms: Terms | None = None) -> None:
    """Write a review as a folder that reads as the same review: its cells word for word, each table of a return as CSV.

    Rows keep their numbers, by which entries without a Ref are named. What only a workbook or document had (its file
    name's ending, its sheet) and the reviewer's judgements and notes are no part of a review. ``terms`` is the ontology
    (by default the program's own). Raises OSError where the folder cannot be written.
    """
    terms = terms or load()
    (folder / RETURNS).mkdir(parents=True, exist_ok=True)
    tables = _tables(review)
    for name, rows in tables.items():
        write_atomically(folder / RETURNS / name, _table(rows, terms))
    write_atomically(folder / "review.toml", "\n".join(_told(review, tables)) + "\n")


def differences(read: Review, again: Review) -> Iterator[str]:
    """What is not as it was, in sentences, where one review was written down and read once more. Places do not count."""
    for each in fields(Review):
        if not each.compare or each.name in ("folder", "returns", "entries", "agencies"):
            continue
        if getattr(read, each.name) != getattr(again, each.name):
            yield f"{each.name} reads otherwise than in the file."
    if [replace(agency, file="") for agency in read.agencies] != [
        replace(agency, file="") for agency in again.agencies
    ]:
        yield "agencies read otherwise than in the file."
    there = {entry.name: _unplaced(entry) for entry in again.entries}
    other = [entry.name for entry in read.entries if there.get(entry.name) != _unplaced(entry)]
    if other:
        shown = ", ".join(other[:5]) + (" ..." if len(other) > 5 else "")
        yield f"{len(other)} entries read otherwise than in the file: {shown}"
    more = len(again.entries) - len(read.entries)
    if more:
        yield f"There are {abs(more)} {'more' if more > 0 else 'fewer'} entries than in the file."


def _unplaced(entry: Entry) -> Entry:
    # Blank cells come and go with the width of a table, and what a judgement joined comes with the judgement.
    cells = {heading: words for heading, words in entry.cells.items() if words.strip()}
    return replace(entry, place=Place(), cells=cells, joined=())


def _tables(review: Review) -> dict[str, list[Entry]]:
    """The entries of each table of each return, under the name of the file that it becomes."""
    tables: dict[str, list[Entry]] = {}
    for made in review.returns:
        sheets: dict[str, list[Entry]] = {}
        for entry in review.entries:
            if (entry.agency, entry.place.file) == (made.agency, made.file):
                sheets.setdefault(entry.place.sheet, []).append(entry)
        stem = PurePosixPath(made.file.replace("\\", "/")).stem or made.agency
        for number, rows in enumerate(sheets.values() or [[]], 1):
            # A further table finds its agency by the name in its file's name.
            own = _file_name(stem if number == 1 else f"{made.agency} {number}")
            name, again = own, 1
            while f"{name}.csv".casefold() in {each.casefold() for each in tables}:
                again += 1
                name = f"{own} ({again})"
            tables[f"{name}.csv"] = rows
    return tables


def _file_name(words: str) -> str:
    """Words as the name of a file in the folder of returns, and of none elsewhere."""
    return re.sub(r"[/\\\x00-\x1f:]", " ", words).strip(" .") or "return"


def _table(entries: Sequence[Entry], terms: Terms) -> str:
    label = {column.notation: column.label for column in terms.properties}
    keys = list(dict.fromkeys(key for entry in entries for key in entry.cells))
    if len(keys) < 2:
        keys = [*keys, *(key for key in ("ref", "date", "what-happened") if key not in keys)]
    out = [_row(label.get(key, key) for key in keys)]
    line = 1
    for entry in entries:
        while line + 1 < entry.place.row:
            out.append("\n")
            line += 1
        out.append(_row(entry.cells.get(key, "") for key in keys))
        line += 1 + sum(len(_LINE_END.findall(words)) for words in entry.cells.values())
    return "".join(out)


_LINE_END = re.compile("\r\n|\r|\n")


def _row(cells: Iterable[str]) -> str:
    """Cells as a line. A carriage return alone ends a row in the eyes of a reader, unless its cell is in quotation marks."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow([*cells])
    return out.getvalue().removesuffix("\r\n") + "\n"


# --- review.toml ------------------------------------------------------------------------------------------------


def _told(review: Review, tables: Mapping[str, Sequence[Entry]]) -> Iterator[str]:
    yield f"title = {in_toml(review.title)}"
    yield f"jurisdiction = {in_toml(review.jurisdiction)}"
    if review.area:
        yield f"area = {in_toml(review.area)}"
    yield f"kind = {in_toml(review.kind)}"
    if review.period.closed:
        yield f"period = {_several(_ends(review.period))}"
    if review.incident.closed:
        yield f"incident = {in_toml(_words(review.incident))}"
    yield f"subjects = {_several(review.subjects)}"
    for person in review.people:
        yield from _person(person)
    claimed: dict[str, str] = {}
    for name, rows in tables.items():
        if rows:
            claimed.setdefault(rows[0].agency, name)
    for agency in review.agencies:
        yield from _agency(agency, claimed.get(agency.name, ""))
    for source in review.sources:
        yield from _block(
            "sources", {each: getattr(source, each) for each in ("key", "title", "body", "year", "address")}
        )
    for made in review.returns:
        if made.signed_off and made.agency in claimed:
            file = f"{RETURNS}/{claimed[made.agency]}"
            yield from ("", f"[returns.{in_toml(file)}]", f"signed_off = {in_toml(made.signed_off)}")


def _person(person: Person) -> Iterator[str]:
    yield from _block(
        "people",
        {
            "name": person.name, "key": "" if person.key == person.name else person.key, "aliases": person.aliases,
            "role": person.role, "born": _words(person.born) if person.born else "", "relations": person.relations,
        },
    )  # fmt: skip
    if person.bears_on is not None:
        yield f"bears_on = {_several(person.bears_on)}"


def _agency(agency: Agency, file: str) -> Iterator[str]:
    yield from _block(
        "agencies",
        {
            "name": agency.name, "key": "" if agency.key == agency.name else agency.key, "type": agency.type,
            "aliases": agency.aliases, "file": file, "part_of": agency.part_of,
        },
    )  # fmt: skip


def _block(table: str, said: dict[str, str | tuple[str, ...]]) -> Iterator[str]:
    yield from ("", f"[[{table}]]")
    for key, value in said.items():
        if value:
            yield f"{key} = {in_toml(value) if isinstance(value, str) else _several(value)}"


def _ends(period: When) -> tuple[str, str]:
    first, mark, last = period.words.partition(" to ")
    if mark and " to " not in last:
        return first, last
    return day_of(period.earliest).isoformat(), day_of(period.latest).isoformat()


def _words(when: When) -> str:
    return when.words.strip() or day_of(when.earliest).isoformat()


def _several(words: Iterable[str]) -> str:
    return f"[{', '.join(map(in_toml, words))}]"
