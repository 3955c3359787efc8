"""What Weaver makes of a worked example, as text."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from connectors.workbook import read_workbook
from pipeline.digesting import digest_facts
from pipeline.figures import shown_number
from pipeline.metrics.registry import BY_CODE
from pipeline.model import Result
from pipeline.numberrows import aim_to
from pipeline.runner import coalition
from reports.sections import sections
from tests.worked.pages import Block

_ISOLATES = dict.fromkeys(map(ord, "\u2068\u2069"))
"""What keeps names of any script apart in a mail, and can't be seen."""


def shown(folder: Path, block: Block, result: Result) -> str:
    """The text of a block of the kinds in `pages.SHOWN`."""
    make = {"numbers": _numbers, "digest": _digest, "cells": _cells}[block.kind]
    return make(folder, block.subject, result)


def _numbers(_: Path, what: str, result: Result) -> str:
    """A line per number: its name, its figure, and what it is made of."""
    return "".join(f"{_line(code, result)}\n" for code in what.split())


def _line(code: str, result: Result) -> str:
    metric, value = BY_CODE[code], result.values.get(code)
    if value is None:
        return f"{code} {metric.title}: not in use"
    told = f"{code} {metric.title}: {shown_number(metric, value)}"
    if value.why:
        return f"{told}, {value.why.removeprefix('no data ')}"
    parts = ", ".join(f"{name} {number:.4g}" for name, number in value.details)
    aim = aim_to(result, code)
    return told + (f" ({parts})" if parts else "") + (f"; target {aim.status}" if aim else "")


def _digest(folder: Path, what: str, result: Result) -> str:
    """A section of the coordinators' digest, by its title."""
    settings, _ = coalition(folder / "weaver.toml")
    (found,) = [s for s in sections(digest_facts(result, settings)) if s.title == what]
    items = (": ".join(part for part in (item.head, item.body) if part) for item in found.items)
    lines = [*found.sentences, *(f"- {item}" for item in items)]
    return "".join(f"{line}\n" for line in lines).translate(_ISOLATES)


def _cells(folder: Path, what: str, result: Result) -> str:
    """Some columns of a tab of the results: `TAB: COLUMN, COLUMN`."""
    del result
    title, _, columns = what.partition(": ")
    table = read_workbook(folder / "results.xlsx")[title]
    places = [table.header.index(column) for column in columns.split(", ")]
    lines: list[Sequence[Any]] = [columns.split(", "), *([row[p] for p in places]
                                                         for row in table.rows)]  # fmt: skip
    return "".join(" | ".join("" if c is None else str(c) for c in line).rstrip() + "\n"
                   for line in lines)  # fmt: skip
