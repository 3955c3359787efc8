"""The emulator's routes are Google's, and so are its schemas."""

from __future__ import annotations

from typing import Any

import pytest

from tests.google_emulator import discovery, grammar, schemas
from tests.google_emulator.discovery import DOCUMENTS
from tests.google_emulator.service import handlers

NEEDED = {
    "sheets": {
        "sheets.spreadsheets.get",
        "sheets.spreadsheets.create",
        "sheets.spreadsheets.batchUpdate",
        "sheets.spreadsheets.getByDataFilter",
        "sheets.spreadsheets.developerMetadata.get",
        "sheets.spreadsheets.developerMetadata.search",
        "sheets.spreadsheets.sheets.copyTo",
        "sheets.spreadsheets.values.get",
        "sheets.spreadsheets.values.batchGet",
        "sheets.spreadsheets.values.batchGetByDataFilter",
        "sheets.spreadsheets.values.update",
        "sheets.spreadsheets.values.append",
        "sheets.spreadsheets.values.clear",
        "sheets.spreadsheets.values.batchUpdate",
        "sheets.spreadsheets.values.batchClear",
    },
    "forms": {
        "forms.forms.get",
        "forms.forms.create",
        "forms.forms.batchUpdate",
        "forms.forms.setPublishSettings",
        "forms.forms.responses.get",
        "forms.forms.responses.list",
    },
    "drive": {"drive.files.list", "drive.files.get", "drive.permissions.create"},
    "gmail": {"gmail.users.messages.send", "gmail.users.drafts.create"},
}


@pytest.mark.parametrize("api", DOCUMENTS)
def test_every_handler_is_a_method_of_google(api: str) -> None:
    known = {method.id: method for method in discovery.methods(api)}
    assert set(handlers(api)) <= set(known)
    assert NEEDED[api] <= set(handlers(api))
    for name in handlers(api):
        method = known[name]
        filled = "/".join(_filled(segment) for segment in method.segments)
        found = discovery.find("", method.verb, f"/{filled}")
        assert found is not None
        assert found[0] is method
        assert discovery.find("", "OPTIONS", f"/{filled}") is None


def _filled(segment: str) -> str:
    return "some%2Fthing" + segment.partition("}")[2] if segment[0] == "{" else segment


def test_the_documents_are_those_that_the_facts_are_about() -> None:
    assert len(discovery.methods("sheets")) == 17
    assert len(discovery.methods("forms")) == 10
    kinds = discovery.schema("sheets", "Request")["properties"]
    assert len(kinds) == 74


@pytest.mark.parametrize("api", DOCUMENTS)
def test_every_schema_can_be_checked(api: str) -> None:
    for name, kind in discovery.document(api)["schemas"].items():
        if kind["type"] == "object" and "additionalProperties" not in kind:
            assert schemas.faults(api, name, {}) == []
            assert schemas.faults(api, name, {"noSuchField": 1}) != []


@pytest.mark.parametrize(
    ("kind", "good", "bad"),
    [
        ({"type": "integer", "format": "int32"}, [0, -7, 2**31 - 1], ["7", 2**31, 1.5, True]),
        ({"type": "string", "format": "int64"}, ["7", "-7"], [7, "x"]),
        ({"type": "number", "format": "double"}, [1, 1.5, "NaN"], ["x", True]),
        ({"type": "boolean"}, [True], ["true", 1]),
        ({"type": "string", "enum": ["A", "B"]}, ["A"], ["C", 1]),
        (
            {"type": "string", "format": "google-datetime"},
            ["2026-03-09T03:00:00Z", "2026-03-09T03:00:00.394652Z"],
            ["2026-03-09", "2026-03-09T03:00:00", 7],
        ),
        ({"type": "array", "items": {"type": "string"}}, [[], ["a"]], ["a", [1]]),
        ({"type": "any"}, [1, "a", [], {}], []),
    ],
)
def test_answers_are_held_to_googles_types(
    kind: dict[str, Any], good: list[Any], bad: list[Any]
) -> None:
    import jsonschema_rs

    checker = jsonschema_rs.validator_for(schemas.converted(kind))
    assert all(checker.is_valid(value) for value in good)
    assert not any(checker.is_valid(value) for value in bad)


@pytest.mark.parametrize(
    ("kind", "value", "handed"),
    [
        ({"type": "integer", "format": "int32"}, 3.0, 3),
        ({"type": "integer", "format": "int32"}, "3", 3),
        ({"type": "string", "format": "int64"}, 3, "3"),
        ({"type": "number", "format": "float"}, 1, 1),
    ],
)
def test_numbers_come_in_several_spellings(kind: dict[str, Any], value: Any, handed: Any) -> None:
    assert grammar.scalar(kind, value) == (True, handed)
    assert type(grammar.scalar(kind, value)[1]) is type(handed)


def test_the_readme_lists_what_isnt_emulated() -> None:
    from pathlib import Path

    from tests.google_emulator.sheets.batch.run import REQUESTS

    text = (Path(__file__).parent / "README.md").read_text(encoding="utf-8")
    kinds = set(discovery.schema("sheets", "Request")["properties"])
    assert set(REQUESTS) <= kinds
    listed = text.partition("are not emulated:")[2].partition(".\n")[0]
    assert {name.strip() for name in listed.split(",")} == kinds - set(REQUESTS)
    assert f"{len(REQUESTS)} kinds of `batchUpdate`" in text


def test_the_quick_look_lets_nothing_pass_that_the_slow_one_refuses() -> None:
    good = {"requests": [{"addSheet": {"properties": {"title": "x", "sheetId": 1}}}, {}]}
    assert schemas.plainly_good("sheets", "BatchUpdateSpreadsheetRequest", good)
    for requests in (
        [{"addSheet": {}, "deleteSheet": {}}],
        [{"addSheet": None}],
        [{"addSheet": {"properties": {"sheetId": "1"}}}],
        [{"updateCells": {"rows": [{"values": [{"userEnteredValue": BOTH}]}]}}],
    ):
        body = {"requests": requests}
        assert not schemas.plainly_good("sheets", "BatchUpdateSpreadsheetRequest", body)
    item = {"title": "x", "textItem": {}, "pageBreakItem": {}}
    body = {"requests": [{"createItem": {"item": item}}]}
    assert not schemas.plainly_good("forms", "BatchUpdateFormRequest", body)


BOTH = {"stringValue": "x", "numberValue": 1}
