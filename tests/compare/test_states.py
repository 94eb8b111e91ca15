"""Two states of a review: what differs, and that the reason given is the one."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random

import pytest
from click.testing import CliRunner
from helpers.small import day, review, row
from hypothesis import given
from hypothesis import strategies as st

import loaders
from kg.commands.compare import diff_command
from kg.compare.states import Diff, diff, match_entries
from kg.findings.study import Study, find_gaps
from kg.model.problem import Place
from kg.model.record import Entry
from kg.model.review import Review
from kg.model.reviewer import Judgement
from kg.reports.states import diff_json, diff_report, diff_rows
from kg.terms.reader import load

TERMS = load()

HELD = row("Hospital/H1", day(1), "bruising")
TELLS = row("Hospital/H2", day(2), contact="telephone-call", to=("Care",), what=("H1",))
VISIT = row("Care/C1", day(10))
TOLD = row("Care/C0", day(2), contact="telephone-call", heard_from=("Hospital",))


def of(*entries: Entry) -> Study:
    return find_gaps(review(*entries), TERMS)


def ids(gaps: Study, kind: str) -> set[str]:
    return {each.id for each in gaps.findings if each.kind == kind}


def bare(entry: Entry, name: str) -> Entry:
    """The same row without a Ref, standing elsewhere in the file."""
    cells = {key: value for key, value in entry.cells.items() if key != "ref"}
    return replace(entry, name=name, ref=name.split("/")[1], cells=cells)


def test_a_state_does_not_differ_from_itself() -> None:
    gaps = of(HELD, VISIT)
    found = diff(gaps, gaps)
    assert found.same
    assert (found.entries.added, found.entries.removed, found.entries.changed) == ((), (), ())


def test_moving_rows_changes_nothing(climbie: Path) -> None:
    first = loaders.load(climbie).review
    entries = list(first.entries)
    Random(3).shuffle(entries)
    moved = tuple(replace(entry, place=replace(entry.place, row=at + 2)) for at, entry in enumerate(entries))
    found = diff(find_gaps(first, TERMS), find_gaps(replace(first, entries=moved), TERMS))
    assert found.same
    assert (found.entries.added, found.entries.removed, found.entries.changed) == ((), (), ())
    assert found.settings == ()


def test_a_row_that_shows_the_news_came_takes_the_finding_away_and_is_named() -> None:
    before, after = of(HELD, TELLS, VISIT), of(HELD, TELLS, TOLD, VISIT)
    lost = {each.id for each in before.findings} - {each.id for each in after.findings}
    assert {kind for kind in ("missed-share", "not-received") if ids(before, kind) & lost} == {
        "missed-share",
        "not-received",
    }
    found = diff(before, after)
    went = [each for each in found.went if each.before is not None and each.before.id in lost]
    assert {each.before.id for each in went if each.before} == lost
    assert all("Care/C0" in (*each.why.named, *each.why.touching) for each in went)
    assert [entry.name for entry in found.entries.added] == ["Care/C0"]


def test_came_one_way_is_went_the_other() -> None:
    a, b = of(HELD, VISIT), of(HELD, VISIT, row("School/S1", day(12), "bruising"))
    there, back = diff(a, b), diff(b, a)
    assert {each.after.id for each in there.came if each.after} == {each.before.id for each in back.went if each.before}
    assert {each.after.id for each in there.changed if each.after} == {
        each.before.id for each in back.changed if each.before
    }
    assert there.came


def test_a_decision_is_a_change_of_status_and_of_nothing_else() -> None:
    a = of(HELD, VISIT)
    first = a.findings[0]
    judged = Judgement(first.id, "accepted", "A Reviewer", date(2021, 5, 4), "It is so.", Place("judgements.csv"))
    b = find_gaps(a.review, TERMS, judgements=[judged])
    (each,) = diff(a, b).changed
    assert each.changes == {"status": ("open", "accepted")}
    assert each.why.decided
    assert not each.why.named


def test_a_changed_cell_is_named_by_its_column() -> None:
    other = replace(VISIT, narrative="Visited.", cells={**VISIT.cells, "what-happened": "Visited."})
    found = diff(of(HELD, VISIT), of(HELD, other))
    (changed,) = found.entries.changed
    assert changed.columns == ("what-happened",)
    assert found.same, "words that no rule reads make no finding"


def test_a_row_without_a_ref_keeps_its_identity_when_another_is_put_before_it() -> None:
    new = bare(row("Care/x", day(2)), "Care/row-2")
    a = of(HELD, bare(VISIT, "Care/row-2"))
    b = of(HELD, new, bare(VISIT, "Care/row-3"))
    entries, same = match_entries(a.review, b.review)
    assert same["Care/row-2"] == "Care/row-3"
    assert [entry.name for entry in entries.added] == ["Care/row-2"]
    assert not entries.removed
    assert not entries.changed


def test_a_changed_setting_is_named() -> None:
    a = of(HELD, VISIT)
    b = find_gaps(replace(a.review, incident=day(5), area="Anywhere"), TERMS)
    found = diff(a, b)
    assert found.settings == ("area", "incident")
    assert all(each.why.settings for each in (*found.came, *found.went, *found.changed))
    assert found.went, "a visit after the incident is not judged"


ROWS = st.lists(st.tuples(st.sampled_from("ABC"), st.booleans(), st.integers(0, 2)), max_size=8)


def drawn(rows: list[tuple[str, bool, int]]) -> Review:
    entries = []
    for at, (ref, has_ref, when) in enumerate(rows):
        entry = row(f"Care/{ref}{at if has_ref else ''}", day(when))
        entries.append(entry if has_ref else bare(entry, f"Care/row-{at}"))
    return review(*entries)


@given(ROWS, ROWS)
def test_every_row_is_the_same_changed_added_or_removed(
    one: list[tuple[str, bool, int]], other: list[tuple[str, bool, int]]
) -> None:
    a, b = drawn(one), drawn(other)
    entries, same = match_entries(a, b)
    assert len(same) + len(entries.removed) == len(a.entries)
    assert len(same) + len(entries.added) == len(b.entries)
    assert len(set(same.values())) == len(same)


@given(ROWS)
def test_no_row_of_a_state_differs_from_itself(rows: list[tuple[str, bool, int]]) -> None:
    entries, _ = match_entries(drawn(rows), drawn(rows))
    assert (entries.added, entries.removed, entries.changed) == ((), (), ())


@pytest.fixture
def two_states(climbie: Path, tmp_path: Path) -> tuple[Path, Path]:
    """The example, and a copy from which one agency's first row is gone."""
    later = tmp_path / "later"
    shutil.copytree(climbie, later)
    file = max((later / "returns").glob("*.csv"), key=lambda each: each.stat().st_size)
    lines = file.read_text(encoding="utf-8").rstrip("\n").split("\n")
    file.write_text("\n".join([lines[0], *lines[2:]]) + "\n", encoding="utf-8")
    return climbie, later


def test_the_report_fits_and_the_formats_agree(two_states: tuple[Path, Path]) -> None:
    a, b = (find_gaps(loaders.load(folder).review, TERMS) for folder in two_states)
    found: Diff = diff(a, b)
    for everything in (False, True):
        assert max(len(text) for _, text in diff_report(a, b, found, everything=everything)) <= 100
    said = diff_json(a, b, found)
    assert len(said["entries"]["removed"]) == 1
    differences = [*said["came"], *said["went"], *said["changed"]]
    assert [each["id"] for each in diff_rows(a, b, found)] == [each["id"] for each in differences]
    assert all(each["why"]["words"].startswith("Why: ") for each in differences)


def test_the_command_ends_with_1_only_when_asked_and_only_if_findings_differ(two_states: tuple[Path, Path]) -> None:
    earlier, later = map(str, two_states)
    run = CliRunner().invoke
    assert run(diff_command, [earlier, later]).exit_code == 0
    assert run(diff_command, [earlier, later, "--fail-on", "any"]).exit_code == 1
    assert run(diff_command, [earlier, earlier, "--fail-on", "any"]).exit_code == 0
    done = run(diff_command, [earlier, later, "--format", "json"])
    assert json.loads(done.output)["rules"] == "the same"
    for form in ("csv", "markdown"):
        assert "difference" in run(diff_command, [earlier, later, "--format", form]).output
