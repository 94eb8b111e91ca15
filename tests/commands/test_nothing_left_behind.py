"""However a command is ended, no copy of what agencies wrote stays behind, and nothing that worked for it works on."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from helpers.ending import ROOT, SIGNALS, children, gone, holds, open_and_named, started
from helpers.small import WriteReview

from kg.commands.ending import tidily

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="programs end in another way there")

SECRET = "the blue cup stood on the third stair"
TOML = """
title = "Kit"
jurisdiction = "England"
kind = "child"
period = ["2020-01-01", "2020-12-31"]
subjects = ["Kit"]

[[people]]
name = "Kit"
role = "child"

[[agencies]]
name = "Police"
type = "police"
"""
RETURN = f"Ref,Date,People,Contact,What happened\nP1,3 March 2020,Kit,home-visit,{SECRET}\n"
ENDLESS = {
    "--cypher": "MATCH (e:Entry) UNWIND range(1, 100000) AS a UNWIND range(1, 100000) AS b "
    "RETURN e.what_happened, sum(a * b % 7)",
    "--sparql": "SELECT ?w (COUNT(*) AS ?n) { ?e kg:narrative ?w . ?a ?p ?b . ?c ?q ?d . ?f ?r ?g } GROUP BY ?w",
}


@pytest.fixture
def kit(write_review: WriteReview) -> Path:
    return write_review(TOML, {"police.csv": RETURN})


@pytest.mark.parametrize("ending", SIGNALS, ids=lambda ending: ending.name)
@pytest.mark.parametrize("language", ENDLESS)
def test_a_question_ended_in_any_way_leaves_neither_file_nor_process(
    kit: Path, tmp_path: Path, language: str, ending: signal.Signals
) -> None:
    bare = tmp_path / "temporary"
    bare.mkdir()
    asked = started(["query", str(kit), language, ENDLESS[language], "--timeout", "300"], bare)
    last = time.monotonic() + 30
    while not (working := children(asked.pid)) and time.monotonic() < last:
        time.sleep(0.02)
    time.sleep(1.5)  # by now the graph has been handed over
    working = children(asked.pid)
    assert working
    assert asked.poll() is None, asked.stdout
    assert not open_and_named([asked.pid, *working], SECRET)
    assert not holds(bare, SECRET), "while it works"
    asked.send_signal(ending)
    asked.communicate(timeout=20)
    assert gone(working, 5), "what worked for it works on"
    assert not holds(bare, SECRET)
    assert [*bare.iterdir()] == []


def test_the_graph_for_a_question_goes_through_no_file(kit: Path, tmp_path: Path) -> None:
    bare = tmp_path / "temporary"
    bare.mkdir()
    asked = started(["query", str(kit), "--cypher", "MATCH (e:Entry) RETURN e.what_happened", "--format", "csv"], bare)
    seen: set[str] = set()
    while asked.poll() is None:
        seen.update(os.listdir(bare))
        time.sleep(0.001)
    said, _ = asked.communicate(timeout=60)
    assert SECRET in said.decode()
    assert seen == set()


WRITING = """
import os, signal, sys
sys.path[:0] = {paths!r}
from pathlib import Path
from kg.base import files
from kg.commands.ending import tidily

def cut_off(handle):
    os.kill(os.getpid(), {number})

files.os.fsync = cut_off
with tidily():
    files.{writer}(Path({file!r}), {words!r} * 1000)
"""


@pytest.mark.parametrize("ending", SIGNALS, ids=lambda ending: ending.name)
@pytest.mark.parametrize("writer", ["write_atomically", "write_new"])
def test_a_file_half_written_is_not_there_however_its_writer_ended(
    tmp_path: Path, writer: str, ending: signal.Signals
) -> None:
    if not hasattr(os, "O_TMPFILE"):
        pytest.skip("files without a name are Linux's own")
    file = tmp_path / "judgements.csv"
    if writer == "write_atomically":
        file.write_text("as it was")
    program = WRITING.format(paths=[str(ROOT)], number=ending.value, writer=writer, file=str(file), words=SECRET)
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, cwd=tmp_path, check=False)
    assert done.returncode != 0
    assert [each.name for each in tmp_path.iterdir()] == (["judgements.csv"] if writer == "write_atomically" else [])
    assert not holds(tmp_path, SECRET)


TRYING = """
import os, sys, time
sys.path[:0] = {paths!r}
from pathlib import Path
from kg.commands.ending import tidily
from kg.office.replacing import trial

with tidily():
    with trial(Path({review!r}), "police.csv", Path({new!r}), "police.csv"):
        os.kill(os.getpid(), {number})
        time.sleep(20)
"""


@pytest.mark.parametrize("ending", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_a_trial_of_a_corrected_return_is_taken_away_by_whoever_asks_it_to_end(
    kit: Path, tmp_path: Path, ending: str
) -> None:
    number = signal.Signals[ending]
    new = tmp_path / "corrected.csv"
    new.write_text(RETURN)
    program = TRYING.format(paths=[str(ROOT)], review=str(kit), new=str(new), number=number.value)
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=False)
    assert done.returncode != 0
    assert {each.name for each in kit.iterdir()} == {"review.toml", "returns"}
    if ending != "SIGINT":
        assert done.returncode == -number, "it ends as it was asked to"
        assert done.stderr == b""


def test_listening_for_an_end_changes_nothing_that_others_listen_for() -> None:
    heard = []
    before = signal.signal(signal.SIGTERM, lambda number, frame: heard.append(number))
    try:
        with tidily():
            os.kill(os.getpid(), signal.SIGTERM)
        assert heard == [signal.SIGTERM]
    finally:
        signal.signal(signal.SIGTERM, before)
    assert signal.getsignal(signal.SIGHUP) is signal.SIG_DFL


def test_no_picture_of_the_memory_is_kept(kit: Path) -> None:
    resource = pytest.importorskip("resource")
    program = (
        f"import sys, resource; sys.path[:0] = [{str(ROOT)!r}]\n"
        "import click, cli, kg.commands.review as review\n"
        "def said(): print(resource.getrlimit(resource.RLIMIT_CORE)[0])\n"
        "cli.COMMANDS['said'] = 'said:said'\n"
        "sys.modules['said'] = type(sys)('said'); sys.modules['said'].said = click.command()(said)\n"
        "cli.main(['said'])\n"
    )
    free = resource.getrlimit(resource.RLIMIT_CORE)[1]
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CORE, (free, free)),
    )  # fmt: skip
    assert done.stdout.strip() == "0", done.stderr
