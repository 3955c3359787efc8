"""Who Weaver is to Google, what it asks for, and why it may get nothing."""

from __future__ import annotations

import base64
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest
from google.auth.compute_engine import _metadata

from config.errors import WeaverError
from connectors.google.calls import Calls
from connectors.google.session import FORMS_SCOPES, SHEETS_SCOPE, scopes
from tests.connectors.google.waiting import KEY, OWNER, Opened, Waits
from tests.google_emulator.forms.model import Form, create_form
from tests.google_emulator.server import Emulator, Fault
from tests.google_emulator.sheets.model import Spreadsheet

ADC = "GOOGLE_APPLICATION_CREDENTIALS"
USER = "WEAVER_GOOGLE_USER"
LOOK_UP = "GOOGLE_SDK_EXPERIMENTAL_PYTHON_REGIONAL_ACCESS_BOUNDARY_LOOKUP_ENABLED"


@pytest.fixture
def form(google: Emulator) -> Form:
    """A form of Ana's that is shared with Weaver."""
    made = create_form(google.world, "Join us", OWNER, ["Organisation"])
    google.world.share(made.id, google.service_account()["client_email"])
    return made


@pytest.fixture(autouse=True)
def _no_machine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """This machine is none of Google's cloud, and nobody is signed in with gcloud."""
    monkeypatch.setattr(_metadata, "_NO_GCE_CHECK", True)
    monkeypatch.setenv("CLOUDSDK_CONFIG", str(tmp_path / "gcloud"))
    monkeypatch.delenv(ADC, raising=False)


def scope_of(google: Emulator) -> set[str]:
    """The scopes of the last token request."""
    form = parse_qs(next(r for r in reversed(google.log) if r.method_id == "token").body.decode())
    if "scope" in form:
        return set(form["scope"][0].split())
    claims = form["assertion"][0].split(".")[1]
    text = base64.urlsafe_b64decode(claims + "=" * (-len(claims) % 4))
    return set(json.loads(text)["scope"].split())


def refused(calls: Calls) -> WeaverError:
    """What comes of asking. It is said once, at the first request, and nothing leaks."""
    with pytest.raises(WeaverError) as caught:
        calls.form("f" * 44)
    error = caught.value
    shown = f"{error}{error.__cause__}{error.__context__ if not error.__suppress_context__ else ''}"
    assert "eyJ" not in shown
    assert "BEGIN" not in shown
    return error


def test_forms_are_asked_for_only_where_they_are_read(
    google: Emulator, opened: Opened, form: Form
) -> None:
    opened(forms=True).form(form.id)
    assert scope_of(google) == {SHEETS_SCOPE, *FORMS_SCOPES}
    assert not any("drive" in scope for scope in scopes(True))


def test_spreadsheets_need_one_scope(
    google: Emulator, opened: Opened, spreadsheet: Spreadsheet
) -> None:
    opened().metadata(spreadsheet.id, "properties.title")
    assert scope_of(google) == {SHEETS_SCOPE}


def test_a_form_without_its_scope(opened: Opened, form: Form) -> None:
    with pytest.raises(WeaverError, match="given for less") as caught:
        opened().form(form.id)
    assert caught.value.exit_code == 77


@pytest.mark.parametrize("seconds", [600, -4200, 86400])
def test_a_clock_that_is_wrong(google: Emulator, opened: Opened, seconds: float) -> None:
    google.service.tokens.skew = -seconds
    error = refused(opened())
    assert "clock of this machine is wrong" in error.what
    assert error.exit_code == 78


def test_a_deleted_key(google: Emulator, opened: Opened) -> None:
    calls = opened()
    google.service.accounts.service("weaver").key_revoked = True
    error = refused(calls)
    assert "doesn't know the key" in error.what
    assert "weaver@" in error.where
    assert error.exit_code == 77


def test_another_accounts_key(google: Emulator, opened: Opened) -> None:
    key = google.service_account() | {"private_key": google.service_account("x")["private_key"]}
    assert "doesn't know the key" in refused(opened(environ={KEY: json.dumps(key)})).what


def test_a_deleted_account(google: Emulator, opened: Opened) -> None:
    google.service.accounts.service("weaver").deleted = True
    error = refused(opened())
    assert "was deleted or switched off" in error.what
    assert error.exit_code == 77


def test_the_interface_is_switched_off(google: Emulator, opened: Opened, form: Form) -> None:
    google.service.disabled.add("forms")
    with pytest.raises(WeaverError, match="Google Forms API is switched off") as caught:
        opened(forms=True).form(form.id)
    assert "https://console.developers.google.com/apis/api/forms" in caught.value.remedy
    assert caught.value.exit_code == 77


def test_delegation(google: Emulator, opened: Opened, form: Form) -> None:
    calls = opened(forms=True, on_behalf_of=OWNER)
    assert calls.identity == OWNER
    error = refused(calls)
    assert "may not act on behalf" in error.what
    assert error.exit_code == 77
    google.service.accounts.service("weaver").delegated |= {SHEETS_SCOPE, *FORMS_SCOPES}
    google.world.share(form.id, google.service_account()["client_email"], "")
    assert calls.form(form.id)["info"]["title"] == "Join us"


def user(google: Emulator, tmp_path: Path, **more: Any) -> dict[str, str]:
    """The environment of a person's sign-in."""
    granted = more.pop("scopes", scopes(True))
    path = tmp_path / "user.json"
    path.write_text(json.dumps(google.user(OWNER, *granted, **more)), encoding="utf-8")
    path.chmod(0o600)
    return {USER: str(path)}


def test_a_persons_sign_in(google: Emulator, opened: Opened, tmp_path: Path, form: Form) -> None:
    calls = opened(forms=True, credentials="user", environ=user(google, tmp_path))
    assert calls.form(form.id)["info"]["title"] == "Join us"
    assert calls.person
    assert [("service account" in warning) for warning in calls.warnings] == [True]
    assert calls.identity == ""
    assert scope_of(google) == {SHEETS_SCOPE, *FORMS_SCOPES}


def test_a_sign_in_that_was_taken_back(google: Emulator, opened: Opened, tmp_path: Path) -> None:
    calls = opened(forms=True, credentials="user", environ=user(google, tmp_path))
    google.revoke(OWNER)
    error = refused(calls)
    assert "expired, was taken back" in error.what
    assert "weaver doctor --sign-in" in error.remedy
    assert error.exit_code == 77


def test_a_sign_in_of_a_project_in_testing_ends_after_a_week(
    google: Emulator, opened: Opened, tmp_path: Path
) -> None:
    environ = user(google, tmp_path, testing=True)
    google.world.clock.advance(8 * 86_400)
    assert "every week" in refused(opened(forms=True, credentials="user", environ=environ)).remedy


def test_a_sign_in_for_less(google: Emulator, opened: Opened, tmp_path: Path) -> None:
    environ = user(google, tmp_path, scopes=(SHEETS_SCOPE,))
    assert "for less" in refused(opened(forms=True, credentials="user", environ=environ)).what


def test_a_person_acts_for_nobody_else(google: Emulator, opened: Opened, tmp_path: Path) -> None:
    with pytest.raises(WeaverError, match="Only a service account") as caught:
        opened(credentials="user", environ=user(google, tmp_path), on_behalf_of=OWNER)
    assert caught.value.exit_code == 78


def test_a_service_account_in_place_of_a_person(google: Emulator, opened: Opened) -> None:
    environ = {USER: json.dumps(google.service_account())}
    with pytest.raises(WeaverError, match="the key of a service account") as caught:
        opened(credentials="user", environ=environ)
    assert caught.value.exit_code == 78


def test_what_the_machine_names(
    google: Emulator, opened: Opened, tmp_path: Path, form: Form
) -> None:
    path = google.key_file(tmp_path / "key.json")
    calls = opened(forms=True, credentials="default", environ={ADC: str(path)})
    assert calls.form(form.id)["info"]["title"] == "Join us"
    assert calls.identity == google.service_account()["client_email"]
    assert len(calls.warnings) == 1  # others can read the file


def test_what_the_machine_names_may_be_a_person(
    google: Emulator, opened: Opened, tmp_path: Path, form: Form
) -> None:
    environ = {ADC: user(google, tmp_path)[USER]}
    calls = opened(forms=True, credentials="default", environ=environ)
    assert calls.form(form.id)["info"]["title"] == "Join us"
    assert calls.person
    assert len(calls.warnings) == 1


def test_gclouds_own_file(google: Emulator, opened: Opened, tmp_path: Path, form: Form) -> None:
    (tmp_path / "gcloud").mkdir()
    info = google.user(OWNER, *scopes(True)) | {"account": OWNER}
    file = tmp_path / "gcloud" / "application_default_credentials.json"
    file.write_text(json.dumps(info), encoding="utf-8")
    calls = opened(forms=True, credentials="default")
    assert calls.form(form.id)["info"]["title"] == "Join us"
    assert (calls.person, calls.identity) == (True, OWNER)


def test_a_machine_that_offers_nothing(opened: Opened) -> None:
    with pytest.raises(WeaverError, match="offers no sign-in") as caught:
        opened(credentials="default")
    assert caught.value.exit_code == 77
    assert ADC in caught.value.remedy


class _Machine(BaseHTTPRequestHandler):
    """What a machine of Google's cloud says of itself, by plain http."""

    server: Any

    def do_GET(self) -> None:
        path, _, query = self.path.partition("?")
        what = path.removeprefix("/computeMetadata/v1")
        found: dict[str, object] = {
            "/": "0.1/",
            "/project/project-id": "weaver-tests",
            "/instance/service-accounts/default/": {"email": self.server.address, "scopes": []},
        }
        if what == "/instance/service-accounts/default/token":
            wanted = parse_qs(query)["scopes"][0].split(",")
            self.server.wanted = set(wanted)
            found[what] = self.server.tokens.access(self.server.address, frozenset(wanted))
        body = found.get(what, "")
        text = (body if isinstance(body, str) else json.dumps(body)).encode()
        self.send_response(200 if what in found else 404)
        self.send_header("Metadata-Flavor", "Google")
        self.send_header("Content-Type", "application/" + ("text" if what == "/" else "json"))
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def machine(google: Emulator, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """This machine is one of Google's cloud, with the service account attached."""
    with ThreadingHTTPServer(("127.0.0.1", 0), _Machine) as server:
        server.address = google.service_account()["client_email"]  # type: ignore[attr-defined]
        server.tokens = google.service.tokens  # type: ignore[attr-defined]
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        monkeypatch.setattr(_metadata, "_NO_GCE_CHECK", False)
        monkeypatch.setattr(_metadata, "_GCE_METADATA_HOST", f"127.0.0.1:{server.server_port}")
        monkeypatch.setenv("GCE_METADATA_IP", f"127.0.0.1:{server.server_port}")
        yield server
        server.shutdown()


def test_a_machine_of_googles_cloud(opened: Opened, form: Form, machine: Any) -> None:
    calls = opened(forms=True, credentials="default")
    assert calls.form(form.id)["info"]["title"] == "Join us"
    assert calls.identity == machine.address
    assert machine.wanted == set(scopes(True))
    assert not calls.person


def test_a_refusal_names_the_address_that_the_machine_has(
    google: Emulator, opened: Opened, machine: Any
) -> None:
    other = create_form(google.world, "Ana's own", OWNER, ["Organisation"])
    with pytest.raises(WeaverError, match="not shared") as caught:
        opened(forms=True, credentials="default").form(other.id)
    assert machine.address in caught.value.remedy


def workload(google: Emulator, tmp_path: Path, **changed: Any) -> dict[str, str]:
    """The environment of a machine outside Google's cloud with workload identity."""
    path = google.workload(tmp_path)
    info = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps(info | changed), encoding="utf-8")
    path.chmod(0o600)
    return {ADC: str(path)}


def test_workload_identity(google: Emulator, opened: Opened, tmp_path: Path, form: Form) -> None:
    calls = opened(forms=True, credentials="default", environ=workload(google, tmp_path))
    assert calls.identity == google.service_account()["client_email"]
    assert calls.form(form.id)["info"]["title"] == "Join us"
    ways = ["sts.token", "impersonation", "forms.forms.get"]
    assert [recorded.method_id for recorded in google.log] == ways
    assert set(json.loads(google.log[1].body)["scope"]) == set(scopes(True))
    assert calls.made == 3
    assert calls.warnings == ()


@pytest.mark.parametrize("way", ["sts.token", "impersonation"])
@pytest.mark.parametrize("kind", ["503", "reset-before", "html-200"])
def test_workload_identity_in_an_outage(
    google: Emulator, opened: Opened, waits: Waits, tmp_path: Path, form: Form, way: str, kind: str
) -> None:
    google.faults.add(Fault(kind, way))
    calls = opened(forms=True, credentials="default", environ=workload(google, tmp_path))
    assert calls.form(form.id)["info"]["title"] == "Join us"
    assert len(waits.slept) == 1


def test_a_machine_that_may_not_act_as_the_account(
    google: Emulator, opened: Opened, tmp_path: Path
) -> None:
    environ = workload(google, tmp_path)
    google.service.federation.may_act_as.clear()
    error = refused(opened(credentials="default", environ=environ))
    assert "may not act as the service account" in error.what
    assert error.exit_code == 77


def test_a_machine_that_google_does_not_trust(
    google: Emulator, opened: Opened, tmp_path: Path
) -> None:
    environ = workload(google, tmp_path)
    stale = google.service.federation.subject_token("job:weaver", exp=1)
    (tmp_path / "subject-token").write_text(stale, encoding="utf-8")
    error = refused(opened(credentials="default", environ=environ))
    assert "doesn't trust what this machine shows" in error.what
    assert error.exit_code == 77
    assert stale not in str(error)


@pytest.mark.parametrize(
    "changed",
    [
        {"token_url": "https://example.org/token"},
        {"service_account_impersonation_url": "https://example.org/x"},
        {"audience": None},
        {"credential_source": None},
        {"credential_source": {}},
    ],
)
def test_workload_identity_that_is_wrong(
    google: Emulator, opened: Opened, tmp_path: Path, changed: dict[str, Any]
) -> None:
    with pytest.raises(WeaverError) as caught:
        opened(credentials="default", environ=workload(google, tmp_path, **changed))
    assert caught.value.exit_code == 78
    assert ADC in caught.value.where
    assert google.log == []


def test_googles_look_up_in_the_background_is_not_made(
    google: Emulator,
    opened: Opened,
    form: Form,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    monkeypatch.setenv(LOOK_UP, "true")
    path = google.key_file(tmp_path / "key.json")
    for settings in ({}, {"credentials": "default", "environ": {ADC: str(path)}}):
        calls = opened(forms=True, **settings)
        calls.form(form.id)
        calls.form(form.id)
        manager = calls.session.credentials._rab_manager
        # It was begun, ended at once with nothing, and isn't begun again for a while.
        manager.refresh_manager._worker.join(5)
        assert not manager.refresh_manager._worker.is_alive()
        assert manager._data.cooldown_expiry is not None
        assert calls.made == 3
    assert {recorded.method_id for recorded in google.log} == {"token", "forms.forms.get"}
