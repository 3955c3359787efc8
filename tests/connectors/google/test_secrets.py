"""Whatever Google, or something in its place, sends back: no error text holds a secret."""

from __future__ import annotations

import json
import re
from typing import Any

import requests
from google.auth.exceptions import RefreshError
from google.oauth2.service_account import Credentials
from hypothesis import given
from hypothesis import strategies as st

from connectors.google.answers import read_answer
from connectors.google.denials import token_refusal
from connectors.google.refusals import Asked, refusal
from connectors.google.trying import _passing, _too_often
from tests.google_emulator.accounts import ServiceAccount

KEY = ServiceAccount("weaver@example.org", 0).info("https://oauth2.googleapis.com")
CREDENTIALS = Credentials.from_service_account_info(KEY, scopes=["x"])
ASSERTION = CREDENTIALS._make_authorization_grant_assertion().decode()
SECRETS = {
    "assertion": ASSERTION,
    "key": KEY["private_key"],
    "line of the key": KEY["private_key"].splitlines()[3],
    "access token": "ya29.c.b0Aaekm1Kz3-x_Yw9",
    "refresh token": "1//0gQm3-x_Yw9AaeKm1Kz",
    "form body": f"grant_type=x&assertion={ASSERTION}&code=4/0AbCdEf",
    "file": json.dumps({"refresh_token": "abcdefgh", "client_secret": "ijklmnop"}),
    "header": "Authorization: Bearer abcdefgh",
}
PIECES = [
    *(part for part in ASSERTION.split(".")),
    *(line for line in KEY["private_key"].splitlines() if "-" not in line),
    "b0Aaekm1Kz3", "0gQm3", "0AbCdEf", "abcdefgh", "ijklmnop",
]  # fmt: skip

WORDS = st.sampled_from(["", "Quota exceeded ", "the file's ", "<b>", "\r\n", '"', "é "])
TEXT = st.tuples(WORDS, st.sampled_from(sorted(SECRETS)), WORDS).map(
    lambda parts: parts[0] + SECRETS[parts[1]] + parts[2]
)


def shapes(text: str) -> list[Any]:
    info = {"reason": "SERVICE_DISABLED", "metadata": {"activationUrl": text, "serviceTitle": text}}
    return [
        {"error": text},
        {"error": {"message": text, "status": text}},
        {"error": {"message": "", "status": text}},
        {"error": {"message": text, "details": [info]}},
        {"error": {"message": text, "details": [{"reason": text}]}},
        {"error": "invalid_grant", "error_description": text},
        f"<html><title>{text}</title>{text}</html>",
        text,
        f'{{"error": {{"message": "{text}',
    ]


@given(TEXT, st.integers(0, 8), st.sampled_from([400, 401, 403, 404, 408, 429, 500, 503]))
def test_no_error_holds_a_secret(text: str, shape: int, code: int) -> None:
    response = requests.Response()
    response.status_code = code
    body = shapes(text)[shape]
    response._content = (body if isinstance(body, str) else json.dumps(body)).encode()
    answer = read_answer(response)
    asked = Asked("spreadsheet", "The tracker", True, "weaver@example.org")
    error = RefreshError(text if isinstance(body, str) else f"invalid_grant: {text}", body)
    for made in (
        refusal(answer, asked),
        _passing(answer, asked),
        _too_often(answer, asked),
        token_refusal(error, "weaver@example.org"),
    ):
        shown = str(made)
        assert [piece for piece in PIECES if piece in shown] == []
        assert not re.search(r"[\x00-\x1f]", shown)
