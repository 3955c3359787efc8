"""How Weaver's workbooks look: colours that can be told apart and read, sizes, page set-up."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Sequence
from typing import Any

from config.raw import Scalar
from config.tabplan import Colour, ColumnPlan

SPARE_ROWS = 500
"""Rows below the last one that are ready for people to type in."""
COLOURS: dict[Colour, tuple[str, str]] = {
    "good": ("#DDF2DF", "#14532D"),
    "wait": ("#FFEDC2", "#5F3B00"),
    "stop": ("#FADCD9", "#7F1D1D"),
    "quiet": ("#E9ECEF", "#3F4A54"),
}
"""Fill and text of a coloured cell."""
WEAVER_HEADER = ("#1F4E5F", "#FFFFFF")
PEOPLE_HEADER = ("#FFE08A", "#3A2C00")
OWN_HEADER = ("#D9DEE3", "#1F2933")
PEOPLE_CELL = "#FFFBEA"
TAB_COLOURS = {"weaver": "#1F4E5F", "both": "#E0A100", "people": "#FFE08A"}
NUMBER_FORMATS = {
    "text": "General",
    "integer": "#,##0",
    "decimal": "General",
    "date": "yyyy-mm-dd",
    "datetime": "yyyy-mm-dd hh:mm",
    "clock": "[hh]:mm:ss",
}
LINK: dict[str, Any] = {"font_color": "#0B5394", "underline": 1}
"""Of a cell that leads to another tab."""
_LINE = 15.5
_HIGHEST = 240.0
"""Points of the highest row: more would fill a screen with one cell."""
_MEASURED = 5_000
"""Characters after which a cell is as high as it gets anyway."""


def owner(columns: Sequence[ColumnPlan | None]) -> str:
    """Who writes in a tab of these columns: "weaver", "people" or "both"."""
    ours = {column.ours for column in columns if column is not None}
    return {frozenset({True}): "weaver", frozenset({False}): "people"}.get(frozenset(ours), "both")


def header_format(column: ColumnPlan | None) -> dict[str, Any]:
    """Of a title: Weaver's dark, people's yellow, an own column's grey."""
    fill, text = OWN_HEADER
    if column is not None:
        fill, text = WEAVER_HEADER if column.ours else PEOPLE_HEADER
    return {
        "bold": True,
        "text_wrap": True,
        "valign": "top",
        "bg_color": fill,
        "font_color": text,
        "border": 1,
        "border_color": "#FFFFFF" if fill == WEAVER_HEADER[0] else "#B8A25A",
    }


def cell_format(column: ColumnPlan | None, shown: str) -> dict[str, Any]:
    """Of a cell whose value is shown as said (a key of NUMBER_FORMATS)."""
    look: dict[str, Any] = {"text_wrap": True, "valign": "top"}
    if shown != "text":
        look |= {"num_format": NUMBER_FORMATS[shown], "align": "left"}
    if column is not None and not column.ours:
        look |= {"bg_color": PEOPLE_CELL, "border": 1, "border_color": "#E6DCB4"}
    return look


def width(title: str, column: ColumnPlan | None, cells: list[Scalar]) -> float:
    """Of a column, in characters: as planned, but wide enough for the title's longest word."""
    word = max((len(w) for w in title.split()), default=0) + 4
    if column is not None:
        return max(column.width, word)
    longest = max((len(str(cell)) for cell in cells if cell is not None), default=0)
    return max(word, min(longest + 2, 48), 10)


def header_height(titles: list[tuple[str, float]]) -> float:
    """Of the header row in points, so that every title shows, given (title, column width)."""
    lines = max((math.ceil((1.2 * len(t) + 3) / w) for t, w in titles), default=1)
    return _LINE * lines + 6


def row_height(cells: Sequence[Scalar], widths: Sequence[float]) -> float | None:
    """Of a row in points, so that every wrapped text shows; None where one line is enough.

    Set by us because not every program works it out when it opens a file.
    """
    texts = [(cell, wide) for cell, wide in zip(cells, widths, strict=True) if type(cell) is str]
    lines = max((_lines(text, wide) for text, wide in texts), default=1)
    return min(_LINE * lines, _HIGHEST) if lines > 1 else None


def _lines(text: str, wide: float) -> int:
    """Lines of a wrapped text; where one isn't enough, breaks between words waste some room."""
    needed = [_places(line) / wide for line in text.split("\n")]
    return sum(1 if room <= 1 else math.ceil(1.1 * room) for room in needed)


def _places(text: str) -> int:
    """How many places the text takes; signs of East Asia take two."""
    if text.isascii():
        return len(text)
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text[:_MEASURED])


def note_size(note: str) -> dict[str, Any]:
    """Options of a header's note, big enough for its text."""
    lines = sum(max(1, math.ceil(len(line) / 36)) for line in note.split("\n"))
    return {"author": "Weaver", "x_scale": 1, "width": 250, "height": 18 * lines + 14}
