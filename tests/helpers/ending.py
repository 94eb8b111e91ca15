"""Programs that are ended from outside at a moment of the test's choosing, and what they left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SIGNALS = [signal.Signals[name] for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT", "SIGABRT", "SIGKILL")
           if name in signal.Signals.__members__]  # fmt: skip
"""Each way in which a program is ended: by its user, politely, with its window, with a picture of its memory, at once."""


def started(arguments: Sequence[str], folder: Path) -> subprocess.Popen[bytes]:
    """``kg`` in a process of its own, with ``folder`` as the place for temporary files and as the folder it stands in."""
    environment = {**os.environ, "TMPDIR": str(folder), "PYTHONPATH": str(ROOT)}
    program = [sys.executable, "-m", "cli", *arguments]
    return subprocess.Popen(
        program, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True
    )


def children(parent: int) -> list[int]:
    """The processes that a process has started, and theirs."""
    said = subprocess.run(["ps", "-A", "-o", "pid=,ppid="], capture_output=True, text=True, check=True).stdout
    pairs = [tuple(map(int, line.split())) for line in said.splitlines()]
    found = [pid for pid, above in pairs if above == parent]
    return [*found, *(below for pid in found for below in children(pid))]


def lives(pid: int) -> bool:
    """Whether a process still runs; one that has ended and that nobody has asked about does not."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    stat = Path(f"/proc/{pid}/stat")
    try:
        return not stat.exists() or stat.read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def gone(pids: Iterable[int], seconds: float) -> bool:
    """Whether all of these processes end within so many seconds."""
    last = time.monotonic() + seconds
    left = [*pids]
    while left and time.monotonic() < last:
        left = [pid for pid in left if lives(pid)]
        time.sleep(0.02)
    return not left


def holds(folder: Path, words: str) -> list[str]:
    """The files below a folder, hidden ones too, that hold these words as plain text."""
    mark = words.encode()
    return [str(file) for file in sorted(folder.rglob("*")) if file.is_file() and mark in file.read_bytes()]


def open_and_named(pids: Iterable[int], words: str) -> list[str]:
    """The files with a name that these processes have open and that hold these words."""
    found = []
    for pid in pids:
        for handle in Path(f"/proc/{pid}/fd").glob("*"):
            try:
                file = Path(os.readlink(handle))
                if file.is_file() and words.encode() in file.read_bytes():
                    found.append(str(file))
            except OSError:
                continue
    return found
