"""Work on what came from outside, done behind a wall: in a process of its own, with an end to its time and its memory.

One process is kept for all of it, so that nothing is read or learnt twice. It is forked where the system can and no other
thread runs, else started afresh. Work that goes over its limits is ended with that process; the next begins another.
"""

from __future__ import annotations

import atexit
import gc
import io
import math
import os
import pickle
import select
import signal
import sys
import threading
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from operator import attrgetter
from typing import IO, Any, NoReturn, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Limits:
    """How far one piece of work may go: ``seconds`` of its time, bytes of ``memory`` beyond what the process has when it
    begins (where the system can see to it), and bytes of its ``answer``."""

    seconds: float = 60.0
    memory: int = 2 << 30
    answer: int = 512 << 20


LIMITS = Limits()
"""What every piece of work is held to: the one place where it is set."""

SPARE = 5
"""Seconds of the processor beyond the limit, after which the system itself ends what nobody ended."""


class Over(Exception):
    """Work that came to no answer: it went over its "time", its "memory" or the size of its "answer", took its process
    down with it ("end"), or met what the program does not expect ("mistake"; ``told`` is where, for developers)."""

    def __init__(self, what: str, told: str = "") -> None:
        super().__init__(what)
        self.what, self.told = what, told


def behind_wall(work: Callable[..., T], *given: object, shared: object = None) -> T:
    """What a function gives for some values, worked out in the walled process; both are handed over by ``pickle``.

    ``shared`` is a large value that the process has from its beginning; asked for with another one, it is begun again.
    Raises Over where there is no answer, and OSError as the function does.
    """
    global _WORKER
    with _ALONE:
        if _WORKER is None or not _WORKER.serves(shared):
            _end()
            _WORKER = _begun(shared)
        worker, answered = _WORKER, False
        try:
            found = worker.ask(work, given, LIMITS)
            answered = True
        except _Raised as raised:
            answered = True
            if isinstance(raised.wrong, OSError):
                raise raised.wrong from None
            raise Over("mistake", raised.told) from None
        finally:
            if not answered:
                _end()
    answer: T = found
    return answer


def end_wall() -> None:
    """End the walled process, if there is one; the next piece of work begins another."""
    with _ALONE:
        _end()


class _Raised(Exception):
    """What the work raised, and where."""

    def __init__(self, wrong: BaseException, told: str) -> None:
        super().__init__(told)
        self.wrong, self.told = wrong, told


class _Worker:
    """The walled process, seen from outside. ``kill`` ends it and waits until it is gone."""

    def __init__(self, asked: IO[bytes], told: IO[bytes], kill: Callable[[], object], shared: object) -> None:
        self._asked, self._told, self._shared = asked, told, shared
        self.kill = kill

    def serves(self, shared: object) -> bool:
        """Whether it was begun with this value, or none is asked for."""
        return shared is None or shared is self._shared

    def ask(self, work: Callable[..., Any], given: tuple[object, ...], limits: Limits) -> Any:
        """One answer. Raises Over and _Raised."""
        try:
            _send(self._asked, (work, given, limits))
            with self._ended_after(limits.seconds):
                word, found = _take(self._told, limits.answer)
        except (EOFError, OSError, pickle.UnpicklingError):
            raise Over("end") from None
        if word == "raised":
            raise _Raised(*found)
        if word == "over":
            raise Over(found)
        return found

    @contextmanager
    def _ended_after(self, seconds: float) -> Iterator[None]:
        """End the process when it has answered nothing for so long. Raises Over."""
        if os.name == "posix":
            answers = select.poll()
            answers.register(self._told, select.POLLIN)
            if not answers.poll(seconds * 1000):
                raise Over("time")
            yield
            return
        late = threading.Event()  # elsewhere nobody can look whether a pipe holds something

        def end() -> None:
            late.set()
            self.kill()

        timer = threading.Timer(seconds, end)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()
            timer.join()
            if late.is_set():
                raise Over("time")

    def close(self) -> None:
        """Let go of it, as a process that did not begin it must."""
        for pipe in (self._asked, self._told):
            with suppress(OSError):
                pipe.close()


_WORKER: _Worker | None = None
_ALONE = threading.Lock()


def _end() -> None:
    global _WORKER
    if _WORKER is not None:
        _WORKER.kill()
        _WORKER.close()
        _WORKER = None


def _of_a_parent() -> None:
    """In a process that was forked: the walled one belongs to the process it came from."""
    global _WORKER, _ALONE
    _ALONE = threading.Lock()
    if _WORKER is not None:
        _WORKER.close()
        _WORKER = None


atexit.register(end_wall)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_of_a_parent)


# --- beginning a process --------------------------------------------------------------------------------------------


def _begun(shared: object) -> _Worker:
    if hasattr(os, "fork") and threading.active_count() == 1:
        return _forked(shared)
    return _started(shared)


def _forked(shared: object) -> _Worker:
    asked, ask = os.pipe()
    tell, told = os.pipe()
    with (
        warnings.catch_warnings()
    ):  # newer Pythons warn of any thread of the system's; those of libraries hold no lock here
        warnings.simplefilter("ignore", DeprecationWarning)
        pid = os.fork()
    if not pid:
        with suppress(BaseException):
            _SHARED[:] = [shared]
            asked, told = _shut_in(asked, told)
            _serve(os.fdopen(asked, "rb"), os.fdopen(told, "wb"))
        os._exit(0)
    os.close(asked)
    os.close(told)
    gone = threading.Lock()

    def kill() -> None:
        if gone.acquire(blocking=False):
            with suppress(OSError):
                os.kill(pid, signal.SIGKILL)
            with suppress(ChildProcessError):
                os.waitpid(pid, 0)

    return _Worker(os.fdopen(ask, "wb"), os.fdopen(tell, "rb"), kill, shared)


def _started(shared: object) -> _Worker:
    """A process that begins from nothing, and is told where modules are looked for."""
    import subprocess

    process = subprocess.Popen(
        [sys.executable, "-P", "-c", f"from {__name__} import serve_apart; serve_apart()"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(map(os.path.abspath, sys.path))},
    )
    assert process.stdin is not None
    assert process.stdout is not None

    def kill() -> None:
        process.kill()
        process.wait()

    with suppress(OSError):  # it has ended already, as the first question will find
        _send(process.stdin, shared)
    return _Worker(process.stdin, process.stdout, kill, shared)


# --- in the process -------------------------------------------------------------------------------------------------

_SHARED: list[object] = []


def shared_value() -> Any:
    """What was given as ``shared`` when the process began in which this is asked."""
    return _SHARED[0]


def serve_apart() -> None:
    """Answer until no more is asked, in a process that was started for it."""
    asked, told = _shut_in(0, 1)
    requests = os.fdopen(asked, "rb")
    with suppress(EOFError):
        _SHARED.append(_take(requests, sys.maxsize))
        _serve(requests, os.fdopen(told, "wb"))
    os._exit(0)


def _shut_in(asked: int, told: int) -> tuple[int, int]:
    """The two pipes, under other numbers where they need them; nothing else is kept open.

    No key pressed for the parent is heeded, and no picture of the memory is left on a disk.
    """
    while asked < 3:  # where the input or the output was closed, a pipe has taken its number
        asked = os.dup(asked)
    while told < 3:
        told = os.dup(told)
    nowhere = os.open(os.devnull, os.O_RDWR)
    for number in (0, 1, 2):
        os.dup2(nowhere, number)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if os.name != "posix":
        return asked, told
    for which in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(which, signal.SIG_DFL)
    signal.set_wakeup_fd(-1)
    import resource

    first, second = sorted((asked, told))
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    last = most if 0 < most < 1 << 20 else 1 << 20
    for low, high in ((3, first), (first + 1, second), (second + 1, last)):
        os.closerange(low, high)
    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    return asked, told


def _serve(requests: IO[bytes], answers: IO[bytes]) -> None:
    gc.freeze()
    bounded = False
    while True:
        try:
            work, given, limits = _take(requests, sys.maxsize)
        except EOFError:
            return
        if not bounded:
            _bound_memory(limits.memory)
            bounded = True
        _bound_time(limits.seconds)
        try:
            answer = _packed(("found", work(*given)))
        except (MemoryError, RecursionError) as wrong:
            _give_up(answers, "memory" if isinstance(wrong, MemoryError) else "end")
        except Exception as wrong:
            answer = _packed(("raised", _as_raised(wrong)))
        if len(answer) > limits.answer:
            _give_up(answers, "answer")
        _write(answers, answer)


def _as_raised(wrong: Exception) -> tuple[Exception, str]:
    """An exception as it can be handed over, and where it was raised."""
    from traceback import format_exception

    told = "".join(format_exception(wrong))
    if isinstance(wrong, OSError):
        return OSError(wrong.errno, wrong.strerror or str(wrong), wrong.filename), told
    return RuntimeError(), told


def _give_up(answers: IO[bytes], what: str) -> NoReturn:
    """Say why there is no answer, and end: what has grown so far is not kept."""
    _write(answers, _packed(("over", what)))
    os._exit(0)


def _bound_memory(more: int) -> None:
    """Take no more memory than this, in bytes, beyond what is taken already, where the system can see to it."""
    try:
        import resource
    except ImportError:
        return
    with suppress(OSError, ValueError):
        with open("/proc/self/statm", encoding="ascii") as pages:
            taken = int(pages.read().split()[0]) * resource.getpagesize()
        _, most = resource.getrlimit(resource.RLIMIT_AS)
        if most == resource.RLIM_INFINITY or most > taken + more:
            resource.setrlimit(resource.RLIMIT_AS, (taken + more, most))


def _bound_time(seconds: float) -> None:
    """Be ended by the system some time after the limit, whoever is still there to see to it."""
    try:
        import resource
    except ImportError:
        return
    used = sum(resource.getrusage(resource.RUSAGE_SELF)[:2])
    with suppress(OSError, ValueError):
        _, most = resource.getrlimit(resource.RLIMIT_CPU)
        resource.setrlimit(resource.RLIMIT_CPU, (math.ceil(used + seconds) + SPARE, most))


# --- between the two ------------------------------------------------------------------------------------------------


class _Packer(pickle.Pickler):
    """Packs frozen values by what they are made of: as they pack themselves, each would look up all its names."""

    def reducer_override(self, value: object) -> Any:
        kind: type = type(value)
        parts = _parts(kind)
        return NotImplemented if parts is None else (kind, parts(value))


@cache
def _parts(kind: type) -> Callable[[Any], tuple[Any, ...]] | None:
    """How to take a frozen value of some kind apart; None for any other."""
    if not is_dataclass(kind) or "__slots__" not in vars(kind) or hasattr(kind, "__post_init__"):
        return None
    names = [each.name for each in fields(kind) if each.init]
    if len(names) < len(fields(kind)) or len(names) < 2:
        return None
    return attrgetter(*names)


def _packed(value: object) -> bytes:
    packed = io.BytesIO()
    _Packer(packed, pickle.HIGHEST_PROTOCOL).dump(value)
    return packed.getvalue()


def _send(pipe: IO[bytes], value: object) -> None:
    _write(pipe, _packed(value))


def _write(pipe: IO[bytes], data: bytes) -> None:
    pipe.write(len(data).to_bytes(8, "big"))
    pipe.write(data)
    pipe.flush()


def _take(pipe: IO[bytes], most: int) -> Any:
    """The next value. Raises EOFError where none comes any more, Over where it is larger than ``most`` bytes."""
    size = int.from_bytes(pipe.read(8), "big")
    if size > most:
        raise Over("answer")
    data = pipe.read(size)
    if not size or len(data) < size:
        raise EOFError
    return pickle.loads(data)
