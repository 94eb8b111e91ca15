"""A narrative as sentences of plain words, each word with its place in the text.

Words are lower-cased and spelt as the lexicon spells them; a listed person's name becomes a mark of what they are to
the review and of who they are: "@s:0" the subject, "@c:3" a carer, "@o:4" another, by their place in the review's list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kg.coding.notation import split_word

_END = re.compile(r"(?<=[.!?])[\"'”’)\]]*\s+(?=[\"'“‘(\[]?[A-Z0-9?])|\s*[\r\n]+\s*|\s+[•*]\s+")  # noqa: RUF001
_ABBREVIATED = re.compile(
    r"\b(?:Mr|Mrs|Ms|Dr|St|approx|min|mins|hrs|wks|yrs|Sgt|Insp|Supt|No|tel|re|cc|e\.g|i\.e|vs|ref)\.$"
)
_WORD = re.compile(
    r"\d{1,2}[./]\d{1,2}[./]\d{2,4}|\d+(?:[.,:]\d+)+|[£#]?\d+[A-Za-z%/]*|\b[A-Za-z]{1,4}\d+[A-Za-z]\w*|[A-Za-z]&[A-Za-z]|(?<=\s)&(?=\s)|(?<![A-Za-z])[-+]ve\b|(?<![A-Za-z0-9\"”])\?+(?=\s?[A-Za-z])"
    r"|[A-Za-zÀ-ɏ]+(?:['’][A-Za-z]+)*['’]?(?:/[A-Za-z]+(?:['’][A-Za-z]+)*)*|[,;:()\"“”–—]|\s-\s|[-/]"  # noqa: RUF001
)
_SIGNS = {"&": "and", "-ve": "negative", "+ve": "positive"}
_BREAKS = {";": ";", ":": ":", "(": ",", ")": ",", ",": ",", "–": ";", "—": ";"}  # noqa: RUF001


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: its words as they are compared, where each begins and ends in the narrative, and the words joined."""

    words: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]
    text: str
    starts: tuple[int, ...]


def sentences(narrative: str, spell: Mapping[str, str], capitals: frozenset[str], marks: Marks) -> list[Sentence]:
    """The sentences of a narrative in order. ``capitals`` are the words that patterns want in capitals."""
    return [_sentence(narrative, start, end, spell, capitals, marks) for start, end in _bounds(narrative)]


@dataclass(frozen=True, slots=True)
class Marks:
    """Marks for names: by first word, the rest of the name and its mark; longest name first."""

    names: Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]

    def at(self, words: list[str], capital: list[bool], at: int) -> tuple[int, str]:
        """How many words from here are a listed name, and its mark; (0, "") if none."""
        if not capital[at]:
            return 0, ""
        for rest, mark in self.names.get(words[at], ()):
            size = len(rest)
            if not size or tuple(_bare(word) for word in words[at + 1 : at + 1 + size]) == rest:
                return size + 1, mark
        bare = _bare(words[at])
        if bare != words[at]:
            for rest, mark in self.names.get(bare, ()):
                if not rest:
                    return 1, mark
        return 0, ""


def _bare(word: str) -> str:
    return word.removesuffix("'s").removesuffix("'")


def _bounds(narrative: str) -> Iterator[tuple[int, int]]:
    start = 0
    for end in _END.finditer(narrative):
        if _ABBREVIATED.search(narrative, start, end.start()) and "\n" not in end.group():
            continue
        yield start, end.start()
        start = end.end()
    if start < len(narrative):
        yield start, len(narrative)


def _sentence(
    narrative: str, start: int, end: int, spell: Mapping[str, str], capitals: frozenset[str], marks: Marks
) -> Sentence:
    words: list[str] = []
    spans: list[tuple[int, int]] = []
    capital: list[bool] = []
    for found in _WORD.finditer(narrative, start, end):
        written = found.group()
        if written in _BREAKS or not written.strip(' -/"“”'):
            mark = _BREAKS.get(written) or (";" if written.startswith((" ", "\t")) else "")
            if mark and (not words or words[-1] != mark):
                words.append(mark)
                spans.append(found.span())
                capital.append(False)
            continue
        if written in _SIGNS:
            words.append(_SIGNS[written])
            spans.append(found.span())
            capital.append(False)
            continue
        at = found.start()
        for piece in split_word(written):
            low = piece.replace("’", "'")  # noqa: RUF001
            keep = low in capitals
            low = low if keep else low.lower()
            for one in (spell.get(low, low)).split():
                words.append(one)
                spans.append((at, at + len(piece)))
                capital.append(piece[0].isupper())
            at += len(piece) + 1
    words = _marked(words, capital, marks)
    starts: list[int] = []
    at = 0
    for word in words:
        starts.append(at)
        at += len(word) + 1
    return Sentence(tuple(words), tuple(spans), " ".join(words) + " ", tuple(starts))


def _marked(words: list[str], capital: list[bool], marks: Marks) -> list[str]:
    at = 0
    while at < len(words):
        size, mark = marks.at(words, capital, at)
        for each in range(at, at + size):
            tail = "'s" if words[each].endswith(("'s", "'")) else ""
            words[each] = f"@{mark}{tail}"
        at += max(size, 1)
    return words
