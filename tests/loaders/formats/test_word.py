"""Word returns: the true cells of every table, with what stands inserted and without what is struck out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from helpers.office_files import body, changed, document
from helpers.returns import TOML, entry, said

import loaders

HEAD = ["Ref", "Date", "What happened", "Seen"]
ROW = ["7", "14/07/1999", "He was well", "yes"]
PART = "word/document.xml"
Read = Callable[..., loaders.Loaded]


@pytest.fixture
def read(write_review: Callable[..., Path]) -> Read:
    """A function that reads one document of the police."""

    def read(data: bytes, file: str = "town-police.docx") -> loaders.Loaded:
        return loaders.load(write_review(TOML, {file: data}))

    return read


def test_a_row_of_a_table_becomes_an_entry(read: Read) -> None:
    found = entry(read(document([[HEAD, ROW]])))
    assert (found.ref, found.narrative, found.seen) == ("7", "He was well", "yes")
    assert (found.place.sheet, found.place.row) == ("table 1", 2)


def test_each_table_is_read_and_a_cover_is_said(read: Read) -> None:
    cover = [["Agency", "Town Police"], ["Period", "1999"]]
    loaded = read(document([cover, [HEAD, ROW], [HEAD, ["8", *ROW[1:]]]]))
    assert [(e.place.sheet, e.ref) for e in loaded.review.entries] == [("table 2", "7"), ("table 3", "8")]
    assert "Agency Town Police; Period 1999" in said(loaded, "no chronology").why


def test_a_table_that_runs_on_without_headings_is_read_under_those_before(read: Read) -> None:
    loaded = read(document([[HEAD, ROW], [["8", "15/07/1999", "He was seen again", "no"]]]))
    assert [(e.ref, e.seen) for e in loaded.review.entries] == [("7", "yes"), ("8", "no")]
    assert said(loaded, "no headings of its own").severity == "note"


def test_lines_around_the_table_are_said_and_a_signature_is_kept(read: Read) -> None:
    def sign(made: Any) -> None:
        made.add_paragraph("Signed off by the head")

    loaded = read(document([[HEAD, ROW]], sign))
    assert loaded.review.returns[0].signed_off == "Signed off by the head"
    assert "Signed off by the head" in said(loaded, "below the table").why


def test_paragraphs_breaks_and_tabs_of_a_cell_are_kept(read: Read) -> None:
    words = "He was well.\nHe ate.\tHe slept."
    assert entry(read(document([[HEAD, [*ROW[:2], words, "yes"]]]))).narrative == words


def test_headings_repeated_in_the_table_are_no_entry(read: Read) -> None:
    loaded = read(document([[HEAD, ROW, HEAD, ["8", *ROW[1:]]]]))
    assert [e.ref for e in loaded.review.entries] == ["7", "8"]


def test_a_cell_drawn_over_two_rows_belongs_to_both(read: Read) -> None:
    def join(made: Any) -> None:
        table = made.tables[0]
        table.cell(1, 1).merge(table.cell(2, 1))

    loaded = read(document([[HEAD, ROW, ["8", "", "He was seen again", "no"]]], join))
    assert [e.when.plain() for e in loaded.review.entries] == ["14 July 1999"] * 2
    assert said(loaded, "is drawn across 2 rows")


def test_a_line_across_the_table_is_a_caption(read: Read) -> None:
    def join(made: Any) -> None:
        table = made.tables[0]
        table.cell(1, 0).merge(table.cell(1, 3)).text = "1999"

    loaded = read(document([[HEAD, ["", "", "", ""], ROW]], join))
    assert entry(loaded).ref == "7"
    assert '"1999" (row 2)' in said(loaded, "across the whole table").why


def test_rows_with_dragged_borders_follow_the_headings_one_by_one(read: Read) -> None:
    def drag(text: str) -> str:  # the first cell of the row of entries spans two columns of the grid
        before, row = text.rsplit("<w:tr>", 1)
        row = row.replace("<w:tcPr>", '<w:tcPr><w:gridSpan w:val="2"/>', 1)
        return f"{before}<w:tr>{row}"

    found = entry(read(changed(document([[HEAD, ROW]]), PART, body(drag))))
    assert (found.ref, found.when.plain(), found.narrative) == ("7", "14 July 1999", "He was well")


def test_a_table_within_a_cell_keeps_its_words(read: Read) -> None:
    def nest(made: Any) -> None:
        inner = made.tables[0].cell(1, 2).add_table(rows=1, cols=2)
        inner.cell(0, 0).text, inner.cell(0, 1).text = "weight", "5 kg"

    loaded = read(document([[HEAD, ROW]], nest))
    assert "He was well" in entry(loaded).narrative
    assert "weight | 5 kg" in entry(loaded).narrative
    assert said(loaded, "inside a cell")


def test_struck_out_words_are_not_text_and_inserted_words_are(read: Read) -> None:
    def track(text: str) -> str:
        return text.replace(
            "<w:r><w:t>He was well</w:t></w:r>",
            '<w:del w:id="1" w:author="A"><w:r><w:delText>He was ill</w:delText></w:r></w:del>'
            '<w:ins w:id="2" w:author="A"><w:r><w:t>He was well</w:t></w:r></w:ins>',
        )

    loaded = read(changed(document([[HEAD, ROW]]), PART, body(track)))
    assert entry(loaded).narrative == "He was well"
    assert said(loaded, "2 changes are tracked").severity == "warning"


def test_a_row_struck_out_whole_is_no_entry_and_said(read: Read) -> None:
    def strike(text: str) -> str:
        before, row = text.rsplit("<w:tr>", 1)
        row = row.replace("<w:t>", "<w:delText>").replace("</w:t>", "</w:delText>")
        row = row.replace("<w:r>", '<w:del w:id="1"><w:r>').replace("</w:r>", "</w:r></w:del>")
        return f'{before}<w:tr><w:trPr><w:del w:id="9"/></w:trPr>{row}'

    loaded = read(changed(document([[HEAD, ROW, ["8", *ROW[1:]]]]), PART, body(strike)))
    assert entry(loaded).ref == "7"
    assert "no entries: 1" in said(loaded, "tracked").done


def test_comments_and_footnotes_travel_with_their_row(read: Read) -> None:
    def comment(made: Any) -> None:
        cell = made.tables[0].cell(1, 1)
        made.add_comment(cell.paragraphs[0].runs, text="Perhaps the 15th", author="Head")

    loaded = read(document([[HEAD, ROW]], comment))
    assert entry(loaded).cells["margin"] == "Date: Perhaps the 15th (Head)"
    assert entry(loaded).cells["date"] == "14/07/1999"
    assert said(loaded, "beside the rows").severity == "note"


def test_hidden_words_are_read_and_said(read: Read) -> None:
    hide = body(lambda text: text.replace("<w:t>He was well", "<w:rPr><w:vanish/></w:rPr><w:t>He was well"))
    loaded = read(changed(document([[HEAD, ROW]]), PART, hide))
    assert entry(loaded).narrative == "He was well"
    assert said(loaded, "formatted as hidden")


def test_the_strict_way_of_writing_is_read_alike(read: Read) -> None:
    strict = body(
        lambda text: text.replace(
            "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
            "http://purl.oclc.org/ooxml/wordprocessingml/main",
        )
    )
    assert entry(read(changed(document([[HEAD, ROW]]), PART, strict))).ref == "7"


def test_macros_are_left_alone_and_said(read: Read) -> None:
    data = changed(document([[HEAD, ROW]]), "word/vbaProject.bin", lambda _: b"\0" * 99)
    loaded = read(data, "town-police.docm")
    assert entry(loaded).ref == "7"
    assert said(loaded, "holds macros")


def test_a_document_without_a_table_is_named(read: Read) -> None:
    loaded = read(document([], lambda made: made.add_paragraph("On 14 July he was seen.")))
    assert loaded.review.entries == ()
    assert "running text" in said(loaded, "holds no table").why


def test_entities_are_never_followed(read: Read) -> None:
    bomb = '<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    data = changed(
        document([[HEAD, ROW]]), PART, body(lambda text: text.replace("<w:document", f"{bomb}<w:document", 1))
    )
    loaded = read(data)
    assert loaded.review.entries == ()
    assert said(loaded, "entities of its own")


def test_tables_nested_beyond_reason_are_refused(read: Read) -> None:
    deep = "<w:tbl><w:tr><w:tc>" * 3_000 + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * 3_000
    data = changed(document([[HEAD, ROW]]), PART, body(lambda text: text.replace("<w:body>", f"<w:body>{deep}", 1)))
    assert read(data).review.entries == ()
