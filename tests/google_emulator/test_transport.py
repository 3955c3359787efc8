"""The wire: HTTP as Google speaks it, addresses, headers, partial answers, scripted faults."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator

import pytest
import requests
from google.auth.transport.requests import AuthorizedSession

from tests.google_emulator import masks
from tests.google_emulator.clients import DRIVE, FORMS, RESPONSES, SHEETS, session
from tests.google_emulator.errors import GoogleError
from tests.google_emulator.forms.model import Form, create_form
from tests.google_emulator.server import Emulator, Fault

OWNER = "coordinator@example.org"
WEAVER = "weaver@weaver-tests.iam.gserviceaccount.com"
ROOT = "https://forms.googleapis.com/v1/forms"


@pytest.fixture
def form(google: Emulator) -> Form:
    made = create_form(google.world, "Sign-on", OWNER, ["Organisation", "Country"])
    google.world.share(made.id, WEAVER)
    return made


@pytest.fixture
def client(google: Emulator) -> Iterator[AuthorizedSession]:
    with session(google, (SHEETS, DRIVE, FORMS, RESPONSES)) as made:
        yield made


def test_one_connection_serves_many_requests(google: Emulator, client: AuthorizedSession) -> None:
    begun = time.monotonic()
    for _ in range(50):
        client.get(f"{ROOT}/nowhere", timeout=5)
    assert time.monotonic() - begun < 1.5  # Nagle's algorithm alone would cost 50 × 40 ms


def test_good_answers_carry_googles_headers(client: AuthorizedSession, form: Form) -> None:
    answer = client.get(f"{ROOT}/{form.id}")
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/json; charset=UTF-8"
    assert answer.headers["Vary"] == "Origin, X-Origin, Referer"
    assert answer.headers["Cache-Control"] == "private"
    assert answer.headers["Server"] == "ESF"
    assert answer.headers["Content-Encoding"] == "gzip"
    assert "Date" in answer.headers
    assert answer.text.startswith('{\n  "formId"')
    plain = client.get(f"{ROOT}/{form.id}?prettyPrint=false", headers={"Accept-Encoding": ""})
    assert "Content-Encoding" not in plain.headers
    assert plain.text.startswith('{"formId"')
    assert plain.json() == answer.json()


def test_addresses_that_no_api_has_answer_in_html(client: AuthorizedSession, form: Form) -> None:
    for url in (
        f"https://www.googleapis.com/v1/forms/{form.id}",  # the wrong host
        f"{ROOT}/{form.id}/answers",
        f"{ROOT}/{form.id}/",
    ):
        answer = client.get(url)
        assert answer.status_code == 404
        assert "<title>Error 404 (Not Found)!!1</title>" in answer.text


def test_without_the_original_host_the_path_decides(google: Emulator, form: Form) -> None:
    answer = requests.get(f"{google.url}/v1/forms/{form.id}", timeout=5)
    assert answer.status_code == 401
    assert google.log[-1].method_id == "forms.forms.get"
    assert requests.get(f"{google.url}/elsewhere", timeout=5).status_code == 404


@pytest.mark.parametrize(
    "title", ["a/b", "It's: 50% #1? yes!", "🌵 test", " blanks ", "x:append", "a+b&c=d", "P1"]
)
def test_tab_titles_of_any_kind_reach_the_handler(
    google: Emulator, client: AuthorizedSession, title: str
) -> None:
    from urllib.parse import quote

    from tests.google_emulator import discovery

    quoted = "'" + title.replace("'", "''") + "'!A1:B2"
    base = f"/v4/spreadsheets/1abc/values/{quote(quoted, safe='')}"
    for path, verb, method in ((base, "GET", "get"), (f"{base}:append", "POST", "append")):
        found = discovery.find("", verb, path)
        assert found is not None
        assert found[0].id == f"sheets.spreadsheets.values.{method}"
        assert found[1]["range"] == quoted


def test_the_log_tells_everything(google: Emulator, client: AuthorizedSession, form: Form) -> None:
    client.get(f"{ROOT}/{form.id}?fields=formId")
    client.get(f"{ROOT}/{form.id}")
    token, first, second = google.calls()
    assert (token.method_id, token.verb, token.host) == ("token", "POST", "")
    assert first.method_id == second.method_id == "forms.forms.get"
    assert first.host == "forms.googleapis.com"
    assert first.path == f"/v1/forms/{form.id}"
    assert first.query == {"fields": ("formId",)}
    assert first.principal == WEAVER
    assert (first.status, first.served) == (200, True)
    assert first.at == google.world.clock.now()
    assert google.counted() == 3


def test_before_lets_people_act_between_two_requests(
    google: Emulator, client: AuthorizedSession, form: Form
) -> None:
    def rename(_: object) -> None:
        with google.world.lock:
            form.title = "Renamed meanwhile"

    google.before(rename)
    assert client.get(f"{ROOT}/{form.id}").json()["info"]["title"] == "Renamed meanwhile"


def test_a_hole_in_the_emulator_is_no_silent_success(
    google: Emulator, client: AuthorizedSession, form: Form
) -> None:
    assert client.get(f"{ROOT}/{form.id}/watches").status_code == 501
    assert client.get(f"{ROOT}/{form.id}?alt=media").status_code == 501
    assert len(google.unhandled) == 2
    google.unhandled.clear()


def test_an_answer_that_google_cant_give_is_a_bug(
    google: Emulator, client: AuthorizedSession, form: Form, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tests.google_emulator.forms import api

    monkeypatch.setitem(api.HANDLERS, "forms.forms.get", lambda *_: {"formId": 7, "odd": True})
    answer = client.get(f"{ROOT}/{form.id}")
    assert answer.status_code == 500
    assert "X-Emulator-Bug" in answer.headers
    assert "Form/formId" in google.bugs.pop()
    monkeypatch.setitem(api.HANDLERS, "forms.forms.get", lambda *_: {}["broken"])
    assert client.get(f"{ROOT}/{form.id}").status_code == 500
    assert "KeyError" in google.bugs.pop()


STATUSES = {"500": 500, "503": 503, "504": 504, "408": 408, "429": 429, "403-usage": 403}


@pytest.mark.parametrize("kind", STATUSES)
def test_faults_with_json(
    google: Emulator, client: AuthorizedSession, form: Form, kind: str
) -> None:
    fault = google.faults.add(Fault(kind, "forms.forms.get", nth=2, retry_after="7"))
    codes = [client.get(f"{ROOT}/{form.id}") for _ in range(3)]
    assert [answer.status_code for answer in codes] == [200, STATUSES[kind], 200]
    assert codes[1].json()["error"]["code"] == STATUSES[kind]
    assert codes[1].headers["Retry-After"] == "7"
    assert fault.struck == 1


def test_faults_with_bodies_that_break_clients(
    google: Emulator, client: AuthorizedSession, form: Form
) -> None:
    def struck(kind: str) -> requests.Response:
        google.faults.add(Fault(kind, "forms.forms.get"))
        return client.get(f"{ROOT}/{form.id}")

    page = struck("502-html")
    assert page.status_code == 502
    assert "<title>Error 502 (Server Error)!!1</title>" in page.text
    assert struck("html-200").text.startswith("<html>")
    assert struck("empty-200").content == b""
    assert struck("error-string").json() == {"error": "backend error"}
    assert "automated queries" in struck("429-html").text


def test_faults_of_the_connection(google: Emulator, client: AuthorizedSession, form: Form) -> None:
    client.get(f"{ROOT}/{form.id}")
    for kind, error in (
        ("reset-before", requests.ConnectionError),
        ("applied-lost", requests.ConnectionError),
        ("truncated", requests.exceptions.ChunkedEncodingError),
        ("hang", requests.ReadTimeout),
    ):
        google.faults.add(Fault(kind, "forms.forms.get"))
        with pytest.raises(error):
            client.get(f"{ROOT}/{form.id}", timeout=0.2)
    google.faults.add(Fault("slow", seconds=0.2))
    assert client.get(f"{ROOT}/{form.id}", timeout=5).status_code == 200


@pytest.mark.parametrize("kind", ["applied-lost", "applied-500", "applied-503", "applied-hang"])
def test_applied_faults_change_the_world_all_the_same(
    google: Emulator, client: AuthorizedSession, form: Form, kind: str
) -> None:
    change = {"requests": [{"updateFormInfo": {"info": {"title": "New"}, "updateMask": "title"}}]}
    google.faults.add(Fault(kind.removeprefix("applied-"), "forms.forms.batchUpdate"))
    _tried(client, form, change)
    assert form.title == "Sign-on"
    google.faults.add(Fault(kind, "forms.forms.batchUpdate"))
    _tried(client, form, change)
    assert form.title == "New"
    assert google.calls()[-1].served


def _tried(client: AuthorizedSession, form: Form, change: object) -> None:
    try:
        answer = client.post(f"{ROOT}/{form.id}:batchUpdate", json=change, timeout=0.3)
    except requests.RequestException:
        return
    assert answer.status_code >= 500


def test_closing_ends_a_hanging_request() -> None:
    with Emulator() as google:
        google.faults.add(Fault("hang"))
        seen: list[Exception] = []

        def ask() -> None:
            try:
                requests.get(f"{google.url}/v1/forms/x", timeout=20)
            except requests.RequestException as error:
                seen.append(error)

        thread = threading.Thread(target=ask)
        thread.start()
        while not google.log:
            time.sleep(0.005)
    thread.join(5)
    assert len(seen) == 1


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("a", {"a": {}}),
        ("a,b.c", {"a": {}, "b": {"c": {}}}),
        ("a/b/c", {"a": {"b": {"c": {}}}}),
        ("a(b,c/d),e", {"a": {"b": {}, "c": {"d": {}}}, "e": {}}),
        ("a.b(c(d),e)", {"a": {"b": {"c": {"d": {}}, "e": {}}}}),
        ("a.b,a", {"a": {}}),
        ("*", {"*": {}}),
    ],
)
def test_masks_in_all_spellings(text: str, tree: masks.Mask) -> None:
    assert masks.parse(text) == tree


@pytest.mark.parametrize("text", ["a(b", "a)b", "a(b))"])
def test_masks_with_odd_brackets_are_refused(text: str) -> None:
    with pytest.raises(GoogleError, match="Request contains an invalid argument"):
        masks.parse(text)


def test_masks_show_a_part(client: AuthorizedSession, form: Form) -> None:
    whole = client.get(f"{ROOT}/{form.id}").json()
    url = f"{ROOT}/{form.id}?fields="
    assert client.get(url + "*").json() == whole
    assert client.get(url + "formId,info(title)").json() == {
        "formId": form.id,
        "info": {"title": "Sign-on"},
    }
    assert client.get(url + "items/title").json() == {
        "items": [{"title": "Organisation"}, {"title": "Country"}]
    }
    wrong = client.get(url + "items.heading")
    assert wrong.status_code == 400
    error = wrong.json()["error"]
    assert error["message"] == "Request contains an invalid argument."
    text = (
        "Error expanding 'fields' parameter. Cannot find matching fields for path 'items.heading'."
    )
    assert error["details"][0]["fieldViolations"][0]["description"] == text
