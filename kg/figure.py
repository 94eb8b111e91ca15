"""The timeline as one still picture for a wall or a Word document: A3 landscape, drawn from the numbers of the page.

``figure_svg`` needs nothing but the data; ``kg.figure_dots`` turns the picture into PNG and PDF.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from html import escape
from itertools import pairwise
from pathlib import Path
from textwrap import wrap
from typing import Any

from kg.outlines import path_of
from kg.timeline_data import Json
from kg.when import DAY, say_day

WIDTH, HEIGHT = 1587, 1123
"""The figure in units of 1/96 inch: A3 landscape."""

LEFT, RIGHT, TOP, LEGEND = 210, 44, 74, 118
FONT = "Arial, Helvetica, Liberation Sans, DejaVu Sans, sans-serif"
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

Spot = tuple[float, float]


def figure_svg(data: Json) -> str:
    """The picture as SVG, from what ``kg.timeline_data.timeline_data`` gives. The same data gives the same text."""
    return _Figure(data).svg()


def colours() -> Mapping[str, str]:
    """The colours of the page on white paper, by name: from its style, so that page and figure never differ."""
    style = (Path(__file__).parent / "_page" / "style.css").read_text(encoding="utf-8")
    return dict(re.findall(r"--([\w-]+): (#\w+)", style.partition("}")[0]))


class _Figure:
    """One picture being drawn. Everything is placed by the lanes and lines that the data gives."""

    def __init__(self, data: Json) -> None:
        self.data, self.ink = data, colours()
        self.out: list[str] = []
        self._found: dict[int, list[Json]] = {}
        for each in data["findings"]:
            if each["status"] != "dismissed":
                for row in each["rows"]:
                    self._found.setdefault(row, []).append(each)
        self.first: int = data["spans"][2]
        self.last: int = data["spans"][3]
        self.scale: float = (WIDTH - LEFT - RIGHT) / (self.last - self.first)
        self.lanes: Sequence[Json] = data["lanes"][data["by"]]
        self.rows = list(self._rows())
        self.top = TOP + 24 + 15 * len(self.rows)
        lines = sum(lane["lines"] for lane in self.lanes) or 1
        room = HEIGHT - LEGEND - self.top - 5 * len(self.lanes)
        self.line = min(20.0, max(4.0, room / lines))
        self.r = min(6.0, max(2.4, self.line * 0.36))
        # Very many lanes make the sheet longer rather than the marks too small to see.
        self.tops: list[tuple[float, float]] = []
        at = float(self.top)
        self.places: dict[int, Spot] = {}
        self.downs: dict[int, float] = {}
        for lane in self.lanes:
            tall = max(lane["lines"] * self.line + 5, 13.0)
            self.tops.append((at, tall))
            for entry, row in lane["at"]:
                drawn = data["entries"][entry]["drawn"]
                x = self.x(sum(drawn) / 2 / DAY)
                y = at + 2.5 + (tall - 5 - lane["lines"] * self.line) / 2 + (row + 0.5) * self.line
                self.downs.setdefault(entry, y)
                if LEFT - 4 <= x <= WIDTH - RIGHT + 4:
                    self.places.setdefault(entry, (x, y))
            at += tall
        self.bottom = at
        self.height = max(HEIGHT, int(at + LEGEND))

    def x(self, day: float) -> float:
        return LEFT + (day - self.first) * self.scale

    # --- pieces -----------------------------------------------------------------------------------------------------

    def put(self, name: str, **attributes: Any) -> None:
        said = "".join(f' {key.replace("_", "-")}="{_said(value)}"' for key, value in attributes.items())
        self.out.append(f"<{name}{said}/>")

    def text(self, x: float, y: float, words: str, *, size: float = 11, colour: str = "ink", **more: Any) -> None:
        said = "".join(f' {key.replace("_", "-")}="{_said(value)}"' for key, value in more.items())
        self.out.append(
            f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size:g}" fill="{self.ink[colour]}"{said}>{_words(words)}</text>'
        )

    def path(self, d: str, colour: str, width: float = 1.3, dash: str = "", **more: Any) -> None:
        drawn: dict[str, Any] = {"d": d, "fill": "none", "stroke": self.ink[colour], "stroke_width": width}
        if dash:
            drawn["stroke_dasharray"] = dash
        self.put("path", **drawn, **more)

    # --- the whole --------------------------------------------------------------------------------------------------

    def svg(self) -> str:
        title = self.data["title"]
        self.put("rect", width=WIDTH, height=self.height, fill="#ffffff")
        self._head()
        self._lanes()
        self.out.append('<g clip-path="url(#days)">')
        self._bars()
        self._lines()
        self.out.append("</g>")
        for entry, (x, y) in self.places.items():
            self._mark(entry, x, y)
        self._incident()
        self._legend()
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{self.height}" '
            f'viewBox="0 0 {WIDTH} {self.height}" font-family="{FONT}" role="img">\n'
            f"<title>{_words(title)}</title>\n<desc>{_words(self.data['headline'])}</desc>\n"
            f'<defs>{self._softs()}<clipPath id="days"><rect x="{LEFT - 4}" y="0" width="{WIDTH - LEFT}" '
            f'height="{self.height}"/></clipPath></defs>\n' + "\n".join(self.out) + "\n</svg>\n"
        )

    def _softs(self) -> str:
        out = []
        for at in range(8):
            for name, first, last in (("range", 0.12, 0.12), ("before", 0.0, 0.5), ("after", 0.5, 0.0)):
                low, high = (0.25, 0.75) if name == "range" else (0.5, 0.5)
                stops = "".join(
                    f'<stop offset="{offset:g}" stop-color="{self.ink[f"c{at}"]}" stop-opacity="{opacity:g}"/>'
                    for offset, opacity in ((0, first), (low, 0.5), (high, 0.5), (1, last))
                )
                out.append(f'<linearGradient id="soft-{name}-{at}">{stops}</linearGradient>')
        return "".join(out)

    def _head(self) -> None:
        data = self.data
        self.text(WIDTH / 2, 22, data["marking"], size=12, font_weight="bold", text_anchor="middle")
        self.text(24, 46, data["title"], size=19, font_weight="bold")
        for at, line in enumerate(_folded(data["headline"], 255)[:2]):
            self.text(24, 62 + at * 11, line, size=9.5, colour="quiet")
        free = 0.0
        for day, words, strong in self._ticks():
            x = self.x(day)
            self.path(f"M{x:.1f} {TOP + 4}V{self.bottom:.1f}", "line", 1.2 if strong else 0.7)
            if x >= free:
                self.text(x + 3, TOP + 15, words, colour="ink" if strong else "quiet")
                free = x + len(words) * 6.5 + 8
        for at, (name, kind, parts) in enumerate(self.rows):
            y = TOP + 24 + at * 15
            self.text(12, y + 11, _cut(name, LEFT - 20), colour="quiet")
            self._row(kind, parts, y)
        self.path(f"M0 {self.top - 1}H{WIDTH}", "quiet", 1)

    def _row(self, kind: str, parts: Sequence[Any], y: float) -> None:
        free = 0.0
        if kind == "span":
            for first, last, words, plan in parts:
                a, b = max(LEFT, self.x(first)), min(WIDTH - RIGHT + 20, self.x(last + 1))
                if b > a:
                    colour = self.ink["hold" if plan else "shade"]
                    self.put(
                        "rect", x=a, y=y + 1, width=b - a, height=13, fill=colour, fill_opacity=0.18 if plan else 1
                    )
                    text = _cut(words, max(b - a, 220))
                    self.text(min(a + 4, WIDTH - len(text) * 5.5 - 8), y + 11, text)
            return
        for day, words, strong in parts:
            x = self.x(day)
            if not LEFT <= x <= WIDTH - RIGHT:
                continue
            self.path(f"M{x:.1f} {y + 2}v10", "quiet", 2 if kind == "words" else 1)
            if x < free:
                continue
            others = [self.x(other) for other, *_ in parts if self.x(other) > x + 2]
            room = min(others, default=WIDTH - 8.0) - x - 12 if kind == "words" else 400.0
            if room > 70 or kind == "age":
                text = _cut(words, room)
                self.text(x + 4, y + 11, text, colour="ink" if strong else "quiet")
                free = x + len(text) * 6 + 10

    def _rows(self) -> Iterator[tuple[str, str, list[Any]]]:
        """What runs along all lanes: a name, a kind, and its parts."""
        tracks, entries = self.data["tracks"], self.data["entries"]
        month = self.scale * 30.4
        finest = 3 if month > 62 else 2 if month > 24 else 1 if month > 10 else 0
        for each in tracks["ages"]:
            name = f"Age of {each['subject']}" if len(tracks["ages"]) > 1 else "Age"
            yield name, "age", [(day, words, not weight) for day, words, weight in each["marks"] if weight <= finest]

        def middle(at: int) -> float:
            low, high = entries[at]["drawn"]
            return float(low + high) / 2 / DAY

        life = [(middle(at), entries[at]["text"], False) for at in tracks["life"] if entries[at]["drawn"]]
        if life:
            yield "Life events", "words", life
        said = [
            (middle(each["row"]), f"“{entries[each['row']]['said']}”", False)
            for each in self.data["said"]
            if entries[each["row"]]["drawn"]
        ]
        if said:
            yield "In the person\u2019s own words", "words", said
        sure = {each["subject"] for each in tracks["notSeen"] if each["sure"]}
        for each in [each for each in tracks["notSeen"] if each["sure"] or each["subject"] not in sure][:4]:
            yield "Longest not seen", "span", [(each["from"], each["to"], each["label"], False)]
        end = self.data["incident"] or self.last
        for at, each in enumerate(tracks["plans"][:4]):
            yield "" if at else "Plans in force", "span", [(each["from"], each["to"] or end, each["label"], True)]

    def _ticks(self) -> Iterator[tuple[int, str, bool]]:
        month = self.scale * 30.4
        step = next(
            step for step, least in ((1, 34), (3, 14), (6, 7), (12, 3.4), (60, 0.7), (120, 0)) if month >= least
        )
        year, at = date.fromordinal(max(1, self.first)).year, 0
        while True:
            day = date(year, at + 1, 1).toordinal()
            if day > self.last or year > 9990:
                return
            if day >= self.first and (step <= 12 or year % (step // 12) == 0):
                words = str(year) if step >= 12 else f"{MONTHS[at]} {year}" if at == 0 or month > 62 else MONTHS[at]
                yield day, words, at == 0
            at += min(step, 12)
            if at >= 12:
                year, at = year + 1, 0

    def _lanes(self) -> None:
        for at, (lane, (y, tall)) in enumerate(zip(self.lanes, self.tops, strict=True)):
            if at % 2:
                self.put("rect", x=0, y=y, width=WIDTH, height=tall, fill=self.ink["faint"], fill_opacity=0.8)
            agency = lane["agency"]
            x, middle = 12, y + tall / 2 + 4
            if agency >= 0:
                self.text(
                    x, middle, self.data["agencies"][agency]["letter"], colour=f"c{agency % 8}", font_weight="bold"
                )
                x = 34
            rows = _folded(lane["name"], int((LEFT - x - 8) / 5.7))[: 2 if tall > 27 else 1]
            for number, words in enumerate(rows):
                self.text(x, middle + (number - (len(rows) - 1) / 2) * 12.5, _cut(words, LEFT - x - 6))

    def _bars(self) -> None:
        for entry, y in self.downs.items():
            each = self.data["entries"][entry]
            low, high = each["drawn"]
            if high - low < DAY:
                continue
            a, b = self.x(low / DAY), self.x((high + 1) / DAY)
            kind = "before" if each["bounds"][0] is None else "after" if each["bounds"][1] is None else "range"
            tall = min(8.0, self.line * 0.6)
            self.put("rect", x=a, y=y - tall / 2, width=b - a, height=tall, rx=2,
                     fill=f"url(#soft-{kind}-{each['agency'] % 8})")  # fmt: skip

    def _lines(self) -> None:
        data = self.data
        for share in data["shares"]:
            a, b = self._ends(share)
            if a and b and a != b:
                up = 1 if b[1] < a[1] else -1
                end = (b[0], b[1] + up * (self.r + 1.5))
                self.path(bend(a, end), "quiet", 0.9, "" if share["arrived"] else "4 3", opacity=0.6)
                if share["arrived"]:
                    x, y, back = end[0], end[1], end[1] + 4.5 * up
                    self.path(
                        f"M{x - 3:.1f} {back:.1f}L{x:.1f} {y:.1f}L{x + 3:.1f} {back:.1f}", "quiet", 1, opacity=0.7
                    )
                else:
                    self.put(
                        "circle", cx=end[0], cy=end[1], r=2.6, fill="none", stroke=self.ink["quiet"], stroke_width=1
                    )
        for group in data["gravest"]:
            if not group["first"]:
                continue
            spots = [self.places[at] for at in group["contacts"] if at in self.places]
            start = self._holder(group)
            if start is None or not spots:
                continue
            dash = {"unsaid": "7 3", "silent": "2 3"}.get(group["channel"], "8 3 2 3")
            end = (spots[0][0], spots[0][1] + (self.r + 3) * (1 if start[1] > spots[0][1] else -1))
            self.path(bend(start, end), "gap", 1.4, dash)
            self.path(f"M{end[0] - 3:.1f} {end[1] - 3:.1f}l6 6m0 -6l-6 6", "gap", 1.4)
            for (x, y), (to, down) in pairwise(spots):
                drop = self.r + 4
                self.path(f"M{x:.1f} {y + drop:.1f}L{to:.1f} {down + drop:.1f}", "gap", 1.4, dash)
        chains = [
            each for each in data["findings"] if each["kind"] == "missed-opportunity" and each["status"] != "dismissed"
        ]
        longest = max(chains, key=lambda each: len(each["chain"]), default=None)
        if longest is not None and len(longest["chain"]) > 1:
            spots = [self.places[at] for at in longest["chain"] if at in self.places]
            for start, end in pairwise(spots):
                self.path(bend(start, end), "opp", 2, opacity=0.55)

    def _agency(self, agency: int, x: float) -> Spot | None:
        at = next((i for i, lane in enumerate(self.lanes) if lane["agency"] == agency), None)
        if at is None or self.data["by"] != "agency" or x < LEFT:
            return None
        return x, self.tops[at][0] + self.tops[at][1] / 2

    def _holder(self, group: Json) -> Spot | None:
        own = self.data["entries"][group["row"]]["agency"] == group["from"]
        if own or self.data["by"] != "agency" or group["since"] is None:
            return self.places.get(group["row"])
        return self._agency(group["from"], self.x(group["since"] / DAY))

    def _ends(self, share: Json) -> tuple[Spot | None, Spot | None]:
        row = self.places.get(share["row"])
        if row is None:
            return None, None
        if not share["own"]:
            return self._agency(share["from"], row[0] - 10), row
        if share["heard"] is None or share["heard"] == share["row"]:
            return row, self._agency(share["to"], row[0] + 10)
        return row, self.places.get(share["heard"])

    def _told(self, entry: int) -> tuple[Json | None, bool, int]:
        """The missed opportunity at an entry, whether there is a decision to look at, and how much had not arrived."""
        some = self._found.get(entry, [])
        missed = next((each for each in some if each["kind"] == "missed-opportunity"), None)
        decision = any(each["kind"] == "decision-to-look-at" for each in some)
        return missed, decision, sum(each["kind"] == "missed-share" for each in some)

    def _mark(self, entry: int, x: float, y: float) -> None:
        each, (missed, decision, gaps), r = self.data["entries"][entry], self._told(entry), self.r
        colour = self.ink[f"c{each['agency'] % 8}"]
        if missed or decision:
            self.put("circle", cx=x, cy=y, r=r + 3.6, fill="none", stroke=self.ink["opp"],
                     stroke_width=2.2 if missed else 1.7, **({} if missed else {"stroke_dasharray": "3.5 2.5"}))  # fmt: skip
        self.mark(each["shape"], each["fill"], colour, x, y)
        if gaps:
            self.put("circle", cx=x + r * 0.95, cy=y + r * 0.95, r=max(1.8, r * 0.42), fill=self.ink["gap"])
        if missed and len(missed["chain"]) > 1:
            words = missed["ordinal"].replace(" of ", "/")
            self.text(x + r + 5, y + 3.5, words, size=9.5, colour="opp", font_weight="bold",
                      paint_order="stroke", stroke="#ffffff", stroke_width=2.5)  # fmt: skip
        if self.data["by"] != "agency":
            letter = self.data["agencies"][each["agency"]]["letter"]
            self.text(x - r - 2, y - r + 2, letter, size=8, colour=f"c{each['agency'] % 8}", text_anchor="end")

    def mark(self, shape: str, fill: str, colour: str, x: float, y: float) -> None:
        """One mark by itself: its shape, filled, ringed, hollow or dotted."""
        more: dict[str, Any] = {"stroke_dasharray": "2 1.6"} if fill == "unsaid" else {}
        if fill == "alone":
            self.put("circle", cx=x, cy=y, r=self.r + 2.2, fill="none", stroke=colour, stroke_width=1.3)
        self.put("path", d=path_of(shape, self.r), transform=f"translate({x:.1f} {y:.1f})", stroke=colour,
                 fill=colour if fill in ("seen", "alone") else "#ffffff", stroke_width=1.6, **more)  # fmt: skip

    def _incident(self) -> None:
        day = self.data["incident"]
        if day is not None and self.first <= day <= self.last:
            self.path(f"M{self.x(day):.1f} {self.top}V{self.bottom:.1f}", "ink", 1.4, "1 2")

    def _legend(self) -> None:
        data, y, x = self.data, self.bottom + 22, 24.0
        self.r = 5.0
        used = {each["shape"] for each in data["entries"]}
        items: list[tuple[str, str, str]] = [
            ("mark", shape, words) for shape, words in data["shapes"].items() if shape in used
        ]
        items += [("fill", fill, words) for fill, words in data["fills"].items()]
        items += [
            ("line", "quiet|1.2|", "told, and received"), ("line", "quiet|1.2|4 3", "told, no record of receipt"),
            ("line", "gap|1.5|7 3", "did not arrive: could have come in recorded conversations"),
            ("line", "gap|1.5|2 3", "did not arrive: no recorded conversation led there"),
            ("line", "opp|2|", "the same opportunity again"), ("ring", "", "no response recorded: 7th of 9 of the same"),
            ("decision", "", "a decision to look at"), ("dot", "", "information had not arrived here"),
            ("bar", "", "uncertain date"),
        ]  # fmt: skip
        for kind, what, words in items:
            wide = (44 if kind == "ring" else 34 if kind in ("line", "bar") else 22) + len(words) * 5.5
            if x + wide > WIDTH - 20:
                x, y = 24.0, y + 18
            start = x + 8
            if kind in ("mark", "fill"):
                self.mark(
                    what if kind == "mark" else "circle", "seen" if kind == "mark" else what, self.ink["c5"], start, y
                )
            elif kind == "line":
                colour, width, dash = what.split("|")
                self.path(f"M{x} {y}h26", colour, float(width), dash)
                start = x + 22
            elif kind == "bar":
                self.put("rect", x=x, y=y - 4, width=26, height=8, fill="url(#soft-range-5)")
                start = x + 22
            elif kind == "dot":
                self.put("circle", cx=start, cy=y, r=2.6, fill=self.ink["gap"])
            else:
                dashed = {"stroke_dasharray": "3.5 2.5"} if kind == "decision" else {}
                self.put("circle", cx=start, cy=y, r=6, fill="none", stroke=self.ink["opp"], stroke_width=2, **dashed)
                if kind == "ring":
                    self.text(start + 9, y + 3.5, "7/9", size=9.5, colour="opp", font_weight="bold")
                    start += 22
            self.text(start + 12, y + 4, words, size=10.5, colour="quiet")
            x = start + 12 + len(words) * 5.5 + 16
        outside = sum(1 for at, each in enumerate(data["entries"]) if each["drawn"] and at not in self.places)
        undated = [each for each in data["entries"] if not each["drawn"]]
        said = [f"{data['period']}. {len(data['entries'])} entries"]
        if outside:
            said.append(f"{outside} before or after these days")
        if undated:
            said.append(f"{len(undated)} undated: {', '.join(each['name'] for each in undated[:6])}")
        if data["incident"]:
            said.append(
                f"dotted upright: {say_day(date.fromordinal(data['incident']))}, from which no contact is judged"
            )
        self.text(24, y + 24, _cut("; ".join(said) + ".", WIDTH - 60), size=10.5, colour="quiet")
        self.text(WIDTH / 2, self.height - 12, data["marking"], size=12, font_weight="bold", text_anchor="middle")


def bend(a: Spot, b: Spot) -> str:
    """A curve from one place to another that does not run straight down through what stands between."""
    dx, dy = b[0] - a[0], b[1] - a[1]
    near = abs(dx) < 26
    out = 16 + abs(dy) * 0.04 if near else min(60.0, abs(dx) * 0.35)
    side = -1 if dx < 0 else 1
    back = -out if near else out * side
    return (
        f"M{a[0]:.1f} {a[1]:.1f}C{a[0] + out * side:.1f} {a[1] + dy * 0.25:.1f} "
        f"{b[0] - back:.1f} {b[1] - dy * 0.25:.1f} {b[0]:.1f} {b[1]:.1f}"
    )


def _said(value: Any) -> str:
    return escape(f"{value:.1f}" if isinstance(value, float) else str(value))


def _words(text: str) -> str:
    """Text that may stand in SVG: characters that XML cannot hold become a mark of their place."""
    return escape(
        "".join(each if each in "\t\n" or each.isprintable() or each.isspace() else "\ufffd" for each in text)
    )


def _cut(text: str, room: float) -> str:
    text = " ".join(text.split())
    most = max(3, int(room / 5.7))
    return text if len(text) <= most else text[: most - 1] + "…"


def _folded(text: str, most: int) -> list[str]:
    return wrap(text, max(6, most)) or [""]
