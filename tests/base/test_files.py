"""A file is written whole or not at all."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from kg.base.files import clear_left_over, write_atomically, write_new


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


def test_a_new_file_never_takes_the_place_of_one_that_is_there(tmp_path: Path) -> None:
    file = tmp_path / "form.xlsx"
    write_new(file, "first")
    with pytest.raises(FileExistsError):
        write_new(file, b"second")
    assert file.read_text() == "first"
    assert os.listdir(tmp_path) == ["form.xlsx"]


def test_of_many_writers_of_one_new_file_one_succeeds(tmp_path: Path) -> None:
    file = tmp_path / "form.xlsx"

    def writes(number: int) -> bool:
        try:
            write_new(file, f"writer {number}")
        except FileExistsError:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        done = [*pool.map(writes, range(24))]
    assert done.count(True) == 1
    assert file.read_text() == f"writer {done.index(True)}"
    assert os.listdir(tmp_path) == ["form.xlsx"]


def test_a_disk_without_second_names_still_refuses_to_write_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def none(*_: object, **__: object) -> None:
        raise PermissionError("no links here")

    monkeypatch.setattr(os, "link", none)
    file = tmp_path / "form.xlsx"
    write_new(file, "first")
    with pytest.raises(FileExistsError):
        write_new(file, "second")
    assert file.read_text() == "first"
    assert os.listdir(tmp_path) == ["form.xlsx"]


def test_only_what_was_left_over_long_ago_is_taken_away(tmp_path: Path) -> None:
    old, young, own = tmp_path / ".a.xlsx.x1.new", tmp_path / ".a.xlsx.x2.new", tmp_path / "a.new"
    for file in (old, young, own):
        file.write_text("half")
    os.utime(old, (1, 1))
    clear_left_over(tmp_path)
    assert {*os.listdir(tmp_path)} == {young.name, own.name}
