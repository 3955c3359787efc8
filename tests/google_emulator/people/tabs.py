"""What people do to tabs, spreadsheets and files."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from tests.google_emulator.forms.linked import unlink
from tests.google_emulator.people.finding import Column, table_of
from tests.google_emulator.sheets.model import Box, Sheet, Spreadsheet, create_spreadsheet
from tests.google_emulator.world import World

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def add_tab(world: World, spreadsheet: Spreadsheet, title: str, index: int | None = None) -> Sheet:
    """Add an empty tab."""
    with world.lock:
        world.touch(spreadsheet.id)
        return spreadsheet.add_sheet(title, index=index)


def rename_tab(world: World, spreadsheet: Spreadsheet, tab: str, title: str) -> None:
    """Call a tab something else."""
    with world.lock:
        table_of(spreadsheet, tab).sheet.title = title
        world.touch(spreadsheet.id)


def move_tab(world: World, spreadsheet: Spreadsheet, tab: str, index: int) -> None:
    """Drag a tab to another place."""
    with world.lock:
        sheet = table_of(spreadsheet, tab).sheet
        spreadsheet.sheets.remove(sheet)
        spreadsheet.sheets.insert(index, sheet)
        world.touch(spreadsheet.id)


def hide_tab(world: World, spreadsheet: Spreadsheet, tab: str) -> None:
    """Hide a tab."""
    with world.lock:
        table_of(spreadsheet, tab).sheet.hide()
        world.touch(spreadsheet.id)


def duplicate_tab(world: World, spreadsheet: Spreadsheet, tab: str, title: str = "") -> Sheet:
    """Duplicate a tab; it is called "Copy of ..." unless it gets a title."""
    with world.lock:
        old = table_of(spreadsheet, tab).sheet
        new = old.duplicate()
        new.sheet_id, new.title = spreadsheet.new_id(), title or f"Copy of {tab}"
        _point_at_itself(new, old.sheet_id)
        world.touch(spreadsheet.id)
        return spreadsheet.adopt(new, spreadsheet.sheets.index(old) + 1)


def _point_at_itself(sheet: Sheet, old: int) -> None:
    """Ranges of the copy's protections, filters and the like are on the copy; their ids are new."""
    sheet.comments.clear()
    for thing in sheet.protected:
        thing["protectedRangeId"] = sheet.sheet_id ^ thing["protectedRangeId"]
    things: list[Any] = [sheet.protected, sheet.merges, sheet.basic_filter, sheet.filter_views,
                         sheet.bandings, sheet.conditional_formats, sheet.charts]  # fmt: skip
    _redirect(things, old, sheet.sheet_id)


def _redirect(thing: Any, old: int, new: int) -> None:
    if isinstance(thing, list):
        for part in thing:
            _redirect(part, old, new)
    elif isinstance(thing, dict):
        if thing.get("sheetId") == old:
            thing["sheetId"] = new
        for part in thing.values():
            _redirect(part, old, new)


def delete_tab(world: World, spreadsheet: Spreadsheet, tab: str) -> None:
    """Delete a tab; a form that writes there is unlinked first, as Google demands."""
    with world.lock:
        sheet = table_of(spreadsheet, tab).sheet
        for form in world.forms.values():
            if form.linked and form.linked.sheet_id == sheet.sheet_id:
                unlink(world, form)
        spreadsheet.delete_sheet(sheet)
        world.touch(spreadsheet.id)


def protect_tab(
    world: World,
    spreadsheet: Spreadsheet,
    tab: str,
    editors: Iterable[str] = (),
    warning_only: bool = False,
) -> dict[str, Any]:
    """Protect a whole tab against all but its editors, or only warn."""
    with world.lock:
        world.touch(spreadsheet.id)
        return table_of(spreadsheet, tab).sheet.protect(None, editors, warning_only)


def protect_range(
    world: World,
    spreadsheet: Spreadsheet,
    tab: str,
    column: Column,
    editors: Iterable[str] = (),
    warning_only: bool = False,
) -> dict[str, Any]:
    """Protect a column below its header."""
    with world.lock:
        table = table_of(spreadsheet, tab)
        at = table.column(column)
        world.touch(spreadsheet.id)
        box = Box(table.top + 1, at, table.sheet.rows, at + 1)
        return table.sheet.protect(box, editors, warning_only)


def change_locale(world: World, spreadsheet: Spreadsheet, locale: str) -> None:
    """Choose another locale in the spreadsheet's settings; no stored cell changes."""
    with world.lock:
        spreadsheet.locale = locale
        world.touch(spreadsheet.id)


def change_time_zone(world: World, spreadsheet: Spreadsheet, zone: str) -> None:
    """Choose another time zone in the spreadsheet's settings; no stored cell changes."""
    with world.lock:
        spreadsheet.time_zone = zone
        world.touch(spreadsheet.id)


def share(world: World, file_id: str, address: str, role: str = "writer") -> None:
    """Share a file."""
    with world.lock:
        world.share(file_id, address, role)


def unshare(world: World, file_id: str, address: str) -> None:
    """Take the access to a file away."""
    with world.lock:
        world.share(file_id, address, "")


def trash(world: World, file_id: str) -> None:
    """Put a file into the bin."""
    with world.lock:
        world.files[file_id].trashed = True


def restore(world: World, file_id: str) -> None:
    """Take a file out of the bin."""
    with world.lock:
        world.files[file_id].trashed = False


def upload_xlsx(world: World, name: str, owner: str) -> str:
    """Upload a workbook of an office program; the file's id. The Sheets API can't open it."""
    with world.lock:
        file_id = world.fresh_id(33)
        world.add_file(file_id, name, XLSX, owner)
        return file_id


def convert(world: World, file_id: str) -> Spreadsheet:
    """Save an uploaded workbook as a spreadsheet of Google: another file with another id."""
    with world.lock:
        file = world.files[file_id]
        owner = next(address for address, role in file.roles.items() if role == "owner")
        return create_spreadsheet(world, file.name.removesuffix(".xlsx"), owner)
