"""pygsheets as its documentation shows it. It can't reach a tab with an apostrophe in its title."""

from __future__ import annotations

import job
import pygsheets
from googleapiclient.errors import HttpError

work = job.given()
client = pygsheets.authorize(service_file=work.key)
spreadsheet = client.open_by_key(work.spreadsheet)
read = {}
for title in work.read:
    try:
        read[title] = spreadsheet.worksheet_by_title(title).get_all_records()
    except HttpError:
        continue
for title, rows in work.write.items():
    try:
        worksheet = spreadsheet.worksheet_by_title(title)
        worksheet.clear()
    except pygsheets.WorksheetNotFound:
        worksheet = spreadsheet.add_worksheet(title, rows=len(rows), cols=len(rows[0]))
    try:
        worksheet.update_values("A1", rows, extend=True)
    except HttpError:
        continue
job.done(read)
