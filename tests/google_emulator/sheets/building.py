"""Pieces of requests for the tests of batchUpdate."""

from __future__ import annotations

from typing import Any

import pytest

from tests.google_emulator.sheets.calling import Api, Refusal, span


def text(value: str) -> dict[str, Any]:
    """CellData of a text."""
    return {"userEnteredValue": {"stringValue": value}}


def refused(api: Api, *requests: Any) -> str:
    """The message of the refusal of a batchUpdate."""
    with pytest.raises(Refusal) as caught:
        api.post(":batchUpdate", {"requests": list(requests)})
    assert (caught.value.code, caught.value.status) == (400, "INVALID_ARGUMENT")
    return caught.value.message


def ends(grid_range: dict[str, int]) -> tuple[int, int]:
    return grid_range["startRowIndex"], grid_range["endRowIndex"]


def rule(where: dict[str, int]) -> dict[str, Any]:
    condition = {"type": "TEXT_EQ", "values": [{"userEnteredValue": "no"}]}
    look = {"backgroundColor": {"red": 1}}
    return {"ranges": [where], "booleanRule": {"condition": condition, "format": look}}


def banding(where: dict[str, int]) -> dict[str, Any]:
    return {"range": where, "rowProperties": {"firstBandColor": {"red": 1}}}


def chart(source: dict[str, int], row: int) -> dict[str, Any]:
    series = {"series": {"sourceRange": {"sources": [source]}}}
    spec = {"title": "Signed", "basicChart": {"chartType": "COLUMN", "series": [series]}}
    anchor = {"sheetId": 0, "rowIndex": row, "columnIndex": 6}
    return {"spec": spec, "position": {"overlayPosition": {"anchorCell": anchor}}}


def sources(shown: dict[str, Any]) -> list[dict[str, int]]:
    series = shown["spec"]["basicChart"]["series"][0]
    return series["series"]["sourceRange"]["sources"]


def mark(row: int) -> dict[str, Any]:
    location = {"dimensionRange": span("ROWS", row, row + 1)}
    return {"metadataKey": "response", "metadataValue": "r1", "location": location} | {
        "visibility": "DOCUMENT"
    }
