"""SPARQL as text: what only reads what is there, what would do more, and which names mean anything here.

A query is looked at word by word before any engine sees it, so that nothing it says can write, reach the network, or
bring in data from elsewhere; and so that a slip in the name of a property is told as such, and not as no rows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from kg.ask.refusal import NotAsked, at, near
from kg.graph.addresses import Words
from kg.graph.rdf.trig import PREFIXES
from kg.terms.namespace import NAMESPACE
from kg.terms.reader import load
from kg.terms.tables import Terms

ASKED = NAMESPACE + "asked/"
"""The parameters of a question stand in the graph, as ``kg:asked asked:day ?day``: bound, never pasted."""

SUPPLIED: Mapping[str, str] = {**PREFIXES, "asked": ASKED, "owl": "http://www.w3.org/2002/07/owl#"}
"""Prefixes that every query may use without declaring them."""

REFUSED = {
    "service": ("asks another computer", "Nothing of a review leaves this one"),
    "from": ("names data from elsewhere", "A query is asked of the review and of nothing else"),
    **dict.fromkeys(
        ("insert", "delete", "load", "clear", "drop", "create", "add", "move", "copy"),
        ("writes", "Queries only read: a review is what its files say"),
    ),
}
"""Words that do more than read what is there: what they do, and why not."""

_TOKEN = re.compile(
    r"""(?P<gap>\s+|\#[^\r\n]*)
      |(?P<iri><[^<>"{}|^`\x00-\x20]*>)
      |(?P<text>\"{3}(?:\"{0,2}(?:[^"\\]|\\.))*(?:\"{3}|\Z)|'{3}(?:'{0,2}(?:[^'\\]|\\.))*(?:'{3}|\Z)
          |"(?:\\.|[^"\\\n])*(?:"|$)|'(?:\\.|[^'\\\n])*(?:'|$))
      |(?P<variable>[?$]\w+)
      |(?P<blank>_:[\w.-]+)
      |(?P<name>(?:[^\W\d_](?:[\w.-]*[\w-])?)?:(?:(?:[\w:%-]|\\[-_~.!$&'()*+,;=/?\#@%])(?:[\w:%.-]|\\[-_~.!$&'()*+,;=/?\#@%])*)?)
      |(?P<tag>@[A-Za-z-]+)
      |(?P<word>[^\W\d]\w*)
      |(?P<number>\d+)
      |(?P<mark>.)""",
    re.DOTALL | re.MULTILINE | re.VERBOSE,
)
_PLACE = re.compile(r"error at (\d+):(\d+)")
_ESCAPE = re.compile(r"\\[uU]")


@dataclass(frozen=True, slots=True)
class Token:
    """One word or mark of a query: what it is, what is written, and where it begins."""

    kind: str
    text: str
    offset: int


def tokens(text: str) -> Iterator[Token]:
    """The words and marks of a query, without spaces and comments."""
    for found in _TOKEN.finditer(text):
        kind = found.lastgroup or "mark"
        if kind != "gap":
            yield Token(kind, found[0], found.start())


def check(text: str, terms: Terms | None = None) -> None:
    """Raises NotAsked for a query that does more than read, or names what nothing is called, before anything is asked.

    ``terms`` is the ontology (by default the program's own).
    """
    only_reading(text)
    Vocabulary(terms or load()).check(text)


def only_reading(text: str) -> None:
    """Raises NotAsked, with line and column, for a query that does more than read what is there."""
    seen = list(tokens(text))
    if not seen:
        raise NotAsked(
            "The query is blank: there is nothing to ask. Nothing was done.\n  Write one: SELECT ... WHERE { ... }"
        )
    for each in seen:
        if each.kind == "mark" and each.text == "\\":
            raise NotAsked(
                f"{at(text, each.offset)}: a backslash stands outside any text.\n"
                "  What is written in another way than its letters is not read. Nothing was done.\n"
                "  Write the letter itself."
            )
        what = REFUSED.get(each.text.casefold()) if each.kind == "word" else None
        if what is not None:
            raise NotAsked(
                f"{at(text, each.offset)}: {each.text.upper()} {what[0]}.\n"
                f"  {what[1]}. Nothing was done.\n  Ask with SELECT, ASK, CONSTRUCT or DESCRIBE."
            )


def is_ordered(text: str) -> bool:
    """Whether a query says in which order its rows are wanted."""
    words = [each.text.casefold() for each in tokens(text) if each.kind == "word"]
    return ("order", "by") in pairwise(words)


def named(text: str) -> frozenset[str]:
    """The IRI of every name in a query that keeps to the supplied prefixes."""
    found = set()
    for each in tokens(text):
        if each.kind == "name":
            prefix, _, local = each.text.partition(":")
            found.add(SUPPLIED[prefix] + local.replace("\\", ""))
        elif each.kind == "iri":
            found.add(each.text[1:-1])
    return frozenset(found)


class Vocabulary:
    """The names under which things can be asked for: properties and classes, and the words of each vocabulary."""

    def __init__(self, terms: Terms) -> None:
        self.known = {word.iri for word in terms.words} | set(Words(terms).keys())
        self._elsewhere = {word.iri for word in terms.words if not word.in_graph}
        self.known |= {NAMESPACE + "asked", NAMESPACE.rstrip("/"), NAMESPACE}
        for scheme in terms.schemes.values():
            self.known.add(NAMESPACE + "scheme/" + scheme.notation)
            self.known |= {concept.iri for concept in scheme.concepts}
        self.known |= {f"{NAMESPACE}duty/{duty.id}" for duty in terms.duties}
        self._kinds = tuple(NAMESPACE + kind for kind in ("data/", "asked/", "vocabulary", "shape/", "process/"))
        self._schemes = {f"{NAMESPACE}{scheme}/" for scheme in (*terms.schemes, "duty", "scheme")}

    def check(self, text: str) -> None:
        """Raises NotAsked, with line, column and the name perhaps meant, where a query names what nothing is called."""
        prefixes = dict(SUPPLIED)
        seen = list(tokens(text))
        for number, each in enumerate(seen):
            declares = number and seen[number - 1].text.casefold() == "prefix"
            if declares and number + 1 < len(seen) and seen[number + 1].kind == "iri":
                prefixes[each.text.rstrip(":")] = seen[number + 1].text[1:-1]
                continue
            if each.kind == "name":
                prefix, _, local = each.text.partition(":")
                if prefix not in prefixes:
                    raise NotAsked(
                        f"{at(text, each.offset)}: the prefix {prefix or 'that is blank'} is not known."
                        f"{near(prefix, prefixes)} Nothing was asked.\n"
                        f"  Without declaring them you can use: {', '.join(sorted(SUPPLIED))}."
                    )
                self._is_known(text, each, prefixes[prefix] + local.replace("\\", ""), prefix)
            elif each.kind == "iri":
                self._is_known(text, each, each.text[1:-1], "")

    def _is_known(self, text: str, each: Token, iri: str, prefix: str) -> None:
        if iri in self._elsewhere:
            raise NotAsked(
                f"{at(text, each.offset)}: {each.text} speaks of the ontology's own files, and stands in no graph.\n"
                f"  Nothing was asked. kg ontology {iri.removeprefix(NAMESPACE)} says what it means."
            )
        if not iri.startswith(NAMESPACE) or iri in self.known or iri.startswith(self._kinds):
            return
        if _ESCAPE.search(iri):
            return
        home, _, _ = iri.rpartition("/")
        home += "/"
        known = [name[len(home) :] for name in self.known if name.startswith(home) and "/" not in name[len(home) :]]
        what = "class or property" if home == NAMESPACE else f"word of {home[len(NAMESPACE) : -1]}"
        if home != NAMESPACE and home not in self._schemes:
            return
        local = iri[len(home) :]
        alike = [name for name in known if name[:1].isupper() == local[:1].isupper()]
        meant = near(local, alike) or near(local, known)
        if prefix and meant:
            meant = meant.replace("mean ", f"mean {prefix}:")
        raise NotAsked(
            f"{at(text, each.offset)}: no {what} is called {each.text}.{meant} Nothing was asked.\n"
            "  kg ontology lists the words and what they mean."
        )


def in_words(said: str, text: str) -> str:
    """What the engine says of a query it cannot read, as a sentence with its place and its remedy."""
    found = _PLACE.search(said)
    if found is None:
        return f"The query cannot be read: {said}\n  Nothing was answered. kg query --list shows queries to begin from."
    line, column = int(found[1]), int(found[2])
    lines = text.split("\n")
    rest = lines[line - 1][column - 1 :].strip() if line <= len(lines) else ""
    if "variable that is unbound" in said:
        why = "a variable is selected that nothing gives a value, or that is not in GROUP BY"
    elif rest:
        why = f'what stands here cannot be read: "{rest if len(rest) <= 40 else rest[:39] + chr(0x2026)}"'
    else:
        why = "something is missing here: a bracket, a full stop, or the end of what was begun"
    return f"line {line}, column {column}: {why}.\n  Nothing was answered. kg query --list shows queries to begin from."
