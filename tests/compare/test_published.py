"""Comparison with a published report: honest about what matches, what cannot, and what chance would give."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from functools import cache
from pathlib import Path
from random import Random

import networkx as nx
import pytest
from click.testing import CliRunner
from helpers.small import WriteReview, day, review, row
from hypothesis import given
from hypothesis import strategies as st

import loaders
from kg.commands.compare import compare_command
from kg.compare.published import SHUFFLES, Comparison, compare, largest_matching
from kg.dates.when import UNDATED, When
from kg.findings.kinds import kinds
from kg.findings.study import Study, find_gaps
from kg.model.problem import Place
from kg.model.record import Entry
from kg.model.reviewer import Published
from kg.reports.comparison import compare_json, compare_report, compare_rows
from kg.terms.reader import load

TERMS = load()


def published(id: str, when: When, agency: str, kind: str = "missed-opportunity") -> Published:
    return Published(id, when, agency, kind, f"Finding {id}.", "A report", Place("findings.csv", row=2))


def studied(*entries: Entry) -> Study:
    return find_gaps(review(*entries), TERMS)


BRUISE = row("Care/C1", day(3), "physical-abuse", people=("Sam",))


@cache
def on_case(folder: Path) -> tuple[Study, tuple[Published, ...], Comparison]:
    loaded = loaders.load(folder)
    gaps = find_gaps(loaded.review, TERMS, judgements=loaded.judgements)
    return gaps, loaded.published, compare(gaps, loaded.published)


def test_the_small_review_has_an_opportunity_to_match() -> None:
    assert [each.kind for each in studied(BRUISE).findings if each.agency == "Care"][:1] == ["missed-opportunity"]


def test_same_agency_and_overlapping_dates_match() -> None:
    found = compare(studied(BRUISE), [published("F1", day(1, 5), "Care")])
    assert [theirs.id for _, theirs in found.matched] == ["F1"]
    assert found.whole.recall == 1.0
    assert found.whole.read == 1


@pytest.mark.parametrize(
    ("theirs", "why"),
    [
        (published("F1", day(4, 9), "Care"), "other-times"),
        (published("F1", day(3), "School"), "silent"),
        (published("F1", day(3), "Care", "subject-not-seen"), "silent"),
    ],
)
def test_another_day_agency_or_kind_does_not_match(theirs: Published, why: str) -> None:
    found = compare(studied(BRUISE), [theirs])
    assert found.matched == ()
    assert found.only_theirs == ((theirs, why),)
    assert found.whole.recall == 0.0


@pytest.mark.parametrize(
    ("theirs", "why"),
    [
        (published("F1", UNDATED, "Care"), "undated"),
        (published("F1", day(3), ""), "no-agency"),
        (published("F1", day(3), "The Bakery"), "unknown-agency"),
        (published("F1", day(3), "Care", "supervision"), "kind"),
    ],
)
def test_what_cannot_be_compared_is_counted_apart_and_never_as_missed(theirs: Published, why: str) -> None:
    found = compare(studied(BRUISE), [theirs, published("F2", day(3), "Care")])
    assert found.not_comparable == ((theirs, why),)
    assert (found.whole.published, found.whole.comparable, found.whole.matched) == (2, 1, 1)
    assert (found.whole.recall, found.whole.recall_of_all) == (1.0, 0.5)


def test_nothing_to_compare_gives_no_recall_rather_than_a_full_one() -> None:
    found = compare(studied(BRUISE), [published("F1", UNDATED, "Care")])
    assert found.whole.recall is None
    assert found.whole.baseline.recall is None


def test_one_finding_of_ours_answers_for_one_of_theirs_only() -> None:
    found = compare(studied(BRUISE), [published("F1", day(3), "Care"), published("F2", day(2, 4), "Care")])
    assert len(found.matched) == 1
    assert [why for _, why in found.only_theirs] == ["taken"]


def test_a_finding_that_the_reviewer_dismissed_takes_no_part() -> None:
    gaps = studied(BRUISE)
    gaps = replace(gaps, findings=tuple(replace(each, status="dismissed") for each in gaps.findings))
    found = compare(gaps, [published("F1", day(3), "Care")])
    assert found.matched == ()
    assert found.dismissed == len(gaps.findings)


def test_what_did_not_arrive_matches_the_holder_as_not_shared_and_the_seeker_as_not_received() -> None:
    gaps = studied(
        row("Hospital/H1", day(1), "bruising"),
        row("Hospital/H2", day(2)),
        row("Care/C1", day(10), contact="home-visit"),
    )
    assert any(each.kind == "missed-share" and each.agency == "Care" for each in gaps.findings)
    holder = compare(gaps, [published("F1", day(8), "Hospital", "information-not-shared")])
    seeker = compare(gaps, [published("F1", day(10), "Care", "information-not-received")])
    assert len(holder.matched) == len(seeker.matched) == 1
    for kind, agency in (("information-not-shared", "Care"), ("information-not-received", "Hospital")):
        assert not compare(gaps, [published("F1", day(10), agency, kind)]).matched


def test_not_seen_speaks_only_of_the_days_between_two_sightings() -> None:
    seen = [row("Care/C1", day(1), seen="yes"), row("School/S1", day(20), contact="home-visit", seen="yes")]
    gaps = find_gaps(review(*seen, incident=day(24)), TERMS)
    between = compare(gaps, [published("F1", day(5), "Police", "subject-not-seen")])
    at_a_sighting = compare(gaps, [published("F1", day(1), "Care", "subject-not-seen")])
    assert len(between.matched) == 1
    assert not at_a_sighting.matched


def test_with_one_agency_chance_does_as_well_as_we_do() -> None:
    found = compare(studied(BRUISE), [published("F1", day(3), "Care")])
    assert found.whole.baseline.recall == 1.0
    assert found.whole.baseline.as_good == 1.0


def test_a_baseline_is_below_a_recall_that_rests_on_agencies() -> None:
    names = ["Care", "Police", "Hospital", "School"]
    gaps = studied(*(row(f"{name}/X{at}", day(5 * at), "physical-abuse") for at, name in enumerate(names)))
    kinds = {each.agency for each in gaps.findings if each.kind == "missed-opportunity"}
    theirs = [published(f"F{at}", day(5 * at), name) for at, name in enumerate(names) if name in kinds]
    found = compare(gaps, theirs)
    assert len(theirs) > 1
    assert found.whole.recall == 1.0
    assert found.whole.baseline.recall is not None
    assert found.whole.baseline.recall < 1.0


EDGES = st.dictionaries(st.integers(1, 12), st.lists(st.integers(0, 9), unique=True).map(sorted), max_size=12)


@given(EDGES)
def test_no_matching_is_larger(edges: dict[int, list[int]]) -> None:
    pairs = largest_matching(edges)
    graph = nx.Graph([(("ours", rank), ("theirs", at)) for rank, some in edges.items() for at in some])
    graph.add_nodes_from(("ours", rank) for rank in edges)
    best = nx.bipartite.maximum_matching(graph, top_nodes=[("ours", rank) for rank in edges])
    assert len(pairs) == len(best) // 2
    assert all(at in edges[rank] for rank, at in pairs)
    assert len({rank for rank, _ in pairs}) == len({at for _, at in pairs}) == len(pairs)


@given(EDGES)
def test_findings_read_earlier_are_used_before_later_ones(edges: dict[int, list[int]]) -> None:
    used = {rank for rank, _ in largest_matching(edges)}
    for last in edges:
        first_part = {rank: some for rank, some in edges.items() if rank <= last}
        assert {rank for rank, _ in largest_matching(first_part)} == {rank for rank in used if rank <= last}


@pytest.mark.parametrize("case", ["climbie", "connelly"])
def test_no_number_depends_on_the_order_of_rows(case: str, request: pytest.FixtureRequest) -> None:
    gaps, theirs, found = on_case(request.getfixturevalue(case))
    entries, findings = list(gaps.review.entries), list(theirs)
    Random(7).shuffle(entries)
    Random(8).shuffle(findings)
    other = find_gaps(replace(gaps.review, entries=tuple(entries)), TERMS)
    again = compare(other, findings)
    assert compare_json(other, again) == compare_json(gaps, found)


@pytest.mark.parametrize("case", ["climbie", "connelly", "hayter"])
def test_every_finding_of_both_sides_is_told_once(case: str, request: pytest.FixtureRequest) -> None:
    gaps, theirs, found = on_case(request.getfixturevalue(case))
    told = [each.id for _, each in found.matched] + [each.id for each, _ in (*found.only_theirs, *found.not_comparable)]
    assert sorted(told) == sorted(each.id for each in theirs)
    assert len(found.matched) + len(found.only_ours) == found.claims
    assert len(list(compare_rows(gaps, found))) == len(theirs) + len(found.only_ours)


# Matched at least, of how many that can be compared: the whole, and missed opportunities alone.
FLOORS = {"climbie": ((20, 28), (10, 12)), "connelly": ((13, 23), (6, 7))}


@pytest.mark.parametrize("case", FLOORS)
def test_the_honest_recall_does_not_fall(case: str, request: pytest.FixtureRequest) -> None:
    _, _, found = on_case(request.getfixturevalue(case))
    alone = dict(found.by_kind)["missed-opportunity"]
    for tally, (least, of) in zip((found.whole, alone), FLOORS[case], strict=True):
        assert tally.comparable == of
        assert tally.matched >= least


@pytest.mark.parametrize("case", ["climbie", "connelly", "hayter"])
def test_the_documents_give_the_figures_of_this_version(case: str, root: Path, request: pytest.FixtureRequest) -> None:
    _, _, found = on_case(request.getfixturevalue(case))
    name = {"climbie": "Climbié", "connelly": "Connelly", "hayter": "Hayter"}[case]
    text = (root / "docs" / "limits.md").read_text(encoding="utf-8")
    for words, tally in (
        ("all kinds", found.whole),
        ("missed opportunities", dict(found.by_kind)["missed-opportunity"]),
    ):
        base = tally.baseline
        assert tally.recall is not None
        line = (
            f"| {name}, {words} | {tally.matched} of {tally.comparable} | {tally.recall:.0%} | {base.recall:.0%} | "
            f"{base.p95:.0%} | {base.as_good:.0%} |"
        )
        assert line in text, f"docs/limits.md should say: {line}"


def test_the_map_names_kinds_that_exist_and_sides_that_are_read() -> None:
    published = {concept.notation for concept in TERMS.schemes["finding-kind"].concepts}
    assert TERMS.kind_matches
    for match in TERMS.kind_matches:
        assert match.published in published
        assert match.ours in {kind.notation for kind in kinds()}
        assert match.side in ("agency", "holder", "every")
        assert match.why.endswith(".")


@pytest.mark.parametrize("everything", [False, True])
def test_the_report_fits_and_says_what_a_match_is_not(climbie: Path, everything: bool) -> None:
    gaps, _, found = on_case(climbie)
    lines = [text for _, text in compare_report(gaps, found, everything=everything)]
    assert max(map(len, lines)) <= 100
    text = re.sub(r"\s+", " ", " ".join(lines))
    assert f"shuffled {SHUFFLES} times" in text
    assert "does not say that they mean the same occasion" in text


def test_the_command_prints_what_was_promised_for_programs(climbie: Path) -> None:
    done = CliRunner().invoke(compare_command, [str(climbie), "--format", "json", "--kind", "Missed opportunity"])
    assert done.exit_code == 0, done.output
    said = json.loads(done.output)
    assert {"matched", "only_ours", "only_theirs", "recall", "baseline_recall"} <= said.keys()
    assert {each["theirs"]["kind"] for each in said["matched"]} == {"missed-opportunity"}
    assert 0 <= said["baseline_recall"] <= said["recall"] <= 1


@pytest.mark.parametrize("form", ["text", "csv", "markdown"])
def test_every_format_names_each_published_finding(connelly: Path, form: str) -> None:
    done = CliRunner().invoke(compare_command, [str(connelly), "--format", form, "--all"])
    assert done.exit_code == 0, done.output
    _, theirs, _ = on_case(connelly)
    assert all(each.id in done.output for each in theirs)


def test_a_review_without_published_findings_is_told_what_to_write(write_review: WriteReview) -> None:
    toml = 'title = "Sam"\njurisdiction = "England"\nkind = "child"\nsubjects = ["Sam"]\n[[people]]\nname = "Sam"\n'
    done = CliRunner().invoke(compare_command, [str(write_review(toml))])
    assert done.exit_code == 2
    assert "Id, Date, Agency, Kind, Finding, Source" in re.sub(r"\s+", " ", done.output)


def test_an_unknown_kind_is_answered_with_the_kinds_there_are(climbie: Path) -> None:
    done = CliRunner().invoke(compare_command, [str(climbie), "--kind", "weather"])
    assert done.exit_code == 2
    assert "missed-opportunity" in done.output
