"""Requests about groups of rows or columns."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tests.google_emulator.errors import NotEmulated, invalid
from tests.google_emulator.sheets.batch.context import Handler
from tests.google_emulator.sheets.batch.dimensions import Stretch, stretch
from tests.google_emulator.sheets.editing import Editing
from tests.google_emulator.sheets.masks import parse


def add_group(edit: Editing, body: Mapping[str, Any]) -> dict[str, Any]:
    """addDimensionGroup: the whole list of groups is the reply."""
    span = stretch(edit, body.get("range", {}))
    groups = span.sheet.row_groups if span.rows else span.sheet.column_groups
    inside = [g for g in groups if _over(g, span)]
    groups.append({"range": _dimension_range(span), "depth": len(inside) + 1})
    return {"addDimensionGroup": {"dimensionGroups": groups}}


def delete_group(edit: Editing, body: Mapping[str, Any]) -> dict[str, Any]:
    """deleteDimensionGroup: only whole groups."""
    span = stretch(edit, body.get("range", {}))
    groups = span.sheet.row_groups if span.rows else span.sheet.column_groups
    mine = [g for g in groups if g["range"] == _dimension_range(span)]
    if not mine:
        raise NotEmulated("deleteDimensionGroup of a part of a group")
    groups.remove(mine[-1])
    return {"deleteDimensionGroup": {"dimensionGroups": groups} if groups else {}}


def update_group(edit: Editing, body: Mapping[str, Any]) -> None:
    """updateDimensionGroup: collapsed or not, which hides or shows."""
    given = body.get("dimensionGroup", {})
    parse(body.get("fields", ""), "DimensionGroup")
    span = stretch(edit, given.get("range", {}))
    groups = span.sheet.row_groups if span.rows else span.sheet.column_groups
    for group in groups:
        if group["range"] == _dimension_range(span) and group["depth"] == given.get("depth"):
            group["collapsed"] = bool(given.get("collapsed"))
            _show(span, not group["collapsed"])
            return
    raise invalid("No dimension group with that range and depth.")


def _show(span: Stretch, visible: bool) -> None:
    props = span.sheet.row_props if span.rows else span.sheet.column_props
    for index in range(span.start, span.end):
        props.setdefault(index, {})["hiddenByUser"] = not visible


def _over(group: Mapping[str, Any], span: Stretch) -> bool:
    return group["range"]["startIndex"] <= span.start and span.end <= group["range"]["endIndex"]


def _dimension_range(span: Stretch) -> dict[str, Any]:
    return {
        "sheetId": span.sheet.sheet_id,
        "dimension": span.dimension,
        "startIndex": span.start,
        "endIndex": span.end,
    }


HANDLERS: dict[str, Handler] = {
    "addDimensionGroup": add_group,
    "deleteDimensionGroup": delete_group,
    "updateDimensionGroup": update_group,
}
