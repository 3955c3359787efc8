"""gspread by somebody who counts requests: everything in as few as it offers."""

from __future__ import annotations

import gspread
import job

work = job.given()
client = gspread.service_account(filename=work.key)
spreadsheet = client.open_by_key(work.spreadsheet)
there = {worksheet.title: worksheet for worksheet in spreadsheet.worksheets()}
found = spreadsheet.values_batch_get([gspread.utils.absolute_range_name(t) for t in work.read])
read = {title: one.get("values", [])[1:]
        for title, one in zip(work.read, found["valueRanges"], strict=True)}  # fmt: skip
requests = []
for title, rows in work.write.items():
    size = {"rowCount": len(rows), "columnCount": len(rows[0])}
    if title not in there:
        new = {"title": title, "gridProperties": size}
        requests.append({"addSheet": {"properties": new}})
    elif there[title].row_count < len(rows) or there[title].col_count < len(rows[0]):
        old = {"sheetId": there[title].id, "gridProperties": size}
        requests.append({"updateSheetProperties": {"properties": old, "fields": "gridProperties"}})
if requests:
    spreadsheet.batch_update({"requests": requests})
ranges = {title: gspread.utils.absolute_range_name(title) for title in work.write}
if old := [ranges[title] for title in work.write if title in there]:
    spreadsheet.values_batch_clear(body={"ranges": old})
data = [{"range": gspread.utils.absolute_range_name(title, "A1"), "values": rows}
        for title, rows in work.write.items()]  # fmt: skip
spreadsheet.values_batch_update({"valueInputOption": "RAW", "data": data})
job.done(read)
