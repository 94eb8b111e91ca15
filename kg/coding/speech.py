"""What someone is recorded as having said: words in quotation marks, and who spoke them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.coding.naming import People
from kg.coding.suggestion import Suggestion
from kg.model.record import Entry

_QUOTED = re.compile(
    r"[\"“]([^\"“”]{3,400})[\"”]|(?<![A-Za-z])[‘']([^‘’'\n]{2,200}(?:['’][a-z][^‘’'\n]{0,200})*)['’](?![A-Za-z])"  # noqa: RUF001
)
_SAYING = re.compile(
    r"\b(?:sa(?:id|ys|ying)|stat(?:ed|es|ing)|told|tells|ask(?:ed|s)|repl(?:ied|ies)|shout(?:ed|s|ing)|scream(?:ed|s)"
    r"|whisper(?:ed|s)|wrote|disclos(?:ed|es)|report(?:ed|s)|describ(?:ed|es)|call(?:ed|s)|add(?:ed|s)|words?|answer(?:ed|s)"
    r"|repeat(?:ed|s)|admitt?(?:ed|s)|claim(?:ed|s)|feels?|felt|that|quote)\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[A-Za-z][A-Za-z'’]*")  # noqa: RUF001


def speech(people: People, entry: Entry) -> Iterator[Suggestion]:
    """Quoted words in a narrative of somebody who is named before them, with the speaker.

    Words in quotation marks are taken for speech only where a word of saying stands within the eighty characters before
    them or the forty after; the speaker is the nearest person named before. Professionals' words are left out.
    """
    for found in _QUOTED.finditer(entry.narrative):
        before = entry.narrative[max(0, found.start() - 80) : found.start()]
        after = entry.narrative[found.end() : found.end() + 40]
        if not (_SAYING.search(before) or _SAYING.match(after.strip())):
            continue
        speaker = ""
        for word in reversed(_WORD.findall(before)):
            if people.kind(word.lower()):
                speaker = people.name(word.lower(), entry)
                break
            named = next((p.name for p in people.review.people if word in (p.name.split()[0], *p.aliases)), "")
            if named:
                speaker = named
                break
        words = found.group(1) or found.group(2)
        start = found.start(1) if found.group(1) else found.start(2)
        yield Suggestion(
            entry=entry.name,
            field="said",
            value=words,
            words=words,
            start=start,
            end=start + len(words),
            pattern="words in quotation marks",
            strength="sure" if speaker else "look",
            whose=(speaker,) if speaker else (),
        )
