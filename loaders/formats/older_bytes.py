"""Text that is no UTF-8: lines of older Windows, Apple and DOS programs, also joined with lines that are UTF-8."""

from __future__ import annotations

WAYS = (("cp1252", "Windows-1252"), ("mac_roman", "older Apple computers write"), ("cp850", "DOS programs write"))
"""The older ways of writing that are told apart, the usual one first: Python's name, and what people call it."""

_SURE = frozenset("£€’‘“”–—…°½")  # noqa: RUF001
_LETTERS = frozenset("éèêëáàâäãåíìîïóòôöõúùûüýÿçñßæøÉÈÁÀÍÓÖÚÜÇÑŵŷŴŶ")
_SAMPLE = 200_000


def older_text(data: bytes) -> tuple[str, str]:
    """The text of such bytes, and in which way its lines that are no UTF-8 are written.

    The way is that under which most of the signs are such as English or Welsh text holds: Apple's apostrophe is another
    letter's byte in Windows. Lines that are UTF-8 are read as UTF-8, for joined files may hold both.
    """
    end = b"\n" if b"\n" in data else b"\r"
    lines = data.split(end)
    odd = [at for at, line in enumerate(lines) if not line.isascii() and not _is_utf8(line)]
    sample = end.join(lines[at] for at in odd)[:_SAMPLE]
    way, name = max(WAYS, key=lambda each: _likely(sample.decode(each[0], "replace")))
    ways = dict.fromkeys(odd, way)
    return end.decode().join(line.decode(ways.get(at, "utf-8"), "replace") for at, line in enumerate(lines)), name


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _likely(text: str) -> int:
    score = 0
    for at, sign in enumerate(text):
        if sign.isascii():
            continue
        beside = text[max(at - 1, 0) : at] + text[at + 1 : at + 2]
        if sign in _SURE:
            score += 3
        elif sign in _LETTERS and any(letter.isalpha() for letter in beside):
            score += 1
        else:
            score -= 2
    return score
