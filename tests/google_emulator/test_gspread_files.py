"""Stock gspread: whole files, their tabs, sharing, times."""

from __future__ import annotations

from collections.abc import Iterator

import gspread
import pytest
import requests
from google.auth.transport.requests import AuthorizedSession, Request
from google.oauth2.credentials import Credentials

from tests.google_emulator.clients import DRIVE, SHEETS, redirected
from tests.google_emulator.gspread_scene import OWNER, WEAVER, Cases, Scene, run
from tests.google_emulator.permissions import permission_id
from tests.google_emulator.server import Emulator
from tests.google_emulator.sheets.model import create_spreadsheet

case = Cases()


ANA = "ana@example.org"


# ---- the spreadsheet


@case(0, "Spreadsheet.id", "Spreadsheet.title", "Spreadsheet.url", "Spreadsheet.locale")
def properties(s: Scene) -> Iterator[None]:
    yield
    assert (s.sh.id, s.sh.title, s.sh.locale) == (s.book.id, "Members", "en_US")
    assert s.sh.url == f"https://docs.google.com/spreadsheets/d/{s.book.id}"


@case(0, "Spreadsheet.timezone")
def zone(s: Scene) -> Iterator[None]:
    yield
    assert s.sh.timezone == "Etc/GMT"


@case(1, "Spreadsheet.update_title")
def update_title(s: Scene) -> Iterator[None]:
    s.sh.update_title("Everybody")
    yield
    assert s.book.title == "Everybody"
    assert s.google.world.files[s.book.id].name == "Everybody"


@case(1, "Spreadsheet.update_locale")
def update_locale(s: Scene) -> Iterator[None]:
    s.sh.update_locale("de_DE")
    yield
    assert s.book.locale == "de_DE"


@case(1, "Spreadsheet.update_timezone")
def update_timezone(s: Scene) -> Iterator[None]:
    s.sh.update_timezone("Europe/Paris")
    yield
    assert s.book.time_zone == "Europe/Paris"


@case(1, "Spreadsheet.get_lastUpdateTime")
def last_update(s: Scene) -> Iterator[None]:
    s.google.world.clock.advance(60)
    s.google.world.touch(s.book.id)
    found = s.sh.get_lastUpdateTime()
    yield
    assert found == "2026-03-09T03:01:00.000Z"


@case(1, "Spreadsheet.update_drive_metadata", "Spreadsheet.creationTime")
def drive_metadata(s: Scene) -> Iterator[None]:
    s.sh.update_drive_metadata()
    yield
    assert s.sh.creationTime == "2026-03-09T03:00:00.000Z"


@case(1, "Client.get_file_drive_metadata", "HTTPClient.get_file_drive_metadata")
def file_metadata(s: Scene) -> Iterator[None]:
    found = s.gc.get_file_drive_metadata(s.book.id)
    yield
    assert set(found) == {"id", "name", "createdTime", "modifiedTime"}


# ---- tabs


@case(1, "Spreadsheet.add_worksheet")
def add_worksheet(s: Scene) -> Iterator[None]:
    made = s.sh.add_worksheet("New", 20, 4, index=0)
    yield
    assert (made.row_count, made.col_count) == (20, 4)
    assert [sheet.title for sheet in s.book.sheets] == ["New", "Sheet1", "Notes"]
    with pytest.raises(gspread.exceptions.APIError, match="already exists"):
        s.sh.add_worksheet("New", 1, 1)


@case(1, "Spreadsheet.duplicate_sheet")
def duplicate_sheet(s: Scene) -> Iterator[None]:
    made = s.sh.duplicate_sheet(0, insert_sheet_index=2, new_sheet_name="Copy")
    yield
    assert made.index == 2
    assert s.book.sheet("Copy").grid() == s.grid


@case(1, "Worksheet.duplicate")
def duplicate(s: Scene) -> Iterator[None]:
    made = s.ws.duplicate(new_sheet_id=77)
    yield
    assert made.id == 77
    assert made.title == "Copy of Sheet1"


@case(1, "Worksheet.copy_to", "HTTPClient.spreadsheets_sheets_copy_to")
def copy_to(s: Scene) -> Iterator[None]:
    # the other spreadsheet is opened by hand: only the copying is counted
    other = create_spreadsheet(s.google.world, "Other", WEAVER)
    told = s.ws.copy_to(other.id)
    yield
    assert told["title"] == "Copy of Sheet1"
    assert other.sheets[1].grid() == s.grid


@case(1, "Spreadsheet.del_worksheet")
def del_worksheet(s: Scene) -> Iterator[None]:
    s.sh.del_worksheet(s.ws)
    yield
    assert [sheet.title for sheet in s.book.sheets] == ["Notes"]


@case(1, "Spreadsheet.del_worksheet_by_id")
def del_worksheet_by_id(s: Scene) -> Iterator[None]:
    s.sh.del_worksheet_by_id(0)
    yield
    with pytest.raises(gspread.exceptions.APIError):
        s.sh.del_worksheet_by_id(s.book.sheets[0].sheet_id)
    assert [sheet.title for sheet in s.book.sheets] == ["Notes"]


@case(2, "Spreadsheet.reorder_worksheets")
def reorder(s: Scene) -> Iterator[None]:
    notes = gspread.Worksheet(
        s.sh, {"sheetId": s.book.sheets[1].sheet_id}, s.book.id, s.gc.http_client
    )
    s.sh.reorder_worksheets([notes])
    yield
    assert [sheet.title for sheet in s.book.sheets] == ["Notes", "Sheet1"]


# ---- sharing


@case(1, "Spreadsheet.share", "Client.insert_permission", "HTTPClient.insert_permission")
def share(s: Scene) -> Iterator[None]:
    s.sh.share(ANA, perm_type="user", role="writer", notify=False)
    yield
    assert s.google.world.files[s.book.id].roles[ANA] == "writer"
    s.gc.insert_permission(s.book.id, None, perm_type="anyone", role="reader")
    assert s.google.world.files[s.book.id].roles["anyone"] == "reader"


@case(1, "Spreadsheet.list_permissions", "Client.list_permissions", "HTTPClient.list_permissions")
def list_permissions(s: Scene) -> Iterator[None]:
    found = s.sh.list_permissions()
    yield
    assert [(p["emailAddress"], p["role"]) for p in found] == [(OWNER, "owner"), (WEAVER, "writer")]


@case(2, "Spreadsheet.remove_permissions")
def remove_permissions(s: Scene) -> Iterator[None]:
    s.google.world.share(s.book.id, ANA, "reader")
    s.sh.remove_permissions(ANA)
    yield
    assert ANA not in s.google.world.files[s.book.id].roles


@case(1, "Client.remove_permission", "HTTPClient.remove_permission")
def remove_permission(s: Scene) -> Iterator[None]:
    s.google.world.share(s.book.id, ANA, "reader")
    s.gc.remove_permission(s.book.id, permission_id(ANA))
    yield
    assert ANA not in s.google.world.files[s.book.id].roles


@case(1, "Spreadsheet.transfer_ownership", "Spreadsheet.accept_ownership")
def ownership(s: Scene) -> Iterator[None]:
    roles = s.google.world.files[s.book.id].roles
    roles[WEAVER], roles[OWNER] = "owner", "writer"
    s.sh.transfer_ownership(permission_id(OWNER))
    yield
    assert s.google.world.files[s.book.id].pending_owner == OWNER
    s.sh.accept_ownership(permission_id(OWNER))  # the owner may hand over at once, too
    assert (roles[OWNER], roles[WEAVER]) == ("owner", "writer")


# ---- making and deleting


@case(2, "Client.create")
def create(s: Scene) -> Iterator[None]:
    with _person(s.google) as client:
        made = gspread.Client(auth=None, session=client).create("New")
        s.google.log.pop(next(i for i, r in enumerate(s.google.log) if _by_person(r)))
        yield
    assert made.title == "New"
    assert [w.title for w in made.worksheets()] == ["Sheet1"]
    with pytest.raises(gspread.exceptions.APIError, match="storage quota"):
        s.gc.create("New")  # a service account has no storage


def _by_person(recorded) -> bool:
    """The person's token call, which a warm client wouldn't make."""
    return recorded.method_id == "token" and b"refresh_token" in recorded.body


def _person(google: Emulator) -> AuthorizedSession:
    credentials = Credentials.from_authorized_user_info(google.user(ANA, SHEETS, DRIVE))
    plain = Request(redirected(requests.Session(), google.url))
    return redirected(AuthorizedSession(credentials, auth_request=plain), google.url)


@case(1, "Client.del_spreadsheet")
def delete(s: Scene) -> Iterator[None]:
    s.google.world.files[s.book.id].roles[WEAVER] = "owner"
    s.gc.del_spreadsheet(s.book.id)
    yield
    with pytest.raises(gspread.SpreadsheetNotFound):
        s.gc.open_by_key(s.book.id)


@pytest.mark.parametrize("name", list(case))
def test_files(stock: Scene, name: str) -> None:
    run(stock, case[name])
