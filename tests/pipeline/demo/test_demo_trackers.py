"""The people's tracker of the invented coalition."""

from __future__ import annotations

import datetime as dt
import io
from itertools import pairwise

import openpyxl
import pytest

from config.tables import SIGNONS, TABLES
from config.tables.later import LATER
from config.text import clean, nearest
from pipeline.demo.forms import points, responses
from pipeline.demo.story import STAGES, TODAY
from pipeline.demo.trackers import TABS, Tab, cell, tabs, xlsx_bytes

BY_TITLE = {table.title: table for table in TABLES}
RENAMED = ("Meetings", "What came of this")
"""The header that somebody renamed, planted to be found."""
DATED = ("First contact", "Last touch", "Replied", "Added")
PLANTED: dict[str, list[str]] = {
    "Promises": ["soon"],
    "Conversations": ["31/02/2026", "uno a uno"],
    "Groups": ["grupo de trabajo"],
    "Actions": ["1 240", "about 200", "perhaps"],
    "Meetings": ["around 300"],
    "Goals & levers": ["1,5"],
    "Media": ["favorable"],
    "Decision-makers": ["unbekannt"],
    "Milestones": ["audience publique"],
    "Help": ["formation", "٣٤"],
    "Lessons": ["maybe later", "sí"],
    "Contacts": ["de prensa"],
}
"""Cells in other words, languages or digits than the tables' own: some read, some in To fix."""
NOW = {tab.title: tab for tab in tabs(TODAY)}


def column(tab: Tab, title: str) -> list[object]:
    at = tab.header.index(title)
    return [row[at] for row in tab.rows]


def test_every_tab_is_in_use_in_the_end() -> None:
    assert list(NOW) == list(TABS)


@pytest.mark.parametrize("title", [title for title in TABS if title != "Sign-ons by hand"])
def test_titles_are_those_of_the_tables(title: str) -> None:
    table = BY_TITLE[title]
    known = {column.title for column in table.columns}
    strange = [name for name in NOW[title].header if name not in known]
    assert strange == ([RENAMED[1]] if title == RENAMED[0] else [])
    assert {column.title for column in table.columns if column.required} <= set(NOW[title].header)


def test_the_renamed_header_has_a_near_right_one() -> None:
    titles = [column.title for column in BY_TITLE[RENAMED[0]].columns]
    assert nearest(RENAMED[1], titles) == "What came of it"


def test_sign_ons_by_hand_has_the_titles_of_sign_ons() -> None:
    known = {column.title for column in SIGNONS.columns} | set(points().values())
    assert set(NOW["Sign-ons by hand"].header) <= known


@pytest.mark.parametrize("table", [t for t in LATER if t.title in TABS], ids=lambda t: t.title)
def test_dates_counts_and_choices_read_but_for_the_planted_ones(table: object) -> None:
    faults = []
    for col in table.columns:  # type: ignore[attr-defined]
        if col.title not in NOW[table.title].header:  # type: ignore[attr-defined]
            continue
        for value in column(NOW[table.title], col.title):  # type: ignore[attr-defined]
            if value is None:
                faults += [col.title] if col.required else []
                continue
            wrong = (
                (col.kind == "date" and not isinstance(value, dt.date))
                or (col.kind in ("count", "number") and not isinstance(value, (int, float)))
                or (col.kind == "choice" and value not in col.choices)
                or (col.kind == "yesno" and value not in ("yes", "no"))
            )
            faults += [value] if wrong else []
    assert sorted(faults) == sorted(PLANTED.get(table.title, []))  # type: ignore[attr-defined]


def test_members_in_the_trackers_are_spelt_as_they_signed_but_for_three() -> None:
    signed = {clean(response.answers["organisation"]) for response in responses(TODAY)}
    signed |= set(map(str, column(NOW["Sign-ons by hand"], "Organisation")))
    wanted = set(map(str, column(NOW["Outreach"], "Organisation")))
    lists = ("Partners", "Invited", "Present", "Spoke or chaired", "Quotes", "Contacted by",
             "Who did it", "Used by", "Given by")  # fmt: skip
    strange = set()
    for tab in NOW.values():
        for title in tab.header:
            if title.startswith(("Organisation", "Started", "Reported")) or title in lists:
                cells = (str(value).split("; ") for value in column(tab, title) if value)
                strange |= {name for names in cells for name in names} - signed - wanted
    assert strange == {
        "Freinds of the Miresk", "The Gravel Bar Society", "Ufergemeinschaft Hinterstrom",
    }  # fmt: skip


def test_no_tab_shrinks_and_none_tells_the_future() -> None:
    for early, late in pairwise(STAGES):
        before = {tab.title: tab for tab in tabs(early.day)}
        after = {tab.title: tab for tab in tabs(late.day)}
        assert before.keys() <= after.keys()
        for title, tab in before.items():
            assert len(tab.rows) <= len(after[title].rows)
        outreach = before.get("Outreach", Tab("Outreach", DATED, ()))
        for title in DATED:
            dates = [value for value in column(outreach, title) if value]
            assert all(value < early.day for value in dates)  # type: ignore[operator]


def test_a_cell_holds_what_stood_there_that_day() -> None:
    text = "2025-10-02 contacted > 2025-10-06 joined"
    assert cell("Stage", text, dt.date(2025, 10, 2)) is None
    assert cell("Stage", text, dt.date(2025, 10, 6)) == "contacted"
    assert cell("Stage", text, dt.date(2025, 10, 7)) == "joined"
    assert cell("Done", "2026-02-06", dt.date(2026, 2, 6)) is None
    assert cell("Done", "2026-02-06", dt.date(2026, 2, 7)) == dt.date(2026, 2, 6)
    assert cell("Due", "2026-02-06", dt.date(2026, 1, 1)) == dt.date(2026, 2, 6)
    assert cell("People", "2026-02-06 43", TODAY) == 43
    assert cell("Target", "0.25", TODAY) == 0.25
    assert cell("Due", "soon", TODAY) == "soon"
    assert cell("Hours", "2026-06-11 ٣٤", TODAY) == "٣٤"
    assert cell("As of", "2026-01-19 > 2026-06-15", dt.date(2026, 6, 16)) == dt.date(2026, 6, 15)


def test_the_workbook_holds_the_tabs_with_real_dates_and_numbers() -> None:
    book = openpyxl.load_workbook(io.BytesIO(xlsx_bytes(TODAY)))
    assert book.sheetnames == list(TABS)
    for title, tab in NOW.items():
        sheet = list(book[title].iter_rows(values_only=True))
        assert sheet[0] == tab.header
        shown = [
            tuple(v.date() if isinstance(v, dt.datetime) else v for v in row) for row in sheet[1:]
        ]
        assert shown == list(tab.rows)
    assert book.properties.created.date() == dt.date(2025, 10, 1)
