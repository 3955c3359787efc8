"""A tab is ticked on Start, made, filled in and counted, all through the program."""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
from contextlib import closing

import openpyxl
import pytest

from pipeline.runner import Order, run

THIRD_DAY = dt.date(2026, 3, 18)


def word(coalition, tab, text):
    """Type a word beside a tab on Start."""

    def typed(header, rows):
        for row in rows:
            if row[header.index("Tab")] == tab:
                row[header.index("Your word")] = text
        return rows

    coalition.edit("Start", typed)


def start(coalition, tab):
    (line,) = [row for row in coalition.tab("Start") if row["Tab"] == tab]
    return line


def test_from_a_tick_to_a_number(fresh):
    fresh.run()
    book = openpyxl.load_workbook(fresh.results)
    shown = [sheet.title for sheet in book if sheet.sheet_state == "visible"]
    assert "Every form checked" in shown, "a form raised a question on the first day"
    assert {"Numbers over time", "Weaver's log"}.isdisjoint(shown)
    assert "Meetings" not in shown

    word(fresh, "Meetings", "yes")
    made = fresh.run()
    assert made["cells_written"] > 15
    assert not [p for p in made["problems"] if p["tab"] == "Meetings"]
    sheet = openpyxl.load_workbook(fresh.results)["Meetings"]
    header, example = ([cell.value for cell in row] for row in sheet.iter_rows(max_row=2))
    assert header[:4] == ["Date", "Name", "Kind", "Group"]
    assert [str(cell) for cell in example[:2]] == ["2026-03-09 00:00:00", "Example meeting"]
    assert "Needed." in sheet["B1"].comment.text
    lists = {str(rule.sqref)[0]: rule.formula1 for rule in sheet.data_validations.dataValidation}
    assert lists["C"] == '"meeting,steering,assembly,training,event"'
    fresh.touched()
    assert fresh.run()["cells_written"] == 0
    assert start(fresh, "Meetings")["Rows"] == 0

    def hold(header, rows):
        cells = {"Date": dt.date(2026, 3, 17), "Name": "First talk", "Kind": "meeting"}
        return [*rows, [cells.get(title) for title in header]]

    fresh.edit("Meetings", hold)
    fresh.on(THIRD_DAY)
    done = fresh.run()
    assert start(fresh, "Meetings")["Rows"] == 1
    assert str(start(fresh, "Meetings")["Last touched"]) == "2026-03-18"
    assert "Example Organisation" not in json.dumps(done)
    rows = fresh.tab("Meetings")
    assert [row["Name"] for row in rows] == ["Example meeting", "First talk"]
    sheet = openpyxl.load_workbook(fresh.results)["Meetings"]
    assert sheet.data_validations.dataValidation, "drop-downs stay"


def test_one_can_begin_without_a_tracker_and_tick_tab_after_tab(fresh):
    (fresh.folder / "tracker.xlsx").unlink()
    fresh.run()
    for day, tab in enumerate(("Contacts", "Groups", "Promises"), 17):
        word(fresh, tab, "yes")
        fresh.on(dt.date(2026, 3, day))
        made = fresh.run()
        assert tab in fresh.book()
        assert start(fresh, tab)["Rows"] == 0
        fresh.touched()
        again = fresh.run()
        assert again["cells_written"] == 0
        told = [*made["problems"], *again["problems"]]
        assert "tracker.xlsx" not in {problem["tab"] for problem in told}


def test_a_tracker_that_was_there_and_is_gone_is_missed(fresh):
    fresh.run()
    (fresh.folder / "tracker.xlsx").unlink()
    fresh.on(dt.date(2026, 3, 17))
    missed = fresh.run()
    assert "tracker.xlsx" in {problem["tab"] for problem in missed["problems"]}
    assert fresh.run() == missed | {"cells_written": 0, "idle": True, "mail": missed["mail"]}


class Killed(BaseException):
    """Stands for the end of the process."""


def killed(coalition, step):
    """A run that comes to its end where that step begins."""

    def at(name):
        if name == step:
            raise Killed

    now = dt.datetime(2026, 3, 16, 12, tzinfo=dt.UTC)
    with pytest.raises(Killed):
        run(Order(coalition.settings, now, step=at))


@pytest.mark.parametrize(
    "step",
    ["publish", *(pytest.param(s, marks=pytest.mark.slow) for s in ("record", "finish"))],
)
def test_a_run_that_was_killed_ends_in_the_same_place(fresh, step, tmp_path):
    fresh.run()
    word(fresh, "Meetings", "yes")
    other = fresh.copy(tmp_path / "other")
    fresh.run()
    killed(other, step)
    other.run()
    other.touched()
    assert other.run()["cells_written"] == 0
    for title in ("Start", "Meetings", "Numbers"):
        assert other.tab(title) == fresh.tab(title)
    assert tabs(other) == tabs(fresh)


def tabs(coalition):
    """What the store remembers of each tab."""
    with closing(sqlite3.connect(coalition.folder / "state.db")) as store:
        return store.execute("select * from tabs order by name").fetchall()
