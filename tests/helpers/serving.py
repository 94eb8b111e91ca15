"""``kg serve`` in a process of its own, for tests."""

from __future__ import annotations

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from SPARQLWrapper import JSON, SPARQLWrapper

ROOT = Path(__file__).resolve().parents[2]


@dataclass
class Answered:
    status: int
    headers: Mapping[str, str]
    text: str


@dataclass
class Running:
    """A server in a process of its own, on a copy of the example."""

    address: str
    token: str
    folder: Path
    process: subprocess.Popen[str]

    def working(self) -> list[int]:
        """The processes that work on questions."""
        said = subprocess.run(["ps", "-A", "-o", "pid=,ppid=,args="], capture_output=True, text=True, check=True).stdout
        rows = [line.split(None, 2) for line in said.splitlines()]
        return [int(pid) for pid, parent, args in rows if int(parent) == self.process.pid and "sparql/child.py" in args]

    def begin(self, head: str) -> socket.socket:
        """A request of which only this has been sent yet, beside the token and the right name."""
        line, _, more = head.partition("\n")
        words = f"{line} HTTP/1.1\nHost: 127.0.0.1:{self.port}\nAuthorization: Bearer {self.token}\n{more}"
        sent = socket.create_connection(("127.0.0.1", self.port), timeout=60)
        sent.sendall(words.replace("\n", "\r\n").encode("latin-1"))
        return sent

    @property
    def port(self) -> int:
        return urlsplit(self.address).port or 0

    def get(self, path: str, method: str = "GET", body: str | None = None, **headers: str) -> Answered:
        given = {key.replace("_", "-"): value for key, value in headers.items()}
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request(method, path, body, given)
            answer = connection.getresponse()
            return Answered(answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read().decode())
        finally:
            connection.close()

    def mine(self, path: str, method: str = "GET", body: str | None = None, **headers: str) -> Answered:
        return self.get(path, method, body, Authorization=f"Bearer {self.token}", **headers)

    def client(self, text: str, form: str = JSON) -> SPARQLWrapper:
        client = SPARQLWrapper(f"{self.address}sparql")
        client.addCustomHttpHeader("Authorization", f"Bearer {self.token}")
        client.setQuery(text)
        client.setReturnFormat(form)
        return client


def serving(folder: Path, *options: str, **environment: str) -> Iterator[Running]:
    process = subprocess.Popen(
        [sys.executable, "-m", "cli", "serve", str(folder), "--port", "0", *options],
        cwd=ROOT, env={**os.environ, **environment}, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip
    assert process.stdout is not None
    said = ""
    try:
        while "Ctrl-C" not in said:
            line = process.stdout.readline()
            assert line, said
            said += line
        found = re.search(r"(http://\S+?/)(?:\?token=(\S+))?[ \n]", said)
        assert found
        running = Running(found[1], found[2] or "", folder, process)
        for _ in range(100):
            try:
                running.get("/")
                break
            except OSError:
                time.sleep(0.1)
        yield running
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
        rest, _ = process.communicate(timeout=30)
        assert "Traceback" not in rest, rest
