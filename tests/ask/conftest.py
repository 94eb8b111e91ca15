"""The server that tests ask: a real Neo4j Community, or whichever ``NEO4J_URI`` names.

With ``NEO4J_URI`` go ``NEO4J_USERNAME`` and ``NEO4J_PASSWORD``. Without Java 17 and Maven the tests are skipped, except
where ``CI`` is set: there they fail.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from helpers.real_neo4j import Lacking, Neo4j, resolve

from kg.ask.cypher.server import Server


@pytest.fixture(scope="session")
def classpath(pytestconfig: pytest.Config) -> str:
    assert pytestconfig.cache is not None
    try:
        return resolve(pytestconfig.cache.mkdir("neo4j") / "classpath.txt")
    except Lacking as what:
        if os.environ.get("CI"):
            pytest.fail(f"in CI the tests on a real Neo4j never skip: {what}")
        pytest.skip(str(what))


@pytest.fixture(scope="session")
def neo4j_server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The server that the tests share."""
    uri = os.environ.get("NEO4J_URI")
    if uri:
        yield Server(
            uri,
            os.environ.get("NEO4J_PASSWORD", ""),
            os.environ.get("NEO4J_USERNAME", "neo4j"),
            os.environ.get("NEO4J_DATABASE", "neo4j"),
            in_the_clear=True,
        )
        return
    running = Neo4j(tmp_path_factory.mktemp("neo4j"), request.getfixturevalue("classpath"))
    try:
        running.start()
        yield running.server
    finally:
        running.kill()


@pytest.fixture
def own_neo4j(tmp_path: Path, classpath: str) -> Iterator[Neo4j]:
    """A server of one test's own, to be cramped, closed for writing, and killed."""
    running = Neo4j(tmp_path / "neo4j", classpath)
    try:
        yield running
    finally:
        running.kill()


@pytest.fixture(autouse=True)
def no_settings_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NEO4J_URI", "NEO4J_USERNAME", "NEO4J_PASSWORD", "NEO4J_DATABASE"):
        monkeypatch.delenv(name, raising=False)
