"""What the program stands on is pinned, hashed and accounted for, and people install exactly that."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from helpers import audit

from kg.base.pinned import INSTALL


def test_every_dependency_is_pinned_hashed_and_accounted_for() -> None:
    assert audit.wrong() == []
    assert len(audit.direct()) > 15
    assert len(audit.pins("requirements.txt")) > len(audit.direct())


def test_no_list_names_a_place_to_fetch_from(root: Path) -> None:
    for name in audit.LISTS:
        text = (root / name).read_text(encoding="utf-8")
        assert "://" not in text
        assert "index" not in re.sub(r"^\S*index\S*==.*$", "", text, flags=re.MULTILINE)


def test_a_pin_without_a_hash_or_a_page_that_lacks_one_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (*audit.LISTS, "pyproject.toml"):
        (tmp_path / name).write_bytes((audit.ROOT / name).read_bytes())
    (tmp_path / "docs").mkdir()
    page = (audit.ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    (tmp_path / "docs" / "dependencies.md").write_text(page.replace("| `click` |", "| `clack` |"), encoding="utf-8")
    with (tmp_path / "requirements.txt").open("a") as more:
        more.write("loose==1.0\nopen>=2\n")
    monkeypatch.setattr(audit, "ROOT", tmp_path)
    told = "\n".join(audit.wrong())
    for words in (
        "loose 1.0 has no hash",
        "open>=2 is no pin",
        "click is asked for and not in",
        "clack is not asked for",
    ):
        assert words in told


def test_nobody_is_told_to_install_what_is_not_pinned(root: Path) -> None:
    files = [root / "README.md", *(root / "docs").glob("*.md"), *(root / "kg").rglob("*.py"), root / "cli.py"]
    for file in files:
        for line in file.read_text(encoding="utf-8").splitlines():
            if "pip install" in line:
                assert "-r requirements" in line or "--no-deps" in line, f"{file}: {line}"
    assert "-r requirements.txt" in INSTALL
