"""Every trap that is known has a test that says what a simple tool would lose."""

from __future__ import annotations

import ast
from pathlib import Path

HERE = Path(__file__).parent


def test_every_trap_has_its_test() -> None:
    found = {}
    for path in HERE.glob("test_*.py"):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_t"):
                number = node.name.split("_")[1].removeprefix("t")
                if number.isdecimal():
                    found.setdefault(int(number), []).append(ast.get_docstring(node))
    assert sorted(found) == [*range(1, 41)]
    assert all(docstring for several in found.values() for docstring in several)
