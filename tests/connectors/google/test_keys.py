"""Keys, files and variables that are broken: one clear paragraph each, and never the key."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from config.errors import WeaverError
from connectors.google.redirect import api_root
from tests.connectors.google.waiting import KEY, ROOT, Opened
from tests.google_emulator.server import Emulator

Key = dict[str, Any]
ADC = "GOOGLE_APPLICATION_CREDENTIALS"
ELSEWHERE = (
    "https://evil.example.org/token",
    "http://oauth2.googleapis.com/token",
    "https://oauth2.googleapis.com.example.org/token",
    "https://script.google.com/macros/x",
    "https://storage.googleapis.com/x",
    "https://a@oauth2.googleapis.com/token",
    "https://oauth2.googleapis.com:8443/token",
    "http://127.0.0.1:1/token",
    "//oauth2.googleapis.com/token",
    "https://[oauth2",
    "",
)


def without(name: str) -> Callable[[Key], Key]:
    return lambda key: {field: value for field, value in key.items() if field != name}


def having(**changed: Any) -> Callable[[Key], Key]:
    return lambda key: key | changed


def said(error: WeaverError, key: Key) -> str:
    """The whole text, which holds no piece of the key."""
    text = f"{error.what}|{error.where}|{error.remedy}|{error.__cause__}|{error.__context__}"
    pem = key["private_key"].splitlines()
    assert not any(line[:30] in text for line in pem[1:-1])
    assert key["private_key_id"] not in text
    return text


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (without("private_key"), "lacks private_key"),
        (without("client_email"), "lacks client_email"),
        (without("token_uri"), "lacks token_uri"),
        (having(client_email=7), "lacks client_email"),
        (lambda key: having(private_key=key["private_key"][:700])(key), "was cut off"),
        (lambda key: having(private_key=key["private_key"].replace("\n", "\\n"))(key), "cut off"),
        (having(private_key="hello"), "was cut off"),
        (having(type="authorized_user"), "a person's sign-in"),
        (having(type="external_account"), "workload identity"),
        (having(type="gdch_service_account"), "a kind that Weaver doesn't know"),
        (having(type=["x"]), "a kind that Weaver doesn't know"),
        (lambda _: {"installed": {"client_id": "x", "client_secret": "y"}}, "an OAuth client"),
        (lambda _: {"web": {"client_id": "x"}}, "an OAuth client"),
        (lambda _: {}, "lacks client_email, token_uri, private_key"),
        (having(universe_domain="example.org"), "universe_domain"),
    ],
)
def test_a_broken_key(
    google: Emulator, opened: Opened, change: Callable[[Key], Key], words: str
) -> None:
    key = google.service_account()
    with pytest.raises(WeaverError) as caught:
        opened(environ={KEY: json.dumps(change(key))})
    assert caught.value.exit_code == 78
    assert words in said(caught.value, key)
    assert KEY in caught.value.where


@pytest.mark.parametrize("cut", [2, 100, 700, -2])
def test_a_key_that_was_cut_off(google: Emulator, opened: Opened, cut: int) -> None:
    key = google.service_account()
    with pytest.raises(WeaverError, match="no whole JSON") as caught:
        opened(environ={KEY: json.dumps(key)[:cut]})
    assert caught.value.exit_code == 78
    assert KEY in said(caught.value, key)


@pytest.mark.parametrize("address", ELSEWHERE)
def test_the_key_goes_to_google_only(google: Emulator, opened: Opened, address: str) -> None:
    key = google.service_account() | {"token_uri": address}
    with pytest.raises(WeaverError, match="token_uri") as caught:
        opened(environ={KEY: json.dumps(key)})
    assert caught.value.exit_code == 78
    assert google.log == []


def test_the_emulators_address_counts_only_where_it_stands_for_google(
    google: Emulator, opened: Opened
) -> None:
    opened()
    with pytest.raises(WeaverError, match="its token_uri is no https address of Google's"):
        opened(environ={ROOT: ""})


@pytest.mark.parametrize(
    "address", ["https://oauth2.googleapis.com/token", "https://accounts.google.com/o/oauth2/token"]
)
def test_googles_own_addresses(google: Emulator, opened: Opened, address: str) -> None:
    key = google.service_account() | {"token_uri": address}
    opened(environ={KEY: json.dumps(key), ROOT: ""})


@pytest.mark.parametrize("kind", ["key", "user"])
def test_a_variable_that_is_not_set(opened: Opened, kind: str) -> None:
    with pytest.raises(WeaverError, match="WEAVER_MINE is not set") as caught:
        opened(credentials=kind, key="WEAVER_MINE", user_file="WEAVER_MINE")
    assert caught.value.exit_code == 78
    assert caught.value.where.startswith("[google] ")


@pytest.mark.parametrize("text", ["/nowhere/key.json", "a" * 5000, "MIIEvQ\nx", "x\0y", "/tmp"])
def test_a_variable_that_names_nothing(opened: Opened, text: str) -> None:
    with pytest.raises(WeaverError, match="neither a key nor the name of a file") as caught:
        opened(environ={KEY: text})
    assert caught.value.exit_code == 78
    assert text not in str(caught.value)


def test_a_key_file(google: Emulator, opened: Opened, tmp_path: Path) -> None:
    path = google.key_file(tmp_path / "key.json")
    path.chmod(0o600)
    calls = opened(environ={KEY: str(path)})
    assert calls.warnings == ()
    assert calls.identity == google.service_account()["client_email"]
    assert not calls.person


@pytest.mark.parametrize("mode", [0o640, 0o644, 0o604])
def test_a_key_file_that_others_can_read(
    google: Emulator, opened: Opened, tmp_path: Path, mode: int
) -> None:
    path = google.key_file(tmp_path / "key.json")
    path.chmod(mode)
    calls = opened(environ={KEY: str(path)})
    assert [f"chmod 600 {path}" in warning for warning in calls.warnings] == [True]


def test_a_key_file_that_may_not_be_read(google: Emulator, opened: Opened, tmp_path: Path) -> None:
    path = google.key_file(tmp_path / "key.json")
    path.chmod(0)
    if os.access(path, os.R_OK):
        pytest.skip("root may read everything")
    with pytest.raises(WeaverError, match="may not be read") as caught:
        opened(environ={KEY: str(path)})
    assert caught.value.exit_code == 77


@pytest.mark.parametrize("content", [b"", b"\xff\xfe{}", b"[1]", b"{", b"{}" + b" " * 70_000])
def test_a_key_file_that_holds_no_key(opened: Opened, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "key.json"
    path.write_bytes(content)
    with pytest.raises(WeaverError, match="no whole JSON") as caught:
        opened(environ={KEY: str(path)})
    assert caught.value.exit_code == 78
    assert str(path) in caught.value.where


@pytest.mark.parametrize(
    "root",
    [
        "http://127.0.0.1:8080",
        "http://127.0.0.1:8080/",
        "http://localhost:9",
        "http://[::1]:8080",
        "",
        " ",
    ],
)
def test_a_root_on_this_machine(root: str) -> None:
    assert api_root({ROOT: root}) == root.strip().rstrip("/")


@pytest.mark.parametrize(
    "root",
    [
        "https://127.0.0.1:8080",
        "http://example.org:8080",
        "http://127.0.0.1.example.org:80",
        "http://localhost.example.org:80",
        "http://10.0.0.1:80",
        "http://0.0.0.0:80",
        "http://127.0.0.1",
        "http://127.0.0.1:8080/path",
        "http://127.0.0.1:8080?x=1",
        "http://example.org@127.0.0.1:80",
        "http://127.0.0.1:99999",
        "127.0.0.1:8080",
        "ftp://127.0.0.1:21",
        "http://2130706433:80",
        "http://[::1",
        "x",
    ],
)
def test_a_root_anywhere_else(opened: Opened, root: str) -> None:
    with pytest.raises(WeaverError, match="may only name this machine") as caught:
        opened(environ={ROOT: root})
    assert caught.value.exit_code == 78
