"""A person signs in once, in a browser; the file that is kept is theirs alone."""

from __future__ import annotations

import json
import socket
import threading
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from config.errors import WeaverError
from connectors.google.session import scopes
from connectors.google.signin import sign_in_once
from tests.connectors.google.waiting import OWNER, ROOT, Opened
from tests.google_emulator.forms.model import create_form
from tests.google_emulator.server import Emulator, Fault


class Browser:
    """Opens an address in another thread, as a person's browser does."""

    def __init__(self, change: Callable[[str], str] = lambda url: url) -> None:
        self.change = change
        self.shown: list[str] = []
        self.page = ""

    def show(self, url: str) -> None:
        self.shown.append(url)
        self.thread = threading.Thread(target=self._open, args=(self.change(url),))
        self.thread.start()

    def _open(self, url: str) -> None:
        with urllib.request.urlopen(url, timeout=5) as answer:
            self.page = answer.read().decode()


@pytest.fixture
def client(google: Emulator, tmp_path: Path) -> Path:
    """The OAuth client's file."""
    path = google.client_secrets(tmp_path / "client.json")
    path.chmod(0o600)
    return path


def sign_in(google: Emulator, client: Path, browser: Browser, **more: Any) -> Path:
    target = client.with_name("user.json")
    environ = {ROOT: google.url}
    sign_in_once(client, target, scopes(True), environ, browser.show, patience=5.0, **more)
    browser.thread.join(5)
    return target


def test_signing_in_and_reading_with_it(google: Emulator, client: Path, opened: Opened) -> None:
    google.service.consent.person = OWNER
    browser = Browser()
    target = sign_in(google, client, browser)
    assert target.stat().st_mode & 0o777 == 0o600
    assert "close this page" in browser.page
    kept = json.loads(target.read_text(encoding="utf-8"))
    assert set(kept) == {"type", "refresh_token", "client_id", "client_secret", "scopes"}
    assert "access_type=offline" in browser.shown[0]
    assert "code_challenge_method=S256" in browser.shown[0]
    form = create_form(google.world, "Join us", OWNER, ["Organisation"])
    calls = opened(forms=True, credentials="user", environ={"WEAVER_GOOGLE_USER": str(target)})
    assert calls.form(form.id)["info"]["title"] == "Join us"


def test_signing_in_again_replaces_the_file(google: Emulator, client: Path) -> None:
    target = client.with_name("user.json")
    target.write_text("old", encoding="utf-8")
    target.chmod(0o644)
    sign_in(google, client, Browser())
    assert target.stat().st_mode & 0o777 == 0o600
    assert sorted(path.name for path in target.parent.iterdir()) == ["client.json", "user.json"]


def test_a_person_who_says_no(google: Emulator, client: Path) -> None:
    google.service.consent.agrees = False
    with pytest.raises(WeaverError, match="not given: access_denied") as caught:
        sign_in(google, client, Browser())
    assert caught.value.exit_code == 77
    assert not client.with_name("user.json").exists()


def test_another_page_that_guesses(google: Emulator, client: Path) -> None:
    # Somebody else's page on this machine calls first, without the state; the person's counts.
    def guess(url: str) -> str:
        port = url.partition("127.0.0.1%3A")[2].partition("%2F")[0]
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/?code=mine&state=x") as answer:
            answer.read()
        return url

    class Guessed(Browser):
        def _open(self, url: str) -> None:
            super()._open(guess(url))

    assert sign_in(google, client, Guessed()).exists()


def test_nobody_comes(google: Emulator, client: Path) -> None:
    with pytest.raises(WeaverError, match="Nobody signed in") as caught:
        sign_in_once(
            client, client.with_name("u"), scopes(False), {ROOT: google.url}, str, patience=0.05
        )
    assert caught.value.exit_code == 75


def test_the_sign_in_is_out_of_order(google: Emulator, client: Path) -> None:
    google.faults.add(Fault("reset-before", "token"))
    with pytest.raises(WeaverError, match="could not be reached") as caught:
        sign_in(google, client, Browser())
    assert caught.value.exit_code == 75


@pytest.mark.parametrize("kind", ["503", "502-html", "html-200", "empty-200"])
def test_the_sign_in_answers_nonsense(google: Emulator, client: Path, kind: str) -> None:
    google.faults.add(Fault(kind, "token"))
    with pytest.raises(WeaverError) as caught:
        sign_in(google, client, Browser())
    assert caught.value.exit_code == 75
    assert not client.with_name("user.json").exists()


@pytest.mark.parametrize(
    "change",
    [
        lambda info: {"web": info["installed"]},
        lambda info: {"installed": {**info["installed"], "client_secret": None}},
        lambda _: {"type": "service_account"},
        lambda info: {"installed": {**info["installed"], "token_uri": "https://example.org/"}},
        lambda info: {"installed": {**info["installed"], "auth_uri": "https://example.org/"}},
    ],
)
def test_a_file_of_another_kind(
    google: Emulator, client: Path, change: Callable[[dict[str, Any]], dict[str, Any]]
) -> None:
    info = json.loads(client.read_text(encoding="utf-8"))
    client.write_text(json.dumps(change(info)), encoding="utf-8")
    with pytest.raises(WeaverError) as caught:
        sign_in(google, client, Browser())
    assert caught.value.exit_code == 78
    assert google.log == []


def test_a_folder_that_is_none(google: Emulator, client: Path) -> None:
    client.with_name("folder").write_text("", encoding="utf-8")
    browser = Browser()
    with pytest.raises(WeaverError, match="could not be kept") as caught:
        sign_in_once(
            client, client.with_name("folder") / "user.json", scopes(True), {ROOT: google.url},
            browser.show, patience=5.0,
        )  # fmt: skip
    assert caught.value.exit_code == 77


def test_it_listens_on_this_machine_only(
    google: Emulator, client: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bound: list[Any] = []
    real = socket.socket.bind

    def noted(self: socket.socket, address: Any) -> None:
        bound.append(address)
        real(self, address)

    monkeypatch.setattr(socket.socket, "bind", noted)
    sign_in(google, client, Browser())
    assert bound == [("127.0.0.1", 0)]


def test_a_client_that_google_does_not_know(google: Emulator, client: Path) -> None:
    info = json.loads(client.read_text(encoding="utf-8"))
    info["installed"]["client_secret"] = "another"
    client.write_text(json.dumps(info), encoding="utf-8")
    with pytest.raises(WeaverError, match="not given: invalid_client") as caught:
        sign_in(google, client, Browser())
    assert caught.value.exit_code == 77
    assert "another" not in str(caught.value)
