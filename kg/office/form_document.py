"""A blank return as a Word document: guidance first, then one table with the headings repeated on every page.

For agencies that write their chronologies in Word. The same review gives the same bytes.
"""

from __future__ import annotations

import io
import re
from copy import deepcopy
from typing import TYPE_CHECKING, Any

from kg.handling.marking import MARKING
from kg.model.review import Agency, Review
from kg.office.form import INDISPENSABLE, MADE, Column, Filled, columns, guidance, steady
from kg.terms.tables import Terms

if TYPE_CHECKING:
    from docx.document import Document
    from docx.oxml.table import CT_Row

BLANK = 14
"""How many blank rows a template has; Word adds more with the tab key."""

_WIDTHS = {
    "ref": 14, "date": 19, "time": 12, "learnt": 16, "written": 16, "source": 17, "people": 20, "about": 15,
    "professional": 21, "unit": 15, "contact": 18, "what-happened": 55, "seen": 12, "said": 24, "indicators": 21,
    "response": 20, "shared-with": 17, "shared-what": 16, "received-from": 18, "answers": 17, "comment": 23,
}  # fmt: skip
_WIDE = 404
_NO_SIGN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def document_template(review: Review, terms: Terms, agency: Agency, filled: Filled = ()) -> bytes:
    """A return for one agency as a Word document (A3, landscape), blank or with rows in it. Its bytes depend on nothing else.

    Signs that no document can hold (control characters) show as \ufffd.
    """
    from docx import Document
    from docx.enum.section import WD_ORIENT
    from docx.enum.text import WD_BREAK
    from docx.shared import Mm

    document = Document()
    shown = columns(review, terms, agency, filled)
    properties = document.core_properties
    properties.title, properties.subject = f"Chronology of {agency.name}", review.title
    properties.author, properties.comments, properties.last_modified_by = "", MARKING, ""
    properties.created = properties.modified = MADE
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(420), Mm(297)
    section.left_margin = section.right_margin = Mm(8)
    section.top_margin, section.bottom_margin = Mm(15), Mm(12)
    section.header_distance = section.footer_distance = Mm(6)
    _styles(document)
    header = section.header.paragraphs[0]
    header.alignment = 1
    header.add_run(MARKING).bold = True
    document.add_heading(f"Return of {agency.name}", 1)
    document.add_paragraph().add_run(f"Review: {review.title}").bold = True
    for part in guidance(review, terms, agency):
        document.add_heading(part.title, 2)
        for line in part.lines:
            document.add_paragraph(line, style="List Bullet")
    document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
    document.add_heading("The words of the lists", 2)
    for column in shown:
        if column.words and column.notation not in ("shared-with", "received-from", "about", "people"):
            paragraph = document.add_paragraph()
            paragraph.add_run(f"For {column.label}: ").bold = True
            paragraph.add_run("; ".join(words for words, _ in column.words) + ".")
    others = [each.name for each in review.agencies if each.name != agency.name]
    if others:
        paragraph = document.add_paragraph()
        paragraph.add_run("The agencies of this review: ").bold = True
        paragraph.add_run("; ".join(others) + ".")
    document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
    _write_table(document, shown, filled)
    out = io.BytesIO()
    document.save(out)
    return steady(out.getvalue())


def _styles(document: Document) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    for name, size in (("Normal", 10), ("Heading 1", 18), ("Heading 2", 12)):
        style: Any = document.styles[name]
        style.font.name, style.font.size = "Arial", Pt(size)
        fonts = style.element.rPr.rFonts
        for key in [key for key in fonts.attrib if "Theme" in key]:
            del fonts.attrib[key]
        fonts.set(qn("w:eastAsia"), "Arial")
        if name != "Normal":
            style.font.color.rgb = RGBColor(0x1F, 0x38, 0x64)
    normal: Any = document.styles["Normal"]
    normal.paragraph_format.space_after = Pt(3)


def _write_table(document: Document, shown: tuple[Column, ...], filled: Filled) -> None:
    """The table: a heading row that repeats on each page, then rows that never break across pages when they are short."""
    from docx.oxml import OxmlElement
    from docx.shared import Mm

    table = document.add_table(rows=2, cols=len(shown), style="Table Grid")
    table.autofit = False
    total = sum(_WIDTHS.get(column.notation, 18) for column in shown)
    widths = [Mm(_WIDTHS.get(column.notation, 18) * _WIDE / total) for column in shown]
    for at, width in enumerate(widths):
        table.columns[at].width = width
    first, second = table.rows[0], table.rows[1]
    for row in (first, second):
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = width
    first._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for cell, column in zip(first.cells, shown, strict=True):
        _heading(cell, column)
    for cell in second.cells:
        _small(cell.paragraphs[0])
    blank = second._tr
    blank.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    for cells in filled or [{}] * (BLANK - 1):
        row = deepcopy(blank)
        for tc, column in zip(row.tc_lst, shown, strict=True):
            if words := cells.get(column.notation, ""):
                _say(tc.p_lst[0], words)
        blank.addprevious(row)
        if filled:
            _may_split(row)
    if filled:
        table._tbl.remove(blank)


def _heading(cell: Any, column: Column) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    shade = OxmlElement("w:shd")
    shade.set(qn("w:val"), "clear")
    shade.set(qn("w:fill"), "7B2D00" if column.notation in INDISPENSABLE else "1F3864")
    cell._tc.get_or_add_tcPr().append(shade)
    run = cell.paragraphs[0].add_run(column.label)
    run.bold, run.font.size, run.font.color.rgb = True, Pt(8), RGBColor(0xFF, 0xFF, 0xFF)


def _small(paragraph: Any) -> None:
    """Let what is typed into a blank cell be small, so that many columns fit a page."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    properties = paragraph._p.get_or_add_pPr()
    mark = OxmlElement("w:rPr")
    size = OxmlElement("w:sz")
    size.set(qn("w:val"), "16")
    mark.append(size)
    properties.append(mark)


def _say(paragraph: Any, words: str) -> None:
    from docx.shared import Pt
    from docx.text.paragraph import Paragraph

    run = Paragraph(paragraph, None).add_run(_NO_SIGN.sub("\ufffd", words))  # type: ignore[arg-type]
    run.font.size = Pt(8)


def _may_split(row: CT_Row) -> None:
    """Long narratives may run over a page; only blank rows are kept whole."""
    from docx.oxml.ns import qn

    for each in row.trPr.findall(qn("w:cantSplit")) if row.trPr is not None else ():
        row.trPr.remove(each)  # type: ignore[union-attr]
