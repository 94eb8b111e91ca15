"""The timeline as one still picture for a wall or a Word document: A3 landscape, drawn from the numbers of the page.

``figure_svg`` needs nothing but the data; ``kg.pages.figure.dots`` turns the picture into PNG and PDF.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise
from typing import Any

from kg.base.tables import Json
from kg.dates.when import DAY, say_day
from kg.pages.figure.lettering import cut, fold, needed, wide
from kg.pages.figure.paper import FONT, HEIGHT, WIDTH, Paper, Spot, bend, words_in_xml
from kg.pages.figure.placing import SIZE, Places
from kg.pages.figure.ticks import ticks

RIGHT, TOP, LEGEND = 44, 74, 118

NAMES = (150, 330)
"""The least and the most room for the names of lanes; between them, as much as lets all stand whole in two lines."""

LINE = 12.5
"""The height of a line of a name."""


def figure_svg(data: Json) -> str:
    """The picture as SVG, from what ``kg.pages.timeline.data.timeline_data`` gives. The same data gives the same text."""
    return _Figure(data).svg()


class _Figure(Paper):
    """One picture being drawn. Everything is placed by the lanes and lines that the data gives."""

    def __init__(self, data: Json) -> None:
        super().__init__()
        self.data = data
        self._found: dict[int, list[Json]] = {}
        for each in data["findings"]:
            if each["status"] != "dismissed":
                for row in each["rows"]:
                    self._found.setdefault(row, []).append(each)
        self.first: int = data["spans"][2]
        self.last: int = data["spans"][3]
        self.lanes: Sequence[Json] = data["lanes"][data["by"]]
        names = max((needed(lane["name"][:90], 2) for lane in self.lanes), default=0.0)
        self.left = min(NAMES[1], max(NAMES[0], names + 46))
        self.scale: float = (WIDTH - self.left - RIGHT) / (self.last - self.first)
        self.names = [fold(lane["name"], self.left - (42 if lane["agency"] >= 0 else 20), 2) for lane in self.lanes]
        self.rows = list(self._rows())
        self.top = TOP + 24 + 15 * len(self.rows)
        self.line = self._line(HEIGHT - LEGEND - self.top)
        self.r = min(7.0, max(2.4, self.line * 0.36))
        # Very many lanes make the sheet longer rather than the marks too small to see.
        self.tops: list[tuple[float, float]] = []
        at = float(self.top)
        self.places: dict[int, Spot] = {}
        self.downs: dict[int, float] = {}
        for number, lane in enumerate(self.lanes):
            tall = self._tall(number, self.line)
            self.tops.append((at, tall))
            for entry, row in lane["at"]:
                drawn = data["entries"][entry]["drawn"]
                x = self.x(sum(drawn) / 2 / DAY)
                y = at + 2.5 + (tall - 5 - lane["lines"] * self.line) / 2 + (row + 0.5) * self.line
                self.downs.setdefault(entry, y)
                if self.left - 4 <= x <= WIDTH - RIGHT + 4:
                    self.places.setdefault(entry, (x, y))
            at += tall
        self.bottom = at
        self.height = max(HEIGHT, int(at + LEGEND))

    def _tall(self, lane: int, line: float) -> float:
        """The height of a lane if its lines are so high: at least that of its name."""
        return float(max(self.lanes[lane]["lines"] * line + 5, len(self.names[lane]) * LINE + 4))

    def _line(self, room: float) -> float:
        """The height of lines with which the lanes fill the room, within what can be read."""
        low, high = 4.0, 34.0
        while high - low > 0.05:
            middle = (low + high) / 2
            if sum(self._tall(lane, middle) for lane in range(len(self.lanes))) <= room:
                low = middle
            else:
                high = middle
        return low

    def x(self, day: float) -> float:
        return self.left + (day - self.first) * self.scale

    # --- pieces -----------------------------------------------------------------------------------------------------

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
        self._numbers()
        self._incident()
        self._legend()
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{self.height}" '
            f'viewBox="0 0 {WIDTH} {self.height}" font-family="{FONT}" role="img">\n'
            f"<title>{words_in_xml(title)}</title>\n<desc>{words_in_xml(self.data['headline'])}</desc>\n"
            f'<defs>{self.softs()}<clipPath id="days"><rect x="{self.left - 4}" y="0" width="{WIDTH - self.left}" '
            f'height="{self.height}"/></clipPath></defs>\n' + "\n".join(self.out) + "\n</svg>\n"
        )

    def _head(self) -> None:
        data = self.data
        self.text(WIDTH / 2, 22, data["marking"], size=12, font_weight="bold", text_anchor="middle")
        self.text(24, 46, data["title"], size=19, font_weight="bold")
        for at, line in enumerate(fold(data["headline"], WIDTH - 48, 2, 9.5)):
            self.text(24, 62 + at * 11, line, size=9.5, colour="quiet")
        free = 0.0
        for day, words, strong in ticks(self.first, self.last, self.scale):
            x = self.x(day)
            self.path(f"M{x:.1f} {TOP + 4}V{self.bottom:.1f}", "line", 1.2 if strong else 0.7)
            if x >= free and x + wide(words) < WIDTH - 6:
                self.text(x + 3, TOP + 15, words, colour="ink" if strong else "quiet")
                free = x + wide(words) + 10
        for at, (name, kind, parts) in enumerate(self.rows):
            y = TOP + 24 + at * 15
            self.text(12, y + 11, cut(name, self.left - 18), colour="quiet")
            (self._bands if kind == "span" else self._events)(kind, parts, y)
        self.path(f"M0 {self.top - 1}H{WIDTH}", "quiet", 1)

    def _bands(self, kind: str, parts: Sequence[Any], y: float) -> None:
        """Bands; their words stand in them or, where they do not fit, on the side where most is free."""
        low, high = self.left, WIDTH - RIGHT + 20.0
        bands = [(max(low, self.x(first)), min(high, self.x(last + 1)), *more) for first, last, *more in parts]
        bands = [each for each in bands if each[1] > each[0]]
        for at, (a, b, words, plan) in enumerate(bands):
            self.put("rect", x=a, y=y + 1, width=b - a, height=13,
                     fill=self.ink["hold" if plan else "shade"], fill_opacity=0.18 if plan else 1)  # fmt: skip
            # What is free between two bands is shared between the words of both.
            before = (a - bands[at - 1][1]) / 2 if at else a - low
            after = (bands[at + 1][0] - b) / 2 if at + 1 < len(bands) else WIDTH - b
            room = (b - a - 8, after - 8, before - 8)
            side = next((side for side in range(3) if wide(words) <= room[side]), room.index(max(room)))
            said = cut(words, room[side]) if room[side] > 24 else ""
            if said:
                anchor = "end" if side == 2 else "start"
                self.text((a + 4, b + 4, a - 4)[side], y + 11, said, text_anchor=anchor)

    def _events(self, kind: str, parts: Sequence[Any], y: float) -> None:
        """Marks of single days, each with its words as far as the next."""
        spots = sorted((self.x(day), words, strong) for day, words, strong in parts)
        spots = [each for each in spots if self.left <= each[0] <= WIDTH - RIGHT]
        free = 0.0
        for at, (x, words, strong) in enumerate(spots):
            self.path(f"M{x:.1f} {y + 2}v10", "quiet", 2 if kind == "words" else 1)
            if kind == "age":
                said = words if x >= free and x + wide(words) < WIDTH - 8 else ""
            else:
                room = (spots[at + 1][0] if at + 1 < len(spots) else WIDTH - 8.0) - x - 10
                said = cut(words, room) if room > 50 else ""
            if said:
                self.text(x + 4, y + 11, said, colour="ink" if strong else "quiet")
                free = x + wide(said) + 10

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
            (middle(each["row"]), str(entries[each["row"]]["said"]), False)
            for each in self.data["said"]
            if entries[each["row"]]["drawn"]
        ]
        if said:
            yield "Recorded as said", "words", said
        sure = {each["subject"] for each in tracks["notSeen"] if each["sure"]}
        for each in [each for each in tracks["notSeen"] if each["sure"] or each["subject"] not in sure][:4]:
            yield "Longest not seen", "span", [(each["from"], each["to"], each["label"], False)]
        end = self.data["incident"] or self.last
        for at, each in enumerate(tracks["plans"][:4]):
            yield "" if at else "Plans in force", "span", [(each["from"], each["to"] or end, each["label"], True)]

    def _lanes(self) -> None:
        for at, (lane, (y, tall)) in enumerate(zip(self.lanes, self.tops, strict=True)):
            if at % 2:
                self.put("rect", x=0, y=y, width=WIDTH, height=tall, fill=self.ink["faint"], fill_opacity=0.8)
            agency = lane["agency"]
            x, middle = 12, y + tall / 2 + 4
            if agency >= 0:
                letter = self.data["agencies"][agency]["letter"]
                self.text(x, middle, letter, colour=f"c{agency % 8}", font_weight="bold")
                x = 34
                note = self.data["agencies"][agency]["note"]
                if note:
                    place = (self.left + 4, "start") if not lane["at"] else (WIDTH - 8, "end")
                    self.text(place[0], middle, note, size=10, colour="quiet", font_style="italic", text_anchor=place[1],
                              paint_order="stroke", stroke="#ffffff", stroke_width=2.5)  # fmt: skip
            for number, words in enumerate(self.names[at]):
                self.text(x, middle + (number - (len(self.names[at]) - 1) / 2) * LINE, words)

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
        if at is None or self.data["by"] != "agency" or x < self.left:
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

    def _reach(self, entry: int) -> float:
        """How far a mark goes from its middle."""
        missed, decision, _ = self._told(entry)
        alone = self.data["entries"][entry]["fill"] == "alone"
        return self._ring() + 1.2 if missed or decision else self.r + 3 if alone else self.r * 1.15 + 0.8

    def _ring(self) -> float:
        return self.r + min(3.6, self.r * 0.8)

    def _mark(self, entry: int, x: float, y: float) -> None:
        each, (missed, decision, gaps), r = self.data["entries"][entry], self._told(entry), self.r
        colour = self.ink[f"c{each['agency'] % 8}"]
        if missed or decision:
            self.put("circle", cx=x, cy=y, r=self._ring(), fill="none", stroke=self.ink["opp"],
                     stroke_width=2.2 if missed else 1.7, **({} if missed else {"stroke_dasharray": "3.5 2.5"}))  # fmt: skip
        self.mark(each["shape"], each["fill"], colour, x, y, suggested=each["codes"] == "suggested")
        if gaps:
            self.put("circle", cx=x + r * 0.95, cy=y + r * 0.95, r=max(1.8, r * 0.42), fill=self.ink["gap"])
        if self.data["by"] != "agency":
            letter = self.data["agencies"][each["agency"]]["letter"]
            self.text(x - r - 2, y - r + 2, letter, size=8, colour=f"c{each['agency'] % 8}", text_anchor="end")

    def _numbers(self) -> None:
        """The numbers of repeated opportunities: none on another, none on a mark."""
        places = Places(self.left, WIDTH - 6, self.bottom)
        for entry, (x, y) in self.places.items():
            reach = self._reach(entry)
            places.take((x - reach, y - reach, x + reach, y + reach))
        for entry, spot in self.places.items():
            missed, _, _ = self._told(entry)
            number = self.data["entries"][entry]["number"]
            if missed and number:
                words = number.replace(" of ", "/")
                (x, y), line = places.beside(spot, self._reach(entry), words)
                if line:
                    self.path(f"M{line[0][0]:.1f} {line[0][1]:.1f}L{line[1][0]:.1f} {line[1][1]:.1f}", "opp", 0.8)
                self.text(x, y + 3.5, words, size=SIZE, colour="opp", font_weight="bold",
                          paint_order="stroke", stroke="#ffffff", stroke_width=2.5)  # fmt: skip

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
        if any(each["codes"] == "suggested" for each in data["entries"]):
            items.append(("suggested", "seen", data["codings"]["suggested"]))
        items += [
            ("line", "quiet|1.2|", "told, and received"), ("line", "quiet|1.2|4 3", "told, no record of receipt"),
            ("line", "gap|1.5|7 3", "did not arrive: could have come in recorded conversations"),
            ("line", "gap|1.5|2 3", "did not arrive: no recorded conversation led there"),
            ("line", "opp|2|", "the same opportunity again"), ("ring", "", "no response recorded: 7th of 9 of the same"),
            ("decision", "", "a decision to look at"), ("dot", "", "information had not arrived here"),
            ("bar", "", "uncertain date"),
        ]  # fmt: skip
        for kind, what, words in items:
            room = (44 if kind == "ring" else 34 if kind in ("line", "bar") else 22) + wide(words, 10.5)
            if x + room > WIDTH - 20:
                x, y = 24.0, y + 18
            start = x + 8
            if kind in ("mark", "fill"):
                self.mark(
                    what if kind == "mark" else "circle", "seen" if kind == "mark" else what, self.ink["c5"], start, y
                )
            elif kind == "suggested":
                self.mark("circle", what, self.ink["c5"], start, y, suggested=True)
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
            x = start + 12 + wide(words, 10.5) + 16
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
        self.text(24, y + 24, cut("; ".join(said) + ".", WIDTH - 60), size=10.5, colour="quiet")
        self.text(WIDTH / 2, self.height - 12, data["marking"], size=12, font_weight="bold", text_anchor="middle")
