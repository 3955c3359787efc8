"""People move rows and columns between Weaver's last look at a tab and its change."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest

from tests.google_emulator import people
from tests.google_emulator.service import Recorded
from tests.google_walk import deeds
from tests.google_walk.judge import rows
from tests.google_walk.owned import broken, owned
from tests.google_walk.side import Kept, Side
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


@dataclass(frozen=True)
class Scene:
    """A coalition with something to write, and what its tabs hold once it is written."""

    side: Side
    begin: Kept
    wanted: dict[str, list[str]]


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    sweep = Sweep(tmp_path_factory.mktemp("races") / "coalition")
    side, begin = sweep.side, sweep.states["changes"]
    side.patience = 20
    side.back(begin)
    assert side.run().code == 0
    yield Scene(side, begin, _content(side))
    sweep.close()


@pytest.mark.parametrize("act", ACTS.values(), ids=ACTS)
def test_what_moves_while_weaver_writes_keeps_its_cells(act: Act, scene: Scene) -> None:
    side = scene.side
    side.back(scene.begin)
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
    if _content(side) != scene.wanted:
        # A cell of Weaver's may be wrong for one run.
        assert side.run().code == 0
        assert _content(side) == scene.wanted


def _content(side: Side) -> dict[str, list[str]]:
    return {name: sorted(map(repr, rows(side, name))) for name in ("to_decide", "who_has_signed")}
