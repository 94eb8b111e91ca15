"""The command line: exit codes, formats, widths, and answers to words that name nothing."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cli import main
from kg.base.signs import still
from kg.base.tables import as_csv, as_markdown

REVIEW = """
title = "Sam"
jurisdiction = "England"
kind = "child"
period = "January 2021 - March 2021"
incident = "31/03/2021"
subjects = ["Sam"]

[[people]]
name = "Sam"
role = "child"

[[agencies]]
name = "Town Police"
type = "police"
aliases = ["Constabulary"]

[[agencies]]
name = "Town Social Care"
type = "childrens-social-care"
"""
RETURNS = {
    "town-police.csv": "Ref,Date,People,Contact,What happened,Indicators\n"
    'P1,01/02/2021,Sam,home-visit,"=HYPERLINK(""x"")",bruising\n',
    "town-social-care.csv": "Ref,Date,People,Contact,What happened\nC1,15/02/2021,Sam,home-visit,Visited | talked.\n",
}


@pytest.fixture
def small(write_review) -> Path:  # type: ignore[no-untyped-def]
    folder: Path = write_review(REVIEW, RETURNS)
    return folder


def run(*words: object) -> Result:
    """A command, as typed. Whatever happens, nobody sees a traceback."""
    result = CliRunner().invoke(main, [str(word) for word in words])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def kg(*words: str, **setting: str) -> subprocess.CompletedProcess[str]:
    """The program in a process of its own."""
    root = Path(__file__).resolve().parents[2]
    return subprocess.run(
        [sys.executable, str(root / "cli.py"), *words], cwd=root, capture_output=True, text=True, encoding="utf-8",
        timeout=120, check=False, env={**os.environ, "PYTHONIOENCODING": "utf-8", **setting},
    )  # fmt: skip


ASKING = {
    "check": ("check", "--fail-on", "never"),
    "dates": ("check", "--dates", "--fail-on", "never"),
    "chronology": ("chronology",),
    "find-gaps": ("find-gaps", "--all"),
    "who-knew": ("who-knew", "--on", "28/02/2021"),
    "questions": ("questions",),
    "counts": ("counts",),
}


@pytest.mark.parametrize("name", ASKING)
def test_every_command_prints_text_json_csv_and_markdown(name: str, small: Path) -> None:
    command, *options = ASKING[name]
    for form in ("text", "json", "csv", "markdown"):
        result = run(command, small, *options, "--format", form)
        assert result.exit_code == 0, result.output
        assert result.stdout.strip(), form
        if form == "json":
            json.loads(result.stdout)
        if form == "csv":
            table = list(csv.reader(io.StringIO(result.stdout)))
            assert {len(line) for line in table} == {len(table[0])}


@pytest.mark.parametrize(
    ("options", "code"),
    [((), 0), (("--fail-on", "never"), 0), (("--fail-on", "any"), 1), (("--fail-on", "sure"), 1),
     (("--kind", "pooled-threshold", "--fail-on", "any"), 0), (("--fail-on", "sometimes"), 2)],
)  # fmt: skip
def test_find_gaps_ends_with_1_only_when_asked(options: tuple[str, ...], code: int, small: Path) -> None:
    assert run("find-gaps", small, *options).exit_code == code


def test_problems_end_check_with_1_unless_they_are_let_pass(write_review) -> None:  # type: ignore[no-untyped-def]
    bad = write_review(REVIEW, {"town-police.csv": "Ref,Date,What happened\nP1,31/02/2021,Visited.\n"})
    assert run("check", bad, "--fail-on", "warning").exit_code == 1
    assert run("check", bad, "--fail-on", "never").exit_code == 0
    assert run("find-gaps", bad, "--fail-on", "problems").exit_code == 1
    assert "31/02/2021" in run("check", bad, "--fail-on", "never").stdout


@pytest.mark.parametrize(
    "words",
    [("find-gaps",), ("find-gaps", "no-such-folder"), ("no-such-command",), ("who-knew", "{}"), ("schema", "{}"),
     ("who-knew", "{}", "--on", "31/02/2021"), ("who-knew", "{}", "--on", "soon"), ("chronology", "{}", "--since", "X"),
     ("find-gaps", "{}", "--kind", "missed"), ("find-gaps", "{}", "--until", "99/99/99")],
)  # fmt: skip
def test_a_slip_on_the_command_line_ends_with_2_and_a_sentence(words: tuple[str, ...], small: Path) -> None:
    result = run(*(word.replace("{}", str(small)) for word in words))
    assert result.exit_code == 2
    assert result.stderr.strip()
    assert "Traceback" not in result.output


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        (("find-gaps", "{}", "--agency", "Town Polise"), "Town Police"),
        (("chronology", "{}", "--agency", "Town Social Car"), "Town Social Care"),
        (("find-gaps", "{}", "--person", "Samm"), "Sam"),
        (("chronology", "{}", "--kind", "brusing"), "bruising"),
        (("explain", "{}", "Town Police/P11"), "Town Police/P1"),
        (("who-knew", "{}", "--on", "28/02/2021", "--entry", "Town Police/Q1"), "Town Police/P1"),
    ],
)
def test_a_near_miss_is_answered_with_what_was_perhaps_meant(words: tuple[str, ...], meant: str, small: Path) -> None:
    result = run(*(word.replace("{}", str(small)) for word in words))
    assert result.exit_code == 2
    assert f"Did you mean {meant}" in " ".join(result.stderr.split()), result.stderr


def test_an_agency_is_known_by_its_alias_whatever_the_case(small: Path) -> None:
    result = run("chronology", small, "--agency", "CONSTABULARY", "--format", "json")
    assert [entry["name"] for entry in json.loads(result.stdout)] == ["Town Police/P1"]


def test_an_id_that_find_gaps_prints_is_explained(small: Path) -> None:
    found = json.loads(run("find-gaps", small, "--format", "json").stdout)["findings"]
    assert found
    for finding in found:
        assert run("explain", small, finding["id"]).exit_code == 0
        assert json.loads(run("explain", small, finding["id"], "--format", "json").stdout)["id"] == finding["id"]


def test_an_unknown_id_is_said_to_be_none(small: Path) -> None:
    result = run("explain", small, "chance-0000000000")
    assert result.exit_code == 2
    assert "chance-0000000000" in result.stderr


def test_several_reviews_are_one_object_a_line(climbie: Path, small: Path) -> None:
    result = run("find-gaps", climbie, small, "--format", "json")
    titles = [json.loads(line)["review"]["title"] for line in result.stdout.splitlines()]
    assert len(titles) == 2
    assert titles[1] == "Sam"
    one = run("find-gaps", small, "--format", "json")
    assert json.loads(one.stdout) == json.loads(result.stdout.splitlines()[1])


def test_schema_prints_the_schema() -> None:
    assert json.loads(run("schema").stdout)["title"] == "kg find-gaps --format json"


@pytest.mark.parametrize("case", ["climbie", "connelly"])
@pytest.mark.parametrize(
    "words",
    [("check", "--fail-on", "never"), ("check", "--dates", "--fail-on", "never"), ("chronology",), ("find-gaps",),
     ("find-gaps", "--all"), ("who-knew", "--on", "06/08/2007"), ("compare",), ("counts",), ("questions",)],
    ids=lambda words: "-".join(words[:2]) if isinstance(words, tuple) else words,
)  # fmt: skip
def test_text_is_at_most_100_columns_wide(case: str, words: tuple[str, ...], request: pytest.FixtureRequest) -> None:
    """A line may be longer only where one word of it, an address or a name, is too long to be broken."""
    command, *options = words
    result = run(command, request.getfixturevalue(case), *options)
    assert result.exit_code == 0
    for line in result.stdout.splitlines():
        assert len(line) <= 100 or max(map(len, line.split())) > 60, line


@pytest.mark.parametrize("case", ["climbie", "connelly"])
def test_every_explanation_is_at_most_100_columns_wide(case: str, request: pytest.FixtureRequest) -> None:
    folder = request.getfixturevalue(case)
    found = json.loads(run("find-gaps", folder, "--format", "json").stdout)["findings"]
    first = {finding["kind"]: finding["id"] for finding in reversed(found)}
    for id in first.values():
        for line in run("explain", folder, id).stdout.splitlines():
            assert len(line) <= 100 or max(map(len, line.split())) > 60, line


def test_the_first_screen_says_what_matters_in_some_forty_lines_a_kind(climbie: Path) -> None:
    short, whole = run("find-gaps", climbie, "--by", "kind").stdout, run("find-gaps", climbie, "--all").stdout
    assert len(short.splitlines()) < len(whole.splitlines()) / 2


def test_no_colour_without_a_terminal_and_none_where_no_color_is_set(climbie: Path) -> None:
    assert "\x1b[" not in run("find-gaps", climbie).stdout
    forced = CliRunner().invoke(main, ["find-gaps", str(climbie)], color=True, env={"NO_COLOR": ""})
    assert "\x1b[" in forced.output
    quiet = CliRunner().invoke(main, ["find-gaps", str(climbie)], color=True, env={"NO_COLOR": "1"})
    assert "\x1b[" not in quiet.output


def test_a_formula_in_a_return_is_no_formula_in_our_csv(small: Path) -> None:
    result = run("chronology", small, "--format", "csv")
    cells = [cell for line in csv.reader(io.StringIO(result.stdout)) for cell in line]
    assert '\'=HYPERLINK("x")' in cells
    assert not any(cell.startswith(("=", "+", "@")) for cell in cells)
    entries = json.loads(run("chronology", small, "--format", "json").stdout)
    assert entries[0]["narrative"] == '=HYPERLINK("x")', "the record itself stays word for word"


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_cells_that_a_spreadsheet_would_run_get_an_apostrophe(cell: str) -> None:
    assert still(cell) == f"'{cell}"
    assert still("1=1") == "1=1"


@pytest.mark.parametrize("cell", ["a\rb", "a\r\nb", "a\nb"])
def test_a_cell_with_line_breaks_stays_one_cell(cell: str) -> None:
    table = as_csv(["one", "two"], [{"one": cell, "two": "x"}])
    assert list(csv.reader(io.StringIO(table, newline="")))[1] == ["a\nb", "x"]


def test_bars_and_line_breaks_stay_in_their_markdown_cell() -> None:
    table = as_markdown(["a", "b"], [{"a": "one | two", "b": "first\nsecond"}])
    assert table.splitlines()[2] == "| one \\| two | first<br>second |"


def test_help_of_every_command_gives_an_example() -> None:
    for name in main.list_commands(None):  # type: ignore[arg-type]
        result = run(name, "--help")
        assert result.exit_code == 0
        assert "Example" in result.stdout, name


def test_help_imports_no_heavy_library() -> None:
    script = (
        "import sys; from cli import main\n"
        "try: main(['--help'])\n"
        "except SystemExit: pass\n"
        "heavy = {'rdflib', 'pyshacl', 'networkx', 'holidays', 'docx', 'xlsxwriter', 'python_calamine'}\n"
        "print(sorted(heavy & set(sys.modules)), file=sys.stderr)"
    )
    root = Path(__file__).resolve().parents[2]
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=root, capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stderr.strip() == "[]"


def test_who_stops_reading_early_sees_no_traceback(climbie: Path) -> None:
    root = Path(__file__).resolve().parents[2]
    reader, writer = os.pipe()
    os.close(reader)
    try:
        done = subprocess.run(
            [sys.executable, str(root / "cli.py"), "find-gaps", str(climbie), "--all"], cwd=root, stdout=writer,
            stderr=subprocess.PIPE, text=True, timeout=120, check=False,
        )  # fmt: skip
    finally:
        os.close(writer)
    assert "Traceback" not in done.stderr
    assert "Error" not in done.stderr


def test_a_terminal_that_knows_no_accents_still_gets_every_line(climbie: Path) -> None:
    done = kg("find-gaps", str(climbie), PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert done.returncode == 0, done.stderr
    assert "Climbi?" in done.stdout or "Climbi" in done.stdout


def test_the_same_command_prints_the_same_bytes_whatever_the_seed_of_hashes(small: Path, connelly: Path) -> None:
    one, other = (kg("find-gaps", str(connelly), "--format", "json", PYTHONHASHSEED=seed).stdout for seed in ("1", "2"))
    assert one == other
    assert one


def test_new_makes_a_folder_that_can_be_checked_and_never_writes_over_one(tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    assert run("new", folder, "--title", "Sam").exit_code == 0
    assert run("check", folder).exit_code in (0, 1)
    again = run("new", folder)
    assert again.exit_code == 2
    assert "not empty" in again.stderr


def test_demo_keeps_a_copy_to_try_things_on(tmp_path: Path) -> None:
    result = run("demo", "--keep", tmp_path / "try")
    assert result.exit_code == 0
    assert (tmp_path / "try" / "review.toml").is_file()
    assert run("demo", "--keep", tmp_path / "try").exit_code == 2


def test_ontology_explains_words_and_rules_and_asks_what_was_meant() -> None:
    assert "bruising" in run("ontology", "bruising").stdout.lower()
    assert run("ontology", "--check").exit_code == 0
    unknown = run("ontology", "brusing")
    assert unknown.exit_code == 2
    assert "Did you mean bruising" in unknown.stderr


@pytest.mark.parametrize("case", ["climbie", "connelly", "training"])
def test_every_occasion_that_is_counted_is_named(case: str, request: pytest.FixtureRequest) -> None:
    done = CliRunner().invoke(main, ["find-gaps", str(request.getfixturevalue(case)), "--all"])
    assert done.exit_code == 0, done.output
    counted = 0
    for block in re.split(r"\n(?=  \S|\S)", done.output):
        times = re.match(
            r"  \S.*?: (\d+)\s+times ", " ".join(block.split("\n    ├")[0].split("\n    └")[0].split("\n"))
        )
        if times is None:
            continue
        also = re.search(r"listed under another rule: (.*)", re.sub(r"\n {8}", " ", block), re.DOTALL)
        named = len(re.findall(r"^    [├└] ", block, re.MULTILINE)) + (len(also[1].split(", ")) if also else 0)
        assert named >= int(times[1]), block
        counted += 1
    assert counted >= 2
