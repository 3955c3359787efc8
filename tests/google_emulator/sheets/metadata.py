"""Developer metadata and data filters."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from tests.google_emulator.errors import invalid
from tests.google_emulator.sheets.a1 import Place, place_of, resolve
from tests.google_emulator.sheets.model import Sheet, Spreadsheet

SAME = ("metadataId", "metadataKey", "metadataValue", "visibility")


def located(book: Spreadsheet, asked: Mapping[str, Any]) -> dict[str, Any]:
    """A location with its type, as Google fills it in. Raises Google's 400 for a wrong one."""
    if asked.get("spreadsheet"):
        return {"locationType": "SPREADSHEET", "spreadsheet": True}
    if "dimensionRange" in asked:
        return _on_dimension(book, asked["dimensionRange"])
    if "sheetId" in asked:
        place_of(book, {"sheetId": asked["sheetId"]})
        return {"locationType": "SHEET", "sheetId": asked["sheetId"]}
    raise invalid("A developer metadata location must be specified.")


def _on_dimension(book: Spreadsheet, given: Mapping[str, Any]) -> dict[str, Any]:
    place = place_of(book, {"sheetId": given.get("sheetId", 0)})
    start, end = given.get("startIndex", 0), given.get("endIndex", 0)
    dimension = given.get("dimension")
    limit = place.sheet.rows if dimension == "ROWS" else place.sheet.columns
    if dimension not in ("ROWS", "COLUMNS") or end != start + 1 or end > limit:
        raise invalid("Developer metadata may only be on one row or one column of the grid.")
    where = {"sheetId": place.sheet.sheet_id, "dimension": dimension}
    return {
        "locationType": "ROW" if dimension == "ROWS" else "COLUMN",
        "dimensionRange": where | {"startIndex": start, "endIndex": end},
    }


def of_place(
    book: Spreadsheet, kind: str, sheet: Sheet | None = None, index: int | None = None
) -> list[dict[str, Any]]:
    """The metadata on the spreadsheet, a sheet, or one of its rows or columns."""
    found = []
    for item in book.developer_metadata:
        location = item["location"]
        if location["locationType"] != kind:
            continue
        where = location.get("dimensionRange", location)
        if sheet is not None and where.get("sheetId") != sheet.sheet_id:
            continue
        if index is None or where["startIndex"] == index:
            found.append(item)
    return found


def matches(item: Mapping[str, Any], lookup: Mapping[str, Any]) -> bool:
    """Whether metadata fits a lookup; locations that touch do, unless it says EXACT.

    Raises Google's 400 for a strategy without a location, and for a type with an exact one.
    """
    _demand_sense(lookup)
    if any(name in lookup and item.get(name) != lookup[name] for name in SAME):
        return False
    location = item["location"]
    if lookup.get("locationType", location["locationType"]) != location["locationType"]:
        return False
    wanted = lookup.get("metadataLocation")
    if wanted is None:
        return True
    if lookup.get("locationMatchingStrategy") == "EXACT_LOCATION":
        return _bare(location) == _bare(wanted)
    return _intersects(location, wanted)


def _demand_sense(lookup: Mapping[str, Any]) -> None:
    strategy = lookup.get("locationMatchingStrategy")
    if strategy and "metadataLocation" not in lookup:
        raise invalid("A location matching strategy needs a metadata location.")
    if strategy == "EXACT_LOCATION" and "locationType" in lookup:
        raise invalid("A location type can't be combined with an exact location.")


def _bare(location: Mapping[str, Any]) -> dict[str, Any]:
    bare = {key: value for key, value in location.items() if key != "locationType"}
    if "dimensionRange" in bare:
        bare["dimensionRange"] = {"sheetId": 0} | bare["dimensionRange"]
    return bare


def _intersects(location: Mapping[str, Any], wanted: Mapping[str, Any]) -> bool:
    if wanted.get("spreadsheet") or location.get("spreadsheet"):
        return bool(wanted.get("spreadsheet")) and bool(location.get("spreadsheet"))
    place = location.get("dimensionRange", location)
    area = wanted.get("dimensionRange", wanted)
    if "sheetId" not in place or place["sheetId"] != area.get("sheetId", 0):
        return False
    if "dimension" not in area or "dimension" not in place:
        return True
    same = area["dimension"] == place["dimension"]
    start, end = area.get("startIndex", 0), area.get("endIndex", 1 << 30)
    return not same or (place["startIndex"] < end and start < place["endIndex"])


def selected(book: Spreadsheet, filters: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The metadata that any of the filters selects."""
    lookups = [f.get("developerMetadataLookup", {}) for f in filters]
    return [m for m in book.developer_metadata if any(matches(m, lookup) for lookup in lookups)]


def places(book: Spreadsheet, data_filter: Mapping[str, Any]) -> list[Place]:
    """The places that a DataFilter selects. Raises Google's 400 unless it has one condition."""
    if len(data_filter) != 1:
        raise invalid("A data filter must have exactly one of its fields set.")
    if "a1Range" in data_filter:
        return [resolve(book, data_filter["a1Range"])]
    if "gridRange" in data_filter:
        return [place_of(book, data_filter["gridRange"])]
    found = selected(book, [data_filter])
    return [
        _place(book, item["location"]) for item in found if "spreadsheet" not in item["location"]
    ]


def _place(book: Spreadsheet, location: Mapping[str, Any]) -> Place:
    where = location.get("dimensionRange", location)
    sheet = book.sheet(where["sheetId"])
    if "dimension" not in where:
        return Place(sheet)
    if where["dimension"] == "ROWS":
        return Place(sheet, top=where["startIndex"], bottom=where["endIndex"])
    return Place(sheet, left=where["startIndex"], right=where["endIndex"])


def parent_of(book: Spreadsheet, sheet: Sheet, chosen: Iterable[Mapping[str, Any]]) -> None:
    """Copy a sheet's metadata to another sheet, with ids of their own."""
    for item in chosen:
        location = {**item["location"]}
        if "dimensionRange" in location:
            location["dimensionRange"] = location["dimensionRange"] | {"sheetId": sheet.sheet_id}
        else:
            location["sheetId"] = sheet.sheet_id
        book.developer_metadata.append({**item, "metadataId": book.new_id(), "location": location})
