"""Coordinators are told once when Weaver can't run, and once when it works again."""

from __future__ import annotations

import datetime as dt
import email
import email.policy
import fcntl
import http.server
import json
import os
import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest

WEAVER = Path(sys.executable).with_name("weaver")
HOSTILE = "Ünder “Bridge” {what} <o@evil.example.org>"


def watch(coalition: Any) -> dict[str, Any]:
    return json.loads((coalition.folder / "state.db.watch.json").read_text(encoding="utf-8"))


def letters(coalition: Any, edition: str) -> list[Any]:
    paths = sorted((coalition.folder / "outbox").glob(f"*-{edition}-*.eml"))
    return [email.message_from_bytes(p.read_bytes(), policy=email.policy.default) for p in paths]


def failing(coalition: Any) -> None:
    assert coalition.weaver("run").code == 65


@pytest.fixture
def broken(settled: Any) -> Any:
    """A coalition whose responses were lost."""
    responses = settled.folder / "responses.csv"
    responses.rename(settled.folder / "away")
    return settled


def mend(coalition: Any) -> None:
    (coalition.folder / "away").rename(coalition.folder / "responses.csv")


def test_after_three_failures_they_are_told_once_and_once_more_when_it_works(broken: Any) -> None:
    failing(broken)
    failing(broken)
    assert (watch(broken)["failures"], letters(broken, "trouble")) == (2, [])
    failing(broken)
    failing(broken)
    told = letters(broken, "trouble")
    assert sorted(each["To"].addresses[0].addr_spec for each in told) == [
        "ana@springs.example.org", "bo@springs.example.org",
    ]  # fmt: skip
    words = told[0].get_body(("plain",)).get_content()
    assert "3 runs in a row failed." in words
    assert "The responses are not there." in words
    assert told[0]["Subject"].startswith("Weaver could not run since 20")
    assert watch(broken)["failures"] == 4
    mend(broken)
    broken.run()
    broken.run()
    assert len(letters(broken, "trouble")) == len(letters(broken, "recovered")) == 2
    now = watch(broken)
    assert (now["failures"], now["told"], now["last_exit"], now["what"]) == (0, None, 0, "")
    (broken.folder / "responses.csv").rename(broken.folder / "away")
    for _ in range(3):
        failing(broken)
    assert len(letters(broken, "trouble")) == 4


def test_they_are_told_even_where_neither_store_nor_tracker_can_be_read(settled: Any) -> None:
    (settled.folder / "state.db").write_bytes(b"no database" * 500)
    (settled.folder / "results.xlsx").write_bytes(b"no workbook")
    for _ in range(3):
        assert settled.weaver("run").code in (65, 78)
    assert len(letters(settled, "trouble")) == 2


def test_they_are_told_even_of_faults_in_the_settings(settled: Any) -> None:
    with settled.settings.open("a", encoding="utf-8") as file:
        file.write('\n[schedule]\nruns = ["noon"]\nfailures = 1\n')
    assert settled.weaver("run").code == 78
    assert len(letters(settled, "trouble")) == 2
    assert "noon" not in json.dumps(watch(settled))


def test_where_no_mail_can_leave_it_is_tried_again(broken: Any) -> None:
    outbox = broken.folder / "outbox"
    outbox.rename(broken.folder / "kept")
    outbox.write_text("a file where the folder was")
    for _ in range(3):
        failing(broken)
    assert watch(broken)["told"] is None
    outbox.unlink()
    failing(broken)
    assert len(letters(broken, "trouble")) == 2


def test_who_comes_while_another_is_at_work_fails_only_once_that_one_hangs(settled: Any) -> None:
    file = settled.folder / "state.db.lock"
    now = int(dt.datetime.now(dt.UTC).timestamp())
    settled.touched()
    before = watch(settled)
    with file.open("r+") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        for since, failures in ((now - 600, 0), (now - 7200, 1)):
            os.utime(file, (since, since))
            ran = settled.weaver("run")
            assert (ran.code, watch(settled)["failures"]) == (75, failures)
            assert "Another run is at work" in ran.err
            for name in ("last_began", "last_ended"):
                assert watch(settled)[name] == before[name]


def test_a_run_that_was_killed_counts(settled: Any) -> None:
    ended = watch(settled)["last_ended"]
    before = watch(settled) | {"last_began": ended + 60}
    (settled.folder / "state.db.watch.json").write_text(json.dumps(before))
    settled.touched()
    (settled.folder / "responses.csv").rename(settled.folder / "away")
    failing(settled)
    assert watch(settled)["failures"] == 2


def test_a_killed_runs_lock_is_taken_over(settled: Any) -> None:
    settled.touched()
    run = subprocess.Popen([WEAVER, "run", "-c", settled.settings], stdout=subprocess.DEVNULL)
    lock = settled.folder / "state.db.lock"
    while run.poll() is None and not lock.read_text().startswith(str(run.pid)):
        pass
    os.kill(run.pid, signal.SIGSTOP)
    second = settled.weaver("run")
    os.kill(run.pid, signal.SIGKILL)
    run.wait()
    assert second.code == 75
    assert f"process {run.pid}, since 20" in second.err
    assert settled.run()["listed"] == 1


def test_dry_runs_and_wrong_usage_are_not_watched(settled: Any) -> None:
    before = watch(settled)
    log = (settled.folder / "weaver.log").read_bytes()
    settled.run("--dry-run")
    settled.run("--as-of", "2026-03-10")
    assert settled.weaver("run", "--no-such").code == 2
    assert watch(settled) == before
    assert (settled.folder / "weaver.log").read_bytes() == log


def test_the_log_tells_of_runs_but_of_nobody(settled: Any) -> None:
    settled.signs("2026-03-18 08:00:00", HOSTILE)
    settled.run()
    settled.edit("To decide", lambda header, rows: [[HOSTILE] * len(header) for _ in rows])
    settled.run()
    (settled.folder / "responses.csv").write_text(f"{HOSTILE},{HOSTILE}\n", encoding="utf-8")
    failing(settled)
    log = settled.folder / "weaver.log"
    noted = log.read_text(encoding="utf-8")
    assert log.stat().st_mode & 0o777 == 0o600
    assert 'step name="publish"' in noted
    assert "ended exit=0 cells_written=" in noted
    assert "error failed exit=65" in noted
    everything = noted + json.dumps(watch(settled), ensure_ascii=False)
    for word in ("Bridge", "@", "evil", "Alder", "Dune", "Ana"):
        assert word not in everything


@contextmanager
def listening() -> Iterator[tuple[str, list[str]]]:
    """A web address, and what was asked there."""
    asked: list[str] = []

    class Door(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with http.server.HTTPServer(("127.0.0.1", 0), Door) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/secret-key", asked
        server.shutdown()


def test_a_health_check_is_asked_after_each_run(broken: Any) -> None:
    with listening() as (address, asked):
        assert broken.weaver("run", WEAVER_PING_URL=address).code == 65
        mend(broken)
        broken.run(WEAVER_PING_URL=address)
        broken.run("--dry-run", WEAVER_PING_URL=address)
    assert asked == ["/secret-key/fail", "/secret-key"]
    ran = broken.weaver("run", WEAVER_PING_URL=address)
    noted = (broken.folder / "weaver.log").read_text(encoding="utf-8")
    assert ran.code == 0
    assert 'ping said="ConnectionError"' in noted
    assert "secret-key" not in noted + ran.out + ran.err


def test_the_store_says_the_same_whether_it_is_watched_or_not(settled: Any) -> None:
    with closing(sqlite3.connect(settled.folder / "state.db")) as store:
        assert store.execute("SELECT count(*) FROM messages").fetchone() == (2,)
        assert store.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_status_tells_how_it_went_and_what_comes_next(broken: Any) -> None:
    failing(broken)
    failing(broken)
    found = broken.weaver("status", "--json").json
    assert (found["last_exit"], found["failures"]) == (65, 2)
    assert found["failed"] == "The responses are not there."
    assert found["last_ended"] >= found["failing_since"] > "2026"
    assert found["next"] > found["last_ended"]
    assert (found["drafts"], found["paused"], found["mail_failed"]) == (0, 0, 0)
    told = broken.weaver("status").out
    assert "2 failures in a row since" in told
    assert "with exit code 65" in told
    mend(broken)
    broken.run()
    assert "well" in broken.weaver("status").out
