"""Fills an emulator from a folder of JSON files; the README next to this describes them."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.google_emulator.server import Emulator
from tests.google_emulator.world import World

OWNER = "coordinator@example.org"
ACCOUNT = "$weaver"
"""Stands for the address of the service account that the key file is for."""
EMPTY = {"kind": "spreadsheet", "id": "1WeaverEmptySpreadsheetOfTheEmulator00000001"}
KEYS = {
    "spreadsheet": {"kind", "id", "title", "owner", "shared", "locale", "time_zone", "tabs"},
    "form": {"kind", "id", "title", "owner", "shared", "collects", "published", "accepting"}
    | {"description", "items", "linked", "locale", "time_zone", "responses"},
}


class BadSeed(Exception):
    """A seed file that can't be used: which, and why."""


def seed(google: Emulator, folder: Path | None, account: str) -> None:
    """Make the files of a folder, spreadsheets first; without a folder one empty spreadsheet."""
    found = [_read(path) for path in sorted(folder.glob("*.json"))] if folder else [dict(EMPTY)]
    if folder and not found:
        raise BadSeed(f"{folder}: no *.json in it")
    for entry in sorted(found, key=lambda entry: entry["kind"] == "form"):
        make = _form if entry["kind"] == "form" else _spreadsheet
        _share(google.world, make(google.world, entry), entry, account)


def _read(path: Path) -> dict[str, Any]:
    try:
        entry = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise BadSeed(f"{path}: {error}") from error
    kind = entry.get("kind") if isinstance(entry, dict) else None
    if kind not in KEYS:
        raise BadSeed(f'{path}: "kind" must be "spreadsheet" or "form"')
    if unknown := set(entry) - KEYS[kind]:
        raise BadSeed(f"{path}: unknown {sorted(unknown)}; known are {sorted(KEYS[kind])}")
    made = {"id": path.stem, "title": path.stem} | entry
    if not re.fullmatch(r"[\w-]{20,}", made["id"]):
        raise BadSeed(f"{path}: the id {made['id']!r} needs twenty letters, digits, - or _")
    return made


def _share(world: World, file_id: str, entry: Mapping[str, Any], account: str) -> None:
    for address, role in entry.get("shared", {ACCOUNT: "writer"}).items():
        world.share(file_id, account if address == ACCOUNT else address, role)


def _named(world: World, old: str, new: str) -> str:
    """Give a file the id that the seed wants."""
    if new in world.files:
        raise BadSeed(f"two files with the id {new}")
    for kept in (world.files, world.spreadsheets, world.forms):
        if old in kept:
            kept[new] = kept.pop(old)
            kept[new].id = new
    return new


def _place(entry: Mapping[str, Any]) -> dict[str, str]:
    return {key: entry[key] for key in ("locale", "time_zone") if key in entry}


def _spreadsheet(world: World, entry: Mapping[str, Any]) -> str:
    from tests.google_emulator.sheets.model import create_spreadsheet

    tabs = entry.get("tabs") or [{"title": "Sheet1"}]
    titles = [tab["title"] for tab in tabs]
    title, owner = entry.get("title", "Weaver"), entry.get("owner", OWNER)
    made = create_spreadsheet(world, title, owner, titles=titles, **_place(entry))
    for tab, sheet in zip(tabs, made.sheets, strict=True):
        rows = tab.get("rows", [])
        sheet.rows = tab.get("row_count", max(1000, len(rows)))
        sheet.columns = tab.get("column_count", max([26, *map(len, rows)]))
        for number, row in enumerate(rows):
            for column, value in enumerate(row):
                if value is not None and value != "":
                    sheet.set(number, column, value)
    return _named(world, made.id, entry["id"])


def _form(world: World, entry: Mapping[str, Any]) -> str:
    from tests.google_emulator.forms.filling import submit
    from tests.google_emulator.forms.linked import link_sheet
    from tests.google_emulator.forms.model import create_form

    collects = entry.get("collects", "VERIFIED")
    owner = entry.get("owner", OWNER)
    form = create_form(world, entry["title"], owner, entry.get("items", ()), collects=collects)
    form.description = entry.get("description", "")
    _named(world, form.id, entry["id"])
    if linked := entry.get("linked"):
        where = None if linked is True else world.spreadsheets[linked]
        link_sheet(world, form, where, **({} if where else _place(entry)))
    if linked is True:
        form.linked.spreadsheet_id = _named(
            world, form.linked.spreadsheet_id, entry["id"] + "-responses"
        )
    for sent in entry.get("responses", ()):
        at = dt.datetime.fromisoformat(sent["at"]) if "at" in sent else None
        submit(world, form, sent["answers"], sent.get("email", ""), at)
    form.published = entry.get("published", True)
    form.accepting = entry.get("accepting", form.published is not False)
    return form.id
