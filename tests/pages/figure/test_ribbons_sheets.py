"""How far information travelled, on paper: every kind whole on some sheet, and nothing later than the day it is drawn for."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from helpers.asking import TERMS, study
from helpers.small import day, row

import kg
from cli import main
from kg.base.tables import Json
from kg.chronology.order import in_order
from kg.findings.ribbons import by_then, ribbons
from kg.findings.study import Study, find_gaps
from kg.pages.figure.ribbons import SIZES, ribbons_sheets
from kg.pages.timeline.data import timeline_data
from kg.pages.timeline.ribbons import ribbons_json


@pytest.fixture(scope="module", params=["examples/climbie", "tests/cases/training", "tests/cases/hayter"])
def gaps(request: pytest.FixtureRequest, root: Path) -> Study:
    return find_gaps(kg.load(root / str(request.param)).review, TERMS)


def kinds(gaps: Study, until: int | None = None) -> list[Json]:
    place = {each: at for at, each in enumerate(in_order(gaps.review))}
    return ribbons_json(gaps, (), place, until=until)


@pytest.mark.parametrize("paper", [*SIZES])
def test_every_kind_stands_whole_on_one_sheet(gaps: Study, paper: str) -> None:
    data = timeline_data(gaps)
    sheets = ribbons_sheets(data, kinds(gaps), paper=paper)
    wide, high = SIZES[paper]
    titles = [each["title"] for each in data["ribbons"]]
    assert sum(sheet.count('font-size="13.5"') for sheet in sheets) == len(titles)
    for sheet in sheets:
        assert f'width="{wide}"' in sheet
        tall = int(re.search(r'height="(\d+)" viewBox', sheet)[1])  # type: ignore[index]
        assert tall >= high
        assert max(float(y) for y in re.findall(r' y="([\d.]+)"', sheet)) <= tall
    assert sheets == ribbons_sheets(timeline_data(gaps), kinds(gaps), paper=paper)


def test_as_of_a_day_a_sheet_holds_nothing_later(gaps: Study) -> None:
    """Neither a band nor a ring reaches beyond the line of the day, and no word speaks of a later one."""
    spans = timeline_data(gaps)["spans"]
    on = (spans[2] + spans[3]) // 2
    until = on * 1440 + 1439
    shown = by_then(gaps, ribbons(gaps), until)
    assert all(band.possibly is None or band.possibly <= until for each in shown for band in each.bands)
    assert all(one.possibly <= until for each in shown for band in each.bands for one in band.without)
    for sheet in ribbons_sheets(timeline_data(gaps), kinds(gaps, until), until=until):
        line = re.search(r'd="M([\d.]+) [^"]*" fill="none" stroke="#17498a"', sheet)
        if line is None:
            continue
        body = sheet.partition('font-size="13.5"')[2]
        boxes = re.findall(r'<rect x="([\d.]+)" y="[\d.]+" width="([\d.]+)"', body)
        assert boxes
        assert max(float(x) + float(width) for x, width in boxes) <= float(line[1]) + 0.2
        assert "ever arrived" not in sheet


def test_by_then_is_what_the_record_of_that_day_says() -> None:
    gaps = study(
        row("Hospital/H1", day(0), "bruising", contact="emergency-attendance"),
        row("Care/C1", day(7)),
        row("Care/C2", day(14)),
    )
    (then,) = by_then(gaps, ribbons(gaps), day(7).latest)
    assert then.times(gaps, surely=True) == (1, 1)
    assert by_then(gaps, ribbons(gaps), day(0).earliest - 1) == ()


@pytest.mark.parametrize(("name", "begins"), [("r.svg", b"<svg"), ("r.png", b"\x89PNG"), ("r.pdf", b"%PDF")])
def test_matrix_draws_what_the_name_of_the_file_says(climbie: Path, tmp_path: Path, name: str, begins: bytes) -> None:
    done = CliRunner().invoke(main, ["matrix", str(climbie), "-o", str(tmp_path / name), "--paper", "a4"])
    assert done.exit_code == 0, done.output
    content = (tmp_path / name).read_bytes()
    assert content.startswith(begins)
    if name.endswith("pdf"):
        assert (
            content.count(b"/Type /Page ")
            == len(re.findall(rb"\d+ 0 R", re.search(rb"/Kids \[([^]]*)", content)[1]))
            > 3
        )  # type: ignore[index]
    else:
        assert "sheets" in done.output


def test_matrix_says_what_it_lacks(climbie: Path, tmp_path: Path) -> None:
    done = CliRunner().invoke(main, ["matrix", str(climbie)])
    assert done.exit_code == 2
    assert "give --on" in done.output
    done = CliRunner().invoke(main, ["matrix", str(climbie), "-o", str(tmp_path / "r.doc")])
    assert done.exit_code == 2
    assert "Nothing was written" in done.output
