"""Dates that say something only beside the row above them: "the next day", "later that week", a day without its year.

Such a date is our own reading of two rows together, and is always flagged. It stands only where the row above gives one
day; a year that is missing is suggested from the row above and never filled in.
"""

from __future__ import annotations

import re
from typing import Final

from kg.dates.clocks import A_PART_OF_DAY, plain_spelling
from kg.dates.reader import read_date, with_year
from kg.dates.spans import Years
from kg.dates.when import BEGINNING, DAY, END, When, day_of, say_day

_NUMBERS: Final = {
    word: number
    for number, word in enumerate(("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"), 1)
} | {"a": 1, "1": 1, "2": 2, "3": 3, "4": 4, "5": 5, "6": 6, "7": 7, "8": 8, "9": 9, "10": 10}

_SAME = re.compile(
    r"(?:on )?(?:the )?same (?:day|date)|later (?:the same|that|same) day|that day|as above|ditto|[\"']{1,2}|do"
)
_PART_OF_IT = re.compile(rf"(?:later )?(?:that|the same|same) (?P<t>{A_PART_OF_DAY})")
_NEXT = re.compile(r"(?:on )?(?:the )?(?:next|following) day|(?:on )?the day after")
_NEXT_PART = re.compile(rf"(?:the )?(?:next|following) (?P<t>{A_PART_OF_DAY})")
_BEFORE = re.compile(r"(?:on )?(?:the )?(?:day before|previous day)")
_LATER = re.compile(rf"(?P<n>{'|'.join(sorted(_NUMBERS, key=len, reverse=True))}) days? later")
_WEEK = re.compile(r"(?:later )?(?P<w>that|the same|same|the next|next|the following|following) week")


def read_beside(words: str, time: str, above: When, *, about: Years = None) -> tuple[When, str] | None:
    """What a date means beside the date of the row above it, and why it is doubtful; None where the row above adds nothing.

    ``words`` is a date that could not be read by itself and ``time`` its Time cell. Words such as "the next day" are
    dated where the row above gives one day. Words that lack a year stay undated, and the reason names the year that
    would follow the row above. Example: below 14 March 2017, "the next day" is 15 March 2017.
    """
    said = f"{words.strip()} {time.strip()}".strip()
    if above.earliest == BEGINNING or above.latest == END:
        return None
    text = plain_spelling(words)
    reading = _relative(text, time.strip(), above)
    if reading is not None:
        when, why = reading
        flag = f"read beside the row above ({above.plain()}): our own reading"
        hedge = when.hedge or "doubtful"
        return When(said, when.earliest, when.latest, hedge, when.timed), f"{flag}; {why}" if why else flag
    nearest = with_year(words, about, above.earliest)
    if not nearest:
        return None
    _, why = read_date(words, time, about=about)
    return When(said, BEGINNING, END, "unread"), f"{why}; after the row above it would be {nearest}"


def _relative(text: str, time: str, above: When) -> tuple[When, str | None] | None:
    first, last = above.earliest // DAY, above.latest // DAY
    if above.timed and last - first == 1:
        last = first  # a night is told by the day on which it began
    if first != last:
        return None
    for form, days in ((_SAME, 0), (_PART_OF_IT, 0), (_NEXT, 1), (_NEXT_PART, 1), (_BEFORE, -1)):
        found = form.fullmatch(text)
        if found is not None:
            part = found.groupdict().get("t")
            return read_date(say_day(day_of((first + days) * DAY)), time or part or "")
    found = _LATER.fullmatch(text)
    if found is not None:
        return read_date(say_day(day_of((first + _NUMBERS[found["n"]]) * DAY)), time)
    found = _WEEK.fullmatch(text)
    if found is not None:
        monday = (
            first - day_of(first * DAY).weekday() + (7 if "that" not in found["w"] and "same" not in found["w"] else 0)
        )
        start = max(monday, first)
        return When("", start * DAY, (monday + 7) * DAY - 1, "range"), None
    return None
