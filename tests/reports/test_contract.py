"""What is printed for machines: the schema holds for the cases, and every finding can be argued with."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from helpers.asking import TERMS, study
from helpers.small import MONDAY, day, row

from kg.dates.when import minute_of
from kg.findings.kinds import kinds
from kg.findings.study import Study, find_gaps
from kg.knowledge.as_of import who_knew
from kg.reports.contract import entry_json, flat, gaps_json, who_knew_json
from kg.reports.schema import FINDINGS, SCHEMA
from loaders import load

CASES = ("climbie", "connelly", "hayter")
CONTRACT = jsonschema.Draft202012Validator(SCHEMA)


@cache
def studied(folder: Path, reading: str = "recorded") -> tuple[Study, dict[str, Any]]:
    loaded = load(folder)
    gaps = find_gaps(loaded.review, TERMS, reading=reading, judgements=loaded.judgements)
    return gaps, gaps_json(gaps, gaps.findings, (*loaded.problems, *gaps.problems))


@pytest.fixture(params=CASES)
def case(request: pytest.FixtureRequest) -> Path:
    folder: Path = request.getfixturevalue(request.param)
    return folder


def test_the_schema_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


def test_the_schema_describes_every_kind_of_finding() -> None:
    assert {each["properties"]["kind"]["const"] for each in FINDINGS} == {kind.notation for kind in kinds()}


@pytest.mark.parametrize("reading", ["recorded", "generous"])
def test_the_cases_keep_the_contract(case: Path, reading: str) -> None:
    CONTRACT.validate(studied(case, reading)[1])


def test_every_finding_names_its_entries_and_carries_plain_sentences(case: Path) -> None:
    gaps, printed = studied(case)
    names = {entry.name for entry in gaps.review.entries}
    for finding in printed["findings"]:
        assert finding["because"], finding["id"]
        assert all(line.strip() and line.strip()[-1] in ".:?!\"'" for line in finding["because"]), finding["because"]
        named = [
            finding.get("entry"),
            *finding.get("contacts", ()),
            *finding.get("path", ()),
            *finding.get("chain", ()),
        ]
        named += [each["entry"] for each in (*finding.get("holders", ()), *finding.get("pieces", ()))]
        assert {name for name in named if name} <= names


def test_every_opportunity_names_its_rule_and_the_rules_source(case: Path) -> None:
    for finding in studied(case)[1]["findings"]:
        for duty in finding.get("duties", ()):
            assert TERMS.duty(duty["id"]) is not None
            assert duty["source"]


def test_no_id_is_given_twice(case: Path) -> None:
    ids = [finding["id"] for finding in studied(case)[1]["findings"]]
    assert len(ids) == len(set(ids))


def test_counts_are_those_of_what_is_listed(case: Path) -> None:
    gaps, printed = studied(case)
    counts = printed["counts"]
    assert counts["entries"] == len(gaps.review.entries) == sum(each["rows"] for each in printed["coverage"])
    assert counts["contacts"] == sum(counts[name] for name in ("seen", "seen_alone", "not_seen", "seen_not_stated"))
    assert counts["missed_shares"] == sum(
        each["kind"] == "missed-share" and each["status"] != "dismissed" for each in printed["findings"]
    )


def test_the_same_input_gives_the_same_bytes(case: Path) -> None:
    loaded = load(case)
    gaps = find_gaps(loaded.review, TERMS, judgements=loaded.judgements)
    again = gaps_json(gaps, gaps.findings, (*loaded.problems, *gaps.problems))
    assert json.dumps(again) == json.dumps(studied(case)[1])


def test_what_an_agency_wrote_stays_word_for_word(case: Path) -> None:
    """Every narrative stands in its file, as written but for the quotation marks of CSV."""
    gaps = studied(case)[0]
    files = {
        path.name: path.read_text(encoding="utf-8-sig").replace('""', '"') for path in (case / "returns").iterdir()
    }
    for entry in gaps.review.entries:
        printed = entry_json(entry)
        assert printed["cells"]["what-happened"] in files[Path(entry.place.file).name], entry.name
        assert entry.narrative.strip() == printed["cells"]["what-happened"].strip()


def test_no_contact_after_the_incident_is_judged(case: Path) -> None:
    gaps, printed = studied(case)
    when = {entry.name: entry.when for entry in gaps.review.entries}
    for finding in printed["findings"]:
        if finding["kind"] in ("missed-share", "missed-opportunity"):
            for name in (*finding.get("contacts", ()), *([finding["entry"]] if "entry" in finding else [])):
                assert when[name].earliest < gaps.review.incident.earliest
                assert not when[name].undated


def test_one_table_has_a_row_for_each_finding(case: Path) -> None:
    gaps = studied(case)[0]
    assert [each["id"] for each in flat(gaps, gaps.findings)] == [each.id for each in gaps.findings]


def test_who_knew_lists_every_agency_though_it_held_nothing() -> None:
    gaps = study(row("Police/1", day(1), "bruising"))
    printed = who_knew_json(gaps, "2021-02-28", who_knew(gaps.knowledge, minute_of(MONDAY) + 30 * 1440))
    assert list(printed["agencies"]) == ["Care", "Police", "Hospital", "School", "Family"]
    assert printed["agencies"]["Care"] == []
    (known,) = printed["agencies"]["Police"]
    assert known == {
        "subject": "Sam", "person": "Sam", "indicator": "bruising", "certainty": "sure", "since": "2021-02-02",
        "surely_from": "2021-02-02", "possibly_from": "2021-02-02",
        "path": ["Police/1"],
    }  # fmt: skip


def test_an_undated_entry_has_no_day_in_json() -> None:
    assert entry_json(row("Care/1"))["when"] == {"words": "", "edtf": "", "hedge": "none"}


def test_the_two_readings_bracket_the_truth(case: Path) -> None:
    """What talk may have passed on makes no new information missing."""
    recorded, generous = (
        {
            (each["subject"], each["indicator"], each["agency"])
            for each in studied(case, reading)[1]["findings"]
            if each["kind"] == "missed-share" and each["certainty"] == "sure"
        }
        for reading in ("recorded", "generous")
    )
    assert generous <= recorded
