"""Drive: finding, sharing, handing over, deleting, and what service accounts can't."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from google.auth.transport.requests import AuthorizedSession

from tests.google_emulator.clients import DRIVE, session
from tests.google_emulator.searching import matches
from tests.google_emulator.server import Emulator
from tests.google_emulator.world import START, File

FILES = "https://www.googleapis.com/drive/v3/files"
OWNER = "coordinator@example.org"
WEAVER = "weaver@weaver-tests.iam.gserviceaccount.com"
SPREADSHEET = "application/vnd.google-apps.spreadsheet"
FORM = "application/vnd.google-apps.form"


@pytest.fixture
def client(google: Emulator) -> Iterator[AuthorizedSession]:
    with session(google, [DRIVE]) as made:
        yield made


@pytest.fixture
def file(google: Emulator) -> File:
    made = google.world.add_file("1first", "Members", SPREADSHEET, OWNER)
    google.world.share(made.id, WEAVER)
    return made


def test_a_list_has_what_is_shared_with_one(
    google: Emulator, client: AuthorizedSession, file: File
) -> None:
    google.world.add_file("1second", "Nobody else's", SPREADSHEET, OWNER)
    google.world.add_file("1third", "Everybody's", FORM, OWNER)
    google.world.share("1third", "anyone", "reader")
    listed = client.get(FILES).json()
    assert listed["files"] == [
        {"kind": "drive#file", "id": "1first", "name": "Members", "mimeType": SPREADSHEET},
        {"kind": "drive#file", "id": "1third", "name": "Everybody's", "mimeType": FORM},
    ]
    only = client.get(FILES, params={"q": f"mimeType='{FORM}'", "fields": "files(id)"}).json()
    assert only == {"files": [{"id": "1third"}]}
    none = client.get(FILES, params={"q": "name = 'x'", "fields": "files(id)"}).json()
    assert none == {"files": []}


def test_pages(google: Emulator, client: AuthorizedSession) -> None:
    for number in range(5):
        google.world.add_file(f"1file{number}", "x", FORM, WEAVER)
    seen, token = [], ""
    while True:
        asked = {"pageSize": 2} | ({"pageToken": token} if token else {})
        page = client.get(FILES, params=asked).json()
        seen.append([entry["id"] for entry in page["files"]])
        if not (token := page.get("nextPageToken", "")):
            break
    assert seen == [["1file0", "1file1"], ["1file2", "1file3"], ["1file4"]]
    assert client.get(FILES, params={"pageSize": 1001}).status_code == 400


SEARCHES = [
    ('mimeType="t"', True),
    ("mimeType='t' and name = 'it\\'s'", True),
    ("mimeType != 't'", False),
    ('name = "it\'s" and trashed=false', True),
    ("trashed = true", False),
    ("name contains 't'", True),
    ("'folder' in parents", True),
    ('parents in "folder"', True),
    ("'other' in parents and trashed = false", False),
    ("", True),
]


@pytest.mark.parametrize(("text", "found"), SEARCHES)
def test_searches(text: str, found: bool) -> None:
    file = File("1x", "It's", "t", {}, START, START, parents=["folder"])
    assert matches(text, file) == found


def test_searches_that_arent(google: Emulator, client: AuthorizedSession) -> None:
    for text in ("name", "name = 'x' and", "name = x", "name='x' name='y'"):
        answer = client.get(FILES, params={"q": text})
        assert answer.status_code == 400
        assert answer.json()["error"]["errors"][0]["location"] == "q"
    assert client.get(FILES, params={"q": "name='x' or name='y'"}).status_code == 501
    google.unhandled.clear()


def test_changes_move_the_time(google: Emulator, client: AuthorizedSession, file: File) -> None:
    asked = {"fields": "createdTime,modifiedTime"}
    assert client.get(f"{FILES}/1first", params=asked).json() == {
        "createdTime": "2026-03-09T03:00:00.000Z",
        "modifiedTime": "2026-03-09T03:00:00.000Z",
    }
    google.world.clock.advance(90)
    assert client.patch(f"{FILES}/1first", json={"name": "Others"}).json()["name"] == "Others"
    changed = client.get(f"{FILES}/1first", params=asked).json()["modifiedTime"]
    assert changed == "2026-03-09T03:01:30.000Z"
    answer = client.get(f"{FILES}/1first", params={"fields": "nothing"})
    assert answer.status_code == 400
    assert answer.json()["error"]["message"] == "Invalid field selection nothing"


def shared(client: AuthorizedSession, **body: Any) -> Any:
    return client.post(f"{FILES}/1first/permissions", json=body)


def test_sharing(google: Emulator, client: AuthorizedSession, file: File) -> None:
    made = shared(client, type="user", role="reader", emailAddress="ana@example.org").json()
    assert set(made) == {"kind", "id", "type", "role"}
    assert shared(client, type="anyone", role="reader").json()["id"] == "anyoneWithLink"
    shared(client, type="domain", role="commenter", domain="example.net")
    assert file.allows("ana@example.org", "reader")
    assert not file.allows("ana@example.org", "writer")
    assert file.allows("someone@example.net", "commenter")
    listed = client.get(f"{FILES}/1first/permissions?fields=permissions").json()["permissions"]
    assert [entry["role"] for entry in listed] == [
        "owner",
        "writer",
        "reader",
        "reader",
        "commenter",
    ]
    assert listed[2]["emailAddress"] == "ana@example.org"
    assert listed[2]["id"] == made["id"]
    url = f"{FILES}/1first/permissions/{made['id']}"
    assert client.patch(url, json={"role": "writer"}).json()["role"] == "writer"
    gone = client.delete(url)
    assert (gone.status_code, gone.content, gone.headers["Content-Type"]) == (204, b"", "text/html")
    assert client.delete(url).status_code == 404
    assert "ana@example.org" not in file.roles


def test_sharing_needs_a_writer_and_leaves_the_owner(
    google: Emulator, client: AuthorizedSession, file: File
) -> None:
    asked = {"type": "user", "role": "writer", "emailAddress": OWNER}
    assert shared(client, **asked).status_code == 403
    assert shared(client, type="user", role="writer").status_code == 400
    assert shared(client, type="user", role="king", emailAddress="a@example.org").status_code == 400
    owner = client.get(f"{FILES}/1first/permissions").json()["permissions"][0]["id"]
    assert client.delete(f"{FILES}/1first/permissions/{owner}").status_code == 403
    google.world.share("1first", WEAVER, "reader")
    answer = shared(client, type="anyone", role="reader")
    assert answer.status_code == 403
    assert answer.json()["error"]["errors"][0]["reason"] == "insufficientFilePermissions"
    google.world.share("1first", WEAVER, "")
    assert client.get(f"{FILES}/1first").status_code == 404  # Drive hides what isn't shared


def test_handing_over(google: Emulator, client: AuthorizedSession) -> None:
    google.world.add_file("1first", "Members", SPREADSHEET, WEAVER)
    given = shared(client, type="user", role="writer", emailAddress=OWNER).json()["id"]
    url = f"{FILES}/1first/permissions/{given}"
    assert client.patch(url, json={"role": "owner"}).status_code == 400
    assert client.patch(f"{url}?transferOwnership=True", json={"role": "owner"}).status_code == 200
    assert google.world.files["1first"].roles == {WEAVER: "writer", OWNER: "owner"}


def test_deleting_is_for_owners(google: Emulator, client: AuthorizedSession, file: File) -> None:
    assert client.delete(f"{FILES}/1first").status_code == 403
    file.roles[WEAVER] = "owner"
    assert client.delete(f"{FILES}/1first").status_code == 204
    assert client.get(f"{FILES}/1first").status_code == 404


def test_service_accounts_have_no_storage(google: Emulator, client: AuthorizedSession) -> None:
    answer = client.post(FILES, json={"name": "New", "mimeType": SPREADSHEET})
    assert answer.status_code == 403
    error = answer.json()["error"]
    assert error["message"] == "The user's Drive storage quota has been exceeded."
    assert error["errors"][0]["reason"] == "storageQuotaExceeded"


def test_what_isnt_emulated(google: Emulator, client: AuthorizedSession, file: File) -> None:
    for verb, rest in (
        ("POST", "/copy"),
        ("GET", "/export?mimeType=text/csv"),
        ("GET", "/comments"),
    ):
        answer = client.request(verb, f"{FILES}/1first{rest}", json={} if verb == "POST" else None)
        assert answer.status_code == 501, rest
    assert client.put("https://www.googleapis.com/upload/drive/v2/files/1").status_code == 501
    assert len(google.unhandled) == 4
    google.unhandled.clear()
