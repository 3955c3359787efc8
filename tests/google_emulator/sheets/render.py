"""What a cell shows: FORMATTED_VALUE, UNFORMATTED_VALUE and FORMULA, with dates either way."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from tests.google_emulator.sheets.cells import Cell, CellError, Stored, Value
from tests.google_emulator.sheets.locales import Locale, locale_of
from tests.google_emulator.sheets.patterns import by_date, by_number, general

DATES = ("DATE", "TIME", "DATE_TIME")
Renderer = Callable[[Stored], Value]


def display(value: Value, number_format: Mapping[str, Any] | None, locale: Locale) -> str:
    """What a person sees."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return locale.true if value else locale.false
    if isinstance(value, str):
        return str(value)
    kind = (number_format or {}).get("type", "")
    pattern = (number_format or {}).get("pattern", "") or default_pattern(kind, locale)
    if kind in DATES:
        return by_date(value, pattern, locale)
    if kind in ("", "TEXT") or not pattern or pattern in ("General", "@"):
        return general(value, locale)
    return by_number(value, pattern, locale)


def default_pattern(kind: str, locale: Locale) -> str:
    """The pattern of a type that comes without one."""
    money = (
        f'"{locale.currency}"#,##0.00'
        if locale.symbol_first
        else f'#,##0.00\u00a0"{locale.currency}"'
    )
    return {
        "NUMBER": "#,##0.00",
        "PERCENT": "0.00%",
        "CURRENCY": money,
        "SCIENTIFIC": "0.00E+00",
        "DATE": locale.date,
        "TIME": locale.time,
        "DATE_TIME": locale.date_time,
    }.get(kind, "")


def renderer(values: str, dates: str, locale_name: str) -> Renderer:
    """How to render a stored cell by valueRenderOption and dateTimeRenderOption.

    Empty cells come out as None.
    """
    as_text = dates == "FORMATTED_STRING"
    if values == "FORMULA":
        return lambda stored: _formula(stored, as_text, locale_name)
    if values == "UNFORMATTED_VALUE":
        return lambda stored: _plain(stored, as_text, locale_name)
    return lambda stored: _formatted(stored, locale_name)


def _formatted(stored: Stored, locale_name: str) -> Value:
    if type(stored) is str or stored is None:
        return stored
    cell = stored if type(stored) is Cell else Cell(stored)  # type: ignore[arg-type]
    if cell.value is None:
        return None
    return display(cell.value, cell.number_format, locale_of(locale_name))


def _plain(stored: Stored, as_text: bool, locale_name: str) -> Value:
    if type(stored) is not Cell:
        return stored
    if as_text and is_date(stored):
        return display(stored.value, stored.number_format, locale_of(locale_name))
    return str(stored.value) if isinstance(stored.value, CellError) else stored.value


def _formula(stored: Stored, as_text: bool, locale_name: str) -> Value:
    if type(stored) is Cell and stored.formula is not None:
        return stored.formula
    return _plain(stored, as_text, locale_name)


def is_date(cell: Cell) -> bool:
    """Whether the cell holds a number that is shown as a date or time."""
    number = isinstance(cell.value, int | float) and not isinstance(cell.value, bool)
    return number and (cell.number_format or {}).get("type") in DATES
