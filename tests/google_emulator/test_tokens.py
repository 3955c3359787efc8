"""Signing in: real assertions, refresh tokens, the browser's way, and what is refused."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import requests
from cryptography.hazmat.primitives import serialization
from google.auth import crypt, exceptions, identity_pool, jwt
from google.auth.transport.requests import AuthorizedSession, Request
from google.oauth2 import credentials as people
from google.oauth2.service_account import Credentials
from google_auth_oauthlib.flow import InstalledAppFlow

from tests.google_emulator.accounts import private_key
from tests.google_emulator.clients import FORMS, SHEETS, redirected, session
from tests.google_emulator.server import Emulator, Fault
from tests.google_emulator.tokens import AUDIENCE, JWT_GRANT

FORM = "https://forms.googleapis.com/v1/forms/nowhere"
ALICE = "alice@example.org"


@pytest.fixture
def transport(google: Emulator) -> Iterator[Request]:
    with requests.Session() as plain:
        yield Request(redirected(plain, google.url))


def refused(credentials: Any, transport: Request) -> str:
    with pytest.raises(exceptions.RefreshError) as caught:
        credentials.refresh(transport)
    return str(caught.value.args[0])


def signed(google: Emulator, **claims: Any) -> dict[str, Any]:
    """What the token endpoint says to an assertion with some claims of one's own."""
    info = google.service_account()
    now = int(time.time())
    whole = {"iss": info["client_email"], "aud": AUDIENCE, "scope": SHEETS}
    whole |= {"iat": now, "exp": now + 3600} | claims
    signer = crypt.RSASigner.from_service_account_info(info)
    return posted(google, grant_type=JWT_GRANT, assertion=jwt.encode(signer, whole).decode())


def posted(google: Emulator, **form: str) -> dict[str, Any]:
    answer = requests.post(f"{google.url}/token", data=form, timeout=5)
    return answer.json() | {"code": answer.status_code}


def test_a_real_key_opens_the_door(google: Emulator, transport: Request) -> None:
    info = google.service_account()
    credentials = Credentials.from_service_account_info(info, scopes=[SHEETS])
    credentials.refresh(transport)
    assert credentials.token.startswith("ya29.")
    given = signed(google)
    assert given["code"] == 200
    assert given["token_type"] == "Bearer"
    assert given["expires_in"] == 3599


def test_a_key_that_isnt_the_accounts_is_refused(google: Emulator, transport: Request) -> None:
    info = google.service_account()
    google.service_account("other")
    stolen = private_key(1).private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    wrong = info | {"private_key": stolen.decode()}
    credentials = Credentials.from_service_account_info(wrong, scopes=[SHEETS])
    assert refused(credentials, transport) == "invalid_grant: Invalid JWT Signature."
    google.service.accounts.service("weaver").key_revoked = True
    credentials = Credentials.from_service_account_info(info, scopes=[SHEETS])
    assert refused(credentials, transport) == "invalid_grant: Invalid JWT Signature."


def test_accounts_that_are_gone(google: Emulator, transport: Request) -> None:
    info = google.service_account()
    gone = "invalid_grant: Invalid grant: account not found"
    strange = info | {"client_email": "stranger@weaver-tests.iam.gserviceaccount.com"}
    credentials = Credentials.from_service_account_info(strange, scopes=[SHEETS])
    assert refused(credentials, transport) == gone
    google.service.accounts.service("weaver").deleted = True
    credentials = Credentials.from_service_account_info(info, scopes=[SHEETS])
    assert refused(credentials, transport) == gone


@pytest.mark.parametrize("skew", [600, -600, 7200, -7200])
def test_a_clock_that_is_off_is_judged_on_real_time(
    google: Emulator, transport: Request, skew: int
) -> None:
    google.service.tokens.skew = skew
    info = google.service_account()
    credentials = Credentials.from_service_account_info(info, scopes=[SHEETS])
    assert "reasonable timeframe" in refused(credentials, transport)
    google.service.tokens.skew = 0.0
    google.world.clock.advance(86_400)  # the simulated clock has no say in this
    credentials.refresh(transport)


@pytest.mark.parametrize(
    ("claims", "error", "text"),
    [
        ({"aud": "http://127.0.0.1/token"}, "invalid_grant", "audience"),
        ({"exp": 1}, "invalid_grant", "short-lived token (60 minutes)"),
        ({"exp": int(time.time()) + 9999}, "invalid_grant", "short-lived token"),
        ({"scope": ""}, "invalid_scope", "Empty or missing scope"),
        ({"scope": "https://www.googleapis.com/auth/nothing"}, "invalid_scope", "nothing"),
        ({"sub": ALICE}, "unauthorized_client", "not authorized"),
    ],
)
def test_claims_that_google_refuses(
    google: Emulator, claims: dict[str, Any], error: str, text: str
) -> None:
    given = signed(google, **claims)
    assert given["code"] == (401 if error == "unauthorized_client" else 400)
    assert given["error"] == error
    assert text in given["error_description"]


def test_other_grants_and_other_bodies(google: Emulator) -> None:
    assert posted(google, grant_type="password")["error"] == "unsupported_grant_type"
    assert posted(google, grant_type=JWT_GRANT, assertion="a.b")["error"] == "invalid_grant"
    url = f"{google.url}/token"
    for how in ({"json": {"grant_type": JWT_GRANT}}, {"data": b"\xff=\xff"}):
        assert requests.post(url, **how, timeout=5).status_code == 400
    odd = {"Authorization": "Basic !", "Content-Type": "application/x-www-form-urlencoded"}
    assert requests.post(url, headers=odd, timeout=5).status_code == 400
    for text in ("W10.e30.x", "e30.e30.x", "!.!.!"):
        assert posted(google, grant_type=JWT_GRANT, assertion=text)["error"] == "invalid_grant"
    assert requests.get(f"{google.url}/token", timeout=5).status_code == 404


def test_delegation_lets_an_account_be_a_person(google: Emulator, transport: Request) -> None:
    account = google.service.accounts.service("weaver")
    account.delegated = {SHEETS}
    whole = Credentials.from_service_account_info(google.service_account(), scopes=[SHEETS])
    with redirected(AuthorizedSession(whole.with_subject(ALICE)), google.url) as client:
        client.get("https://sheets.googleapis.com/v4/spreadsheets/x?fields=nothing")
    assert google.log[-1].principal == ALICE
    wider = whole.with_scopes([SHEETS, FORMS]).with_subject(ALICE)
    assert refused(wider, transport).startswith("unauthorized_client")


def test_tokens_end_on_the_simulated_clock(google: Emulator) -> None:
    with session(google, [FORMS]) as client:
        assert client.get(FORM).status_code == 404
        google.world.clock.advance(3600)
        assert client.get(FORM).status_code == 404  # google-auth signs in again after the 401
        told = [(r.method_id, r.status) for r in google.calls()]
    again = [("forms.forms.get", 401), ("token", 200), ("forms.forms.get", 404)]
    assert told == [("token", 200), ("forms.forms.get", 404), *again]


def test_short_lives_cost_a_token_for_every_call(google: Emulator) -> None:
    google.service.tokens.lifetime = 200
    with session(google, [FORMS]) as client:
        for _ in range(3):
            client.get(FORM)
    assert [r.method_id for r in google.calls()] == ["token", "forms.forms.get"] * 3


def test_the_token_call_can_be_struck_too(google: Emulator) -> None:
    google.faults.add(Fault("502-html", "token"))
    with session(google, [FORMS]) as client, pytest.raises(exceptions.RefreshError, match="502"):
        client.get(FORM)


def test_the_background_look_up_is_answered_and_never_counted(google: Emulator) -> None:
    with session(google, [FORMS]) as client:
        client.get(FORM)
        client.get(
            "https://iamcredentials.googleapis.com/v1/projects/-/serviceAccounts/"
            "weaver%40weaver-tests.iam.gserviceaccount.com/allowedLocations"
        )
    assert any(r.method_id == "allowedLocations" and r.status == 404 for r in google.log)
    assert [r.method_id for r in google.calls()] == ["token", "forms.forms.get"]


def test_refresh_tokens_of_people(google: Emulator, transport: Request) -> None:
    def signed_in(**how: Any) -> people.Credentials:
        return people.Credentials.from_authorized_user_info(google.user(ALICE, SHEETS, **how))

    mine, testing = signed_in(), signed_in(testing=True)
    mine.refresh(transport)
    testing.refresh(transport)
    google.world.clock.advance(7 * 86_400 + 1)
    mine.refresh(transport)
    over = "invalid_grant: Token has been expired or revoked."
    assert refused(testing, transport) == over
    google.revoke(ALICE)
    assert refused(mine, transport) == over


@pytest.fixture
def browse(
    google: Emulator, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[[], people.Credentials]:
    """Sign a person in through the real InstalledAppFlow; the "browser" is a thread."""
    monkeypatch.setenv("OAUTHLIB_INSECURE_TRANSPORT", "1")
    threads: list[threading.Thread] = []

    class Browser:
        def open(self, url: str, **_: Any) -> None:
            visit = threading.Thread(target=lambda: requests.get(url, timeout=5))
            threads.append(visit)
            visit.start()

    monkeypatch.setattr("webbrowser.get", lambda *_: Browser())

    def sign_in() -> people.Credentials:
        secrets = google.client_secrets(tmp_path / "client.json")
        flow = InstalledAppFlow.from_client_secrets_file(str(secrets), [SHEETS])
        try:
            return flow.run_local_server(port=0, authorization_prompt_message=None)
        finally:
            threads[-1].join(5)
            flow.oauth2session.close()

    return sign_in


def test_a_person_signs_in_through_the_browser(
    google: Emulator, browse: Callable[[], people.Credentials], transport: Request
) -> None:
    google.service.consent.person = ALICE
    credentials = browse()
    assert credentials.valid
    credentials.refresh(transport)
    with redirected(AuthorizedSession(credentials), google.url) as client:
        client.get("https://sheets.googleapis.com/v4/spreadsheets/x?fields=nothing")
    assert google.log[-1].principal == ALICE
    google.revoke(ALICE)
    assert "expired or revoked" in refused(credentials, transport)


def test_a_person_who_doesnt_agree(
    google: Emulator, browse: Callable[[], people.Credentials]
) -> None:
    google.service.consent.agrees = False
    with pytest.raises(Exception, match="access_denied"):
        browse()


def test_codes_work_once_and_only_where_they_were_sent(google: Emulator) -> None:
    accounts = google.service.accounts
    asked = {
        "client_id": accounts.client_id,
        "redirect_uri": "http://localhost:1/",
        "scope": SHEETS,
    }
    url = f"{google.url}/o/oauth2/auth"
    gone = requests.get(url, params=asked, timeout=5, allow_redirects=False)
    assert gone.status_code == 302
    code = gone.headers["Location"].partition("code=")[2].partition("&")[0].replace("%2F", "/")
    form = {"grant_type": "authorization_code", "code": code, "client_id": accounts.client_id}
    form |= {"client_secret": accounts.client_secret, "redirect_uri": "http://localhost:1/"}
    assert posted(google, **form)["refresh_token"].startswith("1//")
    assert posted(google, **form)["error"] == "invalid_grant"
    assert posted(google, **form | {"client_secret": "x"})["error"] == "invalid_client"
    away = asked | {"redirect_uri": "https://elsewhere.example.org/"}
    assert requests.get(url, params=away, timeout=5).status_code == 400


def test_a_workload_becomes_a_service_account(
    google: Emulator, transport: Request, tmp_path: Path
) -> None:
    path = google.workload(tmp_path)
    credentials = identity_pool.Credentials.from_file(str(path), scopes=[FORMS])
    credentials.refresh(transport)
    with redirected(AuthorizedSession(credentials), google.url) as client:
        assert client.get(FORM).status_code == 404
    assert google.log[-1].principal == "weaver@weaver-tests.iam.gserviceaccount.com"
    assert [r.method_id for r in google.calls()][:2] == ["sts.token", "impersonation"]
    google.service.federation.may_act_as.clear()
    with pytest.raises(exceptions.RefreshError, match="getAccessToken"):
        credentials.refresh(transport)


def test_workloads_that_google_doesnt_trust(
    google: Emulator, transport: Request, tmp_path: Path
) -> None:
    path = google.workload(tmp_path)
    federation = google.service.federation
    stranger = crypt.RSASigner(private_key(0))
    now = int(time.time())
    forged = jwt.encode(stranger, {"iss": "https://tokens.example.org", "exp": now + 600})
    for token, words in (
        (forged.decode(), "Signature"),
        (federation.subject_token("job:weaver", exp=now - 1), "stale"),
        (federation.subject_token("job:weaver", aud="https://example.org"), "audience"),
        ("nothing", "Invalid JWT"),
    ):
        (tmp_path / "subject-token").write_text(token)
        credentials = identity_pool.Credentials.from_file(str(path), scopes=[FORMS])
        with pytest.raises(exceptions.OAuthError, match=words):
            credentials.refresh(transport)
