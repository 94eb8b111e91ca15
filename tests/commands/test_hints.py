"""Commands that a command shows can be typed as shown, and a table that cannot be read is never taken in silence."""

from __future__ import annotations

import shlex
from pathlib import Path

from click.testing import CliRunner

from cli import main


def test_the_next_step_can_be_typed_where_the_folder_has_a_space(tmp_path: Path) -> None:
    said = CliRunner().invoke(main, ["new", str(tmp_path / "my review")]).output
    (hint,) = [line for line in said.splitlines() if line.strip().startswith("kg check")]
    done = CliRunner().invoke(main, [*shlex.split(hint)[1:], "--fail-on", "never"])
    assert done.exit_code == 0, done.output


def test_codes_in_a_damaged_file_are_said_to_be_unread(tmp_path: Path) -> None:
    CliRunner().invoke(main, ["new", str(tmp_path / "review")])
    (tmp_path / "codes.xlsx").write_bytes(b"PK\x03\x04 not a workbook")
    done = CliRunner().invoke(
        main, ["code", str(tmp_path / "review"), "--from", str(tmp_path / "codes.xlsx"), "--by", "A. Reviewer"]
    )
    assert done.exit_code != 0
    assert "codes.xlsx\n" in done.output
    assert "Nothing was kept" in done.output
