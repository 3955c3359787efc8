"""Coordinators edit, members submit, faults strike, Weaver runs: nothing is lost on the way.

40 steps here, 500 in the slow one; `python -m tests.google_walk --steps 10000` walks further.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from tests.google_walk.deeds import DEEDS
from tests.google_walk.figures import WAYS, Figures, wander
from tests.google_walk.side import Through
from tests.google_walk.walk import GROUPS, RUNS, Walk

STEPS = 40


class Wandering(RuleBasedStateMachine):
    """Whatever happens, in any order."""

    walk: Walk

    @initialize(seed=st.integers(0, 1000), through=st.sampled_from(WAYS))
    def begin(self, seed: int, through: Through) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.well = False
        self.walk = Walk(Path(self.folder.name) / "walk", seed, through)
        self.walk.begin()
        self.well = True

    @rule(luck=st.integers(0, 2**20))
    def step(self, luck: int) -> None:
        self.well = False
        self.walk.wander(luck)
        self.well = True

    def teardown(self) -> None:
        try:
            if self.well:
                self.walk.settle()
                self.walk.idle()
        finally:
            self.walk.close()
            self.folder.cleanup()


def test_forty_steps() -> None:
    calm = settings(
        max_examples=1, stateful_step_count=STEPS, derandomize=True, deadline=None, database=None,
        phases=[Phase.generate], suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    run_state_machine_as_test(Wandering, settings=calm, _min_steps=STEPS)


def test_every_kind_of_step_is_counted() -> None:
    counted = {kind for kinds in GROUPS.values() for kind in kinds}
    assert counted == {*DEEDS, *RUNS}


@pytest.mark.slow
def test_five_hundred_steps() -> None:
    figures: Figures = wander(510, 170, 1)
    sys.stdout.write("\n".join(figures.lines()) + "\n")
    assert not figures.wrong, figures.wrong[0]
    rare = {name: figures.group(name) for name in GROUPS if figures.group(name) < 20}
    assert not rare
    assert figures.counts["between two requests"] >= 20
    assert figures.counts["between reading and writing"] >= 20
