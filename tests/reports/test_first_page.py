"""The first page can be read aloud: forty-five lines, short sentences, no id inside one, and what is not known."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from pathlib import Path
from random import Random

import pytest
from click.testing import CliRunner
from helpers.drawn import reviews
from helpers.examples import examples
from helpers.small import AGENCIES, day, review, row
from hypothesis import given, settings

from cli import main
from kg.findings.episodes import episodes
from kg.findings.study import Study, find_gaps
from kg.folder import study
from kg.model.record import Entry
from kg.model.review import Review
from kg.reports.episodes import story_json, story_lines, story_rows
from kg.reports.first_page import first_page
from kg.terms.reader import load
from kg.wording.episodes import MOST_WORDS, story

TERMS = load()
CASES = ("climbie", "connelly", "hayter", "training")
BLAME = re.compile(r"\b(failed|failure|should have|neglected to|did not|ignored|fault|blame[^l])\b")


@cache
def studied(folder: Path) -> tuple[Study, tuple[str, ...]]:
    gaps, problems = study(folder, "recorded")
    return gaps, tuple(text for _, text in first_page(gaps, episodes(gaps), problems))


@pytest.fixture(params=CASES)
def case(request: pytest.FixtureRequest) -> tuple[Study, tuple[str, ...]]:
    return studied(request.getfixturevalue(request.param))


def big(number: int) -> Study:
    dealer = Random(3)
    names = [agency.name for agency in AGENCIES]
    rows: list[Entry] = []
    for at in range(number):
        agency = dealer.choice(names)
        rows.append(
            row(
                f"{agency}/{agency[0]}{at}",
                day(dealer.randrange(700)),
                *dealer.sample(
                    ["bruising", "neglect", "burn-or-scald", "domestic-abuse", "hunger"], dealer.randrange(3)
                ),
                contact=dealer.choice(
                    ["home-visit", "telephone-call", "assessment", "case-closure", "hospital-attendance"]
                ),
                to=(dealer.choice([name for name in names if name != agency]),) if dealer.random() < 0.2 else (),
                seen=dealer.choice(["", "yes", "no", "alone"]),
                responses=("no-further-action",) if dealer.random() < 0.1 else (),
            )
        )
    return find_gaps(review(*rows, incident=day(710)), TERMS)


def sentences(lines: tuple[str, ...]) -> list[str]:
    """The sentences of a page: its margin words, headings and brackets taken off."""
    parts: list[str] = []
    for line in lines:
        if line.startswith("   ") and line[3:4].strip():
            parts.append(line[13:])
        elif line.startswith("             ") and parts:
            parts[-1] += " " + line.strip()
    text = [re.sub(r"\s*\[[^\]]*\]$", "", part) for part in parts]
    return [each for part in text for each in re.split(r"(?<=[.”])\s+(?=[A-Z0-9“])", part) if each]


def test_the_page_has_at_most_45_lines_of_100_columns(case: tuple[Study, tuple[str, ...]]) -> None:
    _, lines = case
    assert len(lines) <= 45
    assert max(map(len, lines)) <= 100


def test_the_page_of_two_thousand_entries_is_as_short() -> None:
    gaps = big(2000)
    lines = [text for _, text in first_page(gaps, episodes(gaps), ())]
    assert 20 < len(lines) <= 45
    for number, each in enumerate(episodes(gaps).all, 1):
        assert len(story_lines(gaps, each, number)) <= 12


def test_the_page_of_nothing_says_so() -> None:
    gaps = find_gaps(review(), TERMS)
    text = " ".join(line for _, line in first_page(gaps, episodes(gaps), ()))
    assert "nothing can be said of who was seen" in text


def test_no_sentence_is_longer_than_a_breath_and_none_holds_an_id(case: tuple[Study, tuple[str, ...]]) -> None:
    gaps, lines = case
    refs = {entry.name for entry in gaps.review.entries} | {finding.id for finding in gaps.findings}
    for sentence in sentences(lines):
        assert len(sentence.split()) <= MOST_WORDS, sentence
        assert not [ref for ref in refs if ref in sentence], sentence
        assert not BLAME.search(sentence), sentence


def test_every_story_is_told_in_twelve_lines_and_short_sentences(case: tuple[Study, tuple[str, ...]]) -> None:
    gaps, _ = case
    for number, each in enumerate(episodes(gaps).all, 1):
        lines = [text for _, text in story_lines(gaps, each, number)]
        assert len(lines) <= 12
        assert max(map(len, lines)) <= 100
        for part in story(gaps, each):
            for said in part.sentences:
                assert len(said.split(". ")[0].split()) <= MOST_WORDS, said
                assert not BLAME.search(said), said


def test_a_story_holds_nothing_later_than_its_episode() -> None:
    first = row("Hospital/H1", day(1), "burn-or-scald", contact="hospital-attendance")
    later = row("Care/C1", day(40), "sexual-abuse")
    alone, both = (find_gaps(review(*rows), TERMS) for rows in ((first,), (first, later)))
    told = [
        [part for part in story(gaps, episodes(gaps).all[0]) if part.word in ("Held", "Seen", "Told")]
        for gaps in (alone, both)
    ]
    assert told[0] == told[1]


def test_an_unread_agency_is_named_as_unread(climbie: Path) -> None:
    gaps, lines = studied(climbie)
    unread = [each.agency for each in gaps.coverage if each.unread]
    assert unread
    text = " ".join(line.strip() for line in lines)
    assert "Unread, not blameless" in text
    assert unread[0] in text


@pytest.mark.parametrize("form", ["text", "json", "csv", "markdown"])
def test_every_form_tells_every_episode(form: str, connelly: Path) -> None:
    done = CliRunner().invoke(main, ["episodes", str(connelly), "--format", form])
    assert done.exit_code == 0, done.output
    gaps, _ = studied(connelly)
    for each in episodes(gaps).all:
        assert each.id in done.output


def test_the_json_story_and_the_table_say_the_same(connelly: Path) -> None:
    gaps, _ = studied(connelly)
    found = episodes(gaps)
    told = [part for each in found.all for part in story_json(gaps, each)["story"]]
    assert [" ".join(part["said"]) for part in told] == [each["said"] for each in story_rows(gaps, found)]
    assert date.fromisoformat(story_json(gaps, found.all[0])["from"]) <= date.fromisoformat(
        story_json(gaps, found.all[0])["until"]
    )


@given(reviews())
@settings(max_examples=examples(60))
def test_every_drawn_review_has_a_page_and_stories_within_their_lines(drawn: Review) -> None:
    gaps = find_gaps(drawn, TERMS)
    found = episodes(gaps)
    lines = [text for _, text in first_page(gaps, found, ())]
    assert len(lines) <= 45
    assert max(map(len, lines)) <= 100
    for number, each in enumerate(found.all, 1):
        assert len(story_lines(gaps, each, number)) <= 12
        first, last = each.days(drawn)
        assert first <= last


def test_a_decision_about_somebody_else_is_no_decision_of_the_story() -> None:
    hurt = row("Hospital/H1", day(1), "burn-or-scald", contact="hospital-attendance")
    other = row("Care/C1", day(2), people=("Pat",), responses=("case-closed",))
    own = row("Care/C2", day(3), responses=("no-further-action",))
    gaps = find_gaps(review(hurt, other, own), TERMS)
    (told,) = [part for part in story(gaps, episodes(gaps).all[0]) if part.word == "Decided"]
    assert told.sentences == ("Care recorded: no further action.",)


def test_what_another_knew_stands_beside_what_was_decided_without_it() -> None:
    hurt = row("Hospital/H1", day(1), "burn-or-scald", contact="hospital-attendance")
    visit = row("Care/C1", day(8), "neglect", responses=("no-further-action",))
    gaps = find_gaps(review(hurt, visit), TERMS)
    parts = {part.word: " ".join(part.sentences) for part in story(gaps, episodes(gaps).all[0])}
    assert parts["Decided"] == "Care recorded: no further action."
    assert "Hospital knew of burn or scald; no record of it with Care." in parts["Elsewhere"]
    assert [*parts].index("Decided") < [*parts].index("Elsewhere") < [*parts].index("Asked")


def test_a_choice_of_findings_is_listed_by_kind_and_nothing_else_changes_the_page(climbie: Path) -> None:
    page, listed, chosen = (
        CliRunner().invoke(main, ["find-gaps", str(climbie), *words]).output
        for words in ((), ("--by", "kind"), ("--kind", "missed-share"))
    )
    assert "What a panel would talk about" in page
    assert "What a panel would talk about" not in listed
    assert "What a panel would talk about" not in chosen
