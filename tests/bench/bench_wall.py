"""What the wall around reading costs: thirty ordinary returns read behind it, against the same read without it.

Each is measured in a process of its own, begun and ended: what a command pays that reads one review.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from statistics import median

MOST = 1.2
TIMES = 7
ROOT = Path(__file__).resolve().parents[2]

READ = """
import json, resource, sys, time
from pathlib import Path
from kg.base import wall
from kg.terms.reader import load as load_terms
import loaders
from loaders import beside, one_return

def straight(work, *given, shared=None):
    wall._SHARED[:] = [shared]
    return work(*given)

if sys.argv[2] == "without":
    beside.behind_wall = one_return.behind_wall = straight
terms = load_terms()
begun = time.perf_counter()
before = sum(resource.getrusage(resource.RUSAGE_SELF)[:2])
loaded = loaders.load(Path(sys.argv[1]), terms)
seconds = time.perf_counter() - begun
wall.end_wall()
used = sum(sum(resource.getrusage(who)[:2]) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) - before
print(json.dumps([len(loaded.review.entries), seconds, used]))
"""


def read(folder: Path, how: str) -> tuple[int, float, float]:
    done = subprocess.run(
        [sys.executable, "-c", READ, str(folder), how],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    entries, seconds, used = json.loads(done.stdout)
    return entries, seconds, used


def test_thirty_ordinary_returns_are_read_no_slower_than_they_may(
    training: Path, climbie: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "review"
    (folder / "returns").mkdir(parents=True)
    shutil.copy(training / "review.toml", folder)
    files = [*sorted((training / "returns").iterdir()), *sorted((climbie / "returns").iterdir())]
    for number in range(30):
        file = files[number % len(files)]
        shutil.copy(file, folder / "returns" / f"{number} {file.name}")
    assert len([*(folder / "returns").iterdir()]) == 30
    took: dict[str, list[tuple[int, float, float]]] = {"without": [], "behind": []}
    for _ in range(TIMES):
        for how, found in took.items():
            found.append(read(folder, how))
    assert len({entries for found in took.values() for entries, _, _ in found}) == 1
    for what, at in (("seconds", 1), ("seconds of the processor", 2)):
        without, behind = (median(each[at] for each in took[how]) for how in ("without", "behind"))
        sys.stdout.write(
            f"\n  {what}: {without:.2f} without the wall, {behind:.2f} behind it: {behind / without:.2f} x"
        )
        assert behind < MOST * without
