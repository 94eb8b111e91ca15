"""What a person sees on a screen never obeys what an agency's file says to the terminal."""

from __future__ import annotations

import json
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from cli import main
from kg.base.signs import visible

HOSTILE = "\x1b[2J\x1b]0;mine\x07"
TURNED = "\u202e"
REVIEW = f"""
title = "Sam {TURNED}\\u001b[31m"
jurisdiction = "England"
kind = "child"
period = "January 2021 - March 2021"
subjects = ["Sam{TURNED} Ash"]

[[people]]
name = "Sam{TURNED} Ash"

[[agencies]]
name = "Hos\u2066pital"
type = "hospital"
file = "h.csv"

[[agencies]]
name = "Police"
type = "police"
file = "p.csv"
"""
RETURNS = {
    "h.csv": "Ref,Date,People,Contact,What happened,Said,Indicators,Shared with\n"
    f'H{HOSTILE}1,01/02/2021,Sam{TURNED} Ash,home-visit,Text {TURNED}{HOSTILE} and\u200e more,"\x9b he said",bruising,Police\n'
    f"H2,32/{HOSTILE}/2021,Sam{TURNED} Ashe,home-visit,Other,,bru{HOSTILE}sing,\n",
    "p.csv": f"Ref,Date,People,Contact,What happened\nP1,09/02/2021,Sam{TURNED} Ash,interview,Seen\n",
}
COMMANDS = (
    ("check",), ("check", "--dates"), ("check", "--format", "markdown"), ("chronology",), ("find-gaps", "--all"),
    ("find-gaps",), ("episodes",),
    ("find-gaps", "--format", "markdown"), ("who-knew", "--on", "01/03/2021"), ("link", "--format", "text"), ("counts",),
    ("questions",), ("questions", "--format", "markdown"), ("explain", "nothing-of-this-name"),
)  # fmt: skip


@pytest.fixture
def hostile(write_review) -> Path:  # type: ignore[no-untyped-def]
    folder: Path = write_review(REVIEW, RETURNS)
    return folder


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_nothing_a_return_says_reaches_the_terminal_as_an_order(hostile: Path, words: tuple[str, ...]) -> None:
    said = CliRunner().invoke(main, [words[0], str(hostile), *words[1:]]).output
    assert said
    unseen = {sign for sign in said if unicodedata.category(sign) in ("Cc", "Cf") and sign not in "\n\t"}
    assert not unseen


def test_what_was_hidden_is_shown_where_it_stands(hostile: Path) -> None:
    said = CliRunner().invoke(main, ["chronology", str(hostile)]).output
    assert "Text ␛[2J␛]0;mine␇ and more" in said  # marks of direction are put aside at reading, and said
    told = CliRunner().invoke(main, ["check", str(hostile), "--all"]).output
    assert "They are read without these signs" in " ".join(told.split())


def test_programs_are_given_the_words_as_they_were_written(hostile: Path) -> None:
    said = CliRunner().invoke(main, ["check", str(hostile), "--dates", "--format", "json"]).output
    assert f"32/{HOSTILE}/2021" in {row["written"] for row in json.loads(said)}


@given(st.text())
def test_what_is_visible_stays_as_it_is_and_nothing_else_is_left(text: str) -> None:
    shown = visible(text)
    assert visible(shown) == shown
    assert "\x1b" not in shown
    if text.isprintable():
        assert shown == text


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
@pytest.mark.parametrize("words", [("schema",), ("--help",), ("ontology", "bruising")])
def test_a_full_disk_is_said_in_a_sentence(words: tuple[str, ...]) -> None:
    root = Path(__file__).resolve().parents[2]
    with open("/dev/full", "w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "cli", *words], stdout=full, stderr=subprocess.PIPE, text=True, cwd=root, check=False
        )
    assert done.returncode == 1
    assert done.stderr.startswith("Error: what is to be printed could not be written (")
    assert done.stderr.count("\n") == 1
