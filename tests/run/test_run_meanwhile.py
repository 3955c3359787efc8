"""What comes in while a run is at work is for the next one."""

from __future__ import annotations

import datetime as dt
from typing import Any

from pipeline.runner import Order, run

NOW = dt.datetime(2026, 3, 16, 9, tzinfo=dt.UTC)


def test_a_form_that_comes_in_during_a_run_is_read_by_the_next(fresh: Any) -> None:
    def step(name: str) -> None:
        if name == "record":
            fresh.signs("2026-03-16 09:00:00", "Ivy Lane Bakers")

    assert run(Order(fresh.settings, NOW, step=step))["members"] == 5
    assert fresh.run()["members"] == 6
    assert fresh.run()["idle"] is True
