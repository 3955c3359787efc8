"""Checks query parameters as Google's front end does, with the leniencies that it really has."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl

from tests.google_emulator.discovery import Method
from tests.google_emulator.errors import NotEmulated
from tests.google_emulator.grammar import Violations, scalar, snake

BOOLEANS = {"true", "false", "True", "False", "1", "0"}
TOLERATED = {"drive.files.get": {"includeItemsFromAllDrives"}}
"""Unknown parameters that Google was seen to ignore."""

Query = dict[str, tuple[str, ...]]


def parse(text: str) -> Query:
    """The parameters by name, repeated ones in order."""
    found: Query = {}
    for name, value in parse_qsl(text, keep_blank_values=True):
        found[name] = (*found.get(name, ()), value)
    return found


def check(method: Method, query: Query) -> None:
    """Raises Google's 400 for a parameter that it doesn't know or can't read."""
    wrong = Violations(method.api)
    for name, values in query.items():
        if name in method.parameters:
            _values(wrong, name, method.parameters[name], values)
        elif name not in TOLERATED.get(method.id, ()):
            why = f"Cannot bind query parameter. Field '{name}' could not be found in request"
            wrong.unknown("", name, f"{why} message.")
    if wrong.found:
        raise wrong.error()
    if query.get("alt", ("json",))[-1] != "json":
        raise NotEmulated(f"alt={query['alt'][-1]}")


def _values(wrong: Violations, name: str, kind: Mapping[str, Any], values: tuple[str, ...]) -> None:
    if len(values) > 1 and not kind.get("repeated"):
        wrong.unknown("", name, "Proto field is not repeating, cannot start list.")
    for value in values:
        if not _fits(kind, value):
            wrong.value(snake(name), _type(kind), value)


def _type(kind: Mapping[str, Any]) -> str:
    plain = {"boolean": "bool"}.get(kind["type"], kind["type"])
    return "TYPE_ENUM" if "enum" in kind else f"TYPE_{kind.get('format', plain).upper()}"


def _fits(kind: Mapping[str, Any], value: str) -> bool:
    if kind["type"] == "boolean":
        return value in BOOLEANS
    if kind["type"] in ("integer", "number"):
        return _number(kind, value)
    return scalar(kind, value)[0]


def _number(kind: Mapping[str, Any], value: str) -> bool:
    try:
        number = int(value) if kind["type"] == "integer" else float(value)
    except ValueError:
        return False
    return float(kind.get("minimum", number)) <= number <= float(kind.get("maximum", number))
