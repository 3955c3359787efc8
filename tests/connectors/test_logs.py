"""The log: a line for each fact, files that stay small, and no run that ends because of it."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

from connectors.logs import OLD_FILES, RunLog

NOW = dt.datetime(2026, 3, 16, 3, tzinfo=dt.timezone(dt.timedelta(hours=1)))


def test_plain_lines_tell_the_moment_in_utc(tmp_path: Path) -> None:
    path = tmp_path / "logs" / "weaver.log"
    log = RunLog(path)
    log.note(NOW, "ended", exit=0, what="two\nlines “and” signs")
    log.note(NOW, "failed", exit=75)
    log.close()
    assert path.read_text(encoding="utf-8").splitlines() == [
        '2026-03-16T02:00:00Z info ended exit=0 what="two\\nlines “and” signs"',
        "2026-03-16T02:00:00Z error failed exit=75",
    ]
    assert path.stat().st_mode & 0o777 == 0o600


def test_json_lines_are_an_object_each(tmp_path: Path) -> None:
    log = RunLog(tmp_path / "weaver.log", json_lines=True)
    log.note(NOW, "step", name="read")
    log.note(NOW, "failed", exit=1)
    log.close()
    lines = (tmp_path / "weaver.log").read_text().splitlines()
    assert [json.loads(line) for line in lines] == [
        {"at": "2026-03-16T02:00:00Z", "level": "info", "event": "step", "name": "read"},
        {"at": "2026-03-16T02:00:00Z", "level": "error", "event": "failed", "exit": 1},
    ]


def test_a_file_that_is_full_is_renewed_and_five_old_ones_are_kept(tmp_path: Path) -> None:
    log = RunLog(tmp_path / "weaver.log")
    for number in range(20):
        log.note(NOW, "step", name="x" * 400_000, number=number)
    log.close()
    files = sorted(tmp_path.iterdir())
    assert len(files) == OLD_FILES + 1
    assert all(path.stat().st_size <= 1_000_000 for path in files)
    assert {path.stat().st_mode & 0o777 for path in files} == {0o600}
    assert (tmp_path / "weaver.log").read_text().endswith("number=19\n")


def test_where_nothing_can_be_noted_nothing_happens(tmp_path: Path) -> None:
    (tmp_path / "weaver.log").mkdir()
    log = RunLog(tmp_path / "weaver.log")
    log.note(NOW, "step", name="read")
    log.close()
    full = RunLog(Path("/dev/full"))
    full.note(NOW, "step", name="read")
    full.close()
