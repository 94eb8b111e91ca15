"""Writing a file so that it is either whole or as it was before, whatever happens in between; and reading only what is one."""

from __future__ import annotations

import errno
import os
import secrets
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
    """Write a file whole or not at all: without a name or beside it first, then in its place. UTF-8, line ends as in
    ``text``; bytes are written as they are.

    A file that is replaced keeps its permissions. Raises OSError where it cannot be written, with the file as it was.
    """
    mode = path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask()
    beside = path.with_name(f".{path.name}.{secrets.token_hex(4)}.new")
    try:
        _write(beside, text, mode)
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
    _write(path, content, 0o666 & ~_umask())


def _write(path: Path, content: str | bytes, mode: int) -> None:
    """Write a file whole, under a name that is still free, or not at all.

    Where the system knows files without a name (Linux), it gets its name when all of it is on the disk: whatever ends the
    program, no half of it is left. Elsewhere it has a hidden name until then. Raises OSError.
    """
    data = content.encode() if isinstance(content, str) else content
    try:
        handle = os.open(path.parent, os.O_TMPFILE | os.O_WRONLY, 0o600)
    except (AttributeError, OSError):
        _write_hidden(path, data, mode)
        return
    try:
        _fill(handle, data)
        os.fchmod(handle, mode)
        # With a folder beside it the way to the open file is followed, and not linked to; which folder is no matter.
        os.link(f"/proc/self/fd/{handle}", path.absolute(), src_dir_fd=handle, follow_symlinks=True)
        return
    except FileExistsError:
        raise
    except OSError as wrong:
        if wrong.errno == errno.ENOSPC:
            raise
    finally:
        os.close(handle)
    _write_hidden(path, data, mode)


def _write_hidden(path: Path, data: bytes, mode: int) -> None:
    handle, made = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".new")
    try:
        try:
            _fill(handle, data)
        finally:
            os.close(handle)
        os.chmod(made, mode)
        try:
            os.link(made, path)
        except FileExistsError:
            raise
        except OSError:  # a disk that knows no second name for a file
            with path.open("xb"):
                pass
            os.replace(made, path)
    finally:
        with suppress(OSError):
            os.unlink(made)


def _fill(handle: int, data: bytes) -> None:
    with os.fdopen(handle, "wb", closefd=False) as file:
        file.write(data)
    os.fsync(handle)


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
