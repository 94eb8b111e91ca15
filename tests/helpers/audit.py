"""``make audit``: what the program stands on, package by package, and whether every pin is what it was.

Prints a table of what is asked for directly (version, licence as the package states it, machine code, why), then whatever
is wrong. The Makefile has every pinned package fetched again and its hash checked beside it.
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import Distribution, distribution
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LISTS = ("requirements.txt", "requirements-build.txt", "requirements-dev.txt")
PIN = re.compile(r"^([A-Za-z0-9][\w.-]*)==(\S+)((?:[^\n]*\\\n)*[^\n]*)", re.MULTILINE)
HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}\b")
ROW = re.compile(r"^\| `([\w.-]+)` \| ([^|]+?) \| (yes|no) \| ([^|]+?) \|$", re.MULTILINE)
NATIVE = (".so", ".pyd", ".dylib", ".dll")


@dataclass(frozen=True, slots=True)
class Told:
    """What the page on dependencies says of one."""

    licence: str
    native: bool
    why: str


def plain(name: str) -> str:
    """A package's name as registries compare names."""
    return re.sub(r"[-_.]+", "-", name).casefold()


def direct() -> set[str]:
    """The packages that the program itself asks for, extras included."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = [*project["dependencies"], *(each for some in project["optional-dependencies"].values() for each in some)]
    names = {plain(re.split(r"[\s<>=!~\[;]", each, maxsplit=1)[0]) for each in asked}
    return names - {plain(project["name"])}


def pins(name: str) -> dict[str, dict[str, int]]:
    """The versions that a list pins of each package (more than one where Pythons differ), and how many hashes each has."""
    text = (ROOT / name).read_text(encoding="utf-8")
    found: dict[str, dict[str, int]] = {}
    for each in PIN.finditer(text):
        found.setdefault(plain(each[1]), {})[each[2]] = len(HASH.findall(each[3]))
    return found


def told() -> dict[str, Told]:
    """What docs/dependencies.md says of each."""
    text = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    return {plain(name): Told(licence, native == "yes", why) for name, licence, native, why in ROW.findall(text)}


def licence(package: Distribution) -> str:
    """The licence that a package states, or "" where it states none in a few words."""
    said = package.metadata
    words = said.get("License-Expression") or said.get("License") or ""
    if words and "\n" not in words and len(words) < 60:
        return str(words)
    marks = [each.rpartition(":: ")[2] for each in said.get_all("Classifier") or [] if each.startswith("License")]
    return "; ".join(marks)


def is_native(package: Distribution) -> bool:
    """Whether what is installed brings machine code."""
    return any(str(file).endswith(NATIVE) for file in package.files or ())


def wrong() -> list[str]:
    """What is not as it should be, in sentences."""
    found = []
    lists = {name: pins(name) for name in LISTS}
    for name, pinned in lists.items():
        text = (ROOT / name).read_text(encoding="utf-8")
        begun = [line for line in text.splitlines() if line[:1].strip() and not line.startswith("#")]
        found += [f"{name}: {line} is no pin of one version." for line in begun if not PIN.match(line)]
        for each, versions in pinned.items():
            found += [f"{name}: {each} {version} has no hash." for version, hashes in versions.items() if not hashes]
            if not versions.keys() <= lists[LISTS[2]].get(each, versions).keys():
                found.append(f"{name}: {each} is pinned otherwise than in {LISTS[2]}.")
    said = told()
    for each in sorted(direct() ^ {*said}):
        found.append(
            f"{each} is {'asked for and not' if each in direct() else 'not asked for and yet'} in docs/dependencies.md."
        )
    for each in sorted(direct() & {*said}):
        if each not in lists[LISTS[0]]:
            found.append(f"{each} is pinned nowhere in {LISTS[0]}.")
        elif distribution(each).version not in lists[LISTS[0]][each]:
            pinned_as = " or ".join(lists[LISTS[0]][each])
            found.append(f"{each} is installed as {distribution(each).version}, not {pinned_as}: run make.")
        if is_native(distribution(each)) != said[each].native:
            found.append(f"{each}: docs/dependencies.md says otherwise whether it brings machine code.")
    return found


def lines() -> Iterator[str]:
    """The table: one line a package."""
    said = told()
    for each in sorted(direct()):
        package = distribution(each)
        about = said.get(each, Told("?", False, "not said"))
        code = "machine code" if is_native(package) else "Python"
        yield f"{each:16} {package.version:10} {licence(package) or f'({about.licence})':28} {code:13} {about.why}"
    counts = ", ".join(f"{len(pins(name))} in {name}" for name in LISTS)
    yield ""
    yield f"Pins: {counts}; without a hash: {sum('has no hash' in each for each in wrong())}."


def main() -> int:
    """Print the table, and what is wrong."""
    faults = wrong()
    print("\n".join([*lines(), *faults]))  # noqa: T201
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
