"""Nothing is replaced that is no ordinary file, nothing is written that its name does not say, and nothing is cut unsaid."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from helpers.returns import HEAD, ROW, TOML

from cli import main
from kg.office.form_workbook import CELL, fitting, stored

WRITERS = (
    (["timeline"], "t.html"), (["timeline"], "t.pdf"), (["network"], "n.html"), (["chronology"], "c.xlsx"),
    (["questions", "--format", "markdown"], "q.md"), (["questions"], "q.txt"), (["export"], "e.trig"),
    (["export", "--format", "graphml"], "e.graphml"), (["export", "--format", "qdc"], "e.qdc"),
    (["code", "--format", "csv"], "codes.csv"), (["merge-returns"], "m.docx"),
)  # fmt: skip
"""Every command that writes one file, and a name that fits what it writes."""


@pytest.fixture
def review(tmp_path: Path) -> Path:
    folder = tmp_path / "review"
    (folder / "returns").mkdir(parents=True)
    (folder / "review.toml").write_text(TOML)
    (folder / "returns" / "town police.csv").write_text(f"{HEAD}\n{ROW}\n")
    return folder


def run(*arguments: object) -> Result:
    result = CliRunner().invoke(main, [*map(str, arguments)])
    assert result.exception is None or isinstance(result.exception, SystemExit), repr(result.exception)
    return result


def written(command: list[str], review: Path, output: Path) -> Result:
    agency = ["Town Police"] if command[0] == "merge-returns" else []
    return run(command[0], review, *agency, *command[1:], "-o", output)


@pytest.mark.parametrize(("command", "name"), WRITERS)
@pytest.mark.parametrize("there", ["pipe", "folder", "link", "link to nothing", "device"])
def test_what_is_no_ordinary_file_is_left_alone(
    review: Path, tmp_path: Path, command: list[str], name: str, there: str
) -> None:
    output, kept = tmp_path / name, tmp_path / "kept"
    kept.write_text("mine")
    if there == "pipe":
        os.mkfifo(output)
    elif there == "folder":
        output.mkdir()
    else:
        output.symlink_to({"link": kept, "link to nothing": tmp_path / "none", "device": Path(os.devnull)}[there])
    before = os.lstat(output)
    result = written(command, review, output)
    assert (result.exit_code, "nothing was written" in " ".join(result.output.split())) == (2, True), result.output
    after = os.lstat(output)
    assert (after.st_mode, after.st_ino) == (before.st_mode, before.st_ino)
    assert kept.read_text() == "mine"
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize(("command", "name"), WRITERS)
@pytest.mark.parametrize("ending", [".docx.txt.x", "", ".py"])
def test_a_name_that_says_something_else_is_refused(
    review: Path, tmp_path: Path, command: list[str], name: str, ending: str
) -> None:
    output = tmp_path / f"{Path(name).stem}{ending}"
    result = written(command, review, output)
    assert (result.exit_code, "should end with" in result.output) == (2, True)
    assert [*tmp_path.iterdir()] == [review]


@pytest.mark.parametrize(
    ("command", "name", "fits"),
    [
        (["export"], "e.ttl", "--format turtle"),
        (["export", "--format", "trig"], "e.cypher", "--format cypher"),
        (["questions"], "q.csv", "without --format"),
    ],
)
def test_a_wrong_ending_says_what_would_fit(
    review: Path, tmp_path: Path, command: list[str], name: str, fits: str
) -> None:
    assert fits in " ".join(written(command, review, tmp_path / name).output.split())


@pytest.mark.parametrize(("command", "name"), WRITERS)
def test_no_return_of_any_review_is_replaced(review: Path, tmp_path: Path, command: list[str], name: str) -> None:
    other = tmp_path / "other"
    shutil.copytree(review, other)
    sent = other / "returns" / name
    sent.write_text("what an agency sent")
    result = written(command, review, sent)
    assert (result.exit_code, "what the review itself is made of" in " ".join(result.output.split())) == (2, True)
    assert sent.read_text() == "what an agency sent"


@pytest.mark.parametrize("name", ["nodes.csv", "relations.csv"])
def test_tables_in_a_folder_replace_no_link(review: Path, tmp_path: Path, name: str) -> None:
    kept = tmp_path / "kept"
    kept.write_text("mine")
    (tmp_path / "tables").mkdir()
    (tmp_path / "tables" / name).symlink_to(kept)
    assert run("export", review, "--format", "csv", "-o", tmp_path / "tables").exit_code == 2
    assert kept.read_text() == "mine"
    assert run("export", review, "--format", "csv", "-o", tmp_path / "new").exit_code == 0


def test_an_ordinary_file_is_replaced_where_it_may_be(review: Path, tmp_path: Path) -> None:
    page = tmp_path / "t.html"
    page.write_text("old")
    assert written(["timeline"], review, page).exit_code == 0
    assert "<html" in page.read_text()


# --- several folders ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "command", [["find-gaps"], ["find-gaps", "--format", "json"], ["counts"], ["query", "--ask", "did-not-arrive"]]
)
def test_of_several_folders_one_that_is_no_review_is_told_and_the_others_are_done(
    review: Path, tmp_path: Path, command: list[str]
) -> None:
    none = tmp_path / "photographs"
    none.mkdir()
    both = run(command[0], none, review, tmp_path / "missing", *command[1:])
    alone = run(command[0], review, *command[1:])
    assert (both.exit_code, alone.exit_code) == (2, 0)
    assert both.stdout == alone.stdout
    assert "photographs" in both.stderr
    assert "missing" in both.stderr
    refused = run(command[0], none, *command[1:])
    assert refused.exit_code == 2
    assert "no file named review.toml" in " ".join(refused.output.split())


# --- nothing cut in silence ---------------------------------------------------------------------------------------


def typed(words: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """A command in a shell of its own; ``KG`` is the program."""
    root = Path(__file__).resolve().parents[2]
    known = {**os.environ, "PYTHONPATH": str(root), **settings}
    program = f'"{sys.executable}" "{root / "cli.py"}"'
    return subprocess.run(
        ["bash", "-c", words.replace("KG", program)], env=known, capture_output=True, text=True, check=False
    )


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="there is no disk here that is always full")
@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize("command", ["schema", "find-gaps {} --format json", "export {}", "--help"])
def test_a_full_disk_is_said(review: Path, command: str, unbuffered: str) -> None:
    done = typed(f"KG {command.format(review)} >/dev/full", PYTHONUNBUFFERED=unbuffered)
    assert done.returncode == 1
    assert "cut off: do not use it" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("command", ["schema", "export {}", "--help", "--version", "check {}"])
def test_a_closed_output_is_said(review: Path, command: str) -> None:
    done = typed(f"KG {command.format(review)} >&-")
    assert (done.returncode, "nothing was done" in done.stderr) == (1, True)
    assert typed(f"KG {command.format(review)} >&- 2>&-").returncode == 1


def test_a_closed_input_changes_nothing(review: Path) -> None:
    assert typed(f"KG check {review} <&-").stdout == typed(f"KG check {review}").stdout


@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_pipe_that_closes_is_no_success_and_no_traceback(review: Path, unbuffered: str) -> None:
    done = typed(
        f"KG schema | true; echo ${{PIPESTATUS[0]}}; KG export {review} | head -c 9", PYTHONUNBUFFERED=unbuffered
    )
    assert done.stdout.split()[0] != "0" or not unbuffered
    assert "Traceback" not in done.stderr
    assert "Exception" not in done.stderr


@pytest.mark.parametrize("seconds", ["inf", "nan", "-1", "0", "1e400", "86401"])
def test_seconds_without_end_are_refused(review: Path, seconds: str) -> None:
    result = run("query", review, "--ask", "did-not-arrive", "--timeout", seconds)
    assert (result.exit_code, "timeout" in result.output) == (2, True)


@pytest.mark.parametrize(
    "words", ["\r" * 6_000, "\x0b" * 5_000, "\N{GRINNING FACE}" * 17_000, "_x0041_" * 3_000, "a" * 40_000]
)
def test_a_cell_is_measured_as_excel_keeps_it(words: str) -> None:
    assert stored(words) > CELL
    kept = fitting(words)
    assert words.startswith(kept)
    assert stored(kept) <= CELL < stored(words[: len(kept) + 7])
    assert fitting("as it is\r\n") == "as it is\r\n"


def test_a_cell_that_excel_cannot_keep_is_cut_and_says_so(review: Path, tmp_path: Path) -> None:
    from python_calamine import CalamineWorkbook

    long = ROW.replace("He was well", '"' + "\r" * 10_000 + 'end"')
    (review / "returns" / "town police.csv").write_bytes(f"{HEAD}\n{long}\n".encode())
    assert run("chronology", review, "-o", tmp_path / "c.xlsx").exit_code == 0
    rows = CalamineWorkbook.from_path(tmp_path / "c.xlsx").get_sheet_by_index(0).to_python()
    assert any("cut here" in str(cell) for row in rows for cell in row)


# --- names that nobody expects ------------------------------------------------------------------------------------


@pytest.mark.skipif(sys.platform != "linux", reason="only here may a name be any bytes")
@pytest.mark.parametrize(
    ("command", "told"),
    [
        (["check"], ["stand for no letter", "Town Police"]),
        (["find-gaps", "--format", "json"], ["stand for no letter", "Town Police"]),
        (["export"], ["could not be read", "Town Police"]),
        (["check", "--format", "csv"], ["stand for no letter"]),
    ],
)
def test_a_file_whose_name_is_no_text_is_told_and_the_others_are_read(
    review: Path, command: list[str], told: list[str]
) -> None:
    with open(os.fsencode(review / "returns") + b"/\xe9cole.csv", "wb") as file:
        file.write(f"{HEAD}\n{ROW}\n".encode())
    done = typed(f"KG {command[0]} {review} {' '.join(command[1:])}")
    assert "Traceback" not in done.stderr
    assert all(words in done.stdout + done.stderr for words in told)


@pytest.mark.skipif(sys.platform != "linux", reason="only here may a name be any bytes")
def test_a_folder_whose_name_is_no_text_may_hold_a_review_without_a_title(review: Path, tmp_path: Path) -> None:
    (review / "review.toml").write_text(TOML.replace('title = "A small review"', ""))
    os.rename(review, os.fsencode(tmp_path) + b"/r\xe9view")
    done = typed(f"cd {tmp_path}; for c in check 'find-gaps --format json'; do KG $c r*view || exit 3; done")
    assert done.returncode in (0, 3)
    assert "Traceback" not in done.stderr


def test_a_title_that_steers_a_machine_is_written_without(review: Path, tmp_path: Path) -> None:
    title = 'title = "A\\u001b[2J\\u0000\\u0007\\uffff small\\u0001 review"'
    (review / "review.toml").write_text(TOML.replace('title = "A small review"', title))
    for command, name in WRITERS:
        if command[0] != "merge-returns":
            assert written(command, review, tmp_path / name).exit_code == 0, command
    assert run("template", review, "-o", tmp_path / "forms").exit_code == 0
