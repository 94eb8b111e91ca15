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

ROOT = Path(__file__).resolve().parent.parent

# A module may import what stands on an earlier line, or beside it on its own line; never what stands on a later one.
# A folder of modules is listed by its own name: `kg.gaps` stands for `kg.gaps.chains` as well.
ORDER: tuple[tuple[str, ...], ...] = (
    ("kg.when",),
    ("kg.model", "kg.files", "kg.near", "kg.shown"),
    ("kg.append",),
    ("kg.dates", "kg.spans", "kg.customs", "kg.date_words", "kg.terms", "kg.ontology", "kg.clocks", "kg.working_days"),
    ("kg.lexicon",),
    ("kg.template", "kg.template_workbook", "kg.template_document"),
    ("kg.ontology_check", "kg.explain_terms", "kg.beside"),
    ("kg.kin", "kg.personal_names"),
    ("kg.likeness", "kg.same_people"),
    ("loaders",),
    ("kg.identity", "kg.people", "kg.professionals"),
    ("kg.coding",),
    ("kg.accounts",),
    ("kg.links", "kg.chronology"),
    ("kg.differ",),
    ("kg.facts",),
    ("kg.shares", "kg.receipts"),
    ("kg.knowledge",),
    ("kg.missed",),
    ("kg.duties",),
    ("kg.openings",),
    ("kg.answers",),
    ("kg.outcomes",),
    ("kg.opportunities", "kg.pooled"),
    ("kg.gaps",),
    ("kg.asof", "kg.wanted", "kg.words"),
    ("kg.rule_words",),
    ("kg.wording",),
    ("kg.decisions", "kg.questions", "kg.compare", "kg.diff", "kg.counts"),
    ("kg.returned", "kg.merged_return", "kg.working_copy"),
    ("kg.addresses",),
    ("kg.drawing",),
    ("kg.drawing_computed",),
    ("kg.graph", "kg.rdf", "kg.shapes", "kg.quads"),
    ("kg.trig",),
    ("kg.rdf_in",),
    ("kg.property_graph", "kg.cypher_child", "kg.query_child"),
    ("kg.cypher_words", "kg.cypher_script"),
    ("kg.sparql_words",),
    ("kg.query",),
    ("kg.cypher", "kg.neo4j_errors"),
    ("kg.neo4j_server",),
    ("kg.asked",),
    ("kg.library",),
    ("kg.contract", "kg.schema", "kg.tables", "kg.report"),
    ("kg.export",),
    ("kg.ages", "kg.plans", "kg.lanes", "kg.outlines", "kg.ring", "kg.lettering", "kg.one_file"),
    ("kg.timeline_known",),
    ("kg.timeline_data",),
    ("kg.places", "kg.paper"),
    ("kg.figure",),
    ("kg.figure_dots",),
    ("kg.timeline", "kg.matrix", "kg.network"),
    ("kg.network_page",),
    ("kg.gaps_report", "kg.compare_report", "kg.diff_report", "kg.counts_report", "kg.question_lists"),
    ("kg",),
    ("kg.many",),
    ("kg.watched", "kg.serve_guard", "kg.sparql_results", "kg.serve_pages"),
    ("kg.serve",),
    ("kg.cli_common",),
    (
        "kg.cli_ask",
        "kg.cli_coding_measure",
        "kg.cli_compare",
        "kg.cli_decide",
        "kg.cli_draw",
        "kg.cli_network",
        "kg.cli_link",
        "kg.cli_neo4j",
        "kg.cli_office",
        "kg.cli_query",
        "kg.cli_serve",
    ),
    ("cli",),
)
HEAVY = ("rdflib", "pyoxigraph", "pyshacl", "networkx", "holidays", "xlsxwriter", "docx", "python_calamine")
LONGEST = 450
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


def module_name(file: Path) -> str:
    parts = file.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def code_files() -> list[Path]:
    return [*sorted((ROOT / "kg").rglob("*.py")), *sorted((ROOT / "loaders").rglob("*.py")), ROOT / "cli.py"]


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


def imports_of(file: Path, *, at_import: bool = False) -> Iterator[tuple[str, int]]:
    """Modules that a file imports, with line numbers.

    ``at_import`` leaves out what waits inside a function, or is there for type checking alone.
    """
    package = module_name(file).split(".")
    if file.name != "__init__.py":
        package = package[:-1]

    def visit(node: ast.AST) -> Iterator[tuple[str, int]]:
        for child in ast.iter_child_nodes(node):
            if at_import and isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
                continue
            if at_import and isinstance(child, ast.If) and "TYPE_CHECKING" in ast.unparse(child.test):
                continue
            if isinstance(child, ast.Import):
                yield from ((alias.name, child.lineno) for alias in child.names)
            elif isinstance(child, ast.ImportFrom):
                base = package[: len(package) - child.level + 1] if child.level else []
                stem = ".".join([*base, *([child.module] if child.module else [])])
                for alias in child.names:
                    submodule = f"{stem}.{alias.name}"
                    is_module = (ROOT / Path(*submodule.split("."))).with_suffix(".py").exists()
                    yield (submodule if is_module else stem), child.lineno
            yield from visit(child)

    return visit(ast.parse(file.read_text(encoding="utf-8")))


def floor_of(module: str) -> int | None:
    """The line of ORDER on which a module stands, or None for what is not ours or not listed."""
    best = max(
        ((len(name), floor) for floor, names in enumerate(ORDER) for name in names if within(module, name)),
        default=None,
    )
    return best[1] if best else None


def within(module: str, name: str) -> bool:
    return module == name or (name not in ("kg", "cli") and module.startswith(name + "."))


def text_of(file: Path) -> str:
    return file.read_text(encoding="utf-8", errors="replace")


def test_every_room_has_its_place_in_the_house() -> None:
    homeless = [module_name(file) for file in code_files() if floor_of(module_name(file)) is None]
    assert not homeless, f"say where they stand in ORDER: {homeless}"


def test_imports_point_one_way() -> None:
    upward = []
    for file in code_files():
        here = module_name(file)
        floor = floor_of(here)
        # `import kg` offers its few names by reaching loaders when they are first asked for.
        for target, line in imports_of(file, at_import=here == "kg"):
            there = floor_of(target)
            if there is not None and floor is not None and there > floor:
                upward.append(f"{file.relative_to(ROOT)}:{line} {here} imports {target}")
    assert not upward


def test_kg_reaches_loaders_only_when_asked() -> None:
    for file in sorted((ROOT / "kg").rglob("*.py")):
        if module_name(file).startswith("kg.cli_"):
            continue  # rooms of the command line, which reads review folders
        lazily = module_name(file) == "kg"
        reached = [name for name, _ in imports_of(file, at_import=lazily) if name.split(".")[0] in ("loaders", "cli")]
        assert not reached, f"{file.relative_to(ROOT)} imports {reached}"


def test_rooms_do_not_import_in_circles() -> None:
    ways = {
        module_name(file): {name for name, _ in imports_of(file, at_import=True) if floor_of(name) is not None}
        - {module_name(file)}
        for file in code_files()
    }
    left = dict(ways)
    while free := [name for name, needs in left.items() if not needs & left.keys()]:
        for name in free:
            del left[name]
    assert not left, f"these import one another: {sorted(left)}"


def test_help_does_not_wait_for_heavy_libraries() -> None:
    program = f"import sys, cli, kg; print(*sorted(set({HEAVY!r}) & sys.modules.keys()))"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


@pytest.mark.parametrize("file", code_files(), ids=lambda file: str(file.relative_to(ROOT)))
def test_rooms_are_small(file: Path) -> None:
    assert len(text_of(file).splitlines()) <= LONGEST


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
