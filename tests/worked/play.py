"""Plays a worked example from day to day: people do something, Weaver runs, and it shows this."""

from __future__ import annotations

import csv
import datetime as dt
import re
from collections.abc import Sequence
from pathlib import Path

import openpyxl

from pipeline.model import Result
from pipeline.runner import Order, coalition, run, think_only
from tests.worked.coalition import write
from tests.worked.pages import DONE, SHOWN, Block
from tests.worked.shown import shown

NOON = dt.datetime(2026, 6, 15, 12, tzinfo=dt.UTC)
Made = dict[tuple[str, str], str]


def play(folder: Path, blocks: Sequence[Block]) -> tuple[Result, Made]:
    """What the last day comes to, and the text of each block that Weaver makes.

    On each day of the story Weaver runs, people type what the page says, and Weaver runs again.
    The last day is `today` of the settings.
    """
    write(folder, blocks)
    settings, forms = folder / "weaver.toml", folder / "responses.csv"
    text, whole = settings.read_text(encoding="utf-8"), forms.read_text(encoding="utf-8")
    last = str(coalition(settings)[0].coalition.today)
    done = [block for block in blocks if block.kind == DONE]
    made: Made = {}
    for day in sorted({block.day for block in done} | {last}):
        settings.write_text(re.sub(r"(?m)^today = .*", f"today = {day}", text), encoding="utf-8")
        forms.write_text(_until(whole, day), encoding="utf-8", newline="")
        result = _day(folder, [block for block in done if block.day == day])
        made |= {
            (block.kind, block.what): shown(folder, block, result)
            for block in blocks
            if block.kind in SHOWN and (block.day or last) == day
        }
    return result, made


def _until(forms: str, day: str) -> str:
    """The download of that day."""
    header, *rows = forms.splitlines(keepends=True)
    at = next(csv.reader([header])).index("Timestamp")
    return header + "".join(row for row in rows if next(csv.reader([row]))[at][:10] <= day)


def _day(folder: Path, typed: Sequence[Block]) -> Result:
    """A run, what people type then, and what a further run comes to."""
    order = Order(folder / "weaver.toml", NOON)
    run(order)
    for block in typed:
        if block.subject:
            _type(folder / "results.xlsx", block)
            run(order)
    return think_only(order, *coalition(order.config)).result


def _type(results: Path, block: Block) -> None:
    """People type the block's rows: below those of Changes, beside those of To decide."""
    book = openpyxl.load_workbook(results)
    sheet = book[block.subject]
    titles = [cell.value for cell in sheet[1]]
    for row in block.rows:
        at = sheet.max_row + 1 if block.subject == "Changes" else _beside(sheet, titles, row)
        for title, text in row.items():
            if text:
                sheet.cell(at, titles.index(title) + 1, text)
    book.save(results)


def _beside(sheet: openpyxl.worksheet.worksheet.Worksheet, titles: list[str],
            row: dict[str, str]) -> int:  # fmt: skip
    """The number of the only row about that organisation (and of that kind, where it is said)."""
    named = {t: row[t] for t in ("Organisation", "What is it", "Tab") if t in row}
    found = [
        number
        for number, cells in enumerate(sheet.iter_rows(min_row=2, values_only=True), start=2)
        if named.items() <= dict(zip(titles, cells, strict=False)).items()
    ]
    assert len(found) == 1, f"{len(found)} rows are about {named}"
    return found[0]
