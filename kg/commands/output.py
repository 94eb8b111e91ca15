"""Where a command writes: what stands there now, and whether its name says what it will hold. One place for every command."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import click

from kg.base.files import no_file
from kg.base.grammar import listed
from kg.commands.shared import OWN

FILE = click.Path(path_type=Path)
"""A file to write; what may not stand there is said by ``file_to_write``."""


def file_to_write(output: Path, endings: Sequence[str], *, new: str = "", otherwise: str = "") -> Path:
    """A file that may be written: its name ends as what it holds, and nothing but an ordinary file is replaced.

    ``new`` says what a file that stands there may hold ("notes"): it is then never written over. ``otherwise`` is said
    behind a wrong ending. Raises click.UsageError, with nothing written.
    """
    if output.suffix.casefold() not in endings:
        raise click.UsageError(
            f"{output} should end with {listed(endings, 'or')}. Nothing was written.{otherwise and ' ' + otherwise}"
        )
    if not output.parent.is_dir():
        raise click.UsageError(f"there is no folder {output.parent}: nothing was written. Make it first.")
    _outside_reviews(output)
    found = _stands_there(output)
    if found:
        raise click.UsageError(f"{output} is {found}, and no ordinary file: nothing was written. Name another file.")
    if new and os.path.lexists(output):
        raise click.UsageError(f"{output} exists already, and may hold {new}: nothing was written. Name another file.")
    return output


def folder_to_write(output: Path, names: Sequence[str] = ()) -> Path:
    """A folder that may be made or written into, and the files of these names in it. Raises as ``file_to_write``."""
    _outside_reviews(output)
    if os.path.lexists(output) and not output.is_dir():
        found = _stands_there(output) or "a file"
        raise click.UsageError(f"{output} is {found}, and no folder: nothing was written. Name another folder.")
    for name in names:
        found = _stands_there(output / name)
        if found:
            raise click.UsageError(f"{output / name} is {found}, and no ordinary file: nothing was written.")
    return output


def new_folder(folder: Path) -> Path:
    """A folder that is to be made, or is there and empty. Raises click.UsageError, with nothing written."""
    if os.path.lexists(folder) and (not folder.is_dir() or any(folder.iterdir())):
        what = "is not empty" if folder.is_dir() else f"is {_stands_there(folder) or 'a file'}"
        raise click.UsageError(f"{folder} {what}: nothing was written. Name a folder that does not exist yet.")
    return folder


def _outside_reviews(output: Path) -> None:
    """Whether it is no place for what a review itself is made of."""
    there = output.parent.resolve() / output.name
    for home in (there, *there.parents):
        if not (home / "review.toml").is_file():
            continue
        inside = [part.casefold() for part in there.relative_to(home).parts]
        if not inside or inside[0] in ("returns", "superseded") or (len(inside) == 1 and inside[0] in OWN):
            raise click.UsageError(
                f"{output} is a place for what the review itself is made of: nothing was written. Name another."
            )


def _stands_there(path: Path) -> str:
    """What stands there that is no ordinary file, "" for an ordinary one or nothing."""
    try:
        mode = os.lstat(path).st_mode
    except OSError:
        return ""
    return "a link" if os.path.islink(path) else no_file(mode)
