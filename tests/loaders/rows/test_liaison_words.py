"""Who told whom, in a column that stands for both ways."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg import find_gaps
from kg.model.review import Agency
from kg.terms import reader as terms
from loaders.folder import load
from loaders.rows.partners import Partners

AGENCIES = (
    Agency("Mill Lane Surgery", "general-practice"),
    Agency("Hillside School", "school"),
    Agency("Town Police", "police"),
    Agency("Valley Health Visiting", "health-visiting"),
)
GP, SCHOOL, POLICE, HV = (agency.name for agency in AGENCIES)
PARTNERS = Partners(AGENCIES, terms.load())


def ways(cell: str) -> tuple[list[str], list[str], list[str]]:
    told, heard, either = PARTNERS.liaison(cell)
    return [p.agency for p in told if p.agency], [p.agency for p in heard if p.agency], list(either)


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        ("Letter to GP", [GP]),
        ("Rang HV and school", [HV, SCHOOL]),
        ("T/C to police", [POLICE]),
        ("GP was informed", [GP]),
        ("Copied to HV", [HV]),
        ("Referral sent - police", [POLICE]),
        ("School made aware", [SCHOOL]),
    ],
)
def test_what_went_out_was_told(cell: str, told: list[str]) -> None:
    assert ways(cell) == (told, [], [])


@pytest.mark.parametrize(
    ("cell", "heard"),
    [
        ("Letter received from GP", [GP]),
        ("GP letter received", [GP]),
        ("HV rang", [HV]),
        ("Police informed us of arrest", [POLICE]),
        ("E-mail from school", [SCHOOL]),
        ("Told by police", [POLICE]),
        ("Copied in to GP letter", [GP]),
        ("Incoming - school", [SCHOOL]),
    ],
)
def test_what_came_in_was_heard(cell: str, heard: list[str]) -> None:
    assert ways(cell) == ([], heard, [])


@pytest.mark.parametrize("cell", ["GP", "Spoke with GP", "GP informed", "Discussion with GP", "GP called"])
def test_what_leaves_it_open_stays_open(cell: str) -> None:
    assert ways(cell) == ([GP], [], [GP])


TOML = """
title = "Small"
jurisdiction = "England"
kind = "child"
period = ["2019-01-01", "2019-12-31"]
subjects = ["Kit"]
[[people]]
name = "Kit"
role = "child"
[[agencies]]
name = "Mill Lane Surgery"
type = "general-practice"
[[agencies]]
name = "Hillside School"
type = "school"
[[agencies]]
name = "Town Police"
type = "police"
"""


def one_sided(
    folder: Path, surgery: str, school: str, police: str = "Ref,Date,What happened\n1,09/09/2019,x\n"
) -> list[str]:
    (folder / "returns").mkdir()
    (folder / "review.toml").write_text(TOML)
    for name, text in (("mill lane surgery", surgery), ("hillside school", school), ("town police", police)):
        (folder / "returns" / f"{name}.csv").write_text(text)
    gaps = find_gaps(load(folder).review)
    return [finding.id for finding in gaps.findings if finding.kind in ("not-received", "not-sent")]


HEAD = "Ref,Date,People,Contact,What happened,Liaison\n"


def test_where_the_way_is_open_neither_side_is_said_to_lack_a_record(tmp_path: Path) -> None:
    assert not one_sided(tmp_path, HEAD + "1,01/02/2019,Kit,telephone-call,x,school\n", HEAD + "1,03/06/2019,Kit,,y,\n")


def test_what_was_surely_told_and_not_received_is_still_said(tmp_path: Path) -> None:
    assert one_sided(
        tmp_path, HEAD + "1,01/02/2019,Kit,telephone-call,x,rang school\n", HEAD + "1,03/06/2019,Kit,,y,\n"
    )


def test_a_telling_finds_the_row_that_leaves_the_way_open(tmp_path: Path) -> None:
    surgery, school = "1,01/02/2019,Kit,letter-or-email,x,school\n", "1,02/02/2019,Kit,letter-or-email,y,letter to GP\n"
    assert not one_sided(tmp_path, HEAD + surgery, HEAD + school)


def test_a_call_that_every_party_records_as_its_own_is_one_call(tmp_path: Path) -> None:
    surgery = HEAD + "1,01/02/2019,Kit,telephone-call,x,rang school and police\n"
    school = HEAD + "1,01/02/2019,Kit,professionals-conversation,y,told GP; told police\n"
    police = HEAD + "1,01/02/2019,Kit,telephone-call,z,told GP; told school\n"
    assert not one_sided(tmp_path, surgery, school, police)


def test_calls_on_different_days_are_different_calls(tmp_path: Path) -> None:
    surgery = HEAD + "1,01/02/2019,Kit,telephone-call,x,rang school\n"
    school = HEAD + "1,04/02/2019,Kit,telephone-call,y,rang GP\n"
    assert len(one_sided(tmp_path, surgery, school)) == 2
