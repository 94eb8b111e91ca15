"""Marks of Word that are no letters in the file: ticks and signs from symbol fonts, form fields, automatic numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from loaders.formats.office import Package, Unsound

TICKED, BLANK = "☒", "☐"
"""How a box that is ticked, and one that is not, come out, as Word's own newer boxes show them."""

SYMBOL_FONTS = frozenset(("wingdings", "wingdings 2", "wingdings 3", "webdings", "symbol", "marlett", "zapfdingbats"))
"""Fonts in which a letter stands for a sign: a "ü" in Wingdings is a tick."""

_UNKNOWN = "�"
_WINGDINGS = {
    0x6C: "●", 0x6D: "❍", 0x6E: "■", 0x6F: "☐", 0x70: "☐", 0x71: "☐", 0x72: "☐", 0x73: "⬧", 0x76: "❖", 0x9E: "·",
    0x9F: "•", 0xA1: "○", 0xA7: "▪", 0xA8: "☐", 0xD8: "➢", 0xDF: "←", 0xE0: "→", 0xE1: "↑", 0xE2: "↓", 0xE8: "➔",
    0xEF: "⇐", 0xF0: "⇒", 0xF1: "⇑", 0xF2: "⇓", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑", 0x28: "☎", 0x2A: "✉",
    0x3C: "💾", 0x4A: "☺", 0x4B: "😐", 0x4C: "☹", 0x20: " ", 0x22: "✂", 0x45: "☜", 0x46: "☞",
}  # fmt: skip
_WINGDINGS_2 = {
    0x4F: "✗", 0x50: "✓", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0x55: "⊗", 0x56: "⊗", 0xA3: "☐", 0x2A: "☐",
    0x30: "☐", 0x20: " ", 0x97: "●", 0x98: "●",
}  # fmt: skip
_WEBDINGS = {0x61: "✓", 0x72: "✗", 0x63: "☐", 0x67: "■", 0x6E: "●", 0x20: " "}
_GREEK = (
    "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ",
    "αβχδεφγηιϕκλμνοπθρστυϖωξψζ",
)
_SYMBOL = {
    0xA2: "\u2032", 0xA3: "≤", 0xA4: "/", 0xA5: "∞", 0xAB: "↔", 0xAC: "←", 0xAD: "↑", 0xAE: "→", 0xAF: "↓", 0xB0: "°",
    0xB1: "±", 0xB2: "″", 0xB3: "≥", 0xB4: "\u00d7", 0xB7: "•", 0xB8: "÷", 0xB9: "≠", 0xBA: "≡", 0xBB: "≈", 0xBC: "…",
    0xD2: "®", 0xD3: "©", 0xD4: "™", 0xD6: "√", 0xDE: "⇒", 0x2D: "-", 0xA0: "€", 0x22: "∀", 0x27: "∋",
}  # fmt: skip
_STYLE_ID = re.compile(rb"styleId=[\"']([^\"']*)[\"']")
_DOTS = ".:)]- \t"


def sign(font: str, code: int) -> str:
    """The sign that a letter of a symbol font shows; a plain letter of any other font; U+FFFD where it is not known."""
    name, low = font.casefold(), code - 0xF000 if 0xF000 <= code <= 0xF0FF else code
    table = {"wingdings": _WINGDINGS, "wingdings 2": _WINGDINGS_2, "webdings": _WEBDINGS}.get(name)
    if table is not None:
        return table.get(low, _UNKNOWN)
    if name == "symbol":
        if 0x41 <= low <= 0x5A or 0x61 <= low <= 0x7A:
            return _GREEK[low >= 0x61][(low & 0x1F) - 1]
        return _SYMBOL.get(low) or (chr(low) if 0x20 <= low < 0x7F else _UNKNOWN)
    if name in SYMBOL_FONTS or 0xE000 <= code <= 0xF8FF:
        return _UNKNOWN
    return chr(code) if 0x20 <= code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF else _UNKNOWN


def symbol(element: Element) -> str:
    """The sign that Word's own element for a symbol stands for."""
    code = attribute(element, "char")
    return sign(attribute(element, "font"), int(code, 16)) if re.fullmatch(r"[0-9A-Fa-f]{1,6}", code) else _UNKNOWN


def field_said(begin: Element) -> str:
    """What an older form field shows that is no text in the file: the choice from a list, a box ticked or not."""
    for each in begin.iter():
        name = name_of(each)
        if name == "ddList":
            entries = [attribute(one, "val") for one in each if name_of(one) == "listEntry"]
            chosen = [
                attribute(one, "val") for wanted in ("result", "default") for one in each if name_of(one) == wanted
            ]
            at = int(chosen[0]) if chosen and chosen[0].isdecimal() and len(chosen[0]) < 4 else 0
            return entries[at] if at < len(entries) else ""
        if name == "checkBox":
            states = {name_of(one): on(one) for one in each if name_of(one) in ("checked", "default")}
            return TICKED if states.get("checked", states.get("default", False)) else BLANK
    return ""


def on(element: Element | None) -> bool:
    """Whether a property that Word switches on or off is on: it is, where it stands without a value."""
    return element is not None and (attribute(element, "val") or "true").casefold() not in ("0", "false", "off", "none")


def without_prompts(root: Element) -> int:
    """Blank the words that a content control shows while nobody has filled it in; gives how many there were."""
    count = 0
    for control in root.iter():
        if name_of(control) != "sdt":
            continue
        about = next((each for each in control if name_of(each) == "sdtPr"), None)
        if about is None or not on(next((each for each in about if name_of(each) == "showingPlcHdr"), None)):
            continue
        count += 1
        for each in control.iter():
            if name_of(each) == "t":
                each.text = ""
    return count


class Numbers:
    """The numbers that Word counts itself, given out paragraph by paragraph in the order of the document."""

    def __init__(self, package: Package, main: str) -> None:
        self._levels: dict[str, dict[int, tuple[int, str, str]]] = {}
        self._lists: dict[str, tuple[str, dict[int, int]]] = {}
        self._styles: dict[str, tuple[str, int]] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[str, int]] = set()
        wanted = ("numbering", "styles") if _numbered(package, main) else ()
        for _, kind, part in package.related(main):
            try:
                root = package.root(part) if kind in wanted else None
            except Unsound:
                continue
            if root is not None:
                (self._read_lists if kind == "numbering" else self._read_styles)(root)

    def _read_lists(self, root: Element) -> None:
        for each in root:
            if name_of(each) == "abstractNum":
                self._levels[attribute(each, "abstractNumId")] = dict(_levels(each))
            elif name_of(each) == "num":
                values = {name_of(one): one for one in each}
                afresh = {
                    _whole(attribute(one, "ilvl")): _whole(attribute(start, "val"))
                    for one in each
                    if name_of(one) == "lvlOverride"
                    for start in one
                    if name_of(start) == "startOverride"
                }
                if "abstractNumId" in values:
                    self._lists[attribute(each, "numId")] = attribute(values["abstractNumId"], "val"), afresh

    def _read_styles(self, root: Element) -> None:
        for style in root:
            if name_of(style) == "style":
                found = _list_of(style)
                if found:
                    self._styles[attribute(style, "styleId")] = found

    def next(self, paragraph: Element) -> str:
        """The number that stands before a paragraph, or "" if none does; dots and brackets around it are left out."""
        if not self._lists:
            return ""
        own = next((each for each in paragraph if name_of(each) == "pPr"), None)
        found = _list_of(paragraph)
        if found is None and own is not None:
            style = next((attribute(each, "val") for each in own if name_of(each) == "pStyle"), "")
            found = self._styles.get(style)
        if found is None or found[0] not in self._lists:
            return ""
        number, level = found
        group, afresh = self._lists[number]
        levels = self._levels.get(group, {})
        if level not in levels:
            return ""
        counts = self._counts.setdefault(group, {})
        start, shape, text = levels[level]
        if level in afresh and (number, level) not in self._begun:
            self._begun.add((number, level))
            counts[level] = afresh[level]
        else:
            counts[level] = counts[level] + 1 if level in counts else start
        for deeper in [each for each in counts if each > level]:
            del counts[deeper]
        if shape in ("bullet", "none"):
            return ""

        def counted(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            begin, kind, _ = levels.get(at, (1, "decimal", ""))
            return _written(counts.get(at, begin), kind)

        return re.sub(r"%(\d)", counted, text).strip(_DOTS).lstrip("([")


def _numbered(package: Package, main: str) -> bool:
    """Whether anything in a document is numbered by Word, itself or by its style; most are not, and styles are long."""
    document = package.parts.get(main, b"")
    if b"numPr" in document:
        return True
    styles = next((package.parts.get(part, b"") for _, kind, part in package.related(main) if kind == "styles"), b"")
    ids = (_STYLE_ID.search(style) for style in styles.split(b"style ")[1:] if b"numPr" in style)
    return any(b'"%s"' % id[1] in document for id in ids if id)


def _levels(group: Element) -> Iterator[tuple[int, tuple[int, str, str]]]:
    for level in group:
        if name_of(level) == "lvl":
            values = {name_of(one): attribute(one, "val") for one in level}
            start = _whole(values.get("start", "1"))
            about = start, values.get("numFmt", "decimal"), values.get("lvlText", "")
            yield _whole(attribute(level, "ilvl")), about


def _list_of(element: Element) -> tuple[str, int] | None:
    own = next((each for each in element if name_of(each) == "pPr"), None)
    about = next((each for each in own if name_of(each) == "numPr"), None) if own is not None else None
    if about is None:
        return None
    values = {name_of(one): attribute(one, "val") for one in about}
    return (values["numId"], _whole(values.get("ilvl", "0"))) if "numId" in values else None


def _whole(words: str) -> int:
    return int(words) if re.fullmatch(r"\d{1,6}", words, re.ASCII) else 0


def _written(number: int, shape: str) -> str:
    if shape in ("lowerLetter", "upperLetter") and number:
        letters = chr(97 + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letters.upper() if shape == "upperLetter" else letters
    if shape in ("lowerRoman", "upperRoman") and 0 < number < 4_000:
        values = (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1)
        names = ("m", "cm", "d", "cd", "c", "xc", "l", "xl", "x", "ix", "v", "iv", "i")
        said = ""
        for value, name in zip(values, names, strict=True):
            said += name * (number // value)
            number %= value
        return said.upper() if shape == "upperRoman" else said
    return f"{number:02d}" if shape == "decimalZero" else str(number)


def name_of(element: Element) -> str:
    """The name of an element without its namespace."""
    return element.tag.rpartition("}")[2]


def attribute(element: Element, name: str) -> str:
    """What an element says under a name, whatever its namespace; "" where it says nothing."""
    return next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == name), "")
