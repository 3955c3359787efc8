"""What comes in while a run is at work is for the next one."""

from __future__ import annotations

import datetime as dt
from typing import Any

from pipeline.runner import Order, run

LEAVES = {"publish": "Ivy Lane Bakers", "post": "Alder Brook Anglers"}
NOW = dt.datetime(2026, 3, 16, 9, tzinfo=dt.UTC)


def test_what_comes_in_during_a_run_is_read_by_the_next(fresh: Any) -> None:
    def signs(name: str) -> None:
        if name == "record":
            fresh.signs("2026-03-16 09:00:00", "Ivy Lane Bakers")

    def typed(name: str) -> None:
        if name in ("publish", "post"):
            fresh.change(LEAVES[name], "withdraw", **{"Entered by": "Ana"})

    assert run(Order(fresh.settings, NOW, step=signs))["members"] == 5
    assert run(Order(fresh.settings, NOW, step=typed))["members"] == 6
    assert fresh.run()["members"] == 4
    assert fresh.run()["idle"] is True
