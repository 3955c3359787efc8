"""How a number went, at what pace, and how it stands against its target."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.records import MetricPoint
from pipeline.aiming import aim_of
from pipeline.course import NOTHING, courses, year_before
from pipeline.metrics.model import Metric, Value
from pipeline.metrics.registry import BY_CODE, METRICS
from pipeline.targets import Target

TODAY = dt.date(2026, 6, 15)


def point(day: str, value: float | None, code: str = "A2") -> MetricPoint:
    return MetricPoint(dt.date.fromisoformat(day), code, value)


def course(*points: MetricPoint, **again: float):
    recounted = {
        dt.date.fromisoformat(day.replace("_", "-").strip("d")): {"A2": Value(value)}
        for day, value in again.items()
    }
    return courses(points, recounted)["A2"]


def test_a_point_holds_until_the_next() -> None:
    went = course(point("2026-03-01", 5), point("2026-01-01", 3))
    assert went.on(dt.date(2025, 12, 31)) is None
    assert went.on(dt.date(2026, 2, 28)).value == 3
    assert went.on(TODAY).value == 5


def test_what_was_reported_stays_and_what_differs_now_is_said() -> None:
    went = course(point("2026-03-01", 5), d2026_03_31=6.0, d2026_04_30=5.0)
    assert went.on(dt.date(2026, 3, 31)).value == 5
    assert went.revised(dt.date(2026, 3, 31)) == 6
    assert went.revised(dt.date(2026, 4, 30)) is None
    assert went.revised(dt.date(2026, 5, 31)) is None


def test_a_month_that_is_not_counted_again_stands_as_it_was_reported() -> None:
    went = course(point("2026-01-10", 3), point("2026-03-20", 5), point("2026-04-02", None),
                  d2026_05_08=7.0, d2026_05_31=8.0)  # fmt: skip
    days = ((2, 3), (1, 5), (1, 25), (3, 9), (3, 30), (4, 30), (5, 25))
    ran = [dt.date(2026, month, day) for month, day in days]
    found = [(f"{one.day:%m-%d}", one.value.value, one.again) for one in went.by_month(ran)]
    assert found == [
        ("01-25", 3, False), ("02-03", 3, False), ("03-30", 5, False), ("05-31", 8, True),
    ]  # fmt: skip


def test_a_month_without_a_report_has_no_figure() -> None:
    assert course(point("2026-01-10", 3)).by_month([dt.date(2026, 1, 9)]) == []


def test_the_pace_is_that_of_ninety_days() -> None:
    # Held at 10 since long before 17 March, which is ninety days ago.
    went = course(point("2025-12-01", 10), point("2026-05-01", 12))
    assert went.pace(TODAY, 19) == pytest.approx(9 / 90)


def test_a_younger_number_has_the_pace_of_its_days() -> None:
    assert course(point("2026-06-01", 10)).pace(TODAY, 24) == pytest.approx(1)
    assert course(point("2026-06-02", 10)).pace(TODAY, 24) is None


def test_counting_again_gives_a_pace_where_nothing_was_reported_yet() -> None:
    assert course(d2026_03_17=10.0).pace(TODAY, 19) == pytest.approx(9 / 90)


@pytest.mark.parametrize(
    ("day", "before"),
    [("2026-06-15", "2025-06-15"), ("2024-02-29", "2023-02-28"), ("2025-02-28", "2024-02-28")],
)
def test_a_year_before(day: str, before: str) -> None:
    assert year_before(dt.date.fromisoformat(day)) == dt.date.fromisoformat(before)


HELD = (point("2026-03-17", 60),)


@pytest.mark.parametrize(
    ("value", "goal", "by", "status", "landing"),
    [
        (90.0, 90, "2026-12-31", "met", 90 + 199 * 30 / 90),
        (87.0, 140, "2026-12-31", "on track", 87 + 199 * 27 / 90),
        (87.0, 150, "2026-12-31", "behind", 87 + 199 * 27 / 90),
        (87.0, 88, "2026-06-14", "behind", None),
        (None, 88, "2026-12-31", "no data", None),
        (87.0, 88, "", "no day", None),
        (88.0, 88, "", "met", None),
    ],
)
def test_the_rule_by_which_a_target_is_judged(
    value: float | None, goal: float, by: str, status: str, landing: float | None
) -> None:
    target = Target("A2", goal, dt.date.fromisoformat(by) if by else None, 2, "A2")
    aim = aim_of(target, BY_CODE["A2"], value, courses(HELD, {})["A2"], TODAY)
    assert aim.status == status
    assert aim.landing == (pytest.approx(landing) if landing is not None else None)
    assert aim.why


@pytest.mark.parametrize(
    ("points", "by", "status", "why"),
    [
        ((point("2026-06-02", 60),), "2026-12-31", "no data", "It is too early to tell a pace."),
        ((), "2026-12-31", "no data", "It is too early to tell a pace."),
        (HELD, "", "no day", "No day is given."),
        ((), "", "no day", "No day is given."),
        ((), "2026-06-14", "behind", "Its day has passed."),
        ((), "2026-06-15", "no data", "It is too early to tell a pace."),
        (HELD, "2026-06-15", "behind", "At this pace it will be 87."),
    ],
)
def test_what_nobody_can_tell_yet_is_not_behind(
    points: tuple[MetricPoint, ...], by: str, status: str, why: str
) -> None:
    target = Target("A2", 88, dt.date.fromisoformat(by) if by else None, 2, "A2")
    went = courses(points, {}).get("A2", NOTHING)
    aim = aim_of(target, BY_CODE["A2"], 87.0, went, TODAY)
    assert (aim.status, aim.why) == (status, why)


def test_where_less_is_better_a_smaller_figure_meets_it() -> None:
    target = Target("C6", 3, dt.date(2026, 12, 31), 2, "C6")
    assert aim_of(target, BY_CODE["C6"], 2, courses(HELD, {})["A2"], TODAY).status == "met"
    assert aim_of(target, BY_CODE["C6"], 4, courses(HELD, {})["A2"], TODAY).status == "on track"


@given(st.floats(0, 1), st.floats(0, 1), st.integers(0, 400))
def test_a_share_never_lands_outside_nought_to_one(then: float, now: float, days: int) -> None:
    target = Target("P9", 0.99, TODAY + dt.timedelta(days=days), 2, "P9")
    went = courses((point("2026-03-17", then, "P9"),), {})["P9"]
    landing = aim_of(target, BY_CODE["P9"], now, went, TODAY).landing
    assert landing is None or 0 <= landing <= 1


def test_a_number_of_the_last_complete_month_stands_in_that_month() -> None:
    """On 31 May the last complete month is April, and so it is on 8 May."""
    points = (point("2026-01-10", 3, "P3"), point("2026-03-20", 5, "P3"))
    recounted = {dt.date(2026, 5, 31): {"P3": Value(8)}, dt.date(2026, 6, 8): {"P3": Value(9)}}
    ran = [dt.date(2026, 1, 25), dt.date(2026, 3, 30)]
    found = courses(points, recounted)["P3"].by_month(ran)
    assert [(f"{one.day:%Y-%m}", one.value.value, one.again) for one in found] == [
        ("2025-12", 3, False), ("2026-02", 5, False), ("2026-04", 8, True), ("2026-05", 9, True),
    ]  # fmt: skip


@pytest.mark.parametrize("metric", METRICS, ids=lambda metric: metric.code)
def test_a_definition_says_whether_the_number_is_of_the_last_complete_month(
    metric: Metric,
) -> None:
    headline, _, _ = metric.definition.partition(", beside")
    assert metric.monthly == ("the last complete month" in headline)
