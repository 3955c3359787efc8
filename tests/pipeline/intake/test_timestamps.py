"""Times as forms write them come out as the moment that was meant, or in doubt as none."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path
from zoneinfo import ZoneInfo

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.intake.timestamps import Times, days, parse

UTC = ZoneInfo("UTC")


def read(*cells: object, zone: str = "UTC", order: str | None = None) -> Times:
    return parse(pd.Series(list(cells), dtype=object), ZoneInfo(zone), order)


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("2022/09/17 8:06:28 p.\u00a0m. GMT-5", "2022-09-18T01:06:28Z"),
        ("2022/09/17 8:06:28\u202fp.\u202fm. UTC\u22125", "2022-09-18T01:06:28Z"),
        ("2021/04/17 5:10:41 AM GMT+4", "2021-04-17T01:10:41Z"),
        ("2021/04/17 12:10:41 AM GMT+5:30", "2021-04-16T18:40:41Z"),
        ("2020/05/05 4:14:23 下午 [GMT+8]", "2020-05-05T08:14:23Z"),
        ("2020/05/05 下午 4:14:23", "2020-05-05T16:14:23Z"),
        ("2022年9月17日 午後8時06分28秒", "2022-09-17T20:06:28Z"),
        ("2022. 9. 17. 오후 8:06:28", "2022-09-17T20:06:28Z"),
        ("2020/04/01 8:06:28 μ.μ. EEST", "2020-04-01T17:06:28Z"),
        ("2020/04/01 8:06:28 PM MESZ", "2020-04-01T18:06:28Z"),
        ("٢٠٢٢/٠٩/١٧ ٨:٠٦:٢٨ م", "2022-09-17T20:06:28Z"),
        ("17.09.2022, 16:51:40 Uhr", "2022-09-17T16:51:40Z"),
        ("17-09-2022 16:51", "2022-09-17T16:51:00Z"),
        ("17/9/22 16:51:40", "2022-09-17T16:51:40Z"),
        ("9/30/20 10:10", "2020-09-30T10:10:00Z"),
        ("2022-09-17T16:51:40Z", "2022-09-17T16:51:40Z"),
        ("2022-09-17T16:51:40.250+02:00", "2022-09-17T14:51:40.250Z"),
        ("Mon Sep 08 2025 13:58:23 GMT-0500 (Peru)", "2025-09-08T18:58:23Z"),
        ("17 de septiembre de 2022 16:51", "2022-09-17T16:51:00Z"),
        ("Sep 17, 2022 4:51 PM", "2022-09-17T16:51:00Z"),
        ("2022-09-17 12:30 am", "2022-09-17T00:30:00Z"),
        ("2022-09-17 12:30 pm", "2022-09-17T12:30:00Z"),
        ("5/5/2022 1:00", "2022-05-05T01:00:00Z"),
        ("2022-09-17", "2022-09-17T00:00:00Z"),
        (44821.70254629629, "2022-09-17T16:51:40Z"),
        ("44821.70254629629", "2022-09-17T16:51:40Z"),
        (dt.datetime.fromisoformat("2022-09-17T16:51:40"), "2022-09-17T16:51:40Z"),
        (dt.date(2022, 9, 17), "2022-09-17T00:00:00Z"),
    ],
)
def test_shape_is_read(cell: object, expected: str) -> None:
    times = read(cell)
    assert times.received[0] == pd.Timestamp(expected)
    assert times.problem[0] == ""
    assert times.why[0] == ""
    assert str(times.received.dtype) == "datetime64[ns, UTC]"


@pytest.mark.parametrize(
    "cell",
    [
        "soon", "2022-02-30 10:00", "1999-12-31 10:00", "2101-01-01", "2022-01-01 25:00",
        "2022-01-01 10:61", "2022-01-01 14:00 am", "2022-01-01 12:00 XYZ", "2022-01-01 12:00 CST",
        "2022-01-01 12:00 GMT+15", "12/2022/3", "13/13/2022 1:00", "7", 7, True, "2022-01-01 " * 99,
        "١٢", "2022-01-01 10:00 am pm",
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_unreadable(cell: object) -> None:
    times = read(cell)
    assert times.received.isna().all()
    assert times.problem[0] == "unreadable"
    assert times.why[0] != ""


def test_blank_is_missing() -> None:
    assert list(read("", None, "\u00a0", float("nan")).problem) == ["missing"] * 4


def test_truth_of_real_exports(shared_data: Path) -> None:
    zones = {"form-es-autos-sheet": "America/Mexico_City", "form-en-us-sheet": "America/New_York"}
    with (shared_data / "forms-timestamp-truth" / "timestamps.csv").open(newline="") as file:
        known = list(csv.DictReader(file))
    assert len(known) == 5
    for row in known:
        zone = zones.get(row["dataset"], "UTC")
        order = "mdy" if row["dataset"] == "form-en-us-sheet" else None
        wanted = dt.datetime.fromisoformat(row["expected_iso"])
        wanted = wanted if wanted.tzinfo else wanted.replace(tzinfo=ZoneInfo(zone))
        assert read(row["raw"], zone=zone, order=order).received[0] == wanted


def test_one_certain_cell_decides_for_the_column() -> None:
    times = read("3/4/2022 1:00", "17/9/2022 1:00")
    assert times.received[0] == pd.Timestamp("2022-04-03T01:00Z")
    times = read("3/4/2022 1:00", "9/17/2022 1:00")
    assert times.received[0] == pd.Timestamp("2022-03-04T01:00Z")


def test_contradicting_cells_leave_the_doubtful_ones_open() -> None:
    times = read("17/9/2022 1:00", "3/4/2022 1:00", "9/17/2022 1:00", "5/5/2022 1:00")
    assert list(times.problem) == ["", "ambiguous", "", ""]
    assert times.received[0] == times.received[2]


def test_without_evidence_all_are_ambiguous_and_it_is_said_once() -> None:
    times = read("9/6/2018 0:06:16", "9/6/2018 0:06:16", "5/5/2018 0:06:16")
    assert list(times.problem) == ["ambiguous", "ambiguous", ""]
    assert times.sentence.startswith("2 times")
    assert read("9/17/2018 0:06:16", "9/6/2018").sentence == ""


def test_date_order_wins_over_doubt() -> None:
    assert read("9/6/2018", order="dmy").received[0] == pd.Timestamp("2018-06-09T00:00Z")
    assert list(read("9/6/2018", "17/9/2018", order="mdy").problem) == ["", "unreadable"]
    assert read("18/6/9", order="ymd").received[0] == pd.Timestamp("2018-06-09T00:00Z")
    assert read("9/6/2018", order="ymd").problem[0] == "unreadable"


def test_cells_can_be_judged_one_by_one() -> None:
    cells = pd.Series(["3/4/2022", "17/9/2022"])
    assert list(parse(cells, UTC, by_column=False).problem) == ["ambiguous", ""]


def test_the_zones_own_letters_win() -> None:
    noon = "2024-07-01 12:00 CST"
    assert read(noon, zone="America/Chicago").received[0] == pd.Timestamp("2024-07-01T18:00Z")
    assert read(noon, zone="Asia/Shanghai").received[0] == pd.Timestamp("2024-07-01T04:00Z")
    assert read(noon, zone="Europe/Berlin").problem[0] == "unreadable"


@pytest.mark.parametrize(
    ("zone", "local", "expected"),
    [
        ("America/Chicago", "2024-11-03 01:30", "2024-11-03T06:30Z"),
        ("Europe/Dublin", "2024-10-27 01:30", "2024-10-27T00:30Z"),
        ("America/Chicago", "2024-03-10 02:30", "2024-03-10T08:00Z"),
        ("Europe/Berlin", "2024-03-31 02:30", "2024-03-31T01:00Z"),
    ],
)
def test_repeated_hours_are_the_first_and_skipped_ones_move_on(
    zone: str, local: str, expected: str
) -> None:
    assert read(local, zone=zone).received[0] == pd.Timestamp(expected)


def test_index_and_order_are_kept() -> None:
    cells = pd.Series(["2022-01-02", "", "2022-01-01", "2022-01-02"], index=[7, 3, 9, 1])
    times = parse(cells, UTC)
    assert list(times.received.index) == [7, 3, 9, 1]
    assert list(times.received.dt.day.fillna(0)) == [2, 0, 1, 2]
    assert parse(cells[:0], UTC).received.empty


def test_days_are_the_zones_days() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    times = read("2022-01-01T23:30Z", "")
    assert list(days(times, berlin).dt.day.fillna(0)) == [2, 0]


@given(
    st.datetimes(
        dt.datetime.fromisoformat("2000-01-02T00:00:00"),
        dt.datetime.fromisoformat("2100-12-30T00:00:00"),
    ),
    st.sampled_from(["%d/%m/%Y %H:%M:%S", "%Y/%m/%d %I:%M:%S %p", "%Y-%m-%dT%H:%M:%S"]),
)
def test_what_was_written_is_read(moment: dt.datetime, pattern: str) -> None:
    times = read(moment.strftime(pattern), order="dmy")
    assert times.received[0] == pd.Timestamp(moment.replace(microsecond=0), tz="UTC")


@given(st.lists(st.text(max_size=40) | st.floats() | st.integers() | st.none() | st.booleans()))
def test_nothing_breaks_it(cells: list[object]) -> None:
    times = read(*cells)
    assert list(times.received.isna()) == list(times.problem != "")
