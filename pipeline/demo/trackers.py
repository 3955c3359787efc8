"""The people's tracker: what the coordinators had typed into its tabs by a given day."""

from __future__ import annotations

import datetime as dt
import io
import re
from dataclasses import dataclass

import xlsxwriter

from config.raw import Scalar
from pipeline.demo.people import HERE, rows_of

CREATED = dt.datetime(2025, 10, 1, 9, 0, tzinfo=dt.UTC)
TABS = {
    "Sign-ons by hand": "sign_ons_by_hand",
    "Outreach": "outreach",
    "Who's missing": "whos_missing",
    "Conversations": "conversations",
    "Groups": "groups",
    "Promises": "promises",
    "Actions": "actions",
    "Meetings": "meetings",
    "Decisions": "decisions",
    "Goals & levers": "goals_levers",
    "Statement feedback": "statement_feedback",
    "Media": "media",
    "Decision-makers": "decision_makers",
    "Milestones": "milestones",
    "Help": "help",
    "Lessons": "lessons",
    "Contacts": "contacts",
    "Our targets": "our_targets",
}
"""Tab → its table in `tabs/`, whose column `entered` says when a row was typed.

A cell such as `2025-10-02 contacted > 2025-10-06 joined` holds what stood there from which day on.
"""
HAPPENED = frozenset([
    "Stage", "First contact", "Last touch", "Replied", "Done", "Placed", "We amplified it on",
    "As of", "First answer", "Closed", "Co-sponsor on", "Until",
])  # fmt: skip
"""Columns that tell the past, so that a date to come stands there only once it has come."""
WIDE = frozenset([
    "Organisation", "Organisation A", "Organisation B", "Title", "What", "Initiative", "Invited",
    "Present", "What came of this", "Started by", "Partners", "Guest", "What must shift",
    "Decision", "Evidence", "What they said in public", "Contacted by", "Who did it", "Used by",
])  # fmt: skip
_ENTRY = re.compile(r"(\d{4}-\d\d-\d\d)(?: (.+))?", re.DOTALL)
_NUMBER = re.compile(r"[0-9]+(\.[0-9]+)?")


@dataclass(frozen=True)
class Tab:
    """One tab of the workbook: titles, and typed rows below them."""

    title: str
    header: tuple[str, ...]
    rows: tuple[tuple[Scalar, ...], ...]


def tabs(before: dt.date) -> tuple[Tab, ...]:
    """The tabs in use in the early morning of that day; a tab comes with its first row."""
    found = (_tab(title, name, before) for title, name in TABS.items())
    return tuple(tab for tab in found if tab.rows)


def _tab(title: str, name: str, before: dt.date) -> Tab:
    rows = rows_of(HERE / "tabs" / f"{name}.csv")
    header = tuple(column for column in rows[0] if column != "entered")
    typed = (row for row in rows if dt.date.fromisoformat(row["entered"]) < before)
    return Tab(
        title, header, tuple(tuple(cell(c, row[c], before) for c in header) for row in typed)
    )


def cell(column: str, text: str, before: dt.date) -> Scalar:
    """What stood in a cell in the early morning of that day, as the type that a sheet keeps."""
    return _typed(_at(column, text, before))


def _at(column: str, text: str, before: dt.date) -> str:
    entries = [_ENTRY.fullmatch(part) for part in text.split(" > ")]
    dated = [entry for entry in entries if entry]
    if len(dated) < len(entries) or not (column in HAPPENED or dated[0][2]):
        return text
    past = [entry[2] or entry[1] for entry in dated if dt.date.fromisoformat(entry[1]) < before]
    return past[-1] if past else ""


def _typed(text: str) -> Scalar:
    if not text:
        return None
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        return dt.date.fromisoformat(text)
    if _NUMBER.fullmatch(text):
        return float(text) if "." in text else int(text)
    return text


def xlsx_bytes(before: dt.date) -> bytes:
    """`tracker.xlsx`; the same bytes for the same day."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False,
                                      "strings_to_urls": False})  # fmt: skip
    book.set_properties({"title": "Rivers for All: our tracker", "created": CREATED})
    bold = book.add_format({"bold": True, "bg_color": "#DCEBF2", "text_wrap": True})
    day = book.add_format({"num_format": "d mmm yyyy", "align": "left"})
    for tab in tabs(before):
        sheet = book.add_worksheet(tab.title)
        sheet.freeze_panes(1, 0)
        sheet.write_row(0, 0, tab.header, bold)
        for at, column in enumerate(tab.header):
            sheet.set_column(at, at, 34 if column in WIDE else 16)
        for number, row in enumerate(tab.rows, start=1):
            for at, value in enumerate(row):
                _write(sheet, number, at, value, day)
    book.close()
    return file.getvalue()


def _write(
    sheet: xlsxwriter.worksheet.Worksheet,
    row: int,
    column: int,
    value: Scalar,
    day: xlsxwriter.format.Format,
) -> None:
    if isinstance(value, dt.date):
        sheet.write_datetime(row, column, value, day)
    elif value is not None:
        sheet.write(row, column, value)
