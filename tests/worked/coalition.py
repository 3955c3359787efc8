"""Writes the folder that a worked example tells of."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

import xlsxwriter

from tests.worked.pages import DONE, SHOWN, Block

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
            assert block.kind in (*SHOWN, DONE), f"no block is called {block.kind}"
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
