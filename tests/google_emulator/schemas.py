"""Google's schemas as JSON Schema, to check that the emulator's own answers are Google's."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Mapping
from typing import Any

import jsonschema_rs

from tests.google_emulator.discovery import document

QUESTIONS = ("choice", "text", "scale", "rating", "date", "time", "fileUpload", "row")
ITEMS = ("question", "questionGroup", "pageBreak", "text", "image", "video")
ONE_OF: dict[str, tuple[str, frozenset[str] | None]] = {
    "Request": ("kind", None),
    "ExtendedValue": ("value", None),
    "DataFilter": ("filter", None),
    "Question": ("kind", frozenset(f"{kind}Question" for kind in QUESTIONS)),
    "Item": ("kind", frozenset(f"{kind}Item" for kind in ITEMS)),
}
"""Schema → Google's name of the group of which one may be set, and its members (None: all)."""

FORMATS: dict[str, dict[str, Any]] = {
    "int32": {"type": "integer", "minimum": -(2**31), "maximum": 2**31 - 1},
    "uint32": {"type": "integer", "minimum": 0, "maximum": 2**32 - 1},
    "int64": {"type": "string", "pattern": r"^-?\d+$"},
    "uint64": {"type": "string", "pattern": r"^\d+$"},
    "google-datetime": {"pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?Z$"},
    "date-time": {"pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?Z$"},
    "byte": {"pattern": r"^[A-Za-z0-9+/_=-]*$"},
}


def converted(kind: Mapping[str, Any]) -> dict[str, Any]:
    """A schema of a discovery document as JSON Schema, strict about unknown fields."""
    if "$ref" in kind:
        return {"$ref": f"#/$defs/{kind['$ref']}"}
    match kind.get("type"):
        case "any":
            return {}
        case "array":
            return {"type": "array", "items": converted(kind["items"])}
        case "object":
            return _object(kind)
        case "number":
            return {"anyOf": [{"type": "number"}, {"enum": ["NaN", "Infinity", "-Infinity"]}]}
    plain = {"type": kind["type"]} | FORMATS.get(kind.get("format", ""), {})
    return plain | {"enum": kind["enum"]} if "enum" in kind else plain


def _object(kind: Mapping[str, Any]) -> dict[str, Any]:
    if "additionalProperties" in kind:
        return {"type": "object", "additionalProperties": converted(kind["additionalProperties"])}
    fields = {name: converted(field) for name, field in kind.get("properties", {}).items()}
    return {"type": "object", "properties": fields, "additionalProperties": False}


@functools.cache
def _defs(api: str) -> dict[str, Any]:
    return {name: converted(kind) for name, kind in document(api)["schemas"].items()}


@functools.cache
def validator(api: str, name: str) -> Any:
    """The checker of a schema; `iter_errors(value)` tells what is wrong."""
    return jsonschema_rs.validator_for({"$ref": f"#/$defs/{name}", "$defs": _defs(api)})


@functools.cache
def _request_validator(api: str, name: str) -> Any:
    """A checker that is stricter than Google: what it lets pass needs no second look."""
    defs = {kind: shape | _alone(kind, shape) for kind, shape in _defs(api).items()}
    return jsonschema_rs.validator_for({"$ref": f"#/$defs/{name}", "$defs": defs})


def _alone(name: str, shape: Mapping[str, Any]) -> dict[str, Any]:
    """That of a group's members only one may be set."""
    if name not in ONE_OF:
        return {}
    members = sorted(ONE_OF[name][1] or shape["properties"])
    if len(members) == len(shape["properties"]):
        return {"maxProperties": 1}
    pairs = itertools.combinations(members, 2)
    return {"not": {"anyOf": [{"required": list(pair)} for pair in pairs]}}


def plainly_good(api: str, name: str, body: Any) -> bool:
    """Whether a request's body is beyond doubt what the schema asks for, in one quick look."""
    return bool(_request_validator(api, name).is_valid(body))


def faults(api: str, name: str, answer: Any) -> list[str]:
    """What is wrong with an answer of the emulator, each as one line."""
    checker = validator(api, name)
    if checker.is_valid(answer):
        return []
    errors = list(checker.iter_errors(answer))[:5]
    return [f"{name}/{'/'.join(map(str, e.instance_path))}: {e.message[:300]}" for e in errors]
