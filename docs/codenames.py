"""Names of code in the texts for engineers: does that file, module, class or function exist?"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

FOR_ENGINEERS = ("CONTRIBUTING.md", "docs/architecture.md", "docs/decisions")
FOLDERS = ("config", "connectors", "pipeline", "reports", "docs", "tests", "benchmarks")
MADE = ("build",)
"""Folders that the commands make; a clean clone has none of them."""
_QUOTED = re.compile(r"`([^`\n]+)`")
_FENCED = re.compile(r"^```.*?^```", re.DOTALL | re.MULTILINE)
_FILE = re.compile(r"[\w./-]+\.(?:py|toml|txt|html|css|md|csv)")
_DOTTED = re.compile(rf"(?:{'|'.join(FOLDERS)})(?:\.\w+)+")
_NAMED = re.compile(r"[A-Z][a-z]+(?:[A-Z][a-z]+)*|[A-Z]{2,}(?:_[A-Z]+)+|\w+(?=\(\)$)")


def unknown_names(root: Path) -> Iterator[str]:
    """What the texts name and the code does not have."""
    for place in FOR_ENGINEERS:
        files = sorted((root / place).glob("*.md")) if (root / place).is_dir() else [root / place]
        for file in files:
            if not file.exists():
                yield f"{place}: there is no such page."
                continue
            text = _FENCED.sub("", file.read_text(encoding="utf-8"))
            for quoted in dict.fromkeys(_QUOTED.findall(text)):
                if why := _unknown(root, quoted):
                    yield f"{file.relative_to(root).as_posix()}: names `{quoted}`, but {why}."


def _unknown(root: Path, quoted: str) -> str:
    """Why there is no such thing; "" where there is, and for what is no name of code."""
    top = quoted.partition("/")[0]
    if top in MADE:
        return ""
    if "/" in quoted and ((root / top).is_dir() or top in FOLDERS):
        return "" if (root / quoted).exists() else "there is no such file or folder"
    if _FILE.fullmatch(quoted) and quoted.endswith(".py"):
        return "" if quoted in _files(root) else "no file is called so"
    if _DOTTED.fullmatch(quoted):
        return "" if quoted in _names(root) else "no module has that"
    if (named := _NAMED.match(quoted)) and (named[0] == quoted or quoted.endswith("()")):
        short = {name.rpartition(".")[2] for name in _names(root)}
        return "" if named[0] in short else "nothing in the code is called so"
    return ""


@cache
def _files(root: Path) -> frozenset[str]:
    return frozenset(path.name for folder in FOLDERS for path in (root / folder).rglob("*.py"))


@cache
def _names(root: Path) -> frozenset[str]:
    """Every module and what it defines at its top or in a class, dotted."""
    names: set[str] = set()
    for folder in FOLDERS:
        for path in (root / folder).rglob("*.py"):
            module = ".".join(path.relative_to(root).with_suffix("").parts).removesuffix(
                ".__init__"
            )
            names |= {module, *_defined(module, ast.parse(path.read_text(encoding="utf-8")))}
    return frozenset(names)


def _defined(prefix: str, tree: ast.Module | ast.ClassDef) -> Iterator[str]:
    for node in tree.body:
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            yield f"{prefix}.{node.name}"
        if isinstance(node, ast.ClassDef):
            yield from _defined(f"{prefix}.{node.name}", node)
        targets = node.targets if isinstance(node, ast.Assign) else []
        targets = [node.target] if isinstance(node, ast.AnnAssign) else targets
        yield from (f"{prefix}.{each.id}" for each in targets if isinstance(each, ast.Name))
        if isinstance(node, ast.ImportFrom):
            yield from (f"{prefix}.{each.asname or each.name}" for each in node.names)
