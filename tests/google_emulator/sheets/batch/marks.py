"""Requests about developer metadata."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tests.google_emulator.errors import invalid
from tests.google_emulator.sheets import metadata
from tests.google_emulator.sheets.batch.context import Handler, new_id
from tests.google_emulator.sheets.editing import Editing
from tests.google_emulator.sheets.masks import parse

VISIBILITIES = ("DOCUMENT", "PROJECT")


def create(edit: Editing, body: Mapping[str, Any]) -> dict[str, Any]:
    """createDeveloperMetadata."""
    given = dict(body.get("developerMetadata", {}))
    if not given.get("metadataKey"):
        raise invalid("Developer metadata key must be specified.")
    _demand_visibility(given)
    taken = {item["metadataId"] for item in edit.book.developer_metadata}
    given["metadataId"] = new_id(edit, given.get("metadataId"), taken, "metadataId")
    given["location"] = metadata.located(edit.book, given.get("location", {}))
    edit.book.developer_metadata.append(given)
    return {"createDeveloperMetadata": {"developerMetadata": given}}


def _demand_visibility(given: Mapping[str, Any]) -> None:
    if given.get("visibility") not in VISIBILITIES:
        raise invalid("Developer metadata visibility must be specified.")


def _chosen(edit: Editing, body: Mapping[str, Any]) -> list[dict[str, Any]]:
    return metadata.selected(edit.book, body.get("dataFilters", ()))


def update(edit: Editing, body: Mapping[str, Any]) -> dict[str, Any]:
    """updateDeveloperMetadata: all that the filters select."""
    tree = parse(body.get("fields", ""), "DeveloperMetadata")
    given = dict(body.get("developerMetadata", {}))
    if "location" in tree:
        given["location"] = metadata.located(edit.book, given.get("location", {}))
    if "visibility" in tree:
        _demand_visibility(given)
    found = _chosen(edit, body)
    for item in found:
        for name in tree.keys() - {"metadataId"}:
            item.pop(name, None)
            if name in given:
                item[name] = given[name]
    return {"updateDeveloperMetadata": {"developerMetadata": found} if found else {}}


def delete(edit: Editing, body: Mapping[str, Any]) -> dict[str, Any]:
    """deleteDeveloperMetadata: all that the filter selects."""
    found = metadata.selected(edit.book, [body.get("dataFilter", {})])
    for item in found:
        edit.book.developer_metadata.remove(item)
    return {"deleteDeveloperMetadata": {"deletedDeveloperMetadata": found} if found else {}}


HANDLERS: dict[str, Handler] = {
    "createDeveloperMetadata": create,
    "updateDeveloperMetadata": update,
    "deleteDeveloperMetadata": delete,
}
