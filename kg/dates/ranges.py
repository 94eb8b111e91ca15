"""From one date to another: joined by words or a hyphen, one beside the other, either end leaving out what both share.

``between`` and ``ranges`` hold the forms for the table in ``kg.dates``; each asks ``attempt`` for the dates at its ends.
What is said to go on from the one end to the other ("from A to B", a stay) lasts; else it fell somewhere between.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from kg.dates.patterns import PART, WEEKDAY_AND, WITHOUT_YEAR, D, M, bare
from kg.dates.spans import MONTHS, Reader, Span, Unreadable, Years
from kg.dates.when import BEGINNING, END, day_of, say_day

Attempt = Callable[[str, Years], Span | None]

_DAY_ALONE = re.compile(rf"(?:{bare(WEEKDAY_AND)})?{D}(?P<th>st|nd|rd|th)?")
_NEEDS_YEAR = re.compile(rf"{WITHOUT_YEAR}|\d{{1,2}}[.-]\d{{1,2}}|{bare(PART)}(?:\s|\s?-\s?){bare(M)}")
_IN: Final = r"(?:admitted|admission|adm\.?|in\spatient|inpatient|in|stay|stayed|placed|start(?:ed)?|began|remanded)"
_OUT: Final = r"(?:(?:and\s)?(?:discharged|discharge|d/c|d/ch|dc|out|home|left|end(?:ed)?|moved|released))"


def join(one: str, other: str) -> str:
    """Two reasons for doubt as one."""
    return f"{one}; {other}" if one and other else one or other


def between(attempt: Attempt) -> tuple[tuple[str, Reader], ...]:
    """Between A and B: at some time from the one to the other."""
    return (
        (
            r"(?:some\s?time\s)?between\s(?P<a>.+?)\s(?:and|-|&)\s(?P<b>.+)",
            lambda m, about: _between(m, about, attempt),
        ),
    )


def ranges(attempt: Attempt) -> tuple[tuple[str, Reader], ...]:
    """From A to B, A and B, A - B, in the order tried."""

    def two(m: re.Match[str], about: Years) -> Span | None:
        return _two(m, about, attempt)

    def to(m: re.Match[str], about: Years) -> Span | None:
        return _to(m, about, attempt)

    def iso_end(m: re.Match[str], about: Years) -> Span | None:
        return _iso_end(m, about, attempt)

    return (
        (r"(?P<a>\d{1,2}(?:st|nd|rd|th)?)\s?/\s?(?P<b>\d{1,2}\D.+)", two),
        (r"(?P<a>\d{1,2}[.-]\d{1,2}[.-]\d{2,4})\s?/\s?(?P<b>\d{1,2}[.-]\d{1,2}[.-]\d{2,4})", two),
        (rf"(?P<a>{bare(M)})\s?/\s?(?P<b>{bare(M)}.+)", two),
        (rf"(?P<a>{bare(PART)}\s{bare(M)}(?:\s\d{{4}})?)\s?/\s?(?P<b>{bare(PART)}.+)", two),
        (r"(?P<a>.+?)\s?(?:&|\+|\sand\s|\sor\s)\s?(?P<b>[^&+]+?)", lambda m, about: _several(m, about, attempt)),
        (r"(?P<a>\d{4}-\d\d(?:-\d\d)?)/(?P<b>\d{4}-\d\d(?:-\d\d)?)", to),
        (r"(?P<a>\d{4}-\d\d-\d\d)/(?P<b>\d\d(?:-\d\d)?)", iso_end),
        (r"(?P<a>\d{4}-\d\d-\d\dt\d\d:\d\d)(?::\d\d)?/(?P<b>\d\d:\d\d)(?::\d\d)?", iso_end),
        (r"(?P<a>\d{4}-\d\d-\d\dt[^/]+)/(?P<b>\d{4}-\d\d-\d\dt[^/]+)", to),
        (rf"(?P<from>{_IN}[:,]?\s)(?:on\s)?(?P<a>.+?)[,;]?\s(?:-\s)?{_OUT}[:,]?\s(?:on\s)?(?P<b>.+)", to),
        (
            rf"(?P<from>(?:from|{_IN})[:,]?\s)?(?P<a>.+?)\s(?:-|to:?|until|till|through(?:\sto)?|up\sto)\s"
            r"(?P<b>.+?)(?:[,\s(]+inc(?:l(?:usive)?)?\.?\)?)?",
            to,
        ),
        (r".+-.+", lambda m, about: _hyphen(m, about, attempt)),
    )


def _between(m: re.Match[str], about: Years, attempt: Attempt) -> Span:
    span = _range(m["a"], m["b"], about, attempt)
    if span is None:
        raise Unreadable("one of its two ends is not a date that can be read")
    return span


def _several(m: re.Match[str], about: Years, attempt: Attempt) -> Span | None:
    """Days or months named one beside the other: all of them are said, so the bounds reach from the first to the last."""
    last = m["b"]
    span = attempt(last, about)
    if span is None or span.slack or span.timed or span.units not in (("day", "day"), ("month", "month")):
        return None
    for part in reversed(re.split(r"\s?(?:,|&|\+|\band\b|\bor\b)\s?|(?<=[a-z\d])\s?/\s?(?=\D)", m["a"])):
        if not part.strip():
            continue
        wider = _range(part, _say_whole(span), about, attempt)
        if wider is None or wider.slack or wider.timed or wider.units != span.units:
            return None
        span = replace(wider, last=span.last)
    return span


def _say_whole(span: Span) -> str:
    """The first day or month of a span, in words that give its year."""
    day = day_of(span.first)
    return say_day(day).casefold() if span.units[0] == "day" else f"{MONTHS[day.month - 1].casefold()} {day.year}"


def _two(m: re.Match[str], about: Years, attempt: Attempt) -> Span | None:
    """14/15 March 2017, Jan/Feb 2021: two days of one month, or two months."""
    try:
        return _range(m["a"], m["b"], about, attempt)
    except Unreadable:  # "12/3-14/3/18" has the same shape and is another form
        return None


def _to(m: re.Match[str], about: Years, attempt: Attempt) -> Span | None:
    span = _range(m["a"], m["b"], about, attempt)
    return replace(span, lasts=True) if span is not None and m.groupdict().get("from") else span


def _iso_end(m: re.Match[str], about: Years, attempt: Attempt) -> Span | None:
    """2018-03-12/14, 2018-03-12/04-02, and a clock alone behind a stamp: the end leaves out what it shares."""
    a, b = m["a"], m["b"]
    return _range(a, a[: len(a) - len(b)] + b, about, attempt)


def _hyphen(m: re.Match[str], about: Years, attempt: Attempt) -> Span | None:
    """A range whose two ends are joined by a hyphen, which also stands within dates: cut where both sides read.

    A day written year first is never cut within; where more than one cut reads, and they say different things, none does.
    """
    text = m[0]
    whole = [range(found.start() + 1, found.end() - 1) for found in _ISO_DAY.finditer(text)]
    cuts = [at for at, sign in enumerate(text) if sign == "-" and not any(at in day for day in whole)]
    found: list[Span] = []
    wrong = ""
    for at in cuts:
        try:
            span = _range(text[:at], text[at + 1 :], about, attempt)
        except Unreadable as reason:
            wrong = str(reason)
        else:
            found += [span] if span is not None else []
    if len({(span.first, span.last) for span in found}) > 1:
        raise Unreadable("its hyphens can be read in more than one way")
    if wrong and not found:
        raise Unreadable(wrong)
    return found[0] if found else None


_ISO_DAY = re.compile(r"(?<!\d)\d{4}-\d\d-\d\d(?!\d)")


def _range(a: str, b: str, about: Years, attempt: Attempt) -> Span | None:
    """From A to B, either of which may leave to the other what they share (14-16 July 1999); None if neither reads."""
    a, b = a.strip(" ,"), b.strip(" ,")
    start, end = attempt(a, about), attempt(b, about)
    if start is None and end is not None:
        start = _completed(a, end, about, attempt, backwards=True)
    elif start is not None and end is None:
        end = _completed(b, start, about, attempt, backwards=False)
    if start is None or end is None:
        return None
    if BEGINNING in (start.first, end.first) or END in (start.last, end.last):
        return None
    if start.first > end.first or start.last > end.last:
        raise Unreadable("its end lies before its start")
    doubt = join(start.doubt, end.doubt if end.doubt != start.doubt else "")
    hedge = next((s.hedge for s in (start, end) if s.slack), "range")
    units = (start.units[0], end.units[1])
    return Span(start.first, end.last, units, hedge, start.timed and end.timed, start.slack or end.slack, doubt)


def _completed(text: str, other: Span, about: Years, attempt: Attempt, *, backwards: bool) -> Span | None:
    """The one end of a range that leaves out its month or year, read with those of the other end."""
    day = day_of(other.first)
    alone = _DAY_ALONE.fullmatch(text) if other.units[0] == "day" else None
    if alone is not None and (backwards or alone["th"]):
        return attempt(f"{alone['d']} {MONTHS[day.month - 1].casefold()} {day.year}", about)
    if not _NEEDS_YEAR.fullmatch(text):
        return None
    glue = next((sign for sign in "/.-" if re.search(rf"\d{re.escape(sign)}\d", text)), " ")
    span = attempt(f"{text}{glue}{day.year}", about)
    if span is not None and backwards and span.first > other.first:
        return attempt(f"{text}{glue}{day.year - 1}", about)
    if span is not None and not backwards and span.first < other.first:
        return attempt(f"{text}{glue}{day.year + 1}", about)
    return span
