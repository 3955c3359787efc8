"""The rules' examples: what a form said, and which rules speak of it. Specification and docs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, get_origin

from config.deciding import Eligibility
from config.settings import Form

FINE = "fine"
_LINE = re.compile(r"(?:\[(?P<set>[^\]]*)\] )?(?P<said>.*) -> (?P<codes>[^>]+)")
_TIMES = re.compile(r"(?P<many>\d+)x (?P<said>.*)", re.DOTALL)
_YES_NO = ("repeat", "trusted", "returns", "confirms", "stranger", "by_hand")


@dataclass(frozen=True)
class Example:
    """One line of `examples.txt`, which explains its notation.

    Attributes:
        code: the rule under which it stands.
        line: as it is written.
        set_as: setting → as it is written.
        told: the forms as they are written: field → answer, with # for a form's number.
        many: of how many forms alike it tells; 1 unless they are written once for all.
        codes: per form, the rules that speak of it.
    """

    code: str
    line: str
    set_as: dict[str, str]
    told: tuple[dict[str, str], ...]
    many: int
    codes: tuple[frozenset[str], ...]

    @property
    def speaks(self) -> bool:
        """Whether its rule speaks of one of the forms."""
        return any(self.code in codes for codes in self.codes)

    @property
    def forms(self) -> list[dict[str, Any]]:
        """The answers of each form; yes or no where a fact isn't an answer."""
        return [
            {name: _typed(name, text, number) for name, text in told.items()}
            for number in range(1, self.many + 1)
            for told in self.told
        ]

    @property
    def eligibility(self) -> Eligibility:
        """The coalition's settings of that name."""
        return Eligibility.model_validate(_settings(Eligibility, self.set_as))

    @property
    def form(self) -> Form:
        """The coalition's settings for its form."""
        return Form.model_validate(_settings(Form, self.set_as))


@cache
def examples() -> tuple[Example, ...]:
    """Every example, in the order of the file."""
    text = files("pipeline.rules").joinpath("examples.txt").read_text(encoding="utf-8")
    return tuple(_read(text))


def examples_of(code: str) -> list[Example]:
    """The examples under a rule: those of which it speaks first."""
    mine = [one for one in examples() if one.code == code]
    return sorted(mine, key=lambda one: not one.speaks)


def _read(text: str) -> Iterator[Example]:
    code = ""
    for line in text.splitlines():
        if re.fullmatch(r"S\d{3}", line):
            code = line
        elif line.strip() and not line.startswith("#"):
            yield _example(code, line)


def _example(code: str, line: str) -> Example:
    """An example from its line.

    Raises:
        ValueError: the line isn't in the notation.
    """
    parts = _LINE.fullmatch(line)
    if parts is None:
        raise ValueError(f"no example: {line!r}; write field=answer -> S001")
    alike = _TIMES.fullmatch(parts["said"])
    many = int(alike["many"]) if alike else 1
    said = alike["said"] if alike else parts["said"]
    codes = [frozenset(one.split()) - {FINE} for one in parts["codes"].split(" || ")]
    told = tuple(_pairs(form) for form in said.split(" || "))
    return Example(code, line, _pairs(parts["set"] or ""), told, many, tuple(codes * many))


def _pairs(text: str) -> dict[str, str]:
    parts = (part.partition("=") for part in text.split("; ") if part)
    return {name.strip(): told for name, _, told in parts}


def _typed(name: str, text: str, number: int) -> str | bool:
    return text == "True" if name in _YES_NO else text.replace("#", str(number))


def _settings(model: type[Eligibility | Form], given: dict[str, str]) -> dict[str, Any]:
    known = {name: text for name, text in given.items() if name in model.model_fields}
    lists = {n for n, one in model.model_fields.items() if get_origin(one.annotation) is tuple}
    return {name: text.split(", ") if name in lists else text for name, text in known.items()}
