"""Reviews on a Neo4j server, where several people ask at once: pushed whole or not at all, asked, dropped.

Each review stands apart under its title, in one database or many. A push is one transaction: until it is complete the
last version stands, for everyone who asks meanwhile and whatever is cut off in the middle. The server holds a copy; the
truth remains the review's folder.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from kg.ask.cypher.engine import Answer, Parameters, bound
from kg.ask.cypher.server_errors import OLDEST, NotServed, not_an_address, told_plainly, too_old
from kg.ask.cypher.text import only_reading, unknown_name, unknown_property
from kg.ask.limits import ROWS, TIMEOUT, too_many
from kg.ask.refusal import NotAsked
from kg.base.pinned import INSTALL
from kg.base.signs import sound
from kg.graph.property_graph import CARRIED, PropertyGraph, Schema, uid

if TYPE_CHECKING:
    from neo4j import Driver, Transaction

SCHEMES = ("neo4j", "neo4j+s", "neo4j+ssc", "bolt", "bolt+s", "bolt+ssc")
BATCH = 1000
"""Nodes or relations sent at once."""
PATIENCE = 10.0
"""Seconds to wait for a connection."""
MARK = "PushedReview"
"""The label of the one node a review that says which version of it stands."""
NOTHING = "Nothing was changed."


@dataclass(frozen=True, slots=True)
class Server:
    """Where a Neo4j is and who asks. ``uri`` as neo4j://127.0.0.1:7687; ``database`` by its name there.

    What a review holds does not travel in the clear: a server on another computer is spoken to only under encryption
    (neo4j+s://), unless ``in_the_clear``.
    """

    uri: str
    password: str = field(repr=False)
    user: str = "neo4j"
    database: str = "neo4j"
    in_the_clear: bool = False


@dataclass(frozen=True, slots=True)
class Pushed:
    """What stands on the server after a push. ``before``: "new", "replaced", or "the same" if nothing had to be done."""

    review: str
    nodes: int
    relations: int
    before: str


def push(server: Server, graph: PropertyGraph) -> Pushed:
    """Put a review on the server in place of what it has of it, and count it there.

    Raises NotServed, with what was there as it was, where the server cannot be reached, refuses the user, is too old, or
    cannot hold it.
    """
    with _open(server, NOTHING) as driver, told_plainly(server.uri, NOTHING):
        _prepare(driver, server, graph)
        with driver.session(database=server.database) as session, session.begin_transaction() as transaction:
            before = _put(transaction, graph, server)
            transaction.commit()
    return Pushed(graph.review, graph.node_count, graph.edge_count, before)


def drop(server: Server, review: str) -> int:
    """Take a review off the server, and say how many nodes it had. Raises NotServed, also where it has no such review."""
    review = sound(review)
    with _open(server, NOTHING) as driver, told_plainly(server.uri, NOTHING):
        with driver.session(database=server.database) as session:
            standing = [
                row["review"] for row in session.run(f"MATCH (m:{MARK}) RETURN m.review AS review ORDER BY review")
            ]
        if review not in standing:
            there = "; ".join(standing) or "none"
            raise NotServed(f'{server.uri} has no review "{review}".\n  {NOTHING}\n  It has: {there}.')
        with driver.session(database=server.database) as session, session.begin_transaction() as transaction:
            _hold(transaction, review)
            gone = _clear(transaction, review)
            transaction.run(f"MATCH (m:{MARK} {{review: $review}}) DELETE m", review=review).consume()
            transaction.commit()
    return gone


def ask(
    server: Server,
    text: str,
    parameters: Parameters | None = None,
    *,
    review: str,
    schema: Schema,
    others: Sequence[str] = (),
    timeout: float = TIMEOUT,
) -> Answer:
    """The rows that a Cypher query returns from the server; it may only read.

    A database may hold several reviews: a question keeps to one by ``{review: $review}``, which is the name given as
    ``review``, unless ``parameters`` name another; ``$reviews`` are that one and the ``others``. Values for ``$names``
    are bound, never pasted. Raises NotAsked and TookTooLong as the embedded engine does, and NotServed where the server
    cannot answer, or lacks a review that the question is about: no row of it would be read as no record.
    """
    from neo4j import READ_ACCESS

    only_reading(text)
    given = bound(text, parameters, (review, *others))
    unharmed = "Nothing was answered."
    with _open(server, unharmed) as driver, told_plainly(server.uri, unharmed, text=text, schema=schema):
        with (
            driver.session(database=server.database, default_access_mode=READ_ACCESS) as session,
            session.begin_transaction(timeout=timeout) as transaction,
        ):
            _check_there(transaction, given, server, unharmed)
            result = transaction.run(sound(text), given)
            columns = tuple(result.keys())
            rows = []
            for record in result:
                rows.append(tuple(_native(value) for value in record.values()))
                if len(rows) > ROWS:
                    raise too_many(ROWS)
            remarks = [status.status_description for status in result.consume().gql_status_objects]
        _check_names(text, schema, remarks)
    return Answer(columns, tuple(rows))


def _check_there(transaction: Transaction, given: Mapping[str, Any], server: Server, done: str) -> None:
    wanted = {*given.get("reviews", ()), *([given["review"]] if "review" in given else ())}
    if not wanted:
        return
    found = transaction.run(
        f"OPTIONAL MATCH (m:{MARK}) WHERE m.review IN $wanted RETURN collect(m.review) AS there", wanted=sorted(wanted)
    ).single()
    lacking = sorted(wanted - {*(found["there"] if found else ())})
    if lacking:
        raise NotServed(
            f'{server.uri} has no review "{lacking[0]}".\n  {done}\n'
            "  Put it there first: kg push REVIEW --server URI, under its own title."
        )


# --- connecting -----------------------------------------------------------------------------------------------------


@contextmanager
def _open(server: Server, done: str) -> Iterator[Driver]:
    """A connection that has been tried, to a server of a generation that is spoken to."""
    try:
        import neo4j
    except ImportError:
        raise NotServed(f"The driver for Neo4j is not installed.\n  {done}\n  {INSTALL}") from None
    address = where_to(server, done)
    # What the server remarks on a query is read from the answer; a reader's screen is not the place for it.
    logging.getLogger("neo4j").setLevel(logging.CRITICAL)
    with told_plainly(server.uri, done):
        driver = neo4j.GraphDatabase.driver(
            address,
            auth=(server.user, server.password),
            connection_timeout=PATIENCE,
            connection_acquisition_timeout=PATIENCE * 2,
            max_transaction_retry_time=0,
            warn_notification_severity="OFF",
            telemetry_disabled=True,
            user_agent="kg-review",
        )
    with driver:
        with told_plainly(server.uri, done):
            agent = driver.get_server_info().agent
        version = agent.partition("/")[2]
        if version[:1].isdigit() and int(version.split(".")[0]) < OLDEST:
            raise too_old(server.uri, f"Neo4j {version}", done)
        yield driver


def where_to(server: Server, done: str) -> str:
    """Where to connect to, once it is seen to be an address to which a review may go."""
    try:
        address = urlsplit(server.uri)
        _ = address.port
    except ValueError:
        raise not_an_address(server.uri, done) from None
    if "@" in server.uri:
        raise NotServed(
            "An address is written without user and password: others on this computer can see what a command is given.\n"
            f"  {done}\n  Say --user NAME, and give the password when asked, or in NEO4J_PASSWORD."
        )
    here = address.hostname in ("localhost", "127.0.0.1", "::1")
    if address.scheme not in SCHEMES or not address.hostname:
        raise not_an_address(server.uri, done)
    if not here and "+" not in address.scheme and not server.in_the_clear:
        raise NotServed(
            f"{server.uri} is on another computer, and would be sent the review in the clear.\n  {done}\n"
            f"  Use {address.scheme}+s://, or say --in-the-clear where the network between is trusted."
        )
    # To one server, not to whichever others it would name: those may be on other computers.
    return server.uri.replace("neo4j://", "bolt://", 1) if here else server.uri


def _prepare(driver: Driver, server: Server, graph: PropertyGraph) -> None:
    """Constraints and indexes, if they are not there yet: every node found by its own name, and by its review."""
    labels = sorted({kinds[0] for kinds in graph.nodes})
    with driver.session(database=server.database) as session:
        there = {record["name"] for record in session.run("SHOW INDEXES YIELD name")}
        wanted = {
            f"kg_{MARK.lower()}": f"CREATE CONSTRAINT $name IF NOT EXISTS FOR (n:{MARK}) REQUIRE n.review IS UNIQUE"
        }
        for label in labels:
            wanted[f"kg_{label.lower()}_uid"] = (
                f"CREATE CONSTRAINT $name IF NOT EXISTS FOR (n:`{label}`) REQUIRE n.uid IS UNIQUE"
            )
            wanted[f"kg_{label.lower()}_review"] = f"CREATE INDEX $name IF NOT EXISTS FOR (n:`{label}`) ON (n.review)"
        with session.begin_transaction() as transaction:
            for name, statement in wanted.items():
                if name not in there:
                    transaction.run(statement, name=name).consume()
            transaction.commit()
        session.run("CALL db.awaitIndexes(120)").consume()


# --- one transaction ------------------------------------------------------------------------------------------------


def _put(transaction: Transaction, graph: PropertyGraph, server: Server) -> str:
    """The whole review in one transaction; what it was before."""
    review, mark = graph.review, digest(graph)
    last = _hold(transaction, review)
    if last == mark and _counted(transaction, graph) == (graph.node_count, graph.edge_count):
        return "the same"
    _clear(transaction, review)
    for kinds, rows in graph.nodes.items():
        labels = "".join(f":`{kind}`" for kind in kinds)
        create = f"UNWIND $rows AS row CREATE (n{labels}) SET n = row"
        for start in range(0, len(rows), BATCH):
            transaction.run(create, rows=rows[start : start + BATCH]).consume()
    for (kind, first, second), pairs in graph.edges.items():
        create = (
            f"UNWIND $rows AS row MATCH (a:`{first}` {{uid: row[0]}}) MATCH (b:`{second}` {{uid: row[1]}}) "
            f"CREATE (a)-[:`{kind}`]->(b)"
        )
        for start in range(0, len(pairs), BATCH):
            transaction.run(create, rows=[list(pair) for pair in pairs[start : start + BATCH]]).consume()
    counted = _counted(transaction, graph)
    if counted != (graph.node_count, graph.edge_count):
        raise NotServed(
            f"{server.uri} counts {counted[0]} nodes and {counted[1]} relations, where {graph.node_count} and "
            f"{graph.edge_count} were sent.\n  {NOTHING}\n  Push again; if it happens again, another program is writing there."
        )
    transaction.run(
        f"MATCH (m:{MARK} {{review: $review}}) "
        "SET m.digest = $digest, m.nodes = $nodes, m.relations = $relations, m.pushed = datetime()",
        review=review, digest=mark, nodes=graph.node_count, relations=graph.edge_count,
    ).consume()  # fmt: skip
    return "new" if last is None else "replaced"


def _hold(transaction: Transaction, review: str) -> str | None:
    """Have this review alone until the transaction ends; the mark of the version that stands, if one does."""
    found = transaction.run(
        f"MERGE (m:{MARK} {{review: $review}}) SET m.held = true REMOVE m.held RETURN m.digest AS digest", review=review
    ).single()
    return found["digest"] if found else None


def _clear(transaction: Transaction, review: str) -> int:
    gone = 0
    # By label, since only labels have indexes; those that another program gave are left alone.
    for label in _labels(transaction):
        counted = transaction.run(
            f"MATCH (n:`{label}` {{review: $review}}) WHERE n.uid STARTS WITH $own DETACH DELETE n RETURN count(*) AS n",
            review=review,
            own=uid(review, ""),
        ).single()
        gone += counted["n"] if counted else 0
    return gone


def _labels(transaction: Transaction) -> list[str]:
    """The labels that pushes have made an index for."""
    found = transaction.run(
        "SHOW INDEXES YIELD name, labelsOrTypes WHERE name STARTS WITH 'kg_' AND name ENDS WITH '_uid' "
        "RETURN labelsOrTypes[0] AS label ORDER BY label"
    )
    return [record["label"] for record in found]


def _counted(transaction: Transaction, graph: PropertyGraph) -> tuple[int, int]:
    """How many nodes and relations of the review the server has."""
    nodes = relations = 0
    for label in _labels(transaction):
        found = transaction.run(
            f"MATCH (n:`{label}` {{review: $review}}) WHERE n.uid STARTS WITH $own "
            "RETURN count(n) AS nodes, coalesce(sum(COUNT { (n)-->() }), 0) AS relations",
            review=graph.review,
            own=uid(graph.review, ""),
        ).single()
        if found:
            nodes, relations = nodes + found["nodes"], relations + found["relations"]
    return nodes, relations


def digest(graph: PropertyGraph) -> str:
    """A mark that changes with anything in the graph, and with nothing else."""
    found = sha256()
    for kinds, rows in sorted(graph.nodes.items()):
        for row in sorted(rows, key=lambda row: str(row["uid"])):
            found.update(repr((kinds, sorted(row.items()))).encode("utf-8", "surrogatepass"))
    for kind, pairs in sorted(graph.edges.items()):
        found.update(repr((kind, sorted(pairs))).encode("utf-8", "surrogatepass"))
    return found.hexdigest()


# --- answers --------------------------------------------------------------------------------------------------------


def _native(value: Any) -> object:
    """A value as the embedded engine gives it too."""
    from neo4j.graph import Node, Path, Relationship
    from neo4j.time import Date, DateTime, Duration, Time

    if isinstance(value, Node | Relationship):
        return {key: _native(value[key]) for key in sorted(value) if key != "uid"}
    if isinstance(value, Path):
        return [_native(each) for each in value.nodes]
    if isinstance(value, Date | DateTime | Time):
        return value.to_native()
    if isinstance(value, Duration):
        return str(value)
    if isinstance(value, Mapping):
        return {key: _native(value[key]) for key in sorted(value) if value[key] is not None}
    if isinstance(value, list | tuple) and not isinstance(value, str):
        return [_native(each) for each in value]
    return value


_MISSING = re.compile(
    r"(label|relationship type|property)[^`(]*(?:`([^`]+)`|.*the missing [\w ]+ is: ([^)]+)\))", re.DOTALL
)


def _check_names(text: str, schema: Schema, remarks: Iterable[str]) -> None:
    """A server answers a misspelt name with no rows, and a remark. Raises NotAsked for a name that no review has."""
    names = {*schema.labels, *schema.relations.values(), MARK}
    for remark in remarks:
        found = _MISSING.search(remark) if "does not exist" in remark or "the missing" in remark else None
        if found is None:
            continue
        name = found[2] or found[3]
        if found[1] == "property":
            if name not in {*schema.values, *CARRIED, "uid", "pushed", "digest", "nodes", "relations"}:
                raise NotAsked(unknown_property(text, name, schema))
        elif name not in names:
            raise NotAsked(unknown_name(text, name, names))
