"""A file is written whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kg.files import write_atomically


def test_a_file_is_replaced_whole_and_keeps_its_permissions(tmp_path: Path) -> None:
    file = tmp_path / "judgements.csv"
    file.write_text("old")
    file.chmod(0o640)
    write_atomically(file, "Id\r\né\r\n")
    assert file.read_bytes() == "Id\r\né\r\n".encode()
    assert file.stat().st_mode & 0o777 == 0o640 or os.name == "nt"
    assert os.listdir(tmp_path) == ["judgements.csv"]


def test_a_write_that_breaks_off_leaves_the_file_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "judgements.csv"
    file.write_text("old")

    def broken(*_: object) -> None:
        raise OSError("no room")

    monkeypatch.setattr(os, "replace", broken)
    with pytest.raises(OSError, match="no room"):
        write_atomically(file, "new")
    assert file.read_text() == "old"
    assert os.listdir(tmp_path) == ["judgements.csv"]
