"""Which files a review was read from, with a checksum of each, so that what is computed says on which bytes it rests."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

from kg.base.files import bytes_of
from kg.model.record import InputFile


def inputs_of(folder: Path, files: Iterable[str]) -> tuple[InputFile, ...]:
    """The files by their names within the folder, each once, in the order given; one that cannot be read is left out."""
    found = []
    for file in dict.fromkeys(files):
        try:
            data = bytes_of(folder / file)
        except (OSError, ValueError):
            continue  # that it could not be opened is said where it is read
        found.append(InputFile(file, sha256(data).hexdigest()))
    return tuple(found)
