"""Reviews small enough to see whole, built without files: for tests of what the entries mean."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from kg.dates.when import DAY, UNDATED, When, minute_of
from kg.model.problem import Place
from kg.model.record import Entry
from kg.model.review import Agency, Person, Review

MONDAY = date(2021, 2, 1)
"""Day 0 of small reviews: a Monday with no bank holiday near."""


WriteReview = Callable[..., Path]
"""What makes a review folder: the fixture ``write_review``."""


def day(first: int, last: int | None = None) -> When:
    """Day ``first`` (0 is a Monday), or somewhere between two days, 00:00 to 23:59."""
    last = first if last is None else last
    start = minute_of(MONDAY)
    hedge = "" if first == last else "range"
    return When(f"day {first}-{last}", start + first * DAY, start + last * DAY + DAY - 1, hedge)


def row(
    name: str,
    when: When = UNDATED,
    *indicators: str,
    people: tuple[str, ...] = ("Sam",),
    contact: str = "home-visit",
    to: tuple[str, ...] = (),
    heard_from: tuple[str, ...] = (),
    what: tuple[str, ...] = (),
    responses: tuple[str, ...] = (),
    seen: str = "",
    learnt: When | None = None,
    about: tuple[str, ...] = (),
    read: bool = True,
) -> Entry:
    """One entry named "<agency>/<Ref>", which the reviewer has read unless ``read`` is false."""
    agency, ref = name.split("/")
    return Entry(
        name=name,
        agency=agency,
        ref=ref,
        place=Place(f"returns/{agency}.csv", "", 2, "", ref),
        when=when,
        learnt=learnt,
        people=people,
        about=about,
        contact=contact,
        narrative=f"{name} happened.",
        seen=seen,
        indicators=indicators,
        responses=responses,
        shared_with=to,
        shared_what=what,
        received_from=heard_from,
        cells={"ref": ref, "what-happened": f"{name} happened."},
        passed=read,
    )


AGENCIES = (
    Agency("Care", "childrens-social-care", has_return=True),
    Agency("Police", "police", has_return=True),
    Agency("Hospital", "hospital", has_return=True),
    Agency("School", "school", has_return=True),
    Agency("Family", "community", has_return=True),
)

PEOPLE = (
    Person("Sam", role="child"),
    Person("Alex", role="mother"),
    Person("Pat", role="stepfather"),
)


def review(
    *entries: Entry,
    incident: When | None = None,
    agencies: tuple[Agency, ...] = AGENCIES,
    people: tuple[Person, ...] = PEOPLE,
    subjects: tuple[str, ...] = ("Sam",),
    kind: str = "child",
    jurisdiction: str = "England",
    area: str = "",
) -> Review:
    """A review of one child, Sam, with a mother, Alex, and a stepfather, Pat, and five agencies."""
    return Review(
        "Sam",
        "sam",
        jurisdiction,
        area,
        kind,
        day(0, 60),
        incident or day(60),
        subjects,
        people,
        agencies,
        (),
        (),
        entries,
    )
