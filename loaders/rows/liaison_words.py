"""Who told whom, in a column that stands for both ways: by the words beside an agency's name.

"Rang X", "letter to X" and "X was informed" told; "from X", "X rang" and "letter received" were told; "X", "spoke with X" and
"X informed" leave it open. What is open is a message for neither side to have missed. The words are in ontology/cues.ttl.
"""

from __future__ import annotations

from collections.abc import Sequence

from kg.terms.tables import Terms
from loaders.rows.cues import Phrases, Token, of_part, plain_words

NEAR = 4
"""How many words before an agency's name, and after it, may say which way a message went."""

_JOINERS = frozenset(("and", "or", "also", "then", "the", "our", "a", "their", "allocated", "duty"))
_OBJECTS = frozenset(("u", "us", "me", "that", "writer", "team", "of"))


class LiaisonWords:
    """Reads the direction of each agency named among the words of one part of a cell."""

    def __init__(self, terms: Terms) -> None:
        self._of = {
            cue.notation: Phrases((plain_words(words), 0) for words in cue.words)
            for cue in of_part(terms, "agency", "cue")
        }

    def ways(self, tokens: Sequence[Token], places: Sequence[tuple[int, int]]) -> list[str]:
        """For each place of a name, from which to which token, "told", "heard" or "either"."""
        ways: list[str] = []
        for at, (start, end) in enumerate(places):
            before_this = places[at - 1][1] if at else 0
            between = tokens[before_this:start]
            if at and all(token.word in _JOINERS for token in between) and not self._after(tokens[end : end + NEAR]):
                ways.append(ways[-1])  # "rang HV and school"
                continue
            ahead = places[at + 1][0] if at + 1 < len(places) else len(tokens)
            ways.append(self._way(tokens, between, tokens[end:ahead]))
        return ways

    def _way(self, tokens: Sequence[Token], before: Sequence[Token], after: Sequence[Token]) -> str:
        if self._of["arrived"].found(before).get(0, (0, 0))[1] == len(before) > 0:  # "copied in to X's letter"
            return "heard"
        last = self._last(before)
        if last in ("from-them", "with-them"):
            return "heard" if last == "from-them" else "either"
        if last != "to-them" and self._stands("arrived", tokens):
            return "heard"
        said = self._after(after[:NEAR])
        if said and last != "to-them":
            return said
        if last == "to-them" or self._stands("went-out", tokens):
            return "told"
        return "either"

    def _last(self, before: Sequence[Token]) -> str:
        """Which of to, from and with stands nearest before a name; of two at one place, the longer."""
        best = (-1, 0, "")
        for notation in ("from-them", "to-them", "with-them"):
            for at in range(max(0, len(before) - NEAR), len(before)):
                found = self._of[notation].found(before[at:])
                if 0 in found:
                    best = max(best, (at + found[0][0], found[0][1] - found[0][0], notation))
        return best[2]

    def _after(self, after: Sequence[Token]) -> str:
        """What the words after a name say: that it was told, that it told us, or either."""
        if not after:
            return ""
        if self._begins("was-told", after):
            return "told"
        if self._begins("told-or-was-told", after):
            return "heard" if any(token.word in _OBJECTS for token in after[1:3]) else "either"
        return "heard" if self._begins("told-us", after) else ""

    def _begins(self, notation: str, tokens: Sequence[Token]) -> bool:
        found = self._of[notation].found(tokens)
        return 0 in found and found[0][0] == 0

    def _stands(self, notation: str, tokens: Sequence[Token]) -> bool:
        return bool(self._of[notation].found(tokens))
