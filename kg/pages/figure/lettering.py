"""How wide words are before they are drawn, so that a picture gives every name the room it needs."""

from __future__ import annotations

from unicodedata import east_asian_width

WIDTHS = (
    (222, "ijl'|"), (278, "fI .,:;/!t[]\\"), (333, "r()-`\u201c\u201d\u2018\u2019"),
    (500, "ckJsvxyz"), (556, "abdeghnopquL0123456789_\u2013?#$"),
    (611, "FTZ~+<>="), (667, "ABEKPSVXY&"), (722, "CDHNRUw"), (778, "GOQ"), (833, "mM%"), (944, "W@…\u2014"),
)  # fmt: skip
"""Widths in thousandths of the size, of the letters of Arial and the fonts made to its measures."""

OTHER, BROAD = 610, 1000
"""The width of a letter that is not listed, and of one that takes a whole square."""

BOLD = 1.07
"""How much wider bold letters are."""

_KNOWN = {letter: width for width, letters in WIDTHS for letter in letters}


def wide(words: str, size: float = 11, *, bold: bool = False) -> float:
    """How wide words are at a size, in the unit of the size."""
    thousandths = sum(_KNOWN.get(each) or (BROAD if east_asian_width(each) in "WF" else OTHER) for each in words)
    return thousandths * size / 1000 * (BOLD if bold else 1)


def cut(words: str, room: float, size: float = 11) -> str:
    """The beginning of the words that fits, with … for the rest; nothing where hardly anything would fit."""
    plain = " ".join(words.split())
    if wide(plain, size) <= room:
        return plain
    room -= wide("…", size)
    for at, letter in enumerate(plain):
        room -= wide(letter, size)
        if room < 0:
            return f"{plain[:at].rstrip()}…" if at > 2 else ""
    return plain


def fold(words: str, room: float, most: int, size: float = 11) -> list[str]:
    """Words in at most so many lines; what does not fit is cut."""
    lines = [""]
    for word in words.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and len(lines) < most and wide(longer, size) > room:
            lines.append(word)
        else:
            lines[-1] = longer
    return [cut(line, room, size) for line in lines]


def needed(words: str, most: int, size: float = 11) -> float:
    """The least room in which the words stand whole in so many lines, to within one unit."""
    low = max((wide(word, size) for word in words.split()), default=0.0)
    high = wide(words, size)
    while high - low > 1:
        middle = (low + high) / 2
        if " ".join(fold(words, middle, most, size)) == " ".join(words.split()):
            high = middle
        else:
            low = middle
    return high
