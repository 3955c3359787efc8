"""Targets: by code or name, in percent, by steps, and what makes no sense."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from config.raw import RawTable, Scalar
from config.tables import BY_NAME
from pipeline.intake.trackers import read_table
from pipeline.metrics.registry import METRICS
from pipeline.metrics.wanting import WANTING
from pipeline.targets import SHARE, Targets, read_targets

TODAY = dt.date(2026, 6, 15)
COUNTED = next(m for m in METRICS if m.code == "A2")
SHARED = next(m for m in METRICS if m.unit == SHARE)


def read(*rows: tuple[Scalar, ...], **titles: str) -> Targets:
    header = tuple(titles.get(name, name.title()) for name in ("metric", "target", "by"))
    raw = RawTable("Our targets", header, rows, range(2, len(rows) + 2))
    typed = read_table(raw, BY_NAME["our_targets"], ZoneInfo("UTC"), titles)
    return read_targets({"our_targets": typed}, TODAY)


def goals(targets: Targets) -> dict[str, float]:
    return {code: target.goal for code, target in targets.by_code.items()}


def told(targets: Targets) -> list[tuple[int, str, str]]:
    return [(p.row, p.column, p.problem) for p in targets.problems]


@pytest.mark.parametrize(
    "name", ["A2", "a2", COUNTED.title, COUNTED.title.upper(), f"A2 {COUNTED.title}"]
)
def test_a_number_is_found_by_its_code_and_name(name: str) -> None:
    targets = read((name, 60, "2026-12-31"))
    (target,) = targets.by_code.values()
    assert (target.code, target.goal, target.by) == ("A2", 60.0, dt.date(2026, 12, 31))
    assert (target.row, target.metric_as_typed) == (2, name)
    assert targets.problems == ()


def test_nobody_keeps_the_tab() -> None:
    assert read_targets({}, TODAY) == Targets({}, (), {})


def test_what_nobody_knows_is_said_with_what_may_be_meant() -> None:
    targets = read((COUNTED.title + "x", 60, "2026-12-31"), ("qwxyz", 1, "2026-12-31"))
    assert told(targets) == [(2, "Metric", "No number is called so."),
                             (3, "Metric", "No number is called so.")]  # fmt: skip
    near, far = (problem.remedy for problem in targets.problems)
    assert near.startswith(f"Did you mean “{COUNTED.title}”?")
    assert far == "Copy the code or the name from the tab Numbers."
    assert targets.by_code == {}


@pytest.mark.parametrize("by", ["code", "title"])
def test_a_number_that_no_table_gives_is_told_what_it_lacks(by: str) -> None:
    (problem,) = read((getattr(WANTING[0], by), 60, "2026-12-31")).problems
    assert problem.problem == f"Weaver can't count this number yet: it needs {WANTING[0].lacks}."
    assert problem.remedy


@pytest.mark.parametrize(
    ("typed", "goal"),
    [("90 %", 0.9), ("90%", 0.9), ("٩٠٪", 0.9), (0.9, 0.9), ("0.9", 0.9), ("0,9", 0.9), (1, 1.0),
     ("12,5 %", 0.125), ("0 %", 0.0)],
)  # fmt: skip
def test_a_share_may_be_written_in_percent(typed: Scalar, goal: float) -> None:
    targets = read((SHARED.code, typed, "2026-12-31"))
    assert goals(targets) == {SHARED.code: pytest.approx(goal)}
    assert targets.problems == ()


def test_a_target_for_a_number_that_is_never_shown_is_told() -> None:
    targets = read(("C15", "20 %", "2026-12-31"), ("A2", 60, "2026-12-31"))
    (problem,) = targets.problems
    assert (problem.row, problem.column, problem.found) == (2, "Metric", "C15")
    assert "is never shown" in problem.problem
    assert problem.remedy == "Aim at a number of the tab Numbers, or take the row out."
    assert goals(targets) == {"A2": 60.0}


@pytest.mark.parametrize(("typed", "found"), [(90, "90"), ("120 %", "120 %"), (-0.1, "-0.1")])
def test_a_share_lies_between_nothing_and_all(typed: Scalar, found: str) -> None:
    targets = read((SHARED.code, typed, "2026-12-31"), ("A2", 60, "2026-12-31"))
    (problem,) = targets.problems
    assert (problem.row, problem.column, problem.found) == (2, "Target", found)
    assert "between 0 and 1" in problem.problem
    assert goals(targets) == {"A2": 60.0}


def test_a_count_has_no_percent() -> None:
    targets = read(("A2", "90 %", "2026-12-31"))
    assert targets.by_code == {}
    assert [(p.column, p.found) for p in targets.problems] == [("Target", "90 %")]


STEPS = (("A2", 40, "2026-03-31"), ("A2", 80, "2026-12-31"), ("A2", 60, "2026-06-15"))


def test_of_several_days_the_next_that_is_not_past_counts() -> None:
    targets = read(*STEPS)
    assert targets.problems == ()
    assert [target.goal for target in targets.steps["A2"]] == [40, 60, 80]
    assert goals(targets) == {"A2": 60}


@pytest.mark.parametrize(
    ("days", "counts"),
    [
        (("2026-03-31", "2026-04-30"), 2),
        (("2026-04-30", "2026-03-31"), 1),
        (("2026-03-31", ""), 2),
        (("", "2026-03-31"), 1),
        (("", "2026-12-31"), 2),
    ],
)
def test_the_last_counts_where_all_are_past_and_one_without_a_day_comes_last(
    days: tuple[str, str], counts: int
) -> None:
    targets = read(("A2", 1, days[0]), ("A2", 2, days[1]))
    assert goals(targets) == {"A2": counts}


def test_two_goals_for_one_day_are_said_and_the_last_row_counts() -> None:
    targets = read(("A2", 40, "2026-12-31"), ("A2", 50, "2026-12-31"), ("A2", 50, "2026-12-31"))
    assert goals(targets) == {"A2": 50}
    assert told(targets) == [
        (4, "Metric", "Rows 2 and 4 set two targets for one number and one day. Row 4 counts."),
    ]
    assert read(("A2", 40, "2026-12-31"), ("A2", 40, "2026-12-31")).problems == ()


def test_a_row_without_a_figure_is_for_intake_to_say() -> None:
    targets = read(("A2", "about 40", "2026-12-31"), ("", 40, "2026-12-31"))
    assert targets == Targets({}, (), {})


def test_columns_are_called_as_people_call_them() -> None:
    (problem,) = read(("qwxyz", 60, "2026-12-31"), metric="Kennzahl").problems
    assert problem.column == "Kennzahl"
