"""Questions to the embedded graph, in a process of its own that can be ended.

Run by its path and not as a part of the package: it knows nothing of reviews. It reads pickled requests from its input,
each a list of steps (a query and its values), and answers each with pickled frames: ("columns", names), ("rows", some
rows) as often as needed, and at the end ("end",) or ("error", the engine's words). The first request also says with
which settings the engine is opened, and makes the graph, in memory; every later one may only read it.
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

LATER = ("datetime", "decimal", "uuid")
"""What the engine imports only when it hands over a value that needs it."""

SAYS = (RuntimeError, OSError, ValueError, TypeError, OverflowError, MemoryError)
"""What the engine raises for a question that it cannot answer."""


def main(requests: BinaryIO, out: BinaryIO) -> None:
    """Open the graph, and answer until no more is asked."""

    def send(*frame: object) -> None:
        pickle.dump(frame, out)
        out.flush()

    import ladybug

    for name in LATER:
        import_module(name)
    settings, steps = pickle.load(requests)
    try:
        connection = ladybug.Connection(ladybug.Database(":memory:", **settings))
        answer(connection, steps, send)
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
            answer(connection, steps, send)
        except SAYS as wrong:
            send("error", str(wrong) or type(wrong).__name__)
        with suppress(*SAYS):  # an error has already ended the transaction
            connection.execute("ROLLBACK")


def answer(connection: Any, steps: Iterable[tuple[str, dict[str, Any]]], send: Callable[..., None]) -> None:
    """Take the steps in order, and send the rows of the last."""
    answered: Any = None
    for text, parameters in steps:
        answered = connection.execute(text, parameters)
    if isinstance(answered, list):
        answered = answered[-1]
    send("columns", answered.get_column_names())
    rows: list[tuple[object, ...]] = []
    while answered.has_next():
        rows.append(tuple(answered.get_next()))
        if len(rows) == BATCH:
            send("rows", rows)
            rows = []
    send("rows", rows)
    send("end")


def _open_nothing_more() -> None:
    """From now on neither file nor connection can be opened, whatever a query says, where the system can see to it."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))


def _end_with(parent: int) -> None:
    """End when the process that asked is gone, however it went."""
    while os.getppid() == parent:
        time.sleep(0.5)
    os._exit(1)


if __name__ == "__main__":
    if os.name == "posix" and len(sys.argv) > 1:
        threading.Thread(target=_end_with, args=(int(sys.argv[1]),), daemon=True).start()
    try:
        main(sys.stdin.buffer, sys.stdout.buffer)
    except BrokenPipeError:
        sys.stderr.close()
