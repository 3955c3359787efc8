"""Debian's cron wakes Weaver by the line that Weaver prints, for three minutes.

Cron gets a crontab folder, /etc/cron.d, /etc/crontab and /run of its own, so that it does nothing
but this, and what the machine has stays as it is.
Missing on this machine? apt-get install --no-install-recommends cron
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.run.test_run_delivered import hours_around_now
from tests.run.test_run_mail import receivers

MINUTES = 3
APART = """\
set -e
mount --bind crontabs /var/spool/cron/crontabs
mount --bind nothing.d /etc/cron.d
mount --bind nothing /etc/crontab
mount --bind run /run
crontab lines
exec cron -f
"""
pytestmark = pytest.mark.slow


@contextmanager
def cron_with(lines: str, home: Path) -> Iterator[subprocess.Popen[str]]:
    """Cron at work on nothing but these lines, in a mount namespace of its own."""
    for name in ("crontabs", "nothing.d", "run"):
        (home / name).mkdir(parents=True)
    shutil.chown(home / "crontabs", "root", "crontab")
    (home / "crontabs").chmod(0o1730)
    (home / "nothing").touch()
    (home / "lines").write_text(lines, encoding="utf-8")
    process = subprocess.Popen(
        ["unshare", "--mount", "sh", "-c", APART], cwd=home, text=True,
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


@pytest.fixture
def may_run(require: Callable[[str], Path]) -> None:
    """Skips where cron is missing, or may have no folders of its own."""
    require("cron")
    apart = shutil.which("unshare") and subprocess.run(["unshare", "--mount", "true"]).returncode
    if os.geteuid() or apart != 0:
        pytest.skip("only root can give cron folders of its own")


@pytest.mark.usefixtures("may_run")
def test_the_printed_line_wakes_weaver_each_minute(fresh: Any, tmp_path: Path) -> None:
    with fresh.settings.open("a", encoding="utf-8") as file:
        file.write(f'\n[schedule]\nlook_every = 1\nlook_hours = "{hours_around_now()}"\n')
    printed = fresh.weaver("schedule", "--print", "cron")
    assert "\n*/1 * * * * " in printed.out
    woken, typed = set(), False
    with cron_with(printed.out, tmp_path / "cron") as cron:
        end_at = time.monotonic() + MINUTES * 60 + 5
        while time.monotonic() < end_at:
            assert cron.poll() is None, cron.communicate()
            done = watch(fresh)
            woken |= {done["last_began"], done["last_look"]} - {None}
            if done["last_ended"] and done["last_exit"] == 0 and not typed:
                fresh.decide("Dune Wardens", "accept", "Bo")
                typed = True
            time.sleep(0.2)
    assert len({second // 60 for second in woken}) >= 2
    assert "Bo" in fresh.weaver("explain", "Dune Wardens").out
    assert receivers(fresh.mails()) == ["ana@springs.example.org", "bo@springs.example.org"]
    assert watch(fresh)["failures"] == 0


def watch(coalition: Any) -> dict[str, Any]:
    """What is remembered of its runs."""
    path = coalition.folder / "state.db.watch.json"
    nothing = {"last_began": None, "last_look": None, "last_ended": None}
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else nothing
