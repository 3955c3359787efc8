"""The functions that formulas may call, and what they take values for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from tests.google_emulator.sheets.cells import CellError, Value
from tests.google_emulator.sheets.locales import LOCALES
from tests.google_emulator.sheets.render import display


class Failure(Exception):
    """A formula's error value."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.value = CellError(text)


def single(value: Any) -> Value:
    if isinstance(value, list):
        raise Failure("#VALUE!")
    if isinstance(value, CellError):
        raise Failure(str(value))
    return value


def num(value: Value) -> float:
    if isinstance(value, str):
        raise Failure("#VALUE!")
    return float(value or 0)


def text(value: Value) -> str:
    return display(value, None, LOCALES["en_US"])


def divided(first: Value, second: Value) -> float:
    if not num(second):
        raise Failure("#DIV/0!")
    return num(first) / num(second)


def _flat(arguments: Sequence[Any]) -> list[Value]:
    flat: list[Value] = []
    for argument in arguments:
        lines = argument if isinstance(argument, list) else [[argument]]
        flat += [value for line in lines for value in line]
    for value in flat:
        single(value)
    return flat


def _numbers(arguments: Sequence[Any]) -> list[float]:
    return [v for v in _flat(arguments) if isinstance(v, int | float) and not isinstance(v, bool)]


def _average(arguments: Sequence[Any]) -> float:
    numbers = _numbers(arguments)
    return divided(sum(numbers), len(numbers))


def _countif(arguments: Sequence[Any]) -> int:
    sought = text(single(arguments[1])).casefold()
    return sum(v is not None and text(v).casefold() == sought for v in _flat(arguments[:1]))


def _if(arguments: Sequence[Any]) -> Any:
    return arguments[1] if arguments[0] else arguments[2] if len(arguments) > 2 else False


COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {
    "=": lambda a, b: text(a).casefold() == text(b).casefold(),
    "<>": lambda a, b: text(a).casefold() != text(b).casefold(),
    "<": lambda a, b: num(a) < num(b),
    ">": lambda a, b: num(a) > num(b),
    "<=": lambda a, b: num(a) <= num(b),
    ">=": lambda a, b: num(a) >= num(b),
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
    "HYPERLINK": lambda arguments: single(arguments[-1]),
}
