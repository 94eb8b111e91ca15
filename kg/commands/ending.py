"""A command that is ended from outside (its window closed, the computer shut down) tidies up before it goes."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from types import FrameType

ENDINGS = tuple(getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name))
"""How the system asks a program to end: politely, and because its window is closed."""


class Ended(BaseException):
    """The program was asked to end. Nothing but what tidies up should hear of it."""


@contextmanager
def tidily() -> Iterator[None]:
    """Let a program that is asked to end first undo what it was half way through, and then end as it was asked to.

    Signals that somebody else listens to, or that are ignored (as under ``nohup``), are left as they are. From here on the
    system keeps no picture of the memory of a program that breaks down.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    _no_pictures()
    asked: list[int] = []

    def heard(number: int, frame: FrameType | None) -> None:
        asked.append(number)
        for each in taken:
            signal.signal(each, signal.SIG_IGN)  # once is enough: tidying up is short
        raise Ended

    taken = [each for each in ENDINGS if signal.getsignal(each) is signal.SIG_DFL]
    for each in taken:
        signal.signal(each, heard)
    try:
        yield
    except Ended:
        pass
    finally:
        for each in taken:
            signal.signal(each, signal.SIG_DFL)
        if asked:
            os.kill(os.getpid(), asked[0])


@contextmanager
def when_the_window_closes(then: Callable[[], object]) -> Iterator[None]:
    """Let a program that goes on for long do this when its window is closed, and end, once it has, as ``tidily`` lets it."""
    closing = getattr(signal, "SIGHUP", None)
    if closing is None or signal.getsignal(closing) is signal.SIG_IGN:
        yield
        return
    heard: list[int] = []

    def hears(number: int, frame: FrameType | None) -> None:
        heard.append(number)
        then()

    before = signal.signal(closing, hears)
    try:
        yield
    finally:
        signal.signal(closing, before)
        if heard:
            os.kill(os.getpid(), closing)


def _no_pictures() -> None:
    with suppress(ImportError, OSError, ValueError):
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))
