"""Who told whom, as it is drawn: every recorded telling is in a line, every line has entries, and nobody moves."""

from __future__ import annotations

import json
import re
import sys
from base64 import b64encode
from hashlib import sha256
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from helpers.asking import TERMS, study
from helpers.small import day, row
from hypothesis import given
from hypothesis import strategies as st

import kg
from cli import main
from kg.findings.missed_share import MissedShare
from kg.findings.study import Study, find_gaps
from kg.knowledge.readings import GENEROUS, RECORDED
from kg.pages.network.data import KINDS, hops, network_data
from kg.pages.network.page import NoPictures, drawing_program, drawn_by_pyvis, network_page
from kg.pages.network.ring import HIGH, WIDE, beside, inside, on_the_ring

Json = dict[str, Any]


@pytest.fixture(scope="module")
def gaps(climbie: Path) -> Study:
    return find_gaps(kg.load(climbie).review, TERMS)


@pytest.fixture(scope="module")
def data(gaps: Study) -> Json:
    return network_data(gaps)


def small() -> Study:
    """A school tells social care, which does not tell the police; one telling has no receipt."""
    return study(
        row("School/S1", day(1), "bruising", contact="school-contact", seen="yes"),
        row("School/S2", day(2), "bruising", contact="telephone-call", to=("Care",), people=("Sam", "Alex")),
        row("Care/C1", day(2), "bruising", contact="referral-received", heard_from=("School",)),
        row("Care/C2", day(3), contact="telephone-call", to=("Hospital",)),
        row("Police/P1", day(9), contact="welfare-check", seen="no", people=("Sam",)),
    )


def between(made: Json, kind: str) -> dict[tuple[str, str], list[Json]]:
    names = {node["id"]: node["name"] for node in made["nodes"]}
    return {(names[line["from"]], names[line["to"]]): line["items"] for line in made["lines"] if line["kind"] == kind}


def test_every_recorded_telling_is_in_one_line(gaps: Study, data: Json) -> None:
    drawn = between(data, "told")
    for pair in {(share.sender, share.receiver) for share in gaps.knowledge.shares}:
        told = [share for share in gaps.knowledge.shares if (share.sender, share.receiver) == pair]
        assert [item["at"] for item in drawn[pair]] == [[share.earliest, share.latest] for share in told]
    assert sum(map(len, drawn.values())) == len(gaps.knowledge.shares)


def test_a_line_names_the_entries_of_both_sides() -> None:
    made = network_data(small())
    names = [entry["name"] for entry in made["entries"]]
    told = between(made, "told")
    assert [names[at] for at in told["School", "Care"][0]["rows"]] == ["School/S2", "Care/C1"]
    assert told["School", "Care"][0]["heard"]
    assert not told["Care", "Hospital"][0]["heard"]
    assert told["Care", "Hospital"][0]["words"] == "No record of receipt"


def test_a_contact_is_a_line_to_each_listed_person_that_its_row_names() -> None:
    drawn = between(network_data(small()), "contact")
    assert len(drawn["School", "Sam"]) == 2
    assert len(drawn["School", "Alex"]) == 1
    assert ("Police", "Alex") not in drawn


@pytest.mark.parametrize("reading", [RECORDED, GENEROUS])
@pytest.mark.parametrize("case", ["climbie", "connelly"])
def test_ways_run_from_hand_to_hand_along_the_path_of_the_finding(
    case: str, reading: str, request: pytest.FixtureRequest
) -> None:
    found = find_gaps(kg.load(request.getfixturevalue(case)).review, TERMS, reading=reading)
    shares = [finding.detail for finding in found.findings if isinstance(finding.detail, MissedShare)]
    ways = [(gap, hops(found, gap)) for gap in shares]
    assert any(way for _, way in ways)
    for gap, way in ways:
        assert gap.path or not way
        if way:
            assert way[-1][1] == gap.agency
            assert all(one[1] == next_[0] for one, next_ in pairwise(way))
            assert {hop[2] for hop in way} <= set(gap.path)


def test_nothing_is_drawn_as_missing_before_the_first_contact_that_went_without(gaps: Study, data: Json) -> None:
    by_id = {finding.id: finding.detail for finding in gaps.findings}
    for items in between(data, "missed").values():
        for item in items:
            gap = by_id[item["finding"]]
            assert isinstance(gap, MissedShare)
            assert item["at"][0] == min(gaps.review.entries[at].when.earliest for at in gap.contacts[:1])
            assert item["sure"] == (gap.certainty == "sure")


def test_what_cannot_be_drawn_is_counted(gaps: Study, data: Json) -> None:
    drawn = {item["finding"] for items in between(data, "missed").values() for item in items}
    missed = {finding.id for finding in gaps.findings if finding.kind == "missed-share"}
    assert drawn <= missed
    assert len(drawn) + len(data["unreached"]) == len(missed)


def test_a_dismissed_finding_is_not_drawn(gaps: Study, climbie: Path) -> None:
    from datetime import date

    from kg.model.problem import Place
    from kg.model.reviewer import Judgement

    drawn = {item["finding"] for items in between(network_data(gaps), "missed").values() for item in items}
    one = min(drawn)
    judged = Judgement(one, "dismissed", "R", date(2026, 1, 1), "answered", Place())
    after = network_data(find_gaps(kg.load(climbie).review, TERMS, judgements=[judged]))
    assert {item["finding"] for items in between(after, "missed").values() for item in items} == drawn - {one}


def test_every_line_has_entries_and_ends_that_are_drawn(data: Json) -> None:
    ids = {node["id"] for node in data["nodes"]}
    assert len(ids) == len(data["nodes"])
    for line in data["lines"]:
        assert line["kind"] in KINDS
        assert {line["from"], line["to"]} <= ids
        assert line["items"]
        assert all(item["rows"] for item in line["items"])


@given(st.integers(0, 70))
def test_names_on_the_ring_do_not_cover_each_other(number: int) -> None:
    places = on_the_ring(number)
    assert len(places) == number
    for (x, y), (other_x, other_y) in combinations(places, 2):
        # A hair's breadth for rounding: a place is in whole units.
        assert abs(x - other_x) >= WIDE * 0.72 or abs(y - other_y) >= HIGH * 0.72


@given(st.lists(st.integers(0, 12), min_size=1, max_size=30))
def test_no_two_professionals_stand_in_one_place(numbers: list[int]) -> None:
    ring = on_the_ring(len(numbers))
    places = beside(ring, numbers)
    assert [len(some) for some in places] == numbers
    together = [place for some in places for place in some]
    assert len({*together}) == len(together)
    for (x, y), (other_x, other_y) in combinations(together, 2):
        assert x != other_x or abs(y - other_y) >= 16


@given(st.integers(0, 6), st.integers(0, 20))
def test_people_stand_inside_the_ring(subjects: int, others: int) -> None:
    ring = on_the_ring(16)
    middle, round_it = inside(subjects, others, ring)
    assert (len(middle), len(round_it)) == (subjects, others)
    widest = max(abs(x) for x, _ in ring)
    assert all(abs(x) < widest for x, _ in [*middle, *round_it])
    assert len({*middle, *round_it}) == subjects + others


def test_the_same_review_gives_the_same_page(climbie: Path, data: Json) -> None:
    again = network_data(find_gaps(kg.load(climbie).review, TERMS))
    assert network_page(again) == network_page(data)


def test_pyvis_holds_what_is_drawn_and_moves_nothing(data: Json) -> None:
    nodes, edges = drawn_by_pyvis(data)
    assert [(node["id"], node["x"], node["y"]) for node in nodes] == [
        (node["id"], node["x"], node["y"]) for node in data["nodes"]
    ]
    assert all(node["physics"] is False for node in nodes)
    assert [(edge["id"], edge["from"], edge["to"]) for edge in edges] == [
        (line["id"], line["from"], line["to"]) for line in data["lines"]
    ]


def test_only_what_is_in_the_page_may_run(data: Json) -> None:
    page = network_page(data)
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', page)
    assert policy is not None
    assert policy[1].startswith("default-src 'none'")
    assert "unsafe" not in policy[1]
    blocks = re.findall(r"<(script|style)>(.*?)</\1>", page, re.DOTALL)
    assert [kind for kind, _ in blocks] == ["style", "script", "script"]
    for _, text in blocks:
        assert f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'" in policy[1]
    assert not re.search(r"<(?:script|link|img)[^>]+(?:src|href)=", page)
    assert "vis.js is dual licensed" in page


def test_the_drawing_program_cannot_end_its_own_script() -> None:
    assert not re.search(r"</script|<!--", drawing_program(), re.IGNORECASE)


def test_no_words_of_a_review_become_markup() -> None:
    made = network_data(small(), marking="</script><script>alert(1)</script>")
    made["title"] = "<img src=x onerror=alert(2)> {policy} {library}"
    made["nodes"][0]["drawn"] = "\u202e</script><b>"
    page = network_page(made)
    assert "<img" not in page
    assert page.count("</script>") == 3
    assert "alert(1)</script>" not in page
    assert json.loads(re.findall(r'id="data">(.*?)</script>', page)[0])["drawnNodes"][0]["label"] == "</script><b>"


def test_without_pyvis_the_command_says_what_to_install(
    climbie: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyvis", None)
    monkeypatch.setitem(sys.modules, "pyvis.network", None)
    with pytest.raises(NoPictures):
        drawing_program()
    done = CliRunner().invoke(main, ["network", str(climbie), "-o", str(tmp_path / "n.html")])
    assert done.exit_code == 2
    assert "requirements.txt" in done.output
    assert not (tmp_path / "n.html").exists()


def test_the_command_writes_a_marked_page(climbie: Path, tmp_path: Path) -> None:
    file = tmp_path / "n.html"
    done = CliRunner().invoke(main, ["network", str(climbie), "-o", str(file), "--marking", "OFFICIAL"])
    assert done.exit_code == 0, done.output
    assert '<p class="marking">OFFICIAL</p>' in file.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["n.png", "no/such/n.html"])
def test_a_place_that_cannot_be_written_is_said(climbie: Path, tmp_path: Path, name: str) -> None:
    done = CliRunner().invoke(main, ["network", str(climbie), "-o", str(tmp_path / name)])
    assert done.exit_code == 2
    assert "othing was written" in done.output
