"""People move rows and columns between Weaver's last look at a tab and its change."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.google_emulator import people
from tests.google_emulator.service import Recorded
from tests.google_walk import deeds
from tests.google_walk.side import Side
from tests.google_walk.walk import Walk

Act = Callable[[Side, str], None]
ACTS: dict[str, Act] = {
    "a row above the header": lambda s, t: people.insert_rows(s.world, s.working, t, 1, 1),
    "two rows above the header": lambda s, t: people.insert_rows(s.world, s.working, t, 1, 2),
    "a row below the header": lambda s, t: people.insert_rows(s.world, s.working, t, 2, 1),
    "rows in the middle": lambda s, t: people.insert_rows(s.world, s.working, t, 4, 2),
    "a first column": lambda s, t: people.insert_column(s.world, s.working, t, 0, "Mine"),
    "a first column without a title": lambda s, t: people.insert_column(s.world, s.working, t, 0),
    "a column of theirs to the front": lambda s, t: people.move_column(
        s.world, s.working, t, "Decision", 0
    ),
    "a column of Weaver's to the end": lambda s, t: people.move_column(
        s.world, s.working, t, "Status", None
    ),
    "another order": lambda s, t: people.sort_tab(s.world, s.working, t, "Organisation", True),
}


@pytest.mark.parametrize("act", ACTS.values(), ids=ACTS)
def test_what_moves_while_weaver_writes_keeps_its_cells(act: Act, tmp_path: Path) -> None:
    walk = Walk(tmp_path, 5, "form")
    written: list[Recorded] = []

    def meanwhile(recorded: Recorded) -> None:
        if "batchUpdate" in recorded.method_id:
            written.append(recorded)
            if len(written) == 1:
                found = deeds.table(walk.main, "to_decide")
                assert found is not None
                act(walk.main, found.sheet.title)
                walk.remember()

    try:
        for kind, seeds in (("submit", range(100, 106)), ("run", [0]), ("decide", range(4)),
                            ("begin an own column", [3, 11]), ("run", [0]),
                            ("decide", range(40, 43)), ("submit", range(300, 302))):  # fmt: skip
            for seed in seeds:
                walk.step(kind, seed)
        walk.main.google.before(meanwhile)
        walk.step("run", 0)
        assert written, "the run had nothing to write"
        walk.settle()
        walk.idle()
    finally:
        walk.close()
