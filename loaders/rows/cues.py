"""An agency's own words made comparable: tokens with case, plurals and short forms put aside, and cues found among them.

Nothing is known here of any column; what cues mean stands in ontology/cues.ttl, how they combine in ``contact_words`` and
``seen_words``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from kg.terms.tables import Cue, Terms

GAP = 3
"""How many words a star in a cue stands for at most."""

_WORD = re.compile(r"[^\W_]+|[&+\u2713\u2714\u2611\u2612\u2717\u2718\u2715\u2716\u274c]")
_QUOTES = re.compile(r"['\u2018\u2019`\u00b4]")
_TICKS = {"\u2713": "tick", "\u2714": "tick", "\u2611": "tick"} | dict.fromkeys(
    "\u2717\u2718\u2715\u2716\u274c", "cross"
)


@dataclass(frozen=True, slots=True)
class Token:
    """One word of a cell: in comparable spelling, as written, and whether a new part of the cell begins with it."""

    word: str
    written: str
    begins: bool = False


def tokens_of(words: str) -> tuple[Token, ...]:
    """The words of a cell. A part begins after a dash, comma, colon, bracket or stroke, but not within "T/C" or "e-mail"."""
    text = _QUOTES.sub("", unicodedata.normalize("NFKC", words))
    found: list[Token] = []
    end = 0
    for match in _WORD.finditer(text):
        between = text[end : match.start()]
        begins = bool(found) and between.strip() != "" and (between != between.strip() or between.strip() not in "-/.'")
        begins = begins and between.strip() not in (".", "")
        found.append(Token(folded(match[0]), match[0], begins))
        end = match.end()
    return tuple(found)


@lru_cache(maxsize=1 << 14)
def folded(word: str) -> str:
    """One word with case, accents and the s of a plural put aside."""
    word = "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c)).casefold()
    if word in ("&", "+"):
        return "and"
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return _TICKS.get(word, word)


def plain_words(words: str) -> tuple[str, ...]:
    """The comparable words of a cue or label, a star kept."""
    return tuple(w if w == "*" else token.word for w in words.split() for token in (tokens_of(w) or (Token("", ""),)))


class ShortForms:
    """How services write words for short, written out: "T/C" and "phone call" become one word."""

    def __init__(self, cues: Iterable[Cue]) -> None:
        self._forms: dict[tuple[str, ...], tuple[str, ...]] = {}
        for cue in cues:
            if cue.part == "short":
                for words in cue.words:
                    self._forms.setdefault(plain_words(words), plain_words(cue.reads))
        self._longest = max(map(len, self._forms), default=0)

    def out(self, tokens: Sequence[Token]) -> list[Token]:
        """The tokens, each longest run that is a short form as one token."""
        found: list[Token] = []
        at = 0
        while at < len(tokens):
            for size in range(min(self._longest, len(tokens) - at), 0, -1):
                run = tokens[at : at + size]
                words = self._forms.get(tuple(token.word for token in run))
                if words is not None and not any(token.begins for token in run[1:] if size > 2 or len(token.word) > 1):
                    written = " ".join(token.written for token in run)
                    found.append(Token(words[0], written, run[0].begins))
                    found += [Token(word, "") for word in words[1:]]
                    at += size
                    break
            else:
                found.append(tokens[at])
                at += 1
        return found


class Phrases:
    """Phrases to be found in cells, each with what it belongs to."""

    def __init__(self, phrases: Iterable[tuple[tuple[str, ...], int]]) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], int]]] = {}
        for words, owner in phrases:
            if words and words[0] and words[0] != "*":
                self._by_first.setdefault(words[0], []).append((words, owner))

    def found(self, tokens: Sequence[Token]) -> Mapping[int, tuple[int, int]]:
        """By owner, the longest place in which one of its phrases stands: from which to which token."""
        places: dict[int, tuple[int, int]] = {}
        for at, token in enumerate(tokens):
            for words, owner in self._by_first.get(token.word, ()):
                end = _reach(words, 1, tokens, at + 1)
                if end and (owner not in places or end - at > places[owner][1] - places[owner][0]):
                    places[owner] = (at, end)
        return places


def _reach(words: Sequence[str], word: int, tokens: Sequence[Token], at: int) -> int:
    """Where the rest of a phrase ends if it stands from ``at`` on; 0 if it does not."""
    if word == len(words):
        return at
    if words[word] != "*":
        return _reach(words, word + 1, tokens, at + 1) if at < len(tokens) and tokens[at].word == words[word] else 0
    for skip in range(GAP + 1):
        end = _reach(words, word + 1, tokens, at + skip)
        if end:
            return end
    return 0


def of_part(terms: Terms, scheme: str, part: str) -> tuple[Cue, ...]:
    """The cues of one part for one vocabulary, in the order of the file."""
    return tuple(cue for cue in terms.cues if cue.part == part and cue.scheme == scheme)
