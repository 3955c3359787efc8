"""Requests about filters, filter views and tables."""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping
from typing import Any

from tests.google_emulator.errors import NotEmulated, invalid
from tests.google_emulator.sheets.batch.context import Handler, completed, find, new_id, target
from tests.google_emulator.sheets.batch.ranges import sort_keys
from tests.google_emulator.sheets.cells import Value, unpack
from tests.google_emulator.sheets.editing import Editing
from tests.google_emulator.sheets.locales import LOCALES
from tests.google_emulator.sheets.masks import merge, parse
from tests.google_emulator.sheets.model import Sheet
from tests.google_emulator.sheets.render import display

Test = Callable[[str, Value, list[str]], bool]


def _number(value: Value) -> float | None:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return float(value) if is_number else None  # type: ignore[arg-type]


def _compare(than: Callable[[float, float], bool]) -> Test:
    def test(shown: str, value: Value, wanted: list[str]) -> bool:
        mine = _number(value)
        return mine is not None and than(mine, float(wanted[0]))

    return test


TESTS: dict[str, Test] = {
    "BLANK": lambda shown, value, wanted: shown == "",
    "NOT_BLANK": lambda shown, value, wanted: shown != "",
    "TEXT_EQ": lambda shown, value, wanted: shown.casefold() == wanted[0].casefold(),
    "TEXT_CONTAINS": lambda shown, value, wanted: wanted[0].casefold() in shown.casefold(),
    "TEXT_NOT_CONTAINS": lambda shown, value, wanted: wanted[0].casefold() not in shown.casefold(),
    "NUMBER_EQ": _compare(lambda a, b: a == b),
    "NUMBER_GREATER": _compare(lambda a, b: a > b),
    "NUMBER_LESS": _compare(lambda a, b: a < b),
}


def set_basic(edit: Editing, body: Mapping[str, Any]) -> None:
    """setBasicFilter: replaces the tab's filter, sorts and hides rows."""
    given = copy.deepcopy(dict(body.get("filter", {})))
    if "tableId" in given:
        raise NotEmulated("filters of tables")
    sheet, box = target(edit, given.get("range"))
    if sheet.tables and any(sheet.box(t["range"]).overlaps(box) for t in sheet.tables):
        raise invalid("A basic filter can't overlap a table.")
    given["range"] = completed(edit, given["range"])
    if given.get("sortSpecs"):
        below = box._replace(top=box.top + 1)
        edit.demand_cells(sheet, below)
        sheet.sort(below, sort_keys(given["sortSpecs"], box))
    sheet.basic_filter = given
    refilter(edit, sheet)


def refilter(edit: Editing, sheet: Sheet) -> None:
    """Set hiddenByFilter anew."""
    for props in sheet.row_props.values():
        props.pop("hiddenByFilter", None)
    if not sheet.basic_filter:
        return
    box = sheet.box(sheet.basic_filter["range"])
    for column, rule in _criteria(sheet.basic_filter).items():
        for row in range(box.top + 1, box.bottom):
            if not _passes(edit, sheet, row, column, rule):
                sheet.hide_rows([row], "hiddenByFilter")


def _criteria(item: Mapping[str, Any]) -> dict[int, Mapping[str, Any]]:
    found = {int(column): rule for column, rule in item.get("criteria", {}).items()}
    for spec in item.get("filterSpecs", ()):
        found[spec.get("columnIndex", 0)] = spec.get("filterCriteria", {})
    return found


def _passes(edit: Editing, sheet: Sheet, row: int, column: int, rule: Mapping[str, Any]) -> bool:
    if rule.keys() - {"hiddenValues", "condition"}:
        raise NotEmulated("filters by colour")
    cell = unpack(sheet.stored(row, column))
    locale = LOCALES.get(edit.book.locale, LOCALES["en_US"])
    shown = display(cell.value, cell.number_format, locale)
    condition = rule.get("condition")
    if condition:
        kind = condition.get("type", "")
        if kind not in TESTS:
            raise NotEmulated(f"filters by {kind}")
        wanted = [v.get("userEnteredValue", "") for v in condition.get("values", ())]
        return TESTS[kind](shown, cell.value, wanted)
    return shown not in rule.get("hiddenValues", ())


def clear_basic(edit: Editing, body: Mapping[str, Any]) -> None:
    """clearBasicFilter: rows that it hid are seen again."""
    sheet = edit.sheet(body.get("sheetId", 0))
    sheet.basic_filter = None
    refilter(edit, sheet)


def _views(edit: Editing) -> list[dict[str, Any]]:
    return [view for sheet in edit.book.sheets for view in sheet.filter_views]


def _view(edit: Editing, view_id: int | None) -> tuple[Sheet, dict[str, Any]]:
    view = find(_views(edit), "filterViewId", view_id, "filter view")
    sheet = next(sheet for sheet in edit.book.sheets if view in sheet.filter_views)
    return sheet, view


def add_view(edit: Editing, body: Mapping[str, Any]) -> dict[str, Any]:
    """addFilterView: hides nothing for others."""
    given = copy.deepcopy(dict(body.get("filter", {})))
    if "range" not in given:
        raise NotEmulated("filter views of named ranges and tables")
    taken = {view["filterViewId"] for view in _views(edit)}
    given["filterViewId"] = new_id(edit, given.get("filterViewId"), taken, "filterViewId")
    given["range"] = completed(edit, given["range"])
    sheet = edit.sheet(given["range"]["sheetId"])
    given.setdefault("title", f"Filter {len(sheet.filter_views) + 1}")
    sheet.filter_views.append(given)
    return {"addFilterView": {"filter": given}}


def update_view(edit: Editing, body: Mapping[str, Any]) -> None:
    """updateFilterView."""
    given = body.get("filter", {})
    tree = parse(body.get("fields", ""), "FilterView")
    tree.pop("filterViewId", None)
    sheet, old = _view(edit, given.get("filterViewId"))
    new = merge(old, given, tree) if tree else dict(old)
    new["range"] = completed(edit, new.get("range", {}))
    sheet.filter_views[sheet.filter_views.index(old)] = new


def duplicate_view(edit: Editing, body: Mapping[str, Any]) -> dict[str, Any]:
    """duplicateFilterView."""
    sheet, old = _view(edit, body.get("filterId"))
    changes = {"filterViewId": edit.book.new_id(), "title": f"Copy of {old['title']}"}
    new = copy.deepcopy(old) | changes
    sheet.filter_views.append(new)
    return {"duplicateFilterView": {"filter": new}}


def delete_view(edit: Editing, body: Mapping[str, Any]) -> None:
    """deleteFilterView."""
    sheet, view = _view(edit, body.get("filterId"))
    sheet.filter_views.remove(view)


def _tables(edit: Editing) -> list[dict[str, Any]]:
    return [table for sheet in edit.book.sheets for table in sheet.tables]


def add_table(edit: Editing, body: Mapping[str, Any]) -> dict[str, Any]:
    """addTable: its first row is the header; columns take their names from there."""
    given = copy.deepcopy(dict(body.get("table", {})))
    sheet, box = target(edit, given.get("range"))
    if any(sheet.box(other["range"]).overlaps(box) for other in sheet.tables):
        raise invalid("A table can't overlap another table.")
    taken = {table["tableId"] for table in _tables(edit)}
    given.setdefault("tableId", str(edit.book.new_id()))
    if given["tableId"] in taken:
        raise invalid(f"Duplicate tableId: {given['tableId']}")
    given.setdefault("name", f"Table{len(taken) + 1}")
    if any(table["name"].casefold() == given["name"].casefold() for table in _tables(edit)):
        raise invalid(f'A table with the name "{given["name"]}" already exists.')
    given["range"] = box.grid_range(sheet.sheet_id)
    given["columnProperties"] = _columns(sheet, box, given.get("columnProperties", ()))
    sheet.tables.append(given)
    return {"addTable": {"table": given}}


def _columns(sheet: Sheet, box: Any, given: Any) -> list[dict[str, Any]]:
    by_index = {column.get("columnIndex", 0): column for column in given}
    shown = []
    for index in range(box.right - box.left):
        title = sheet.value(box.top, box.left + index)
        name = str(title) if title is not None else f"Column {index + 1}"
        column = {"columnName": name, **by_index.get(index, {})}
        shown.append(({"columnIndex": index} if index else {}) | column)
    return shown


def update_table(edit: Editing, body: Mapping[str, Any]) -> None:
    """updateTable."""
    given = body.get("table", {})
    tree = parse(body.get("fields", ""), "Table")
    tree.pop("tableId", None)
    old = find(_tables(edit), "tableId", given.get("tableId"), "table")
    new = merge(old, given, tree) if tree else dict(old)
    new["range"] = completed(edit, new["range"])
    sheet = next(sheet for sheet in edit.book.sheets if old in sheet.tables)
    sheet.tables[sheet.tables.index(old)] = new


def delete_table(edit: Editing, body: Mapping[str, Any]) -> None:
    """deleteTable: the cells' values go, too."""
    old = find(_tables(edit), "tableId", body.get("tableId"), "table")
    sheet = next(sheet for sheet in edit.book.sheets if old in sheet.tables)
    box = sheet.box(old["range"])
    edit.demand_cells(sheet, box)
    for row, column, _ in list(sheet.cells(box)):
        sheet.set(row, column, None)
    sheet.tables.remove(old)


HANDLERS: dict[str, Handler] = {
    "setBasicFilter": set_basic,
    "clearBasicFilter": clear_basic,
    "addFilterView": add_view,
    "updateFilterView": update_view,
    "duplicateFilterView": duplicate_view,
    "deleteFilterView": delete_view,
    "addTable": add_table,
    "updateTable": update_table,
    "deleteTable": delete_table,
}
