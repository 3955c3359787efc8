"""Requests about conditional formats, banding and charts."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any

from tests.google_emulator.errors import NotEmulated, invalid
from tests.google_emulator.sheets.batch.context import (
    Handler,
    completed,
    demand_sheet,
    find,
    new_id,
)
from tests.google_emulator.sheets.editing import Editing
from tests.google_emulator.sheets.masks import merge, parse
from tests.google_emulator.sheets.model import Sheet

DEFAULT_SIZE = {"widthPixels": 600, "heightPixels": 371}


def _rule(edit: Editing, given: Mapping[str, Any]) -> tuple[Sheet, dict[str, Any]]:
    """The rule with complete ranges, and its tab. Raises Google's 400."""
    rule = copy.deepcopy(dict(given))
    if not rule.get("ranges"):
        raise invalid("No ranges were specified for the conditional format rule.")
    if ("booleanRule" in rule) == ("gradientRule" in rule):
        raise invalid("Exactly one of booleanRule or gradientRule must be set.")
    if "booleanRule" in rule and "type" not in rule["booleanRule"].get("condition", {}):
        raise invalid("ConditionType must be specified.")
    rule["ranges"] = [completed(edit, area) for area in rule["ranges"]]
    if len({area["sheetId"] for area in rule["ranges"]}) > 1:
        raise invalid("All ranges of a conditional format rule must be on the same sheet.")
    return edit.sheet(rule["ranges"][0]["sheetId"]), rule


def add_rule(edit: Editing, body: Mapping[str, Any]) -> None:
    """addConditionalFormatRule: at the index, before what is there."""
    sheet, rule = _rule(edit, body.get("rule", {}))
    index = body.get("index", 0)
    if not 0 <= index <= len(sheet.conditional_formats):
        raise _no_rule(sheet, index)
    sheet.conditional_formats.insert(index, rule)


def _no_rule(sheet: Sheet, index: int) -> Exception:
    return invalid(f"No conditional format on sheet: {sheet.sheet_id} at index: {index}")


def _rule_at(edit: Editing, body: Mapping[str, Any], sheet_id: int) -> tuple[Sheet, int]:
    sheet, index = edit.sheet(sheet_id), body.get("index", 0)
    if not 0 <= index < len(sheet.conditional_formats):
        raise _no_rule(sheet, index)
    return sheet, index


def update_rule(edit: Editing, body: Mapping[str, Any]) -> dict[str, Any]:
    """updateConditionalFormatRule: another rule at the index, or another index."""
    if ("rule" in body) == ("newIndex" in body):
        raise invalid("Exactly one of rule or newIndex must be set.")
    if "rule" in body:
        place, rule = _rule(edit, body["rule"])
        sheet, index = _rule_at(edit, body, body.get("sheetId", place.sheet_id))
        old, sheet.conditional_formats[index] = sheet.conditional_formats[index], rule
        reply: dict[str, Any] = {"oldRule": old, "newRule": rule, "newIndex": index}
    else:
        sheet, index = _rule_at(edit, body, body.get("sheetId", 0))
        to = body["newIndex"]
        if not 0 <= to < len(sheet.conditional_formats):
            raise _no_rule(sheet, to)
        rule = sheet.conditional_formats.pop(index)
        sheet.conditional_formats.insert(to, rule)
        reply = {"newRule": rule, "oldIndex": index, "newIndex": to}
    shown = {name: value for name, value in reply.items() if value != 0}
    return {"updateConditionalFormatRule": shown}


def delete_rule(edit: Editing, body: Mapping[str, Any]) -> dict[str, Any]:
    """deleteConditionalFormatRule: those behind it move up."""
    sheet, index = _rule_at(edit, body, body.get("sheetId", 0))
    return {"deleteConditionalFormatRule": {"rule": sheet.conditional_formats.pop(index)}}


def _bandings(edit: Editing) -> list[dict[str, Any]]:
    return [banding for sheet in edit.book.sheets for banding in sheet.bandings]


def add_banding(edit: Editing, body: Mapping[str, Any]) -> dict[str, Any]:
    """addBanding: never on cells that are banded already."""
    given = copy.deepcopy(dict(body.get("bandedRange", {})))
    taken = {banding["bandedRangeId"] for banding in _bandings(edit)}
    given["bandedRangeId"] = new_id(edit, given.get("bandedRangeId"), taken, "bandedRangeId")
    _demand_banding(edit, given)
    edit.sheet(given["range"]["sheetId"]).bandings.append(given)
    return {"addBanding": {"bandedRange": given}}


def _demand_banding(edit: Editing, given: dict[str, Any]) -> None:
    if not (given.get("rowProperties") or given.get("columnProperties")):
        raise invalid("At least one of rowProperties or columnProperties must be specified.")
    given["range"] = completed(edit, given.get("range", {}))
    sheet = edit.sheet(given["range"]["sheetId"])
    for other in sheet.bandings:
        mine = other["bandedRangeId"] == given["bandedRangeId"]
        if not mine and sheet.box(other["range"]).overlaps(sheet.box(given["range"])):
            raise invalid(
                "You cannot add alternating background colors to a range that already has "
                "alternating background colors."
            )


def update_banding(edit: Editing, body: Mapping[str, Any]) -> None:
    """updateBanding."""
    given = body.get("bandedRange", {})
    tree = parse(body.get("fields", ""), "BandedRange")
    tree.pop("bandedRangeId", None)
    old = find(_bandings(edit), "bandedRangeId", given.get("bandedRangeId"), "banded range")
    new = merge(old, given, tree) if tree else dict(old)
    _demand_banding(edit, new)
    for sheet in edit.book.sheets:
        if old in sheet.bandings:
            sheet.bandings.remove(old)
    edit.sheet(new["range"]["sheetId"]).bandings.append(new)


def delete_banding(edit: Editing, body: Mapping[str, Any]) -> None:
    """deleteBanding."""
    old = find(_bandings(edit), "bandedRangeId", body.get("bandedRangeId"), "banded range")
    for sheet in edit.book.sheets:
        if old in sheet.bandings:
            sheet.bandings.remove(old)


def _charts(edit: Editing) -> list[dict[str, Any]]:
    return [chart for sheet in edit.book.sheets for chart in sheet.charts]


def add_chart(edit: Editing, body: Mapping[str, Any]) -> dict[str, Any]:
    """addChart: over a tab's cells; a tab of its own isn't emulated."""
    given = copy.deepcopy(dict(body.get("chart", {})))
    if not given.get("spec"):
        raise invalid("Chart spec must be specified.")
    taken = {chart["chartId"] for chart in _charts(edit)}
    given["chartId"] = new_id(edit, given.get("chartId"), taken, "chartId")
    given["spec"] = _sourced(edit, given["spec"])
    sheet, given["position"] = _position(edit, given.get("position", {}))
    sheet.charts.append(given)
    return {"addChart": {"chart": given}}


def _position(edit: Editing, given: Mapping[str, Any]) -> tuple[Sheet, dict[str, Any]]:
    overlay = dict(given.get("overlayPosition", {}))
    if given.get("newSheet") or "sheetId" in given or "anchorCell" not in overlay:
        raise NotEmulated("charts that aren't anchored at a cell")
    sheet = edit.sheet(overlay["anchorCell"].get("sheetId", 0))
    overlay["anchorCell"] = {"sheetId": sheet.sheet_id, **overlay["anchorCell"]}
    row, column = (overlay["anchorCell"].get(n, 0) for n in ("rowIndex", "columnIndex"))
    if not (0 <= row < sheet.rows and 0 <= column < sheet.columns):
        raise invalid("The anchor cell of the chart is outside the grid.")
    return sheet, {"overlayPosition": DEFAULT_SIZE | overlay}


def _sourced(edit: Editing, thing: Any) -> Any:
    """The chart's spec with complete ranges; each must be in a grid."""
    if isinstance(thing, list):
        return [_sourced(edit, item) for item in thing]
    if not isinstance(thing, dict):
        return thing
    new = {name: _sourced(edit, value) for name, value in thing.items() if name != "sources"}
    if "sources" in thing:
        new["sources"] = [completed(edit, source) for source in thing["sources"]]
        for source in new["sources"]:
            box = edit.sheet(source["sheetId"]).box(source)
            if box.bottom - box.top > 1 and box.right - box.left > 1:
                raise invalid("Each source range must have a width or a height of 1.")
    return new


def update_chart(edit: Editing, body: Mapping[str, Any]) -> None:
    """updateChartSpec: the whole spec is replaced."""
    chart = find(_charts(edit), "chartId", body.get("chartId"), "chart")
    if not body.get("spec"):
        raise invalid("Chart spec must be specified.")
    chart["spec"] = _sourced(edit, copy.deepcopy(dict(body["spec"])))


def move_object(edit: Editing, body: Mapping[str, Any]) -> dict[str, Any]:
    """updateEmbeddedObjectPosition; the mask is relative to the overlay position."""
    chart = find(_charts(edit), "chartId", body.get("objectId"), "embedded object")
    fields = body.get("fields", "").replace("newPosition.overlayPosition.", "")
    tree = parse(fields, "OverlayPosition")
    asked = body.get("newPosition", {}).get("overlayPosition", {})
    overlay = merge(chart["position"]["overlayPosition"], asked, tree)
    sheet, chart["position"] = _position(edit, {"overlayPosition": overlay})
    for other in edit.book.sheets:
        if chart in other.charts:
            other.charts.remove(chart)
    sheet.charts.append(chart)
    return {"updateEmbeddedObjectPosition": {"position": chart["position"]}}


def delete_object(edit: Editing, body: Mapping[str, Any]) -> None:
    """deleteEmbeddedObject."""
    chart = find(_charts(edit), "chartId", body.get("objectId"), "embedded object")
    for sheet in edit.book.sheets:
        if chart in sheet.charts:
            demand_sheet(edit, sheet)
            sheet.charts.remove(chart)


HANDLERS: dict[str, Handler] = {
    "addConditionalFormatRule": add_rule,
    "updateConditionalFormatRule": update_rule,
    "deleteConditionalFormatRule": delete_rule,
    "addBanding": add_banding,
    "updateBanding": update_banding,
    "deleteBanding": delete_banding,
    "addChart": add_chart,
    "updateChartSpec": update_chart,
    "updateEmbeddedObjectPosition": move_object,
    "deleteEmbeddedObject": delete_object,
}
