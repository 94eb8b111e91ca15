"""The notation of a pattern: a few signs over plain words, made into something that a sentence can be tried against.

    bruise              the word in any of its forms: bruise, bruises, bruised, bruising
    =found              exactly this word
    OD                  the word only where it is written in capitals
    bruis*              any word that begins so
    #                   a number
    (hit|punch|lash out at)   one of these
    [a|the]             the same, or nothing
    ..                  up to three words between, ..6 up to six; never past a semicolon, a colon or a denial
    {child}             one of a group of words that context.ttl lists, or a listed person of that sort
    ^                   the beginning of a sentence

Hyphens and strokes count as spaces ("non-accidental", "mother/carer"), but for short forms such as t/c and a&e.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from kg.coding.word_forms import forms

MARKS = {"child": "s", "subject": "s", "carer": "c", "other": "o", "person": "[scop]", "agency": "a"}
"""Which listed people (and agencies) a group takes in besides its words."""


class NotAPattern(ValueError):
    """A pattern that cannot be read; the message says what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Compiled:
    """A pattern as a regular expression over a sentence's words, and the words of which it needs one at least.

    ``needs`` holds, for each part of the pattern that cannot be left out, the words (or beginnings, with ``*``) of
    which one must stand in the sentence; parts that any person's name may fill are not among them.
    """

    expression: str
    needs: tuple[frozenset[str], ...]
    names_agency: bool


_TOKEN = re.compile(r"\.\.\d*|[()\[\]|^#]|\{[a-z-]+\}|=?[A-Za-z0-9&'/+%?:-]+\*?")
_GAP = r"(?:(?![;:]|$|(?:not|no|never|nor|without|denied|denies|isn't|wasn't|didn't|doesn't) )[^ ]+ ){0,%d}"
_Needs = list[frozenset[str] | None]


def words_of(text: str) -> list[str]:
    """Plain words of a group or a spelling, as a sentence would write them."""
    return [word for part in text.split() for word in split_word(part)]


def split_word(part: str) -> list[str]:
    """A written word as the words it counts for: "non-accidental" as two, "t/c" as one."""
    if part[0].isdigit():
        return [part]
    pieces = re.split(r"[-/]", part)
    if "-" not in part and len(pieces) > 1 and len(part) <= 5 and any(len(piece) == 1 for piece in pieces):
        return [part]
    return [piece for piece in pieces if piece]


def compile_pattern(words: str, groups: Mapping[str, tuple[str, ...]]) -> Compiled:
    """Read a pattern. Raises ``NotAPattern`` for a sign out of place, an unknown group, or a pattern that needs no word."""
    signs = _TOKEN.findall(words)
    if "".join(signs) != words.replace(" ", ""):
        raise NotAPattern("it holds a sign that the notation does not know")
    reading = _Reading(signs, groups)
    expression, needs = reading.sequence()
    if reading.at < len(signs):
        raise NotAPattern(f'"{signs[reading.at]}" closes nothing')
    needed = tuple(each for each in needs if each)
    if not needed:
        raise NotAPattern("no word of it must be there, so that it would be tried everywhere")
    return Compiled(expression, needed, "{agency}" in words)


class _Reading:
    def __init__(self, signs: list[str], groups: Mapping[str, tuple[str, ...]]) -> None:
        self.signs = signs
        self.groups = groups
        self.at = 0

    def sequence(self) -> tuple[str, _Needs]:
        made: list[str] = []
        needs: _Needs = []
        while self.at < len(self.signs) and self.signs[self.at] not in ("|", ")", "]"):
            sign = self.signs[self.at]
            self.at += 1
            expression, needed = self.one(sign)
            made.append(expression)
            needs.extend(needed)
        if not made:
            raise NotAPattern("a part of it is empty")
        return "".join(made), needs

    def one(self, sign: str) -> tuple[str, _Needs]:
        if sign.startswith(".."):
            return _GAP % int(sign[2:] or 3), []
        if sign in ("(", "["):
            return self.choice(")" if sign == "(" else "]")
        if sign == "^":
            return "^", []
        if sign == "#":
            return r"[£#]?\d[^ ]* ", []
        if sign.startswith("{"):
            return self.group(sign[1:-1])
        parts = split_word(sign.removeprefix("="))
        if not parts:
            raise NotAPattern(f'"{sign}" is no word')
        made = [_word(part, exact=sign.startswith("=")) for part in parts]
        return "".join(expression for expression, _ in made), [needed for _, needed in made]

    def choice(self, closing: str) -> tuple[str, _Needs]:
        branches: list[str] = []
        needed: set[str] = set()
        open_branch = False
        while True:
            expression, needs = self.sequence()
            branches.append(expression)
            best = min((each for each in needs if each), key=len, default=None)
            open_branch = open_branch or best is None
            needed.update(best or ())
            if self.at >= len(self.signs):
                raise NotAPattern(f'"{closing}" is missing')
            sign = self.signs[self.at]
            self.at += 1
            if sign == closing:
                break
            if sign != "|":
                raise NotAPattern(f'"{sign}" stands where "{closing}" is due')
        optional = closing == "]"
        expression = f"(?:{'|'.join(branches)}){'?' if optional else ''}"
        return expression, [] if optional or open_branch else [frozenset(needed)]

    def group(self, name: str) -> tuple[str, _Needs]:
        if name not in self.groups and name not in MARKS:
            raise NotAPattern(f"there is no group {{{name}}}")
        branches = []
        needed: set[str] = set()
        for text in self.groups.get(name, ()):
            made = [_word(word, exact=text.startswith("=")) for word in words_of(text.removeprefix("="))]
            branches.append("".join(expression for expression, _ in made))
            needed.update(made[0][1])
        if name in MARKS:
            branches.append(f"(?:@{MARKS[name]}[^ ]* )+")
            return f"(?:{'|'.join(branches)})", []
        return f"(?:{'|'.join(branches)})", [frozenset(needed)]


def _word(word: str, *, exact: bool) -> tuple[str, frozenset[str]]:
    if word.endswith("*"):
        start = word[:-1].lower()
        return rf"{re.escape(start)}[^ ]* ", frozenset({word.lower()})
    if word.isupper() and len(word) > 1 and word.isalpha():
        return f"{word} ", frozenset({word})
    made = (word.lower(),) if exact else forms(word.lower())
    either = made if len(made) == 1 else (f"(?:{'|'.join(map(re.escape, made))})",)
    return f"{either[0] if len(made) > 1 else re.escape(made[0])} ", frozenset(made)
