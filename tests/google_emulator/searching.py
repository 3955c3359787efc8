"""The search language of Drive's files.list, as far as finding spreadsheets needs it."""

from __future__ import annotations

import re

from tests.google_emulator.errors import GoogleError, NotEmulated
from tests.google_emulator.world import File

QUOTED = r"""(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
TERM = re.compile(
    rf"\s*(?:(?P<field>\w+)\s*(?P<test>=|!=|contains|in|<=|>=|<|>)\s*(?P<value>{QUOTED}|true|false)"
    rf"|(?P<parent>{QUOTED})\s+in\s+parents)\s*(?P<more>and\b|$)"
)


def matches(text: str, file: File) -> bool:
    """Whether a file fits a search. Raises Drive's 400 for what isn't one."""
    at, good = 0, True
    while at < len(text):
        found = TERM.match(text, at)
        if found is None:
            raise _invalid(text)
        good &= _fits(found, file)
        at = found.end()
    if text.rstrip().endswith(" and"):
        raise _invalid(text)
    return good


def _invalid(text: str) -> GoogleError:
    if re.search(r"\b(or|not|has)\b", text):
        raise NotEmulated(f"the search {text!r}")
    listed = {"domain": "global", "reason": "invalid", "message": "Invalid Value"}
    listed |= {"locationType": "parameter", "location": "q"}
    return GoogleError(400, "INVALID_ARGUMENT", "Invalid Value", errors=[listed])


def _plain(quoted: str) -> str:
    return re.sub(r"\\(.)", r"\1", quoted[1:-1])


def _fits(term: re.Match[str], file: File) -> bool:
    if term["parent"]:
        return _plain(term["parent"]) in file.parents
    value = term["value"] if term["value"] in ("true", "false") else _plain(term["value"])
    match term["field"], term["test"]:
        case "mimeType", "=":
            return file.mime == value
        case "mimeType", "!=":
            return file.mime != value
        case "name", "=":
            return file.name.casefold() == value.casefold()  # Drive's search ignores case
        case "name", "contains":
            return value.casefold() in file.name.casefold()
        case "parents", "in":
            return value in file.parents
        case "trashed", "=":
            return file.trashed == (value == "true")
        case field, test:
            raise NotEmulated(f"searching files by {field} {test}")
