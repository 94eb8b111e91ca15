"""Work behind the wall is ended when it goes over its limits, takes nothing with it, and leaves nothing behind."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from kg.base import wall
from kg.base.wall import Limits, Over, behind_wall, end_wall, shared_value


@dataclass(frozen=True, slots=True)
class Pair:
    one: str
    other: tuple[int, ...]


@pytest.fixture(autouse=True)
def narrow(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(wall, "LIMITS", Limits(seconds=2, memory=64 << 20, answer=1 << 20))
    yield
    end_wall()


def who() -> int:
    return os.getpid()


def turned(pair: Pair) -> Pair:
    return Pair(pair.one[::-1], pair.other[::-1])


def without_end() -> None:
    while True:
        pass


def a_regular_expression_without_end() -> bool:
    import re

    return bool(re.match(r"(a+)+$", "a" * 40 + "b"))


def without_measure() -> int:
    return len(b"x" * (1 << 40))


def by_and_by() -> None:
    held = []
    while True:
        held.append(bytearray(1 << 20))


def gone() -> None:
    os.abort()


def much() -> str:
    return "x" * (2 << 20)


def mistaken() -> None:
    raise ValueError("a slip of the program")


def locked() -> None:
    raise PermissionError(13, "Permission denied", "a file")


def length_of_what_is_shared() -> int:
    return len(shared_value())


def test_work_is_done_in_another_process_which_is_kept() -> None:
    assert behind_wall(who) == behind_wall(who) != os.getpid()
    assert behind_wall(turned, Pair("ab", (1, 2))) == Pair("ba", (2, 1))


@pytest.mark.parametrize(
    ("work", "what"),
    [
        (without_end, "time"),
        (a_regular_expression_without_end, "time"),
        (without_measure, "memory"),
        (by_and_by, "memory"),
        (gone, "end"),
        (much, "answer"),
        (mistaken, "mistake"),
    ],
)
def test_work_that_goes_over_is_ended_and_the_next_is_done(work: object, what: str) -> None:
    begun = time.monotonic()
    with pytest.raises(Over) as over:
        behind_wall(work)  # type: ignore[arg-type]
    assert over.value.what == what
    assert time.monotonic() - begun < 10
    assert behind_wall(turned, Pair("ab", ())) == Pair("ba", ())


def test_a_mistake_keeps_the_process_and_tells_developers_where() -> None:
    before = behind_wall(who)
    with pytest.raises(Over) as over:
        behind_wall(mistaken)
    assert "a slip of the program" in over.value.told
    assert behind_wall(who) == before


def test_what_the_system_refuses_is_said_as_if_there_were_no_wall() -> None:
    with pytest.raises(PermissionError) as wrong:
        behind_wall(locked)
    assert (wrong.value.errno, wrong.value.filename) == (13, "a file")


def test_another_shared_value_begins_another_process() -> None:
    few, more = [1], [1, 2]
    assert behind_wall(length_of_what_is_shared, shared=few) == 1
    first = behind_wall(who, shared=few)
    assert behind_wall(length_of_what_is_shared, shared=more) == 2
    assert behind_wall(who) not in (first, os.getpid())


def test_beside_other_threads_the_process_is_started_afresh_and_does_the_same() -> None:
    end_wall()
    wait = threading.Event()
    beside = threading.Thread(target=wait.wait)
    beside.start()
    try:
        assert behind_wall(os.path.basename, "a/b", shared=[1]) == "b"
        assert behind_wall(os.getppid) == os.getpid()
        with pytest.raises(Over):
            behind_wall(os.abort)
        assert behind_wall(os.path.basename, "a/c", shared=[1]) == "c"
    finally:
        wait.set()
        beside.join()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="nothing is forked here")
def test_the_process_holds_nothing_of_what_was_open(tmp_path: Path) -> None:
    end_wall()
    with (tmp_path / "open").open("w"):
        assert behind_wall(open_numbers) <= 6  # nowhere three times, two pipes, and the listing itself


def open_numbers() -> int:
    return len(os.listdir("/dev/fd"))


def test_a_forked_process_leaves_the_wall_of_its_parent_alone() -> None:
    before = behind_wall(who)
    child = os.fork()
    if not child:
        os._exit(0 if behind_wall(who) != before else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert behind_wall(who) == before


@pytest.mark.parametrize("busy", [False, True])
def test_the_process_ends_with_the_one_that_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, busy: bool) -> None:
    """However that one went, and even while work that never ends is being done: here it is killed."""
    monkeypatch.setattr(wall, "LIMITS", Limits(seconds=1))
    monkeypatch.setattr(wall, "SPARE", 0)
    child = os.fork()
    if not child:
        (tmp_path / "wall").write_text(str(behind_wall(who)))
        if busy:
            threading.Timer(0.2, os.kill, (os.getpid(), 9)).start()
            behind_wall(without_end)
        os.kill(os.getpid(), 9)
    os.waitpid(child, 0)
    number = int((tmp_path / "wall").read_text())
    for _ in range(200):
        state = Path(f"/proc/{number}/stat")
        if not state.exists() or state.read_text().rpartition(") ")[2][0] == "Z":
            return
        time.sleep(0.1)
    raise AssertionError("it is still there")
