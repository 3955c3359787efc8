"""What came of cleaning a list, for programs and for people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pandas as pd

from config.lists import Found
from config.problems import Problem
from config.raw import RawList, Scalar, is_blank
from config.words import count, say

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a cell begins with that a spreadsheet program may take for something to work out."""


def told(done: Mapping[str, Any]) -> str:
    """The same for people."""
    lines = [
        f"  {p['tab']}" + (f", {say('row')} {p['row']}" if p["row"] else "")
        + (f", {p['column']}" if p["column"] else "") + f": {p['problem']} {p['remedy']}"
        for p in done["problems"]
    ]  # fmt: skip
    rows = count(done["rows"], "{n} row", "{n} rows")
    named = count(done["organisations"], "{n} organisation", "{n} organisations")
    if done["against"]:
        found, lost = done["joined"], done["rows"] - done["joined"]
        lines.append(
            say("{rows}: {n} found ({named}), {lost} not found.",
                rows=rows, n=found, named=named, lost=lost)
        )  # fmt: skip
    else:
        lines += [say("{rows}: {named}.", rows=rows, named=named), *_to_look_at(done)]
    lines.append(say("Written to {file}.", file=done["out"]))
    return "\n".join(lines)


def _to_look_at(done: Mapping[str, Any]) -> Iterator[str]:
    asked, related = len(done["asked"]), len(done["related"])
    if asked:
        yield count(asked, "{n} pair may be the same: look at it.",
                    "{n} pairs may be the same: look at them.")  # fmt: skip
    if related:
        yield count(related, "{n} is a part of another and stays by itself.",
                    "{n} are parts of others and stay by themselves.")  # fmt: skip
    if (asked or related) and not done["questions"]:
        yield say("With --questions PAIRS.csv they are written into a file.")


def problems_of(source: RawList, columns: Found) -> Iterator[Problem]:
    """What to know about the list's columns, and cells to be careful with."""
    for miss in columns.near:
        yield Problem(
            source.tab, 0, miss.header, say("looks like the column for {field} but isn't called so,"
            " so it wasn't used.", field=miss.field),
            say("If it is, say --{field} “{title}”.", field=miss.field, title=miss.header),
        )  # fmt: skip
    for field_, places in columns.spare.items():
        yield Problem(
            source.tab, 0, ", ".join(source.header[place] for place in places),
            say("is called like the column for {field} too; only the first was used.",
                field=field_),
            say("If another is meant, say --{field} COLUMN.", field=field_),
        )  # fmt: skip
    nameless = sum(1 for cell in source.columns[columns.places["name"]] if is_blank(cell))
    if nameless:
        yield Problem(
            source.tab, 0, source.header[columns.places["name"]],
            count(nameless, "{n} row has no name.", "{n} rows have no name."),
            say("Fill it in where you know it."),
        )  # fmt: skip
    if formulas := sum(map(_formulas, source.columns)):
        yield Problem(
            source.tab, 0, "",
            count(formulas, "{n} cell begins like a formula and was left as it is.",
                  "{n} cells begin like a formula and were left as they are."),
            say("Import what was written as text; don't open it with a double click."),
        )  # fmt: skip


def _formulas(cells: Sequence[Scalar]) -> int:
    begin = [c for c in cells if isinstance(c, str) and c.startswith(FORMULA)]
    return sum(not c.strip("+-").replace(" ", "").replace(".", "").isdigit() for c in begin)


def pairs_in(pairs: pd.DataFrame, kind: str) -> list[dict[str, Any]]:
    """The pairs of one kind as `weaver resolve --json` prints them."""
    return [_shown(pair) for pair in pairs.loc[pairs["kind"] == kind].to_dict("records")]


def _shown(pair: Mapping[Any, Any]) -> dict[str, Any]:
    sides = ("", "other_")
    return {
        "rows": [pair[f"{side}row"] or None for side in sides],
        "names": [pair[f"{side}name"] for side in sides],
        "organisations": [pair[f"{side}organisation_id"] for side in sides],
        "score": pair["score"],
        "because": pair["because"],
    }
