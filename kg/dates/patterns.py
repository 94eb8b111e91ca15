"""The pieces that written dates are made of, as patterns: days, months, years, weekdays, and parts of a month."""

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
DAY_AND_MONTH: Final = rf"{D}(?:st|nd|rd|th)?\s?(?:of\s)?[-./,]?\s?{M}"
WEEKDAY_AND: Final = r"(?P<w>mon|tues?|wed(?:nes)?|thur?s?|fri|sat(?:ur)?|sun)(?:day)?[.,]?(?:\sthe)?\s"
WITHOUT_YEAR: Final = bare(rf"(?:{WEEKDAY_AND})?(?:{DAY_AND_MONTH}|{M}|{D}/\d{{1,2}})")
PART: Final = r"(?:the\s)?(?P<part>early|mid|late|start of|beginning of|middle of|end of)"
WEEK: Final = (
    r"(?:week\s(?:of|commencing|beginning|starting|(?P<end>ending))"
    r"|w/[cb][/.:]?|w\.?[cb][.:]?(?=\s)|(?P<ends>w/e[/.:]?|w\.?e[.:]?(?=\s)))"
)
