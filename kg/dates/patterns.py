"""The pieces that written dates are made of, as patterns: days, months, years, weekdays, and parts of a month.

Libraries that read dates (dateutil, dateparser) were weighed and left: both fill in a missing year, month or day from
today, both turn day and month round where the day first does not fit, and neither says how far its reading reaches.
Here a date that is not sure is wide or unread. Hence a grammar of our own, and no fallback behind it.
"""

from __future__ import annotations

import re
from typing import Final


def bare(pattern: str) -> str:
    """A pattern without the names of its groups, so that it may stand twice in one form."""
    return re.sub(r"\?P<\w+>", "?:", pattern)


D: Final = r"(?P<d>\d{1,2})"
Y: Final = r"'?(?P<y>\d{4}|\d\d)"
M: Final = (
    r"(?P<m>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
TH: Final = r"(?:\s?(?:st|nd|rd|th))?"
DAY_AND_MONTH: Final = rf"{D}{TH}\s?(?:(?:day\s)?of\s)?[-./,\\_]?\s?{M}"
WEEKDAY: Final = r"(?:mon|tues?|weds?|wednes|thur?s?|fri|sat(?:ur)?|sun)(?:day)?"
WEEKDAY_AND: Final = rf"(?P<w>{WEEKDAY})(?:[.,:]?(?:\sthe)?\s|[.,:]\s?(?:the\s)?|\s?[-/]\s?|(?=\d))"
WITHOUT_YEAR: Final = bare(rf"(?:{WEEKDAY_AND})?(?:{DAY_AND_MONTH}|{M}|{D}/\d{{1,2}})")
PART: Final = (
    r"(?:the\s)?(?:very\s)?(?P<part>early|mid(?:dle)?|late|beg\.?|(?:start|beginning|early part|middle|end|latter part)"
    r"(?:\sof(?:\sthe)?)?)"
)
WEEK: Final = (
    r"(?:(?:week|wk\.?)\s(?:of|com(?:m(?:encing)?)?\.?|beg(?:in(?:ning)?|g)?\.?|starting|start|(?P<end>end(?:ing)?\.?))\s?[:-]?"
    r"|w\s?[/-]\s?[cb][/.:]?|w\.?[cb][.:]*(?=\s)|wc(?=\d)|(?P<ends>w\s?[/-]\s?e(?:nding)?[/.:]?|w\.?e[.:]*(?=\s)))"
)
