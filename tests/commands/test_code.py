"""Reading narratives into codes: one key each, kept at once, there and back as a table, never written into a return."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from helpers.small import WriteReview

from kg.folder import open_review, study

TOML = """title = "Sam"
jurisdiction = "England"
kind = "child"
period = ["01/01/2021", "31/12/2021"]
subjects = ["Sam"]
[[people]]
name = "Sam"
role = "child"
[[people]]
name = "Alex"
role = "mother"
[[agencies]]
name = "School"
type = "school"
[[agencies]]
name = "Care"
type = "childrens-social-care"
"""
SCHOOL = """Ref,Date,People,What happened
S1,01/02/2021,Sam,Bruise to left arm seen at registration.
S2,02/02/2021,Sam,No bruises seen today.
S3,03/02/2021,Sam,Bruise to left ear.
S4,04/02/2021,Sam,Sang in assembly about wibbling.
S5,05/02/2021,Sam,Was wibbling again at lunch.
"""


@pytest.fixture
def folder(write_review: WriteReview) -> Path:
    return write_review(TOML, {"School.csv": SCHOOL})


def kg(*words: str | Path, keys: str = "") -> Result:
    import cli

    return CliRunner().invoke(cli.main, ["code", *map(str, words)], input=keys)


def walk(folder: Path, keys: str) -> str:
    done = kg(folder, "--by", "A. Reviewer", keys=keys)
    assert done.exit_code == 0, done.output
    return done.output


def kept(folder: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO((folder / "codes.csv").read_text(encoding="utf-8-sig"))))


def indicators(folder: Path) -> dict[str, tuple[str, ...]]:
    return {entry.ref: entry.indicators for entry in open_review(folder).review.entries}


def test_accepting_keeps_the_code_with_the_words_it_rests_on_and_the_return_as_it_was(folder: Path) -> None:
    before = (folder / "returns" / "School.csv").read_bytes()
    said = walk(folder, "aq")
    assert "[Bruise" in said
    first = kept(folder)[0]
    assert (first["Notation"], first["Verdict"], first["By"]) == ("bruising", "accepted", "A. Reviewer")
    assert first["Words"].casefold().startswith("bruise")
    assert (folder / "returns" / "School.csv").read_bytes() == before
    assert indicators(folder)["S1"] == ("bruising",)


def test_what_is_denied_is_not_asked(folder: Path) -> None:
    walk(folder, "eeeq")
    assert not any(row["Entry"] == "School/S2" and row["Verdict"] == "accepted" for row in kept(folder))


def test_all_of_one_wording_is_one_key_and_undone_with_one(folder: Path) -> None:
    said = walk(folder, "Azq")
    verdicts = [row["Verdict"] for row in kept(folder)]
    assert "The same wording in 1 more" in said
    assert verdicts == ["accepted", "accepted", "open", "open"]
    assert indicators(folder)["S1"] == ()


def test_a_walk_goes_on_where_it_was_left(folder: Path) -> None:
    walk(folder, "aq")
    again = walk(folder, "q")
    assert "School/S1," not in again.split("? ")[0]


def test_a_row_passed_is_read(folder: Path) -> None:
    walk(folder, "n" * 20)
    gaps, _ = study(folder, "recorded")
    school = next(each for each in gaps.coverage if each.agency == "School")
    assert (school.coded, school.by_reviewer) == (0, 5)


def test_a_wording_added_lights_up_elsewhere_and_is_taught(write_review: WriteReview) -> None:
    two = "".join(SCHOOL.splitlines(keepends=True)[at] for at in (0, 4, 5))
    folder = write_review(TOML, {"School.csv": two}, name="two")
    assert "These words stand in 1 more" in walk(folder, "+wibbling\nbehaviour-change\neeq")
    assert [row["Words"] for row in kept(folder) if row["Notation"] == "behaviour-change"] == ["wibbling", "wibbling"]
    assert kg(folder, "--teach").exit_code == 0
    assert '"wibbling"' in (folder / "patterns.ttl").read_text(encoding="utf-8")
    assert "No wording was added" in kg(folder, "--teach").output
    another = write_review(TOML, {"School.csv": two}, name="another")
    (another / "patterns.ttl").write_bytes((folder / "patterns.ttl").read_bytes())
    assert "behaviour-change" in kg(another, "--format", "csv").output


def test_the_table_goes_out_and_comes_back(folder: Path, tmp_path: Path) -> None:
    out = kg(folder, "--format", "csv").output
    head, *_rows = csv.reader(io.StringIO(out))
    assert head == ["entry", "field", "notation", "words", "from", "to", "pattern", "heard", "class", "status"]
    filled = tmp_path / "filled.csv"
    filled.write_text(out.replace(",open", ",accepted"), encoding="utf-8")
    assert kg(folder, "--from", filled, "--by", "B").exit_code == 0
    assert indicators(folder)["S3"] == ("bruising",)
    assert "0 rows added" in kg(folder, "--from", filled, "--by", "B").output


def test_the_workbook_comes_back_too(folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "codes.xlsx"
    assert kg(folder, "--format", "xlsx", "-o", file).exit_code == 0
    assert "0 rows added" in kg(folder, "--from", file, "--by", "B").output
    assert kg(folder, "--format", "xlsx", "-o", file).exit_code == 2


def test_suggestions_from_elsewhere_wait_and_must_stand_in_the_row(folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "model.csv"
    file.write_text(
        "entry,field,notation,words,by\n"
        "School/S4,indicators,behaviour-change,about wibbling,Model 1.2\n"
        "School/S4,indicators,behaviour-change,about dancing,Model 1.2\n"
        "School/S4,indicators,behavour-change,about wibbling,Model 1.2\n"
        "School/S9,indicators,behaviour-change,about wibbling,Model 1.2\n"
        "School/S5,indicators,behaviour-change,wibbling,\n",
        encoding="utf-8",
    )
    done = kg(folder, "--from", file)
    assert done.exit_code == 1
    assert "1 row added to codes.csv: 1 suggested" in done.output
    assert done.output.count("cannot be used here") + done.output.count("is blank") == 4
    assert "School: 4 of 5" in done.output
    assert indicators(folder)["S4"] == ()
    assert "suggested by Model 1.2" in kg(folder, "--format", "csv").output


def test_a_row_of_codes_that_cannot_be_is_a_problem_and_stays(folder: Path) -> None:
    text = (
        "Entry,Fingerprint,Field,Notation,Verdict,By,On\n"
        "School/S1,x,indicators,brusing,accepted,A,01/12/2026\n"
        "School/S1,x,indicators,bruising,maybe,A,01/12/2026\n"
        "School/S1,x,indicators,bruising,accepted,,01/12/2026\n"
        "School/S1,x,shared_with,Nobody,accepted,A,01/12/2026\n"
        "School/S1,x,indicators,bruising,accepted,A,31/02/2026\n"
    )
    (folder / "codes.csv").write_text(text, encoding="utf-8")
    loaded = open_review(folder)
    assert loaded.review.codes == ()
    assert sum(problem.place.file == "codes.csv" for problem in loaded.problems) == 5
    assert (folder / "codes.csv").read_text(encoding="utf-8") == text


def test_the_class_is_hidden_until_judged(folder: Path) -> None:
    done = kg(folder, "--by", "A", "--blind", keys="q")
    assert "(sure)" not in done.output
    assert "(sure)" in kg(folder, "--by", "A", keys="q").output


def test_nobody_judges_without_a_name(folder: Path) -> None:
    assert kg(folder).exit_code == 2
    assert not (folder / "codes.csv").exists()


def test_evaluation_over_several_reviews_and_against_a_key(folder: Path, tmp_path: Path) -> None:
    key = tmp_path / "key.csv"
    key.write_text("entry,indicators,negated\nSchool/S1,bruising,\nSchool/S2,,bruising\n", encoding="utf-8")
    done = kg(folder, folder, "--evaluate", "--against", key, "--against", key)
    assert done.exit_code == 0, done.output
    assert "negated taken as present 0 of 2" in done.output
    assert "1.00" in done.output


def test_what_is_only_to_be_looked_at_is_measured_apart(folder: Path, tmp_path: Path) -> None:
    key = tmp_path / "key.csv"
    key.write_text("entry,indicators\nSchool/S1,bruising\nSchool/S2,\n", encoding="utf-8")
    done = kg(folder, "--evaluate", "--against", key)
    sure, whole = done.output.split("With those of the class look")
    assert sure.count("indicators ") == whole.split("Suggested and not true")[0].count("indicators ") == 1


def test_a_pattern_that_cannot_be_read_is_a_problem_and_the_others_are_used(folder: Path) -> None:
    (folder / "patterns.ttl").write_text(
        "@prefix kg: <https://w3id.org/kg-review/> .\n@prefix i: <https://w3id.org/kg-review/indicator/> .\n"
        'kg:one kg:suggests i:behaviour-change ; kg:likely "wibbling", "(wibb" .\n'
        'kg:two kg:suggests i:wibbling ; kg:likely "sang" .\n',
        encoding="utf-8",
    )
    done = kg(folder, "--format", "text")
    assert done.exit_code == 0, done.output
    assert done.output.count("patterns.ttl") == 2
    assert "behaviour-change" in kg(folder, "--format", "csv").output
    (folder / "patterns.ttl").write_text("this is no Turtle", encoding="utf-8")
    assert "the file is not read" in kg(folder, "--format", "text").output
    _, problems = study(folder, "recorded", suggested=True)
    assert any(problem.place.file == "patterns.ttl" for problem in problems)


def test_suggestions_counted_fit_the_contract_and_are_marked(folder: Path) -> None:
    import json

    import jsonschema

    import cli
    from kg.reports.schema import SCHEMA

    done = CliRunner().invoke(cli.main, ["find-gaps", str(folder), "--suggested", "--format", "json"])
    told = json.loads(done.output)
    jsonschema.Draft202012Validator(SCHEMA).validate(told)
    assert any(finding["suggested"] for finding in told["findings"])
    missed = [each for each in told["findings"] if each["suggested"] and each["kind"] == "missed-opportunity"]
    assert missed
    assert {each["certainty"] for each in missed} == {"possible"}
    assert {each["strength"] for each in missed} == {"prompt"}
    plain = json.loads(CliRunner().invoke(cli.main, ["find-gaps", str(folder), "--format", "json"]).output)
    assert not any(finding["suggested"] for finding in plain["findings"])


def test_a_telling_to_nobody_listed_is_shown_and_not_asked(write_review: WriteReview) -> None:
    told = "Ref,Date,People,What happened\nS1,01/02/2021,Sam,Rang the health visitor to advise her.\n"
    folder = write_review(TOML, {"School.csv": told}, name="told")
    rows = list(csv.DictReader(io.StringIO(kg(folder, "--format", "csv").output)))
    assert [row["status"] for row in rows if row["field"] == "shared_with"] == ["unlisted"]
    walk(folder, "eeeq")
    assert not any(row["Field"] == "shared_with" for row in kept(folder))
    assert open_review(folder).problems == () or all(p.place.file != "codes.csv" for p in open_review(folder).problems)
