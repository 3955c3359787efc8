"""The one seam: where Google stands, and what no setting of the machine may change."""

from __future__ import annotations

import copy
from pathlib import Path

import pytest
import requests

from config.errors import Temporary
from connectors.google.redirect import Meter, Redirect, Wire, mount
from tests.connectors.google.waiting import Opened
from tests.google_emulator.forms.model import create_form
from tests.google_emulator.server import Emulator

SHEETS = "https://sheets.googleapis.com/v4/spreadsheets/x"


def test_a_netrc_does_not_override_the_token(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine sheets.googleapis.com login ana password x\n", encoding="utf-8")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    asked = requests.Request("GET", SHEETS, headers={"Authorization": "Bearer token"})
    with requests.Session() as plain, requests.Session() as ours:
        # Without Weaver's care the machine's file would win.
        assert plain.prepare_request(asked).headers["Authorization"].startswith("Basic ")
        mount(ours, Meter(), "")
        assert ours.prepare_request(asked).headers["Authorization"] == "Bearer token"


def test_a_proxy_of_the_machine_is_not_used_in_tests(
    google: Emulator, opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    form = create_form(google.world, "Join us", "ana@example.org", ["Organisation"])
    google.world.share(form.id, google.service_account()["client_email"])
    assert opened(forms=True).form(form.id)["info"]["title"] == "Join us"
    assert {recorded.host for recorded in google.log} == {"", "forms.googleapis.com"}


def test_a_copy_of_the_adapter_goes_the_same_way() -> None:
    meter = Meter()
    copied = copy.deepcopy(Redirect(meter, "http://127.0.0.1:8080"))
    assert (copied.root, copied.max_retries.total) == ("http://127.0.0.1:8080", 0)
    assert copy.deepcopy(Wire(meter)).meter.made == 0


def test_nothing_at_all_goes_past_the_root() -> None:
    with requests.Session() as session:
        mount(session, Meter(), "http://127.0.0.1:8080")
        for host in ("sheets.googleapis.com", "example.org", "sts.googleapis.com"):
            assert isinstance(session.get_adapter(f"https://{host}/x"), Redirect)


def test_a_redirection_by_an_answer_is_not_followed(google: Emulator, opened: Opened) -> None:
    # The consent page sends the browser on; a token must not go wherever an answer says.
    asked = f"client_id={google.service.accounts.client_id}&redirect_uri=http://127.0.0.1:1/"
    with pytest.raises(Temporary, match="302"):
        opened().request("get", f"https://accounts.google.com/o/oauth2/auth?{asked}&scope=openid")
