"""Writing a file so that it is either whole or as it was before, whatever happens in between."""

from __future__ import annotations

import os
import tempfile
import time
from contextlib import suppress
from pathlib import Path

HOUR = 3600
"""Seconds after which no writer is still at work."""


def write_atomically(path: Path, text: str | bytes) -> None:
    """Write a file whole or not at all: beside it first, then in its place. UTF-8, line ends as in ``text``;
    bytes are written as they are.

    A file that is replaced keeps its permissions. Raises OSError where it cannot be written, with the file as it was.
    """
    handle, beside = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".new")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(text.encode() if isinstance(text, str) else text)
            file.flush()
            os.fsync(file.fileno())
        mode = path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask()
        os.chmod(beside, mode)
        os.replace(beside, path)
    except BaseException:
        with suppress(OSError):
            os.unlink(beside)
        raise


def write_new(path: Path, content: str | bytes) -> None:
    """Write a file that must not be there yet, whole or not at all; of two writers at one moment only one succeeds.

    Raises FileExistsError where there is a file of that name by now, which stays as it is; otherwise as
    ``write_atomically``.
    """
    handle, beside = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".new")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content.encode() if isinstance(content, str) else content)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(beside, 0o666 & ~_umask())
        try:
            os.link(beside, path)
        except FileExistsError:
            raise
        except OSError:  # a disk that knows no second name for a file
            with path.open("xb"):
                pass
            os.replace(beside, path)
    finally:
        with suppress(OSError):
            os.unlink(beside)


def clear_left_over(folder: Path, pattern: str = ".*.new") -> None:
    """Take away what writers that were cut off left behind, an hour ago or more: it was never in force."""
    for left in folder.glob(pattern):
        with suppress(OSError):
            if time.time() - left.stat().st_mtime > HOUR:
                left.unlink()


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
