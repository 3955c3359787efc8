"""CellData: what a cell shows to spreadsheets.get, and what updateCells brings."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.google_emulator.errors import invalid
from tests.google_emulator.sheets.cells import Cell, CellError, Stored, Value, pack, scalar, unpack
from tests.google_emulator.sheets.editing import Editing, demand_length
from tests.google_emulator.sheets.locales import LOCALES
from tests.google_emulator.sheets.masks import Tree, merge
from tests.google_emulator.sheets.model import Spreadsheet
from tests.google_emulator.sheets.render import default_pattern, display
from tests.google_emulator.sheets.tidy import tidy

FIELDS = (
    "userEnteredValue",
    "effectiveValue",
    "formattedValue",
    "userEnteredFormat",
    "effectiveFormat",
    "hyperlink",
    "note",
    "textFormatRuns",
    "dataValidation",
)
WHITE = {"red": 1, "green": 1, "blue": 1}
DEFAULT_FORMAT: dict[str, Any] = {
    "backgroundColor": WHITE,
    "padding": {"top": 2, "right": 3, "bottom": 2, "left": 3},
    "verticalAlignment": "BOTTOM",
    "wrapStrategy": "OVERFLOW_CELL",
    "textFormat": {
        "foregroundColor": {},
        "fontFamily": "arial,sans,sans-serif",
        "fontSize": 10,
        "bold": False,
        "italic": False,
        "strikethrough": False,
        "underline": False,
        "foregroundColorStyle": {"rgbColor": {}},
    },
    "backgroundColorStyle": {"rgbColor": WHITE},
}
LINK = re.compile(r"=\s*HYPERLINK\(\s*\"((?:[^\"]|\"\")*)\"", re.IGNORECASE)


def extended(value: Value) -> dict[str, Any]:
    """A value as ExtendedValue."""
    if isinstance(value, CellError):
        return {"errorValue": {"type": value.kind, "message": str(value)}}
    if isinstance(value, bool):
        return {"boolValue": value}
    return {"stringValue": value} if isinstance(value, str) else {"numberValue": value}


@dataclass
class Showing:
    """Shows cells as CellData with the wanted fields; each format is worked out once."""

    book: Spreadsheet
    wanted: frozenset[str]
    formats: dict[int, Any] = field(default_factory=dict)

    def show(self, stored: Stored) -> dict[str, Any]:
        """A cell's CellData."""
        if stored is None:
            return {}
        cell = unpack(stored)
        return {name: value for name in self.wanted if (value := FIELD[name](self, cell))}

    def user_format(self, cell: Cell) -> Any:
        """The userEnteredFormat, {} if there is none."""
        if not cell.format:
            return {}
        key = id(cell.format)
        if key not in self.formats:
            style = dict(cell.format)
            if "numberFormat" in style:
                style["numberFormat"] = _with_pattern(self.book, style["numberFormat"])
            self.formats[key] = tidy(style)
        return self.formats[key]


def _user_value(showing: Showing, cell: Cell) -> Any:
    if cell.formula is not None:
        return {"formulaValue": cell.formula}
    return None if cell.value is None else extended(cell.value)


def _effective_value(showing: Showing, cell: Cell) -> Any:
    return None if cell.value is None else extended(cell.value)


def _formatted(showing: Showing, cell: Cell) -> Any:
    if cell.value is None or isinstance(cell.value, str):
        return str(cell.value or "")
    return display(
        cell.value, cell.number_format, LOCALES.get(showing.book.locale, LOCALES["en_US"])
    )


def _with_pattern(book: Spreadsheet, number_format: Mapping[str, Any]) -> dict[str, Any]:
    locale = LOCALES.get(book.locale, LOCALES["en_US"])
    pattern = number_format.get("pattern") or default_pattern(number_format.get("type", ""), locale)
    return {**number_format, **({"pattern": pattern} if pattern else {})}


def _effective_format(showing: Showing, cell: Cell) -> Any:
    user = showing.user_format(cell)
    if cell.value is None and not user:
        return None
    text = {**DEFAULT_FORMAT["textFormat"], **user.get("textFormat", {})}
    align = {} if user.get("horizontalAlignment") else {"horizontalAlignment": _align(cell.value)}
    return {**DEFAULT_FORMAT, **align, **user, "textFormat": text}


def _align(value: Value) -> str:
    if isinstance(value, bool):
        return "CENTER"
    return "RIGHT" if isinstance(value, int | float) else "LEFT"


def _hyperlink(showing: Showing, cell: Cell) -> Any:
    if match := LINK.match(cell.formula or ""):
        return match[1].replace('""', '"')
    link = ((cell.format or {}).get("textFormat") or {}).get("link") or {}
    if link.get("uri"):
        return link["uri"]
    uris = {((run.get("format") or {}).get("link") or {}).get("uri") for run in cell.runs}
    return next(iter(uris)) if len(uris) == 1 else None


FIELD: dict[str, Callable[[Showing, Cell], Any]] = {
    "userEnteredValue": _user_value,
    "effectiveValue": _effective_value,
    "formattedValue": _formatted,
    "userEnteredFormat": Showing.user_format,
    "effectiveFormat": _effective_format,
    "hyperlink": _hyperlink,
    "note": lambda showing, cell: cell.note,
    "textFormatRuns": lambda showing, cell: tidy(cell.runs),
    "dataValidation": lambda showing, cell: tidy(cell.validation or {}),
}


@dataclass
class Putting:
    """Puts CellData on cells by a mask; equal formats are kept once.

    Attributes:
        tree: the mask.
        formats: what merging gave, by the old format's identity and the new one's text.
    """

    edit: Editing
    tree: Tree
    formats: dict[tuple[int, str], Mapping[str, Any] | None] = field(default_factory=dict)
    alive: list[Any] = field(default_factory=list)

    def put(self, stored: Stored, data: Mapping[str, Any]) -> Stored:
        """What is stored afterwards. Raises Google's 400."""
        bare = type(stored) is not Cell
        if bare and not any(value for name, value in data.items() if name != "userEnteredValue"):
            return self._bare(stored, data)
        return pack(self._changed(unpack(stored), data))

    def _bare(self, stored: Stored, data: Mapping[str, Any]) -> Stored:
        if "userEnteredValue" not in self.tree:
            return stored
        value, formula = _given_value(self.edit, data.get("userEnteredValue"))
        return value if formula is None else Cell(formula=formula)

    def _changed(self, cell: Cell, data: Mapping[str, Any]) -> Cell:
        tree, new = self.tree, {}
        if "userEnteredValue" in tree:
            value, formula = _given_value(self.edit, data.get("userEnteredValue"))
            new = {"value": value, "formula": formula, "runs": ()}
        if "userEnteredFormat" in tree:
            new["format"] = self._format(cell.format, data.get("userEnteredFormat"))
        if "note" in tree:
            new["note"] = data.get("note", "")
        if "dataValidation" in tree:
            rule = merge(cell.validation, data.get("dataValidation"), tree["dataValidation"])
            new["validation"] = rule or None
        if "textFormatRuns" in tree:
            new["runs"] = tuple(data.get("textFormatRuns", ()))
        return cell._replace(**new)

    def _format(self, old: Mapping[str, Any] | None, new: Any) -> Mapping[str, Any] | None:
        key = (id(old), repr(new) if new else "")
        if key not in self.formats:
            self.formats[key] = merge(old, new, self.tree["userEnteredFormat"]) or None
            self.alive.append(old)  # so that no other format takes its identity
        return self.formats[key]


def _given_value(edit: Editing, given: Mapping[str, Any] | None) -> tuple[Value, str | None]:
    """Value and formula of an ExtendedValue. Raises Google's 400."""
    if not given:
        return None, None
    if len(given) > 1:
        raise invalid("Only one kind of value may be set.")
    ((kind, value),) = given.items()
    demand_length(value)
    if kind == "formulaValue":
        if not str(value).startswith("="):
            raise invalid(f"Invalid formula: {value}")
        edit.note_formula(value)
        return None, value
    if kind == "errorValue":
        raise invalid("Error values can't be written.")
    return scalar(value), None
