"""What a person settled of the headings of a return, written into review.toml under ``[returns."file".columns]``.

Everything else in the file stays byte for byte. A change that would not be read again as meant is not made.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from kg.base.append import PATIENCE, NotKept
from kg.base.files import write_atomically
from kg.base.folding import spelling
from loaders.told import FILE, in_toml

_SECTION = re.compile(r"\s*\[")
_KEY = re.compile(r"""\s*("(?:[^"\\]|\\.)*"|'[^']*'|[\w-]+)\s*=""")
_UNREAD = "Nothing was written: "


def settle(folder: Path, file: str, columns: Mapping[str, str | None]) -> None:
    """Write what headings of a return are: each with the notation of a column, "" for none, None to unsay it.

    ``file`` is the return's name in returns/. Raises NotKept, with review.toml as it was, where that cannot be done.
    """
    from filelock import FileLock, Timeout

    path = folder / FILE
    try:
        with FileLock(path.with_name(f".{path.name}.lock"), timeout=PATIENCE):
            text = path.read_bytes().decode("utf-8-sig")
            made = _with_columns(text, file, columns)
            _as_meant(text, made, file, columns)
            write_atomically(path, made)
    except Timeout:
        raise NotKept(f"{_UNREAD}another program is writing {FILE}. Try again when it is done.") from None
    except UnicodeDecodeError:
        raise NotKept(f"{_UNREAD}{FILE} is not written in UTF-8. Save it so, and try again.") from None
    except OSError as wrong:
        why = (wrong.strerror or "it could not be opened").casefold()
        raise NotKept(f"{_UNREAD}{FILE} could not be written ({why}). Close it in other programs.") from None


def _with_columns(text: str, file: str, columns: Mapping[str, str | None]) -> str:
    """The text of review.toml with the lines put in, changed or taken out."""
    mark = "\r\n" if "\r\n" in text else "\n"
    lines = text.splitlines()
    at = next((number for number, line in enumerate(lines) if _is_section(line, file)), -1)
    if at < 0:
        said = [_line(heading, notation) for heading, notation in columns.items() if notation is not None]
        if not said:
            return text
        lines += [*([""] if lines and lines[-1].strip() else []), f"[returns.{in_toml(file)}.columns]", *said]
        return mark.join(lines) + mark
    end = next((number for number in range(at + 1, len(lines)) if _SECTION.match(lines[number])), len(lines))
    own = lines[at + 1 : end]
    for heading, notation in columns.items():
        place = next((number for number, line in enumerate(own) if _heading(line) == spelling(heading)), -1)
        line = [] if notation is None else [_line(heading, notation)]
        if place >= 0:
            own[place : place + 1] = line
        else:
            last = max((number + 1 for number, each in enumerate(own) if each.strip()), default=0)
            own[last:last] = line
    return mark.join([*lines[: at + 1], *own, *lines[end:]]) + mark


def _is_section(line: str, file: str) -> bool:
    if not _SECTION.match(line):
        return False
    try:
        told = tomllib.loads(line)
    except ValueError:  # also of a number of too many digits
        return False
    returns = told.get("returns")
    if not isinstance(returns, dict):
        return False
    return any(name.rpartition("/")[2] == file and set(each) == {"columns"} for name, each in returns.items() if each)


def _heading(line: str) -> str:
    key = _KEY.match(line)
    if key is None:
        return ""
    try:
        return spelling(next(iter(tomllib.loads(f"{key[1]} = 0"))))
    except ValueError:  # also of a number of too many digits
        return ""


def _as_meant(text: str, made: str, file: str, columns: Mapping[str, str | None]) -> None:
    """Raise NotKept where the new text would not say what is meant, or would say anything else otherwise than before."""
    try:
        before, after = tomllib.loads(text), tomllib.loads(made)
    except ValueError:  # also of a number of too many digits
        raise NotKept(
            f"{_UNREAD}{FILE} cannot be read, or would not be read afterwards. kg check says where; or write the columns "
            f"by hand under [returns.{in_toml(file)}.columns]."
        ) from None
    had, has = _settled(before, file), _settled(after, file)
    for heading, notation in columns.items():
        had.pop(spelling(heading), None)
        if has.pop(spelling(heading), None) != notation:
            raise NotKept(f"{_UNREAD}the heading could not be written so that it is read again. Write it by hand.")
    if had != has or _without(before) != _without(after):
        raise NotKept(f"{_UNREAD}something else in {FILE} would have changed. Write the columns by hand.")


def _settled(told: Mapping[str, Any], file: str) -> dict[str, object]:
    found: dict[str, object] = {}
    returns = told.get("returns", {})
    for name, each in returns.items() if isinstance(returns, dict) else ():
        columns = each.get("columns", {}) if isinstance(each, dict) else {}
        if name.rpartition("/")[2] == file and isinstance(columns, dict):
            found |= {spelling(heading): notation for heading, notation in columns.items()}
    return found


def _without(told: Mapping[str, Any]) -> dict[str, Any]:
    """Everything but the columns of returns; a return of which nothing else is said is left out."""
    returns = told.get("returns", {})
    if not isinstance(returns, dict):
        return dict(told)
    others = {
        name: {key: value for key, value in each.items() if key != "columns"} if isinstance(each, dict) else each
        for name, each in returns.items()
    }
    return {**told, "returns": {name: each for name, each in others.items() if each}}


def _line(heading: str, notation: str) -> str:
    return f"{in_toml(heading)} = {in_toml(notation)}"
