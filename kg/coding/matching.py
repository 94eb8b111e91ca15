"""Which patterns a sentence holds: all that could be there by their words, and of these the ones that are.

Two parts of each pattern that cannot be left out are its anchors. The words of a sentence light up the patterns whose
anchors they are; only a pattern of which both are lit is tried as a whole.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from kg.coding.notation import Compiled, NotAPattern, compile_pattern
from kg.coding.sentences import Sentence

_COMMON = frozenset(
    [
        "a",
        "an",
        "the",
        "and",
        "or",
        "not",
        "no",
        "of",
        "to",
        "in",
        "on",
        "at",
        "by",
        "for",
        "from",
        "with",
        "as",
        "be",
        "is",
        "was",
        "were",
        "are",
        "been",
        "being",
        "have",
        "had",
        "has",
        "having",
        "it",
        "do",
        "does",
        "did",
        "doing",
        "her",
        "his",
        "he",
        "she",
        "him",
        "they",
        "them",
        "their",
        "this",
        "that",
        "who",
        "when",
        "after",
        "before",
        "there",
        "out",
        "up",
        "off",
        "down",
        "over",
        "say",
        "says",
        "said",
        "saying",
        "tell",
        "tells",
        "told",
        "telling",
        "go",
        "goes",
        "went",
        "going",
        "gone",
        "get",
        "got",
        "child",
        "mother",
        "mum",
        "home",
        "house",
        "seen",
        "see",
        "call",
        "called",
        "report",
        "reported",
        "visit",
        "visited",
        "left",
        "leave",
        "take",
        "taken",
        "took",
        "family",
        "police",
        "school",
    ]
)


@dataclass(frozen=True, slots=True)
class Found:
    """One pattern found in a sentence: its number in the index and the words it covers (from, up to)."""

    number: int
    first: int
    last: int


@dataclass(slots=True)
class Index:
    """Patterns made ready: ``expressions`` as text, compiled when first needed, and two masks of anchors by word."""

    expressions: list[str]
    names_agency: int
    first: dict[str, int]
    second: dict[str, int]
    free: int
    prefixes: tuple[int, ...]
    capitals: frozenset[str]
    _tried: dict[int, re.Pattern[str]] = field(default_factory=dict)
    _lit: dict[str, tuple[int, int]] = field(default_factory=dict)

    def lit(self, word: str) -> tuple[int, int]:
        """The patterns of which a word is the first anchor, and those of which it is the second."""
        known = self._lit.get(word)
        if known is None:
            one, two = self.first.get(word, 0), self.second.get(word, 0)
            for size in self.prefixes:
                start = word[:size].lower() + "*"
                one |= self.first.get(start, 0)
                two |= self.second.get(start, 0)
            low = word.lower()
            if low != word:
                also = self.lit(low)
                one, two = one | also[0], two | also[1]
            known = self._lit[word] = (one, two)
        return known

    def candidates(self, words: Sequence[str], allowed: int) -> int:
        """The patterns whose anchors a sentence holds, as a set of bits."""
        one, two = 0, self.free
        for word in words:
            lit = self.lit(word)
            one |= lit[0]
            two |= lit[1]
        return one & two & allowed

    def find(self, sentence: Sentence, with_agencies: Sentence, allowed: int = -1) -> list[Found]:
        """Every pattern that a sentence holds, by number and place."""
        found: list[Found] = []
        left = self.candidates(sentence.words, allowed)
        while left:
            bit = left & -left
            left ^= bit
            number = bit.bit_length() - 1
            said = with_agencies if self.names_agency & bit else sentence
            for each in self.expression(number).finditer(said.text):
                first = bisect_right(said.starts, each.start()) - 1
                last = bisect_right(said.starts, each.end() - 1)
                if last > first:
                    found.append(Found(number, first, last))
        return found

    def expression(self, number: int) -> re.Pattern[str]:
        """A pattern ready to be tried; made at its first use."""
        made = self._tried.get(number)
        if made is None:
            made = self._tried[number] = re.compile(self.expressions[number])
        return made


def make_index(patterns: Sequence[str], groups: Mapping[str, tuple[str, ...]]) -> Index:
    """An index of patterns. One that cannot be read finds nothing: ``kg.coding.check`` says which and why."""
    index = Index([], 0, {}, {}, 0, (), frozenset())
    sizes: set[int] = set()
    capitals: set[str] = set()
    for number, words in enumerate(patterns):
        try:
            compiled = compile_pattern(words, groups)
        except NotAPattern:
            index.expressions.append("(?!)")
            continue
        bit = 1 << number
        index.expressions.append(f"(?<![^ ]){compiled.expression}")
        index.names_agency |= bit if compiled.names_agency else 0
        one, two = _anchors(compiled)
        for word in one:
            index.first[word] = index.first.get(word, 0) | bit
        for word in two:
            index.second[word] = index.second.get(word, 0) | bit
        index.free |= 0 if two else bit
        for needed in compiled.needs:
            sizes.update(len(word) - 1 for word in needed if word.endswith("*"))
            capitals.update(word for word in needed if word.isupper())
    index.prefixes, index.capitals = tuple(sorted(sizes)), frozenset(capitals)
    return index


def _anchors(compiled: Compiled) -> tuple[frozenset[str], frozenset[str]]:
    ranked = sorted(
        compiled.needs, key=lambda words: (sum(10 if word in _COMMON else 1 for word in words), sorted(words))
    )
    return ranked[0], ranked[1] if len(ranked) > 1 else frozenset()
