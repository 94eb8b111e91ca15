"""What Excel shows for a number: its format decides whether a cell reads 123, 00123, TH-123, March 2019 or 9.30.

A date that shows in full comes out as day/month/year and a clock time in 24 hours, whichever way round the format has
them, so that they read as text dates do; what a format leaves out (the day of "Mar-19", the year of "14 March") is left
out. Long numbers that a format would shorten to powers of ten keep all their digits.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import lru_cache

FROM_1900 = date(1899, 12, 30)
FROM_1904 = date(1904, 1, 1)
"""The days from which a workbook counts; those of older Apple computers count from 1904."""

BUILT_IN = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??",
    14: "dd/mm/yyyy", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm",
    21: "h:mm:ss", 22: "dd/mm/yyyy h:mm", 37: "#,##0;-#,##0", 38: "#,##0;-#,##0", 39: "#,##0.00;-#,##0.00",
    40: "#,##0.00;-#,##0.00", 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0", 48: "##0.0E+0", 49: "@",
}  # fmt: skip
"""The formats that files name by number only, as a British Excel shows them."""

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_LAST = 2_958_466
_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|_.|\*.|\[(?P<elapsed>h+|m+|s+)\]|\[\$(?P<money>[^\]-]*)[^\]]*\]|\[[^\]]*\]'
    r"|(?P<half>am/pm|a/p)|(?P<general>general)|(?P<date>y+|m+|d+|h+|s+(?:\.0+)?)|(?P<power>e[+-]0+)"
    r"|(?P<digit>[0#?])|(?P<sign>[.,%/@])|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
_PART = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|;|[^;"\\[]+|.', re.DOTALL)


@dataclass(frozen=True, slots=True)
class Format:
    """One number format: its parts as (kind, text), one list for each of its sections.

    ``dated`` is any of "y", "mon", "d", "week", "clock", "elapsed" that it shows.
    """

    sections: tuple[tuple[tuple[str, str], ...], ...]
    dated: frozenset[str]

    @property
    def plain(self) -> bool:
        """Whether it shows what would be read without it: no format, a text, a whole day or a time of day alone."""
        kinds = {
            kind
            for kind, words in self.sections[0]
            if kind not in (".", "/", ",") and (kind != "other" or any(c.isalnum() for c in words))
        }
        whole = self.dated >= {"d", "mon", "y"} or self.dated <= {"clock", "elapsed"}
        return (
            kinds <= {"general"}
            or kinds == {"@"}
            or (bool(self.dated) and kinds <= {"date", "half", "elapsed"} and whole)
        )


@lru_cache(maxsize=2_000)
def parsed(code: str) -> Format:
    """A format code taken apart."""
    sections: list[str] = [""]
    for part in _PART.findall(code):
        if part == ";":
            sections.append("")
        else:
            sections[-1] += part
    parts = tuple(tuple(_tokens(section)) for section in sections)
    dated = set()
    for kind, words in parts[0]:
        if kind == "elapsed":
            dated.add("elapsed")
        elif kind == "date":
            dated.add({"y": "y", "h": "clock", "s": "clock", "n": "clock"}.get(words[0]) or _of_day(words))
    return Format(parts, frozenset(dated))


def _of_day(words: str) -> str:
    return "mon" if words[0] == "m" else "d" if len(words) < 3 else "week"


def _tokens(section: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for match in _TOKEN.finditer(section):
        kind, words = match.lastgroup or "", match.group(match.lastgroup or 0)
        if kind in ("quoted", "escaped", "money", "other"):
            found.append(("other", words))
        elif kind == "sign":
            found.append((words, words))
        elif kind:
            found.append((kind, words.casefold() if kind in ("date", "elapsed", "half") else words))
    timed = [at for at, (kind, _) in enumerate(found) if kind in ("date", "elapsed")]
    for place, at in enumerate(timed):  # "m" stands for minutes after hours and before seconds
        before = found[timed[place - 1]][1] if place else ""
        after = found[timed[place + 1]][1] if place + 1 < len(timed) else ""
        if found[at][0] == "date" and found[at][1] in ("m", "mm") and (before[:1] == "h" or after[:1] == "s"):
            found[at] = ("date", "n" * len(found[at][1]))
    return found


def shown(value: float, code: str, first: date = FROM_1900) -> str | None:
    """A number as its format shows it; None where the format has no say, or leaves nothing to be read."""
    found = parsed(code)
    if found.dated:
        return _moment(value, found, first)
    sections = found.sections
    section, signed = sections[0], value < 0
    if len(sections) > 1 and value < 0:
        section, signed = sections[1], False
    elif len(sections) > 2 and value == 0:
        section = sections[2]
    kinds = {kind for kind, _ in section}
    if "power" in kinds or kinds <= {"general"} or "@" in kinds:
        return None
    if "general" in kinds:
        words = "".join(general(abs(value)) if kind == "general" else text for kind, text in section)
    elif "/" in kinds and "digit" in kinds:
        words = _fraction(abs(value), section)
    elif "digit" in kinds:
        words = _placed(abs(value), section)
    else:
        words = "".join(text for kind, text in section if kind == "other")
        return words.strip() or None
    return ("-" if signed else "") + words.strip()


def shown_text(words: str, code: str) -> str:
    """A text as its format shows it: ``"TH-"@`` sets signs around it."""
    sections = parsed(code).sections
    section = sections[3] if len(sections) > 3 else sections[0]
    if not any(kind == "@" for kind, _ in section) or not any(kind == "other" for kind, _ in section):
        return words
    return "".join(words if kind == "@" else text for kind, text in section if kind in ("@", "other")).strip()


def general(value: float) -> str:
    """A number without a format: 7.0 is "7", and no more digits than Excel keeps."""
    if float(value).is_integer() and abs(value) < 1e15:
        return str(int(value))
    return format(value, ".15g")


# --- days and times ---------------------------------------------------------------------------------------------------


def moment(value: float, first: date = FROM_1900) -> datetime | None:
    """The day and time that a count of days stands for, to the second; None where it stands for none."""
    if not 0 <= value < _LAST:
        return None
    if first == FROM_1900 and value < 60:  # Excel's year 1900 has a 29 February
        value += 1
    try:
        whole = datetime.combine(first, time()) + timedelta(days=value)
    except OverflowError:
        return None
    return (whole + timedelta(microseconds=500_000)).replace(microsecond=0)


def day(value: date) -> str:
    return f"{value.day:02d}/{value.month:02d}/{value.year:04d}"


def clock(value: time) -> str:
    return f"{value.hour:02d}:{value.minute:02d}" + (f":{value.second:02d}" if value.second else "")


def _moment(value: float, found: Format, first: date) -> str | None:
    if "elapsed" in found.dated:
        minutes, seconds = divmod(round(value * 86_400), 60)
        return f"{minutes // 60:02d}:{minutes % 60:02d}" + (f":{seconds:02d}" if seconds else "")
    when = moment(value, first)
    if when is None:
        return None
    if value < 1 and found.dated & {"d", "mon", "y", "week"}:
        if found.dated & {"d", "mon", "y"} and value == 0:
            return None
        return clock(when.time())  # a time of day alone, in a cell drawn for a date
    out: list[str] = []
    seen: set[str] = set()
    last = max(at for at, (kind, _) in enumerate(found.sections[0]) if kind in ("date", "half"))
    for at, (kind, words) in enumerate(found.sections[0]):
        part = "" if kind not in ("date", "half") else "clock" if kind == "half" or words[0] in "hsn" else "day"
        if part and part not in seen:
            seen.add(part)
            out.append(_day_shown(when, found.dated) if part == "day" else _clock_shown(when, found.dated))
        elif not part and (not seen or at > last or any(c.isalpha() and c not in "Tt" for c in words)):
            out.append(words)
        elif not part and len(seen) == 1 and out[-1][-1:] != " ":
            out.append(" ")
    return " ".join("".join(out).split())


def _day_shown(when: datetime, dated: frozenset[str]) -> str:
    month = _MONTHS[when.month - 1]
    if {"d", "y"} <= dated:
        return day(when)
    if "y" in dated:
        return f"{month} {when.year}" if "mon" in dated else str(when.year)
    if "mon" in dated:
        return f"{when.day} {month}" if "d" in dated else month
    return str(when.day) if "d" in dated else _DAYS[when.weekday()]


def _clock_shown(when: datetime, dated: frozenset[str]) -> str:
    said = clock(when.time())
    return "00:00:00" if said == "00:00" and "d" in dated else said  # midnight: most likely no time at all


# --- numbers ----------------------------------------------------------------------------------------------------------


def _placed(value: float, section: tuple[tuple[str, str], ...]) -> str:
    """The digits of a number in the places that a format keeps for them."""
    kinds = [kind for kind, _ in section]
    point = kinds.index(".") if "." in kinds else len(kinds)
    places = sum(kind == "digit" for kind in kinds[point:])
    last = max(at for at, kind in enumerate(kinds) if kind == "digit")
    scale = sum(kind == "," for at, kind in enumerate(kinds) if at > last or (at == point - 1 and point < len(kinds)))
    number = Decimal(general(value)) * (100 if "%" in kinds else 1) / 1000**scale
    number = number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    whole, _, after = f"{number:f}".partition(".")
    wanted = [words for kind, words in section[:point] if kind == "digit"]
    whole = whole.lstrip("0").rjust(sum(words == "0" for words in wanted), "0")
    grouped = any(kind == "," and at < last for at, kind in enumerate(kinds[: max(point - 1, 0)]))
    before = _whole_placed(whole, section[:point], len(wanted), grouped=grouped)
    tail = [words for kind, words in section[point:] if kind == "digit"]
    while after and after[-1] == "0" and tail and tail[-1] != "0":
        after, tail = after[:-1], tail[:-1]
    out, digits = [], iter(after)
    for kind, words in section[point:]:
        if kind == "digit":
            out.append(next(digits, ""))
        elif kind != "," and (kind != "." or after):
            out.append(words)
    return before + "".join(out)


def _whole_placed(whole: str, section: tuple[tuple[str, str], ...], places: int, *, grouped: bool) -> str:
    out: list[str] = []
    rest = f"{int(whole):,}" if grouped and whole else whole
    for kind, words in reversed(section):
        if kind == "digit":
            places -= 1
            taken = rest if not places else "" if grouped else rest[-1:]
            rest = rest[: len(rest) - len(taken)]
            out.append(taken)
        elif kind != ",":
            out.append(words)
    return "".join(reversed(out))


def _fraction(value: float, section: tuple[tuple[str, str], ...]) -> str:
    kinds = [kind for kind, _ in section]
    slash = kinds.index("/")
    below = "".join(words for kind, words in section[slash + 1 :] if kind in ("digit", "other")).strip()
    if below.isdigit() and int(below):
        part = Fraction(round(value * int(below)), int(below))
    else:
        part = Fraction(value).limit_denominator(10 ** max(1, len(below)) - 1)
    whole, rest = divmod(part, 1)
    if " " not in "".join(words for _, words in section[:slash]).strip():
        whole, rest = 0, part
    said = f"{rest.numerator}/{rest.denominator}" if rest else ""
    return " ".join(filter(None, (str(whole) if whole or not rest else "", said)))
