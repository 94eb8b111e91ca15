"""The documents tell the truth: every session shown is run, every command is explained, nothing absent is promised."""

from __future__ import annotations

import os
import re
import shlex
import shutil
from dataclasses import dataclass
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

ROOT = Path(__file__).resolve().parents[1]
DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
FENCE = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
FILE = re.compile(r"^<!-- file: (.+?) -->\n```\w*\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Shown:
    """One command shown in a document, and the lines shown below it.

    A line of ``...`` stands for any lines; ``...`` within a line for any words. With no lines shown, only the exit
    code is checked. A comment ``# exit 1`` after the command says that it does not end with 0; ``# keys aaq`` is typed.
    """

    command: str
    lines: tuple[str, ...]
    line: int

    @property
    def words(self) -> list[str]:
        return shlex.split(self.command, comments=True)

    @property
    def exit_code(self) -> int:
        said = re.search(r"#\s*exit (\d+)\s*$", self.command)
        return int(said[1]) if said else 0

    @property
    def keys(self) -> str:
        """What is typed while the command runs: a comment ``# keys aaq`` after it."""
        said = re.search(r"#\s*keys (\S+)\s*$", self.command)
        return said[1] if said else ""

    @property
    def pattern(self) -> re.Pattern[str]:
        parts = [
            r"(?:.*\n)*?" if line.strip() == "..." else re.escape(line.rstrip()).replace(r"\.\.\.", ".*") + r"[ ]*\n"
            for line in self.lines
        ]
        return re.compile("".join(parts))


def sessions(document: Path) -> list[Shown]:
    text = document.read_text(encoding="utf-8")
    shown: list[Shown] = []
    for block in FENCE.finditer(text):
        first = text.count("\n", 0, block.start(1)) + 1
        body = re.sub(r"\\\n\s*", " ", block[1]).splitlines()
        starts = [number for number, line in enumerate(body) if line.startswith("$ ")]
        for start, end in zip(starts, [*starts[1:], len(body)], strict=True):
            lines = body[start + 1 : end]
            while lines and not lines[-1].strip():
                lines.pop()
            shown.append(Shown(body[start][2:], tuple(lines), first + start))
    return shown


def write_files(document: Path, folder: Path, *, between: tuple[int, int] = (0, 1 << 30)) -> list[Path]:
    """Write the files that a document shows under ``<!-- file: NAME -->``, within a range of its lines."""
    text = document.read_text(encoding="utf-8")
    written = []
    for block in FILE.finditer(text):
        if between[0] <= text.count("\n", 0, block.start()) + 1 < between[1]:
            file = folder / block[1]
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(block[2], encoding="utf-8")
            written.append(file)
    return written


def command_tree() -> dict[str, click.Command]:
    import cli

    assert isinstance(cli.main, click.Group)
    context = click.Context(cli.main)
    names = cli.main.list_commands(context)
    return {name: command for name in names if (command := cli.main.get_command(context, name)) is not None}


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda file: file.name)
def test_every_session_shown_is_what_happens(document: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = [session for session in sessions(document) if session.command.startswith("kg ")]
    if not shown:
        return
    import cli

    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    monkeypatch.chdir(tmp_path)
    line = 0
    for session in shown:
        write_files(document, tmp_path, between=(line, session.line))
        line = session.line
        done = CliRunner().invoke(
            cli.main,
            session.words[1:],
            prog_name="kg",
            env={**os.environ, "COLUMNS": "100", "NO_COLOR": "1"},
            input=session.keys,
        )
        where = f"{document.name}, line {session.line}: {session.command}"
        assert done.exit_code == session.exit_code, f"{where}\n{done.output}"
        if session.lines:
            said = "".join(line.rstrip() + "\n" for line in done.output.splitlines())
            assert session.pattern.fullmatch(said), f"{where}\nprints\n{said}"


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda file: file.name)
def test_every_review_shown_can_be_read(document: Path, tmp_path: Path) -> None:
    for toml in write_files(document, tmp_path):
        if toml.name == "review.toml":
            import loaders

            read = loaders.load(toml.parent)
            assert read.review.entries
            assert [str(problem) for problem in read.problems if problem.severity != "note"] == []


def test_shown_lines_must_match() -> None:
    shown = Shown("kg x", ("Seen 12 times", "...", "since ... 1999"), 1)
    assert shown.pattern.fullmatch("Seen 12 times\na\nb\nsince 14 July 1999\n")
    assert not shown.pattern.fullmatch("Seen 11 times\na\nb\nsince 14 July 1999\n")
    assert not shown.pattern.fullmatch("Seen 12 times\nsince 14 July 1999\nmore\n")
    assert Shown("kg check x  # exit 1", (), 1).exit_code == 1
    assert Shown("kg check 'a b'  # exit 1", (), 1).words == ["kg", "check", "a b"]


def test_every_command_is_documented() -> None:
    text = "\n".join(document.read_text(encoding="utf-8") for document in DOCUMENTS)
    for name in command_tree():
        assert re.search(rf"\bkg {re.escape(name)}\b", text), f"no document mentions kg {name}"


def test_no_document_promises_a_command_that_is_not_there() -> None:
    known = set(command_tree())
    for document in DOCUMENTS:
        text = document.read_text(encoding="utf-8")
        for code in re.findall(r"```\w*\n.*?```|`[^`\n]+`", text, re.DOTALL):
            for name in re.findall(r"(?:^|[`$] ?|\n)kg ([a-z][a-z-]+)", code):
                assert name in known, f"{document.name} speaks of kg {name}"


def test_no_document_shows_an_option_that_is_not_there() -> None:
    known = command_tree()
    for document in DOCUMENTS:
        for code in re.findall(r"`kg [^`\n]+`|^\$? *kg [^\n]+$", document.read_text(encoding="utf-8"), re.MULTILINE):
            words = code.strip("`$ ").split()
            command = known.get(words[1]) if len(words) > 1 else None
            if command is None:
                continue
            offered = {
                option for parameter in command.params for option in (*parameter.opts, *parameter.secondary_opts)
            }
            shown = {word.split("=")[0] for word in words if word.startswith("--")} - {"--help"}
            assert shown <= offered, f"{document.name}: {code}"


def test_every_command_shows_an_example_in_its_help() -> None:
    for name, command in command_tree().items():
        done = CliRunner().invoke(command, ["--help"], prog_name=f"kg {name}")
        assert done.exit_code == 0
        below_usage = done.output.split("Usage:", 1)[1].split("\n", 1)[1]
        example = rf"^\s+\$? ?kg {re.escape(name)}\b"
        assert re.search(example, below_usage, re.MULTILINE), f"kg {name} --help shows no example"


def test_every_option_is_explained() -> None:
    for name, command in command_tree().items():
        for parameter in command.params:
            if isinstance(parameter, click.Option) and not parameter.hidden:
                assert parameter.help, f"kg {name} {parameter.opts[0]} has no help"


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda file: file.name)
def test_links_between_documents_lead_somewhere(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", text):
        if "://" not in target:
            assert (document.parent / target).exists(), f"{document.name} links to {target}"


def test_the_changelog_holds_the_version_that_is_installed() -> None:
    import tomllib

    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    assert f"## [{version}]" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
