"""Reviews drawn at random, small, and rich in what the library's questions ask about."""

from __future__ import annotations

from dataclasses import replace

from helpers.small import AGENCIES, PEOPLE, day, review, row
from hypothesis import strategies as st

from kg.dates.when import BEGINNING, END, UNDATED, When
from kg.model.record import Entry
from kg.model.review import Agency, Review

HARD_NAME = 'O\'Neil "x" {y} $review é'
NAMES = [agency.name for agency in AGENCIES]
CONTACTS = [
    "home-visit", "telephone-call", "strategy-discussion", "missed-appointment", "no-access-visit", "referral-received",
    "case-closure", "life-event", "letter-or-email", "assessment",
]  # fmt: skip
RESPONSES = [
    "strategy-discussion", "no-further-action", "case-closed", "child-seen-alone", "police-notified", "medical-examination",
    "referral-made", "section-47-enquiry",
]  # fmt: skip
INDICATORS = ["bruising", "neglect", "domestic-abuse", "fearfulness", "missed-appointments"]


@st.composite
def dates(draw: st.DrawFn) -> When:
    first = draw(st.integers(0, 12))
    kind = draw(st.sampled_from(["day", "day", "day", "span", "before", "after", "undated"]))
    if kind == "undated":
        return UNDATED
    if kind == "before":
        return When("before", BEGINNING, day(first).latest, "before")
    if kind == "after":
        return When("after", day(first).earliest, END, "after")
    return day(first, first + draw(st.integers(1, 9))) if kind == "span" else day(first)


@st.composite
def entries(draw: st.DrawFn, number: int) -> Entry:
    agency = draw(st.sampled_from(NAMES))
    others = st.lists(st.sampled_from([name for name in NAMES if name != agency]), max_size=2, unique=True)
    seen = draw(st.sampled_from(["", "yes", "no", "alone", "names"]))
    people = draw(st.lists(st.sampled_from(["Sam", "Alex", "Pat", HARD_NAME]), min_size=1, max_size=3, unique=True))
    found = row(
        f"{agency}/{number}",
        draw(dates()),
        *draw(st.lists(st.sampled_from(INDICATORS), max_size=2, unique=True)),
        people=tuple(people),
        contact=draw(st.sampled_from(CONTACTS)),
        to=tuple(draw(others)),
        heard_from=tuple(draw(others)),
        responses=tuple(draw(st.lists(st.sampled_from(RESPONSES), max_size=2, unique=True))),
        seen=seen,
    )
    cells = dict(found.cells)
    worker = draw(st.sampled_from(["", "A. Worker", HARD_NAME]))
    if worker:
        cells["professional"] = worker
    return replace(
        found,
        cells=cells,
        seen_people=tuple(people[:1]) if seen == "names" else (),
        said=draw(st.sampled_from(["", "", "I am scared."])),
    )


@st.composite
def reviews(draw: st.DrawFn) -> Review:
    """A review of up to eight entries: any dates, any tellings, some names that are hard to write down."""
    size = draw(st.integers(1, 8))
    agencies: tuple[Agency, ...] = AGENCIES
    if draw(st.booleans()):
        agencies = (*AGENCIES[:-2], replace(AGENCIES[-2], has_return=False), AGENCIES[-1])
    drawn = [draw(entries(number)) for number in range(size)]
    told = [entry for entry in drawn if entry.shared_with]
    if told and draw(st.booleans()):  # the other side of a telling, in words of its own
        first = told[0]
        drawn.append(
            row(
                f"{first.shared_with[0]}/heard",
                first.when,
                *draw(st.lists(st.sampled_from(INDICATORS), max_size=2, unique=True)),
                people=first.people,
                contact="telephone-call",
                heard_from=(first.agency,),
            )
        )
    return review(*drawn, agencies=agencies, people=PEOPLE)
