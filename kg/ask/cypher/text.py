"""Cypher as text: what only reads, what would do more, and what an engine's complaint means to the person who asked.

Both engines are opened so that they cannot write. Yet a question can reach files and the network without writing
(``LOAD``, ``COPY``, ``ATTACH``, procedures), so whatever is not reading is refused before any engine sees it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from kg.ask.refusal import NotAsked, at, near
from kg.graph.property_graph import CARRIED, Schema

REFUSED = {
    **dict.fromkeys(("create", "merge", "set", "delete", "detach", "remove", "foreach", "insert"), "writes"),
    **dict.fromkeys(("drop", "alter", "rename", "grant", "deny", "revoke"), "changes what the graph is made of"),
    **dict.fromkeys(("load", "copy", "export", "import", "attach"), "reaches files or the network"),
    **dict.fromkeys(("install", "uninstall", "update"), "changes what the engine can do"),
    **dict.fromkeys(("use", "begin", "commit", "rollback", "checkpoint", "terminate"), "steers the engine"),
    "call": "runs a procedure",
}  # fmt: skip
"""Clauses that do more than read, and what they do."""

AFTER_A_NAME = frozenset(
    {"", ";", "}", "order", "skip", "limit", "union", "where", "match", "optional", "unwind", "with", "return"}
)
"""What may follow a name that something is given with AS."""

BEGINNINGS = ("MATCH", "OPTIONAL", "UNWIND", "WITH", "RETURN", "CALL", "EXPLAIN", "PROFILE", "CYPHER", "(", "{")
"""How a query that reads a review begins; statements about engine or server begin in other ways."""

_LETTER = re.compile(r"\\[uU]")

_TOKEN = re.compile(
    r"""(?P<gap>\s+|//[^\r\n]*|/\*.*?(?:\*/|\Z))|(?P<text>'(?:\\.|[^'\\])*(?:'|\Z)|"(?:\\.|[^"\\])*(?:"|\Z))"""
    r"""|(?P<quoted>`(?:``|[^`])*(?:`|\Z))|(?P<name>\$?\w+)|(?P<mark>.)""",
    re.DOTALL,
)


def tokens(text: str) -> Iterator[tuple[str, str, int]]:
    """The marks and names of a query with their offsets, without spaces and comments."""
    for found in _TOKEN.finditer(text):
        kind = found.lastgroup or "mark"
        if kind != "gap":
            yield kind, found[0], found.start()


def parameters_of(text: str) -> frozenset[str]:
    """The names of the parameters that a query mentions: "review" for ``$review``."""
    return frozenset(word[1:] for kind, word, _ in tokens(text) if kind == "name" and word.startswith("$"))


def only_reading(text: str) -> None:
    """Raises NotAsked, with line and column, for a query that does anything but read, or that is two queries."""
    # A server reads these before it sees where texts and comments end: by its number, a quotation mark closes a text.
    if found := _LETTER.search(text):
        raise NotAsked(
            f"{at(text, found.start())}: a letter is written by its number.\n"
            "  What stands there would not be seen before it is asked. Nothing was done.\n"
            "  Write the letter itself, or bind it: --param NAME=..."
        )
    seen = list(tokens(text))
    if not seen:
        raise NotAsked(
            "The question is blank: there is nothing to ask. Nothing was done.\n  Write a query: MATCH ... RETURN ..."
        )
    for number, (kind, word, offset) in enumerate(seen):
        before = seen[number - 1][1] if number else ""
        after = seen[number + 1][1] if number + 1 < len(seen) else ""
        if word == ";" and kind == "mark" and after:
            raise NotAsked(
                f"{at(text, offset)}: a second query begins after the semicolon.\n"
                "  One question is asked at a time. Nothing was done.\n  Ask them one after the other."
            )
        what = REFUSED.get(word.casefold()) if kind == "name" else None
        # As a property, a label, a type, a key of a map or a function's argument the word is only a name; so it is after
        # AS, if nothing follows that it could govern (AS may itself be somebody's name for something).
        if what is None or before in (".", ":", "|", "&", "!") or after in (":", ".", ",", ")", "=", "]"):
            continue
        if before.casefold() == "as" and after.casefold() in AFTER_A_NAME:
            continue
        if word.casefold() == "call" and after in ("{", "("):
            continue
        raise NotAsked(
            f"{at(text, offset)}: {word.upper()} {what}.\n"
            "  Questions only read: a review is what its files say. Nothing was done.\n"
            "  Ask with MATCH, WHERE, WITH, UNWIND and RETURN."
        )
    _, first, offset = seen[0]
    if first.upper() not in BEGINNINGS:
        raise NotAsked(
            f"{at(text, offset)}: no question begins with {first}.{near(first, BEGINNINGS)} Nothing was done.\n"
            "  Ask with MATCH, WHERE, WITH, UNWIND and RETURN."
        )


def only_first_labels(text: str, schema: Schema) -> None:
    """Raises NotAsked for a label that no node has as its first, where the engine holds the first alone.

    Otherwise its answer would be silence, which is no answer.
    """
    seen = list(tokens(text))
    for number in range(2, len(seen)):
        kind, word, offset = seen[number]
        name = word.strip("`")
        key_of_a_map = seen[number - 2][0] == "name" and seen[number - 3][1] in ("{", ",")
        if kind in ("name", "quoted") and name in schema.further and seen[number - 1][1] in (":", "|", "&"):
            if key_of_a_map:
                continue
            raise NotAsked(
                f"{at(text, offset)}: without a server a thing has one label, and {name} is a second one.\n"
                f"  Nothing would be found, though there may be some. Nothing was answered.\n"
                f"  Ask for {schema.further[name]}."
            )


_NO_TABLE = re.compile(r"Table (\S+) does not exist")
_NO_PROPERTY = re.compile(r"Cannot find property (\S+) for (\S+?)\.?(?:\s|$)")
_NO_VARIABLE = re.compile(r"Variable `?([^\s`]+)`? (?:is not in scope|not defined)")
_NO_PARAMETER = re.compile(r"[Pp]arameter (\S+) not found|Expected parameter\(s\): (.+)")
_LINE = re.compile(r"\(line: (\d+), offset: (\d+)\)|\(line (\d+), column (\d+) \(offset: \d+\)\)")
_MEMORY = re.compile(r"buffer|memory|no more frame", re.IGNORECASE)


def in_words(said: str, text: str, schema: Schema) -> str:
    """What an engine says of a query, as a sentence with its place, its meaning and its remedy."""
    names = {*schema.labels, *schema.relations.values()}
    if found := _NO_TABLE.search(said):
        return unknown_name(text, found[1], names, schema.elsewhere)
    if found := _NO_PROPERTY.search(said):
        return unknown_property(text, found[1], schema)
    if found := _NO_VARIABLE.search(said):
        return (
            f"{where(text, found[1])}: {found[1]} stands for nothing here. Nothing was answered.\n"
            f"  Give it a meaning first, as in MATCH ({found[1]}:Entry), and carry it through each WITH."
        )
    if found := _NO_PARAMETER.search(said):
        return unknown_parameter((found[1] or found[2]).strip("$ "))
    if _MEMORY.search(said):
        return (
            "The question needs more memory than it is given: it joins too much at once. It was ended; nothing is lost.\n"
            "  Join along relations, or narrow each MATCH, before you combine them."
        )
    first = re.sub(r"^(?:\w+ )?[Ee]xception: ", "", said.strip().splitlines()[0] if said.strip() else "no reason given")
    place = ""
    if found := _LINE.search(said):
        # The embedded engine counts columns from 0, the server from 1.
        place = (
            f"line {found[1]}, column {int(found[2]) + 1}: " if found[1] else f"line {found[3]}, column {found[4]}: "
        )
        first = first.replace(found[0], "").strip()
    return f"{place}the question cannot be read: {first}\n  Nothing was answered. docs/neo4j.md shows questions to begin from."


def unknown_name(text: str, name: str, names: Iterable[str], elsewhere: frozenset[str] = frozenset()) -> str:
    """A label or relation that no review has."""
    if name in elsewhere or name.casefold() in {word.casefold() for word in elsewhere}:
        return (
            f"{where(text, name)}: {name} speaks of the ontology's own files, and stands in no graph. Nothing was answered.\n"
            f"  kg ontology {name} says what it means."
        )
    kind = "relation" if name.isupper() else "label"
    return (
        f"{where(text, name)}: no {kind} is called {name}.{near(name, names)} Nothing was answered.\n"
        "  docs/neo4j.md lists labels and relations. Labels are written as Entry, relations as SHARED_WITH."
    )


def unknown_property(text: str, name: str, schema: Schema) -> str:
    """A property that no node has."""
    if name in schema.elsewhere:
        return unknown_name(text, name, (), schema.elsewhere)
    return (
        f"{where(text, name)}: nothing has a property {name}.{near(name, [*schema.values, *CARRIED])} "
        "Nothing was answered.\n  docs/neo4j.md lists what each kind of node has."
    )


def unknown_parameter(name: str) -> str:
    """A parameter that was given no value."""
    return f"${name} has no value. Nothing was answered.\n  Give it one: --param {name}=..."


def where(text: str, name: str) -> str:
    """Where a name first stands in a query."""
    for kind, word, offset in tokens(text):
        if kind in ("name", "quoted") and word.strip("`") == name:
            return at(text, offset)
    return "In the question"
