"""Dates with other words in their cell: the longest stretch that reads as a date, and whether the rest leaves it alone.

The rest is kept with the words as written, and every date read so says what was left over. Where the rest holds another
date, a word of time or of order, a correction, or a word that makes the figures something else (a case number, a birth
date, a dose), nothing is read: a date in doubt is unread, and never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from kg.dates.clocks import CLOCK_IN_WORDS, SURE_CLOCK, read_clock
from kg.dates.spans import Span, Unreadable
from kg.dates.when import BEGINNING, DAY, END, When, day_of

LEFT_OVER: Final = "other words stand beside it, which the date is read without: "
"""How the reason begins where a date was read without the words beside it."""

MOST: Final = 24
"""A cell of more pieces than this is prose, and no date is looked for in it."""

_PIECE = re.compile(
    r"(?:[^\s()\[\],;:|]|(?<=\d)[,:](?=\d))+|[()\[\],;:|]",
)
_GLUED = re.compile(
    r"(?<=[/.]\d\d)-(?=[a-z])|(?<=[/.]\d{4})[-/](?=[a-z])|(?<=\d{4})(?=[a-z]{2,}\b(?<!hrs)(?<!am)(?<!pm))"
)
_CAME_AT = re.compile(
    r"\b(?:arrived|arr|arrival|attended|presented|triaged|seen|called|booked|booked in|timed|time|from)[:,]?\s"
    r"(?:at\s)?(?!19|20[0-5])(?:[01]\d|2[0-3])[0-5]\d\b(?!\s?(?:hrs|hours|h\b|am|pm))"
)
"""Four figures behind the word that somebody came: a time of day, unless they may be a year."""

_STOPS: Final = "-,;:|()[]"


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


_TIME_WORDS: Final = _words(
    """
    january february march april may june july august september october november december
    jan feb mar apr jun jul aug sep sept oct nov dec
    day days week weeks weekly month months monthly year years yearly weekend weekends fortnight fortnightly nights
    tonight today yesterday tomorrow daily ago later earlier next previous last onwards ongoing on-going continuing
    then throughout between w/c w/e wc we w/b wb birthday anniversary quarter
    """
)
_WIDE: Final = _words(
    """
    spring summer autumn winter easter christmas xmas term halfterm half-term holiday holidays
    early late mid end beginning start night
    """
)
"""Words of time too wide to move a date that is one day: early help, holiday club."""

_ORDER: Final = _words("since before after until till prior following within during past")
"""Words of order, which belong to what follows them: harmless behind a date, unless they stand last or right beside it."""

_DOUBTS: Final = _words(
    """
    possibly probably perhaps maybe think thought believed approx approximately about around circa roughly
    estimated est unsure uncertain unclear unconfirmed ? ?? or either various several multiple dates both other
    another not-sure sic
    """
)
_CORRECTIONS: Final = _words(
    """
    amended corrected correction changed rearranged re-arranged rescheduled re-scheduled postponed instead
    actually should error wrong incorrect incorrectly mistake typo previously originally replaced
    altered
    """
)
_NOT_THE_DAY: Final = _words(
    """
    dob d.o.b d.o.b. born birth b. due edd edc lmp expiry expires appt-for date
    recorded record typed entered logged uploaded scanned input inputted updated written printed created
    retrospective retrospectively added
    """
)
_SOMETHING_ELSE: Final = _words(
    """
    ref refs reference no nos num number case urn crime log occurrence version ver v rev draft nhs tel dose mg ml mcg
    bp b/p temp weight height age aged score scored ratio page pages para paragraph section sec clause item policy id
    """
)
"""Words that make the figures right behind them something else than a date: case 12/3/18, but not a case conference."""

_PLANS: Final = _words("expected planned scheduled booked moved")
_OF_A_PLAN: Final = _words("for on at to from back forward until")
"""Planned for, moved to: what follows is not when it happened. A planned visit is a visit."""

_JOINERS: Final = _words("by before after since until till to from between and or not prior past of & + - / than")
_AFTER: Final = _words("to until till or and & + than")
_WEEKDAYS: Final = {
    name: place
    for place, names in enumerate(
        ("mon monday", "tue tues tuesday", "wed weds wednesday", "thu thur thurs thursday", "fri friday", "sat saturday",
         "sun sunday")
    )
    for name in names.split()
}  # fmt: skip
_DATE_LIKE = re.compile(
    r"\d{1,2}[/.\\-]\d{1,2}(?:[/.\\-]\d{1,4})?|\d{4}[/.-]\d{1,2}(?:[/.-]\d{1,2})?|(?:19|20)\d\d|\d{1,2}(?:st|nd|rd|th)"
    r"|\d{1,2}[a-z]{3,9}(?:\d\d)*|'\d\d|(?:19|20)\d{6}(?:t\d+)?|\d{4}(?:19|20)\d\d"
)


_VOCABULARY: Final = (
    _TIME_WORDS | _WIDE | _ORDER | _DOUBTS | _JOINERS | frozenset(_WEEKDAYS)
    | _words(
        """
        on at in the to of dated date time year month some sometime point c ca com comm commencing beg begin beginning
        starting ending wk up through inclusive inc incl admitted admission adm discharged discharge stay stayed placed
        inpatient home out am pm a.m p.m a m p hr hrs hours h noon midday midnight morning afternoon evening eve overnight
        lunch lunchtime breakfast daytime small gmt bst utc z ish thereabouts so exact precise specific known unknown given
        clear confirmed stated day all whole through first second third fourth middle part very academic school financial
        boxing good eve st nd rd th q1 q2 q3 q4 present current now later latest starting effect wef
        """
    )
)  # fmt: skip
"""Words that written dates are made of."""

_LISTING: Final = _words("/ & + and")
_OF_DOUBT: Final = _words("sure certain clear exact known this")
_HERE: Final = "\0"
_CLOCK_UNSURE = re.compile(
    rf"(?<![/\w])(?:before|after|by|until|till|from|since|about|around|approx\w*|circa|c|or)\.?\s(?={SURE_CLOCK})|(?:{SURE_CLOCK})\s?\?"
)


@dataclass(frozen=True, slots=True)
class _Piece:
    text: str
    start: int
    end: int


def beside(text: str, read: Callable[[str], Span | None]) -> Span | None:
    """The date in a cell that holds other words, with a doubt that quotes them; None where none stands safely alone.

    ``text`` is in plain spelling; ``read`` reads a whole date. Raises Unreadable where the words speak against the date,
    or two dates disagree.
    """
    text = _CAME_AT.sub(r"\g<0>hrs", _GLUED.sub(" ", text))
    pieces = [_Piece(found[0], found.start(), found.end()) for found in _PIECE.finditer(text)]
    if not 2 <= len(pieces) <= MOST or not any(sign.isdigit() for sign in text):
        return None
    found = _windows(text, pieces, read)
    if not found:
        return None
    used = {at for first, last, _ in found for at in range(first, last)}
    rest = [piece for at, piece in enumerate(pieces) if at not in used and piece.text not in _STOPS]
    spans = [span for _, _, span in found]
    if len(spans) > 1 and all(piece.text in _LISTING for piece in rest):
        if any(piece.text == "-" for at, piece in enumerate(pieces) if at not in used):
            return None
        return _all_of(spans)
    first, last, span = found[0]
    for other in spans[1:]:
        if (other.first, other.last) != (span.first, span.last):
            raise Unreadable(f"it holds two dates that disagree, {_said(span)} and {_said(other)}")
    if not _undisturbed(pieces, first, last, used):
        raise Unreadable(f"the words beside {_said(span)} may change what it means")
    unread = [(at, piece.text) for at, piece in enumerate(pieces) if at not in used]
    before = " ".join(words for at, words in unread if at < first)
    after = " ".join(words for at, words in unread if at >= last)
    span, left = _with_clock(span, f"{before} {_HERE} {after}")
    before, _, after = left.partition(_HERE)
    _speak_against(before, after, span)
    words = " ".join(f"{before} {after}".split()).strip(" -,;:|/()[]")
    quoted = f'{LEFT_OVER}"{words}"' if words or not span.doubt else ""
    return replace(span, doubt=f"{span.doubt}; {quoted}" if span.doubt and quoted else span.doubt or quoted)


def _windows(text: str, pieces: list[_Piece], read: Callable[[str], Span | None]) -> list[tuple[int, int, Span]]:
    """Stretches of pieces that read as dates, the longest first, none within or across another.

    Only stretches of figures and of words that dates are made of are tried, so that prose costs little.
    """
    found: list[tuple[int, int, Span]] = []
    taken: set[int] = set()
    runs = [
        run
        for run in _runs(pieces)
        if any(piece.text[0] in "0123456789'" or piece.text[-1].isdigit() for piece in pieces[run[0] : run[1]])
    ]
    stretches = [
        (first, last) for start, stop in runs for first in range(start, stop) for last in range(first + 1, stop + 1)
    ]
    for first, last in sorted(stretches, key=lambda ends: ends[0] - ends[1]):
        words = text[pieces[first].start : pieces[last - 1].end]
        if pieces[first].text in "-,;:|)]" or pieces[last - 1].text in "-,;:|([" or not _may_hold_a_date(words):
            continue
        if taken.intersection(range(first, last)):
            continue
        span = read(words.strip(" ,;:|-"))
        if span is not None and span.last - span.first < 800 * DAY and _in_living_memory(span):
            found.append((first, last, span))
            taken.update(range(first, last))
    return found


def _runs(pieces: list[_Piece]) -> Iterator[tuple[int, int]]:
    start = 0
    for at, piece in enumerate(pieces):
        if not _of_a_date(piece.text):
            if at > start:
                yield start, at
            start = at + 1
    if len(pieces) > start:
        yield start, len(pieces)


def _of_a_date(word: str) -> bool:
    bare = word.strip(".'\"")
    return word in _STOPS or bare in _VOCABULARY or any(sign.isdigit() for sign in word) or not word.strip("?&+/@~*")


def _in_living_memory(span: Span) -> bool:
    """Whether a date found among words lies in years that a chronology reaches; "PC 1234 January" does not."""
    return all(bound in (BEGINNING, END) or 1900 <= day_of(bound).year < 2100 for bound in (span.first, span.last))


def _may_hold_a_date(words: str) -> bool:
    """Figures enough for a day with its year or a month with its year, and no bare number or year."""
    figures = sum(sign.isdigit() for sign in words)
    if re.fullmatch(r"[a-z]{3,9}\.?\s?[-/']\s?'?\d\d", words):  # Jul-19
        return True
    return figures >= 3 and re.fullmatch(r"[\d\s]+|\d{1,2}[.\-]\d{4}|\d{4}-\d\d|.*\d[/.-]", words) is None


def _all_of(spans: list[Span]) -> Span:
    """Several dates and nothing else: all are said, so the bounds reach from the first to the last."""
    ordered = sorted(spans, key=lambda span: span.first)
    ends = [bound for span in spans for bound in (span.first, span.last)]
    if BEGINNING in ends or END in ends or any(span.slack for span in spans):
        raise Unreadable("it holds several dates, and one has no bounds of its own")
    first, last = ordered[0], max(spans, key=lambda span: span.last)
    said = " and ".join(_said(span) for span in ordered)
    timed = all(span.timed for span in spans)
    return Span(first.first, last.last, (first.units[0], last.units[1]), "range", timed, doubt=f"it gives {said}")


def _undisturbed(pieces: list[_Piece], first: int, last: int, used: set[int]) -> bool:
    """Whether what stands right before and right after a date leaves it alone."""
    before = pieces[first - 1].text if first and first - 1 not in used else ""
    further = pieces[first - 2].text if first > 1 else ""
    after = pieces[last].text if last < len(pieces) and last not in used else ""
    further_after = pieces[last + 1].text if last + 1 < len(pieces) else ""
    if before in _STOPS and before not in ("", "-", ","):
        before, further = "", ""
    elif before in ("-", ","):
        before = further
        further = pieces[first - 3].text if first > 2 else ""
    if before in _JOINERS or (_is_number(before) and not before.endswith((".", ")"))):
        return False
    if after in _AFTER and after != "-":
        return False
    if after in ("-", ",", "/"):
        after = further_after
    return not _is_number(after) and after not in ("to", "until", "till", "or")


def _is_number(word: str) -> bool:
    return re.fullmatch(r"\d{1,2}(?:st|nd|rd|th)?", word) is not None or _DATE_LIKE.fullmatch(word) is not None


def _with_clock(span: Span, rest: str) -> tuple[Span, str]:
    """A time of day that stands apart from its day is the time of that day, where there is one and only one."""
    if span.timed and CLOCK_IN_WORDS.search(rest):
        return _until_the_last(span, rest), CLOCK_IN_WORDS.sub("", rest)
    if span.timed or span.slack or span.units != ("day", "day") or span.last - span.first != DAY - 1:
        return span, rest
    times = CLOCK_IN_WORDS.findall(rest)
    clock = read_clock(times[0]) if len(times) == 1 else None
    without = CLOCK_IN_WORDS.sub("", rest)
    if clock is None or _CLOCK_UNSURE.search(rest):
        return span, without
    hedge = span.hedge or clock.hedge
    return (
        replace(
            span,
            first=span.first + clock.first,
            last=span.first + clock.last,
            hedge=hedge,
            timed=True,
            doubt=clock.doubt,
        ),
        without,
    )


def _until_the_last(span: Span, rest: str) -> Span:
    """A day with several times: the stretch from the first to the last where they stand in order, else the whole day."""
    day = span.first // DAY * DAY
    read = [read_clock(found) for found in CLOCK_IN_WORDS.findall(rest)]
    times = [span.last - day, *(clock.last for clock in read if clock is not None)]
    doubt = f"{span.doubt}; it gives several times" if span.doubt else "it gives several times"
    if span.first < day or times != sorted(times) or times[-1] >= DAY or None in read:
        return replace(span, first=day, last=day + DAY - 1, timed=False, doubt=doubt)
    return replace(span, last=day + times[-1], hedge="range", doubt=doubt)


def _speak_against(before: str, after: str, span: Span) -> None:
    """Raises Unreadable, with the word, where what is left over may change what the date means."""
    for part, behind in ((before, False), (after, True)):
        words = [word for word in (piece.strip(".'\"!") for piece in re.split(r"[\s()\[\],;:|]+", part)) if word]
        for at, word in enumerate(words):
            why = _against(word, words[at + 1 :], span, behind=behind)
            if why:
                raise Unreadable(f'beside {_said(span)} stands "{word}", which {why}')


def _against(word: str, further: list[str], span: Span, *, behind: bool) -> str:
    """How a word left over speaks against the date, or "": ``further`` are the words that follow it."""
    days = (span.last - span.first) // DAY + 1
    follows = further[0] if further else "" if behind else _HERE
    if word in _WEEKDAYS:
        return "" if days <= 2 and day_of(span.first).weekday() == _WEEKDAYS[word] else "is another word of time"
    if word in _TIME_WORDS or (word in _WIDE and days > 8) or (word in _ORDER and not (behind and further)):
        return "is another word of time"
    if word in _DOUBTS or word.startswith("?") or (word == "not" and follows in _OF_DOUBT):
        return "casts doubt on it"
    if word in _CORRECTIONS:
        return "speaks of a correction"
    if word in _NOT_THE_DAY or (word in _PLANS and (follows == _HERE or follows in _OF_A_PLAN)):
        return "says that it is another kind of date"
    if word in _SOMETHING_ELSE and (follows == _HERE or follows[:1].isdigit()):
        return "says that the figures may be something else"
    return "may be another date" if _DATE_LIKE.fullmatch(word) else ""


def _said(span: Span) -> str:
    return When("", span.first, span.last, span.hedge, span.timed, span.lasts).plain()
