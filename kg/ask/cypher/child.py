"""Questions to the embedded graph, in a process of its own that can be ended.

Run by its path and not as a part of the package: it knows nothing of reviews. It reads pickled requests from its input,
each a list of steps (a query and its values), and answers each with pickled frames: ("columns", names), ("rows", some
rows) as often as needed, and at the end ("end",) or ("error", the engine's words). The first request also says with
which settings the engine is opened, and makes the graph, in memory; every later one may only read it. An answer that
grows too long ends with ("much",).
"""

from __future__ import annotations

import os
import pickle
import sys
import threading
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from importlib import import_module
from typing import Any, BinaryIO

BATCH = 1000
"""Rows in one frame."""

LONG = 1 << 20
"""Bytes after which a frame ends with fewer rows."""

LATER = ("datetime", "decimal", "uuid")
"""What the engine imports only when it hands over a value that needs it."""

SAYS = (RuntimeError, OSError, ValueError, TypeError, OverflowError, MemoryError)
"""What the engine raises for a question that it cannot answer."""


def main(requests: BinaryIO, out: BinaryIO) -> None:
    """Open the graph, and answer until no more is asked."""

    def send(*frame: object) -> int:
        sent = out.write(pickle.dumps(frame))
        out.flush()
        return sent

    import ladybug

    for name in LATER:
        import_module(name)
    settings, limits, steps = pickle.load(requests)
    _keep_within(limits["memory"])
    try:
        connection = ladybug.Connection(ladybug.Database(":memory:", **settings))
        answer(connection, steps, send, limits["size"])
    except SAYS as wrong:
        send("error", str(wrong) or type(wrong).__name__)
        return
    _open_nothing_more()
    while True:
        try:
            steps = pickle.load(requests)
        except EOFError:
            return
        try:
            connection.execute("BEGIN TRANSACTION READ ONLY")
            answer(connection, steps, send, limits["size"])
        except SAYS as wrong:
            send("error", str(wrong) or type(wrong).__name__)
        with suppress(*SAYS):  # an error has already ended the transaction
            connection.execute("ROLLBACK")


def answer(connection: Any, steps: Iterable[tuple[str, dict[str, Any]]], send: Callable[..., int], size: int) -> None:
    """Take the steps in order, and send the rows of the last, up to so many bytes."""
    answered: Any = None
    for text, parameters in steps:
        answered = connection.execute(text, parameters)
    if isinstance(answered, list):
        answered = answered[-1]
    send("columns", answered.get_column_names())
    rows: list[tuple[object, ...]] = []
    held = sent = 0
    while answered.has_next():
        row = tuple(answered.get_next())
        rows.append(row)
        held += sum(map(sys.getsizeof, row))
        if len(rows) == BATCH or held > LONG:
            sent += send("rows", rows)
            rows, held = [], 0
        if sent > size:
            send("much")
            return
    send("rows", rows)
    send("end")


def _keep_within(memory: int) -> None:
    """Take no more memory than this, in bytes, and leave no picture of it, where the system can see to it."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    if most == resource.RLIM_INFINITY or most > memory:
        resource.setrlimit(resource.RLIMIT_AS, (memory, most))


def _open_nothing_more() -> None:
    """From now on neither file nor connection can be opened, whatever a query says, where the system can see to it."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))


def _end_with(parent: int) -> None:
    """End when the process that asked is gone, however it went: at once where the system sees to it, else soon."""
    with suppress(ImportError, OSError, AttributeError):
        import ctypes

        ctypes.CDLL(None).prctl(1, 9)  # PR_SET_PDEATHSIG, SIGKILL: Linux's own

    def look() -> None:
        while os.getppid() == parent:
            time.sleep(0.5)
        os._exit(1)

    threading.Thread(target=look, daemon=True).start()


if __name__ == "__main__":
    if os.name == "posix" and len(sys.argv) > 1:
        _end_with(int(sys.argv[1]))
    try:
        main(sys.stdin.buffer, sys.stdout.buffer)
    except BrokenPipeError:
        sys.stderr.close()
