"""Partial answers: the `fields` parameter in all its spellings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tests.google_emulator.discovery import schema
from tests.google_emulator.errors import GoogleError, invalid

Mask = dict[str, "Mask"]
"""Field → mask of what is below it; an empty mask takes everything. "*" stands for any field."""


def parse(text: str) -> Mask:
    """`a,b/c`, `a.b`, `a(b,c.d)`, `*` → a tree. Raises Google's 400 for unbalanced brackets."""
    mask, rest = _group(text.strip(), 0)
    if rest != len(text.strip()):
        raise invalid("Request contains an invalid argument.", [_violation(text)])
    return mask


def _group(text: str, at: int) -> tuple[Mask, int]:
    """The comma-separated paths from a position up to the closing bracket or the end."""
    mask: Mask = {}
    while at < len(text) and text[at] != ")":
        branch, at = _path(text, at)
        _merge(mask, branch)
        if at < len(text) and text[at] == ",":
            at += 1
    return mask, at


def _path(text: str, at: int) -> tuple[Mask, int]:
    """One path, with the group that may follow it."""
    start = at
    while at < len(text) and text[at] not in "(),":
        at += 1
    below: Mask = {}
    if at < len(text) and text[at] == "(":
        below, at = _group(text, at + 1)
        if at >= len(text):
            raise invalid("Request contains an invalid argument.", [_violation(text)])
        at += 1
    for name in reversed(text[start:at].partition("(")[0].replace("/", ".").split(".")):
        below = {name.strip(): below}
    return below, at


def _merge(into: Mask, other: Mask) -> None:
    for name, below in other.items():
        if name not in into:
            into[name] = below
        elif not into[name] or not below:
            into[name] = {}  # everything, and something of it: everything
        else:
            _merge(into[name], below)


def _violation(path: str) -> dict[str, Any]:
    text = f"Error expanding 'fields' parameter. Cannot find matching fields for path '{path}'."
    return {
        "@type": "type.googleapis.com/google.rpc.BadRequest",
        "fieldViolations": [{"field": path, "description": text}],
    }


def check(api: str, name: str, mask: Mask) -> None:
    """Raises Google's 400 where the mask names a field that the answer can't have."""
    missing = _missing(api, {"$ref": name}, mask, "")
    if missing and api == "drive":
        raise GoogleError(400, "INVALID_ARGUMENT", f"Invalid field selection {missing}")
    if missing:
        raise invalid("Request contains an invalid argument.", [_violation(missing)])


def _missing(api: str, kind: Mapping[str, Any], mask: Mask, path: str) -> str:
    """The first path of the mask that the schema doesn't know, or ""."""
    while kind.get("type") == "array":
        kind = kind["items"]
    if not mask or kind.get("type") == "any" or "additionalProperties" in kind:
        return ""
    fields = schema(api, kind["$ref"]).get("properties", {}) if "$ref" in kind else {}
    for name, below in mask.items():
        inner = f"{path}.{name}" if path else name
        if name == "*":
            continue
        if name not in fields:
            return inner
        if found := _missing(api, fields[name], below, inner):
            return found
    return ""


def apply(mask: Mask, value: Any) -> Any:
    """The part of an answer that a mask asks for."""
    if not mask:
        return value
    if isinstance(value, list):
        return [apply(mask, item) for item in value]
    if not isinstance(value, dict):
        return value
    return {
        name: apply(below, inner)
        for name, inner in value.items()
        if (below := mask.get(name, mask.get("*"))) is not None
    }
