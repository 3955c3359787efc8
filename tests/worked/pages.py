"""A worked example: a page of docs/worked whose blocks are a coalition's folder and what it shows.

A fenced block says in its first line what it is: `weaver.toml`, `statement NAME/FILE.md`,
`offer.md`, `sign-ons`, `tab TITLE`, `form FILE.csv`; these are what people have. `did on DAY` is
a run of that day, and `did Changes on DAY` or `did To decide on DAY` is what people type into that
tab of Weaver's results then. `numbers CODES`, `digest SECTION` and `cells TAB: COLUMN, COLUMN` are
what Weaver makes of it, on the day that `today` in the settings names, or on another with `on DAY`
at the end. Tables stand between bars, as in the tracker; `Island Council 1..15` under Organisation
stands for fifteen rows, and elsewhere for a list of fifteen.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "worked"
_BLOCK = re.compile(r"^```(?P<kind>[a-z.-]+)(?: (?P<what>[^\n]+))?\n(?P<text>.*?)^```$",
                    re.MULTILINE | re.DOTALL)  # fmt: skip
SHOWN = ("numbers", "digest", "cells")
"""Kinds of blocks that Weaver makes."""
DONE = "did"
"""The kind of block that says what people do on a day."""
_SPAN = re.compile(r"([^;]*?)(\d+)\.\.(\d+)")
_DAY = re.compile(r"(?:^| )on (\d{4}-\d{2}-\d{2})$")


@dataclass(frozen=True)
class Block:
    """One fenced block: its kind, what it is of, and its text."""

    kind: str
    what: str
    text: str

    @property
    def day(self) -> str:
        """The day of which it tells; "" where it is the last one."""
        found = _DAY.search(self.what)
        return found[1] if found else ""

    @property
    def subject(self) -> str:
        """What it is of, without the day: codes, a section, a tab."""
        return _DAY.sub("", self.what)

    @property
    def rows(self) -> list[dict[str, str]]:
        """The table between bars, by column title."""
        lines = [[cell.strip() for cell in line.split("|")] for line in self.text.splitlines()
                 if line.strip()]  # fmt: skip
        header, *rows = lines
        assert all(len(row) == len(header) for row in rows), f"{self.what}: a row is too short"
        found = (dict(zip(header, row, strict=True)) for row in rows)
        return [one for row in found for one in _several(row)]


def _several(row: dict[str, str]) -> Iterator[dict[str, str]]:
    """The rows that stand for it."""
    lists = {title: _SPAN.sub(lambda m: "; ".join(_named(m)), cell) for title, cell in row.items()}
    span = _SPAN.fullmatch(row.get("Organisation", ""))
    for name in _named(span) if span else [row.get("Organisation")]:
        yield lists if name is None else {**lists, "Organisation": name}


def _named(span: re.Match[str]) -> list[str]:
    """`Island Council 1..3` → its three names."""
    return [f"{span[1]}{n}" for n in range(int(span[2]), int(span[3]) + 1)]


def pages() -> list[Path]:
    """The examples, without the page that lists them."""
    return sorted(page for page in FOLDER.glob("*.md") if page.stem != "README")


def blocks(page: Path) -> list[Block]:
    """The page's blocks, from the top."""
    text = page.read_text(encoding="utf-8")
    return [Block(m["kind"], m["what"] or "", m["text"]) for m in _BLOCK.finditer(text)]


def renewed(page: Path, made: dict[tuple[str, str], str]) -> str:
    """The page with what Weaver makes of it today; `made` is by kind and what it is of."""

    def again(match: re.Match[str]) -> str:
        key = match["kind"], match["what"] or ""
        if key not in made:
            return match[0]
        head = " ".join(part for part in key if part)
        return f"```{head}\n{made[key]}```"

    return _BLOCK.sub(again, page.read_text(encoding="utf-8"))
