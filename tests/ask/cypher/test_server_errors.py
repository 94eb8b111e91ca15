"""Servers that cannot be reached or will not do: told in words, with a remedy, and without a server to try it on."""

from __future__ import annotations

import socket
import threading

import pytest
from helpers.small import day, review, row
from neo4j.exceptions import Neo4jError

from kg.ask.cypher.server import Server, push, where_to
from kg.ask.cypher.server_errors import NotServed, told_plainly
from kg.graph.property_graph import as_property_graph
from kg.graph.record import draw
from kg.terms.reader import load

TERMS = load()


def why(uri: str) -> str:
    graph = as_property_graph(draw(review(row("School/S1", day(1))), TERMS), TERMS, "Sam")
    with pytest.raises(NotServed) as refused:
        push(Server(uri, "a-password"), graph)
    said = str(refused.value)
    assert "Nothing was changed." in said
    assert "a-password" not in said
    return said


def test_where_nothing_listens_it_is_told() -> None:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        assert "No Neo4j answers at" in why(f"neo4j://127.0.0.1:{held.getsockname()[1]}")


@pytest.mark.parametrize(
    "uri", ["http://127.0.0.1:7474", "here", "", "neo4j://", "ftp://x", "neo4j://[", "neo4j://127.0.0.1:99999",
            "neo4j://127.0.0.1:port", "neo4j://127.0.0.1:7687?a=b"]
)  # fmt: skip
def test_what_is_no_address_is_told(uri: str) -> None:
    assert "is not the address of a Neo4j server" in why(uri)


def test_a_review_does_not_travel_in_the_clear() -> None:
    said = why("neo4j://graph.example.org")
    assert "in the clear" in said
    assert "neo4j+s://" in said


@pytest.mark.parametrize("uri", ["neo4j://ann:word@127.0.0.1:7687", "bolt+s://ann:word@graph.example.org"])
def test_a_password_has_no_place_in_an_address(uri: str) -> None:
    said = why(uri)
    assert "without user and password" in said
    assert "word@" not in said


def test_a_server_here_leads_to_no_other() -> None:
    """A server names others to whoever asks it by neo4j://, and those may be anywhere."""
    told = Server("neo4j://127.0.0.1:7687", "x")
    assert where_to(told, "") == "bolt://127.0.0.1:7687"
    assert where_to(Server("neo4j+s://graph.example.org", "x"), "") == "neo4j+s://graph.example.org"


NONE_OF_OURS = b"\0\0\0\0"


@pytest.mark.parametrize(
    "answer", [NONE_OF_OURS, b"HTTP", b""], ids=["none of our versions", "another service", "silence"]
)
def test_an_old_server_or_another_service_is_told(answer: bytes) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve() -> None:
            for _ in range(4):
                try:
                    with listening.accept()[0] as caller:
                        caller.recv(20)
                        caller.sendall(answer)
                except OSError:
                    return

        threading.Thread(target=serve, daemon=True).start()
        said = why(f"bolt://127.0.0.1:{listening.getsockname()[1]}")
        assert "or later is needed" in said or (answer != NONE_OF_OURS and "No Neo4j answers" in said)


@pytest.mark.parametrize(
    ("code", "message", "said"),
    [
        ("Neo.ClientError.Security.Forbidden", "Create node not allowed for user", "this user may not do that"),
        ("Neo.ClientError.Security.Unauthorized", "no", "the password is wrong"),
        ("Neo.ClientError.Security.CredentialsExpired", "no", "must be changed first"),
        ("Neo.ClientError.General.WriteOnReadOnlyAccessDatabase", "no", "open for reading alone"),
        ("Neo.TransientError.General.MemoryPoolOutOfMemoryError", "no", "not enough memory"),
        ("Neo.DatabaseError.Transaction.TransactionCommitFailed", "No space left on device", "may be full"),
        ("Neo.DatabaseError.General.UnknownError", "java.io.IOException: No space left on device", "may be full"),
        ("Neo.DatabaseError.General.UnknownError", "something else", "something else"),
    ],
)
def test_what_a_server_says_is_told_with_a_remedy(code: str, message: str, said: str) -> None:
    with pytest.raises(NotServed) as told, told_plainly("neo4j://x", "Nothing was changed."):
        raise Neo4jError._hydrate_neo4j(code=code, message=message)
    assert said in str(told.value)
    assert "Nothing was changed." in str(told.value)
