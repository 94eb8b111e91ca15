"""Blank returns: what goes out can come back, cell by cell, and nothing in them is anything but text."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from helpers.examples import examples
from helpers.small import review
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

import loaders
from kg.commands.office import template
from kg.handling.marking import MARKING
from kg.model.record import Entry
from kg.model.review import Agency, Review
from kg.office.form import LAST, WORKED, Filled, columns, file_name, guidance, worked
from kg.office.form_document import document_template
from kg.office.form_workbook import CELL, HEAD, SCREEN, TooLong, workbook_template
from kg.terms.reader import load

TERMS = load()
SMALL = review()
POLICE = SMALL.agency("Police")
WRITERS = {".xlsx": workbook_template, ".docx": document_template}
TOML = """
title = "A small review"
jurisdiction = "England"
period = ["2021-02-01", "2021-04-02"]
subjects = ["Sam"]
[[people]]
name = "Sam"
role = "child"
[[people]]
name = "Alex"
[[agencies]]
name = "Police"
type = "police"
[[agencies]]
name = "Care"
type = "childrens-social-care"
"""


def written(ending: str, rows: Filled, review: Review = SMALL, agency: Agency = POLICE) -> bytes:
    return WRITERS[ending](review, TERMS, agency, rows)


def read(folder: Path, ending: str, rows: Filled) -> tuple[Entry, ...]:
    (folder / "returns").mkdir(parents=True, exist_ok=True)
    (folder / "review.toml").write_text(TOML, encoding="utf-8")
    (folder / "returns" / file_name(POLICE, ending)).write_bytes(written(ending, rows))
    return loaders.load(folder).review.entries


def filled(cells: Mapping[str, str]) -> dict[str, str]:
    return {name: words for name, words in cells.items() if words.strip()}


def all_text(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return "\n".join(archive.read(name).decode() for name in archive.namelist() if name.endswith((".xml", ".rels")))


LABELS = {
    name: st.lists(
        st.sampled_from([c.label for c in TERMS.schemes[scheme].concepts]), min_size=1, max_size=3, unique=True
    )
    for name, scheme in (("indicators", "indicator"), ("response", "response"))
}
WORDS = st.text(
    st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs"), exclude_characters="\xa0\u2028"),
    min_size=1,
    max_size=40,
).map(str.strip)
ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "date": st.sampled_from(("14/02/2021", "February 2021", "?3/3/2021", "before 3 March 2021", "c. 2021")),
            "what-happened": st.builds("{}{}".format, st.sampled_from(("", "=", "+", "-", "@", "Seen: ")), WORDS),
        },
        optional={
            "contact": st.sampled_from([c.label for c in TERMS.schemes["contact"].concepts]),
            "seen": st.sampled_from(("Yes", "No", "Seen alone", "Sam")),
            "people": st.sampled_from(("Sam", "Sam; Alex")),
            "indicators": LABELS["indicators"].map("; ".join),
            "response": LABELS["response"].map("; ".join),
            "shared-with": st.just("Care"),
            "unit": st.sampled_from(("Ward 4", "Front desk")),
            "comment": WORDS,
            "said": WORDS,
        },
    ),
    min_size=1,
    max_size=5,
)


@pytest.mark.parametrize("ending", WRITERS)
@settings(max_examples=examples(10))
@given(rows=ROWS)
def test_what_is_filled_in_comes_back_cell_by_cell(
    tmp_path_factory: pytest.TempPathFactory, ending: str, rows: Sequence[dict[str, str]]
) -> None:
    sent = [{"ref": f"P{at}", **row} for at, row in enumerate(rows, 1)]
    entries = read(tmp_path_factory.mktemp("filled"), ending, sent)
    assert [filled(entry.cells) for entry in entries] == [filled(row) for row in sent]
    for entry, row in zip(entries, sent, strict=True):
        assert len(entry.indicators) == row.get("indicators", "").count(";") + ("indicators" in row)
        assert bool(entry.contact) == ("contact" in row), "every word that a drop-down offers is understood"


@pytest.mark.parametrize("ending", WRITERS)
def test_a_template_sent_back_blank_holds_no_entry(tmp_path: Path, ending: str) -> None:
    assert read(tmp_path, ending, ()) == ()


@pytest.mark.parametrize("ending", WRITERS)
@pytest.mark.parametrize("sign", "=+-@")
def test_text_that_begins_like_a_formula_stays_text(tmp_path: Path, ending: str, sign: str) -> None:
    words = f'{sign}HYPERLINK("http://example.org","x")'
    (entry,) = read(tmp_path, ending, [{"date": "14/02/2021", "what-happened": words}])
    assert entry.narrative == words
    assert "<f>" not in all_text(written(ending, [{"what-happened": words}])).replace("<f></f>", "")


@pytest.mark.parametrize("ending", WRITERS)
def test_the_same_review_gives_the_same_bytes(ending: str) -> None:
    rows = [{"date": "14/02/2021", "what-happened": "A call."}]
    assert written(ending, rows) == written(ending, rows)


@pytest.mark.parametrize("ending", WRITERS)
def test_every_page_is_marked_and_the_agency_named(ending: str) -> None:
    text = all_text(written(ending, ()))
    assert MARKING in text
    assert "Police" in text
    assert SMALL.title in text


@pytest.mark.parametrize("ending", WRITERS)
def test_every_column_stands_with_its_meaning_in_the_order_of_the_ontology(ending: str) -> None:
    shown = columns(SMALL, TERMS, POLICE)
    wanted = [each.label for each in TERMS.properties]
    assert [each.label for each in shown] == wanted[: wanted.index("Comment") + 1]
    text = all_text(written(ending, ()))
    assert all(each.label in text for each in shown)
    assert all(each.definition for each in shown)


def test_a_column_added_to_the_ontology_stands_in_the_template() -> None:
    new = replace(TERMS.properties[0], notation="weather", label="Weather", definition="What the weather was.")
    terms = replace(TERMS, properties=(new, *TERMS.properties))
    assert columns(SMALL, terms, POLICE)[0].label == "Weather"
    assert columns(SMALL, terms, POLICE)[-1].notation == LAST


def test_an_agency_is_not_offered_itself() -> None:
    told = next(each for each in columns(SMALL, TERMS, POLICE) if each.notation == "shared-with")
    assert [word for word, _ in told.words] == ["Care", "Hospital", "School", "Family"]


def test_words_of_an_agencys_own_columns_are_kept(tmp_path: Path) -> None:
    rows = [{"date": "14/02/2021", "what-happened": "A call.", "Body camera": "File 7"}]
    (entry,) = read(tmp_path, ".xlsx", rows)
    assert entry.cells["Body camera"] == "File 7"


def test_a_cell_that_excel_cannot_hold_is_refused_in_words() -> None:
    with pytest.raises(TooLong, match=r"P1, What happened: .* Word document"):
        written(".xlsx", [{"ref": "P1", "what-happened": "x" * (CELL + 1)}])


@pytest.mark.parametrize("ending", WRITERS)
def test_a_sign_that_no_file_can_hold_does_not_stop_it(tmp_path: Path, ending: str) -> None:
    (entry,) = read(tmp_path, ending, [{"date": "14/02/2021", "what-happened": "A\x0bcall."}])
    assert entry.narrative.startswith("A")
    assert entry.narrative.endswith("call.")


def test_the_guidance_says_what_a_blank_seen_means_and_what_comment_is_for() -> None:
    said = " ".join(line for section in guidance(SMALL, TERMS, POLICE) for line in section.lines)
    assert "A blank cell means that the record does not state it" in said
    assert "nothing is concluded from it" in said
    assert "The day comes first" in said


def test_a_file_name_bears_the_agency_and_fits_every_computer() -> None:
    assert file_name(Agency("Health: Ward 4/5"), ".xlsx") == "Health Ward 4 5 - chronology.xlsx"
    assert file_name(Agency("..."), ".docx") == "agency - chronology.docx"


def test_the_command_writes_both_kinds_and_never_over_one(tmp_path: Path) -> None:
    (tmp_path / "returns").mkdir()
    (tmp_path / "review.toml").write_text(TOML, encoding="utf-8")
    done = CliRunner().invoke(template, [str(tmp_path), "-o", str(tmp_path / "out"), "--agency", "police"])
    assert done.exit_code == 0, done.output
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "Police - chronology.docx",
        "Police - chronology.xlsx",
    ]
    (tmp_path / "out" / "Police - chronology.xlsx").write_bytes(b"filled in")
    again = CliRunner().invoke(template, [str(tmp_path), "-o", str(tmp_path / "out")])
    assert again.exit_code == 2
    assert "nothing was written" in again.output
    assert (tmp_path / "out" / "Police - chronology.xlsx").read_bytes() == b"filled in"


def top_of(data: bytes) -> list[list[str]]:
    rows = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_name("Return").to_python()
    return [[str(cell) for cell in row] for row in rows]


def test_one_worked_row_shows_how_in_the_words_of_the_lists() -> None:
    shown = {each.notation: each for each in columns(SMALL, TERMS, POLICE)}
    example = worked(TERMS, tuple(shown.values()))
    assert {*example} == {name for name, _ in WORKED}
    for name, words in example.items():
        if shown[name].strict or name in ("indicators", "response"):
            assert words in {word for word, _ in shown[name].words}, name
    rows = top_of(written(".xlsx", ()))
    assert [cell for cell in rows[HEAD - 1] if cell] == [*example.values()]


def test_what_nearly_every_row_needs_fits_a_laptops_screen() -> None:
    """The columns of the worked row come first, and are together no wider than the screen; every other follows."""
    rows = top_of(written(".xlsx", ()))
    labels = {each.notation: each.label for each in columns(SMALL, TERMS, POLICE)}
    first = [labels[name] for name, _ in WORKED]
    assert rows[HEAD][: len(first)] == first
    assert {*rows[HEAD]} == {*labels.values()}
    with zipfile.ZipFile(io.BytesIO(written(".xlsx", ()))) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
    widths = [float(width) for width in re.findall(r'<col [^>]*?width="([\d.]+)"', sheet)]
    assert sum(widths[: len(first)]) <= SCREEN
