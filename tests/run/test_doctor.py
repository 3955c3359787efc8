"""weaver doctor: each part of the set-up is ready, or it says what to do."""

from __future__ import annotations

import datetime as dt
import json
import threading
import urllib.request
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from connectors.google.book import STORE, sheet_id_of
from connectors.google.pace import Pace
from connectors.google.session import SEND_SCOPE
from pipeline.doctoring import Finding, examine, exit_code, told
from pipeline.doctoring_google import sign_in
from tests.faults.springs import unpinned
from tests.google_emulator import people
from tests.google_emulator.forms.model import Form, create_form
from tests.google_emulator.server import Emulator, Fault
from tests.google_emulator.sheets.model import Spreadsheet, create_spreadsheet
from tests.mailserver import MailServer

OWNER = "ana@example.org"
MIDNIGHT = dt.datetime(2026, 3, 16)  # noqa: DTZ001 - a workbook's moments have no zone


class Clinic:
    """A coalition on Google, and the doctor's visit to it."""

    def __init__(self, google: Emulator, fresh: Any) -> None:
        self.google, self.settings = google, fresh.settings
        self.weaver = str(google.service_account()["client_email"])
        world = google.world
        self.book: Spreadsheet = create_spreadsheet(world, "Our tracker", OWNER)
        self.form: Form = create_form(world, "Join us", OWNER, ["Organisation"])
        self.sheet: Spreadsheet = create_spreadsheet(world, "Responses", OWNER)
        people.link_sheet(world, self.form, self.sheet)
        for each in (self.book.id, self.form.id, self.sheet.id):
            people.share(world, each, self.weaver)
        self.gid = next(s.sheet_id for s in self.sheet.sheets if s.sheet_id)
        self.environ = {
            "WEAVER_GOOGLE_API_ROOT": google.url,
            "WEAVER_GOOGLE_KEY": json.dumps(google.service_account()),
        }
        self.write()

    def write(self, *, gid: int | None = None, **google: str) -> None:
        """The settings of a coalition on Google."""
        docs = "https://docs.google.com"
        wanted = {"working": f"{docs}/spreadsheets/d/{self.book.id}/edit", "credentials": "key"}
        lines = [f'{name} = "{value}"' for name, value in (wanted | google).items()]
        gid = self.gid if gid is None else gid
        self.settings.write_text(
            '[coalition]\nname = "Seven Springs"\ntime_zone = "Europe/Vienna"\n\n[google]\n'
            + "\n".join(lines)
            + f'\n\n[[form]]\ngoogle_form = "{docs}/forms/d/{self.form.id}/edit"\n'
            + f'google_sheet = "{docs}/spreadsheets/d/{self.sheet.id}/edit#gid={gid}"\n',
            encoding="utf-8",
        )

    def visit(self, environ: Mapping[str, str] | None = None) -> list[Finding]:
        """What the doctor finds."""
        clock = self.google.world.clock
        pace = Pace(lambda: clock.now().timestamp(), clock.advance, lambda: 0.5, 1e12)
        return examine(self.settings, MIDNIGHT, pace, self.environ | dict(environ or {}))

    def todo(self, code: int, environ: Mapping[str, str] | None = None) -> Finding:
        """The one thing that is to do."""
        found = self.visit(environ)
        (only,) = [each for each in found if each.state == "to do"]
        assert exit_code(found) == only.code == code
        assert only.remedy
        return only


@pytest.fixture
def clinic(google: Emulator, fresh: Any) -> Clinic:
    return Clinic(google, fresh)


def test_everything_is_ready(clinic: Clinic) -> None:
    found = clinic.visit()
    assert {each.state for each in found} == {"ok"}
    assert exit_code(found) == 0
    text = told(found)
    ready = ("“Our tracker”: Weaver can read and write it", "it is published and takes responses")
    for words in (clinic.weaver, *ready, "Everything is ready"):
        assert words in text


def test_nothing_is_changed(clinic: Clinic) -> None:
    book = clinic.google.world.files[clinic.book.id]
    before = book.modified
    clinic.google.world.clock.advance(60)
    files = {
        path: path.read_bytes() for path in clinic.settings.parent.rglob("*") if path.is_file()
    }
    clinic.visit()
    assert book.modified == before
    after = {
        path: path.read_bytes() for path in clinic.settings.parent.rglob("*") if path.is_file()
    }
    assert after == files
    assert not any(
        r.served for r in clinic.google.log if r.method_id == "sheets.spreadsheets.batchUpdate"
    )


def test_a_tracker_that_is_not_shared(clinic: Clinic) -> None:
    people.unshare(clinic.google.world, clinic.book.id, clinic.weaver)
    found = clinic.todo(77)
    assert "not shared" in found.what
    assert clinic.weaver in found.remedy


def test_a_tracker_shared_for_reading_only(clinic: Clinic) -> None:
    people.share(clinic.google.world, clinic.book.id, clinic.weaver, "reader")
    assert "for reading only" in clinic.todo(77).what


def test_responses_shared_for_reading_only_are_enough(clinic: Clinic) -> None:
    people.share(clinic.google.world, clinic.sheet.id, clinic.weaver, "reader")
    assert exit_code(clinic.visit()) == 0


def test_a_form_that_is_not_shared(clinic: Clinic) -> None:
    people.unshare(clinic.google.world, clinic.form.id, clinic.weaver)
    assert "form is not shared" in clinic.todo(77).what


def test_a_tab_that_is_not_there(clinic: Clinic) -> None:
    clinic.write(gid=77)
    assert "gid=77" in clinic.todo(78).what


def test_a_protected_tab_of_weavers(clinic: Clinic) -> None:
    world = clinic.google.world
    people.add_tab(world, clinic.book, "Numbers")
    people.add_tab(world, clinic.book, "Ana's own")
    people.protect_tab(world, clinic.book, "Ana's own", [OWNER])
    assert exit_code(clinic.visit()) == 0
    people.protect_tab(world, clinic.book, "Numbers", [OWNER], warning_only=True)
    assert exit_code(clinic.visit()) == 0
    people.protect_tab(world, clinic.book, "Numbers", [OWNER])
    found = clinic.todo(77)
    assert "tab Numbers" in found.what
    assert clinic.weaver in found.remedy


def test_a_protected_tab_of_weavers_under_another_name(clinic: Clinic) -> None:
    tab = clinic.book.add_sheet("Wer dabei ist", sheet_id=sheet_id_of("who_has_signed"))
    people.protect_tab(clinic.google.world, clinic.book, tab.title, [OWNER])
    assert "Wer dabei ist" in clinic.todo(77).what


def test_another_store(clinic: Clinic) -> None:
    clinic.book.developer_metadata.append(
        {"metadataId": 7, "metadataKey": STORE, "metadataValue": "another", "visibility":
         "DOCUMENT", "location": {"spreadsheet": True, "locationType": "SPREADSHEET"}}
    )  # fmt: skip
    assert "another store" in clinic.todo(78).what


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (people.unpublish, "not published"),
        (people.close_form, "takes no responses"),
        (people.unlink, "go to no spreadsheet"),
        (lambda world, form: people.link_sheet(world, form, None), "another spreadsheet"),
    ],
)
def test_a_form_that_is_not_quite_ready(clinic: Clinic, change: Any, words: str) -> None:
    change(clinic.google.world, clinic.form)
    found = clinic.visit()
    (note,) = [each for each in found if each.state == "note"]
    assert words in note.what
    assert exit_code(found) == 0


def test_a_key_that_others_can_read(clinic: Clinic, tmp_path: Path) -> None:
    path = clinic.google.key_file(tmp_path / "key.json")
    path.chmod(0o644)
    found = clinic.visit({"WEAVER_GOOGLE_KEY": str(path)})
    assert [each.what for each in found if each.state == "note"] == [
        f"Others on this machine can read the key file {path}: chmod 600 {path}"
    ]


def test_a_key_that_is_not_there(clinic: Clinic) -> None:
    assert "WEAVER_GOOGLE_KEY is not set" in clinic.todo(78, {"WEAVER_GOOGLE_KEY": ""}).what


def test_several_things_are_told_at_once_and_the_gravest_counts(clinic: Clinic) -> None:
    people.unshare(clinic.google.world, clinic.book.id, clinic.weaver)
    clinic.write(gid=77)
    found = clinic.visit()
    assert sorted(each.code for each in found if each.state == "to do") == [77, 78]
    assert exit_code(found) == 78
    assert "2 things are to do" in told(found)


def test_google_is_out_of_order(clinic: Clinic) -> None:
    clinic.google.faults.add(Fault("503", times=1000))
    found = clinic.visit()
    assert {each.code for each in found if each.state == "to do"} == {75}


def test_an_outage_while_it_asks_whether_it_may_write(clinic: Clinic) -> None:
    clinic.google.faults.add(Fault("503", "sheets.spreadsheets.batchUpdate", times=2))
    clinic.google.faults.add(Fault("429", "sheets.spreadsheets.batchUpdate", nth=3))
    assert exit_code(clinic.visit()) == 0


def test_faulty_settings_end_the_visit(clinic: Clinic) -> None:
    clinic.settings.write_text("[coalition]\n", encoding="utf-8")
    (only,) = clinic.visit()
    assert (only.state, only.code) == ("to do", 78)


class _Browser:
    """Opens the address that is shown, in another thread."""

    def show(self, url: str) -> None:
        self.thread = threading.Thread(target=self._open, args=(url,))
        self.thread.start()

    def _open(self, url: str) -> None:
        with urllib.request.urlopen(url, timeout=5) as answer:
            answer.read()


def test_a_person_signs_in_and_is_told_what_that_means(clinic: Clinic, tmp_path: Path) -> None:
    from config.settings import load_settings

    clinic.write(credentials="user")
    clinic.google.service.consent.person = OWNER
    client = clinic.google.client_secrets(tmp_path / "client.json")
    kept = tmp_path / "sign-in.json"
    environ = clinic.environ | {"WEAVER_GOOGLE_USER": str(kept)}
    browser = _Browser()
    assert sign_in(load_settings(clinic.settings), client, environ, browser.show) == kept
    browser.thread.join(5)
    found = clinic.visit({"WEAVER_GOOGLE_USER": str(kept)})
    assert exit_code(found) == 0
    (note,) = [each for each in found if each.state == "note"]
    assert "should use a service account" in note.what


def test_through_the_program(clinic: Clinic, fresh: Any) -> None:
    people.share(clinic.google.world, clinic.book.id, clinic.weaver, "reader")
    ran = fresh.weaver("doctor", "--json", **clinic.environ)
    assert (ran.code, ran.err) == (77, "")
    assert ran.json["exit"] == 77
    assert [each["exit"] for each in ran.json["findings"] if each["state"] == "to do"] == [77]
    plain = fresh.weaver("doctor", **clinic.environ)
    assert (plain.code, plain.err) == (77, "")
    assert clinic.weaver in plain.out


def test_a_machine_that_offers_no_sign_in_is_told_once(clinic: Clinic, fresh: Any) -> None:
    clinic.write(credentials="default")
    nothing = {"NO_GCE_CHECK": "true", "CLOUDSDK_CONFIG": str(fresh.folder / "none")}
    ran = fresh.weaver("doctor", **clinic.environ, **nothing, GOOGLE_APPLICATION_CREDENTIALS="")
    assert ran.code == 77
    assert "offers no sign-in to Google" in ran.out
    # The library's own warnings don't get between.
    assert ran.err == ""


def test_a_local_coalition(settled: Any) -> None:
    before = settled.files()
    ran = settled.weaver("doctor", "--json")
    assert (ran.code, ran.err) == (0, "")
    assert {each["state"] for each in ran.json["findings"]} == {"ok"}
    assert settled.files() == before
    assert settled.weaver("doctor", "--quiet").out == ""
    (settled.folder / "responses.csv").unlink()
    ran = settled.weaver("doctor")
    assert ran.code == 65
    assert "to do  responses.csv" in ran.out


def test_a_tracker_of_ones_own_is_optional_until_one_was_read(fresh: Any) -> None:
    path = fresh.folder / "tracker.xlsx"
    path.unlink()
    ran = fresh.weaver("doctor")
    assert ran.code == 0
    said = next(line for line in ran.out.splitlines() if "tracker.xlsx" in line)
    assert said.startswith("ok")
    assert "There is none, and Weaver needs none" in said
    assert "Put it there" not in ran.out
    made = openpyxl.Workbook()
    made.worksheets[0].title = "Promises"
    made.worksheets[0].append(["Organisation", "What", "Due"])
    made.save(path)
    assert fresh.weaver("run").code == 0
    path.unlink()
    ran = fresh.weaver("doctor")
    assert ran.code == 0
    assert "note   tracker.xlsx: The workbook is not there." in ran.out
    assert "Put it there, or correct its name." in ran.out


def test_a_clock_that_stands_years_before_the_last_run(settled: Any) -> None:
    pace = Pace(lambda: 0.0, lambda _: None, lambda: 0.5, 1e12)
    long_ago = MIDNIGHT.replace(year=2023)
    found = examine(unpinned(settled).settings, long_ago, pace, {})
    (store,) = [each for each in found if each.part == "Store"]
    assert (store.state, store.code) == ("to do", 75)
    assert "clock says 2023-03-16, but Weaver last ran for 2026-03-17" in store.what


def _mailing(fresh: Any, server: MailServer, more: str = "") -> list[Finding]:
    folder = fresh.settings.parent
    settings = '[coalition]\nname = "Seven Springs"\ntime_zone = "Europe/Vienna"\n\n'
    fresh.settings.write_text(settings + server.toml(folder) + more, encoding="utf-8")
    pace = Pace(lambda: 0.0, lambda _: None, lambda: 0.5, 1e12)
    found = examine(fresh.settings, MIDNIGHT, pace, server.environ)
    return [each for each in found if each.part == "Mail"]


def test_a_mail_server_that_lets_us_in(fresh: Any) -> None:
    with MailServer() as server:
        (found,) = _mailing(fresh, server)
        assert found.state == "ok"
        assert found.what == "localhost lets Weaver send; mail comes from weaver@example.org."
        assert server.messages == []


def test_a_mail_server_that_does_not(fresh: Any) -> None:
    with MailServer() as server:
        server.when("AUTH", "535 5.7.8 Wrong password")
        (found,) = _mailing(fresh, server)
    assert (found.state, found.code) == ("to do", 77)
    assert "535 5.7.8 Wrong password" in found.what
    assert "WEAVER_MAIL_PASSWORD" in found.remedy


def test_gmail_that_may_not_be_used(clinic: Clinic) -> None:
    with clinic.settings.open("a", encoding="utf-8") as file:
        file.write('\n[mail]\nby = "gmail"\n')
    found = clinic.todo(77)
    assert found.part == "Mail"
    assert "gmail.send" in found.remedy
    clinic.google.service.accounts.service("weaver").delegated = {SEND_SCOPE}
    ours = [each for each in clinic.visit() if each.part == "Mail"]
    assert [each.state for each in ours] == ["ok", "note"]
    assert not any(clinic.google.world.mailboxes.values())
