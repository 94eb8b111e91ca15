"""Programs that outputs are made for, run as their users run them: Jena, the Nu checker, LibreOffice."""

from __future__ import annotations

import csv
import re
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

HERE = Path(__file__).resolve().parents[1] / "readers"
POMS = {name: HERE / name / "pom.xml" for name in ("jena", "nu")}
SHEETS = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"


def counted(classpath: str, files: Sequence[Path]) -> list[int]:
    """How many statements Jena's reader finds in each file. Raises AssertionError with its words where it finds a fault."""
    command = ["java", "-Xmx600m", "-cp", classpath, "riotcmd.riot", "--strict", "--count", *map(str, files)]
    said = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    words = said.stdout + said.stderr
    assert said.returncode == 0, words
    assert not re.search(r"\b(ERROR|WARN)\b", words), words
    return [int(number.replace(",", "")) for number in re.findall(r"^file.* = ([\d,]+)$", words, re.MULTILINE)]


def faults(classpath: str, files: Sequence[Path]) -> list[str]:
    """What the Nu checker holds to be errors in some pages."""
    command = ["java", "-Xmx600m", "-cp", classpath, "nu.validator.client.SimpleCommandLineValidator",
               "--errors-only", "--format", "gnu", *map(str, files)]  # fmt: skip
    said = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    return [line for line in said.stderr.splitlines() if ": error: " in line or "fatal" in line]


def opened_by_libreoffice(files: Mapping[str, bytes], folder: Path) -> dict[str, str]:
    """The words of workbooks and documents, by name, as LibreOffice has them once it has opened them."""
    program = shutil.which("soffice") or "soffice"
    for name, data in files.items():
        (folder / name).write_bytes(data)
    for ending, form in ((".xlsx", SHEETS), (".docx", "txt:Text (encoded):UTF8")):
        some = [str(folder / name) for name in files if name.endswith(ending)]
        command = [program, f"-env:UserInstallation={(folder / 'own').as_uri()}", "--headless", "--convert-to", form,
                   "--outdir", str(folder / "made"), *some]  # fmt: skip
        said = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
        assert said.returncode == 0, said.stderr
    found = {}
    for name in files:
        made = sorted((folder / "made").glob(f"{Path(name).stem}*"))
        assert made, name
        texts = [each.read_text(encoding="utf-8-sig") for each in made]
        if name.endswith(".xlsx"):
            texts = ["\n".join("\t".join(row) for row in csv.reader(text.splitlines(keepends=True))) for text in texts]
        found[name] = "\n".join(texts)
    return found
