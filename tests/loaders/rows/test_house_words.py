"""What whole cells mean to one type of service, and what is left unread because services differ."""

from __future__ import annotations

import pytest
from helpers.small import WriteReview

from kg.terms.reader import load
from loaders import load as load_review
from loaders.rows.house_words import HouseWords, without_count
from loaders.rows.roster import Roster
from loaders.rows.seen_words import SeenWords

TERMS = load()
HOUSE = HouseWords(TERMS, "contact")
SEEN = SeenWords(
    TERMS, Roster([("Kit Vale", ("Kit",)), ("Rose Vale", ("Rose",)), ("Ann Vale", ("Mum",))]), ("Kit Vale", "Rose Vale")
)


@pytest.mark.parametrize(
    ("service", "cell", "kind"),
    [
        ("health-visiting", "CL", "clinic-appointment"),
        ("health-visiting", "CL x2", "clinic-appointment"),
        ("probation", "Supervision session", "office-attendance"),
        ("childrens-social-care", "Supervision session", "supervision"),
        ("care-provider", "Tea call", "home-visit"),
    ],
)
def test_a_service_means_its_own_words(service: str, cell: str, kind: str) -> None:
    assert HOUSE.read(service, cell) == kind


@pytest.mark.parametrize("cell", ["Face to face", "Attendance", "Supervision session", "CL"])
def test_what_services_mean_differently_stays_unread_where_the_type_settles_nothing(cell: str) -> None:
    assert HOUSE.read("", cell) == ""


def test_how_many_times_is_no_part_of_the_kind() -> None:
    assert without_count("TC x3") == "TC"


@pytest.mark.parametrize(
    ("cell", "people"), [("Kit - y, Rose - n", ("Kit Vale",)), ("Kit y Rose n", ("Kit Vale",)), ("not Kit", ())]
)
def test_a_name_with_a_no_is_not_among_those_seen(cell: str, people: tuple[str, ...]) -> None:
    assert SEEN.read("Seen", cell).people == people


@pytest.mark.parametrize(
    ("cell", "seen"),
    [
        ("Naddo", "no"),
        ("Do", "yes"),
        ("\u2717", "no"),
        ("via door", ""),
        ("No children seen", "no"),
        ("Mum not present", ""),
    ],
)
def test_an_absent_parent_or_a_shut_door_says_nothing_of_the_child(cell: str, seen: str) -> None:
    assert SEEN.read("Seen", cell).seen == seen


def test_a_code_is_read_as_it_stands_where_only_its_words_are_in_doubt(write_review: WriteReview) -> None:
    rows = "Ref,Date,People,Contact,What happened\n{ref},13/01/2025,Kit,{cell},Spoke of the case.\n"
    toml = """title = "Two"
[[people]]
name = "Kit"
[[agencies]]
name = "Family Centre"
type = "voluntary-sector"
[[agencies]]
name = "Town Probation"
type = "probation"
"""
    returns = {f"{name}.csv": rows.format(ref="1", cell="supervision") for name in ("Family Centre", "Town Probation")}
    kinds = [entry.contact for entry in load_review(write_review(toml, returns)).review.entries]
    assert kinds == ["supervision", "office-attendance"]
    returns = {f"{name}.csv": rows.format(ref="1", cell="Supervision session") for name in ("Family Centre",)}
    [entry] = load_review(write_review(toml, returns, name="words")).review.entries
    assert entry.contact == ""
