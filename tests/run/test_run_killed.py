"""A crash loses nothing: killed at any step and started again, a run ends in the same place."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
WRITES_NOTHING = ("read", "think", "record")
"""Steps at whose beginning nothing has been written yet."""
HALF_WAY = ("keep", "publish", "post", "hand_over", "delivered", "finish")
DRIVER = """
import datetime as dt, os, sys
from pathlib import Path
from pipeline.runner import Order, run

config, fatal = Path(sys.argv[1]), sys.argv[2]

def step(name):
    print(name.replace(" ", "_"), flush=True)
    if name.replace(" ", "_") == fatal:
        os._exit(9)

run(Order(config, dt.datetime.now(dt.UTC), step=step))
"""


def driven(coalition: Any, fatal: str) -> tuple[int, list[str]]:
    """A run that ends itself at the step: its exit code, and the steps that it took."""
    done = subprocess.run(
        [sys.executable, "-c", DRIVER, coalition.settings, fatal],
        cwd=ROOT, capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    return done.returncode, done.stdout.split()


def week_later(coalition: Any) -> Any:
    """A form more, a decision, a withdrawal, and a digest that is due."""
    coalition.signs("2026-03-18 08:00:00", "Iris Meadow Trust")
    coalition.decide("Cedar Ferry Choir", "list")
    coalition.change("Alder Brook Anglers", "withdraw")
    coalition.on(dt.date(2026, 3, 23))
    return coalition


@pytest.fixture
def undisturbed(_settled: Any, made_once: Any, tmp_path: Path) -> Any:
    """The week later after a run that nothing happened to; its steps stand in the file steps."""

    def make(folder: Path) -> None:
        coalition = week_later(_settled.copy(folder / "springs"))
        code, steps = driven(coalition, "never")
        assert code == 0
        (coalition.folder / "steps").write_text(" ".join(steps))

    made = made_once("undisturbed", make) / "springs"
    return type(_settled)(made).copy(tmp_path / "undisturbed")


def remembered(coalition: Any) -> dict[str, bytes]:
    """Everything in the folder but who held the lock last."""
    return {n: c for n, c in coalition.files().items() if n != "state.db.lock"}


def test_every_step_is_in_this_list(undisturbed: Any) -> None:
    steps = (undisturbed.folder / "steps").read_text().split()
    assert list(dict.fromkeys(steps)) == [*WRITES_NOTHING, *HALF_WAY]
    assert len(undisturbed.mails()) == 4
    assert undisturbed.run()["listed"] == 1


@pytest.mark.parametrize("step", WRITES_NOTHING)
def test_killed_before_anything_was_written(settled: Any, step: str) -> None:
    week_later(settled)
    before = remembered(settled)
    code, steps = driven(settled, step)
    assert (code, steps[-1]) == (9, step)
    assert remembered(settled) == before


@pytest.mark.parametrize(
    "step", [s if s == "publish" else pytest.param(s, marks=pytest.mark.slow) for s in HALF_WAY]
)
def test_killed_half_way_it_ends_in_the_same_place(
    settled: Any, undisturbed: Any, step: str
) -> None:
    code, steps = driven(week_later(settled), step)
    assert (code, steps[-1]) == (9, step)
    ran = settled.run()
    assert "idle" not in ran
    assert settled.results.read_bytes() == undisturbed.results.read_bytes()
    assert settled.mails() == undisturbed.mails()
    assert settled.run() == undisturbed.run()


def test_killed_while_renaming_its_row_is_still_obeyed(settled: Any) -> None:
    """The store knows the new name already, the tab still shows the old one."""
    row = settled.row("To decide", "Cedar Ferry Choir")
    settled.change("Cedar Ferry Choir", "show as", **{"New value": "Cedar Choir"})
    code, steps = driven(settled, "publish")
    assert (code, steps[-1]) == (9, "publish")
    settled.decide("Cedar Ferry Choir", "don't list")
    ran = settled.run()
    assert not [p for p in ran["problems"] if p["tab"] == "To decide"]
    renamed = settled.row("To decide", "Cedar Choir", Key=row["Key"])
    assert renamed["Status"] == "settled"
