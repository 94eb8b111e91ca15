"""storyboard.csv: what the reviewer made of the steps by which a panel is led through the review, a choice a row."""

from __future__ import annotations

from pathlib import Path

from kg.base.nearest import aside
from kg.model.problem import Problem
from kg.model.reviewer import STORY_CHOICES, STORYBOARD, StoryChoice
from loaders.judgements import day_told
from loaders.published import doubt, rows_of

_UNUSED = "The choice is not used; the row stays in the file."


def read_storyboard(path: Path) -> tuple[tuple[StoryChoice, ...], list[Problem]]:
    """The reviewer's choices in a storyboard.csv, in their order.

    A row that does not say which step, or what is to become of it, is not used, stays in the file, and is a Problem.
    Raises OSError where the file may not be read.
    """
    problems: list[Problem] = []
    found: list[StoryChoice] = []
    for place, row in rows_of(path, STORYBOARD, problems):
        step, what, value = row["step"].strip(), row["what"].strip().casefold(), row["value"].strip()
        day, why = day_told(row["on"])
        if not step:
            problems.append(doubt(place, "Step", "", "a choice is about one step, by its name", _UNUSED))
        elif what not in STORY_CHOICES:
            hint = aside(what, STORY_CHOICES)
            problems.append(
                doubt(place, "What", row["what"], f"it is none of {', '.join(STORY_CHOICES)}{hint}", _UNUSED)
            )
        elif (
            not value
            or (what == "order" and not value.isdecimal())
            or (what == "out" and value.casefold() not in ("yes", "out", "no"))
        ):
            problems.append(doubt(place, "Value", value, f"{_WANTED[what]} is wanted here", _UNUSED))
        else:
            if row["on"].strip() and day is None:
                problems.append(doubt(place, "On", row["on"], why, "The choice is used, without a day."))
            found.append(StoryChoice(step, what, value, row["by"].strip(), day, row["why"].strip(), place))
    return tuple(found), problems


_WANTED = {
    "caption": "the caption, in plain words",
    "notes": "the notes for whoever presents it",
    "order": "a whole number",
    "out": "yes, to leave the step out, or no",
    "view": "the part of the page's address behind the #",
}
"""What the column Value holds, for each choice."""
