"""How alike two written names are: what speaks for one person and what against, each as a sentence with its weight.

A weight is a number of doublings: +1 makes one person twice as likely, -1 half as likely. The weights are our own
convention, not measured; they put the likelier pairs first, and the sentences are there to be argued with. Nothing is
decided by a score.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from itertools import product
from typing import TYPE_CHECKING, Final, NamedTuple

from kg.people.kinship import clash, same_tie
from kg.people.name_variants import of_both_sexes, one_name, variants
from kg.people.names import PARTICLES, Named

if TYPE_CHECKING:
    from nicknames import NickNamer

START: Final = -4.0
"""Where every pair begins, in doublings: any two names picked from a review are seldom one person."""

SAME, NICKNAME, SLIP, INITIAL = 4.0, 3.0, 2.5, 1.5
OTHER_FORENAME, OTHER_INITIAL, OTHER_SURNAME, FAMILY_SURNAME, EARLIER = -8.0, -6.0, -3.0, -0.5, 3.0
CONTRADICTION, TIE, FITS = -8.0, 3.0, 1.0


class Clue(NamedTuple):
    """One thing that speaks for (above 0) or against (below 0) two names being one person."""

    weight: float
    said: str


def score_of(clues: tuple[Clue, ...]) -> float:
    """All clues taken together, between 0 and 1; 0.5 is as likely as not by our own weights."""
    total = max(-60.0, min(60.0, START + sum(clue.weight for clue in clues)))
    return round(1 / (1 + 2**-total), 2)


def likeness(one: Named, other: Named, *, household: frozenset[str] = frozenset()) -> tuple[Clue, ...]:
    """What the words of two names say for and against one person; nothing at all where they have nothing in common.

    ``household`` holds the surnames of listed people: a child may be registered under any of them. Siblings share a
    surname, so another forename is strong evidence against; a father and son share both, so "junior", a title or an age
    that differs is too.
    """
    best: tuple[Clue, ...] = ()
    for a, b in product(_readings(one), _readings(other)):
        clues = _compared(a, b, household)
        if clues and (not best or score_of(clues) > score_of(best)):
            best = clues
    turned = _turned(one, other)
    return turned if turned and (not best or score_of(turned) > score_of(best)) else best


def _turned(one: Named, other: Named) -> tuple[Clue, ...]:
    """What speaks for two whole names being one with forename and surname the other way round: Weiyan Li, Li Weiyan."""
    if not (one.full and other.full) or one.several or other.several:
        return ()
    joined = "".join(one.forenames)
    forename = max((_forename(a, b) for a in one.surnames for b in other.forenames), key=lambda clue: clue.weight)
    surname = max(
        (_surname(a, b) for a in dict.fromkeys((joined, *one.forenames)) for b in other.surnames),
        key=lambda clue: clue.weight,
    )
    if min(forename.weight, surname.weight) < SLIP:
        return ()
    return (forename, surname, Clue(-FITS, "forename and surname stand the other way round"), *_against(one, other))


def _readings(name: Named) -> tuple[Named, ...]:
    """A name as it stands; a single name also as a surname."""
    if not name.alone or set(name.forenames) <= PARTICLES:
        return (name,)
    return name, replace(name, forenames=(), surnames=name.forenames)


def _compared(one: Named, other: Named, household: frozenset[str]) -> tuple[Clue, ...]:
    if one.several or other.several:
        return ()
    clues = [*_initials(one, other), *_forenames(one, other), *_surnames(one, other, household), *_ties(one, other)]
    if not any(clue.weight >= INITIAL for clue in clues):
        return ()
    return tuple(clues + _against(one, other))


def _initials(one: Named, other: Named) -> list[Clue]:
    short, long = (one, other) if one.initials else (other, one)
    if not short.initials:
        return []
    if long.initials:
        same = short.initials == long.initials
        return [Clue(SAME if same else CONTRADICTION, f"the initials are {'the same' if same else 'others'}")]
    if not long.forenames or not (long.surnames or long.earlier):
        return []
    written = short.initials.upper()
    surnames = (*long.surnames, *long.earlier)
    if any(f[0] == short.initials[0] for f in long.forenames) and any(s[0] == short.initials[-1] for s in surnames):
        return [Clue(2 * INITIAL, f"{written} are the initials of {long.words}")]
    return [Clue(OTHER_INITIAL, f"{written} are not the initials of {long.words}")]


def _forenames(one: Named, other: Named) -> list[Clue]:
    if not one.forenames or not other.forenames:
        return []
    found = max((_forename(a, b) for a in one.forenames for b in other.forenames), key=lambda clue: clue.weight)
    if found.weight < 0 and len(one.forenames) + len(other.forenames) > 2:
        joined = _forename("".join(one.forenames), "".join(other.forenames))
        found = joined if joined.weight > 0 else found  # Wei Yan and Weiyan
    clues = [found]
    middles = [_forename(a, b).weight for a in one.middle for b in other.middle]
    if found.weight > 0 and middles and max(middles) < 0:
        clues.append(Clue(OTHER_INITIAL, "the middle names differ"))
    return clues


@lru_cache(maxsize=1 << 14)
def _forename(a: str, b: str) -> Clue:
    if a == b and len(a) > 1:
        return Clue(SAME, f'the forename is the same, "{a.title()}"')
    if len(a) == 1 or len(b) == 1:
        if a[0] == b[0]:
            return Clue(INITIAL, f'"{min(a, b, key=len).upper()}" may stand for "{max(a, b, key=len).title()}"')
        return Clue(OTHER_INITIAL, f'the forenames begin differently: "{a.title()}" and "{b.title()}"')
    short, long = sorted((a, b), key=len)
    if of_both_sexes(a, b):
        return Clue(OTHER_FORENAME, f'the forenames differ: "{a.title()}" and "{b.title()}"')
    if one_name(a, b):
        return Clue(NICKNAME, f'"{a.title()}" and "{b.title()}" are one name in two spellings or languages')
    if _shortened(short, long) or _by_custom(a, b):
        return Clue(NICKNAME, f'"{short.title()}" is a short or pet form of "{long.title()}"')
    slip = slipped(a, b)
    if slip:
        return Clue(SLIP, f'"{a.title()}" and "{b.title()}" {slip}')
    return Clue(OTHER_FORENAME, f'the forenames differ: "{a.title()}" and "{b.title()}"')


def _surnames(one: Named, other: Named, household: frozenset[str]) -> list[Clue]:
    if not (one.surnames and other.surnames):
        return []
    found = max((_surname(a, b) for a in one.surnames for b in other.surnames), key=lambda clue: clue.weight)
    if found.weight > 0:
        return [found]
    for mine, theirs, who in ((one.surnames, other.earlier, other), (other.surnames, one.earlier, one)):
        alike = [(_surname(a, b).weight, b) for a in mine for b in theirs if _surname(a, b).weight > 0]
        if alike:
            weight, name = max(alike)
            if weight > INITIAL:
                weight = EARLIER
            return [Clue(weight, f'"{name.title()}" is the surname of a parent of {who.words}, by review.toml')]
    both = {*one.surnames, *other.surnames}
    if found.weight == OTHER_SURNAME and both <= household:
        return [Clue(FAMILY_SURNAME, f"{found.said}, but both are surnames of listed people")]
    return [found]


@lru_cache(maxsize=1 << 14)
def _surname(a: str, b: str) -> Clue:
    if a == b and len(a) > 1:
        return Clue(SAME, f'the surname is the same, "{a.title()}"')
    if len(a) == 1 or len(b) == 1:
        if a[0] == b[0]:
            return Clue(INITIAL, f'"{min(a, b, key=len).upper()}" may stand for "{max(a, b, key=len).title()}"')
        return Clue(OTHER_INITIAL + 2, f'the surnames begin differently: "{a.title()}" and "{b.title()}"')
    slip = slipped(a, b)
    if slip:
        return Clue(SLIP, f'"{a.title()}" and "{b.title()}" {slip}')
    return Clue(OTHER_SURNAME, f'the surnames differ: "{a.title()}" and "{b.title()}"')


def _ties(one: Named, other: Named) -> list[Clue]:
    if one.kin is None or other.kin is None or one.whose or other.whose:
        return []
    why = clash(one.kin, other.kin)
    words = f'"{one.kin_word}" and "{other.kin_word}"'
    if why:
        return [Clue(CONTRADICTION, f"{words}: {why}")]
    if same_tie(one.kin, other.kin) and "tells-no-tie" not in one.kin.marks:
        said = f"{words} say the same tie" if one.kin_word != other.kin_word else f'"{one.kin_word}" is said of both'
        return [Clue(TIE, said)]
    return []


def _against(one: Named, other: Named) -> list[Clue]:
    clues = []
    tied = one.kin is not None and other.kin is not None and not (one.whose or other.whose)
    if one.sex and other.sex and not tied:
        same = one.sex == other.sex
        said = "both are said to be" if same else "they are said to be of different sexes"
        who = (" men or boys" if one.sex == "m" else " women or girls") if same else ""
        clues.append(Clue(FITS if same else CONTRADICTION, said + who))
    if one.grown is not None and other.grown is not None and one.grown != other.grown and not tied:
        clues.append(Clue(CONTRADICTION, "one is a child and the other is not"))
    if one.generation and other.generation and one.generation != other.generation:
        clues.append(Clue(CONTRADICTION, f"one is {one.generation}, the other {other.generation}"))
    if one.numbers and other.numbers and one.kin is not None and "known-by-house" in one.kin.marks:
        same = one.numbers == other.numbers
        clues.append(Clue(SAME if same else CONTRADICTION, f"the house is {'the same' if same else 'another'}"))
    return clues


# --- forms of one name ----------------------------------------------------------------------------------------------


@lru_cache(maxsize=1 << 14)
def slipped(a: str, b: str) -> str:
    """How two spellings may be one by a slip of ear or hand, in a few words; "" where they are further apart."""
    from rapidfuzz.distance import OSA

    if a == b:
        return "are spelt alike"
    if _ending(a) == _ending(b) or _heard(a) == _heard(b):
        return "sound alike"
    shorter = min(len(a), len(b))
    apart = OSA.distance(a, b)
    if shorter >= 5 and apart == 1:
        return "differ by one letter"
    return "differ by two letters" if shorter >= 8 and apart == 2 else ""


def _ending(name: str) -> str:
    for ending in ("ie", "ey", "ee", "i"):
        if name.endswith(ending):
            return name[: -len(ending)] + "y"
    return name


def _heard(name: str) -> str:
    """A name with letters that sound alike in English made one: Maizie and Maisie, Katherine and Catherine."""
    sound = _ending(name)
    for written, said in (("ph", "f"), ("ck", "k"), ("ch", "k"), ("th", "t"), ("gh", "g"), ("wr", "r"), ("z", "s")):
        sound = sound.replace(written, said)
    for written, said in (("c", "k"), ("q", "k"), ("ai", "a"), ("ei", "i"), ("ea", "e"), ("y", "i")):
        sound = sound.replace(written, said)
    return "".join(sign for at, sign in enumerate(sound) if not at or sign != sound[at - 1]).removesuffix("e")


def _shortened(short: str, long: str) -> bool:
    """Cut short (Shan, Sam), with or without a number after it, or made with z (Kez of Kerry, Gaz of Gary)."""
    stem = short.rstrip("0123456789")
    if len(stem) >= 3 and len(long) >= len(stem) + 2 and long.startswith(stem):
        return True
    base = stem.rstrip("aer").rstrip("z")
    made_with_z = "z" in stem[len(base) :] and len(base) >= 2
    return made_with_z and len(long) > len(base) + 1 and long.startswith(base) and long[len(base)] in "rs"


def _by_custom(a: str, b: str) -> bool:
    """Whether one is a pet form of the other by a list of English forenames: Bill of William."""
    namer = _namer()
    return b in namer.nicknames_of(a) or a in namer.nicknames_of(b)


@lru_cache(maxsize=1 << 12)
def first_letters(forename: str) -> frozenset[str]:
    """The letters with which a forename and its pet forms begin."""
    namer = _namer()
    return frozenset(
        name[0] for name in (*variants(forename), *namer.nicknames_of(forename), *namer.canonicals_of(forename))
    )


@lru_cache(maxsize=1)
def _namer() -> NickNamer:
    from nicknames import NickNamer

    return NickNamer()
