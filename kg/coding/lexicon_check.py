"""What cannot be right in the lexicon, said to the person who maintains it by hand."""

from __future__ import annotations

from collections.abc import Iterator

from kg.coding.alleged import SCHEME as ALLEGATION
from kg.coding.notation import NotAPattern, compile_pattern
from kg.model.problem import Place, Problem
from kg.terms.lexicon import EXCEPT, HEARD, SAYS_NOT, Lexicon, Line
from kg.terms.reader import Terms

OWN_SCHEMES = {
    "share": ("shared-with", "received-from"),
    ALLEGATION: ("disclosure", "third-party-allegation"),
}
"""Schemes of the lexicon's own: sharing has no vocabulary, only a direction; a way of telling is no code by itself."""


def check_lexicon(lexicon: Lexicon, terms: Terms) -> tuple[Problem, ...]:
    """Every dead, doubled or clashing pattern of the lexicon, or nothing if it is sound.

    Dead: it cannot be read, or suggests a code, or is the idiom of an agency, that the vocabulary does not know.
    Doubled: the same words for the same code twice. Clashing: the same words, in the same returns, as two standings of
    one code, or as two kinds of contact.
    """
    return (*_dead(lexicon, terms), *_doubled(lexicon), *_clashing(lexicon))


def _problem(file: str, what: str, why: str, done: str, remedy: str) -> Problem:
    return Problem(Place(file=f"ontology/{file}"), "error", what, why, done, remedy)


def _dead(lexicon: Lexicon, terms: Terms) -> Iterator[Problem]:
    unknown: dict[str, None] = {}
    for line in lexicon.lines:
        yield from _unreadable("patterns.ttl", line.words, line.code, lexicon)
        for code in (line.code, line.of_carer, line.of_subject):
            scheme, _, value = code.partition(":")
            if code and value not in OWN_SCHEMES.get(scheme, ()) and terms.concept(scheme, value) is None:
                unknown[code] = None
        for agency in line.agencies:
            if terms.concept("agency", agency) is None:
                unknown[f"agency:{agency}"] = None
    for cue in lexicon.cues:
        yield from _unreadable("context.ttl", cue.words, cue.heard, lexicon)
        if cue.heard not in HEARD:
            yield _problem(
                "context.ttl",
                f'the cue "{cue.words}" is heard as "{cue.heard}"',
                f"the program knows only {', '.join(HEARD)}",
                "It changes nothing.",
                "Correct the word.",
            )
    for code in unknown:
        yield _problem(
            "patterns.ttl",
            f"patterns suggest {code}",
            "the vocabulary has no such concept",
            "What they suggest can be read, and no rule will use it.",
            "Correct the name, or add it to the vocabulary.",
        )


def _unreadable(file: str, words: str, about: str, lexicon: Lexicon) -> Iterator[Problem]:
    try:
        compile_pattern(words, lexicon.groups)
    except NotAPattern as error:
        yield _problem(
            file,
            f'"{words}" ({about})',
            str(error),
            "It finds nothing.",
            "Correct it by the notation at the head of the file.",
        )


def _doubled(lexicon: Lexicon) -> Iterator[Problem]:
    seen: set[tuple[str, str, str, tuple[str, ...], tuple[str, ...]]] = set()
    for line in lexicon.lines:
        key = (line.code, line.standing, _plain(line), line.agencies, line.kinds)
        if key in seen:
            yield _problem(
                "patterns.ttl", f'"{line.words}" ({line.code})', "it stands twice", "It is read once.", "Leave one out."
            )
        seen.add(key)


def _clashing(lexicon: Lexicon) -> Iterator[Problem]:
    by_words: dict[str, list[Line]] = {}
    for line in lexicon.lines:
        by_words.setdefault(_plain(line), []).append(line)
    for lines in by_words.values():
        for at, one in enumerate(lines):
            for two in lines[at + 1 :]:
                if _clash(one, two):
                    yield _problem(
                        "patterns.ttl",
                        f'"{one.words}" is {one.code} ({one.standing}) and {two.code} ({two.standing})',
                        "the same words cannot say both",
                        "The first in the file is taken where both are found.",
                        "Leave one out, or say more in one of them.",
                    )


def _clash(one: Line, two: Line) -> bool:
    """Whether two lines of the same words contradict each other where both may speak."""
    if one.agencies and two.agencies and not set(one.agencies) & set(two.agencies):
        return False
    if one.code == two.code:
        return one.standing != two.standing and (bool(one.agencies) == bool(two.agencies))
    contacts = one.code.startswith("contact:") and two.code.startswith("contact:")
    return contacts and one.standing == two.standing and EXCEPT not in (one.standing, SAYS_NOT)


def _plain(line: Line) -> str:
    return " ".join(line.words.lower().split())
