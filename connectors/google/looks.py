"""How Weaver's tabs look in Google Sheets: the same colours, widths and notes as in workbooks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from config.tabplan import ColumnPlan, View
from config.words import say
from connectors import style

Request = dict[str, Any]
_PIXELS = 7
"""Of a character, as wide as digits are in the usual font."""
LINKED = "userEnteredFormat.textFormat(link,foregroundColorStyle,underline)"
"""The fields of `link_to`."""
_LARGEST = 2_147_483_647
"""The numbers of Google's things have 31 bits."""
_PATTERNS = {
    "integer": ("NUMBER", "#,##0"),
    "date": ("DATE", "yyyy-mm-dd"),
    "datetime": ("DATE_TIME", "yyyy-mm-dd hh:mm"),
}


def area(sheet: int, rows: tuple[int, int | None], columns: tuple[int, int]) -> dict[str, int]:
    """A GridRange: places from 0, ends excluded; the last row None for all that follow."""
    found = {
        "sheetId": sheet,
        "startRowIndex": rows[0],
        "startColumnIndex": columns[0],
        "endColumnIndex": columns[1],
    }
    return found if rows[1] is None else found | {"endRowIndex": rows[1]}


def colour(code: str) -> dict[str, Any]:
    """A ColorStyle of "#RRGGBB"."""
    parts = [round(int(code[i : i + 2], 16) / 255, 4) for i in (1, 3, 5)]
    named = zip(("red", "green", "blue"), parts, strict=True)
    return {"rgbColor": {name: part for name, part in named if part}}


def header_cell(column: ColumnPlan, about: str = "") -> dict[str, Any]:
    """A title with its look and its note."""
    fill, ink = style.WEAVER_HEADER if column.ours else style.PEOPLE_HEADER
    cell: dict[str, Any] = {
        "userEnteredValue": {"stringValue": column.title},
        "userEnteredFormat": {
            "backgroundColorStyle": colour(fill),
            "textFormat": {"bold": True, "foregroundColorStyle": colour(ink)},
            "wrapStrategy": "WRAP",
            "verticalAlignment": "TOP",
        },
    }
    note = "\n\n".join(filter(None, (about, column.note)))
    return cell | ({"note": note} if note else {})


def cell_look(column: ColumnPlan) -> dict[str, Any]:
    """The format of the cells below a title.

    What people type as text stays the text that they typed: "3/4" doesn't become a day.
    """
    look: dict[str, Any] = {"wrapStrategy": "WRAP", "verticalAlignment": "TOP"}
    if column.format in _PATTERNS:
        kind, pattern = _PATTERNS[column.format]
        look["numberFormat"] = {"type": kind, "pattern": pattern}
        look["horizontalAlignment"] = "LEFT"
    if not column.ours:
        look["backgroundColorStyle"] = colour(style.PEOPLE_CELL)
        if column.format == "text":
            look["numberFormat"] = {"type": "TEXT", "pattern": "@"}
    return look


def link_to(sheet: int) -> dict[str, Any]:
    """The look of a cell that opens another tab of the spreadsheet."""
    ink = colour(style.LINK["font_color"])
    text = {"link": {"uri": f"#gid={sheet}"}, "foregroundColorStyle": ink, "underline": True}
    return {"userEnteredFormat": {"textFormat": text}}


def dress_rows(
    sheet: int, rows: tuple[int, int], columns: Sequence[ColumnPlan | None]
) -> Iterator[Request]:
    """Formats and drop-downs of the planned columns' cells in some rows."""
    for place, column in enumerate(columns):
        if column is None:
            continue
        where = area(sheet, rows, (place, place + 1))
        look = {"userEnteredFormat": cell_look(column)}
        yield {"repeatCell": {"range": where, "cell": look, "fields": "userEnteredFormat"}}
        if column.choices and not column.ours:
            yield {"setDataValidation": {"range": where, "rule": drop_down(column.choices)}}


def drop_down(words: Sequence[str]) -> dict[str, Any]:
    """A list to choose from, which warns of other words and lets them stand."""
    values = [{"userEnteredValue": word} for word in words]
    return {
        "condition": {"type": "ONE_OF_LIST", "values": values},
        "inputMessage": say("Weaver only understands the words of the list."),
        "showCustomUi": True,
    }


def colours(sheet: int, top: int, columns: Sequence[ColumnPlan | None]) -> Iterator[Request]:
    """A rule for each word that is coloured, down to the end of the tab."""
    for place, column in enumerate(columns):
        for text, name in column.colours.items() if column else ():
            fill, ink = style.COLOURS[name]
            rule = {
                "ranges": [area(sheet, (top, None), (place, place + 1))],
                "booleanRule": {
                    "condition": {"type": "TEXT_EQ", "values": [{"userEnteredValue": text}]},
                    "format": {
                        "backgroundColorStyle": colour(fill),
                        "textFormat": {"foregroundColorStyle": colour(ink)},
                    },
                },
            }
            yield {"addConditionalFormatRule": {"rule": rule, "index": 0}}


def views(
    sheet: int, rows: int, columns: Sequence[ColumnPlan], wanted: Sequence[View]
) -> Iterator[Request]:
    """Filter views, which change nothing for those who don't open them."""
    places = {column.title: place for place, column in enumerate(columns)}
    for number, view in enumerate(wanted, 1):
        order = [
            {"dimensionIndex": places[title], "sortOrder": "DESCENDING" if down else "ASCENDING"}
            for title, down in view.by
        ]
        found: dict[str, Any] = {
            "filterViewId": (sheet * 10 + number) % _LARGEST,
            "title": view.title,
            "range": area(sheet, (0, rows), (0, len(columns))),
            "sortSpecs": order,
        }
        if view.column:
            hidden = {"hiddenValues": list(view.without)}
            spec = {"columnIndex": places[view.column], "filterCriteria": hidden}
            found["filterSpecs"] = [spec]
        yield {"addFilterView": {"filter": found}}


def widths(sheet: int, columns: Sequence[ColumnPlan | None]) -> Iterator[Request]:
    """The planned columns' widths."""
    for place, column in enumerate(columns):
        if column is None:
            continue
        pixels = int(style.width(column.title, column, []) * _PIXELS) + 12
        yield {
            "updateDimensionProperties": {
                "range": {"sheetId": sheet, "dimension": "COLUMNS", "startIndex": place,
                          "endIndex": place + 1},
                "properties": {"pixelSize": pixels},
                "fields": "pixelSize",
            }
        }  # fmt: skip


def guard(sheet: int, columns: Sequence[ColumnPlan]) -> Iterator[Request]:
    """Warnings before Weaver's cells are changed by hand; asked for only with a new tab."""
    said = say("Weaver writes here.")
    if all(column.ours for column in columns):
        yield _protect(sheet * 100, {"sheetId": sheet}, said)
        return
    header = area(sheet, (0, 1), (0, len(columns)))
    yield _protect(sheet * 100, header, say("Weaver finds the columns by these titles."))
    for number, (start, end) in enumerate(_runs(columns), 1):
        yield _protect(sheet * 100 + number, area(sheet, (1, None), (start, end)), said)


def _protect(number: int, where: dict[str, int], why: str) -> Request:
    # Chosen by us, so that a request that was carried out unseen can't be carried out twice.
    return {
        "addProtectedRange": {
            "protectedRange": {
                "protectedRangeId": number % _LARGEST,
                "range": where,
                "description": why,
                "warningOnly": True,
            }
        }
    }


def _runs(columns: Sequence[ColumnPlan]) -> Iterator[tuple[int, int]]:
    """Where Weaver's columns stand side by side: (first, behind the last)."""
    start = None
    for place, column in enumerate((*columns, None)):
        ours = column is not None and column.ours
        if ours and start is None:
            start = place
        elif not ours and start is not None:
            yield start, place
            start = None
