"""Episodes: what belongs to one stretch of days, whatever the order of rows and whatever is corrected later."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from random import Random

import pytest
from click.testing import CliRunner, Result
from helpers.drawn import reviews
from helpers.examples import examples
from helpers.small import day, review, row
from hypothesis import given, settings

from cli import main
from kg.dates.when import UNDATED
from kg.decisions.episodes import stale_choices
from kg.findings.episodes import Episodes, by_gravity, episodes
from kg.findings.study import Study, find_gaps
from kg.model.problem import Place
from kg.model.record import Entry
from kg.model.review import Review
from kg.model.reviewer import EpisodeChoice
from kg.terms.reader import load
from loaders import load as read
from loaders.episodes import read_episodes

TERMS = load()
CASES = ("climbie", "connelly", "hayter", "training")

SCALD = row("Hospital/H1", day(1), "burn-or-scald", contact="hospital-attendance", to=("Care",))
TOLD = row("Care/C1", day(2), contact="referral-received", heard_from=("Hospital",))
CLOSED = row("Care/C2", day(9), contact="case-closure", responses=("case-closed",))
QUIET = row("School/S1", day(30), contact="home-visit")
BRUISE = row("School/S2", day(45), "bruising")


def found(*entries: Entry, choices: tuple[EpisodeChoice, ...] = ()) -> tuple[Study, Episodes]:
    gaps = find_gaps(replace(review(*entries), episodes=choices), TERMS)
    return gaps, episodes(gaps)


def names(gaps: Study, all_of: Episodes) -> list[list[str]]:
    return [[gaps.review.entries[at].name for at in each.rows] for each in all_of.all]


def choice(id: str, what: str, value: str) -> EpisodeChoice:
    return EpisodeChoice(id, what, value, "A. Reader", date(2026, 1, 1), "", Place("episodes.csv", row=2))


@cache
def studied(folder: Path) -> Study:
    return find_gaps(read(folder).review, TERMS)


@pytest.fixture(params=CASES)
def case(request: pytest.FixtureRequest) -> Study:
    return studied(request.getfixturevalue(request.param))


def test_an_episode_takes_in_tellings_and_decisions_and_ends_with_a_pause_of_more_than_14_days() -> None:
    gaps, all_of = found(SCALD, TOLD, CLOSED, QUIET, BRUISE)
    assert names(gaps, all_of) == [["Hospital/H1", "Care/C1", "Care/C2"], ["School/S2"]]
    assert [each.gravity for each in all_of.all] == [3, 2]


def test_a_pause_of_14_days_ends_nothing_and_one_of_15_does() -> None:
    for days, number in ((14, 1), (15, 2)):
        gaps, all_of = found(SCALD, row("Hospital/H2", day(1 + days), "bruising"))
        assert len(all_of.all) == number, names(gaps, all_of)


def test_a_row_that_begins_nothing_and_carries_nothing_on_makes_no_episode() -> None:
    assert not found(QUIET)[1].all
    assert not found(replace(SCALD, when=UNDATED))[1].all


def test_a_record_without_a_pause_is_parted_at_its_longest_one() -> None:
    rows = [row(f"Hospital/H{at}", day(at), "bruising") for at in (0, 5, 10, 22, 27, 32, 37)]
    gaps, all_of = found(*rows)
    assert [len(each) for each in names(gaps, all_of)] == [3, 4]


def test_a_date_wider_than_a_month_joins_nothing_together() -> None:
    wide = row("School/S3", day(0, 50), "neglect")
    gaps, all_of = found(SCALD, BRUISE, wide)
    assert ["School/S3"] in names(gaps, all_of)
    assert ["Hospital/H1"] in names(gaps, all_of)


def test_what_happened_on_or_after_the_incident_begins_no_episode() -> None:
    assert not found(row("Hospital/H9", day(60), "burn-or-scald"))[1].all


def test_an_id_is_made_of_the_gravest_event_and_survives_a_row_more_and_a_word_less() -> None:
    _, before = found(SCALD, TOLD, BRUISE)
    corrected = replace(SCALD, narrative="Said otherwise.", when=day(1))
    _, after = found(row("School/S0", day(0), "bruising"), corrected, TOLD, BRUISE, CLOSED)
    assert [each.id for each in before.all] == [each.id for each in after.all]


def test_shuffled_rows_give_the_same_episodes(case: Study) -> None:
    entries = [*case.review.entries]
    Random(7).shuffle(entries)
    other = find_gaps(replace(case.review, entries=tuple(entries)), TERMS)

    def told(gaps: Study) -> list[tuple[str, list[str], list[str]]]:
        return [
            (each.id, [gaps.review.entries[at].name for at in each.rows], sorted(one.id for one in each.findings))
            for each in episodes(gaps).all
        ]

    assert told(case) == told(other)


def one_home(gaps: Study, all_of: Episodes) -> None:
    rows = [at for each in all_of.all for at in each.rows]
    assert len(rows) == len({*rows})
    ids = [finding.id for each in all_of.all for finding in each.findings]
    assert len(ids) == len({*ids})
    assert {*ids} <= {finding.id for finding in gaps.findings}
    assert len({each.id for each in all_of.all}) == len(all_of.all)
    for each in all_of.all:
        assert each.anchor in each.rows
        assert {*each.seeds} <= {*each.rows}
    assert sorted(all_of.all, key=lambda each: by_gravity(gaps, each))


def test_every_finding_belongs_to_one_episode_or_to_a_stretch_between(case: Study) -> None:
    one_home(case, episodes(case))


@given(reviews())
@settings(max_examples=examples(40))
def test_every_finding_of_a_drawn_review_has_one_home(drawn: Review) -> None:
    gaps = find_gaps(drawn, TERMS)
    if episodes(gaps).all:
        one_home(gaps, episodes(gaps))


# --- what the reviewer made of them -----------------------------------------------------------------------------


def test_the_reviewer_names_joins_parts_and_orders() -> None:
    _, plain = found(SCALD, TOLD, CLOSED, BRUISE)
    first, second = (each.id for each in plain.all)
    gaps, named = found(SCALD, TOLD, CLOSED, BRUISE, choices=(choice(second, "name", "At school"),))
    assert [each.name for each in named.all] == ["", "At school"]
    _, joined = found(SCALD, TOLD, CLOSED, BRUISE, choices=(choice(second, "join", first),))
    assert [each.id for each in joined.all] == [first]
    gaps, parted = found(SCALD, TOLD, CLOSED, BRUISE, choices=(choice(first, "part", "Care/C2"),))
    assert names(gaps, parted) == [["Hospital/H1", "Care/C1"], ["Care/C2"], ["School/S2"]]
    _, ordered = found(SCALD, TOLD, CLOSED, BRUISE, choices=(choice(second, "order", "1"),))
    assert [each.id for each in ordered.all] == [second, first]


def test_the_last_word_stands_and_an_entry_may_stand_for_its_episode() -> None:
    _, all_of = found(SCALD, TOLD, choices=(choice("Care/C1", "name", "One"), choice("Hospital/H1", "name", "Other")))
    assert [each.name for each in all_of.all] == ["Other"]


def test_a_choice_finds_its_episode_again_when_a_graver_event_comes_to_light() -> None:
    bruise = row("Hospital/H1", day(1), "bruising")
    _, before = found(bruise, TOLD)
    graver = row("Police/P1", day(3), "burn-or-scald")
    _, after = found(bruise, TOLD, graver, choices=(choice(before.all[0].id, "name", "The week of the visit"),))
    assert [each.name for each in after.all] == ["The week of the visit"]
    assert after.all[0].id != before.all[0].id


def test_a_choice_that_finds_nothing_is_said_and_changes_nothing() -> None:
    gaps, all_of = found(SCALD, choices=(choice("episode-0000000000", "name", "Nothing"),))
    assert [each.name for each in all_of.all] == [""]
    (problem,) = stale_choices(gaps)
    assert problem.place.file == "episodes.csv"
    assert "not applied" in problem.done


def test_episodes_csv_is_read_row_by_row_and_what_cannot_be_used_is_said(tmp_path: Path) -> None:
    file = tmp_path / "episodes.csv"
    file.write_text(
        "Episode,What,Value,By,On,Why\n"
        "episode-1,name,The fall,A. Reader,01/02/2026,\n"
        "episode-1,orderr,2,A. Reader,01/02/2026,\n"
        "episode-1,order,second,A. Reader,01/02/2026,\n"
        ",name,Nobody,A. Reader,01/02/2026,\n"
        "episode-1,join,,A. Reader,01/02/2026,\n"
        "episode-2,order,2,A. Reader,someday,\n",
        encoding="utf-8",
    )
    choices, problems = read_episodes(file)
    assert [(each.id, each.what, each.value) for each in choices] == [
        ("episode-1", "name", "The fall"),
        ("episode-2", "order", "2"),
    ]
    assert [problem.place.row for problem in problems] == [3, 4, 5, 6, 7]
    assert "did you mean" in problems[0].why


def test_a_choice_made_by_command_stands_in_the_file_and_one_that_means_nothing_is_not_written(
    climbie: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "copy"
    shutil.copytree(climbie, folder)
    id = episodes(studied(climbie)).all[4].id

    def choose(*words: str) -> Result:
        return CliRunner().invoke(main, ["episodes", str(folder), "--choose", *words, "--by", "A. Reader"])

    assert choose(id, "name", "The warning").exit_code == 0
    assert choose(id, "order", "1").exit_code == 0
    told = CliRunner().invoke(main, ["episodes", str(folder)]).output
    assert told.index("The warning") < told.index("Villepinte") if "Villepinte" in told else "The warning" in told
    written = (folder / "episodes.csv").read_bytes()
    for words in (
        (id, "nmae", "x"),
        ("episode-0000000000", "name", "x"),
        (id, "order", "first"),
        (id, "part", "None/1"),
    ):
        assert choose(*words).exit_code == 2
    assert CliRunner().invoke(main, ["episodes", str(folder), "--choose", id, "name", "x"]).exit_code == 2
    assert (folder / "episodes.csv").read_bytes() == written
