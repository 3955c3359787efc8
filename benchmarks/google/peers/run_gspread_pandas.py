"""gspread-pandas as its documentation shows it."""

from __future__ import annotations

import json
from pathlib import Path

import job
import pandas as pd
from gspread_pandas import Spread

work = job.given()
spread = Spread(work.spreadsheet, config=json.loads(Path(work.key).read_text(encoding="utf-8")))
read = {title: spread.sheet_to_df(sheet=title, index=None) for title in work.read}
for title, (header, *rows) in work.write.items():
    frame = pd.DataFrame(rows, columns=header)
    spread.df_to_sheet(frame, index=False, sheet=title, replace=True)
job.done(read)
