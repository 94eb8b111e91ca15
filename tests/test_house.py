"""The house keeps its own rules: imports one way, small rooms, no names of cases, no words that accuse."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from helpers.house import LINE, code_files, imports_of, module_name, room_of, rooms, text_of

ROOT = Path(__file__).resolve().parents[1]

HEAVY = ("rdflib", "pyoxigraph", "pyshacl", "networkx", "holidays", "xlsxwriter", "docx", "python_calamine")
LONGEST, LONGEST_FUNCTION, MOST_PARAMETERS = 450, 60, 7
LONG: dict[str, str] = {
    "kg/knowledge/sweep.py:_possibly": "one loop over time, in which every step uses what the others keep",
    "kg/commands/find.py:chronology": "the options of a command, with their help",
    "kg/commands/find.py:find_gaps_command": "the options of a command, with their help",
    "kg/office/form.py:guidance": "a text, not a thought: what stands on a form's first page",
}
"""Functions over sixty lines, and why."""
MANY: dict[str, str] = {
    "kg/commands/code.py:code": "the options of a command",
    "kg/commands/draw.py:matrix": "the options of a command",
    "kg/commands/find.py:chronology": "the options of a command",
    "kg/commands/find.py:find_gaps_command": "the options of a command",
    "kg/commands/query.py:query": "the options of a command",
    "kg/commands/serve.py:serve": "the options of a command",
    "loaders/told.py:say": "where a key stands, and the parts of a Problem",
}
"""Functions of more than seven parameters, and why."""
TOP_LEVEL = {
    ".ci", ".gitattributes", ".github", ".gitignore", "CHANGELOG.md", "LICENSE", "Makefile", "README.md", "cli.py",
    "docs", "examples", "kg", "loaders", "ontology", "pyproject.toml", "requirements-build.txt",
    "requirements-dev.txt", "requirements.txt", "tests",
}  # fmt: skip

# Agencies and people of the cases whose "names" are ordinary words of the field, and so may stand anywhere.
ORDINARY = {
    "0-19 HV service", "Child A", "Children's Services", "Childminder", "Family Support Service",
    "Family and Community", "Family and community", "GP Practice",
    "Health services (not named)", "Post office worker", "Schools and colleges", "Siblings School",
}  # fmt: skip
# Places and persons that the names of the cases contain. Local rules name their area, in duties.ttl alone.
NAMED = (
    "Arthurworrey", "Baby P", "Biart", "Booth", "Boyer", "Brent", "Climbié", "Climbie", "Connelly", "Ealing", "Enfield",
    "Haringey", "Hayter", "Kouao", "Lynas", "Manning", "Newstead", "Tottenham", "Villepinte", "Warwickshire",
    "Whittington",
)  # fmt: skip


def house_files() -> list[Path]:
    """Code and ontology: what ships, apart from the example."""
    return [*code_files(), *sorted((ROOT / "ontology").rglob("*.ttl"))]


def tracked_files() -> list[Path]:
    """Every file of the project that is not made by a tool."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    if listed.returncode == 0:
        found = [ROOT / name for name in listed.stdout.decode().split("\0") if name]
    else:  # an unpacked source archive, without git
        made = {
            ".venv",
            ".git",
            "__pycache__",
            "build",
            "dist",
            ".mypy_cache",
            ".pytest_cache",
            ".ruff_cache",
            ".hypothesis",
        }
        found = [file for file in ROOT.rglob("*") if not made.intersection(file.relative_to(ROOT).parts)]
    return sorted(file for file in found if file.is_file())


def test_every_room_has_its_line() -> None:
    homeless = {room_of(module_name(file)) for file in code_files()} - LINE.keys()
    assert not homeless, f"say on which line they stand in LINES: {homeless}"


def test_the_house_can_be_printed() -> None:
    printed = {room: question for room, question, *_ in rooms()}
    assert {*printed} <= LINE.keys()
    assert all(printed.values())


def test_imports_point_one_way() -> None:
    upward = []
    for file in code_files():
        here = room_of(module_name(file))
        # `import kg` offers its few names by reaching further rooms when they are first asked for.
        for target, line in imports_of(file, at_import=here == "kg"):
            there = room_of(target)
            if there is not None and here is not None and there != here and LINE[there] >= LINE[here]:
                upward.append(f"{file.relative_to(ROOT)}:{line} {here} imports {target}")
    assert not upward


def test_only_the_folder_and_commands_reach_loaders() -> None:
    for file in sorted((ROOT / "kg").rglob("*.py")):
        here = room_of(module_name(file))
        if here in ("folder", "commands"):
            continue
        reached = [
            name for name, _ in imports_of(file, at_import=here == "kg") if name.split(".")[0] in ("loaders", "cli")
        ]
        assert not reached, f"{file.relative_to(ROOT)} imports {reached}"


def test_modules_do_not_import_in_circles() -> None:
    ways = {
        module_name(file): {name for name, _ in imports_of(file, at_import=True) if room_of(name) is not None}
        - {module_name(file)}
        for file in code_files()
    }
    left = dict(ways)
    while free := [name for name, needs in left.items() if not needs & left.keys()]:
        for name in free:
            del left[name]
    assert not left, (
        f"these import one another: { {name: sorted(needs & left.keys()) for name, needs in left.items()} }"
    )


def test_a_room_opens_with_its_question() -> None:
    for face in [*(ROOT / "kg").rglob("__init__.py"), *(ROOT / "loaders").rglob("__init__.py")]:
        if module_name(face) in ("kg", "loaders"):
            continue
        body = ast.parse(text_of(face)).body
        question = ast.get_docstring(ast.parse(text_of(face))) or ""
        assert question.partition("\n")[0].endswith("?"), f"{face.relative_to(ROOT)} asks nothing"
        assert len(body) == 1, f"{face.relative_to(ROOT)} hands on names"


def test_help_does_not_wait_for_heavy_libraries() -> None:
    program = f"import sys, cli, kg; print(*sorted(set({HEAVY!r}) & sys.modules.keys()))"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


@pytest.mark.parametrize("file", code_files(), ids=lambda file: str(file.relative_to(ROOT)))
def test_rooms_are_small(file: Path) -> None:
    assert len(text_of(file).splitlines()) <= LONGEST


def functions_of(file: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(text_of(file))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def parameters_of(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    names = [each.arg for each in (*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs)]
    return len(names) - (names[:1] in (["self"], ["cls"]))


def test_functions_are_small() -> None:
    found = {
        f"{file.relative_to(ROOT)}:{each.name}"
        for file in code_files()
        for each in functions_of(file)
        if (each.end_lineno or each.lineno) - each.lineno + 1 > LONGEST_FUNCTION
    }
    assert found == LONG.keys(), "split by meaning, or say in LONG why not"


def test_no_train_of_parameters() -> None:
    found = {
        f"{file.relative_to(ROOT)}:{each.name}"
        for file in code_files()
        for each in functions_of(file)
        if parameters_of(each) > MOST_PARAMETERS
    }
    assert found == MANY.keys(), "give what travels together a name, or say in MANY why not"


def test_nobody_asks_what_class_a_finding_is() -> None:
    details = {
        node.name
        for file in (ROOT / "kg" / "findings").glob("*.py")
        for node in ast.walk(ast.parse(text_of(file)))
        if isinstance(node, ast.ClassDef) and any(getattr(each, "name", "") == "rests_on" for each in node.body)
    } - {"Detail"}
    assert len(details) >= 6
    asking = []
    for file in code_files():
        for node in ast.walk(ast.parse(text_of(file))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "isinstance":
                named = {each.id for each in ast.walk(node.args[1]) if isinstance(each, ast.Name)}
                if named & details:
                    asking.append(f"{file.relative_to(ROOT)}:{node.lineno} {sorted(named & details)}")
    assert not asking, "a form is one function a kind (singledispatch); a reader of one kind asks Study.of"


def names_of_cases() -> set[str]:
    """Every person and agency, with their other names, of every case in the project."""
    names: set[str] = set()
    for toml in [*ROOT.glob("examples/*/review.toml"), *ROOT.glob("tests/cases/*/review.toml")]:
        review = tomllib.loads(toml.read_text(encoding="utf-8"))
        for listed in [*review.get("people", []), *review.get("agencies", [])]:
            names.update([listed["name"], *listed.get("aliases", [])])
    # A lone first name is too common a word to look for.
    return {name for name in names - ORDINARY if " " in name or "-" in name}


def test_no_rule_knows_a_case() -> None:
    names = names_of_cases()
    assert len(names) > 30
    wanted = re.compile(
        "|".join(rf"\b{re.escape(name)}(?!\w)" for name in sorted(names | set(NAMED), key=len, reverse=True))
    )
    found = []
    for file in house_files():
        for number, line in enumerate(text_of(file).splitlines(), 1):
            if hit := wanted.search(line):
                local_rule = file.name == "duties.ttl" and hit[0] not in names
                if not local_rule:
                    found.append(f"{file.relative_to(ROOT)}:{number} {hit[0]}")
    assert not found


def test_nothing_names_the_machine_it_was_made_on() -> None:
    folders = "|".join(["work", "root", "home", "tmp"])
    machine = re.compile(rf"(?<![\w.~*/-])/(?:{folders})/\w|[A-Z]:\\Users")
    registry = re.compile(
        "|".join(
            re.escape(part) for part in ("pypi" + ".org", "python" + "hosted", "--index" + "-url", "--extra" + "-index")
        )
    )
    found = [
        f"{file.relative_to(ROOT)}:{number} {hit[0]}"
        for file in tracked_files()
        for number, line in enumerate(text_of(file).splitlines(), 1)
        for hit in (machine.search(line), registry.search(line))
        if hit and file.name != "LICENSE"
    ]
    assert not found


def test_every_dependency_is_pinned_and_hashed() -> None:
    for file in sorted(ROOT.glob("requirements*.txt")):
        text = text_of(file)
        assert "://" not in text
        assert not re.search(r"^-", text, re.MULTILINE), "no option, no address: only what to install"
        wanted = re.split(r"\n(?=\S)", text.strip())
        assert wanted
        for requirement in wanted:
            assert re.match(r"[\w.-]+==\S+ ", requirement), requirement
            assert "--hash=sha256:" in requirement, requirement


def test_the_locks_hold_what_the_project_asks_for() -> None:
    project = tomllib.loads(text_of(ROOT / "pyproject.toml"))["project"]
    locked = set(re.findall(r"^([\w.-]+)==", text_of(ROOT / "requirements.txt"), re.MULTILINE))
    asked = {re.split(r"[^\w.-]", wanted)[0] for wanted in project["dependencies"]}
    assert asked <= locked
    for line in text_of(ROOT / "requirements.txt").splitlines():
        if "==" in line:
            assert line in text_of(ROOT / "requirements-dev.txt"), "tests run with what people run"


def test_no_word_accuses() -> None:
    accusing = re.compile(r"failed to|should have known|negligen|\bblamed?\b|culpab|incompeten", re.IGNORECASE)
    found = []
    for file in house_files():
        if file.name in ("patterns.ttl", "context.ttl", "heard.csv"):
            continue  # the lexicon holds agencies' words and nothing else
        # What agencies write is matched in their own words (altLabel); what the program says is ours.
        text = (
            re.sub(r"skos:altLabel[^;.]*[;.]", lambda m: "\n" * m[0].count("\n"), text_of(file))
            if file.suffix == ".ttl"
            else text_of(file)
        )
        found += [
            f"{file.relative_to(ROOT)}:{number} {hit[0]}"
            for number, line in enumerate(text.splitlines(), 1)
            if (hit := accusing.search(line))
        ]
    assert not found


def test_top_level_holds_only_what_is_expected() -> None:
    there = {file.relative_to(ROOT).parts[0] for file in tracked_files()}
    assert there <= TOP_LEVEL
    for needed in (
        "README.md",
        "CHANGELOG.md",
        "LICENSE",
        "Makefile",
        "pyproject.toml",
        "cli.py",
        "kg",
        "loaders",
        "ontology",
        "docs",
    ):
        assert (ROOT / needed).exists()


def test_every_case_says_where_it_comes_from() -> None:
    for toml in [*ROOT.glob("examples/*/review.toml"), *ROOT.glob("tests/cases/*/review.toml")]:
        assert "## " in text_of(toml.parent / "SOURCES.md")
