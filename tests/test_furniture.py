"""What stands around the rooms: the locks agree and hide nothing, the Makefile keeps its word."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
LOCKS = ["run.txt", "dev.txt"]
PEERS = sorted(path.name for path in (ROOT / "benchmarks" / "peers").glob("*.lock"))
TARGETS = ["demo", "test", "test-slow", "test-faults", "test-live", "check", "bench",
           "bench-names", "pictures", "locks", "clean", "help"]  # fmt: skip
PIN = re.compile(r"(?P<name>[a-z0-9.-]+)==(?P<version>[\w.]+)(?P<marker> ; [^\\]+?)?")
HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}")


def text_of(lock: str) -> str:
    folder = ROOT / "benchmarks" / "peers" if lock in PEERS else ROOT / "locks"
    return (folder / lock).read_text()


def entries(lock: str) -> list[list[str]]:
    """A lock's entries, each split into the pin and its hashes."""
    lines = text_of(lock).replace("\\\n", "\0").splitlines()
    return [[part.strip() for part in line.split("\0")] for line in lines if line[:1] != "#"]


def pins(lock: str) -> set[str]:
    return {pin for pin, *_ in entries(lock)}


def name_of(pin: str) -> str:
    return re.split(r"[^A-Za-z0-9._-]", pin, maxsplit=1)[0].lower().replace("_", "-")


@pytest.mark.parametrize("lock", [*LOCKS, *PEERS])
def test_every_line_of_a_lock_is_a_pin_with_hashes(lock: str) -> None:
    for pin, *hashes in entries(lock):
        assert PIN.fullmatch(pin), pin
        assert hashes, pin
        assert all(HASH.fullmatch(one) for one in hashes), pin


@pytest.mark.parametrize("lock", [*LOCKS, *PEERS])
def test_a_lock_names_no_place(lock: str) -> None:
    text = text_of(lock)
    assert not re.search(r"://|--index|--extra-index|--find-links|--trusted-host| @ ", text)


def test_what_runs_is_what_is_tested() -> None:
    assert pins("run.txt") <= pins("dev.txt")


def test_everything_that_the_project_asks_for_is_locked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    groups = project["dependency-groups"]
    run = {name_of(one) for one in project["project"]["dependencies"] + groups["build"]}
    dev = {name_of(one) for one in groups["test"] + groups["check"]}
    assert run <= {name_of(pin) for pin in pins("run.txt")}
    assert run | dev <= {name_of(pin) for pin in pins("dev.txt")}


def make(folder: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run make as from a fresh shell, also where make itself runs these tests."""
    program = shutil.which("make")
    if program is None:
        pytest.skip("make is not on this machine")
    of_make = ("MAKEFLAGS", "MAKELEVEL", "MAKEOVERRIDES", "MFLAGS", "ARGS")
    clean = {name: value for name, value in os.environ.items() if name not in of_make}
    return subprocess.run(
        [program, *words], cwd=folder, env=clean | environment, capture_output=True, text=True
    )


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A clean clone, as far as make looks at it."""
    shutil.copytree(ROOT / "locks", tmp_path / "locks")
    for file in ("Makefile", "pyproject.toml"):
        shutil.copy(ROOT / file, tmp_path)
    return tmp_path


def test_help_lists_the_promised_targets(checkout: Path) -> None:
    listed = re.findall(r"^make (\S+) +\w", make(checkout).stdout, re.MULTILINE)
    assert sorted(listed) == sorted(TARGETS)


def test_demo_installs_from_the_run_lock_only(checkout: Path) -> None:
    plan = make(checkout, "--dry-run", "demo").stdout
    assert "--require-hashes -r locks/run.txt" in plan
    assert "--no-deps --no-build-isolation -e ." in plan
    assert "locks/dev.txt" not in plan
    assert plan.rstrip().endswith(".venv/bin/weaver demo build/demo")


def test_test_installs_from_both_locks_and_passes_arguments_on(checkout: Path) -> None:
    plan = make(checkout, "--dry-run", "test", "ARGS=-k store").stdout
    assert plan.index("-r locks/run.txt") < plan.index("--require-hashes -r locks/dev.txt")
    assert plan.rstrip().endswith('.venv/bin/pytest -m "not slow and not live" -k store')


def test_a_second_call_installs_only_what_changed(checkout: Path) -> None:
    (checkout / ".venv").mkdir()
    for stamp in ("made", "run", "dev"):
        (checkout / ".venv" / f"{stamp}.stamp").touch()
    assert "pip install" not in make(checkout, "--dry-run", "test").stdout
    later = (checkout / ".venv" / "dev.stamp").stat().st_mtime + 60
    os.utime(checkout / "locks" / "dev.txt", (later, later))
    assert "-r locks/dev.txt" in make(checkout, "--dry-run", "test").stdout
    assert "pip install" not in make(checkout, "--dry-run", "demo").stdout


def test_a_machine_without_python_is_told_what_to_do(checkout: Path) -> None:
    done = make(checkout, "demo", PATH=str(checkout / "locks"))
    assert done.returncode == 2
    assert "Weaver needs Python 3.11 or newer" in done.stderr
    assert "make demo PYTHON=" in done.stderr
    assert not (checkout / ".venv").exists()


def test_the_ci_script_can_run() -> None:
    script = ROOT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    assert subprocess.run(["bash", "-n", script]).returncode == 0
    assert script.read_text().rstrip().endswith("make test\nmake check")
