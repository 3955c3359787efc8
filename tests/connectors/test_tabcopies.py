"""Daily copies: one of each name and day, where something is new, for thirty days."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from config.raw import RawTable
from connectors.protocols import TrackerRead
from connectors.tabcopies import copies, forget_old, keep_copy, tabs_as_workbook
from connectors.workbook import read_workbook

DAY = dt.date(2026, 3, 16)
LONG = "Promises of all our member organisations"


def later(days: int) -> dt.date:
    return DAY + dt.timedelta(days=days)


def test_a_copy_is_made_once_a_day_and_only_of_what_is_new(tmp_path: Path) -> None:
    kept = keep_copy(tmp_path, "tracker.xlsx", DAY, b"one")
    assert kept == tmp_path / "tracker-2026-03-16.xlsx"
    assert kept.stat().st_mode & 0o777 == 0o600
    assert keep_copy(tmp_path, "tracker.xlsx", DAY, b"two") is None
    assert keep_copy(tmp_path, "tracker.xlsx", later(1), b"one") is None
    assert keep_copy(tmp_path, "results.xlsx", later(1), b"one") is not None
    assert keep_copy(tmp_path, "tracker.xlsx", later(2), b"two") is not None
    assert keep_copy(tmp_path, "tracker.xlsx", later(3), b"one") is not None
    # The clock went backwards: what is newer is no measure.
    assert keep_copy(tmp_path, "tracker.xlsx", later(-1), b"one") is not None


def test_how_it_stood_thirty_days_ago_can_be_found_again(tmp_path: Path) -> None:
    for days in (0, 10, 40):
        keep_copy(tmp_path, "a-b.xlsx", later(days), f"{days}".encode())
    others = ("notes-2026-01-01", "mine.xlsx", "x-2026-02-31.xlsx", "state-schema4-2020-01-01.db",
              "minutes-2020-01-01.docx", "minutes-2020-02-01.docx")  # fmt: skip
    for name in others:
        (tmp_path / name).touch()
    forget_old(tmp_path, ["a-b.xlsx"], later(39))
    assert [path.name for _, path in copies(tmp_path)["a-b.xlsx"]] == [
        "a-b-2026-03-16.xlsx", "a-b-2026-03-26.xlsx", "a-b-2026-04-25.xlsx",
    ]  # fmt: skip
    forget_old(tmp_path, ["a-b.xlsx"], later(40))
    assert len(copies(tmp_path)["a-b.xlsx"]) == 2
    forget_old(tmp_path, ["a-b.xlsx"], later(400))
    assert [path.read_bytes() for _, path in copies(tmp_path)["a-b.xlsx"]] == [b"40"]
    assert {path.name for path in tmp_path.iterdir()} > set(others)


def test_the_tabs_of_a_spreadsheet_become_one_workbook(tmp_path: Path) -> None:
    def table(title: str, header: tuple[str, ...], *rows: tuple[object, ...]) -> RawTable:
        return RawTable(title, header, rows, range(2, len(rows) + 2))  # type: ignore[arg-type]

    read = TrackerRead(
        {LONG: table(LONG, ("What", "Due"), ("=1+1", DAY), ("<r>soup</r>", None))},
        {"to decide": table("to decide", ("Key",), ("k-1",)), "Empty": table("Empty", ())},
    )
    content = tabs_as_workbook(read)
    assert content == tabs_as_workbook(read)
    (tmp_path / "tabs.xlsx").write_bytes(content)
    found = read_workbook(tmp_path / "tabs.xlsx")
    assert list(found)[:2] == [LONG[:31], "to decide"]
    assert found[LONG[:31]].header == ("What", "Due")
    assert [tuple(row) for row in found[LONG[:31]].rows] == [("=1+1", DAY), ("<r>soup</r>", None)]
    assert found["to decide"].rows[0][0] == "k-1"
