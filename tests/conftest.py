"""What every test may use: the packaged cases, and a small review made on the spot."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from helpers.browsing import one_browser, pages_opened  # noqa: F401  # one browser for every test that asks for it
from helpers.examples import examples
from helpers.small import WriteReview
from hypothesis import HealthCheck, settings

from kg.base import wall
from kg.base.wall import end_wall

TESTS = Path(__file__).resolve().parent
ROOT = TESTS.parent

settings.register_profile(
    "steady",
    max_examples=examples(100),
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("steady")

# Every test sees the same terminal: 100 columns, no colour.
os.environ.update(COLUMNS="100", NO_COLOR="1")


NEEDED = {
    "neo4j_server": "neo4j",
    "own_neo4j": "neo4j",
    "browser": "browser",
    "reasoner": "reasoner",
    "running": "serve",
    "own": "serve",
    "jena": "others",
    "nu": "others",
    "office": "others",
}
"""What tests need beside Python, by the fixture that brings it: a mark, by which ``make quick`` leaves them out."""

ROOMS = {
    "ask": "engine",
    "serve": "serve",
    "test_wheel.py": "wheel",
    "attack": "slow",
    "readers": "others",
    "test_docs.py": "slow",
}
"""Folders and files all of whose tests start programs of their own: an engine of queries, a server, an installation."""


def pytest_xdist_auto_num_workers() -> int:
    """One worker more than there are processors: somebody is always waiting for a server to start."""
    return (os.cpu_count() or 1) + 1


def pytest_itemcollected(item: pytest.Item) -> None:
    for name, needed in NEEDED.items():
        if name in getattr(item, "fixturenames", ()):
            item.add_marker(needed)
    if needed := ROOMS.get(item.path.relative_to(TESTS).parts[0]):
        item.add_marker(needed)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The files that wait longest begin first: those with a test that needs a server, a browser or a reasoner."""
    kinds = [*dict.fromkeys(NEEDED.values())]
    first: dict[Path, int] = {}
    for item in items:
        own = [place for place, kind in enumerate(kinds) if item.get_closest_marker(kind)]
        first[item.path] = min([first.get(item.path, len(kinds)), *own])
    items.sort(key=lambda item: first[item.path])


@pytest.fixture(autouse=True)
def a_wall_that_sees_what_is_patched(request: pytest.FixtureRequest) -> Iterator[None]:
    """What reads files lives in a process of its own, from before a test patched anything, and longer than the patch.

    So it is begun anew, and as a copy of this process, whatever threads a browser or a server has begun in it.
    """
    patched = "monkeypatch" in request.fixturenames
    if patched:
        end_wall()
        if hasattr(os, "fork"):
            request.getfixturevalue("monkeypatch").setattr(wall, "_begun", wall._forked)
    yield
    if patched:
        end_wall()


@pytest.fixture(scope="session")
def root() -> Path:
    """The top of the project."""
    return ROOT


@pytest.fixture(scope="session")
def climbie() -> Path:
    """The packaged example."""
    return ROOT / "examples" / "climbie"


@pytest.fixture(scope="session")
def connelly() -> Path:
    return ROOT / "tests" / "cases" / "connelly"


@pytest.fixture(scope="session")
def hayter() -> Path:
    return ROOT / "tests" / "cases" / "hayter"


@pytest.fixture(scope="session")
def training() -> Path:
    """Fictional returns in Excel, Word and CSV, as agencies really send them."""
    return ROOT / "tests" / "cases" / "training"


@pytest.fixture
def write_review(tmp_path: Path) -> WriteReview:
    """A function that makes a review folder: ``write_review(toml, {"police.csv": "Ref,Date,..."})``.

    Text is written as UTF-8 and bytes as they are. ``name`` tells two reviews of one test apart.
    """

    def write(toml: str, returns: Mapping[str, str | bytes] | None = None, *, name: str = "review") -> Path:
        folder = tmp_path / name
        (folder / "returns").mkdir(parents=True)
        (folder / "review.toml").write_text(toml, encoding="utf-8", newline="")
        for file, content in (returns or {}).items():
            data = content if isinstance(content, bytes) else content.encode()
            (folder / "returns" / file).write_bytes(data)
        return folder

    return write
