"""The lexicon as tables: which words suggest which code, and what is heard around them.

``patterns.ttl`` holds the patterns, ``context.ttl`` the cues, the groups of words and the spellings. Both are
maintained by hand; the notation of a pattern is described in ``kg.coding.notation`` and at the head of ``patterns.ttl``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kg.terms.namespace import NAMESPACE
from kg.terms.reader import NotTurtle, home

CLASSES = ("sure", "likely", "look")
"""How strongly words speak: they name the thing; they usually mean it; a person should look."""

HEARD = ("negated", "doubted", "history", "plan", "someone else's", "asked and not found")
"""What may be heard around words, as ``context.ttl`` names it."""

SAYS_NOT = "absent"
"""The standing of a line whose words say that the thing is not there ("appropriately dressed")."""

EXCEPT = "except"
"""The standing of a line whose words are taken for the thing and are not ("could not bear to")."""


@dataclass(frozen=True, slots=True)
class Line:
    """One pattern: its words in the notation, what it suggests, and how strongly.

    ``code`` is "scheme:notation". ``standing`` is a class, "absent" or "except". ``agencies`` are the types whose idiom
    it is (none: everyone's), ``kinds`` the kinds of review. ``of_carer`` and ``of_subject`` are the codes to suggest
    instead where the words speak of a carer or of the subject. ``lasting`` says that history is enough.
    """

    words: str
    code: str
    standing: str
    agencies: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    of_carer: str = ""
    of_subject: str = ""
    lasting: bool = False


@dataclass(frozen=True, slots=True)
class Cue:
    """Words that change what is heard: of which sort, whether they reach forward ("before" the thing) or back ("after").

    ``side`` is "before", "after", "not" (words that look like the cue and are not) or "earlier" (words of a sentence that
    change what the one before it said); ``reach`` counts words. ``within`` keeps it from reaching over a comma.
    """

    words: str
    heard: str
    side: str
    reach: int
    within: bool = False


@dataclass(frozen=True, slots=True)
class Counting:
    """An indicator that is counted over rows: at which kinds of contact, and from the how manieth within a year.

    ``strength`` is its class where the kind of contact is itself only suggested.
    """

    indicator: str
    contacts: frozenset[str]
    least: int
    strength: str = "look"


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Everything that is known of words: lines, cues, what ends a cue's reach, groups of words and spellings."""

    lines: tuple[Line, ...]
    cues: tuple[Cue, ...]
    ends: tuple[str, ...]
    groups: Mapping[str, tuple[str, ...]]
    spellings: Mapping[str, str]
    agencies: Mapping[str, tuple[str, ...]]
    finite: frozenset[str]
    outranks: Mapping[str, frozenset[str]]
    traits: Mapping[str, frozenset[str]]
    counts: tuple[Counting, ...]


def load_lexicon(folder: Path | None = None) -> Lexicon:
    """Read the lexicon from a folder (by default the program's own), once. Raises OSError or ``NotTurtle``."""
    return _load((folder or home()).resolve())


def read_lines(path: Path) -> tuple[Line, ...]:
    """The lines of one file of patterns, such as a review's own. Raises OSError or ``NotTurtle``."""
    return tuple(line for said in _nodes(path) for line in _lines(said))


_Said = dict[str, list[str]]


def _nodes(path: Path) -> Iterator[_Said]:
    """Every node of a file with what it says, in the order of the file."""
    from pyoxigraph import Literal, NamedNode, RdfFormat, parse

    nodes: dict[str, _Said] = {}
    try:
        for each in parse(path.read_bytes(), format=RdfFormat.TURTLE):
            if isinstance(each.object, Literal | NamedNode) and isinstance(each.subject, NamedNode):
                said = nodes.setdefault(each.subject.value, {})
                said.setdefault(_short(each.predicate.value), []).append(_short(each.object.value))
    except (SyntaxError, ValueError) as error:
        line = getattr(error, "lineno", None)
        where = f", line {line}" if isinstance(line, int) else ""
        raise NotTurtle(f"{path.name}{where}: this is not Turtle. Undo the last change there.") from error
    yield from nodes.values()


def _short(iri: str) -> str:
    """ "kg-review/indicator/neglect" as "indicator:neglect"; anything that is not ours as its last part."""
    if not iri.startswith("http"):
        return iri
    inside = iri.removeprefix(NAMESPACE)
    return inside.replace("/", ":", 1) if inside != iri else iri.rsplit("/", 1)[-1].rsplit("#", 1)[-1]


def _lines(said: _Said) -> Iterator[Line]:
    codes = said.get("suggests", [])
    for standing in (*CLASSES, SAYS_NOT, EXCEPT):
        for words in said.get(standing, ()):
            for code in codes:
                yield Line(
                    words,
                    code,
                    standing,
                    tuple(each.partition(":")[2] for each in said.get("idiomOf", ())),
                    tuple(said.get("reviewKind", ())),
                    "".join(said.get("ofCarer", ())[:1]),
                    "".join(said.get("ofSubject", ())[:1]),
                    "true" in said.get("lasting", ()),
                )


def _cues(said: _Said) -> Iterator[Cue]:
    reach = int("".join(said.get("reach", ())[:1]) or 8)
    for side, key in (("before", "before"), ("after", "after"), ("not", "butNot"), ("earlier", "earlier")):
        for words in said.get(key, ()):
            for heard in said.get("heard", ()):
                yield Cue(words, heard, side, reach, "true" in said.get("withinClause", ()))


def _counts(said: _Said) -> Iterator[Counting]:
    least = int("".join(said.get("countedFrom", ())[:1]) or 2)
    strength = "".join(said.get("countedAs", ())[:1]) or "look"
    for code in said.get("counted", ()):
        yield Counting(_notation(code), frozenset(map(_notation, said.get("countedAt", ()))), least, strength)


def _notation(code: str) -> str:
    return code.partition(":")[2]


@cache
def _load(folder: Path) -> Lexicon:
    lines: list[Line] = []
    cues: list[Cue] = []
    ends: list[str] = []
    groups: dict[str, tuple[str, ...]] = {}
    spellings: dict[str, str] = {}
    agencies: dict[str, tuple[str, ...]] = {}
    finite: set[str] = set()
    outranks: dict[str, frozenset[str]] = {}
    traits: dict[str, frozenset[str]] = {}
    counts: list[Counting] = []
    for name in ("patterns.ttl", "context.ttl"):
        for said in _nodes(folder / name):
            lines.extend(_lines(said))
            cues.extend(_cues(said))
            for code in said.get("suggests", ()):
                outranks[code] = outranks.get(code, frozenset()) | frozenset(said.get("outranks", ()))
            counts.extend(_counts(said))
            for trait in said.get("trait", ()):
                traits[trait] = frozenset(map(_notation, said.get("heldBy", ())))
            ends.extend(said.get("endsReach", ()))
            finite.update(said.get("finite", ()))
            for group in said.get("group", ()):
                groups[group] = tuple(said.get("words", ()))
            for agency in said.get("meansAgency", ()):
                agencies[agency.partition(":")[2]] = tuple(said.get("words", ()))
            for pair in said.get("spelling", ()):
                wrong, _, right = pair.partition(" = ")
                spellings[wrong] = right
    told = (tuple(lines), tuple(cues), tuple(ends), groups, spellings, agencies)
    return Lexicon(*told, frozenset(finite), outranks, traits, tuple(counts))
