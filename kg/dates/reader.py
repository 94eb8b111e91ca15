"""Dates and times as agencies write them, read into the earliest and the latest moment they can mean.

The day always comes before the month; nothing is tried the other way round, nothing depends on today's date, and words
that are no date give an undated entry and a reason, never a guess. ``FORMS`` is the whole grammar, in the order tried:
the first form whose shape fits decides. To teach the reader a new way of writing, add a row.
"""

from __future__ import annotations

import re
from collections.abc import Container
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

from kg.dates.clocks import (
    A_PART_OF_DAY,
    CLOCKS,
    FIRST_CLOCKS,
    LONGEST,
    NIGHTFALL,
    NO_TIME,
    clocks_beside,
    plain_spelling,
    read_clock,
)
from kg.dates.customs import CUSTOMARY
from kg.dates.patterns import DAY_AND_MONTH, PART, WEEK, WEEKDAY, WEEKDAY_AND, WITHOUT_YEAR, D, M, Y
from kg.dates.phrases import UNUSUAL, phrases
from kg.dates.ranges import between, join, ranges
from kg.dates.spans import (
    MARKED,
    WEEKDAYS,
    Reader,
    Span,
    Unreadable,
    Years,
    iso_month,
    month_and_small_number,
    named_day,
    named_month,
    numeric_day,
    numeric_month,
    part_of_month,
    part_of_year,
    refuse,
    season,
    whole_year,
    widened,
    winter_of_two_years,
    year_of,
)
from kg.dates.spelling import in_english, in_figures, well_spelt
from kg.dates.when import BEGINNING, DAY, END, UNDATED, When, day_of, say_day
from kg.dates.words_beside import LEFT_OVER, beside


class DateReader:
    """Reads the dates of one review, whose period tells in which century a two-digit year lies."""

    def __init__(self, period: When | None = None) -> None:
        self.years: Years = None
        if period is not None and period.closed:
            self.years = (day_of(period.earliest).year, day_of(period.latest).year)

    def read(self, words: str, time: str = "") -> tuple[When, str | None]:
        """What a Date cell and a Time cell say, and why that is doubtful or could not be read (None if it is plain)."""
        return read_date(words, time, about=self.years)

    def plainly(self, words: str) -> bool:
        """Whether a cell is a date and nothing but a date: read, and without other words beside it."""
        when, why = self.read(words)
        return not when.undated and (why is None or LEFT_OVER not in why)


def read_date(words: str, time: str = "", *, about: Years = None) -> tuple[When, str | None]:
    """What a date as written can mean: its bounds, with the words kept, and a reason if it is doubtful or no date.

    ``about`` is the first and last year of the review's period. Words that are no date give an undated ``When`` whose
    hedge is "unread", and the reason; a blank cell gives the hedge "none" and no reason. A time that cannot be read
    leaves the day as it is, with a reason. Never raises. Example: ``read_date("early June 2008")`` spans 1 to 10 June.
    """
    words, time = words.strip(), time.strip()
    if not words:
        return (When(time, BEGINNING, END, "none"), "there is a time but no date") if time else (UNDATED, None)
    said = f"{words} {time}" if time else words
    span = _read(words, about) if len(words) <= LONGEST else "it is too long to be a date"
    if isinstance(span, str):
        return When(said, BEGINNING, END, "unread"), span
    first, last, hedge, timed, doubt, lasts = span.first, span.last, span.hedge, span.timed, span.doubt, span.lasts
    if time and not NO_TIME.fullmatch(time.casefold()):
        clock = read_clock(time) or clocks_beside(time)
        if clock is None:
            doubt = join(doubt, f'the time "{_short(time)}" is not one that can be read')
        elif span.timed:
            if (first % DAY, last % DAY) != (clock.first, clock.last):
                doubt = join(doubt, f'the date gives another time than "{_short(time)}"')
        elif span.units == ("day", "day") and last - first == DAY - 1:
            first, last, hedge, timed = first + clock.first, first + clock.last, hedge or clock.hedge, True
            doubt, lasts = join(doubt, f'the time "{_short(time)}": {clock.doubt}' if clock.doubt else ""), clock.lasts
        elif not span.slack:
            doubt = join(doubt, f'the time "{_short(time)}" needs one day to belong to')
    if span.slack:
        first, last, timed = widened(first, span.units[0], -1), widened(last + 1, span.units[1], 1) - 1, False
    return When(said, first, last, hedge, timed, lasts), doubt or None


@lru_cache(maxsize=1 << 16)
def _read(words: str, about: Years) -> Span | str:
    text = plain_spelling(words)
    try:
        return _span(text, about)
    except Unreadable as reason:
        try:
            span = _otherwise(text, about)
        except Unreadable as against:
            return str(against)
        if span is not None:
            return span
        could_be = [_said(span) for _, span in _with_years(text, about)]
        said = str(reason) if '"' in str(reason) or not could_be else NO_YEAR
        return f"{said}; perhaps {_either(could_be)}" if could_be else said


def _otherwise(text: str, about: Years) -> Span | None:
    """A date that is no form as it stands: in Welsh, misspelt, or with other words beside it."""
    english = in_figures(in_english(text))
    span = _try(english, about) if english != text else None
    if span is not None:
        return span
    mended, changed = well_spelt(english)
    if mended:
        span = _try(mended, about)
        if span is not None:
            return replace(span, doubt=join(span.doubt, changed))
    span = beside(mended or english, lambda words: _try(words, about))
    return replace(span, doubt=join(changed, span.doubt)) if span is not None and changed else span


def with_year(words: str, about: Years, near: int) -> str:
    """The reading of a date without a year that lies nearest after a moment, in plain words; "" if none does.

    A suggestion for a person, never a date: nothing is dated by it.
    """
    if len(words) > LONGEST:
        return ""
    spans = [span for _, span in _with_years(plain_spelling(words), about)]
    after = [span for span in spans if span.last >= near and span.first != BEGINNING]
    return _said(min(after, key=lambda span: span.first)) if after else ""


NO_YEAR = "no year is given"
MOST_YEARS = 12
"""A review longer than this, in years, gets no suggestions of a missing year."""


def _with_years(text: str, about: Years) -> list[tuple[int, Span]]:
    """What words that lack a year would say in each year of the review, without years that their weekday contradicts."""
    if about is None or about[1] - about[0] >= MOST_YEARS or not any(sign.isalnum() for sign in text):
        return []
    found = []
    for year in range(about[0], about[1] + 1):
        span = _try(f"{text} {year}", None) or _try(f"{text}/{year}", None)
        if span is not None and not (span.first == BEGINNING and span.last == END):
            found.append((year, span))
    return [each for each in found if _WEEKDAY_CLASH not in each[1].doubt] or found


def _said(span: Span) -> str:
    return When("", span.first, span.last, span.hedge, span.timed).plain()


def _either(choices: list[str]) -> str:
    if len(choices) == 1:
        return choices[0]
    return f"{', '.join(choices[:-1])} or {choices[-1]}"


def _span(text: str, about: Years) -> Span:
    for form, reader in FORMS:
        found = form.fullmatch(text)
        if found is not None:
            span = reader(found, about)
            if span is not None:
                return span
    raise Unreadable("no known way of writing a date fits it")


def _try(text: str, about: Years) -> Span | None:
    try:
        return _span(text.strip(" ,"), about)
    except Unreadable:
        return None


# --- doubt, order, ranges -----------------------------------------------------------------------------------------


EITHER: Final = "it names one or another, and is bounded by the one that leaves the most open"


def _doubtful(m: re.Match[str], about: Years) -> Span:
    return replace(_span(m["rest"], about), hedge="doubtful", slack=True, doubt=MARKED)


def _glued_month(m: re.Match[str], about: Years) -> Span:
    """MAR18 in a print of 14MAR18: a month of the review's years; else it may as well be a day that lacks its year."""
    year = year_of(m["y"], about)
    if about is None or not about[0] <= year <= about[1]:
        raise Unreadable(NO_YEAR)
    return replace(named_month(m, about), doubt="its figures are read as a year, and not as a day that lacks one")


def _about(m: re.Match[str], about: Years) -> Span | None:
    if _CLOCK_FIRST.match(m["rest"]):  # the word belongs to the time, as in "approx 8pm 05/11/2020"
        return None
    return replace(_span(m["rest"], about), hedge="about", slack=True)


def _before(m: re.Match[str], about: Years) -> Span:
    span = _bounded(m["rest"], about)
    if re.search(r"\bor\b", m["rest"]):  # before one day or another: before the later is all that is sure
        return Span(
            BEGINNING,
            span.last - (DAY if span.units[1] == "day" and not span.timed else 0),
            (span.units[1],) * 2,
            "before",
            doubt=EITHER,
        )
    return replace(span, first=BEGINNING, last=span.first - 1, units=(span.units[0],) * 2, hedge="before")


def _after(m: re.Match[str], about: Years) -> Span:
    span = _bounded(m["rest"], about)
    if re.search(r"\bor\b", m["rest"]):  # after one day or another: after the earlier is all that is sure
        return Span(
            span.first + (DAY if span.units[0] == "day" and not span.timed else 0),
            END,
            (span.units[0],) * 2,
            "after",
            doubt=EITHER,
        )
    return replace(span, first=span.last + 1, last=END, units=(span.units[1],) * 2, hedge="after")


def _by(m: re.Match[str], about: Years) -> Span:
    return replace(_bounded(m["rest"], about), first=BEGINNING, hedge="by")


def _bounded(text: str, about: Years) -> Span:
    span = _span(text, about)
    if span.first == BEGINNING or span.last == END:
        raise Unreadable("it is bounded twice on the same side or has no bound of its own")
    return span


def _week(m: re.Match[str], about: Years) -> Span | None:
    span = _span(m["rest"], about)
    if span.units != ("day", "day") or span.last - span.first != DAY - 1 or span.slack:
        raise Unreadable("a week needs the day it begins or ends on")
    first = span.first - 6 * DAY if m["end"] or m["ends"] else span.first
    return replace(span, first=first, last=first + 7 * DAY - 1, units=("week", "week"), hedge="range")


def _stamp(m: re.Match[str], about: Years) -> Span | None:
    """A computer's own stamp with its distance from Greenwich: the clock is kept as written, and the distance said."""
    span = _try(m["rest"], about)
    if span is None or not span.timed:
        return None
    sign = m["sign"] or "+"
    ahead = (-1 if sign == "-" else 1) * (60 * int(m["h"] or 0) + int(m["min"] or 0))
    if ahead == (60 if _summer_time(day_of(span.first)) else 0):
        return span
    said = f'its stamp says "{m["offset"]}", which was not the clock of the United Kingdom that day'
    return replace(span, doubt=join(span.doubt, f"{said}; the time is kept as written"))


def _summer_time(day: date) -> bool:
    """Whether clocks stood an hour ahead, by the rule since 1996: from the last Sunday of March to that of October."""
    starts, ends = (date(day.year, month, 31) for month in (3, 10))
    return starts - timedelta((starts.weekday() + 1) % 7) <= day < ends - timedelta((ends.weekday() + 1) % 7)


def _weekday(m: re.Match[str], about: Years) -> Span | None:
    span = _span(m["rest"], about)
    if span.units != ("day", "day") or span.last - span.first >= DAY:
        return None
    day = day_of(span.first)
    named = next(name for name in WEEKDAYS if name.casefold().startswith(m["w"][:3]))
    if named == WEEKDAYS[day.weekday()]:
        return span
    doubt = f"{say_day(day)} was a {WEEKDAYS[day.weekday()]}{_WEEKDAY_CLASH}{named}"
    return replace(span, doubt=join(span.doubt, doubt))


def _day_with_time(m: re.Match[str], about: Years) -> Span | None:
    span, clock = _try(m["rest"], about), read_clock(m["t"])
    if span is None or m["rest"].endswith(" ?") or span.units != ("day", "day"):
        return None
    if clock is not None and clock.last >= DAY and span.last - span.first == 2 * DAY - 1:  # the night 14/15 March
        return replace(span, first=span.first + NIGHTFALL, last=span.first + clock.last, hedge="part", timed=True)
    if span.last - span.first != DAY - 1:
        return None
    if clock is None:
        return None
    if m["t"] == "00:00:00":  # how spreadsheets write out a day without a time
        return span
    if re.fullmatch(r"\d{4}", m["t"]) and int(m["t"]) in _years_near(day_of(span.first).year, about):
        return None
    first, last, doubt = span.first + clock.first, span.first + clock.last, join(span.doubt, clock.doubt)
    return replace(
        span, first=first, last=last, hedge=span.hedge or clock.hedge, timed=True, doubt=doubt, lasts=clock.lasts
    )


def _years_near(year: int, about: Years) -> Container[int]:
    """Figures that may be a year of the review rather than a time of day: 2018 is not read as 20:18."""
    return range(about[0], about[1] + 1) if about is not None and about[0] <= year <= about[1] else (year,)


_WEEKDAY_CLASH = ", not a "
NO_DATE = (
    r"[?]+|-+|[x]{2,}|n\.?/?[ka]\.?|nil|none|blank|undated|various|on-?going|current|present|see (?:above|below|notes?)"
    r"|not (?:known|recorded|stated|given|provided|available|applicable|dated|documented)"
    r"|(?:no (?:date|record)|unknown)(?: (?:given|recorded|known|stated|date))?"
    r"|date (?:unknown|not (?:known|recorded|given|stated))|tb[ca]|t\.b\.c\.?|to be (?:confirmed|advised)"
)
"""Words that say that no date is known."""

# --- the table of forms -------------------------------------------------------------------------------------------

_CLOCK_FIRST = re.compile(rf"(?:{FIRST_CLOCKS})\s")

_FORMS: tuple[tuple[str, Reader], ...] = (
    # days
    (rf"{D}\s?(?P<sep>[/.\- ])\s?(?P<m>\d{{1,2}})\s?(?P=sep)\s?{Y}", numeric_day),
    (rf"(?P<y>\d{{4}})(?P<sep>[-/.])(?P<m>\d{{1,2}})(?P=sep){D}", numeric_day),
    (rf"{DAY_AND_MONTH}\.?[-./,]?\s?{Y}", named_day),
    (rf"{M}\.?\s{D}(?:st|nd|rd|th)?,?\s(?P<y>\d{{4}})", named_day),
    (r"(?P<rest>\d\d?([/.-])\d\d?\2(?:\d\d){1,2}|\d{4}-\d\d-\d\d)[t ](?P<t>\d\d:\d\d(?::\d\d)?)", _day_with_time),
    # months and years
    (rf"{M}\.?(?:,?\s|\s?[-/]\s?|\s?(?='))(?:of\s)?'?(?P<y>\d{{4}})", named_month),
    (rf"{M}(?:\s?[-/]\s?'?|\s?')(?P<y>\d\d)", named_month),
    (rf"{M}(?P<y>\d\d)", _glued_month),
    (rf"{M}\s(?P<y>3[2-9]|[4-9]\d|00)", named_month),
    (r"(?P<m>\d{1,2})[/.\-](?P<y>\d{4})", numeric_month),
    (r"(?P<y>\d{4})(?P<sep>[-/])(?P<m>\d\d)", iso_month),
    (r"(?P<y>\d{4})", whole_year),
    # parts of them
    (rf"{PART}(?:\s|\s?-\s?)(?:in\s|of\s)?{M}\.?,?(?:\s|\s?[-/']\s?){Y}", part_of_month),
    (rf"{PART}(?:\s|\s?-\s?)(?:in\s|of\s)?(?P<y>\d{{4}})", part_of_year),
    (r"(?P<s>spring|summer|autumn|winter)(?:\sof)?\s(?P<y>\d{4})", season),
    (r"winter(?:\sof)?\s(?P<y>\d{4})\s?[-/]\s?(?P<z>\d{4}|\d\d)", winter_of_two_years),
    *CUSTOMARY,
    *UNUSUAL,
    # shapes that are no date
    (WITHOUT_YEAR, refuse(NO_YEAR)),
    (rf"{M}\s(?P<n>\d{{1,2}})(?:st|nd|rd|th)?", month_and_small_number),
    (NO_DATE, refuse("no date is given")),
    (r"\d{5}(?:\.\d+)?", refuse("it is a bare number, perhaps a spreadsheet's own count of days")),
    # doubt and order
    (r"\?\s?(?P<rest>.+)", _doubtful),
    (r"(?P<rest>.+?)\s?(?:\?+|\(\?+\))", _doubtful),
    (r"(?:~|c(?:a|irca)?\.?\s?(?=\d)|(?:c\.|ca\.?|circa|about|around|approx\.?|approximately)\s?)(?P<rest>.+)", _about),
    (r"(?:before|prior to)\s(?P<rest>.+)", _before),
    (r"after\s(?P<rest>.+)", _after),
    (r"by\s(?P<rest>.+)", _by),
    (rf"(?:(?:during|in)\s)?(?:the\s)?{WEEK}\s?(?P<rest>.+)", _week),
    *between(lambda text, about: _try(text, about)),
    (rf"{WEEKDAY_AND}(?P<rest>.+)", _weekday),
    (rf"(?P<rest>.+?),?\s?(?:\s|(?<=\d))\(?(?P<w>{WEEKDAY})\)?", _weekday),
    # a computer's stamp, a day with its time, then ranges
    (r"(?P<rest>\d{4}-\d\d-\d\d[t ].+?)\s?(?P<offset>z|gmt|utc|(?P<sign>[+-])(?P<h>\d\d):?(?P<min>\d\d)?)", _stamp),
    (rf"(?P<rest>.+?)(?:,?\s(?:at\s|@\s?)?|(?<=\d)t(?=\d)|\s?@\s?|\s?(?=\())\(?(?P<t>{CLOCKS})\)?", _day_with_time),
    (rf"(?P<t>{A_PART_OF_DAY})(?:\sof)?,?\s(?:the\s)?(?P<rest>.+)", _day_with_time),
    *phrases(lambda text, about: _span(text.strip(" ,"), about), _day_with_time),
    *ranges(lambda text, about: _try(text, about)),
)

FORMS: tuple[tuple[re.Pattern[str], Reader], ...] = tuple((re.compile(shape), reader) for shape, reader in _FORMS)


# --- arithmetic and words -----------------------------------------------------------------------------------------


def _short(words: str) -> str:
    return words if len(words) <= 40 else f"{words[:39]}…"
