"""One return, however it is written: as CSV, in Excel or in Word, it is the same return."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import date, time

import pytest
from helpers.examples import examples
from helpers.office_files import document, workbook
from helpers.returns import TOML, sound
from hypothesis import given, settings
from hypothesis import strategies as st

import loaders
from kg.model.problem import Place
from kg.model.record import Entry
from kg.model.review import Review
from kg.terms.reader import load as load_terms
from loaders.rows.columns import Headings

HEAD = (
    "Ref",
    "Date",
    "Time",
    "People",
    "Contact",
    "What happened",
    "Seen",
    "Indicators",
    "Response",
    "Shared with",
    "Own",
)
LETTERS = st.characters(codec="utf-8", categories=["L", "N", "P", "S", "Zs"], exclude_characters="\x85\u2028\u2029")
WORDS = st.text(LETTERS, max_size=25).map(str.strip)
DAY = st.dates(date(1999, 1, 1), date(1999, 12, 31))
DATES = st.one_of(
    DAY,
    WORDS,
    st.sampled_from(["", "July 1999", "?14/07/1999", "14-16 July 1999", "before 3 August 1999", "31/02/1999"]),
)
TIMES = st.one_of(
    st.times(time(0, 1), time(23, 59)).map(lambda t: t.replace(second=0, microsecond=0)),
    st.sampled_from(["", "1.45pm"]),
)
CODED = st.sampled_from(
    ["", "bruising", "bruising; alcohol-misuse", "DV", "bruisng", "he had a mark", "=1+1", "@x", "-", "+44"]
)
ROWS = st.lists(
    st.tuples(
        DATES,
        TIMES,
        st.sampled_from(["", "Kit", "Kit; Ann", "MARSH, José", "a neighbour"]),
        st.sampled_from(["", "home-visit", "Home visit (unannounced)", "TC", "odd"]),
        st.one_of(WORDS, st.sampled_from(["He was well.\nHe ate.", '"No," he said.', "=SUM(A1:A9)", "12", "7.0"])),
        st.sampled_from(["", "yes", "Y", "alone", "Kit", "perhaps"]),
        CODED,
        st.sampled_from(["", "NFA", "Rang mother", "follow-up"]),
        st.sampled_from(["", "Town Hospital", "hospital", "town hospital; Constabulary", "nobody"]),
        WORDS,
    ),
    min_size=1,
    max_size=6,
)


def shown(value: object) -> str:
    """A cell as it shows: what a person would type into a CSV file for it."""
    if isinstance(value, date):
        return value.strftime("%d/%m/%Y")
    if isinstance(value, time):
        return value.strftime("%H:%M")
    return str(value)


def bare(review: Review) -> Review:
    """A review without what differs by the kind of file: places and names of files."""

    def placeless(entry: Entry) -> Entry:
        return replace(entry, place=Place())

    return replace(
        review,
        folder="",
        entries=tuple(map(placeless, review.entries)),
        returns=tuple(replace(each, file="") for each in review.returns),
    )


@pytest.mark.slow
@settings(max_examples=examples(60))
@given(rows=ROWS)
def test_a_return_means_the_same_as_csv_in_excel_and_in_word(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[object, ...]]
) -> None:
    numbered = [(at, *row) for at, row in enumerate(rows, 1)]
    typed = [[shown(value) for value in row] for row in numbered]
    text = io.StringIO(newline="")
    csv.writer(text).writerows([HEAD, *typed])
    written = {
        "town police.csv": text.getvalue().encode(),
        "town police.xlsx": workbook({"Return": [HEAD, *numbered]}),
        "town police.docx": document([[HEAD, *typed]]),
    }
    loaded = {}
    for file, data in written.items():
        folder = tmp_path_factory.mktemp("format")
        (folder / "returns").mkdir()
        (folder / "review.toml").write_text(TOML, encoding="utf-8")
        (folder / "returns" / file).write_bytes(data)
        loaded[file] = loaders.load(folder)
        sound(loaded[file])
        assert len(loaded[file].review.entries) == len(rows)
    one, *others = (bare(each.review) for each in loaded.values())
    assert all(other == one for other in others)


ANY = st.one_of(WORDS, st.sampled_from(["Date", "Ref", "What happened", "", "14/07/1999", "Signed off by A"]))


@settings(max_examples=examples(60))
@given(rows=st.lists(st.lists(ANY, min_size=1, max_size=6), max_size=8), ending=st.sampled_from([".xlsx", ".docx"]))
def test_rows_in_are_entries_out_or_said(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]], ending: str
) -> None:
    rows = [list(HEAD), ["1", "14/07/1999", "", "Kit", "", "He was well"], *rows]
    folder = tmp_path_factory.mktemp("format")
    (folder / "returns").mkdir()
    (folder / "review.toml").write_text(TOML, encoding="utf-8")
    data = workbook({"Return": rows}) if ending == ".xlsx" else document([rows])
    (folder / "returns" / f"town police{ending}").write_bytes(data)
    loaded = loaders.load(folder)
    sound(loaded)
    said = "\n".join(map(str, loaded.problems)) + (loaded.review.returns[0].signed_off if loaded.review.returns else "")
    kept = {cell.strip() for entry in loaded.review.entries for cell in entry.cells.values()}
    headings = Headings(load_terms())
    for row in rows:
        for cell in row:
            # A row of headings begins another table; what it names is a column, and no cell.
            assert cell in kept or headings.score([cell]) or " ".join(cell.split()) in said, cell
