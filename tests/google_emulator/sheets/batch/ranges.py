"""Requests about protections, named ranges, sorting and duplicates."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from tests.google_emulator.errors import NotEmulated, invalid
from tests.google_emulator.sheets.batch.context import Handler, completed, editable, find, new_id
from tests.google_emulator.sheets.boxes import Box
from tests.google_emulator.sheets.cells import unpack
from tests.google_emulator.sheets.editing import PROTECTED, Editing, may_edit
from tests.google_emulator.sheets.masks import merge, parse
from tests.google_emulator.sheets.model import Sheet
from tests.google_emulator.sheets.present import Wanted, protection

TARGETS = ("range", "namedRangeId", "tableId")
NAME = re.compile(r"[^\W\d]\w{0,249}")
CELL_LIKE = re.compile(r"[A-Za-z]{1,3}\d+|[Rr]\d*[Cc]\d*|true|false", re.IGNORECASE)


def add_protection(edit: Editing, body: Mapping[str, Any]) -> dict[str, Any]:
    """addProtectedRange: whoever adds it may edit, and the owner may anyway."""
    given = dict(body.get("protectedRange", {}))
    taken = {p["protectedRangeId"] for sheet in edit.book.sheets for p in sheet.protected}
    given["protectedRangeId"] = new_id(
        edit, given.get("protectedRangeId"), taken, "protectedRangeId"
    )
    given.pop("requestingUserCanEdit", None)
    sheet = _checked(edit, given)
    _demand_one_of_a_kind(edit, sheet, given)
    if not given.get("warningOnly"):
        given["editors"] = _editors(edit, given.get("editors", {}))
    sheet.protected.append(given)
    return {"addProtectedRange": {"protectedRange": protection(given, _asker(edit))}}


def _asker(edit: Editing) -> Wanted:
    return Wanted(edit.principal, edit.owner)


def _editors(edit: Editing, given: Mapping[str, Any]) -> dict[str, Any]:
    owners = [address for address, role in edit.file.roles.items() if role == "owner"]
    users = dict.fromkeys([*given.get("users", ()), edit.principal, *owners])
    return {**given, "users": list(users)}


def _checked(edit: Editing, item: dict[str, Any]) -> Sheet:
    """The protection's tab; its ranges are completed. Raises Google's 400."""
    if sum(name in item for name in TARGETS) != 1:
        raise invalid("Exactly one of range, namedRangeId or tableId must be set.")
    if item.get("warningOnly") and item.get("editors"):
        raise invalid("Editors cannot be set on a warningOnly protected range.")
    if "range" in item:
        item["range"] = completed(edit, item["range"])
    item["unprotectedRanges"] = [completed(edit, r) for r in item.get("unprotectedRanges", ())]
    if not item["unprotectedRanges"]:
        del item["unprotectedRanges"]
    return _sheet_of(edit, item)


def _sheet_of(edit: Editing, item: Mapping[str, Any]) -> Sheet:
    if "range" in item:
        return edit.sheet(item["range"]["sheetId"])
    if "namedRangeId" in item:
        key = "namedRangeId"
        named = find(edit.book.named_ranges, key, item[key], "named range")
        return edit.sheet(named["range"]["sheetId"])
    for sheet in edit.book.sheets:
        if any(table["tableId"] == item["tableId"] for table in sheet.tables):
            return sheet
    raise invalid(f"No table with id: {item['tableId']}")


def _demand_one_of_a_kind(edit: Editing, sheet: Sheet, item: Mapping[str, Any]) -> None:
    whole = {"sheetId": sheet.sheet_id}
    if item.get("range") == whole and any(p.get("range") == whole for p in sheet.protected):
        raise invalid(f'The sheet "{sheet.title}" already has sheet protection.')


def _found(edit: Editing, protected_id: int | None) -> tuple[Sheet, dict[str, Any]]:
    for sheet in edit.book.sheets:
        for item in sheet.protected:
            if item["protectedRangeId"] == protected_id:
                if not may_edit(item, edit.principal, edit.owner):
                    raise invalid(PROTECTED)
                return sheet, item
    raise invalid(f"No protected range with id: {protected_id}")


def update_protection(edit: Editing, body: Mapping[str, Any]) -> None:
    """updateProtectedRange."""
    given = body.get("protectedRange", {})
    tree = parse(body.get("fields", ""), "ProtectedRange")
    sheet, old = _found(edit, given.get("protectedRangeId"))
    for name in ("protectedRangeId", "requestingUserCanEdit"):
        tree.pop(name, None)
    new = merge(old, given, tree) if tree else dict(old)
    if new.get("warningOnly") and "editors" not in tree:
        new.pop("editors", None)
    place = _checked(edit, new)
    if not new.get("warningOnly"):
        new["editors"] = _editors(edit, new.get("editors", {}))
    sheet.protected.remove(old)
    place.protected.append(new)


def delete_protection(edit: Editing, body: Mapping[str, Any]) -> None:
    """deleteProtectedRange."""
    sheet, item = _found(edit, body.get("protectedRangeId"))
    sheet.protected.remove(item)


def add_named(edit: Editing, body: Mapping[str, Any]) -> dict[str, Any]:
    """addNamedRange."""
    given = dict(body.get("namedRange", {}))
    taken = {named["namedRangeId"] for named in edit.book.named_ranges}
    given.setdefault("namedRangeId", str(edit.book.new_id()))
    if given["namedRangeId"] in taken:
        raise invalid(f"Duplicate namedRangeId: {given['namedRangeId']}")
    _demand_name(edit, given)
    given["range"] = completed(edit, given.get("range", {}))
    edit.book.named_ranges.append(given)
    return {"addNamedRange": {"namedRange": given}}


def _demand_name(edit: Editing, given: Mapping[str, Any]) -> None:
    name = given.get("name", "")
    if not NAME.fullmatch(name) or CELL_LIKE.fullmatch(name):
        raise invalid(f'The name "{name}" is not a valid name for a named range.')
    for other in edit.book.named_ranges:
        same = other["name"].casefold() == name.casefold()
        if same and other["namedRangeId"] != given["namedRangeId"]:
            raise invalid(f'A named range with the name "{name}" already exists.')


def update_named(edit: Editing, body: Mapping[str, Any]) -> None:
    """updateNamedRange."""
    given = body.get("namedRange", {})
    tree = parse(body.get("fields", ""), "NamedRange")
    old = find(edit.book.named_ranges, "namedRangeId", given.get("namedRangeId"), "named range")
    if "name" in tree:
        _demand_name(edit, given)
        old["name"] = given["name"]
    if "range" in tree:
        old["range"] = completed(edit, given.get("range", {}))


def delete_named(edit: Editing, body: Mapping[str, Any]) -> None:
    """deleteNamedRange."""
    wanted = body.get("namedRangeId")
    edit.book.named_ranges.remove(
        find(edit.book.named_ranges, "namedRangeId", wanted, "named range")
    )


def sort_range(edit: Editing, body: Mapping[str, Any]) -> None:
    """sortRange: values move with formats and notes; rows' properties and metadata stay."""
    sheet, box = editable(edit, body.get("range"))
    sheet.sort(box, sort_keys(body.get("sortSpecs", ()), box))


def sort_keys(specs: Any, box: Box) -> list[tuple[int, bool]]:
    """(column, descending) of SortSpecs. Raises Google's 400 for columns outside."""
    keys = []
    for spec in specs:
        if spec.keys() - {"dimensionIndex", "sortOrder"}:
            raise NotEmulated("sorting by colour")
        column = spec.get("dimensionIndex", 0)
        if not box.left <= column < box.right:
            raise invalid(f"The sort column {column} is not in the range.")
        keys.append((column, spec.get("sortOrder") == "DESCENDING"))
    if not keys:
        raise invalid("At least one sort spec must be given.")
    return keys


def delete_duplicates(edit: Editing, body: Mapping[str, Any]) -> dict[str, Any]:
    """deleteDuplicates, also in rows that a filter hides; what is below moves up in the range."""
    sheet, box = editable(edit, body.get("range"))
    columns = [
        column
        for span in body.get("comparisonColumns") or [{}]
        for column in range(span.get("startIndex", box.left), span.get("endIndex", box.right))
    ]
    seen: set[tuple[Any, ...]] = set()
    kept = []
    for row in range(box.top, box.bottom):
        key = tuple(_folded(sheet.value(row, column)) for column in columns)
        if key not in seen or not any(part is not None for part in key):
            kept.append([sheet.stored(row, c) for c in range(box.left, box.right)])
        seen.add(key)
    removed = box.bottom - box.top - len(kept)
    kept += [[None] * (box.right - box.left) for _ in range(removed)]
    for row, line in enumerate(kept, box.top):
        for column, stored in enumerate(line, box.left):
            sheet.store(row, column, stored)
    return {"deleteDuplicates": {"duplicatesRemovedCount": removed} if removed else {}}


def _folded(value: Any) -> Any:
    return value.casefold() if isinstance(value, str) else value


def trim_whitespace(edit: Editing, body: Mapping[str, Any]) -> dict[str, Any]:
    """trimWhitespace: ends are cut and inner stretches become one blank."""
    sheet, box = editable(edit, body.get("range"))
    changed = 0
    for row, column, cell in list(sheet.cells(box)):
        if isinstance(cell.value, str) and cell.formula is None:
            new = " ".join(cell.value.split())
            if new != cell.value:
                sheet.put(row, column, unpack(cell).but(value=new or None))
                changed += 1
    return {"trimWhitespace": {"cellsChangedCount": changed} if changed else {}}


HANDLERS: dict[str, Handler] = {
    "addProtectedRange": add_protection,
    "updateProtectedRange": update_protection,
    "deleteProtectedRange": delete_protection,
    "addNamedRange": add_named,
    "updateNamedRange": update_named,
    "deleteNamedRange": delete_named,
    "sortRange": sort_range,
    "deleteDuplicates": delete_duplicates,
    "trimWhitespace": trim_whitespace,
}
