"""Of what kind a row's contact was, and whether the subject was seen: one suggestion each, the best founded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.coding.suggestion import Suggestion
from kg.lexicon import CLASSES, Line
from kg.terms import Terms

_UNSEEN = frozenset({"missed-appointment", "no-access-visit", "cancelled-visit"})
_FACE_TO_FACE = frozenset(
    "school-contact nursery-contact emergency-attendance hospital-admission gp-consultation clinic-appointment "
    "ambulance-attendance medical-examination home-visit hospital-discharge".split()
)
_ON_THE_BODY = frozenset(
    "bruising burn-or-scald poor-hygiene inadequate-clothing hunger fearfulness unexplained-injury bite-mark".split()
)


def one_contact(made: Sequence[Suggestion], lines: Sequence[Line]) -> list[Suggestion]:
    """The kind of contact that the row's words say most plainly: the surest, and of equals the first in the text."""
    said = [each for each in made if each.present]
    if not said:
        return []
    best = min(said, key=lambda each: (CLASSES.index(each.strength), each.start, -each.end, each.pattern))
    return [best]


def one_seen(
    made: Sequence[Suggestion], contact: Sequence[Suggestion], codes: Sequence[Suggestion], terms: Terms
) -> Iterator[Suggestion]:
    """Whether the subject was seen. Alone says more than seen; "not seen" holds where nothing says that they were.

    A kind of contact at which nobody can be seen says no; marks seen on the body at a meeting face to face say yes.
    """
    seen = [_turned(each) for each in made if set(each.heard) <= {"negated", "doubted"}]
    for value in ("alone", "yes", "no"):
        said = [each for each in seen if each.value == value]
        if said:
            yield min(said, key=lambda each: (CLASSES.index(each.strength), each.start))
            return
    for kind in contact:
        if kind.value in _UNSEEN:
            yield replace(kind, field="seen", value="no")
        elif kind.value in _FACE_TO_FACE:
            shown = [each for each in codes if each.value in _ON_THE_BODY and each.present]
            if shown:
                yield replace(min(shown, key=lambda each: each.start), field="seen", value="yes", strength="likely")


def _turned(each: Suggestion) -> Suggestion:
    """Words that deny being seen, or being seen alone, as what they then say."""
    if "negated" not in each.heard:
        return each
    value = {"yes": "no", "no": "yes", "alone": "yes"}[each.value]
    return replace(each, value=value, heard=tuple(one for one in each.heard if one != "negated"), strength="likely")
