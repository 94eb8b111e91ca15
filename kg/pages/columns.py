"""The data of a page by columns, each repeated value once: the same data in a third of the room, for large reviews.

The page makes rows of it again before anything is shown, so nothing else of the page knows how it came. It is lossless:
``as_rows`` of ``by_columns`` is what went in, and the page's own ``rowsOf`` does as ``as_rows``.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import accumulate
from typing import Any

from kg.base.tables import Json

FEW = 8
"""Lists at the top that are shorter than this are written as they are."""

NARROW = 12
"""Lists that are all of one length, up to this, are taken for lines of a table: one column for each place in them."""

WORTH = 0.9
"""Values are written once and pointed at where that takes less than this share of the room."""


_WRITTEN = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def by_columns(data: Mapping[str, Any]) -> Json:
    """A page's data with its long lists by columns: ``{"plain": {...}, "columns": {...}}``, to be written as JSON.

    A column is a list as it is, or one of: ``{"d": column, "i": places}`` (each value once, and which comes where),
    ``{"n": lengths, "v": column}`` (lists, end to end), ``{"t": [column, ...], "m": number}`` (lists of one length),
    ``{"k": keys, "c": [column, ...], "m": number}`` (mappings of the same keys) and ``{"s": [column, ...], "i": which}``
    (mappings of different keys, kind by kind).
    """
    long = {key for key, value in data.items() if isinstance(value, list) and len(value) >= FEW}
    return {
        "plain": {key: value for key, value in data.items() if key not in long},
        "columns": {key: _column(data[key]) for key in data if key in long},
    }


def as_rows(packed: Mapping[str, Any]) -> Json:
    """What went into ``by_columns``: the same keys and values, those that were not packed first."""
    return {**packed["plain"], **{key: _rows(part) for key, part in packed["columns"].items()}}


def _column(values: Sequence[Any]) -> Any:
    if values and all(isinstance(value, dict) for value in values):
        return _mappings(values)
    return _each_once(values) or _end_to_end(values)


def _each_once(values: Sequence[Any]) -> Json | None:
    """Every value once and where it comes, or None where that saves no room."""
    number: dict[tuple[bool, str], int] = {}
    unique: list[Any] = []
    places: list[int] = []
    room = once = 0
    for value in values:
        plain = isinstance(value, str)
        words = (plain, value if plain else str(value) if type(value) is int else _WRITTEN(value))
        takes = len(words[1]) + 1 + 2 * plain
        room += takes
        at = number.setdefault(words, len(unique))
        if at == len(unique):
            unique.append(value)
            once += takes
        once += len(str(at)) + 1
        places.append(at)
    return {"d": _end_to_end(unique), "i": places} if once < WORTH * room else None


def _end_to_end(values: Sequence[Any]) -> Any:
    """Lists as columns of what is in them; anything else as it is."""
    if not values or not all(isinstance(value, list) for value in values):
        return list(values)
    lengths = [len(value) for value in values]
    if len({*lengths}) == 1 and 0 < lengths[0] <= NARROW:
        return {"t": [_column(column) for column in zip(*values, strict=True)], "m": len(values)}
    return {"n": lengths, "v": _column([each for value in values for each in value])}


def _mappings(values: Sequence[Json]) -> Json:
    """Mappings as a column a key; those of different keys apart."""
    kinds: dict[tuple[str, ...], list[Json]] = defaultdict(list)
    for value in values:
        kinds[*value].append(value)
    parts = [
        {"k": list(keys), "c": [_column([each[key] for each in same]) for key in keys], "m": len(same)}
        for keys, same in kinds.items()
    ]
    if len(parts) == 1:
        return parts[0]
    which = {keys: at for at, keys in enumerate(kinds)}
    return {"s": parts, "i": [which[*value] for value in values]}


def _rows(part: Any) -> list[Any]:
    if isinstance(part, list):
        return part
    if "d" in part:
        values = _rows(part["d"])
        return [values[at] for at in part["i"]]
    if "n" in part:
        values, ends = _rows(part["v"]), [*accumulate(part["n"])]
        return [values[end - long : end] for long, end in zip(part["n"], ends, strict=True)]
    if "s" in part:
        groups = [iter(_rows(each)) for each in part["s"]]
        return [next(groups[which]) for which in part["i"]]
    if "t" in part:
        columns = [_rows(each) for each in part["t"]]
        return [[column[at] for column in columns] for at in range(part["m"])]
    columns = [_rows(each) for each in part["c"]]
    return [dict(zip(part["k"], (column[at] for column in columns), strict=True)) for at in range(part["m"])]
