"""Marks of Word that are no letters in the file are read as the page shows them; what stands in no cell is said."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from helpers.office_files import body, changed, document
from helpers.returns import TOML, entry, said

import loaders

HEAD = ["Ref", "Date", "Contact", "What happened", "Seen", "Indicators"]
ROW = ["P1", "14/07/1999", "home-visit", "He was well", "HERE", "bruising"]
PART = "word/document.xml"
W14 = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
Read = Callable[..., loaders.Loaded]


@pytest.fixture
def read(write_review: Callable[..., Path]) -> Read:
    """A function that reads a document of the police in which a run of XML stands for each of these words."""

    def read(
        runs: dict[str, str], rows: list[list[str]] | None = None, parts: dict[str, str] | None = None
    ) -> loaders.Loaded:
        def put(text: str) -> str:
            for words, run in runs.items():
                text = re.sub(rf"<w:r><w:t>{re.escape(words)}</w:t></w:r>", lambda _, run=run: run, text)
            return text

        data = changed(document([rows or [HEAD, ROW]]), PART, body(put))
        for part, change in (parts or {}).items():
            if part.endswith(".rels"):
                data = changed(data, part, body(lambda text, more=change: text.replace("</Rel", f"{more}</Rel")))
            else:
                data = changed(data, part, lambda _, whole=change: whole.encode())
        return loaders.load(write_review(TOML, {"town-police.docx": data}))

    return read


def run(inner: str, about: str = "") -> str:
    return f"<w:r>{f'<w:rPr>{about}</w:rPr>' if about else ''}{inner}</w:r>"


def text(words: str, about: str = "") -> str:
    return run(f'<w:t xml:space="preserve">{words}</w:t>', about)


def listed(*choices: str, taken: int | None = None) -> str:
    result = f'<w:result w:val="{taken}"/>' if taken is not None else ""
    entries = "".join(f'<w:listEntry w:val="{choice}"/>' for choice in choices)
    return run(
        f'<w:fldChar w:fldCharType="begin"><w:ffData><w:ddList>{result}{entries}</w:ddList></w:ffData></w:fldChar>'
    )


def ticked(state: str) -> str:
    return run(f'<w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox>{state}</w:checkBox></w:ffData></w:fldChar>')


def symbol(char: str, font: str = "Wingdings") -> str:
    return run(f'<w:sym w:font="{font}" w:char="{char}"/>')


NOT_TICKED = ticked('<w:default w:val="0"/>')


@pytest.mark.parametrize(
    ("cell", "seen"),
    [
        (listed("yes", "no", "alone", taken=1), "no"),
        (listed("yes", "no"), "yes"),
        (ticked("<w:checked/>") + text(" Yes ") + NOT_TICKED + text(" No"), "yes"),
        (NOT_TICKED + text(" Yes ") + ticked('<w:default w:val="1"/>') + text(" No"), "no"),
        (ticked('<w:checked w:val="0"/><w:default w:val="1"/>') + text(" Yes"), ""),
        (symbol("F0FE") + text(" Yes ") + symbol("F0A8") + text(" No"), "yes"),
        (symbol("F0A8") + text(" Yes ") + symbol("F0FD") + text(" No"), "no"),
        (symbol("0052", "Wingdings 2") + text(" Yes ") + symbol("00A3", "Wingdings 2") + text(" No"), "yes"),
        (symbol("F0FC"), "yes"),
        (symbol("F0FB"), "no"),
        (text("ü", '<w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/>'), "yes"),
        (f'<w:sdt {W14}><w:sdtPr><w14:checkbox><w14:checked w14:val="1"/></w14:checkbox></w:sdtPr><w:sdtContent>{text("☒")}'
         f"</w:sdtContent></w:sdt>{text(' Yes ☐ No')}", "yes"),
        (text("☐ Yes ☒ No"), "no"),
    ],
)  # fmt: skip
def test_what_was_chosen_or_ticked_is_read(read: Read, cell: str, seen: str) -> None:
    assert entry(read({"HERE": cell})).seen == seen


def test_signs_of_symbol_fonts_keep_their_meaning(read: Read) -> None:
    words = text("38") + symbol("F0B0", "Symbol") + text("C, weight ") + symbol("F0AF", "Symbol") + symbol("F0E0")
    assert entry(read({"He was well": words})).narrative == "38°C, weight ↓→"


def test_a_prompt_that_nobody_answered_is_a_blank(read: Read) -> None:
    prompt = (
        f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{text('Tippen Sie hier.')}</w:sdtContent></w:sdt>"
    )
    loaded = read({"HERE": prompt, "home-visit": text("Choose an item.")})
    assert (entry(loaded).cells["seen"], entry(loaded).cells["contact"]) == ("", "")
    assert said(loaded, "never filled in").severity == "note"
    assert "Choose an item." in said(loaded, "prompt of a form").why


NUMBERING = (
    '<w:numbering xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:abstractNum w:abstractNumId="0">'
    '<w:lvl w:ilvl="0"><w:start w:val="{start}"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="{shape}"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
)


@pytest.mark.parametrize(
    ("start", "kind", "shape", "refs"),
    [
        (1, "decimal", "%1.", ["1", "2"]),
        (12, "decimal", "TH%1", ["TH12", "TH13"]),
        (3, "upperRoman", "(%1)", ["III", "IV"]),
        (26, "lowerLetter", "%1)", ["z", "aa"]),
        (1, "bullet", "•", ["row-2", "row-3"]),
    ],
)
def test_numbers_that_word_counts_are_refs(read: Read, start: int, kind: str, shape: str, refs: list[str]) -> None:
    number = '</w:p><w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>'
    rows = [HEAD, ["N", *ROW[1:4], "yes", ""], ["N", *ROW[1:4], "no", ""], ["N", "", "", "", "", ""]]
    numbering = NUMBERING.format(start=start, kind=kind, shape=shape)
    loaded = read({"N": number}, rows, {"word/numbering.xml": numbering})
    assert [each.ref for each in loaded.review.entries] == refs


@pytest.mark.parametrize("strike", ["<w:strike/>", '<w:dstrike w:val="true"/>'])
def test_struck_words_are_set_apart_and_codes_among_them_not_read(read: Read, strike: str) -> None:
    words = text("Mother said he fell. ", strike) + text("No injury was seen.", '<w:strike w:val="0"/>')
    loaded = read({"He was well": words, "bruising": text("bruising", strike)})
    found = entry(loaded)
    assert (found.narrative, found.indicators) == ("No injury was seen.", ())
    assert 'struck out: "Mother said he fell."' in found.cells["margin"]
    assert "row 2" in said(loaded, "struck out").why


def test_a_row_struck_out_whole_keeps_its_ref_and_date(read: Read) -> None:
    rows = [
        HEAD,
        [*ROW[:4], "yes", "bruising"],
        ["P2", "15/07/1999", "clinic-appointment", "Another child", "no", "hunger"],
    ]
    struck = {words: text(words, "<w:strike/>") for words in rows[2]}
    loaded = read(struck, rows)
    _, second = loaded.review.entries
    assert (second.ref, second.when.plain(), second.seen, second.indicators, second.narrative) == (
        "P2", "15 July 1999", "", (), "",
    )  # fmt: skip


def related(kind: str, target: str) -> str:
    uri = f"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}"
    return f'<Relationship Id="rIdX" Type="{uri}" Target="{target}"/>'


def test_a_row_in_the_page_header_is_said_with_its_words(read: Read) -> None:
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    header = f"<w:hdr {space}><w:tbl><w:tr><w:tc><w:p>{text('H0 in the header')}</w:p></w:tc></w:tr></w:tbl></w:hdr>"
    parts = {"word/headerX.xml": header, "word/_rels/document.xml.rels": related("header", "headerX.xml")}
    assert "H0 in the header" in said(read({}, parts=parts), "a table stands in the header").why


def test_a_piece_of_another_document_is_an_error_with_its_words(read: Read) -> None:
    page = (
        "<!DOCTYPE html><html><head><title>x</title></head><table><tr><td>P2 seen &amp; well</td></tr></table></html>"
    )
    parts = {"word/chunk.html": page, "word/_rels/document.xml.rels": related("aFChunk", "chunk.html")}
    found = said(read({}, parts=parts), "piece of another document")
    assert (found.severity, "P2 seen & well" in found.why) == ("error", True)


def test_pictures_embedded_files_and_tables_in_boxes_are_said(read: Read) -> None:
    picture = run(
        '<w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing">'
        '<wp:docPr id="1" name="Scan" descr="page two"/></wp:inline></w:drawing>'
    )
    object_ = run(
        '<w:object><o:OLEObject xmlns:o="urn:schemas-microsoft-com:office:office" ProgID="Excel.Sheet.12"/></w:object>'
    )
    table = f"<w:tbl><w:tr><w:tc><w:p>{text('P9 in a box')}</w:p></w:tc></w:tr></w:tbl>"
    box = run(f"<w:pict><w:txbxContent>{table}</w:txbxContent></w:pict>")
    loaded = read({"He was well": text("He was well") + picture + object_ + box})
    assert "page two" in said(loaded, "1 picture").why
    assert "Excel.Sheet.12" in said(loaded, "embedded").why
    assert "P9 in a box" in said(loaded, "text box").why
