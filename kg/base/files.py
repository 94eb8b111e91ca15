"""Writing a file so that it is either whole or as it was before, whatever happens in between; and reading only what is one."""

from __future__ import annotations

import errno
import os
import stat
import tempfile
import time
from contextlib import suppress
from pathlib import Path

HOUR = 3600
"""Seconds after which no writer is still at work."""


MOST = 50_000_000
"""Bytes that a file may hold to be read: no table needs so many."""

_NO_FILES = {
    stat.S_IFIFO: "a pipe",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
    stat.S_IFSOCK: "a socket",
    stat.S_IFDIR: "a folder",
}


def no_file(mode: int) -> str:
    """What something is that is no ordinary file, from its mode: "a pipe", "a device"; "" for an ordinary file."""
    return "" if stat.S_ISREG(mode) else _NO_FILES.get(stat.S_IFMT(mode), "something else")


def bytes_of(path: Path, most: int = MOST) -> bytes:
    """What an ordinary file holds, never waiting for more to come. Raises OSError, its reason in words, for one that is
    a pipe or a device, or holds more than ``most`` bytes; and wherever it may not be read."""
    _ordinary(os.stat(path).st_mode, path)
    with open(os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)), "rb") as file:
        _ordinary(os.fstat(file.fileno()).st_mode, path)
        data = file.read(most + 1) or b""
    if len(data) > most:
        raise OSError(errno.EFBIG, f"it holds more than {most // 1_000_000} MB, and no table needs so much", str(path))
    return data


def _ordinary(mode: int, path: Path) -> None:
    what = no_file(mode)
    if what == "a folder":
        raise IsADirectoryError(errno.EISDIR, "it is a folder", str(path))
    if what:
        raise OSError(errno.EINVAL, f"it is {what}, and no file", str(path))


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
