"""Google's own description of its methods: routes, parameters, scopes and schemas.

The documents are those that google-api-python-client ships. They are read when first needed.
"""

from __future__ import annotations

import functools
import importlib.resources
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

DOCUMENTS = {"sheets": "sheets.v4", "drive": "drive.v3", "forms": "forms.v1", "gmail": "gmail.v1"}
HOSTS = {
    "sheets.googleapis.com": "sheets",
    "forms.googleapis.com": "forms",
    "www.googleapis.com": "drive",
    "drive.googleapis.com": "drive",
    "gmail.googleapis.com": "gmail",
}
BOUND_BODIES = {
    "sheets.spreadsheets.values.update": "data",
    "sheets.spreadsheets.values.append": "data",
    "sheets.spreadsheets.create": "spreadsheet",
    "forms.forms.create": "form",
}
"""Where Google binds the body to a field of the request, that field starts its error paths."""


@dataclass(frozen=True)
class Method:
    """One method of an API.

    Attributes:
        id: such as "sheets.spreadsheets.values.get".
        api: sheets, drive, forms or gmail.
        segments: the path template, split at its slashes.
        parameters: the document's query parameters by name, the common ones included.
        request: name of the body's schema, "" where the method takes none.
        response: name of the answer's schema, "" where the answer has no body.
        scopes: any one of them suffices.
        bound: where error paths of the body start.
    """

    id: str
    api: str
    verb: str
    segments: tuple[str, ...]
    parameters: Mapping[str, Mapping[str, Any]]
    request: str
    response: str
    scopes: tuple[str, ...]
    bound: str

    def match(self, path: tuple[str, ...]) -> dict[str, str] | None:
        """The decoded path parameters, if the encoded path fits."""
        if len(path) != len(self.segments):
            return None
        found: dict[str, str] = {}
        for template, segment in zip(self.segments, path, strict=True):
            if template[0] != "{":
                if template != segment:
                    return None
                continue
            name, _, suffix = template[1:].partition("}")
            value = segment.removesuffix(suffix)
            if not value or (suffix and value == segment):
                return None
            found[name] = unquote(value)
        return found


@functools.cache
def document(api: str) -> dict[str, Any]:
    """The discovery document of sheets, drive, forms or gmail."""
    folder = importlib.resources.files("googleapiclient") / "discovery_cache" / "documents"
    return json.loads((folder / f"{DOCUMENTS[api]}.json").read_text(encoding="utf-8"))


def _described(resource: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    yield from resource.get("methods", {}).values()
    for inner in resource.get("resources", {}).values():
        yield from _described(inner)


def _method(api: str, entry: Mapping[str, Any]) -> Method:
    whole = document(api)
    query = {n: p for n, p in entry.get("parameters", {}).items() if p["location"] == "query"}
    return Method(
        id=entry["id"],
        api=api,
        verb=entry["httpMethod"],
        segments=tuple((whole["servicePath"] + entry["flatPath"]).split("/")),
        parameters=whole["parameters"] | query,
        request=entry.get("request", {}).get("$ref", ""),
        response=entry.get("response", {}).get("$ref", ""),
        scopes=tuple(entry.get("scopes", ())),
        bound=BOUND_BODIES.get(entry["id"], ""),
    )


def _literalness(method: Method) -> int:
    return -sum(len(s) if s[0] != "{" else len(s.partition("}")[2]) for s in method.segments)


@functools.cache
def methods(api: str) -> tuple[Method, ...]:
    """All methods of an API, the most literal path first."""
    return tuple(
        sorted((_method(api, entry) for entry in _described(document(api))), key=_literalness)
    )


def api_of(host: str, path: str) -> str:
    """Which API is meant: by the original host if the caller names it, else by the path."""
    if host:
        return HOSTS.get(host, "")
    starts = {"/v4/": "sheets", "/drive/v3/": "drive", "/v1/forms": "forms", "/gmail/v1/": "gmail"}
    return next((api for start, api in starts.items() if path.startswith(start)), "")


def find(host: str, verb: str, path: str) -> tuple[Method, dict[str, str]] | None:
    """The method that an encoded path means, with its decoded path parameters."""
    api = api_of(host, path)
    split = tuple(path.removeprefix("/").split("/"))
    for method in methods(api) if api else ():
        if method.verb == verb and (found := method.match(split)) is not None:
            return method, found
    return None


def schema(api: str, name: str) -> Mapping[str, Any]:
    """A schema of an API by its name."""
    return document(api)["schemas"][name]


def scopes(api: str) -> frozenset[str]:
    """Every scope that some method of the API accepts."""
    return frozenset(scope for method in methods(api) for scope in method.scopes)
