"""Days in the company of other words: on, dated, from ... onwards, probably, a time before the day, computers' own forms.

Each form stands with its reader in ``_FORMS``, for the table in ``kg.dates``; a reader that holds a date within it asks
``read`` for that date. To teach a new phrase, add a row.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Final

from kg.dates.clocks import CLOCKS, FIRST_CLOCKS
from kg.dates.patterns import TH, D, M, Y
from kg.dates.spans import (
    MARKED,
    Reader,
    Span,
    Unreadable,
    Years,
    calendar_day,
    days,
    first_of,
    month_of,
    named_day,
    numeric_day,
    whole_months,
    year_of,
    years_side_by_side,
)
from kg.dates.when import BEGINNING, DAY, END, day_of, minute_of

Read = Callable[[str, Years], Span]
Timed = Callable[[re.Match[str], Years], Span | None]

CUSTOM_WEEK: Final = "which days that week had is our own convention, drawn wide"
_NOT_THE_DAY: Final = r"(?!.*\b(?:birth|recording|writing|typing|next|review|expiry|due)\b)"
_LABEL = (
    rf"{_NOT_THE_DAY}(?:date|day)(?:\s?(?:/|&|and)\s?time)?"
    r"(?:\s(?:of|when|for)\s?(?:the\s)?[a-z]+(?:\s[a-z]+)?)?\s?(?::|-|=)\s?"
)
_SOME = r"(?:(?:at\s)?some\s?(?:time|point|day)\s(?:in|during|on))"
_ON = (
    rf"(?:on|dated|date|in|during|at|{_SOME}|(?:the\s)?month\sof|(?:the\s)?year|(?:occurred|happened)(?:\son)?"
    r"|(?:took\splace|seen|visited|visit|attended)\son)"
)
_LIKELY = (
    r"(?:possibly|probably|perhaps|maybe|likely|presumably|believed(?:\sto\s(?:be|have been))?|thought\sto\sbe"
    r"|(?:est|estimated)\.?(?:\sas)?|poss\.?|prob\.?|\(\?\))"
)
_IS = r"(?:is\s|was\s|are\s|were\s)?"
_MISSING = (
    r"(?:not\s(?:known|recorded|stated|given|specified|clear|certain|sure|confirmed|noted)|unknown|unclear|n/k|tbc)"
)
_UNSURE = (
    rf"(?:(?:exact\s)?date\s{_IS}(?:uncertain|unsure|unconfirmed|estimated|approximate|approx\.?|{_MISSING})"
    r"|unconfirmed|estimated|est\.?|tbc|to\sbe\sconfirmed|not\s(?:sure|certain|confirmed)|unsure|uncertain|unclear"
    r"|possibly|probably)"
)
_LOOSELY = r"(?:approx(?:imately|\.)?|approximate(?:\sdate)?|or\sthereabouts|or\sso|ish|-ish|circa|roughly|c\.)"
_EXACT_UNKNOWN = (
    rf"(?:(?:(?:exact|precise|specific|actual)\s)?(?:date|day)s?\s{_IS}{_MISSING}|unspecified\s(?:date|day)"
    r"|no\s(?:(?:exact|specific|precise)\s)?(?:date|day)(?:\s(?:given|recorded|known|stated))?)"
)
_NO_CLOCK = rf"(?:no\stime(?:\s(?:given|recorded|stated|noted))?|time\s{_IS}{_MISSING})"
_ONWARDS = (
    r"(?:onwards?|on-?going|and\s(?:on-?going|onwards|continuing)|continuing|-|to"
    r"|(?:-\s?(?:to\s)?|to\s|until\s)(?:date|(?:the\s)?present(?:\sday)?|now|current|on-?going|today|\.{2,3}|\?))"
)


class Phrases:
    """The readers of this room, which ask ``read`` for the date within a phrase and ``timed`` for one with its time."""

    def __init__(self, read: Read, timed: Timed) -> None:
        self.read = read
        self.timed = timed

    def forms(self) -> tuple[tuple[str, Reader], ...]:
        """Each form with its reader, in the order tried."""
        return tuple((form, getattr(self, reader)) for form, reader in _FORMS)

    def plainly(self, m: re.Match[str], about: Years) -> Span:
        return self.read(m["rest"], about)

    def likely(self, m: re.Match[str], about: Years) -> Span:
        return replace(self.read(m["rest"], about), hedge="doubtful", slack=True, doubt=MARKED)

    def unsure(self, m: re.Match[str], about: Years) -> Span:
        """A day whose date is said to be unsure; a month so called is that month, since no day of it is said."""
        span = self.read(m["rest"], about)
        return span if "day" not in span.units else replace(span, hedge="doubtful", slack=True, doubt=MARKED)

    def roughly(self, m: re.Match[str], about: Years) -> Span:
        return replace(self.read(m["rest"], about), hedge="about", slack=True)

    def throughout(self, m: re.Match[str], about: Years) -> Span:
        span = self.read(m["rest"], about)
        if BEGINNING in (span.first, span.last) or END in (span.first, span.last) or span.slack:
            raise Unreadable("what lasts needs a first and a last day")
        return replace(span, hedge="range", lasts=True)

    def since(self, m: re.Match[str], about: Years) -> Span | None:
        """From a day onwards: it lasts, and nobody says until when."""
        span = self.bounded(m["rest"], about)
        if span.hedge == "range":
            return None
        return replace(span, last=END, units=(span.units[0],) * 2, hedge="after", lasts=True)

    def until(self, m: re.Match[str], about: Years) -> Span:
        span = self.bounded(m["rest"], about)
        return replace(span, first=BEGINNING, units=(span.units[1],) * 2, hedge="by", lasts=True)

    def on_or_before(self, m: re.Match[str], about: Years) -> Span:
        return replace(self.bounded(m["rest"], about), first=BEGINNING, hedge="by")

    def on_or_after(self, m: re.Match[str], about: Years) -> Span:
        return replace(self.bounded(m["rest"], about), last=END, hedge="after")

    def bounded(self, text: str, about: Years) -> Span:
        span = self.read(text, about)
        if span.first == BEGINNING or span.last == END:
            raise Unreadable("it is bounded twice on the same side or has no bound of its own")
        return span

    def weekend(self, m: re.Match[str], about: Years) -> Span:
        span = self.read(m["rest"], about)
        first = day_of(span.first) if span.first > BEGINNING else None
        length = (span.last - span.first + 1) // DAY
        if first is None or span.timed or span.slack or not (length == 1 or (length == 2 and first.weekday() == 5)):
            raise Unreadable("a weekend needs its Saturday or its Sunday")
        if length == 1 and first.weekday() < 5:
            raise Unreadable("that day lies in no weekend")
        saturday = first - timedelta(first.weekday() - 5)
        return days(saturday, saturday + timedelta(1), "day", "range")

    def week_of_month(self, m: re.Match[str], about: Years) -> Span:
        """The first week of March: its days are a convention, so the bounds are wide."""
        year, month = year_of(m["y"], about), month_of(m["m"])
        start = first_of(year, month)
        end = first_of(year, month + 1) - timedelta(1)
        number = {"first": 0, "1st": 0, "second": 1, "2nd": 1, "third": 2, "3rd": 2, "fourth": 3, "4th": 3}.get(m["n"])
        if number is None:
            span = days(end - timedelta(9), end, "week", "part")
        else:
            first = start + timedelta(max(7 * number - 3, 0))
            span = days(first, min(start + timedelta(7 * number + 12), end), "week", "part")
        return replace(span, doubt=CUSTOM_WEEK)

    def iso_stamp(self, m: re.Match[str], about: Years) -> Span:
        """20180312T091500Z: a computer's compact stamp."""
        seconds = f":{m['s']}" if m["s"] else ""
        return self.read(f"{m['y']}-{m['m']}-{m['d']}t{m['h']}:{m['min']}{seconds}{m['zone'] or ''}", about)

    def unix_stamp(self, m: re.Match[str], about: Years) -> Span:
        """Mon Mar 12 09:15:00 GMT 2018: a computer's own words."""
        zone = {"gmt": "z", "utc": "z", "bst": "+01:00"}.get(m["zone"] or "", "")
        month, hour = month_of(m["m"]), m["t"].zfill(len("00:00:00") if m["t"].count(":") == 2 else len("00:00"))
        return self.read(f"{m['y']}-{month:02}-{int(m['d']):02}t{hour}{zone}", about)

    def questioned_time(self, m: re.Match[str], about: Years) -> Span | None:
        """12 Mar 22 ? 20.00: the question mark is the time's, so the day stands and the time is left."""
        span = self.read(m["rest"], about)
        if span.timed or span.slack or span.units != ("day", "day"):
            return None
        return replace(span, doubt=f'its time "{m["t"]}" has a question mark and is left out')


_FORMS: Final[tuple[tuple[str, str], ...]] = (
    (rf"{_LABEL}(?P<rest>.+)", "plainly"),
    (rf"(?P<rest>.+?)[\s,(]+\?\s?(?P<t>(?!\d{{4}}\)?$){CLOCKS})\)?", "questioned_time"),
    (r"[(\[{](?P<rest>[^()\[\]{}]+)[)\]}]", "plainly"),
    (r"[\"'*#>|-]+\s?(?P<rest>[^\"*#|]+?)\s?[\"'*#|]*", "plainly"),
    (r"(?P<rest>.*\d)\s?[:|*#\"']+", "plainly"),
    (rf"(?P<rest>.+?)[\s,;(-]+{_NO_CLOCK}\)?", "plainly"),
    (rf"(?P<rest>.+?)[\s,;(-]+{_EXACT_UNKNOWN}\)?", "unsure"),
    (rf"(?P<rest>.+?)[\s,;(-]+{_UNSURE}\)?", "unsure"),
    (rf"{_LIKELY}\s?(?:on\s|in\s)?(?P<rest>.+)", "likely"),
    (rf"(?P<rest>.+?)(?:[\s,;(-]+{_LOOSELY}|ish)\)?", "roughly"),
    (r"on\sor\s(?:about|around)\s(?P<rest>.+)", "roughly"),
    (r"(?:on\sor\sbefore|no(?:t)?\slater\sthan|at\sthe\slatest|up\sto)\s(?P<rest>.+)", "on_or_before"),
    (r"(?:on\sor\safter|no(?:t)?\searlier\sthan)\s(?P<rest>.+)", "on_or_after"),
    (rf"{_ON}\s(?:the\s)?(?P<rest>.+)", "plainly"),
    (r"the\s(?P<rest>\d.+)", "plainly"),
    (
        r"(?:throughout|all(?:\sof)?|whole\sof|the\swhole\sof|all\sthrough|for\sthe\swhole\sof)\s(?P<rest>.+)",
        "throughout",
    ),
    (rf"(?:from\s)?(?P<rest>.*[^\s-])\s?{_ONWARDS}", "since"),
    (r"(?:from|since|as\sof|as\sfrom|w\.?e\.?f\.?|with\seffect\sfrom|starting|commencing)\s(?P<rest>.+)", "since"),
    (r"(?:until|till|up\suntil)\s(?P<rest>.+)", "until"),
    (r"(?:over\s|during\s)?(?:the\s)?(?:week-?end|w/end)(?:\sof)?[:,]?\s(?:the\s)?(?P<rest>.+)", "weekend"),
    (
        rf"(?:during\s|in\s)?(?:the\s)?(?P<n>first|second|third|fourth|last|1st|2nd|3rd|4th)\s(?:week|wk)(?:\s(?:of|in))?\s{M},?\s{Y}",
        "week_of_month",
    ),
    (
        r"(?P<y>\d{4})(?P<m>\d\d)(?P<d>\d\d)t?(?P<h>\d\d):?(?P<min>\d\d):?(?P<s>\d\d)?(?:\.\d+)?(?P<zone>z|[+-]\d\d:?\d\d)?",
        "iso_stamp",
    ),
    (
        rf"{M}\s{D}\s(?P<t>\d\d?:\d\d(?::\d\d)?)\s(?:(?P<zone>gmt|bst|utc)\s)?(?P<y>\d{{4}})",
        "unix_stamp",
    ),
    (
        rf"(?:time\s?[:-]\s?)?(?:at\s|@\s?)?\(?(?P<t>{FIRST_CLOCKS})\)?(?:\s?[,;/|@-]\s?|\s(?:on|of)?\s?)"
        rf"(?:(?:on\s)?(?:date\s?[:-]\s?)?(?:the\s)?)(?P<rest>.+)",
        "timed",
    ),
    (
        rf"(?P<rest>.+?)\s?(?:[-/|;:]|,\s|\stime\s?:?|,?\s?time\s?[:-])\s?\(?(?P<t>{FIRST_CLOCKS})\)?",
        "timed",
    ),
)
"""The forms of this room in the order tried, each with the name of its reader in ``Phrases``."""


def phrases(read: Read, timed: Timed) -> tuple[tuple[str, Reader], ...]:
    """The forms of this room with their readers, in the order tried."""
    return Phrases(read, timed).forms()


# --- days and years in unusual dress ------------------------------------------------------------------------------


def compact_day(m: re.Match[str], about: Years) -> Span:
    """20180312 or 12032018: eight digits, read where one of the two ways only gives a day near the review."""
    return _one_of(m[0], about, (m[0][6:] + m[0][4:6] + m[0][:4], m[0]), 4)


def short_compact_day(m: re.Match[str], about: Years) -> Span:
    """120318: six digits. The year may stand first or last, so it is read only where one way gives a day near the review."""
    span = _one_of(m[0], about, (m[0][4:] + m[0][2:4] + m[0][:2], m[0]), 2)
    return replace(span, doubt="it is a number of six figures, read as day, month and year")


def _one_of(said: str, about: Years, ways: tuple[str, ...], digits: int) -> Span:
    found: dict[int, Span] = {}
    for text in ways:
        try:
            year = year_of(text[4:], about)
            if digits == 4 and not 1900 <= year <= 2099:
                continue
            day = calendar_day(year, int(text[2:4]), int(text[:2]))
        except Unreadable:
            continue
        found[minute_of(day)] = days(day, day, "day")
    if len(found) != 1:
        raise Unreadable(
            f'"{said}" is no date either way' if not found else f'"{said}" may be read with the year first or last'
        )
    return next(iter(found.values()))


def school_year(m: re.Match[str], about: Years) -> Span:
    """The school year 2017/18, which in England runs from September to August; a year of account from April to March."""
    year = year_of(m["y"], about)
    if int(m["z"]) % 100 != (year + 1) % 100:
        raise Unreadable(f"such a year ends in the year after it began, and {m['z']} does not")
    return whole_months(year, 4 if m["kind"].startswith(("fin", "year of", "tax")) else 9, 12, "year", "range")


_SCHOOL = r"(?P<kind>school|academic|acad\.?|financial|tax)"
UNUSUAL: Final[tuple[tuple[str, Reader], ...]] = (
    (rf"{D}{TH}\s?[-/.,\\_ ]\s?{M}\s?[-/.,\\_ ]\s?(?P<y>\d{{4}})", named_day),
    (rf"(?P<y>\d{{4}})[-/.,\s]\s?{M}[-/.,\s]\s?{D}{TH}", named_day),
    (rf"{M}[-/.,\s]\s?{D}{TH}[-/.,]?\s?(?P<y>\d{{4}})", named_day),
    (rf"{D}\s?(?P<sep>[-/.\\_:,])(?P=sep)*\s?(?P<m>\d{{1,2}})\s?(?P=sep)+\s?(?P<y>\d{{4}})", numeric_day),
    (rf"{D}\s?[/.]\s?(?P<m>\d{{1,2}})\s?[-/.,]\s?(?P<y>\d{{4}})", numeric_day),
    (rf"{D}\s?(?P<sep>[-/.\\])(?P=sep)*\s?(?P<m>\d{{1,2}})\s?(?P=sep)+\s?{Y}", numeric_day),
    (r"(?P<y>\d{4})\s?(?P<sep>[-/.\\_])\s?(?P<m>\d{1,2})\s?(?P=sep)\s?(?P<d>\d{1,2})", numeric_day),
    (r"\d{8}", compact_day),
    (r"\d{6}", short_compact_day),
    (r"(?P<y>\d{4})\s?/\s?(?P<z>\d{4})", years_side_by_side),
    (r"(?P<y>\d{4})-(?P<z>\d{4})", years_side_by_side),
    (rf"(?:the\s)?{_SCHOOL}\s(?:year|yr)\s(?P<y>\d{{4}})\s?[-/]\s?(?P<z>\d{{4}}|\d\d)", school_year),
    (rf"(?P<y>\d{{4}})\s?[-/]\s?(?P<z>\d{{4}}|\d\d)\s{_SCHOOL}\s(?:year|yr)", school_year),
)
