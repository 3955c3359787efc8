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


def terms(text: str) -> list[re.Match[str]]:
    """The terms of a search, all of which must fit. Raises Drive's 400 for what isn't one."""
    found: list[re.Match[str]] = []
    while (at := found[-1].end() if found else 0) < len(text):
        term = TERM.match(text, at)
        if term is None:
            raise _invalid(text)
        found.append(term)
    if found and found[-1]["more"]:
        raise _invalid(text)
    return found


def matches(text: str, file: File) -> bool:
    """Whether a file fits a search."""
    return all(_fits(term, file) for term in terms(text))


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
