"""How far each piece of information travelled, on sheets for Word or a wall: A3 or A4 landscape, whole kinds on each.

Drawn from the numbers of the page. ``kg.pages.figure.dots`` turns the sheets into PNG and PDF.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from kg.base.tables import Json
from kg.dates.when import DAY, say_day
from kg.pages.figure.lettering import cut, fold, wide
from kg.pages.figure.paper import FONT, Paper, words_in_xml
from kg.pages.figure.ticks import ticks

SIZES: Mapping[str, tuple[int, int]] = {"a3": (1587, 1123), "a4": (1123, 794)}
"""Sheets in units of 1/96 inch, landscape."""

HIGH, THICK, R = 15.0, 9.0, 4.6
TOP, FOOT, EDGE = 84.0, 34.0, 24.0
HATCH = (
    '<pattern id="hatch" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<path d="M0 0V5" stroke="{ink}" stroke-width="1.6" stroke-opacity="0.55"/></pattern>'
)


def ribbons_sheets(data: Json, kinds: Sequence[Json], *, paper: str = "a4", until: int | None = None) -> list[str]:
    """The sheets as SVG, in order; at least one. The same data gives the same text.

    ``data`` is what ``timeline_data`` gives, ``kinds`` what ``ribbons_json`` gives, ``until`` the minute as of which they
    are shown. Raises KeyError for a paper that is neither "a3" nor "a4".
    """
    wide_, high = SIZES[paper]
    sheets: list[list[Json]] = [[]]
    room = high - TOP - FOOT
    left = room
    subject = None
    for each in kinds:
        needed = _tall(each) + (20 if each["subject"] != subject and len(data["subjects"]) > 1 else 0)
        if sheets[-1] and needed > left:
            sheets.append([])
            left = room
        sheets[-1].append(each)
        left -= needed
        subject = each["subject"]
    return [
        _Sheet(data, (wide_, max(high, int(TOP + FOOT + sum(map(_tall, some)) + 24))), until).svg(some, at, len(sheets))
        for at, some in enumerate(sheets, 1)
    ]


def _tall(each: Json) -> float:
    """The height of one kind with its sentence and its dates."""
    return float(48 + (len(each["bands"]) + bool(each["unread"])) * HIGH)


class _Sheet(Paper):
    """One sheet being drawn."""

    def __init__(self, data: Json, size: tuple[int, int], until: int | None) -> None:
        super().__init__()
        self.data, self.until = data, until
        self.width, self.height = size
        names = max((wide(agency["name"]) for agency in data["agencies"]), default=80)
        self.left = min(self.width * 0.22, names + EDGE + 12)
        self.right = self.width * 0.27
        self.first: int = data["spans"][2]
        self.last: int = data["spans"][3]
        self.edge = self.width - self.right

    def x(self, day: float) -> float:
        at = self.left + (day - self.first) * (self.edge - self.left) / max(1, self.last - self.first)
        return min(self.edge, max(self.left, at))

    def svg(self, kinds: Sequence[Json], number: int, of: int) -> str:
        data = self.data
        self.put("rect", width=self.width, height=self.height, fill="#ffffff")
        self.text(self.width / 2, 20, data["marking"], size=12, font_weight="bold", text_anchor="middle")
        self.text(EDGE, 44, cut(data["title"], self.width - 2 * EDGE, 18), size=18, font_weight="bold")
        as_of = "" if self.until is None else f", as of {say_day(date.fromordinal(self.until // DAY))}"
        self.text(EDGE, 64, f"How far each piece of information travelled{as_of}", size=12, font_weight="bold")
        self._legend(EDGE + wide(f"How far each piece of information travelled{as_of}", 12, bold=True) + 24)
        y, subject = TOP, None
        if not kinds:
            self.text(
                EDGE, y + 20, "No information that bears on a subject is coded and dated by then.", colour="quiet"
            )
        for each in kinds:
            if len(data["subjects"]) > 1 and each["subject"] != subject:
                subject = each["subject"]
                self.text(EDGE, y + 14, f"About {subject}", size=13, font_weight="bold")
                y += 20
            self._kind(each, y)
            y += _tall(each)
        self.text(self.width / 2, self.height - 12, data["marking"], size=12, font_weight="bold", text_anchor="middle")
        self.text(self.width - EDGE, self.height - 12, f"{number} of {of}", size=10, colour="quiet", text_anchor="end")
        hatch = HATCH.format(ink=self.ink["quiet"])
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{self.width}" height="{self.height}" '
            f'viewBox="0 0 {self.width} {self.height}" font-family="{FONT}" role="img">\n'
            f"<title>{words_in_xml(data['title'])}</title>\n"
            f"<desc>{words_in_xml('. '.join(each['headline'] for each in kinds))}</desc>\n"
            f"<defs>{hatch}</defs>\n" + "\n".join(self.out) + "\n</svg>\n"
        )

    def _legend(self, x: float) -> None:
        for kind, words in (
            ("sure", "held"), ("possible", "possibly"), ("empty", "others held it, this one had no record"),
            ("ring", "a contact without it"), ("hatched", "unread"),
        ):  # fmt: skip
            if kind == "ring":
                self._ring(x + 12, x + 12, 60, sure=True)
            else:
                self._rect(kind, x, x + 24, 60)
            self.text(x + 30, 64, words, size=10.5, colour="quiet")
            x += 46 + wide(words, 10.5)

    def _kind(self, each: Json, y: float) -> None:
        title = cut(each["title"], self.width / 2, 13.5)
        self.text(EDGE, y + 14, title, size=13.5, font_weight="bold")
        x = EDGE + wide(title, 13.5, bold=True) + 12
        said = fold(each["headline"].removeprefix(f"{each['title']}: "), self.width - EDGE - x, 2, 11.5)
        for at, line in enumerate(said):
            self.text(x, y + 14 + at * 13 - (len(said) - 1) * 6, line, size=11.5)
        top, rows = y + 34, len(each["bands"]) + bool(each["unread"])
        free = 0.0
        for tick, words, strong in ticks(
            self.first, self.last, (self.edge - self.left) / max(1, self.last - self.first)
        ):
            x = self.x(tick)
            self.path(f"M{x:.1f} {top - 9:.1f}V{top + rows * HIGH:.1f}", "line", 1.2 if strong else 0.7)
            if x >= free and x + 3 + wide(words, 9.5) < self.edge:
                self.text(x + 3, top - 3, words, size=9.5, colour="ink" if strong else "quiet")
                free = x + wide(words, 9.5) + 8
        for at, band in enumerate(each["bands"]):
            self._band(band, top + at * HIGH + HIGH / 2)
        if each["unread"]:
            self._unread(each, top + len(each["bands"]) * HIGH + HIGH / 2)
        incident = self.data["incident"]
        for day, colour, thin, dash in (
            (incident, "ink", 1.4, "1 2"), (None if self.until is None else self.until // DAY + 1, "hold", 1.6, ""),
        ):  # fmt: skip
            known = self.until is None or day is None or day * DAY <= self.until + 1
            if day is not None and self.first <= day <= self.last and known:
                self.path(f"M{self.x(day):.1f} {top:.1f}V{top + rows * HIGH:.1f}", colour, thin, dash)

    def _rect(self, kind: str, a: float, b: float, y: float) -> None:
        if b - a < 0.3:
            return
        looks: dict[str, dict[str, Any]] = {
            "sure": {"fill": self.ink["hold"]},
            "possible": {"fill": self.ink["hold"], "fill_opacity": 0.36},
            "empty": {"fill": "none", "stroke": self.ink["gap"], "stroke_width": 1.2, "stroke_dasharray": "4 2.5"},
            "maybe": {"fill": "none", "stroke": self.ink["gap"], "stroke_dasharray": "2 3", "stroke_opacity": 0.6},
            "hatched": {"fill": "url(#hatch)"},
        }  # fmt: skip
        self.put("rect", x=a, y=y - THICK / 2, width=b - a, height=THICK, **looks[kind])

    def _ring(self, a: float, b: float, y: float, *, sure: bool) -> None:
        look: dict[str, Any] = {"fill": "#ffffff", "fill_opacity": 0.85, "stroke": self.ink["gap"], "stroke_width": 1.8}
        if not sure:
            look |= {"stroke_dasharray": "2 1.7"}
        if b - a > 2 * R + 2:
            self.put("rect", x=a, y=y - R, width=b - a, height=2 * R, rx=R, **look)
        else:
            self.put("circle", cx=(a + b) / 2, cy=y, r=R, **look)

    def _at(self, moment: float) -> float:
        """Where a moment lies; what lies beyond the day shown ends there."""
        return self.x((moment if self.until is None else min(moment, self.until + 1)) / DAY)

    def _band(self, band: Json, y: float) -> None:
        agency = self.data["agencies"][band["agency"]]
        name = cut(agency["name"], self.left - EDGE - 10)
        read = agency["state"] == "read"
        self.text(self.left - 8, y + 4, name, colour="ink" if read else "quiet", text_anchor="end")
        possibly, surely = band["held"]
        end = float(self.last * DAY)
        if band["empty"]:
            empty, certain, until = band["empty"]
            if band["silent"]:
                self._rect("hatched", self._at(empty), self._at(until), y)
            start = until if certain is None else max(empty, certain)
            self._rect("maybe", self._at(empty), self._at(start), y)
            self._rect("empty", self._at(start), self._at(max(start, until)), y)
        if possibly is not None:
            self._rect("possible", self._at(possibly), self._at(surely if surely is not None else end), y)
            if surely is not None:
                self._rect("sure", self._at(surely), self._at(end), y)
        for row, _, since, sure in band["without"]:
            drawn = self.data["entries"][row]["drawn"]
            low, high = max(since, drawn[0]), drawn[1] + 1
            if self.first <= high / DAY and low / DAY <= self.last:
                self._ring(self._at(low), self._at(high), y, sure=sure is not None)
        words, room = band["words"], self.right - EDGE - 8
        if wide(words, 10.5) > room:
            words = words.replace(" contacts without it", " without it").replace(" contact without it", " without it")
        words = cut(words, room, 10.5)
        self.text(self.edge + 8, y + 4, words, size=10.5, colour="gap" if band["without"] else "quiet")

    def _unread(self, each: Json, y: float) -> None:
        agencies = [self.data["agencies"][at] for at in each["unread"]]
        since = min((band["held"][0] for band in each["bands"] if band["held"][0] is not None), default=self.last * DAY)
        end = (self.data["incident"] or self.last) * DAY
        self.text(self.left - 8, y + 4, "No return, or unread", colour="quiet", text_anchor="end")
        self._rect("hatched", self._at(since), self._at(end), y)
        names = "; ".join(f"{agency['name']} ({agency['note'] or 'mostly unread'})" for agency in agencies)
        self.text(self.edge + 8, y + 4, cut(names, self.right - EDGE - 8, 10.5), size=10.5, colour="quiet")
