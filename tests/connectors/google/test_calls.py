"""Reads are tried again until they work, writes never are, and nothing is asked too often."""

from __future__ import annotations

import json
import time
from dataclasses import replace

import gspread
import pytest

from config.errors import NeedsPermission, Temporary, WeaverError
from connectors.google.calls import Again, Calls, Changed, Unsure
from connectors.google.trying import TRIES
from tests.connectors.google.waiting import KEY, OWNER, ROOT, Opened, Waits
from tests.google_emulator.forms.filling import submit
from tests.google_emulator.forms.model import create_form
from tests.google_emulator.server import Emulator, Fault
from tests.google_emulator.sheets.model import Spreadsheet

GET = "sheets.spreadsheets.get"
VALUES = "sheets.spreadsheets.values.batchGet"
CHANGE = "sheets.spreadsheets.batchUpdate"
RESPONSES = "forms.forms.responses.list"
FIELDS = "properties(title,timeZone),sheets.properties"
RENAME = {
    "requests": [
        {"updateSpreadsheetProperties": {"properties": {"title": "New"}, "fields": "title"}}
    ]
}
PASSING = (
    "429", "429-html", "500", "502-html", "503", "504", "408", "reset-before", "lost",
    "truncated", "html-200", "empty-200", "error-string",
)  # fmt: skip
NOT_APPLIED = ("429", "429-html")


def asked(google: Emulator, method: str) -> int:
    return sum(recorded.method_id == method for recorded in google.log)


def test_a_read_gives_the_title_and_the_values(
    google: Emulator, opened: Opened, spreadsheet: Spreadsheet
) -> None:
    spreadsheet.sheets[0].set(0, 0, "Key")
    spreadsheet.sheets[0].set(1, 0, "0042")
    spreadsheet.sheets[0].set(1, 1, 43831.5)
    calls = opened()
    found = calls.metadata(spreadsheet.id, FIELDS)
    assert found["properties"] == {"title": "The tracker", "timeZone": "Etc/GMT"}
    ranges = calls.values(spreadsheet.id, ["'Sheet1'!A1:B", "'Sheet1'!C:C"])
    assert ranges[0]["values"] == [["Key"], ["0042", 43831.5]]
    assert "values" not in ranges[1]
    # One token, two reads; google-auth's own look-up isn't made at all.
    assert [recorded.method_id for recorded in google.log] == ["token", GET, VALUES]
    assert calls.made == google.counted() == 3


@pytest.mark.parametrize("kind", PASSING)
@pytest.mark.parametrize("times", [1, 3])
def test_a_read_is_tried_again(
    google: Emulator, opened: Opened, waits: Waits, spreadsheet: Spreadsheet, kind: str, times: int
) -> None:
    fault = google.faults.add(Fault(kind, GET, times=times))
    found = opened().metadata(spreadsheet.id, FIELDS)
    assert found["properties"]["title"] == "The tracker"
    assert fault.struck == len(waits.slept) == times
    assert asked(google, GET) == times + 1


def test_a_hang_is_cut_off_and_tried_again(
    google: Emulator, opened: Opened, waits: Waits, spreadsheet: Spreadsheet
) -> None:
    google.faults.add(Fault("hang", GET))
    calls = opened(time_out=(1.0, 0.2))
    assert calls.metadata(spreadsheet.id, FIELDS)["properties"]["title"] == "The tracker"
    assert len(waits.slept) == 1


def test_an_answer_that_drips_is_cut_off(
    google: Emulator, opened: Opened, waits: Waits, spreadsheet: Spreadsheet
) -> None:
    # A byte now and then keeps the socket's own time-out from ever striking.
    for number in range(200):
        spreadsheet.add_sheet(f"Tab {number * 7919 % 1000003}")
    fault = google.faults.add(Fault("slow", GET, seconds=4.0))
    since = time.monotonic()
    pace = replace(waits.pace, monotonic=time.monotonic, deadline=since + 60)
    found = opened(pace=pace, longest=0.1).metadata(spreadsheet.id, FIELDS)
    assert len(found["sheets"]) == 201
    assert fault.struck == len(waits.slept) == 1
    assert time.monotonic() - since < 3


def test_a_hanging_sign_in_is_cut_off_and_tried_again(
    google: Emulator, opened: Opened, waits: Waits, spreadsheet: Spreadsheet
) -> None:
    google.faults.add(Fault("hang", "token"))
    calls = opened(time_out=(1.0, 0.2))
    assert calls.metadata(spreadsheet.id, FIELDS)["properties"]["title"] == "The tracker"
    assert len(waits.slept) == 1


def test_nobody_answers_at_all(google: Emulator, opened: Opened, waits: Waits) -> None:
    key = google.service_account() | {"token_uri": "https://oauth2.googleapis.com/token"}
    calls = opened(environ={ROOT: "http://127.0.0.1:1", KEY: json.dumps(key)})
    with pytest.raises(Temporary, match="could not be reached") as caught:
        calls.metadata("x" * 44, FIELDS)
    assert caught.value.exit_code == 75
    assert len(waits.slept) == TRIES - 1


@pytest.mark.parametrize("kind", PASSING)
def test_tries_end(
    google: Emulator, opened: Opened, waits: Waits, spreadsheet: Spreadsheet, kind: str
) -> None:
    google.faults.add(Fault(kind, GET, times=1000))
    with pytest.raises(Temporary) as caught:
        opened().metadata(spreadsheet.id, FIELDS)
    assert type(caught.value) is Temporary
    assert caught.value.exit_code == 75
    assert spreadsheet.id in caught.value.where
    assert asked(google, GET) == TRIES
    assert all(0 < wait <= 65 for wait in waits.slept)


def test_waits_grow(
    google: Emulator, opened: Opened, waits: Waits, spreadsheet: Spreadsheet
) -> None:
    google.faults.add(Fault("503", GET, times=5))
    opened().metadata(spreadsheet.id, FIELDS)
    assert waits.slept == [0.75, 1.5, 3.0, 6.0, 12.0]


def test_a_minute_used_up_is_waited_for(
    google: Emulator, opened: Opened, waits: Waits, spreadsheet: Spreadsheet
) -> None:
    google.faults.add(Fault("429", GET))
    opened().metadata(spreadsheet.id, FIELDS)
    assert waits.slept == [62.5]


def test_google_is_waited_for_as_long_as_it_asks(
    google: Emulator, opened: Opened, waits: Waits, spreadsheet: Spreadsheet
) -> None:
    google.faults.add(Fault("429", GET, retry_after="7"))
    google.faults.add(Fault("503", GET, nth=2, retry_after="11"))
    opened().metadata(spreadsheet.id, FIELDS)
    assert waits.slept == [7.5, 11.5]


def test_a_wait_beyond_the_deadline_is_not_begun(
    google: Emulator, opened: Opened, spreadsheet: Spreadsheet
) -> None:
    google.faults.add(Fault("429", GET, times=100))
    short = Waits(google, 100.0)
    with pytest.raises(Temporary, match="too often in a minute: Quota exceeded") as caught:
        opened(pace=short.pace).metadata(spreadsheet.id, FIELDS)
    assert caught.value.exit_code == 75
    assert short.slept == [62.5]


def test_an_hours_wait_is_not_begun(
    google: Emulator, opened: Opened, waits: Waits, spreadsheet: Spreadsheet
) -> None:
    google.faults.add(Fault("503", GET, retry_after="3600"))
    with pytest.raises(Temporary):
        opened().metadata(spreadsheet.id, FIELDS)
    assert waits.slept == []


def test_google_never_has_to_refuse(
    google: Emulator, opened: Opened, waits: Waits, spreadsheet: Spreadsheet
) -> None:
    calls = opened()
    for _ in range(130):
        calls.metadata(spreadsheet.id, FIELDS)
        calls.batch_update_once(spreadsheet.id, RENAME)
    assert {recorded.status for recorded in google.log} == {200}
    assert waits.slept


def test_google_refuses_whoever_asks_without_pause(
    google: Emulator, opened: Opened, waits: Waits, spreadsheet: Spreadsheet
) -> None:
    # Two programs with one account: each keeps its budget, together they are too many.
    first, second = opened(), opened()
    for _ in range(40):
        first.metadata(spreadsheet.id, FIELDS)
        second.metadata(spreadsheet.id, FIELDS)
    assert 429 in {recorded.status for recorded in google.log}
    assert asked(google, GET) > 80


# Google refuses for the quota before it looks at the request.
ONCE = (*PASSING, *(f"applied-{kind}" for kind in PASSING if kind not in NOT_APPLIED))


@pytest.mark.parametrize("kind", ONCE)
def test_a_write_is_tried_once(
    google: Emulator, opened: Opened, waits: Waits, spreadsheet: Spreadsheet, kind: str
) -> None:
    google.faults.add(Fault(kind, CHANGE, times=100))
    expected = Again if kind in NOT_APPLIED else Unsure
    with pytest.raises((Again, Unsure)) as caught:
        opened().batch_update_once(spreadsheet.id, RENAME)
    assert type(caught.value) is expected
    assert caught.value.exit_code == 75
    assert asked(google, CHANGE) == 1
    assert waits.slept == []


def test_a_write_whose_answer_hangs_is_unsure(
    google: Emulator, opened: Opened, waits: Waits, spreadsheet: Spreadsheet
) -> None:
    google.faults.add(Fault("applied-hang", CHANGE))
    calls = opened(time_out=(1.0, 0.2))
    with pytest.raises(Unsure, match="didn't answer in time") as caught:
        calls.batch_update_once(spreadsheet.id, RENAME)
    assert spreadsheet.title == "New"
    # Google works at a request for up to three minutes; before that, reading back tells nothing.
    calls.pause(1, caught.value)
    assert waits.slept == [180.3]


@pytest.mark.parametrize(
    "kind", ["503", "429", "502-html", "reset-before", "html-200", "empty-200"]
)
def test_a_write_without_a_token_was_not_applied(
    google: Emulator, opened: Opened, spreadsheet: Spreadsheet, kind: str
) -> None:
    google.faults.add(Fault(kind, "token"))
    calls = opened()
    with pytest.raises(Again):
        calls.batch_update_once(spreadsheet.id, RENAME)
    assert asked(google, CHANGE) == 0
    assert calls.made == 1
    calls.batch_update_once(spreadsheet.id, RENAME)
    assert spreadsheet.title == "New"


def test_a_write_to_nobody_was_not_applied(opened: Opened) -> None:
    calls = opened()
    calls.session.credentials.token = "a token that was had before"
    calls.session.credentials.expiry = None
    for adapter in calls.session.adapters.values():
        if hasattr(adapter, "root"):
            adapter.root = "http://127.0.0.1:1"
    with pytest.raises(Again, match="no connection to Google"):
        calls.batch_update_once("x" * 44, RENAME)


def test_pause_gives_up_when_told_often_enough(opened: Opened, waits: Waits) -> None:
    error = Unsure("What.", "where", "Remedy.")
    calls = opened()
    calls.pause(1, error)
    with pytest.raises(Temporary, match="What") as caught:
        calls.pause(TRIES, error)
    assert type(caught.value) is Temporary
    assert waits.slept == [0.75]


@pytest.mark.parametrize("kind", ["503", "429", "500", "408"])
def test_a_token_is_asked_for_again_by_us_alone(
    google: Emulator, opened: Opened, waits: Waits, spreadsheet: Spreadsheet, kind: str
) -> None:
    google.faults.add(Fault(kind, "token", times=2))
    calls = opened()
    calls.metadata(spreadsheet.id, FIELDS)
    # google-auth would have slept by the real clock; now every wait is ours.
    assert len(waits.slept) == 2
    assert calls.made == google.counted() == 4


def test_a_token_that_is_over_is_asked_for_anew(
    google: Emulator, opened: Opened, waits: Waits, spreadsheet: Spreadsheet
) -> None:
    calls = opened()
    calls.metadata(spreadsheet.id, FIELDS)
    google.service.tokens.forget_access()
    calls.batch_update_once(spreadsheet.id, RENAME)
    assert waits.slept == []
    assert calls.made == google.counted() == 5


def test_a_token_that_never_works_is_no_loop(
    google: Emulator, opened: Opened, spreadsheet: Spreadsheet
) -> None:
    google.service.tokens.known = lambda _: None  # type: ignore[method-assign]
    calls = opened()
    with pytest.raises(NeedsPermission, match="doesn't accept Weaver's sign-in"):
        calls.metadata(spreadsheet.id, FIELDS)
    # A token, the request, a fresh token, the request once more.
    assert calls.made == 4


def test_a_page_put_in_googles_place_is_no_refusal(
    google: Emulator, opened: Opened, spreadsheet: Spreadsheet
) -> None:
    # A wrong address is answered by a page (404), as a proxy's is: it isn't about the file.
    with pytest.raises(Temporary):
        opened().request("get", "https://sheets.googleapis.com/v4/nothing")


def test_a_tab_that_went_away(opened: Opened, spreadsheet: Spreadsheet) -> None:
    calls = opened()
    calls.metadata(spreadsheet.id, FIELDS)
    with pytest.raises(Changed, match="'Numbers'!A1:Z") as caught:
        calls.values(spreadsheet.id, ["'Numbers'!A1:Z"])
    assert caught.value.where == "spreadsheet The tracker"


def test_all_pages_of_responses(google: Emulator, opened: Opened) -> None:
    form = create_form(google.world, "Join us", OWNER, ["Organisation"])
    google.world.share(form.id, google.service_account()["client_email"])
    for number in range(5003):
        submit(google.world, form, {"Organisation": f"Group {number}"}, "ana@example.org")
    calls = opened(forms=True)
    found = calls.responses(form.id)
    assert len({each["responseId"] for each in found}) == len(found) == 5003
    assert asked(google, RESPONSES) == 2


class _Circle(Calls):
    """Google's pages gone wrong: each names the same one as the next."""

    def _read(self, url: str, query: dict[str, object]) -> dict[str, object]:
        return {"responses": [{"responseId": "r"}], "nextPageToken": "again"}


def test_pages_that_go_round_in_a_circle(opened: Opened) -> None:
    calls = opened(forms=True)
    calls.__class__ = _Circle
    with pytest.raises(Temporary, match="round in a circle"):
        calls.responses("f" * 44)


def test_a_form_and_its_title(google: Emulator, opened: Opened) -> None:
    form = create_form(google.world, "Join us", OWNER, ["Organisation"])
    google.world.share(form.id, google.service_account()["client_email"])
    calls = opened(forms=True)
    assert calls.form(form.id)["info"]["title"] == "Join us"
    google.world.share(form.id, google.service_account()["client_email"], "")
    with pytest.raises(WeaverError, match="form Join us"):
        calls.responses(form.id)


def test_gspread_goes_through_the_same_choke_point(
    google: Emulator, opened: Opened, waits: Waits, spreadsheet: Spreadsheet
) -> None:
    calls = opened()
    client = gspread.Client(auth=calls.session.credentials, session=calls.session)
    client.http_client = calls
    google.faults.add(Fault("502-html", GET))
    google.faults.add(Fault("error-string", "sheets.spreadsheets.values.get"))
    update = "sheets.spreadsheets.values.update"
    google.faults.add(Fault("applied-lost", update))
    tab = client.open_by_key(spreadsheet.id).get_worksheet_by_id(0)
    assert len(waits.slept) == 1
    with pytest.raises(Unsure):
        tab.update([["0042"]], "A1")
    assert asked(google, update) == 1
    assert tab.get_all_values() == [["0042"]]
    assert len(waits.slept) == 2
    google.world.share(spreadsheet.id, google.service_account()["client_email"], "")
    # gspread alone would raise a PermissionError without a word.
    with pytest.raises(NeedsPermission, match="not shared with Weaver"):
        client.open_by_key(spreadsheet.id)
