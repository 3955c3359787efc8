"""gspread as its documentation shows it: one tab after the other."""

from __future__ import annotations

import gspread
import job

work = job.given()
client = gspread.service_account(filename=work.key)
spreadsheet = client.open_by_key(work.spreadsheet)
read = {}
for title in work.read:
    worksheet = spreadsheet.worksheet(title)
    try:
        read[title] = worksheet.get_all_records()
    except gspread.exceptions.GSpreadException:  # two headers are alike
        read[title] = worksheet.get_all_values()[1:]
for title, rows in work.write.items():
    try:
        worksheet = spreadsheet.worksheet(title)
        worksheet.clear()
    except gspread.exceptions.WorksheetNotFound:
        worksheet = spreadsheet.add_worksheet(title=title, rows=len(rows), cols=len(rows[0]))
    worksheet.update(rows, "A1")
job.done(read)
