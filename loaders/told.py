"""The values of review.toml, each asked for by table and key, and the line on which each stands."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from kg.base.nearest import nearest
from kg.dates.reader import DateReader, read_date
from kg.dates.when import UNDATED, When, minute_of
from kg.model.problem import Place, Problem
from loaders.rows.roster import short, unlike

FILE = "review.toml"

KEYS: Mapping[str, tuple[str, ...]] = {
    "": (
        "title", "jurisdiction", "area", "kind", "period", "incident", "subjects", "people", "agencies", "sources",
        "returns",
    ),
    "people": ("name", "aliases", "role", "born", "relations", "bears_on", "key"),
    "agencies": ("name", "type", "aliases", "file", "part_of", "key"),
    "sources": ("key", "title", "body", "year", "address"),
    "returns": ("signed_off", "columns", "words"),
}  # fmt: skip
"""The keys that review.toml may have, by table."""


class Told:
    """A review.toml as it was told: its values, the lines they stand on, and the problems met in reading them.

    A table is named by its heading ("people", 'returns.police.csv'), "" being the top; ``place`` counts the tables of
    one heading from 0. A value of the wrong kind is left out, with a Problem at its line.
    """

    def __init__(self, text: str, told: Mapping[str, Any]) -> None:
        self.told = told
        self.problems: list[Problem] = []
        self._lines = _lines(text)

    def tables(self, name: str) -> Iterable[tuple[int, Mapping[str, Any]]]:
        told = self.told.get(name, [])
        if not isinstance(told, list) or not all(isinstance(table, dict) for table in told):
            self.wrong("", 0, name, f"a list of tables, each beginning with [[{name}]]")
            return
        for place, table in enumerate(told):
            self.unknown_keys(name, place, table)
            yield place, table

    def table(self, table: str, told: Mapping[str, Any], key: str) -> Mapping[str, Any]:
        value = told.get(key, {})
        if isinstance(value, dict):
            return value
        self.wrong(table, 0, key, "a table")
        return {}

    def text(self, table: str, place: int, told: Mapping[str, Any], key: str) -> str:
        value = told.get(key, "")
        if isinstance(value, str):
            return printed(value)
        if isinstance(value, (int, float, date)) and not isinstance(value, bool):
            return as_words(value)
        self.wrong(table, place, key, "words between quotation marks")
        return ""

    def texts(self, table: str, place: int, told: Mapping[str, Any], key: str) -> tuple[str, ...]:
        value = told.get(key, [])
        if isinstance(value, str):
            value = [value]
        if isinstance(value, list) and all(isinstance(words, str) for words in value):
            return unlike(shown for words in value if (shown := printed(words)))
        self.wrong(table, place, key, 'a list of words, as in ["...", "..."]')
        return ()

    def moment(self, value: object, dates: DateReader) -> tuple[When, str | None]:
        if isinstance(value, date):
            when, why = dates.read(value.isoformat()[: len("1999-12-31")])
            if isinstance(value, datetime) and not why:
                moment = minute_of(value.date(), value.hour * 60 + value.minute)
                return When(value.isoformat(" ", "minutes"), moment, moment, "", True), None
            return when, why
        if isinstance(value, str):
            when, why = dates.read(value)
            return when, why or ("no date is given" if when.undated else None)
        if isinstance(value, int) and not isinstance(value, bool):
            return read_date(str(value))
        return UNDATED, "a date is written as a day, a month or a year"

    def wrong(self, table: str, place: int, key: str, wanted: str) -> None:
        self.say(
            table, place, key, "error", f'"{key}" is not what it should be',
            f"it should be {wanted}",
            "It is left out.",
            "Correct the line; the guide to review.toml has an example.",
        )  # fmt: skip

    def unknown_keys(self, table: str, place: int, told: Mapping[str, Any], kind: str | None = None) -> None:
        known = KEYS[table if kind is None else kind]
        for key in told:
            if key in known:
                continue
            near = nearest(key, known)
            self.say(
                table, place, key, "warning", f'"{key}" is not known here',
                f'did you mean "{near}"?' if near else "the keys known here are " + ", ".join(known),
                "It is passed over.",
                "Correct the key, or take the line out.",
            )  # fmt: skip

    def say(self, table: str, place: int, key: str, severity: str, what: str, why: str, done: str, remedy: str) -> None:
        line = self._lines.get((table, place, key)) or self._lines.get((table, place, "")) or 0
        self.problems.append(Problem(Place(FILE, row=line, column=""), severity, what, why, done, remedy))


_HEADER = re.compile(r"\s*(\[\[?)\s*(.+?)\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(r"""\s*("(?:[^"\\]|\\.)*"|'[^']*'|[\w-]+)\s*=""")


def _lines(text: str) -> dict[tuple[str, int, str], int]:
    """On which line each key of each table stands: (table, which of its kind, key); "" is the table's heading."""
    lines: dict[tuple[str, int, str], int] = {}
    counts: dict[str, int] = {}
    table, place = "", 0
    for number, line in enumerate(text.splitlines(), 1):
        if (header := _HEADER.match(line)) is not None and "=" not in line.split("#")[0]:
            table = re.sub(r"""["']""", "", header[2]).replace(" ", "" if '"' not in header[2] else " ")
            place = counts.get(table, 0) if header[1] == "[[" else 0
            counts[table] = place + 1
            lines.setdefault((table, place, ""), number)
        elif (key := _KEY.match(line)) is not None:
            lines.setdefault((table, place, key[1].strip("\"'")), number)
    return lines


_UNPRINTED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def printed(words: str) -> str:
    """Words of review.toml without the signs that steer a machine and that no document can hold; each becomes a space."""
    return _UNPRINTED.sub(" ", words).strip()


def as_words(value: object) -> str:
    """A plain value of review.toml as words; a whole number too long to be written out in digits stays as it was written."""
    if isinstance(value, date):
        return value.isoformat()
    try:
        return str(value).strip()
    except ValueError:  # Python writes out no number of more than 4,300 digits; TOML can hold one in another base
        return hex(value) if isinstance(value, int) else ""


def not_toml(text: str, slip: str) -> Problem:
    found = re.search(r"\(at line (\d+), column (\d+)\)", slip)
    line = int(found[1]) if found else len(text.splitlines())
    reason = re.sub(r"\s*\(at .*\)$", "", slip)
    shown = text.splitlines()[line - 1].strip() if 0 < line <= len(text.splitlines()) else ""
    return Problem(
        Place(FILE, row=line),
        "error",
        f"{short(shown)} cannot be read" if shown else "the file cannot be read",
        f"it is not written as TOML asks: {reason[:1].lower()}{reason[1:]}",
        "Nothing of review.toml is used. The returns are read, without people, period or nation.",
        "Look at this line and the one above: a quotation mark, a bracket or an equals sign is often missing.",
    )


def in_toml(words: str) -> str:
    """Words as review.toml has them between its quotation marks."""
    return json.dumps(words, ensure_ascii=False).replace("\x7f", "\\u007f")
