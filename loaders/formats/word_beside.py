"""What stands in a Word document but in none of its tables' cells: pictures, embedded files, page headers and footers.

Each is said once, with its words where there are any; none of it is an entry.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from xml.etree.ElementTree import Element

from kg.model.problem import Place, Problem
from loaders.formats.office import Package, Unsound
from loaders.rows.roster import short

_SHOWN = 300
_DRAWN = (b"drawing>", b"pict>", b"OLEObject", b"txbxContent")
_TAGS = re.compile(r"<(?:style|script|head)\b.*?</(?:style|script|head)>|<[^>]*>", re.DOTALL | re.IGNORECASE)


def said_beside(root: Element, package: Package, main: str, file: str) -> list[Problem]:
    """One Problem for each kind of thing that stands outside the cells and the lines around them."""
    pictures: list[str] = []
    embedded: list[str] = []
    boxes: list[str] = []
    data = package.parts.get(main, b"")
    for each in _walked(root) if any(name in data for name in _DRAWN) else ():
        name = _name(each)
        if name == "drawing" and not any(_name(one) == "txbxContent" for one in each.iter()):
            about = next((one for one in each.iter() if _name(one) == "docPr"), None)
            pictures.append("" if about is None else about.get("descr") or about.get("title") or "")
        elif name == "pict" and any(_name(one) == "imagedata" for one in each.iter()):
            pictures.append("")
        elif name == "OLEObject":
            embedded.append(each.get("ProgID", "") or "a file")
        elif name == "txbxContent" and any(_name(one) == "tbl" for one in each.iter()):
            boxes.append(_words(each))
    return [
        *_pictures_said(pictures, file),
        *_embedded_said(embedded, file),
        *_boxes_said(boxes, file),
        *_chunks(package, main, file),
        *_margins(package, main, file),
    ]


def _walked(root: Element) -> Iterator[Element]:
    """Every element but those that only stand in for others in older programs."""
    for each in root:
        if _name(each) != "Fallback":
            yield each
            yield from _walked(each)


def _pictures_said(pictures: list[str], file: str) -> Iterator[Problem]:
    if pictures:
        named = "; ".join(short(words, _SHOWN) for words in pictures if words)
        yield Problem(
            Place(file),
            "warning",
            f"{len(pictures)} picture{'s stand' if len(pictures) > 1 else ' stands'} in the document",
            f"a picture may show rows, and is not read{': ' + named if named else ''}",
            "Nothing was read from it.",
            "Look at it; if it shows rows, ask the agency to type them into the table.",
        )


def _embedded_said(embedded: list[str], file: str) -> Iterator[Problem]:
    if embedded:
        yield Problem(
            Place(file),
            "warning",
            f"{len(embedded)} other file{'s are' if len(embedded) > 1 else ' is'} embedded in the document",
            "; ".join(sorted(embedded)),
            "Nothing was read from there.",
            "Open it in Word, save it as a file of its own, and put that among the returns if it holds rows.",
        )


def _boxes_said(boxes: list[str], file: str) -> Iterator[Problem]:
    if boxes:
        yield Problem(
            Place(file),
            "warning",
            f"{len(boxes)} text box{'es hold' if len(boxes) > 1 else ' holds'} a table",
            "; ".join(short(words, _SHOWN) for words in boxes),
            "Its rows are no entries; their words are shown here only.",
            "In Word, move the table out of its box, and save the document again.",
        )


def _chunks(package: Package, main: str, file: str) -> Iterator[Problem]:
    """Other documents that Word would only join into this one on opening it."""
    for _, kind, part in package.related(main):
        if kind != "aFChunk":
            continue
        data = package.parts.get(part, b"").decode("utf-8", "replace")
        words = " ".join(unescape(_TAGS.sub(" ", data)).split())
        yield Problem(
            Place(file),
            "error",
            "a piece of another document is joined on and was not read",
            short(words, _SHOWN) if words else "Word reads it in only when it opens the document",
            "Its rows, if it has any, are no entries.",
            "Open the document in Word and save it again; the piece is then part of it.",
        )


def _margins(package: Package, main: str, file: str) -> Iterator[Problem]:
    said: dict[str, bool] = {}
    for _, kind, part in package.related(main):
        if kind not in ("header", "footer"):
            continue
        try:
            root = package.root(part)
        except Unsound:
            continue
        words = _words(root) if root is not None else ""
        if root is not None and any(sign.isalpha() for sign in words):
            said[words] = said.get(words, False) or any(_name(each) == "tbl" for each in root.iter())
    if said:
        table = any(said.values())
        yield Problem(
            Place(file),
            "warning" if table else "note",
            f"{'a table stands' if table else 'words stand'} in the header or footer of the pages",
            "; ".join(short(words, _SHOWN) for words in said),
            "Nothing there is an entry; the words are shown here only.",
            "If it holds a row, move it into the table."
            if table
            else "Nothing needs doing, unless they tell of a contact.",
        )


def _words(root: Element) -> str:
    lines = (
        " ".join(one.text or "" for one in each.iter() if _name(one) == "t")
        for each in root.iter()
        if _name(each) == "p"
    )
    return " ".join(" ".join(lines).split())


def _name(element: Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
