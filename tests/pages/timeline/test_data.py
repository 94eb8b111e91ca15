"""What the timeline shows is what the rules found: nothing added, nothing lost, no day invented."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from helpers.asking import TERMS, study
from helpers.small import PEOPLE, day, review, row
from hypothesis import given
from hypothesis import strategies as st

import kg
from cli import main
from kg.base.grammar import letter
from kg.chronology.plans import plans_in_force
from kg.dates.ages import age_at, age_marks, age_on, say_age
from kg.dates.when import BEGINNING, DAY, END, UNDATED, When, minute_of
from kg.findings.opportunity import Opportunity
from kg.findings.study import Study, find_gaps
from kg.knowledge.as_of import who_knew
from kg.model.problem import Place
from kg.model.record import Entry
from kg.model.review import Agency
from kg.pages.columns import as_rows
from kg.pages.figure.dots import figure_pdf, figure_png
from kg.pages.figure.paper import bend, colours
from kg.pages.figure.sheet import figure_svg
from kg.pages.one_file import embedded
from kg.pages.outlines import OUTLINES
from kg.pages.timeline.data import timeline_data
from kg.pages.timeline.lanes import BY, MARK, lanes_by, shape_of, shape_words, spans_of
from kg.pages.timeline.page import timeline_page

Json = dict[str, Any]

OPEN = When("before day 3", BEGINNING, day(3).earliest - 1, "before")


@pytest.fixture(scope="module")
def gaps(climbie: Path) -> Study:
    loaded = kg.load(climbie)
    return find_gaps(loaded.review, TERMS)


@pytest.fixture(scope="module")
def data(gaps: Study) -> Json:
    return timeline_data(gaps)


def small() -> Study:
    """Four agencies, one told, one not; one entry without a date, one before a day."""
    return study(
        row("School/S1", day(1), "bruising", contact="school-contact", seen="yes"),
        row("School/S2", day(2), "bruising", contact="telephone-call", to=("Care",)),
        row("Care/C1", day(2), "bruising", contact="referral-received", heard_from=("School",)),
        row("Police/P1", day(9), contact="welfare-check", seen="no"),
        row("Hospital/H1", UNDATED, "bruising", contact="emergency-attendance"),
        row("Hospital/H2", OPEN, "neglect", contact="emergency-attendance"),
    )


# --- entries and lanes ------------------------------------------------------------------------------------------------


def test_every_entry_is_there_word_for_word(gaps: Study, data: Json) -> None:
    shown = {each["name"]: each for each in data["entries"]}
    assert len(data["entries"]) == len(gaps.review.entries)
    for entry in gaps.review.entries:
        assert shown[entry.name]["text"] == entry.narrative
        assert shown[entry.name]["place"] == str(entry.place)
        written = dict(shown[entry.name]["cells"])
        assert entry.when.words == " ".join(written[name] for name in ("Date", "Time") if name in written)


def test_an_undated_entry_stands_nowhere_in_time() -> None:
    shown = timeline_data(small())
    undated = next(at for at, each in enumerate(shown["entries"]) if each["ref"] == "H1")
    assert shown["entries"][undated]["drawn"] is None
    for lanes in shown["lanes"].values():
        assert all(undated != at for lane in lanes for at, _ in lane["at"])


def test_an_open_end_has_no_bound_and_is_drawn_only_so_far() -> None:
    shown = timeline_data(small())
    entry = next(each for each in shown["entries"] if each["ref"] == "H2")
    assert entry["bounds"] == [None, OPEN.latest]
    low, high = entry["drawn"]
    assert high == OPEN.latest
    assert 0 < high - low <= (shown["spans"][3] - shown["spans"][2]) * DAY


@pytest.mark.parametrize("by", BY)
def test_every_dated_entry_stands_in_some_lane_whatever_lanes_stand_for(gaps: Study, data: Json, by: str) -> None:
    dated = {at for at, each in enumerate(data["entries"]) if each["drawn"]}
    assert {at for lane in data["lanes"][by] for at, _ in lane["at"]} == dated
    assert all(0 <= line < lane["lines"] for lane in data["lanes"][by] for _, line in lane["at"])


def test_marks_of_one_line_do_not_lie_over_each_other(gaps: Study) -> None:
    spans = spans_of(gaps.review)
    for lane in lanes_by("agency", gaps.review, gaps.terms, spans, {}):
        lines: dict[int, list[float]] = {}
        for placed in lane.placed:
            when = gaps.review.entries[placed.row].when
            if when.closed:
                lines.setdefault(placed.line, []).append((when.earliest + when.latest) / 2 / DAY * spans.scale)
        for middles in lines.values():
            middles.sort()
            assert all(b - a >= MARK - 0.01 for a, b in pairwise(middles))


def test_an_agency_without_entries_keeps_its_lane_and_is_not_called_read() -> None:
    gaps = study(agencies=(Agency("Care", "childrens-social-care", has_return=True), Agency("Police", "police")))
    shown = timeline_data(gaps)
    assert [lane["name"] for lane in shown["lanes"]["agency"]] == ["Care", "Police"]
    assert [each["state"] for each in shown["agencies"]] == ["read", "none"]


def test_agencies_whose_rows_are_mostly_not_coded_are_unread() -> None:
    gaps = study(
        row("Care/C1", day(1), read=False), row("Care/C2", day(2), read=False), row("Police/P1", day(1), "neglect")
    )
    states = {each["name"]: each["state"] for each in timeline_data(gaps)["agencies"]}
    assert (states["Care"], states["Police"]) == ("unread", "read")


def test_every_kind_of_contact_has_a_shape_and_every_shape_a_word() -> None:
    entry = row("Care/C1", day(1))
    shapes = {shape_of(replace(entry, contact=each.notation), TERMS) for each in TERMS.schemes["contact"].concepts}
    shapes.add(shape_of(replace(entry, contact=""), TERMS))
    assert shapes <= {*shape_words(TERMS)}
    assert {*shape_words(TERMS)} == {*OUTLINES}


def test_seen_alone_and_not_stated_look_different() -> None:
    rows = [row(f"Care/C{at}", day(at), seen=seen) for at, seen in enumerate(("yes", "alone", "no", ""))]
    assert [each["fill"] for each in timeline_data(study(*rows))["entries"]] == ["seen", "alone", "unseen", "unsaid"]


@given(st.integers(min_value=0, max_value=2000))
def test_no_two_agencies_have_one_letter(number: int) -> None:
    assert letter(number).isalpha()
    assert letter(number) != letter(number + 1)
    assert len({letter(at) for at in range(60)}) == 60


def test_other_lanes_than_the_four_are_refused() -> None:
    with pytest.raises(ValueError, match="lanes stand for"):
        timeline_data(small(), by="weather")


# --- what was known ---------------------------------------------------------------------------------------------------


def held_on(data: Json, until: int) -> set[tuple[str, str, str, str]]:
    """What the page says was held at a moment: a comparison with two moments, and nothing else."""
    held = set()
    for agency, kind, sure, possible in data["cells"]:
        if possible <= until:
            certainty = "sure" if sure is not None and sure <= until else "possible"
            each = data["kinds"][kind]
            held.add((data["agencies"][agency]["name"], each["subject"], each["indicator"], certainty))
    return held


def test_on_every_day_the_page_holds_what_who_knew_says(gaps: Study, data: Json) -> None:
    first, last = data["spans"][:2]
    for on in range(first, last + 1, 7):
        until = on * DAY + DAY - 1
        said = {(each.agency, each.subject, each.indicator, each.certainty) for each in who_knew(gaps.knowledge, until)}
        assert held_on(data, until) == said


def test_each_fact_of_a_cell_is_held_no_earlier_than_the_cell(data: Json) -> None:
    cells = {(agency, kind): (sure, possible) for agency, kind, sure, possible in data["cells"]}
    for fact in data["facts"]:
        for agency, sure, possible, _, path, _ in fact["held"]:
            assert path
            for kind in fact["kinds"]:
                assert cells[agency, kind][1] <= possible
                assert sure is None or sure >= possible


def test_what_was_told_is_a_step_from_teller_to_told() -> None:
    data = timeline_data(small())
    names = [each["name"] for each in data["agencies"]]
    steps = [step for fact in data["facts"] for held in fact["held"] for step in held[5]]
    told = {(names[one], names[other], data["entries"][row]["ref"], bool(sure)) for one, other, row, _, sure in steps}
    # What the row records surely went; what had been recorded the day before possibly did.
    assert told == {("School", "Care", "S2", True), ("School", "Care", "S2", False)}


def test_every_missed_share_is_beside_its_square(gaps: Study, data: Json) -> None:
    missed = [at for at, each in enumerate(gaps.findings) if each.kind == "missed-share"]
    assert [each[2] for each in data["without"]] == missed
    for _, _, finding, contacts, held, moments in data["without"]:
        assert contacts
        assert held
        rows = data["findings"][finding]["rows"]
        assert {*rows} <= {*contacts}
        if gaps.findings[finding].certainty == "sure":
            assert rows == [row for row, (_, surely) in zip(contacts, moments, strict=True) if surely is not None]


def test_the_first_lines_join_each_pair_of_agencies_once(data: Json) -> None:
    pairs = [(each["from"], each["to"]) for each in data["gravest"] if each["first"]]
    assert pairs
    assert len(pairs) == len({*pairs}) <= 8


def test_ordinals_are_those_of_the_findings(gaps: Study, data: Json) -> None:
    for finding, shown in zip(gaps.findings, data["findings"], strict=True):
        if isinstance(finding.detail, Opportunity):
            assert shown["ordinal"] == f"{finding.detail.chain.ordinal} of {finding.detail.chain.of}"
            assert shown["rows"][0] in shown["chain"]


def test_the_persons_words_name_who_heard_and_to_whom_they_went() -> None:
    said = replace(
        row("School/S2", day(2), "bruising", contact="telephone-call", to=("Care", "Police")), said="It hurt."
    )
    data = timeline_data(
        study(said, row("Care/C1", day(2), "bruising", contact="referral-received", heard_from=("School",)))
    )
    (words,) = data["said"]
    told = {data["agencies"][each["to"]]["name"]: each["heard"] for each in words["passed"]}
    assert data["entries"][words["row"]]["said"] == "It hurt."
    assert data["entries"][told["Care"]]["ref"] == "C1"
    assert told["Police"] is None


# --- ages and plans ---------------------------------------------------------------------------------------------------


@given(st.dates(date(1950, 1, 1), date(2050, 1, 1)), st.integers(min_value=0, max_value=40_000))
def test_nobody_grows_younger(born: date, days: int) -> None:
    then = date.fromordinal(min(born.toordinal() + days, date(2150, 1, 1).toordinal()))
    assert age_on(born, then) <= age_on(born, date.fromordinal(then.toordinal() + 1))
    assert age_on(born, born) == (0, 0)


def test_a_birthday_is_a_birthday() -> None:
    assert say_age(age_on(date(1991, 11, 2), date(1999, 11, 1))) == "7 years 11 months"
    assert say_age(age_on(date(1991, 11, 2), date(1999, 11, 2))) == "8 years"
    assert say_age(age_on(date(2004, 2, 29), date(2005, 2, 28))) == "1 year"


def test_an_uncertain_date_has_two_ages() -> None:
    born = When("", minute_of(date(2000, 1, 1)), minute_of(date(2000, 1, 1), DAY - 1))
    month = When("", minute_of(date(2000, 6, 20)), minute_of(date(2000, 7, 20), DAY - 1))
    assert age_at(born, month) == "5 months to 6 months"
    assert age_at(born, UNDATED) == age_at(None, month) == ""


def test_age_marks_are_days_of_getting_older() -> None:
    born = When("", minute_of(date(2000, 1, 31)), minute_of(date(2000, 1, 31), DAY - 1))
    marks = list(age_marks(born, date(2000, 1, 1).toordinal(), date(2001, 2, 1).toordinal()))
    assert (date(2000, 2, 29).toordinal(), "1 m", 3) in marks
    assert marks[0] == (date(2000, 1, 31).toordinal(), "born", 0)
    assert marks[-1] == (date(2001, 1, 31).toordinal(), "1 y", 0)


def test_a_plan_stands_until_the_same_agency_ends_it() -> None:
    entries = (
        row("Care/C1", day(1), responses=("child-protection-plan",)),
        row("Care/C2", day(5), responses=("child-protection-plan",)),
        row("Police/P1", day(8), contact="case-closure"),
        row("Care/C3", day(12), responses=("protection-ended",)),
        row("Police/P2", day(20), responses=("child-in-need-plan",)),
    )
    plans = plans_in_force(review(*entries), TERMS)
    assert [(plan.row, plan.ended_by, plan.until >= END) for plan in plans] == [(0, 3, False), (4, None, True)]


# --- the page and the figure ------------------------------------------------------------------------------------------

HOSTILE = (
    "</script><script>alert(1)</script><!-- <img src=x onerror=alert(2)> ]]> "
    "\u2028 \u202eright to left\u202c \U0001f9d2 {data} \x00"
)


def hostile() -> Study:
    entry = Entry(
        name="Care/C1", agency="Care", ref="C1", place=Place("returns/a.csv", "", 2), when=day(1), people=("Sam",),
        contact="home-visit", narrative=HOSTILE, said=HOSTILE, indicators=("bruising",),
        cells={"ref": "C1", "what-happened": HOSTILE, HOSTILE: HOSTILE, "professional": HOSTILE},
    )  # fmt: skip
    return find_gaps(replace(review(entry), title=HOSTILE), TERMS)


def test_nothing_of_the_review_can_come_alive_in_the_page() -> None:
    page = timeline_page(timeline_data(hostile(), marking=HOSTILE))
    assert page.count("<script") == 2
    assert page.count("</script>") == 2
    assert "onerror=alert" not in re.sub(
        r'<script type="application/json".*?</script>', "", page, flags=re.DOTALL
    ).replace("&lt;img src=x onerror=alert(2)&gt;", "")
    inside = re.search(r'<script type="application/json" id="data">(.*?)</script>', page, re.DOTALL)
    assert inside
    assert as_rows(json.loads(inside[1]))["entries"][0]["text"] == HOSTILE


@given(st.text())
def test_what_is_embedded_comes_out_as_it_went_in(text: str) -> None:
    assert json.loads(embedded([text])) == [text]
    assert not {*"<>&"} & {*embedded([text])}


def test_the_page_runs_only_what_is_in_it(data: Json) -> None:
    page = timeline_page(data)
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)
    assert policy
    assert "default-src 'none'" in policy[1]
    assert policy[1].count("sha256-") == 2
    assert "unsafe" not in policy[1]
    assert not re.search(r'\b(?:src|href)="(?!#)', page)


def test_the_same_review_gives_the_same_page_and_figure(climbie: Path) -> None:
    loaded = kg.load(climbie)
    one, other = (timeline_data(find_gaps(loaded.review, TERMS)) for _ in range(2))
    assert timeline_page(one) == timeline_page(other)
    assert figure_svg(one) == figure_svg(other)


@pytest.mark.parametrize("by", BY)
def test_the_figure_is_sound_and_holds_every_lane(data: Json, by: str) -> None:
    from xml.etree import ElementTree

    svg = figure_svg({**data, "by": by})
    words = "".join(ElementTree.fromstring(svg).itertext())
    for lane in data["lanes"][by]:
        assert lane["name"].split()[0] in words
    assert svg.count(data["marking"]) == 2


def test_a_figure_of_hostile_words_is_sound() -> None:
    from xml.etree import ElementTree

    svg = figure_svg(timeline_data(hostile(), marking=HOSTILE))
    assert ElementTree.fromstring(svg).find(".//{*}script") is None


def test_the_figure_in_dots_is_an_a3_sheet(data: Json) -> None:
    svg = figure_svg(data)
    png = figure_png(svg, zoom=0.5)
    assert png.startswith(b"\x89PNG")
    assert (int.from_bytes(png[16:20]), int.from_bytes(png[20:24])) == (794, 562)
    pdf = figure_pdf(svg, "A title", "A title (with brackets)")
    assert pdf.startswith(b"%PDF-1.7")
    assert b"/MediaBox [0 0 1190" in pdf
    assert f"/Title <feff{'A title'.encode('utf-16-be').hex()}>".encode() in pdf
    assert pdf == figure_pdf(svg, "A title", "A title (with brackets)")


def test_lines_between_places_begin_and_end_there() -> None:
    assert bend((1, 2), (300, 40)).startswith("M1.0 2.0C")
    assert bend((1, 2), (300, 40)).endswith("300.0 40.0")


def _contrast(one: str, other: str) -> float:
    def light(colour: str) -> float:
        full = colour[1:] if len(colour) == 7 else "".join(each * 2 for each in colour[1:])
        parts = [int(full[at : at + 2], 16) / 255 for at in (0, 2, 4)]
        linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    low, high = sorted((light(one), light(other)))
    return (high + 0.05) / (low + 0.05)


def test_every_colour_can_be_read_on_its_paper_by_day_and_by_night() -> None:
    style = (Path(__file__).resolve().parents[3] / "kg" / "pages" / "timeline" / "web" / "style.css").read_text(
        encoding="utf-8"
    )
    night = dict(re.findall(r"--([\w-]+): (#\w+)", style.split("prefers-color-scheme: dark")[1].split("}")[0]))
    for palette in (colours(), night):
        for name in ("ink", "quiet", "opp", "gap", "hold", *(f"c{at}" for at in range(8))):
            for paper in ("paper", "faint", "panel"):
                assert _contrast(palette[name], palette[paper]) >= 4.5, (name, paper)


@pytest.mark.parametrize("entries", [0, 1])
def test_a_review_of_one_entry_or_none_is_drawn(entries: int) -> None:
    gaps = study(*[row("Care/C1", day(1), "bruising")][:entries], people=PEOPLE)
    data = timeline_data(gaps)
    assert len(data["entries"]) == entries
    assert "</svg>" in figure_svg(data)
    assert "</html>" in timeline_page(data)


# --- the command ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("suffix", "start"), [("html", b"<!doctype html>"), ("svg", b"<svg"), ("png", b"\x89PNG"), ("pdf", b"%PDF")]
)
def test_the_end_of_the_name_decides_what_is_drawn(climbie: Path, tmp_path: Path, suffix: str, start: bytes) -> None:
    file = tmp_path / f"drawn.{suffix}"
    done = CliRunner().invoke(
        main, ["timeline", str(climbie), "-o", str(file), "--by", "person", "--marking", "OFFICIAL"]
    )
    assert done.exit_code == 0, done.output
    assert file.read_bytes().startswith(start)


def test_another_end_of_the_name_is_refused_and_nothing_is_written(climbie: Path, tmp_path: Path) -> None:
    done = CliRunner().invoke(main, ["timeline", str(climbie), "-o", str(tmp_path / "drawn.docx")])
    assert done.exit_code == 2
    assert "should end with .html, .svg, .png or .pdf" in " ".join(done.output.split())
    assert not list(tmp_path.iterdir())
