"""Of what kind a row's contact was, and whether the subject was seen: one suggestion each, the best founded."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from kg.coding.suggestion import Suggestion
from kg.terms.lexicon import CLASSES

_LINE = 80
"""How many characters later surer words may stand than less sure ones and still be taken."""


def one_contact(made: Sequence[Suggestion], outranks: Mapping[str, frozenset[str]]) -> list[Suggestion]:
    """The kind of contact that the row's words say most plainly.

    A kind that outranks another (a visit without access, a visit) is taken before it; else the surer and the earlier:
    words a line or more into the account must be surer than those with which it opens.
    """
    said = [each for each in made if each.present]
    beaten = {
        code for each in said if each.strength == "sure" for code in outranks.get(f"contact:{each.value}", frozenset())
    }
    left = [each for each in said if f"contact:{each.value}" not in beaten] or said
    return [min(left, key=_plainness)] if left else []


def talk_in_passing(
    made: Sequence[Suggestion], opening: int, traits: Mapping[str, frozenset[str]]
) -> Iterator[Suggestion]:
    """Kinds of contact and words on being seen, where a call or letter told after the opening is only to be looked at.

    A row opens with what kind of contact it was; who was rung or written to afterwards ("Rang 999.") is what was done.
    """
    talk = [each for each in made if each.field == "contact" and each.value in traits["told afterwards"]]
    for each in made:
        told = each in talk or (each.field == "seen" and each.value == "no" and any(_meet(each, one) for one in talk))
        yield replace(each, strength="look") if told and each.start >= opening else each


def _meet(one: Suggestion, other: Suggestion) -> bool:
    return one.start < other.end and other.start < one.end


def _plainness(each: Suggestion) -> tuple[int, int, int, str]:
    rank = CLASSES.index(each.strength)
    return each.start + _LINE * rank, rank, -each.end, each.pattern


def also_done(
    contact: Sequence[Suggestion], traits: Mapping[str, frozenset[str]], service: str
) -> Iterator[Suggestion]:
    """The response that a contact is by itself: a visit that took place, but for a service whose work is visits."""
    for kind in contact:
        if kind.present and kind.value in traits["a response too"] and service not in traits["visits are its service"]:
            yield replace(kind, field="responses")


def one_seen(
    made: Sequence[Suggestion],
    contact: Sequence[Suggestion],
    codes: Sequence[Suggestion],
    traits: Mapping[str, frozenset[str]],
    *,
    of_adult: bool = False,
) -> Iterator[Suggestion]:
    """Whether the subject was seen. Alone says more than seen; "not seen" holds where nothing says that they were.

    Over the telephone or in a letter nobody is seen. A kind of contact at which nobody can be seen says no; marks seen
    on the body at a meeting face to face say yes. ``of_adult`` tells that the row of a child's review opens with a
    carer and names no child: the meeting may be the carer's own, and that a child was seen is only to be looked at.
    """
    seen = [_turned(each) for each in made if set(each.heard) <= {"negated", "doubted"}]
    if any(kind.value in traits["talk only"] for kind in contact):
        seen = [each for each in seen if each.value != "yes"]
    for value in ("alone", "yes", "no"):
        said = [each for each in seen if each.value == value]
        if said:
            yield min(said, key=lambda each: (CLASSES.index(each.strength), each.start))
            return
    for kind in contact:
        if kind.value in traits["unseen"] | traits["talk only"] and kind.present:
            yield replace(kind, field="seen", value="no")
        elif kind.value in traits["face to face"] and kind.present:
            shown = [each for each in codes if each.value in traits["on the body"] and each.present]
            best = min(shown or [kind], key=lambda each: each.start)
            yield replace(best, field="seen", value="yes", strength="look" if of_adult and not shown else "likely")


def _turned(each: Suggestion) -> Suggestion:
    """Words that deny being seen, or being seen alone, as what they then say."""
    if "negated" not in each.heard:
        return each
    value = {"yes": "no", "no": "yes", "alone": "yes"}[each.value]
    return replace(each, value=value, heard=tuple(one for one in each.heard if one != "negated"), strength="likely")
