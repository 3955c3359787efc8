"""Stock gspread: a tab's properties, sizes, hidden rows and groups."""

from __future__ import annotations

from collections.abc import Iterator

import gspread
import pytest
from gspread.utils import Dimension

from tests.google_emulator.gspread_scene import ROWS, Cases, Scene, fresh, run, seen

case = Cases()


# ---- properties


@case(0, "Worksheet.id", "Worksheet.title", "Worksheet.index", "Worksheet.url")
def properties(s: Scene) -> Iterator[None]:
    yield
    assert (s.ws.id, s.ws.title, s.ws.index) == (0, "Sheet1", 0)
    assert s.ws.url.endswith("#gid=0")


@case(0, "Worksheet.spreadsheet", "Worksheet.row_count", "Worksheet.col_count")
def sizes(s: Scene) -> Iterator[None]:
    yield
    assert (s.ws.row_count, s.ws.col_count, s.ws.column_count) == (10, 5, 5)
    assert s.ws.spreadsheet is s.sh


@case(0, "Worksheet.column_count", "Worksheet.frozen_row_count", "Worksheet.frozen_col_count")
def frozen(s: Scene) -> Iterator[None]:
    yield
    assert (s.ws.frozen_row_count, s.ws.frozen_col_count) == (0, 0)


@case(0, "Worksheet.isSheetHidden", "Worksheet.is_gridlines_hidden", "Worksheet.get_tab_color")
def flags(s: Scene) -> Iterator[None]:
    yield
    assert (s.ws.isSheetHidden, s.ws.is_gridlines_hidden) == (False, False)
    assert s.ws.get_tab_color() is None


@case(1, "Worksheet.update_title")
def update_title(s: Scene) -> Iterator[None]:
    s.ws.update_title("It's: a / tab")
    yield
    assert fresh(s).title == "It's: a / tab"
    assert s.ws.get("A1") == [["Name"]]


@case(1, "Worksheet.update_index")
def update_index(s: Scene) -> Iterator[None]:
    s.ws.update_index(2)  # counted before the tab has moved
    yield
    assert [sheet.title for sheet in s.book.sheets] == ["Notes", "Sheet1"]


@case(1, "Worksheet.update_tab_color")
def update_tab_color(s: Scene) -> Iterator[None]:
    s.ws.update_tab_color("#ff7700")
    yield
    assert fresh(s).get_tab_color() == "#FF7700"


@case(1, "Worksheet.clear_tab_color")
def clear_tab_color(s: Scene) -> Iterator[None]:
    s.ws._properties["tabColorStyle"] = {"rgbColor": {"red": 1}}
    s.ws.clear_tab_color()
    yield
    assert fresh(s).get_tab_color() is None


@case(1, "Worksheet.hide")
def hide(s: Scene) -> Iterator[None]:
    s.ws.hide()
    yield
    assert fresh(s).isSheetHidden
    assert [w.title for w in s.sh.worksheets(exclude_hidden=True)] == ["Notes"]
    with pytest.raises(gspread.exceptions.APIError, match="can't hide all"):
        s.sh.worksheet("Notes").hide()


@case(1, "Worksheet.show")
def show(s: Scene) -> Iterator[None]:
    s.ws.show()
    yield
    assert not fresh(s).isSheetHidden


@case(1, "Worksheet.hide_gridlines")
def hide_gridlines(s: Scene) -> Iterator[None]:
    s.ws.hide_gridlines()
    yield
    assert fresh(s).is_gridlines_hidden


@case(1, "Worksheet.show_gridlines")
def show_gridlines(s: Scene) -> Iterator[None]:
    s.ws.show_gridlines()
    yield
    assert not fresh(s).is_gridlines_hidden


@case(1, "Worksheet.freeze")
def freeze(s: Scene) -> Iterator[None]:
    s.ws.freeze(rows=1, cols=2)
    yield
    found = fresh(s)
    assert (found.frozen_row_count, found.frozen_col_count) == (1, 2)


# ---- sizes


@case(1, "Worksheet.resize")
def resize(s: Scene) -> Iterator[None]:
    s.ws.resize(rows=2, cols=2)
    yield
    assert (s.tab.rows, s.tab.columns) == (2, 2)
    assert s.grid == [row[:2] for row in ROWS[:2]]


@case(1, "Worksheet.add_rows")
def add_rows(s: Scene) -> Iterator[None]:
    s.ws.add_rows(5)
    yield
    assert s.tab.rows == 15


@case(1, "Worksheet.add_cols")
def add_cols(s: Scene) -> Iterator[None]:
    s.ws.add_cols(2)
    yield
    assert s.tab.columns == 7


@case(1, "Worksheet.delete_rows")
def delete_rows(s: Scene) -> Iterator[None]:
    s.ws.delete_rows(2)
    yield
    assert s.grid == [ROWS[0], ROWS[2]]
    assert s.tab.rows == 9


@case(1, "Worksheet.delete_columns")
def delete_columns(s: Scene) -> Iterator[None]:
    s.ws.delete_columns(1, 2)
    yield
    assert s.grid == [["City"], ["Lyon"], ["Ghent"]]


@case(1, "Worksheet.delete_dimension")
def delete_dimension(s: Scene) -> Iterator[None]:
    s.ws.delete_dimension(Dimension.rows, 1, 2)
    yield
    assert s.grid == [ROWS[2]]


@case(1, "Worksheet.columns_auto_resize")
def columns_auto_resize(s: Scene) -> Iterator[None]:
    told = s.ws.columns_auto_resize(0, 3)
    yield
    assert told["replies"] == [{}]


@case(1, "Worksheet.rows_auto_resize")
def rows_auto_resize(s: Scene) -> Iterator[None]:
    told = s.ws.rows_auto_resize(0, 3)
    yield
    assert told["replies"] == [{}]


def _hidden(s: Scene, which: str) -> list[bool]:
    data = seen(s, f"data({which})", includeGridData=True)["data"][0][which]
    return [bool(entry.get("hiddenByUser")) for entry in data[:4]]


@case(1, "Worksheet.hide_rows")
def hide_rows(s: Scene) -> Iterator[None]:
    s.ws.hide_rows(1, 3)
    yield
    assert _hidden(s, "rowMetadata") == [False, True, True, False]
    assert s.ws.get_all_values() == ROWS  # S-29


@case(1, "Worksheet.unhide_rows")
def unhide_rows(s: Scene) -> Iterator[None]:
    s.ws.unhide_rows(0, 3)
    yield
    assert _hidden(s, "rowMetadata") == [False] * 4


@case(1, "Worksheet.hide_columns")
def hide_columns(s: Scene) -> Iterator[None]:
    s.ws.hide_columns(0, 1)
    yield
    assert _hidden(s, "columnMetadata") == [True, False, False, False]


@case(1, "Worksheet.unhide_columns")
def unhide_columns(s: Scene) -> Iterator[None]:
    s.ws.unhide_columns(0, 1)
    yield
    assert _hidden(s, "columnMetadata") == [False] * 4


@case(1, "Worksheet.add_dimension_group_rows", "Worksheet.delete_dimension_group_rows")
def group_rows(s: Scene) -> Iterator[None]:
    s.ws.add_dimension_group_rows(1, 3)
    yield
    [group] = s.ws.list_dimension_group_rows()
    assert (group["range"]["startIndex"], group["range"]["endIndex"]) == (1, 3)
    assert group["depth"] == 1
    s.ws.delete_dimension_group_rows(1, 3)
    assert s.ws.list_dimension_group_rows() == []


@case(1, "Worksheet.add_dimension_group_columns", "Worksheet.delete_dimension_group_columns")
def group_columns(s: Scene) -> Iterator[None]:
    s.ws.add_dimension_group_columns(0, 2)
    yield
    [group] = s.ws.list_dimension_group_columns()
    assert group["range"]["endIndex"] == 2
    s.ws.delete_dimension_group_columns(0, 2)
    assert s.ws.list_dimension_group_columns() == []


@case(1, "Worksheet.list_dimension_group_rows")
def list_groups(s: Scene) -> Iterator[None]:
    found = s.ws.list_dimension_group_rows()
    yield
    assert found == []


@case(1, "Worksheet.list_dimension_group_columns")
def list_column_groups(s: Scene) -> Iterator[None]:
    found = s.ws.list_dimension_group_columns()
    yield
    assert found == []


@pytest.mark.parametrize("name", list(case))
def test_tabs(stock: Scene, name: str) -> None:
    run(stock, case[name])
