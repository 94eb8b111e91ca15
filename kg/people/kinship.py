"""The words by which returns name people through the family: Mum, MGM, step-dad, "unborn baby", "girl about 4".

Each word says a tie, and often a sex and whether a child or a grown person is meant. It is a table of the language, not
of any family.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Kin:
    """What a family word says: the tie, the sex ("f", "m" or ""), and the generation counted up from a child (None: any)."""

    tie: str
    sex: str = ""
    generation: int | None = None


_WORDS: Final = {
    Kin("mother", "f", 1): "mother, mum, mam, mom, mummy, mammy, birth mother, birth mum, biological mother",
    Kin("father", "m", 1): "father, dad, daddy, birth father, birth dad, biological father, putative father",
    Kin("parent", "", 1): "parent",
    Kin("stepfather", "m", 1): "stepfather, step father, stepdad, step dad",
    Kin("stepmother", "f", 1): "stepmother, step mother, stepmum, step mum",
    Kin("partner", "", 1): "partner, ex partner, former partner, spouse, cohabitee, fiance, fiancee, mothers partner, "
    "mums partner, fathers partner, dads partner",
    Kin("partner", "m", 1): "boyfriend, husband, ex husband, ex boyfriend, mothers boyfriend, mums boyfriend",
    Kin("partner", "f", 1): "girlfriend, wife, ex wife, ex girlfriend, fathers girlfriend, dads girlfriend",
    Kin("maternal grandmother", "f", 2): "maternal grandmother, mgm, maternal grandma, maternal gran, maternal nan",
    Kin("paternal grandmother", "f", 2): "paternal grandmother, pgm, paternal grandma, paternal gran, paternal nan",
    Kin("maternal grandfather", "m", 2): "maternal grandfather, mgf, maternal grandad",
    Kin("paternal grandfather", "m", 2): "paternal grandfather, pgf, paternal grandad",
    Kin("grandmother", "f", 2): "grandmother, grandma, gran, granny, nan, nana, nanna, nanny, nain",
    Kin("grandfather", "m", 2): "grandfather, grandad, granddad, grandpa, taid",
    Kin("grandparent", "", 2): "grandparent",
    Kin("aunt", "f", 1): "aunt, auntie, aunty, maternal aunt, paternal aunt, great aunt",
    Kin("uncle", "m", 1): "uncle, maternal uncle, paternal uncle, great uncle",
    Kin("sister", "f"): "sister, half sister, step sister, big sister, little sister, older sister, younger sister",
    Kin(
        "brother", "m"
    ): "brother, half brother, step brother, big brother, little brother, older brother, younger brother",
    Kin("sibling"): "sibling, half sibling, step sibling, twin",
    Kin("son", "m"): "son",
    Kin("daughter", "f"): "daughter",
    Kin("cousin"): "cousin",
    Kin(
        "unborn child", "", 0
    ): "unborn, unborn baby, unborn child, unborn infant, ubb, unborn bb, unborn bby, foetus, fetus, bump, "
    "baby bump, expected baby, expected child",
    Kin("baby", "", 0): "baby, newborn, infant, babe, babby",
    Kin("baby", "m", 0): "baby boy, male infant",
    Kin("baby", "f", 0): "baby girl, female infant",
    Kin("child", "", 0): "child, subject child, index child, toddler, pupil, bairn, kid, youngest, eldest",
    Kin("child", "m", 0): "boy, little boy, small boy, lad",
    Kin("child", "f", 0): "girl, little girl, small girl",
    Kin("adult", "m", 1): "man, male, gentleman, grown man",
    Kin("adult", "f", 1): "woman, female, lady",
    Kin("adult", "", 1): "adult",
    Kin("friend"): "friend, family friend",
    Kin("neighbour"): "neighbour, next door neighbour",
    Kin("foster carer", "", 1): "foster carer, foster parent, foster mother, foster father",
    Kin("carer", "", 1): "carer, guardian, caregiver",
    Kin("caller"): "caller, anonymous caller",
}
KIN: Final = {word.strip(): kin for kin, words in _WORDS.items() for word in words.split(",")}
"""Each family word, in plain spelling, and what it says."""

SEVERAL: Final = re.compile(
    r"\b(?:children|kids|siblings|parents|both|all|family(?! friend)|others|boys|girls|twins|babies|adults|brothers|sisters"
    r"|bairns|grandparents|neighbours|two|three|four)\b"
)
"""Words for more than one person, who are nobody in particular."""

_LONGEST = max(word.count(" ") + 1 for word in KIN)


def kin_in(words: str) -> tuple[Kin | None, str, str]:
    """The first family word among some words in plain spelling, the word itself, and the words without it."""
    pieces = words.split()
    for length in range(min(_LONGEST, len(pieces)), 0, -1):
        for at in range(len(pieces) - length + 1):
            word = " ".join(pieces[at : at + length])
            if word in KIN:
                return KIN[word], word, " ".join(pieces[:at] + pieces[at + length :])
    return None, "", words


def clash(one: Kin, other: Kin) -> str:
    """Why two family words cannot mean one person, in a few words, or ""."""
    if one.sex and other.sex and one.sex != other.sex:
        return "one is a man or boy, the other a woman or girl"
    if one.generation is not None and other.generation is not None and one.generation != other.generation:
        return "they belong to different generations"
    named = {"mother", "father", "stepfather", "stepmother", "aunt", "uncle"}
    if one.tie != other.tie and {one.tie, other.tie} <= named and {one.tie, other.tie} != {"father", "stepfather"}:
        return "the ties differ"
    sides = {one.tie.split()[0], other.tie.split()[0]}
    return "they are of different sides of the family" if {"maternal", "paternal"} <= sides else ""


def same_tie(one: Kin, other: Kin) -> bool:
    """Whether two family words name one tie, one of them perhaps more closely: "nan" and "maternal grandmother"."""
    if one.tie == other.tie:
        return True
    shorter, longer = sorted((one.tie, other.tie), key=len)
    if longer.endswith(f" {shorter}"):
        return True
    pair = {shorter, longer}
    return pair in (
        {"baby", "child"},
        {"partner", "stepfather"},
        {"partner", "stepmother"},
        {"grandparent", longer},
    ) and (not one.sex or not other.sex or one.sex == other.sex)
