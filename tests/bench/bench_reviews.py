"""How fast whole reviews are read and studied, as ratios to merely reading the same files, measured in one run.

``make bench`` takes a few minutes. KG_BENCH_ENTRIES=1000000 runs the whole of the large one (5,000 reviews), and
KG_BENCH_ONE=10000 studies one review of that many entries.
"""

from __future__ import annotations

import csv
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from statistics import median
from typing import Any

import pytest
from bench.made import Made, make_reviews

from kg.chronology.events import link_tellings
from kg.chronology.side_by_side import Chronology
from kg.findings.missed_share import missed_shares
from kg.findings.study import find_gaps
from kg.knowledge.facts import Facts
from kg.knowledge.shares import generous_shares, recorded_shares
from kg.knowledge.sweep import sweep
from kg.model.review import Review
from kg.terms.reader import load as load_terms
from loaders import load

ROOT = Path(__file__).resolve().parents[2]
A_REVIEW = 200
A_FEW = 100_000
"""Up to so many entries, one process alone is measured too."""
ENTRIES = int(os.environ.get("KG_BENCH_ENTRIES", "50000"))
ONE = int(os.environ.get("KG_BENCH_ONE", "2500"))

STUDY = """
import json, resource, sys, time
from pathlib import Path
from kg.many.each import study_each

if __name__ == "__main__":
    workers, folder = sys.argv[1:]
    begun = time.perf_counter()
    studied = study_each(sorted(Path(folder).iterdir()), workers=int(workers), counts_only=True)
    entries = sum(json.loads(each.text)["counts"]["entries"] for each in studied)
    seconds = time.perf_counter() - begun
    peak = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) / 1024
    print(json.dumps({"entries": entries, "seconds": seconds, "peak": peak}))
"""


def merely_read(files: Iterable[Path]) -> int:
    """What everything is measured against: the rows of the files, as csv.reader gives them."""
    rows = 0
    for path in files:
        with path.open(encoding="utf-8", newline="") as file:
            for _ in csv.reader(file):
                rows += 1
    return rows


def timed(work: Callable[[], object], times: int = 1) -> float:
    """Seconds of a piece of work: the median of several."""
    took = []
    for _ in range(times):
        begun = time.perf_counter()
        work()
        took.append(time.perf_counter() - begun)
    return median(took)


def study_apart(folder: Path, workers: int) -> dict[str, Any]:
    """Study every review below a folder in a process of its own, so that its memory is its own."""
    done = subprocess.run(
        [sys.executable, "-c", STUDY, str(workers), str(folder)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Made]:
    into = tmp_path_factory.mktemp("many")
    yield make_reviews(into, max(ENTRIES // A_REVIEW, 20), A_REVIEW)
    shutil.rmtree(into)


def say(words: str) -> None:
    sys.stdout.write(f"\n  {words}")


def test_many_reviews_against_merely_reading_their_files(many: Made, tmp_path: Path) -> None:
    files = many.returns()
    merely_read(files)  # so that no one's first reading is measured
    reading = timed(lambda: merely_read(files), 3)
    few = tmp_path / "few"
    few.mkdir()
    for folder in many.folders[: max(len(many.folders) // 10, 10)]:
        (few / folder.name).symlink_to(folder)
    some = study_apart(few, 2)
    took = {workers: study_apart(many.folders[0].parent, workers) for workers in ((1, 2) if ENTRIES <= A_FEW else (2,))}
    assert all(each["entries"] == many.entries for each in took.values()), "rows in = entries out"
    say(
        f"{many.entries:,} entries, {len(many.folders):,} reviews, {many.size / 1e6:.0f} MB; csv.reader {reading:.2f} s"
    )
    for processes, each in took.items():
        said = "two processes" if processes == 2 else "one process"
        say(f"read and studied by {said}: {each['seconds']:.1f} s, {each['seconds'] / reading:.1f} x csv.reader")
    say(f"peak memory of a process: {took[2]['peak']:.0f} MB; {some['peak']:.0f} MB with a tenth of the reviews")
    assert took[2]["peak"] < some["peak"] * 1.5 + 100, "room goes by the largest review, not by their number"


def test_where_the_time_goes(many: Made) -> None:
    folders = many.folders[:50]
    files = [file for folder in folders for file in (folder / "returns").iterdir()]
    terms = load_terms()
    load(many.folders[-1], terms)
    find_gaps(load(many.folders[-1], terms).review, terms)
    reviews: list[Review] = []
    reading = timed(lambda: merely_read(files), 5)
    loading = timed(lambda: reviews.extend(load(folder, terms).review for folder in folders))
    sharing = timed(lambda: [arrivals(review) for review in reviews])
    finding = timed(lambda: [find_gaps(review, terms) for review in reviews])
    entries = sum(len(review.entries) for review in reviews)
    for what, took in (
        ("csv.reader", reading),
        ("reading reviews", loading),
        ("links, holdings, missed shares", sharing),
        ("all of find_gaps, duties included", finding),
    ):
        say(f"{what}: {took / entries * 1e6:.0f} microseconds an entry, {took / reading:.1f} x csv.reader")
    assert loading < 30 * reading


def test_one_large_review(tmp_path: Path) -> None:
    made = make_reviews(tmp_path, 1, ONE)
    files, terms = made.returns(), load_terms()
    reading = timed(lambda: merely_read(files), 5)
    reviews: list[Review] = []
    loading = timed(lambda: reviews.append(load(made.folders[0], terms).review))
    assert len(reviews[0].entries) == ONE
    sharing = timed(lambda: arrivals(reviews[0]))
    finding = timed(lambda: find_gaps(reviews[0], terms))
    say(
        f"one review of {ONE:,} entries: csv.reader {reading:.3f} s, read in {loading:.2f} s ({loading / reading:.0f} x)"
    )
    say(f"links, holdings, missed shares {sharing:.2f} s; all of find_gaps, duties included, {finding:.1f} s")


def arrivals(review: Review) -> int:
    """Who held what and what did not arrive: find_gaps without the duties. How many missed shares there are."""
    terms = load_terms()
    links = link_tellings(review, terms)
    facts = Facts(replace(Chronology.of(review, terms), links=links))
    shares = recorded_shares(facts)
    recorded = sweep(facts, shares)
    talk = generous_shares(facts)
    generous = sweep(facts, shares, generous=talk, paths_for=recorded)
    return len(missed_shares(replace(recorded, widest=generous)))


def test_help_comes_at_once() -> None:
    command = [sys.executable, "-c", "from cli import main; main(['--help'])"]
    bare = timed(lambda: subprocess.run([sys.executable, "-c", ""], check=True), 5)
    took = timed(lambda: subprocess.run(command, cwd=ROOT, check=True, capture_output=True), 5)
    say(f"kg --help: {took:.2f} s, of which Python itself {bare:.2f} s")
    assert took < 0.3 + bare
