"""A served review stands against whoever keeps it busy: slow senders, many connections, guesses of the password."""

from __future__ import annotations

import socket
import stat
import time
from base64 import b64encode
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from helpers.serving import Running, serving
from hypothesis import given
from hypothesis import strategies as st

from kg.serve import connection, guesses
from kg.serve.guesses import Guesses, wait_after
from kg.serve.looked import line

RIGHT = "a long enough one"


def basic(words: str) -> str:
    return f"Basic {b64encode(words.encode()).decode()}"


@pytest.fixture(scope="module")
def running(climbie: Path) -> Iterator[Running]:
    yield from serving(climbie)


def closed_after(sent: socket.socket, most: float) -> float:
    """Seconds until the other end closes."""
    begun = time.monotonic()
    sent.settimeout(most)
    while sent.recv(65536):
        pass
    return time.monotonic() - begun


# --- slow senders -----------------------------------------------------------------------------------------------


def test_the_head_of_a_request_has_to_come_whole_within_ten_seconds(running: Running) -> None:
    assert connection.PATIENCE <= 10
    silent = socket.create_connection(("127.0.0.1", running.port))
    half = running.begin("GET /\nX-Half: ")
    dripping = running.begin("GET /\nX-Half: ")
    after = running.begin("GET /changed\n\n")
    body = running.begin("GET /changed\nContent-Length: 100\n\n")
    begun = time.monotonic()
    left = {silent, half, dripping, after, body}
    for each in left:
        each.settimeout(0.05)
    while left and time.monotonic() - begun < connection.PATIENCE + 5:
        for each in [*left]:
            try:
                if each in (dripping, body, after):
                    each.sendall(b"x")  # one letter at a time, for ever
                if each.recv(65536) == b"":
                    left.discard(each)
            except TimeoutError:
                continue
            except OSError:
                left.discard(each)
    for each in (silent, half, dripping, after, body):
        each.close()
    assert not left
    assert time.monotonic() - begun < connection.PATIENCE + 2
    assert running.mine("/changed").status == 200


def test_a_second_request_on_the_same_connection_is_waited_for_no_longer(running: Running) -> None:
    asked = running.begin("GET /changed\n\n")
    asked.settimeout(20)
    assert b"200" in asked.recv(65536)
    asked.sendall(b"GET /changed HTTP/1.1\r\nHost:")
    assert closed_after(asked, 20) < connection.PATIENCE + 2
    asked.close()


def test_an_answer_that_takes_longer_is_waited_for(climbie: Path) -> None:
    endless = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
    for there in serving(climbie, "--timeout", str(connection.PATIENCE + 2)):
        late = there.mine("/sparql", "POST", endless, Content_Type="application/sparql-query")
        assert late.status == 503, "the server's own word, and no closed door"


def test_so_many_connections_and_no_more(running: Running) -> None:
    many = [socket.create_connection(("127.0.0.1", running.port)) for _ in range(connection.EACH + 20)]
    time.sleep(0.5)
    told = 0
    for each in many:
        each.setblocking(False)
        try:
            said = each.recv(65536)
        except BlockingIOError:
            continue
        told += said.startswith(b"HTTP/1.1 503")
        assert b"Try again" in said
    assert told >= 20
    for each in many:
        each.close()
    time.sleep(0.3)
    assert running.mine("/changed").status == 200


# --- guesses ----------------------------------------------------------------------------------------------------


def test_guesses_of_the_password_have_to_wait_and_the_right_one_too(climbie: Path) -> None:
    for there in serving(climbie, "--host", "0.0.0.0", KG_PASSWORD=RIGHT):
        for _ in range(3):
            assert there.get("/").status == 401, "to come without a password is no guess"
        for _ in range(guesses.FREE):
            refused = there.get("/", Authorization=basic("x:a wrong one"))
            assert refused.status == 401
            assert refused.headers["www-authenticate"].startswith("Basic")
        waiting = there.get("/", Authorization=basic(f"x:{RIGHT}"))
        assert waiting.status == 429
        assert int(waiting.headers["retry-after"]) >= 1
        time.sleep(1.2)
        assert there.get("/", Authorization=basic(f"x:{RIGHT}")).status == 200
        assert there.get("/", Authorization=basic("x:another wrong one")).status == 401
        assert int(there.get("/", Authorization=basic("x:x")).headers["retry-after"]) == 2, (
            "it grows, also after a right one"
        )


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


@given(st.lists(st.tuples(st.sampled_from(["192.0.2.1", "192.0.2.2"]), st.floats(0, 400)), max_size=40))
def test_no_address_waits_for_anothers_guesses_nor_for_ever(made: list[tuple[str, float]]) -> None:
    clock = Clock()
    held = Guesses(clock)
    wrong = 0
    for address, pause in made:
        held.wrong(address)
        wrong += address == "192.0.2.1"
        assert held.wait("192.0.2.1") <= wait_after(wrong)
        assert held.wait("192.0.2.9") == 0
        clock.now += pause
    clock.now += guesses.LONGEST
    assert held.wait("192.0.2.1") == held.wait("192.0.2.2") == 0


def test_each_wait_is_longer_than_the_last_up_to_a_limit() -> None:
    waits = [wait_after(wrong) for wrong in range(60)]
    assert waits[: guesses.FREE] == [0.0] * guesses.FREE
    assert waits[guesses.FREE] == 1
    assert waits == sorted(waits)
    assert waits[-1] == guesses.LONGEST
    in_a_day = 0
    passed = 0.0
    while passed < 24 * 3600:
        passed += wait_after(in_a_day)
        in_a_day += 1
    assert in_a_day < 320


def test_a_house_has_one_turn_however_many_addresses_it_has() -> None:
    clock = Clock()
    held = Guesses(clock)
    for number in range(guesses.FREE):
        held.wrong(f"2001:db8:1:2::{number:x}")
    assert held.wait("2001:db8:1:2:ffff::1") > 0
    assert held.wait("2001:db8:1:3::1") == 0
    held.wrong("::ffff:192.0.2.7")
    for _ in range(guesses.FREE - 1):
        held.wrong("192.0.2.7")
    assert held.wait("::ffff:192.0.2.7") > 0


def test_what_is_remembered_of_guesses_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guesses, "MOST", 5)
    held = Guesses(Clock())
    for number in range(50):
        for _ in range(guesses.FREE):
            held.wrong(f"192.0.2.{number}")
    assert sum(held.wait(f"192.0.2.{number}") > 0 for number in range(50)) == 5


# --- who looked -------------------------------------------------------------------------------------------------

SECRET = "bruise-to-the-left-cheek"


def test_it_is_kept_who_looked_and_no_word_of_what_the_review_says(climbie: Path, tmp_path: Path) -> None:
    log = tmp_path / "looked.log"
    for there in serving(climbie, "--log", str(log)):
        for path in (
            "/", "/changed", f"/entry/Brent%20Police/{SECRET}", f"/ask/held-on-a-day?agency={SECRET}", f"/ask/{SECRET}",
            f"/sparql?query={SECRET}", f"/{SECRET}", f"/questions?token={there.token}",
        ):  # fmt: skip
            there.mine(path)
        there.mine("/", SECRET.upper())
    text = log.read_text()
    lines = text.splitlines()
    assert SECRET not in text.casefold()
    assert "Brent" not in text
    assert there.token not in text
    kinds = [each.split()[4] for each in lines if each.split()[5] != "401"]
    assert kinds == ["/", "/entry", "/ask/held-on-a-day", "/ask", "/sparql", "elsewhere", "/questions", "/"]
    assert all(each.split()[2] == "127.0.0.1" for each in lines)
    assert stat.S_IMODE(log.stat().st_mode) == 0o600


@given(st.text(max_size=30), st.text(max_size=30))
def test_a_line_holds_nothing_that_was_typed(path: str, method: str) -> None:
    told = line("192.0.2.1", method, f"/entry/{path}", 200, 0.1, datetime(2026, 1, 2, 3, 4, 5))
    assert (
        told
        == f"2026-01-02 03:04:05 192.0.2.1 {method if method in ('GET', 'HEAD', 'POST') else 'other'} /entry 200 100 ms"
    )


def test_the_log_takes_the_place_of_nothing_that_the_review_is_made_of(climbie: Path) -> None:
    from click.testing import CliRunner

    import cli

    refused = CliRunner().invoke(cli.main, ["serve", str(climbie), "--log", str(climbie / "returns" / "looked.log")])
    assert refused.exit_code == 2
    assert "nothing was written" in refused.output
