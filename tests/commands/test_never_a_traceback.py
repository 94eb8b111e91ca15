"""Whatever stands in review.toml or in a table beside it, every command ends in words: exit code 0, 1 or 2, no traceback."""

from __future__ import annotations

import csv
import io
import os
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from helpers.returns import HEAD, ROW, TOML
from hypothesis import given, settings
from hypothesis import strategies as st

from cli import main
from kg.model.reviewer import CODED, EPISODES, JUDGED, NOTED, PAIR, PAIRED, RESTS_ON
from loaders.told import KEYS

EXAMPLES = int(os.environ.get("KG_EXAMPLES", "60"))
"""How many reviews are made up for each law; ``KG_EXAMPLES=3000`` looks far longer."""

LONG = "9" * 5_000
TABLES = {
    "judgements.csv": (*JUDGED, *PAIR),
    "notes.csv": NOTED,
    "episodes.csv": EPISODES,
    "pairs.csv": PAIRED,
    "codes.csv": (*CODED, *RESTS_ON),
    "findings.csv": ("Id", "Date", "Agency", "Kind", "Finding", "Source"),
}
COMMANDS = (
    ["check"], ["check", "--dates"], ["check", "--format", "json"], ["find-gaps"], ["find-gaps", "--all"],
    ["find-gaps", "--format", "json"], ["find-gaps", "--suggested"], ["chronology"], ["episodes"], ["questions"],
    ["compare"], ["counts"], ["export"], ["export", "--format", "graphml"], ["code", "--format", "text"], ["columns"],
    ["code", "--evaluate"], ["code", "--agreement"], ["matrix", "--on", "14/07/1999"], ["link"],
)  # fmt: skip

ODD = st.sampled_from(
    [
        "", " ", "9999-12-31", "0001-01-01", "31/12/9999", "32/13/1999", "0", "-1", LONG, "1e999", "²", "Ⅷ",
        "\u0661\u0664/\u0660\u0667/1999",
        "\x1b[2J", "\x07", "\x00", "\u202e", "\ufeff", "a" * 3_000, "; ; ;", "../../etc", "=1+1", "Town Police/7", "Kit",
        "Town Hospital", "bruising", "accepted", "same", "different", "7", "indicators", "name", "join", "part", "order",
        "P1 to P2", "24:00", "\u0661", "ß" * 50, "None", "[]", "{}", "%s", "\\N{DIGIT}",
    ]
)  # fmt: skip
CELL = st.one_of(ODD, st.text(max_size=12))

VALUE: st.SearchStrategy[str] = st.one_of(
    st.sampled_from(
        [
            "9999-12-31", "0001-01-01", "9999-12-31T23:59:59Z", "0001-01-01T00:00:00+14:00", "23:59:59.999999", "inf", "-inf",
            "nan", "1e308", "-0.0", LONG, "0x" + "f" * 5_000, "0o7", "true", "false", "[]", "{}", "[[]]", "[[], {}]",
            '[9999-12-31, 9999-12-31]', '["0001-01-01", "9999-12-31"]', "[inf, nan]", "[1999-01-01, 23:00:00]",
            "[" * 3_000 + "]" * 3_000, "[{name = 1}]", "{a = {b = {c = []}}}", '{x = "Date", y = ""}', '[true, "x"]',
            "1999-12-31 24:00:00", "99999-01-01",
        ]
    ),
    st.one_of(ODD, st.text(max_size=12)).map(
        lambda words: '"' + "".join(c if c.isprintable() and c not in '"\\' else f"\\U{ord(c):08x}" for c in words) + '"'
    ),
    st.integers().map(str),
)  # fmt: skip


def ended_in_words(result: Result) -> None:
    assert result.exception is None or isinstance(result.exception, SystemExit), repr(result.exception)
    assert result.exit_code in (0, 1, 2)
    said = result.output
    assert "Traceback" not in said
    assert "does not expect" not in said
    assert not {*said} & {"\x1b", "\x07", "\x00"}


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [*map(str, arguments)], catch_exceptions=True)


def review(folder: Path, toml: str = TOML) -> Path:
    (folder / "returns").mkdir(parents=True, exist_ok=True)
    (folder / "review.toml").write_text(toml, encoding="utf-8", errors="surrogatepass", newline="")
    (folder / "returns" / "town police.csv").write_text(f"{HEAD}\n{ROW}\n{ROW.replace('7,', '8,', 1)}\n")
    (folder / "returns" / "town hospital.csv").write_text(f"{HEAD}\n{ROW.replace('home-visit', 'admission')}\n")
    return folder


def with_key(table: str, key: str, value: str) -> str:
    """The small review with one key of one table given another value."""
    lines = TOML.splitlines()
    if table == "":
        return "\n".join([f"{key} = {value}", *(line for line in lines if not line.startswith(f"{key} "))])
    if table == "returns":
        return "\n".join([*lines, '[returns."town police.csv"]', f"{key} = {value}"])
    head = f"[[{table}]]"
    if head not in lines:
        return "\n".join([*lines, head, 'key = "S1"' if key != "key" else "", f"{key} = {value}"])
    at = lines.index(head)
    end = next((n for n in range(at + 1, len(lines)) if lines[n].startswith("[")), len(lines))
    own = [line for line in lines[at + 1 : end] if not line.startswith(f"{key} ")]
    return "\n".join([*lines[: at + 1], *own, f"{key} = {value}", *lines[end:]])


PLACES = st.sampled_from([(table, key) for table, keys in KEYS.items() for key in keys])


@pytest.mark.slow
@settings(max_examples=EXAMPLES)
@given(PLACES, VALUE, st.sampled_from(COMMANDS))
def test_any_value_of_any_key_of_review_toml(
    tmp_path_factory: pytest.TempPathFactory, place: tuple[str, str], value: str, command: list[str]
) -> None:
    folder = review(tmp_path_factory.mktemp("toml"), with_key(*place, value))
    ended_in_words(run(command[0], folder, *command[1:]))


@pytest.mark.slow
@settings(max_examples=EXAMPLES)
@given(
    st.sampled_from(sorted(TABLES)),
    st.lists(st.lists(CELL, min_size=4, max_size=11), min_size=1, max_size=4),
    st.sampled_from(COMMANDS),
)
def test_any_cells_of_any_table_beside(
    tmp_path_factory: pytest.TempPathFactory, table: str, rows: list[list[str]], command: list[str]
) -> None:
    folder = review(tmp_path_factory.mktemp("beside"))
    text = io.StringIO(newline="")
    csv.writer(text).writerows([TABLES[table], *rows])
    (folder / table).write_bytes(text.getvalue().encode("utf-8", "surrogatepass"))
    ended_in_words(run(command[0], folder, *command[1:]))


@settings(max_examples=EXAMPLES // 2)
@given(st.sampled_from([*sorted(TABLES), "review.toml", "patterns.ttl"]), st.binary(max_size=200), st.booleans())
def test_any_bytes_in_any_file_beside(
    tmp_path_factory: pytest.TempPathFactory, name: str, data: bytes, headed: bool
) -> None:
    folder = review(tmp_path_factory.mktemp("bytes"))
    head = ",".join(TABLES.get(name, ())).encode() + b"\n" if headed else b""
    (folder / name).write_bytes(head + data)
    ended_in_words(run("find-gaps", folder, "--suggested"))


def everything(cell: str) -> Any:
    return [[cell] * len(columns) for columns in TABLES.values()]


@pytest.mark.parametrize("cell", ["9999-12-31", "0001-01-01", LONG, "\x1b[31m", "\ud800"])
@pytest.mark.parametrize("command", [["check"], ["find-gaps", "--format", "json"], ["code", "--format", "text"]])
def test_the_same_odd_cell_everywhere(tmp_path: Path, cell: str, command: list[str]) -> None:
    folder = review(tmp_path)
    for (name, columns), rows in zip(TABLES.items(), everything(cell), strict=True):
        text = ",".join(columns) + "\n" + ",".join(rows) + "\n"
        (folder / name).write_bytes(text.encode("utf-8", "surrogatepass"))
    ended_in_words(run(command[0], folder, *command[1:]))
