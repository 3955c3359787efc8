"""Every metric has an example worked out by hand, and one of why it has no data.

Found are the cases of `verify`, by parametrisation or in a test's body, and what a module names
itself: `WORKED` and `WITHOUT` say of a code which test holds its example in another form.
"""

from __future__ import annotations

import ast
import importlib.util
import inspect
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest

from pipeline.metrics.registry import BY_CODE, METRICS

HERE = Path(__file__).parent
NEVER_WITHOUT = {"A1", "A2", "A3", "A18", "Q3", "Q5"}
"""Counts: of nobody they are none, or they aren't shown yet."""


@cache
def modules() -> tuple[ModuleType, ...]:
    """The test modules beside this one, imported on their own."""
    return tuple(
        _imported(path) for path in sorted(HERE.glob("test_*.py")) if path != Path(__file__)
    )


def _imported(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"examples_in_{path.stem}", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def cases(module: ModuleType) -> Iterator[tuple[str, bool]]:
    """(code, has it a figure?) of every case in a module."""
    for name, test in vars(module).items():
        marks = getattr(test, "pytestmark", []) if name.startswith("test_") else []
        if marks and "verify(" in inspect.getsource(test):
            for mark in marks:
                yield from _parametrised(mark)
    yield from _called(ast.parse(Path(str(module.__file__)).read_text("utf-8")))
    for name, figure in (("WORKED", True), ("WITHOUT", False)):
        listed: Mapping[str, str] = getattr(module, name, {})
        for code, test_name in listed.items():
            assert callable(getattr(module, test_name)), test_name
            yield code, figure


def _parametrised(mark: pytest.Mark) -> Iterator[tuple[str, bool]]:
    for case in mark.args[1] if mark.name == "parametrize" else ():
        values = getattr(case, "values", case)
        if isinstance(values, (tuple, list)) and len(values) > 1 and values[0] in BY_CODE:
            yield values[0], not isinstance(values[-1], str)


def _called(tree: ast.AST) -> Iterator[tuple[str, bool]]:
    calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call))
    for call in calls:
        if not isinstance(call.func, ast.Name) or call.func.id != "verify":
            continue
        code, _, expected = call.args
        if isinstance(code, ast.Constant):
            yield str(code.value), not isinstance(expected, (ast.Constant, ast.JoinedStr))


@cache
def found() -> frozenset[tuple[str, bool]]:
    return frozenset(case for module in modules() for case in cases(module))


def test_every_metric_is_worked_out_by_hand() -> None:
    assert [metric.code for metric in METRICS if (metric.code, True) not in found()] == []


def test_every_metric_has_an_example_of_no_data() -> None:
    able = [metric.code for metric in METRICS if metric.code not in NEVER_WITHOUT]
    assert [code for code in able if (code, False) not in found()] == []


def test_what_is_never_without_data_has_no_such_example() -> None:
    assert sorted(code for code in NEVER_WITHOUT if (code, False) in found()) == []
