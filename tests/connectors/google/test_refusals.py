"""Google's refusals become one clear paragraph each, with the exit code that fits."""

from __future__ import annotations

import json
from typing import Any

import pytest
import requests

from config.errors import WeaverError
from connectors.google.answers import LONGEST, Answer, read_answer, retry_after, scrub
from connectors.google.refusals import Asked, Changed, is_quota, refusal

WEAVER = "weaver@tests.iam.gserviceaccount.com"
READING = Asked("spreadsheet", "The tracker", False, WEAVER)
WRITING = Asked("spreadsheet", "The tracker", True, WEAVER)
LINK = "https://console.developers.google.com/apis/api/sheets.googleapis.com/overview?project=7"
DENIED = Answer(403, "PERMISSION_DENIED", "The caller does not have permission")
PROTECTED = (
    "You are trying to edit a protected cell or object. Please contact the spreadsheet owner to "
    "remove protection if you need to edit."
)


def answered(code: int, body: Any, **headers: str) -> requests.Response:
    response = requests.Response()
    response.status_code = code
    text = body if isinstance(body, str) else json.dumps(body)
    response._content = text.encode()
    response.headers.update(headers)
    return response


def bad(message: str, status: str = "INVALID_ARGUMENT") -> Answer:
    return Answer(400, status, message)


@pytest.mark.parametrize(
    ("answer", "asked", "exit_code", "words"),
    [
        (DENIED, READING, 77, ["not shared with Weaver", "Share", WEAVER, "as an editor"]),
        (DENIED, WRITING, 77, ["may not change", "reading only", WEAVER]),
        (DENIED, Asked("form", "Join us", False, WEAVER), 77,
         ["form is not shared", "spreadsheet is not enough", "form Join us", WEAVER]),
        (DENIED, Asked("spreadsheet", "The tracker"), 77, ["client_email", "gserviceaccount.com"]),
        (Answer(403, "PERMISSION_DENIED", "Request had insufficient authentication scopes.",
                "ACCESS_TOKEN_SCOPE_INSUFFICIENT"), READING, 77, ["given for less", "again"]),
        (Answer(403, "PERMISSION_DENIED", "…", "SERVICE_DISABLED",
                {"serviceTitle": "Google Sheets API", "activationUrl": LINK}), READING, 77,
         ["Google Sheets API is switched off", LINK, "Enable"]),
        (Answer(403, "PERMISSION_DENIED", "…", "storageQuotaExceeded"), WRITING, 77, ["storage"]),
        (Answer(401, "UNAUTHENTICATED", "…"), READING, 77, ["accept Weaver's sign-in", "new key"]),
        (Answer(404, "NOT_FOUND", "Requested entity was not found."), READING, 78,
         ["no spreadsheet with this address", "deleted", "weaver.toml"]),
        (bad("This operation is not supported for this document", "FAILED_PRECONDITION"), READING,
         78, ["Excel", "Save as Google Sheets"]),
        (bad("Invalid requests[0].addSheet: This action would increase the number of cells in the "
             "workbook above the limit of 10000000 cells."), WRITING, 65,
         ["10 million cells", "Nothing was written"]),
        (bad("Your input contains more than the maximum of 50000 characters in a single cell."),
         WRITING, 65, ["50,000 characters"]),
        (bad(f"Invalid requests[3].updateCells: {PROTECTED}"), WRITING, 77,
         ["protected range", WEAVER, "Nothing was written"]),
        (bad("Unable to parse range: 'Numbers'!A1:Z"), READING, 75, ["changed", "Numbers"]),
        (bad("Invalid JSON payload received. Unknown name \"x\": Cannot find field."), WRITING, 1,
         ["fault of Weaver", "Cannot find field"]),
    ],
)  # fmt: skip
def test_what_is_said(answer: Answer, asked: Asked, exit_code: int, words: list[str]) -> None:
    error = refusal(answer, asked)
    assert error.exit_code == exit_code
    assert [word for word in words if word not in str(error)] == []
    assert "\n" not in str(error)
    if asked.kind == "spreadsheet":
        assert error.where == "spreadsheet The tracker"


@pytest.mark.parametrize(
    "text",
    [
        "Unable to parse range: x",
        "Range (Sheet1!A100000) exceeds grid limits. Max rows: 1000, max columns: 26",
        "Invalid requests[0].updateCells: No grid with id: 7",
    ],
)
def test_a_tab_that_went_away_is_told_apart(text: str) -> None:
    assert isinstance(refusal(bad(text), WRITING), Changed)


@pytest.mark.parametrize(
    ("code", "reason", "expected"),
    [
        (429, "", True),
        (429, "RATE_LIMIT_EXCEEDED", True),
        (403, "userRateLimitExceeded", True),
        (403, "storageQuotaExceeded", False),
        (403, "", False),
    ],
)
def test_a_minute_used_up_is_no_full_drive(code: int, reason: str, expected: bool) -> None:
    assert is_quota(Answer(code, "", "", reason)) is expected


@pytest.mark.parametrize(
    "body",
    [
        {"error": "backend error"},
        {"error": {"message": 7}},
        {"error": {"code": "x", "details": {"a": 1}, "errors": "no"}},
        {"error": {"details": [None, 3, {"reason": 5}, {"reason": "R", "metadata": [1]}]}},
        {"error": None},
        [],
        "null",
        "",
        "<html><title>Error 502 (Server Error)!!1</title><p>x",
        '{"error": ',
        "\ufeff{}",
        '"' + "9" * 5000,
    ],
)
def test_any_body_can_be_read(body: Any) -> None:
    answer = read_answer(answered(500, body))
    assert answer.code == 500
    assert isinstance(refusal(answer, READING), WeaverError)


def test_a_page_is_told_by_its_title_and_is_not_googles_own() -> None:
    answer = read_answer(answered(403, "<html><TITLE>Blocked by\nthe office</TITLE> <b>x</b>"))
    assert (answer.message, answer.google) == ("Blocked by the office", False)


def test_the_reason_comes_from_drives_list_too() -> None:
    body = {"error": {"code": 403, "message": "m", "errors": [{"reason": "storageQuotaExceeded"}]}}
    assert read_answer(answered(403, body)).reason == "storageQuotaExceeded"


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"Retry-After": "17"}, 17.0),
        ({"Retry-After": " 0 "}, 0.0),
        ({"Retry-After": "Mon, 09 Mar 2026 03:01:30 GMT",
          "Date": "Mon, 09 Mar 2026 03:00:00 GMT"}, 90.0),
        ({"Retry-After": "Mon, 09 Mar 2026 02:00:00 GMT",
          "Date": "Mon, 09 Mar 2026 03:00:00 GMT"}, 0.0),
        ({"Retry-After": "Mon, 09 Mar 2026 03:01:30 GMT"}, None),
        ({"Retry-After": "Mon, 09 Mar 2026 03:01:30 -0000",
          "Date": "Mon, 09 Mar 2026 03:00:00 GMT"}, None),
        ({"Retry-After": "soon"}, None),
        ({"Retry-After": "-3"}, None),
        ({"Retry-After": "9" * 400}, None),
    ],
)  # fmt: skip
def test_how_long_google_asks_to_wait(headers: dict[str, str], seconds: float | None) -> None:
    assert retry_after(headers) == seconds


@pytest.mark.parametrize(
    "secret",
    [
        "ya29.a0AfH6SMBx-_yz",
        "1//0gABCDEFghijk",
        "eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJ3In0.c2lnbmF0dXJl",
        "-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqh\n-----END PRIVATE KEY-----",
        "-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqh",
        "GOCSPX-abc_def",
        "Bearer abcdef.ghi",
        '"refresh_token": "abcdef"',
        "client_secret=abcdef",
        "A" * 80,
    ],
)
def test_no_secret_is_shown(secret: str) -> None:
    shown = scrub(f"before {secret} after")
    assert not any(part in shown for part in ("abc", "MII", "AAAA", "0gAB", "a0Af", "c2ln"))
    assert shown.startswith("before")


def test_what_is_shown_is_one_short_line() -> None:
    shown = scrub("a\r\n\x1b[31mb \u202ec " + "word " * 200)
    assert len(shown) == LONGEST
    assert not {"\n", "\r", "\x1b", "\u202e"} & set(shown)
