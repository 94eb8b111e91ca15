"""What is heard around a pattern's words: that they are denied, doubted, long past, only planned, or asked about.

A cue reaches over the words beside it until its reach is spent, another clause begins, or a word ends it ("but"). A
comma or "and" ends it where what follows is a clause of its own, and not where a list goes on; but a verb that is denied
("not", "never") denies nothing beyond the comma. A colon that stands at the cue itself ("PMH: depression") ends nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kg.coding.matching import Found, Index, make_index
from kg.coding.sentences import Sentence
from kg.terms.lexicon import Cue, Lexicon


@dataclass(slots=True)
class Hearing:
    """The cues of a lexicon made ready, and the words that end their reach."""

    cues: tuple[Cue, ...]
    index: Index
    ends: Index
    finite: frozenset[str]


def make_hearing(lexicon: Lexicon) -> Hearing:
    """The cues of a lexicon, ready to be found in sentences."""
    cues = lexicon.cues
    return Hearing(
        cues,
        make_index([cue.words for cue in cues], lexicon.groups),
        make_index(lexicon.ends, lexicon.groups),
        lexicon.finite,
    )


@dataclass(frozen=True, slots=True)
class Heard:
    """The cues found in one sentence, and where clauses end."""

    cues: tuple[tuple[Cue, int, int], ...]
    stops: frozenset[int]
    commas: frozenset[int] = frozenset()
    colons: frozenset[int] = frozenset()

    def around(self, first: int, last: int, *, lists: bool = True) -> tuple[str, ...]:
        """What is heard around the words from ``first`` up to ``last``, in the order of the lexicon.

        ``lists`` lets a cue reach over commas ("no bruises, burns or marks"); what was done is rarely told in lists.
        """
        heard: dict[str, None] = {}
        for cue, start, end in self.cues:
            if cue.side == "earlier" or (start < last and first < end):
                continue
            if cue.side == "before":
                near, between = first - end, (end, first)
            else:
                near, between = start - last, (last, start)
            if 0 <= near <= cue.reach and not self._stopped(cue, *between, lists=lists):
                heard[cue.heard] = None
        return tuple(heard)

    @property
    def of_earlier(self) -> tuple[str, ...]:
        """What the sentence lets be heard around all that the sentence before it said ("Not linked to this family")."""
        return tuple(dict.fromkeys(cue.heard for cue, _, _ in self.cues if cue.side == "earlier"))

    def _stopped(self, cue: Cue, start: int, end: int, *, lists: bool) -> bool:
        stops = self.stops if lists and not cue.within else self.stops | self.commas
        joined = start if cue.side == "before" else end - 1
        return any(start <= stop < end and not (stop == joined and stop in self.colons) for stop in stops)


def hear(hearing: Hearing, sentence: Sentence) -> Heard:
    """The cues of a sentence that are not part of a longer wording which only looks like one."""
    found = [(hearing.cues[each.number], each) for each in hearing.index.find(sentence, sentence)]
    false = [each for cue, each in found if cue.side == "not"]
    cues = sorted(
        {
            (hearing.cues.index(cue), each.first, each.last): (cue, each.first, each.last)
            for cue, each in found
            if cue.side != "not" and not any(_within(each, other, cue, hearing.cues[other.number]) for other in false)
        }.items()
    )
    return Heard(
        tuple(value for _, value in cues),
        _stops(hearing, sentence),
        frozenset(at for at, word in enumerate(sentence.words) if word == ","),
        frozenset(at for at, word in enumerate(sentence.words) if word == ":"),
    )


def _within(inner: Found, outer: Found, cue: Cue, false: Cue) -> bool:
    """Whether a cue is only part of longer words that are none; a cue that stands after its thing must be shorter."""
    if cue.heard != false.heard or inner.first < outer.first or inner.last > outer.last:
        return False
    return cue.side == "before" or inner.last - inner.first < outer.last - outer.first


def _stops(hearing: Hearing, sentence: Sentence) -> frozenset[int]:
    """The places at which a cue's reach ends."""
    words = sentence.words
    stops = {at for at, word in enumerate(words) if word in ";:"}
    stops.update(each.first for each in hearing.ends.find(sentence, sentence))
    for at, word in enumerate(words):
        if word in (",", "and") and _begins_clause(words, at, hearing.finite):
            stops.add(at)
    return frozenset(stops)


def _begins_clause(words: Sequence[str], at: int, finite: frozenset[str]) -> bool:
    """Whether what follows a comma or "and" has its own verb before the next comma, and is not the end of a list."""
    chunk: list[str] = []
    for word in words[at + 1 :]:
        if word in (",", ";", ":", "and", "but"):
            break
        chunk.append(word)
    if not chunk or chunk[0] in ("or", "nor", "no", "not"):
        return chunk[:1] in (["no"], ["not"])
    return any(word in finite for word in (chunk if len(chunk) > 3 else chunk[:-1]))
