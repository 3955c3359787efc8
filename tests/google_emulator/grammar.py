"""Checks a request's body as Google's front end does, and says what is wrong in its words."""

from __future__ import annotations

import functools
import json
import math
import re
from collections.abc import Mapping
from typing import Any

from tests.google_emulator.discovery import Method, schema
from tests.google_emulator.errors import GoogleError, invalid
from tests.google_emulator.schemas import ONE_OF, plainly_good

TOLERATED = {("drive", "Permission"): {"withLink"}}
"""Unknown fields of a message that Google ignores: stock gspread sends them."""
PACKAGES = {
    "sheets": "google.apps.sheets.v4",
    "forms": "google.apps.forms.v1",
    "drive": "drive",
    "gmail": "caribou.api.proto",
}
WELL_KNOWN = {
    "google-datetime": "google.protobuf.Timestamp",
    "google-fieldmask": "google.protobuf.FieldMask",
    "google-duration": "google.protobuf.Duration",
}
INT_BOUNDS = {"int32": 2**31, "int64": 2**63}
TIMESTAMP = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)")


@functools.cache
def snake(name: str) -> str:
    """CamelCase as Google's error paths write it."""
    return re.sub(r"[A-Z]", lambda found: "_" + found[0].lower(), name)


class Violations:
    """What is wrong with one request: pairs of a path and a sentence."""

    def __init__(self, api: str) -> None:
        self.api = api
        self.found: list[dict[str, str]] = []

    def add(self, path: str, text: str) -> None:
        """Note one."""
        entry = {"field": path, "description": text} if path else {"description": text}
        self.found.append(entry)

    def unknown(self, path: str, name: str, why: str = "Cannot find field.") -> None:
        """A name that Google doesn't know there."""
        at = f" at '{path}'" if path else ""
        self.add(path, f'Invalid JSON payload received. Unknown name "{name}"{at}: {why}')

    def value(self, path: str, kind: str, value: Any) -> None:
        """A value of the wrong type."""
        shown = json.dumps(value, ensure_ascii=False)
        self.add(path, f"Invalid value at '{path}' ({kind}), {shown}")

    def error(self) -> GoogleError:
        """The refusal that tells all of it."""
        detail = {
            "@type": "type.googleapis.com/google.rpc.BadRequest",
            "fieldViolations": self.found,
        }
        return invalid("\n".join(v["description"] for v in self.found), [detail])


def parse(raw: bytes) -> Any:
    """The JSON of a body. Raises Google's 400 for what isn't JSON, such as NaN."""

    def refuse(token: str) -> Any:
        raise ValueError(token)

    try:
        text = raw.decode("utf-8")
        return json.loads(text, parse_constant=refuse, parse_float=_number)
    except ValueError as error:
        near = raw.decode("utf-8", "replace")[:60]
        raise invalid(f"Invalid JSON payload received. Unexpected token.\n{near}\n^") from error


def _number(text: str) -> int | float:
    """3.0 is as good as 3 where a whole number is asked for."""
    number = float(text)
    if math.isinf(number):
        raise ValueError(text)
    return int(number) if number.is_integer() and abs(number) < 2**53 else number


def checked_body(method: Method, raw: bytes) -> dict[str, Any]:
    """The body without its nulls, checked against the method's schema. Raises Google's 400s."""
    given = parse(raw) if raw.strip() else {}
    if method.request and plainly_good(method.api, method.request, given):
        return given
    wrong = Violations(method.api)
    if not isinstance(given, dict):
        wrong.unknown("", "", "Root element must be a message.")
        raise wrong.error()
    if not method.request:
        for name in given:
            wrong.unknown("", name)
        body = {}
    else:
        body = _message(wrong, method.request, given, method.bound)
    if wrong.found:
        raise wrong.error()
    return body


def _join(path: str, name: str) -> str:
    return f"{path}.{snake(name)}" if path else snake(name)


def _message(wrong: Violations, name: str, given: Any, path: str) -> Any:
    """A message of a named schema, nulls left out."""
    if not isinstance(given, dict):
        wrong.value(path, f"type.googleapis.com/{PACKAGES[wrong.api]}.{name}", given)
        return given
    fields = schema(wrong.api, name).get("properties", {})
    kept: dict[str, Any] = {}
    for key, value in given.items():
        if key in TOLERATED.get((wrong.api, name), ()):
            continue
        if key not in fields:
            wrong.unknown(path, key)
        elif value is not None:
            kept[key] = _field(wrong, fields[key], value, path, key)
    _one_of(wrong, name, kept, path)
    return kept


def _one_of(wrong: Violations, name: str, kept: Mapping[str, Any], path: str) -> None:
    group, members = ONE_OF.get(name, ("", frozenset()))
    several = [key for key in kept if members is None or key in members]
    for extra in several[1:] if group else ():
        text = f"oneof field '{group}' is already set. Cannot set '{extra}'"
        wrong.add(path, f"Invalid value at '{path}' (oneof), {text}")


def _field(wrong: Violations, kind: Mapping[str, Any], value: Any, path: str, key: str) -> Any:
    inner = _join(path, key)
    if kind.get("type") != "array":
        if isinstance(value, list) and kind.get("type") != "any":
            wrong.unknown(path, key, "Proto field is not repeating, cannot start list.")
            return value
        return _single(wrong, kind, value, inner)
    if not isinstance(value, list):
        wrong.value(inner, _name(wrong, kind["items"]), value)
        return value
    return [
        _element(wrong, kind["items"], item, f"{inner}[{index}]")
        for index, item in enumerate(value)
    ]


def _element(wrong: Violations, kind: Mapping[str, Any], value: Any, path: str) -> Any:
    if kind.get("type") == "array":  # rows of a ValueRange: nulls in them mean "leave the cell"
        if not isinstance(value, list):
            wrong.value(path, "type.googleapis.com/google.protobuf.ListValue", value)
        return value
    return _single(wrong, kind, value, path)


def _single(wrong: Violations, kind: Mapping[str, Any], value: Any, path: str) -> Any:
    if "$ref" in kind:
        return _message(wrong, kind["$ref"], value, path)
    if kind.get("type") == "object":
        return _map(wrong, kind, value, path)
    if kind.get("type") == "any":
        return value
    good, plain = scalar(kind, value)
    if not good:
        wrong.value(path, _name(wrong, kind), value)
    return plain


def _map(wrong: Violations, kind: Mapping[str, Any], value: Any, path: str) -> Any:
    if not isinstance(value, dict):
        wrong.value(path, "TYPE_MESSAGE", value)
        return value
    inner = kind.get("additionalProperties", {"type": "any"})
    return {k: _single(wrong, inner, v, f"{path}[{k}]") for k, v in value.items() if v is not None}


def _name(wrong: Violations, kind: Mapping[str, Any]) -> str:
    """What Google calls the type in its refusal."""
    if "$ref" in kind:
        return f"type.googleapis.com/{PACKAGES[wrong.api]}.{kind['$ref']}"
    if "enum" in kind:
        return "TYPE_ENUM"
    if kind.get("format") in WELL_KNOWN:
        return f"type.googleapis.com/{WELL_KNOWN[kind['format']]}"
    plain = {"boolean": "bool", "array": "message"}.get(kind["type"], kind["type"])
    return f"TYPE_{kind.get('format', plain).upper()}"


def scalar(kind: Mapping[str, Any], value: Any) -> tuple[bool, Any]:
    """Whether a plain value fits a schema, and the value as handlers get it."""
    if "enum" in kind:
        return value in kind["enum"] if isinstance(value, str) else False, value
    match kind["type"]:
        case "boolean":
            return isinstance(value, bool), value
        case "integer" | "string" if kind.get("format") in (*INT_BOUNDS, "uint64"):
            return _whole(kind, value)
        case "number":
            number = isinstance(value, int | float) and not isinstance(value, bool)
            return number or value in ("NaN", "Infinity", "-Infinity"), value
        case "string" if kind.get("format") in ("google-datetime", "date-time"):
            return isinstance(value, str) and bool(TIMESTAMP.fullmatch(value)), value
        case _:
            return isinstance(value, str), value


def _whole(kind: Mapping[str, Any], value: Any) -> tuple[bool, Any]:
    """Whole numbers, which may come as 3, 3.0 or "3"; 64-bit ones are handed on as text."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return False, value
    if isinstance(value, str) and not re.fullmatch(r"-?\d{1,19}", value):
        return False, value
    if float(value) != int(float(value)):
        return False, value
    number, bound = int(value), INT_BOUNDS.get(kind["format"], 2**63)
    fits = -bound <= number < bound
    return fits, number if kind["type"] == "integer" else str(number)
