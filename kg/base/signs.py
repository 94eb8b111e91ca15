"""Words as a terminal may show them: signs that would move the cursor or turn the writing round are made visible.

What an agency wrote stands unchanged in its file, and in what is printed for programs; only the copy that a person reads
on a screen is changed.
"""

from __future__ import annotations

import re


def sound(words: str) -> str:
    """Text as every engine can keep it: half of a pair of surrogates, and the zero byte, become the mark of the unread.

    Everything else stays as it was written.
    """
    if words.isascii() and "\0" not in words:
        return words
    return words.replace("\0", "\ufffd").encode("utf-16", "surrogatepass").decode("utf-16", "replace")


_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def visible(text: str) -> str:
    """Text without signs that a terminal obeys in place of showing them; line ends and tabs stay.

    A control character becomes its picture ("\u241b" for escape), a mark that changes the direction of writing, or that is no
    letter at all, its number ("\u27e8U+202E\u27e9"). What holds none of them comes back as it is.
    """
    return _UNSEEN.sub(_picture, text)


def _picture(found: re.Match[str]) -> str:
    number = ord(found[0])
    if number < 0x20:
        return chr(0x2400 + number)
    return "\u2421" if number == 0x7F else f"\u27e8U+{number:04X}\u27e9"


_MARKUP = re.compile(r"[\\`*_<>|\[\]~]|&(?=#?\w+;)|(?<=[a-z]):(?=//)|(?<=mailto|..xmpp):|(?<=www)\.|@", re.IGNORECASE)


def in_markdown(text: str) -> str:
    """Text that Markdown shows as it was written: no picture is fetched for it, no link made of it, nothing set bold."""
    return _MARKUP.sub(r"\\\g<0>", text)


_LIVE = ("=", "+", "-", "@", "\t", "\r")


def still(cell: str) -> str:
    """A cell as text that no spreadsheet takes for a formula: "=1+1" becomes "'=1+1"."""
    return f"'{cell}" if cell.startswith(_LIVE) else cell


def unstilled(cell: str) -> str:
    """A cell as it was before ``still``, as far as a spreadsheet shows it: "'=1+1" becomes "=1+1"."""
    return cell[1:] if cell[:2] in ("'=", "'+", "'-", "'@") else cell
