"""Two runs never work at once; a dead one holds nobody up."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from config.errors import NeedsPermission, Temporary
from connectors.lock import run_lock

ROOT = Path(__file__).resolve().parents[2]
HOLD = """
import sys, pathlib
from connectors.lock import run_lock
with run_lock(pathlib.Path(sys.argv[1]), "2026-03-09 08:00"):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def holder(tmp_path: Path):
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path / "state.db")],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT, text=True,
    )  # fmt: skip
    assert process.stdout.readline() == "held\n"
    yield process
    process.kill()
    process.communicate()


def test_a_second_run_is_told_who_holds_the_lock_and_since_when(tmp_path, holder) -> None:
    with (
        pytest.raises(Temporary, match=f"{holder.pid}, since 2026-03-09 08:00") as caught,
        run_lock(tmp_path / "state.db", "later"),
    ):
        pass
    assert caught.value.exit_code == 75
    assert "state.db.lock" in caught.value.where


def test_the_lock_of_a_killed_process_is_no_lock(tmp_path, holder) -> None:
    os.kill(holder.pid, signal.SIGKILL)
    holder.wait()
    assert (tmp_path / "state.db.lock").read_text().startswith(str(holder.pid))
    with run_lock(tmp_path / "state.db", "later"):
        assert (tmp_path / "state.db.lock").read_text() == f"{os.getpid()}\nlater\n"


def test_the_lock_is_let_go_even_after_an_error(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="oops"), run_lock(tmp_path / "state.db", "now"):
        raise ValueError("oops")
    with run_lock(tmp_path / "state.db", "now"):
        pass


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a disk that is always full")
def test_on_a_full_disk_the_lock_holds_without_saying_who(tmp_path: Path) -> None:
    (tmp_path / "state.db.lock").symlink_to("/dev/full")
    with run_lock(tmp_path / "state.db", "now"):
        pass


def test_a_place_without_permission_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with (
        pytest.raises(NeedsPermission, match="lock"),
        run_lock(tmp_path / "file" / "state.db", "now"),
    ):
        pass
