"""Writes the folder that a worked example tells of, runs Weaver on it, and says what it shows."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import xlsxwriter

from connectors.workbook import read_workbook
from pipeline.digesting import digest_facts
from pipeline.figures import shown_number
from pipeline.metrics.registry import BY_CODE
from pipeline.model import Result
from pipeline.numberrows import aim_to
from pipeline.runner import Order, coalition, run, think_only
from reports.sections import sections
from tests.worked.pages import SHOWN, Block

NOON = dt.datetime(2026, 6, 15, 12, tzinfo=dt.UTC)
SETTINGS = """\
[coalition]
name = "{name}"
time_zone = "Europe/Lisbon"
today = {today}

"""
FAULTLESS = {
    "Request": "join", "Country": "Portugal", "Level": "local", "Signing as": "organisation",
    "Joins as": "member", "Role": "Chair", "Authorised": "yes", "Agreement": "yes",
    "List us": "yes", "Count us unnamed": "yes",
}  # fmt: skip
"""What a form says that has nothing to hide."""
STATEMENT = """\
+++
version = "1"
state = "adopted"
adopted_on = 2026-01-01
adopted_by = "Founding assembly"
adopted_how = "by consensus"
+++

We want clean water for everybody.
"""


def write(folder: Path, blocks: Sequence[Block]) -> None:
    """The folder that the blocks tell of; what they leave out is the simplest that works."""
    files = {"weaver.toml": SETTINGS.format(name="Clean Rivers", today="2026-06-15")}
    files |= {"statements/main/v1.md": STATEMENT}
    if any(block.kind == "statement" for block in blocks):
        del files["statements/main/v1.md"]
    signons: list[dict[str, str]] = []
    tabs: dict[str, list[dict[str, str]]] = {}
    for block in blocks:
        if block.kind == "statement":
            files[f"statements/{block.what}"] = block.text
        elif block.kind in ("weaver.toml", "offer.md"):
            files[block.kind] = block.text
        elif block.kind == "sign-ons":
            signons += [_form(row, at) for at, row in enumerate(block.rows)]
        elif block.kind == "tab":
            tabs[block.what] = block.rows
        elif block.kind == "form":
            files[block.what] = _csv(block.rows)
        else:
            assert block.kind in SHOWN, f"no block is called {block.kind}"
    files["responses.csv"] = _csv(signons)
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    if tabs:
        _workbook(folder / "tracker.xlsx", tabs)


def _form(row: dict[str, str], at: int) -> dict[str, str]:
    """A form in good order, a minute after the one before, but for what the row says."""
    host = re.sub(r"[^a-z0-9]", "", row["Organisation"].casefold()) or f"x{at}"
    day = row.get("Timestamp") or "2026-02-02"
    usual = {
        "Timestamp": f"{day} {8 + at // 60:02d}:{at % 60:02d}:00" if " " not in day else day,
        "Email": f"office@{host}.example.org",
        "Website": f"https://{host}.example.org",
        "Signatory": f"Ana of {row['Organisation']}",
    }
    return {**FAULTLESS, **usual, **{title: cell for title, cell in row.items() if cell},
        "Timestamp": usual["Timestamp"]}  # fmt: skip


def _csv(rows: Iterable[dict[str, str]]) -> str:
    known = list(rows)
    titles = list(dict.fromkeys(title for row in known for title in row))
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, titles, restval="", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(known)
    return text.getvalue()


def _workbook(path: Path, tabs: dict[str, list[dict[str, str]]]) -> None:
    book = xlsxwriter.Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False})
    for title, rows in tabs.items():
        sheet = book.add_worksheet(title)
        sheet.write_row(0, 0, list(rows[0]) if rows else [])
        for number, row in enumerate(rows, start=1):
            for at, cell in enumerate(row.values()):
                if re.fullmatch(r"\d+(\.\d+)?", cell):
                    sheet.write_number(number, at, float(cell))
                elif cell:
                    sheet.write_string(number, at, cell)
    book.close()


def result_of(folder: Path) -> Result:
    """What a run of that day comes to, after one that was recorded and published."""
    order = Order(folder / "weaver.toml", NOON)
    run(order)
    settings, statements = coalition(order.config)
    return think_only(order, settings, statements).result


def made(folder: Path, blocks: Iterable[Block], result: Result) -> dict[tuple[str, str], str]:
    """What Weaver makes of it: text by kind of block and what it is of."""
    by_kind = {"numbers": _numbers, "digest": _digest, "cells": _cells}
    return {
        (block.kind, block.what): by_kind[block.kind](folder, block.what, result)
        for block in blocks
        if block.kind in SHOWN
    }


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
    lines = [*found.sentences, *(f"- {item.head} {item.body}".rstrip() for item in found.items)]
    return "".join(f"{line}\n" for line in lines)


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
