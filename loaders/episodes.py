"""episodes.csv: what the reviewer made of the episodes, a decision a row, added and never taken away."""

from __future__ import annotations

from pathlib import Path

from kg.base.nearest import aside
from kg.model.problem import Problem
from kg.model.reviewer import CHOICES, EPISODES, EpisodeChoice
from loaders.judgements import day_told
from loaders.published import doubt, rows_of

_UNUSED = "The decision is not used; the row stays in the file."


def read_episodes(path: Path) -> tuple[tuple[EpisodeChoice, ...], list[Problem]]:
    """The reviewer's choices in an episodes.csv, in their order.

    A row that does not say which episode, or what is to become of it, is not used, stays in the file, and is a Problem.
    Raises OSError where the file may not be read.
    """
    problems: list[Problem] = []
    found: list[EpisodeChoice] = []
    for place, row in rows_of(path, EPISODES, problems):
        id, what, value = row["episode"].strip(), row["what"].strip().casefold(), row["value"].strip()
        day, why = day_told(row["on"])
        if not id:
            problems.append(doubt(place, "Episode", "", "a decision is about one episode, or an entry in it", _UNUSED))
        elif what not in CHOICES:
            hint = aside(what, CHOICES)
            problems.append(doubt(place, "What", row["what"], f"it is none of {', '.join(CHOICES)}{hint}", _UNUSED))
        elif not value:
            problems.append(doubt(place, "Value", "", f"{_WANTED[what]} is wanted here", _UNUSED))
        elif what == "order" and not value.isdecimal():
            problems.append(doubt(place, "Value", value, f"{_WANTED[what]} is wanted here", _UNUSED))
        else:
            if day is None:
                problems.append(doubt(place, "On", row["on"], why, "The decision is used, without a day."))
            found.append(EpisodeChoice(id, what, value, row["by"].strip(), day, row["why"].strip(), place))
    return tuple(found), problems


_WANTED = {
    "name": "a name",
    "join": "the id of the other episode",
    "part": "the name of the entry with which the second part begins",
    "order": "a whole number",
}
"""What the column Value holds, for each choice."""
