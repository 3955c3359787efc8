"""Google's own Python client, built from the shipped documents, runs the same flows.

It knows the types of every parameter and field, and so catches what gspread forgives.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

import httplib2
import pytest
from google.oauth2.service_account import Credentials
from google_auth_httplib2 import AuthorizedHttp
from googleapiclient.discovery import Resource, build_from_document
from googleapiclient.errors import HttpError

from tests.google_emulator.clients import DRIVE, FORMS, RESPONSES, SHEETS
from tests.google_emulator.discovery import document
from tests.google_emulator.forms.filling import submit
from tests.google_emulator.forms.model import create_form
from tests.google_emulator.server import Emulator, Fault
from tests.google_emulator.sheets.model import create_spreadsheet

OWNER = "coordinator@example.org"
WEAVER = "weaver@weaver-tests.iam.gserviceaccount.com"


class Google:
    """Google's client of all three APIs."""

    def __init__(self, google: Emulator) -> None:
        scopes = [SHEETS, DRIVE, FORMS, RESPONSES]
        info = google.service_account()
        credentials = Credentials.from_service_account_info(info, scopes=scopes)
        credentials._is_regional_access_boundary_lookup_required = lambda: False  # httplib2, A-22
        self.google = google
        self.wires: list[httplib2.Http] = []
        self.sheets = self._built("sheets", credentials).spreadsheets()
        self.drive = self._built("drive", credentials)
        self.forms = self._built("forms", credentials).forms()

    def _built(self, api: str, credentials: Credentials) -> Resource:
        wire = httplib2.Http(timeout=10, proxy_info=None)
        self.wires.append(wire)
        return build_from_document(
            copy.deepcopy(document(api)),  # the client writes into it
            http=AuthorizedHttp(credentials, http=wire),
            client_options={"api_endpoint": f"{self.google.url}/{document(api)['servicePath']}"},
        )

    def close(self) -> None:
        for wire in self.wires:
            wire.close()


@pytest.fixture
def client(google: Emulator) -> Iterator[Google]:
    made = Google(google)
    yield made
    made.close()


def test_a_spreadsheet_from_first_to_last(google: Emulator, client: Google) -> None:
    book = create_spreadsheet(google.world, "Members", OWNER)
    google.world.share(book.id, WEAVER)
    values, key = client.sheets.values(), book.id
    cells = [["Name", "Age"], ["Ana", "007"], ["Bo", 42]]
    told = values.update(
        spreadsheetId=key, range="Sheet1!A1", valueInputOption="RAW", body={"values": cells}
    ).execute()
    assert told["updatedCells"] == 6
    added = values.append(
        spreadsheetId=key,
        range="Sheet1!A1",
        valueInputOption="RAW",
        insertDataOption="INSERT_ROWS",
        body={"values": [["Cy", None]]},
    ).execute()
    assert added["tableRange"] == "Sheet1!A1:B3"
    read = values.batchGet(
        spreadsheetId=key,
        ranges=["Sheet1!A2:B", "Sheet1!B1:B1"],
        valueRenderOption="UNFORMATTED_VALUE",
        dateTimeRenderOption="SERIAL_NUMBER",
    ).execute()
    assert [block["values"] for block in read["valueRanges"]] == [
        [["Ana", "007"], ["Bo", 42], ["Cy"]],
        [["Age"]],
    ]
    _tabs(client, key)
    cleared = values.clear(spreadsheetId=key, range="Sheet1", body={}).execute()
    assert cleared["clearedRange"] == "Sheet1!A1:Z1001"  # the appended row was inserted


def _tabs(client: Google, key: str) -> None:
    requests = [
        {"addSheet": {"properties": {"title": "Every form checked", "sheetId": 4711}}},
        {
            "updateCells": {
                "start": {"sheetId": 4711, "rowIndex": 0, "columnIndex": 0},
                "rows": [{"values": [{"userEnteredValue": {"stringValue": "=1"}}]}],
                "fields": "userEnteredValue",
            }
        },
    ]
    told = client.sheets.batchUpdate(spreadsheetId=key, body={"requests": requests}).execute()
    assert told["replies"][0]["addSheet"]["properties"]["sheetId"] == 4711
    assert told["replies"][1] == {}
    shown = client.sheets.get(
        spreadsheetId=key,
        ranges=["Every form checked!A1"],
        fields="sheets(properties(sheetId,title),data(rowData(values(userEnteredValue))))",
    ).execute()
    assert shown["sheets"] == [
        {
            "properties": {"sheetId": 4711, "title": "Every form checked"},
            "data": [{"rowData": [{"values": [{"userEnteredValue": {"stringValue": "=1"}}]}]}],
        }
    ]


def test_files_and_who_sees_them(google: Emulator, client: Google) -> None:
    book = create_spreadsheet(google.world, "Members", OWNER)
    google.world.share(book.id, WEAVER)
    files, permissions = client.drive.files(), client.drive.permissions()
    found = files.list(q="name = 'Members' and trashed = false", pageSize=10).execute()
    assert [entry["id"] for entry in found["files"]] == [book.id]
    body = {"type": "user", "role": "reader", "emailAddress": "ana@example.org"}
    made = permissions.create(fileId=book.id, body=body, sendNotificationEmail=False).execute()
    assert google.world.files[book.id].roles["ana@example.org"] == "reader"
    gone = permissions.delete(fileId=book.id, permissionId=made["id"]).execute()
    assert gone == ""
    with pytest.raises(HttpError) as caught:
        files.create(body={"name": "x", "mimeType": found["files"][0]["mimeType"]}).execute()
    assert caught.value.status_code == 403
    assert caught.value.error_details[0]["reason"] == "storageQuotaExceeded"


def test_a_form_and_all_pages_of_its_responses(google: Emulator, client: Google) -> None:
    form = create_form(google.world, "Sign-on", OWNER, ["Organisation"])
    google.world.share(form.id, WEAVER)
    for number in range(7):
        submit(google.world, form, {"Organisation": f"Group {number}"}, f"m{number}@example.org")
    shown = client.forms.get(formId=form.id).execute()
    question = shown["items"][0]["questionItem"]["question"]["questionId"]
    listing = client.forms.responses()
    asked = listing.list(formId=form.id, pageSize=3)
    said: list[Any] = []
    while asked is not None:
        page = asked.execute()
        said += page["responses"]
        asked = listing.list_next(asked, page)
    names = [r["answers"][question]["textAnswers"]["answers"][0]["value"] for r in said]
    assert sorted(names) == [f"Group {number}" for number in range(7)]
    one = listing.get(formId=form.id, responseId=said[0]["responseId"]).execute()
    assert {k: v for k, v in one.items() if k != "formId"} == said[0]
    assert len([r for r in google.calls() if r.method_id == "forms.forms.responses.list"]) == 3


def test_a_form_is_made_and_published(google: Emulator, client: Google) -> None:
    made = client.forms.create(body={"info": {"title": "Sign-on"}}).execute()
    item = {"title": "Organisation", "questionItem": {"question": {"textQuestion": {}}}}
    create = {"createItem": {"item": item, "location": {"index": 0}}}
    told = client.forms.batchUpdate(formId=made["formId"], body={"requests": [create]}).execute()
    assert told["replies"][0]["createItem"]["questionId"]
    state = {
        "publishSettings": {"publishState": {"isPublished": True, "isAcceptingResponses": True}}
    }
    client.forms.setPublishSettings(formId=made["formId"], body=state).execute()
    shown = client.forms.get(formId=made["formId"]).execute()
    assert shown["publishSettings"]["publishState"]["isPublished"] is True


def test_refusals_are_read_as_googles(google: Emulator, client: Google) -> None:
    with pytest.raises(HttpError) as caught:
        client.sheets.get(spreadsheetId="1nothing").execute()
    assert caught.value.status_code == 404
    assert caught.value.reason == "Requested entity was not found."
    google.faults.add(Fault("429", "sheets.spreadsheets.get"))
    with pytest.raises(HttpError) as caught:
        client.sheets.get(spreadsheetId="1nothing").execute()
    reasons = [detail.get("reason") for detail in caught.value.error_details]
    assert reasons[0] == "RATE_LIMIT_EXCEEDED"
