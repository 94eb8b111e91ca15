"""The house as it stands: its rooms, on which line each stands, and which imports lead from one to another.

``make house`` prints it; ``tests/test_house.py`` keeps it so.
"""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

# A room may import from rooms on lines above its own, and from itself; never from its own line or one below.
# A room is the first folder below `kg`; `loaders`, `kg` (its face) and `cli` are rooms of their own.
LINES: tuple[tuple[str, ...], ...] = (
    ("base",),
    ("dates",),
    ("model",),
    ("terms",),
    ("people",),
    ("handling",),
    ("loaders",),
    ("coding", "chronology"),
    ("knowledge",),
    ("duties",),
    ("findings",),
    ("wording",),
    ("decisions", "compare"),
    ("office", "graph"),
    ("ask", "pages", "reports", "documents"),
    ("folder",),
    ("many", "serve"),
    ("commands",),
    ("kg", "cli"),
)


def module_name(file: Path) -> str:
    parts = file.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def code_files() -> list[Path]:
    return [*sorted((ROOT / "kg").rglob("*.py")), *sorted((ROOT / "loaders").rglob("*.py")), ROOT / "cli.py"]


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


def room_of(module: str) -> str | None:
    """The room in which a module stands, or None for what is not ours."""
    first, _, rest = module.partition(".")
    if first == "kg":
        return rest.partition(".")[0] or "kg"
    return first if first in ("loaders", "cli") else None


LINE = {room: line for line, rooms in enumerate(LINES) for room in rooms}


def text_of(file: Path) -> str:
    return file.read_text(encoding="utf-8", errors="replace")


def rooms() -> Iterator[tuple[str, str, int, int, tuple[str, ...]]]:
    """Each room in the order of the lines: name, the question it answers, modules, lines, and the rooms it stands on."""
    files: dict[str, list[Path]] = defaultdict(list)
    for file in code_files():
        room = room_of(module_name(file))
        if room is not None:
            files[room].append(file)
    for room in sorted(files, key=LINE.__getitem__):
        stands_on = {
            there
            for file in files[room]
            for target, _ in imports_of(file)
            if (there := room_of(target)) is not None and there != room
        }
        face = min(files[room], key=lambda file: (file.name != "__init__.py", len(file.parts), file.name))
        question = (ast.get_docstring(ast.parse(text_of(face))) or "").partition("\n")[0]
        lines = sum(len(text_of(file).splitlines()) for file in files[room])
        yield room, question, len(files[room]), lines, tuple(sorted(stands_on, key=LINE.__getitem__))


def main() -> None:
    """Print the house, lowest room first."""
    for room, question, modules, lines, stands_on in rooms():
        print(f"{LINE[room]:2}  {room}: {question}")  # noqa: T201
        print(f"      {modules} modules, {lines} lines; stands on {', '.join(stands_on) or 'nothing'}")  # noqa: T201


if __name__ == "__main__":
    main()
