"""Taking a written name apart: forenames, surnames and initials, other surnames, family words, title, age.

Returns write one person many ways: "VENNER, Kit", "Mrs Venner", "S Venner", "Kit (8)", "Nan (Denise)", "Lee X aka Y". The
parts are what two names are compared by (``kg.people.likeness``); nothing here decides who anybody is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from kg.base.folding import spelling
from kg.people.kinship import Kin, kin_in, says_several

LONGEST: Final = 120
"""Words longer than this, in characters, are no name."""

TITLES: Final = {
    "mr": "m", "mister": "m", "sir": "m", "master": "m", "mrs": "f", "ms": "f", "miss": "f", "mx": "", "dr": "", "rev": "",
    "lady": "f", "lord": "m",
}  # fmt: skip
GROWN: Final = {"mr", "mister", "mrs", "ms", "sir", "lord", "lady", "dr", "rev"}
_GENERATIONS: Final = {"snr": "senior", "sr": "senior", "senior": "senior", "elder": "senior", "jnr": "junior",
                       "jr": "junior", "junior": "junior", "younger": "junior", "ii": "junior", "iii": "third"}  # fmt: skip
_AKA = re.compile(
    r"\b(?:a\.?k\.?a\b\.?|(?:also |otherwise )?known as|alias|n[eé]e|formerly|previously|prev\.?|maiden name|now)\s*:?",
    re.IGNORECASE,
)
_AGE = re.compile(
    r"\b(?:about|aged?|approx\.?|c\.?)?\s*(\d{1,3})\s*(?:years?(?: old)?|yrs?(?: old)?|y/?o)?\b", re.IGNORECASE
)
_WHOSE = re.compile(r"\b(his|her|their|my|your|[\w-]+['\u2019]s)\s+(?=[a-z])", re.IGNORECASE)
_OF_WHOM = re.compile(r".+? of (\S.*)")
_INSIDE = re.compile(r"\(([^()]*)\)|\[([^\[\]]*)\]")
PARTICLES: Final = {"van", "von", "de", "der", "den", "da", "di", "dos", "du", "des", "del", "la", "le", "al", "el", "ul",
                    "ur", "te", "ter", "bin", "ap", "o", "abu", "ni", "nic"}  # fmt: skip
"""Words that stand before a surname and are none by themselves."""

_PATRONYMICS: Final = {"ap", "ab", "ferch", "verch", "bin", "ibn", "bint", "binti", "ben"}
_SURNAME_FIRST = re.compile(r"(?:Mc|Mac|Fitz|De|O['\u2019])?[A-Z][A-Z'\u2019-]+$")
_UNKNOWN = re.compile(
    r"\b(?:unknown|unnamed|unidentified|not (?:known|named|given|stated)|n/?k|nobody|no one|none|anonymous)\b"
)
_LISTED = re.compile(r",|\s+(?:and|&|\+)\s+|;", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Named:
    """A name taken apart. Every part is in plain spelling; ``words`` stands as written.

    ``surnames`` are all that were written of one person ("Lee X aka Y" has two); ``earlier`` are surnames that the
    person may have had, by review.toml. ``whose`` is the person to whom a family word is said to belong ("client's
    sister"), and then it says nothing of the family of the review. ``several`` is true of words for many or for nobody,
    ``alone`` of a single name, taken for a forename, that may as well be a surname. ``middle`` are the forenames after
    the first.
    """

    words: str
    forenames: tuple[str, ...] = ()
    surnames: tuple[str, ...] = ()
    initials: str = ""
    earlier: tuple[str, ...] = ()
    kin: Kin | None = None
    kin_word: str = ""
    whose: str = ""
    sex: str = ""
    grown: bool | None = None
    generation: str = ""
    age: int | None = None
    numbers: tuple[str, ...] = ()
    several: bool = False
    alone: bool = False
    middle: tuple[str, ...] = ()

    @property
    def full(self) -> bool:
        """A forename and a surname, both more than an initial."""
        return any(len(n) > 1 for n in self.forenames) and any(len(n) > 1 for n in self.surnames)


def pieces(words: str) -> tuple[str, ...]:
    """The names that some words list with commas or "and"; a surname written first is one name, not two."""
    parts = tuple(part.strip() for part in _LISTED.split(words) if part.strip())
    if len(parts) == 2 and words.count(",") == 1 and not re.search(r"\sand\s|&|\+", words):
        surname = parts[0]
        if surname.isupper() or (" " not in surname and " " not in parts[1]):
            return (words.strip(),)
    return parts or (words.strip(),)


@lru_cache(maxsize=1 << 14)
def named(words: str) -> Named:
    """The parts of a written name. Words that are no name have no parts."""
    text = " ".join(words.replace("\u2019", "'").replace("\u2018", "'").split())[: LONGEST + 1]
    if not text or len(text) > LONGEST:
        return Named(words, several=True)
    plain = spelling(text)
    if _UNKNOWN.search(text.casefold()) or says_several(plain):
        return Named(words, several=True)
    inside = [a or b for a, b in _INSIDE.findall(text)]
    main, *others = _AKA.split(_INSIDE.sub(" ", text))
    found = _main(main.strip(" ,;:"), words)
    for other in (*inside, *others):
        found = _added(found, other.strip(" ,;:'\""))
    return found


def _main(text: str, words: str) -> Named:
    if text.count(",") == 1:
        last, first = (part.strip() for part in text.split(","))
        if last and first:
            text = f"{first} {last}"
    whose = _WHOSE.search(text)
    if whose is not None:
        text = text[: whose.start()] + text[whose.end() :]
    else:
        whose = _OF_WHOM.fullmatch(text)
        if whose is not None and kin_in(spelling(text[: whose.start(1)].rpartition(" of ")[0]))[2] == "":
            text = text[: whose.start(1)].rpartition(" of ")[0]
        else:
            whose = None
    kin, word, rest = kin_in(spelling(text))
    kept = set(rest.split())
    tokens = [token.strip(".'\"") for token in re.split(r"[\s]+", text) if token.strip(".,'\"")]
    tokens = [token for token in tokens if spelling(token) and set(spelling(token).split()) <= kept]
    title = next((spelling(t) for t in tokens if spelling(t) in TITLES), "")
    generation = next((_GENERATIONS[spelling(t)] for t in tokens[1:] if spelling(t) in _GENERATIONS), "")
    names = [t for t in tokens if spelling(t) not in TITLES and spelling(t) not in _GENERATIONS and _is_name(t)]
    numbers = tuple(re.findall(r"\d+", text))
    age = int(numbers[0]) if numbers and kin is not None and kin.generation == 0 else None
    found = Named(
        words,
        kin=kin,
        kin_word=word,
        whose=spelling(whose[1]) if whose else "",
        sex=TITLES.get(title, "") or (kin.sex if kin else ""),
        grown=True if title in GROWN else _grown(kin),
        generation=generation,
        age=age,
        numbers=numbers,
    )
    return _with_names(found, names, bool(title))


def _with_names(found: Named, names: list[str], titled: bool) -> Named:
    if len(names) == 1 and not titled:
        name = names[0]
        if name.isupper() and 2 <= len(name) <= 3 and name.isalpha():
            return replace(found, initials=name.casefold())
        return replace(found, forenames=_alternatives(name), alone=True)
    if not names:
        return found
    first = next((at for at, name in enumerate(names) if not _surname_first(name)), len(names))
    if 0 < first < len(names) and not any(_surname_first(name) for name in names[first:]):
        names = [*names[first:], *names[:first]]  # VENNER Kit
    at = next((at for at, name in enumerate(names) if at and spelling(name) in _PATRONYMICS), len(names) - 1)
    while at > 1 and spelling(names[at - 1]) in PARTICLES:
        at -= 1
    forenames = [spelling(name) for name in names[:at]]
    if len(forenames) == 1 and names[0].isupper() and names[0].isalpha() and 2 <= len(names[0]) <= 3:
        forenames.append(forenames[0][0])  # MJ Price
    return replace(
        found,
        forenames=tuple(forenames),
        surnames=_alternatives(" ".join(names[at:])),
        middle=tuple(spelling(name) for name in names[1:at]),
    )


def _surname_first(name: str) -> bool:
    """Whether a name is written in capitals, as surnames are that stand first: VENNER, McALDER."""
    return len(name) > 3 and _SURNAME_FIRST.match(name) is not None


def _added(found: Named, text: str) -> Named:
    """What stands in brackets, or after "aka", added to the name that it stands beside."""
    age = _AGE.fullmatch(text)
    if age is not None:
        return replace(found, age=int(age[1]))
    other = _main(text, text)
    if other.kin is not None and found.kin is None:
        found = replace(
            found,
            kin=other.kin,
            kin_word=other.kin_word,
            whose=other.whose,
            sex=found.sex or other.sex,
            grown=other.grown,
        )
    elif other.kin is not None and found.kin is not None and _more_closely(other.kin, found.kin):
        found = replace(found, kin=replace(other.kin, sex=found.kin.sex or other.kin.sex))
    if other.age is not None:
        found = replace(found, age=other.age)
    if other.initials:
        return found
    fore, sur = other.forenames, other.surnames
    if fore and not sur and found.surnames:
        fore, sur = (), fore  # one name beside a whole name: another surname
    return replace(
        found,
        alone=found.alone and not sur,
        forenames=tuple(dict.fromkeys((*found.forenames, *fore))),
        surnames=tuple(dict.fromkeys((*found.surnames, *sur))),
    )


def _alternatives(name: str) -> tuple[str, ...]:
    """A surname, its halves where a stroke or hyphen joins two, and its bare form beside particles (al-Tarif)."""
    parts = [spelling(part) for part in name.split("/")]
    halves = [spelling(half) for part in name.split("/") for half in part.split("-") if "-" in part]
    if any(word in PARTICLES or word in _PATRONYMICS for part in parts for word in part.split()):
        run = re.split(rf"\b(?:{'|'.join(PARTICLES | _PATRONYMICS)})\b", " ".join(parts))
        halves += ["".join(parts[0].split()), *(" ".join(piece.split()) for piece in run)]
    return tuple(dict.fromkeys(part for part in (*parts, *halves) if part and part not in PARTICLES))


def _is_name(token: str) -> bool:
    first = spelling(re.split(r"[-'\u2019]", token)[0])
    return token[0].isupper() or spelling(token) in PARTICLES | _PATRONYMICS or (first in PARTICLES and token != first)


def _more_closely(one: Kin, other: Kin) -> bool:
    """Whether one word says more closely how old somebody is: a baby where the other says a child."""
    return one.tie != other.tie and other.tie in one.above and "baby" in one.marks


def _grown(kin: Kin | None) -> bool | None:
    return None if kin is None or kin.generation is None else kin.generation > 0
