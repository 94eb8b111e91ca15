"""The two programs that answer in a process of their own import nothing of ours; what they share stays the same."""

from __future__ import annotations

import ast
from pathlib import Path


def functions(file: Path) -> dict[str, str]:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    return {node.name: ast.unparse(node) for node in tree.body if isinstance(node, ast.FunctionDef)}


def test_what_shuts_a_child_in_is_the_same_in_both(root: Path) -> None:
    cypher, sparql = (functions(root / "kg" / "ask" / engine / "child.py") for engine in ("cypher", "sparql"))
    for name in ("_open_nothing_more", "_keep_within", "_end_with"):
        assert cypher[name] == sparql[name]
