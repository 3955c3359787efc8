"""What Google refuses before it looks at a file: word for word, and in which order."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from google.auth.transport.requests import AuthorizedSession

from tests.google_emulator.answers import PROJECT
from tests.google_emulator.clients import DRIVE, FORMS, RESPONSES, SHEETS, session
from tests.google_emulator.forms.model import Form, create_form
from tests.google_emulator.server import Emulator

BOOK = "https://sheets.googleapis.com/v4/spreadsheets"
ROOT = "https://forms.googleapis.com/v1/forms"
FILES = "https://www.googleapis.com/drive/v3/files"
AUTH = "https://www.googleapis.com/auth/"
WEAVER = "weaver@weaver-tests.iam.gserviceaccount.com"
DENIED = "The caller does not have permission"


@pytest.fixture
def client(google: Emulator) -> Iterator[AuthorizedSession]:
    with session(google, (SHEETS, DRIVE, FORMS, RESPONSES)) as made:
        yield made


@pytest.fixture
def form(google: Emulator) -> Form:
    return create_form(google.world, "Sign-on", "coordinator@example.org", ["Organisation"])


def refusal(answer: Any, code: int = 400) -> str:
    assert answer.status_code == code, answer.text
    error = answer.json()["error"]
    assert error["code"] == code
    return error["message"]


def test_no_token_and_a_wrong_token(google: Emulator) -> None:
    import requests

    words = (
        "Request had invalid authentication credentials. Expected OAuth 2 access token, login "
        "cookie or other valid authentication credential. See "
        "https://developers.google.com/identity/sign-in/web/devconsole-project."
    )
    for headers in ({}, {"Authorization": "Bearer ya29.unknown"}, {"Authorization": "Basic eA=="}):
        answer = requests.get(f"{google.url}/v4/spreadsheets/x", headers=headers, timeout=5)
        assert refusal(answer, 401) == words
        assert answer.json()["error"]["status"] == "UNAUTHENTICATED"
        assert "Bearer" in answer.headers["WWW-Authenticate"]


def test_files_that_arent_shared_and_files_that_arent(
    google: Emulator, client: AuthorizedSession, form: Form
) -> None:
    denied = client.get(f"{ROOT}/{form.id}")
    inner = {"code": 403, "message": DENIED, "status": "PERMISSION_DENIED"}
    assert denied.json() == {"error": inner}
    missing = client.get(f"{ROOT}/1nothing")
    inner = {"code": 404, "message": "Requested entity was not found.", "status": "NOT_FOUND"}
    assert missing.json() == {"error": inner}


NARROW = [
    ("spreadsheets.readonly", "GET", f"{BOOK}/x", False),
    ("spreadsheets.readonly", "POST", f"{BOOK}/x:batchUpdate", True),
    ("spreadsheets.readonly", "POST", f"{BOOK}/x/values:batchGetByDataFilter", True),
    ("spreadsheets.readonly", "POST", f"{BOOK}/x/developerMetadata:search", True),
    ("drive.readonly", "GET", f"{ROOT}/x/responses", True),
    ("drive.readonly", "GET", f"{ROOT}/x", False),
    ("forms.body.readonly", "GET", f"{ROOT}/x/responses", True),
    ("forms.responses.readonly", "GET", f"{ROOT}/x/responses", False),
    ("forms.responses.readonly", "GET", f"{ROOT}/x", True),
    ("spreadsheets", "GET", FILES, True),
    ("drive.metadata.readonly", "GET", FILES, False),
]


@pytest.mark.parametrize(("scope", "verb", "url", "refused"), NARROW)
def test_scopes_are_checked_for_each_method(
    google: Emulator, scope: str, verb: str, url: str, refused: bool
) -> None:
    with session(google, [AUTH + scope]) as client:
        answer = client.request(verb, url, json={} if verb == "POST" else None)
    narrow = answer.status_code == 403 and "scopes" in answer.text
    assert narrow == refused
    google.unhandled.clear()
    if refused:
        assert refusal(answer, 403) == "Request had insufficient authentication scopes."
        header = answer.headers["WWW-Authenticate"]
        assert 'error="insufficient_scope"' in header
        info = answer.json()["error"]["details"][0]
        assert info["reason"] == "ACCESS_TOKEN_SCOPE_INSUFFICIENT"


def test_an_api_that_isnt_switched_on(google: Emulator, client: AuthorizedSession) -> None:
    google.service.disabled.add("sheets")
    answer = client.get(f"{BOOK}/x")
    begun = f"Google Sheets API has not been used in project {PROJECT} before or it is disabled. "
    assert refusal(answer, 403).startswith(begun)
    info, local, links = answer.json()["error"]["details"]
    assert info["reason"] == "SERVICE_DISABLED"
    assert set(info["metadata"]) == {
        "service",
        "serviceTitle",
        "consumer",
        "activationUrl",
        "containerInfo",
    }
    assert local["@type"].endswith("LocalizedMessage")
    assert links["@type"].endswith("Help")
    assert client.get(f"{ROOT}/x").status_code == 404


def test_quotas_are_those_of_google(google: Emulator, client: AuthorizedSession) -> None:
    url = f"{BOOK}/x?fields=nothing"  # fails, and counts all the same
    codes = [client.get(url).status_code for _ in range(61)]
    assert codes == [400] * 60 + [429]
    answer = client.get(url)
    inner = answer.json()["error"]
    assert inner["status"] == "RESOURCE_EXHAUSTED"
    assert inner["message"] == (
        "Quota exceeded for quota metric 'Read requests' and limit 'Read requests per minute per "
        "user' of service 'sheets.googleapis.com' for consumer "
        f"'project_number:{PROJECT}'."
    )
    info, links = inner["details"]
    assert info["reason"] == "RATE_LIMIT_EXCEEDED"
    assert info["metadata"] == {
        "service": "sheets.googleapis.com",
        "consumer": f"projects/{PROJECT}",
        "quota_metric": "sheets.googleapis.com/read_requests",
        "quota_limit": "ReadRequestsPerMinutePerUser",
        "quota_limit_value": "60",
        "quota_unit": "1/min/{project}/{user}",
        "quota_location": "global",
    }
    assert links["@type"].endswith("google.rpc.Help")
    assert "Retry-After" not in answer.headers
    assert "Cache-Control" not in answer.headers
    writes = client.post(f"{BOOK}/x:batchUpdate?fields=nothing", json={})
    assert writes.status_code == 400  # another bucket
    google.world.clock.advance(59)
    google.service.retry_after = "17"
    assert client.get(url).headers["Retry-After"] == "17"
    google.world.clock.advance(1)
    assert client.get(url).status_code == 400


def test_other_users_have_buckets_of_their_own_within_the_projects(google: Emulator) -> None:
    google.quota_limits["sheets", "Read requests"] = (3, 2)
    url = f"{BOOK}/x?fields=nothing"
    with session(google) as one, session(google, name="other") as other:
        assert [one.get(url).status_code for _ in range(3)] == [400, 400, 429]
        assert other.get(url).status_code == 400
        answer = other.get(url)
    info = answer.json()["error"]["details"][0]["metadata"]
    assert info["quota_limit"] == "ReadRequestsPerMinutePerProject"
    assert info["quota_limit_value"] == "3"
    assert info["quota_unit"] == "1/min/{project}"


def test_listing_responses_is_an_expensive_read(
    google: Emulator, client: AuthorizedSession, form: Form
) -> None:
    google.quota_limits["forms", "Expensive read requests"] = (9, 1)
    google.world.share(form.id, WEAVER)
    assert client.get(f"{ROOT}/{form.id}/responses").status_code == 200
    assert client.get(f"{ROOT}/{form.id}/responses").status_code == 429
    assert client.get(f"{ROOT}/{form.id}").status_code == 200


def test_quotas_can_be_switched_off(google: Emulator, client: AuthorizedSession) -> None:
    google.quotas_on = False
    google.quota_limits["forms", "Read requests"] = (1, 1)
    assert [client.get(f"{ROOT}/x").status_code for _ in range(3)] == [404] * 3


JSON = "Invalid JSON payload received. "
ONE_OF = (
    "Invalid value at 'requests[0]' (oneof), oneof field 'kind' is already set. "
    "Cannot set 'deleteSheet'"
)
BODIES: list[tuple[Any, str]] = [
    (
        {"requests": [{"frobnicate": {}}]},
        JSON + "Unknown name \"frobnicate\" at 'requests[0]': Cannot find field.",
    ),
    (
        {"requests": [{"addSheet": {"sheetProperties": {}}}]},
        JSON + "Unknown name \"sheetProperties\" at 'requests[0].add_sheet': Cannot find field.",
    ),
    ({"request": []}, JSON + 'Unknown name "request": Cannot find field.'),
    ([], JSON + 'Unknown name "": Root element must be a message.'),
    (
        {"requests": [{"addSheet": {"properties": {"sheetId": "abc"}}}]},
        "Invalid value at 'requests[0].add_sheet.properties.sheet_id' (TYPE_INT32), \"abc\"",
    ),
    (
        {"requests": [{"addSheet": {"properties": {"sheetId": 2**31}}}]},
        "Invalid value at 'requests[0].add_sheet.properties.sheet_id' (TYPE_INT32), 2147483648",
    ),
    (
        {"requests": [{"addSheet": {"properties": {"title": 7}}}]},
        "Invalid value at 'requests[0].add_sheet.properties.title' (TYPE_STRING), 7",
    ),
    (
        {"requests": [{"addSheet": {"properties": {"hidden": "yes"}}}]},
        "Invalid value at 'requests[0].add_sheet.properties.hidden' (TYPE_BOOL), \"yes\"",
    ),
    (
        {"requests": [{"addSheet": {}, "deleteSheet": {}}]},
        ONE_OF,
    ),
    (
        {"requests": [{"addSheet": {"properties": []}}]},
        JSON + "Unknown name \"properties\" at 'requests[0].add_sheet': "
        "Proto field is not repeating, cannot start list.",
    ),
    (b'{"requests": [NaN]}', JSON + "Unexpected token."),
    (b'{"requests": [1e999]}', JSON + "Unexpected token."),
    (b'{"requests": [],}', JSON + "Unexpected token."),
    (b"\xff\xfe{}", JSON + "Unexpected token."),
]


@pytest.mark.parametrize(("body", "words"), BODIES)
def test_bodies_that_google_cant_read(client: AuthorizedSession, body: Any, words: str) -> None:
    how = {"data": body} if isinstance(body, bytes) else {"json": body}
    answer = client.post(f"{BOOK}/x:batchUpdate", **how)
    assert refusal(answer).startswith(words)
    assert answer.json()["error"]["status"] == "INVALID_ARGUMENT"


def test_type_errors_name_the_field(client: AuthorizedSession) -> None:
    body = {"requests": [{"addSheet": {"properties": {"index": "x", "odd": 1}}}]}
    error = client.post(f"{BOOK}/x:batchUpdate", json=body).json()["error"]
    [detail] = error["details"]
    assert detail["@type"] == "type.googleapis.com/google.rpc.BadRequest"
    at = "requests[0].add_sheet.properties"
    assert [v["field"] for v in detail["fieldViolations"]] == [f"{at}.index", at]
    assert error["message"] == "\n".join(v["description"] for v in detail["fieldViolations"])


def test_bodies_that_are_bound_to_a_field_say_so(client: AuthorizedSession) -> None:
    url = f"{BOOK}/x/values/A1?valueInputOption=RAW"
    assert refusal(client.put(url, json={"values": ["x"]})) == (
        "Invalid value at 'data.values[0]' (type.googleapis.com/google.protobuf.ListValue), \"x\""
    )
    assert refusal(client.put(url, json={"value": []})) == (
        JSON + "Unknown name \"value\" at 'data': Cannot find field."
    )


def test_null_is_as_good_as_nothing(google: Emulator, client: AuthorizedSession) -> None:
    url = f"{BOOK}/1nothing/values/A1?valueInputOption=RAW"
    body = {"values": [["x", None]], "majorDimension": None, "range": None}
    answer = client.put(url, json=body)
    assert refusal(answer, 404) == "Requested entity was not found."


QUERIES = [
    (
        "q=1",
        JSON + 'Unknown name "q": Cannot bind query parameter. '
        "Field 'q' could not be found in request message.",
    ),
    (
        "includeGridData=maybe",
        "Invalid value at 'include_grid_data' (TYPE_BOOL), \"maybe\"",
    ),
]


@pytest.mark.parametrize(("query", "words"), QUERIES)
def test_query_parameters_that_google_cant_read(
    client: AuthorizedSession, query: str, words: str
) -> None:
    assert refusal(client.get(f"{BOOK}/x?{query}")) == words


@pytest.mark.parametrize("spelling", ["true", "false", "True", "False", "1", "0"])
def test_booleans_may_be_pythons(client: AuthorizedSession, spelling: str) -> None:
    answer = client.get(f"{BOOK}/1nothing?includeGridData={spelling}")
    assert refusal(answer, 404) == "Requested entity was not found."


def test_drives_bodies_have_errors_and_its_404_no_status(client: AuthorizedSession) -> None:
    answer = client.get(f"{FILES}/1nothing?includeItemsFromAllDrives=True")
    listed = {
        "domain": "global",
        "reason": "notFound",
        "message": "File not found: 1nothing.",
        "locationType": "parameter",
        "location": "fileId",
    }
    assert answer.json() == {
        "error": {"code": 404, "message": "File not found: 1nothing.", "errors": [listed]}
    }
