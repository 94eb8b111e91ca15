"""A real Neo4j Community, started from what Maven brings, without containers: for tests and for measuring."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from pathlib import Path

from filelock import FileLock

from kg.ask.cypher.server import Server

POM = Path(__file__).resolve().parents[1] / "ask" / "cypher" / "pom.xml"
PASSWORD = "only-for-tests"
OPENED = ("java.nio", "java.io", "sun.nio.ch")
SLOWEST = 120.0


class Lacking(Exception):
    """What this computer lacks to start one."""


class Neo4j:
    """One server in a folder of its own, on a port of its own."""

    def __init__(self, home: Path, classpath: str) -> None:
        self.home, self.classpath = home, classpath
        self.port = free_port()
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def server(self) -> Server:
        return Server(f"neo4j://127.0.0.1:{self.port}", PASSWORD)

    def start(self, *settings: str, largest_file: int = 0) -> None:
        """Start it and wait until it answers; the first time, set its password.

        No file may grow beyond ``largest_file`` bytes, if that is given: as on a disk that is full.
        """
        import neo4j
        from neo4j.exceptions import DriverError, Neo4jError

        (self.home / "conf").mkdir(parents=True, exist_ok=True)
        (self.home / "data").mkdir(exist_ok=True)
        address = f"127.0.0.1:{self.port}"
        (self.home / "conf" / "neo4j.conf").write_text(
            "\n".join(
                (
                    "server.default_listen_address=127.0.0.1",
                    f"server.bolt.listen_address={address}",
                    f"server.bolt.advertised_address={address}",
                    "server.http.enabled=false",
                    "server.https.enabled=false",
                    "server.memory.heap.initial_size=128m",
                    "server.memory.heap.max_size=512m",
                    "server.memory.pagecache.size=64m",
                    "dbms.usage_report.enabled=false",
                    "dbms.security.auth_enabled=true",
                    *settings,
                )
            )
            + "\n"
        )
        arguments = self.home / "classpath"
        arguments.write_text(f'-cp "{self.classpath.replace(chr(92), chr(92) * 2)}"')
        opened = [f"--add-opens=java.base/{package}=ALL-UNNAMED" for package in OPENED]
        with (self.home / "said.txt").open("ab") as said:
            self.process = subprocess.Popen(
                [*_cramped(largest_file),
                 "java", "-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", *opened, f"@{arguments}",
                 "org.neo4j.server.CommunityEntryPoint",
                 f"--home-dir={self.home}", f"--config-dir={self.home / 'conf'}"],
                stdout=said, stderr=said, stdin=subprocess.DEVNULL,
            )  # fmt: skip
        deadline = time.monotonic() + SLOWEST
        uri = f"bolt://{address}"
        fresh = not (self.home / "password-set").exists()
        while True:
            assert self.process.poll() is None, (self.home / "said.txt").read_text(errors="replace")[-2000:]
            try:
                with neo4j.GraphDatabase.driver(uri, auth=("neo4j", "neo4j" if fresh else PASSWORD)) as driver:
                    if fresh:
                        with driver.session(database="system") as session:
                            session.run("ALTER CURRENT USER SET PASSWORD FROM 'neo4j' TO $new", new=PASSWORD).consume()
                        fresh = False
                        (self.home / "password-set").touch()
                        continue
                    with driver.session(database="neo4j") as session:
                        session.run("RETURN 1").consume()
                    return
            except (DriverError, Neo4jError, OSError):
                assert time.monotonic() < deadline, "Neo4j did not start in time"
                time.sleep(0.3)

    def kill(self) -> None:
        """End it as a power cut would."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None

    def stop(self) -> None:
        if self.process is not None:
            self.process.terminate()
            try:
                self.process.wait(30)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
            self.process = None


def _cramped(largest_file: int) -> list[str]:
    return ["sh", "-c", f'ulimit -f {largest_file // 512}; exec "$@"', "sh"] if largest_file else []


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


def resolve(kept: Path, pom: Path = POM, what: str = "Neo4j") -> str:
    """The jars of Neo4j, or of another pom, as a class path: resolved once by Maven, kept where it keeps them, noted in a file.

    Tests that run side by side wait for the first of them. Raises Lacking where Java or Maven is missing, or Maven
    cannot reach what it needs.
    """
    if not shutil.which("java"):
        raise Lacking("needs Java 17")
    with FileLock(kept.with_suffix(".lock")):
        return _resolved(kept, pom, what)


def _resolved(kept: Path, pom: Path, what: str) -> str:
    newer = kept.exists() and kept.stat().st_mtime > pom.stat().st_mtime
    if newer and all(Path(jar).exists() for jar in kept.read_text().split(os.pathsep)):
        return kept.read_text()
    if not shutil.which("mvn"):
        raise Lacking(f"needs Maven, once, to bring {what}")
    done = subprocess.run(
        ["mvn", "-q", "-B", "-f", str(pom), "dependency:build-classpath", "-DincludeScope=runtime",
         f"-Dmdep.outputFile={kept}"],
        capture_output=True, text=True, timeout=900, check=False,
    )  # fmt: skip
    if done.returncode or not kept.exists():
        raise Lacking(f"Maven could not bring {what}:\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
    os.utime(kept)
    return kept.read_text()
