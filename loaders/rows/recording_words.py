"""How a row came to be recorded, from an agency's own words: typed, dictated, drafted by a machine, checked or not.

A plain yes or no answers a heading that asks whether a machine was used. The words are in ontology/cues.ttl.
"""

from __future__ import annotations

import re

from kg.terms.marks import once_checked
from kg.terms.tables import Terms
from loaders.rows.cues import Phrases, of_part, plain_words, tokens_of

_ASKS_OF_MACHINE = re.compile(
    r"\b(?:a\.?i\.?|machine|automated|note[- ]?tak\w+|transcription|copilot)\b", re.IGNORECASE
)
_NO_CHECK = re.compile(
    r"\s*(?:no|n|none|not .*|nobody|no one|unchecked|n/?a|nil|-+|\?+|pending|awaiting.*)\s*", re.IGNORECASE
)


class RecordingWords:
    """Reads the words of one column."""

    def __init__(self, terms: Terms) -> None:
        self._cues = of_part(terms, "recording", "cue")
        drafts = (each.notation for each in terms.schemes["recording"].concepts if once_checked(each.notation, terms))
        self._draft = next(drafts, "")
        self._found = Phrases((plain_words(words), at) for at, cue in enumerate(self._cues) for words in cue.words)

    def read(self, heading: str, cell: str) -> str | None:
        """The notation that the words of a cell mean; "" where they say that no machine was used; None: not known."""
        tokens = tokens_of(cell)
        plain = cell.strip().casefold()
        if plain in ("y", "yes", "true", "n", "no", "false") and _ASKS_OF_MACHINE.search(heading):
            return self._draft if plain in ("y", "yes", "true") else ""
        found = sorted(self._found.found(tokens))
        named = {self._cues[at].reads for at in found if not self._cues[at].beside}
        if _ASKS_OF_MACHINE.search(heading) and tokens and tokens[0].word in ("y", "yes"):
            named.add(self._draft)
        for at in found:
            cue = self._cues[at]
            if not cue.beside or named.intersection(cue.beside):
                return cue.reads
        return min(named) if named else None


def as_checked(how: str, checked_by: str, terms: Terms) -> str:
    """A machine's draft is a checked one where another column names somebody who checked it."""
    return once_checked(how, terms) or how if checked_by.strip() and not _NO_CHECK.fullmatch(checked_by) else how
