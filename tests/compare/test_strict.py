"""A published finding is met only for its reason: its entries and duties, or who lacked what of whom."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from helpers.small import WriteReview, day, review, row

from cli import main
from kg.compare.strict import Strict, strict
from kg.findings.reading import reading_order
from kg.findings.study import Study, find_gaps
from kg.model.problem import Place
from kg.model.reviewer import Judgement, Pairing
from kg.terms.reader import load
from loaders import load as read

TERMS = load()
BRUISE = row("Hospital/H1", day(1), "bruising", "burn-or-scald", contact="hospital-attendance")
VISIT = row("Care/C1", day(10))
LATER = row("Care/C2", day(20), "physical-abuse")


def studied(*rows: object) -> Study:
    return find_gaps(review(*(rows or (BRUISE, VISIT, LATER))), TERMS)  # type: ignore[arg-type]


def note(
    id: str, entries: str = "", holders: str = "", seekers: str = "", words: str = "", duties: str = ""
) -> Pairing:
    def parts(cell: str) -> tuple[str, ...]:
        return tuple(cell.split())

    return Pairing(id, *map(parts, (entries, holders, seekers, words, duties)), place=Place("pairs.csv", row=2))


def ids(found: Strict) -> list[str]:
    return [each.id for each in found.met]


def test_an_opportunity_is_met_by_its_entry_and_by_no_other() -> None:
    assert ids(strict(studied(), [note("F1", "C2")])) == ["F1"]
    assert ids(strict(studied(), [note("F1", "Care/C2")])) == ["F1"]
    assert not ids(strict(studied(), [note("F1", "C1")]))


def test_a_duty_that_is_meant_must_be_the_one_that_was_found() -> None:
    assert ids(strict(studied(), [note("F1", "C2", duties="S47 STRAT")])) == ["F1"]
    assert not ids(strict(studied(), [note("F1", "C2", duties="MARAC")]))


def test_information_is_met_by_holder_seeker_and_indicator_together() -> None:
    assert ids(strict(studied(), [note("F1", holders="Hospital", seekers="Care", words="burn-or-scald")])) == ["F1"]
    for wrong in (
        note("F1", holders="School", seekers="Care", words="burn-or-scald"),
        note("F1", holders="Hospital", seekers="Police", words="burn-or-scald"),
        note("F1", holders="Hospital", seekers="Care", words="hunger"),
    ):
        assert not ids(strict(studied(), [wrong]))


def test_one_finding_of_ours_meets_one_published_finding() -> None:
    found = strict(studied(), [note("F1", "C2"), note("F2", "C2")])
    assert len(found.met) == 1
    assert found.recall == 0.5


def test_a_note_of_nothing_counts_as_outside_the_record() -> None:
    found = strict(studied(), [note("F1"), note("F2", "C2")])
    assert (found.annotated, found.outside, found.recall) == (1, 1, 1.0)
    assert strict(studied(), [note("F1")]).recall is None


def test_a_dismissed_finding_meets_nothing() -> None:
    gaps = studied()
    (met,) = strict(gaps, [note("F1", "C2")]).met
    judged = Judgement(met.finding.id, "dismissed", "A", date(2026, 1, 1), "", Place("judgements.csv", row=2))
    again = find_gaps(replace(gaps.review, judgements=(judged,)), TERMS)
    assert met.finding.id not in {each.finding.id for each in strict(again, [note("F1", "C2")]).met}


def test_chance_is_drawn_the_same_every_time_and_ranks_rise() -> None:
    pairings = [note("F1", "C2"), note("F2", holders="Hospital", seekers="Care")]
    assert strict(studied(), pairings) == strict(studied(), pairings)
    ranks = [each.rank for each in strict(studied(), pairings).met]
    assert ranks == sorted(ranks)


def test_the_reading_order_holds_every_finding_once(climbie: Path) -> None:
    gaps = find_gaps(read(climbie).review, TERMS)
    order = reading_order(gaps)
    assert sorted(each.id for each in order) == sorted(each.id for each in gaps.findings)
    kinds = [each.kind for each in order]
    assert kinds.index("missed-share") > max(at for at, kind in enumerate(kinds) if kind == "missed-opportunity")
    assert kinds[-1] == "response-recorded"


@pytest.mark.parametrize("case", ["climbie", "connelly", "hayter"])
def test_every_note_of_the_cases_is_on_a_published_finding_and_on_rows_that_are_there(
    case: str, request: pytest.FixtureRequest
) -> None:
    loaded = read(request.getfixturevalue(case))
    review = loaded.review
    assert {each.id for each in review.pairs} == {each.id for each in review.published}
    refs = {name for entry in review.entries for name in (entry.ref, entry.name)}
    agencies = {agency.name for agency in review.agencies}
    for each in review.pairs:
        assert {*each.entries} <= refs, each
        assert {*each.holders, *each.seekers} <= agencies, each
        assert all(TERMS.concept("indicator", word) for word in each.indicators), each
    assert not [problem for problem in loaded.problems if problem.place.file == "pairs.csv"]


@pytest.mark.slow
def test_compare_prints_the_strict_figures_first_in_every_form(climbie: Path) -> None:
    done = CliRunner().invoke(main, ["compare", str(climbie)])
    assert done.exit_code == 0, done.output
    assert done.output.index("strict recall") < done.output.index("flatters")
    for form in ("json", "csv", "markdown"):
        other = CliRunner().invoke(main, ["compare", str(climbie), "--format", form])
        assert other.exit_code == 0, other.output
    assert '"strict": {' in CliRunner().invoke(main, ["compare", str(climbie), "--format", "json"]).output


CALLED = {"climbie": "Climbié", "connelly": "Connelly", "hayter": "Hayter"}


def table_lines(case: str, found: Strict) -> tuple[str, str]:
    """The two lines of docs/limits.md on a case."""
    ranks = [each.rank for each in found.met]
    kth = ", ".join(str(ranks[k - 1]) if k <= len(ranks) else "-" for k in (1, 5, 10))
    return (
        f"| {CALLED[case]} | {len(found.met)} of {found.annotated} | {found.recall:.0%} | {found.chance:.1f} | {found.p95} | "
        f"{found.as_good:.0%} |",
        f"| {CALLED[case]} | {kth}, {ranks[-1]} of {found.ours} | {found.met[-1].lines} of {found.lines} |",
    )


@pytest.mark.parametrize("case", CALLED)
def test_the_documents_give_the_strict_figures_of_this_version(
    case: str, root: Path, request: pytest.FixtureRequest
) -> None:
    loaded = read(request.getfixturevalue(case))
    found = strict(find_gaps(loaded.review, TERMS), loaded.review.pairs)
    text = (root / "docs" / "limits.md").read_text(encoding="utf-8")
    for line in table_lines(case, found):
        assert line in text, f"docs/limits.md should say: {line}"


TOML = """
title = "Small"
jurisdiction = "England"
kind = "child"
period = ["2021-01-01", "2021-06-01"]
subjects = ["Sam"]
[[people]]
name = "Sam"
role = "child"
[[agencies]]
name = "Police"
type = "police"
[[agencies]]
name = "School"
type = "school"
"""


def test_several_agencies_in_one_cell_are_several_and_one_unknown_is_said(write_review: WriteReview) -> None:
    folder = write_review(TOML, {"Police.csv": "Ref,Date,What happened\nP1,01/02/2021,Called.\n"})
    (folder / "findings.csv").write_text(
        "Id,Date,Agency,Kind,Finding,Source\nF1,2021,Police; School,other,Both.,x\nF2,2021,Police; Scool,other,One.,x\n"
    )
    (folder / "pairs.csv").write_text("Id,Entries,Holders,Seekers,Indicators,Duties\n,P1,,,,\nF1,P1,Polise,,,\n")
    loaded = read(folder)
    assert [each.agencies for each in loaded.review.published] == [("Police", "School"), ("Police", "Scool")]
    said = [(problem.place.file, problem.place.column) for problem in loaded.problems]
    assert ("findings.csv", "Agency") in said
    assert ("pairs.csv", "Id") in said
    assert ("pairs.csv", "Holders") in said
    assert [each.id for each in loaded.review.pairs] == ["F1"]
