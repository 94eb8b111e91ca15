"""Which kind of contact an agency's own words mean, where they are no word of the vocabulary as they stand.

The longest label all of whose words stand close together says the kind; of equals the one named first, for a contact is
named before its particulars; where two stand side by side, the last ("police notification"). What follows "re" or
"following" is what it was about. Place words count only where nothing else does. A cue (did not attend, no access,
cancelled) has the last word. The words of all this are in ontology/cues.ttl.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kg.terms.tables import Terms
from loaders.rows.cues import Phrases, ShortForms, Token, of_part, plain_words, tokens_of
from loaders.rows.house_words import short_forms, without_count

APART = 1
"""How many other words may stand among those of one label."""

OTHERS = 2
"""How many other words may stand beside place words that are to say the kind."""

LONG = 2
"""Labels of more words than this count wherever they stand in a cell; shorter ones first where the cell begins."""

_FILLERS = frozenset(
    ("a", "an", "the", "of", "to", "at", "by", "for", "with", "from", "on", "in", "via", "and", "s", "is", "was")
)
_JOINS = frozenset(("to", "at", "by", "for", "with", "from", "on", "via", "in", "and", "of"))
_BY_WHOM = frozenset(("by", "from", "with"))
_NOT_WHERE = _BY_WHOM | {"for"}


@dataclass(frozen=True, slots=True)
class Reading:
    """What some words are read as ("" where a cue says that nothing took place), and the words it rests on.

    ``turned``: a cue had the last word.
    """

    notation: str
    rests_on: tuple[str, ...]
    turned: bool = False


@dataclass(frozen=True, slots=True)
class _Label:
    words: frozenset[str]
    notation: str
    weak: bool
    ends_with: str = ""
    joins: frozenset[str] = frozenset()
    bare: bool = False


@dataclass(frozen=True, slots=True)
class _Named:
    """A label found in a cell: its kind, from which to which token, in which part of the cell, and how much it says."""

    label: _Label
    first: int
    last: int
    part: int
    apart: bool

    @property
    def size(self) -> int:
        return len(self.label.words) + bool(self.label.ends_with)


class ContactWords:
    """Reads the words of one vocabulary of contacts."""

    def __init__(self, terms: Terms) -> None:
        self._terms = terms
        self._short = ShortForms(short_forms(terms, ""))
        self._short_of = {
            service: ShortForms(short_forms(terms, service))
            for service in {each for cue in of_part(terms, "", "short") for each in cue.used_by}
        }
        self._cues = of_part(terms, "contact", "cue")
        self._turns = Phrases((self._words(words), at) for at, cue in enumerate(self._cues) for words in cue.words)
        self._topics = Phrases((plain_words(w), 0) for cue in of_part(terms, "contact", "topic") for w in cue.words)
        self._bare = {cue.reads for cue in of_part(terms, "contact", "place") if cue.reads}
        places = {self._words(w) for cue in of_part(terms, "contact", "place") for w in cue.words}
        self._labels: dict[str, list[_Label]] = {}
        for concept in terms.schemes["contact"].concepts:
            for words in (concept.notation.replace("-", " "), concept.label, *concept.alt):
                self._add(self._words(words), concept.notation, places)

    def _words(self, words: str) -> tuple[str, ...]:
        if "*" in words:
            return plain_words(words)
        return tuple(token.word for token in self._short.out(tokens_of(words)))

    def _add(self, words: tuple[str, ...], notation: str, places: set[tuple[str, ...]]) -> None:
        ends_with = words[-1] if len(words) > 1 and words[-1] in _FILLERS else ""
        content = frozenset(word for word in words if word not in _FILLERS)
        if not content or max(map(len, content)) < 2:
            return
        bare = notation in self._bare
        label = _Label(content, notation, bare or words in places, ends_with, _BY_WHOM.intersection(words), bare)
        self._labels.setdefault(max(sorted(content), key=len), []).append(label)

    def read(self, cell: str, service: str = "") -> Reading | None:
        """What the words are read as in a return of this type of service, or None where they name no kind."""
        tokens = self._short_of.get(service, self._short).out(tokens_of(without_count(cell)))
        kept = self._without_topic(tokens)
        named = self._named(kept)
        turned = self._turned(kept, named)
        if turned is not None:
            return turned
        best = _best(named, self._terms)
        if best is None or (best.label.weak and not self._mostly(kept, best)):
            return None
        return Reading(best.label.notation, _written(kept, best.first, best.last))

    def _mostly(self, tokens: Sequence[Token], best: _Named) -> bool:
        """Whether place words are nearly all that a cell says: among many others they say nothing of its kind."""
        others = sum(token.word not in _FILLERS and token.word not in best.label.words for token in tokens)
        return others <= OTHERS and not self._topics.found(tokens)

    def _without_topic(self, tokens: Sequence[Token]) -> Sequence[Token]:
        """The tokens before the first topic word, where those name a kind; else all."""
        found = self._topics.found(tokens)
        if not found:
            return tokens
        before = tokens[: found[0][0]]
        return before if self._named(before) or self._turns.found(before) else tokens

    def _turned(self, tokens: Sequence[Token], named: Sequence[_Named]) -> Reading | None:
        """What the first cue that fits makes of the cell; None where none does, or all that is named stays as it is."""
        left: Sequence[_Named] = ()
        for at, (first, end) in sorted(self._turns.found(tokens).items()):
            cue = self._cues[at]
            others = [each for each in named if not (first <= each.first and each.last < end)]
            kinds = {e.label.notation for e in others if not e.label.weak} or {e.label.notation for e in others}
            if cue.beside and not kinds.intersection(cue.beside):
                continue
            if kinds and all(self._within(kind, cue.leaves) for kind in kinds):
                left = others
                continue
            return Reading(cue.reads, _written(tokens, first, end - 1), turned=True)
        best = _best(left, self._terms)
        return Reading(best.label.notation, _written(tokens, best.first, best.last)) if best is not None else None

    def _within(self, kind: str, leaves: Sequence[str]) -> bool:
        return bool(self._terms.broader("contact", kind).intersection(leaves))

    def _named(self, tokens: Sequence[Token]) -> list[_Named]:
        parts: list[int] = []
        for token in tokens:
            parts.append((parts[-1] if parts else 0) + (token.begins or token.word in _JOINS))
        at_of: dict[str, int] = {}
        for at, token in enumerate(tokens):
            at_of.setdefault(token.word, at)
        found: list[_Named] = []
        for word in at_of:
            for label in self._labels.get(word, ()):
                if not all(each in at_of for each in label.words):
                    continue
                places = sorted(at_of[each] for each in label.words)
                first, last = places[0], places[-1]
                other = sum(
                    token.word not in _FILLERS and token.word not in label.words for token in tokens[first : last + 1]
                )
                if other > APART:
                    continue
                if label.ends_with and (last + 1 == len(tokens) or tokens[last + 1].word != label.ends_with):
                    continue
                if any(token.word in _BY_WHOM - label.joins for token in tokens[first : last + 1]):
                    continue
                if label.weak and first and tokens[first - 1].word in _NOT_WHERE:
                    continue
                if any(token.begins for token in tokens[first + 1 : last + 1]):
                    continue
                apart = parts[first] != parts[last]
                found.append(_Named(label, first, last + bool(label.ends_with), parts[first], apart))
        return found


def _best(named: Sequence[_Named], terms: Terms) -> _Named | None:
    """The label that says the kind: strong before weak, what stands before "to" or "from", long before short, the last."""
    if not named:
        return None
    lead = min(each.part for each in named if each.label.weak == min(e.label.weak for e in named))
    best = max(
        named,
        key=lambda each: (
            not each.label.weak,
            not each.label.bare,
            each.part == lead or each.size > LONG,
            each.size,
            not each.apart,
            -each.part,
            each.first,
        ),
    )
    closer = [
        each
        for each in named
        if each.label.notation != best.label.notation
        and best.label.notation in terms.broader("contact", each.label.notation)
        and not each.label.weak
        and not each.label.words < best.label.words
    ]
    return max(closer, key=lambda each: each.size) if closer else best


def _written(tokens: Sequence[Token], first: int, last: int) -> tuple[str, ...]:
    return tuple(token.written for token in tokens[first : last + 1] if token.written)
