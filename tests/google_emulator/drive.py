"""Drive v3 as far as finding, sharing and deleting spreadsheets goes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from tests.google_emulator.errors import GoogleError, NotEmulated
from tests.google_emulator.permissions import PERMISSIONS
from tests.google_emulator.searching import matches, terms
from tests.google_emulator.visible import refused, visible
from tests.google_emulator.world import Call, File, World

SPREADSHEET = "application/vnd.google-apps.spreadsheet"
FULL = "The user's Drive storage quota has been exceeded."
BASIC = ("kind", "id", "name", "mimeType")
"""What comes back where no `fields` are asked for."""


def _stamp(moment: dt.datetime) -> str:
    return moment.astimezone(dt.UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def shown(call: Call, file: File) -> dict[str, Any]:
    """A file as Drive shows it to the caller."""
    whole = {
        "kind": "drive#file",
        "id": file.id,
        "name": file.name,
        "mimeType": file.mime,
        "trashed": file.trashed,
        "parents": list(file.parents),
        "createdTime": _stamp(file.created),
        "modifiedTime": _stamp(file.modified),
        "ownedByMe": file.roles.get(call.principal) == "owner",
        "capabilities": {"canEdit": file.allows(call.principal, "writer")},
    }
    return whole if "fields" in call.query else {name: whole[name] for name in BASIC}


def list_files(world: World, call: Call) -> dict[str, Any]:
    """files.list: those that are shared with the caller, the last changed first."""
    terms(call.one("q"))  # a search that isn't one is refused even where there is nothing to search
    mine = [f for f in world.files.values() if f.allows(call.principal, "reader")]
    found = [f for f in mine if matches(call.one("q"), f)]
    found.sort(key=lambda file: file.modified, reverse=True)
    start, size = _page(call)
    listed: dict[str, Any] = {"kind": "drive#fileList", "incompleteSearch": False}
    listed["files"] = [shown(call, file) for file in found[start : start + size]]
    if start + size < len(found):
        listed["nextPageToken"] = f"~!!~{start + size}"
    return listed


def _page(call: Call) -> tuple[int, int]:
    token = call.one("pageToken")
    start = token.removeprefix("~!!~") or "0"
    if not start.isdigit():
        raise GoogleError(400, "INVALID_ARGUMENT", "Invalid Value")
    return int(start), int(call.one("pageSize", "100"))


def get_file(world: World, call: Call) -> dict[str, Any]:
    """files.get"""
    return shown(call, visible(world, call))


def create_file(world: World, call: Call) -> dict[str, Any]:
    """files.create: people may, service accounts have no storage of their own (A-33)."""
    account = call.principal.endswith("gserviceaccount.com")
    if account and not world.service_accounts_have_storage:
        listed = {"domain": "usageLimits", "reason": "storageQuotaExceeded", "message": FULL}
        raise GoogleError(403, "PERMISSION_DENIED", FULL, errors=[listed])
    mime, name = call.body.get("mimeType", ""), call.body.get("name", "Untitled")
    if mime != SPREADSHEET:
        raise NotEmulated(f"drive.files.create of {mime or 'a file without a type'}")
    from tests.google_emulator.sheets.model import create_spreadsheet

    file = world.files[create_spreadsheet(world, name, call.principal).id]
    file.parents = list(call.body.get("parents", ()))
    return shown(call, file)


def update_file(world: World, call: Call) -> dict[str, Any]:
    """files.update: the name, and whether it lies in the bin."""
    file = visible(world, call, "writer")
    if unknown := set(call.body) - {"name", "trashed"}:
        raise NotEmulated(f"drive.files.update of {sorted(unknown)}")
    if "name" in call.body:
        file.name = call.body["name"]
        if file.id in world.spreadsheets:
            world.spreadsheets[file.id].title = file.name
    if "trashed" in call.body:
        if file.roles.get(call.principal) != "owner":
            raise refused(file)
        file.trashed = call.body["trashed"]
    world.touch(file.id)
    return shown(call, file)


def delete_file(world: World, call: Call) -> dict[str, Any]:
    """files.delete: by its owner, for good."""
    file = visible(world, call)
    if file.roles.get(call.principal) != "owner":
        raise refused(file)
    for kept in (world.files, world.spreadsheets, world.forms):
        kept.pop(file.id, None)
    return {}


HANDLERS: Mapping[str, Any] = {
    "drive.files.list": list_files,
    "drive.files.get": get_file,
    "drive.files.create": create_file,
    "drive.files.update": update_file,
    "drive.files.delete": delete_file,
    **PERMISSIONS,
}
