"""Cleans a list that somebody has: reads it, resolves it, writes it with what was found."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from config.errors import BadData, WrongUsage
from config.lists import Found, find_columns
from config.problems import Problem
from config.questions import match
from config.raw import RawList, Scalar
from config.words import count, say
from connectors.lists import read_lists, write_list
from pipeline.intake.cells import as_text
from pipeline.resolution.listing import ADDED, FIELDS, PART, SAME, Listed, resolve, with_domain
from pipeline.resolution.matching import looked_up

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a cell begins with that a spreadsheet program may take for something to work out."""
_ID = {"id": ("organisation_id", "Id", "Organisation id", "Organization id")}
_SHOWN = {"name": ("canonical_name",)}


@dataclass(frozen=True)
class Wish:
    """What somebody wants to have cleaned.

    Attributes:
        file: the list.
        out: where it is written with what was found.
        given: field → what its column is called.
        tab: of a workbook; "" for the first that has a column with names.
        questions: where the pairs are written that a person should look at; None for nowhere.
        against: a list of the organisations that are known; None to compare the rows themselves.
        registry: the same as a frame, as `matching.match_records` takes it.
    """

    file: Path
    out: Path
    given: Mapping[str, str] = field(default_factory=dict)
    tab: str = ""
    questions: Path | None = None
    against: Path | None = None
    registry: pd.DataFrame | None = None


def resolve_file(wish: Wish) -> dict[str, Any]:
    """Write the list with what was found; what `weaver resolve --json` prints.

    Raises:
        BadData: a file can't be read, or nobody can tell which column has the names.
        WrongUsage: a file would be written where one is read.
        NeedsPermission, Temporary: a file can't be read or written.
    """
    _check_places(wish)
    source, columns = _list_of(wish.file, wish.tab, wish.given)
    records = _records(source, columns)
    registry = _registry(wish.against) if wish.against else wish.registry
    found = resolve(records) if registry is None else looked_up(records, registry)
    pairs = _with_numbers(found.pairs, source.numbers)
    problems = tuple(_problems(source, columns, found))
    if wish.questions is not None:
        write_list(wish.questions, list(pairs), [_safe(pairs[name]) for name in pairs])
    write_list(wish.out, (*source.header, *ADDED), [*source.columns, *_added(found.rows)])
    return _summary(wish, source, columns, found, pairs, problems)


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
        lines.append(say("{rows}: {n} found, {named}.", rows=rows, n=done["joined"], named=named))
    else:
        lines.append(say("{rows}: {named}.", rows=rows, named=named))
    if asked := len(done["asked"]):
        lines.append(count(asked, "{n} pair may be the same: look at it.",
                           "{n} pairs may be the same: look at them."))  # fmt: skip
    if related := len(done["related"]):
        lines.append(count(related, "{n} is a part of another and stays by itself.",
                           "{n} are parts of others and stay by themselves."))  # fmt: skip
    if (asked or related) and not done["questions"]:
        lines.append(say("With --questions PAIRS.csv they are written into a file."))
    lines.append(say("Written to {file}.", file=done["out"]))
    return "\n".join(lines)


def _check_places(wish: Wish) -> None:
    read = [path for path in (wish.file, wish.against) if path is not None]
    written = [path for path in (wish.out, wish.questions) if path is not None]
    for at, path in enumerate(written):
        if path.is_dir():
            what, remedy = say("This is a folder, not a file."), say("Name a file, such as OUT.csv.")
        elif path.suffix.lower() in (".xlsx", ".xls", ".ods"):
            what = say("What is written is CSV, which no workbook's name fits.")
            remedy = say("Name it {name}.", name=path.with_suffix(".csv").name)
        elif any(_same(path, other) for other in (*read, *written[:at])):
            what = say("This file is read, or written, by the same call.")
            remedy = say("Give each file another name.")
        else:
            continue
        raise WrongUsage(what, str(path), remedy)


def _same(one: Path, other: Path) -> bool:
    if one.exists() and other.exists():
        return one.samefile(other)
    return one.resolve() == other.resolve()


def _list_of(
    file: Path, tab: str, given: Mapping[str, str]
) -> tuple[RawList, Found]:
    """The list, without what Weaver itself once added to it, and its columns."""
    lists = {title: _bare(each) for title, each in read_lists(file).items()}
    if tab:
        if tab not in lists:
            known = ", ".join(lists)
            raise BadData(say("The file has no tab of that name."), f"{file}, {tab}",
                          say("Its tabs are: {known}.", known=known))  # fmt: skip
        lists = {tab: lists[tab]}
    found = {title: find_columns(each.header, given) for title, each in lists.items()}
    filled = [title for title, each in lists.items() if each.header]
    for title in filled:
        if "name" in found[title].places and given.keys() <= found[title].places.keys():
            _check_added(file, lists[title])
            return lists[title], found[title]
    if not filled:
        raise BadData(say("The file holds nothing."), str(file),
                      say("Fill it in, or give another file."))  # fmt: skip
    raise _no_column(file, lists[filled[0]], found[filled[0]], given)


def _no_column(file: Path, each: RawList, found: Found, given: Mapping[str, str]) -> BadData:
    lost = [field for field in given if field not in found.places]
    if lost:
        what = say("The list has no column called {titles}.",
                   titles=", ".join(f"“{given[field]}”" for field in lost))  # fmt: skip
    else:
        what = say("It can't be told which column has the organisations' names.")
    columns = ", ".join(f"“{title}”" for title in each.header if title.strip())
    option = f"--{lost[0]}" if lost else "--name"
    like = next((miss.header for miss in found.near if miss.field == "name"), "")
    hint = say("Is it “{title}”? ", title=like) if like and not lost else ""
    where = str(file) if each.tab == file.name else f"{file}, {each.tab}"
    remedy = say("Say {option} COLUMN with one of the columns: {columns}.",
                 option=option, columns=columns)  # fmt: skip
    return BadData(what, where, hint + remedy)


def _bare(each: RawList) -> RawList:
    """Without the columns that Weaver added at the end of an earlier result."""
    if each.header[-len(ADDED) :] != ADDED or len(each.header) == len(ADDED):
        return each
    columns = each.columns[: -len(ADDED)]
    return RawList(each.tab, each.header[: -len(ADDED)], columns, each.numbers)


def _check_added(file: Path, each: RawList) -> None:
    if taken := [title for title in ADDED if title in each.header]:
        raise BadData(
            say("The list has a column of its own called {titles}, which Weaver would add.",
                titles=", ".join(taken)),
            str(file), say("Give that column another title."),
        )  # fmt: skip


def _records(source: RawList, columns: Found) -> pd.DataFrame:
    """The columns that are compared, as `listing.resolve` takes them."""
    length = len(source.numbers)
    texts = {
        field: _texts(source.columns[columns.places[field]])
        if field in columns.places
        else [""] * length
        for field in FIELDS
    }
    return pd.DataFrame(texts, index=pd.RangeIndex(length), dtype=object)


def _texts(cells: Sequence[Scalar]) -> list[str]:
    return [cell if isinstance(cell, str) else as_text(cell) for cell in cells]


def _registry(file: Path) -> pd.DataFrame:
    """A list of known organisations: by its own ids, else by those that its rows get."""
    source, columns = _list_of_known(file)
    records = _records(source, columns)
    at = match(source.header, _ID).columns.get("id", ())
    if at:
        ids = pd.Series(_texts(source.columns[at[0]]), dtype=object)
    else:
        ids = resolve(records).rows["organisation_id"]
    shown = match(source.header, _SHOWN).columns.get("name", ())
    named = with_domain(records).assign(id=ids)
    if shown:
        first = named.assign(name=_texts(source.columns[shown[0]]))
        named = pd.concat([first, named]).drop_duplicates()
    kept = named.loc[(named["id"] != "") & (named["name"].str.strip() != "")]
    return kept.reset_index(drop=True)


def _list_of_known(file: Path) -> tuple[RawList, Found]:
    for each in read_lists(file).values():
        found = find_columns(each.header)
        if "name" in found.places:
            return each, found
    raise _no_column(file, each, found, {})


def _with_numbers(pairs: pd.DataFrame, numbers: Sequence[int]) -> pd.DataFrame:
    """The pairs with row numbers as a spreadsheet shows them; "" for what isn't in the list."""
    shown = {
        side: [numbers[at] if at >= 0 else "" for at in pairs[side]]
        for side in ("row", "other_row")
    }
    return pairs.assign(**{side: pd.Series(n, dtype=object) for side, n in shown.items()})


def _added(rows: pd.DataFrame) -> list[Sequence[object]]:
    levels, at = np.unique(rows["confidence"].to_numpy(float), return_inverse=True)
    shown = np.array(["" if np.isnan(level) else repr(float(level)) for level in levels], object)
    return [
        rows["organisation_id"].to_numpy(object),
        _safe(rows["canonical_name"]),
        shown[at] if len(levels) else [],
        rows["because"].to_numpy(object),
    ]


def _safe(cells: pd.Series) -> list[object]:
    """Cells that Weaver writes: none is a formula, whatever somebody called an organisation."""
    return [
        f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell
        for cell in cells
    ]


def _problems(source: RawList, columns: Found, found: Listed) -> Iterator[Problem]:
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
    nameless = sum(1 for cell in source.columns[columns.places["name"]] if _is_blank(cell))
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


def _is_blank(cell: Scalar) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())


def _formulas(cells: Sequence[Scalar]) -> int:
    begin = [c for c in cells if isinstance(c, str) and c.startswith(_FORMULA)]
    return sum(not c.strip("+-").replace(" ", "").replace(".", "").isdigit() for c in begin)


def _summary(
    wish: Wish,
    source: RawList,
    columns: Found,
    found: Listed,
    pairs: pd.DataFrame,
    problems: Sequence[Problem],
) -> dict[str, Any]:
    listed = pairs.to_dict("records")
    return {
        "file": str(wish.file),
        "out": str(wish.out),
        "against": str(wish.against or "") or ("known" if wish.registry is not None else ""),
        "questions": str(wish.questions or ""),
        "columns": {field: source.header[at] for field, at in columns.places.items()},
        "rows": len(source.numbers),
        "organisations": found.organisations,
        "joined": found.joined,
        "asked": [_shown(pair) for pair in listed if pair["kind"] == SAME],
        "related": [_shown(pair) for pair in listed if pair["kind"] == PART],
        "problems": [
            {"tab": p.tab, "row": p.row or None, "column": p.column, "problem": p.problem,
             "remedy": p.remedy}
            for p in problems
        ],
    }  # fmt: skip


def _shown(pair: Mapping[Any, Any]) -> dict[str, Any]:
    sides = ("", "other_")
    return {
        "rows": [pair[f"{side}row"] or None for side in sides],
        "names": [pair[f"{side}name"] for side in sides],
        "organisations": [pair[f"{side}organisation_id"] for side in sides],
        "score": pair["score"],
        "because": pair["because"],
    }
