"""What people install works where they are: the wheel carries the ontology and the example with it."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(made)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    (file,) = made.glob("*.whl")
    return file


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that holds the wheel, unpacked by pip, and nothing else."""
    target = tmp_path_factory.mktemp("installed")
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet", "install"]
    subprocess.run(
        [*pip, "--no-deps", "--no-index", "--target", str(target), str(wheel)], check=True, capture_output=True
    )
    return target


def kg(installed: Path, elsewhere: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run the installed command from another directory, the source tree out of reach."""
    # An editable install of the tree would answer too; the wheel must, so it stands first.
    program = "import sys; sys.path.insert(0, sys.argv.pop(1)); sys.argv[0] = 'kg'; import cli; cli.main()"
    return subprocess.run(
        [sys.executable, "-P", "-c", program, str(installed), *words],
        cwd=elsewhere,
        env={name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
        | {"NO_COLOR": "1", "COLUMNS": "100"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def test_the_wheel_carries_ontology_example_and_licence(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    for file in ROOT.glob("ontology/*.ttl"):
        assert f"kg/_ontology/{file.name}" in names
    for file in (ROOT / "examples" / "climbie").rglob("*"):
        if file.is_file():
            assert f"kg/_examples/climbie/{file.relative_to(ROOT / 'examples' / 'climbie').as_posix()}" in names
    assert "cli.py" in names
    assert any(name.endswith("licenses/LICENSE") for name in names)
    assert {name.split("/")[0] for name in names if ".dist-info" not in name} == {"kg", "loaders", "cli.py"}


def test_the_installed_command_reads_the_packaged_example(installed: Path, tmp_path: Path) -> None:
    done = kg(installed, tmp_path, "find-gaps", str(installed / "kg" / "_examples" / "climbie"))
    assert done.returncode == 0, done.stderr
    assert "Victoria" in done.stdout


def test_the_installed_command_finds_its_ontology(installed: Path, tmp_path: Path) -> None:
    done = kg(installed, tmp_path, "ontology", "--check")
    assert done.returncode == 0, done.stderr
    done = kg(installed, tmp_path, "ontology", "home-visit")
    assert done.returncode == 0, done.stderr
    assert "home visit" in done.stdout.lower()


def test_the_demonstration_needs_no_folder(installed: Path, tmp_path: Path) -> None:
    done = kg(installed, tmp_path, "demo")
    assert done.returncode == 0, done.stderr
    assert "Victoria" in done.stdout


def test_two_builds_of_one_tree_are_the_same_bytes(wheel: Path, tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(tmp_path)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    (again,) = tmp_path.glob("*.whl")
    assert again.read_bytes() == wheel.read_bytes()
