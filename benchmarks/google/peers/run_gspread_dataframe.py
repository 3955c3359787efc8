"""gspread-dataframe as its documentation shows it."""

from __future__ import annotations

import gspread
import job
import pandas as pd
from gspread_dataframe import get_as_dataframe, set_with_dataframe

work = job.given()
client = gspread.service_account(filename=work.key)
spreadsheet = client.open_by_key(work.spreadsheet)
read = {title: get_as_dataframe(spreadsheet.worksheet(title)) for title in work.read}
for title, (header, *rows) in work.write.items():
    try:
        worksheet = spreadsheet.worksheet(title)
    except gspread.exceptions.WorksheetNotFound:
        worksheet = spreadsheet.add_worksheet(title=title, rows=len(rows) + 1, cols=len(header))
    set_with_dataframe(worksheet, pd.DataFrame(rows, columns=header), resize=True)
job.done(read)
