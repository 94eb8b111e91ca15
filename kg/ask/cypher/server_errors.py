"""What a Neo4j server's complaints mean to the person who asked or pushed, and what to do about each."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from kg.ask.cypher.text import in_words
from kg.ask.refusal import NotAsked, TookTooLong
from kg.graph.property_graph import Schema

OLDEST = 5
"""The oldest generation of Neo4j that is spoken to."""


class NotServed(Exception):
    """A server that cannot be reached, or will not or cannot take or answer: why, what was done, how to mend it."""


WAYS = (
    (("Security.Unauthorized",), "the user name or the password is wrong",
     "Check both: --user NAME, and the password when asked, or NEO4J_USERNAME and NEO4J_PASSWORD."),
    (("Security.AuthenticationRateLimit",), "a wrong password was given too often, and the server waits",
     "Wait a few seconds, and check the password."),
    (("Security.CredentialsExpired",), "the password is the one it was installed with, and must be changed first",
     "Set one: cypher-shell, or Neo4j Browser, asks for it at the first visit."),
    (("ReadOnlyAccessDatabase", "General.ReadOnly", "Statement.AccessMode", "DatabaseReadOnly"),
     "the database is open for reading alone",
     "Ask whoever runs the server to open it for writing, or name another: --database."),
    (("Security.Forbidden", "Security.AuthorizationViolation"), "this user may not do that",
     "Ask whoever runs the server for a user who may write: the role publisher, and architect for the first push."),
    (("Database.DatabaseNotFound",), "it has no database of that name", "Name one that it has: --database neo4j."),
    (("Database.DatabaseUnavailable",), "the database is stopped or starting", "Try again in a moment."),
    (("MemoryPoolOutOfMemory", "OutOfMemoryError"), "the server has not enough memory for this in one piece",
     "Raise server.memory.heap.max_size and dbms.memory.transaction.total.max in neo4j.conf, and push again."),
    (("No space left", "TransactionLogError", "StorageExhausted", "TransactionCommitFailed", "TransactionStartFailed"),
     "the server could not write it down: its disk or its database may be full", "Make room there, and push again."),
)  # fmt: skip
"""Parts of a server's codes and words, what they mean, and the remedy."""


@contextmanager
def told_plainly(address: str, done: str, *, text: str = "", schema: Schema | None = None) -> Iterator[None]:
    """Turn whatever the driver raises into words. ``done`` says what became of the work ("Nothing was changed.").

    Raises NotServed for what the server cannot do, and NotAsked where the question itself, ``text``, is at fault.
    """
    from neo4j.exceptions import DriverError, Neo4jError

    try:
        yield
    except (NotAsked, NotServed):
        raise
    except Neo4jError as wrong:
        raise _of_server(wrong.code or "", wrong.message or "", address, done, text, schema) from None
    except (DriverError, OSError) as wrong:
        raise _of_driver(wrong, address, done) from None
    except (ValueError, TypeError, OverflowError) as wrong:
        if not text:
            raise _of_driver(wrong, address, done) from None
        raise NotAsked(
            f"A value that was given cannot be sent to a server. {done}\n"
            "  Give text, yes or no, a day, a whole number of at most 18 digits, or a list of them."
        ) from None


def _of_server(code: str, said: str, address: str, done: str, text: str, schema: Schema | None) -> Exception:
    if "TransactionTimedOut" in code or "TransactionTerminated" in code or "Terminated" in code:
        return TookTooLong(
            "The question was ended: its time was up. Nothing is lost.\n"
            "  Narrow it, join along relations, or give it longer: --timeout SECONDS."
        )
    for marks, why, remedy in WAYS:
        if any(mark in code or mark in said for mark in marks):
            return NotServed(f"{address}: {why}.\n  {done}\n  {remedy}")
    if code.startswith("Neo.ClientError.Statement") and schema is not None:
        return NotAsked(in_words(said, text, schema))
    return NotServed(f"{address} says: {said.strip().splitlines()[0] if said.strip() else code}\n  {done}\n  ({code})")


def _of_driver(wrong: Exception, address: str, done: str) -> Exception:
    from neo4j.exceptions import (
        ConfigurationError,
        IncompleteCommit,
        ServiceUnavailable,
        SessionExpired,
        UnsupportedServerProduct,
    )

    words = " ".join(str(each) for each in _causes(wrong))
    if isinstance(wrong, IncompleteCommit):
        return NotServed(
            f"{address} stopped answering at the very end.\n"
            "  The last version stands, or the new one, each whole: which of them is not known.\n  Do it again."
        )
    if isinstance(wrong, UnsupportedServerProduct) or "andshake" in words:
        return too_old(address, "an older one, or something else", done)
    if isinstance(wrong, ConfigurationError | ValueError | TypeError | OverflowError):
        return not_an_address(address, done)
    if "certificate" in words.casefold() or "ssl" in words.casefold():
        return NotServed(
            f"{address}: no trusted encryption could be agreed: {wrong}\n  {done}\n"
            "  Use neo4j+s:// where the server has a certificate of a public authority, neo4j+ssc:// for its own."
        )
    if isinstance(wrong, SessionExpired) or "defunct" in words or "closed" in words or "reset" in words:
        return NotServed(
            f"{address} stopped answering in the middle.\n  {done}\n  See whether the server runs, and try again."
        )
    if isinstance(wrong, ServiceUnavailable | OSError):
        encrypted = " and whether it offers encryption" if "+s" in address.partition("://")[0] else ""
        return NotServed(
            f"No Neo4j answers at {address}.\n  {done}\n"
            f"  See whether it runs there, the address is right{encrypted}; docs/neo4j.md says how to start one."
        )
    return NotServed(f"{address}: {wrong}\n  {done}\n  See whether the server runs, and try again.")


def _causes(wrong: BaseException | None) -> Iterator[BaseException]:
    while wrong is not None:
        yield wrong
        wrong = wrong.__cause__ or wrong.__context__


def not_an_address(address: str, done: str) -> NotServed:
    """Words that are not where a server could be."""
    return NotServed(
        f'"{address}" is not the address of a Neo4j server.\n  {done}\n'
        "  Write it as neo4j://127.0.0.1:7687, or neo4j+s://HOST for one elsewhere."
    )


def too_old(address: str, found: str, done: str) -> NotServed:
    """A server of a generation that is not spoken to."""
    return NotServed(
        f"{address} is {found}: Neo4j {OLDEST} or later is needed.\n  {done}\n  Ask whoever runs it for a newer one."
    )
