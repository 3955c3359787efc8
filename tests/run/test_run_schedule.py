"""`weaver schedule`: a process that stays, one waking of a timer, and the ready text for timers."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from connectors.lock import run_lock

WEAVER = Path(sys.executable).with_name("weaver")
PATIENCE = 60.0


def planned(coalition: Any, more: str = "") -> Any:
    """Its scheduled run lies half a day from now, whenever the tests are run."""
    then = dt.datetime.now(ZoneInfo("Europe/Vienna")) + dt.timedelta(hours=12)
    with coalition.settings.open("a", encoding="utf-8") as file:
        file.write(f'\n[schedule]\nruns = ["{then:%H:%M}"]\nlook_hours = ""\n{more}')
    return coalition


def until(holds: Callable[[], Any]) -> None:
    end = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < end, "it didn't come to that"
        time.sleep(0.02)


@contextmanager
def staying(coalition: Any, *arguments: str) -> Iterator[subprocess.Popen[str]]:
    """`weaver schedule` with a tick each second."""
    process = subprocess.Popen(
        [WEAVER, "schedule", "--tick", "1", "-c", coalition.settings, *arguments],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def under_way(coalition: Any) -> bool:
    lock = coalition.folder / "state.db.lock"
    return lock.exists() and bool(lock.read_text())


def test_it_runs_once_and_ends_when_told(fresh: Any) -> None:
    with staying(planned(fresh)) as process:
        assert process.stdout is not None
        assert process.stdout.readline().startswith("As of 2026-03-16")
        time.sleep(2.5)  # for ticks at which nothing is due
        begun = time.monotonic()
        process.send_signal(signal.SIGTERM)
        out, err = process.communicate(timeout=PATIENCE)
        assert time.monotonic() - begun < 5  # on a busy machine
    assert (process.returncode, err) == (0, "")
    assert "As of" not in out
    assert len(list((fresh.folder / "outbox").iterdir())) == 2


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_run_that_is_under_way_is_finished(fresh: Any, number: signal.Signals) -> None:
    with staying(planned(fresh), "--json") as process:
        until(lambda: under_way(fresh))
        process.send_signal(number)
        out, err = process.communicate(timeout=PATIENCE)
    assert (process.returncode, err) == (0, "")
    assert out == '{"runs": 1, "looks": 0, "failed": 0}\n'
    assert not under_way(fresh)
    assert fresh.results.exists()


def test_a_job_that_fails_does_not_end_it(fresh: Any) -> None:
    (fresh.folder / "responses.csv").unlink()
    with staying(planned(fresh), "--json") as process:
        assert process.stderr is not None
        assert "responses.csv" in "".join(process.stderr.readline() for _ in range(2))
        time.sleep(1.5)
        assert process.poll() is None
        process.send_signal(signal.SIGTERM)
        out, _ = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0
    assert out == '{"runs": 0, "looks": 0, "failed": 1}\n'


def test_settings_that_break_while_it_stays_do_not_end_it(fresh: Any) -> None:
    with staying(planned(fresh), "--json") as process:
        until(lambda: fresh.results.exists() and not under_way(fresh))
        with fresh.settings.open("a", encoding="utf-8") as file:
            file.write("look_every = 'often'\n")
        time.sleep(1.5)
        assert process.poll() is None
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=PATIENCE)
    assert process.returncode == 0


def test_faulty_settings_are_told_at_the_start(fresh: Any) -> None:
    ran = planned(fresh, "look_every = 0\n").weaver("schedule")
    assert ran.code == 78
    assert "schedule.look_every" in ran.err


def test_one_waking_does_what_is_due_and_the_next_one_nothing(fresh: Any) -> None:
    planned(fresh)
    first = fresh.weaver("schedule", "--once", "--json")
    assert first.code == 0, first.err
    assert first.json["did"] == "run"
    assert first.json["summary"]["mail"]["sent"] == 2
    coming = dt.datetime.fromisoformat(first.json["next"])
    ahead = coming - dt.datetime.now(dt.UTC)
    assert dt.timedelta(hours=10) < ahead < dt.timedelta(hours=14)
    before = fresh.files()
    second = fresh.weaver("schedule", "--once", "--json")
    assert (second.json["did"], second.json["summary"]) == ("nothing", None)
    assert fresh.files() == before


def test_a_run_by_hand_spares_the_one_that_was_due(fresh: Any) -> None:
    planned(fresh).run()
    assert fresh.weaver("schedule", "--once", "--json").json["did"] == "nothing"


def test_one_waking_beside_a_run_says_who_is_at_work(fresh: Any) -> None:
    planned(fresh)
    with run_lock(fresh.folder / "state.db", "2026-03-16T02:00+00:00"):
        ran = fresh.weaver("schedule", "--once", "--quiet")
    assert ran.code == 75
    assert f"process {os.getpid()}, since 2026-03-16T02:00" in ran.err


def test_a_line_for_cron_works_as_it_stands(fresh: Any, tmp_path: Path) -> None:
    coalition = planned(fresh.copy(tmp_path / "50% of it's springs"))
    printed = coalition.weaver("schedule", "--print", "cron")
    assert printed.code == 0, printed.err
    *comments, line = printed.out.splitlines()
    assert all(comment.startswith("# ") for comment in comments)
    minutes, *stars, command = line.split(" ", 5)
    assert (minutes, stars) == ("*/10", ["*"] * 4)
    # Cron takes the backslash from each percent sign, and gives the rest to the shell.
    home = tmp_path / "home"
    home.mkdir()
    done = subprocess.run(
        ["/bin/sh", "-c", command.replace(r"\%", "%")], cwd=home, capture_output=True, text=True,
        env={"HOME": str(home), "SHELL": "/bin/sh", "PATH": "/usr/bin:/bin"}, timeout=PATIENCE,
    )  # fmt: skip
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert coalition.results.exists()


def test_the_units_for_systemd(fresh: Any, tmp_path: Path) -> None:
    coalition = planned(fresh.copy(tmp_path / "50% of it's springs"), "look_every = 1\n")
    printed = coalition.weaver("schedule", "--print", "systemd").out
    head, *units = printed.split("# ---- ")
    texts = dict(unit.split("\n", 1) for unit in units)
    name = "weaver-50-of-it-s-springs"
    assert list(texts) == [f"{name}.service", f"{name}.timer"]
    assert f"enable --now {name}.timer" in head
    assert 'springs/weaver.toml"\n' in texts[f"{name}.service"]
    assert "/50%% of it's springs/" in texts[f"{name}.service"]
    assert "OnCalendar=*:0/10\n" in texts[f"{name}.timer"]
    if (analyse := shutil.which("systemd-analyze")) is None:
        pytest.skip("systemd is not on this machine")
    folder = tmp_path / "units"
    folder.mkdir()
    for file, text in texts.items():
        (folder / file).write_text(text)
    done = subprocess.run(
        [analyse, "verify", "--user", *sorted(folder.iterdir())], capture_output=True, text=True,
        env=os.environ | {"XDG_RUNTIME_DIR": str(tmp_path)}, timeout=PATIENCE,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")


def test_frequent_looks_wake_often(fresh: Any) -> None:
    with fresh.settings.open("a", encoding="utf-8") as file:
        file.write("\n[schedule]\nlook_every = 7\n")
    assert "\n*/6 * * * * " in fresh.weaver("schedule", "--print", "cron").out


def test_variables_that_a_timer_lacks_are_named(fresh: Any) -> None:
    with fresh.settings.open("a", encoding="utf-8") as file:
        file.write('\n[mail]\nby = "smtp"\nhost = "mail.example.org"\nuser = "springs"\n')
    for kind in ("cron", "systemd"):
        assert "WEAVER_MAIL_PASSWORD" in fresh.weaver("schedule", "--print", kind).out
    assert "EnvironmentFile=" in fresh.weaver("schedule", "--print", "systemd").out


def test_github_actions_is_refused_while_the_store_is_a_file(fresh: Any) -> None:
    ran = fresh.weaver("schedule", "--print", "github-actions", "--json")
    assert (ran.code, ran.json["exit"]) == (78, 78)
    assert ran.json["error"]["where"] == "store: state.db"
    assert "one store belongs to one tracker" in ran.json["error"]["remedy"]
