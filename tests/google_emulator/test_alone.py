"""The emulator as a program of its own, and the folders it is filled from."""

from __future__ import annotations

import json
import signal
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT
from tests.google_emulator.clients import FORMS, RESPONSES, SHEETS, session
from tests.google_emulator.seeding import BadSeed, seed
from tests.google_emulator.server import Emulator

FORM = {
    "kind": "form",
    "title": "Sign-on",
    "items": [
        "Organisation",
        {
            "title": "Kinds",
            "questionItem": {
                "question": {
                    "choiceQuestion": {
                        "type": "CHECKBOX",
                        "options": [{"value": "Food, water"}, {"value": "Shelter"}],
                    }
                }
            },
        },
    ],
    "linked": True,
    "responses": [
        {
            "at": "2026-03-01T10:00:00+01:00",
            "email": "ana@example.org",
            "answers": {"Organisation": "Bread for All", "Kinds": ["Food, water", "Shelter"]},
        }
    ],
}
BOOK = {
    "kind": "spreadsheet",
    "id": "1ThatSpreadsheetOfTheSeeds",
    "locale": "en_GB",
    "shared": {"$weaver": "reader", "ana@example.org": "writer"},
    "tabs": [
        {"title": "Members", "rows": [["Name", "Phone"], ["Bread for All", "0042"], ["", 7]]},
        {"title": "Notes", "row_count": 5, "column_count": 3},
    ],
}
ACCOUNT = "weaver@weaver-tests.iam.gserviceaccount.com"


def folder(path: Path, **files: Any) -> Path:
    for name, value in files.items():
        text = value if isinstance(value, str) else json.dumps(value)
        (path / f"{name}.json").write_text(text, encoding="utf-8")
    return path


def test_seeds_become_files(google: Emulator, tmp_path: Path) -> None:
    seed(google, folder(tmp_path, OneSignOnFormOfTheSeeds=FORM, book=BOOK), ACCOUNT)
    world = google.world
    assert list(world.spreadsheets) == [BOOK["id"], "OneSignOnFormOfTheSeeds-responses"]
    book = world.spreadsheets[BOOK["id"]]
    assert (book.title, book.locale) == ("book", "en_GB")
    assert [(s.title, s.rows, s.columns) for s in book.sheets] == [
        ("Members", 1000, 26),
        ("Notes", 5, 3),
    ]
    assert book.sheets[0].cell(1, 1).value == "0042"
    assert book.sheets[0].cell(2, 0) is None
    assert world.files[BOOK["id"]].roles[ACCOUNT] == "reader"
    with session(google, (FORMS, RESPONSES, SHEETS)) as client:
        root = "https://forms.googleapis.com/v1/forms/OneSignOnFormOfTheSeeds"
        assert client.get(root).json()["linkedSheetId"] == "OneSignOnFormOfTheSeeds-responses"
        [response] = client.get(f"{root}/responses").json()["responses"]
    assert response["createTime"] == "2026-03-01T09:00:00Z"
    assert response["respondentEmail"] == "ana@example.org"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{", "Expecting"),
        ("[]", '"kind" must be'),
        ('{"kind": "form", "colour": 1, "id": "12345678901234567890"}', "unknown ['colour']"),
        ('{"kind": "form", "id": "short"}', "needs twenty"),
    ],
)
def test_bad_seeds_are_told(google: Emulator, tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(BadSeed) as caught:
        seed(google, folder(tmp_path, odd=text), ACCOUNT)
    assert words in str(caught.value)


def test_two_files_with_one_id(google: Emulator, tmp_path: Path) -> None:
    with pytest.raises(BadSeed, match="two files"):
        seed(google, folder(tmp_path, one=BOOK, two=BOOK), ACCOUNT)


def test_the_program_serves_until_it_is_told_to_stop(tmp_path: Path) -> None:
    seeds = tmp_path / "seeds"
    seeds.mkdir()
    folder(seeds, book=BOOK)
    key = tmp_path / "key.json"
    command = [sys.executable, "-m", "tests.google_emulator", "--port", "0"]
    command += ["--credentials-out", str(key), "--seed-dir", str(seeds)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as program:
        assert program.stdout is not None
        said = program.stdout.readline()
        assert said.startswith("listening on http://127.0.0.1:")
        url = said.split()[-1]
        info = json.loads(key.read_text())
        assert info["token_uri"] == f"{url}/token"
        assert stat.S_IMODE(key.stat().st_mode) == 0o600
        asked = _told(info, url)
        program.send_signal(signal.SIGTERM)
        assert program.wait(10) == 0
    assert asked == "book"


def _told(info: dict[str, Any], url: str) -> str:
    from google.auth.transport.requests import AuthorizedSession, Request
    from google.oauth2.service_account import Credentials

    from tests.google_emulator.clients import DRIVE, redirected

    credentials = Credentials.from_service_account_info(info, scopes=[DRIVE])
    with AuthorizedSession(credentials) as client, AuthorizedSession(credentials) as plain:
        redirected(client, url)
        credentials.refresh(Request(plain))
        return client.get(f"https://www.googleapis.com/drive/v3/files/{BOOK['id']}").json()["name"]
