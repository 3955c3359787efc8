"""What is watched of a run, without running one."""

from __future__ import annotations

import datetime as dt
import json
from contextlib import suppress
from pathlib import Path

import pytest

from config.errors import Temporary, WrongSettings
from connectors.lock import run_lock
from connectors.watch import Watch, read_watch, write_watch
from pipeline.watching import Watching, ping_address

NOW = dt.datetime(2026, 3, 17, 2, tzinfo=dt.UTC)
SETTINGS = """\
store = "springs.db"

[coalition]
name = "Seven Springs"
time_zone = "Europe/Vienna"

[[coordinators]]
name = "Ana"
email = "ana@springs.example.org"

[schedule]
failures = 2

[log]
json_lines = true
"""


def fails(config: Path) -> None:
    """A run that finds that its settings can't be read."""
    refused = WrongSettings("The settings are not valid.", str(config), "Mend them.")
    with suppress(WrongSettings), Watching(config, NOW, float, {}):
        raise refused


@pytest.mark.parametrize(
    "broken",
    [
        None, "", "[coalition\n", SETTINGS.replace("= 2", '= "two"'), "store = 5\n",
        SETTINGS.replace("ana@springs", "ana at springs"),
        SETTINGS.partition("[[coord")[0] + "[log]\nfiel = 'x'\n",
        SETTINGS + "\n[mail]\nby = 'carrier pigeon'\n",
        SETTINGS + "\n[google]\nworking = 5\n",
    ],
    ids=["gone", "empty", "no TOML", "no number", "no name", "no address", "nobody", "mail",
         "google"],
)  # fmt: skip
def test_settings_that_can_not_be_read_are_told_to_those_who_stood_in_them(
    tmp_path: Path, broken: str | None
) -> None:
    config, backups = tmp_path / "weaver.toml", tmp_path / "backups"
    backups.mkdir()
    (backups / "weaver-2026-03-15.toml").write_text(SETTINGS.replace("ana", "former"))
    (backups / "weaver-2026-03-16.toml").write_text(SETTINGS)
    if broken is not None:
        config.write_text(broken)
    for _ in range(3):
        fails(config)
    (letter,) = (tmp_path / "outbox").iterdir()
    assert b"<ana@springs.example.org>" in letter.read_bytes()


def test_without_a_copy_of_the_settings_nobody_is_known(tmp_path: Path) -> None:
    config = tmp_path / "weaver.toml"
    config.write_text("[coalition\n")
    for _ in range(3):
        fails(config)
    assert [each.name for each in tmp_path.iterdir()] == ["weaver.toml"]


def test_watch_and_log_stand_where_they_stood(tmp_path: Path) -> None:
    config, backups = tmp_path / "weaver.toml", tmp_path / "backups"
    backups.mkdir()
    (backups / "weaver-2026-03-16.toml").write_text(SETTINGS)
    fails(config)
    assert read_watch(tmp_path / "springs.db.watch.json").failures == 1
    *_, line = (tmp_path / "weaver.log").read_text().splitlines()
    noted = json.loads(line)
    assert (noted["at"], noted["event"], noted["exit"]) == ("2026-03-17T02:00:00Z", "failed", 78)
    assert noted["where"] == "*.toml"


@pytest.mark.parametrize(
    ("address", "fail"),
    [
        ("https://hc.example.org/key", "https://hc.example.org/key/fail"),
        ("https://hc.example.org/key/", "https://hc.example.org/key/fail"),
        ("https://hc.example.org/ping?id=1", "https://hc.example.org/ping/fail?id=1"),
        ("https://hc.example.org/?id=1&to=a/b", "https://hc.example.org/fail?id=1&to=a/b"),
        ("https://hc.example.org", "https://hc.example.org/fail"),
    ],
)
def test_a_failure_is_told_behind_the_path_of_the_address(address: str, fail: str) -> None:
    assert ping_address(address, "/fail") == fail
    assert ping_address(address, "") == address


def test_who_comes_just_as_another_begins_takes_nothing_for_a_failure(tmp_path: Path) -> None:
    config, path = tmp_path / "weaver.toml", tmp_path / "springs.db.watch.json"
    config.write_text(SETTINGS)
    now = dt.datetime.now(dt.UTC)
    for steps in ((), ("read",)):
        with run_lock(tmp_path / "springs.db", ""), Watching(config, now, float, {}) as first:
            for name in steps:
                first.step(name)
            before = read_watch(path)
            with suppress(Temporary), Watching(config, now, float, {}):
                raise Temporary("Another run is at work.", "springs.db", "Wait.")
            assert read_watch(path) == before


def test_a_run_that_was_killed_is_counted_though_the_next_one_does_not_begin(
    tmp_path: Path,
) -> None:
    config, path = tmp_path / "weaver.toml", tmp_path / "springs.db.watch.json"
    config.write_text(SETTINGS)
    write_watch(path, Watch(last_began=int(NOW.timestamp()) - 60))
    fails(config)
    assert read_watch(path).failures == 2


def test_a_clock_that_was_set_back_neither_repeats_the_letter_nor_counts_a_killed_run(
    tmp_path: Path,
) -> None:
    config, path = tmp_path / "weaver.toml", tmp_path / "springs.db.watch.json"
    config.write_text(SETTINGS)
    now, ahead = int(NOW.timestamp()), int(NOW.timestamp()) + 10**9
    write_watch(path, Watch(ahead, ahead + 5, 75, failures=1, first_failure=ahead + 5))
    for failures in (2, 3, 4):
        fails(config)
        watch = read_watch(path)
        assert (watch.failures, watch.told, watch.first_failure) == (failures, now, now)
    assert len(list((tmp_path / "outbox").iterdir())) == 1
