"""Whatever goes wrong in a run, it is plain what waits, and the next good run delivers it once."""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from config.errors import Temporary
from config.settings import load_settings
from connectors.smtp import SmtpPost
from connectors.store.store import Store
from pipeline.commands.run import Asked, carry_out
from pipeline.state import state_of
from pipeline.state import told as told_of
from tests.faults.ends import end_of
from tests.faults.scene import miscounted
from tests.faults.springs import LEAVES, NOW, answer, copied
from tests.google_emulator.fixtures import block_outside_names
from tests.mailserver import HANG, LOST, RESET, MailServer, certificate
from tests.run.conftest import Coalition

ROOT = Path(__file__).resolve().parents[2]
ANA, BO = "ana@springs.example.org", "bo@springs.example.org"
IRIS = "office@iris.example.org"
LATER = dt.timedelta(minutes=6)
"""A while after which mail that was put off is tried again."""
WEEK = dt.timedelta(days=7)


@dataclass
class Springs:
    """The coalition, and the server by which its mail leaves."""

    coalition: Coalition
    server: MailServer | None

    def run(self, after: dt.timedelta = dt.timedelta()) -> dict[str, Any]:
        """A run, as the program makes it, so long after that morning."""
        return carry_out(Asked(self.coalition.settings, NOW + after))

    def states(self) -> Counter[str]:
        """How many messages of that morning are in each state."""
        with Store.open(self.coalition.folder / "state.db") as store:
            return Counter(m.state for m in store.known().messages if m.about != "2026-W11")

    def subjects(self, to: str) -> list[str]:
        mail = end_of(self.coalition.folder, self.server).mail
        return sorted(subject for _, who, subject in mail.elements() if f"<{to}>" in who)

    def asked(self, kind: str) -> list[dict[str, Any]]:
        rows = self.coalition.tab("To decide")
        return [row for row in rows if row["Key"].startswith(f"{kind}:")]

    def all_once(self) -> None:
        """All that had to leave is there, once."""
        assert miscounted(end_of(self.coalition.folder, self.server)) == (0, 0)


@pytest.fixture
def springs(base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Springs]:
    with MailServer() as server:
        for name, value in server.environ.items():
            monkeypatch.setenv(name, value)
        yield Springs(copied(base, tmp_path / "springs", server), server)


@pytest.fixture
def by_folder(base: Path, tmp_path: Path) -> Springs:
    return Springs(copied(base, tmp_path / "springs", None), None)


def nothing_left(springs: Springs, ran: dict[str, Any], words: str) -> None:
    """No mail left, each waits, and the warning says why."""
    assert ran["mail"] == {"queued": 3, "sent": 0, "waiting": 4, "drafts": 0, "failed": 4}
    assert any(words in warning for warning in ran["warnings"]), ran["warnings"]
    assert springs.states() == {"waiting": 4}
    assert springs.run(dt.timedelta(minutes=1))["idle"]


# ---- the way to the server


def test_a_server_whose_name_nobody_knows(
    springs: Springs, monkeypatch: pytest.MonkeyPatch
) -> None:
    block_outside_names(monkeypatch)
    settings = springs.coalition.settings
    right = settings.read_text()
    settings.write_text(right.replace('host = "localhost"', 'host = "mail.nowhere.invalid"'))
    nothing_left(springs, springs.run(), "mail.nowhere.invalid")
    settings.write_text(right)
    assert springs.run(LATER)["mail"]["sent"] == 4
    springs.all_once()


def test_a_server_that_refuses_the_connection(springs: Springs) -> None:
    assert springs.server
    springs.server.stop()
    nothing_left(springs, springs.run(), "the connection was refused")
    springs.server.start()
    assert springs.run(LATER)["mail"]["sent"] == 4
    springs.all_once()


def test_an_expired_certificate(springs: Springs) -> None:
    assert springs.server
    springs.server.stop()
    springs.server.context = certificate(expired=True)
    springs.server.start()
    nothing_left(springs, springs.run(), "certificate")
    status = told_of(state_of(load_settings(springs.coalition.settings), NOW)[0])
    assert "not taken so far: The mail server's certificate has run out" in status
    springs.server.stop()
    springs.server.context = certificate()
    springs.server.start()
    assert springs.run(LATER)["mail"]["sent"] == 4
    springs.all_once()


def test_a_server_that_says_goodbye_at_once(springs: Springs) -> None:
    assert springs.server
    springs.server.when("greeting", "421 4.3.2 Shutting down")
    nothing_left(springs, springs.run(), "421")
    springs.server.forget()
    assert springs.run(LATER)["mail"]["sent"] == 4
    springs.all_once()


# ---- one message


def told(ran: dict[str, Any], *words: str) -> None:
    """The warnings have each of these words."""
    lines = "\n".join(ran["warnings"])
    assert all(word in lines for word in words), lines


def test_those_that_are_not_taken_now_are_tried_later_and_hold_up_no_other(
    springs: Springs,
) -> None:
    assert springs.server
    springs.server.when("RCPT", "450 4.2.1 Greylisted", to=ANA, times=1)
    springs.server.when("DATA", "452 4.3.1 Insufficient storage", to=BO, times=1)
    springs.server.when("RCPT", "421 4.3.2 Shutting down", to=IRIS, times=1)
    ran = springs.run()
    assert (ran["mail"]["sent"], ran["mail"]["waiting"], ran["mail"]["failed"]) == (1, 3, 3)
    told(ran, "450 4.2.1", "452 4.3.1", "421 4.3.2")
    assert springs.run(dt.timedelta(minutes=1))["mail"]["sent"] == 0
    assert springs.run(LATER)["mail"]["sent"] == 3
    springs.all_once()
    assert springs.states() == {"sent": 4}


def test_a_connection_that_is_reset_before_the_message_left(springs: Springs) -> None:
    assert springs.server
    springs.server.when("DATA", RESET, to=ANA, times=1)
    told(springs.run(), "broke off")
    assert springs.states() == {"sent": 3, "waiting": 1}
    assert springs.run(LATER)["mail"]["sent"] == 1
    springs.all_once()


def test_a_connection_that_is_reset_within_the_message(springs: Springs) -> None:
    assert springs.server
    springs.server.when("body", RESET, to=ANA, times=1)
    told(springs.run(), "broke off")
    # A small message has left whole before its sender notices: only then does nobody know.
    states = springs.states()
    assert states in ({"sent": 3, "waiting": 1}, {"sent": 3, "unknown": 1})
    springs.run(LATER)
    if states["unknown"]:
        answer(springs.coalition, ANA, "send", "To decide")
        springs.run(2 * LATER)
    springs.all_once()


def test_a_slow_server(springs: Springs, monkeypatch: pytest.MonkeyPatch) -> None:
    assert springs.server
    patience = SmtpPost.__init__.__kwdefaults__
    assert patience == {"time_out": 30.0}
    springs.server.when("RCPT", HANG, to=ANA, times=1)
    springs.server.when("dot", HANG, to=BO, times=1)
    with monkeypatch.context() as impatient:
        impatient.setitem(patience, "time_out", 2.0)
        told(springs.run(), "did not answer in time")
    # Only after a whole message had left does nobody know.
    assert springs.states() == {"sent": 2, "waiting": 1, "unknown": 1}
    springs.run(LATER)
    assert (len(springs.subjects(ANA)), len(springs.subjects(BO))) == (1, 0)
    answer(springs.coalition, BO, "send", "To decide")
    springs.run(2 * LATER)
    springs.all_once()


def test_a_line_that_broke_after_the_final_dot(springs: Springs) -> None:
    assert springs.server
    for who in (ANA, BO):
        springs.server.when("dot", LOST, to=who, times=1)
    springs.run()
    assert springs.states() == {"sent": 2, "unknown": 2}
    springs.run(LATER)
    rows = springs.asked("mail")
    assert sorted(row["Organisation"] for row in rows) == [ANA, BO]
    assert {(row["We suggest"], row["Status"]) for row in rows} == {("keep", "open")}
    assert springs.run(2 * LATER)["idle"]
    answer(springs.coalition, ANA, "keep", "To decide")
    answer(springs.coalition, BO, "send", "To decide")
    springs.run(3 * LATER)
    # Both had arrived, as it happens: who says send gets a second one.
    assert (len(springs.subjects(ANA)), len(springs.subjects(BO))) == (1, 2)
    assert springs.states() == {"sent": 3, "unknown": 1}


def test_an_address_that_is_refused_for_good_gets_no_more_mail(springs: Springs) -> None:
    assert springs.server
    for who in (ANA, BO):
        springs.server.when("RCPT", "550 5.1.1 No such user", to=who)
    told(springs.run(), "550 5.1.1 No such user")
    assert springs.states() == {"sent": 2, "failed": 2}
    springs.run(LATER)
    rows = springs.asked("address")
    assert sorted((row["Organisation"], row["Status"]) for row in rows) == [
        (ANA, "open"), (BO, "open"),
    ]  # fmt: skip
    springs.server.forget()
    answer(springs.coalition, BO, "send", "To decide")
    springs.run(2 * LATER)
    springs.run(WEEK)
    answer(springs.coalition, ANA, "keep", "To decide")
    springs.run(2 * WEEK)
    weeks = {who: [subject[:7] for subject in springs.subjects(who)] for who in (ANA, BO)}
    assert weeks == {ANA: [], BO: ["Week 13", "Week 14"]}


def test_a_message_that_is_too_large_pauses_nobody(springs: Springs) -> None:
    assert springs.server
    springs.server.when("MAIL", "552 5.3.4 Message too large", times=1)
    ran = springs.run()
    told(ran, "552 5.3.4")
    assert springs.states() == {"sent": 3, "failed": 1}
    springs.run(WEEK)
    assert not springs.asked("address")
    assert {springs.subjects(who)[-1][:7] for who, _ in LEAVES[:2]} == {"Week 13"}


def test_the_days_allowance_is_used_up(springs: Springs) -> None:
    assert springs.server
    springs.server.when("RCPT", "550 5.4.5 Daily user sending limit exceeded", to=IRIS)
    assert springs.run()["mail"]["failed"] >= 1
    springs.server.forget()
    assert springs.run(LATER)["mail"]["sent"] == 0
    assert springs.run(dt.timedelta(days=1))["mail"]["sent"] >= 1
    springs.all_once()


# ---- the disk


def away(script: str, *arguments: object) -> dict[str, Any]:
    """What a Python script prints that runs where it may mount what nobody else sees."""
    root = [] if os.geteuid() == 0 else ["--map-root-user"]
    ours = ["unshare", *root, "--mount", "--propagation", "private"]
    able = (
        shutil.which("unshare")
        and not subprocess.run(
            [*ours, "mount", "-t", "tmpfs", "none", "/mnt"], capture_output=True
        ).returncode
    )
    if not able:
        pytest.skip("this machine allows no mounting, not even apart from the rest of it")
    done = subprocess.run(
        [*ours, sys.executable, "-c", AWAY + script, *map(str, arguments)],
        capture_output=True, text=True, cwd=ROOT, timeout=300,
    )  # fmt: skip
    assert not done.returncode, done.stderr
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


AWAY = """
import datetime as dt, json, shutil, subprocess, sys
from pathlib import Path
from config.errors import WeaverError
from pipeline.commands.run import Asked, carry_out
from pipeline.state import state_of
from pipeline.state import told as told_of
from tests.faults.springs import NOW

def mount(*arguments):
    subprocess.run(["mount", *map(str, arguments)], check=True)

def ran(folder, after=0):
    try:
        carry_out(Asked(folder / "weaver.toml", NOW + dt.timedelta(minutes=after)))
        return [0, ""]
    except WeaverError as error:
        return [error.exit_code, error.what]
"""

FULL = """
folder, room, out = Path(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3])
disk = Path("/mnt")
mount("-t", "tmpfs", "-o", "size=8m", "none", disk)
shutil.copytree(folder, disk / "springs")
ballast = disk / "ballast"
with ballast.open("wb") as file:
    free = shutil.disk_usage(disk).free
    file.write(b"x" * max(0, free - room))
told = [ran(disk / "springs")]
ballast.unlink()
told += [ran(disk / "springs", 6), ran(disk / "springs", 12)]
shutil.copytree(disk / "springs", out)
print(json.dumps({"told": told}))
"""


@pytest.mark.parametrize(
    "room",
    [
        0,
        65_536,
        *(pytest.param(n, marks=pytest.mark.slow) for n in range(131_072, 600_000, 65_536)),
    ],
)
def test_a_full_disk(by_folder: Springs, tmp_path: Path, room: int) -> None:
    out = tmp_path / "out"
    found = away(FULL, by_folder.coalition.folder, room, out)
    (code, what), *rest = found["told"]
    assert rest == [[0, ""], [0, ""]]
    # With more room the run comes further: to its end, but for mail that waits.
    assert code == 75 or (code == 0 and room > 131_072), found
    assert bool(what) == bool(code)
    Springs(Coalition(out), None).all_once()


READ_ONLY = """
folder = Path(sys.argv[1])
mount("--bind", folder, folder)
mount("-o", "remount,ro,bind", folder)
print(json.dumps({"told": ran(folder)}))
"""


def test_a_read_only_folder(by_folder: Springs) -> None:
    before = by_folder.coalition.files()
    code, what = away(READ_ONLY, by_folder.coalition.folder)["told"]
    assert (code, bool(what)) == (77, True)
    assert by_folder.coalition.files() == before
    assert by_folder.run(LATER)["mail"]["sent"] == 4
    by_folder.all_once()


# ---- other processes


@contextmanager
def busy(script: str, *arguments: object) -> Iterator[subprocess.Popen[str]]:
    """Another process that says when it is ready and stays until the end."""
    process = subprocess.Popen(
        [sys.executable, "-c", script + "\nprint('ready', flush=True); input()",
         *map(str, arguments)],
        cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        assert process.stdout
        assert process.stdout.readline() == "ready\n"
        yield process
    finally:
        process.communicate("\n", timeout=60)


def test_a_store_that_another_process_locks(by_folder: Springs) -> None:
    hold = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("BEGIN IMMEDIATE")
"""
    store = by_folder.coalition.folder / "state.db"
    with busy(hold, store), pytest.raises(Temporary, match="using the store") as caught:
        by_folder.run()
    assert caught.value.exit_code == 75
    assert by_folder.run(LATER)["mail"]["sent"] == 4
    by_folder.all_once()


def test_a_lock_that_another_run_holds(by_folder: Springs) -> None:
    hold = """
import sys
from pathlib import Path
from connectors.lock import run_lock
lock = run_lock(Path(sys.argv[1]), "2026-03-23T08:55+00:00")
lock.__enter__()
"""
    store = by_folder.coalition.folder / "state.db"
    with busy(hold, store) as other, pytest.raises(Temporary) as caught:
        by_folder.run()
    assert caught.value.exit_code == 75
    assert str(other.pid) in caught.value.what
    assert "2026-03-23T08:55+00:00" in caught.value.what
    # The other one has ended without letting go: its lock is taken over.
    assert by_folder.run(LATER)["mail"]["sent"] == 4
    by_folder.all_once()


# ---- the clock


def test_a_clock_that_goes_backwards(by_folder: Springs) -> None:
    by_folder.run()
    for days in (-1, 0, -6, 0, 1):
        ran = by_folder.run(dt.timedelta(days=days, minutes=1))
        assert (ran["mail"]["queued"], ran["mail"]["sent"]) == (0, 0), days
    with pytest.raises(Temporary, match="clock says 2023-03-23"):
        by_folder.run(dt.timedelta(days=-3 * 365 - 1))
    by_folder.all_once()


def digests(springs: Springs, *days: dt.date) -> list[str]:
    """The weeks of which Ana has a digest after runs at noon of those days, each made twice."""
    for day in days:
        noon = dt.datetime.combine(day, dt.time(12), dt.UTC)
        assert not springs.run(noon - NOW).get("idle")
        assert springs.run(noon - NOW)["mail"]["sent"] == 0
    return [subject.partition(":")[0] for subject in springs.subjects(ANA)]


def test_the_year_changes(by_folder: Springs) -> None:
    days = (dt.date(2026, 12, 31), dt.date(2027, 1, 4), dt.date(2027, 1, 11))
    # 2026 has a week 53; its last days and the first of 2027 are that one's.
    assert digests(by_folder, *days) == ["Week 1", "Week 52", "Week 53"]


def test_a_leap_day(by_folder: Springs) -> None:
    days = (dt.date(2028, 2, 28), dt.date(2028, 2, 29), dt.date(2028, 3, 1), dt.date(2028, 3, 6))
    assert digests(by_folder, *days) == ["Week 8", "Week 9"]
