"""Formulas: kept as text, shifted with what they refer to, and worked out for a tiny subset.

References, the four arithmetic signs, &, comparisons, SUM, COUNT, COUNTA, AVERAGE, MIN, MAX,
COUNTIF with an equal value, IF and HYPERLINK are worked out; anything else is #NAME?.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

from tests.google_emulator.errors import GoogleError
from tests.google_emulator.sheets import a1
from tests.google_emulator.sheets.cells import Cell, CellError, Value, number
from tests.google_emulator.sheets.functions import (
    COMPARISONS,
    FUNCTIONS,
    Failure,
    divided,
    num,
    single,
    text,
)
from tests.google_emulator.sheets.model import Sheet, Spreadsheet

TOKENS = re.compile(
    r"\s*(?:(?P<text>\"(?:[^\"]|\"\")*\")"
    r"|(?P<ref>(?:(?:'(?:[^']|'')*'|[A-Za-z_][\w.]*)!)?\$?[A-Za-z]{1,3}\$?\d+"
    r"(?::\$?[A-Za-z]{1,3}\$?\d*)?(?![\w(])"
    r"|(?:(?:'(?:[^']|'')*'|[A-Za-z_][\w.]*)!)?\$?[A-Za-z]{1,3}:\$?[A-Za-z]{1,3}(?![\w(]))"
    r"|(?P<number>\d+(?:\.\d*)?(?:[eE][+-]?\d+)?|\.\d+)"
    r"|(?P<name>[A-Za-z_][\w.]*)"
    r"|(?P<sign><>|<=|>=|[-+*/^&=<>(),;%{}\[\]:!#]))"
)


def recalculate(spreadsheet: Spreadsheet) -> None:
    """Work out every formula anew."""
    run = Calculation(spreadsheet)
    for sheet in spreadsheet.sheets:
        if sheet.has_formulas:
            found = [c for c in sheet.cells(sheet.whole()) if c[2].formula is not None]
            sheet.has_formulas = bool(found)
            for row, column, _ in found:
                run.value(sheet, row, column)


class Calculation:
    """One pass over the formulas; each is worked out once, cycles are #REF!."""

    def __init__(self, spreadsheet: Spreadsheet) -> None:
        self.spreadsheet = spreadsheet
        self.known: dict[tuple[int, int, int], Value] = {}
        self.open: set[tuple[int, int, int]] = set()

    def value(self, sheet: Sheet, row: int, column: int) -> Value:
        """The cell's value, which is stored, too."""
        cell = sheet.stored(row, column)
        if type(cell) is not Cell or cell.formula is None:
            return sheet.value(row, column)
        key = (sheet.sheet_id, row, column)
        if key in self.open:
            return CellError("#REF!")
        if key not in self.known:
            self.open.add(key)
            self.known[key] = new = self._work_out(sheet, cell.formula)
            self.open.discard(key)
            sheet.put(row, column, cell.but(value=new))
        return self.known[key]

    def _work_out(self, sheet: Sheet, formula: str) -> Value:
        try:
            value = Expression(self, sheet, formula[1:]).result()
        except Failure as failure:
            return failure.value
        except (OverflowError, RecursionError):
            return CellError("#NUM!")
        return number(value) if isinstance(value, float) else value


class Expression:
    """Reads and works out one formula at once."""

    def __init__(self, run: Calculation, sheet: Sheet, text: str) -> None:
        self.run = run
        self.sheet = sheet
        self.tokens = list(_tokens(text))
        self.at = 0

    def result(self) -> Value:
        """The value. Raises Failure."""
        value = self._comparison()
        if self.at < len(self.tokens):
            raise Failure("#ERROR!")
        return single(value)

    def _peek(self) -> str:
        return self.tokens[self.at][1] if self.at < len(self.tokens) else ""

    def _take(self) -> tuple[str, str]:
        if self.at >= len(self.tokens):
            raise Failure("#ERROR!")
        self.at += 1
        return self.tokens[self.at - 1]

    def _chain(self, signs: dict[str, Callable[[Any, Any], Any]], part: Callable[[], Any]) -> Any:
        value = part()
        while self._peek() in signs and self._peek():
            sign = self._take()[1]
            value = signs[sign](single(value), single(part()))
        return value

    def _comparison(self) -> Any:
        return self._chain(COMPARISONS, self._joined)

    def _joined(self) -> Any:
        return self._chain({"&": lambda a, b: text(a) + text(b)}, self._sum)

    def _sum(self) -> Any:
        signs = {"+": lambda a, b: num(a) + num(b), "-": lambda a, b: num(a) - num(b)}
        return self._chain(signs, self._product)

    def _product(self) -> Any:
        return self._chain({"*": lambda a, b: num(a) * num(b), "/": divided}, self._unary)

    def _unary(self) -> Any:
        if self._peek() in ("-", "+"):
            sign = -1 if self._take()[1] == "-" else 1
            return sign * num(single(self._unary()))
        return self._atom()

    def _atom(self) -> Any:
        kind, text = self._take()
        if kind == "number":
            return float(text)
        if kind == "text":
            return text[1:-1].replace('""', '"')
        if kind == "ref":
            return self._reference(text)
        if text == "(":
            return self._closed(self._comparison())
        if kind == "name":
            return self._call(text.upper())
        raise Failure("#ERROR!")

    def _closed(self, value: Any) -> Any:
        if self._take()[1] != ")":
            raise Failure("#ERROR!")
        return value

    def _reference(self, text: str) -> Any:
        spreadsheet, sheet = self.run.spreadsheet, self.sheet
        try:
            place = a1.resolve(spreadsheet, text if "!" in text else f"{_q(sheet)}!{text}")
            box = place.box
        except GoogleError:
            raise Failure("#REF!") from None
        target = place.sheet
        block = [
            [self.run.value(target, row, column) for column in range(box.left, box.right)]
            for row in range(box.top, min(box.bottom, max(box.top + 1, len(target.lines))))
        ]
        return block[0][0] if place.one_cell else block

    def _call(self, name: str) -> Any:
        if name in ("TRUE", "FALSE") and self._peek() != "(":
            return name == "TRUE"
        if self._peek() != "(" or name not in FUNCTIONS:
            raise Failure("#NAME?")
        self._take()
        arguments: list[Any] = []
        while self._peek() != ")":
            arguments.append(self._comparison())
            if self._peek() in (",", ";"):
                self._take()
            elif self._peek() != ")":
                raise Failure("#ERROR!")
        self._take()
        return FUNCTIONS[name](arguments)


def _tokens(text: str) -> Sequence[tuple[str, str]]:
    at, found = 0, []
    text = text.rstrip()
    while at < len(text):
        match = TOKENS.match(text, at)
        if match is None or match.end() == at:
            raise Failure("#ERROR!")
        kind = str(match.lastgroup)
        found.append((kind, match[kind]))
        at = match.end()
    return found


def _q(sheet: Sheet) -> str:
    return "'" + sheet.title.replace("'", "''") + "'"


REACHING_OUT = re.compile(r"\b(IMPORT\w*|IMAGE|HYPERLINK|GOOGLEFINANCE)\s*\(", re.IGNORECASE)


def reaches_out(formula: str) -> bool:
    """Whether the formula would fetch or link something."""
    return bool(REACHING_OUT.search(formula))
