"""A run right after one that wrote is cheap, and still sees whatever anybody does meanwhile."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.google_emulator import people
from tests.google_emulator.faults import Fault
from tests.google_emulator.sheets.model import create_spreadsheet
from tests.google_traps.conftest import Build, Ran
from tests.google_traps.springs import OWNER, WRITE, ZONE, Springs, Through

QUIET = 5
WEAVER = Path(sys.executable).with_name("weaver")


def is_idle(springs: Springs) -> bool:
    """Whether a further run, which must write nothing, finds that at its first look."""
    before = springs.google.counted()
    said = springs.run()
    assert said["cells_written"] == 0
    assert said["requests"] == springs.google.counted() - before
    return said.get("idle", False) is True


@pytest.mark.parametrize("through", ["form", "sheet", "both"])
def test_right_after_the_first_run_nothing_is_thought_through(
    after_a_run: Ran, through: Through
) -> None:
    running = after_a_run(through)
    before = running.google.counted()
    assert is_idle(running)
    assert running.google.counted() - before <= QUIET + 2 * (through == "both")


def test_and_nothing_heavy_is_loaded(running: Springs) -> None:
    stamp = running.world.clock.now().date().isoformat()
    running.settings.write_text(
        running.settings.read_text("utf-8").replace(
            'time_zone = "Europe/Vienna"', f'time_zone = "Europe/Vienna"\ntoday = {stamp}', 1
        ),
        "utf-8",
    )
    running.sign("Gorse Hill Band")
    assert running.run()["cells_written"]
    done = subprocess.run(
        [sys.executable, "-X", "importtime", WEAVER, "run", "--json", "-c", running.settings],
        capture_output=True, text=True, check=True, timeout=60,
    )  # fmt: skip
    assert '"idle": true' in done.stdout
    loaded = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}
    assert "gspread" in loaded
    assert not loaded & {"pandas", "numpy", "sqlalchemy", "xlsxwriter", "matplotlib"}


def test_after_rows_were_added_and_cells_were_changed(running: Springs) -> None:
    running.sign("Gorse Hill Band")
    running.decide("Dune Wardens", "accept")
    assert running.run()["cells_written"]
    assert is_idle(running)
    running.type("Changes", 1, "Organisation", "Gorse Hill Band")
    running.type("Changes", 1, "Change", "hide now")
    running.type("Changes", 1, "Entered by", "Ana")
    assert running.run()["cells_written"]
    assert is_idle(running)


def insert_above(springs: Springs) -> None:
    with springs.world.lock:
        springs.working.sheet("To decide").insert_rows(0, 1)


def new_tab(springs: Springs) -> None:
    people.add_tab(springs.world, springs.working, "Our own")


def time_zone(springs: Springs) -> None:
    with springs.world.lock:
        springs.working.time_zone = "Asia/Tokyo"


DEEDS: dict[str, Callable[[Springs], object]] = {
    "a word in To decide": lambda s: s.type("To decide", 1, "Note", "soon"),
    "a cell of Weaver's": lambda s: s.type("Who has signed", 1, "District", "Elsewhere"),
    "a figure that becomes a text": lambda s: s.working.sheet("Numbers").set(1, 3, "1"),
    "a cell far below": lambda s: people.type_cell(
        s.world, s.working, "Who has signed", 60, 2, "?"
    ),
    "a tab of people's": lambda s: s.type("Promises", 1, "What", "Count the storks"),
    "a column of their own": lambda s: people.type_cell(
        s.world, s.working, "To decide", 1, 20, "Mine"
    ),
    "a row above the header": insert_above,
    "another tab": new_tab,
    "another time zone": time_zone,
    "a form": lambda s: s.sign("Gorse Hill Band"),
}


@pytest.mark.parametrize("name", DEEDS)
def test_whatever_anybody_does_is_seen(running: Springs, name: str) -> None:
    DEEDS[name](running)
    assert "idle" not in running.run()


@pytest.mark.parametrize("name", DEEDS)
@pytest.mark.parametrize("moment", ["while_reading", "while_writing"])
def test_what_is_quiet_has_nothing_left_to_do(running: Springs, name: str, moment: str) -> None:
    running.sign("Hazel Wood Players")
    done = getattr(running, moment)(lambda: DEEDS[name](running))
    assert running.run()["cells_written"]
    assert done
    assert any(running.run().get("idle") for _ in range(3))
    running.add_settings("# so that everything is looked at once more")
    again = running.run()
    assert "idle" not in again
    assert again["cells_written"] == 0


@pytest.mark.parametrize("kind", ["applied-lost", "applied-503", "503", "429"])
def test_where_an_answer_was_lost_all_is_looked_at_once_more(running: Springs, kind: str) -> None:
    running.sign("Gorse Hill Band")
    running.google.faults.add(Fault(kind, match=WRITE))
    assert running.run()["cells_written"]
    assert not is_idle(running)
    assert is_idle(running)


def test_the_spreadsheet_that_few_may_see_counts(coalition: Build) -> None:
    springs = coalition("both")
    with springs.world.lock:
        few = create_spreadsheet(
            springs.world, "Few", OWNER, time_zone=ZONE, titles=("Decision-makers",)
        )
    springs.world.share(few.id, springs.address, "reader")
    springs.add_settings(f'restricted = "{few.id}"')
    assert springs.run()["cells_written"]
    assert is_idle(springs)
    people.type_cell(springs.world, few, "Decision-makers", 1, 0, "Name")
    assert "idle" not in springs.run()
