"""Signs that came to harm on the way: text encoded twice, web escapes, signs that nobody sees, prompts left standing.

Such cells are read as they were meant, and each kind is said once with its rows and a sample, since what a person sees
on the screen is otherwise not what was read. Everything else stays word for word.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from html import unescape
from html.entities import html5

from kg.model.problem import Place, Problem
from loaders.formats.tables import Row, Sheet
from loaders.rows.roster import short

_TWICE = re.compile("[\u00c2-\u00c5\u00ce-\u00d2\u00d8-\u00da\u00e2-\u00e5\u00ef\u00f0\u201a\u221a\u00ac][^\x00-\x7f]")
"""A letter that begins most text encoded twice, with the sign that then follows it."""

_WESTERN = re.compile("[\x00-\x7f\u00a0-\u024f\u1e80-\u1ef3\u2010-\u203a\u20ac\u2122\ufffd]*")
"""What text of these islands is made of: a repair that makes anything else of a cell is none."""

_UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb]"
    "|(?<=[\x00-\u024f])[\u200c\u200d]|[\u200c\u200d](?=[\x00-\u024f])|^[\u200c\u200d]|[\u200c\u200d]$"
)
_SLASHES = re.compile("(?<=\\d)\\s?[\u2044\u2215\u29f8\uff0f]\\s?(?=\\d)")
_DATED = re.compile("\\d{1,4}\\s?[\u2044\u2215\u29f8\uff0f/]\\s?\\d{1,2}\\s?[\u2044\u2215\u29f8\uff0f/]\\s?\\d{2,4}")
_LOOKALIKE = re.compile("[\u2044\u2215\u29f8\uff0f\u200c\u200d]")
_PARTED = re.compile(rf"\d{{1,4}}(?:{_UNSEEN.pattern})+\d{{1,2}}(?:{_UNSEEN.pattern})+\d{{2,4}}")
_ESCAPE = re.compile(r"&(?:amp;)*(#\d{1,6}|#[xX][0-9A-Fa-f]{1,5}|[A-Za-z]{2,8}\d{0,2});")
_PROMPT = re.compile(
    r"(?:(?:please )?(?:choose|select|pick) (?:an? |one )?(?:item|option|value|entry|answer|from (?:the )?list)"
    r"|click(?: or tap)?(?: here)? to (?:enter|add|choose|select)(?: an?)? (?:text|date|item|time)"
    r"|(?:enter|insert) (?:text|date) here)[. ]*",
    re.IGNORECASE,
)
_PROMPTED = ("hoose a", " to enter ", "elect a", "ick an ", "elect one", "hoose one", "elect from", "here")
"""What a table with a prompt holds somewhere; the first two are looked for in large files as well."""

_ASCII = bytes(range(128))
_PLAIN = frozenset(map(chr, _ASCII))
_BEGINS = frozenset(map(chr, (*range(0xC2, 0xC6), *range(0xCE, 0xD3), *range(0xD8, 0xDB), *range(0xE2, 0xE6), 0xEF, 0xF0,
                              0x201A, 0x221A, 0xAC)))  # fmt: skip
_LISTED = 6


def rare_signs(data: bytes) -> str | None:
    """The signs of a text in UTF-8 that are no ASCII, found quickly; None where the bytes are no UTF-8."""
    try:
        return "".join(set(data.translate(None, _ASCII).decode("utf-8").lstrip("\ufeff")))
    except UnicodeDecodeError:
        return None


def mended(
    sheets: Iterable[Sheet], file: str, text: str = "", signs: str | None = None
) -> tuple[tuple[Sheet, ...], list[Problem]]:
    """The same tables with such signs put right, and what was put right. Tables without any are left as they are.

    ``text`` is all that the tables hold, where it is at hand, and ``signs`` those of its signs that are no ASCII.
    """
    found: list[Problem] = []
    out = []
    for sheet in sheets:
        rows, problems = _mended(sheet.rows, text, signs, Place(file, sheet.name))
        found += problems
        out.append(sheet if rows is sheet.rows else Sheet(sheet.name, rows, sheet.above, sheet.below))
    return tuple(out), found


def _mended(rows: list[Row], text: str, signs: str | None, place: Place) -> tuple[list[Row], list[Problem]]:
    prompts = _PROMPTED[:2] if text else _PROMPTED
    text = text or "\n".join(["\n".join(cells) for _, cells in rows])
    tasks: list[tuple[Callable[[str], str], Callable[[Place, list[_Case]], Problem]]] = []
    met = "".join(set(text) - _PLAIN) if signs is None else signs
    if met:
        if not _BEGINS.isdisjoint(met) and _TWICE.search(text):
            tasks.append((_decoded_once, _twice_said))
        if _UNSEEN.search(met) or _LOOKALIKE.search(met):
            tasks.append((_seen, _unseen_said))
    if "&" in text and _ESCAPE.search(text):
        tasks.append((_unescaped, _escapes_said))
    if any(part in text for part in prompts):
        tasks.append((_unprompted, _prompts_said))
    problems = []
    for change, say in tasks:
        cases: list[_Case] = []
        changed = []
        for line, cells in rows:
            new = [change(cell) if cell else cell for cell in cells]
            cases += [(line, was, now) for was, now in zip(cells, new, strict=True) if was != now]
            changed.append((line, new))
        if cases:
            rows = changed
            problems.append(say(place, cases))
    return rows, problems


# --- one cell ---------------------------------------------------------------------------------------------------------


def _decoded_once(cell: str) -> str:
    if cell.isascii() or not _TWICE.search(cell):
        return cell
    from ftfy import fix_encoding

    meant = fix_encoding(cell)
    return meant if _WESTERN.fullmatch(meant) else cell


def _seen(cell: str) -> str:
    if cell.isascii():
        return cell
    cell = _UNSEEN.sub(" " if _PARTED.fullmatch(cell) else "", cell)
    return _SLASHES.sub("/", cell) if _DATED.fullmatch(cell.strip()) else cell


def _unescaped(cell: str) -> str:
    return _ESCAPE.sub(_sign, cell) if "&" in cell else cell


def _sign(found: re.Match[str]) -> str:
    inner = found[1]
    if not inner.startswith("#") and f"{inner};" not in html5:
        return found[0]
    sign = unescape(f"&{inner};")
    return " " if sign == "\u00a0" else sign


def _unprompted(cell: str) -> str:
    return "" if len(cell) < 60 and _PROMPT.fullmatch(cell.strip(" []<>-*\n")) else cell


# --- what is said -----------------------------------------------------------------------------------------------------

_Case = tuple[int, str, str]


def _rows(cases: list[_Case]) -> str:
    lines = list(dict.fromkeys(line for line, _, _ in cases))
    more = f" and {len(lines) - 12} more" if len(lines) > 12 else ""
    return f"row{'s' if len(lines) > 1 else ''} {', '.join(map(str, lines[:12]))}{more}"


def _cells(cases: list[_Case], words: str, one: str) -> str:
    return f"{len(cases)} cells {words}" if len(cases) > 1 else f"1 cell {one}"


def _samples(cases: list[_Case]) -> str:
    distinct = {was: now for _, was, now in cases}
    return "; ".join(f"{_around(was, now)}" for was, now in list(distinct.items())[:_LISTED])


def _around(was: str, now: str) -> str:
    """The first words of a cell that were changed, as written and as read."""
    at = next((at for at, (a, b) in enumerate(zip(was, now, strict=False)) if a != b), min(len(was), len(now)))
    begin = max(was.rfind(" ", 0, max(at - 12, 0)) + 1, 0)
    return f"{short(was[begin:], 40)} read as {short(now[begin:], 40)}"


def _problem(place: Place, cases: list[_Case], severity: str, said: tuple[str, str, str, str]) -> Problem:
    what, why, done, remedy = said
    return Problem(
        Place(place.file, place.sheet, cases[0][0]), severity, what, why, f"{done} ({_rows(cases)}.)", remedy
    )


def _twice_said(place: Place, cases: list[_Case]) -> Problem:
    what = _cells(cases, "hold text that was encoded twice", "holds text that was encoded twice")
    return _problem(place, cases, "warning", (
        what, _samples(cases), "They are read as they were before the second time.",
        "Look whether names and signs came out right; if not, ask the agency for the file saved as CSV UTF-8.",
    ))  # fmt: skip


def _unseen_said(place: Place, cases: list[_Case]) -> Problem:
    what = _cells(cases, "hold signs that cannot be seen", "holds signs that cannot be seen")
    return _problem(place, cases, "warning", (
        what, "marks of writing direction, soft hyphens and the like, or slashes that only look like one, come along"
        " when words are copied from a page or a message", "They are read without these signs.",
        "Nothing needs doing, unless a word or date came out wrong.",
    ))  # fmt: skip


def _escapes_said(place: Place, cases: list[_Case]) -> Problem:
    what = _cells(cases, "hold signs written as on web pages", "holds signs written as on web pages")
    return _problem(place, cases, "warning", (
        what, _samples(cases), "They are read as the signs that they stand for.",
        "Nothing needs doing, unless a word came out wrong.",
    ))  # fmt: skip


def _prompts_said(place: Place, cases: list[_Case]) -> Problem:
    what = _cells(cases, "hold only the prompt of a form", "holds only the prompt of a form")
    prompts = "; ".join(short(words) for words in list(dict.fromkeys(was for _, was, _ in cases))[:_LISTED])
    return _problem(place, cases, "note", (
        what, f"{prompts}: nobody filled it in", "They are read as blank.", "Nothing needs doing.",
    ))  # fmt: skip
