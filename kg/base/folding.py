"""Words made comparable: in which strength two ways of writing are one."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_TOKEN = re.compile(r"[^\W_]+|&")
_QUOTES = re.compile(r"['\u2018\u2019`]")
_APOSTROPHES = re.compile(r"['\u2018\u2019`\u00b4]")
_BETWEEN = re.compile(r"[^\w]+|_+")


@lru_cache(maxsize=1 << 16)
def plain(words: str) -> str:
    """Words with case, spaces, accents, punctuation and the s of a plural put aside, so that like meets like.

    "Children's voices" and "childrens voice" come out the same. Nothing else is put aside: "seen" is not "unseen".
    """
    bare = "".join(c for c in unicodedata.normalize("NFKD", words) if not unicodedata.combining(c)).casefold()
    return "".join(singular("and" if word == "&" else word) for word in _TOKEN.findall(_QUOTES.sub("", bare)))


def singular(word: str) -> str:
    """A word without the s of a plural, as far as its ending shows it."""
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def spelling(words: str) -> str:
    """A name with case, accents, apostrophes, punctuation and needless spaces put aside, its words kept apart."""
    if not words.isascii():
        words = "".join(c for c in unicodedata.normalize("NFKD", words) if not unicodedata.combining(c))
    return " ".join(_BETWEEN.sub(" ", _APOSTROPHES.sub("", words)).casefold().split())
