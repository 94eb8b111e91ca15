"""Every output is read by what it is made for, and says there what it says here."""

from __future__ import annotations

import csv
import io
import os
import shutil
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from helpers.readers import POMS, counted, faults, opened_by_libreoffice
from helpers.real_neo4j import Lacking, resolve
from helpers.serving import Running, serving
from helpers.small import day, review, row

import loaders
from kg.base.tables import as_markdown
from kg.findings.study import Study, find_gaps
from kg.graph.export import export
from kg.handling.marking import MARKING
from kg.office.form_document import document_template
from kg.office.form_workbook import workbook_template
from kg.office.working_copy import working_copy
from kg.pages.figure.dots import figure_pdf
from kg.pages.figure.sheet import figure_svg
from kg.pages.network.data import network_data
from kg.pages.network.page import network_page
from kg.pages.timeline.data import timeline_data
from kg.pages.timeline.page import timeline_page
from kg.terms.reader import load

TERMS = load()
CASES = ["climbie", "connelly", "hayter", "training"]
HARD = "=1+1 <b>&amp;</b> \"q\" 'x' | \\ ![a](http://example.org/a.png) é 家 \U0001f476\tand\nnext line"
YOUNGER = (
    "“color-stop”", "“paint-order”", "“print-color-adjust”", "“forced-color-adjust”",
    "“Canvas” is not", "“CanvasText” is not", "“GrayText” is not",
)  # fmt: skip
"""What the checker of pages does not know of styles: it is older than they are."""


@cache
def studied_folder(folder: Path) -> Study:
    return find_gaps(loaders.load(folder, TERMS).review, TERMS)


@pytest.fixture(scope="module")
def gaps() -> Study:
    """A small review of words that are hard to carry."""
    read = review(row("Police/P1", day(1), "bruising", to=("School",), what=("bruising",)), row("School/S1", day(2)))
    entries = tuple(replace(each, cells={**each.cells, "what-happened": HARD}, narrative=HARD) for each in read.entries)
    return find_gaps(replace(read, title='Sam & "others" <1>', entries=entries), TERMS)


@pytest.fixture(scope="module")
def jena(pytestconfig: pytest.Config) -> str:
    return brought("jena", pytestconfig)


@pytest.fixture(scope="module")
def nu(pytestconfig: pytest.Config) -> str:
    return brought("nu", pytestconfig)


@pytest.fixture
def office() -> None:
    if shutil.which("soffice") is None:
        lacking("needs LibreOffice")


def brought(name: str, config: pytest.Config) -> str:
    assert config.cache is not None
    try:
        return resolve(config.cache.mkdir(name) / "classpath.txt", POMS[name], name)
    except Lacking as what:
        lacking(str(what))
        raise


def lacking(what: str) -> None:
    if os.environ.get("CI"):
        pytest.fail(f"in CI outputs are always read by what they are made for: {what}")
    pytest.skip(what)


@pytest.fixture(scope="module", params=CASES)
def case(request: pytest.FixtureRequest) -> Study:
    return studied_folder(request.getfixturevalue(request.param))


# --- graphs -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("record", [False, True], ids=["all", "record"])
def test_every_relation_in_the_tables_joins_two_nodes_of_the_tables(case: Study, record: bool) -> None:
    files = export(case, "csv", record=record)
    nodes = [*csv.DictReader(io.StringIO(files["nodes.csv"], newline=""))]
    relations = [*csv.DictReader(io.StringIO(files["relations.csv"], newline=""))]
    names = [node["id"] for node in nodes]
    assert len(names) == len({*names})
    assert relations
    assert {end for each in relations for end in (each["from"], each["to"])} <= {*names}


def test_graphml_is_the_same_graph_to_networkx_and_igraph(case: Study, tmp_path: Path) -> None:
    import igraph
    import networkx

    file = tmp_path / "review.graphml"
    file.write_text(export(case, "graphml")[""], encoding="utf-8")
    one: Any = networkx.read_graphml(file)
    other = igraph.Graph.Read_GraphML(str(file))
    names = other.vs["id"]
    assert sorted(names) == sorted(one.nodes)
    assert sorted((names[each.source], names[each.target]) for each in other.es) == sorted(one.edges())
    tables = export(case, "csv")
    assert len(names) == len([*csv.DictReader(io.StringIO(tables["nodes.csv"], newline=""))])
    assert len(other.es) == len([*csv.DictReader(io.StringIO(tables["relations.csv"], newline=""))])


def test_rdf_is_the_same_to_jena_and_oxigraph(gaps: Study, climbie: Path, jena: str, tmp_path: Path) -> None:
    import pyoxigraph as ox

    forms = {"turtle": ("ttl", ox.RdfFormat.TURTLE), "trig": ("trig", ox.RdfFormat.TRIG),
             "jsonld": ("jsonld", ox.RdfFormat.JSON_LD)}  # fmt: skip
    files, held = [], []
    for number, read in enumerate((gaps, studied_folder(climbie))):
        sets = []
        for form, (ending, named) in forms.items():
            file = tmp_path / f"review-{number}.{ending}"
            file.write_text(export(read, form)[""], encoding="utf-8")
            quads = {*ox.parse(path=str(file), format=named)}
            files.append(file)
            held.append(len(quads))
            sets.append({ox.Triple(each.subject, each.predicate, each.object) for each in quads})
        assert sets[0] == sets[2], "the same statements in each form"
        assert sets[0] <= sets[1], "and in TriG, with what it takes to make the folder again"
    assert counted(jena, files) == held


def test_a_fault_in_what_is_written_would_be_seen(jena: str, tmp_path: Path) -> None:
    file = tmp_path / "wrong.ttl"
    file.write_text("<http://example.org/a b> a <http://example.org/c> .")
    with pytest.raises(AssertionError):
        counted(jena, [file])


# --- pages ------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def running(climbie: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    folder = tmp_path_factory.mktemp("served") / "review"
    shutil.copytree(climbie, folder)
    yield from serving(folder)


def test_pages_are_html_to_the_nu_checker(
    gaps: Study, climbie: Path, running: Running, nu: str, tmp_path: Path
) -> None:
    files = []
    for number, read in enumerate((gaps, studied_folder(climbie))):
        for name, text in (
            ("timeline", timeline_page(timeline_data(read))),
            ("network", network_page(network_data(read))),
        ):
            files.append(tmp_path / f"{name}-{number}.html")
            files[-1].write_text(text, encoding="utf-8")
    for name, path in {
        "home": "/", "questions": "/questions", "answer": "/ask/times-not-seen", "sparql": "/sparql-page",
        "drawing": "/timeline", "none": "/ask/none",
    }.items():  # fmt: skip
        files.append(tmp_path / f"{name}.html")
        files[-1].write_text(running.mine(path).text, encoding="utf-8")
    (tmp_path / "wrong.html").write_text("<!doctype html><title>x</title><p><table></p>")
    assert faults(nu, [tmp_path / "wrong.html"]), "a fault is seen"
    assert [each for each in faults(nu, files) if not any(word in each for word in YOUNGER)] == []


# --- the figure -------------------------------------------------------------------------------------------------


def test_the_pdf_is_tagged_titled_in_english_and_brings_its_fonts(gaps: Study) -> None:
    import pypdf

    words = f"{MARKING} {gaps.review.title} Γιαγιά 家 Ł (a\\b)"
    made = figure_pdf(figure_svg(timeline_data(gaps)), gaps.review.title, words)
    read = pypdf.PdfReader(io.BytesIO(made), strict=True)
    top = read.trailer["/Root"]
    assert read.metadata.title == gaps.review.title
    assert read.xmp_metadata.dc_title["x-default"] == gaps.review.title
    assert top["/ViewerPreferences"]["/DisplayDocTitle"] is True or top["/ViewerPreferences"]["/DisplayDocTitle"].value
    assert top["/Lang"].startswith("en")
    assert top["/MarkInfo"]["/Marked"]
    (page,) = read.pages
    assert page.extract_text().strip() == words
    document = top["/StructTreeRoot"]["/K"]
    figure, paragraph = (each.get_object() for each in document["/K"])
    assert (figure["/S"], paragraph["/S"]) == ("/Figure", "/P")
    assert figure["/Alt"] == gaps.review.title
    for font in page["/Resources"]["/Font"].values():
        font = font.get_object()
        assert font["/Subtype"] == "/Type3" or "/FontFile2" in font["/FontDescriptor"], "its letters are in the file"
        assert "/ToUnicode" in font


def test_words_of_more_letters_than_a_font_holds_keep_the_commonest() -> None:
    import pypdf

    rare = "".join(chr(0x4E00 + number) for number in range(400))
    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"></svg>'
    read = pypdf.PdfReader(io.BytesIO(figure_pdf(svg, "x", "sees the sea " * 9 + rare)), strict=True)
    assert read.pages[0].extract_text().startswith("sees the sea")


# --- workbooks and documents ------------------------------------------------------------------------------------


def test_workbooks_and_documents_hold_their_words_in_other_programs(gaps: Study, office: None, tmp_path: Path) -> None:
    import openpyxl

    police = gaps.review.agencies[0]
    filled = [{"ref": "P1", "date": "5 January 2020", "people": "Sam", "what-happened": HARD}]
    files = {
        "form.xlsx": workbook_template(gaps.review, TERMS, police, filled),
        "form.docx": document_template(gaps.review, TERMS, police, filled),
        "copy.xlsx": working_copy(gaps, [0, 1]),
    }
    opened = opened_by_libreoffice(files, tmp_path)
    wanted = [*HARD.split("\t")[0].split(), "next", "line"]
    for name, text in opened.items():
        assert all(word in text for word in wanted), (name, text[:500])
    for name in ("form.xlsx", "copy.xlsx"):
        book = openpyxl.load_workbook(io.BytesIO(files[name]))
        cells = [cell for sheet in book for line in sheet.iter_rows() for cell in line if cell.value is not None]
        assert any(HARD in str(cell.value) for cell in cells), name
        assert all(cell.data_type != "f" for cell in cells), "nothing in it is a formula"


# --- Markdown ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    ["![x](http://example.org/x.png)", "[a](javascript:b)", "http://example.org/x", "HTTPS://EXAMPLE.ORG", "www.example.org",
     "a@b.example", "mailto:a@b.example", "ftp://example.org/x", "<img src=x>", "&lt;b&gt; &#64; & co", "**b** _i_ ~~s~~ `c`",
     "a|b", "x\\", "\\[x](y)", "[x]: http://example.org", "# not a heading", "one\ntwo"],
)  # fmt: skip
def test_markdown_shows_what_was_written_as_text(words: str) -> None:
    from markdown_it import MarkdownIt

    markdown = MarkdownIt("gfm-like")
    table = markdown.render(as_markdown(["what"], [{"what": words}]))
    cell = table.split("<td>")[1].split("</td>")[0]
    from html import unescape

    shown = unescape(cell.replace("<br>", "\n"))
    assert shown == words
    assert "<a" not in cell
    assert "<img" not in cell
