"""The tab Our targets: which number aims at what, and by when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from config.problems import Problem
from pipeline.aims import read_aims
from pipeline.intake.model import Typed


@dataclass(frozen=True)
class Target:
    """What people aim at in one number.

    Attributes:
        code: the number's.
        goal: the figure to reach; a share between 0 and 1.
        by: the day by which it shall be reached; None where nobody says.
    """

    code: str
    goal: float
    by: dt.date | None = None


@dataclass(frozen=True)
class Targets:
    """Code → the target that counts now; and rows that make no sense."""

    by_code: Mapping[str, Target]
    problems: tuple[Problem, ...]


def read_targets(typed: Mapping[str, Typed], today: dt.date) -> Targets:
    """Find the number that each row means, by its code or its name."""
    del today
    aims = read_aims(typed)
    return Targets({code: Target(code, goal) for code, goal in aims.by_code.items()}, aims.problems)
