"""Which agencies were told, or told this one, by words such as "rang SW and school to advise"."""

from __future__ import annotations

from collections.abc import Iterator

from kg.coding.hearing import Heard
from kg.coding.matching import Found
from kg.coding.naming import AgencyWords
from kg.coding.sentences import Sentence
from kg.coding.suggestion import Suggestion
from kg.model.record import Entry
from kg.terms.lexicon import SAYS_NOT, Line

_BETWEEN = frozenset(
    {",", "and", "&", "the", "their", "also", "to", "from", "with", "+", "by", "both", "named", "duty"}
)


def told(
    agencies: AgencyWords, entry: Entry, sentence: Sentence, found: Found, line: Line, heard: Heard
) -> Iterator[Suggestion]:
    """One suggestion for each other agency that the words name, or that is listed on with those they name."""
    words = sentence.words
    places = [at for at in range(found.first, found.last) if words[at].startswith("@a")]
    if places and line.standing != SAYS_NOT:
        places.extend(_listed_on(words, found.last))
    around = [each for each in heard.around(found.first, found.last) if each != "someone else's"]
    if line.standing == SAYS_NOT and "negated" not in around:
        around.append("negated")
    start, end = sentence.spans[found.first][0], sentence.spans[found.last - 1][1]
    named: set[str] = set()
    for at in places:
        value = agencies.named(words[at], entry.agency)
        if value and value not in named:
            named.add(value)
            end = max(end, sentence.spans[at][1])
            yield Suggestion(
                entry=entry.name,
                field=line.code.partition(":")[2].replace("-", "_"),
                value=value,
                words=entry.narrative[start:end],
                start=start,
                end=end,
                pattern=f"{line.code} {line.words}",
                strength="likely" if line.standing == SAYS_NOT else line.standing,
                heard=tuple(around),
            )


def _listed_on(words: tuple[str, ...], at: int) -> Iterator[int]:
    """The agencies that a list goes on to name from a place: ", GP and school"."""
    between = False
    while at < len(words):
        if words[at].startswith("@a"):
            if words[at - 1] != words[at] and not between:
                return
            yield at
        elif words[at] in _BETWEEN:
            between = True
        else:
            return
        at += 1
