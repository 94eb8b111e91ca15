"""Months and weekdays in Welsh, and months misspelt, brought to the one spelling that the forms of dates know."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from kg.base.nearest import likeness, nearest_few
from kg.dates.spans import MONTHS

WELSH_MONTHS: Final = {
    "january": ("ionawr", "ion"),
    "february": ("chwefror", "chwef", "chwe"),
    "march": ("mawrth", "fawrth", "maw"),
    "april": ("ebrill", "ebr"),
    "may": ("mai", "fai"),
    "june": ("mehefin", "fehefin", "meh"),
    "july": ("gorffennaf", "orffennaf", "gorff", "gor"),
    "august": ("awst",),
    "september": ("medi", "fedi"),
    "october": ("hydref", "hyd"),
    "november": ("tachwedd", "dachwedd", "tach"),
    "december": ("rhagfyr", "ragfyr", "rhag"),
}
"""The months in Welsh, with the forms that they take after "o" and the short ones."""

WELSH_WEEKDAYS: Final = {
    "monday": "llun",
    "tuesday": "mawrth",
    "wednesday": "mercher",
    "thursday": "iau",
    "friday": "gwener",
    "saturday": "sadwrn",
    "sunday": "sul",
}

_MONTH_OF: Final = {word: month for month, words in WELSH_MONTHS.items() for word in words}
_DAY_OF: Final = {word: day for day, word in WELSH_WEEKDAYS.items()}
_WELSH = "|".join(sorted(_MONTH_OF, key=len, reverse=True))
_WEEKDAY = re.compile(rf"\bd(?:ydd|\.)?\s(?P<w>{'|'.join(_DAY_OF)})\b,?")
_BEHIND_A_DAY = re.compile(
    rf"(?P<d>\b\d{{1,2}})(?:af|ail|il|ydd|edd|ed|fed|eg|ain)?(?P<glue>[\s/.-]?\s?)(?:o\s)?(?P<m>{_WELSH})\b\.?"
)
_BEFORE_A_YEAR = re.compile(rf"\b(?P<m>{_WELSH})\.?(?=[\s/-]'?\d\d(?:\d\d)?\b)")
_PART = re.compile(r"\b(?P<p>dechrau|canol|diwedd)\s(?:mis\s)?(?=[a-z]+\s\d{4})")
_SEASON = re.compile(r"\b(?:(?:yn\s|y\s|yr\s)*(?P<s>gwanwyn|haf|gaeaf)|yr\s(?P<a>hydref))\s(?=(?:19|20)\d\d)")
_OCTOBER_OR_AUTUMN = re.compile(r"^hydref(?=\s(?:19|20)\d\d$)")
"""October and autumn are one word in Welsh: by itself before a year it is read as the wider of the two."""

_SEASONS: Final = {"gwanwyn": "spring", "haf": "summer", "hydref": "autumn", "gaeaf": "winter"}
_SAID = re.compile(
    r"\b(?:tua(?:'r)?|oddeutu|cyn|ar \u00f4l|ar ol|(?:yr\s)?wythnos yn dechrau|(?:yn y |y )?(?:bore|prynhawn)|gyda'r nos"
    r"|hanner dydd)(?=\s|$)"
)
_SAYS: Final = {
    "tua": "about", "tua'r": "about", "oddeutu": "about", "cyn": "before", "ar \u00f4l": "after", "ar ol": "after",
    "wythnos yn dechrau": "w/c", "bore": "morning", "prynhawn": "afternoon", "gyda'r nos": "evening", "hanner dydd": "midday",
}  # fmt: skip
_PARTS: Final = {"dechrau": "early", "canol": "mid", "diwedd": "late"}
_ROMAN: Final = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
_ROMAN_MONTH = re.compile(
    rf"\b(?P<d>\d{{1,2}})(?P<glue>[-./ ])(?P<m>{'|'.join(_ROMAN)})(?P=glue)(?P<y>'?\d\d(?:\d\d)?)\b"
)
_FIGURES = (
    r"(?:\d{1,2}([/.-])\d{1,2}\%d\d\d(?:\d\d)?|\d{1,2}\s?(?:st|nd|rd|th)?[-/. ]?[a-z]{3,9}[-/. ]?'?\d\d(?:\d\d)?)"
)
_FOUR = r"(?!19|20[0-5])(?:[01]\d|2[0-3])[0-5]\d"
_TIME_BEHIND = re.compile(rf"(?P<day>\b{_FIGURES % 2})(?:\s?[-/;,|]\s?|\s)(?P<t>{_FOUR})$")
_TIME_BEFORE = re.compile(rf"^(?P<t>{_FOUR})\s?[-/;,|]?\s(?P<day>{_FIGURES % 3})$")
_MONTH_FIRST = re.compile(r"^(?P<m>[a-z]{3,9})\.?\s(?P<d>\d{1,2})(?:st|nd|rd|th),?\s'(?P<y>\d\d)$")
_A_WORD = re.compile(r"[a-z]{5,12}")
_NOT_MONTHS: Final = frozenset(("marchs", "decade", "remember", "member", "ember", "augment"))
LIKE: Final = 0.8
"""How like a month, of 1, a word must be to be read as that month misspelt."""


def in_english(text: str) -> str:
    """A date in Welsh as the same date in English; other words are left as they are. ``text`` is in plain spelling."""
    text = _SEASON.sub(lambda m: f"{_SEASONS[m['s'] or m['a']]} ", text)
    text = _WEEKDAY.sub(lambda m: _DAY_OF[m["w"]], text)
    text = _BEHIND_A_DAY.sub(lambda m: f"{m['d']}{m['glue'] or ' '}{_MONTH_OF[m['m']]}", text)
    text = _OCTOBER_OR_AUTUMN.sub("autumn", text)
    text = _BEFORE_A_YEAR.sub(lambda m: _MONTH_OF[m["m"]], text)
    text = _SAID.sub(lambda m: _SAYS[re.sub(r"^(?:yr |yn y |y )", "", m[0])], text)
    return _PART.sub(lambda m: f"{_PARTS[m['p']]} ", text)


def in_figures(text: str) -> str:
    """A date with a month in Roman figures, or with four bare figures of a clock beside a whole day, spelt plainly.

    "5-iii-18" is "5/3/18"; "4/8/20 - 1545" and "1430 05/03/18" are a day and a time. Figures that may be a year are left.
    """
    text = _ROMAN_MONTH.sub(lambda m: f"{m['d']}/{_ROMAN.index(m['m']) + 1}/{m['y']}", text)
    text = _MONTH_FIRST.sub(lambda m: f"{m['d']} {m['m']} {m['y']}", text)
    text = _TIME_BEHIND.sub(lambda m: f"{m['day']} {m['t']}hrs", text)
    return _TIME_BEFORE.sub(lambda m: f"{m['day']} {m['t']}hrs", text)


def well_spelt(text: str) -> tuple[str, str]:
    """A date whose month is misspelt with the month it is likest, and what was changed; ("", "") where none is."""
    changed: list[str] = []

    def mended(m: re.Match[str]) -> str:
        month = _likest(m[0])
        if not month or month.casefold() == m[0] or not _beside_a_figure(text, m):
            return m[0]
        changed.append(f'"{m[0]}" is read as {month}')
        return month.casefold()

    text = _A_WORD.sub(mended, text)
    return (text, "; ".join(changed)) if changed else ("", "")


def _beside_a_figure(text: str, m: re.Match[str]) -> bool:
    before, after = text[: m.start()].rstrip(" -/.,"), text[m.end() :].lstrip(" -/.,'")
    return bool(re.search(r"\d(?:st|nd|rd|th)?(?: of)?$", before)) or bool(re.match(r"\d\d", after))


@lru_cache(maxsize=1024)
def _likest(word: str) -> str:
    if word in _NOT_MONTHS:
        return ""
    near = nearest_few(word, [month.casefold() for month in MONTHS], 2, like=LIKE)
    return near[0].title() if len(near) == 1 or (near and near[0] != word and _clearly(word, near)) else ""


def _clearly(word: str, near: Sequence[str]) -> bool:
    """Whether the likest of two months is much liker than the other, so that Septmber is not Decmber."""
    one, two = (likeness(word, month) for month in near[:2])
    return one - two > 0.1
