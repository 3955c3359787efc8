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
from tests.google_emulator.sheets.locales import LOCALES
from tests.google_emulator.sheets.model import Sheet, Spreadsheet
from tests.google_emulator.sheets.render import display

TOKENS = re.compile(
    r"\s*(?:(?P<text>\"(?:[^\"]|\"\")*\")"
    r"|(?P<ref>(?:(?:'(?:[^']|'')*'|[A-Za-z_][\w.]*)!)?\$?[A-Za-z]{1,3}\$?\d+"
    r"(?::\$?[A-Za-z]{1,3}\$?\d*)?(?![\w(])"
    r"|(?:(?:'(?:[^']|'')*'|[A-Za-z_][\w.]*)!)?\$?[A-Za-z]{1,3}:\$?[A-Za-z]{1,3}(?![\w(]))"
    r"|(?P<number>\d+(?:\.\d*)?(?:[eE][+-]?\d+)?|\.\d+)"
    r"|(?P<name>[A-Za-z_][\w.]*)"
    r"|(?P<sign><>|<=|>=|[-+*/^&=<>(),;%{}\[\]:!#]))"
)


class Failure(Exception):
    """A formula's error value."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.value = CellError(text)


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
        return _single(value)

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
            value = signs[sign](_single(value), _single(part()))
        return value

    def _comparison(self) -> Any:
        return self._chain(COMPARISONS, self._joined)

    def _joined(self) -> Any:
        return self._chain({"&": lambda a, b: _text(a) + _text(b)}, self._sum)

    def _sum(self) -> Any:
        signs = {"+": lambda a, b: _num(a) + _num(b), "-": lambda a, b: _num(a) - _num(b)}
        return self._chain(signs, self._product)

    def _product(self) -> Any:
        return self._chain({"*": lambda a, b: _num(a) * _num(b), "/": _divided}, self._unary)

    def _unary(self) -> Any:
        if self._peek() in ("-", "+"):
            sign = -1 if self._take()[1] == "-" else 1
            return sign * _num(_single(self._unary()))
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


def _single(value: Any) -> Value:
    if isinstance(value, list):
        raise Failure("#VALUE!")
    if isinstance(value, CellError):
        raise Failure(str(value))
    return value


def _num(value: Value) -> float:
    if isinstance(value, str):
        raise Failure("#VALUE!")
    return float(value or 0)


def _text(value: Value) -> str:
    return display(value, None, LOCALES["en_US"])


def _divided(first: Value, second: Value) -> float:
    if not _num(second):
        raise Failure("#DIV/0!")
    return _num(first) / _num(second)


def _flat(arguments: Sequence[Any]) -> list[Value]:
    flat: list[Value] = []
    for argument in arguments:
        lines = argument if isinstance(argument, list) else [[argument]]
        flat += [value for line in lines for value in line]
    for value in flat:
        _single(value)
    return flat


def _numbers(arguments: Sequence[Any]) -> list[float]:
    return [v for v in _flat(arguments) if isinstance(v, int | float) and not isinstance(v, bool)]


def _average(arguments: Sequence[Any]) -> float:
    numbers = _numbers(arguments)
    return _divided(sum(numbers), len(numbers))


def _countif(arguments: Sequence[Any]) -> int:
    sought = _text(_single(arguments[1])).casefold()
    return sum(v is not None and _text(v).casefold() == sought for v in _flat(arguments[:1]))


def _if(arguments: Sequence[Any]) -> Any:
    return arguments[1] if arguments[0] else arguments[2] if len(arguments) > 2 else False


COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {
    "=": lambda a, b: _text(a).casefold() == _text(b).casefold(),
    "<>": lambda a, b: _text(a).casefold() != _text(b).casefold(),
    "<": lambda a, b: _num(a) < _num(b),
    ">": lambda a, b: _num(a) > _num(b),
    "<=": lambda a, b: _num(a) <= _num(b),
    ">=": lambda a, b: _num(a) >= _num(b),
}
FUNCTIONS: dict[str, Callable[[Sequence[Any]], Any]] = {
    "SUM": lambda arguments: sum(_numbers(arguments)),
    "COUNT": lambda arguments: len(_numbers(arguments)),
    "COUNTA": lambda arguments: sum(v is not None for v in _flat(arguments)),
    "AVERAGE": _average,
    "MIN": lambda arguments: min(_numbers(arguments), default=0),
    "MAX": lambda arguments: max(_numbers(arguments), default=0),
    "COUNTIF": _countif,
    "IF": _if,
    "HYPERLINK": lambda arguments: _single(arguments[-1]),
}
REACHING_OUT = re.compile(r"\b(IMPORT\w*|IMAGE|HYPERLINK|GOOGLEFINANCE)\s*\(", re.IGNORECASE)


def reaches_out(formula: str) -> bool:
    """Whether the formula would fetch or link something."""
    return bool(REACHING_OUT.search(formula))
