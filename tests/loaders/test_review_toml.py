"""review.toml: each slip is named by its line, and nothing else of the file is lost for it."""

from __future__ import annotations

import pytest
from helpers.returns import TOML

from kg.model.problem import Problem
from kg.terms import reader as terms
from loaders import review_toml
from loaders.review_toml import Opening


def opened(text: str) -> Opening:
    return review_toml.read(text, terms.load())


def slip(text: str, words: str) -> Problem:
    """The one problem that says these words."""
    (only,) = [problem for problem in opened(text).problems if words in f"{problem.what} {problem.why}"]
    assert all((only.what, only.why, only.done, only.remedy))
    return only


def line_of(text: str, words: str) -> int:
    return next(n for n, line in enumerate(text.splitlines(), 1) if words in line)


def test_a_sound_review_toml_gives_no_problem() -> None:
    told = opened(TOML)
    assert told.problems == ()
    assert (told.jurisdiction, told.kind, told.subjects) == ("England", "child", ("Kit",))
    assert [agency.type for agency in told.agencies] == ["police", "hospital"]
    assert (told.people[0].key, told.agencies[0].key) == ("Kit", "Town Police")
    assert told.period.edtf() == "1999"


@pytest.mark.parametrize(
    "period", ['["1999-01-01", "1999-12-31"]', "[1999-01-01, 1999-12-31]", '["01/01/1999", "December 1999"]']
)
def test_dates_may_be_written_either_way(period: str) -> None:
    told = opened(TOML.replace('["1999-01-01", "1999-12-31"]', period))
    assert told.period.edtf() == "1999"
    assert told.problems == ()


def test_text_that_is_not_toml_is_named_by_its_line() -> None:
    text = TOML.replace('kind = "child"', 'kind = "child')
    told = opened(text)
    (problem,) = told.problems
    assert (told.readable, problem.severity, problem.place.row) == (False, "error", line_of(text, "kind ="))


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('"England"', '"Englnd"', 'did you mean "England"?'),
        ('jurisdiction = "England"', "", "no jurisdiction"),
        ('"child"\nperiod', '"boat"\nperiod', '"boat" is no kind'),
        ('"1999-12-31"', '"1999-13-31"', "no 13th month"),
        ('["1999-01-01", "1999-12-31"]', '"1999-01-01"', "two ends"),
        ('["1999-01-01", "1999-12-31"]', "[true, {}]", "written as a day"),
        ('"1999-12-31"', '"1998-12-31"', "ends before it begins"),
        ('subjects = ["Kit"]', 'subjects = ["Kitt"]', 'did you mean "Kit"?'),
        ('subjects = ["Kit"]', "subjects = []", "no subject"),
        ('subjects = ["Kit"]', "subjects = 7", '"subjects" is not what it should be'),
        ("kind =", "knid =", 'did you mean "kind"?'),
        ('role = "child"', 'rôle_x = "child"', ""),
        ('role = "father"', 'roles = "father"', 'did you mean "role"?'),
        ('role = "father"', "role = []", '"role" is not what it should be'),
        ('role = "father"', 'born = "31/02/1970"', "no sure date of birth"),
        ('role = "father"', 'bears_on = ["Ann"]', "no subject of this review"),
        ('name = "Ann"', 'name = "KIT"', "two people are called"),
        ('name = "Ann"', 'name = ""', "a person has no name"),
        ('name = "Town Hospital"', 'name = "town police"', "two agencies are called"),
        ('type = "hospital"', 'type = "hospitle"', 'did you mean "hospital"?'),
        ('type = "hospital"', "", "no type is given"),
        ('type = "hospital"', 'type = "hospital"\npart_of = "Town Trust"', "no other agency"),
        ('type = "hospital"', 'type = "hospital"\naliases = ["Constabulary"]', "belongs to 2 names"),
        ("[[people]]", "[people]", "") ,
        ("subjects", 'returns = 4\nsubjects', '"returns" is not what it should be'),
        ("subjects", 'sources = [{title = "x"}]\nsubjects', "a source has no key"),
        ("subjects", 'incident = "in the end"\nsubjects', "incident"),
    ],
)  # fmt: skip
def test_a_slip_is_said_and_the_rest_is_read(old: str, new: str, words: str) -> None:
    text = TOML.replace(old, new, 1)
    assert text != TOML
    told = opened(text)
    assert told.problems
    if words:
        assert slip(text, words).place.file == "review.toml"
    if told.readable:
        assert told.title == "A small review"


@pytest.mark.parametrize("key", ["knid", "perod"])
def test_a_slip_is_named_by_its_line(key: str) -> None:
    text = f"# a note\n{TOML}".replace("subjects", f"{key} = 1\nsubjects", 1)
    assert slip(text, f'"{key}" is not known').place.row == line_of(text, key)


def test_the_second_table_of_a_kind_is_named_by_its_own_line() -> None:
    text = TOML.replace('type = "hospital"', 'type = "hospitle"')
    assert slip(text, "hospitle").place.row == line_of(text, "hospitle")


def test_headings_are_settled_only_by_columns_that_exist() -> None:
    text = f'{TOML}\n[returns."police.csv".columns]\n"Action taken" = "respons"\n"Words" = "said"\n'
    assert 'did you mean "response"?' in slip(text, "respons").why
    assert slip(text, "respons").place.row == line_of(text, "Action taken")
    assert opened(text).columns == {"police.csv": {"Words": "said"}}


def test_a_sign_off_may_be_a_day_a_name_or_plain_yes() -> None:
    for value, said in (("true", "yes"), ("2001-02-03", "2001-02-03"), ('"A Smith"', "A Smith"), ("false", "")):
        told = opened(f'{TOML}\n[returns."police.csv"]\nsigned_off = {value}\n')
        assert told.signed_off["police.csv"] == said


def test_the_incident_is_by_default_the_periods_last_day(write_review: object) -> None:
    assert opened(TOML).incident is None
    when = opened(TOML.replace("subjects", "incident = 1999-11-05\nsubjects")).incident
    assert when is not None
    assert when.edtf() == "1999-11-05"


def test_agencies_that_are_part_of_each_other_stand_by_themselves() -> None:
    text = TOML + "".join(
        f'\n[[agencies]]\nname = "{name}"\ntype = "hospital"\npart_of = "{whole}"\n'
        for name, whole in (("Ward", "Trust"), ("Trust", "Board"), ("Board", "Ward"))
    )
    told = opened(text)
    problem = slip(text, "part of it in turn")
    assert problem.place.row == line_of(text, 'part_of = "Ward"')
    wholes = {agency.name: agency.part_of for agency in told.agencies}
    assert (wholes["Ward"], wholes["Trust"], wholes["Board"]) == ("Trust", "Board", "")
