"""People move rows and columns between Weaver's last look at a tab and its change."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from tests.google_emulator import people
from tests.google_emulator.service import Recorded
from tests.google_walk import deeds
from tests.google_walk.judge import rows
from tests.google_walk.owned import broken, owned
from tests.google_walk.side import Side
from tests.google_walk.sweep import Sweep

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
    "another order": lambda s, t: people.sort_tab(s.world, s.working, t, "Organisation"),
    "another name": lambda s, t: people.rename_tab(s.world, s.working, t, "Ours"),
    "a tab before it": lambda s, t: people.add_tab(s.world, s.working, "Page", 0) and None,
}


@pytest.fixture(scope="module")
def sweep(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sweep]:
    made = Sweep(tmp_path_factory.mktemp("races") / "coalition")
    yield made
    made.close()


@pytest.mark.parametrize("act", ACTS.values(), ids=ACTS)
def test_what_moves_while_weaver_writes_keeps_its_cells(act: Act, sweep: Sweep) -> None:
    side = sweep.side
    side.back(sweep.states["changes"])
    assert side.run().code == 0
    wanted = {name: _content(side, name) for name in ("to_decide", "who_has_signed")}
    side.back(sweep.states["changes"])
    written: list[object] = []

    def meanwhile(recorded: Recorded) -> None:
        if "batchUpdate" in recorded.method_id and not written:
            found = deeds.table(side, "to_decide")
            assert found is not None
            with side.world.lock:
                act(side, found.sheet.title)
                written.append(owned(side.working))

    side.google.before(meanwhile)
    ended = side.run()
    assert (ended.code, ended.error) == (0, "")
    assert not broken(written[0], owned(side.working))  # type: ignore[arg-type]
    assert side.run().code == 0
    assert {name: _content(side, name) for name in wanted} == wanted


def _content(side: Side, name: str) -> list[str]:
    return sorted(map(repr, rows(side, name)))
