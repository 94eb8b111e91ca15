"""What stands on a sheet of Excel but in none of its cells: text boxes, pictures, embedded files, page headers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from xml.etree.ElementTree import Element

from kg.model.problem import Place, Problem
from loaders.formats.office import Package, Unsound
from loaders.rows.roster import short

_SHOWN = 300
_EMBEDDED = re.compile(rb"<(?:\w+:)?oleObject\b[^<>]*?progId=[\"']([^\"']*)[\"']")
_MARGIN = re.compile(rb"<(?:\w+:)?(?:odd|even|first)(?:Header|Footer)\b[^<>]*>(.*?)</", re.DOTALL)
_CODES = re.compile(r"&(?:\"[^\"]*\"|K[0-9A-F]{6}|K\d\d[+-]\d{3}|\d+|[A-Za-z&])")


def said_beside(package: Package, part: str, place: Place, *, empty: bool) -> list[Problem]:
    """One Problem for each kind of thing beside the cells of a sheet, with its words where there are any.

    ``empty``: none of the cells holds anything, so that the rows may stand in the picture.
    """
    if not part:
        return []
    boxes: list[str] = []
    pictures: list[str] = []
    try:
        for _, kind, name in package.related(part):
            if kind == "drawing":
                _drawn(package.root(name), boxes, pictures)
    except Unsound:
        boxes.append("what is drawn on the sheet could not be read")
    data = package.parts.get(part, b"")
    embedded = [unescape(each.decode("utf-8", "replace")) for each in set(_EMBEDDED.findall(data))]
    return list(_said(boxes, pictures, sorted(embedded), _margins(data), place, empty=empty))


def _drawn(root: Element | None, boxes: list[str], pictures: list[str]) -> None:
    for each in root.iter() if root is not None else ():
        name = each.tag.rpartition("}")[2]
        if name == "pic":
            about = next((it for it in each.iter() if it.tag.rpartition("}")[2] == "cNvPr"), None)
            pictures.append("" if about is None else about.get("descr") or about.get("title") or "")
        elif name == "txBody":
            lines = (
                "".join(t.text or "" for t in p.iter() if t.tag.rpartition("}")[2] == "t")
                for p in each.iter()
                if p.tag.rpartition("}")[2] == "p"
            )
            words = "\n".join(lines).strip()
            if words:
                boxes.append(words)


def _margins(data: bytes) -> list[str]:
    written = (_CODES.sub(" ", unescape(each.decode("utf-8", "replace"))) for each in _MARGIN.findall(data))
    found = (" ".join(words.split()) for words in written)
    return list(dict.fromkeys(words for words in found if any(sign.isalpha() for sign in words)))


def _said(
    boxes: list[str], pictures: list[str], embedded: list[str], margins: list[str], place: Place, *, empty: bool
) -> Iterator[Problem]:
    if boxes:
        yield Problem(
            place,
            "warning",
            f"{len(boxes)} text box{'es stand' if len(boxes) > 1 else ' stands'} on the sheet",
            "; ".join(short(words, _SHOWN) for words in boxes),
            "They stand in no cell and are no entries; their words are shown here only.",
            "Read them: one may say that a row is withdrawn or corrected. Ask the agency to write it in the row.",
        )
    if pictures:
        named = "; ".join(short(words, _SHOWN) for words in pictures if words)
        yield Problem(
            place,
            "warning",
            "the sheet holds only a picture"
            if empty
            else f"{len(pictures)} picture{'s stand' if len(pictures) > 1 else ' stands'} on the sheet",
            f"a picture may show rows, and is not read{': ' + named if named else ''}",
            "Nothing was read from it.",
            "Look at it; if it shows rows, ask the agency to type them into the table.",
        )
    if embedded:
        yield Problem(
            place,
            "warning",
            f"{len(embedded)} other file{'s are' if len(embedded) > 1 else ' is'} embedded in the sheet",
            "; ".join(embedded),
            "Nothing was read from there.",
            "Open it in Excel, save it as a file of its own, and put that among the returns if it holds rows.",
        )
    if margins:
        yield Problem(
            place,
            "note",
            "words stand in the header or footer of the page",
            "; ".join(short(words, _SHOWN) for words in margins),
            "They are no entries; they are shown here only.",
            "Nothing needs doing, unless one of them tells of a contact.",
        )
