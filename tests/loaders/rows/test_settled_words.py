"""Words of a return that the reviewer settled once, in review.toml."""

from __future__ import annotations

from pathlib import Path

from loaders.folder import Loaded, load

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
name = "Town Hospital"
type = "hospital"
"""


def review(folder: Path, more: str = "") -> Loaded:
    (folder / "returns").mkdir(exist_ok=True)
    (folder / "review.toml").write_text(TOML + more)
    (folder / "returns" / "town hospital.csv").write_text(
        "Ref,Date,Contact,What happened,Seen\n"
        "1,01/02/2019,T/C to school,x,by phone\n2,02/02/2019,T/C to school,x,by phone\n"
    )
    return load(folder)


def test_a_reading_by_words_is_said_once_for_each_wording(tmp_path: Path) -> None:
    told = review(tmp_path)
    assert [entry.contact for entry in told.review.entries] == ["telephone-call"] * 2
    assert [entry.seen for entry in told.review.entries] == ["no"] * 2
    readings = [problem for problem in told.problems if "is read as" in problem.what]
    assert len(readings) == 2
    (contact,) = [problem for problem in readings if problem.place.column == "Contact"]
    assert '"T C"' in contact.why
    assert "words]" in contact.remedy


def test_what_the_reviewer_settled_is_read_so_and_not_asked_again(tmp_path: Path) -> None:
    more = '[returns."town hospital.csv".words]\n"t/c to school" = "professionals-conversation"\n"By phone" = "leave"\n'
    told = review(tmp_path, more)
    assert [entry.contact for entry in told.review.entries] == ["professionals-conversation"] * 2
    assert [entry.seen for entry in told.review.entries] == ["", ""]
    assert not [problem for problem in told.problems if "is read as" in problem.what]


def test_words_settled_for_another_return_hold_here_too(tmp_path: Path) -> None:
    told = review(tmp_path, '[returns."other.csv".words]\n"T/C to school" = "letter-or-email"\n')
    assert [entry.contact for entry in told.review.entries] == ["letter-or-email"] * 2


def test_a_notation_that_is_none_is_said_and_passed_over(tmp_path: Path) -> None:
    told = review(tmp_path, '[returns."town hospital.csv".words]\n"T/C to school" = "yodelling"\n')
    assert [entry.contact for entry in told.review.entries] == ["telephone-call"] * 2
    assert any("yodelling" in problem.what for problem in told.problems)
