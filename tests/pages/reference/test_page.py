"""The reference of all terms: whole, true to the ontology, up to date, and readable by everybody."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from helpers.asking import TERMS

from kg.pages.reference.page import reference_page, sections
from kg.terms.reader import home, load

Open = Callable[..., Any]
ROOT = Path(__file__).resolve().parents[3]
KEPT = ROOT / "docs" / "ontology.html"


class Ids(HTMLParser):
    """The ids of a page, and the places in it to which its links lead."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.led_to: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name == "id":
                self.ids.append(value or "")
            if name == "href":
                assert (value or "").startswith("#"), value
                self.led_to.add((value or "")[1:])


def test_the_kept_page_is_what_the_ontology_says_now() -> None:
    assert KEPT.read_text(encoding="utf-8") == reference_page(TERMS), "make reference"


def test_every_term_has_one_place_and_every_link_leads_to_one() -> None:
    page = Ids(KEPT.read_text(encoding="utf-8"))
    assert len(page.ids) == len(set(page.ids))
    assert page.led_to <= set(page.ids)
    for column in TERMS.properties:
        assert f"column/{column.notation}" in page.ids
    for scheme in TERMS.schemes.values():
        for concept in scheme.concepts:
            assert f"{scheme.notation}/{concept.notation}" in page.ids
    for duty in (*TERMS.duties, *TERMS.process_duties):
        assert {f"duty/{duty.id}", f"process-duty/{duty.id}"} & set(page.ids)
    for word in TERMS.words:
        assert f"{word.kind}/{word.name}" in page.ids


def test_a_term_is_told_with_its_meaning_its_place_and_all_its_names() -> None:
    told = {key: each for section in sections(TERMS) for key, each in section.terms if section.key == "indicator"}
    held = dict(told["bruising"].items)
    assert {"Also", "A sign of", "Needed by", "Asks, under", "In SPARQL", "In Cypher", "In JSON"} <= set(held)
    columns = {key: dict(each.items) for section in sections(TERMS) for key, each in section.terms}["shared-with"]
    assert {"Headings", "In SPARQL", "In Cypher", "In JSON"} <= set(columns)
    rule = {key: dict(each.items) for section in sections(TERMS) for key, each in section.terms}["ENG-CA1989-S47"]
    assert {"Source", "In force", "Checked"} <= set(rule)


def test_a_word_no_longer_in_use_says_what_is_used_instead(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(home(), tmp_path / "ontology"))
    with (folder / "vocabulary.ttl").open("a", encoding="utf-8") as file:
        file.write(
            """
indicator:battered a skos:Concept ; skos:inScheme scheme:indicator ; skos:notation "battered" ;
    skos:prefLabel "Battered"@en ; skos:definition "A <word> of old & no more."@en ;
    dcterms:isReplacedBy indicator:physical-abuse .
"""
        )
    page = reference_page(load(folder), folder)
    assert "A &lt;word&gt; of old &amp; no more." in page
    assert re.search(r'What changed</h2>.*indicator/battered">battered</a>: use physical-abuse', page, re.S)


def test_the_page_is_searched_and_can_be_read_on_a_small_screen(open_page: Open) -> None:
    one = open_page(KEPT, width=1366, height=625)
    box = one.page.locator("#sought")
    box.fill("non-mobile injury")
    one.settle()
    shown = one.page.locator("article:visible")
    assert 0 < shown.count() < 40
    assert all("non-mobile" in text.lower() for text in shown.all_text_contents())
    assert "indicator/injury-in-non-mobile-child" in one.page.locator("#named a").all_text_contents()
    assert one.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert one.page.evaluate("document.querySelector('main').getBoundingClientRect().top < 90")
    box.fill("bruising xyzzy")
    one.settle()
    assert one.page.locator("#found").text_content().startswith("0 of ")


def test_nothing_is_wrong_for_those_who_listen(open_page: Open) -> None:
    from axe_playwright_python.sync_playwright import Axe

    one = open_page(KEPT, width=1366, height=625)
    one.page.locator("#sought").fill("bruising")
    one.settle()
    one.page.evaluate(Axe().axe_script)
    found = one.page.evaluate(
        "() => axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'] }).then((done) => done.violations)"
    )
    assert [(each["id"], [node["target"] for node in each["nodes"]][:3]) for each in found] == []


@pytest.mark.parametrize("words", ["fetch(", "http://", "import ", "src="])
def test_the_page_reaches_for_nothing(words: str) -> None:
    text = KEPT.read_text(encoding="utf-8")
    assert words not in text.split("<script>")[-1]
    assert "default-src 'none'" in text
