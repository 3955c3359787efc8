"""Parsons as its documentation shows it."""

from __future__ import annotations

import json
from pathlib import Path

import job
from parsons import Table
from parsons.google.google_sheets import GoogleSheets

work = job.given()
sheets = GoogleSheets(json.loads(Path(work.key).read_text(encoding="utf-8")))
read = {}
for title in work.read:
    read[title] = list(sheets.get_worksheet(work.spreadsheet, title))
there = sheets.list_worksheets(work.spreadsheet)
for title, rows in work.write.items():
    if title not in there:
        sheets.add_sheet(work.spreadsheet, title, rows=len(rows), cols=len(rows[0]))
    sheets.overwrite_sheet(work.spreadsheet, Table(rows), title)
job.done(read)
